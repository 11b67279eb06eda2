//! Files of sizes and contents that nobody meant as a log: memory stays bounded, and what is there is shown. Empty files,
//! folders, pipes and what the kernel makes up are tested where they are opened (`growth`, `feeds`).

use std::fs::{self, File};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::process::Command;

use timberline::base::id::{RecordNo, Ticket};
use timberline::base::level::LevelId;
use timberline::bytes::padding::HOLE;
use timberline::engine::{
    ExportOutcome, ExportRequest, Form, Manner, RecordSelection, SeekRequest, SeekTarget,
    SourceEvent,
};
use timberline::format::spec::FormatSpec;
use timberline::query::find::Direction;
use timberline::query::spec::Pattern;

use crate::common::dir::Dir;
use crate::common::probe::{EngineProbe, detected, quick};

fn line(message: &str) -> String {
    format!("2026-11-22 10:00:00,000 INFO [app] {message}\n")
}

/// Everything as text gives the file byte for byte.
fn exports_itself(probe: &mut EngineProbe, dir: &Dir, path: &Path) {
    probe.wait_for_view();
    let to = dir.path("exported");
    let ticket = Ticket(7);
    probe.source.export(ExportRequest {
        ticket,
        filter: Ticket(0),
        records: RecordSelection::AllShown,
        manner: Manner {
            form: Form::Text,
            ..Manner::default()
        },
        to: to.clone(),
    });
    probe.wait("the export", |probe| {
        let export = probe.export.as_ref();
        let export = export.filter(|export| export.ticket == ticket);
        export.is_some_and(|export| matches!(export.outcome, Some(ExportOutcome::Done(_))))
    });
    assert!(fs::read(to).unwrap() == fs::read(path).unwrap());
}

#[test]
fn padding_is_a_row_and_the_line_behind_it_another() {
    let dir = Dir::new();
    let path = dir.write("app.log", line("one"));
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 1);
    // A crash, of which the first piece is seen before the rest.
    for len in [3, 2, 5_000] {
        dir.append("app.log", vec![0; len]);
        let end = fs::metadata(&path).unwrap().len();
        probe.wait("the NUL bytes", |probe| {
            probe.state.as_ref().unwrap().snapshot.indexed_bytes == end
        });
    }
    assert_eq!(probe.all_messages(), ["one", "5,005 NUL bytes"]);
    dir.append("app.log", line("two"));
    probe.wait_for_records(0, 3);
    assert_eq!(probe.all_messages(), ["one", "5,005 NUL bytes", "two"]);
    // In the middle of a line, and before one that is none of the format.
    let torn = line("torn").trim_end().to_owned() + &"\0".repeat(HOLE);
    dir.append("app.log", torn + "no header\n" + &line("three"));
    probe.wait_for_records(0, 7);
    assert_eq!(
        probe.messages(3..7),
        ["torn", "512 NUL bytes", "no header", "three"]
    );
    let snapshot = &probe.state.as_ref().unwrap().snapshot;
    assert_eq!(snapshot.stats.unmatched, 3);
    let matched: Vec<bool> = (0..7)
        .map(|number| snapshot.record(RecordNo(number)).unwrap().matched)
        .collect();
    assert_eq!(matched, [true, false, true, true, false, false, true]);
    exports_itself(&mut probe, &dir, &path);
    probe.close();
}

/// logrotate's copytruncate under a writer that does not append: it goes on behind a hole.
#[test]
fn the_first_line_behind_a_hole_is_a_row() {
    let dir = Dir::new();
    let path = dir.path("app.log");
    let mut writer = File::create(&path).unwrap();
    let mut many = String::new();
    for number in 0..2_000 {
        many += &line(&format!("no {number}"));
    }
    writer.write_all(many.as_bytes()).unwrap();
    let mut probe = EngineProbe::open(quick(), detected(&path));
    probe.wait_for_records(0, 2_000);
    dir.copy("app.log", "app.log.1");
    dir.truncate("app.log", 0);
    writer.write_all(line("behind").as_bytes()).unwrap();
    writer.write_all(line("next").as_bytes()).unwrap();
    probe.wait_for_records(0, 2_003);
    let hole = "84,890 NUL bytes".to_owned();
    assert_eq!(many.len(), 84_890);
    assert_eq!(
        probe.messages(1_999..2_003),
        ["no 1999", &hole, "behind", "next"]
    );
    probe.close();
    // Opened as it is: the hole says nothing of the format.
    let mut probe = EngineProbe::open(quick(), detected(&path));
    probe.wait_for_records(0, 3);
    assert_eq!(probe.all_messages(), [&hole, "behind", "next"]);
    probe.close();
}

