//! `timberline print --follow`: what is in the files, then every record as it is completed.

use std::io;
use std::ops::Range;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::Failure;
use super::args::{Output, PrintArgs};
use super::filter::bad_pattern;
use super::input::{STDIN, Stdin};
use super::load::{Log, Reading, unreadable};
use super::print::{Printer, failure, print_from};
use crate::base::id::RecordNo;
use crate::base::problem::Problem;
use crate::bytes::identity::{FileChange, Fingerprint, compare};
use crate::bytes::{ByteSource as _, ReadError};
use crate::index::assemble::Assembler;
use crate::index::snapshot::RecordMeta;
use crate::query::compile::{Predicate, compile};
use crate::query::spec::FilterSpec;

/// How often the files are looked at.
const POLL: Duration = Duration::from_millis(200);
/// A last record that has not grown for so long is taken to be complete.
const QUIET: Duration = Duration::from_millis(500);

/// Prints until the limit is reached or nobody reads the output any more.
pub fn run(
    args: &PrintArgs,
    reading: &Reading,
    spec: &FilterSpec,
    out: &mut Printer,
    left: &mut u64,
) -> Result<(), Failure> {
    let paths = args.files.iter();
    let mut tails = paths
        .map(|path| Tail::open(path, reading, spec))
        .collect::<Result<Vec<_>, _>>()?;
    while *left > 0 {
        for tail in &mut tails {
            tail.poll(out, left)?;
        }
        out.flush()?;
        thread::sleep(POLL);
    }
    Ok(out.flush()?)
}

/// Prints what comes through standard input as it comes, until that ends or the limit is reached.
pub fn run_stdin(
    reading: &Reading,
    spec: &FilterSpec,
    out: &mut Printer,
    left: &mut u64,
) -> Result<(), Failure> {
    let name = Path::new(STDIN);
    let failed = |error: io::Error| unreadable(name, &error.into());
    let stdin = Stdin::start().map_err(failed)?;
    let path = stdin.path();
    let mut tail = Tail::open(&path, reading, spec)?;
    while *left > 0 {
        let ended = stdin.has_ended();
        tail.poll(out, left)?;
        if ended {
            tail.print_until(tail.assembler.records(), out, left)?;
            out.flush()?;
            return Ok(stdin.finish().map_err(failed)?);
        }
        out.flush()?;
        thread::sleep(POLL);
    }
    Ok(out.flush()?)
}

/// One followed file.
struct Tail<'a> {
    path: &'a Path,
    reading: &'a Reading,
    spec: &'a FilterSpec,
    log: Log,
    assembler: Assembler,
    predicate: Predicate,
    /// The state of the file that is indexed.
    seen: Fingerprint,
    /// Records before this one are printed.
    next: RecordNo,
    /// The last of them, which may turn out to go on.
    last: Option<Last>,
    grew: Instant,
}

/// The last record that counted as complete.
struct Last {
    record: RecordNo,
    /// Where it ended when it was judged.
    end: u64,
    /// Whether it passed the filter and was printed.
    printed: bool,
}

impl<'a> Tail<'a> {
    fn open(path: &'a Path, reading: &'a Reading, spec: &'a FilterSpec) -> Result<Self, Failure> {
        let log = Log::open(path, reading)?;
        let assembler = log.assembler();
        let predicate =
            compile(spec, &assembler.snapshot()).map_err(|error| bad_pattern(&error))?;
        let seen = Fingerprint::take(&log.file, 0).map_err(|error| unreadable(path, &error))?;
        Ok(Self {
            path,
            reading,
            spec,
            log,
            assembler,
            predicate,
            seen,
            next: RecordNo(0),
            last: None,
            grew: Instant::now(),
        })
    }

    fn poll(&mut self, out: &mut Printer, left: &mut u64) -> Result<(), Failure> {
        let change =
            compare(&self.seen, self.path).map_err(|error| unreadable(self.path, &error))?;
        match change {
            // Where the name is gone, the file may still be written to, and the name may come back.
            FileChange::Same | FileChange::Grew | FileChange::Gone => self.print_new(out, left),
            FileChange::Replaced => {
                self.drain(out, left)?;
                self.reopen(out)
            }
            FileChange::Truncated => self.reopen(out),
        }
    }

    /// Prints what the old file still had when another took its name.
    fn drain(&mut self, out: &mut Printer, left: &mut u64) -> Result<(), Failure> {
        match self.seen.compare(&self.log.file) {
            Ok(FileChange::Same | FileChange::Grew) => {
                self.index_more(out)?;
                self.print_until(self.assembler.records(), out, left)
            }
            // Written over in place: the old bytes are gone.
            _ => Ok(()),
        }
    }

