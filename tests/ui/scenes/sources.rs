//! Logs that are no plain files, as a user meets them: compressed, in archives and folders, printed by a program.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use egui::Key;
use egui::accesskit::Role;
use timberline::app::Picked;
use timberline::engine::FeedEnd;

use crate::common::pack::{gzip, zip};
use crate::common::{Desk, Window, lines};

fn age(path: &Path, seconds: u64) {
    let file = fs::File::options().write(true).open(path).unwrap();
    let then = SystemTime::now() - Duration::from_secs(seconds);
    file.set_modified(then).unwrap();
}

/// Keeps a file looking as if somebody still writes it, until it is dropped: unpacking does not end by itself.
struct Written(Arc<AtomicBool>);

impl Written {
    fn new(path: &Path) -> Self {
        let goes_on = Arc::new(AtomicBool::new(true));
        let (path, asked) = (path.to_owned(), Arc::clone(&goes_on));
        let write = move || {
            while asked.load(Ordering::Relaxed) {
                age(&path, 0);
                std::thread::sleep(Duration::from_millis(20));
            }
        };
        let writer = std::thread::Builder::new().name("writer".into());
        writer.spawn(write).unwrap();
        Self(goes_on)
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

#[test]
fn unpacking_is_shown_and_esc_stops_it() {
    let desk = Desk::new();
    let log = desk.write("app.log.1.gz", gzip(lines(0..20_000)).repeat(50));
    let written = Written::new(&log);
    let mut window = desk.window(&[&log]);
    window.wait_says("Unpacking");
    window.wait_row("request served no 00000");
    window.wait_place("Cancel unpacking");
    window.press(Key::Escape);
    window.wait_says("Stopped at");
    drop(written);
    window.wait_says("Unpack again");
    window.wait_row("request served no 00000");
    let source = window.tab().source.as_ref().unwrap();
    assert_eq!(source.feed.as_ref().unwrap().end, Some(FeedEnd::Stopped));
    assert_eq!(source.snapshot.stats.unmatched, 0, "its format is known");
    assert!(!window.says("Cancel unpacking"));
}

#[test]
fn a_log_opens_with_its_rotated_files() {
    let desk = Desk::new();
    desk.write("app.log.1.gz", gzip(lines(0..50)));
    let log = desk.write("app.log", lines(50..100));
    let mut window = desk.window(&[&log]);
    window.wait_row("request served no 00050");
    window.ctrl_shift(Key::O);
    window.wait("both tabs", |window| window.state().tabs.len() == 2);
    window.wait("all records", |window| {
        let source = window.tab().source.as_ref();
        source.is_some_and(|source| source.snapshot.len() == 100)
    });
    assert!(window.tab().place().ends_with("with its rotated files"));
    let painted = window.painted();
    assert!(painted.iter().any(|(text, _)| text == "with rotated files"));
}

#[test]
fn an_archive_offers_its_files() {
    let desk = Desk::new();
    let files = [
        ("logs/old.log", 20, lines(0..5)),
        ("logs/new.log", 22, lines(5..12)),
        ("logs/middle.log", 21, lines(12..15)),
    ];
    let log = desk.write("logs.zip", zip(&files));
    let mut window = desk.window(&[&log]);
    window.wait_says("Logs in logs.zip");
    window.shows(7, 7);
    assert_eq!(window.tab_names(), ["new.log"]);
    window.type_text("old");
    window.wait_gone("logs/middle.log");
    window.press(Key::Enter);
    window.shows(5, 5);
    assert!(!window.says("Logs in logs.zip"), "the list closes");
    assert_eq!(window.tab_names(), ["new.log", "old.log"]);
    // The list once more: nothing is opened twice.
    window.ctrl(Key::P);
    window.type_text(&log.display().to_string());
    window.press(Key::Enter);
    window.wait_says("Logs in logs.zip");
    window.wait("no third tab", |window| window.tab_names().len() == 2);
    window.click("All, one behind another");
    window.shows(15, 15);
    assert_eq!(window.tab_names(), ["new.log", "old.log", "logs.zip"]);
    // All three are there at the next start, and nothing is asked.
    window.quit();
    let mut window = desk.window(&[]);
    window.shows(15, 15);
    assert_eq!(window.tab_names(), ["new.log", "old.log", "logs.zip"]);
    assert!(!window.says("Logs in logs.zip"));
}

#[test]
fn a_folder_opens_its_newest_log_and_offers_the_rest() {
    let desk = Desk::new();
    fs::create_dir(desk.path("logs")).unwrap();
    let old = desk.write("logs/app.log.1.gz", gzip(lines(0..5)));
    let new = desk.write("logs/app.log", lines(5..12));
    age(&old, 7_300);
    age(&new, 60);
    let first = desk.write("first.log", lines(0..3));
    let mut window = desk.window(&[&first, &desk.path("logs")]);
    window.wait_says("Logs in logs");
    window.shows(7, 7);
    assert_eq!(window.tab_names(), ["first.log", "app.log"]);
    window.wait_role(Role::Button, "app.log.1.gz");
    window.click("app.log.1.gz");
    window.shows(5, 5);
    assert_eq!(window.tab_names(), ["first.log", "app.log", "app.log.1.gz"]);
    // A pattern that only one file matches opens that and asks nothing.
    window.ctrl(Key::P);
    window.type_text(&desk.path("logs/*.log").display().to_string());
    window.press(Key::Enter);
    window.shows(7, 7);
    assert!(!window.says("Logs that match"));
    assert_eq!(window.tab_names().len(), 3);
}

#[test]
fn a_pattern_that_matches_nothing_says_so() {
    let desk = Desk::new();
    let mut window = desk.window(&[&desk.path("*.log")]);
    window.wait_says("No file matches this pattern");
    desk.write("late.log", lines(0..3));
    window.shows(3, 3);
    assert_eq!(window.tab_names(), ["late.log"]);
}

#[cfg(unix)]
#[test]
fn a_command_shows_its_end_and_runs_again() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..4));
    let script = format!("cat '{}'; exit 3", log.display());
    let mut window = desk.command(&["sh", "-c", &script]);
    window.shows(4, 4);
    window.wait_says("Exited with 3");
    window.wait_role(Role::Tab, "sh -c");
    desk.append("app.log", &lines(4..9));
    window.click("Restart the command");
    window.shows(9, 9);
    window.wait_says("Exited with 3");
    // It is not run at the next start, and not among the recent files.
    window.quit();
    let window = desk.window(&[]);
    assert!(window.state().tabs.is_empty());
    assert!(window.state().settings.recent.is_empty());
}

