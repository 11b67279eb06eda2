//! Two windows, and two versions.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use timberline::base::time::Zone;
use timberline::settings::model::{Settings, ThemeChoice};
use timberline::settings::session::{Session, TabEntry};
use toml::{Table, Value};

use super::{file, kept, text};

#[test]
fn each_window_saves_what_it_changed() {
    let (_dir, store) = kept();
    let start = Settings::default();
    store.save_settings(&start).unwrap();
    let (mut one, mut two) = (start.clone(), start.clone());
    one.appearance.theme = ThemeChoice::Dark;
    one.remember(Path::new("/one.log"), None);
    one.set_zone_of(Path::new("/one.log"), Zone::Utc);
    store.save_changes(&start, &one).unwrap();
    two.appearance.zoom = 1.5;
    two.remember(Path::new("/two.log"), None);
    store.save_changes(&start, &two).unwrap();
    let mut more = one.clone();
    more.panels.details_visible = false;
    store.save_changes(&one, &more).unwrap();
    let all = store.load_settings().value;
    assert_eq!(all.appearance.theme, ThemeChoice::Dark);
    assert_eq!(all.appearance.zoom, 1.5);
    assert!(!all.panels.details_visible);
    let recent: Vec<_> = all
        .recent
        .iter()
        .map(|recent| recent.path.to_str().unwrap())
        .collect();
    assert_eq!(recent, ["/two.log", "/one.log"]);
    assert_eq!(all.zone_of(Path::new("/one.log")), Zone::Utc);
    // What one window forgets, it forgets for both.
    let mut less = two.clone();
    less.forget(Path::new("/two.log"));
    store.save_changes(&two, &less).unwrap();
    let all = store.load_settings().value;
    assert_eq!(all.recent.len(), 1);
}

#[test]
fn windows_that_save_at_the_same_time_lose_nothing() {
    let (_dir, store) = kept();
    let start = Settings::default();
    store.save_settings(&start).unwrap();
    std::thread::scope(|scope| {
        for window in 0..4 {
            let (store, start) = (&store, &start);
            scope.spawn(move || {
                let mut before = start.clone();
                for file in 0..4 {
                    let mut now = before.clone();
                    now.remember(Path::new(&format!("/{window}/{file}.log")), None);
                    store.save_changes(&before, &now).unwrap();
                    before = now;
                }
            });
        }
    });
    let loaded = store.load_settings();
    assert_eq!(loaded.problems, []);
    assert_eq!(loaded.value.recent.len(), 16);
}

fn session(names: &[&str]) -> Session {
    let tab = |name: &&str| TabEntry {
        path: name.into(),
        ..TabEntry::default()
    };
    Session {
        tabs: names.iter().map(tab).collect(),
        ..Session::default()
    }
}

#[test]
fn the_session_is_one_windows_and_the_last_one_keeps_it() {
    let (_dir, store) = kept();
    let mut first = store.claim_session();
    assert!(first.is_ours(&store));
    let mut second = store.claim_session();
    assert!(!second.is_ours(&store));
    drop(first);
    assert!(second.is_ours(&store));
    let mut third = store.claim_session();
    assert!(!third.is_ours(&store));
    assert!(second.is_ours(&store));
}

#[test]
fn a_session_forgets_what_this_version_knows_and_keeps_the_rest() {
    let (_dir, store) = kept();
    store.save_session(&session(&["/a", "/b"])).unwrap();
    let path = file(&store, "session.toml");
    let more =
        text(&store, "session.toml").replace("path = \"/b\"", "path = \"/b\"\npinned = true");
    fs::write(&path, more).unwrap();
    store.save_session(&session(&["/b"])).unwrap();
    let table: Table = text(&store, "session.toml").parse().unwrap();
    let tabs = table["tabs"].as_array().unwrap();
    assert_eq!(tabs.len(), 1);
    assert_eq!(tabs[0]["pinned"].as_bool(), Some(true));
}

#[test]
fn a_newer_file_is_read_and_never_written() {
    let (_dir, store) = kept();
    fs::create_dir_all(store.folder().unwrap()).unwrap();
    let newer = "version = 2\nfuture = [1]\n\n[appearance]\ntheme = \"dark\"\nzoom = \"large\"\n";
    fs::write(file(&store, "settings.toml"), newer).unwrap();
    let loaded = store.load_settings();
    assert_eq!(loaded.value.appearance.theme, ThemeChoice::Dark);
    let words: Vec<_> = loaded
        .problems
        .iter()
        .map(|problem| &*problem.headline)
        .collect();
    assert_eq!(
        words,
        [
            "The settings file is of a newer version of Timberline",
            "Some settings were not understood"
        ]
    );
    let mut changed = loaded.value.clone();
    changed.appearance.zoom = 2.0;
    store.save_changes(&loaded.value, &changed).unwrap();
    store.save_settings(&changed).unwrap();
    assert_eq!(text(&store, "settings.toml"), newer);
    assert_eq!(text(&store, "settings.toml.newer"), newer);
}

/// Values of a later version.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<i64>().prop_map(Value::Integer),
        any::<bool>().prop_map(Value::Boolean),
        "[ -~\u{ac00}-\u{ac10}]{0,12}".prop_map(Value::String),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::Array),
            prop::collection::btree_map("x_[a-z]{1,4}", inner, 0..3)
                .prop_map(|map| Value::Table(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Keys that this version does not know, at the top, in a section, and in things of a list, outlast saving.
    #[test]
    fn keys_of_a_later_version_are_kept(
        top in prop::collection::btree_map("x_[a-z]{1,6}", value(), 0..4),
        section in prop::collection::btree_map("x_[a-z]{1,6}", value(), 0..4),
        item in prop::collection::btree_map("x_[a-z]{1,6}", value(), 0..4),
    ) {
        let (_dir, store) = kept();
        let mut settings = Settings::default();
        settings.remember(Path::new("/a.log"), None);
        store.save_settings(&settings).unwrap();
        let mut table: Table = text(&store, "settings.toml").parse().unwrap();
        table.extend(top.clone());
        table["appearance"].as_table_mut().unwrap().extend(section.clone());
        table["recent"][0].as_table_mut().unwrap().extend(item.clone());
        fs::write(file(&store, "settings.toml"), toml::to_string(&table).unwrap()).unwrap();
        let loaded = store.load_settings();
        prop_assert_eq!(&loaded.problems, &[]);
        let mut changed = loaded.value.clone();
        changed.appearance.theme = ThemeChoice::Dark;
        changed.remember(Path::new("/b.log"), None);
        store.save_changes(&loaded.value, &changed).unwrap();
        let after: Table = text(&store, "settings.toml").parse().unwrap();
        for (key, value) in &top {
            prop_assert_eq!(after.get(key), Some(value));
        }
        for (key, value) in &section {
            prop_assert_eq!(after["appearance"].get(key), Some(value));
        }
        let recent = after["recent"].as_array().unwrap();
        let a = recent.iter().find(|recent| recent["path"].as_str() == Some("/a.log")).unwrap();
        for (key, value) in &item {
            prop_assert_eq!(a.get(key), Some(value));
        }
        prop_assert_eq!(store.load_settings().value, changed);
    }
}
