//! The index against its definition: read the whole file line by line, and a record goes from one start to the next.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use timberline::base::id::{Generation, RecordNo, Slot};
use timberline::base::time::{Timestamp, Zone, ZoneClock};
use timberline::bytes::memory::MemoryBytes;
use timberline::bytes::padding::{HOLE, PADDING};
use timberline::format::extractor::{Clock, Extractor, LevelWord};
use timberline::index::{Assembler, ChunkDraft, HEADER_CLIP, SourceSnapshot, scan_chunk};

use super::texts::{Text, formats, framed_formats, framed_log, log};

/// 2026-11-22T10:00:00Z.
const WRITTEN: Timestamp = Timestamp(1_795_341_600 * 1_000_000_000);

fn assembler(extractor: &Extractor, chunk_bytes: u64) -> Assembler {
    Assembler::new(Generation(7), extractor.clock(), Zone::Utc, WRITTEN)
        .with_chunk_bytes(chunk_bytes)
}

fn scan(
    bytes: &MemoryBytes,
    chunk: std::ops::Range<u64>,
    end: u64,
    extractor: &Extractor,
) -> ChunkDraft {
    let mut buffer = Vec::new();
    scan_chunk(bytes, chunk, end, extractor, &Zone::Utc, &mut buffer).unwrap()
}

/// Indexes what is there by now, chunk by chunk.
fn catch_up(assembler: &mut Assembler, bytes: &MemoryBytes, end: u64, extractor: &Extractor) {
    while let Some(chunk) = assembler.next_chunk(end) {
        assembler.push(scan(bytes, chunk, end, extractor));
    }
}

fn index(text: &[u8], chunk_bytes: u64, extractor: &Extractor) -> SourceSnapshot {
    let bytes = MemoryBytes::new(text);
    let mut assembler = assembler(extractor, chunk_bytes);
    catch_up(&mut assembler, &bytes, text.len() as u64, extractor);
    assembler.snapshot()
}

/// A record as its readers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    offset: u64,
    length: u64,
    line: u64,
    level: String,
    logger: String,
    time: Option<Timestamp>,
    matched: bool,
    partial: bool,
}

fn seen(snapshot: &SourceSnapshot) -> Vec<Seen> {
    (0..snapshot.len())
        .map(|n| {
            let meta = snapshot.record(RecordNo(n)).unwrap();
            assert_eq!(meta.record, RecordNo(n));
            Seen {
                offset: meta.offset,
                length: meta.length,
                line: meta.line,
                level: snapshot.levels.name(meta.level).to_owned(),
                logger: snapshot.loggers.name(meta.logger).to_owned(),
                time: meta.time,
                matched: meta.matched,
                partial: meta.partial,
            }
        })
        .collect()
}

/// The lines of a text with their line ends; runs of NUL bytes and what is behind them are lines of their own.
fn lines(text: &[u8]) -> Vec<&[u8]> {
    let mut starts = std::collections::BTreeSet::from([0, text.len()]);
    starts.extend((1..=text.len()).filter(|at| text[at - 1] == b'\n'));
    let mut end = 0;
    for run in text.chunk_by(|a, b| (*a == 0) == (*b == 0)) {
        let start = end;
        end += run.len();
        if run[0] != 0 || run.len() < PADDING {
            continue;
        }
        let behind = &text[end..];
        let goes_on = behind != b"\r" && !behind.starts_with(b"\r\n") && !behind.starts_with(b"\n");
        if run.len() >= HOLE {
            starts.insert(start);
        }
        if goes_on && starts.contains(&start) {
            starts.insert(end);
        }
    }
    let starts: Vec<usize> = starts.into_iter().collect();
    starts
        .windows(2)
        .map(|place| &text[place[0]..place[1]])
        .collect()
}

