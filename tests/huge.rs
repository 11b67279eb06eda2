//! More records than 32 bits count, in sources of more bytes than 32 bits address.

use std::io;

use timberline::base::cancel::CancelToken;
use timberline::base::id::{BlockNo, Generation, RecordNo, RowNo, Slot};
use timberline::base::level::LevelId;
use timberline::base::time::{Timestamp, Zone};
use timberline::bytes::memory::MemoryBytes;
use timberline::bytes::{ByteSource, ReadError};
use timberline::format::detect::detect;
use timberline::format::spec::{Format, FormatSpec};
use timberline::index::synthetic::{self, RECORD_BYTES};
use timberline::index::{Assembler, SourceSnapshot, scan_chunk};
use timberline::query::bitmap::Mask;
use timberline::query::rowset::RowSet;
use timberline::query::tally::tally;

use crate::common::log_gen::{LogGen, TEMPLATE};

/// More than 2³².
const LINES: u64 = 5_000_000_000;

/// A text over and over again, up to a length.
#[derive(Debug)]
struct Repeated {
    text: Vec<u8>,
    len: u64,
}

impl Repeated {
    fn lines(line: &str, lines: u64) -> Self {
        Self {
            // Long, so that a read is a few copies.
            text: line.repeat(1 << 16).into_bytes(),
            len: line.len() as u64 * lines,
        }
    }
}

impl ByteSource for Repeated {
    fn len(&self) -> io::Result<u64> {
        Ok(self.len)
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        let read = (self.len.saturating_sub(offset)).min(buf.len() as u64) as usize;
        let mut filled = 0;
        while filled < read {
            let from = ((offset + filled as u64) % self.text.len() as u64) as usize;
            let part = &self.text[from..];
            let part = &part[..part.len().min(read - filled)];
            buf[filled..filled + part.len()].copy_from_slice(part);
            filled += part.len();
        }
        Ok(read)
    }
}

fn index(source: &Repeated, threads: usize) -> SourceSnapshot {
    let name = "plain".to_owned();
    let plain = Format::compile(&FormatSpec::Builtin { name }).unwrap();
    index_with(&plain, source, threads)
}

fn index_with(format: &Format, source: &dyn ByteSource, threads: usize) -> SourceSnapshot {
    let clock = format.extractor.clock();
    let end = source.len().unwrap();
    let mut assembler = Assembler::new(
        Generation::default(),
        clock,
        Zone::Utc,
        Timestamp::default(),
    );
    let chunks: Vec<_> = assembler.pending(end).collect();
    for some in chunks.chunks(64) {
        let scan = |chunk: &std::ops::Range<u64>, buffer: &mut Vec<u8>| {
            let extractor = &format.extractor;
            scan_chunk(source, chunk.clone(), end, extractor, &Zone::Utc, buffer).unwrap()
        };
        let drafts = std::thread::scope(|scope| {
            let parts: Vec<_> = some
                .chunks(some.len().div_ceil(threads))
                .map(|part| {
                    scope.spawn(move || {
                        let mut buffer = Vec::new();
                        Vec::from_iter(part.iter().map(|chunk| scan(chunk, &mut buffer)))
                    })
                })
                .collect();
            let drafts = parts.into_iter().flat_map(|part| part.join().unwrap());
            Vec::from_iter(drafts)
        });
        drafts.into_iter().for_each(|draft| assembler.push(draft));
    }
    assembler.snapshot()
}

fn check_lines(snapshot: &SourceSnapshot, line: u64, lines: u64) {
    assert_eq!(snapshot.len(), lines);
    assert_eq!(snapshot.stats.lines, lines);
    assert_eq!(snapshot.indexed_bytes, line * lines);
    for n in [0, lines / 2, u64::from(u32::MAX), 1 << 32, lines - 1] {
        let n = n.min(lines - 1);
        let meta = snapshot.record(RecordNo(n)).unwrap();
        assert_eq!((meta.offset, meta.length, meta.line), (n * line, line, n));
        let inside = meta.offset + line - 1;
        assert_eq!(snapshot.record_at_offset(inside), Some(RecordNo(n)));
        assert_eq!(snapshot.record_at_line(n), Some(RecordNo(n)));
    }
}

#[test]
fn lines_of_a_source_without_a_file() {
    let lines = 3_000_000;
    check_lines(&index(&Repeated::lines("a\n", lines), 2), 2, lines);
}

