//! Teaching a format to the whole window over real files.

use std::fs;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{Queryable as _, by};

use crate::common::{Desk, Window};

/// Lines in a format that nothing comes with: `2026-11-22 10:00:00,000 <3> [mod] text`.
fn odd(count: usize) -> String {
    let line = |n: usize| {
        format!(
            "2026-11-22 10:00:{:02},000 <{}> [job.{}] step {n} é\n",
            n % 60,
            n % 7,
            n % 3
        )
    };
    (0..count).map(line).collect()
}

const ODD: &str = "%(asctime)s <%(sev)s> [%(name)s] %(message)s";

fn type_format(window: &mut Window, text: &str) {
    window.ctrl(Key::T);
    window.wait_says("Format of ");
    window.ctrl(Key::A);
    window.type_text(text);
}

fn format_name(window: &Window) -> String {
    window.tab().source.as_ref().unwrap().format.name.clone()
}

#[test]
fn a_format_is_saved_and_recognised_in_the_next_file() {
    let desk = Desk::new();
    let log = desk.write("a.log", odd(30));
    let mut window = desk.window(&[&log]);
    window.settle();
    type_format(&mut window, ODD);
    window.wait_says("100 % match: 30 of 30 lines start a record");
    window.click_role(Role::TextInput, "Save as");
    window.type_text("Odd job");
    window.press(Key::Enter);
    window.click("Apply");
    window.wait_gone("Format of a.log");
    window.wait_says("Odd job  100 % of 30 records match");
    window.quit();
    let text = fs::read_to_string(desk.settings("formats/odd-job.toml")).unwrap();
    assert!(
        text.contains("name = \"Odd job\"") && text.contains(ODD),
        "{text}"
    );
    // Another file of the kind: detection knows the format now.
    let other = desk.write("b.log", odd(50));
    let mut window = desk.window(&[&other]);
    window.settle();
    assert_eq!(format_name(&window), "Odd job");
    assert!(window.tab().source.as_ref().unwrap().format_was_detected);
}

#[test]
fn the_failing_lines_of_the_whole_file_are_told_with_their_place() {
    let desk = Desk::new();
    let mut text = odd(20);
    text.push_str("2026-11-22 11:00:00,000 | 3 | [late] other\n");
    text.push_str(&odd(5));
    let log = desk.write("a.log", text);
    let mut window = desk.window(&[&log]);
    window.settle();
    type_format(&mut window, ODD);
    window.wait_says("96.2 % match: 25 of 26 lines start a record, 1 should and do not match");
    window.click("Lines that fail (1)");
    window.wait_says(
        "Line 21: stopped at column 24 of the line: expected ' <' of the template, column 12",
    );
}

#[test]
fn a_damaged_format_file_is_told_with_its_line() {
    let desk = Desk::new();
    let log = desk.write("a.log", odd(3));
    fs::create_dir(desk.settings("formats")).unwrap();
    let bad = "name = \"Bad\"\n\n[format]\nkind = \"template\"\nstyle = \"%\"\ntext = \"%(mess\"\n";
    fs::write(desk.settings("formats/bad.toml"), bad).unwrap();
    let mut window = desk.window(&[&log]);
    window.wait_says("A format cannot be used");
    window.wait_says("line 6: ");
    window.settle();
    // Mended while the program runs: opening the dialog reads it again.
    fs::write(
        desk.settings("formats/bad.toml"),
        bad.replace("%(mess", "%(message)s"),
    )
    .unwrap();
    window.ctrl(Key::T);
    window.wait_says("Bad");
}

