//! Two logs side by side, one log twice, and the same time in both.

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton, Rect};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use timberline::app::Tab;

use crate::common::{Desk, Window, line, lines};

/// Web requests 0 to 399, and jobs at every tenth of their times, which are shown.
fn open(desk: &Desk) -> Window {
    let web = desk.write("web.log", lines(0..400));
    let jobs: String = (0..400).step_by(10).map(|at| lines(at..at + 1)).collect();
    let jobs = desk.write("jobs.log", jobs.replace("request served", "job done"));
    let mut window = desk.window(&[&web, &jobs]);
    window.shows(40, 40);
    window
}

/// Beside another log and the tree there is room for times and messages alone, and that is told.
#[test]
fn the_message_begins_in_sight_beside_another_log() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..60));
    let mut window = desk.sized(&[&log], [900.0, 700.0]);
    window.shows(60, 60);
    window.press(Key::F7);
    window.wait("two sides", |window| sides(window).len() == 2);
    assert!(!window.says("No room for"));
    window.ctrl(Key::B);
    window.wait_says("No room for Logger: a wider window has it");
    let heads = window.harness.query_all_by_label("Column Message");
    let widths: Vec<f32> = heads.map(|head| head.rect().width()).collect();
    assert_eq!(widths.len(), 2);
    assert!(widths.iter().all(|width| *width >= 119.0), "{widths:?}");
    // It leads to the choice of what is shown.
    window.click_role(Role::Button, "No room for Logger");
    window.wait_says("As the format has them");
    window.press(Key::Escape);
    window.wait_gone("As the format has them");
    window.ctrl(Key::B);
    window.wait_gone("No room for");
}

fn shown(window: &Window) -> String {
    window.state().tab().map(Tab::name).unwrap_or_default()
}

/// Where the tables are, from left to right.
fn sides(window: &Window) -> Vec<Rect> {
    let mut tables: Vec<Rect> = Vec::new();
    for row in window.rows() {
        match tables
            .iter_mut()
            .find(|table| table.left() == row.rect.left())
        {
            Some(table) => *table = table.union(row.rect),
            None => tables.push(row.rect),
        }
    }
    tables.sort_by(|one, other| one.left().total_cmp(&other.left()));
    tables
}

/// The row that a side stands at because the other log does.
fn twin(window: &Window) -> Option<String> {
    let mut rows = window.harness.query_all_by_role(Role::Row);
    let at = |node: &egui_kittest::Node<'_>| {
        let description = node
            .accesskit_node()
            .data()
            .description()
            .map(str::to_owned);
        description.is_some_and(|text| text.contains("at the time of the other log"))
    };
    let twin = rows.find(at)?;
    twin.accesskit_node().label()
}

#[test]
fn two_logs_stand_side_by_side_and_keys_go_to_one() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::B);
    window.wait_row("request served");
    window.wait_row("job done");
    let [left, right] = sides(&window)[..] else {
        panic!("two tables");
    };
    assert!(left.right() <= right.left(), "{left:?} {right:?}");
    assert_eq!(
        shown(&window),
        "web.log",
        "what was put beside has the keys"
    );
    window.shift(Key::G);
    window.wait_chosen("request served no 00399");
    window.press(Key::F8);
    assert_eq!(shown(&window), "jobs.log");
    window.press(Key::Home);
    window.wait_row("job done no 00000");
    let chosen = |window: &Window, words: &str| {
        let chosen = window.chosen();
        chosen.iter().any(|row| row.contains(words))
    };
    assert!(
        chosen(&window, "job done no 00000"),
        "{:?}",
        window.chosen()
    );
    assert!(
        chosen(&window, "request served no 00399"),
        "each keeps its own"
    );
    // A press in the other log gives it the keys, and means what it would mean there.
    window.click_row(
        "request served no 00395",
        PointerButton::Primary,
        Modifiers::NONE,
    );
    assert_eq!(shown(&window), "web.log");
    window.press(Key::K);
    window.wait("the row above", |window| {
        chosen(window, "request served no 00394")
    });
    // One again.
    window.press(Key::F7);
    window.frame();
    assert_eq!(sides(&window).len(), 1);
    assert_eq!(
        (shown(&window).as_str(), window.tab_names().len()),
        ("web.log", 2)
    );
}

