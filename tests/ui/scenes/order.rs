//! Records in order of time, where the file is not.

use egui::{Key, Modifiers, PointerButton};

use crate::common::{Desk, Window};

/// What two programs wrote, the second one late; the lines of a record stay with it.
const LOG: &str = "\
2026-11-22 10:00:01,000 INFO web: first
2026-11-22 10:00:04,000 ERROR web: fourth
Traceback (most recent call last):
ValueError: of this one
2026-11-22 10:00:05,000 INFO web: fifth
2026-11-22 10:00:02,000 INFO worker: second
2026-11-22 10:00:03,000 ERROR worker: third
2026-11-22 10:00:06,000 INFO web: sixth
";

const IN_FILE: [&str; 6] = ["first", "fourth", "fifth", "second", "third", "sixth"];
const IN_TIME: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "sixth"];

/// The words of the rows, from the top.
fn words(window: &Window) -> Vec<&'static str> {
    let rows = window.rows();
    let word = |label: &str| IN_TIME.into_iter().find(|word| label.contains(word));
    rows.iter().filter_map(|row| word(&row.label)).collect()
}

fn wait_order(window: &mut Window, expected: &[&str]) {
    window.wait(&format!("{expected:?}"), |window| words(window) == expected);
}

fn open(desk: &Desk) -> Window {
    let log = desk.write("app.log", LOG);
    let mut window = desk.window(&[&log]);
    window.shows(6, 6);
    wait_order(&mut window, &IN_FILE);
    window
}

#[test]
fn rows_are_put_in_order_of_time_and_back() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_with(Modifiers::SHIFT, Key::T);
    wait_order(&mut window, &IN_TIME);
    window.wait_says("Ordered by time");
    window.wait_says("Column Time");
    window.click("Ordered by time");
    wait_order(&mut window, &IN_FILE);
    window.wait_gone("Ordered by time");
    // The head of the column does the same by the pointer.
    window.click("Column Time");
    wait_order(&mut window, &IN_TIME);
    window.click("Column Time");
    wait_order(&mut window, &IN_FILE);
    window.menu(&["View", "Order by time"]);
    wait_order(&mut window, &IN_TIME);
}

#[test]
fn keys_jumps_and_choices_go_by_what_is_seen() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_with(Modifiers::SHIFT, Key::T);
    wait_order(&mut window, &IN_TIME);
    window.click_row("first", PointerButton::Primary, Modifiers::NONE);
    for word in ["third", "fourth"] {
        window.press(Key::E);
        window.wait_chosen(word);
    }
    window.press_with(Modifiers::SHIFT, Key::E);
    window.wait_chosen("third");
    for word in ["fourth", "fifth", "sixth"] {
        window.press(Key::ArrowDown);
        window.wait_chosen(word);
    }
    // From the second to the fourth there are three, wherever they stand in the file.
    window.click_row("second", PointerButton::Primary, Modifiers::NONE);
    window.click_row("fourth", PointerButton::Primary, Modifiers::SHIFT);
    window.wait("three rows", |window| window.chosen().len() == 3);
    window.copy();
    let copied = window.wait_copied();
    let at = |word: &str| copied.find(word).unwrap();
    assert!(
        at("second") < at("third") && at("third") < at("fourth"),
        "{copied}"
    );
    assert!(
        copied.ends_with("ValueError: of this one\n") && !copied.contains("first"),
        "{copied}"
    );
    // One of them less.
    window.click_row("third", PointerButton::Primary, Modifiers::COMMAND);
    window.wait("two rows", |window| window.chosen().len() == 2);
    assert!(window.chosen().iter().all(|row| !row.contains("third")));
    window.ctrl(Key::A);
    window.wait("all rows", |window| window.chosen().len() == 6);
    // Marks are gone through in the same order.
    for word in ["fifth", "second"] {
        window.click_row(word, PointerButton::Primary, Modifiers::NONE);
        window.press(Key::M);
    }
    window.click_row("first", PointerButton::Primary, Modifiers::NONE);
    for word in ["second", "fifth", "second"] {
        window.press(Key::F2);
        window.wait_chosen(word);
    }
}

#[test]
fn what_comes_late_takes_its_place() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_with(Modifiers::SHIFT, Key::T);
    wait_order(&mut window, &IN_TIME);
    window.click_row("fourth", PointerButton::Primary, Modifiers::NONE);
    desk.append("app.log", "2026-11-22 10:00:03,500 INFO late: came late\n");
    let late = window.wait_row("came late").rect;
    let after = window.row("fourth").unwrap().rect;
    let before = window.row("third").unwrap().rect;
    assert!(before.top() < late.top() && late.top() < after.top());
    window.wait_chosen("fourth");
    // A filter keeps the order, and what it hides.
    window.ctrl_shift(Key::F);
    window.type_text("logger:worker OR level:error");
    wait_order(&mut window, &["second", "third", "fourth"]);
}

#[test]
fn the_next_start_has_the_same_order() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_with(Modifiers::SHIFT, Key::T);
    wait_order(&mut window, &IN_TIME);
    window.quit();
    let mut window = desk.window(&[]);
    window.shows(6, 6);
    wait_order(&mut window, &IN_TIME);
}

#[test]
fn a_file_that_is_in_order_says_so() {
    let desk = Desk::new();
    let log = desk.write("app.log", crate::common::lines(0..5));
    let mut window = desk.window(&[&log]);
    window.shows(5, 5);
    window.press_with(Modifiers::SHIFT, Key::T);
    window.wait_says("Ordered by time");
    window.wait("no row moved", |window| {
        window
            .tab()
            .view
            .as_ref()
            .is_some_and(|view| view.shown.is_by_time())
    });
    assert!(window.tab().order().is_as_in_file());
}
