//! Opens a log and indexes it whole, on all cores, in file order.

use std::io;
use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use crate::base::id::Generation;
use crate::base::level::LevelTable;
use crate::base::problem::Problem;
use crate::base::time::{TimeError, Timestamp, Zone};
use crate::bytes::disk::OpenFile as _;
use crate::bytes::encoding::{Encoding, UnknownEncoding};
use crate::bytes::line_ends::LineEnds;
use crate::bytes::sniff::{self, Region};
use crate::bytes::spool::SpoolPlace;
use crate::bytes::transcode::Transcoded;
use crate::bytes::{ByteSource, ReadError, padding};
use crate::export::Origin;
use crate::format::detect::{self, detect_with, with_second};
use crate::format::spec::{Format, FormatError, FormatSpec, Style};
use crate::index::ChunkDraft;
use crate::index::assemble::Assembler;
use crate::index::scan::scan_chunk;
use crate::index::snapshot::SourceSnapshot;

use super::input::Input;
use super::own;
use crate::settings::formats::named;

use super::args::{FormatArgs, ReadArgs, StyleArg};
use super::parallel::in_order;

/// So much of the start of a file is what `detect` looks at.
const HEAD_BYTES: usize = 256 << 10;

/// How a log is to be read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The format; `None` lets the content decide.
    pub format: Option<FormatSpec>,
    /// The zone of times that name none.
    pub zone: Zone,
    /// The encoding; `None` lets the content decide.
    pub encoding: Option<Encoding>,
    /// Behind the log's rotated files.
    pub rotated: bool,
}

impl Reading {
    /// Reads the arguments.
    ///
    /// # Errors
    /// A zone or encoding that does not exist.
    pub fn from_args(args: &ReadArgs) -> Result<Self, Problem> {
        Ok(Self {
            format: format_spec(&args.format),
            zone: zone(&args.timezone)?,
            encoding: encoding(args)?,
            rotated: args.rotated,
        })
    }
}

/// The zone that the user named.
///
/// # Errors
/// There is no such zone.
pub fn zone(name: &str) -> Result<Zone, Problem> {
    name.parse()
        .map_err(|error: TimeError| Problem::error(error.to_string()))
}

fn encoding(args: &ReadArgs) -> Result<Option<Encoding>, Problem> {
    let parse = |name: &String| {
        name.parse()
            .map_err(|error: UnknownEncoding| Problem::error(error.to_string()))
    };
    args.encoding.as_ref().map(parse).transpose()
}

/// The format that the user named or typed: a word without a field is the name of a built-in or of a saved format.
#[must_use]
pub fn format_spec(args: &FormatArgs) -> Option<FormatSpec> {
    let text = args.format.clone()?;
    if args.style.is_none()
        && let Some(spec) = named(&text, &own::read().0)
    {
        return Some(spec);
    }
    let style = match args.style {
        Some(StyleArg::Percent) => Style::Percent,
        Some(StyleArg::Brace) => Style::Brace,
        Some(StyleArg::Dollar) => Style::Dollar,
        Some(StyleArg::Loguru) => Style::Loguru,
        Some(StyleArg::Log4j) => Style::Log4j,
        Some(StyleArg::NLog) => Style::NLog,
        Some(StyleArg::Serilog) => Style::Serilog,
        Some(StyleArg::Csv) => Style::Csv,
        Some(StyleArg::Regex) => return Some(FormatSpec::Regex { pattern: text }),
        None if text.contains("(?<") || text.contains("(?P<") => {
            return Some(FormatSpec::Regex { pattern: text });
        }
        None => Style::guess(&text),
    };
    Some(FormatSpec::Template {
        style,
        text,
        datefmt: args.datefmt.clone(),
        msec_format: args.msec_format.clone(),
    })
}

/// A log that is open for reading.
#[derive(Debug, Clone)]
pub struct Log {
    /// Its bytes as UTF-8.
    pub bytes: Arc<dyn ByteSource>,
    /// The file's own bytes.
    raw: Arc<dyn ByteSource>,
    /// Set when `bytes` are transcoded: knows where they came from.
    original: Option<Arc<Transcoded>>,
    /// How records are cut.
    pub format: Format,
    /// Which characters the file's bytes stand for.
    pub encoding: Encoding,
    /// The zone of times that name none.
    pub zone: Zone,
    /// When the file was written last: the year of times that name none is counted back from there.
    written: Timestamp,
    #[expect(
        dead_code,
        reason = "keeps the file of what came through a pipe or was compressed"
    )]
    spool: Option<SpoolPlace>,
}

