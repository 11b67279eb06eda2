//! A process that saves without a pause, killed at any moment: it starts again, and nothing that it said was saved is lost.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use timberline::settings::model::Settings;
use timberline::settings::session::{Session, TabEntry};
use timberline::settings::store::Store;

use crate::common::dir::Dir;
use crate::common::log_gen::LogGen;

/// The folder that the child saves to; set for the child only.
const FOLDER: &str = "TIMBERLINE_TEST_STATE";

/// A generation of the settings and of the session.
fn settings(generation: u64) -> Settings {
    let mut settings = Settings::default();
    // In the middle of the file and at its end, so that neither half may be an old one.
    settings.panels.loggers_width = 100.0 + (generation % 1_000) as f32;
    for file in 0..8 {
        settings.remember(Path::new(&format!("/{generation}/{file}.log")), None);
    }
    settings
}

fn session(generation: u64) -> Session {
    let tab = |file| TabEntry {
        path: format!("/{generation}/{file}.log").into(),
        ..TabEntry::default()
    };
    Session {
        tabs: (0..5).map(tab).collect(),
        ..Session::default()
    }
}

/// The generation of what was loaded; `None` for defaults. Fails if parts are of different ones.
fn generation(paths: impl Iterator<Item = String>, width: Option<f32>) -> Option<u64> {
    let numbers: Vec<u64> = paths
        .map(|path| path.split('/').nth(1).unwrap().parse().unwrap())
        .collect();
    let first = *numbers.first()?;
    assert!(numbers.iter().all(|number| *number == first), "{numbers:?}");
    if let Some(width) = width {
        assert_eq!(width, 100.0 + (first % 1_000) as f32);
    }
    Some(first)
}

#[test]
#[ignore = "the process that is killed"]
fn the_child() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let store = Store::at(folder);
    let first: u64 = std::env::var("FIRST").unwrap().parse().unwrap();
    let mut before = store.load_settings().value;
    let out = std::io::stdout();
    for number in first.. {
        let now = settings(number);
        store.save_changes(&before, &now).unwrap();
        before = now;
        store.save_session(&session(number)).unwrap();
        // Only now is it promised.
        writeln!(out.lock(), "\nsaved {number}").unwrap();
        out.lock().flush().unwrap();
    }
}

/// Starts the child, kills it after a while, and says what it acknowledged last.
fn run_and_kill(folder: &Path, first: u64, after: Duration) -> Option<u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "state::kill::the_child",
            "--ignored",
            "--nocapture",
        ])
        .env(FOLDER, folder)
        .env("FIRST", first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = child.stdout.take().unwrap();
    let reader = std::thread::Builder::new().name("acknowledged".to_owned());
    let reader = reader.spawn(move || {
        let acknowledged = |line: String| line.strip_prefix("saved ")?.parse().ok();
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        lines.filter_map(acknowledged).last()
    });
    let reader = reader.unwrap();
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

#[expect(clippy::print_stdout, reason = "the figures of a longer run by hand")]
#[test]
fn nothing_that_was_saved_is_lost_by_a_kill() {
    let rounds: u64 = std::env::var("TIMBERLINE_KILLS").map_or(30, |count| count.parse().unwrap());
    let dir = Dir::new();
    let folder = dir.path("kept");
    let store = Store::at(&folder);
    let mut random = LogGen::new(11);
    let (mut last, mut promised) = (None, None);
    let (mut saves, mut idle) = (0, 0);
    for round in 0..rounds {
        let first = last.map_or(1, |last| last + 1);
        let after = Duration::from_micros(5_000 + random.random(150_000));
        let acknowledged = run_and_kill(&folder, first, after);
        idle += u64::from(acknowledged.is_none());
        saves += acknowledged.map_or(0, |acknowledged| acknowledged + 1 - first);
        let (settings, session) = (store.load_settings(), store.load_session());
        assert_eq!(settings.problems, [], "round {round}");
        assert_eq!(session.problems, [], "round {round}");
        let width = settings.value.panels.loggers_width;
        let paths = |paths: Vec<std::path::PathBuf>| {
            paths.into_iter().map(|path| path.display().to_string())
        };
        let recent = settings.value.recent.iter().take(8);
        let recent = paths(recent.map(|recent| recent.path.clone()).collect());
        let tabs = paths(
            session
                .value
                .tabs
                .iter()
                .map(|tab| tab.path.clone())
                .collect(),
        );
        let recent = generation(recent, Some(width));
        let tabs = generation(tabs, None);
        promised = acknowledged.or(promised);
        assert!(
            recent >= promised && tabs >= promised,
            "{recent:?} {tabs:?} {promised:?}"
        );
        last = recent.max(tabs);
    }
    println!(
        "{rounds} kills, {saves} acknowledged saves, {idle} kills before the first save; 0 failed starts, 0 lost"
    );
}
