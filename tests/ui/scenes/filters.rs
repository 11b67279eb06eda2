//! Levels, texts, and how filters combine.

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton};

use crate::common::{Desk, Window, line};

const LEVELS: [&str; 5] = ["DEBUG", "INFO", "WARNING", "ERROR", "NOTICE"];
const WORDS: [&str; 4] = ["Timeout", "timeouts", "retry(3)", "all well"];

/// 100 records: every level 20 times, every word 25 times.
fn open(desk: &Desk) -> Window {
    let text: String = (0..100)
        .map(|number| {
            let at = number as usize;
            line(number, LEVELS[at % 5], "app.web", WORDS[at % 4])
        })
        .collect();
    let log = desk.write("app.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(100, 100);
    window
}

/// The chip of a level.
fn chip(window: &mut Window, level: &str) -> egui::Pos2 {
    window
        .wait_role(Role::Button, &format!("{level}, 20 records"))
        .center()
}

fn click_chip(window: &mut Window, level: &str, button: PointerButton) {
    let at = chip(window, level);
    window.click_at(at, button, Modifiers::NONE);
}

fn no_row_says(window: &Window, words: &str) {
    for row in window.rows() {
        assert!(!row.label.contains(words), "{}", row.label);
    }
}

#[test]
fn a_click_on_a_level_hides_and_shows_it() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.wait_says("INFO, 20 records, shown");
    click_chip(&mut window, "INFO", PointerButton::Primary);
    window.shows(80, 100);
    no_row_says(&window, " INFO ");
    window.wait_says("INFO, 20 records, hidden");
    click_chip(&mut window, "INFO", PointerButton::Primary);
    window.shows(100, 100);
}

/// Also where it is the least one that is shown: that rises, and goes down again.
#[test]
fn a_click_on_the_least_level_makes_the_next_one_the_least() {
    let desk = Desk::new();
    let mut window = open(&desk);
    click_chip(&mut window, "WARNING", PointerButton::Secondary);
    window.click("WARNING and above");
    window.shows(40, 100);
    click_chip(&mut window, "WARNING", PointerButton::Primary);
    window.shows(20, 100);
    window.wait_says("Remove ERROR and above");
    assert!(!window.says("Remove WARNING"), "one part says it");
    click_chip(&mut window, "WARNING", PointerButton::Primary);
    window.shows(40, 100);
    window.wait_says("Remove WARNING and above");
    // One that is not next to it.
    click_chip(&mut window, "DEBUG", PointerButton::Primary);
    window.shows(60, 100);
}

/// And not one for each of the others, of which new ones may come.
#[test]
fn one_level_alone_is_one_part_of_the_filter() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let text = |window: &mut Window| {
        let before = window.copied.len();
        window.ctrl_shift(Key::P);
        window.type_text("copy the filter");
        window.press(Key::Enter);
        window.wait("the filter's text", |window| window.copied.len() > before);
        window.copied.last().cloned().unwrap()
    };
    click_chip(&mut window, "ERROR", PointerButton::Secondary);
    window.click("Only ERROR");
    window.shows(20, 100);
    assert_eq!(text(&mut window), "level:error");
    desk.append("app.log", &line(100, "CRITICAL", "app.web", "late"));
    window.shows(20, 101);
    // Others come beside it, and go again.
    click_chip(&mut window, "INFO", PointerButton::Primary);
    window.shows(40, 101);
    assert_eq!(text(&mut window), "level:error OR level:info");
    click_chip(&mut window, "ERROR", PointerButton::Primary);
    window.shows(20, 101);
    assert_eq!(text(&mut window), "level:info");
    click_chip(&mut window, "INFO", PointerButton::Primary);
    window.wait_says("Showing 0 of 101");
    // Typed, it is the same.
    window.click("All levels");
    window.shows(101, 101);
    window.ctrl_shift(Key::F);
    window.type_text("level:error");
    window.shows(20, 101);
    window.wait_says("INFO, 20 records, hidden");
}

#[test]
fn this_and_above_knows_the_place_of_custom_levels() {
    let desk = Desk::new();
    let mut window = open(&desk);
    click_chip(&mut window, "NOTICE", PointerButton::Secondary);
    window.click("NOTICE and above");
    window.shows(60, 100);
    no_row_says(&window, " INFO ");
    no_row_says(&window, " DEBUG ");
    window.wait_place("Showing NOTICE and above");
    click_chip(&mut window, "ERROR", PointerButton::Secondary);
    window.click("Only ERROR");
    window.shows(20, 100);
    window.click("All levels");
    window.shows(100, 100);
}

#[test]
fn text_filters_while_it_is_typed() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::F);
    window.type_text("time");
    window.shows(50, 100);
    window.type_text("outs");
    window.shows(25, 100);
    window.press(Key::Backspace);
    window.shows(50, 100);
    // Letters are text now, not keys.
    window.type_text(" no 00000 fgenw");
    window.shows(0, 100);
    window.wait_says("The filters hide everything");
    window.click("Clear all filters");
    window.shows(100, 100);
}

