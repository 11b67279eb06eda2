//! Queries against their definition: read the tree for every record on its own.

use proptest::collection::vec;
use proptest::prelude::*;
use timberline::base::id::{Generation, RecordNo};
use timberline::base::level::LevelId;
use timberline::base::time::{Timestamp, Zone, parse_moment};
use timberline::bytes::memory::MemoryBytes;
use timberline::format::extractor::{Extractor, without_line_end};
use timberline::format::field::Role;
use timberline::index::{Assembler, SourceSnapshot, scan_chunk};
use timberline::query::bitmap::BlockRows;
use timberline::query::compile::compile;
use timberline::query::eval::eval_block;
use timberline::query::lang::{Expr, Field, Moments, Op, Value, bind, parse, query_of};
use timberline::query::matcher::Matcher;
use timberline::query::rowset::RowSet;

use super::texts::{formats, log};

/// 2026-03-15T00:00:00Z, in the middle of what the generated logs show.
const MIDDLE: Timestamp = Timestamp(1_773_532_800 * 1_000_000_000);

const LEAVES: &[&str] = &[
    "level:error",
    "level:err",
    "level>=warning",
    "level<info",
    "level:none",
    "level:*",
    "level:audit",
    "level!=info",
    "logger:app",
    "logger:app.db",
    "logger=app.db",
    "logger:root",
    "logger:*db",
    "text",
    "TEXT",
    "\"Text\"c",
    "nothing",
    "/te.t/",
    "/app|nothing/i",
    "/^  File/",
    "since:\"2026-03-10 00:00\"",
    "until:\"2026-03-15 12:00\"",
    "since:-2d",
    "message:text",
    "message:*",
    "asctime:*",
    "asctime>2026-03-15",
    "name:app*",
    "levelname:/ERR/",
    "levelname=INFO",
    "line:*",
    "zz:*",
];

fn query() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(LEAVES).prop_map(str::to_owned);
    leaf.prop_recursive(4, 16, 3, |inner| {
        let parts = vec(inner.clone(), 2..4);
        prop_oneof![
            parts
                .clone()
                .prop_map(|parts| format!("({})", parts.join(" "))),
            parts.prop_map(|parts| format!("({})", parts.join(" OR "))),
            inner.clone().prop_map(|inner| format!("-({inner})")),
            inner.prop_map(|inner| format!("NOT {inner}")),
        ]
    })
}

struct Log<'a> {
    snapshot: SourceSnapshot,
    bytes: &'a [u8],
    extractor: &'a Extractor,
}

