//! Filters against their definition: look at every record on its own.

use proptest::collection::vec;
use proptest::prelude::*;
use timberline::base::cancel::CancelToken;
use timberline::base::id::{BlockNo, Generation, RecordNo, RowNo};
use timberline::base::level::Gravity;
use timberline::base::time::{TimeRange, Timestamp, Zone};
use timberline::bytes::memory::MemoryBytes;
use timberline::format::extractor::{Extractor, without_line_end};
use timberline::index::{Assembler, SourceSnapshot, scan_chunk};
use timberline::query::bitmap::BlockRows;
use timberline::query::compile::{compile, logger_shown};
use timberline::query::eval::eval_block;
use timberline::query::find::{Direction, Grave, Passing, Place, next};
use timberline::query::matcher::Matcher;
use timberline::query::rowset::RowSet;
use timberline::query::sequence::Sequence;
use timberline::query::spec::{
    FilterSpec, LevelRule, LoggerRule, LoggerTerm, Pattern, Reach, Sense, TextTerm,
};
use timberline::query::tally::tally;

use super::texts::{formats, log};

/// 2026-03-15T00:00:00Z, in the middle of what the generated logs show.
const MIDDLE: i64 = 1_773_532_800 * 1_000_000_000;
const HOUR: i64 = 3_600 * 1_000_000_000;

fn catch_up(assembler: &mut Assembler, bytes: &MemoryBytes, end: u64, extractor: &Extractor) {
    while let Some(chunk) = assembler.next_chunk(end) {
        let mut buffer = Vec::new();
        let draft = scan_chunk(bytes, chunk, end, extractor, &Zone::Utc, &mut buffer).unwrap();
        assembler.push(draft);
    }
}

fn assembler(extractor: &Extractor, chunk_bytes: u64) -> Assembler {
    let written = Timestamp(MIDDLE);
    Assembler::new(Generation(1), extractor.clock(), Zone::Utc, written)
        .with_chunk_bytes(chunk_bytes)
}

fn logger_terms() -> impl Strategy<Value = Vec<LoggerTerm>> {
    let name = prop::sample::select(vec!["", "app", "app.db", "app.d", "root", "한글"]);
    let reach = prop::sample::select(vec![Reach::Subtree, Reach::Only]);
    let term = (name, reach).prop_map(|(name, reach)| LoggerTerm {
        name: name.to_owned(),
        reach,
    });
    vec(term, 0..3)
}

fn text_terms() -> impl Strategy<Value = Vec<TextTerm>> {
    let text = prop::sample::select(vec![
        "text",
        "TEXT",
        "x",
        "^",
        "$",
        "^$",
        r"\s",
        r"\n",
        r"\Atext",
        r"\z",
        "[^q]*",
        "경고",
        "app|nothing",
        r"text\s+\S",
        "ERROR",
    ]);
    let switches = any::<[bool; 4]>();
    let term = (text, switches).prop_map(|(text, [case_sensitive, whole_word, regex, exclude])| {
        TextTerm {
            pattern: Pattern {
                text: text.to_owned(),
                case_sensitive,
                whole_word,
                regex,
            },
            sense: if exclude {
                Sense::Exclude
            } else {
                Sense::Include
            },
        }
    });
    vec(term, 0..3)
}

fn filter() -> impl Strategy<Value = FilterSpec> {
    let levels = prop::sample::select(vec!["INFO", "ERROR", "WARNING", "AUDIT", "경고", ""]);
    let least = prop::sample::select(vec![
        None,
        Some("INFO"),
        Some("warning"),
        Some("AUDIT"),
        Some("Level 35"),
    ]);
    let time = prop::option::of((-300_i64..300, 0_i64..300));
    let loggers = (logger_terms(), logger_terms());
    let levels = (vec(levels.clone(), 0..3), vec(levels, 0..2), least);
    (levels, loggers, time, text_terms()).prop_map(
        |((shown, hidden, least), (include, exclude), time, text)| FilterSpec {
            levels: LevelRule {
                shown: shown.into_iter().map(str::to_owned).collect(),
                hidden: hidden.into_iter().map(str::to_owned).collect(),
                at_least: least.map(str::to_owned),
            },
            loggers: LoggerRule {
                include: include.into_iter().collect(),
                exclude: exclude.into_iter().collect(),
            },
            time: time.map_or_else(TimeRange::default, |(start, hours)| TimeRange {
                since: Some(Timestamp(MIDDLE + start * HOUR)),
                until: Some(Timestamp(MIDDLE + (start + hours) * HOUR)),
            }),
            text,
            more: Vec::new(),
        },
    )
}

