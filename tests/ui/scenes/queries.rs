//! The query language in the window: typed, completed, as chips and back as text, remembered and saved.

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton};

use timberline::app::Picked;

use crate::common::{Desk, Window, line};

const LEVELS: [&str; 4] = ["DEBUG", "INFO", "WARNING", "ERROR"];
const LOGGERS: [&str; 3] = ["app.db", "app.db.pool", "app.web"];

/// 120 records: every level 30 times, every logger 40 times.
fn open(desk: &Desk) -> Window {
    let text: String = (0..120)
        .map(|number| {
            let at = number as usize;
            let words = format!("took={}ms pay", at * 10);
            line(number, LEVELS[at % 4], LOGGERS[at % 3], &words)
        })
        .collect();
    let log = desk.write("app.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(120, 120);
    window
}

fn type_query(window: &mut Window, query: &str) {
    window.ctrl_shift(Key::F);
    window.type_text(query);
}

fn typed(window: &Window) -> &str {
    &window.tab().filters.bar.pattern().text
}

#[test]
fn a_query_filters_while_it_is_typed() {
    let desk = Desk::new();
    let mut window = open(&desk);
    type_query(&mut window, "level>=warning");
    window.shows(60, 120);
    // What is said of levels is seen at the levels.
    window.wait_says("DEBUG, 30 records, hidden");
    window.type_text(" -logger:app.db");
    window.shows(20, 120);
    window.type_text(" took>=600ms");
    window.shows(10, 120);
    // A mistake keeps the rows, and says where it is.
    window.type_text(" )");
    window.wait_says("No parenthesis is open here at character 43, before \")\"");
    assert!(window.says("Showing 10 of 120"));
    window.press(Key::Backspace);
    window.type_text("/a(/");
    window.wait_says("The expression cannot be used: unclosed group at character 45");
}

#[test]
fn what_is_unfinished_is_no_mistake_yet() {
    let desk = Desk::new();
    let mut window = open(&desk);
    type_query(&mut window, "pay level>=");
    window.wait_says("A value is missing after level>=");
    window.wait_says("For example level>=warning or level:error");
    window.press(Key::Enter);
    assert_eq!(typed(&window), "pay level>=", "it is not kept");
}

#[test]
fn a_level_that_nobody_knows_is_told() {
    let desk = Desk::new();
    let mut window = open(&desk);
    type_query(&mut window, "level>=zzz");
    window.wait_says("no level zzz: it is taken for one between INFO and WARNING");
    window.press(Key::Enter);
    // It is told as long as it decides what is shown.
    window.wait_role(Role::Button, "Remove zzz and above");
    window.wait_says("The log has no level zzz");
    window.click("Remove zzz and above");
    type_query(&mut window, "level>=critical");
    window.shows(0, 120);
    assert!(!window.says("The log has no level"));
}

/// The rows that somebody looks at while typing stay where they are, whatever there is to tell of what is typed.
#[test]
fn rows_do_not_move_while_one_types() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let place = |window: &mut Window| window.wait_row("pay").rect.top();
    let before = place(&mut window);
    for (typed, told) in [
        ("level>=", "A value is missing after level>="),
        ("level>=info )", "No parenthesis is open here"),
    ] {
        window.press_with(Modifiers::COMMAND, Key::A);
        type_query(&mut window, typed);
        window.wait_says(told);
        assert_eq!(place(&mut window), before, "{typed}");
    }
    // In the list there are the lines too.
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("level>=");
    window.wait_role(Role::ListBoxOption, "warning");
    window.wait_says("A value is missing after level>=");
    // Without the list it is told in a row of its own.
    window.press(Key::Escape);
    window.wait("the list to close", |window| !window.says("Suggestions"));
    window.wait_says("A value is missing after level>=");
    assert!(place(&mut window) > before);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.press(Key::Backspace);
    // The find bar too.
    window.ctrl(Key::F);
    window.click_last("Regular expression");
    let before = place(&mut window);
    window.ctrl(Key::F);
    window.type_text("pay(");
    window.wait_says("unclosed group");
    assert_eq!(place(&mut window), before);
}

#[test]
fn rows_of_a_log_without_levels_do_not_move_either() {
    let desk = Desk::new();
    let log = desk.write("plain.log", "first line\nsecond line\nthird line\n");
    let mut window = desk.window(&[&log]);
    window.shows(3, 3);
    let before = window.wait_row("second").rect.top();
    type_query(&mut window, "line");
    window.shows(3, 3);
    window.wait("the filter", |window| window.tab().is_filtered());
    assert_eq!(window.wait_row("second").rect.top(), before);
    // What is shown around matches is told where it is on.
    window.press(Key::Enter);
    window.wait_role(Role::Button, "Records around matches: 0");
}

