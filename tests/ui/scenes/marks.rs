//! Highlighters and quick labels: what is marked in rows, at once, after Esc and after a restart.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use timberline::base::dye::Dye;
use timberline::base::id::RecordNo;
use timberline::query::marking::RowMarks;

use crate::common::{Desk, Window, line, lines};

fn marks(window: &Window, record: u64) -> RowMarks {
    let row = window.tab().rows.get(RecordNo(record));
    row.map(|row| row.marks.clone()).unwrap_or_default()
}

/// The marked parts of a record's cells.
fn parts(window: &Window, record: u64) -> Vec<(String, Dye)> {
    let Some(row) = window.tab().rows.get(RecordNo(record)) else {
        return Vec::new();
    };
    let part = |part: &timberline::query::marking::CellMark| {
        (
            row.cells[part.cell][part.range.clone()].to_owned(),
            part.dye,
        )
    };
    row.marks.parts.iter().map(part).collect()
}

fn log(desk: &Desk) -> std::path::PathBuf {
    let mut text = lines(0..5);
    text += &line(5, "ERROR", "app.db", "user kim.lee failed, status=503");
    desk.write("a.log", text)
}

fn add_rule(window: &mut Window, pattern: &str, kind: Option<&str>) {
    window.click("Add a rule");
    for _ in 0..3 {
        window.frame();
    }
    window.type_text(pattern);
    if let Some(kind) = kind {
        let rules = window.state().highlights_draft.as_ref();
        let count = rules.unwrap().active_set().unwrap().rules.len();
        window.click(&format!("Kind of rule {count}"));
        window.click_last(kind);
    }
}

#[test]
fn rules_are_seen_at_once_and_kept_when_they_are_saved() {
    let desk = Desk::new();
    let log = log(&desk);
    let mut window = desk.window(&[&log]);
    window.shows(6, 6);
    window.ctrl_shift(Key::H);
    window.wait_says("No rules yet");
    add_rule(&mut window, "FAILED", None);
    let failed = || vec![("failed".to_owned(), Dye::Yellow)];
    window.wait("the mark", |window| parts(window, 5) == failed());
    // What was typed is not dropped without a word; then Esc shows the rows as they were.
    window.press(Key::Escape);
    window.wait_says("The rules are not saved");
    window.frame();
    assert!(has_keyboard(&window, "Save"), "{}", window.describe());
    assert_eq!(parts(&window, 5), failed());
    window.press(Key::Escape);
    window.wait_gone("Highlighters");
    window.wait("no mark", |window| parts(window, 5).is_empty());
    window.ctrl_shift(Key::H);
    add_rule(&mut window, "failed", None);
    add_rule(&mut window, "level:error app.db", Some("Query"));
    window.wait("the row", |window| {
        marks(window, 5).row == Some(Dye::Yellow)
    });
    assert_eq!(marks(&window, 4), RowMarks::default());
    // The first rule that marks a row counts.
    add_rule(&mut window, "status>=500", Some("Query"));
    window.click("Colour of rule 3: Yellow");
    window.click("Blue");
    window.click("Rule 3 counts before the one above");
    window.wait("the other row", |window| {
        marks(window, 5).row == Some(Dye::Blue)
    });
    window.click("Save");
    window.wait_gone("Highlighters");
    window.settle();
    assert_eq!(marks(&window, 5).row, Some(Dye::Blue));
    window.quit();
    let mut window = desk.window(&[&log]);
    window.shows(6, 6);
    window.wait("the marks", |window| {
        marks(window, 5).row == Some(Dye::Blue) && parts(window, 5) == failed()
    });
}

#[test]
fn a_bad_rule_says_where_and_the_others_count() {
    let desk = Desk::new();
    let log = log(&desk);
    let mut window = desk.window(&[&log]);
    window.shows(6, 6);
    window.ctrl_shift(Key::H);
    add_rule(&mut window, "a(b", Some("Expression"));
    window.wait_says("At character 2: unclosed group");
    add_rule(&mut window, "a \"b", Some("Query"));
    window.wait_says("At character 3");
    add_rule(&mut window, "failed", None);
    window.wait("the mark", |window| parts(window, 5).len() == 1);
}

