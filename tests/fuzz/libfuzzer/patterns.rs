//! What people type into the filter: an error that says where, or the same answer for every record, alone and in a block.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use timberline::base::id::{Generation, RecordNo};
use timberline::base::time::{Timestamp, Zone};
use timberline::bytes::memory::MemoryBytes;
use timberline::format::extractor::without_line_end;
use timberline::format::spec::{Format, FormatSpec};
use timberline::index::block::Block;
use timberline::index::{Assembler, SourceSnapshot, scan_chunk};
use timberline::query::compile::compile;
use timberline::query::eval::eval_block;
use timberline::query::matcher::Matcher;
use timberline::query::spec::{FilterSpec, Pattern, Sense, TextTerm};
use timberline_fuzz::{halves, text};

static PLAIN: LazyLock<Format> = LazyLock::new(|| {
    let name = "plain".to_owned();
    Format::compile(&FormatSpec::Builtin { name }).unwrap()
});

// The pattern, a NUL and a log of plain lines and tracebacks.
fuzz_target!(|data: &[u8]| {
    let Some((switches, rest)) = data.split_first() else {
        return;
    };
    let (pattern, log) = halves(rest);
    let pattern = Pattern {
        text: text(pattern),
        case_sensitive: switches & 1 > 0,
        whole_word: switches & 2 > 0,
        regex: switches & 4 > 0,
    };
    let matcher = match Matcher::new(&pattern) {
        Ok(matcher) => matcher,
        Err(error) => {
            assert!(pattern.regex || error.message.contains("too large"));
            assert!(!error.message.is_empty());
            let most = pattern.text.chars().count();
            assert!(error.column.is_none_or(|column| column <= most));
            return;
        }
    };
    let shown = text(log);
    let marks = matcher.ranges(&shown);
    assert!(marks.iter().all(|mark| !shown[mark.clone()].is_empty()));
    assert!(marks.is_sorted_by(|one, next| one.end <= next.start));
    assert!(marks.is_empty() || matcher.is_match(shown.as_bytes()));
    let bytes = MemoryBytes::new(log);
    let snapshot = snapshot(&bytes, log.len() as u64);
    let term = TextTerm {
        pattern,
        sense: Sense::Include,
    };
    let spec = FilterSpec {
        text: vec![term],
        ..FilterSpec::default()
    };
    let predicate = compile(&spec, &snapshot).unwrap();
    let mut buffer = Vec::new();
    let mut first = 0;
    for block in snapshot.blocks.iter() {
        let passed = eval_block(&predicate, block, &bytes, &mut buffer).unwrap();
        let passed: Vec<usize> = passed.iter().map(|slot| slot.0 as usize).collect();
        assert_eq!(passed, one_by_one(&matcher, &snapshot, block, first, log));
        first += block.len() as u64;
    }
});

fn snapshot(bytes: &MemoryBytes, end: u64) -> SourceSnapshot {
    let extractor = &PLAIN.extractor;
    let mut assembler = Assembler::new(Generation(1), extractor.clock(), Zone::Utc, Timestamp(0));
    let mut buffer = Vec::new();
    while let Some(chunk) = assembler.next_chunk(end) {
        let draft = scan_chunk(bytes, chunk, end, extractor, &Zone::Utc, &mut buffer);
        assembler.push(draft.unwrap());
    }
    assembler.snapshot()
}

fn one_by_one(
    matcher: &Matcher,
    snapshot: &SourceSnapshot,
    block: &Block,
    first: u64,
    log: &[u8],
) -> Vec<usize> {
    let matches = |slot: &usize| {
        let meta = snapshot.record(RecordNo(first + *slot as u64)).unwrap();
        let record = &log[meta.offset as usize..][..meta.length as usize];
        matcher.is_match(without_line_end(record))
    };
    (0..block.len() as usize).filter(matches).collect()
}