#[cfg(unix)]
#[test]
fn a_command_that_ended_without_a_record_says_how() {
    let desk = Desk::new();
    let following = |window: &Window| {
        let painted = window.painted();
        painted.iter().any(|(text, _)| text == "Following")
    };
    let mut window = desk.command(&["sh", "-c", "sleep 0.2; exit 3"]);
    window.wait("it to be followed", following);
    window.wait_says("The command printed nothing");
    assert!(!window.says("The log is empty"));
    assert!(!following(&window));
    let mut window = desk.command(&["nosuchprog"]);
    window.wait_says("The command could not be run");
    window.wait_says("The program nosuchprog was not found");
    assert!(!following(&window));
    // What was told of it goes with it.
    window.ctrl(Key::W);
    window.wait_says("Open a log file...");
    assert!(!window.says("The program nosuchprog was not found"));
    assert!(window.state().notices.all().is_empty());
}

/// More than a window holds, by every way to run it; scrolling up stops it as ever.
#[cfg(unix)]
#[test]
fn what_a_command_prints_is_followed_from_the_start() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..400));
    let command = format!("tail -n +1 -f {}", log.display());
    let words: Vec<&str> = command.split(' ').collect();
    let mut named = desk.command(&words);
    let mut typed = desk.window(&[]);
    typed.click("A command whose output is the log");
    typed.type_text(&command);
    typed.press(Key::Enter);
    for window in [&mut named, &mut typed] {
        window.shows(400, 400);
        window.wait_row("request served no 00399");
        window.wheel(500.0);
        window.wait_gone("request served no 00399");
        window.click("Stop the command");
        window.click("Restart the command");
        window.shows(400, 400);
        window.wait_row("request served no 00399");
    }
}

#[cfg(unix)]
#[test]
fn a_running_command_is_stopped_by_its_button() {
    let desk = Desk::new();
    let mut window = desk.command(&["sh", "-c", "echo one; exec sleep 1000"]);
    window.shows(1, 1);
    window.wait_says("Running");
    window.click("Stop the command");
    window.wait_says("Killed by signal 15");
    window.wait_place("Restart the command");
    assert!(!window.says("Following"));
}

#[test]
fn many_logs_are_chosen_from_by_keys() {
    let desk = Desk::new();
    fs::create_dir(desk.path("logs")).unwrap();
    for number in 0..200_u64 {
        let log = desk.write(&format!("logs/app.log.{number:03}"), lines(0..number + 1));
        age(&log, number * 100);
    }
    let mut window = desk.window(&[&desk.path("logs")]);
    window.wait_says("Logs in logs");
    window.shows(1, 1);
    for _ in 0..60 {
        window.press(Key::ArrowDown);
    }
    window.wait_role(Role::Button, "app.log.059");
    window.press(Key::Enter);
    window.shows(60, 60);
    assert_eq!(window.tab_names(), ["app.log.000", "app.log.059"]);
}