impl Log {
    /// Opens a file and settles its encoding and format.
    ///
    /// # Errors
    /// The file cannot be read, or the format is wrong.
    pub fn open(path: &Path, reading: &Reading) -> Result<Self, Problem> {
        let failed = |error: ReadError| unreadable(path, &error);
        let input = match reading.rotated {
            true => Input::open_rotated(path),
            false => Input::open(path),
        };
        let Input { file, spool } = input.map_err(|error| failed(error.into()))?;
        let modified = file.facts().map_err(|error| failed(error.into()))?.modified;
        let log = Self::over(Arc::new(file), modified, path, reading)?;
        Ok(Self { spool, ..log })
    }

    /// A log over bytes that are open, last written at `modified`; `path` is for messages.
    ///
    /// # Errors
    /// The bytes cannot be read, or the format is wrong.
    pub fn over(
        raw: Arc<dyn ByteSource>,
        modified: Option<SystemTime>,
        path: &Path,
        reading: &Reading,
    ) -> Result<Self, Problem> {
        let failed = |error: ReadError| unreadable(path, &error);
        let Opened {
            raw,
            bytes,
            original,
            encoding,
        } = Opened::over(raw, reading.encoding).map_err(failed)?;
        let written = written(modified);
        let sample = sample_of(&*bytes).map_err(failed)?;
        let format = match &reading.format {
            Some(spec) => {
                let format = Format::compile(spec).map_err(|error| bad_format(&error))?;
                with_second(format, &sample, &reading.zone)
            }
            None => best_format(&sample, &reading.zone)?,
        };
        let format = format.fitted(&sample);
        Ok(Self {
            bytes,
            raw,
            original,
            format,
            encoding,
            zone: reading.zone,
            written,
            spool: None,
        })
    }

    /// An assembler for this log.
    #[must_use]
    pub fn assembler(&self) -> Assembler {
        Assembler::new(
            Generation::default(),
            self.format.extractor.clock(),
            self.zone,
            self.written,
        )
        .with_levels(LevelTable::with_ranks(own::level_ranks()))
    }

    /// Says that what is behind byte `original` of the file is other bytes now.
    pub fn cut(&self, original: u64) {
        if let Some(source) = &self.original {
            source.cut(original);
        }
    }

    /// How lines end in the file.
    #[must_use]
    pub fn line_ends(&self) -> LineEnds {
        self.encoding.line_ends()
    }

    /// The log for those who write its records.
    #[must_use]
    pub fn origin<'a>(&'a self, snapshot: &'a SourceSnapshot) -> Origin<'a> {
        Origin {
            bytes: &*self.bytes,
            format: &self.format,
            line_ends: self.line_ends(),
            snapshot,
        }
    }

    /// The length of `bytes` as far as it is known when up to `most` more bytes of the file, which is `file_len` bytes long,
    /// were looked at; and whether that is all.
    ///
    /// # Errors
    /// The bytes cannot be read.
    pub fn count(&self, file_len: u64, most: u64) -> Result<(u64, bool), ReadError> {
        let Some(source) = &self.original else {
            return Ok((file_len, true));
        };
        let counted = source.count(file_len, most)?;
        Ok((counted.utf8, counted.original >= file_len))
    }

    /// The length of the file.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn file_len(&self) -> io::Result<u64> {
        self.raw.len()
    }

    /// How far an index reaches in the file. That place stays known should what is before it be lost.
    ///
    /// # Errors
    /// The bytes cannot be read.
    pub fn indexed_in_file(&self, assembler: &Assembler) -> Result<u64, ReadError> {
        let indexed = assembler.indexed_bytes();
        if let Some(source) = &self.original {
            source.pin(indexed);
        }
        Ok(self.bytes.to_original(&(0..indexed))?.end)
    }

    /// The whole index.
    ///
    /// # Errors
    /// The bytes cannot be read.
    pub fn index(&self) -> Result<SourceSnapshot, ReadError> {
        let end = self.bytes.len()?;
        let mut assembler = self.assembler();
        self.grow(&mut assembler, end)?;
        Ok(assembler.snapshot())
    }

    /// Brings an index up to `end`, the length of `bytes`.
    ///
    /// # Errors
    /// The bytes cannot be read.
    pub fn grow(&self, assembler: &mut Assembler, end: u64) -> Result<(), ReadError> {
        self.grow_by(assembler, usize::MAX, end)
    }

    /// Brings an index some chunks nearer to `end`.
    ///
    /// # Errors
    /// The bytes cannot be read.
    pub fn grow_by(
        &self,
        assembler: &mut Assembler,
        chunks: usize,
        end: u64,
    ) -> Result<(), ReadError> {
        let chunks: Vec<Range<u64>> = assembler.pending(end).take(chunks).collect();
        scan_all(self, &chunks, end, |draft| assembler.push(draft))
    }
}