#[test]
#[expect(clippy::print_stdout, reason = "run by hand, for its figures")]
#[ignore = "minutes and some 5 GB of memory, in a release build"]
fn five_thousand_million_lines() {
    let began = std::time::Instant::now();
    let snapshot = index(&Repeated::lines("a\n", LINES), 2);
    let took = began.elapsed();
    let bytes = snapshot.heap_bytes() as f64 / LINES as f64;
    println!("{LINES} lines indexed in {took:?}, {bytes:.2} bytes a line");
    check_lines(&snapshot, 2, LINES);
}

#[test]
fn an_index_costs_a_few_bytes_a_record() {
    let text = LogGen::new(5).text(40_000);
    let format = Format::compile(&FormatSpec::template(TEMPLATE)).unwrap();
    let snapshot = index_with(&format, &MemoryBytes::new(text), 1);
    assert_eq!(snapshot.len(), 40_000);
    let bytes = snapshot.heap_bytes() as f64 / snapshot.len() as f64;
    assert!((2.0..6.0).contains(&bytes), "{bytes}");
}

/// The bound, for the columns: what a file costs once is much for a file of three records.
#[test]
fn no_kind_of_log_costs_more_than_eight_bytes_a_record() {
    let Some(corpus) = crate::formats::corpus() else {
        return;
    };
    for kind in ["lib", "lnav", "loghub", "misc", "pylog"] {
        let (mut bytes, mut records) = (0, 0);
        for entry in std::fs::read_dir(corpus.join(kind)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "log") {
                let text = std::fs::read(path).unwrap();
                let found = detect(&text, &Zone::Utc).swap_remove(0);
                let snapshot = index_with(&found.format, &MemoryBytes::new(text), 1);
                bytes += snapshot.column_bytes();
                records += snapshot.len();
            }
        }
        let each = bytes as f64 / records as f64;
        assert!((1.0..8.0).contains(&each), "{kind}: {each}");
    }
}

#[test]
fn records_beyond_32_bits_are_found_filtered_and_counted() {
    let snapshot = synthetic::repeated(LINES / 65_536 + 1, 40);
    let records = snapshot.len();
    assert!(records > LINES && snapshot.indexed_bytes > 1 << 39);
    for n in [u64::from(u32::MAX), 1 << 32, LINES, records - 1] {
        let meta = snapshot.record(RecordNo(n)).unwrap();
        assert_eq!((meta.offset, meta.length), (n * RECORD_BYTES, RECORD_BYTES));
        let at = |offset| snapshot.record_at_offset(offset);
        assert_eq!(at(meta.offset), Some(RecordNo(n)));
        assert_eq!(at(meta.offset + RECORD_BYTES - 1), Some(RecordNo(n)));
        assert_eq!(snapshot.record_at_line(meta.line), Some(RecordNo(n)));
        assert_eq!(
            snapshot.locate(RecordNo(n)),
            Some((BlockNo((n / 65_536) as u32), Slot((n % 65_536) as u16)))
        );
    }
    // One filter result for all blocks, since they are alike.
    let block = &snapshot.blocks[0];
    let mut mask = Mask::none(block.len() as u32);
    for slot in (0..=u16::MAX)
        .map(Slot)
        .filter(|slot| block.level(*slot) == LevelId::INFO)
    {
        mask.insert(slot);
    }
    let (per_block, rows) = (u64::from(mask.count()), mask.seal());
    let blocks = snapshot.blocks.iter();
    let set = RowSet::from_blocks(blocks.map(|block| (block.len() as u32, Some(rows.clone()))));
    assert_eq!(set.len(), per_block * snapshot.blocks.len() as u64);
    for row in [0, set.len() / 2, set.len() - 1] {
        let record = set.nth(RowNo(row)).unwrap();
        assert_eq!(set.rank(record), RowNo(row));
        assert_eq!(snapshot.record(record).unwrap().level, LevelId::INFO);
    }
    assert!(set.nth(RowNo(set.len() - 1)).unwrap().0 > 1 << 32);
    assert_eq!(snapshot.stats.level(LevelId::INFO), set.len());
    let all = RowSet::from_blocks(snapshot.blocks.iter().map(|block| {
        let records = block.len() as u32;
        (records, Some(Mask::all(records).seal()))
    }));
    let counts = tally(&all, &snapshot, &CancelToken::default()).unwrap();
    assert_eq!(
        (counts.rows, counts.level(LevelId::INFO)),
        (records, set.len())
    );
}
