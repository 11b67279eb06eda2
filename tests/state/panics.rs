//! A panic in any thread of a log: it is told, and the rest goes on.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use timberline::base::id::{RecordNo, Ticket};
use timberline::bytes::disk::{Disk, Facts, OpenFile, RealDisk};
use timberline::bytes::{ByteSource, ReadError};
use timberline::engine::{
    CheckRequest, EngineOptions, ExportOutcome, ExportRequest, Form, Manner, RecordSelection,
    SeekRequest, SeekTarget,
};
use timberline::format::spec::FormatSpec;
use timberline::query::find::Direction;
use timberline::query::spec::{FilterSpec, Pattern, Sense, TextTerm};

use crate::common::dir::Dir;
use crate::common::log_gen::{LogGen, TEMPLATE};
use crate::common::probe::{EngineProbe, generated, quick};

/// A disk that panics once in the threads that it is told.
#[derive(Debug, Clone, Default)]
struct PanickyDisk(Arc<Mutex<Option<&'static str>>>);

impl PanickyDisk {
    fn arm(&self, thread: &'static str) {
        *self.0.lock().unwrap() = Some(thread);
    }

    fn is_armed(&self) -> bool {
        self.0.lock().unwrap().is_some()
    }

    fn check(&self) {
        let here = std::thread::current();
        let name = here.name().unwrap_or_default().to_owned();
        let hit = self
            .0
            .lock()
            .unwrap()
            .take_if(|thread| name.starts_with(*thread));
        assert!(hit.is_none(), "on purpose, in {name}");
    }
}

#[derive(Debug)]
struct PanickyFile(PanickyDisk, Arc<dyn OpenFile>);

impl Disk for PanickyDisk {
    fn facts(&self, path: &Path) -> io::Result<Facts> {
        self.check();
        RealDisk.facts(path)
    }

    fn open(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        Ok(Arc::new(PanickyFile(self.clone(), RealDisk.open(path)?)))
    }

    fn resolve(&self, path: &Path) -> io::Result<std::path::PathBuf> {
        RealDisk.resolve(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        RealDisk.list(folder)
    }
}

impl OpenFile for PanickyFile {
    fn facts(&self) -> io::Result<Facts> {
        self.1.facts()
    }
}

impl ByteSource for PanickyFile {
    fn len(&self) -> io::Result<u64> {
        self.1.len()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        self.0.check();
        self.1.read_at(offset, buf)
    }
}

fn text(text: &str) -> Pattern {
    Pattern {
        text: text.to_owned(),
        case_sensitive: true,
        whole_word: false,
        regex: false,
    }
}

/// Something that the named thread does.
fn ask(probe: &mut EngineProbe, thread: &str, dir: &Dir) {
    let ticket = probe.next_ticket();
    match thread {
        "source" => dir.append("a.log", LogGen::new(9).text(3)),
        "rows" => probe.source.want_record(RecordNo(3)),
        "ask" => probe.source.seek(SeekRequest {
            ticket,
            from: RecordNo(0),
            inclusive: false,
            direction: Direction::Forward,
            target: SeekTarget::Match(text("number")),
            wrap: true,
        }),
        "check" => probe.source.check(CheckRequest {
            ticket,
            spec: FormatSpec::template(TEMPLATE),
        }),
        "export" => probe.source.export(ExportRequest {
            ticket,
            filter: Ticket(0),
            records: RecordSelection::AllShown,
            manner: Manner {
                form: Form::Text,
                ..Manner::default()
            },
            to: dir.path("out"),
        }),
        // Evaluated by the view's thread and those of the pool, whichever is free.
        "view" | "scan" => {
            let term = TextTerm {
                pattern: text("record"),
                sense: Sense::Include,
            };
            probe.filter(FilterSpec {
                text: vec![term],
                ..FilterSpec::default()
            });
        }
        other => panic!("no thread is called {other}"),
    }
}

#[test]
fn a_panic_in_any_thread_of_a_log_is_told_and_the_rest_goes_on() {
    for thread in ["source", "rows", "ask", "check", "export", "view", "scan"] {
        let dir = Dir::new();
        let path = dir.write("a.log", LogGen::new(4).text(300));
        let disk = PanickyDisk::default();
        let options = EngineOptions {
            disk: Arc::new(disk.clone()),
            ..quick()
        };
        let mut probe = EngineProbe::open(options, generated(&path));
        probe.wait_for_records(0, 300);
        probe.wait_for_view();
        disk.arm(thread);
        ask(&mut probe, thread, &dir);
        if matches!(thread, "view" | "scan") {
            // Either of the two does the work; what matters is that the view comes.
            for _ in 0..200 {
                if !disk.is_armed() {
                    break;
                }
                ask(&mut probe, thread, &dir);
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
        }
        if thread == "export" {
            probe.wait("the failed export", |probe| {
                let outcome = probe.export.as_ref().and_then(|export| export.outcome.clone());
                matches!(outcome, Some(ExportOutcome::Failed(problem)) if problem.to_string().contains("on purpose"))
            });
            assert!(!dir.path("out").exists());
        } else if !matches!(thread, "view" | "scan") || !disk.is_armed() {
            probe.wait_for_notice("An internal error occurred while");
        }
        // The same again is answered.
        *disk.0.lock().unwrap() = None;
        if thread == "source" {
            probe.source.reload();
        } else {
            ask(&mut probe, thread, &dir);
        }
        probe.wait("the answer", |probe| match thread {
            "source" => probe
                .state
                .as_ref()
                .is_some_and(|state| state.snapshot.len() == 303),
            "rows" => probe
                .record
                .as_ref()
                .is_some_and(|record| record.meta.record == RecordNo(3)),
            "ask" => probe
                .seek
                .as_ref()
                .is_some_and(|seek| seek.found == Some(RecordNo(1))),
            "export" => {
                let outcome = probe
                    .export
                    .as_ref()
                    .and_then(|export| export.outcome.clone());
                matches!(outcome, Some(ExportOutcome::Done(_)))
            }
            "check" => probe.source.take_check().is_some_and(|check| check.done),
            _ => probe
                .view
                .as_ref()
                .is_some_and(|view| view.complete && view.rows.len() == 300),
        });
        assert_eq!(
            probe.all_messages().len() as u64,
            probe.state.as_ref().unwrap().snapshot.len()
        );
        probe.close();
    }
}

/// A disk that panics at the very first question.
#[test]
fn a_panic_while_a_log_is_opened_is_told_and_it_can_be_read_again() {
    let dir = Dir::new();
    let path = dir.write("a.log", LogGen::new(4).text(30));
    let disk = PanickyDisk::default();
    disk.arm("source");
    let options = EngineOptions {
        disk: Arc::new(disk),
        ..quick()
    };
    let mut probe = EngineProbe::open(options, generated(&path));
    probe.wait_for_notice("An internal error occurred while reading a log");
    probe.source.reload();
    probe.wait("the records", |probe| {
        probe
            .state
            .as_ref()
            .is_some_and(|state| state.snapshot.len() == 30)
    });
    probe.close();
}
