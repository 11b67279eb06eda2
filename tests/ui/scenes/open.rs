//! Scene 1: opening logs, by every way there is.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use timberline::app::Picked;

use crate::common::{Desk, Window, lines};

/// The names on the tabs.
fn tabs(window: &Window) -> Vec<String> {
    let state = window.state();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    state.tabs.iter().map(|tab| name(&tab.path)).collect()
}

#[test]
fn the_dialog_opens_several_files() {
    let desk = Desk::new();
    let one = desk.write("one.log", lines(0..120));
    let two = desk.write("two.log", lines(500..507));
    let mut window = desk.window(&[]);
    window.will_pick(Picked::Files(vec![one, two]));
    window.click("Open a log file...");
    window.wait_role(Role::Tab, "one.log");
    window.wait_role(Role::Tab, "two.log");
    window.wait_row("request served no 00506");
    window.shows(7, 7);
    window.wait_says("100 % of 7 records match");
    window.click_role(Role::Tab, "one.log");
    window.wait_row("request served no 00000");
    window.shows(120, 120);
}

#[test]
fn a_cancelled_dialog_changes_nothing_and_can_be_opened_again() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..3));
    let mut window = desk.window(&[]);
    window.will_pick(Picked::Nothing);
    window.will_pick(Picked::Files(vec![log]));
    window.ctrl(Key::O);
    window.frame();
    assert!(window.place("Open a log file...").is_some());
    window.ctrl(Key::O);
    window.shows(3, 3);
}

#[test]
fn without_a_dialog_service_the_path_is_typed() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..3));
    let mut window = desk.window(&[]);
    window.will_pick(Picked::Unavailable);
    window.ctrl(Key::O);
    window.wait_says("This desktop has no file dialog");
    window.wait_says("Quick open");
    assert!(window.state().notices.all().is_empty(), "told once");
    window.type_text(&log.display().to_string());
    window.press(Key::Enter);
    window.shows(3, 3);
    assert!(!window.says("Quick open"), "the box closes");
}

#[test]
fn ctrl_p_completes_a_path() {
    let desk = Desk::new();
    let log = desk.write("a-rather-long-name.log", lines(0..3));
    let mut window = desk.window(&[]);
    window.ctrl(Key::P);
    let folder = log.parent().unwrap().display();
    window.type_text(&format!("{folder}/a-ra"));
    window.wait_role(Role::ListBoxOption, "a-rather-long-name.log");
    window.press(Key::Tab);
    window.press(Key::Enter);
    window.shows(3, 3);
}

/// Esc closes the list and leaves the keyboard; what is told hangs over the page; a path that was opened is gone.
#[test]
fn the_box_of_the_start_page_is_left_as_one_expects() {
    let desk = Desk::new();
    let log = desk.write("a-rather-long-name.log", lines(0..3));
    let mut window = desk.window(&[]);
    let place = |window: &Window| window.place("Watch command").unwrap();
    let before = place(&window);
    let box_place = window.wait_role(Role::TextInput, "Path of a log file");
    let focused = |window: &Window| {
        let mut boxes = window.harness.query_all_by_label("Path of a log file");
        boxes.any(|node| node.accesskit_node().is_focused())
    };
    let pos = box_place.center();
    window.click_at(pos, PointerButton::Primary, Modifiers::NONE);
    let folder = log.parent().unwrap().display();
    window.type_text(&format!("{folder}/a-ra"));
    window.wait_role(Role::ListBoxOption, "a-rather-long-name.log");
    window.press(Key::Escape);
    window.frame();
    assert!(!window.says("a-rather-long-name.log"), "the list is closed");
    assert!(focused(&window));
    window.press(Key::Enter);
    window.wait_says("No file or folder is called like this");
    assert_eq!(place(&window), before);
    window.type_text("t");
    window.wait_role(Role::ListBoxOption, "a-rather-long-name.log");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.shows(3, 3);
    window.ctrl(Key::W);
    window.wait_says("First steps");
    assert!(!window.says(&folder.to_string()), "for another path");
}

#[test]
fn a_missing_file_is_a_message_that_names_it() {
    let desk = Desk::new();
    let mut window = desk.window(&[]);
    window.ctrl(Key::P);
    window.type_text(&desk.path("nowhere.log").display().to_string());
    window.press(Key::Enter);
    window.wait_says("No file or folder is called like this");
    assert!(tabs(&window).is_empty());
    window.press(Key::Enter);
    window.wait_role(Role::Tab, "nowhere.log");
    window.wait_says("not exist");
    assert!(window.rows().is_empty());
    assert!(!window.says("os error"), "the headline says as much");
    // It appears later, and is read then.
    desk.write("nowhere.log", lines(0..4));
    window.shows(4, 4);
}

#[test]
fn the_page_of_a_missing_file_has_ways_out() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..4));
    let missing = desk.path("nowhere.log");
    let mut window = desk.window(&[&missing]);
    window.wait_says("not exist");
    window.will_pick(Picked::Files(vec![log]));
    window.click("Open another file...");
    window.shows(4, 4);
    window.click_role(Role::Tab, "nowhere.log");
    window.wait_says("not exist");
    window.click("Close tab");
    window.wait("the other log alone", |window| tabs(window) == ["app.log"]);
}