#[test]
fn rules_are_copied_and_pasted() {
    let desk = Desk::new();
    let log = log(&desk);
    let mut window = desk.window(&[&log]);
    window.shows(6, 6);
    window.ctrl_shift(Key::H);
    window.click("Add from examples");
    window.click("Errors in words");
    window.wait("the mark", |window| {
        parts(window, 5).contains(&("failed".to_owned(), Dye::Red))
    });
    window.click("Copy as TOML");
    let copied = window.copied.last().cloned().unwrap();
    assert!(copied.contains("colour = \"red\""), "{copied}");
    window.click("Delete these rules");
    window.wait("no mark", |window| parts(window, 5).is_empty());
    let bad = copied.replacen("colour = \"red\"", "colour = \"loud\"", 1);
    window.events([Event::Paste(bad)]);
    window.wait_says("rule 1: unknown variant");
    window.events([Event::Paste(copied)]);
    window.wait("the mark", |window| !parts(window, 5).is_empty());
    window.events([Event::Paste("nothing".to_owned())]);
    window.wait_says("No rules can be taken over");
}

/// Points at a word of a row.
fn point_at(window: &mut Window, row: &str, word: &str) -> Pos2 {
    let place = window.wait_row(row).rect;
    let mut at = place.left_center();
    while window.tab().table.word.as_deref() != Some(word) {
        assert!(at.x < place.right(), "no {word} in {row}");
        at.x += 5.0;
        window.events([Event::PointerMoved(at)]);
    }
    at
}

#[test]
fn a_word_gets_a_colour_and_loses_it() {
    let desk = Desk::new();
    let log = log(&desk);
    let mut window = desk.window(&[&log]);
    window.shows(6, 6);
    point_at(&mut window, "kim.lee", "kim.lee");
    window.ctrl_shift(Key::Num1);
    let kim = || vec![("kim.lee".to_owned(), Dye::Red)];
    window.wait("the mark", |window| parts(window, 5) == kim());
    window.wait_says("Highlighted in Red: kim.lee");
    window.settle();
    window.quit();
    let mut window = desk.window(&[]);
    window.shows(6, 6);
    window.wait("the mark of before", |window| parts(window, 5) == kim());
    window.click("Remove the highlight of kim.lee");
    window.wait("no mark", |window| parts(window, 5).is_empty());
}

#[test]
fn a_query_marks_its_texts_where_it_is_told_to() {
    let desk = Desk::new();
    let log = log(&desk);
    let mut window = desk.window(&[&log]);
    window.shows(6, 6);
    window.ctrl_shift(Key::H);
    add_rule(&mut window, "level:error kim", Some("Query"));
    window.wait("the row", |window| {
        marks(window, 5).row == Some(Dye::Yellow)
    });
    window.click("What rule 1 marks");
    window.click_last("Match");
    window.wait("the text", |window| {
        marks(window, 5).row.is_none() && parts(window, 5) == [("kim".to_owned(), Dye::Yellow)]
    });
}

#[test]
fn words_of_a_record_are_coloured_by_key_alone() {
    let desk = Desk::new();
    let log = log(&desk);
    let mut window = desk.window(&[&log]);
    window.shows(6, 6);
    window.events([Event::PointerGone]);
    window.shift(Key::G);
    window.wait_chosen("kim.lee");
    window.ctrl_shift(Key::Num2);
    window.wait_role(Role::ListBoxOption, "failed");
    // The level has no colour but its own.
    assert!(window.place("ERROR").is_none());
    window.type_text("kim");
    window.settle();
    window.press(Key::Enter);
    let kim = |dye| vec![("kim.lee".to_owned(), dye)];
    window.wait("the mark", |window| parts(window, 5) == kim(Dye::Orange));
    // Another key gives another colour.
    window.press(Key::V);
    window.wait_role(Role::ListBoxOption, "failed");
    window.type_text("kim");
    window.settle();
    window.ctrl_shift(Key::Num4);
    window.wait("the mark", |window| parts(window, 5) == kim(Dye::Green));
    assert!(!window.state().dialogs.is_open());
    // So does the text that Find looks for.
    window.ctrl(Key::F);
    window.type_text("served");
    window.settle();
    window.ctrl_shift(Key::Num9);
    window.wait("the mark", |window| {
        parts(window, 4) == [("served".to_owned(), Dye::Grey)]
    });
}

#[test]
fn values_and_words_of_a_record_filter_by_key_alone() {
    let desk = Desk::new();
    let log = log(&desk);
    let mut window = desk.window(&[&log]);
    window.shows(6, 6);
    window.shift(Key::G);
    window.wait_chosen("kim.lee");
    window.press(Key::V);
    window.wait_role(Role::ListBoxOption, "503");
    window.type_text("503");
    window.settle();
    window.press(Key::Enter);
    window.shows(1, 6);
    window.wait_role(Role::Button, "Remove status:503");
    window.ctrl_shift(Key::Backspace);
    window.shows(6, 6);
    window.press(Key::V);
    window.wait_role(Role::ListBoxOption, "failed");
    window.type_text("failed");
    window.settle();
    window.press_with(Modifiers::ALT, Key::Enter);
    window.shows(5, 6);
    window.wait_role(Role::Button, "Remove failed");
    // The menu of the row offers the same.
    window.press(Key::K);
    window.settle();
    window.press_with(Modifiers::SHIFT, Key::F10);
    window.click_last_containing("Values and words of the record");
    window.wait_role(Role::ListBoxOption, "app.web");
    window.press(Key::Escape);
    assert!(!window.state().dialogs.is_open());
}

