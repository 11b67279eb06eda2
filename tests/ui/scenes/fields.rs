//! The fields of the shown records, at the left of the table.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::{NodeT, Queryable as _};

use crate::common::{Desk, Window, line};

/// 600 records; a third has a status, each a duration from 0 to 599 ms.
fn open(desk: &Desk) -> Window {
    let text: String = (0..600)
        .map(|number| {
            let status = match number % 3 {
                0 => format!(" status={}", if number % 30 == 0 { 500 } else { 200 }),
                _ => String::new(),
            };
            let level = if number % 100 == 0 { "ERROR" } else { "INFO" };
            let words = format!("한글 took duration={number}ms{status}");
            line(number, level, "app.web", &words)
        })
        .collect();
    let log = desk.write("a.log", text);
    let mut window = desk.any_script(&[&log]);
    window.shows(600, 600);
    window
}

fn with_fields(desk: &Desk) -> Window {
    let mut window = open(desk);
    window.ctrl_shift(Key::L);
    window.wait_role(Role::TreeItem, "duration");
    window
}

#[test]
fn a_field_is_chosen_for_the_plot_by_keys_or_click() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let ask = |window: &mut Window| {
        let timeline = window.wait_role(Role::Figure, "Timeline").center();
        window.click_at(timeline, PointerButton::Secondary, Modifiers::NONE);
        window.click("Plot a field...");
        window.wait_says("Click a field, or Enter, to plot it");
        window.wait_role(Role::TreeItem, "duration");
    };
    ask(&mut window);
    // Names and levels are no numbers.
    let items = window.harness.get_all_by_role(Role::TreeItem);
    let items: Vec<_> = items
        .filter_map(|item| item.accesskit_node().label())
        .collect();
    assert_eq!(items, ["duration", "status"]);
    window.type_text("dura");
    window.press(Key::Enter);
    window.press(Key::Enter);
    window.wait_says("Plot of duration: 600 numbers");
    window.wait_gone("Click a field, or Enter, to plot it");
    let mut window = open(&desk);
    ask(&mut window);
    window.press(Key::Escape);
    window.wait_gone("Click a field, or Enter, to plot it");
    ask(&mut window);
    window.click_role(Role::TreeItem, "duration");
    window.wait_says("Plot of duration: 600 numbers");
}

#[test]
fn a_key_shows_the_fields_and_clicks_filter_by_their_values() {
    let desk = Desk::new();
    let mut window = with_fields(&desk);
    window.click_role(Role::TreeItem, "status");
    window.wait_role(Role::TreeItem, "500");
    window.click_role(Role::TreeItem, "500");
    window.shows(20, 600);
    // The list follows the filter.
    window.wait("one value left", |window| {
        window.place("200").is_none() && window.place("500").is_some()
    });
    window.ctrl_shift(Key::Backspace);
    window.shows(600, 600);
    window.wait_role(Role::TreeItem, "200");
    let row = window.wait_place("200").center();
    window.click_at(row, PointerButton::Primary, Modifiers::ALT);
    window.shows(420, 600);
    window.ctrl_shift(Key::Backspace);
    window.shows(600, 600);
    window.wait_place("Exclude status 200");
    window.settle();
    window.click("Exclude status 500");
    window.shows(580, 600);
    // The tree is still there.
    window.ctrl(Key::L);
    window.wait_role(Role::TreeItem, "root (all loggers)");
    assert!(window.place("Find a field").is_none());
}

