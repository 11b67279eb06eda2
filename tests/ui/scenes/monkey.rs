//! Anything at any time: keys, clicks and file changes in an order that nobody planned.

use egui::{Event, Key, Modifiers, PointerButton, pos2, vec2};
use timberline::base::id::RecordNo;

use crate::common::{Desk, Window, line, lines};

/// xorshift: the same seed presses the same keys.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

const PLAIN: [Key; 31] = [
    Key::F,
    Key::N,
    Key::E,
    Key::W,
    Key::G,
    Key::J,
    Key::K,
    Key::Slash,
    Key::Questionmark,
    Key::End,
    Key::Home,
    Key::PageUp,
    Key::PageDown,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::Enter,
    Key::Escape,
    Key::Tab,
    Key::Space,
    Key::Delete,
    Key::Backspace,
    Key::F1,
    Key::F3,
    Key::F5,
    Key::F7,
    Key::F8,
    Key::S,
    Key::A,
    Key::Num7,
];

/// Not Q (quits), not P and O (would open what is typed).
const CTRL: [Key; 16] = [
    Key::F,
    Key::G,
    Key::L,
    Key::B,
    Key::N,
    Key::J,
    Key::T,
    Key::A,
    Key::C,
    Key::W,
    Key::Comma,
    Key::Plus,
    Key::Minus,
    Key::Num0,
    Key::Tab,
    Key::Backspace,
];

fn act(window: &mut Window, random: &mut Random) {
    let (ctrl, shift) = (Modifiers::CTRL | Modifiers::COMMAND, Modifiers::SHIFT);
    match random.below(10) {
        0..=2 => window.press(PLAIN[random.below(PLAIN.len())]),
        3 => window.press_with(shift, PLAIN[random.below(PLAIN.len())]),
        4 => window.press_with(ctrl, CTRL[random.below(CTRL.len())]),
        5 => window.press_with(ctrl | shift, CTRL[random.below(CTRL.len())]),
        6 => window.type_text(["er", "(", "7", ".*", "로"][random.below(5)]),
        7 => {
            let at = pos2(random.below(1280) as f32, random.below(800) as f32);
            let delta = vec2(0.0, [400.0, -400.0, 9.0][random.below(3)]);
            window.events([
                Event::PointerMoved(at),
                Event::MouseWheel {
                    unit: egui::MouseWheelUnit::Point,
                    delta,
                    phase: egui::TouchPhase::Move,
                    source: egui::MouseWheelSource::Wheel,
                    modifiers: Modifiers::NONE,
                },
            ]);
        }
        _ => {
            let at = pos2(random.below(1280) as f32, random.below(800) as f32);
            let button = [PointerButton::Primary, PointerButton::Secondary][random.below(5) / 4];
            let modifiers = [Modifiers::NONE, ctrl, shift][random.below(3)];
            window.click_at(at, button, modifiers);
        }
    }
}

fn happen(desk: &Desk, random: &mut Random, next: &mut u64) {
    let from = *next;
    *next += 5;
    match random.below(6) {
        0 => {
            desk.write("app.log", lines(from..*next));
        }
        1 => {
            let log = desk.path("app.log");
            // May be gone already.
            std::fs::rename(log, desk.path("app.log.1")).ok();
        }
        2 => desk.append("app.log", &line(from, "ERROR", "app.db", "half")[..40]),
        _ => desk.append("app.log", &lines(from..*next)),
    }
}

/// After all of it, the window still works: everything is closed, the log opened anew, and its rows are right.
fn still_works(desk: &Desk, window: &mut Window) {
    let log = desk.write("after.log", lines(0..9));
    for _ in 0..12 {
        window.press(Key::Escape);
    }
    window.ctrl(Key::P);
    window.wait_says("Quick open");
    window.type_text(&log.display().to_string());
    window.press(Key::Enter);
    window.shows(9, 9);
    window.press(Key::G);
    // Other logs may be in sight, with rows that are chosen.
    window.wait("the first record", |window| {
        window.tab().selection.focus() == Some(RecordNo(0))
    });
}

#[test]
fn no_order_of_keys_clicks_and_file_changes_breaks_the_window() {
    for seed in [1, 7_919, 104_729] {
        let desk = Desk::new();
        let mut text = lines(0..150);
        text.push_str(&line(150, "ERROR", "app.db", "lost the connection"));
        text.push_str(&lines(151..300));
        let log = desk.write("app.log", text);
        let other = desk.write("other.log", lines(0..50));
        let mut window = desk.any_script(&[&other, &log]);
        window.settle();
        let mut random = Random(seed);
        let mut next = 300;
        for step in 0..150 {
            act(&mut window, &mut random);
            if step % 9 == 8 {
                happen(&desk, &mut random, &mut next);
            }
        }
        still_works(&desk, &mut window);
    }
}
