//! Logs in windows of their own. Without a desktop such a window floats inside the main one, so that what it shows can be
//! asked for like anything else; keys go to the main window here.

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton};
use timberline::app::Tab;

use crate::common::{Desk, Window, line, lines};

/// `a.log` with 300 records and `b.log` with 80, which is shown.
fn open(desk: &Desk) -> Window {
    let a = desk.write("a.log", lines(0..300));
    let b = desk.write(
        "b.log",
        lines(300..380).replace("request served", "job done"),
    );
    let mut window = desk.window(&[&a, &b]);
    window.shows(80, 80);
    window
}

fn tab<'a>(window: &'a Window, name: &str) -> &'a Tab {
    let mut tabs = window.state().tabs.iter();
    tabs.find(|tab| tab.name() == name).unwrap()
}

fn shown(window: &Window) -> String {
    window.state().tab().map(Tab::name).unwrap_or_default()
}

/// Chooses an entry of a menu of the window that floats: it is painted last.
fn own_menu(window: &mut Window, menu: &str, entry: &str) {
    window.click_last(menu);
    window.click_role(Role::Button, entry);
}

#[test]
fn a_log_goes_to_a_window_of_its_own_and_comes_back_as_it_was_there() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.click_row("no 00303", PointerButton::Primary, Modifiers::NONE);
    window.ctrl_shift(Key::N);
    window.shows(300, 300);
    assert_eq!(shown(&window), "a.log");
    assert!(tab(&window, "b.log").window.is_some());
    // Both are in sight, each with its own rows, filter and counts.
    window.wait_row("job done no 00303");
    window.wait_row("request served");
    assert!(window.says("Showing all 80"), "{}", window.describe());
    window.click_last("Filter");
    window.type_text("\"no 0030\"");
    window.wait_says("Showing 10 of 80");
    assert!(
        window.says("Showing all 300"),
        "the main window is as it was"
    );
    // It says why it has no two sides.
    window.click_last("View");
    let split = window.wait_role(Role::Button, "Split the view").center();
    window.events([egui::Event::PointerMoved(split)]);
    window.wait_says("Two logs side by side are in the main window");
    window.press(Key::Escape);
    own_menu(&mut window, "File", "Move back to the main window");
    window.wait("the log to come back", |window| {
        tab(window, "b.log").window.is_none()
    });
    window.shows(10, 80);
    assert_eq!(shown(&window), "b.log");
    window.wait_chosen("no 00303");
}

#[test]
fn the_last_log_of_the_main_window_leaves_the_start_page() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..20));
    let mut window = desk.window(&[&log]);
    window.shows(20, 20);
    window.ctrl_shift(Key::N);
    window.wait_says("Or drop files onto this window.");
    window.wait_row("no 00003");
    // Opening it again shows where it is.
    window.frame();
    assert_eq!(window.state().tab().map(Tab::name), None);
}

#[test]
fn a_log_that_is_closed_takes_its_window_with_it() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::N);
    window.wait_row("job done");
    own_menu(&mut window, "File", "Close tab");
    window.wait("the log to be closed", |window| {
        window.state().tabs.len() == 1
    });
    window.frame();
    assert!(window.row("job done").is_none());
    assert_eq!(shown(&window), "a.log");
    window.ctrl_shift(Key::T);
    window.wait_row("job done");
    assert!(tab(&window, "b.log").window.is_none());
}

#[test]
fn commands_of_the_main_window_heed_its_own_tabs_only() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::N);
    window.shows(300, 300);
    window.ctrl(Key::Num2);
    window.ctrl(Key::Tab);
    window.frame();
    assert_eq!(shown(&window), "a.log", "there is no second tab");
    window.ctrl_shift(Key::P);
    window.type_text("next tab");
    window.wait_says("Only one log is open");
    window.press(Key::Escape);
    // A log that has a window is brought to the front there and not shown twice.
    window.ctrl(Key::P);
    window.type_text("b.log");
    window.press(Key::Enter);
    window.frame();
    assert_eq!(shown(&window), "a.log");
    assert!(tab(&window, "b.log").window.is_some());
}

#[test]
fn the_next_start_shows_logs_in_their_windows_again() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::N);
    window.shows(300, 300);
    // The window of its own has no details.
    window.click_last("Details");
    let details = |window: &Window| {
        let own = tab(window, "b.log").window.as_ref().unwrap();
        own.sizes().map(|sizes| sizes.details_visible)
    };
    window.wait("its details to go", |window| details(window) == Some(false));
    window.quit();
    let mut window = desk.window(&[]);
    window.shows(300, 300);
    assert_eq!(details(&window), Some(false));
    assert!(window.state().settings.panels.details_visible);
    assert_eq!(window.state().tabs.len(), 2);
    assert_eq!(shown(&window), "a.log");
    let own = tab(&window, "b.log").window.as_ref().unwrap();
    assert_eq!((own.place.width, own.place.height), (1_080.0, 700.0));
    window.wait_row("job done");
}

#[test]
fn the_menu_of_a_tab_moves_it_or_shows_it_beside() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let tab_a = |window: &mut Window| {
        let place = window.wait_role(Role::Tab, "a.log").center();
        window.click_at(place, PointerButton::Secondary, Modifiers::NONE);
    };
    tab_a(&mut window);
    window.click_role(Role::Button, "Show beside the shown log");
    window.wait_row("request served");
    window.wait_row("job done");
    assert!(window.state().split.is_some());
    tab_a(&mut window);
    window.click_role(Role::Button, "Move to a new window");
    window.wait("its window", |window| tab(window, "a.log").window.is_some());
    window.frame();
    assert!(window.state().split.is_none(), "there is one log left here");
    assert_eq!(shown(&window), "b.log");
}

#[test]
fn a_tab_that_is_dragged_out_gets_a_window() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let from = window.wait_role(Role::Tab, "a.log").center();
    window.drag(from, egui::pos2(300.0, -120.0));
    window.wait("its window", |window| tab(window, "a.log").window.is_some());
    assert_eq!(shown(&window), "b.log");
}

/// The desktop tells of the window of its own that it was put away: it has no more frames to notice it by itself.
#[test]
fn errors_in_a_window_that_was_put_away_are_not_seen() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::N);
    window.shows(300, 300);
    window.wait_row("job done");
    let id = egui::ViewportId::from_hash_of(("log", tab(&window, "b.log").id.0));
    let away = |minimized| egui::ViewportInfo {
        minimized: Some(minimized),
        ..egui::ViewportInfo::default()
    };
    let tell = |window: &mut Window, number: u64| {
        desk.append("b.log", &line(number, "ERROR", "app.web", "bad"));
        window.wait("one more record", |window| {
            let source = tab(window, "b.log").source.as_ref();
            source.is_some_and(|source| source.snapshot.len() == number - 299)
        });
        window.frame();
        tab(window, "b.log").unseen_errors
    };
    assert_eq!(tell(&mut window, 380), 0, "it is looked at");
    window.harness.input_mut().viewports.insert(id, away(true));
    window.frame();
    assert_eq!(tell(&mut window, 381), 1);
    assert_eq!(tell(&mut window, 382), 2);
    window.harness.input_mut().viewports.insert(id, away(false));
    window.frame();
    assert_eq!(tab(&window, "b.log").unseen_errors, 0);
}