#[test]
fn a_binary_file_is_shown_and_nothing_of_it_is_lost() {
    let dir = Dir::new();
    let mut state = 1_u64;
    let bytes: Vec<u8> = (0..300_000)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            // As in an executable: stretches of NUL among anything.
            if state >> 60 < 4 {
                0
            } else {
                (state >> 33) as u8
            }
        })
        .collect();
    let path = dir.write(
        "a.bin",
        [&bytes[..], &[0; 5_000], b"x\nERROR: x\n", &bytes[..9_999]].concat(),
    );
    let mut probe = EngineProbe::open(quick(), detected(&path));
    probe.wait("all of it", |probe| {
        let state = probe.state.as_ref();
        state.is_some_and(|state| state.file_len > 0 && !state.snapshot.is_empty())
    });
    exports_itself(&mut probe, &dir, &path);
    // It is told that it is no text, and no word among noise is a level.
    let told = |event: &SourceEvent| matches!(event, SourceEvent::Notice(problem) if problem.headline.contains("not look like text"));
    assert_eq!(probe.events.iter().filter(|event| told(event)).count(), 1);
    let source = probe.state.clone().unwrap();
    assert_eq!(source.format.spec, FormatSpec::builtin("lines"));
    let levels: Vec<_> = source
        .snapshot
        .stats
        .levels()
        .map(|(level, _)| level)
        .collect();
    assert_eq!(levels, [LevelId::NONE]);
    let cells = probe.all_messages();
    assert!(cells.iter().any(|cell| cell == "5,000 NUL bytes"));
    assert!(cells.iter().all(|cell| !cell.contains(char::is_control)));
    probe.close();
}

/// A file of one line of this length, with a word at its end and a line behind it.
fn write_long_line(path: &Path, len: usize) {
    let mut file = std::io::BufWriter::new(File::create(path).unwrap());
    let start = line("x");
    file.write_all(start.trim_end().as_bytes()).unwrap();
    let piece = vec![b'x'; 1 << 20];
    for _ in 0..len >> 20 {
        file.write_all(&piece).unwrap();
    }
    file.write_all(b" needle\n").unwrap();
    file.write_all(line("next").as_bytes()).unwrap();
}

/// One line in all its views.
fn look_at_long_line(dir: &Dir, len: usize) -> EngineProbe {
    let path = dir.path("app.log");
    write_long_line(&path, len);
    let mut probe = EngineProbe::open(quick(), detected(&path));
    probe.wait_for_records(0, 2);
    let rows = probe.all_messages();
    assert!(rows[0].starts_with("xxxx") && rows[0].len() < 20_000);
    assert_eq!(rows[1], "next");
    probe.source.want_record(RecordNo(0));
    probe.wait("its details", |probe| {
        let record = probe.record.as_ref();
        record.is_some_and(|record| record.clipped && record.meta.length > len as u64)
    });
    probe.wait_for_view();
    probe.source.seek(SeekRequest {
        ticket: Ticket(8),
        from: RecordNo(1),
        inclusive: false,
        direction: Direction::Forward,
        target: SeekTarget::Match(Pattern {
            text: "needle".to_owned(),
            case_sensitive: true,
            whole_word: false,
            regex: false,
        }),
        wrap: true,
    });
    probe.wait("the word at its end", |probe| {
        let seek = probe.seek.as_ref();
        seek.is_some_and(|seek| seek.found == Some(RecordNo(0)))
    });
    probe
}

/// The most memory that this process had, in KiB; 0 where the system does not tell.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    number.unwrap_or_default()
}

#[test]
fn a_long_line_is_a_row() {
    let dir = Dir::new();
    let mut probe = look_at_long_line(&dir, 24 << 20);
    exports_itself(&mut probe, &dir, &dir.path("app.log"));
    probe.close();
}

#[test]
#[ignore = "writes a file of 1 GiB; to be run alone, since its bound is that of the whole process"]
#[expect(clippy::print_stdout, reason = "run by hand, for its figures")]
fn a_line_of_a_gibibyte_costs_little_memory() {
    let dir = Dir::new();
    look_at_long_line(&dir, 1 << 30).close();
    let peak = peak();
    println!("a line of 1 GiB: at most {} MiB", peak >> 10);
    assert!(peak < 200 << 10, "{peak} KiB");
}

/// A hole of this length between two lines.
fn write_sparse(path: &Path, len: u64) {
    let mut file = File::create(path).unwrap();
    file.write_all(line("one").as_bytes()).unwrap();
    file.seek(SeekFrom::Start(len)).unwrap();
    file.write_all((line("two") + &line("three")).as_bytes())
        .unwrap();
}

/// What `stats` says of a file, under a limit of memory where there are limits.
fn stats(path: &Path) -> serde_json::Value {
    let program = env!("CARGO_BIN_EXE_timberline");
    let mut command = Command::new("sh");
    let script = "ulimit -v 1500000 2>/dev/null; exec \"$0\" \"$@\"";
    let output = command
        .args(["-c", script, program, "stats", "--json"])
        .arg(path)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn look_at_sparse(len: u64) {
    let dir = Dir::new();
    let path = dir.path("app.log");
    write_sparse(&path, len);
    let said = stats(&path);
    assert_eq!(
        (&said["records"], &said["unmatched"]),
        (&4.into(), &1.into())
    );
    let mut probe = EngineProbe::open(quick(), detected(&path));
    probe.wait_for_records(0, 4);
    let rows = probe.all_messages();
    assert_eq!([&rows[0], &rows[2], &rows[3]], ["one", "two", "three"]);
    assert!(rows[1].ends_with(" NUL bytes"), "{rows:?}");
    probe.close();
}

#[test]
fn a_sparse_file_is_opened_without_reading_its_hole() {
    look_at_sparse(5 << 30);
}

#[test]
#[ignore = "takes long where the file system does not tell where its holes are"]
#[expect(clippy::print_stdout, reason = "run by hand, for its figures")]
fn a_hundred_gigabytes_of_hole_are_opened_soon() {
    let began = std::time::Instant::now();
    look_at_sparse(100_000_000_000);
    println!("100 GB of hole, opened twice: {:?}", began.elapsed());
    println!("at most {} MiB", peak() >> 10);
}