/// Neither at once, nor when the answer comes after the key.
#[test]
fn letters_that_no_file_has_open_nothing() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..3));
    let mut window = desk.window(&[&log]);
    window.shows(3, 3);
    window.ctrl(Key::P);
    window.events([egui::Event::Text("serv 7".into())]);
    window.press(Key::Enter);
    window.wait_says("No file or folder is called like this");
    window.press(Key::Enter);
    window.frame();
    assert_eq!(tabs(&window), ["app.log"]);
    // The box is there for another try, and has the keyboard.
    window.ctrl(Key::A);
    window.type_text("app");
    window.wait_says("app.log");
    assert!(window.says("Quick open"));
}

/// Before the list can offer it.
#[test]
fn a_name_and_enter_at_once_open_the_file() {
    let desk = Desk::new();
    let mut window = desk.window(&[]);
    window.ctrl(Key::P);
    window.events([egui::Event::Text("Cargo.toml".into())]);
    window.press(Key::Enter);
    window.wait("its tab", |window| tabs(window) == ["Cargo.toml"]);
}

#[test]
fn the_sample_log_opens_and_all_of_it_is_understood() {
    let desk = Desk::new();
    let mut window = desk.any_script(&[]);
    window.click("Open the sample log");
    window.wait("the sample's tab", |window| window.state().tab().is_some());
    window.settle();
    let source = Arc::clone(window.tab().source.as_ref().unwrap());
    assert!(source.snapshot.len() > 1000);
    assert_eq!(source.snapshot.stats.unmatched, 0);
    window.wait_says("100 % of");
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the log is read by its path".to_owned())
    }
}

#[test]
fn files_dropped_on_the_window_are_opened() {
    let desk = Desk::new();
    let one = desk.write("one.log", lines(0..5));
    let two = desk.write("two.log", lines(5..11));
    let mut window = desk.window(&[]);
    for path in [one, two] {
        let file: egui::DroppedFileHandle = Arc::new(Dropped(path));
        window.harness.input_mut().dropped_files.push(file);
    }
    window.frame();
    window.shows(6, 6);
    assert_eq!(tabs(&window), ["one.log", "two.log"]);
}

#[test]
fn recent_files_and_open_tabs_are_there_on_the_next_start() {
    let desk = Desk::new();
    let one = desk.write("one.log", lines(0..5));
    let two = desk.write("two.log", lines(5..11));
    let mut window = desk.window(&[&one, &two]);
    window.shows(6, 6);
    window.quit();
    // The session: both tabs, the last one in front.
    let mut window = desk.window(&[]);
    window.shows(6, 6);
    assert_eq!(tabs(&window), ["one.log", "two.log"]);
    // Without open tabs, the start page lists what was open before.
    window.ctrl(Key::W);
    window.ctrl(Key::W);
    window.wait_place("Open a log file...");
    window.quit();
    std::fs::remove_file(&two).unwrap();
    let mut window = desk.window(&[]);
    window.wait("two.log to be known as missing", |window| {
        window
            .state()
            .lookups
            .facts(&two)
            .is_some_and(|facts| facts.missing)
    });
    window.click("two.log");
    assert!(
        window.state().tabs.is_empty(),
        "a missing file is not clickable"
    );
    window.click("one.log");
    window.shows(5, 5);
}

#[test]
fn corrupt_settings_are_set_aside_with_a_notice() {
    let desk = Desk::new();
    std::fs::write(desk.settings("settings.toml"), "appearance = [[[").unwrap();
    let mut window = desk.window(&[]);
    window.wait_says("The settings file was damaged and has been set aside");
    window.quit();
    let folder = desk.settings("settings.toml");
    let names = std::fs::read_dir(folder.parent().unwrap()).unwrap();
    let aside = names
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .find(|name| name.starts_with("settings.toml.bad-"));
    assert!(aside.is_some(), "the damaged file is kept");
}

#[test]
fn many_logs_of_like_names_are_told_apart() {
    let desk = Desk::new();
    let logs: Vec<_> = (1..=12)
        .map(|n| desk.write(&format!("inference-service-{n}-eu.log"), lines(0..3)))
        .collect();
    let logs: Vec<&Path> = logs.iter().map(PathBuf::as_path).collect();
    let mut window = desk.window(&logs);
    window.shows(3, 3);
    window.frame();
    let painted = |window: &Window| {
        let texts = window.painted().into_iter().map(|(text, _)| text);
        texts
            .filter(|text| text.ends_with("-eu.log"))
            .collect::<Vec<_>>()
    };
    let last = [
        "\u{2026}10-eu.log",
        "\u{2026}11-eu.log",
        "\u{2026}12-eu.log",
    ];
    let seen = painted(&window);
    assert!(
        last.iter().all(|name| seen.contains(&(*name).to_owned())),
        "{seen:?}"
    );
    window.click("All open logs");
    window.click_last_containing("inference-service-3-eu");
    window.wait("the third log", |window| {
        window.tab().name() == "inference-service-3-eu.log"
    });
}

#[test]
fn a_log_that_was_just_open_has_its_size_and_age() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..60));
    let mut window = desk.window(&[&log]);
    window.shows(60, 60);
    window.ctrl(Key::W);
    window.wait_says("First steps");
    let told = |window: &Window| {
        let painted = window.painted();
        painted
            .iter()
            .any(|(text, _)| text.ends_with("kB, just now"))
    };
    window.wait("its size and age", told);
}
