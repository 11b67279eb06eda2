//! Rows of several lines among 10⁸ synthetic ones: wrapped and opened records.

use egui::accesskit::{self, Role};
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use timberline::base::id::{RecordNo, RowNo};
use timberline::query::sequence::Sequence;
use timberline::ui::action::{Action, SelectHow};
use timberline::ui::table::{Reveal, TableModel as _};
use timberline::ui::theme::space;

use crate::host::{Host, open, penned};

const HUGE: u64 = 100_000_000;
/// Height of the rows' part of the window.
const VIEW: f32 = 600.0 - space::BAR - 7.0;

/// A row in sight: its number, where it begins and how high it is, what all its lines say, whether it is open.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    number: u64,
    top: f32,
    bottom: f32,
    says: String,
    open: Option<bool>,
}

fn rows(h: &Harness<'_, Host>) -> Vec<Row> {
    let row = |node: egui_kittest::Node<'_>| {
        let inner = node.accesskit_node();
        Row {
            number: inner.data().row_index().unwrap() as u64,
            top: node.rect().top() - space::BAR,
            bottom: node.rect().bottom() - space::BAR,
            says: inner.value().unwrap_or_default(),
            open: inner.data().is_expanded(),
        }
    };
    h.get_all_by_role(Role::Row).map(row).collect()
}

fn row(h: &Harness<'_, Host>, number: u64) -> Row {
    let rows = rows(h);
    let found = rows.iter().find(|row| row.number == number).cloned();
    found.unwrap_or_else(|| panic!("{number} is not among {rows:#?}"))
}

fn press(h: &mut Harness<'_, Host>, modifiers: Modifiers, key: Key) {
    h.key_press_modifiers(modifiers, key);
    h.run();
}

fn choose(h: &mut Harness<'_, Host>, record: u64) {
    let selection = &mut h.state_mut().model.selection;
    selection.select(RecordNo(record), SelectHow::Replace, &Sequence::default());
    h.run();
}

fn reveal(h: &mut Harness<'_, Host>, row: u64, how: Reveal) {
    let host = h.state_mut();
    host.state.reveal(RowNo(row), how, &host.model);
    h.run();
}

fn wheel(h: &mut Harness<'_, Host>, points: f32) {
    h.hover_at(egui::pos2(700.0, 200.0));
    h.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, points),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    h.run();
}

fn wrap(h: &mut Harness<'_, Host>, on: bool) {
    let host = h.state_mut();
    host.state.set_wrap(on, &host.model);
    h.run();
}

const TRACE: [&str; 4] = [
    "could not connect",
    "Traceback (most recent call last):",
    "  File \"app/db.py\", line 12, in connect",
    "ConnectionError: refused",
];

