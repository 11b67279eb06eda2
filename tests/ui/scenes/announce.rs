//! The desktop is told of errors that come while another window is in front, if the user wants that.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crossbeam_channel::Sender;
use egui::{Key, ViewportCommand, ViewportId};
use timberline::app::Announcer;
use timberline::engine::Waker;

use crate::common::{Desk, Window, line};

/// Keeps what it is told, and refuses it like a desktop without notifications.
#[derive(Debug, Default)]
struct Told(Mutex<Vec<(String, String)>>);

impl Announcer for Told {
    fn announce(&self, title: String, text: String, failed: Sender<String>, waker: Waker) {
        self.0.lock().unwrap().push((title, text));
        failed.send("nobody is there".to_owned()).unwrap();
        waker();
    }
}

fn open(desk: &Desk, settings: &str) -> (Window, Arc<Told>) {
    std::fs::write(desk.settings("settings.toml"), settings).unwrap();
    let told = Arc::new(Told::default());
    let log = desk.write("app.log", line(0, "ERROR", "app.web", "an old one"));
    let mut window = desk.announcing(&[&log], told.clone());
    window.shows(1, 1);
    window.focus(false);
    (window, told)
}

#[test]
fn the_first_new_error_in_the_background_is_announced_once() {
    let desk = Desk::new();
    let (mut window, told) = open(&desk, "[reading]\nannounce_errors = true\n");
    let count = || told.0.lock().unwrap().len();
    desk.append("app.log", &line(1, "INFO", "app.web", "calm"));
    window.shows(2, 2);
    assert_eq!(count(), 0, "no error came");
    desk.append("app.log", &line(2, "ERROR", "app.web", "bad"));
    window.shows(3, 3);
    desk.append("app.log", &line(3, "ERROR", "app.web", "bad again"));
    window.shows(4, 4);
    let expected = (
        "1 new error in a log that is followed".to_owned(),
        "app.log".to_owned(),
    );
    assert_eq!(*told.0.lock().unwrap(), [expected]);
    window.wait_says("The desktop shows no notifications");
    // Seen, and then gone again.
    window.focus(true);
    window.frame();
    window.focus(false);
    desk.append("app.log", &line(4, "CRITICAL", "app.web", "worse"));
    window.shows(5, 5);
    assert_eq!(count(), 2);
}

#[test]
fn nothing_is_announced_unless_it_is_wanted() {
    let desk = Desk::new();
    let (mut window, told) = open(&desk, "");
    desk.append("app.log", &line(2, "ERROR", "app.web", "bad"));
    window.shows(2, 2);
    assert!(told.0.lock().unwrap().is_empty());
}

/// The task bar names the log that has them.
#[test]
fn the_title_names_the_log_with_the_new_errors() {
    let desk = Desk::new();
    let calm = line(0, "INFO", "app.web", "calm");
    let logs = ["a.log", "b.log"].map(|name| desk.write(name, &calm));
    let logs: Vec<&Path> = logs.iter().map(PathBuf::as_path).collect();
    let mut window = desk.window(&logs);
    window.shows(1, 1);
    window.ctrl(Key::Num1);
    window.shows(1, 1);
    window.focus(false);
    desk.append("b.log", &line(1, "ERROR", "app.web", "bad"));
    let title = |window: &Window, wanted: &str| {
        let root = &window.harness.output().viewport_output[&ViewportId::ROOT];
        let wanted = format!("{wanted} \u{2013} Timberline");
        root.commands.contains(&ViewportCommand::Title(wanted))
    };
    window.wait("b in the title", |window| {
        title(window, "(1 new error) b.log")
    });
    desk.append("a.log", &line(1, "ERROR", "app.web", "bad"));
    window.wait("a in the title", |window| {
        title(window, "(2 new errors) a.log")
    });
}