/// Whether a record passes, by the rules as the user reads them.
fn passes(spec: &FilterSpec, snapshot: &SourceSnapshot, bytes: &[u8], record: RecordNo) -> bool {
    let meta = snapshot.record(record).unwrap();
    let levels = &snapshot.levels;
    let mut asked = (**levels).clone();
    let least = spec
        .levels
        .at_least
        .as_ref()
        .map(|name| asked.intern(name.as_bytes()));
    let grave = least.is_none_or(|least| levels.rank(meta.level) >= asked.rank(least));
    let hidden = spec
        .levels
        .hidden
        .iter()
        .any(|name| name == levels.name(meta.level));
    let alone = &spec.levels.shown;
    let shown = alone.is_empty() || alone.contains(levels.name(meta.level));
    let in_time = spec.time == TimeRange::default()
        || meta.time.is_some_and(|time| {
            spec.time.since.is_none_or(|since| time >= since)
                && spec.time.until.is_none_or(|until| time < until)
        });
    let text = &bytes[meta.offset as usize..(meta.offset + meta.length) as usize];
    let text_holds = spec.text.iter().all(|term| {
        let found = Matcher::new(&term.pattern)
            .unwrap()
            .is_match(without_line_end(text));
        found == (term.sense == Sense::Include)
    });
    grave
        && shown
        && !hidden
        && in_time
        && logger_shown(&spec.loggers, snapshot.loggers.name(meta.logger))
        && text_holds
}

fn by_definition(spec: &FilterSpec, snapshot: &SourceSnapshot, bytes: &[u8]) -> Vec<RecordNo> {
    (0..snapshot.len())
        .map(RecordNo)
        .filter(|record| passes(spec, snapshot, bytes, *record))
        .collect()
}

fn rows(blocks: &[Option<BlockRows>], snapshot: &SourceSnapshot) -> RowSet {
    let sizes = snapshot.blocks.iter().map(|block| block.len() as u32);
    RowSet::from_blocks(sizes.zip(blocks.iter().cloned()))
}

fn records(rows: &RowSet) -> Vec<RecordNo> {
    rows.range(0..u64::MAX).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// I7: the rows are those that each record deserves on its own, in whatever order blocks are judged.
    #[test]
    fn filters_do_what_they_say(
        text in log(), format in 0..4_usize, chunk in 16..600_u64, spec in filter(), backwards in any::<bool>(),
    ) {
        let extractor = &formats()[format];
        let bytes = MemoryBytes::new(text.0.clone());
        let mut assembler = assembler(extractor, chunk);
        catch_up(&mut assembler, &bytes, text.0.len() as u64, extractor);
        let snapshot = assembler.snapshot();
        let predicate = compile(&spec, &snapshot).unwrap();
        let mut blocks = vec![None; snapshot.blocks.len()];
        let mut order: Vec<usize> = (0..blocks.len()).collect();
        if backwards {
            order.reverse();
        }
        let mut buffer = Vec::new();
        for at in order {
            let block = &snapshot.blocks[at];
            blocks[at] = Some(eval_block(&predicate, block, &bytes, &mut buffer).unwrap());
        }
        let shown = rows(&blocks, &snapshot);
        let expected = by_definition(&spec, &snapshot, &text.0);
        prop_assert_eq!(&records(&shown), &expected);

        // What is counted beside the rows agrees with them.
        let counted = tally(&shown, &snapshot, &CancelToken::default()).unwrap();
        prop_assert_eq!(counted.rows, expected.len() as u64);
        for id in snapshot.levels.ids_by_rank() {
            let of_level = |record: &&RecordNo| snapshot.record(**record).unwrap().level == id;
            prop_assert_eq!(counted.level(id), expected.iter().filter(of_level).count() as u64);
        }
        for (id, _) in snapshot.loggers.iter() {
            let of_logger = |record: &&RecordNo| snapshot.record(**record).unwrap().logger == id;
            prop_assert_eq!(counted.logger(id).records, expected.iter().filter(of_logger).count() as u64);
        }
    }

    /// I7: what is known of sealed blocks holds when the file has grown.
    #[test]
    fn growth_costs_only_what_is_new(
        text in log(), format in 0..4_usize, chunk in 16..600_u64, spec in filter(), cuts in vec(0.0..1.0_f64, 0..4),
    ) {
        let extractor = &formats()[format];
        let bytes = MemoryBytes::new(text.0.clone());
        let mut assembler = assembler(extractor, chunk);
        let mut ends: Vec<u64> = cuts.iter().map(|cut| (cut * text.0.len() as f64) as u64).collect();
        ends.push(text.0.len() as u64);
        ends.sort_unstable();
        let mut known: Vec<Option<BlockRows>> = Vec::new();
        let mut predicate = compile(&spec, &assembler.snapshot()).unwrap();
        let mut buffer = Vec::new();
        for end in ends {
            catch_up(&mut assembler, &bytes, end, extractor);
            let snapshot = assembler.snapshot();
            predicate.refresh(&snapshot);
            for block in &snapshot.blocks[known.len().min(snapshot.blocks.len())..] {
                known.push(Some(eval_block(&predicate, block, &bytes, &mut buffer).unwrap()));
            }
            let shown = rows(&known, &snapshot);
            prop_assert_eq!(records(&shown), by_definition(&spec, &snapshot, &text.0));
            known.truncate(snapshot.sealed);
        }
    }

    /// I8: rows and records find each other.
    #[test]
    fn rows_and_records_are_inverse(
        blocks in vec((1..300_u32, prop::option::of(1..5_u32)), 0..8),
    ) {
        let set = RowSet::from_blocks(blocks.iter().map(|(records, step)| {
            let mut mask = timberline::query::bitmap::Mask::all(*records);
            let rows = step.map(|step| {
                mask.retain(|slot| u32::from(slot.0) % step == 0);
                mask.seal()
            });
            (*records, rows)
        }));
        for row in 0..set.len() {
            let record = set.nth(RowNo(row)).unwrap();
            prop_assert_eq!(set.rank(record), RowNo(row));
            prop_assert!(set.contains(record));
        }
        for record in (0..set.records()).map(RecordNo) {
            let row = set.rank(record);
            prop_assert_eq!(set.contains(record), set.nth(row) == Some(record));
        }
        prop_assert_eq!(set.nth(RowNo(set.len())), None);
    }

    /// Find and "next error" visit exactly the rows that deserve it, forwards and backwards.
    #[test]
    fn searches_visit_every_hit_once(
        text in log(), format in 0..4_usize, chunk in 16..600_u64, forward in any::<bool>(),
        step in prop::option::of(1..4_usize),
    ) {
        let extractor = &formats()[format];
        let bytes = MemoryBytes::new(text.0.clone());
        let mut assembler = assembler(extractor, chunk);
        catch_up(&mut assembler, &bytes, text.0.len() as u64, extractor);
        let snapshot = assembler.snapshot();
        let thin = |block: BlockNo| match step {
            Some(step) if !(block.0 as usize).is_multiple_of(step) => BlockRows::None,
            _ => BlockRows::All(snapshot.blocks[block.0 as usize].len() as u32),
        };
        let blocks: Vec<_> = (0..snapshot.blocks.len()).map(|at| Some(thin(BlockNo(at as u32)))).collect();
        let shown = rows(&blocks, &snapshot);
        let direction = if forward { Direction::Forward } else { Direction::Backward };
        let matcher = Matcher::new(&Pattern { text: "text$".to_owned(), regex: true, ..Pattern::default() }).unwrap();
        let (mut grave, mut matching) = (records(&shown), records(&shown));
        grave.retain(|r| snapshot.levels.gravity(snapshot.record(*r).unwrap().level) >= Gravity::Warning);
        matching.retain(|r| {
            let meta = snapshot.record(*r).unwrap();
            let record = &text.0[meta.offset as usize..(meta.offset + meta.length) as usize];
            matcher.is_match(without_line_end(record))
        });
        if !forward {
            grave.reverse();
            matching.reverse();
        }
        let (cancel, order) = (CancelToken::default(), Sequence::from(shown.clone()));
        let place = |from| Place {
            rows: &shown, shown: &order, snapshot: &snapshot, from, direction, cancel: &cancel,
        };
        let next_grave = |from| {
            next(&mut Grave::new(&snapshot.levels, Gravity::Warning), &place(from)).unwrap()
        };
        prop_assert_eq!(walk(next_grave), grave);
        let next_hit = |from| {
            let (by, source, cancel) = (&matcher, &bytes, &cancel);
            next(&mut Passing { by, source, cancel, buffer: Vec::new() }, &place(from)).unwrap()
        };
        prop_assert_eq!(walk(next_hit), matching);
    }
}

