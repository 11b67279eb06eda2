//! Opens a log and indexes it whole, on all cores, in file order.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::base::id::Generation;
use crate::base::problem::Problem;
use crate::base::time::Zone;
use crate::bytes::encoding::{Encoding, Utf16Source};
use crate::bytes::file::FileBytes;
use crate::bytes::{ByteSource, ReadError};
use crate::format::detect::detect;
use crate::format::spec::{Format, FormatError, FormatSpec, Style};
use crate::index::assemble::Assembler;
use crate::index::scan::{CHUNK_BYTES, ChunkDraft, scan_chunk};
use crate::index::snapshot::SourceSnapshot;

use super::args::{FormatArgs, ReadArgs, StyleArg};

/// So much of the start of a file decides its format and encoding.
pub const SAMPLE_BYTES: usize = 256 << 10;

/// How a log is to be read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The format; `None` lets the content decide.
    pub format: Option<FormatSpec>,
    /// The zone of times that name none.
    pub zone: Zone,
    /// The encoding; `None` lets the content decide.
    pub encoding: Option<Encoding>,
}

impl Reading {
    /// Reads the arguments.
    ///
    /// # Errors
    /// A zone or encoding that does not exist.
    pub fn from_args(args: &ReadArgs) -> Result<Self, Problem> {
        Ok(Self { format: format_spec(&args.format), zone: zone(&args.timezone)?, encoding: encoding(args)? })
    }
}

/// The zone that the user named.
///
/// # Errors
/// There is no such zone.
pub fn zone(name: &str) -> Result<Zone, Problem> {
    name.parse().map_err(|_| {
        Problem::error(format!("There is no time zone \u{201c}{name}\u{201d}"))
            .hint("Use a name such as Asia/Seoul, an offset such as +09:00, UTC or local")
    })
}

fn encoding(args: &ReadArgs) -> Result<Option<Encoding>, Problem> {
    let parse = |name: &String| {
        name.parse().map_err(|_| {
            Problem::error(format!("There is no encoding \u{201c}{name}\u{201d}"))
                .hint("Use a name such as utf-8, euc-kr, shift_jis, utf-16le or windows-1252")
        })
    };
    args.encoding.as_ref().map(parse).transpose()
}

/// The format that the user named or typed: a word without a field is a built-in's name.
#[must_use]
pub fn format_spec(args: &FormatArgs) -> Option<FormatSpec> {
    let text = args.format.clone()?;
    let known = crate::format::builtin::builtins().iter().any(|builtin| builtin.name == text);
    if known && args.style.is_none() {
        return Some(FormatSpec::Builtin { name: text });
    }
    let style = match args.style {
        Some(StyleArg::Percent) => Style::Percent,
        Some(StyleArg::Brace) => Style::Brace,
        Some(StyleArg::Dollar) => Style::Dollar,
        None => Style::guess(&text),
    };
    Some(FormatSpec::Template { style, text, datefmt: args.datefmt.clone(), msec_format: args.msec_format.clone() })
}

/// A log that is open for reading.
#[derive(Debug, Clone)]
pub struct Log {
    /// Its bytes as UTF-8 or an ASCII superset.
    pub bytes: Arc<dyn ByteSource>,
    /// Set when `bytes` are transcoded: knows where they came from.
    pub original: Option<Arc<Utf16Source>>,
    /// How records are cut.
    pub format: Format,
    /// Which characters the bytes stand for.
    pub encoding: Encoding,
    /// The zone of times that name none.
    pub zone: Zone,
    /// The year that a time without a year is taken to be in at last.
    pub year_hint: i32,
}

impl Log {
    /// Opens a file and settles its encoding and format.
    ///
    /// # Errors
    /// The file cannot be read, or the format is wrong.
    pub fn open(path: &Path, reading: &Reading) -> Result<Self, Problem> {
        let file = FileBytes::open(path).map_err(|error| unreadable(path, &error.into()))?;
        let year_hint = file.modified_year();
        let mut log = Self::over(Arc::new(file), reading, year_hint).map_err(|error| match error {
            OpenError::Read(error) => unreadable(path, &error),
            OpenError::Format(error) => bad_format(&error),
        })?;
        log.year_hint = year_hint;
        Ok(log)
    }

