//! Scene 2: following a log that grows, and everything that happens to log files.

use std::fs;

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton};

use crate::common::{Desk, Window, line, lines};

/// A window that follows a log of 200 records.
fn following(desk: &Desk) -> Window {
    let log = desk.write("app.log", lines(0..200));
    let mut window = desk.window(&[&log]);
    window.shows(200, 200);
    window.press(Key::F);
    window.wait_row("no 00199");
    window.wait_says("Following");
    window
}

#[test]
fn f_follows_what_another_process_appends() {
    let desk = Desk::new();
    let mut window = following(&desk);
    for number in 200..203 {
        desk.append(
            "app.log",
            &line(number, "INFO", "app.web", "request served"),
        );
        let row = window.wait_row(&format!("no 00{number}"));
        assert_eq!(window.rows().last().unwrap().label, row.label);
        window.shows(number + 1, number + 1);
    }
    window.press(Key::F);
    window.wait_gone("Following");
    desk.append("app.log", &lines(203..210));
    window.shows(210, 210);
    assert!(window.row("no 00209").is_none(), "no longer following");
    window.wait_says("7 new");
}

#[test]
fn reading_again_goes_on_following() {
    let desk = Desk::new();
    let mut window = following(&desk);
    let row = window.wait_row("no 00198").rect.center();
    window.click_at(row, PointerButton::Primary, Modifiers::NONE);
    let follows = window.says("Following");
    window.press(Key::End);
    assert!(follows || window.says("Following"));
    let generation = window.tab().generation();
    window.press(Key::F5);
    window.wait("another generation", |window| {
        window.tab().generation() != generation
    });
    window.shows(200, 200);
    window.wait_says("Following");
    desk.append("app.log", &lines(200..203));
    window.shows(203, 203);
    window.wait_row("no 00202");
}

#[test]
fn scrolling_up_stops_and_end_follows_again() {
    let desk = Desk::new();
    let mut window = following(&desk);
    window.wheel(400.0);
    window.wait_gone("Following");
    let top = window.rows().first().unwrap().label.clone();
    desk.append("app.log", &lines(200..212));
    window.wait_says("12 new");
    assert_eq!(
        window.rows().first().unwrap().label,
        top,
        "rows stay in place"
    );
    window.press(Key::End);
    window.wait_row("no 00211");
    window.wait_says("Following");
    window.wait_gone("12 new");
    desk.append("app.log", &lines(212..213));
    window.wait_row("no 00212");
}

#[test]
fn a_click_on_n_new_goes_to_the_end() {
    let desk = Desk::new();
    let mut window = following(&desk);
    window.wheel(400.0);
    desk.append("app.log", &lines(200..205));
    window.click("5 new");
    window.wait_row("no 00204");
    window.wait_says("Following");
}

#[test]
fn choosing_an_older_record_by_key_stops_following() {
    let desk = Desk::new();
    let mut window = following(&desk);
    window.press(Key::G);
    window.wait_chosen("no 00000");
    window.wait_gone("Following");
    desk.append("app.log", &lines(200..202));
    window.wait_says("2 new");
    assert!(window.row("no 00000").is_some());
}

#[test]
fn a_filter_that_changes_is_not_news() {
    let desk = Desk::new();
    let mut text = lines(0..300);
    text.push_str(&line(300, "ERROR", "app.db", "lost the connection"));
    let log = desk.write("app.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(301, 301);
    window.click("app.db");
    window.shows(1, 301);
    window.click("Clear loggers");
    window.shows(301, 301);
    for _ in 0..3 {
        window.frame();
        assert!(!window.says(" new"), "{}", window.describe());
    }
}

#[test]
fn a_filter_over_many_blocks_makes_no_news() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..150_000));
    let mut window = desk.window(&[&log]);
    let quiet = |window: &Window| {
        assert!(!window.says(" new"), "{}", window.describe());
        true
    };
    let shows = |window: &mut Window, shown: u64| {
        window.wait("the rows of the filter", |window| {
            quiet(window) && window.tab().row_count() == shown
        });
        window.shows(shown, 150_000);
        quiet(window);
    };
    shows(&mut window, 150_000);
    for (words, shown) in [("\"no 07\"", 1_000), ("\"no 1\"", 60_000)] {
        window.ctrl_shift(Key::F);
        window.type_text(words);
        window.press(Key::Enter);
        shows(&mut window, shown);
        window.click("Clear all");
        shows(&mut window, 150_000);
    }
    // What the file gains in the meantime is news, filtered or not.
    desk.append("app.log", &lines(150_000..150_004));
    window.wait_says("4 new");
}

