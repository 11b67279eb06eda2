//! Marked records: keys, list, notes, and what is left of them after a restart.

use std::fs;

use egui::{Key, Modifiers, PointerButton};
use timberline::app::Picked;

use crate::common::{Desk, Window, lines};

fn mark(window: &mut Window, words: &str) {
    window.click_row(words, PointerButton::Primary, Modifiers::NONE);
    window.press(Key::M);
}

fn marked(window: &Window) -> Vec<u64> {
    let marks = window.tab().bookmarks.iter();
    marks.map(|(record, _)| record.0).collect()
}

#[test]
fn records_are_marked_and_gone_to() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..500));
    let mut window = desk.window(&[&log]);
    window.shows(500, 500);
    mark(&mut window, "no 00003");
    mark(&mut window, "no 00007");
    assert_eq!(marked(&window), [3, 7]);
    window.press_with(Modifiers::CTRL, Key::End);
    window.wait_row("no 00499");
    window.press(Key::F2);
    window.wait_chosen("no 00003");
    window.press(Key::F2);
    window.wait_chosen("no 00007");
    window.shift(Key::F2);
    window.wait_chosen("no 00003");
    window.press(Key::M);
    window.wait("one mark", |window| marked(window) == [7]);
}

#[test]
fn notes_are_written_listed_and_copied() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..50));
    let mut window = desk.any_script(&[&log]);
    window.shows(50, 50);
    window.ctrl(Key::F2);
    window.wait_says("No record is marked yet");
    window.press(Key::Escape);
    mark(&mut window, "no 00001");
    mark(&mut window, "no 00003");
    window.ctrl(Key::F2);
    window.wait_says("Note to #4");
    // Below that of another record, the note of the one that was just marked has the keyboard.
    window.type_text("결제가 여기서 멈춤");
    window.click("Remove the bookmark #2");
    window.wait("one mark", |window| marked(window) == [3]);
    window.click("Copy all as Markdown");
    window.wait("copied text", |window| !window.copied.is_empty());
    let copied = window.copied.last().cloned().unwrap();
    assert!(
        copied.starts_with("# a.log\n\n- 2026-11-22 10:00:00.300, #4: `request served no 00003`"),
        "{copied}"
    );
    assert!(copied.ends_with("\n  결제가 여기서 멈춤\n"), "{copied}");
    window.click("Remove the bookmark #4");
    window.wait_says("No record is marked yet");
    assert!(!window.says("Save as Markdown"));
}

#[test]
fn marks_are_saved_where_the_desktop_says_but_never_over_a_log() {
    let desk = Desk::new();
    let text = lines(0..50);
    let log = desk.write("a.log", &text);
    let mut window = desk.window(&[&log]);
    window.shows(50, 50);
    mark(&mut window, "no 00003");
    window.ctrl(Key::F2);
    let target = desk.write("marks.md", "an older list");
    for answer in [Picked::Nothing, Picked::Target(log.clone())] {
        window.will_pick(answer);
        window.click("Save as Markdown...");
    }
    window.wait_says("This is a log that is being read");
    assert_eq!(fs::read_to_string(&log).unwrap(), text);
    assert_eq!(fs::read_to_string(&target).unwrap(), "an older list");
    window.will_pick(Picked::Target(target.clone()));
    window.click("Save as Markdown...");
    window.wait_says("The bookmarks were saved");
    window.click("Copy all as Markdown");
    window.wait("copied text", |window| !window.copied.is_empty());
    let saved = fs::read_to_string(&target).unwrap();
    assert_eq!(Some(&saved), window.copied.last());
    assert!(saved.contains("#4: `request served no 00003`"), "{saved}");
}

#[test]
fn without_a_dialog_of_the_desktop_marks_are_saved_beside_the_log() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..50));
    let there = desk.write("a.log-bookmarks.md", "precious");
    let mut window = desk.window(&[&log]);
    window.shows(50, 50);
    mark(&mut window, "no 00003");
    window.ctrl(Key::F2);
    window.will_pick(Picked::Unavailable);
    window.click("Save as Markdown...");
    window.wait_says("The bookmarks were saved");
    window.wait_says("a.log-bookmarks.1.md");
    assert_eq!(fs::read_to_string(&there).unwrap(), "precious");
    let saved = fs::read_to_string(desk.path("a.log-bookmarks.1.md")).unwrap();
    assert!(saved.starts_with("# a.log\n"), "{saved}");
}

#[test]
fn marks_outlast_a_restart_and_growth_but_not_another_file() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..50));
    let mut window = desk.window(&[&log]);
    window.shows(50, 50);
    mark(&mut window, "no 00003");
    window.settle();
    window.quit();
    desk.append("a.log", &lines(50..60));
    let mut window = desk.window(&[&log]);
    window.shows(60, 60);
    window.wait("the mark", |window| marked(window) == [3]);
    window.quit();
    desk.write("a.log", lines(1..40));
    let mut window = desk.window(&[&log]);
    window.shows(39, 39);
    assert!(marked(&window).is_empty());
}

#[test]
fn marks_are_those_of_the_log_whatever_it_is_called_by_now() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..300));
    {
        let mut window = desk.window(&[&log]);
        window.shows(300, 300);
        mark(&mut window, "no 00003");
        window.wait("one mark", |window| marked(window) == [3]);
    }
    let rotated = desk.path("a.log.1");
    std::fs::rename(&log, &rotated).unwrap();
    let log = desk.write("a.log", lines(500..800));
    let mut window = desk.window(&[&log]);
    window.shows(300, 300);
    assert!(marked(&window).is_empty(), "another log has the name");
    drop(window);
    let mut window = desk.window(&[&rotated]);
    window.shows(300, 300);
    window.wait("the mark", |window| marked(window) == [3]);
}