/// What the index should say, by the simplest means. Times only where a line alone tells them.
fn expected(text: &[u8], extractor: &Extractor) -> Vec<Seen> {
    let mut zone = ZoneClock::new(&Zone::Utc);
    let mut records: Vec<Seen> = Vec::new();
    let mut offset = 0;
    for (number, line) in lines(text).into_iter().enumerate() {
        let clipped = &line[..line.len().min(HEADER_CLIP)];
        let clipped = match offset {
            0 => clipped.strip_prefix(b"\xef\xbb\xbf").unwrap_or(clipped),
            _ => clipped,
        };
        let is_padding = line.starts_with(&[0; PADDING]);
        let header = extractor.header(clipped, &mut zone);
        // I6: whether a record starts is a matter of this line alone, and of padding before it.
        assert_eq!(header.is_some(), extractor.is_start(clipped));
        let header = header.filter(|_| !is_padding);
        let is_behind_padding = offset > 0 && text[offset - 1] == 0;
        if header.is_some() || offset == 0 || is_padding || is_behind_padding {
            let level = match header
                .as_ref()
                .map_or(LevelWord::None, |header| header.level)
            {
                LevelWord::None => String::new(),
                LevelWord::Standard(id) => timberline::base::level::LevelTable::standard()
                    .name(id)
                    .to_owned(),
                LevelWord::Custom(word) | LevelWord::Numbered(word, _) => {
                    String::from_utf8_lossy(word).into_owned()
                }
            };
            let logger = header.as_ref().and_then(|header| header.logger.as_deref());
            let logger = String::from_utf8_lossy(logger.unwrap_or_default()).into_owned();
            records.push(Seen {
                offset: offset as u64,
                length: 0,
                line: number as u64,
                level,
                logger: if logger == "root" {
                    String::new()
                } else {
                    logger
                },
                time: header
                    .as_ref()
                    .and_then(|header| header.time)
                    .map(Timestamp),
                matched: header.is_some(),
                partial: false,
            });
        }
        let last = records.last_mut().unwrap();
        last.length += line.len() as u64;
        offset += line.len();
        last.partial = offset == text.len() && !line.ends_with(b"\n");
    }
    records
}

/// The parts of two indexes that readers can see are the same, down to the ids.
fn assert_same(a: &SourceSnapshot, b: &SourceSnapshot) {
    assert_eq!(seen(a), seen(b));
    assert_eq!((&a.loggers, &a.levels), (&b.loggers, &b.levels));
    assert_eq!(a.stats, b.stats);
    assert_eq!(a.indexed_bytes, b.indexed_bytes);
}

