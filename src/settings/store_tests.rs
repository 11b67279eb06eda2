#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;

use super::*;
use crate::format::spec::{FormatSpec, Style};
use crate::settings::model::{ColumnSetting, Panels, ThemeChoice};
use crate::settings::session::{DockTab, KeptPlace, KeptPlot, KeptSplit, TabEntry, WindowPlace};

fn folder() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("timberline"));
    (folder, store)
}

fn write(store: &Store, name: &str, text: impl AsRef<[u8]>) {
    let folder = store.folder().unwrap();
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join(name), text).unwrap();
}

fn read(store: &Store, name: &str) -> String {
    fs::read_to_string(store.folder().unwrap().join(name)).unwrap()
}

fn names(store: &Store) -> Vec<String> {
    let entries = fs::read_dir(store.folder().unwrap()).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "state")
        .collect();
    names.sort();
    names
}

fn template() -> FormatSpec {
    FormatSpec::Template {
        style: Style::Percent,
        text: "%(asctime)s | %(levelname)-8s | 로그 %(message)s".to_owned(),
        datefmt: Some("%H:%M".to_owned()),
        msec_format: None,
    }
}

#[test]
fn nothing_saved_means_defaults_without_a_word() {
    let (_keep, store) = folder();
    let settings = store.load_settings();
    assert_eq!(settings.value, Settings::default());
    assert!(settings.problems.is_empty());
    assert_eq!(store.load_session().value, Session::default());
}

#[test]
fn what_is_saved_comes_back() {
    let (_keep, store) = folder();
    let mut settings = Settings::default();
    settings.appearance.theme = ThemeChoice::Dark;
    settings.appearance.zoom = 1.1;
    settings.remember(Path::new("/var/log/서비스 \"a\".log"), Some(template()));
    let column = ColumnSetting {
        key: "name".to_owned(),
        width: Some(141.5),
        hidden: true,
        field: true,
    };
    let key = "%(asctime)s.\"x\" [%(name)s]\n".to_owned();
    settings.columns.insert(key, vec![column]);
    store.save_settings(&settings).unwrap();
    assert_eq!(store.load_settings().value, settings);
    assert!(read(&store, "settings.toml").contains("zoom = 1.1\n"));

    let session = Session {
        active: 1,
        window: Some(WindowPlace {
            x: Some(-8.0),
            y: None,
            width: 1280.0,
            height: 800.0,
            maximized: true,
        }),
        commands: vec!["zoom-in".to_owned()],
        beside: Some([1, 0]),
        sync_times: true,
        tabs: vec![
            TabEntry {
                path: "/a.log".into(),
                follow: true,
                ..TabEntry::default()
            },
            TabEntry {
                path: "/b.zip".into(),
                part: Some("logs/b.log".into()),
                rotated: true,
                format: Some(template()),
                follow: false,
                labels: Vec::new(),
                wrap: true,
                around: 5,
                collapse: true,
                by_time: true,
                dock: DockTab::Patterns,
                plot: Some(KeptPlot {
                    field: "duration".to_owned(),
                    split: KeptSplit::Field("thread".to_owned()),
                    names: vec!["a".to_owned(), "b".to_owned()],
                    by_factors: Some(true),
                }),
                filter: "level>=warning \"timed out\"".to_owned(),
                place: Some(KeptPlace {
                    of: 4_711,
                    chosen: Some(90),
                    seen: Some(42),
                    top: -3.5,
                }),
                window: None,
                panels: Some(Panels {
                    loggers_visible: false,
                    ..Panels::default()
                }),
            },
        ],
    };
    store.save_session(&session).unwrap();
    let loaded = store.load_session();
    assert_eq!(loaded.value, session);
    assert!(loaded.problems.is_empty());
    assert_eq!(names(&store), ["session.toml", "settings.toml"]);
}

#[cfg(unix)]
#[test]
fn file_names_that_are_not_utf8_survive() {
    use std::os::unix::ffi::OsStringExt as _;
    let (_keep, store) = folder();
    let euc_kr = std::ffi::OsString::from_vec(b"/logs/\xb7\xce\xb1\xd7.log".to_vec());
    let mut settings = Settings::default();
    settings.remember(Path::new(&euc_kr), None);
    store.save_settings(&settings).unwrap();
    assert_eq!(store.load_settings().value, settings);
}

