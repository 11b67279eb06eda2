//! Keys that come in one frame, as over a slow remote desktop, do what they do one at a time.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};

use super::monkey::Random;
use crate::common::{Desk, Window, line, stroke};

const CTRL: Modifiers = Modifiers {
    ctrl: true,
    command: true,
    ..Modifiers::NONE
};

/// Keys with what is held with them.
type Strokes = Vec<(Modifiers, Key)>;

fn plain(keys: &[Key]) -> Strokes {
    keys.iter().map(|key| (Modifiers::NONE, *key)).collect()
}

fn word(letters: &str) -> Strokes {
    let keys: Vec<Key> = letters
        .chars()
        .map(|letter| Key::from_name(&letter.to_uppercase().to_string()).unwrap())
        .collect();
    plain(&keys)
}

/// 200 records of four loggers, with an error now and then.
fn open(desk: &Desk) -> Window {
    let loggers = ["app", "app.db", "app.web", "lib"];
    let text: String = (0..200)
        .map(|number: u64| {
            let level = if number % 40 == 7 { "ERROR" } else { "INFO" };
            let logger = loggers[number as usize % 4];
            line(number, level, logger, "served")
        })
        .collect();
    let log = desk.write("app.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(200, 200);
    window
}

/// All in one frame.
fn at_once(window: &mut Window, strokes: &[(Modifiers, Key)]) {
    let events: Vec<Event> = strokes
        .iter()
        .flat_map(|(modifiers, key)| stroke(*modifiers, *key))
        .collect();
    window.events(events);
    window.settle();
}

#[test]
fn a_logger_is_chosen_by_keys_that_come_at_once() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let down = plain(&[Key::ArrowDown; 2]);
    let keys = [vec![(CTRL, Key::L)], down, plain(&[Key::Enter])].concat();
    at_once(&mut window, &keys);
    window.shows(150, 200);
}

#[test]
fn what_is_typed_after_the_key_that_opens_a_box_is_typed_into_it() {
    let desk = Desk::new();
    let mut window = open(&desk);
    at_once(&mut window, &[plain(&[Key::Slash]), word("nege")].concat());
    assert_eq!(window.tab().find.pattern.text, "nege");
    window.press(Key::Escape);
    let about = [
        vec![(CTRL | Modifiers::SHIFT, Key::P)],
        word("about"),
        plain(&[Key::Enter]),
    ];
    at_once(&mut window, &about.concat());
    window.wait_says("Licence");
}

#[test]
fn what_is_pasted_after_the_key_that_opens_a_box_goes_into_it() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let events = stroke(CTRL, Key::F).chain([Event::Paste("served".to_owned())]);
    window.events(events);
    assert_eq!(window.tab().find.pattern.text, "served");
    assert_eq!(window.tab_names(), ["app.log"], "and is no log of its own");
}

/// So many orders of keys are tried.
const SEEDS: u64 = 20;

/// Nothing that asks the desktop for something, and no letter or space that the log has: where a find goes is told a while
/// after it was typed.
const KEYS: [(Modifiers, Key); 29] = [
    (Modifiers::NONE, Key::ArrowUp),
    (Modifiers::NONE, Key::ArrowDown),
    (Modifiers::NONE, Key::ArrowDown),
    (Modifiers::NONE, Key::ArrowLeft),
    (Modifiers::NONE, Key::ArrowRight),
    (Modifiers::NONE, Key::Tab),
    (Modifiers::NONE, Key::Tab),
    (Modifiers::SHIFT, Key::Tab),
    (Modifiers::NONE, Key::Home),
    (Modifiers::NONE, Key::End),
    (Modifiers::NONE, Key::PageDown),
    (Modifiers::NONE, Key::Enter),
    (Modifiers::NONE, Key::Enter),
    (Modifiers::NONE, Key::Escape),
    (Modifiers::NONE, Key::Escape),
    (Modifiers::NONE, Key::F1),
    (Modifiers::NONE, Key::F6),
    (Modifiers::SHIFT, Key::F6),
    (Modifiers::NONE, Key::F10),
    (Modifiers::NONE, Key::J),
    (Modifiers::NONE, Key::J),
    (Modifiers::NONE, Key::K),
    (Modifiers::NONE, Key::Slash),
    (CTRL, Key::L),
    (CTRL, Key::F),
    (CTRL, Key::G),
    (CTRL, Key::J),
    (CTRL, Key::B),
    (CTRL, Key::Comma),
];

/// Everything on screen, and what has the keyboard. Pictures are left out: what they show is counted in the background.
fn seen(window: &Window) -> Vec<String> {
    let nodes = window.harness.query_all(by().predicate(|_| true));
    let nodes = nodes.filter(|node| node.accesskit_node().role() != Role::Figure);
    let of = |node: Node<'_>| {
        let node = node.accesskit_node();
        let names = (node.role(), node.label(), node.value());
        let states = (node.is_focused(), node.is_selected(), node.toggled());
        format!("{names:?} {states:?}")
    };
    // Every desk has a place of its own, which the settings name.
    let own = |line: &String| !line.contains("settings.toml");
    nodes.map(of).filter(own).collect()
}

/// What is seen once nothing changes any more.
fn seen_at_last(window: &mut Window) -> Vec<String> {
    let mut last = seen(window);
    let mut calm = 0;
    while calm < 12 {
        std::thread::sleep(Duration::from_millis(4));
        window.frame();
        let now = seen(window);
        calm = if now == last { calm + 1 } else { 0 };
        last = now;
    }
    last
}

#[test]
fn any_keys_do_at_once_what_they_do_one_by_one() {
    for seed in 1..=SEEDS {
        let mut random = Random(seed * 7_919);
        let keys: Strokes = (0..12).map(|_| KEYS[random.below(KEYS.len())]).collect();
        let desk = Desk::new();
        let mut window = open(&desk);
        for key in &keys {
            at_once(&mut window, &[*key]);
            (0..4).for_each(|_| window.frame());
        }
        let apart = seen_at_last(&mut window);
        drop(window);
        let desk = Desk::new();
        let mut window = open(&desk);
        at_once(&mut window, &keys);
        let together = seen_at_last(&mut window);
        let only = |one: &[String], other: &[String]| {
            let missing = one.iter().filter(|line| !other.contains(line));
            missing.take(8).cloned().collect::<Vec<_>>()
        };
        let different = (only(&apart, &together), only(&together, &apart));
        assert!(together == apart, "seed {seed}: {keys:?}: {different:#?}");
    }
}