/// Whatever tab stands beside it in the strip.
#[test]
fn when_one_side_leaves_the_other_stays_in_view() {
    let desk = Desk::new();
    let logs: Vec<_> = (1..=3_u64)
        .map(|n| desk.write(&format!("{n}.log"), lines(0..n * 10)))
        .collect();
    let logs: Vec<&std::path::Path> = logs.iter().map(std::path::PathBuf::as_path).collect();
    let leaves: [fn(&mut Window); 2] = [
        |window| window.ctrl_shift(Key::N),
        |window| window.ctrl(Key::W),
    ];
    for leave in leaves {
        let mut window = desk.window(&logs);
        window.shows(30, 30);
        window.ctrl(Key::Num1);
        window.shows(10, 10);
        window.ctrl_shift(Key::B);
        window.shows(20, 20);
        window.ctrl(Key::Num3);
        window.shows(30, 30);
        let split = window.state().split.unwrap();
        assert_eq!(
            window.state().tab_of(split.left).map(Tab::name).as_deref(),
            Some("1.log")
        );
        leave(&mut window);
        window.shows(10, 10);
        assert_eq!(shown(&window), "1.log");
        assert_eq!(window.state().split, None);
    }
}

#[test]
fn filters_of_one_side_are_not_those_of_the_other() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::B);
    window.wait_row("request served");
    window.ctrl_shift(Key::F);
    window.type_text("\"no 0012\"");
    window.wait_says("Showing 10 of 400");
    assert!(window.says("Showing all 40"), "{}", window.describe());
    // F6 goes through all of one side before the other: filter, table, then the filter there.
    window.press(Key::F8);
    assert_eq!(shown(&window), "jobs.log");
    window.ctrl_shift(Key::F);
    window.type_text("\"no 0020\"");
    window.wait_says("Showing 1 of 40");
    assert!(window.says("Showing 10 of 400"));
}

#[test]
fn a_log_is_shown_twice_filtered_beside_unfiltered() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..300));
    let mut window = desk.window(&[&log]);
    window.shows(300, 300);
    window.press(Key::F7);
    window.wait("a second view", |window| sides(window).len() == 2);
    assert_eq!(window.tab_names(), ["app.log", "app.log"]);
    window.ctrl_shift(Key::F);
    window.type_text("\"no 0015\"");
    window.wait_says("Showing 10 of 300");
    assert!(window.says("Showing all 300"));
    // It is one file: what is written to it comes to both.
    desk.append("app.log", &lines(300..301));
    window.wait_says("Showing all 301");
    window.wait_says("Showing 10 of 301");
    // A view that filters stays when there is no room for it any more; it is no tab of the next start.
    window.press(Key::Escape);
    window.press(Key::F8);
    window.press(Key::F7);
    window.frame();
    assert_eq!(window.tab_names().len(), 2);
    assert!(window.says("second view"), "{}", window.describe());
    window.quit();
    let mut window = desk.window(&[]);
    window.shows(301, 301);
    assert_eq!(window.tab_names(), ["app.log"]);
}

#[test]
fn a_second_view_that_filters_nothing_goes_when_it_is_closed() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..300));
    let mut window = desk.window(&[&log]);
    window.shows(300, 300);
    window.press(Key::F7);
    window.wait("a second view", |window| sides(window).len() == 2);
    window.press(Key::F7);
    window.frame();
    assert_eq!(window.tab_names(), ["app.log"]);
    assert_eq!(sides(&window).len(), 1);
    // The one that is left is the log still.
    desk.append("app.log", &lines(300..301));
    window.shows(301, 301);
    window.press(Key::F5);
    window.shows(301, 301);
}

#[test]
fn at_the_same_time_each_log_follows_the_other() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press(Key::S);
    window.frame();
    assert!(!window.state().sync_times, "one log has no other to follow");
    window.ctrl_shift(Key::B);
    window.wait_row("request served");
    window.press(Key::S);
    window.ctrl(Key::G);
    window.type_text("204");
    window.press(Key::Enter);
    window.wait("the job nearest to request 203", |window| {
        twin(window).is_some_and(|row| row.contains("job done no 00200"))
    });
    window.wait_row("no 00203");
    // Side by side means on one line.
    window.wait_row("job done no 00200");
    window.wait_row("no 00203");
    let at = |window: &Window, words: &str| window.row(words).unwrap().rect.top();
    let (job, request) = (at(&window, "job done no 00200"), at(&window, "no 00203"));
    assert!((job - request).abs() < 2.0, "{job} {request}");
    let jobs_moved = |window: &Window| {
        let tabs = &window.state().tabs;
        let jobs = tabs.iter().find(|tab| tab.name() == "jobs.log").unwrap();
        jobs.table.moves()
    };
    let before = jobs_moved(&window);
    for _ in 0..5 {
        window.frame();
    }
    assert_eq!(jobs_moved(&window), before, "what follows does not lead");
    // Now the other way round.
    window.press(Key::F8);
    window.shift(Key::G);
    window.wait("the request of the last job", |window| {
        twin(window).is_some_and(|row| row.contains("request served no 00390"))
    });
    window.wait_row("request served no 00390");
    // And no longer.
    window.press(Key::S);
    window.press(Key::Home);
    window.frame();
    window.wait_row("job done no 00000");
    assert_eq!(twin(&window), None);
    window.wait_row("request served no 00390");
}

