//! What Python's own `logging` prints for generated templates and records, turned round: every field that the text
//! determines comes back. Python runs once for all cases.

#![expect(clippy::print_stdout, reason = "a test that tests nothing says so")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use timberline::base::level::LevelTable;
use timberline::base::time::{Civil, Zone, ZoneClock};
use timberline::format::extractor::{Clock, Extractor, FieldValue, LevelWord};
use timberline::format::spec::{Format, FormatSpec, Style};

use super::templates::Random;

/// Reads cases as a JSON array and prints for each the text and what every field of it is.
const SCRIPT: &str = r#"
import json, logging, string, sys, time
def one(style, spec, values):
    if style == "%": return spec % values
    if style == "{": return spec.format(**values)
    return string.Template(spec).substitute(**values)
out = []
for case in json.load(sys.stdin):
    record = logging.makeLogRecord(case["record"])
    class Formatter(logging.Formatter):
        converter = time.gmtime if case["utc"] else time.localtime
    formatter = Formatter(case["fmt"], case["datefmt"], case["style"], validate=False)
    if case["msec_format"] is not None:
        formatter.default_msec_format = case["msec_format"] or None
    text = formatter.format(record)
    values = {name: one(case["style"], spec, record.__dict__) for name, spec in case["fields"].items()}
    out.append({"text": text, "values": values})
json.dump(out, sys.stdout)
"#;

/// A field as a case has it: its name and how the template writes it.
struct Field {
    name: &'static str,
    spec: String,
}

struct Case {
    style: Style,
    fmt: String,
    datefmt: Option<&'static str>,
    msec_format: Option<&'static str>,
    fields: Vec<Field>,
    record: Value,
}

const TEXTS: &[(&str, &[&str])] = &[
    (
        "name",
        &[
            "root",
            "shop.api",
            "__main__",
            "app.module_1.sub-mod",
            "한글.로거",
            "a",
        ],
    ),
    (
        "levelname",
        &["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", "AUDIT"],
    ),
    (
        "threadName",
        &["MainThread", "Thread-1 (worker)", "ThreadPoolExecutor-0_7"],
    ),
    ("processName", &["MainProcess", "SpawnPoolWorker-3"]),
    ("taskName", &["Task-42", "fetch-user"]),
    ("filename", &["views.py", "main.py"]),
    ("pathname", &["/srv/shop/api/views.py", "C:\\srv\\main.py"]),
    ("module", &["views", "main"]),
    ("funcName", &["get", "<lambda>", "<module>", "__init__"]),
    ("user", &["kim", "17", "-", "민수"]),
];
const NUMBERS: &[(&str, &[i64])] = &[
    ("lineno", &[1, 42, 1024, 99_999]),
    ("process", &[1, 4242, 4_194_304]),
    ("thread", &[140_735_000_000_123, 7]),
    ("levelno", &[10, 20, 25, 30, 50]),
];
const MESSAGES: &[&str] = &[
    "ok",
    "",
    "결제 실패: 시간 초과",
    "[INFO] not a level",
    "50%% {off} $5",
    "two\nlines",
    "  indented",
    "ends in nul\0",
    "a » b",
];
/// None of them occurs in a value.
const DELIMITERS: &[&str] = &[" | ", " » ", "\t", " :: ", " ;; ", "~"];

/// Date formats with what they show: the clock, and the smallest unit in nanoseconds.
const DATES: &[(Option<&str>, Option<&str>, Clock, i64)] = &[
    (None, None, Clock::Full, 1_000_000),
    (None, Some("%s.%03d"), Clock::Full, 1_000_000),
    (None, Some(""), Clock::Full, SECOND),
    (None, Some("%s,%06d"), Clock::Full, 1_000_000),
    (None, Some("%s.%d"), Clock::Full, 1_000_000),
    (None, Some("[%s %3dms]"), Clock::Full, 1_000_000),
    (Some("%Y-%m-%dT%H:%M:%S%z"), None, Clock::Full, SECOND),
    (Some("%d/%b/%Y:%H:%M:%S %z"), None, Clock::Full, SECOND),
    (Some("%a %b %e %H:%M:%S %Y"), None, Clock::Full, SECOND),
    (Some("%A, %d. %B %Y %I:%M:%S %p"), None, Clock::Full, SECOND),
    (Some("%c"), None, Clock::Full, SECOND),
    (Some("%x %X"), None, Clock::Full, SECOND),
    (Some("%D %T"), None, Clock::Full, SECOND),
    (Some("%F %R"), None, Clock::Full, 60 * SECOND),
    (Some("%y%m%d %H%M%S"), None, Clock::Full, SECOND),
    (Some("%Y.%j %r"), None, Clock::Full, SECOND),
    (Some("%s"), None, Clock::Full, SECOND),
    (
        Some("%G-W%V-%u %Y-%m-%d %k:%M"),
        None,
        Clock::Full,
        60 * SECOND,
    ),
    (Some("%-d.%-m.%Y %-H:%M:%S"), None, Clock::Full, SECOND),
    (Some("%Y-%m-%d"), None, Clock::Full, 86_400 * SECOND),
    (Some("%b %d %H:%M:%S"), None, Clock::NoYear, SECOND),
    (Some("%m-%d %H:%M"), None, Clock::NoYear, 60 * SECOND),
    (Some("%H:%M:%S"), None, Clock::TimeOfDay, SECOND),
    (Some("%l:%M %p"), None, Clock::TimeOfDay, 60 * SECOND),
];
const SECOND: i64 = 1_000_000_000;

