//! The program without a window: what it prints, and how it ends.

mod encodings;
mod follow;
mod input;

use std::ffi::OsStr;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::common::dir::Dir;

const FORMAT: &str = "%(asctime)s %(levelname)s %(name)s: %(message)s";
const LOG: &str = "\
starting up
2026-11-22 10:00:00,250 INFO app: ready
2026-11-22 10:00:01,000 ERROR app.db: query \"slow\", failed
Traceback (most recent call last):
ValueError: 값
2026-11-22 10:00:02,000 AUDIT app.dbx: seen
2026-11-22 10:00:03,000 WARNING app.db.pool: timeout
";

fn timberline() -> Command {
    Command::new(env!("CARGO_BIN_EXE_timberline"))
}

fn run<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Output {
    timberline().args(args).output().unwrap()
}

fn print(dir: &Dir, args: &[&str]) -> String {
    let path = dir.path("a.log");
    let output = timberline()
        .args(["print", "--format", FORMAT, "--timezone", "UTC"])
        .args(args)
        .arg(path)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn with_log() -> Dir {
    let dir = Dir::new();
    dir.write("a.log", LOG);
    dir
}

#[test]
fn text_is_the_file_as_it_is() {
    assert_eq!(print(&with_log(), &[]), LOG);
}

#[test]
fn records_are_printed_in_order_of_time() {
    let dir = Dir::new();
    dir.write(
        "a.log",
        "2026-11-22 10:00:03,000 ERROR web: third\nTraceback (most recent call last):\nValueError: 값\n\
         2026-11-22 10:00:02,000 INFO web: second\n2026-11-22 10:00:04,000 INFO db: fourth\n\
         2026-11-22 10:00:01,000 INFO db: first",
    );
    let lines = |args: &[&str]| -> Vec<String> {
        let printed = print(&dir, args);
        let words = printed
            .lines()
            .map(|line| line.rsplit(' ').next().unwrap_or_default());
        words.map(str::to_owned).collect()
    };
    let all = ["first", "second", "third", "last):", "값", "fourth"];
    assert_eq!(lines(&["--by-time"]), all);
    assert_eq!(lines(&["--by-time", "--limit", "2"]), all[..2]);
    assert_eq!(lines(&["--by-time", "--logger", "db"]), ["first", "fourth"]);
    let json = print(&dir, &["--by-time", "--output", "jsonl"]);
    assert!(
        json.lines()
            .nth(1)
            .is_some_and(|line| line.contains("second")),
        "{json}"
    );
    let refused = run(["print", "--by-time", "-"]);
    assert!(!refused.status.success());
}

#[test]
fn filters_combine() {
    let dir = with_log();
    for (args, expected) in [
        (&["--level", "warning"][..], &["query", "timeout"][..]),
        (&["--logger", "app.db"], &["query", "timeout"]),
        (
            &["--logger", "app.db", "--logger", "app.dbx"],
            &["query", "seen", "timeout"],
        ),
        (&["--grep", "^ValueError"], &["query"]),
        (
            &["--grep", "^ValueError", "-C", "1"],
            &["ready", "query", "seen"],
        ),
        (&["--since", "2026-11-22 10:00:02"], &["seen", "timeout"]),
        (
            &[
                "--since",
                "2026-11-22 10:00:01",
                "--until",
                "2026-11-22 10:00:02",
            ],
            &["query"],
        ),
        (&["--level", "INFO", "--limit", "2"], &["ready", "query"]),
        (&["--logger", "app.d"], &[]),
        (&["--level", "critical"], &[]),
        (&["--filter", "level>=warning -timeout"], &["query"]),
        (
            &["--filter", "level:audit OR logger=app"],
            &["ready", "seen"],
        ),
        (
            &["--filter", "값 OR /^query$|TIMEOUT/i"],
            &["query", "timeout"],
        ),
        (
            &["--filter", "-level:none -logger:app.db"],
            &["ready", "seen"],
        ),
        (
            &["--filter", "name:app.db* -levelname=ERROR"],
            &["seen", "timeout"],
        ),
        (
            &[
                "--filter",
                "until:\"2026-11-22 10:00:02\"",
                "--level",
                "info",
            ],
            &["ready", "query"],
        ),
    ] {
        let lines = print(&dir, &[args, &["--output", "jsonl"]].concat());
        let messages: Vec<String> = lines
            .lines()
            .map(|line| json(line)["message"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(messages.len(), expected.len(), "{args:?}: {messages:?}");
        for (message, start) in messages.iter().zip(expected) {
            assert!(message.starts_with(start), "{args:?}: {message}");
        }
    }
}

fn json(line: &str) -> Value {
    serde_json::from_str(line).unwrap()
}

#[test]
fn json_lines_say_where_records_are_and_what_they_hold() {
    let lines = print(&with_log(), &["--output", "jsonl"]);
    let rows: Vec<Value> = lines.lines().map(json).collect();
    assert_eq!(rows.len(), 5);
    let first = &rows[0];
    assert_eq!(
        (&first["offset"], &first["length"]),
        (&0.into(), &12.into())
    );
    assert!(first["time"].is_null() && first["level"].is_null() && first["logger"].is_null());
    assert_eq!(first["message"], "starting up");
    let error = &rows[2];
    assert_eq!(error["time"], 1_795_341_601.0);
    assert_eq!(
        (&error["level"], &error["logger"]),
        (&"ERROR".into(), &"app.db".into())
    );
    assert_eq!(
        error["message"],
        "query \"slow\", failed\nTraceback (most recent call last):\nValueError: 값"
    );
    assert_eq!(rows[3]["level"], "AUDIT");
    let mut at = 0;
    for row in &rows {
        assert_eq!(row["offset"], at);
        at += row["length"].as_u64().unwrap();
    }
    assert_eq!(at, LOG.len() as u64);
}

#[test]
fn json_lines_of_a_mixed_file_say_what_read_them() {
    let dir = Dir::new();
    let lines = ["one", "two more", "three is odd", "4"].map(|what| {
        let own = format!("[2026-11-22 10:00:01,518] INFO in app: {what}\n");
        own + "127.0.0.1 - - [22/Nov/2026 10:00:01] \"GET / HTTP/1.1\" 200 -\n"
    });
    dir.write("a.log", lines.concat());
    let own = "[%(asctime)s] %(levelname)s in %(module)s: %(message)s";
    let path = dir.path("a.log");
    let args = [
        "print", "--output", "jsonl", "--limit", "2", "--format", own,
    ];
    let output = timberline().args(args).arg(path).output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let formats: Vec<Value> = lines
        .lines()
        .map(|line| json(line)["format"].clone())
        .collect();
    assert_eq!(formats, [own, "werkzeug"]);
    let lines = print(&with_log(), &["--output", "jsonl", "--limit", "1"]);
    assert!(json(lines.trim_end()).get("format").is_none());
}

#[test]
fn csv_quotes_what_it_must() {
    let csv = print(
        &with_log(),
        &["--output", "csv", "--logger", "app.db", "--limit", "1"],
    );
    let (header, row) = csv.split_once("\r\n").unwrap();
    assert_eq!(header.split(',').count(), 4);
    assert!(
        row.contains(",app.db,\"query \"\"slow\"\", failed\nTraceback"),
        "{row}"
    );
    assert!(row.ends_with("값\"\r\n"), "{row}");
}

#[test]
fn utf16_is_located_in_the_bytes_of_the_file() {
    let dir = Dir::new();
    let units: Vec<u8> = LOG.encode_utf16().flat_map(u16::to_le_bytes).collect();
    dir.write("a.log", [b"\xff\xfe".as_slice(), &units].concat());
    let lines = print(&dir, &["--output", "jsonl", "--grep", "ready"]);
    let row = json(lines.trim_end());
    assert_eq!((&row["offset"], &row["length"]), (&26.into(), &80.into()));
    assert_eq!(row["message"], "ready");
}

#[test]
fn korean_in_its_old_encoding_is_decoded() {
    let dir = Dir::new();
    let line = b"2026-11-22 10:00:00,000 INFO app: \xbf\xc0\xb7\xf9\n";
    dir.write("a.log", line);
    let lines = print(&dir, &["--output", "jsonl", "--encoding", "euc-kr"]);
    assert_eq!(json(lines.trim_end())["message"], "오류");
}

#[test]
fn mistakes_end_with_2_and_name_the_place() {
    let dir = with_log();
    let log = dir.path("a.log").display().to_string();
    for (args, part) in [
        (&["print", "no/such.log"][..], "no/such.log"),
        (&["print", "--grep", "a(b", &log], "column 2"),
        (&["print", "--format", "%(levelname", &log], "format"),
        (
            &["print", "--timezone", "Mars/Olympus", &log],
            "Mars/Olympus",
        ),
        (&["print", "--encoding", "klingon", &log], "klingon"),
        (&["print", "--since", "soonish", &log], "soonish"),
        (
            &["print", "--filter", "값 level>=", &log],
            "\n       ^^^^^^^\n",
        ),
        (&["stats", "--filter", "since:soonish", &log], "soonish"),
        (&["stats", "no/such.log"], "no/such.log"),
        (&["stats", "--grep", "a(b", &log], "column 2"),
        (&["detect", "no/such.log"], "no/such.log"),
        (&["print", "--colour", &log], "--colour"),
    ] {
        let output = run(args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains(part), "{args:?}: {said}");
        assert!(output.stdout.is_empty());
    }
}

/// A mistyped level shows other records than were meant; one that is only not there does not.
#[test]
fn a_level_that_nobody_knows_is_told() {
    let dir = with_log();
    let log = dir.path("a.log").display().to_string();
    for (query, told) in [
        ("level>=zzz", Some("has no level zzz")),
        ("level:zzz OR level:error", Some("has no level zzz")),
        ("level>=crit", None),
        ("level:fatal", None),
        ("level>=35", None),
        ("level:none", None),
    ] {
        for command in ["print", "stats"] {
            let output = run([command, "--filter", query, "--format", FORMAT, log.as_str()]);
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{query}: {said}");
            match told {
                Some(words) => assert!(said.contains(words), "{query}: {said}"),
                None => assert_eq!(said, "", "{query}"),
            }
        }
    }
}

#[test]
fn a_reader_that_stops_is_no_error() {
    let dir = Dir::new();
    dir.write("a.log", LOG.repeat(5_000));
    let mut child = timberline()
        .args(["print", "--format", FORMAT])
        .arg(dir.path("a.log"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(output.stderr.is_empty(), "{output:?}");
}

#[test]
fn stats_add_up() {
    let dir = with_log();
    let path = dir.path("a.log").display().to_string();
    let output = run([
        "stats",
        "--json",
        "--timezone",
        "UTC",
        "--format",
        FORMAT,
        &path,
    ]);
    let stats = json(String::from_utf8(output.stdout).unwrap().trim_end());
    assert_eq!((&stats["records"], &stats["lines"]), (&5.into(), &7.into()));
    assert_eq!(
        (&stats["bytes"], &stats["unmatched"]),
        (&LOG.len().into(), &1.into())
    );
    assert_eq!(stats["levels"]["ERROR"], 1);
    assert_eq!(stats["first"], 1_795_341_600.25);
    let node = stats["loggers"]
        .as_array()
        .unwrap()
        .iter()
        .find(|node| node["name"] == "app.db");
    assert_eq!(node.unwrap()["with_children"], 2);
    assert!(stats["mb_per_second"].as_f64().is_some());
    let columns = stats["index_bytes_per_record"].as_f64().unwrap() * 5.0;
    assert!(columns > 0.0 && columns < stats["index_bytes"].as_f64().unwrap());

    let text = String::from_utf8(run(["stats", &path]).stdout).unwrap();
    assert!(text.contains("records") && text.contains("app"), "{text}");
}

#[test]
fn stats_group_messages_and_exceptions() {
    let served =
        |number: u32| format!("2026-11-22 10:00:00,250 INFO [app] served {number} in {number}ms\n");
    let trace = "2026-11-22 10:00:01,250 ERROR [app] no answer\nTraceback (most recent call last):\n  File \"/srv/db.py\", line 3, in get\n    x()\nKeyError: 1\n";
    let dir = Dir::new();
    let path = dir.path("a.log");
    dir.write("a.log", (0..9).map(served).collect::<String>() + trace);
    let path = path.display().to_string();
    let stats = |args: &[&str]| {
        let output = run(["stats", "--patterns", "--exceptions", &path]
            .iter()
            .chain(args));
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let found = json(stats(&["--json"]).trim_end());
    let patterns = &found["patterns"];
    assert_eq!(
        (&patterns["groups"], &patterns["records"]),
        (&2.into(), &10.into())
    );
    assert_eq!(patterns["list"][0]["text"], "served <*> in <*>");
    assert_eq!(
        (
            &patterns["list"][0]["records"],
            &patterns["list"][0]["logger"]
        ),
        (&9.into(), &"app".into())
    );
    let exception = &found["exceptions"]["list"][0];
    assert_eq!(
        (&exception["text"], &exception["latest"]),
        (&"KeyError in db.py:get".into(), &"KeyError: 1".into())
    );
    let query = exception["filter"].as_str().unwrap();
    let printed = run(["print", "--filter", query, &path]).stdout;
    assert_eq!(String::from_utf8(printed).unwrap(), trace);
    let text = stats(&["--rare", "--top", "1"]);
    assert!(
        text.contains("1  ERROR    no answer") && text.contains("1 more; --top 0 lists all"),
        "{text}"
    );
    let filtered = json(stats(&["--json", "--level", "ERROR"]).trim_end());
    assert_eq!(filtered["patterns"]["records"], 1);
}

#[test]
fn stats_count_what_passes_the_filter() {
    let dir = with_log();
    let path = dir.path("a.log").display().to_string();
    let stats = |args: &[&str]| {
        let reading = ["stats", "--timezone", "UTC", "--format", FORMAT, &path];
        let output = run(reading.iter().chain(args));
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let count = |args: &[&str]| json(stats(&[args, &["--json"]].concat()).trim_end());
    assert!(count(&[]).get("filter").is_none());
    for (args, records, levels, loggers) in [
        (
            &["--level", "warning"][..],
            2,
            &[("WARNING", 1), ("ERROR", 1)][..],
            // Name, records, those of the subtree, errors of the subtree.
            &[
                ("", 0, 2, 1),
                ("app", 0, 2, 1),
                ("app.db", 1, 2, 1),
                ("app.db.pool", 1, 1, 0),
            ][..],
        ),
        (
            &["--logger", "app.db", "--grep", "(?i)TIMEOUT"],
            1,
            &[("WARNING", 1)],
            &[
                ("", 0, 1, 0),
                ("app", 0, 1, 0),
                ("app.db", 0, 1, 0),
                ("app.db.pool", 1, 1, 0),
            ],
        ),
        (&["--until", "2026-11-22 09:00"], 0, &[], &[]),
    ] {
        let found = count(args);
        assert_eq!(found["filter"]["records"], records, "{args:?}");
        assert!(found["filter"]["seconds"].as_f64().is_some());
        assert_eq!(found["records"], 5, "of the whole file");
        let seen = found["levels"].as_object().unwrap();
        assert_eq!(seen.len(), levels.len(), "{seen:?}");
        for (level, records) in levels {
            assert_eq!(seen[*level], *records);
        }
        let seen = found["loggers"].as_array().unwrap().iter().map(|node| {
            let number = |key: &str| node[key].as_u64().unwrap();
            let name = node["name"].as_str().unwrap();
            (
                name,
                number("records"),
                number("with_children"),
                number("errors"),
            )
        });
        assert_eq!(seen.collect::<Vec<_>>(), loggers, "{args:?}");
    }
    let text = stats(&["--level", "warning"]);
    assert!(text.contains("2 records pass"), "{text}");
}

#[test]
fn large_files_print_whole_and_in_order() {
    let dir = Dir::new();
    // Several steps of indexing; the last record of each may go on in the next.
    let line = |n: usize| {
        format!(
            "2026-11-22 10:00:00,000 INFO app: number {n}\n  more {}\n",
            "x".repeat(n % 90)
        )
    };
    let text: String = (0..200_000).map(line).collect();
    let path = dir.write("a.log", &text).display().to_string();
    let print = |args: &[&str]| {
        let output = run(["print", "--format", FORMAT, &path].iter().chain(args));
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(print(&[]) == text, "the whole file");
    let some: String = (1..200).map(|n| line(n * 1_000 + 77)).collect();
    assert!(print(&["--grep", "number [0-9]*077$"]) == some);
    let one = print(&["--grep", "number [0-9]*077$", "--limit", "1"]);
    assert_eq!(one, line(1_077));
}

#[test]
fn formats_and_detection_are_listed() {
    let listed = String::from_utf8(run(["formats"]).stdout).unwrap();
    assert!(listed.contains("json"), "{listed}");
    let dir = with_log();
    let output = run([OsStr::new("detect"), dir.path("a.log").as_os_str()]);
    assert!(output.status.success());
    assert!(String::from_utf8(output.stdout).unwrap().contains("a.log"));
}

#[test]
fn formats_of_ones_own_are_listed_used_and_recognised() {
    let dir = Dir::new();
    let log =
        "2026-11-22 10:00:00,000 <9> [db] slow\n2026-11-22 10:00:01,000 <8> [db] fast\n".repeat(20);
    std::fs::write(dir.path("a.log"), log).unwrap();
    let settings = dir.path("settings");
    std::fs::create_dir_all(settings.join("formats")).unwrap();
    let text = "name = \"Odd job\"\n[format]\nkind = \"template\"\nstyle = \"%\"\ntext = \"%(asctime)s <%(prio)s> [%(part)s] %(message)s\"\n[roles]\npart = \"logger\"\n";
    std::fs::write(settings.join("formats/odd.toml"), text).unwrap();
    std::fs::write(settings.join("formats/bad.toml"), "name = 3\n").unwrap();
    let run = |args: &[&str]| {
        let mut command = timberline();
        command.env("TIMBERLINE_CONFIG_DIR", &settings);
        command.args(args).arg(dir.path("a.log")).output().unwrap()
    };
    let mut list = timberline();
    list.env("TIMBERLINE_CONFIG_DIR", &settings).arg("formats");
    let listed = list.output().unwrap();
    let text = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(
        text.starts_with("Odd job\n  your own: %(asctime)s <%(prio)s>"),
        "{text}"
    );
    let told = String::from_utf8_lossy(&listed.stderr).into_owned();
    assert!(
        told.contains("bad.toml") && told.contains("line 1: "),
        "{told}"
    );
    for args in [
        &[
            "print", "--output", "jsonl", "--limit", "1", "--format", "Odd job",
        ][..],
        &["print", "--output", "jsonl", "--limit", "1"][..],
    ] {
        let out = run(args);
        let line = String::from_utf8_lossy(&out.stdout).into_owned();
        let record = json(line.trim_end());
        assert_eq!(record["logger"], "db", "{line}");
        assert_eq!(record["fields"]["prio"], "9", "{line}");
    }
    let found = run(&["detect"]);
    let text = String::from_utf8_lossy(&found.stdout).into_owned();
    assert!(text.lines().nth(1).unwrap().ends_with("Odd job"), "{text}");
}

#[test]
fn level_words_have_the_place_that_the_settings_give_them() {
    let dir = Dir::new();
    let line = |word: &str| format!("2026-11-22 10:00:00,000 {word} app: text\n");
    std::fs::write(dir.path("a.log"), line("INFO") + &line("AUDIT")).unwrap();
    let settings = dir.path("settings");
    std::fs::create_dir_all(&settings).unwrap();
    let text = "[[levels]]\nword = \"AUDIT\"\nlevel = \"ERROR\"\n";
    std::fs::write(settings.join("settings.toml"), text).unwrap();
    let mut command = timberline();
    command.env("TIMBERLINE_CONFIG_DIR", &settings);
    command.args(["print", "--level", "ERROR", "--format", FORMAT]);
    let output = command.arg(dir.path("a.log")).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), line("AUDIT"));
}