#[test]
fn without_times_there_is_nothing_to_go_by() {
    let desk = Desk::new();
    let plain = desk.write("notes.txt", "one\ntwo\nthree\n");
    let web = desk.write("web.log", lines(0..50));
    let mut window = desk.window(&[&plain, &web]);
    window.shows(50, 50);
    window.ctrl_shift(Key::B);
    window.wait_row("three");
    window.ctrl_shift(Key::P);
    window.type_text("synchronise");
    window.wait_says("A log in sight has no times");
}

#[test]
fn the_border_moves_by_mouse_and_key_and_is_kept() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::B);
    window.wait_row("request served");
    let border = window.wait_place("Border between the logs").center();
    window.drag(border, border - egui::vec2(150.0, 0.0));
    window.frame();
    let moved = window.wait_place("Border between the logs").center();
    assert!(
        (border.x - moved.x - 150.0).abs() < 10.0,
        "{border} {moved}"
    );
    let name = "Border between the logs";
    window.harness.get_by_label(name).focus();
    window.frame();
    window.frame();
    for _ in 0..2 {
        window.press(Key::ArrowRight);
    }
    window.frame();
    let by_key = window.wait_place(name).center();
    assert!(by_key.x > moved.x + 20.0, "{moved} {by_key}");
    window.quit();
    let text = std::fs::read_to_string(desk.settings("settings.toml")).unwrap();
    assert!(text.contains("split_share"), "{text}");
}

#[test]
fn a_narrow_window_shows_the_side_with_the_keys() {
    let desk = Desk::new();
    let web = desk.write("web.log", lines(0..50));
    let jobs = desk.write(
        "jobs.log",
        lines(0..20).replace("request served", "job done"),
    );
    let mut window = desk.sized(&[&web, &jobs], [600.0, 600.0]);
    window.shows(20, 20);
    window.ctrl_shift(Key::B);
    window.wait_row("request served");
    assert_eq!(sides(&window).len(), 1);
    // What comes into the hidden one was not seen.
    desk.append("jobs.log", &line(90, "ERROR", "app.web", "late"));
    window.wait("an error that was not seen", |window| {
        let mut tabs = window.state().tabs.iter();
        tabs.any(|tab| tab.name() == "jobs.log" && tab.unseen_errors == 1)
    });
    window.press(Key::F8);
    window.wait_row("job done");
    assert_eq!(sides(&window).len(), 1);
    window.wait("a seen error", |window| {
        window.state().tabs.iter().all(|tab| tab.unseen_errors == 0)
    });
}

#[test]
fn f6_goes_through_both_sides() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl_shift(Key::B);
    window.wait_row("request served");
    let mut seen = Vec::new();
    for _ in 0..12 {
        window.press(Key::F6);
        window.frame();
        if seen.last() != Some(&shown(&window)) {
            seen.push(shown(&window));
        }
    }
    assert!(seen.len() >= 3, "both get the keyboard in turn: {seen:?}");
}

#[test]
fn the_tree_is_shown_beside_two_logs_when_it_is_asked_for() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..300));
    let mut window = desk.sized(&[&log], [900.0, 600.0]);
    window.shows(300, 300);
    window.press(Key::F7);
    window.wait("a second view", |window| sides(window).len() == 2);
    assert!(window.place("Logger tree").is_none(), "no room for three");
    window.ctrl(Key::L);
    window.type_text("m");
    window.wait_place("Logger tree");
    window.frame();
    assert_eq!(sides(&window).len(), 2);
    assert!(window.says("No logger has this in its name."));
    window.press(Key::Escape);
    window.frame();
    assert!(window.place("Logger tree").is_none(), "closed");
}
