//! How the whole of a file reads in a format: read line by line on a thread of its own, cancelled by the next question.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use memchr::memchr;

use super::bell::Door;
use super::desk::{Desk, Stage};
use super::fetch::read_range;
use super::framed;
use super::render::Reader;
use super::request::CheckRequest;
use super::state::{CheckResult, CheckTally, FailedLine, PreviewError, Suggestion};
use super::trouble;
use crate::base::cancel::CancelToken;
use crate::base::problem::Problem;
use crate::base::time::{Zone, ZoneClock};
use crate::format::detect::{Candidate, detect};
use crate::format::extractor::{Clock, Extractor};
use crate::format::framer::REACH;
use crate::format::looks_like_head;
use crate::format::plain::is_continuation;
use crate::format::spec::Format;
use crate::format::template::stop::stop;

/// Bytes read at once; between two reads the question may be taken back.
const CHUNK_BYTES: u64 = 1 << 20;

/// Bytes that tell how the file ends its records.
const SAMPLE_BYTES: u64 = 64 << 10;

/// Bytes of a line that are looked at, as the scan does.
const LINE_BYTES: usize = 64 << 10;

/// So many lines that fail are kept.
const FAILED_LINES: usize = 50;

/// Fewer lines that fail are no format.
const LEAST_SUGGESTED: u64 = 3;

/// So much of the lines that fail is looked at for a format of theirs.
const SUGGESTED_BYTES: usize = 128 << 10;

/// Bytes of a line that fails that are kept.
const SHOWN_BYTES: usize = 2 << 10;

/// Time between two reports of progress.
const REPORT: Duration = Duration::from_millis(100);

/// Serves requests until the source is closed.
pub(super) fn run(desk: &Desk, door: &Door) {
    while !desk.closing.is_cancelled() {
        match desk.check.take_blocking() {
            Some(asked) => answer(desk, &asked.0, &asked.1),
            None => door.wait(),
        }
    }
}

fn answer(desk: &Desk, request: &CheckRequest, token: &CancelToken) {
    let mut result = CheckResult {
        ticket: request.ticket,
        bytes_done: 0,
        bytes_total: 0,
        done: false,
        tally: CheckTally::default(),
        problem: None,
    };
    let format = Format::compile(&request.spec).map_err(PreviewError::Format);
    let stage = desk.stage().ok_or_else(|| {
        PreviewError::Unreadable(Problem::error("The file is not open").path(&desk.path))
    });
    let outcome = format.and_then(|format| {
        let stage = stage?;
        let mut buffer = Vec::new();
        let read = |range: Range<u64>, buffer: &mut Vec<u8>| {
            read_range(&*stage.bytes, &range, buffer)
                .map_err(|error| PreviewError::Unreadable(trouble::unreadable(&error)))
        };
        read(0..SAMPLE_BYTES, &mut buffer)?;
        let format = format.fitted(&buffer);
        let framed = format.extractor.framer(true).is_some();
        let mut check = Check::new(&stage, &format);
        result.bytes_total = stage.bytes.len().unwrap_or(0);
        let mut reported = Instant::now();
        while result.bytes_done < result.bytes_total {
            if token.is_cancelled() || desk.closing.is_cancelled() {
                return Ok(());
            }
            let end = result.bytes_total.min(result.bytes_done + CHUNK_BYTES);
            if framed {
                let around = 2 * REACH as u64;
                let base = result.bytes_done.saturating_sub(around);
                read(base..result.bytes_total.min(end + around), &mut buffer)?;
                check.framed(&buffer, base, result.bytes_done..end);
            } else {
                read(result.bytes_done..end, &mut buffer)?;
                check.feed(&buffer);
            }
            result.bytes_done = end;
            if reported.elapsed() >= REPORT {
                reported = Instant::now();
                result.tally.clone_from(&check.tally);
                desk.board.post(&desk.board.check, Arc::new(result.clone()));
            }
        }
        check.end();
        check.suggest(&stage.zone);
        result.tally = check.tally;
        result.done = true;
        Ok(())
    });
    result.problem = outcome.err();
    if !token.is_cancelled() {
        desk.board.post(&desk.board.check, Arc::new(result));
    }
}

/// A file being read in a format.
struct Check<'a> {
    format: &'a Format,
    reader: Reader<'a>,
    clock: ZoneClock,
    timed: bool,
    tally: CheckTally,
    /// The beginning of a line whose end has not been read.
    carry: Vec<u8>,
    /// Lines that fail, one after the other, for detection.
    failed: Vec<u8>,
}

