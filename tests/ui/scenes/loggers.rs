//! Scene 3: filtering by logger, checked against counts taken from the file itself.

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton};

use crate::common::{Desk, Window, line, lines};

const NAMES: [&str; 7] = [
    "app.db",
    "app.dbx",
    "app.db.pool",
    "app",
    "app.web",
    "lib.http",
    "app.db",
];

/// A log with seven records of each round of `NAMES`.
fn text(rounds: u64) -> String {
    let levels = ["DEBUG", "INFO", "WARNING", "ERROR"];
    (0..rounds * NAMES.len() as u64)
        .map(|number| {
            let name = NAMES[number as usize % NAMES.len()];
            line(
                number,
                levels[number as usize % 4],
                name,
                "something happened",
            )
        })
        .collect()
}

/// How many lines of the text a logger's subtree wrote.
fn written(text: &str, logger: &str) -> u64 {
    let (own, below) = (format!("[{logger}]"), format!("[{logger}."));
    let of = |line: &&str| line.contains(&own) || line.contains(&below);
    text.lines().filter(of).count() as u64
}

fn open(desk: &Desk, rounds: u64) -> (Window, String) {
    let text = text(rounds);
    let log = desk.write("app.log", &text);
    let mut window = desk.window(&[&log]);
    let all = rounds * NAMES.len() as u64;
    window.shows(all, all);
    (window, text)
}

fn node(window: &mut Window, name: &str) -> egui::Rect {
    window.wait_place(name)
}

#[test]
fn a_click_shows_a_subtree_alone_and_again_everything() {
    let desk = Desk::new();
    let (mut window, text) = open(&desk, 30);
    window.click_role(Role::TreeItem, "app.db");
    let expected = written(&text, "app.db");
    assert_eq!(expected, 90);
    window.shows(expected, 210);
    for row in window.rows() {
        assert!(row.label.contains("app.db"), "{}", row.label);
        assert!(!row.label.contains("app.dbx"), "{}", row.label);
    }
    window.click_role(Role::TreeItem, "app.db");
    window.shows(210, 210);
}

#[test]
fn every_node_shows_what_the_file_has() {
    let desk = Desk::new();
    let (mut window, text) = open(&desk, 6);
    for name in ["app", "app.db.pool", "app.dbx", "lib", "lib.http"] {
        if window.place(name).is_none() {
            // Deeper nodes are folded at first.
            window.ctrl(Key::L);
            window.type_text(name);
        }
        let at = node(&mut window, name).center();
        window.click_at(at, PointerButton::Primary, Modifiers::NONE);
        window.shows(written(&text, name), 42);
        window.click("Clear loggers");
        window.shows(42, 42);
    }
}

#[test]
fn ctrl_click_adds_and_the_chips_take_away() {
    let desk = Desk::new();
    let (mut window, text) = open(&desk, 10);
    window.click("app.dbx");
    window.shows(written(&text, "app.dbx"), 70);
    let at = node(&mut window, "lib").center();
    window.click_at(
        at,
        PointerButton::Primary,
        Modifiers::COMMAND | Modifiers::CTRL,
    );
    window.shows(written(&text, "app.dbx") + written(&text, "lib"), 70);
    window.wait_place("Showing app.dbx");
    window.click("Remove app.dbx");
    window.shows(written(&text, "lib"), 70);
    window.wait_gone("Showing app.dbx");
    window.click("Remove lib");
    window.shows(70, 70);
}

#[test]
fn the_check_box_excludes() {
    let desk = Desk::new();
    let (mut window, text) = open(&desk, 10);
    window.click("Exclude app.db");
    let left = 70 - written(&text, "app.db");
    window.shows(left, 70);
    assert!(window.row("[app.db]").is_none());
    window.wait_place("Hiding app.db");
    window.click("Remove app.db");
    window.shows(70, 70);
}

#[test]
fn the_context_menu_excludes_and_shows_one_logger_without_its_children() {
    let desk = Desk::new();
    let (mut window, text) = open(&desk, 10);
    let at = node(&mut window, "app.db").center();
    window.click_at(at, PointerButton::Secondary, Modifiers::NONE);
    window.click("Only this logger, not its children");
    let only = text
        .lines()
        .filter(|line| line.contains("[app.db]"))
        .count() as u64;
    window.shows(only, 70);
    window.click("Clear loggers");
    window.shows(70, 70);
    window.click_at(at, PointerButton::Secondary, Modifiers::NONE);
    window.click("Exclude");
    window.shows(70 - written(&text, "app.db"), 70);
}

#[test]
fn a_part_of_a_chosen_subtree_can_be_excluded() {
    let desk = Desk::new();
    let (mut window, text) = open(&desk, 10);
    window.click("app");
    window.shows(written(&text, "app"), 70);
    window.click("Exclude app.db");
    window.shows(written(&text, "app") - written(&text, "app.db"), 70);
    window.ctrl_shift(Key::Backspace);
    window.shows(70, 70);
}

