//! The whole window over real files: a harness that presses, clicks and waits until something holds.
//!
//! Every frame is stepped here, so that nothing that the window hands to the desktop (copied text) is lost, and
//! nothing waits longer than [`DEADLINE`].

mod desk;
mod hands;
mod letters;
#[path = "../../common/pack.rs"]
pub mod pack;
mod painted;
mod window;

use std::time::Duration;

pub use desk::{Desk, usual};
pub use hands::stroke;
pub use painted::{assert_apart, texts};
pub use window::Window;

/// No test waits longer for anything.
pub const DEADLINE: Duration = Duration::from_secs(10);

/// Seconds by which egui's clock goes on with every frame: two clicks are never a double click by chance.
const STEP: f64 = 0.15;

/// 1234567 as "1,234,567".
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// One line of the logs that most tests read; `number` makes its time and message.
pub fn line(number: u64, level: &str, logger: &str, words: &str) -> String {
    let (second, milli) = (number / 10, number % 10 * 100);
    format!(
        "2026-11-22 {:02}:{:02}:{:02},{milli:03} {level} [{logger}] {words} no {number:05}\n",
        10 + second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// `count` calm lines of one logger.
pub fn lines(numbers: std::ops::Range<u64>) -> String {
    numbers
        .map(|number| line(number, "INFO", "app.web", "request served"))
        .collect()
}
