//! Exceptions and patterns beside the details.

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::common::{Desk, Window, assert_apart, line, texts};

/// 300 records of a few kinds: every tenth has a traceback, every thirtieth another one, every seventh is an error without.
fn open(desk: &Desk) -> Window {
    let text: String = (0..300).map(record).collect();
    let log = desk.write("a.log", text);
    let mut window = desk.any_script(&[&log]);
    window.shows(300, 300);
    window
}

fn record(number: u64) -> String {
    let trace = |file: &str, kind: &str| {
        format!(
            "Traceback (most recent call last):\n  File \"/srv/{file}.py\", line {number}, in get\n    run()\n{kind}: {number}\n"
        )
    };
    match number {
        n if n % 30 == 0 => {
            line(n, "CRITICAL", "app.db", "no answer") + &trace("db", "TimeoutError")
        }
        n if n % 10 == 0 => {
            line(n, "ERROR", "app.api", "request failed") + &trace("api", "ValueError")
        }
        n if n % 7 == 0 => line(n, "ERROR", "app.api", "로그인 거부"),
        n => line(n, "INFO", "app.web", &format!("served /a/{n} in {n} ms,")),
    }
}

/// The groups that are listed, as a screen reader says them.
fn listed(window: &Window) -> Vec<String> {
    let nodes = window.harness.query_all_by_role(Role::ListBoxOption);
    nodes
        .filter_map(|node| node.accesskit_node().label())
        .collect()
}

fn wait_listed(window: &mut Window, expected: &[&str]) {
    window.wait(&format!("{expected:?}"), |window| {
        listed(window) == expected
    });
}

const EXCEPTIONS: [&str; 3] = [
    "38 records: 로그인 거부 no <*>",
    "20 records: ValueError in api.py:get",
    "10 records: TimeoutError in db.py:get",
];

#[test]
fn exceptions_are_grouped_and_a_click_shows_one_group_and_all_again() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::E);
    wait_listed(&mut window, &EXCEPTIONS);
    window.wait_says("3 kinds in 68 records");
    window.click(EXCEPTIONS[1]);
    window.shows(20, 300);
    wait_listed(&mut window, &EXCEPTIONS);
    assert!(
        window.says("ValueError in api.py:get"),
        "{}",
        window.describe()
    );
    window.click(EXCEPTIONS[0]);
    window.shows(38, 300);
    window.click(EXCEPTIONS[0]);
    window.shows(300, 300);
    window.click(EXCEPTIONS[2]);
    window.shows(10, 300);
    window.click("All groups");
    window.shows(300, 300);
}

/// In a narrow pane, as beside the logger tree in an enlarged window.
#[test]
fn nothing_overlaps_in_a_narrow_pane() {
    let desk = Desk::new();
    let text: String = (0..300).map(record).collect();
    let log = desk.write("a.log", text);
    for width in [450.0, 460.0, 480.0, 520.0, 700.0] {
        let mut window = desk.sized(&[&log], [width, 700.0]);
        window.shows(300, 300);
        window.ctrl_shift(Key::E);
        if !window.says("Find a logger") {
            window.ctrl(Key::B);
        }
        window.wait_says("3 kinds");
        for chosen in [false, true] {
            if chosen {
                window.click(EXCEPTIONS[1]);
                window.shows(20, 300);
            }
            let rows: Vec<_> = { window.harness.query_all_by_role(Role::ListBoxOption) }
                .map(|row| row.rect())
                .collect();
            let mut texts = texts(&window.harness.output().shapes);
            texts.retain(|(_, place)| rows.iter().any(|row| row.contains(place.center())));
            assert!(texts.len() >= 9, "{texts:?} in {width}");
            assert_apart(&texts);
            let find = window.wait_role(Role::TextInput, "Find an exception");
            let order = window.wait_role(Role::ComboBox, "Order of the groups");
            assert!(
                find.right() + 6.0 <= order.left(),
                "{find} {order} in {width}"
            );
            assert!(order.right() <= width, "{order} in {width}");
        }
    }
}

#[test]
fn patterns_are_gone_through_by_keyboard() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::G);
    let all = [
        "232 records: served <*> in <*> ms, no <*>",
        "38 records: 로그인 거부 no <*>",
        "20 records: request failed no <*>",
        "10 records: no answer no <*>",
    ];
    wait_listed(&mut window, &all);
    window.frame();
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.shows(38, 300);
    window.press(Key::Escape);
    window.shows(300, 300);
    wait_listed(&mut window, &all);
    window.press(Key::End);
    window.press(Key::Delete);
    window.shows(290, 300);
    wait_listed(&mut window, &all[..3]);
    window.ctrl_shift(Key::J);
    window.wait_says("Message");
}

