//! Choosing and copying records, the details pane, columns and formats.

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton};

use crate::common::{Desk, Window, line, lines};

const CTRL: Modifiers = Modifiers {
    ctrl: true,
    command: true,
    ..Modifiers::NONE
};

fn click(window: &mut Window, words: &str, modifiers: Modifiers) {
    window.click_row(words, PointerButton::Primary, modifiers);
}

#[test]
fn ctrl_c_copies_the_chosen_records_as_they_stand_in_the_file() {
    let desk = Desk::new();
    let error = line(3, "ERROR", "app.db", "lost the connection");
    let traceback =
        "Traceback (most recent call last):\n  File \"a.py\", line 3\nValueError: gone\n";
    let text = [&lines(0..3), &error, traceback, &lines(4..10)].concat();
    let log = desk.write("app.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(10, 10);
    click(&mut window, "no 00003", Modifiers::NONE);
    let copied = window.wait_copied();
    assert_eq!(copied.trim_end(), format!("{error}{traceback}").trim_end());
    click(&mut window, "no 00005", Modifiers::SHIFT);
    window.wait_says("3 selected");
    let copied = window.wait_copied();
    let expected = [&error, traceback, &lines(4..6)].concat();
    assert_eq!(copied.trim_end(), expected.trim_end());
    click(&mut window, "no 00004", CTRL);
    click(&mut window, "no 00008", CTRL);
    let copied = window.wait_copied();
    let expected = [&error, traceback, &lines(5..6), &lines(8..9)].concat();
    assert_eq!(copied.trim_end(), expected.trim_end());
}

#[test]
fn messages_alone_are_copied_by_ctrl_shift_c() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..5));
    let mut window = desk.window(&[&log]);
    window.shows(5, 5);
    click(&mut window, "no 00001", Modifiers::NONE);
    window.shift(Key::ArrowDown);
    window.wait("two chosen rows", |window| window.chosen().len() == 2);
    window.ctrl_shift(Key::C);
    window.wait("copied text", |window| !window.copied.is_empty());
    assert_eq!(
        window.copied.last().unwrap().trim_end(),
        "request served no 00001\nrequest served no 00002"
    );
}

#[test]
fn two_chosen_records_are_compared_also_over_hidden_ones() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..5));
    let mut window = desk.window(&[&log]);
    window.shows(5, 5);
    click(&mut window, "no 00001", Modifiers::NONE);
    click(&mut window, "no 00003", Modifiers::CTRL);
    window.wait("two chosen rows", |window| window.chosen().len() == 2);
    window.press(Key::D);
    window.wait_says("+200ms");
    window.wait_says("#2");
    // A third one ends the comparison.
    click(&mut window, "no 00004", Modifiers::CTRL);
    window.wait("one record", |window| !window.says("Differences only"));
}

#[test]
fn find_tells_how_many_records_have_its_text_and_where() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..300));
    let mut window = desk.window(&[&log]);
    window.shows(300, 300);
    window.ctrl(Key::F);
    window.type_text("no 0010");
    window.wait_says("1 of 10");
    window.press(Key::F3);
    window.wait_says("2 of 10");
    window.press(Key::F3);
    window.wait_says("3 of 10");
    let rows = |window: &Window| -> Vec<u64> {
        let tab = window.tab();
        tab.finding
            .marks(tab.generation())
            .iter()
            .map(|row| row.0)
            .collect()
    };
    assert_eq!(rows(&window), (100..110).collect::<Vec<_>>());
    // What comes later counts too, and a filter leaves some.
    desk.append(
        "app.log",
        &line(1_005, "ERROR", "app.web", "no 00100 again"),
    );
    window.wait_says("3 of 11");
    window.press(Key::Escape);
    window.wait("no marks", |window| rows(window).is_empty());
}

#[test]
fn only_what_the_filter_shows_is_copied() {
    let desk = Desk::new();
    let mut text = String::new();
    for number in 0..6 {
        let logger = if number % 2 == 0 { "app.web" } else { "app.db" };
        text.push_str(&line(number, "INFO", logger, "done"));
    }
    let log = desk.write("app.log", &text);
    let mut window = desk.window(&[&log]);
    window.shows(6, 6);
    window.click_role(Role::TreeItem, "app.web");
    window.shows(3, 6);
    window.ctrl(Key::A);
    window.wait_says("3 selected");
    let copied = window.wait_copied();
    let expected: String = text.split_inclusive('\n').step_by(2).collect();
    assert_eq!(copied.trim_end(), expected.trim_end());
}

