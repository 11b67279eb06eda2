//! Every template of the corpus against its truth: record starts, levels, loggers, times and messages.
//!
//! The comparison follows the corpus's own scorer: records that cannot be told even with the format are left out.

#![expect(clippy::print_stdout, reason = "shows the shares that were reached")]

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use timberline::base::level::LevelTable;
use timberline::base::text::strip_ansi;
use timberline::base::time::{Civil, NANOS_PER_DAY, Zone, ZoneClock, days_from_civil};
use timberline::format::extractor::{Clock, Extractor, Header, LevelWord};
use timberline::format::spec::{Format, FormatSpec, Style};

/// Cases that one line of the text cannot decide: the message stands before what tells records apart, two formats are
/// mixed, or records do not end with a line.
const UNDECIDABLE_BY_LINE: [&str; 5] = [
    "pct_msg_first",
    "pct_msg_first_time_last",
    "pct_message_only",
    "mix_two_formats",
    "enc_nul_terminator",
];

fn read_json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// What was counted over the records of a case or of all.
#[derive(Default, Debug)]
struct Score {
    counts: HashMap<&'static str, (usize, usize)>,
}

impl Score {
    fn add(&mut self, column: &'static str, right: bool) {
        let (good, all) = self.counts.entry(column).or_default();
        *good += usize::from(right);
        *all += 1;
    }

    fn share(&self, column: &str) -> f64 {
        let (good, all) = self.counts.get(column).copied().unwrap_or((0, 0));
        if all == 0 {
            1.0
        } else {
            good as f64 / all as f64
        }
    }

    fn merge(&mut self, other: &Self) {
        for (column, (good, all)) in &other.counts {
            let sum = self.counts.entry(column).or_default();
            sum.0 += good;
            sum.1 += all;
        }
    }
}

#[test]
fn templates_of_the_corpus_are_read_as_they_were_written() {
    let Some(corpus) = super::corpus() else {
        return;
    };
    let manifest = read_json(&corpus.join("manifest.json"));
    let mut total = Score::default();
    for case in manifest["cases"].as_array().unwrap() {
        let Some(score) = score_case(&corpus, case) else {
            continue;
        };
        for column in ["starts", "level", "logger", "time", "message"] {
            let share = score.share(column);
            assert!(share > 0.94, "{}: {column} {share:.4}", case["name"]);
        }
        total.merge(&score);
    }
    for (column, least) in [
        ("starts", 0.995),
        ("level", 0.998),
        ("logger", 0.995),
        ("time", 0.999),
        ("message", 0.99),
    ] {
        let share = total.share(column);
        println!("{column}: {share:.4}");
        assert!(share >= least, "{column}: {share:.4}");
    }
}

/// Scores a case; `None` if it has no template or is not text of one byte per ASCII character.
fn score_case(corpus: &Path, case: &Value) -> Option<Score> {
    let settings = read_json(&corpus.join(case["format"].as_str()?));
    let template = settings["fmt"].as_str()?;
    let name = case["name"].as_str()?;
    let encoding = settings["encoding"].as_str().unwrap_or("utf-8");
    if UNDECIDABLE_BY_LINE.contains(&name) || !["utf-8", "utf-8-sig", "ascii"].contains(&encoding) {
        return None;
    }
    let style: Style = settings["style"].as_str()?.parse().unwrap();
    assert_eq!(Style::guess(template), style, "{template}");
    let text = |key: &str| settings[key].as_str().map(str::to_owned);
    let datefmt = text("datefmt");
    let spec = FormatSpec::Template {
        style,
        text: template.to_owned(),
        msec_format: text("default_msec_format").filter(|_| datefmt.is_none()),
        datefmt,
    };
    let zone: Zone = settings["timezone"]
        .as_str()
        .unwrap_or("UTC")
        .parse()
        .unwrap();
    let format = Format::compile(&spec).unwrap();
    let bytes = fs::read(corpus.join(case["file"].as_str()?)).unwrap();
    let truth = read_truth(&corpus.join(case["truth"].as_str()?));
    Some(compare(&format.extractor, &zone, &bytes, &truth))
}

/// The truth's records, each with the defaults of the first line.
fn read_truth(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    let mut rows: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let defaults = rows.remove(0);
    for row in &mut rows {
        for (key, value) in defaults.as_object().unwrap() {
            if key != "kind" {
                let key = if key == "row_kind" { "kind" } else { key };
                row.as_object_mut()
                    .unwrap()
                    .entry(key)
                    .or_insert_with(|| value.clone());
            }
        }
    }
    rows
}

fn split(extractor: &Extractor, bytes: &[u8]) -> HashMap<usize, usize> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if at > 0 && extractor.is_start(line) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().copied().skip(1).chain([bytes.len()]);
    starts.iter().copied().zip(ends).collect()
}

