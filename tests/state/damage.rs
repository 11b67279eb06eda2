//! Files that something broke: the program starts, says so, and never takes a part for the whole.

use std::fs;

use proptest::prelude::*;
use timberline::settings::model::{Settings, ThemeChoice};
use timberline::settings::session::Session;
use timberline::settings::store::Store;

use super::{file, kept, text};

/// Two generations, so that there is a copy of the one before.
fn saved() -> (crate::common::dir::Dir, Store, [Settings; 2]) {
    let (dir, store) = kept();
    let mut before = Settings::default();
    before.appearance.theme = ThemeChoice::Light;
    before.remember(std::path::Path::new("/var/log/a.log"), None);
    let mut now = before.clone();
    now.appearance.theme = ThemeChoice::Dark;
    now.remember(std::path::Path::new("/var/log/결제.log"), None);
    store.save_settings(&before).unwrap();
    store.save_settings(&now).unwrap();
    (dir, store, [before, now])
}

/// Damages the file and loads it: what was saved, or a notice and something that was saved before.
fn survives(damage: impl FnOnce(&mut Vec<u8>)) {
    let (_dir, store, [before, now]) = saved();
    let path = file(&store, "settings.toml");
    let mut bytes = fs::read(&path).unwrap();
    damage(&mut bytes);
    fs::write(&path, &bytes).unwrap();
    let loaded = store.load_settings();
    if loaded.problems.is_empty() {
        assert_eq!(loaded.value, now, "nothing was said");
        return;
    }
    let words = loaded.problems[0].headline.as_str();
    if words.contains("was damaged") {
        assert_eq!(loaded.value, before, "{words}");
        assert!(loaded.problems[0].hint.starts_with("The copy from before"));
        let aside = loaded.problems[0].path.as_ref().unwrap();
        assert_eq!(fs::read(aside).unwrap(), bytes);
        // It is good from now on.
        assert_eq!(store.load_settings().problems, []);
    } else {
        assert!(words.contains("changed outside"), "{words}");
    }
}

#[test]
fn every_truncation_is_noticed() {
    let (_dir, store, _) = saved();
    let length = text(&store, "settings.toml").len();
    // At every line end, and in steps of every phase between them.
    let lines = text(&store, "settings.toml");
    let ends = lines.match_indices('\n').map(|(at, _)| at + 1);
    for end in ends.chain((0..length).step_by(7)) {
        survives(|bytes| bytes.truncate(end));
    }
}

#[test]
fn zeros_emptiness_and_a_huge_file_are_noticed() {
    survives(Vec::clear);
    survives(|bytes| bytes.fill(0));
    survives(|bytes| bytes.extend(std::iter::repeat_n(b'#', 20 << 20)));
    survives(|bytes| *bytes = b"\xff\xfe\x00".to_vec());
    survives(|bytes| {
        let half = bytes.len() / 2;
        bytes[half..].fill(0);
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_flipped_bit_is_noticed(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        survives(|bytes| {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        });
    }

    #[test]
    fn any_bytes_start(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (_dir, store) = kept();
        fs::create_dir_all(store.folder().unwrap()).unwrap();
        for name in ["settings.toml", "session.toml", "settings.toml.bak"] {
            fs::write(file(&store, name), &bytes).unwrap();
        }
        let settings = store.load_settings();
        prop_assert!(settings.value == Settings::default());
        prop_assert!(!settings.problems.is_empty());
        prop_assert!(!store.load_session().problems.is_empty());
    }
}

#[test]
fn without_a_copy_defaults_are_used_and_it_is_said() {
    let (_dir, store, _) = saved();
    fs::remove_file(file(&store, "settings.toml.bak")).unwrap();
    fs::write(file(&store, "settings.toml"), "theme = ").unwrap();
    let loaded = store.load_settings();
    assert_eq!(loaded.value, Settings::default());
    assert!(loaded.problems[0].hint.starts_with("Defaults are used"));
}

#[cfg(unix)]
#[test]
fn only_the_user_may_read_them() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_dir, store, _) = saved();
    store.save_session(&Session::default()).unwrap();
    store.log("x\n");
    store.write_report("1", "x").unwrap();
    for name in [
        "settings.toml",
        "settings.toml.bak",
        "session.toml",
        "state/timberline.log",
        "state/crash-1.txt",
    ] {
        let mode = fs::metadata(file(&store, name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn the_session_is_damaged_by_itself() {
    let (_dir, store, [_, now]) = saved();
    let session = Session {
        active: 0,
        ..Session::default()
    };
    store.save_session(&session).unwrap();
    fs::write(file(&store, "session.toml"), "").unwrap();
    assert_eq!(store.load_session().problems.len(), 1);
    assert_eq!(store.load_settings().value, now);
}