#[test]
fn formats_that_others_write_are_seen_when_the_window_is_looked_at() {
    let desk = Desk::new();
    let log = desk.write("a.log", odd(5));
    let mut window = desk.window(&[&log]);
    window.settle();
    let file = |text: &str| {
        format!(
            "name = \"Theirs\"\n[format]\nkind = \"template\"\nstyle = \"%\"\ntext = \"{text}\"\n"
        )
    };
    fs::create_dir_all(desk.settings("formats")).unwrap();
    fs::write(
        desk.settings("formats/theirs.toml"),
        file("%(asctime)s %(message)s"),
    )
    .unwrap();
    // The menu of formats looks by itself.
    window.click_role(Role::Button, "5 records match");
    // The entry that comes makes it larger, and what is in it already stays where it is.
    let mut places = Vec::new();
    let mut there = 0;
    while there < 5 {
        places.push(window.place("Edit format... Ctrl+T"));
        window.frame();
        there += usize::from(window.says("Theirs your own"));
    }
    places.dedup();
    assert_eq!(places.len(), 1, "{places:?}");
    window.click_role(Role::Button, "Theirs your own");
    window.wait_says("Theirs  100 % of 5 records match");
    let fields = |window: &Window| window.tab().columns.len();
    let before = fields(&window);
    fs::write(desk.settings("formats/theirs.toml"), file(ODD)).unwrap();
    window.focus(false);
    window.focus(true);
    window.wait("the columns of the changed format", |window| {
        fields(window) > before
    });
    window.wait_says("Theirs  100 % of 5 records match");
}

#[test]
fn a_format_is_remembered_for_files_alike() {
    let desk = Desk::new();
    let first = desk.write("job-1.log", odd(5));
    let second = desk.write("job-2.log", odd(6));
    let mut window = desk.window(&[&first]);
    window.settle();
    type_format(&mut window, "%(asctime)s %(message)s");
    window.wait_says("5 of 5 lines start a record");
    window.click_role(Role::ComboBox, "Remember for");
    let pattern = format!("files like {}", desk.path("job-*.log").display());
    window.click(&pattern);
    window.click("Apply");
    window.wait_gone("Format of job-1.log");
    window.quit();
    let mut window = desk.window(&[&second]);
    window.settle();
    assert_eq!(format_name(&window), "%(asctime)s %(message)s");
    // Back to automatic holds for this file, whatever is remembered for others.
    window.ctrl(Key::T);
    window.click("Back to automatic");
    window.wait("the detected format", |window| {
        let source = window.tab().source.as_ref().unwrap();
        source.format_was_detected
    });
    window.quit();
    let mut window = desk.window(&[&second]);
    window.settle();
    assert!(window.tab().source.as_ref().unwrap().format_was_detected);
}

#[test]
fn a_field_becomes_the_level() {
    let desk = Desk::new();
    let text: String = ["INFO", "ERR", "WARN"]
        .iter()
        .map(|sev| format!("2026-11-22 10:00:00,000 <{sev}> [db] é\n"))
        .collect();
    let log = desk.write("a.log", text);
    let mut window = desk.window(&[&log]);
    window.settle();
    type_format(&mut window, "%(asctime)s <%(sev)s> [%(part)s] %(message)s");
    window.wait_says("3 of 3 lines start a record");
    window.wait_says("sev");
    for (field, role) in [("sev", "the level"), ("part", "the logger")] {
        window.click(field);
        window.click(role);
    }
    window.click("Apply");
    window.wait_gone("Format of a.log");
    window.wait("levels", |window| {
        let source = window.tab().source.as_ref().unwrap();
        let errors = source
            .snapshot
            .stats
            .levels()
            .filter(|(level, _)| source.snapshot.levels.name(*level) == "ERROR");
        errors.count() == 1
    });
}