#[test]
fn rows_do_not_move_when_the_first_level_comes() {
    let desk = Desk::new();
    let log = desk.write("plain.log", "first line\nsecond line\n");
    let mut window = desk.window(&[&log]);
    window.shows(2, 2);
    let before = window.wait_row("second").rect.top();
    desk.append("plain.log", "ERROR: lost\n");
    window.shows(3, 3);
    window.wait_says("ERROR, 1 record");
    assert_eq!(window.wait_row("second").rect.top(), before);
}

#[test]
fn enter_makes_chips_and_they_become_text_again() {
    let desk = Desk::new();
    let mut window = open(&desk);
    type_query(
        &mut window,
        "level>=warning (logger:app.db OR web) -took:20ms",
    );
    window.shows(59, 120);
    window.press(Key::Enter);
    window.wait_role(Role::Button, "Remove WARNING and above");
    window.wait_role(Role::Button, "Remove logger:app.db OR web");
    window.wait_role(Role::Button, "Remove took:20ms");
    assert_eq!(typed(&window), "");
    window.shows(59, 120);
    window.click("Saved and recent filters");
    window.click("Edit the filter as text");
    window.settle();
    assert_eq!(
        typed(&window),
        "level>=warning (logger:app.db OR web) -took:20ms"
    );
    window.shows(59, 120);
    // A click on a level that the text hides shows it: the text becomes chips first.
    let debug = window.wait_role(Role::Button, "ERROR, 30 records");
    window.click_at(debug.center(), PointerButton::Primary, Modifiers::NONE);
    window.wait_role(Role::Button, "Remove ERROR");
    assert_eq!(typed(&window), "");
}

#[test]
fn a_field_of_the_log_hides_nothing_until_its_value_comes() {
    let desk = Desk::new();
    let mut window = open(&desk);
    type_query(&mut window, "level:error levelname:");
    window.wait_says("A value is missing after levelname:");
    window.shows(30, 120);
    // What is no field is a text.
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("Nobody:");
    window.shows(0, 120);
}

#[test]
fn words_are_completed_from_the_log() {
    let desk = Desk::new();
    let mut window = open(&desk);
    type_query(&mut window, "log");
    window.wait_says("logger:");
    window.press(Key::Tab);
    window.settle();
    assert_eq!(typed(&window), "logger:");
    window.type_text("app.");
    window.settle();
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.settle();
    // The logger with the most records stands first, with what is below it.
    assert_eq!(typed(&window), "logger:app.db ");
    window.shows(80, 120);
    window.type_text("level:er");
    window.press(Key::Tab);
    window.settle();
    assert_eq!(typed(&window), "logger:app.db level:error ");
    window.shows(20, 120);
}

#[test]
fn esc_closes_the_list_then_leaves_the_box_then_empties_it() {
    let desk = Desk::new();
    let mut window = open(&desk);
    type_query(&mut window, "le");
    window.wait_says("level:");
    window.press(Key::Escape);
    window.wait_gone("level:");
    assert_eq!(typed(&window), "le");
    assert!(window.tab().filters.bar.has_keyboard);
    window.press(Key::Escape);
    window.settle();
    assert!(!window.tab().filters.bar.has_keyboard);
    assert_eq!(typed(&window), "le");
    window.press(Key::Escape);
    window.settle();
    assert_eq!(typed(&window), "");
    window.shows(120, 120);
}

#[test]
fn queries_are_remembered_and_saved_under_a_name() {
    let desk = Desk::new();
    let mut window = open(&desk);
    type_query(&mut window, "logger=app.db");
    window.press(Key::Enter);
    window.shows(40, 120);
    window.ctrl_shift(Key::F);
    window.press(Key::ArrowUp);
    window.settle();
    assert_eq!(typed(&window), "logger=app.db");
    window.press(Key::Escape);
    window.click("Saved and recent filters");
    window.click("Name for this filter");
    window.type_text("Database");
    window.click("Save");
    window.settle();
    window.ctrl_shift(Key::Backspace);
    window.quit();
    let mut window = desk.window(&[&desk.path("app.log")]);
    window.shows(120, 120);
    window.click("Saved and recent filters");
    window.click("Database");
    window.shows(40, 120);
    assert_eq!(typed(&window), "logger=app.db");
}

#[test]
fn a_field_that_the_format_does_not_have_is_told_when_nothing_is_found() {
    let desk = Desk::new();
    let mut window = open(&desk);
    type_query(&mut window, "List<String>");
    window.shows(0, 120);
    window.wait_says("The format has no field List");
    window.ctrl(Key::A);
    window.type_text("took<50ms");
    window.shows(5, 120);
    window.wait_gone("The format has no field");
}