#[test]
fn damaged_files_are_set_aside() {
    // Half-written, not TOML at all, not even text.
    let broken: [&[u8]; 4] = [
        b"[appearance]\ntheme = \"da",
        b"{\"theme\": 1}",
        b"\xff\xfe\x00",
        b"a = 1\na = 2\n",
    ];
    for bytes in broken {
        let (_keep, store) = folder();
        write(&store, "settings.toml", bytes);
        let loaded = store.load_settings();
        assert_eq!(loaded.value, Settings::default());
        let problem = loaded.problems.first().unwrap();
        assert!(problem.headline.contains("set aside"), "{problem}");
        assert!(!problem.detail.is_empty());
        let aside = problem.path.clone().unwrap();
        assert!(aside.to_string_lossy().contains("settings.toml.bad-"));
        assert_eq!(fs::read(&aside).unwrap(), bytes);
        // A second one in the same second gets a name of its own.
        write(&store, "settings.toml", bytes);
        assert_ne!(
            store.load_settings().problems.first().unwrap().path,
            Some(aside)
        );
        assert_eq!(names(&store).len(), 2);
    }
}

#[test]
fn a_file_damaged_after_loading_is_kept_when_saving() {
    let (_keep, store) = folder();
    write(&store, "settings.toml", "half = ");
    store.save_settings(&Settings::default()).unwrap();
    assert_eq!(names(&store).len(), 2);
    assert_eq!(store.load_settings().problems, []);
}

#[test]
fn one_value_that_is_not_understood_costs_that_value_alone() {
    let (_keep, store) = folder();
    let text = "[appearance]\ntheme = \"sepia\"\nzoom = 1.5\n\n[panels]\nloggers_width = \"wide\"\ndetails_visible = false\n";
    write(&store, "settings.toml", text);
    let loaded = store.load_settings();
    assert_eq!(loaded.value.appearance.zoom, 1.5);
    assert!(!loaded.value.panels.details_visible);
    assert_eq!(loaded.value.appearance.theme, ThemeChoice::System);
    let problem = loaded.problems.first().unwrap();
    assert_eq!(problem.detail, "appearance.theme, panels.loggers_width");
}

#[test]
fn keys_of_another_version_survive_saving() {
    let (_keep, store) = folder();
    let text =
        "future = 7\n\n[appearance]\ntheme = \"light\"\nsparkle = true\n\n[plugins.x]\ny = [1]\n";
    write(&store, "settings.toml", text);
    let mut settings = store.load_settings().value;
    settings.appearance.theme = ThemeChoice::Dark;
    store.save_settings(&settings).unwrap();
    let saved: Table = read(&store, "settings.toml").parse().unwrap();
    assert_eq!(saved["future"].as_integer(), Some(7));
    assert_eq!(saved["appearance"]["sparkle"].as_bool(), Some(true));
    assert_eq!(saved["appearance"]["theme"].as_str(), Some("dark"));
    assert_eq!(saved["plugins"]["x"]["y"].as_array().unwrap().len(), 1);
}

#[test]
fn forgotten_files_do_not_come_back() {
    let (_keep, store) = folder();
    let mut settings = Settings::default();
    settings.remember(Path::new("/a.log"), None);
    store.save_settings(&settings).unwrap();
    settings.forget(Path::new("/a.log"));
    store.save_settings(&settings).unwrap();
    assert!(store.load_settings().value.recent.is_empty());
}

