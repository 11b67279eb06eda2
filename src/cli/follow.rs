//! `timberline print --follow`: what is in the files, then every record as it is completed.

use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::Failure;
use super::args::PrintArgs;
use super::around::Around;
use super::filter::bad_pattern;
use super::input::{Input, Live, STDIN};
use super::load::{Log, Reading, unreadable};
use super::print::{Printer, failure, print_from};
use crate::base::id::RecordNo;
use crate::base::origin::CommandLine;
use crate::base::problem::Problem;
use crate::base::text;
use crate::bytes::ReadError;
use crate::bytes::disk::RealDisk;
use crate::bytes::spool::SpoolPlace;
use crate::bytes::stream::{Check, Look, Stream, Turn, TurnReason};
use crate::export::Form;
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
    let mut files: Vec<_> = args.files.iter().map(|path| Followed::new(path)).collect();
    while *left > 0 {
        for file in &mut files {
            file.poll(reading, spec, out, left)?;
        }
        out.flush()?;
        thread::sleep(POLL);
    }
    Ok(out.flush()?)
}

/// A file to follow, there or not.
struct Followed<'a> {
    path: &'a Path,
    tail: Option<Tail<'a>>,
    /// Keeps the file, where it is a spool.
    spool: Option<SpoolPlace>,
    /// What was told last, so that it is not told at every look.
    told: Option<String>,
}

impl<'a> Followed<'a> {
    fn new(path: &'a Path) -> Self {
        Self {
            path,
            tail: None,
            spool: None,
            told: None,
        }
    }

    /// Looks at the file and prints what is new. Trouble with the file is told once, and it is looked at again.
    fn poll(
        &mut self,
        reading: &'a Reading,
        spec: &'a FilterSpec,
        out: &mut Printer,
        left: &mut u64,
    ) -> Result<(), Failure> {
        if self.tail.is_none() {
            match self.open() {
                Ok(stream) => {
                    self.tail = Some(Tail::over(self.path, stream, reading, spec)?);
                    out.begin();
                }
                Err(error) if self.path.is_dir() => {
                    return Err(unreadable(self.path, &error).into());
                }
                Err(error) => self.tell(&unreadable(self.path, &error).to_string()),
            }
        }
        let Some(tail) = &mut self.tail else {
            return Ok(());
        };
        let told = tail.poll(out, left)?;
        match told {
            Some(told) => self.tell(&told),
            None => self.told = None,
        }
        Ok(())
    }

    /// What is inside a compressed file, and what comes through a pipe, is followed in the spool that holds it.
    fn open(&mut self) -> Result<Stream, ReadError> {
        self.spool = Input::open(self.path)?.spool;
        match &self.spool {
            Some(spool) => Stream::open(Arc::new(RealDisk), &spool.path()),
            None => Stream::open(Arc::new(RealDisk), self.path),
        }
    }

    #[expect(clippy::print_stderr, reason = "the records go to stdout")]
    fn tell(&mut self, words: &str) {
        if self.told.as_deref() != Some(words) {
            eprintln!("timberline: {words}");
            self.told = Some(words.to_owned());
        }
    }
}

/// Prints what comes through standard input as it comes, until that ends or the limit is reached.
pub fn run_stdin(
    reading: &Reading,
    spec: &FilterSpec,
    out: &mut Printer,
    left: &mut u64,
) -> Result<(), Failure> {
    let live = Live::stdin();
    run_live(Path::new(STDIN), live, (reading, spec), out, left)
}

/// Prints what a program prints as it comes, until it ends or the limit is reached. How it ended is told where it did not
/// end well.
pub fn run_command(
    line: CommandLine,
    reading: &Reading,
    spec: &FilterSpec,
    out: &mut Printer,
    left: &mut u64,
) -> Result<(), Failure> {
    let name = line.to_string();
    let live = Live::command(line);
    run_live(Path::new(&name), live, (reading, spec), out, left)
}