#[test]
fn a_window_without_the_keyboard_does_not_count_again_and_again() {
    let desk = Desk::new();
    let mut window = with_fields(&desk);
    let state = |window: &Window| window.tab().fields.state.clone();
    window.wait("everything counted", |window| {
        state(window).is_some_and(|state| state.surveyed.complete)
    });
    window.focus(false);
    window.settle();
    let before = state(&window);
    for _ in 0..10 {
        window.frame();
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let same = before.zip(state(&window));
    assert!(same.is_some_and(|(one, other)| Arc::ptr_eq(&one, &other)));
}

#[test]
fn numbers_have_a_histogram_that_filters() {
    let desk = Desk::new();
    let mut window = with_fields(&desk);
    window.click_role(Role::TreeItem, "duration");
    window.wait_says("from 0 s to 599 ms, median 300 ms, 95 % below");
    let bars = window.wait_place("How often duration has which size");
    let at = |share: f32| Pos2::new(bars.left() + bars.width() * share, bars.center().y);
    window.click_at(at(0.99), PointerButton::Primary, Modifiers::NONE);
    window.shows(25, 600);
    window.ctrl_shift(Key::Backspace);
    window.shows(600, 600);
    window.wait_says("from 0 s to 599 ms");
    window.drag(at(0.01), at(0.49));
    window.wait("about half", |window| {
        (280..=320).contains(&window.tab().row_count()) && window.tab().is_filtered()
    });
}

#[test]
fn a_field_of_the_messages_becomes_a_column_and_stays_one() {
    let desk = Desk::new();
    let mut window = with_fields(&desk);
    window.click_role(Role::TreeItem, "duration");
    window.click("Show duration as a column");
    window.wait("cells", |window| {
        window.painted().iter().any(|(text, _)| text == "7ms")
    });
    let header = |window: &Window| {
        let arranged = window.tab().arrangement();
        let shown = arranged.columns.iter().zip(&arranged.states);
        let shown = shown.filter(|(_, state)| !state.hidden);
        shown
            .map(|(column, _)| column.spec.key.clone())
            .collect::<Vec<_>>()
    };
    let columns = header(&window);
    let place = |key: &str| columns.iter().position(|column| column == key);
    assert!(
        place("duration").is_some() && place("duration") < place("message"),
        "{columns:?}"
    );
    window.quit();
    let mut window = desk.window(&[&desk.path("a.log")]);
    window.shows(600, 600);
    assert_eq!(header(&window), columns);
    window.click_role(Role::TreeItem, "duration");
    window.click("Show duration as a column");
    window.frame();
    assert!(!header(&window).contains(&"duration".to_owned()));
}

#[test]
fn the_keyboard_reads_the_list() {
    let desk = Desk::new();
    let mut window = with_fields(&desk);
    window.type_text("stat");
    window.wait("only what was looked for", |window| {
        window.place("duration").is_none()
    });
    window.press(Key::ArrowDown);
    window.press(Key::ArrowRight);
    window.wait_role(Role::TreeItem, "500");
    window.press(Key::ArrowDown);
    window.press(Key::Delete);
    window.shows(420, 600);
    window.ctrl_shift(Key::Backspace);
    window.press(Key::ArrowLeft);
    window.press(Key::ArrowLeft);
    window.wait("folded", |window| window.place("500").is_none());
}

#[test]
fn counts_follow_a_log_that_grows() {
    let desk = Desk::new();
    let mut window = with_fields(&desk);
    window.click_role(Role::TreeItem, "status");
    let count = |window: &Window, name: &str| {
        let state = window.tab().fields.state.clone().unwrap();
        let mut fields = state.fields.fields.iter();
        let field = fields.find(|field| *field.name == *name);
        field.map_or(0, |field| field.records)
    };
    window.wait("all of them", |window| count(window, "status") == 200);
    let late = "late status=500 fresh=1";
    desk.append("a.log", &line(600, "INFO", "app.web", late));
    window.wait_role(Role::TreeItem, "fresh");
    assert_eq!(count(&window, "status"), 201);
    assert_eq!(count(&window, "level"), 601);
}

fn with_plot(desk: &Desk) -> Window {
    let mut window = with_fields(desk);
    window.click_role(Role::TreeItem, "duration");
    window.click("Plot duration over time");
    window.wait_says("Plot of duration: 600 numbers from 0 s to 599 ms");
    window
}

#[test]
fn a_number_is_drawn_over_time_and_a_click_goes_to_its_record() {
    let desk = Desk::new();
    let mut window = with_plot(&desk);
    // It stands where it is to be once everything around it has its size.
    for _ in 0..10 {
        window.frame();
    }
    window.settle();
    let drawing = window.wait_role(Role::Figure, "Plot of duration");
    // Numbers grow with time: the one in the middle is about in the middle of the height.
    window.click_at(drawing.center(), PointerButton::Primary, Modifiers::NONE);
    window.wait("a record in the middle", |window| {
        let chosen = window.chosen();
        chosen
            .iter()
            .any(|row| row.contains("duration=3") || row.contains("duration=2"))
    });
    // It shares the time of the bars above, and filters like them.
    let at = |share: f32| {
        Pos2::new(
            drawing.left() + drawing.width() * share,
            drawing.bottom() - 12.0,
        )
    };
    window.drag(at(0.25), at(0.75));
    window.wait("half of the records", |window| {
        (250..=350).contains(&window.tab().row_count()) && window.tab().is_filtered()
    });
    let left = window.tab().row_count();
    window.wait_says(&format!("Plot of duration: {left} numbers"));
    window.click("Hide the plot");
    window.wait_gone("Plot of duration");
}

#[test]
fn a_window_too_low_for_the_plot_says_so() {
    let desk = Desk::new();
    let mut window = with_plot(&desk);
    window.harness.set_size(egui::vec2(1280.0, 460.0));
    window.wait_says("In a higher window: the plot of duration");
    assert!(!window.says("Plot of duration"), "there is no room");
    window.harness.set_size(egui::vec2(1280.0, 800.0));
    window.wait_says("Plot of duration: 600 numbers");
    assert!(!window.says("In a higher window"));
    window.harness.set_size(egui::vec2(1280.0, 460.0));
    window.wait_says("In a higher window");
    window.click("Hide the plot");
    window.wait_gone("In a higher window");
}

#[test]
fn a_plot_is_split_by_level_and_by_a_value_and_follows_the_log() {
    let desk = Desk::new();
    let mut window = with_plot(&desk);
    window.click("not split");
    window.click("By level");
    window.wait_says("ERROR: 6 numbers");
    assert!(window.says("INFO: 594 numbers"));
    window.click("by level");
    window.click("By status");
    window.wait_says("200: 180 numbers");
    assert!(window.says("500: 20 numbers") && window.says("others: 400 numbers"));
    let late = "late duration=2s status=500";
    desk.append("a.log", &line(600, "INFO", "app.web", late));
    window.wait_says("Plot of duration: 601 numbers from 0 s to 2 s");
    window.wait_says("500: 21 numbers");
}

#[test]
fn the_plot_and_what_stands_in_the_dock_are_there_again_after_a_restart() {
    let desk = Desk::new();
    let mut window = with_plot(&desk);
    window.click("not split");
    window.click("By status");
    window.wait_says("200: 180 numbers");
    window.click("Sizes by factors");
    window.ctrl_shift(Key::G);
    window.wait_says("Find a pattern");
    window.settle();
    let spec = window.tab().plot.spec.clone();
    window.quit();
    let mut window = desk.any_script(&[]);
    window.wait_says("Plot of duration: 600 numbers");
    window.wait_says("200: 180 numbers");
    window.wait_says("Find a pattern");
    assert_eq!(window.tab().plot.spec, spec);
    assert_eq!(window.tab().plot.by_factors, Some(true));
    // Without any, too.
    window.click("Hide the plot");
    window.ctrl_shift(Key::J);
    window.quit();
    let mut window = desk.any_script(&[]);
    window.settle();
    assert!(window.tab().plot.spec.is_none() && !window.says("Find a pattern"));
}

#[test]
fn names_and_values_are_completed_with_their_counts() {
    let desk = Desk::new();
    let mut window = with_fields(&desk);
    window.wait("all of them", |window| {
        let state = window.tab().fields.state.as_ref();
        state.is_some_and(|state| state.surveyed.complete)
    });
    window.ctrl_shift(Key::F);
    window.type_text("sta");
    window.wait_role(Role::ListBoxOption, "status:");
    window.type_text("tus:");
    window.wait_role(Role::ListBoxOption, "200");
    window.type_text("5");
    window.wait_role(Role::ListBoxOption, "500");
    window.press(Key::Tab);
    window.shows(20, 600);
}

#[test]
fn of_a_missing_file_nothing_is_said_to_be_counted() {
    let desk = Desk::new();
    let mut window = desk.window(&[&desk.path("missing.log")]);
    window.wait_says("The file does not exist");
    window.click("Fields");
    window.click("Patterns");
    for _ in 0..3 {
        window.frame();
    }
    assert!(!window.says("being counted"), "{}", window.describe());
    assert!(!window.says("Reading the records"), "{}", window.describe());
    window.wait_says("There are no records yet.");
}
