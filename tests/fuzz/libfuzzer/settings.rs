//! Files of the settings as another version, a hand or a broken disk wrote them: read to something, which then is kept.
#![no_main]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use timberline::base::problem::Problem;
use timberline::settings::formats::{SavedFormat, patterns};
use timberline::settings::session::TabEntry;
use timberline::settings::store::Store;
use timberline_fuzz::text;

/// In memory where there is such a place.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let memory = Path::new("/dev/shm");
    let folder = memory.is_dir().then(|| TempDir::new_in(memory));
    folder
        .and_then(Result::ok)
        .unwrap_or_else(|| TempDir::new().unwrap())
});

fuzz_target!(|data: &[u8]| {
    let Some((what, bytes)) = data.split_first() else {
        return;
    };
    let store = Store::at(FOLDER.path());
    match what % 4 {
        0 => settings(&store, bytes),
        1 => session(&store, bytes),
        2 => format(&text(bytes)),
        _ => assert!(!patterns(Path::new(&text(bytes))).is_empty()),
    }
});

/// Puts bytes in place of a file that was saved once.
fn place(name: &str, bytes: &[u8]) {
    fs::remove_file(FOLDER.path().join(format!("{name}.bak"))).ok();
    fs::write(FOLDER.path().join(name), bytes).unwrap();
}

fn settings(store: &Store, bytes: &[u8]) {
    place("settings.toml", bytes);
    let ranks = store.level_ranks();
    let loaded = store.load_settings();
    tidy(&loaded.problems);
    assert!(ranks.is_empty() || ranks == loaded.value.level_ranks());
    store.save_settings(&loaded.value).unwrap();
    // Sizes are kept with two decimals: from then on nothing changes.
    let kept = store.load_settings();
    tidy(&kept.problems);
    store.save_settings(&kept.value).unwrap();
    assert_eq!(store.load_settings().value, kept.value);
}

fn session(store: &Store, bytes: &[u8]) {
    place("session.toml", bytes);
    let loaded = store.load_session();
    tidy(&loaded.problems);
    store.save_session(&loaded.value).unwrap();
    let kept = store.load_session();
    tidy(&kept.problems);
    assert_eq!(kept.value.tabs, loaded.value.tabs);
    if kept
        .problems
        .iter()
        .any(|problem| problem.headline.contains("newer"))
    {
        return;
    }
    let mut more = kept.value;
    more.tabs.insert(
        0,
        TabEntry {
            path: "/one/more.log".into(),
            part: None,
            rotated: false,
            format: None,
            follow: true,
            labels: Vec::new(),
            wrap: false,
            around: 0,
            collapse: false,
            by_time: false,
            window: None,
            dock: Default::default(),
            plot: None,
        },
    );
    store.save_session(&more).unwrap();
    assert_eq!(store.load_session().value.tabs, more.tabs);
}

fn format(text: &str) {
    match SavedFormat::read(text) {
        Ok(format) => {
            let written = format.text().unwrap();
            assert_eq!(SavedFormat::read(&written), Ok(format), "{written}");
        }
        Err(reason) => assert!(!reason.is_empty()),
    }
}

/// Takes away what was set aside.
fn tidy(problems: &[Problem]) {
    for path in problems.iter().filter_map(|problem| problem.path.as_ref()) {
        let name = path.file_name().unwrap_or_default();
        if name.to_string_lossy().contains(".bad-") {
            fs::remove_file(path).unwrap();
        }
    }
}