fn run_live(
    name: &Path,
    live: io::Result<Live>,
    (reading, spec): (&Reading, &FilterSpec),
    out: &mut Printer,
    left: &mut u64,
) -> Result<(), Failure> {
    let failed = |error: io::Error| unreadable(name, &error.into());
    let live = live.map_err(failed)?;
    let path = live.path();
    let stream = Stream::open(Arc::new(RealDisk), &path);
    let stream = stream.map_err(|error| unreadable(name, &error))?;
    let mut tail = Tail::over(&path, stream, reading, spec)?;
    while *left > 0 {
        let ended = live.has_ended();
        tail.poll(out, left)?;
        if ended {
            tail.print_until(tail.sure.records(), out, left)?;
            out.flush()?;
            let how = live.finish().map_err(failed)?;
            return match how.filter(|how| !how.is_good()) {
                Some(how) => Err(Problem::warning(format!("The command {how}"))
                    .path(name)
                    .into()),
                None => Ok(()),
            };
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
    stream: Stream,
    log: Log,
    /// There was nothing to choose the format by.
    unread: bool,
    assembler: Assembler,
    /// The index as far as its bytes are known to be those of the stream.
    sure: Assembler,
    predicate: Predicate,
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
    fn over(
        path: &'a Path,
        mut stream: Stream,
        reading: &'a Reading,
        spec: &'a FilterSpec,
    ) -> Result<Self, Failure> {
        let log = Log::over(stream.bytes(), stream.seen().modified, path, reading)?;
        stream.set_line_ends(log.line_ends());
        let assembler = log.assembler();
        let predicate =
            compile(spec, &assembler.snapshot()).map_err(|error| bad_pattern(&error))?;
        let predicate = predicate.reading_with(&log.format.extractor);
        Ok(Self {
            path,
            reading,
            spec,
            unread: stream.is_empty(),
            stream,
            log,
            sure: assembler.clone(),
            assembler,
            predicate,
            next: RecordNo(0),
            last: None,
            grew: Instant::now(),
        })
    }

    /// Prints what is new; what there is to tell besides.
    fn poll(&mut self, out: &mut Printer, left: &mut u64) -> Result<Option<String>, Failure> {
        let mut told = None;
        loop {
            let look = self.stream.look(Instant::now());
            if let Look::Turned(turn) = &look {
                self.log.cut(turn.keep);
                if turn.gone > 0 {
                    self.forget_gone(turn)?;
                }
                self.assembler = self.sure.clone();
                told = gap(self.path, turn).or(told);
            }
            if let Look::Failing(error) = look {
                let error = ReadError::Io(error);
                return Ok(Some(unreadable(self.path, &error).to_string()));
            }
            // Where the name is gone, the file may still be written to, and the name may come back.
            if let Some(problem) = self.print_new(out, left)? {
                return Ok(Some(problem.to_string()));
            }
            if !matches!(look, Look::Turned(_)) {
                return Ok(told);
            }
        }
    }

    /// Prints what there is to print; why it could not be read.
    fn print_new(&mut self, out: &mut Printer, left: &mut u64) -> Result<Option<Problem>, Failure> {
        if self.unread && !self.stream.is_empty() {
            *self = Self::over(self.path, self.stream.clone(), self.reading, self.spec)?;
        }
        if let Err(error) = self.index_more(out) {
            return Ok(Some(unreadable(self.path, &error)));
        }
        self.print_rest(out, left)?;
        let records = self.sure.records();
        let complete = if self.last_is_complete() {
            records
        } else {
            records.saturating_sub(1)
        };
        self.print_until(complete, out, left)?;
        Ok(None)
    }

    /// Whether the last record has ended its line and nothing came since.
    fn last_is_complete(&self) -> bool {
        let snapshot = self.sure.snapshot();
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
        let snapshot = self.sure.snapshot();
        let grown = |meta: &RecordMeta| meta.offset + meta.length > last.end && !meta.partial;
        let Some(meta) = snapshot.record(last.record).filter(grown) else {
            return Ok(());
        };
        let begin = std::mem::replace(&mut last.end, meta.offset + meta.length);
        if last.printed {
            let rest = match out.form() {
                Form::Text => RecordMeta {
                    offset: begin,
                    length: last.end - begin,
                    ..meta
                },
                Form::Jsonl | Form::Csv => meta,
            };
            let written = out.write(&self.log.origin(&snapshot), &rest);
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
        let end = self.sure.snapshot().record(record);
        self.last = end.map(|meta| Last {
            record,
            end: meta.offset + meta.length,
            printed: *left < before,
        });
        Ok(())
    }

    fn index_more(&mut self, out: &mut Printer) -> Result<(), ReadError> {
        let (end, _) = self.log.count(self.stream.len(), u64::MAX)?;
        if end <= self.sure.indexed_bytes() {
            return Ok(());
        }
        out.forget();
        self.grew = Instant::now();
        self.log.grow(&mut self.assembler, end)?;
        let indexed = self.log.indexed_in_file(&self.assembler)?;
        // Otherwise it was cut while it was read: the next look tells.
        match self.stream.remember(indexed, Instant::now()) {
            Check::Changed => return Ok(()),
            Check::Sure => {}
            Check::Settled => self.assembler.seal(),
        }
        self.sure = self.assembler.clone();
        Ok(())
    }

    /// What was printed is not there any more: it cannot be read again.
    fn forget_gone(&mut self, turn: &Turn) -> Result<(), Failure> {
        self.last = None;
        let indexed = self.log.indexed_in_file(&self.sure);
        if indexed.is_ok_and(|indexed| indexed == turn.keep) {
            self.sure.seal();
            return Ok(());
        }
        if let Ok(stream) = Stream::open(Arc::new(RealDisk), self.path) {
            *self = Self::over(self.path, stream, self.reading, self.spec)?;
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
        let snapshot = self.sure.snapshot();
        self.predicate.refresh(&snapshot);
        let alone = (records, &mut Around::new(0));
        print_from(&self.log, &snapshot, &self.predicate, alone, out, left)
            .map_err(|error| failure(self.path, error))
    }
}

/// What is told of a log that goes on in another file: only what may be missing.
fn gap(path: &Path, turn: &Turn) -> Option<String> {
    let what = match turn.reason {
        TurnReason::Rotated => "was deleted and made again",
        TurnReason::Truncated => "was truncated",
        TurnReason::Rewritten => "was rewritten",
    };
    let told = || format!("{} {what}: lines may be missing here", text::path(path));
    turn.gap.then(told)
}