#[test]
fn rare_ones_come_first_and_groups_are_looked_for() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::E);
    wait_listed(&mut window, &EXCEPTIONS);
    window.click_role(Role::ComboBox, "Order of the groups");
    window.click("Rare first");
    let mut rare = EXCEPTIONS;
    rare.reverse();
    wait_listed(&mut window, &rare);
    window.click_role(Role::TextInput, "Find an exception");
    window.type_text("api.py");
    wait_listed(&mut window, &EXCEPTIONS[1..2]);
    window.type_text("nothing");
    window.wait_says("No group has this in it.");
}

#[test]
fn the_menu_goes_to_records_and_copies() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::E);
    wait_listed(&mut window, &EXCEPTIONS);
    let place = window.wait_place(EXCEPTIONS[2]);
    window.click_at(place.center(), PointerButton::Secondary, Modifiers::NONE);
    window.click("Go to the last");
    window.wait_chosen("no answer no 00270");
    window.press_with(Modifiers::ALT, Key::ArrowUp);
    window.wait_chosen("no answer no 00240");
    window.press_with(Modifiers::ALT, Key::ArrowDown);
    window.wait_chosen("no answer no 00270");
    let place = window.wait_place(EXCEPTIONS[2]);
    window.click_at(place.center(), PointerButton::Secondary, Modifiers::NONE);
    window.click("Copy as a filter");
    let filter = "exception=\"TimeoutError in db.py:get\"";
    window.wait("the filter is copied", |window| {
        window.copied.last().is_some_and(|copied| copied == filter)
    });
}

#[test]
fn the_record_in_focus_has_a_group_too() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press(Key::G);
    window.wait_chosen("no 00000");
    window.settle();
    window.wait("the record is read", |window| window.tab().record.is_some());
    window.press_with(Modifiers::ALT, Key::ArrowDown);
    window.wait_chosen("no answer no 00030");
}

#[test]
fn what_is_new_is_counted_and_a_filter_counts() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::E);
    wait_listed(&mut window, &EXCEPTIONS);
    desk.append("a.log", &record(300));
    wait_listed(
        &mut window,
        &[
            EXCEPTIONS[0],
            EXCEPTIONS[1],
            "11 records: TimeoutError in db.py:get",
        ],
    );
    window.ctrl_shift(Key::F);
    window.type_text("logger:app.web");
    window.wait_says("No exceptions in what the filter leaves.");
}

#[test]
fn what_is_typed_stays_when_a_group_is_chosen() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::F);
    window.type_text("level:error");
    window.shows(58, 300);
    window.ctrl_shift(Key::E);
    wait_listed(&mut window, &EXCEPTIONS[..2]);
    window.click(EXCEPTIONS[1]);
    window.shows(20, 300);
    window.click(EXCEPTIONS[1]);
    window.shows(58, 300);
}

/// Words of one letter after another, like names.
fn name(number: u64) -> String {
    let letter = |at: u64| char::from(b'a' + (at % 26) as u8);
    [number, number * 7 + 3, number * 11 + 5, number / 26]
        .map(letter)
        .iter()
        .collect()
}

#[test]
fn patterns_that_overlap_say_so_and_what_it_means() {
    let desk = Desk::new();
    let told = |moves: &dyn Fn(u64) -> String| {
        let text: String = (0..240)
            .map(|n| line(n, "INFO", "app.sync", &moves(n)))
            .collect();
        let log = desk.write("moves.log", text);
        let mut window = desk.any_script(&[&log]);
        window.shows(240, 240);
        window.ctrl_shift(Key::G);
        window
    };
    // A backup to berlin would be of both.
    let mut window = told(&|n| match n % 2 {
        0 => format!("copied archive of {} to berlin", name(n / 2)),
        _ => format!("copied archive of backup to {}", name(n / 2)),
    });
    let words = "2 patterns in 240 records; 2 patterns may also match records of others";
    let place = window.wait_role(Role::Label, words);
    wait_listed(
        &mut window,
        &[
            "120 records: copied archive of <any> to berlin no <*>",
            "120 records: copied archive of backup to <any> no <*>",
        ],
    );
    window.events([egui::Event::PointerMoved(place.center())]);
    window.wait_says("may show more records than it counts");
    let mut window = told(&|n| match n % 2 {
        0 => format!("copied archive of {} to berlin", name(n / 2)),
        _ => format!("moved archive of backup to {}", name(n / 2)),
    });
    window.wait_says("2 patterns in 240 records");
    assert!(!window.says("records of others"), "{}", window.describe());
}
