//! How the first lines of a file read in a format that is being typed.

use super::desk::Stage;
use super::fetch::read_range;
use super::framed::{self, FramedLine};
use super::render::{Reader, first_line, value};
use super::request::PreviewRequest;
use super::state::{LineVerdict, Preview, PreviewError, PreviewField, PreviewLine};
use super::trouble;
use crate::base::time::ZoneClock;
use crate::format::extractor::Clock;
use crate::format::field::Role;
use crate::format::spec::Format;

/// Bytes at the start of the file that the match rate is taken over.
const SAMPLE_BYTES: u64 = 4 << 20;

/// Lines that are shown.
const SHOWN_LINES: usize = 200;

/// Bytes of a line that are looked at, as the scan does.
const LINE_BYTES: usize = 64 << 10;

/// Reads the start of the file in the asked format.
pub(super) fn preview(stage: &Stage, request: &PreviewRequest) -> Result<Preview, PreviewError> {
    let format = Format::compile(&request.spec).map_err(PreviewError::Format)?;
    let mut sample = Vec::new();
    let length = stage.bytes.len().unwrap_or(0).min(SAMPLE_BYTES);
    read_range(&*stage.bytes, &(0..length), &mut sample)
        .map_err(|error| PreviewError::Unreadable(trouble::unreadable(&error)))?;
    let format = format.fitted(&sample);
    // The last line of a full sample is cut off and would be judged wrongly.
    if length == SAMPLE_BYTES
        && let Some(end) = memchr::memrchr(b'\n', &sample)
    {
        sample.truncate(end + 1);
    }
    Ok(take_apart(stage, format, &sample))
}

/// The lines of a text; a record may need more of them to be known than its first.
fn lines_of(format: &Format, text: &[u8], clock: &mut ZoneClock) -> Vec<FramedLine> {
    if let Some(lines) = framed::frame(&format.extractor, text, true, clock) {
        return lines;
    }
    let mut end = 0;
    let line = |line: &[u8]| {
        let range = end..end + line.len();
        end = range.end;
        let seen = line.get(..LINE_BYTES).unwrap_or(line);
        let starts = format.extractor.is_start(seen);
        FramedLine { range, starts }
    };
    text.split_inclusive(|byte| *byte == b'\n')
        .map(line)
        .collect()
}

fn take_apart(stage: &Stage, format: Format, text: &[u8]) -> Preview {
    let mut clock = ZoneClock::new(&stage.zone);
    let extractor = &*format.extractor;
    let timed = extractor.clock() != Clock::None;
    let more = extractor.framer(true).is_some();
    let reader = Reader {
        format: &format,
        extractor,
    };
    let lines = lines_of(&format, text, &mut clock);
    let (mut matched, mut times_unread) = (0, 0);
    let mut shown = Vec::new();
    // An unmatched first line is a record of its own, and the lines up to the first match belong to it.
    let mut records: u32 = 0;
    for (number, framed) in lines.iter().enumerate() {
        let line = text.get(framed.range.clone()).unwrap_or_default();
        let line = line.get(..LINE_BYTES).unwrap_or(line);
        let record = if framed.starts && more {
            let record = text.get(framed::record(&lines, number)).unwrap_or(line);
            record.get(..LINE_BYTES).unwrap_or(record)
        } else {
            line
        };
        if framed.starts {
            matched += 1;
            let time = extractor.header(record, &mut clock).and_then(|h| h.time);
            times_unread += u64::from(timed && time.is_none());
        }
        records += u32::from(framed.starts || number == 0);
        if shown.len() < SHOWN_LINES {
            let number = records.saturating_sub(1);
            let verdict = match (framed.starts, matched) {
                (true, _) => LineVerdict::Start {
                    record: number,
                    fields: fields(&reader, record),
                },
                (false, 0) => LineVerdict::Unmatched,
                (false, _) => LineVerdict::Continues { record: number },
            };
            shown.push(PreviewLine {
                text: reader.cell(line).into(),
                verdict,
            });
        }
    }
    Preview {
        lines: shown,
        lines_sampled: lines.len() as u64,
        lines_matched: matched,
        times_unread,
        format: format.into(),
    }
}

fn fields(reader: &Reader<'_>, line: &[u8]) -> Vec<PreviewField> {
    let parsed = reader.extractor.parse(line);
    let shown = |column: &crate::format::field::Column| {
        let bytes = value(&parsed, column)?;
        let bytes = if column.role == Role::Message {
            first_line(bytes).0
        } else {
            bytes
        };
        Some(PreviewField {
            name: column.name.to_string(),
            role: column.role,
            value: reader.cell(bytes).into(),
            column: true,
        })
    };
    let columns = reader.extractor.columns();
    let mut fields: Vec<PreviewField> = columns.iter().filter_map(shown).collect();
    for field in &parsed.fields {
        if columns.iter().all(|column| *column.name != *field.name) {
            fields.push(PreviewField {
                name: field.name.to_string(),
                role: Role::Other,
                value: reader.cell(&field.value).into(),
                column: false,
            });
        }
    }
    fields
}
