//! Records over time above the table.

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton, Pos2, Rect};
use egui_kittest::kittest::Queryable as _;
use timberline::ui::theme::space;

use crate::common::{Desk, Window, line, stroke};

/// 600 records, one a second; an error every hundredth.
fn open(desk: &Desk) -> Window {
    let text: String = (0..600)
        .map(|number| {
            let level = if number % 100 == 0 { "ERROR" } else { "INFO" };
            line(number, level, "app.web", "some hay")
        })
        .collect();
    let log = desk.write("a.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(600, 600);
    window.wait_says("Timeline: 600 records");
    window
}

fn place(window: &mut Window) -> Rect {
    window.wait_role(Role::Figure, "Timeline")
}

/// A place among the bars, from 0 at the left to 1 at the right.
fn at(rect: Rect, share: f32) -> Pos2 {
    Pos2::new(
        rect.left() + share * rect.width(),
        rect.top() + rect.height() / 3.0,
    )
}

fn has_keyboard(window: &Window) -> bool {
    let mut nodes = window
        .harness
        .query_all_by(|node| node.is_focused() && node.role() == Role::Figure);
    nodes.next().is_some()
}

#[test]
fn a_click_goes_there() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let bars = place(&mut window);
    window.click_at(at(bars, 0.5), PointerButton::Primary, Modifiers::NONE);
    window.wait("a record in the middle", |window| {
        let chosen = window.chosen();
        chosen
            .iter()
            .any(|row| row.contains("no 0030") || row.contains("no 0029"))
    });
}

#[test]
fn a_drag_filters_and_the_menu_clears() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let bars = place(&mut window);
    window.drag(at(bars, 0.25), at(bars, 0.75));
    window.wait("half of the records", |window| {
        (250..=350).contains(&window.tab().row_count()) && window.tab().is_filtered()
    });
    let left = window.tab().row_count();
    window.wait_says(&format!("Timeline: {left} records"));
    // In times that can be read, and no finer than a point of the picture.
    let range = window.tab().filter.spec.time;
    for moment in [range.since, range.until] {
        assert_eq!(moment.unwrap().0 % 1_000_000, 0, "{range:?}");
    }
    window.click_at(at(bars, 0.5), PointerButton::Secondary, Modifiers::NONE);
    window.click("Clear the time filter");
    window.shows(600, 600);
}

#[test]
fn a_drag_with_shift_zooms_and_the_menu_shows_all() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let bars = place(&mut window);
    window.drag_with(Modifiers::SHIFT, at(bars, 0.4), at(bars, 0.6));
    window.wait("fewer records in sight", |window| {
        (1..200).any(|count| window.says(&format!("Timeline: {count} records")))
    });
    assert!(!window.tab().is_filtered(), "nothing is hidden");
    window.click_at(at(bars, 0.5), PointerButton::Secondary, Modifiers::NONE);
    window.click("Show all times");
    window.wait_says("Timeline: 600 records");
}

#[test]
fn the_keyboard_chooses_a_range() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let mut steps = 0;
    while !has_keyboard(&window) {
        window.shift(Key::F6);
        window.frame();
        steps += 1;
        assert!(steps < 12, "no step leads to the timeline");
    }
    window.press(Key::ArrowRight);
    // Shift is let go before the frame, as over a slow remote desktop.
    for _ in 0..9 {
        window.events(stroke(Modifiers::SHIFT, Key::ArrowRight));
    }
    window.press(Key::Enter);
    window.wait("ten steps", |window| {
        window.tab().is_filtered() && (5..=100).contains(&window.tab().row_count())
    });
}

#[test]
fn it_follows_filters_and_growth_and_can_be_hidden() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::F);
    window.type_text("\"no 0010\"");
    window.wait_says("Timeline: 10 records");
    window.ctrl(Key::A);
    window.press(Key::Backspace);
    desk.append("a.log", &line(600, "ERROR", "app.web", "late"));
    window.wait_says("Timeline: 601 records");
    window.ctrl(Key::H);
    window.wait_gone("Timeline: ");
    window.ctrl(Key::H);
    window.wait_says("Timeline: 601 records");
}

/// Without times there is nothing to draw, and the rows have the room; they do not move when they are there.
#[test]
fn a_log_without_times_has_no_timeline() {
    let desk = Desk::new();
    let log = desk.write("a.jsonl", "{\"message\": \"some words\"}\n".repeat(3));
    let mut window = desk.window(&[&log]);
    window.wait("rows", |window| !window.rows().is_empty());
    let top = |window: &Window| window.rows()[0].rect.top();
    let first = top(&window);
    window.shows(3, 3);
    assert_eq!(top(&window), first);
    assert!(!window.says("Timeline"), "{}", window.describe());
    // Read again, there is none in between.
    window.press(Key::F5);
    for _ in 0..20 {
        assert!(!window.says("Timeline"), "{}", window.describe());
        window.frame();
    }
    window.shows(3, 3);
    // The first time brings it.
    let timed = "{\"timestamp\": \"2026-11-22T10:00:00Z\", \"message\": \"late\"}\n";
    desk.append("a.jsonl", timed);
    window.wait_says("Timeline: 1 record");
    assert!(top(&window) > first);
}

#[test]
fn the_scroll_bar_shows_where_errors_are() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let marked = |window: &Window| -> Vec<u64> {
        let marks = &window.tab().timeline.marks;
        marks.iter().map(|mark| mark.row.0).collect()
    };
    window.wait("the errors of all rows", |window| {
        marked(window) == [0, 100, 200, 300, 400, 500]
    });
    // A click on one goes to its record.
    let rows = window.wait_role(Role::Table, "Records");
    // It is as long as the rows and the strip below them.
    let middle = rows.center().y + 5.0;
    let at = Pos2::new(rows.right() + space::SCROLL - 2.0, middle);
    window.click_at(at, PointerButton::Primary, Modifiers::NONE);
    window.wait_chosen("no 00300");
    window.ctrl(Key::H);
    window.wait_gone("Timeline: ");
    window.ctrl_shift(Key::F);
    window.type_text("no 0010");
    window.wait("the error of the rows that are left", |window| {
        marked(window).len() == 1
    });
}