#[test]
fn a_logger_that_appears_later_in_a_chosen_subtree_is_shown() {
    let desk = Desk::new();
    let (mut window, text) = open(&desk, 10);
    let before = written(&text, "app.db");
    window.click("app.db");
    window.shows(before, 70);
    let more = [
        line(70, "INFO", "app.db.migrations", "newly started"),
        line(71, "INFO", "app.dbz", "not below it"),
        line(72, "ERROR", "app.db.migrations", "failed already"),
    ];
    desk.append("app.log", &more.concat());
    window.shows(before + 2, 73);
    // The tree has the keyboard after the click; letters mean what they always mean.
    window.press(Key::F);
    window.wait_row("failed already");
    assert!(window.row("not below it").is_none());
    window.ctrl(Key::L);
    window.type_text("migrat");
    window.wait_place("app.db.migrations");
}

#[test]
fn the_chosen_record_stays_where_it_is_when_the_filter_changes() {
    let desk = Desk::new();
    let (mut window, _) = open(&desk, 60);
    // Record 217 is of app.db; go to it, then a little away from the middle.
    window.ctrl(Key::G);
    window.type_text("218");
    window.press(Key::Enter);
    window.wait_chosen("no 00217");
    window.wheel(66.0);
    let top = |window: &Window| window.row("no 00217").unwrap().rect.top();
    let before = top(&window);
    window.click("app.db");
    window.shows(180, 420);
    assert!((top(&window) - before).abs() < 1.0, "moved with the filter");
    window.wait_chosen("no 00217");
    window.click("Clear loggers");
    window.shows(420, 420);
    assert!(
        (top(&window) - before).abs() < 1.0,
        "moved without the filter"
    );
}

#[test]
fn details_and_rows_lead_to_their_logger() {
    let desk = Desk::new();
    let (mut window, text) = open(&desk, 5);
    window.click_row("no 00001", PointerButton::Primary, Modifiers::NONE);
    window.wait_says("something happened no 00001");
    let link = window.wait_role(Role::Link, "app.dbx").center();
    window.click_at(link, PointerButton::Primary, Modifiers::NONE);
    window.shows(written(&text, "app.dbx"), 35);
    window.click("Clear loggers");
    window.shows(35, 35);
    window.click_row("no 00005", PointerButton::Secondary, Modifiers::NONE);
    window.click_role(Role::Button, "Exclude logger");
    window.shows(35 - written(&text, "lib.http"), 35);
}

#[test]
fn the_tree_works_by_keyboard() {
    let desk = Desk::new();
    let (mut window, text) = open(&desk, 5);
    window.ctrl(Key::L);
    // The box, then root -> app -> app.db
    for key in [Key::ArrowDown, Key::Home, Key::ArrowDown, Key::ArrowDown] {
        window.press(key);
    }
    window.press(Key::Enter);
    window.shows(written(&text, "app.db"), 35);
    window.press(Key::Delete);
    window.shows(35 - written(&text, "app.db"), 35);
    window.press(Key::Delete);
    window.shows(35, 35);
    // Right opens app.db; its child comes next.
    window.press(Key::ArrowRight);
    window.press(Key::ArrowDown);
    window.press(Key::Space);
    window.shows(written(&text, "app.db.pool"), 35);
}

#[test]
fn a_narrow_window_shows_the_tree_when_it_is_asked_for() {
    let desk = Desk::new();
    let log = desk.write("app.log", text(10));
    let mut window = desk.sized(&[&log], [600.0, 500.0]);
    window.shows(70, 70);
    let in_sight = |window: &Window| window.place("Logger tree").is_some();
    assert!(!in_sight(&window), "nobody asked");
    // What is typed finds a logger, and is no command of the table.
    window.ctrl(Key::L);
    window.type_text("lib");
    assert!(in_sight(&window), "{}", window.describe());
    window.wait_place("lib.http");
    assert!(window.place("app.db").is_none(), "{}", window.describe());
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.shows(written(&text(10), "lib"), 70);
    assert!(in_sight(&window), "a choice is seen");
    window.press(Key::Escape);
    window.frame();
    assert!(!in_sight(&window), "closed");
    for _ in 0..2 {
        window.ctrl(Key::B);
        window.frame();
        assert!(in_sight(&window), "asked for");
        window.click("Loggers");
        window.frame();
        assert!(!in_sight(&window), "the button was on");
    }
    window.ctrl_shift(Key::L);
    window.type_text("thr");
    assert!(
        window.place("Find a field").is_some(),
        "{}",
        window.describe()
    );
}

/// Deep in the tree a name is worth more than the counts at its right.
#[test]
fn names_deep_in_the_tree_are_read_beside_their_counts() {
    let desk = Desk::new();
    let logger = "com.example.platform.billing.rendering.pdf.parts.Watermark";
    let rows: String = (0..1200)
        .map(|no| line(no, "ERROR", logger, "retry"))
        .collect();
    let log = desk.write("deep.log", lines(0..3) + &rows);
    let mut window = desk.window(&[&log]);
    window.shows(1203, 1203);
    window.ctrl(Key::L);
    window.type_text("Watermark");
    window.ctrl_shift(Key::F);
    window.type_text("retry");
    window.shows(1200, 1203);
    let shown = |window: &Window, text: &str| {
        let texts = window.painted();
        texts.iter().any(|(painted, _)| painted == text)
    };
    for name in ["Watermark", "pdf", "rendering"] {
        window.wait(name, |window| shown(window, name));
    }
    // Where there is room for both, both are there.
    assert!(shown(&window, " / 1,200"));
}
