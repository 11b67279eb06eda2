//! Wrapped messages and records that show all their lines in the table.

use egui::{Event, Key, Modifiers, PointerButton};

use crate::common::{Desk, Window, line, lines};

fn height(window: &Window, words: &str) -> f32 {
    window.row(words).unwrap().rect.height()
}

fn text() -> String {
    let traceback =
        "Traceback (most recent call last):\n  File \"a.py\", line 3\nValueError: gone\n";
    let error = line(3, "ERROR", "app.db", "lost the connection");
    let long = line(5, "INFO", "app.web", &"words and more words ".repeat(20));
    [
        &lines(0..3),
        &error,
        traceback,
        &lines(4..5),
        &long,
        &lines(6..10),
    ]
    .concat()
}

#[test]
fn a_traceback_is_read_in_the_table() {
    let desk = Desk::new();
    let log = desk.write("app.log", text());
    let mut window = desk.window(&[&log]);
    window.shows(10, 10);
    window.click_row(
        "lost the connection",
        PointerButton::Primary,
        Modifiers::NONE,
    );
    window.press(Key::ArrowRight);
    window.wait("a higher row", |window| {
        height(window, "lost the connection") > 60.0
    });
    let row = window.row("lost the connection").unwrap();
    assert!(row.value.ends_with("ValueError: gone"), "{}", row.value);
    window.press(Key::ArrowLeft);
    window.wait("one line", |window| {
        height(window, "lost the connection") < 21.0
    });
}

#[test]
fn z_wraps_messages_and_the_next_start_has_them_wrapped() {
    let desk = Desk::new();
    let log = desk.write("app.log", text());
    let mut window = desk.window(&[&log]);
    window.shows(10, 10);
    window.press(Key::Z);
    window.wait("wrapped rows", |window| {
        height(window, "words and more") > 30.0
    });
    assert!(height(&window, "lost the connection") > 60.0);
    assert!(height(&window, "no 00001") < 21.0);
    window.quit();
    let mut window = desk.window(&[]);
    window.shows(10, 10);
    window.wait("wrapped rows", |window| {
        height(window, "words and more") > 30.0
    });
    window.menu(&["View", "Wrap messages"]);
    window.wait("one line", |window| height(window, "words and more") < 21.0);
}

#[test]
fn an_opened_record_is_read_while_others_come() {
    let desk = Desk::new();
    let log = desk.write("app.log", text() + &lines(10..200));
    let mut window = desk.window(&[&log]);
    window.shows(200, 200);
    window.press(Key::End);
    desk.append("app.log", &line(200, "ERROR", "app.db", "gone again"));
    desk.append(
        "app.log",
        "Traceback (most recent call last):\nValueError: gone\n",
    );
    desk.append("app.log", &lines(201..203));
    window.shows(203, 203);
    window.click_row("gone again", PointerButton::Primary, Modifiers::NONE);
    window.press(Key::ArrowRight);
    window.wait("a higher row", |window| height(window, "gone again") > 40.0);
    let top = window.row("gone again").unwrap().rect.top();
    desk.append("app.log", &lines(203..300));
    window.shows(300, 300);
    assert!((window.row("gone again").unwrap().rect.top() - top).abs() < 0.5);
}

#[test]
fn records_around_matches_are_shown_quieter_and_not_counted() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..40));
    let mut window = desk.window(&[&log]);
    window.shows(40, 40);
    window.ctrl_shift(Key::F);
    window.type_text("00020 OR 00030");
    window.shows(2, 40);
    window.press_with(Modifiers::NONE, Key::Escape);
    window.click_row("no 00020", PointerButton::Primary, Modifiers::NONE);
    window.events([Event::Text("+".to_owned())]);
    window.wait("one record around each", |window| window.rows().len() == 6);
    window.wait_says("Showing 2 of 40");
    assert!(window.says("Records around matches: 1"));
    let kinds: Vec<bool> = window
        .rows()
        .iter()
        .map(|row| row.note.contains("near a match"))
        .collect();
    assert_eq!(kinds, [true, false, true, true, false, true]);
    // Everything that is seen can be copied.
    window.ctrl(Key::A);
    window.wait_says("6 selected");
    window.click("Records around matches: 1");
    window.click("5 on both sides");
    window.wait("five records around each", |window| {
        window.tab().row_count() == 21
    });
    window.wait_says("Showing 2 of 40");
    window.events([Event::Text("-".to_owned())]);
    window.wait("two records around each", |window| {
        window.tab().row_count() == 10
    });
    window.press(Key::C);
    window.wait("everything", |window| window.tab().row_count() == 40);
    window.press(Key::C);
    window.wait("two records around each", |window| {
        window.tab().row_count() == 10
    });
}