fn compare(extractor: &Extractor, zone: &Zone, bytes: &[u8], truth: &[Value]) -> Score {
    let mut score = Score::default();
    let records = split(extractor, bytes);
    let mut clock = ZoneClock::new(zone);
    for row in truth {
        let offset = row["offset"].as_u64().unwrap() as usize;
        let length = row["length"].as_u64().unwrap() as usize;
        let decided =
            row["kind"].as_str().unwrap_or("record") == "record" && row["ambiguous"] != true;
        if !decided {
            continue;
        }
        let offset = if bytes.starts_with(b"\xef\xbb\xbf") && offset == 3 {
            0
        } else {
            offset
        };
        let inner = records
            .keys()
            .filter(|start| **start > offset && **start < offset + length)
            .count();
        (0..inner).for_each(|_| score.add("starts", false));
        let Some(end) = records.get(&offset) else {
            score.add("starts", false);
            continue;
        };
        score.add("starts", true);
        compare_record(extractor, &mut clock, &bytes[offset..*end], row, &mut score);
    }
    score
}

fn compare_record(
    extractor: &Extractor,
    clock: &mut ZoneClock,
    record: &[u8],
    row: &Value,
    score: &mut Score,
) {
    let line_end = memchr::memchr(b'\n', record).map_or(record.len(), |at| at + 1);
    let given = if extractor.framer(true).is_some() {
        record
    } else {
        &record[..line_end]
    };
    let header = extractor.header(given, clock);
    let shown = |what: &str| {
        row["shown"]
            .as_array()
            .is_none_or(|shown| shown.iter().any(|item| item == what))
    };
    let open = |what: &str| {
        row["ambiguous_fields"]
            .as_array()
            .is_some_and(|list| list.iter().any(|item| item == what))
    };
    if shown("level") && !open("level") && !open("levelname") {
        score.add("level", level_is_right(header.as_ref(), row));
    }
    if shown("logger") && !open("logger") && !open("name") {
        let name = header.as_ref().and_then(|header| header.logger.as_deref());
        let name = name.map(|name| String::from_utf8_lossy(name).trim().to_owned());
        let wanted = [row["name"].as_str(), row["fields"]["name"].as_str()];
        score.add(
            "logger",
            wanted
                .into_iter()
                .flatten()
                .any(|wanted| name.as_deref() == Some(wanted.trim())),
        );
    }
    if shown("time") && !open("time") && !open("asctime") && !open("created") {
        let time = header.as_ref().and_then(|header| header.time);
        score.add(
            "time",
            time.is_some_and(|time| time_is_right(extractor.clock(), time, clock, row)),
        );
    }
    if shown("message") && !open("message") && row["ambiguous_end"] != true {
        let message = extractor.parse(record).message;
        score.add(
            "message",
            plain(&message) == plain(row["message"].as_str().unwrap().as_bytes()),
        );
    }
}

/// Text without colours, with one kind of line end, without spaces at its end.
fn plain(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(&strip_ansi(text))
        .replace("\r\n", "\n")
        .replace("\r\n", "\n");
    let mut collapsed = String::new();
    for c in text.chars() {
        if !(c == '\u{fffd}' && collapsed.ends_with(c)) {
            collapsed.push(c);
        }
    }
    collapsed.trim_end().to_owned()
}

fn level_is_right(header: Option<&Header<'_>>, row: &Value) -> bool {
    let mut table = LevelTable::standard();
    let found = match header.map(|header| &header.level) {
        Some(LevelWord::Standard(id)) => *id,
        Some(LevelWord::Custom(word) | LevelWord::Numbered(word, _)) => table.intern(word),
        Some(LevelWord::None) | None => return false,
    };
    let found = table.name(found).to_owned();
    let number = row["levelno"].as_i64().map(|number| number.to_string());
    let names = [
        row["levelname"].as_str(),
        row["fields"]["levelname"].as_str(),
        number.as_deref(),
    ];
    names.into_iter().flatten().any(|name| {
        let id = table.intern(name.trim().as_bytes());
        table.name(id) == found
    })
}

fn time_is_right(clock: Clock, time: i64, zone: &mut ZoneClock, row: &Value) -> bool {
    let created = row["created"].as_f64().unwrap();
    let resolution = row["time_resolution"].as_f64().unwrap_or(1.0);
    let year = Civil::from_nanos((created * 1e9) as i64).year;
    let utc = match clock {
        Clock::Full => time,
        Clock::NoYear => {
            let civil = Civil::from_nanos(time);
            zone.to_utc(Civil { year, ..civil }.to_nanos())
        }
        _ => zone.to_utc(time + days_from_civil(2026, 11, 22) * NANOS_PER_DAY),
    };
    let mut difference = utc as f64 / 1e9 - created;
    if clock == Clock::TimeOfDay {
        difference = (difference + 43_200.0).rem_euclid(86_400.0) - 43_200.0;
    }
    let near =
        |difference: f64| (-resolution - 0.002..=0.002 + resolution.min(1.0)).contains(&difference);
    let accepted = row["created_accept"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64);
    near(difference)
        || row["time_known"] == "date_only" && difference.abs() < 86_400.0
        || accepted.map(|other| utc as f64 / 1e9 - other).any(near)
}