impl<'a> Check<'a> {
    fn new(stage: &'a Stage, format: &'a Format) -> Self {
        let extractor = &*format.extractor;
        let mixed = extractor.as_mixed();
        let parts = mixed.map_or_else(Vec::new, |mixed| vec![0; mixed.parts().len()]);
        Self {
            format,
            reader: Reader { format, extractor },
            clock: ZoneClock::new(&stage.zone),
            timed: extractor.clock() != Clock::None,
            tally: CheckTally {
                parts,
                ..CheckTally::default()
            },
            carry: Vec::new(),
            failed: Vec::new(),
        }
    }

    /// Takes the next bytes of the file.
    fn feed(&mut self, mut bytes: &[u8]) {
        if !self.carry.is_empty() {
            let end = memchr(b'\n', bytes).map(|end| end + 1);
            let room = LINE_BYTES.saturating_sub(self.carry.len());
            let (rest, next) = bytes.split_at(end.unwrap_or(bytes.len()));
            self.carry
                .extend_from_slice(rest.get(..room).unwrap_or(rest));
            bytes = next;
            if end.is_some() {
                self.end();
            }
        }
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let seen = line.get(..LINE_BYTES).unwrap_or(line);
            if line.ends_with(b"\n") {
                self.line(seen);
            } else {
                self.carry.extend_from_slice(seen);
            }
        }
    }

    /// The last line needs no line end.
    fn end(&mut self) {
        let line = std::mem::take(&mut self.carry);
        if !line.is_empty() {
            self.line(&line);
        }
    }

    /// The lines that start in `chunk`, of a format of which single lines do not tell; `text` begins at `base` and holds
    /// what stands around them.
    fn framed(&mut self, text: &[u8], base: u64, chunk: Range<u64>) {
        let extractor = &*self.format.extractor;
        let Some(lines) = framed::frame(extractor, text, base == 0, &mut self.clock) else {
            return;
        };
        for (number, line) in lines.iter().enumerate() {
            // What the text begins with is a whole line only at the file's beginning.
            let whole = number > 0 || base == 0;
            if !whole || !chunk.contains(&(base + line.range.start as u64)) {
                continue;
            }
            let own = text.get(line.range.clone()).unwrap_or_default();
            if line.starts {
                self.tally.lines += 1;
                let record = text.get(framed::record(&lines, number)).unwrap_or(own);
                let record = record.get(..REACH).unwrap_or(record);
                let header = extractor.header(record, &mut self.clock);
                self.starts(own, header.and_then(|header| header.time).is_some());
            } else if extractor.is_start(own) {
                // What a record quotes.
                self.tally.lines += 1;
                self.tally.continued += 1;
            } else {
                self.other(own);
            }
        }
    }

    fn line(&mut self, line: &[u8]) {
        match self.format.extractor.header(line, &mut self.clock) {
            Some(header) => {
                self.tally.lines += 1;
                self.starts(line, header.time.is_some());
            }
            None => self.other(line),
        }
    }

    /// A record starts at the line; whether its time was read.
    fn starts(&mut self, line: &[u8], time: bool) {
        self.tally.starts += 1;
        self.tally.times_unread += u64::from(self.timed && !time);
        if let Some(mixed) = self.format.extractor.as_mixed()
            && let Some(count) = mixed
                .part_of(line)
                .and_then(|at| self.tally.parts.get_mut(at))
        {
            *count += 1;
        }
    }

    /// No record starts at the line.
    fn other(&mut self, line: &[u8]) {
        self.tally.lines += 1;
        if is_continuation(line) || (self.tally.starts > 0 && !looks_like_head(line)) {
            self.tally.continued += 1;
        } else {
            self.fails(line);
        }
    }

    /// Looks for a format of the lines that fail.
    fn suggest(&mut self, zone: &Zone) {
        if self.tally.failed < LEAST_SUGGESTED {
            return;
        }
        let best = detect(&self.failed, zone).into_iter().next();
        let plain =
            |candidate: &Candidate| matches!(&*candidate.format.extractor, Extractor::Plain(_));
        let good = |best: &Candidate| !plain(best) && best.matched * 2 > best.lines;
        self.tally.suggestion = best.filter(good).map(|best| Suggestion {
            name: best.format.name.clone(),
            spec: best.format.spec,
            matched: best.matched as u64,
            lines: best.lines as u64,
        });
    }

    fn fails(&mut self, line: &[u8]) {
        self.tally.failed += 1;
        if self.failed.len() + line.len() <= SUGGESTED_BYTES {
            self.failed.extend_from_slice(line);
        }
        if self.tally.first_failed.len() < FAILED_LINES {
            self.tally.first_failed.push(FailedLine {
                line: self.tally.lines,
                text: self
                    .reader
                    .cell(line.get(..SHOWN_BYTES).unwrap_or(line))
                    .into(),
                stop: stop(self.format, line),
            });
        }
    }
}
