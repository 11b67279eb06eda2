//! Keys: finding, jumping, stepping back, zoom, dialogs.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect};
use timberline::ui::theme;

use crate::common::{Desk, Window, line};

/// 400 records: an error at 50 and 250, a warning at 120, "needle" at 30, 130 and 330.
fn open(desk: &Desk) -> Window {
    let text: String = (0..400)
        .map(|number| {
            let level = match number {
                50 | 250 => "ERROR",
                120 => "WARNING",
                _ => "INFO",
            };
            let words = match number {
                30 | 130 | 330 => "a needle",
                _ => "some hay",
            };
            line(number, level, "app.web", words)
        })
        .collect();
    let log = desk.write("app.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(400, 400);
    window
}

#[test]
fn find_visits_matches_and_wraps_without_hiding_rows() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl(Key::F);
    window.type_text("needle");
    window.wait_chosen("no 00030");
    assert!(window.says("Showing all 400"));
    // The box still has the keyboard: its own keys.
    window.press(Key::Enter);
    window.wait_chosen("no 00130");
    window.press(Key::F3);
    window.wait_chosen("no 00330");
    window.press(Key::F3);
    window.wait_chosen("no 00030");
    window.wait_says("Started over");
    window.shift(Key::F3);
    window.wait_chosen("no 00330");
    window.press_with(Modifiers::SHIFT, Key::Enter);
    window.wait_chosen("no 00130");
}

#[test]
fn n_goes_on_when_the_keyboard_is_back_at_the_table() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press(Key::Slash);
    window.type_text("needle");
    window.wait_chosen("no 00030");
    let row = window.row("no 00030").unwrap().rect.center();
    window.click_at(row, egui::PointerButton::Primary, Modifiers::NONE);
    window.press(Key::N);
    window.wait_chosen("no 00130");
    window.shift(Key::N);
    window.wait_chosen("no 00030");
    assert_eq!(window.tab().find.pattern.text, "needle", "n was not typed");
}

#[test]
fn what_find_looks_for_is_marked_until_it_is_closed() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let marks = |window: &Window| {
        let mut out = Vec::new();
        window
            .tab()
            .highlighter
            .mark("a needle in hay", false, &mut out);
        out.into_iter()
            .map(|mark| (mark.range.start, mark.range.end))
            .collect::<Vec<_>>()
    };
    window.ctrl(Key::F);
    window.type_text("needle");
    window.wait_chosen("no 00030");
    assert_eq!(marks(&window), vec![(2, 8)]);
    window.press(Key::Escape);
    window.wait("the find bar to close", |window| !window.tab().find.open);
    window.frame();
    assert!(marks(&window).is_empty());
    window.ctrl_shift(Key::F);
    window.type_text("hay");
    window.shows(397, 400);
    assert_eq!(marks(&window), vec![(12, 15)]);
}

#[test]
fn find_says_when_nothing_matches_and_why_a_text_cannot() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl(Key::F);
    window.type_text("nowhere");
    window.wait_says("No match");
    // The find bar stands below the filter, which has a switch of the same name.
    window.click_last("Regular expression");
    window.ctrl(Key::F);
    window.type_text("[a");
    window.wait_says("unclosed character class");
    assert!(window.says("Showing all 400"));
}

#[test]
fn errors_and_warnings_are_next_and_previous() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press(Key::E);
    window.wait_chosen("no 00050");
    window.press(Key::E);
    window.wait_chosen("no 00250");
    window.shift(Key::E);
    window.wait_chosen("no 00050");
    window.press(Key::W);
    window.wait_chosen("no 00120");
    window.shift(Key::W);
    window.wait_chosen("no 00050");
    window.click("Next error");
    window.wait_chosen("no 00250");
}

#[test]
fn a_jump_that_finds_nothing_says_so() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.click_role(Role::Button, "ERROR, 2 records");
    window.wait_says("Showing 398 of 400");
    window.press(Key::E);
    window.wait_says("No error in the records that are shown");
}