#[test]
fn an_unknown_level_word_is_given_a_place_that_stays() {
    let desk = Desk::new();
    let line = |word: &str| format!("2026-11-22 10:00:00,000 {word} app: text\n");
    let text = line("INFO").repeat(5) + &line("AUDIT").repeat(2);
    let log = desk.write("a.log", text);
    let mut window = desk.window(&[&log]);
    window.settle();
    type_format(
        &mut window,
        "%(asctime)s %(levelname)s %(name)s: %(message)s",
    );
    window.wait_says("7 of 7 lines start a record");
    window.click("Apply");
    window.wait_gone("Format of a.log");
    let rank = |window: &Window| {
        let levels = &window.tab().source.as_ref().unwrap().snapshot.levels;
        levels.find("AUDIT").map(|id| levels.rank(id))
    };
    window.wait("the guess", |window| rank(window) == Some(25));
    window.ctrl(Key::Comma);
    window.wait_says("2 records");
    window.type_text("level words");
    window.click_role(Role::ComboBox, "AUDIT");
    window.click("ERROR");
    window.wait("the place", |window| rank(window) == Some(40));
    window.quit();
    let mut window = desk.window(&[&log]);
    window.wait("the place after a restart", |window| {
        window.tab().source.is_some() && rank(window) == Some(40)
    });
}

#[test]
fn times_are_shown_and_read_in_the_zones_of_choice() {
    let desk = Desk::new();
    let log = desk.write(
        "a.log",
        "2026-11-22 10:00:00,000 INFO a: x\n2026-11-22 10:00:01,500 INFO a: y\n",
    );
    let mut window = desk.window(&[&log]);
    window.settle();
    window.click_role(Role::Button, "local");
    window.wait_says("Show times");
    window.click("UTC");
    window.click("in a time zone");
    window.click("Zone to show");
    window.type_text("Asia/Seoul");
    window.wait_row("2026-11-22 19:00:01.500");
    window.click("since the first record");
    window.wait_row("00:00:01.500");
    window.quit();
    // Both choices are kept, the zone of the file with the file.
    let mut window = desk.window(&[&log]);
    window.wait_row("00:00:01.500");
    let source = window.tab().source.as_ref().unwrap();
    assert_eq!(source.zone.to_string(), "UTC");
}

#[test]
fn times_are_typed_and_told_in_the_zone_that_the_log_names() {
    let desk = Desk::new();
    // No zone that a desktop has.
    let line = |n: usize| format!("2026-11-22T10:{n:02}:00.000+07:30 INFO app.web: request {n}\n");
    let log = desk.write("a.log", (0..40).map(line).collect::<String>());
    let mut window = desk.window(&[&log]);
    window.shows(40, 40);
    window.wait_role(Role::Button, "+07:30");
    // All 29 letters of a time have room, which are 7.5 points wide.
    window.frame();
    let column = window.wait_place("Column Time").width();
    assert!(column >= 29.0 * 7.5, "{column}");
    window.wait_says("Timeline: 40 records from 2026-11-22 10:00:00.000");
    window.ctrl_shift(Key::F);
    window.type_text("since:10:30");
    window.shows(10, 40);
    window.press(Key::Escape);
    window.ctrl(Key::G);
    window.type_text("10:35");
    window.press(Key::Enter);
    window.wait_chosen("request 35");
}

#[test]
fn a_key_of_json_records_becomes_a_column() {
    let desk = Desk::new();
    let line = |n: usize| {
        format!(
            "{{\"level\":\"info\",\"time\":\"2026-11-22T10:00:{n:02}Z\",\"msg\":\"m{n}\",\"tenant\":\"t{n}\"}}\n"
        )
    };
    let log = desk.write("a.jsonl", (0..9).map(line).collect::<String>());
    let mut window = desk.window(&[&log]);
    window.settle();
    window.ctrl(Key::T);
    window.wait_says("9 of 9 lines start a record");
    window.click("tenant");
    window.click("a column of its own");
    window.wait_says("Reset roles");
    window.click("Apply");
    window.wait_gone("Format of a.jsonl");
    window.wait_place("Column tenant");
    window.wait_row("t3");
}

