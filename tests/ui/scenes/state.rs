//! Starts that came to nothing, windows that break, and two windows at once.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use egui::Key;
use egui::accesskit::Role;
use timberline::app::{FilePicker, Picked};
use timberline::engine::Waker;

use crate::common::{Desk, Window, lines};

/// A window that dies while it starts: nothing is said to have ended.
fn dies_at_start(desk: &Desk, files: &[&std::path::Path]) {
    drop(desk.window(files));
}

/// A session of two files, left as a user leaves.
fn with_session(desk: &Desk) {
    let (a, b) = (
        desk.write("a.log", lines(0..3)),
        desk.write("b.log", lines(0..4)),
    );
    let mut window = desk.window(&[&a, &b]);
    window.settle();
    window.quit();
}

#[test]
fn after_two_starts_that_came_to_nothing_the_session_waits_for_an_answer() {
    let desk = Desk::new();
    with_session(&desk);
    let kept = fs::read(desk.settings("session.toml")).unwrap();
    for _ in 0..2 {
        dies_at_start(&desk, &[]);
    }
    let mut window = desk.window(&[]);
    window.wait_says("Timberline ended twice while it was starting");
    window.wait_says("a.log, b.log");
    assert!(window.state().tabs.is_empty());
    // Leaving without an answer keeps the session.
    window.quit();
    assert_eq!(fs::read(desk.settings("session.toml")).unwrap(), kept);
    let mut window = desk.window(&[]);
    window.settle();
    assert_eq!(window.state().tabs.len(), 2);
}

#[test]
fn the_question_is_answered_by_keys_alone() {
    for (keys, tabs) in [(&[Key::Enter][..], 0), (&[Key::Tab, Key::Enter], 2)] {
        let desk = Desk::new();
        with_session(&desk);
        for _ in 0..2 {
            dies_at_start(&desk, &[]);
        }
        let mut window = desk.window(&[]);
        window.wait_says("Go on without");
        for key in keys {
            window.press(*key);
        }
        window.wait_gone("Go on without");
        assert_eq!(window.state().tabs.len(), tabs);
        window.quit();
        let window = desk.window(&[]);
        assert_eq!(window.state().tabs.len(), tabs);
    }
}

#[test]
fn files_that_are_named_open_after_crashes_too() {
    let desk = Desk::new();
    with_session(&desk);
    for _ in 0..2 {
        dies_at_start(&desk, &[]);
    }
    let named = desk.write("c.log", lines(0..5));
    let mut window = desk.window(&[&named]);
    window.shows(5, 5);
}

#[test]
fn a_second_window_has_a_session_of_its_own() {
    let desk = Desk::new();
    with_session(&desk);
    let mut first = desk.window(&[]);
    first.settle();
    assert_eq!(first.state().tabs.len(), 2);
    let mut second = desk.window(&[]);
    second.wait_says("Open a log file...");
    assert!(second.state().tabs.is_empty());
    // The second one leaves first: the session stays that of the first.
    second.quit();
    first.quit();
    let window = desk.window(&[]);
    assert_eq!(window.state().tabs.len(), 2);
}

/// A file dialog that breaks in the window's own thread.
struct Broken;

impl FilePicker for Broken {
    fn pick(&self, _: Option<PathBuf>, _: crossbeam_channel::Sender<Picked>, _: Waker) {
        panic!("broken on purpose");
    }
}

fn breaks(window: &mut Window) {
    window.ctrl(Key::O);
    window.wait_says("Timberline had an internal error");
    window.wait_says("broken on purpose");
}

#[test]
fn a_window_that_breaks_says_so_and_goes_on() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..7));
    let mut window = desk.with_picker(&[&log], Arc::new(Broken));
    window.shows(7, 7);
    breaks(&mut window);
    // What comes meanwhile is not missed.
    desk.append("a.log", &lines(7..9));
    window.press(Key::Enter);
    window.shows(9, 9);
    assert_eq!(window.state().tabs.len(), 1);
}

#[test]
fn three_breaks_in_a_row_offer_to_close_the_logs() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..7));
    let mut window = desk.with_picker(&[&log], Arc::new(Broken));
    window.shows(7, 7);
    for _ in 0..2 {
        breaks(&mut window);
        window.click("Go on");
        window.wait_gone("Timberline had an internal error");
    }
    breaks(&mut window);
    window.click("Close the logs and go on");
    window.wait_says("The logs that were open are closed");
    assert!(window.state().tabs.is_empty());
    window.click("Open them again");
    window.shows(7, 7);
}

