//! What the window says so that nobody has to guess: why an entry does nothing, what else would fit.

use std::fs;

use egui::accesskit::Role;
use egui::{Event, Key, Order};

use crate::common::{Desk, Window, lines};

/// Rests the pointer on something until its tooltip is there.
#[track_caller]
fn wait_hint(window: &mut Window, name: &str, hint: &str) {
    let at = window.wait_role(Role::Button, name).center();
    window.events([Event::PointerMoved(at)]);
    window.wait_says(hint);
}

#[test]
fn entries_that_do_nothing_say_why() {
    let desk = Desk::new();
    let mut window = desk.window(&[]);
    window.menu(&["File"]);
    wait_hint(&mut window, "Export...", "No log is open");
    window.press(Key::Escape);
    let log = desk.write("a.log", lines(0..3));
    let mut window = desk.window(&[&log]);
    window.shows(3, 3);
    window.menu(&["File"]);
    wait_hint(&mut window, "Keep a copy...", "The log is a file already");
}

/// Also a box says by which key it is reached.
#[test]
fn the_filter_box_and_the_copy_of_a_message_tell_their_keys() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..3));
    let mut window = desk.window(&[&log]);
    window.shows(3, 3);
    let at = window.wait_role(Role::TextInput, "Filter").center();
    window.events([Event::PointerMoved(at)]);
    window.wait_says("Filter by text (Ctrl+Shift+F)");
    window.press(Key::J);
    window.wait_says("Raw");
    wait_hint(&mut window, "Copy message", "Copy message (Ctrl+Shift+C)");
}

/// A key that can do nothing says why, as its entry in the menu does.
#[test]
fn keys_that_do_nothing_say_why() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..3));
    let mut window = desk.window(&[&log]);
    window.shows(3, 3);
    for (key, why) in [
        (Key::M, "No record is chosen"),
        (Key::F8, "Only one log is shown"),
        (Key::F2, "No record is marked"),
    ] {
        window.press(key);
        window.wait_says(why);
    }
    let mut window = desk.window(&[]);
    for key in [Key::ArrowDown, Key::PageDown, Key::Home, Key::Enter] {
        window.press(key);
        window.frame();
        assert!(!window.says("No log is open"), "{key:?} is of any page");
    }
    for key in [Key::M, Key::F7] {
        window.press(key);
        window.wait_says("No log is open");
        window.click("Dismiss notice");
        window.wait_gone("No log is open");
    }
    window.ctrl(Key::G);
    window.wait_says("No log is open");
}

/// A tooltip is not wider than a small window.
#[test]
fn tooltips_fit_a_narrow_window() {
    let desk = Desk::new();
    let folder = "a_long_name/".repeat(12);
    fs::create_dir_all(desk.path(&folder)).unwrap();
    let log = desk.write(&format!("{folder}a.log"), lines(0..3));
    let mut window = desk.sized(&[&log], [450.0, 700.0]);
    window.shows(3, 3);
    let at = window.wait_role(Role::Tab, "a.log").center();
    window.events([Event::PointerMoved(at)]);
    let tip = window.wait_role(Role::Label, "a_long_name");
    assert!(tip.left() >= 0.0 && tip.right() <= 450.0, "{tip}");
}

/// The tooltip of a cut cell is as wide as its text, whatever the one before it was as wide as.
#[test]
fn the_tooltip_of_a_cut_cell_has_room_for_its_words() {
    let desk = Desk::new();
    let record = |name: &str| format!("2026-11-22 10:00:00,000 INFO [{name}] x\n");
    let (short, long) = ("pool-0123456789-worker", "pool-0123456789".repeat(5));
    let log = desk.write("a.log", record(short) + &record(&long));
    let mut window = desk.window(&[&log]);
    window.shows(2, 2);
    let from = window.wait_place("Column Thread").right_center();
    window.drag(from, from - egui::vec2(100.0, 0.0));
    let column = window.wait_place("Column Thread").center().x;
    for name in [short, &long] {
        let row = window.wait_row(name).rect;
        window.events([Event::PointerMoved(egui::pos2(column, row.center().y))]);
        let tip = window.wait_role(Role::Label, name);
        assert!(tip.height() < 20.0, "{name} is on one line: {tip}");
    }
}

