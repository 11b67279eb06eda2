//! `timberline print`: the records of log files, filtered.

use std::fs;
use std::io::{self, Write};
use std::ops::{ControlFlow, Range};
use std::path::Path;

use super::Failure;
use super::args::{Output, PrintArgs};
use super::around::Around;
use super::by_time;
use super::filter::{bad_pattern, filter_spec, tell_unknown_level};
use super::follow;
use super::input::STDIN;
use super::load::{Log, Reading, unreadable};
use super::parallel::in_order;
use crate::base::id::RecordNo;
use crate::base::origin::CommandLine;
use crate::base::problem::Problem;
use crate::bytes::ReadError;
use crate::bytes::identity::FileId;
use crate::export::target::Target;
use crate::export::{RecordWriter, WriteError};
use crate::index::scan::CHUNK_BYTES;
use crate::index::snapshot::{RecordMeta, SourceSnapshot};
use crate::query::compile::{Predicate, compile};
use crate::query::eval::eval_block;
use crate::query::spec::FilterSpec;

/// Where records go: standard output, or a file.
pub type Printer = RecordWriter<Out>;

/// Runs the subcommand.
pub fn run(args: &PrintArgs) -> Result<(), Failure> {
    if args.output == Output::Text && !args.fields.is_empty() {
        let problem = Problem::error("Text has no fields: it is the file's own bytes");
        return Err(problem
            .hint("Use --output csv or --output jsonl with --fields")
            .into());
    }
    let reading = Reading::from_args(&args.read)?;
    let spec = filter_spec(&args.filter, &reading.zone)?;
    let out = Out::new(args)?;
    let mut out = RecordWriter::new(out, args.manner());
    let printed = print_all(args, &reading, &spec, &mut out);
    match (out.into_inner(), printed) {
        (Out::Stdout(_), printed) => printed,
        (Out::File(target), Ok(())) => {
            target.commit(|id| is_read(args, id))?;
            Ok(())
        }
        (Out::File(target), Err(Failure::Write(error))) => Err(target.failed(&error).into()),
        (Out::File(_), Err(failure)) => Err(failure),
    }
}

fn print_all(
    args: &PrintArgs,
    reading: &Reading,
    spec: &FilterSpec,
    out: &mut Printer,
) -> Result<(), Failure> {
    let mut left = args.limit.unwrap_or(u64::MAX);
    if args.follow && args.command.is_empty() {
        return follow::run(args, reading, spec, out, &mut left);
    }
    if !args.command.is_empty() {
        let line = CommandLine(args.command.clone());
        return follow::run_command(line, reading, spec, out, &mut left);
    }
    for path in &args.files {
        if path != Path::new(STDIN) && args.by_time {
            by_time::print(path, reading, spec, out, &mut left)?;
        } else if path != Path::new(STDIN) {
            let around = Around::new(args.context);
            print_file(path, reading, spec, around, out, &mut left)?;
        } else if args.context > 0 {
            let problem = Problem::error("Records around others are printed of files only");
            return Err(problem.hint("Save the input to a file first").into());
        } else if args.by_time {
            let problem = Problem::error("Only files are printed in order of time");
            return Err(problem.hint("Save the input to a file first").into());
        } else {
            follow::run_stdin(reading, spec, out, &mut left)?;
        }
    }
    out.flush()?;
    Ok(())
}