#[test]
fn first_last_and_pages() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.shift(Key::G);
    window.wait_chosen("no 00399");
    window.press(Key::G);
    window.wait_chosen("no 00000");
    window.ctrl(Key::End);
    window.wait_chosen("no 00399");
    window.ctrl(Key::Home);
    window.wait_chosen("no 00000");
    let page = window.rows().len();
    window.press(Key::PageDown);
    window.settle();
    let at = window.rows().iter().find(|row| row.selected).unwrap().index;
    assert!(at + 3 > page && at <= page, "{at} of a page of {page}");
    window.press(Key::ArrowDown);
    window.wait_chosen(&format!("no {:05}", at + 1));
    window.press(Key::K);
    window.wait_chosen(&format!("no {at:05}"));
}

#[test]
fn ctrl_g_goes_to_a_record_or_a_time() {
    let desk = Desk::new();
    let mut window = open(&desk);
    for (entry, row) in [
        ("300", "no 00299"),
        ("#1", "no 00000"),
        ("2026-11-22 10:00:12", "no 00120"),
        ("10:00:25", "no 00250"),
    ] {
        window.ctrl(Key::G);
        window.wait_says("Go to record or time");
        window.type_text(entry);
        window.press(Key::Enter);
        window.wait_chosen(row);
        window.wait_gone("Go to record or time");
    }
    window.ctrl(Key::G);
    window.type_text("soon");
    window.press(Key::Enter);
    window.frame();
    assert!(window.says("Go to record or time"), "stays open");
    window.press(Key::Escape);
    window.wait_gone("Go to record or time");
    window.wait_chosen("no 00250");
}

#[test]
fn a_time_behind_the_last_record_leads_to_the_end() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl(Key::G);
    window.type_text("2026-11-23");
    window.press(Key::Enter);
    window.wait_chosen("no 00399");
    window.wait_says("The log ends at 2026-11-22 10:00:39");
    // What a filter leaves may end before the log does.
    window.ctrl_shift(Key::F);
    window.type_text("\"no 0012\"");
    window.shows(10, 400);
    window.press(Key::Escape);
    window.ctrl(Key::G);
    window.type_text("10:00:25");
    window.press(Key::Enter);
    window.wait_chosen("no 00129");
    window.wait_says("No record that is shown is at 2026-11-22 10:00:25");
}

#[test]
fn a_record_number_beyond_the_end_is_refused() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl(Key::G);
    window.type_text("401");
    window.press(Key::Enter);
    window.wait_says("There are only 400 records");
    assert!(window.says("Go to record or time"));
    assert!(window.chosen().is_empty());
    let more: String = (400..1_200)
        .map(|number| line(number, "INFO", "app.web", "some hay"))
        .collect();
    desk.append("app.log", &more);
    window.wait("more records", |window| {
        let source = window.tab().source.as_ref();
        source.is_some_and(|source| source.snapshot.len() == 1_200)
    });
    window.ctrl(Key::A);
    window.type_text("5000");
    window.press(Key::Enter);
    window.wait_says("There are only 1,200 records");
}

#[test]
fn f5_reads_again_and_keeps_the_place() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press(Key::E);
    window.wait_chosen("no 00050");
    let generation = window.tab().generation();
    window.press(Key::F5);
    window.wait("another generation", |window| {
        window.tab().generation() != generation
    });
    window.shows(400, 400);
    window.wait_chosen("no 00050");
}

#[test]
fn f5_leaves_rows_in_their_place_and_chooses_none() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.wheel(-700.0);
    let top = |window: &Window| {
        window
            .rows()
            .first()
            .map(|row| (row.label.clone(), row.rect.top()))
    };
    let before = top(&window);
    let generation = window.tab().generation();
    window.press(Key::F5);
    window.wait("another generation", |window| {
        window.tab().generation() != generation
    });
    window.shows(400, 400);
    window.settle();
    assert_eq!(top(&window), before);
    assert!(window.chosen().is_empty(), "{:?}", window.chosen());
}