impl Log<'_> {
    fn holds(&self, expr: &Expr, record: RecordNo) -> bool {
        match expr {
            Expr::All(parts) => parts.iter().all(|part| self.holds(part, record)),
            Expr::Any(parts) => parts.iter().any(|part| self.holds(part, record)),
            Expr::Not(inner) => !self.holds(inner, record),
            Expr::Text(pattern) => Matcher::new(pattern).unwrap().is_match(self.text(record)),
            Expr::Field(field) => self.field_holds(field, record),
            Expr::Time(_) => unreachable!("the parser makes none"),
        }
    }

    fn text(&self, record: RecordNo) -> &[u8] {
        let meta = self.snapshot.record(record).unwrap();
        without_line_end(&self.bytes[meta.offset as usize..(meta.offset + meta.length) as usize])
    }

    fn field_holds(&self, field: &Field, record: RecordNo) -> bool {
        let meta = self.snapshot.record(record).unwrap();
        let (levels, loggers) = (&self.snapshot.levels, &self.snapshot.loggers);
        let moment = |text: &str| parse_moment(text, &Zone::Utc, MIDDLE).unwrap();
        match (field.name.as_str(), field.op, &field.value) {
            ("level", Op::Is | Op::Equals, Value::Text(name)) if name == "none" => {
                meta.level == LevelId::NONE
            }
            ("level", Op::Is | Op::Equals, Value::Text(name)) => {
                levels.find(name) == Some(meta.level)
            }
            ("level", Op::Is, _) => meta.level != LevelId::NONE,
            ("level", op, Value::Text(name)) => {
                let wanted = levels.rank(levels.find(name).unwrap());
                meta.level != LevelId::NONE && op.admits(levels.rank(meta.level).cmp(&wanted))
            }
            ("logger", op, Value::Text(name)) => {
                let seen = loggers.name(meta.logger);
                match name.as_str() {
                    "root" => matches!(seen, "" | "root"),
                    name => seen == name || (op == Op::Is && seen.starts_with(&format!("{name}."))),
                }
            }
            ("logger", _, _) => loggers.name(meta.logger).ends_with("db"),
            ("since", _, Value::Text(text)) => meta.time.is_some_and(|time| time >= moment(text)),
            ("until", _, Value::Text(text)) => meta.time.is_some_and(|time| time < moment(text)),
            _ => self.parsed_holds(field, record),
        }
    }

    fn parsed_holds(&self, field: &Field, record: RecordNo) -> bool {
        let parsed = self.extractor.parse(self.text(record));
        let columns = self.extractor.columns();
        let role = columns.iter().find(|column| *column.name == field.name);
        let value = match role.map(|column| column.role) {
            _ if field.name == "message" => Some(&parsed.message),
            Some(Role::Message) => Some(&parsed.message),
            Some(Role::Time) => parsed.time.as_ref(),
            Some(Role::Level) => parsed.level.as_ref(),
            Some(Role::Logger) => parsed.logger.as_ref(),
            _ => parsed
                .fields
                .iter()
                .find(|it| it.name == field.name)
                .map(|it| &it.value),
        };
        let Some(value) = value else { return false };
        let text = String::from_utf8_lossy(value);
        match (&field.value, field.op) {
            (Value::Wild(wild), _) if wild == "*" => !value.is_empty(),
            (Value::Wild(wild), _) => text.starts_with(wild.trim_end_matches('*')),
            (Value::Regex(pattern), _) => Matcher::new(pattern).unwrap().is_match(value),
            (Value::Text(wanted), Op::Is) => text.to_lowercase().contains(wanted),
            (Value::Text(wanted), op) => op.admits((**value).cmp(wanted.as_bytes())),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// I7 for queries: what is known of sealed blocks holds when the file has grown, whatever the order, and the rows are
    /// those that each record deserves on its own. The query that the filter says of itself lets the same pass.
    #[test]
    fn queries_do_what_they_say(
        text in log(), format in 0..4_usize, chunk in 16..600_u64, query in query(), cuts in vec(0.0..1.0_f64, 0..3),
        backwards in any::<bool>(),
    ) {
        let extractor = &formats()[format];
        let bytes = MemoryBytes::new(text.0.clone());
        let moments = Moments { zone: &Zone::Utc, now: MIDDLE, end: None };
        let parsed = parse(&query).unwrap();
        let spec = bind(&parsed, &moments).unwrap();
        let again = query_of(&spec, &Zone::Utc);
        let again = bind(&parse(&again).unwrap(), &moments).unwrap();

        let mut assembler = Assembler::new(Generation(1), extractor.clock(), Zone::Utc, MIDDLE)
            .with_chunk_bytes(chunk);
        let mut predicate = compile(&spec, &assembler.snapshot()).unwrap().reading_with(extractor);
        let mut other = compile(&again, &assembler.snapshot()).unwrap().reading_with(extractor);
        let mut ends: Vec<u64> = cuts.iter().map(|cut| (cut * text.0.len() as f64) as u64).collect();
        ends.push(text.0.len() as u64);
        ends.sort_unstable();
        let mut known: Vec<Option<BlockRows>> = Vec::new();
        let mut buffer = Vec::new();
        for end in ends {
            while let Some(chunk) = assembler.next_chunk(end) {
                let draft = scan_chunk(&bytes, chunk, end, extractor, &Zone::Utc, &mut Vec::new());
                assembler.push(draft.unwrap());
            }
            let snapshot = assembler.snapshot();
            predicate.refresh(&snapshot);
            other.refresh(&snapshot);
            let mut order: Vec<usize> = (known.len()..snapshot.blocks.len()).collect();
            known.resize(snapshot.blocks.len(), None);
            if backwards {
                order.reverse();
            }
            for at in order {
                let block = &snapshot.blocks[at];
                let rows = eval_block(&predicate, block, &bytes, &mut buffer).unwrap();
                let same = eval_block(&other, block, &bytes, &mut buffer).unwrap();
                prop_assert_eq!(&rows, &same, "{}", query_of(&spec, &Zone::Utc));
                known[at] = Some(rows);
            }
            let sizes = snapshot.blocks.iter().map(|block| block.len() as u32);
            let shown = RowSet::from_blocks(sizes.zip(known.iter().cloned()));
            let log = Log { snapshot, bytes: &text.0[..end as usize], extractor };
            let rows: Vec<RecordNo> = shown.range(0..u64::MAX).collect();
            let expected: Vec<RecordNo> = (0..log.snapshot.len())
                .map(RecordNo)
                .filter(|record| log.holds(&parsed.expr, *record))
                .collect();
            prop_assert_eq!(rows, expected, "{}", query);
            known.truncate(log.snapshot.sealed);
        }
    }
}