#[test]
fn a_copy_of_what_was_unpacked_is_kept() {
    let desk = Desk::new();
    let text = lines(0..500);
    let log = desk.write("app.log.gz", gzip(&text));
    let other = desk.write("other.log", lines(0..3));
    let mut window = desk.window(&[&other, &log]);
    window.shows(500, 500);
    // Not over a log that is open, by whatever name.
    let link = desk.path("link.log");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&other, &link).unwrap();
    #[cfg(not(unix))]
    fs::hard_link(&other, &link).unwrap();
    window.will_pick(Picked::Target(link));
    window.click("File");
    window.click_role(Role::Button, "Keep a copy");
    window.wait_says("This log is open and is not overwritten");
    assert_eq!(fs::read_to_string(&other).unwrap(), lines(0..3));
    let copy = desk.path("copy.log");
    window.will_pick(Picked::Target(copy.clone()));
    window.click("File");
    window.click_role(Role::Button, "Keep a copy");
    window.wait_says("A copy was saved");
    assert_eq!(fs::read_to_string(&copy).unwrap(), text);
    // Of a plain file there is no copy to keep.
    window.click_role(Role::Tab, "other.log");
    window.shows(3, 3);
    window.click("File");
    window.click_role(Role::Button, "Keep a copy");
    assert!(window.state().saving.is_none());
}

#[test]
fn names_in_an_archive_cannot_hide_anything() {
    let desk = Desk::new();
    let files = [
        ("a\u{202E}gol.b", 22, lines(0..5)),
        ("../../etc/\u{1b}[31mpasswd", 21, lines(5..12)),
    ];
    let log = desk.write("logs.zip", zip(&files));
    let mut window = desk.any_script(&[&log]);
    window.wait_says("Logs in logs.zip");
    window.shows(5, 5);
    assert!(!window.says("\u{202E}") && !window.says("\u{1b}"));
    assert!(!window.tab_names()[0].contains('\u{202E}'));
    // It is read all the same, and from nowhere else.
    window.type_text("passwd");
    window.press(Key::Enter);
    window.shows(7, 7);
}

/// What is no file too: a command runs again, a pasted text is what was pasted.
#[cfg(unix)]
#[test]
fn every_closed_log_opens_again() {
    let desk = Desk::new();
    let file = desk.write("app.log", lines(0..3));
    let printed = desk.write("printed.log", lines(0..5));
    let mut window = desk.command(&["cat", printed.to_str().unwrap()]);
    window.shows(5, 5);
    window.events([egui::Event::Paste(lines(0..40))]);
    window.shows(40, 40);
    window.ctrl(Key::P);
    window.type_text(file.to_str().unwrap());
    window.press(Key::Enter);
    window.shows(3, 3);
    let before = window.tab_names();
    for _ in 0..3 {
        window.ctrl(Key::W);
    }
    assert!(window.state().tabs.is_empty());
    desk.append("printed.log", &lines(5..9));
    for records in [9, 40, 3] {
        window.ctrl_shift(Key::T);
        window.shows(records, records);
    }
    assert_eq!(window.tab_names(), before);
}

#[test]
fn standard_input_that_was_closed_is_told_of_and_holds_nothing_up() {
    let desk = Desk::new();
    let file = desk.write("app.log", lines(0..3));
    let mut window = desk.window(&[&file, Path::new("-")]);
    window.wait_role(Role::Tab, "standard input");
    window.ctrl(Key::Num1);
    window.shows(3, 3);
    window.ctrl(Key::W);
    window.ctrl(Key::W);
    window.ctrl_shift(Key::T);
    window.wait_says("Standard input cannot be read a second time");
    window.ctrl_shift(Key::T);
    window.shows(3, 3);
}

#[test]
fn a_pasted_text_is_a_log() {
    let desk = Desk::new();
    let mut window = desk.window(&[]);
    window.wait_place("Open a log file...");
    window.events([egui::Event::Paste(lines(0..40))]);
    window.shows(40, 40);
    assert_eq!(window.tab().name(), "pasted text");
    // Into a text box it goes as text.
    window.ctrl_shift(Key::F);
    window.events([egui::Event::Paste("no 00012".into())]);
    window.shows(1, 40);
    window.press(Key::Escape);
    window.press(Key::Escape);
    window.events([egui::Event::Paste(lines(0..7))]);
    window.shows(7, 7);
    assert_eq!(window.tab().name(), "pasted text 2");
    window.events([egui::Event::Paste("  ".into())]);
    window.wait_says("There is no text in the clipboard");
    assert_eq!(window.state().tabs.len(), 2);
}