#[test]
fn switches_for_case_word_and_expression() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::F);
    window.type_text("timeout");
    window.shows(50, 100);
    window.click("Match case");
    window.shows(25, 100);
    window.click("Match case");
    window.click("Whole word");
    window.shows(25, 100);
    window.click("Whole word");
    window.shows(50, 100);
    window.click("Regular expression");
    window.ctrl_shift(Key::F);
    window.ctrl(Key::A);
    window.type_text("^.*(WARNING|ERROR).*timeouts");
    window.shows(10, 100);
}

#[test]
fn an_invalid_expression_says_why_and_keeps_the_rows() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::F);
    window.type_text("retry");
    window.shows(25, 100);
    window.click("Regular expression");
    window.shows(25, 100);
    window.ctrl_shift(Key::F);
    window.press(Key::End);
    window.type_text("(");
    window.wait_says("Nothing changes until it is right");
    window.wait_says("unclosed group");
    assert!(window.says("Showing 25 of 100"));
    assert!(window.rows().iter().all(|row| row.label.contains("retry")));
    window.press(Key::Backspace);
    window.wait_gone("Nothing changes until it is right");
    window.shows(25, 100);
    // As plain text the bracket is only a bracket.
    window.click("Regular expression");
    window.ctrl_shift(Key::F);
    window.press(Key::End);
    window.type_text("(3)");
    window.shows(25, 100);
}

#[test]
fn texts_that_are_kept_become_chips_and_combine() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::F);
    window.type_text("timeout");
    window.press(Key::Enter);
    window.shows(50, 100);
    window.click("Hide what matches");
    window.ctrl_shift(Key::F);
    window.type_text("timeouts");
    window.shows(25, 100);
    window.press(Key::Enter);
    click_chip(&mut window, "INFO", PointerButton::Primary);
    window.shows(20, 100);
    let remove = window.wait_role(Role::Button, "Remove timeouts").center();
    window.click_at(remove, PointerButton::Primary, Modifiers::NONE);
    window.shows(40, 100);
    window.click("Clear all");
    window.shows(100, 100);
}

#[test]
fn the_menu_of_a_row_filters_by_what_is_under_the_pointer() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.click_row("no 00003", PointerButton::Secondary, Modifiers::NONE);
    window.click("Only ERROR");
    window.shows(20, 100);
    window.press(Key::Escape);
    window.ctrl_shift(Key::Backspace);
    window.shows(100, 100);
}

#[test]
fn every_tab_has_its_own_filter() {
    let desk = Desk::new();
    let one = desk.write("one.log", line(1, "INFO", "app", "first"));
    let two = desk.write("two.log", line(2, "INFO", "app", "second"));
    let mut window = desk.window(&[&one, &two]);
    window.shows(1, 1);
    window.ctrl_shift(Key::F);
    window.type_text("nothing");
    window.shows(0, 1);
    window.press(Key::Escape);
    window.ctrl(Key::Tab);
    window.shows(1, 1);
    window.wait_row("first");
    window.ctrl(Key::Tab);
    window.shows(0, 1);
}

#[test]
fn a_filter_applies_to_records_that_arrive() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::F);
    window.type_text("retry");
    window.shows(25, 100);
    desk.append(
        "app.log",
        &[
            line(100, "INFO", "app.web", "retry(4)"),
            line(101, "INFO", "app.web", "all well"),
        ]
        .concat(),
    );
    window.shows(26, 102);
}

#[test]
fn the_filter_is_off_around_a_record_and_on_again() {
    let desk = Desk::new();
    let text: String = (0..300)
        .map(|number| {
            let level = if number % 50 == 10 { "ERROR" } else { "INFO" };
            line(number, level, "app.web", "some hay")
        })
        .collect();
    let log = desk.write("a.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(300, 300);
    window.ctrl_shift(Key::F);
    window.type_text("level:error");
    window.shows(6, 300);
    window.press(Key::Escape);
    window.shows(6, 300);
    let before = window.wait_row("no 00160").rect.top();
    window.click_row(
        "no 00160",
        egui::PointerButton::Primary,
        egui::Modifiers::NONE,
    );
    window.press(Key::C);
    window.wait_row("no 00159");
    let there = window.wait_row("no 00160").rect.top();
    assert!((there - before).abs() < 1.0, "{before} {there}");
    window.wait_chosen("no 00160");
    window.click("Filter is off: filter again");
    window.wait("the filter", |window| window.row("no 00159").is_none());
    window.wait_chosen("no 00160");
    // Another filter is in force at once.
    window.press(Key::C);
    window.wait_row("no 00159");
    window.ctrl_shift(Key::F);
    window.type_text("no 0016");
    window.shows(11, 300);
}