fn case(random: &mut Random) -> (Case, Clock, i64) {
    let style = [Style::Percent, Style::Brace, Style::Dollar][random.next(3)];
    let (datefmt, msec_format, clock, unit) = DATES[random.next(DATES.len())];
    let created_ms = 1_700_000_000_000 + random.next(100_000_000_000) as i64;
    let mut record = json!({ "created": created_ms as f64 / 1000.0, "msecs": created_ms % 1000, "msg": MESSAGES[random.next(MESSAGES.len())], "args": null, "exc_info": null });
    let mut fields = vec![Field {
        name: "asctime",
        spec: written(random, style, "asctime", Kind::Time),
    }];
    for (name, values) in TEXTS {
        if random.next(3) == 0 || *name == "levelname" {
            record[name] = json!(random.pick(values));
            fields.push(Field {
                name,
                spec: written(random, style, name, Kind::Text),
            });
        }
    }
    for (name, values) in NUMBERS {
        if random.next(4) == 0 {
            record[name] = json!(values[random.next(values.len())]);
            fields.push(Field {
                name,
                spec: written(random, style, name, Kind::Number),
            });
        }
    }
    for at in (1..fields.len()).rev() {
        fields.swap(at, random.next(at + 1));
    }
    let message_at = if random.next(3) == 0 {
        random.next(fields.len() + 1)
    } else {
        fields.len()
    };
    let message = written(random, style, "message", Kind::Message);
    let mut specs: Vec<&str> = fields.iter().map(|field| field.spec.as_str()).collect();
    specs.insert(message_at, &message);
    let delimiter = random.pick(DELIMITERS);
    let fmt = specs.join(delimiter);
    (
        Case {
            style,
            fmt,
            datefmt,
            msec_format,
            fields,
            record,
        },
        clock,
        unit,
    )
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Kind {
    Time,
    Text,
    Number,
    Message,
}

/// The field as the template writes it. Precision cuts texts to no less than what tells them apart.
fn written(random: &mut Random, style: Style, name: &str, kind: Kind) -> String {
    let width = 1 + random.next(24);
    match (style, kind) {
        (Style::Dollar, _) if random.next(2) == 0 => format!("${{{name}}}"),
        (Style::Dollar, _) => format!("${name}"),
        (Style::Percent, Kind::Text) => match random.next(5) {
            0 => format!("%({name})-{width}s"),
            1 => format!("%({name}){width}s"),
            2 => format!("%({name})-{width}.{}s", width.max(12)),
            3 => format!("%({name}).12s"),
            _ => format!("%({name})s"),
        },
        (Style::Percent, Kind::Number) => match random.next(5) {
            0 => format!("%({name})0{width}d"),
            1 => format!("%({name}){width}d"),
            2 => format!("%({name})-{width}d"),
            3 => format!("%({name})s"),
            _ => format!("%({name})d"),
        },
        (Style::Percent, _) => format!("%({name})s"),
        (Style::Brace, Kind::Text) => match random.next(6) {
            0 => format!("{{{name}:<{width}}}"),
            1 => format!("{{{name}:>{width}}}"),
            2 => format!("{{{name}:^{width}}}"),
            3 => format!("{{{name}:*<{width}}}"),
            4 => format!("{{{name}!s:{width}.12}}"),
            _ => format!("{{{name}}}"),
        },
        (Style::Brace, Kind::Number) => match random.next(5) {
            0 => format!("{{{name}:0{width}d}}"),
            1 => format!("{{{name}:{width}}}"),
            2 => format!("{{{name}:<{width}}}"),
            3 => format!("{{{name}!s}}"),
            _ => format!("{{{name}}}"),
        },
        (Style::Brace, _) => format!("{{{name}}}"),
        (Style::Log4j | Style::Loguru | Style::NLog | Style::Serilog | Style::Csv, _) => {
            unreachable!("not one of Python's")
        }
    }
}

/// What Python prints for the cases; `None` without Python. `zone` is its `TZ`.
fn print(cases: &[Case], zone: &str) -> Option<Vec<Value>> {
    let input: Vec<Value> = cases
        .iter()
        .map(|case| {
            let fields: serde_json::Map<String, Value> =
                case.fields.iter().map(|field| (field.name.to_owned(), json!(field.spec))).collect();
            json!({ "style": case.style.name(), "fmt": case.fmt, "datefmt": case.datefmt, "msec_format": case.msec_format, "fields": fields, "record": case.record, "utc": false })
        })
        .collect();
    let mut python = Command::new("python3")
        .args(["-c", SCRIPT])
        .envs([("TZ", zone), ("LC_ALL", "C"), ("PYTHONIOENCODING", "utf-8")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut stdin = python.stdin.take().unwrap();
    stdin
        .write_all(&serde_json::to_vec(&input).unwrap())
        .unwrap();
    drop(stdin);
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "the script failed");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// The value without its padding.
fn bare<'a>(spec: &str, printed: &'a str) -> &'a str {
    if spec.contains(":*<") {
        return printed.trim_end_matches('*');
    }
    printed.trim_matches(' ')
}

fn check(case: &Case, printed: &Value, zone: &Zone, (clock, unit): (Clock, i64)) {
    let text = printed["text"].as_str().unwrap();
    let spec = FormatSpec::Template {
        style: case.style,
        text: case.fmt.clone(),
        datefmt: case.datefmt.map(str::to_owned),
        msec_format: case.msec_format.map(str::to_owned),
    };
    let shown = format!(
        "{}\n{:?} {:?}\n{text:?}",
        case.fmt, case.datefmt, case.msec_format
    );
    assert_eq!(Style::guess(&case.fmt), case.style, "{shown}");
    let format = Format::compile(&spec).expect(&shown);
    let record = format!("{text}\n");
    let mut zone = ZoneClock::new(zone);
    let header = format
        .extractor
        .header_of_line(record.as_bytes(), &mut zone)
        .expect(&shown);
    let parsed = format.extractor.parse(record.as_bytes());
    assert_eq!(
        String::from_utf8_lossy(&parsed.message),
        case.record["msg"].as_str().unwrap(),
        "{shown}"
    );
    let expected = |name: &str| {
        let field = case.fields.iter().find(|field| field.name == name)?;
        Some(bare(&field.spec, printed["values"][name].as_str().unwrap()).to_owned())
    };
    let created = (case.record["created"].as_f64().unwrap() * 1000.0).round() as i64 * 1_000_000;
    let time = header.time.expect(&shown);
    assert_eq!(format.extractor.clock(), clock, "{shown}");
    assert_eq!(time, due(created, clock, unit, &mut zone), "{shown}");
    let level = match header.level {
        LevelWord::Standard(id) => LevelTable::standard().name(id).to_owned(),
        LevelWord::Custom(word) | LevelWord::Numbered(word, _) => {
            String::from_utf8_lossy(word).into_owned()
        }
        LevelWord::None => String::new(),
    };
    assert_eq!(Some(level), expected("levelname"), "{shown}");
    let logger = header
        .logger
        .map(|name| String::from_utf8_lossy(&name).into_owned());
    assert_eq!(logger, expected("name"), "{shown}");
    others(&format.extractor, &parsed.fields, &expected, &shown);
}

/// The time as the text tells it.
fn due(created: i64, clock: Clock, unit: i64, zone: &mut ZoneClock) -> i64 {
    let civil = zone.to_civil(timberline::base::time::Timestamp(created));
    let civil = civil - civil.rem_euclid(unit);
    match clock {
        Clock::TimeOfDay => civil.rem_euclid(86_400 * SECOND),
        Clock::NoYear => Civil {
            year: 1972,
            ..Civil::from_nanos(civil)
        }
        .to_nanos(),
        _ => zone.to_utc(civil),
    }
}

fn others(
    extractor: &Extractor,
    found: &[FieldValue<'_>],
    expected: &dyn Fn(&str) -> Option<String>,
    shown: &str,
) {
    for column in extractor.columns() {
        let name = &*column.name;
        if ["asctime", "levelname", "name", "message"].contains(&name) {
            continue;
        }
        let value = found.iter().find(|field| field.name == name);
        let value = value.map(|field| String::from_utf8_lossy(&field.value).into_owned());
        assert_eq!(value, expected(name), "{name}: {shown}");
    }
}

#[test]
fn what_logging_prints_comes_back() {
    let mut random = Random(0x1234_5678_9abc_def1);
    for zone in ["UTC", "Asia/Seoul", "America/St_Johns"] {
        let cases: Vec<_> = (0..1500).map(|_| case(&mut random)).collect();
        let (cases, times): (Vec<Case>, Vec<(Clock, i64)>) = cases
            .into_iter()
            .map(|(case, clock, unit)| (case, (clock, unit)))
            .unzip();
        let Some(printed) = print(&cases, zone) else {
            println!("skipped: no python3");
            return;
        };
        let zone: Zone = zone.parse().unwrap();
        for ((case, printed), time) in cases.iter().zip(&printed).zip(times) {
            check(case, printed, &zone, time);
        }
    }
}