#[test]
fn a_column_is_filtered_in_its_header_and_shows_it() {
    let desk = Desk::new();
    let text: String = (0..30)
        .map(|number| {
            line(
                number,
                ["INFO", "ERROR"][usize::from(number % 3 == 0)],
                "app.web",
                "done",
            )
        })
        .collect();
    let log = desk.write("app.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(30, 30);
    let title = window.wait_place("Column Message").center();
    window.click_at(title, PointerButton::Secondary, Modifiers::NONE);
    let field = window.wait_place("Filter Message").center();
    window.click_at(field, PointerButton::Primary, Modifiers::NONE);
    window.type_text("no 0001");
    window.press(Key::Enter);
    window.shows(10, 30);
    assert!(
        window.says("Showing message:\"no 0001\""),
        "{}",
        window.describe()
    );
    // The values at hand can be chosen.
    let title = window.wait_place("Column Level").center();
    window.click_at(title, PointerButton::Secondary, Modifiers::NONE);
    window.click("ERROR");
    window.shows(3, 30);
    let title = window.wait_place("Column Message").center();
    window.click_at(title, PointerButton::Secondary, Modifiers::NONE);
    window.click("Clear the filter of Message");
    window.shows(10, 30);
}

#[test]
fn records_that_say_the_same_have_one_row() {
    let desk = Desk::new();
    let mut text = lines(0..3);
    for second in 10..22 {
        text += &format!("2026-11-22 10:00:{second},000 WARNING app.db: still waiting\n");
    }
    text += &lines(230..233);
    let log = desk.write("app.log", &text);
    let mut window = desk.window(&[&log]);
    window.shows(18, 18);
    window.press(Key::R);
    window.wait_row("still waiting 12 times, until 2026-11-22 10:00:21");
    window.wait_says("Repeats collapsed");
    window.shows(18, 18);
    assert_eq!(window.rows().len(), 7);
    // A jump to one that is not shown goes to the row that stands for it.
    window.click_row("still waiting", PointerButton::Primary, Modifiers::NONE);
    window.press(Key::ArrowDown);
    window.wait_chosen("no 00230");
    window.press(Key::ArrowUp);
    window.wait_chosen("still waiting");
    // What is copied is all that the row stands for.
    let copied = window.wait_copied();
    assert_eq!(copied.lines().count(), 12, "{copied}");
    assert!(copied.starts_with("2026-11-22 10:00:10,000") && copied.contains("10:00:21,000"));
    window.shift(Key::ArrowDown);
    window.wait("two rows", |window| window.chosen().len() == 2);
    let copied = window.wait_copied();
    assert_eq!(copied.lines().count(), 13, "{copied}");
    window.press(Key::ArrowUp);
    window.wait_chosen("still waiting");
    // Newer ones are counted.
    desk.append(
        "app.log",
        "2026-11-22 10:01:00,000 INFO app.db: x\n"
            .repeat(5)
            .as_str(),
    );
    desk.append("app.log", &lines(700..701));
    window.wait_row("x 5 times");
    window.press(Key::ArrowRight);
    window.wait("all of them", |window| {
        let rows = window.rows();
        rows.iter()
            .filter(|row| row.label.contains("still waiting"))
            .count()
            == 12
    });
    window.press(Key::ArrowLeft);
    window.wait_row("still waiting 12 times");
    window.click("Repeats collapsed");
    window.wait("every record", |window| window.tab().row_count() == 24);
}