/// An output of the subcommand.
pub enum Out {
    /// Whoever reads standard output.
    Stdout(io::StdoutLock<'static>),
    /// A file.
    File(Target),
}

impl Out {
    fn new(args: &PrintArgs) -> Result<Self, Problem> {
        Ok(match &args.to {
            Some(path) => Self::File(Target::create(path, |id| is_read(args, id))?),
            None => Self::Stdout(io::stdout().lock()),
        })
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::File(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::File(out) => out.flush(),
        }
    }
}

/// Whether a file is one of those that are printed.
fn is_read(args: &PrintArgs, id: FileId) -> bool {
    let leads_there = |path: &Path| fs::metadata(path).is_ok_and(|there| FileId::of(&there) == id);
    args.files.iter().any(|path| {
        let stdin = Path::new("/dev/stdin");
        leads_there(if path == Path::new(STDIN) {
            stdin
        } else {
            path
        })
    })
}

/// Chunks that are indexed before the first records are printed; then twice as many each time, so that `--limit` and
/// `| head` cost what they print and a whole file costs few steps.
const FIRST_CHUNKS: usize = 4;
/// Most chunks that are indexed before their records are printed: 1 GiB.
const MOST_CHUNKS: usize = 256;

fn print_file(
    path: &Path,
    reading: &Reading,
    spec: &FilterSpec,
    mut around: Around,
    out: &mut Printer,
    left: &mut u64,
) -> Result<(), Failure> {
    let log = Log::open(path, reading)?;
    let unread = |error: ReadError| unreadable(path, &error);
    let file_len = log.file_len().map_err(|error| unread(error.into()))?;
    let mut assembler = log.assembler();
    let predicate = compile(spec, &assembler.snapshot()).map_err(|error| bad_pattern(&error))?;
    let mut predicate = predicate.reading_with(&log.format.extractor);
    out.begin();
    let (mut printed, mut chunks) = (0, FIRST_CHUNKS);
    while *left > 0 {
        let before = assembler.indexed_bytes();
        let reach = chunks as u64 * CHUNK_BYTES;
        let (end, all) = log.count(file_len, reach).map_err(unread)?;
        log.grow_by(&mut assembler, chunks, end).map_err(unread)?;
        chunks = (2 * chunks).min(MOST_CHUNKS);
        let snapshot = assembler.snapshot();
        predicate.refresh(&snapshot);
        // A file that was cut meanwhile does not get any further.
        let left_over = !all || assembler.next_chunk(end).is_some();
        let more = left_over && assembler.indexed_bytes() > before;
        // What is indexed next may go on with the last record.
        let until = snapshot.len().saturating_sub(u64::from(more));
        let records = RecordNo(printed)..RecordNo(until);
        print_from(
            &log,
            &snapshot,
            &predicate,
            (records, &mut around),
            out,
            left,
        )
        .map_err(|error| failure(path, error))?;
        printed = until;
        if !more {
            tell_unknown_level(spec, path, &snapshot.levels);
            let finished = out.finish(&log.origin(&snapshot));
            finished.map_err(|error| failure(path, error))?;
            break;
        }
    }
    Ok(())
}

/// What went wrong while printing, for the user.
pub fn failure(path: &Path, error: WriteError) -> Failure {
    match error {
        WriteError::Read(error) => unreadable(path, &error).into(),
        WriteError::Write(error) => error.into(),
    }
}

/// Prints the records of a range that pass the filter. They are judged on all cores while this thread writes.
pub fn print_from(
    log: &Log,
    snapshot: &SourceSnapshot,
    predicate: &Predicate,
    (records, around): (Range<RecordNo>, &mut Around),
    out: &mut Printer,
    left: &mut u64,
) -> Result<(), WriteError> {
    let first = snapshot.locate(records.start);
    let first = first.map_or(snapshot.blocks.len(), |(block, _)| block.0 as usize);
    let blocks = snapshot.blocks.get(first..).unwrap_or_default();
    let count = blocks.partition_point(|block| block.first_record() < records.end);
    let judge = |at: usize, buffer: &mut Vec<u8>| {
        let block = blocks.get(at)?;
        Some((block, eval_block(predicate, block, &*log.bytes, buffer)))
    };
    let origin = log.origin(snapshot);
    let write = |range: Range<u64>, out: &mut Printer, left: &mut u64| {
        let metas = range.filter_map(|record| snapshot.record(RecordNo(record)));
        let there =
            |meta: &RecordMeta| !log.bytes.is_gone(&(meta.offset..meta.offset + meta.length));
        for meta in metas.filter(there) {
            if *left == 0 {
                break;
            }
            out.write(&origin, &meta)?;
            *left -= 1;
        }
        Ok::<(), WriteError>(())
    };
    let mut outcome = Ok(());
    in_order(count, judge, |judged| {
        let Some((block, rows)) = judged.filter(|_| *left > 0) else {
            return ControlFlow::Break(());
        };
        let printed = rows.map_err(WriteError::from).and_then(|rows| {
            let passed = rows
                .iter()
                .map(|slot| RecordNo(block.first_record().0 + u64::from(slot.0)))
                .filter(|record| records.contains(record));
            for record in passed {
                for range in around.reach(record.0) {
                    write(range, out, left)?;
                }
            }
            Ok(())
        });
        match printed {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                outcome = Err(error);
                ControlFlow::Break(())
            }
        }
    });
    outcome?;
    write(around.rest(records.end.0), out, left)
}