#[test]
fn a_broken_window_can_be_left_and_keeps_its_session() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..7));
    let mut window = desk.with_picker(&[&log], Arc::new(Broken));
    window.shows(7, 7);
    breaks(&mut window);
    window.click("Quit");
    assert!(window.state().quit);
    window.quit();
    let mut window = desk.window(&[]);
    window.shows(7, 7);
}

#[test]
fn the_own_log_opens_and_tells_what_happened() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..7));
    let mut window = desk.window(&[&log]);
    window.shows(7, 7);
    window.menu(&["Help", "Open Timberline's own log"]);
    window.wait("its rows", |window| {
        window.row("started on").is_some() && window.row("a.log").is_some()
    });
    assert!(window.row("request served").is_none());
    window.wait_role(Role::Row, "INFO");
}

#[test]
fn a_crash_of_the_last_run_is_told_once() {
    let desk = Desk::new();
    fs::create_dir_all(desk.settings("state")).unwrap();
    fs::write(desk.settings("state/crash-20261122-100000.txt"), "x").unwrap();
    let mut window = desk.window(&[]);
    window.wait_says("Timberline had an internal error when it ran last");
    window.quit();
    let mut window = desk.window(&[]);
    window.wait_says("Open a log file...");
    assert!(!window.says("internal error"));
}

/// What was worked out is there again: the filter, the record, the place, the logs side by side.
#[test]
fn the_next_start_shows_what_was_looked_at() {
    let desk = Desk::new();
    let one = desk.write("one.log", lines(0..4000));
    let two = desk.write("two.log", lines(0..50));
    let mut window = desk.window(&[&one, &two]);
    window.shows(50, 50);
    window.ctrl(Key::Num1);
    window.shows(4000, 4000);
    window.ctrl_shift(Key::B);
    window.wait("two.log", |window| window.tab().name() == "two.log");
    window.press(Key::F8);
    window.wait("one.log", |window| window.tab().name() == "one.log");
    window.ctrl_shift(Key::F);
    window.type_text("\"no 012\" level>=debug");
    window.press(Key::Enter);
    window.press(Key::Escape);
    let shown = |window: &Window| window.tab().view.as_ref().map(|view| view.rows.len());
    window.wait("the filter", |window| {
        shown(window).is_some_and(|rows| (1..1000).contains(&rows))
    });
    let rows = shown(&window);
    window.press(Key::G);
    let record = window.chosen();
    assert_eq!(record.len(), 1);
    window.quit();
    // Also behind a start that was over before anything was read.
    desk.window(&[]).quit();
    let mut window = desk.window(&[]);
    window.wait("the filter", |window| shown(window) == rows);
    window.wait_chosen(&record[0]);
    assert!(window.state().split.is_some());
    assert_eq!(window.tab().name(), "one.log");
    // A log that is shorter now is another one: nothing is chosen in it.
    window.quit();
    std::fs::write(&one, lines(0..20)).unwrap();
    let mut window = desk.window(&[]);
    window.wait("the shorter log", |window| {
        let source = window.tab().source.as_ref();
        source.is_some_and(|source| source.snapshot.len() == 20)
    });
    for _ in 0..30 {
        window.frame();
    }
    assert_eq!(window.tab().selection.focus(), None);
}

/// A tab that is opened again shows what it showed.
#[test]
fn a_closed_tab_comes_back_as_it_was() {
    let desk = Desk::new();
    let log = desk.write("one.log", lines(0..4000));
    let mut window = desk.window(&[&log]);
    window.shows(4000, 4000);
    window.ctrl_shift(Key::F);
    window.type_text("\"no 012\"");
    window.press(Key::Enter);
    window.press(Key::Escape);
    window.press(Key::G);
    window.press(Key::J);
    window.press(Key::Z);
    let record = window.chosen();
    window.ctrl(Key::W);
    window.wait("no log", |window| window.state().tabs.is_empty());
    window.ctrl_shift(Key::T);
    window.wait_chosen(&record[0]);
    window.wait_says("Remove no 012");
    assert!(window.tab().table.wraps());
}

/// A filter in the session that was spoilt by hand is told; the log is shown whole.
#[test]
fn a_kept_filter_that_is_no_query_is_told() {
    let desk = Desk::new();
    let log = desk.write("one.log", lines(0..9));
    let entry = format!("[[tabs]]\npath = {log:?}\nfilter = \"level>=\"\n");
    fs::write(desk.settings("session.toml"), entry).unwrap();
    let mut window = desk.window(&[]);
    window.shows(9, 9);
    window.wait_says("The query cannot be used");
}