/// What an older snapshot promises of a newer one.
fn assert_follows(older: &SourceSnapshot, newer: &SourceSnapshot) {
    let kept = older.blocks.get(..older.sealed).unwrap();
    for (old, new) in kept.iter().zip(newer.blocks.iter()) {
        assert!(Arc::ptr_eq(old, new), "a sealed block was replaced");
    }
    assert!(newer.sealed >= older.sealed);
    // I2, for all but the record that was still growing, and the one before if that was but a piece of a line.
    for n in 0..older.len().saturating_sub(2) {
        assert_eq!(older.record(RecordNo(n)), newer.record(RecordNo(n)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// I5, I6: records tile the file, and are what reading it line by line says.
    #[test]
    fn the_index_is_what_its_definition_says(Text(text) in log(), chunk in 1..4000_u64) {
        for extractor in formats() {
            let snapshot = index(&text, chunk, &extractor);
            let mut found = seen(&snapshot);
            let mut expected = expected(&text, &extractor);
            if extractor.clock() != Clock::Full {
                found.iter_mut().chain(&mut expected).for_each(|record| record.time = None);
            }
            prop_assert_eq!(&found, &expected);
            let mut at = 0;
            for record in &found {
                prop_assert_eq!(record.offset, at);
                prop_assert!(record.length > 0);
                at += record.length;
            }
            prop_assert_eq!(at, text.len() as u64);
            prop_assert_eq!(snapshot.indexed_bytes, at);
            let lines = lines(&text).len() as u64;
            prop_assert_eq!(snapshot.stats.lines, lines);
        }
    }

    /// I3: chunks of any size, scanned in any order, make the same index.
    #[test]
    fn chunks_of_any_size_make_the_same_index(Text(text) in log(), chunk in 1..300_u64) {
        for extractor in formats() {
            let whole = index(&text, u64::from(u32::MAX), &extractor);
            let bytes = MemoryBytes::new(text.clone());
            bytes.set_short_reads(7);
            let end = text.len() as u64;
            let mut assembler = assembler(&extractor, chunk);
            let mut drafts: Vec<ChunkDraft> = assembler
                .pending(end)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .map(|chunk| scan(&bytes, chunk, end, &extractor))
                .collect();
            while let Some(draft) = drafts.pop() {
                let before = assembler.snapshot();
                assembler.push(draft);
                assert_follows(&before, &assembler.snapshot());
            }
            assert_same(&assembler.snapshot(), &whole);
            prop_assert_eq!(assembler.next_chunk(end), None);
        }
    }

    /// I1, I2, I4: a file that grew in any steps has the index of the whole, and no snapshot was ever broken.
    #[test]
    fn appends_in_any_split_make_the_same_index(
        Text(text) in log(),
        cuts in vec(any::<prop::sample::Index>(), 0..12),
        chunk in 1..600_u64,
    ) {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
        cuts.push(text.len());
        cuts.sort_unstable();
        for extractor in formats() {
            let bytes = MemoryBytes::default();
            let mut assembler = assembler(&extractor, chunk);
            let mut at = 0;
            for cut in &cuts {
                bytes.append(&text[at..*cut]);
                at = *cut;
                let before = assembler.snapshot();
                let was = seen(&before);
                catch_up(&mut assembler, &bytes, at as u64, &extractor);
                let now = assembler.snapshot();
                assert_follows(&before, &now);
                prop_assert_eq!(seen(&before), was, "an older snapshot changed");
                assert_same(&now, &index(&text[..at], chunk, &extractor));
            }
        }
    }

    /// Look-ups by offset, line and time agree with the records.
    #[test]
    fn look_ups_agree_with_records(Text(text) in log(), chunk in 1..2000_u64) {
        for extractor in formats() {
            let snapshot = index(&text, chunk, &extractor);
            let mut latest = None;
            for n in 0..snapshot.len() {
                let meta = snapshot.record(RecordNo(n)).unwrap();
                for offset in [meta.offset, meta.offset + meta.length - 1] {
                    prop_assert_eq!(snapshot.record_at_offset(offset), Some(RecordNo(n)));
                }
                prop_assert_eq!(snapshot.record_at_line(meta.line), Some(RecordNo(n)));
                if let Some(time) = meta.time.filter(|time| latest.is_none_or(|latest| *time > latest)) {
                    prop_assert_eq!(snapshot.record_at_time(time), Some(RecordNo(n)));
                    latest = Some(time);
                }
            }
            prop_assert_eq!(snapshot.record_at_offset(text.len() as u64), None);
            for block in snapshot.blocks.iter() {
                let starts: Vec<u64> = block.starts().collect();
                let offsets: Vec<u64> =
                    (0..block.len()).map(|at| block.offset(Slot(at as u16))).collect();
                prop_assert_eq!(starts, offsets);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// I3, I4, I5 where records are not told by single lines: they tile the file, wherever chunks begin and in whatever
    /// steps the file grew.
    #[test]
    fn framed_records_are_the_same_wherever_reading_begins(
        Text(text) in framed_log(),
        chunk in prop_oneof![1000..300_000_u64, Just(7)],
        cut in any::<prop::sample::Index>(),
    ) {
        let chunk = if text.len() > 5000 { chunk.max(1000) } else { chunk };
        for extractor in framed_formats() {
            let whole = index(&text, u64::from(u32::MAX), &extractor);
            let mut at = 0;
            for record in seen(&whole) {
                prop_assert_eq!(record.offset, at);
                prop_assert!(record.length > 0);
                at += record.length;
            }
            prop_assert_eq!(at, text.len() as u64);
            let lines = lines(&text).len() as u64;
            prop_assert_eq!(whole.stats.lines, lines);

            let cut = cut.index(text.len() + 1);
            let bytes = MemoryBytes::new(&text[..cut]);
            let mut assembler = assembler(&extractor, chunk);
            catch_up(&mut assembler, &bytes, cut as u64, &extractor);
            let before = assembler.snapshot();
            assert_same(&before, &index(&text[..cut], u64::from(u32::MAX), &extractor));
            bytes.append(&text[cut..]);
            catch_up(&mut assembler, &bytes, text.len() as u64, &extractor);
            let now = assembler.snapshot();
            assert_same(&now, &whole);
            for n in 0..before.len().saturating_sub(2) {
                prop_assert_eq!(before.record(RecordNo(n)), now.record(RecordNo(n)));
            }
        }
    }
}

#[test]
fn an_empty_file_has_no_records() {
    for extractor in formats() {
        let snapshot = index(b"", 4096, &extractor);
        assert!(snapshot.is_empty());
        assert_eq!(snapshot.indexed_bytes, 0);
    }
}

#[test]
fn a_line_longer_than_any_bound_is_one_record() {
    let mut text = b"2026-03-01 10:00:00,000 INFO     a: ".to_vec();
    text.resize(5 * HEADER_CLIP, b'x');
    text.extend_from_slice(b"\n2026-03-01 10:00:01,000 INFO     a: next\n");
    for extractor in formats() {
        for chunk in [
            1000,
            HEADER_CLIP as u64,
            3 * HEADER_CLIP as u64 + 7,
            u64::from(u32::MAX),
        ] {
            let snapshot = index(&text, chunk, &extractor);
            assert_eq!(seen(&snapshot).len(), expected(&text, &extractor).len());
            assert_eq!(snapshot.stats.lines, 2);
            for cut in [10, 3 * HEADER_CLIP, text.len() - 5] {
                let bytes = MemoryBytes::new(&text[..cut]);
                let mut assembler = assembler(&extractor, chunk);
                catch_up(&mut assembler, &bytes, cut as u64, &extractor);
                assert!(seen(&assembler.snapshot()).last().unwrap().partial);
                bytes.append(&text[cut..]);
                catch_up(&mut assembler, &bytes, text.len() as u64, &extractor);
                assert_same(&assembler.snapshot(), &snapshot);
            }
        }
    }
}

#[test]
fn a_log_larger_than_what_is_held_of_it_is_read_piece_by_piece() {
    let line = |n: usize| {
        let (second, milli, text) = (n / 1000 % 60, n % 1000, "x".repeat(n * 7919 % 400));
        let more = if n.is_multiple_of(50) { "  more\n" } else { "" };
        format!(
            "2026-03-01 10:00:{second:02},{milli:03} INFO     app.n{}: {text}\n{more}",
            n % 9
        )
    };
    let text: String = (0..6000).map(line).collect();
    let text = text.as_bytes();
    let expected = expected(text, &formats()[0]);
    for (chunk, at_most) in [
        (100_000, 0),
        (700_001, 4096),
        (u64::from(u32::MAX), 0),
        (300_000, 777),
    ] {
        let bytes = MemoryBytes::new(text);
        bytes.set_short_reads(at_most);
        let mut assembler = assembler(&formats()[0], chunk);
        catch_up(&mut assembler, &bytes, text.len() as u64, &formats()[0]);
        assert_eq!(seen(&assembler.snapshot()), expected);
    }
}

#[test]
fn short_records_fill_several_blocks_of_a_chunk() {
    let text = b"a\n".repeat(200_000);
    let plain = &formats()[3];
    let snapshot = index(&text, u64::from(u32::MAX), plain);
    let sizes: Vec<usize> = snapshot.blocks.iter().map(|block| block.len()).collect();
    assert_eq!(sizes, [65_536, 65_536, 65_536, 3392]);
    let meta = snapshot.record(RecordNo(131_072)).unwrap();
    assert_eq!((meta.offset, meta.length, meta.line), (262_144, 2, 131_072));
}

#[test]
fn a_source_that_shrank_or_failed_is_no_panic() {
    let text = b"2026-03-01 10:00:00,000 INFO     a: text\n".repeat(100);
    let extractor = &formats()[0];
    let bytes = MemoryBytes::new(text.clone());
    bytes.truncate(1000);
    let mut assembler = assembler(extractor, 4096);
    let chunk = assembler.next_chunk(text.len() as u64).unwrap();
    assembler.push(scan(&bytes, chunk.clone(), text.len() as u64, extractor));
    assert_eq!(assembler.indexed_bytes(), 1000);
    bytes.set_failing(true);
    let mut buffer = Vec::new();
    assert!(scan_chunk(&bytes, chunk, 4000, extractor, &Zone::Utc, &mut buffer).is_err());
}

#[test]
fn more_loggers_than_a_byte_can_count() {
    let line = |n: usize| {
        let logger = n * 7 % 900;
        format!("2026-03-01 10:00:00,000 INFO     app.n{logger}: text {n}\n")
    };
    let text: String = (0..5000).map(line).collect();
    let snapshot = index(text.as_bytes(), u64::from(u32::MAX), &formats()[0]);
    assert_eq!(snapshot.loggers.len(), 901);
    assert_eq!(snapshot.blocks.len(), 1);
    for n in [0, 1, 900, 4999] {
        let meta = snapshot.record(RecordNo(n)).unwrap();
        assert_eq!(
            snapshot.loggers.name(meta.logger),
            format!("app.n{}", n * 7 % 900)
        );
        assert_eq!(
            snapshot.stats.logger(meta.logger).records,
            5000 / 900 + u64::from(n % 900 < 500)
        );
    }
}
