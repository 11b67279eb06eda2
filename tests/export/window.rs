//! Exports of an engine with an open log.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use timberline::base::id::{RecordNo, Ticket};
use timberline::base::problem::Problem;
use timberline::bytes::disk::{Disk, Facts, OpenFile, RealDisk};
use timberline::bytes::{ByteSource, ReadError};
use timberline::engine::{
    EngineOptions, ExportOutcome, ExportRequest, Exported, Form, Manner, RecordSelection, RowManner,
};
use timberline::query::spec::{FilterSpec, LevelRule};

use super::names;
use crate::common::dir::Dir;
use crate::common::log_gen::LogGen;
use crate::common::probe::{EngineProbe, generated, quick};

fn manner(form: Form) -> Manner {
    Manner {
        form,
        ..Manner::default()
    }
}

/// Asks for an export and waits until it has ended.
#[track_caller]
fn export(
    probe: &mut EngineProbe,
    filter: Ticket,
    records: RecordSelection,
    manner: Manner,
    to: &std::path::Path,
) -> ExportOutcome {
    let ticket = probe.next_ticket();
    probe.export = None;
    probe.source.export(ExportRequest {
        ticket,
        filter,
        records,
        manner,
        to: to.to_owned(),
    });
    probe.wait("the export", |probe| {
        let export = probe.export.as_ref();
        export.is_some_and(|now| now.ticket == ticket && now.outcome.is_some())
    });
    let state = probe.export.clone().unwrap();
    state.outcome.clone().unwrap()
}