#[test]
fn a_folder_that_cannot_be_written_is_said_and_nothing_breaks() {
    // A file where the folder should be: fails for root too, unlike a read-only folder.
    let keep = tempfile::tempdir().unwrap();
    let blocked = keep.path().join("occupied");
    fs::write(&blocked, "").unwrap();
    let store = Store::at(blocked.join("timberline"));
    assert_eq!(store.load_settings().value, Settings::default());
    let problem = store.save_settings(&Settings::default()).unwrap_err();
    assert!(problem.headline.contains("could not be saved"));
    assert!(problem.path.is_some());
    assert!(store.save_session(&Session::default()).is_err());
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_keeps_the_old_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_keep, store) = folder();
    store.save_settings(&Settings::default()).unwrap();
    let before = read(&store, "settings.toml");
    let folder = store.folder().unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
    // The administrator may write anywhere; nothing to see then.
    let administrator = fs::write(folder.join("probe"), "").is_ok();
    let mut settings = Settings::default();
    settings.appearance.zoom = 2.0;
    let saved = store.save_settings(&settings);
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    if !administrator {
        assert!(saved.is_err());
        assert_eq!(read(&store, "settings.toml"), before);
    }
}

#[cfg(unix)]
#[test]
fn settings_kept_elsewhere_stay_a_link() {
    let (keep, store) = folder();
    write(&store, "unused", "");
    let real = keep.path().join("dotfiles.toml");
    fs::write(&real, "[appearance]\nzoom = 1.25\n").unwrap();
    let link = store.folder().unwrap().join("settings.toml");
    std::os::unix::fs::symlink(&real, &link).unwrap();
    store.save_settings(&store.load_settings().value).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&real).unwrap().contains("zoom = 1.25"));
}

/// One entry that cannot be read cost all tabs, and every session that was saved after it.
#[test]
fn an_entry_that_cannot_be_read_costs_only_itself() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path());
    let text = "[[tabs]]\npath = \"/a.log\"\n\n[[tabs]]\npath = 5\n";
    fs::write(folder.path().join("session.toml"), text).unwrap();
    let loaded = store.load_session();
    let paths = |session: &Session| -> Vec<_> {
        let tabs = session.tabs.iter();
        tabs.map(|tab| tab.path.display().to_string()).collect()
    };
    assert_eq!(paths(&loaded.value), ["/a.log"]);
    let told = loaded.problems.iter().any(|p| p.detail.contains("tabs.1"));
    assert!(told, "{:?}", loaded.problems);
    let mut session = loaded.value;
    session.tabs.push(TabEntry {
        path: "/b.log".into(),
        ..session.tabs[0].clone()
    });
    store.save_session(&session).unwrap();
    assert_eq!(paths(&store.load_session().value), ["/a.log", "/b.log"]);
}

/// A file opened again after its entry could not be read is there the next time.
#[test]
fn an_entry_that_was_not_understood_does_not_spoil_the_new_one() {
    let (_folder, store) = folder();
    let broken = "[[tabs]]\npath = \"/a.log\"\n[tabs.format]\nkind = \"builtin\"\n";
    write(&store, "session.toml", broken);
    assert_eq!(store.load_session().value.tabs, []);
    let tab = TabEntry {
        path: "/a.log".into(),
        follow: true,
        ..TabEntry::default()
    };
    let session = Session {
        tabs: vec![tab],
        ..Session::default()
    };
    store.save_session(&session).unwrap();
    assert_eq!(store.load_session().value.tabs, session.tabs);
}

/// A list is written where another version, or a hand, had something else.
#[test]
fn a_list_takes_the_place_of_what_was_none() {
    let (_folder, store) = folder();
    for text in [
        "acte = 2\n[tabs.format]\n[rFles]\n#ev",
        "tabs = 3",
        "[tabs]\nx = 1\n",
        "[[tabs.a]]\npath = \"/a\"",
        "[ap]\ns= \"me\"\n[[active]]\np= \"oo\"\n",
    ] {
        write(&store, "session.toml", text);
        let mut session = store.load_session().value;
        store.save_session(&session).unwrap();
        session.tabs.push(TabEntry {
            path: "/a.log".into(),
            follow: true,
            ..TabEntry::default()
        });
        store.save_session(&session).unwrap();
        let kept = store.load_session();
        let file = read(&store, "session.toml");
        assert_eq!(kept.value.tabs, session.tabs, "{text}\n{file}");
        let told = |problem: &Problem| problem.headline.contains("not understood");
        assert!(kept.problems.iter().all(told), "{text}\n{file}");
        assert_eq!(
            names(&store),
            ["session.toml", "session.toml.bak"],
            "{text}"
        );
    }
}