#[test]
fn shift_and_arrows_extend_and_shrink() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..8));
    let mut window = desk.window(&[&log]);
    window.shows(8, 8);
    click(&mut window, "no 00003", Modifiers::NONE);
    for _ in 0..3 {
        window.shift(Key::ArrowDown);
    }
    window.wait("four rows", |window| window.chosen().len() == 4);
    window.shift(Key::ArrowUp);
    window.wait("three rows", |window| window.chosen().len() == 3);
    window.shift(Key::End);
    window.wait("five rows", |window| window.chosen().len() == 5);
    window.press(Key::ArrowUp);
    window.wait_chosen("no 00006");
}

#[test]
fn the_details_pane_shows_the_whole_message_every_field_and_the_raw_text() {
    let desk = Desk::new();
    let text = [
        &lines(0..3),
        &line(3, "ERROR", "app.db", "lost the connection"),
        "Traceback (most recent call last):\n  File \"a.py\", line 3, in run\nValueError: gone\n",
        &lines(4..6),
    ]
    .concat();
    let log = desk.write("app.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(6, 6);
    window.press(Key::E);
    window.wait_says("ValueError: gone");
    window.wait_says("File \"a.py\", line 3, in run");
    window.wait_place("#4");
    window.click("Copy message");
    let copied = window.copied.last().unwrap();
    assert!(
        copied.starts_with("lost the connection no 00003\nTraceback"),
        "{copied}"
    );
    window.click_role(Role::Button, "Fields ");
    window.wait_role(Role::Label, "app.db");
    window.click_role(Role::Button, "Copy fields");
    let copied = window.copied.last().unwrap();
    assert!(
        copied.contains("app.db") && copied.contains("ERROR"),
        "{copied}"
    );
    window.click("Raw");
    window.wait_says("2026-11-22 10:00:00,300 ERROR [app.db] lost the connection");
    window.click("Copy as JSON");
    let json: serde_json::Value = serde_json::from_str(window.copied.last().unwrap()).unwrap();
    assert_eq!(json["logger"], "app.db");
    assert_eq!(json["level"], "ERROR");
}

/// The titles of the columns from left to right.
fn columns(window: &Window) -> Vec<String> {
    use egui_kittest::kittest::{NodeT as _, Queryable as _};
    let headers = window.harness.query_all_by_role(Role::ColumnHeader);
    let mut headers: Vec<_> = headers
        .map(|node| {
            (
                node.rect().left(),
                node.accesskit_node().label().unwrap_or_default(),
            )
        })
        .collect();
    headers.sort_by(|one, other| one.0.total_cmp(&other.0));
    let name = |(_, label): (f32, String)| label.trim_start_matches("Column ").to_owned();
    headers.into_iter().map(name).collect()
}

#[test]
fn columns_are_hidden_and_moved_and_stay_so() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..5));
    let mut window = desk.window(&[&log]);
    window.shows(5, 5);
    assert_eq!(columns(&window), ["Time", "Level", "Logger", "Message"]);
    // Logger before level, by dragging its header.
    let (from, to) = (
        window.wait_place("Column Logger").center(),
        window.wait_place("Column Level").left_center(),
    );
    window.drag(from, to);
    window.wait("the logger to be the second column", |window| {
        columns(window) == ["Time", "Logger", "Level", "Message"]
    });
    window.menu(&["View", "Columns"]);
    window.click_role(Role::CheckBox, "Time");
    window.wait("the time to be hidden", |window| {
        columns(window) == ["Logger", "Level", "Message"]
    });
    window.press(Key::Escape);
    window.quit();
    let mut window = desk.window(&[&log]);
    window.shows(5, 5);
    assert_eq!(columns(&window), ["Logger", "Level", "Message"]);
}