#[track_caller]
fn done(outcome: ExportOutcome) -> Exported {
    match outcome {
        ExportOutcome::Done(exported) => exported,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn failed(outcome: ExportOutcome) -> Problem {
    match outcome {
        ExportOutcome::Failed(problem) => problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn everything_what_is_filtered_and_what_is_selected() {
    let dir = Dir::new();
    let mut log = LogGen::new(5);
    let records = log.records(3_000);
    let text: String = records.iter().map(|record| &*record.text).collect();
    let path = dir.write("a.log", &text);
    let mut probe = EngineProbe::follow(&path);
    probe.wait_for_records(0, 3_000);
    let out = dir.path("out");
    let all = RecordSelection::AllShown;
    let exported = done(export(
        &mut probe,
        Ticket(0),
        all.clone(),
        manner(Form::Text),
        &out,
    ));
    assert_eq!(
        (exported.records, exported.bytes),
        (3_000, text.len() as u64)
    );
    assert_eq!(fs::read_to_string(&out).unwrap(), text);

    let between = RecordSelection::ShownBetween(vec![
        (RecordNo(10), RecordNo(12)),
        (RecordNo(2_999), RecordNo(2_999)),
    ]);
    done(export(
        &mut probe,
        Ticket(0),
        between,
        manner(Form::Text),
        &out,
    ));
    let part = |range: std::ops::Range<usize>| records[range].iter().map(|r| &*r.text);
    let expected: String = part(10..13).chain(part(2_999..3_000)).collect();
    assert_eq!(fs::read_to_string(&out).unwrap(), expected);

    // The view that was asked for a moment ago is meant, not the one that is there.
    let ticket = probe.filter(FilterSpec {
        levels: LevelRule {
            at_least: Some("ERROR".to_owned()),
            ..LevelRule::default()
        },
        ..FilterSpec::default()
    });
    let manner = Manner {
        columns: Some(vec![
            "#line".into(),
            "message".into(),
            "#delta".into(),
            "levelname".into(),
        ]),
        ..manner(Form::Csv)
    };
    let exported = done(export(&mut probe, ticket, all, manner, &out));
    let errors = records
        .iter()
        .filter(|r| matches!(r.level, "ERROR" | "CRITICAL"));
    assert_eq!(exported.records, errors.count() as u64);
    let table = fs::read_to_string(&out).unwrap();
    assert!(
        table.starts_with("line,message,levelname\r\n"),
        "{}",
        &table[..80]
    );
    assert!(!table.contains("INFO"));
    assert_eq!(names(&dir).len(), 2);
    probe.close();
}

/// What is seen in order of time is exported in it, whole, also where repeats have one row.
#[test]
fn records_are_exported_in_the_order_of_the_table() {
    let dir = Dir::new();
    let records = LogGen::new(6).records(2_000);
    let text = |range: std::ops::Range<usize>| -> String {
        records[range].iter().map(|record| &*record.text).collect()
    };
    let path = dir.write("a.log", &(text(1_200..2_000) + &text(0..1_200)));
    let out = dir.path("out");
    for collapse in [false, true] {
        let mut probe = EngineProbe::follow(&path);
        probe.wait_for_records(0, 2_000);
        probe.source.arrange(RowManner {
            by_time: true,
            collapse,
            ..RowManner::default()
        });
        probe.wait("the order", |probe| {
            let view = probe.view.as_ref();
            view.is_some_and(|view| view.shown.is_by_time() && view.collapse == collapse)
        });
        let all = RecordSelection::AllShown;
        done(export(&mut probe, Ticket(0), all, manner(Form::Text), &out));
        assert!(
            fs::read_to_string(&out).unwrap() == text(0..2_000),
            "{collapse}"
        );
        probe.close();
    }
}

#[cfg(unix)]
#[test]
fn no_file_of_any_open_log_is_written_over() {
    let dir = Dir::new();
    let path = dir.write("a.log", LogGen::new(5).text(20));
    let other = dir.write("b.log", "2026-11-22 10:00:00,000 INFO [a] b\n");
    let mut probe = EngineProbe::follow(&path);
    let also = probe.engine.open(generated(&other));
    probe.wait_for_records(0, 20);
    // A rotated part is still read, and the new file is too.
    dir.rename("a.log", "a.log.1");
    dir.write("a.log", LogGen::new(6).text(3));
    probe.wait("the new file", |probe| {
        probe
            .state
            .as_ref()
            .is_some_and(|state| state.files == 2 && state.snapshot.len() == 23)
    });
    std::os::unix::fs::symlink(dir.path("a.log.1"), dir.path("link")).unwrap();
    fs::hard_link(&other, dir.path("hard")).unwrap();
    let before = fs::read(dir.path("a.log.1")).unwrap();
    for name in ["a.log", "a.log.1", "b.log", "link", "hard"] {
        let all = RecordSelection::AllShown;
        let outcome = export(
            &mut probe,
            Ticket(0),
            all,
            manner(Form::Text),
            &dir.path(name),
        );
        let problem = failed(outcome);
        assert_eq!(
            problem.headline, "This is a log that is being read",
            "{name}"
        );
    }
    assert_eq!(fs::read(dir.path("a.log.1")).unwrap(), before);
    // A log that was closed is a file like any other.
    drop(also);
    let all = RecordSelection::AllShown;
    let outcome = export(&mut probe, Ticket(0), all, manner(Form::Text), &other);
    assert_eq!(done(outcome).records, 23);
    probe.close();
}

/// A disk whose reads take their time once it is told so.
#[derive(Debug, Clone, Default)]
struct SlowDisk(Arc<std::sync::atomic::AtomicBool>);

#[derive(Debug)]
struct SlowFile(SlowDisk, Arc<dyn OpenFile>);

impl Disk for SlowDisk {
    fn facts(&self, path: &std::path::Path) -> std::io::Result<Facts> {
        RealDisk.facts(path)
    }
    fn open(&self, path: &std::path::Path) -> std::io::Result<Arc<dyn OpenFile>> {
        Ok(Arc::new(SlowFile(self.clone(), RealDisk.open(path)?)))
    }
    fn resolve(&self, path: &std::path::Path) -> std::io::Result<std::path::PathBuf> {
        RealDisk.resolve(path)
    }
    fn list(&self, folder: &std::path::Path) -> std::io::Result<Vec<std::ffi::OsString>> {
        RealDisk.list(folder)
    }
}

impl OpenFile for SlowFile {
    fn facts(&self) -> std::io::Result<Facts> {
        self.1.facts()
    }
}

impl ByteSource for SlowFile {
    fn len(&self) -> std::io::Result<u64> {
        self.1.len()
    }
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        let slow = self.0.0.load(std::sync::atomic::Ordering::Acquire);
        let exporting = std::thread::current()
            .name()
            .is_some_and(|name| name.starts_with("export"));
        if slow && exporting {
            std::thread::sleep(Duration::from_millis(100));
        }
        self.1.read_at(offset, buf)
    }
}

#[test]
fn a_cancelled_export_and_one_of_a_closed_log_leave_nothing() {
    let dir = Dir::new();
    let path = dir.write("a.log", LogGen::new(5).text(120_000));
    let disk = SlowDisk::default();
    let options = || EngineOptions {
        disk: Arc::new(disk.clone()),
        ..quick()
    };
    let out = dir.write("out", "precious");
    for closes in [false, true] {
        let mut probe = EngineProbe::open(options(), generated(&path));
        disk.0.store(false, std::sync::atomic::Ordering::Release);
        probe.wait_for_records(0, 120_000);
        disk.0.store(true, std::sync::atomic::Ordering::Release);
        let ticket = probe.next_ticket();
        probe.source.export(ExportRequest {
            ticket,
            filter: Ticket(0),
            records: RecordSelection::AllShown,
            manner: manner(Form::Text),
            to: out.clone(),
        });
        probe.wait("some progress", |probe| {
            probe
                .export
                .as_ref()
                .is_some_and(|now| now.done > 0 && now.outcome.is_none())
        });
        if closes {
            probe.engine.stop_exports();
        } else {
            probe.source.cancel_export();
            probe.wait("the end", |probe| {
                let outcome = probe.export.as_ref().and_then(|now| now.outcome.as_ref());
                outcome == Some(&ExportOutcome::Cancelled)
            });
        }
        assert_eq!(names(&dir).len(), 2);
        assert_eq!(fs::read(&out).unwrap(), b"precious");
        probe.close();
    }
}

#[test]
fn columns_that_the_user_added_are_written_in_their_place() {
    let dir = Dir::new();
    let text = "2026-11-22 10:00:00,000 INFO [app] took duration=12ms\n\
                2026-11-22 10:00:01,000 INFO [app] {\"duration\": 0.5}\n\
                2026-11-22 10:00:02,000 INFO [app] nothing\n";
    let mut probe = EngineProbe::follow(&dir.write("a.log", text));
    probe.wait_for_records(0, 3);
    let out = dir.path("out");
    let columns = ["#line", "duration", "levelname", "message"];
    let mut write = |form| {
        let manner = Manner {
            columns: Some(columns.map(String::from).to_vec()),
            ..manner(form)
        };
        let all = RecordSelection::AllShown;
        done(export(&mut probe, Ticket(0), all, manner, &out));
        fs::read_to_string(&out).unwrap()
    };
    let table = write(Form::Csv);
    let starts = [
        "line,duration,levelname,message",
        "1,12ms,INFO,took",
        "2,0.5,INFO,",
        "3,,INFO,nothing",
    ];
    assert!(
        table
            .lines()
            .zip(starts)
            .all(|(line, start)| line.starts_with(start)),
        "{table}"
    );
    let objects = write(Form::Jsonl);
    let fields = [r#"{"duration":"12ms"}"#, r#"{"duration":"0.5"}"#, "{}"];
    let has = |(line, fields): (&str, &str)| line.contains(&format!("\"fields\":{fields}"));
    assert!(objects.lines().zip(fields).all(has), "{objects}");
    probe.close();
}
