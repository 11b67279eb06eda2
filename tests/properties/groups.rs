//! Groups of records: every record is in one, and the filter of a group leaves that group and nothing else.

use proptest::prelude::*;
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
use timberline::query::rowset::RowSet;
use timberline::query::survey::{Survey as _, look_through};

struct Log {
    bytes: MemoryBytes,
    format: Format,
    snapshot: SourceSnapshot,
}

fn log(text: String, format: &FormatSpec) -> Log {
    let format = Format::compile(format).unwrap();
    let end = text.len() as u64;
    let bytes = MemoryBytes::new(text);
    let clock = format.extractor.clock();
    let mut assembler = Assembler::new(Generation(1), clock, Zone::Utc, Timestamp(0));
    while let Some(chunk) = assembler.next_chunk(end) {
        let extractor = &format.extractor;
        let draft = scan_chunk(&bytes, chunk, end, extractor, &Zone::Utc, &mut Vec::new());
        assembler.push(draft.unwrap());
    }
    let snapshot = assembler.snapshot();
    Log {
        bytes,
        format,
        snapshot,
    }
}

impl Log {
    fn groups(&self, wanted: Wanted) -> Groups {
        let survey = GroupSurvey::new(wanted, self.format.extractor.clone(), &self.snapshot);
        let rows = RowSet::everything(&self.snapshot);
        let mut found = survey.nothing();
        for (no, block) in (0..).map(BlockNo).zip(self.snapshot.blocks.iter()) {
            let source = (&self.bytes as _, &mut Vec::new());
            let rows = rows.block(no).unwrap();
            let step = look_through(&survey, (block, rows), 0, source, &mut found, || false);
            assert_eq!(step.rows, block.len() as u64);
            assert!(step.next.is_none() && step.error.is_none());
        }
        Groups::of(&found, wanted, &self.snapshot)
    }

    /// How many records pass a query.
    fn passing(&self, query: &str) -> u64 {
        let moments = Moments {
            zone: &Zone::Utc,
            now: Timestamp(0),
            end: None,
        };
        let spec = bind(&parse(query).unwrap(), &moments).unwrap();
        let predicate = compile(&spec, &self.snapshot).unwrap();
        let predicate = predicate.reading_with(&self.format.extractor);
        let blocks = self.snapshot.blocks.iter();
        let rows = blocks.map(|block| eval_block(&predicate, block, &self.bytes, &mut Vec::new()));
        rows.map(|rows| u64::from(rows.unwrap().count())).sum()
    }
}

/// What messages are made of; numbers stand for themselves, so that there are many.
const PIECES: [&str; 24] = [
    "worker",
    "user",
    "started",
    "in",
    "%ms",
    "%",
    "id=%",
    "\"a b %\"",
    "'x'",
    "(%, %)",
    "/srv/a%/b",
    "로그",
    "%명",
    "-",
    "a\\b",
    "<*>",
    "done.",
    "key:",
    "10.0.0.%:80",
    "http://h/%",
    "anna",
    "bo",
    "=",
    "<any>",
];

/// Names that take turns.
const NAMES: [&str; 12] = [
    "anna", "bo", "chris", "dora", "emil", "fritz", "gus", "hans", "ida", "jo", "karl", "lea",
];

fn message() -> impl Strategy<Value = String> {
    let any = proptest::collection::vec((0..PIECES.len(), 0_u32..2_000), 1..8).prop_map(|pieces| {
        let fill =
            |(piece, number): &(usize, u32)| PIECES[*piece].replace('%', &number.to_string());
        pieces.iter().map(fill).collect::<Vec<_>>().join(" ")
    });
    let named = (0..NAMES.len()).prop_map(|name| format!("session of {} closed", NAMES[name]));
    prop_oneof![3 => any, 2 => named]
}

fn trace() -> impl Strategy<Value = String> {
    (0_u32..3, 0_u32..3, 0_u32..1_000, any::<bool>()).prop_map(|(kind, place, number, chained)| {
        let kind = ["ValueError", "app.errors.Failed", "KeyError"][kind as usize];
        let raised = format!(
            "Traceback (most recent call last):\n  File \"/srv/m{place}.py\", line {number}, in f{place}\n    x()\n{kind}: {number}\n"
        );
        let during = "\nDuring handling of the above exception, another exception occurred:\n\n";
        match chained {
            true => format!("{raised}{during}{raised}"),
            false => raised,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_filter_of_a_group_leaves_the_group(
        records in proptest::collection::vec((message(), proptest::option::weighted(0.2, trace()), any::<bool>()), 1..120),
    ) {
        let mut text = String::new();
        for (message, trace, error) in &records {
            let level = if *error { "ERROR" } else { "INFO" };
            text.push_str(&format!("2026-11-22 10:00:00,000 {level} app - {message}\n"));
            text.push_str(trace.as_deref().unwrap_or_default());
        }
        let spec = FormatSpec::template("%(asctime)s %(levelname)s %(name)s - %(message)s");
        let log = log(text, &spec);
        let patterns = log.groups(Wanted::Patterns);
        prop_assert_eq!(patterns.records, records.len() as u64);
        for group in &patterns.list {
            prop_assert_eq!(log.passing(&group.query), group.seen.records, "{}", group.query);
        }
        let exceptions = log.groups(Wanted::Exceptions);
        let expected = records.iter().filter(|(_, trace, error)| trace.is_some() || *error);
        prop_assert_eq!(exceptions.records, expected.count() as u64);
        for group in &exceptions.list {
            prop_assert_eq!(log.passing(&group.query), group.seen.records, "{}", group.query);
        }
    }
}
