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