#[test]
fn a_partial_last_line_is_provisional() {
    let desk = Desk::new();
    let mut window = following(&desk);
    let whole = line(200, "INFO", "app.web", "request served");
    let (start, end) = whole.split_at(whole.len() - 8);
    desk.append("app.log", start);
    window.shows(201, 201);
    desk.append("app.log", end);
    window.wait_row("no 00200");
    window.shows(201, 201);
}

#[test]
fn a_traceback_that_arrives_later_joins_its_record() {
    let desk = Desk::new();
    let mut window = following(&desk);
    desk.append(
        "app.log",
        &line(200, "ERROR", "app.db", "lost the connection"),
    );
    window.wait_row("lost the connection");
    window.press_with(egui::Modifiers::SHIFT, Key::G);
    window.wait_says("lost the connection no 00200");
    desk.append(
        "app.log",
        "Traceback (most recent call last):\nValueError: gone\n",
    );
    window.wait_says("ValueError: gone");
    window.shows(201, 201);
}

#[test]
fn truncation_is_told_and_the_new_rows_are_right() {
    let desk = Desk::new();
    let mut window = following(&desk);
    desk.write("app.log", lines(900..903));
    window.wait_says("truncated");
    // The rows from before stay, as rows that cannot be read any more, until the file is read anew.
    window.shows(203, 203);
    window.wait_row("no 00902");
    window.press(Key::G);
    window.wait_says("The text is gone");
    let advice = "F5 reads the file without the rows that are gone";
    window.wait_says(advice);
    window.press(Key::F5);
    window.shows(3, 3);
    // What was told of the rows that are gone went with them.
    window.wait_gone(advice);
    let labels: Vec<_> = window.rows().into_iter().map(|row| row.label).collect();
    assert_eq!(labels.len(), 3);
    for (label, number) in labels.iter().zip(900..) {
        assert!(label.contains(&format!("no 00{number}")), "{label}");
    }
    desk.append("app.log", &lines(903..904));
    window.wait_row("no 00903");
}

#[test]
fn rotation_is_told_and_the_new_file_is_followed() {
    let desk = Desk::new();
    let mut window = following(&desk);
    fs::rename(desk.path("app.log"), desk.path("app.log.1")).unwrap();
    desk.write("app.log", lines(700..702));
    window.shows(202, 202);
    window.wait_says("rotated");
    window.wait_row("no 00701");
    window.wait_row("no 00199");
    desk.append("app.log", &lines(702..703));
    window.wait_row("no 00702");
    window.wait_says("Following");
}

#[test]
fn deletion_is_told_and_the_rows_stay_readable() {
    let desk = Desk::new();
    let mut window = following(&desk);
    fs::remove_file(desk.path("app.log")).unwrap();
    window.wait_says("The file was deleted or renamed");
    window.press(Key::G);
    window.wait_chosen("no 00000");
    desk.write("app.log", lines(300..303));
    window.shows(203, 203);
    window.wait_says("rotated");
    window.wait_gone("The file was deleted or renamed");
    window.press(Key::End);
    window.wait_row("no 00302");
}

#[test]
fn what_was_told_of_a_log_goes_when_it_is_closed() {
    let desk = Desk::new();
    let mut window = following(&desk);
    fs::remove_file(desk.path("app.log")).unwrap();
    window.wait_says("The file was deleted or renamed");
    window.ctrl(Key::W);
    window.wait_gone("The file was deleted or renamed");
}

