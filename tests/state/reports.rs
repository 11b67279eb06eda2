//! Starts that come to nothing, the program's own log, and reports of panics.

use std::fs;
use std::process::Command;

use timberline::app::panics;
use timberline::settings::store::{Start, Store};

use super::{kept, text};

#[test]
fn after_two_starts_that_came_to_nothing_the_third_is_careful() {
    let (_dir, store) = kept();
    assert_eq!(store.begin_start(), Start::Normal);
    assert_eq!(store.begin_start(), Start::Normal);
    assert_eq!(store.begin_start(), Start::Careful);
    assert_eq!(store.begin_start(), Start::Careful);
    store.started();
    assert_eq!(store.begin_start(), Start::Normal);
    store.started();
    assert_eq!(store.begin_start(), Start::Normal);
    // What cannot be read counts as none.
    fs::write(store.state_folder().unwrap().join("starting"), "\0\0").unwrap();
    assert_eq!(store.begin_start(), Start::Normal);
}

#[test]
fn what_killed_programs_left_is_removed_after_a_while() {
    let (_dir, store) = kept();
    store.save_settings(&Default::default()).unwrap();
    let names = [".timberline-draft-old", ".timberline-draft-new", "mine"];
    for name in names {
        let file = fs::File::create(store.folder().unwrap().join(name)).unwrap();
        if name.ends_with("old") {
            let then = std::time::SystemTime::now() - std::time::Duration::from_secs(7_200);
            file.set_modified(then).unwrap();
        }
    }
    store.tidy();
    let there = names.map(|name| store.folder().unwrap().join(name).exists());
    assert_eq!(there, [false, true, true]);
    assert!(store.load_settings().problems.is_empty());
}

#[test]
fn the_own_log_has_an_end() {
    let (_dir, store) = kept();
    let chunk = "2026-11-22 10:00:00,000 INFO [timberline] something\n".repeat(20_000);
    for _ in 0..40 {
        store.log(&chunk);
    }
    let folder = store.state_folder().unwrap();
    let mut logs: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                entry.metadata().unwrap().len(),
            )
        })
        .collect();
    logs.sort();
    let names: Vec<_> = logs.iter().map(|(name, _)| &**name).collect();
    assert_eq!(
        names,
        ["timberline.log", "timberline.log.1", "timberline.log.2"]
    );
    assert!(logs.iter().all(|(_, size)| *size <= 10_000_000), "{logs:?}");
}

#[test]
fn ten_reports_are_kept_and_the_newest_is_told_once() {
    let (_dir, store) = kept();
    assert_eq!(store.take_crash(), None);
    for number in 10..30 {
        store
            .write_report(&format!("20261122-1000{number}"), "x")
            .unwrap();
    }
    let reports = fs::read_dir(store.state_folder().unwrap()).unwrap();
    assert_eq!(reports.count(), 10);
    let told = store.take_crash().unwrap();
    assert!(told.path.ends_with("crash-20261122-100029.txt"), "{told:?}");
    assert_eq!(store.take_crash(), None);
    store.write_report("20261122-100030", "x").unwrap();
    assert!(store.take_crash().is_some());
}

#[test]
#[ignore = "the process that panics"]
fn the_child() {
    let Some(folder) = std::env::var_os("TIMBERLINE_TEST_STATE") else {
        return;
    };
    panics::report_to(Store::at(folder));
    let thread = std::thread::Builder::new().name("rows-7".to_owned());
    let log = "secret 결제 line of a log".to_owned();
    let panicking = thread.spawn(move || {
        // As the standard library says it: with the text at hand.
        let _ = &log[..8];
    });
    drop(panicking.unwrap().join());
}

#[test]
fn a_panic_is_reported_without_what_stood_in_the_log() {
    let (_dir, store) = kept();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "state::reports::the_child", "--ignored"])
        .env("TIMBERLINE_TEST_STATE", store.folder().unwrap())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let report = fs::read_to_string(store.take_crash().unwrap().path).unwrap();
    for words in [
        "Timberline 0.",
        "Thread: rows-7",
        "reports.rs:",
        "What: ",
        "std::panic",
    ] {
        assert!(report.contains(words), "{words}: {report}");
    }
    let own = text(&store, "state/timberline.log");
    assert!(
        own.contains("CRITICAL") && own.contains("panic in rows-7"),
        "{own}"
    );
    for text in [report, own] {
        assert!(!text.contains("secret") && !text.contains("결제"), "{text}");
    }
}