#[test]
fn text_without_levels_has_no_column_for_them_until_one_is_found() {
    let desk = Desk::new();
    let log = desk.write("notes.txt", "one\ntwo\n");
    let mut window = desk.window(&[&log]);
    window.shows(2, 2);
    assert_eq!(columns(&window), ["Message"]);
    desk.append("notes.txt", "ERROR: three\n");
    window.wait("the column of levels", |window| {
        columns(window) == ["Level", "Message"]
    });
}

#[test]
fn what_is_no_text_says_so_and_has_no_levels() {
    let desk = Desk::new();
    let noise: Vec<u8> = (1..=255).filter(|byte| *byte != b'\n').collect();
    let log = desk.write("a.bin", [&*noise, b"\nERROR: x\n", &*noise].concat());
    let mut window = desk.window(&[&log]);
    window.wait_says("This does not look like text");
    window.shows(3, 3);
    assert_eq!(columns(&window), ["Message"]);
    window.quit();
    // It is no surprise the second time, but as true.
    let mut window = desk.window(&[&log]);
    window.wait_says("This does not look like text");
}

#[test]
fn line_number_and_time_delta_can_be_shown() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..5));
    let mut window = desk.window(&[&log]);
    window.shows(5, 5);
    window.menu(&["View", "Columns"]);
    for title in ["File line", "Delta"] {
        window.click_role(Role::CheckBox, title);
        window.wait(title, |window| {
            columns(window).iter().any(|column| column.contains(title))
        });
    }
}

#[test]
fn a_column_that_is_dragged_wider_stays_so() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..5));
    let mut window = desk.window(&[&log]);
    window.shows(5, 5);
    let before = window.wait_place("Column Logger");
    let from = before.right_center();
    window.drag(from, from + egui::vec2(60.0, 0.0));
    let after = window.wait_place("Column Logger");
    assert!((after.width() - before.width() - 60.0).abs() < 2.0);
    window.quit();
    let mut window = desk.window(&[&log]);
    window.shows(5, 5);
    let again = window.wait_place("Column Logger");
    assert!((again.width() - after.width()).abs() < 1.0);
}

#[test]
fn a_template_is_typed_previewed_and_applied() {
    let desk = Desk::new();
    let text: String = (0..20)
        .map(|number| {
            format!(
                "{number:03}|10:00:{number:02}|worker-{}|INFO|hello {number}\n",
                number % 3
            )
        })
        .collect();
    let log = desk.write("odd.log", text);
    let mut window = desk.window(&[&log]);
    window.settle();
    window.ctrl(Key::T);
    window.wait_says("Format of odd.log");
    window.ctrl(Key::A);
    window.type_text("%(lineno)s|%(asctime)s|%(threadName)s|%(levelname)s");
    window.wait_says("start a record");
    window.type_text("|%(message)s");
    // A mistake first: it is said, and cannot be applied.
    window.type_text("%(mess");
    window.wait_says("No preview while the template has a mistake");
    for _ in 0.."%(mess".len() {
        window.press(Key::Backspace);
    }
    window.wait_says("100 % match: 20 of 20 lines start a record");
    window.click("Apply");
    window.wait_gone("Format of odd.log");
    window.wait("the columns of the template", |window| {
        columns(window) == ["Line", "Time", "Thread", "Level", "Message"]
    });
    window.shows(20, 20);
    window.wait_row("worker-1 INFO hello 1");
    window.quit();
    // The choice is remembered for the file.
    let mut window = desk.window(&[&log]);
    window.wait_row("worker-1 INFO hello 1");
    assert_eq!(
        columns(&window),
        ["Line", "Time", "Thread", "Level", "Message"]
    );
    window.ctrl(Key::T);
    window.click("Back to automatic");
    window.wait("the detected format", |window| {
        window
            .tab()
            .source
            .as_ref()
            .is_some_and(|source| source.format_was_detected)
    });
}

#[test]
fn a_known_format_is_picked_from_the_list() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..5));
    let mut window = desk.window(&[&log]);
    window.shows(5, 5);
    window.ctrl(Key::T);
    window.wait_says("Format of app.log");
    window.ctrl(Key::A);
    window.type_text("%(message)s");
    window.wait_says("5 of 5 lines start a record");
    window.click("Apply");
    window.wait("one column", |window| columns(window) == ["Message"]);
    window.shows(5, 5);
}