#[test]
fn errors_in_a_tab_behind_are_counted_until_it_is_shown() {
    let desk = Desk::new();
    let one = desk.write("one.log", lines(0..5));
    let two = desk.write("two.log", lines(5..9));
    let mut window = desk.window(&[&one, &two]);
    window.shows(4, 4);
    desk.append(
        "one.log",
        &line(9, "ERROR", "app.db", "lost the connection"),
    );
    let behind = |window: &Window| window.state().tabs.first().map(|tab| tab.unseen_errors);
    window.wait("the error behind", |window| behind(window) == Some(1));
    window.ctrl(Key::Tab);
    window.shows(6, 6);
    window.wait("the count to be forgotten", |window| {
        behind(window) == Some(0)
    });
}

#[test]
fn new_errors_are_told_while_another_window_is_in_front() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..40));
    let mut window = desk.window(&[&log]);
    window.shows(40, 40);
    window.press(Key::End);
    window.focus(false);
    for number in 40..43 {
        desk.append("app.log", &line(number, "ERROR", "app", "it broke"));
    }
    window.shows(43, 43);
    window.wait("three errors to be told", |window| {
        window.tab().unseen_errors == 3
    });
    window.focus(true);
    window.wait("them to be seen", |window| window.tab().unseen_errors == 0);
}

/// Its length in the file is not that of the text that is indexed.
#[test]
fn a_record_in_another_encoding_is_read_once() {
    let desk = Desk::new();
    let line = "2026-11-22 10:00:00,000 INFO [app] 결제 승인 처리\n".repeat(50);
    let (bytes, ..) = encoding_rs::EUC_KR.encode(&line);
    let log = desk.write("korean.log", bytes);
    let mut window = desk.any_script(&[&log]);
    window.shows(50, 50);
    window.press(Key::J);
    window.wait("the record", |window| window.tab().record.is_some());
    window.settle();
    // Held, so that no other gets its place.
    let before = window.tab().record.clone().unwrap();
    for _ in 0..20 {
        std::thread::sleep(std::time::Duration::from_millis(5));
        window.frame();
    }
    let now = window.tab().record.as_ref().unwrap();
    assert!(std::sync::Arc::ptr_eq(now, &before), "read again and again");
}

#[test]
fn the_last_seconds_move_on_with_the_log() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..200));
    let mut window = desk.window(&[&log]);
    window.shows(200, 200);
    window.ctrl_shift(Key::F);
    window.type_text("since:-10s");
    window.shows(101, 200);
    window.press(Key::Enter);
    window.wait_role(Role::Button, "Remove since:-10s");
    window.press(Key::Escape);
    window.click_row("no 00099", PointerButton::Primary, Modifiers::NONE);
    while window.row("no 00150").is_none() {
        window.press(Key::PageDown);
        window.settle();
    }
    window.click_row("no 00150", PointerButton::Primary, Modifiers::NONE);
    window.wait_chosen("no 00150");
    window.settle();
    let place = window.wait_row("no 00150").rect;
    let asked = window.tab().filter.ticket;
    // A part of a second changes nothing, but for what is new.
    desk.append("app.log", &lines(200..205));
    window.shows(106, 205);
    assert_eq!(window.tab().filter.ticket, asked);
    // Two seconds take two away; what is looked at stays where it is, and chosen.
    desk.append("app.log", &lines(205..220));
    window.shows(101, 220);
    window.settle();
    assert_eq!(window.wait_row("no 00150").rect, place);
    window.wait_chosen("no 00150");
    // As text it is what was typed.
    window.ctrl(Key::E);
    window.settle();
    assert_eq!(window.tab().filters.bar.pattern().text, "since:-10s");
    desk.append("app.log", &lines(220..300));
    window.shows(101, 300);
    // In another window's time nothing moves; then all at once.
    window.press(Key::Enter);
    desk.append("app.log", &lines(300..400));
    window.shows(101, 400);
}