#[test]
fn ctrl_w_closes_the_tab_and_the_last_one_leads_to_the_start_page() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl(Key::W);
    window.wait_place("Open a log file...");
    assert!(window.state().tabs.is_empty());
    // Keys that need a log do nothing now.
    for key in [Key::F, Key::N, Key::E, Key::W, Key::G, Key::Slash, Key::End] {
        window.press(key);
    }
    window.ctrl(Key::G);
    window.ctrl(Key::T);
    window.ctrl(Key::F);
    window.press(Key::F5);
    window.ctrl_shift(Key::F);
    assert!(window.place("Open a log file...").is_some());
}

#[test]
fn settings_and_help_open_by_key() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl(Key::Comma);
    window.wait_says("Follow from the start");
    window.click("Dark");
    window.press(Key::Escape);
    window.wait_gone("Follow from the start");
    for key in [Key::F1, Key::Questionmark] {
        window.press(key);
        window.wait_says("Troubleshooting");
        window.wait_says("Next match");
        // Letters go into its search, not to the table.
        window.type_text("zoom");
        window.wait_says("Zoom in");
        window.wait_gone("Next match");
        window.press(Key::Escape);
        window.wait_gone("Troubleshooting");
    }
    assert!(window.chosen().is_empty());
    window.quit();
    let text = std::fs::read_to_string(desk.settings("settings.toml")).unwrap();
    assert!(text.contains("theme = \"dark\""), "{text}");
}

#[test]
fn esc_steps_back_one_layer_at_a_time() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press(Key::E);
    window.wait_chosen("no 00050");
    window.ctrl_shift(Key::F);
    window.type_text("o");
    window.press(Key::Escape);
    window.ctrl(Key::F);
    window.type_text("hay");
    window.wait("a match", |window| window.chosen().len() == 1);
    window.press(Key::F1);
    window.wait_says("First steps");

    window.press(Key::Escape);
    window.wait_gone("First steps");
    assert!(window.tab().find.open);
    window.press(Key::Escape);
    window.wait("find to close", |window| !window.tab().find.open);
    assert!(window.tab().filter.draft.is_some());
    window.press(Key::Escape);
    window.wait("the text to go", |window| {
        window.tab().filter.draft.is_none()
    });
    assert_eq!(window.chosen().len(), 1);
    window.press(Key::Escape);
    window.wait("the selection to go", |window| window.chosen().is_empty());
}

#[test]
fn zoom_by_key() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let zoom = |window: &Window| window.harness.ctx.zoom_factor();
    window.ctrl(Key::Plus);
    window.ctrl(Key::Equals);
    window.frame();
    assert!((zoom(&window) - 1.2).abs() < 0.01, "{}", zoom(&window));
    window.ctrl(Key::Minus);
    window.frame();
    assert!((zoom(&window) - 1.1).abs() < 0.01, "{}", zoom(&window));
    window.ctrl(Key::Num0);
    window.frame();
    assert!((zoom(&window) - 1.0).abs() < 0.01, "{}", zoom(&window));
}

/// Whether a ring of the keyboard's colour is painted around (nearly) this place.
fn is_ringed(window: &Window, place: Rect) -> bool {
    let focus = [true, false].map(|dark| theme::palette_of(dark).focus);
    let shapes = window.harness.output().shapes.iter();
    shapes.map(|clipped| &clipped.shape).any(|shape| {
        let egui::Shape::Rect(ring) = shape else {
            return false;
        };
        let around = ring.rect.expand(1.0).contains_rect(place) && ring.rect.height() < 760.0;
        around && ring.stroke.width > 0.0 && focus.contains(&ring.stroke.color)
    })
}

#[test]
fn the_table_shows_that_it_has_the_keyboard_before_a_record_is_chosen() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.frame();
    let rows = window.rows();
    let all = rows[0].rect.union(rows[rows.len() - 2].rect);
    assert!(!is_ringed(&window, all), "no key was needed to get there");
    window.ctrl(Key::L);
    window.frame();
    assert!(!is_ringed(&window, all), "the loggers have it");
    window.press(Key::Escape);
    window.frame();
    assert!(is_ringed(&window, all));
    // With one, its row tells.
    window.press(Key::ArrowDown);
    window.frame();
    assert!(!is_ringed(&window, all));
    assert!(is_ringed(&window, window.row("no 00000").unwrap().rect));
}