    fn reopen(&mut self, out: &mut Printer) -> Result<(), Failure> {
        match Self::open(self.path, self.reading, self.spec) {
            Ok(tail) => *self = tail,
            // Renamed again in this very moment: the next poll sees what became of it.
            Err(_) if !self.path.exists() => {}
            Err(error) => return Err(error),
        }
        out.forget();
        Ok(())
    }

    fn print_new(&mut self, out: &mut Printer, left: &mut u64) -> Result<(), Failure> {
        if self.seen.len == 0 && self.file_len()? > 0 {
            // The format was guessed from nothing.
            self.reopen(out)?;
        }
        self.index_more(out)?;
        self.print_rest(out, left)?;
        let records = self.assembler.records();
        let complete = if self.last_is_complete() {
            records
        } else {
            records.saturating_sub(1)
        };
        self.print_until(complete, out, left)
    }

    /// Whether the last record has ended its line and nothing came since.
    fn last_is_complete(&self) -> bool {
        let snapshot = self.assembler.snapshot();
        let last = snapshot.len().checked_sub(1).map(RecordNo);
        let partial = last
            .and_then(|last| snapshot.record(last))
            .is_some_and(|last| last.partial);
        self.grew.elapsed() >= QUIET && !partial
    }

    /// A record that counted as complete has gone on after all (a traceback that was slow to come): text gets the
    /// rest, the structured forms get the record again, now whole.
    fn print_rest(&mut self, out: &mut Printer, left: &mut u64) -> Result<(), Failure> {
        let Some(last) = &mut self.last else {
            return Ok(());
        };
        let snapshot = self.assembler.snapshot();
        let grown = |meta: &RecordMeta| meta.offset + meta.length > last.end && !meta.partial;
        let Some(meta) = snapshot.record(last.record).filter(grown) else {
            return Ok(());
        };
        let begin = std::mem::replace(&mut last.end, meta.offset + meta.length);
        if last.printed {
            let rest = match out.form() {
                Output::Text => RecordMeta {
                    offset: begin,
                    length: last.end - begin,
                    ..meta
                },
                Output::Jsonl | Output::Csv => meta,
            };
            let written = out.write(&self.log, &snapshot, &rest);
            return written.map_err(|error| failure(self.path, error));
        }
        let record = last.record;
        self.print_last(record, out, left)
    }

    /// Prints a last record if it passes the filter, and remembers whether it did.
    fn print_last(
        &mut self,
        record: RecordNo,
        out: &mut Printer,
        left: &mut u64,
    ) -> Result<(), Failure> {
        let before = *left;
        self.print_range(record..RecordNo(record.0 + 1), out, left)?;
        let end = self.assembler.snapshot().record(record);
        self.last = end.map(|meta| Last {
            record,
            end: meta.offset + meta.length,
            printed: *left < before,
        });
        Ok(())
    }

    fn file_len(&self) -> Result<u64, Problem> {
        self.log.file.len().map_err(|error| self.unreadable(error))
    }

    fn index_more(&mut self, out: &mut Printer) -> Result<(), Failure> {
        let len = self.file_len()?;
        if len <= self.seen.len {
            return Ok(());
        }
        out.forget();
        self.grew = Instant::now();
        let end = self
            .log
            .bytes
            .len()
            .map_err(|error| self.unreadable(error))?;
        let grown = self.log.grow(&mut self.assembler, end);
        let seen = grown.and_then(|()| Fingerprint::take(&self.log.file, len));
        match seen {
            Ok(seen) => self.seen = seen,
            // Cut while it was read: the next poll sees it.
            Err(ReadError::Stale) => {}
            Err(error) => return Err(unreadable(self.path, &error).into()),
        }
        Ok(())
    }

    fn print_until(&mut self, end: u64, out: &mut Printer, left: &mut u64) -> Result<(), Failure> {
        let Some(last) = end.checked_sub(1).filter(|last| *last >= self.next.0) else {
            return Ok(());
        };
        self.print_range(self.next..RecordNo(last), out, left)?;
        self.next = RecordNo(end);
        self.print_last(RecordNo(last), out, left)
    }

    fn print_range(
        &mut self,
        records: Range<RecordNo>,
        out: &mut Printer,
        left: &mut u64,
    ) -> Result<(), Failure> {
        let snapshot = self.assembler.snapshot();
        self.predicate.refresh(&snapshot);
        print_from(&self.log, &snapshot, &self.predicate, records, out, left)
            .map_err(|error| failure(self.path, error))
    }

    fn unreadable(&self, error: io::Error) -> Problem {
        unreadable(self.path, &error.into())
    }
}
