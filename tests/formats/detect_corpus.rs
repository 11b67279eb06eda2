//! Detection against logs with truth.
//!
//! With `TIMBERLINE_CORPUS_OUT` set, what was read is written there, one NAME.jsonl for each case, for the corpus's own
//! scorer.

#![expect(clippy::print_stdout, reason = "shows the shares that were reached")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use timberline::base::level::LevelTable;
use timberline::base::time::{Zone, ZoneClock};
use timberline::format::detect::detect;
use timberline::format::extractor::{Clock, Extractor, Header, LevelWord};

const NANOS: i64 = 1_000_000_000;

struct Record {
    offset: usize,
    length: usize,
    level: Option<String>,
    logger: Option<String>,
    time: Option<f64>,
    message: String,
    fields: serde_json::Map<String, Value>,
}

#[test]
fn detection_reads_the_corpus() {
    let Some(root) = super::corpus() else {
        return;
    };
    let manifest: Value =
        serde_json::from_slice(&fs::read(root.join("manifest.json")).unwrap()).unwrap();
    let out = std::env::var_os("TIMBERLINE_CORPUS_OUT").map(PathBuf::from);
    let (mut right, mut starts, mut found, mut levels_right, mut levels) = (0, 0, 0, 0, 0);
    for case in manifest["cases"].as_array().unwrap() {
        let kind = case["kind"].as_str().unwrap();
        if !["pylog", "lib", "lnav", "loghub", "misc"].contains(&kind) {
            continue;
        }
        let Some(records) = read_case(&root, case) else {
            continue;
        };
        if let Some(out) = &out {
            write_records(out, case, &records);
        }
        let Some(truth) = case["truth"].as_str() else {
            continue;
        };
        let truth = read_truth(&root.join(truth));
        starts += truth.len();
        found += records.len();
        for (offset, level) in truth {
            let Some(record) = records.iter().find(|r| r.offset == offset) else {
                continue;
            };
            right += 1;
            if let Some(level) = level {
                levels += 1;
                let table = LevelTable::standard();
                let same = |a: &str, b: &str| {
                    a.eq_ignore_ascii_case(b)
                        || (table.find(a).is_some() && table.find(a) == table.find(b))
                };
                levels_right += usize::from(
                    record
                        .level
                        .as_deref()
                        .is_some_and(|have| same(have, &level)),
                );
            }
        }
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    println!(
        "starts found {:.4}, starts right {:.4}, levels {:.4}",
        share(right, starts),
        share(right, found),
        share(levels_right, levels)
    );
    assert!(share(right, starts) > 0.9, "too few records are found");
    assert!(
        share(levels_right, levels) > 0.9,
        "too few levels are right"
    );
}

/// Offsets and levels of the records that are not ambiguous.
fn read_truth(path: &Path) -> Vec<(usize, Option<String>)> {
    let text = fs::read_to_string(path).unwrap();
    let mut defaults = Value::Null;
    let mut rows = Vec::new();
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        if row["kind"] == "defaults" {
            defaults = row;
            continue;
        }
        let kind = row["kind"]
            .as_str()
            .or(defaults["row_kind"].as_str())
            .unwrap_or("record");
        if kind != "record" || row["ambiguous"] == true {
            continue;
        }
        let shown = if row["shown"].is_array() {
            &row["shown"]
        } else {
            &defaults["shown"]
        };
        let has_level = shown
            .as_array()
            .is_none_or(|s| s.iter().any(|v| v == "level"));
        let level = row["levelname"]
            .as_str()
            .filter(|_| has_level)
            .map(str::to_owned);
        rows.push((row["offset"].as_u64().unwrap() as usize, level));
    }
    rows
}

fn read_case(root: &Path, case: &Value) -> Option<Vec<Record>> {
    let bytes = fs::read(root.join(case["file"].as_str()?)).unwrap();
    let format: Value = case["format"]
        .as_str()
        .and_then(|path| fs::read(root.join(path)).ok())
        .map(|text| serde_json::from_slice(&text).unwrap())
        .unwrap_or_default();
    if format["encoding"]
        .as_str()
        .is_some_and(|e| e.starts_with("utf-16"))
    {
        return None; // transcoded below the formats
    }
    let zone: Zone = format["timezone"]
        .as_str()
        .unwrap_or("UTC")
        .parse()
        .unwrap();
    let sample = bytes.get(..bytes.len().min(256 << 10)).unwrap();
    let best = detect(sample, &zone).into_iter().next().unwrap();
    if std::env::var_os("TIMBERLINE_CORPUS_OUT").is_some() {
        println!(
            "{}: {} | {}",
            case["name"].as_str()?,
            best.format.name,
            best.reason
        );
    }
    Some(read_records(&bytes, &best.format.extractor, &zone))
}

fn read_records(bytes: &[u8], extractor: &Extractor, zone: &Zone) -> Vec<Record> {
    let mut starts = Vec::new();
    let mut at = if bytes.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    for line in bytes.get(at..).unwrap().split_inclusive(|b| *b == b'\n') {
        if starts.is_empty() || extractor.is_start(line) {
            starts.push(at);
        }
        at += line.len();
    }
    starts.push(bytes.len());
    let mut clock = ZoneClock::new(zone);
    let mut levels = LevelTable::standard();
    starts
        .windows(2)
        .map(|ends| {
            let record = bytes.get(ends[0]..ends[1]).unwrap();
            let line = record
                .split_inclusive(|b| *b == b'\n')
                .next()
                .unwrap_or_default();
            let header = extractor.header(line, &mut clock);
            read_record(
                ends[0],
                record,
                header.as_ref(),
                extractor,
                &mut clock,
                &mut levels,
            )
        })
        .collect()
}

fn read_record(
    offset: usize,
    record: &[u8],
    header: Option<&Header<'_>>,
    extractor: &Extractor,
    clock: &mut ZoneClock,
    levels: &mut LevelTable,
) -> Record {
    let parsed = extractor.parse(record);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let level = header.and_then(|header| match header.level {
        LevelWord::None => None,
        LevelWord::Standard(id) => Some(levels.name(id).to_owned()),
        LevelWord::Custom(word) | LevelWord::Numbered(word, _) => {
            let id = levels.intern(word);
            Some(levels.name(id).to_owned())
        }
    });
    let time = header
        .and_then(|header| header.time)
        .map(|nanos| match extractor.clock() {
            Clock::Full | Clock::None => nanos,
            Clock::NoYear => clock.to_utc(nanos + 54 * 365 * 86_400 * NANOS + 13 * 86_400 * NANOS),
            Clock::TimeOfDay => clock.to_utc(nanos + 1_795_305_600 * NANOS),
        });
    Record {
        offset,
        length: record.len(),
        level,
        logger: header.and_then(|header| header.logger.as_deref()).map(text),
        time: time.map(|nanos| nanos as f64 / NANOS as f64),
        message: text(&parsed.message),
        fields: parsed
            .fields
            .iter()
            .map(|f| (f.name.clone().into_owned(), Value::String(text(&f.value))))
            .collect(),
    }
}

fn write_records(out: &Path, case: &Value, records: &[Record]) {
    fs::create_dir_all(out).unwrap();
    let path = out.join(format!("{}.jsonl", case["name"].as_str().unwrap()));
    let mut file = std::io::BufWriter::new(fs::File::create(path).unwrap());
    for r in records {
        let row = json!({"offset": r.offset, "length": r.length, "level": r.level, "logger": r.logger, "time": r.time, "message": r.message, "fields": r.fields});
        writeln!(file, "{row}").unwrap();
    }
}
