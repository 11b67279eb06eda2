//! What must hold for any format and any bytes.

use timberline::base::id::{Generation, RecordNo};
use timberline::base::time::{Timestamp, Zone, ZoneClock};
use timberline::bytes::memory::MemoryBytes;
use timberline::format::detect::detect;
use timberline::format::extractor::{Extractor, Header};
use timberline::format::spec::{Format, FormatError, FormatSpec};
use timberline::format::template::stop;
use timberline::index::{Assembler, scan_chunk};
use timberline::query::lang;

use super::random::Random;

/// A format that is refused is refused with a reason, what to do, and a place inside the text.
pub fn error(spec: &FormatSpec, error: &FormatError) {
    assert!(!error.message.is_empty(), "{spec}");
    if let (FormatSpec::Template { text, datefmt, .. }, Some(column)) = (spec, error.column) {
        let most = text
            .chars()
            .count()
            .max(datefmt.as_deref().unwrap_or("").chars().count());
        assert!(column <= most, "column {column} of {spec:?}: {error}");
    }
}

/// The questions that are asked about one record.
pub fn record(extractor: &Extractor, record: &[u8]) {
    let mut zone = ZoneClock::new(&Zone::Utc);
    let end = memchr::memchr(b'\n', record).map_or(record.len(), |at| at + 1);
    let line = &record[..end];
    let header = extractor.header_of_line(line, &mut zone);
    assert_eq!(
        extractor.is_start(line),
        header.is_some(),
        "is_start and header agree"
    );
    if let Some(header) = &header {
        assert!(
            header
                .logger
                .as_ref()
                .is_none_or(|name| name.len() <= line.len())
        );
    }
    if let Some(ahead) = extractor.header_ahead(record, &mut zone) {
        assert!(ahead.len <= end, "read behind the line");
        assert_eq!(Some(Header::from(ahead)), header, "the short way");
    }
    let parsed = extractor.parse(record);
    let inside = |value: &[u8]| assert!(value.len() <= record.len() + 16, "longer than the record");
    [&parsed.time, &parsed.level, &parsed.logger]
        .into_iter()
        .flatten()
        .for_each(|value| inside(value));
    inside(&parsed.message);
}

/// Where a line stops matching lies inside the line and the template, and nothing is told of a line that matches.
pub fn stop(format: &Format, record: &[u8]) {
    let end = memchr::memchr(b'\n', record).map_or(record.len(), |at| at + 1);
    let line = &record[..end];
    let Some(stop) = stop::stop(format, line) else {
        return;
    };
    assert!(
        !format.extractor.is_start(line),
        "a line that matches stops"
    );
    assert!(stop.line_column <= line.len(), "{stop}");
    if let (FormatSpec::Template { text, .. }, Some(column)) = (&format.spec, stop.template_column)
    {
        assert!(column <= text.chars().count(), "{stop}");
    }
}

/// The records of a text are the same in chunks of any size, and they tile it.
pub fn text(random: &mut Random, extractor: &Extractor, text: &[u8]) {
    let whole = starts(extractor, text, u64::from(u32::MAX));
    let chunk = random.below(200) as u64 + 1;
    assert_eq!(starts(extractor, text, chunk), whole, "chunks of {chunk}");
    assert_eq!(
        whole.iter().map(|(_, length, _)| length).sum::<u64>(),
        text.len() as u64
    );
}

/// Offset, length and time of every record.
fn starts(
    extractor: &Extractor,
    text: &[u8],
    chunk_bytes: u64,
) -> Vec<(u64, u64, Option<Timestamp>)> {
    let bytes = MemoryBytes::new(text);
    let end = text.len() as u64;
    let mut assembler = Assembler::new(Generation(1), extractor.clock(), Zone::Utc, Timestamp(0))
        .with_chunk_bytes(chunk_bytes);
    let mut buffer = Vec::new();
    while let Some(chunk) = assembler.next_chunk(end) {
        assembler.push(scan_chunk(&bytes, chunk, end, extractor, &Zone::Utc, &mut buffer).unwrap());
    }
    let snapshot = assembler.snapshot();
    (0..snapshot.len())
        .filter_map(|n| snapshot.record(RecordNo(n)))
        .map(|meta| (meta.offset, meta.length, meta.time))
        .collect()
}

/// Something is always found, and what is found explains no more lines than there are.
pub fn detection(text: &[u8]) {
    let found = detect(text, &Zone::Utc);
    assert!(!found.is_empty());
    for candidate in found {
        assert!(candidate.matched <= candidate.lines);
        assert!(candidate.score.is_finite());
    }
}

/// Any text is a query or an error that points into it; what is printed reads back, and what is bound says so.
pub fn query(text: &str) {
    let parsed = match lang::parse(text) {
        Ok(parsed) => parsed,
        Err(error) => {
            let length = text.chars().count();
            assert!(
                error.at.start <= error.at.end && error.at.end <= length,
                "{error:?}"
            );
            assert!(
                !error.message.is_empty() && !error.hint.is_empty(),
                "{error:?}"
            );
            return;
        }
    };
    let printed = lang::print(&parsed.expr, &Zone::Utc);
    let again = lang::parse(&printed).map(|parsed| parsed.expr);
    assert_eq!(again, Ok(parsed.expr.clone()), "{printed}");
    let moments = lang::Moments {
        zone: &Zone::Utc,
        now: Timestamp(1_795_305_600_000_000_000),
        end: None,
    };
    if let Ok(spec) = lang::bind(&parsed, &moments) {
        let said = lang::query_of(&spec, &Zone::Utc);
        let bound = lang::parse(&said).and_then(|parsed| lang::bind(&parsed, &moments));
        assert!(bound.is_ok(), "{said}: {bound:?}");
    }
}