#[test]
fn the_format_of_another_writer_is_suggested_and_records_say_who_wrote_them() {
    let desk = Desk::new();
    let mut text = odd(200);
    for n in 0..6 {
        text.push_str(&format!(
            "127.0.0.1 - - [22/Nov/2026 10:00:0{n}] \"GET /{n} HTTP/1.1\" 200 -\n"
        ));
    }
    let log = desk.write("a.log", text);
    let mut window = desk.window(&[&log]);
    window.settle();
    type_format(&mut window, ODD);
    window.wait_says("200 of 206 lines start a record, 6 should and do not match");
    window.click("Lines that fail (6)");
    window.wait_says("6 of 6 of these lines are ");
    window.click("Add this format");
    window.wait_says("206 of 206 lines start a record");
    window.wait_says("format 1: 200 records, format 2: 6 records");
    window.click("Apply");
    window.wait_gone("Format of a.log");
    window.settle();
    window.wait("206 records", |window| window.tab().row_count() == 206);
    window.press(Key::End);
    window.wait_row("GET /0");
    window.click_row(
        "GET /0",
        egui::PointerButton::Primary,
        egui::Modifiers::NONE,
    );
    window.click_role(Role::Button, "Fields");
    window.wait_says("werkzeug, Flask");
}

#[test]
fn a_format_in_a_file_is_taken_over() {
    let desk = Desk::new();
    let log = desk.write("a.log", odd(5));
    let shared = format!(
        "name = \"Shared\"\n[format]\nkind = \"template\"\nstyle = \"%\"\ntext = \"{ODD}\"\n"
    );
    let shared = desk.write("shared.toml", shared);
    let mut window = desk.window(&[&log]);
    window.settle();
    window.ctrl(Key::T);
    window.will_pick(timberline::app::Picked::Files(vec![shared]));
    window.click("Import...");
    window.wait_says("Your formats");
    window.click("Shared");
    window.click("Delete");
    window.wait_gone("Your formats");
    // The keeper's thread removes it.
    let file = desk.settings("formats/shared.toml");
    window.wait("the file to be gone", |_| !file.exists());
}

#[test]
fn records_whose_end_tells_them_are_previewed_as_they_are_shown() {
    let desk = Desk::new();
    let text: String = (0..10)
        .map(|n| format!("2026-11-22 10:00:0{n},000 first {n}\nsecond line [app.db]\n"))
        .collect();
    let log = desk.write("a.log", text);
    let mut window = desk.window(&[&log]);
    window.settle();
    type_format(&mut window, "%(asctime)s %(message)s [%(name)s]");
    window.wait_says("100 % match: 10 of 20 lines start a record, 10 belong to the record before");
    window.click("Apply");
    window.wait_gone("Format of a.log");
    window.wait("10 records", |window| window.tab().row_count() == 10);
    window.wait_row("app.db first 9");
}

#[test]
fn a_format_is_taught_by_keys_alone() {
    let desk = Desk::new();
    let log = desk.write("a.log", odd(9));
    let mut window = desk.window(&[&log]);
    window.settle();
    type_format(&mut window, ODD);
    window.wait_says("9 of 9 lines start a record");
    // The template has the keyboard; Tab goes on to everything else, one thing after the other.
    let named = |window: &Window, name: &str| {
        let mut nodes = window.harness.query_all(by().label(name));
        nodes.any(|node| node.is_focused())
    };
    let mut reached = Vec::new();
    for _ in 0..120 {
        window.press(Key::Tab);
        for name in ["sev", "Lines that fail", "Save as", "Copy as TOML", "Apply"] {
            if named(&window, name) && !reached.contains(&name) {
                reached.push(name);
            }
        }
        if named(&window, "Save as") {
            window.type_text("Keys");
            window.press(Key::Enter);
            window.wait_says("Your formats");
            break;
        }
    }
    assert_eq!(reached, ["Lines that fail", "sev", "Save as"]);
    window.press(Key::Escape);
    window.wait_gone("Format of a.log");
    // Enter in the template applies it.
    type_format(&mut window, "%(asctime)s %(message)s");
    window.wait_says("9 of 9 lines start a record");
    window.press(Key::Enter);
    window.wait_gone("Format of a.log");
    window.wait("the format", |window| {
        format_name(window) == "%(asctime)s %(message)s"
    });
}
