//! How the first lines of a file read in a format that is being typed.

use super::desk::Stage;
use super::fetch::read_range;
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
    let mut lines: Vec<&[u8]> = sample.split_inclusive(|byte| *byte == b'\n').collect();
    // The last line of a full sample is cut off and would be judged wrongly.
    if length == SAMPLE_BYTES && lines.len() > 1 {
        lines.pop();
    }
    Ok(take_apart(stage, format, &lines))
}

fn take_apart(stage: &Stage, format: Format, lines: &[&[u8]]) -> Preview {
    let mut clock = ZoneClock::new(&stage.zone);
    let timed = format.extractor.clock() != Clock::None;
    let reader = Reader {
        format: &format,
        extractor: &format.extractor,
        decoder: &stage.decoder,
    };
    let (mut matched, mut times_unread) = (0, 0);
    let mut shown = Vec::new();
    // An unmatched first line is a record of its own, and the lines up to the first match belong to it.
    let mut records: u32 = 0;
    for (number, line) in lines.iter().enumerate() {
        let line = line.get(..LINE_BYTES).unwrap_or(line);
        let header = format.extractor.header(line, &mut clock);
        let starts = header.is_some();
        if let Some(header) = header {
            matched += 1;
            times_unread += u64::from(timed && header.time.is_none());
        }
        records += u32::from(starts || number == 0);
        if shown.len() < SHOWN_LINES {
            let record = records.saturating_sub(1);
            let verdict = match (starts, matched) {
                (true, _) => LineVerdict::Start {
                    record,
                    fields: fields(&reader, line),
                },
                (false, 0) => LineVerdict::Unmatched,
                (false, _) => LineVerdict::Continues { record },
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