#[test]
fn right_shows_all_lines_of_a_record_in_place_and_left_the_first_again() {
    let mut h = open(HUGE);
    h.state_mut().model.say(HUGE / 2, &TRACE);
    reveal(&mut h, HUGE / 2, Reveal::Centre);
    choose(&mut h, HUGE / 2);
    let before = row(&h, HUGE / 2);
    assert_eq!(
        (before.bottom - before.top, before.open),
        (20.0, Some(false))
    );
    press(&mut h, Modifiers::NONE, Key::ArrowRight);
    let after = row(&h, HUGE / 2);
    assert_eq!((after.top, after.open), (before.top, Some(true)));
    assert!(after.bottom > before.bottom + 40.0);
    assert_eq!(after.says, TRACE.join("\n"));
    assert_eq!(row(&h, HUGE / 2 + 1).top, after.bottom);
    press(&mut h, Modifiers::NONE, Key::ArrowDown);
    assert!(h.state().state.is_open(RecordNo(HUGE / 2)), "it stays open");
    press(&mut h, Modifiers::NONE, Key::ArrowUp);
    press(&mut h, Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(row(&h, HUGE / 2), before);
}

#[test]
fn the_triangle_opens_a_record_and_does_not_choose_it() {
    let mut h = open(1_000);
    h.state_mut().model.say(3, &TRACE);
    h.run();
    let cell = h.get_by_label("Column Message").rect().left();
    let at = egui::pos2(cell + 4.0, space::BAR + 3.5 * space::ROW);
    h.hover_at(at);
    h.run();
    for pressed in [true, false] {
        h.event(Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    h.run();
    assert_eq!(row(&h, 3).open, Some(true));
    assert_eq!(h.state().model.focused(), None);
}

#[test]
fn a_screen_reader_opens_and_closes_a_record() {
    let mut h = open(1_000);
    h.state_mut().model.say(3, &TRACE);
    h.run();
    for (action, open) in [
        (accesskit::Action::Expand, true),
        (accesskit::Action::Collapse, false),
    ] {
        let node = h.get_all_by_role(Role::Row).nth(3).unwrap();
        let (target_node, target_tree) = node.accesskit_node().locate();
        let request = accesskit::ActionRequest {
            action,
            target_tree,
            target_node,
            data: None,
        };
        h.event(Event::AccessKitActionRequest(request));
        h.run();
        assert_eq!(row(&h, 3).open, Some(open));
    }
    assert_eq!(row(&h, 1).open, None, "one line is all of it");
}

#[test]
fn a_record_of_one_short_line_has_nothing_to_open() {
    let mut h = open(1_000);
    h.state_mut().model.say(3, &["short"]);
    choose(&mut h, 3);
    press(&mut h, Modifiers::NONE, Key::ArrowRight);
    assert!(!h.state().state.has_open());
}

#[test]
fn long_records_are_bounded_and_say_how_much_is_left() {
    let mut h = open(1_000);
    let lines: Vec<String> = (0..900).map(|line| format!("line {line}")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    h.state_mut().model.say(2, &lines);
    wrap(&mut h, true);
    let wrapped = row(&h, 2);
    assert_eq!(wrapped.says.lines().count(), 20);
    assert_eq!(wrapped.open, Some(false));
    choose(&mut h, 2);
    press(&mut h, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(row(&h, 2).says.lines().count(), 200);
    // The line behind the last one leads to the details.
    press(&mut h, Modifiers::NONE, Key::ArrowDown);
    let mut steps = 0;
    while h.state().model.focused() == Some(RecordNo(2)) {
        press(&mut h, Modifiers::NONE, Key::ArrowDown);
        steps += 1;
        assert!(steps < 40);
    }
    assert!(steps > 5, "a record higher than the view is gone through");
    assert_eq!(h.state().model.focused(), Some(RecordNo(3)));
    let end = row(&h, 2).bottom;
    let at = h.get_by_label("Column Message").rect().left() + 30.0;
    h.hover_at(egui::pos2(at, space::BAR + end - 10.0));
    for pressed in [true, false] {
        h.event(Event::PointerButton {
            pos: egui::pos2(at, space::BAR + end - 10.0),
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    h.run();
    assert_eq!(h.state().log.last(), Some(&Action::ShowDetails));
}

#[test]
fn wrapping_keeps_the_record_that_is_looked_at_where_it_is() {
    let mut h = open(HUGE);
    let long = "words that go on ".repeat(30);
    h.state_mut().model.every_message = Some(penned(&[&long]));
    reveal(&mut h, 77_000_000, Reveal::Centre);
    choose(&mut h, 77_000_003);
    let before = row(&h, 77_000_003).top;
    wrap(&mut h, true);
    let wrapped = row(&h, 77_000_003);
    assert_eq!(wrapped.top, before);
    assert!(wrapped.bottom - wrapped.top > 60.0);
    assert_eq!(wrapped.says.replace('\n', ""), long);
    wrap(&mut h, false);
    assert_eq!(row(&h, 77_000_003).top, before);
}

#[test]
fn rows_that_are_read_late_do_not_move_what_is_looked_at() {
    let mut h = open(HUGE);
    let long = "words that go on ".repeat(30);
    h.state_mut().model.every_message = Some(penned(&[&long]));
    wrap(&mut h, true);
    reveal(&mut h, HUGE / 2, Reveal::Nearest);
    // Rows above are not read yet when they are scrolled into view.
    h.state_mut().model.loading = 0..HUGE / 2 - 4;
    wheel(&mut h, 220.0);
    let shown = rows(&h);
    let first = shown.iter().find(|row| row.number >= HUGE / 2 - 4).unwrap();
    assert!(first.number > shown[0].number, "{shown:#?}");
    let number = first.number;
    let before = first.top;
    h.state_mut().model.loading = 0..0;
    h.run();
    let after = row(&h, number);
    assert!((after.top - before).abs() < 0.5, "{before} {}", after.top);
    assert!(after.bottom - after.top > 60.0);
}

#[test]
fn the_end_is_at_the_bottom_edge_also_when_its_rows_are_read_late() {
    let mut h = open(HUGE);
    let long = "words that go on ".repeat(30);
    h.state_mut().model.every_message = Some(penned(&[&long]));
    wrap(&mut h, true);
    for (modifiers, key) in [(Modifiers::COMMAND, Key::End), (Modifiers::NONE, Key::End)] {
        press(&mut h, Modifiers::COMMAND, Key::Home);
        h.state_mut().model.loading = 0..HUGE;
        press(&mut h, modifiers, key);
        h.state_mut().model.loading = 0..0;
        h.run();
        let last = row(&h, HUGE - 1);
        assert!(last.bottom - last.top > 60.0);
        assert!((last.bottom - VIEW).abs() < 0.5, "{key:?} {last:?}");
    }
    // And while following: new rows push the others up.
    h.state_mut().model.len += 3;
    h.run();
    assert!((row(&h, HUGE + 2).bottom - VIEW).abs() < 0.5);
}

#[test]
fn keys_walk_through_wrapped_rows_without_a_gap() {
    let mut h = open(500);
    for number in 0..500u64 {
        let words = "word ".repeat((number * 37 % 90) as usize + 1);
        h.state_mut().model.say(number, &[&words]);
    }
    wrap(&mut h, true);
    for number in 0..60 {
        press(&mut h, Modifiers::NONE, Key::ArrowDown);
        assert_eq!(h.state().model.focused(), Some(RecordNo(number)));
        let row = row(&h, number);
        assert!(row.top >= -0.5 && row.bottom <= VIEW + 0.5, "{row:?}");
    }
    let mut before = rows(&h);
    for _ in 0..5 {
        press(&mut h, Modifiers::NONE, Key::PageDown);
        let after = rows(&h);
        assert!(
            after[0].number <= before.last().unwrap().number,
            "rows were skipped"
        );
        assert!(after.last().unwrap().number > before.last().unwrap().number);
        before = after;
    }
    press(&mut h, Modifiers::COMMAND, Key::End);
    assert!((row(&h, 499).bottom - VIEW).abs() < 0.5);
    press(&mut h, Modifiers::COMMAND, Key::Home);
    assert_eq!(rows(&h)[0].top, 0.0);
}

#[test]
fn everything_opened_is_closed_by_one_key() {
    let mut h = open(1_000);
    for number in [2, 4] {
        h.state_mut().model.say(number, &TRACE);
        choose(&mut h, number);
        press(&mut h, Modifiers::NONE, Key::ArrowRight);
    }
    let top = row(&h, 4).top;
    assert!(row(&h, 2).open == Some(true) && row(&h, 4).open == Some(true));
    press(&mut h, Modifiers::SHIFT, Key::ArrowLeft);
    assert!(!h.state().state.has_open());
    assert!(
        (row(&h, 4).top - top).abs() > 1.0,
        "the top of the list stays at the top"
    );
    assert_eq!(rows(&h)[0].top, 0.0);
}