/// A file whose encoding is settled.
struct Opened {
    raw: Arc<dyn ByteSource>,
    bytes: Arc<dyn ByteSource>,
    original: Option<Arc<Transcoded>>,
    encoding: Encoding,
}

impl Opened {
    fn over(raw: Arc<dyn ByteSource>, named: Option<Encoding>) -> Result<Self, ReadError> {
        let encoding = match named {
            Some(named) => sniff::settle(&*raw, named)?,
            None => sniff::sniff(&*raw, raw.len()?, Region::here())?.encoding,
        };
        let original =
            (!encoding.is_utf8()).then(|| Arc::new(Transcoded::new(raw.clone(), encoding)));
        let bytes: Arc<dyn ByteSource> = match &original {
            Some(decoded) => decoded.clone(),
            None => raw.clone(),
        };
        Ok(Self {
            raw,
            bytes,
            original,
            encoding,
        })
    }
}

/// What detection looks at: the start of a file as UTF-8.
///
/// # Errors
/// The file cannot be read.
pub fn sample(path: &Path, encoding: Option<Encoding>) -> Result<Vec<u8>, Problem> {
    let head = || {
        let Input {
            file,
            spool: _spool,
        } = Input::open(path)?;
        let opened = Opened::over(Arc::new(file), encoding)?;
        head(&*opened.bytes)
    };
    head().map_err(|error| unreadable(path, &error))
}

fn written(modified: Option<SystemTime>) -> Timestamp {
    let since_epoch = modified
        .unwrap_or_else(SystemTime::now)
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since_epoch.as_nanos()).unwrap_or(i64::MAX))
}

fn best_format(sample: &[u8], zone: &Zone) -> Result<Format, Problem> {
    match detect_with(sample, zone, &own::compiled())
        .into_iter()
        .next()
    {
        Some(best) => Ok(best.format),
        None => Format::compile(&FormatSpec::builtin("plain")).map_err(|error| bad_format(&error)),
    }
}

/// The first bytes of a source.
fn head(source: &dyn ByteSource) -> Result<Vec<u8>, ReadError> {
    let mut head = vec![0; HEAD_BYTES];
    let read = source.read_at(source.data_from(0), &mut head)?;
    head.truncate(read);
    Ok(padding::without(&head))
}

/// Pieces from all over a source, for detection.
///
/// # Errors
/// The bytes cannot be read.
pub fn sample_of(source: &dyn ByteSource) -> Result<Vec<u8>, ReadError> {
    detect::sample_of(source.len()?, |range| {
        let mut piece = vec![0; usize::try_from(range.end - range.start).unwrap_or(0)];
        let read = source.read_at(source.data_from(range.start), &mut piece)?;
        piece.truncate(read);
        Ok(padding::without(&piece))
    })
}

/// Scans chunks on all cores and hands the drafts over in file order.
fn scan_all(
    log: &Log,
    chunks: &[Range<u64>],
    end: u64,
    mut push: impl FnMut(ChunkDraft),
) -> Result<(), ReadError> {
    let mut outcome = Ok(());
    let scan = |at: usize, buffer: &mut Vec<u8>| {
        let chunk = chunks.get(at).cloned().unwrap_or(end..end);
        scan_chunk(
            &*log.bytes,
            chunk,
            end,
            &log.format.extractor,
            &log.zone,
            buffer,
        )
    };
    in_order(chunks.len(), scan, |draft| match draft {
        Ok(draft) => {
            push(draft);
            ControlFlow::Continue(())
        }
        Err(error) => {
            outcome = Err(error);
            ControlFlow::Break(())
        }
    });
    outcome
}

/// A file that cannot be read, in the user's words.
#[must_use]
pub fn unreadable(path: &Path, error: &ReadError) -> Problem {
    let headline = match error {
        ReadError::Io(error) if error.kind() == std::io::ErrorKind::NotFound => {
            "There is no such file"
        }
        ReadError::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            "The file may not be read"
        }
        ReadError::Io(error) if error.kind() == std::io::ErrorKind::IsADirectory => {
            "This is a folder, not a log file"
        }
        _ => "Cannot read the file",
    };
    Problem::error(headline)
        .detail(error.to_string())
        .path(path)
}

/// A wrong template with its mistake pointed at.
fn bad_format(error: &FormatError) -> Problem {
    let place = error
        .column
        .map_or_else(String::new, |column| format!(" (column {})", column + 1));
    Problem::error(format!(
        "The format cannot be used: {}{place}",
        error.message
    ))
    .hint(error.hint.clone())
}