/// Who goes through rows by keys wants to see them.
#[test]
fn the_tooltip_of_a_cell_goes_with_a_key() {
    let desk = Desk::new();
    let long = "x".repeat(400);
    let text = format!("2026-11-22 10:00:00,000 INFO app: {long}\n").repeat(4);
    let log = desk.write("a.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(4, 4);
    let at = window.rows()[1].rect.center();
    let tip = |window: &Window| {
        window.harness.ctx.memory(|memory| {
            let layers = memory.areas().visible_layer_ids();
            layers.iter().any(|layer| layer.order == Order::Tooltip)
        })
    };
    window.events([Event::PointerMoved(at)]);
    window.wait("the tooltip", tip);
    window.press(Key::ArrowDown);
    window.frame();
    assert!(!tip(&window));
    window.events([Event::PointerMoved(at + egui::vec2(1.0, 0.0))]);
    window.wait("the tooltip again", tip);
}

/// What opens over the thing that a tooltip is of closes it, while the pointer rests.
#[test]
fn a_dialog_that_is_opened_by_key_has_no_tooltip_over_it() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..3));
    let mut window = desk.window(&[&log]);
    window.shows(3, 3);
    wait_hint(&mut window, "Follow", "Not following");
    window.ctrl(Key::Comma);
    window.wait_says("Size of everything");
    window.wait_gone("Not following");
    // Those of the dialog itself show.
    let at = window.wait_place("Defaults").center();
    window.events([Event::PointerMoved(at)]);
    window.wait_says("All but keys and what you taught");
}

/// The form follows the ending that is typed, as it does one that is chosen.
#[test]
fn the_ending_that_is_typed_chooses_the_form_of_an_export() {
    for (ending, starts) in [("csv", "asctime,"), ("jsonl", "{\""), ("txt", "2026-")] {
        let desk = Desk::new();
        let log = desk.write("a.log", lines(0..3));
        let mut window = desk.window(&[&log]);
        window.shows(3, 3);
        window.ctrl(Key::S);
        window.click_role(Role::TextInput, "Save as");
        window.ctrl(Key::A);
        let to = desk.path(&format!("typed.{ending}"));
        window.type_text(&to.display().to_string());
        window.press(Key::Enter);
        window.wait_says("3 records exported");
        let text = fs::read_to_string(&to).unwrap();
        assert!(text.starts_with(starts), "{ending}: {text}");
    }
}

/// One click reads the lines that a rotation brought in another format; the rows before it stay.
#[test]
fn another_format_after_a_rotation_is_used_with_one_click() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..6000));
    let mut window = desk.window(&[&log]);
    window.shows(6000, 6000);
    fs::rename(&log, desk.path("a.log.1")).unwrap();
    let json: String = (0..60)
        .map(|number| {
            format!(
                "{{\"timestamp\":\"2026-11-22T11:00:{number:02}.000Z\",\"level\":\"WARNING\",\"logger\":\"shop.cart\",\"message\":\"json {number:05}\"}}\n"
            )
        })
        .collect();
    desk.write("a.log", json);
    window.wait_says("This looks like another format now: ");
    // The other notice goes by itself, and with it this one moves.
    window.wait_gone("The file was rotated");
    window.frame();
    window.frame();
    window.click("Use it");
    window.shows(6060, 6060);
    window.wait_gone("This looks like another format now: ");
    window.press(Key::Home);
    window.wait_row("no 00000");
    window.press(Key::End);
    window.wait_row("json 00059");
}

/// And stays asked for.
#[test]
fn what_there_is_no_room_for_says_so() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..50));
    let mut window = desk.sized(&[&log], [800.0, 360.0]);
    window.shows(50, 50);
    for _ in 0..2 {
        window.ctrl(Key::H);
        window.wait_says("The window is too low for the timeline");
        assert!(window.state().settings.panels.timeline_visible);
    }
    window.press(Key::F7);
    window.wait_says("The window is too narrow for two logs side by side");
    // In a large one nothing is said.
    let mut window = desk.sized(&[&log], [1280.0, 800.0]);
    window.shows(50, 50);
    window.ctrl(Key::H);
    window.press(Key::F7);
    window.wait("two logs", |window| window.state().split.is_some());
    assert!(window.state().notices.all().is_empty());
    assert!(!window.state().settings.panels.timeline_visible);
}