    /// A log over bytes that are open already.
    ///
    /// # Errors
    /// The bytes cannot be read, or the format is wrong.
    pub fn over(file: Arc<dyn ByteSource>, reading: &Reading, year_hint: i32) -> Result<Self, OpenError> {
        let head = head(&*file)?;
        let encoding = reading.encoding.clone().unwrap_or_else(|| Encoding::detect(&head));
        let (bytes, original): (Arc<dyn ByteSource>, _) = if encoding.is_utf16() {
            let decoded = Arc::new(Utf16Source::new(file, &encoding).map_err(ReadError::from)?);
            (Arc::clone(&decoded) as Arc<dyn ByteSource>, Some(decoded))
        } else {
            (file, None)
        };
        let format = match &reading.format {
            Some(spec) => Format::compile(spec, &reading.zone).map_err(OpenError::Format)?,
            None => best_format(&super::load::head(&*bytes)?, &reading.zone)?,
        };
        Ok(Self { bytes, original, format, encoding, zone: reading.zone.clone(), year_hint })
    }

    /// An assembler for this log.
    #[must_use]
    pub fn assembler(&self) -> Assembler {
        Assembler::new(Generation::default(), self.format.extractor.clock(), self.zone.clone(), self.year_hint)
    }

    /// Where bytes of `bytes` are in the file.
    #[must_use]
    pub fn in_file(&self, offset: u64) -> u64 {
        self.original.as_ref().map_or(offset, |original| original.to_original(offset))
    }

    /// The whole index.
    ///
    /// # Errors
    /// The bytes cannot be read.
    pub fn index(&self) -> Result<SourceSnapshot, ReadError> {
        let end = self.bytes.len()?;
        let mut assembler = self.assembler();
        index_all(self, end, |draft| assembler.push(draft))?;
        Ok(assembler.snapshot())
    }
}

/// Why a log could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// Its bytes cannot be read.
    Read(ReadError),
    /// The format is wrong.
    Format(FormatError),
}

impl From<ReadError> for OpenError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

fn best_format(head: &[u8], zone: &Zone) -> Result<Format, OpenError> {
    let best = detect(head, zone).into_iter().next().map(|candidate| candidate.format);
    best.map_or_else(
        || Format::compile(&FormatSpec::Builtin { name: "plain".to_owned() }, zone).map_err(OpenError::Format),
        Ok,
    )
}

/// The first bytes of a source, for detection.
///
/// # Errors
/// The bytes cannot be read.
pub fn head(source: &dyn ByteSource) -> Result<Vec<u8>, ReadError> {
    let mut head = vec![0; SAMPLE_BYTES];
    let read = source.read_at(0, &mut head)?;
    head.truncate(read);
    Ok(head)
}

/// Scans every chunk on all cores and hands the drafts over in file order.
fn index_all(log: &Log, end: u64, mut push: impl FnMut(ChunkDraft)) -> Result<(), ReadError> {
    let chunks: Vec<Range<u64>> = (0..end.div_ceil(CHUNK_BYTES))
        .map(|chunk| chunk * CHUNK_BYTES..((chunk + 1) * CHUNK_BYTES).min(end))
        .collect();
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(chunks.len()).max(1);
    let (sender, drafts) = crossbeam_channel::bounded(4 * threads);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, chunks, next) = (sender.clone(), &chunks, &next);
            scope.spawn(move || {
                let mut buffer = Vec::new();
                while let Some(at) = claim(next, chunks.len()) {
                    let Some(chunk) = chunks.get(at) else { return };
                    let draft =
                        scan_chunk(&*log.bytes, chunk.clone(), end, &log.format.extractor, &log.zone, &mut buffer);
                    if sender.send((at, draft)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = std::collections::BTreeMap::new();
        let mut due = 0;
        for (at, draft) in drafts {
            waiting.insert(at, draft?);
            while let Some(draft) = waiting.remove(&due) {
                push(draft);
                due += 1;
            }
        }
        Ok(())
    })
}

fn claim(next: &AtomicUsize, count: usize) -> Option<usize> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    (at < count).then_some(at)
}

/// A file that cannot be read, in the user's words.
#[must_use]
pub fn unreadable(path: &Path, error: &ReadError) -> Problem {
    let headline = match error {
        ReadError::Io(error) if error.kind() == std::io::ErrorKind::NotFound => "There is no such file",
        ReadError::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied => "The file may not be read",
        ReadError::Io(error) if error.kind() == std::io::ErrorKind::IsADirectory => "This is a folder, not a log file",
        _ => "Cannot read the file",
    };
    Problem::error(headline).detail(error.to_string()).path(path)
}

/// A wrong template with its mistake pointed at.
fn bad_format(error: &FormatError) -> Problem {
    let place = error.column.map_or_else(String::new, |column| format!(" (column {})", column + 1));
    Problem::error(format!("The format cannot be used: {}{place}", error.message)).hint(error.hint.clone())
}