fn walk(next: impl Fn(Option<RecordNo>) -> Option<RecordNo>) -> Vec<RecordNo> {
    std::iter::successors(next(None), |last| next(Some(*last))).collect()
}

/// Regression: an empty match behind the last byte of an unfinished record belongs to that record.
#[test]
fn the_end_of_an_unfinished_last_record_can_match() {
    let extractor = &formats()[0];
    let text =
        b"2026-03-01 00:00:00,000 INFO     root: text\n2026-03-01 00:00:00,000 INFO     root:";
    let bytes = MemoryBytes::new(text.to_vec());
    let mut assembler = assembler(extractor, 600);
    catch_up(&mut assembler, &bytes, text.len() as u64, extractor);
    let snapshot = assembler.snapshot();
    let spec = FilterSpec {
        text: vec![TextTerm {
            pattern: Pattern {
                text: ":$".to_owned(),
                regex: true,
                ..Pattern::default()
            },
            sense: Sense::Include,
        }],
        ..FilterSpec::default()
    };
    let shown = |text: &str| {
        let mut spec = spec.clone();
        spec.text[0].pattern.text = text.to_owned();
        let predicate = compile(&spec, &snapshot).unwrap();
        let blocks = snapshot.blocks.iter();
        let judged: Vec<_> = blocks
            .map(|block| eval_block(&predicate, block, &bytes, &mut Vec::new()).ok())
            .collect();
        records(&rows(&judged, &snapshot))
    };
    for pattern in ["$", ":$", r"\z|never"] {
        let expected = {
            let mut spec = spec.clone();
            spec.text[0].pattern.text = pattern.to_owned();
            by_definition(&spec, &snapshot, text)
        };
        assert_eq!(shown(pattern), expected, "{pattern}");
    }
    assert_eq!(shown("$").len(), snapshot.len() as usize);
}
