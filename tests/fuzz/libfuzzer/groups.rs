//! Groups of records by pattern and by exception: every record is in one, and the filter of a group leaves the group.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use timberline::base::id::{BlockNo, Generation};
use timberline::base::time::{Timestamp, Zone};
use timberline::bytes::memory::MemoryBytes;
use timberline::format::spec::{Format, FormatSpec};
use timberline::index::{Assembler, SourceSnapshot, scan_chunk};
use timberline::query::compile::compile;
use timberline::query::eval::eval_block;
use timberline::query::lang::{Moments, bind, parse};
use timberline::query::patterns::groups::Groups;
use timberline::query::patterns::survey::{GroupSurvey, Wanted};
use timberline::query::patterns::template::{ANY, REST};
use timberline::query::rowset::RowSet;
use timberline::query::survey::{Survey as _, look_through};

static FORMAT: LazyLock<Format> = LazyLock::new(|| {
    Format::compile(&FormatSpec::template("%(levelname)s:%(name)s:%(message)s")).unwrap()
});

// A record a line, its level by the first byte; what follows a tab goes on with the record before.
fuzz_target!(|data: &[u8]| {
    let mut log = Vec::new();
    for line in data.split(|byte| *byte == b'\n') {
        match line.split_first() {
            Some((b'\t', rest)) => log.extend_from_slice(rest),
            Some((level, rest)) => {
                let level: &[u8] = if level % 2 == 0 {
                    b"ERROR:a:"
                } else {
                    b"INFO:b:"
                };
                log.extend_from_slice(&[level, rest].concat());
            }
            None => {}
        }
        log.push(b'\n');
    }
    let end = log.len() as u64;
    let bytes = MemoryBytes::new(log);
    let snapshot = snapshot(&bytes, end);
    for wanted in [Wanted::Patterns, Wanted::Exceptions] {
        let groups = groups(&bytes, &snapshot, wanted);
        if wanted == Wanted::Patterns {
            assert_eq!(groups.records, snapshot.stats.records);
        }
        for group in &groups.list {
            let passing = passing(&bytes, &snapshot, &group.query);
            // What lets others pass may let those pass that are counted under another one.
            let is_wide = group.title.contains(ANY) || group.title.contains(REST);
            let records = group.seen.records;
            assert!(
                passing == records || is_wide && passing > records,
                "{}",
                group.query
            );
        }
    }
});

fn snapshot(bytes: &MemoryBytes, end: u64) -> SourceSnapshot {
    let extractor = &FORMAT.extractor;
    let mut assembler = Assembler::new(Generation(1), extractor.clock(), Zone::Utc, Timestamp(0));
    while let Some(chunk) = assembler.next_chunk(end) {
        let draft = scan_chunk(bytes, chunk, end, extractor, &Zone::Utc, &mut Vec::new());
        assembler.push(draft.unwrap());
    }
    assembler.snapshot()
}

fn groups(bytes: &MemoryBytes, snapshot: &SourceSnapshot, wanted: Wanted) -> Groups {
    let survey = GroupSurvey::new(wanted, FORMAT.extractor.clone(), snapshot);
    let rows = RowSet::everything(snapshot);
    let mut found = survey.nothing();
    for (no, block) in (0..).map(BlockNo).zip(snapshot.blocks.iter()) {
        let source = (bytes as _, &mut Vec::new());
        let rows = rows.block(no).unwrap();
        let step = look_through(&survey, (block, rows), 0, source, &mut found, || false);
        assert_eq!(step.rows, block.len() as u64);
    }
    Groups::of(&found, wanted, snapshot)
}

/// How many records pass a query.
fn passing(bytes: &MemoryBytes, snapshot: &SourceSnapshot, query: &str) -> u64 {
    let moments = Moments {
        zone: &Zone::Utc,
        now: Timestamp(0),
        end: None,
    };
    let spec = bind(&parse(query).unwrap(), &moments).unwrap();
    let predicate = compile(&spec, snapshot).unwrap();
    let predicate = predicate.reading_with(&FORMAT.extractor);
    let rows = { snapshot.blocks.iter() }
        .map(|block| eval_block(&predicate, block, bytes, &mut Vec::new()).unwrap());
    rows.map(|rows| u64::from(rows.count())).sum()
}