#[test]
fn saved_filters_come_from_a_file() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let file = desk.write(
        "filters.toml",
        "[[filters.saved]]\nname = \"Slow\"\nquery = \"took>1s\"\n",
    );
    window.will_pick(Picked::Files(vec![file]));
    window.click("Saved and recent filters");
    window.click("Take over saved filters from a file...");
    window.wait("the filter", |window| {
        !window.state().settings.filters.saved.is_empty()
    });
    window.ctrl_shift(Key::P);
    window.type_text("slow");
    window.press(Key::Enter);
    window.shows(19, 120);
    assert_eq!(typed(&window), "took>1s");
}

#[test]
fn values_of_fields_are_completed_from_the_rows() {
    let desk = Desk::new();
    let text: String = (0..40)
        .map(|number| {
            let thread = ["MainThread", "Pool 1", "Pool 2"][number % 3];
            format!("2026-11-22 10:00:{number:02},000 INFO [{thread}] app - no {number:05}\n")
        })
        .collect();
    let log = desk.write("threads.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(40, 40);
    type_query(&mut window, "thread:po");
    window.wait_says("\"Pool 1\"");
    window.press(Key::Tab);
    window.settle();
    assert_eq!(typed(&window), "thread:\"Pool 1\" ");
    window.shows(13, 40);
}

/// The lines of the list below the box, with their counts.
fn offered(window: &Window) -> Vec<(String, Option<u64>)> {
    let offers = timberline::app::offers(window.tab()).items.into_iter();
    offers.map(|offer| (offer.text, offer.count)).collect()
}

#[test]
fn values_are_counted_over_the_whole_log_as_soon_as_they_are_asked_for() {
    let desk = Desk::new();
    let text: String = (0..3000)
        .map(|number| {
            let status = if number % 10 == 1 { 500 } else { 200 };
            let words = match number % 3 {
                0 => "nothing".to_owned(),
                _ => format!("served status={status} user=한글{}", number % 7),
            };
            line(number, LEVELS[number as usize % 4], "app.web", &words)
        })
        .collect();
    let log = desk.write("a.log", text);
    let mut window = desk.any_script(&[&log]);
    window.shows(3000, 3000);
    // What is kept of the log does not change what is counted.
    type_query(&mut window, "level:error");
    window.press(Key::Enter);
    window.shows(750, 3000);
    window.type_text("stat");
    window.wait_role(Role::ListBoxOption, "status:");
    window.press(Key::Tab);
    window.wait("both values with their counts", |window| {
        offered(window) == [("200".into(), Some(1800)), ("500".into(), Some(200))]
    });
    window.wait_role(Role::ListBoxOption, "500");
    // While it is typed, what is typed is filtered by, and the counts are what they were.
    window.type_text("5");
    window.wait("one value", |window| {
        offered(window) == [("500".into(), Some(200))]
    });
    window.press(Key::Tab);
    window.shows(100, 3000);
    window.type_text("user:한글");
    window.wait("the users", |window| offered(window).len() == 7);
    // What is chosen stays chosen while more is counted.
    window.press(Key::ArrowDown);
    desk.append("a.log", &line(3000, "INFO", "app", "user=한글9 status=200"));
    window.wait("the new record", |window| {
        window
            .tab()
            .source
            .as_ref()
            .is_some_and(|it| it.snapshot.len() == 3001)
    });
    assert_eq!(offered(&window).len(), 7);
    window.press(Key::Escape);
    window.press(Key::Escape);
    window.wait("nothing asked for", |window| {
        window.tab().filters.bar.cursor().is_none()
    });
    // Nobody looks: what is new is not counted.
    let counted = |window: &Window| {
        window
            .tab()
            .fields
            .words
            .as_ref()
            .map(|it| it.surveyed.rows)
    };
    let before = counted(&window);
    desk.append("a.log", &line(3001, "INFO", "app", "user=한글8"));
    window.wait("the new record", |window| {
        window
            .tab()
            .source
            .as_ref()
            .is_some_and(|it| it.snapshot.len() == 3002)
    });
    window.settle();
    assert_eq!(counted(&window), before);
}

#[test]
fn hiding_what_is_only_begun_hides_nothing() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.click("Hide what matches");
    type_query(&mut window, "level>=");
    window.wait_says("A value is missing after level>=");
    window.shows(120, 120);
    window.type_text("error");
    window.shows(90, 120);
}

#[test]
fn what_was_clicked_stands_in_the_empty_box_as_a_query() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.click_role(Role::TreeItem, "app.web");
    window.shows(40, 120);
    window.ctrl(Key::E);
    window.wait("the text to edit", |window| {
        window.tab().filters.bar.pattern().text == "logger:app.web"
    });
}