#[test]
fn what_is_selected_in_the_details_gets_a_colour() {
    let desk = Desk::new();
    let log = log(&desk);
    let mut window = desk.window(&[&log]);
    window.shows(6, 6);
    window.click_row("kim.lee", PointerButton::Primary, Modifiers::NONE);
    let text = window.wait_role(Role::Label, "user kim.lee failed");
    let at = text.left_top() + vec2(1.0, 8.0);
    window.drag(at, at + vec2(30.0, 0.0));
    for _ in 0..3 {
        window.frame();
    }
    window.ctrl_shift(Key::Num3);
    window.wait("the mark", |window| {
        parts(window, 5) == [("user".to_owned(), Dye::Yellow)]
    });
    window.ctrl_shift(Key::Num0);
    window.wait("no mark", |window| parts(window, 5).is_empty());
}

#[test]
fn a_menu_colours_a_value() {
    let desk = Desk::new();
    let log = log(&desk);
    let mut window = desk.window(&[&log]);
    window.shows(6, 6);
    let at = point_at(&mut window, "kim.lee", "status");
    window.click_at(at, PointerButton::Secondary, Modifiers::NONE);
    window.click("Highlight in Green");
    window.wait("the mark", |window| {
        parts(window, 5) == [("status".to_owned(), Dye::Green)]
    });
}

#[test]
fn every_line_of_a_wrapped_record_is_marked_and_its_words_are_found() {
    let desk = Desk::new();
    let mut text = lines(0..5);
    text += &line(5, "ERROR", "app.db", "kim.lee boom");
    text += "Traceback (most recent call last):\n  see https://shop.example/help\n";
    let log = desk.write("a.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(6, 6);
    window.click_row("boom", PointerButton::Primary, Modifiers::NONE);
    window.press(Key::ArrowRight);
    for _ in 0..3 {
        window.frame();
    }
    let row = window.wait_row("boom").rect;
    assert!(row.height() > 40.0, "{row:?}");
    window.ctrl_shift(Key::H);
    add_rule(&mut window, "traceback", None);
    window.click("Save");
    window.wait("a mark in the second line", |window| {
        let marks = marks(window, 5);
        marks
            .parts
            .iter()
            .any(|part| (part.line, part.range.clone()) == (1, 0..9))
    });
    // The last line of the record.
    let mut at = row.left_bottom() - vec2(0.0, 6.0);
    while window.tab().table.word.as_deref() != Some("https://shop.example/help") {
        assert!(at.x < row.right(), "no address");
        at.x += 5.0;
        window.events([Event::PointerMoved(at)]);
    }
    window.click_at(
        at,
        PointerButton::Primary,
        Modifiers::COMMAND | Modifiers::CTRL,
    );
    assert_eq!(window.opened, ["https://shop.example/help"]);
}

/// In a narrow window a rule has two lines, and nothing of it is outside of the dialog.
#[test]
fn rules_fit_a_narrow_window() {
    for width in [440.0, 480.0, 640.0, 1280.0] {
        let desk = Desk::new();
        let log = desk.write("a.log", lines(0..3));
        let mut window = desk.sized(&[&log], [width, 600.0]);
        window.shows(3, 3);
        window.ctrl_shift(Key::H);
        window.click("Add a rule");
        window.wait_says("Pattern of rule 1");
        for _ in 0..20 {
            window.frame();
        }
        let right = window.wait_place("Close (Esc)").right() + 1.0;
        assert!(right < width, "{width}");
        let parts = [
            "Rule 1 is on",
            "Kind of rule 1",
            "Pattern of rule 1",
            "Case matters in rule 1",
            "What rule 1 marks",
            "Delete rule 1",
            "Save",
        ];
        let places = parts.map(|part| window.wait_place(part));
        for (part, place) in parts.iter().zip(&places) {
            assert!(place.right() <= right, "{width}: {part} at {place}");
        }
        let [_, kind, pattern, ..] = places;
        assert_eq!(kind.top() > pattern.bottom(), width < 500.0, "{width}");
    }
}

fn has_keyboard(window: &Window, name: &str) -> bool {
    let mut nodes = window.harness.query_all_by_label(name);
    nodes.any(|node| node.accesskit_node().is_focused())
}
