//! At most so many publications a second.

use std::time::{Duration, Instant};

/// Twenty a second: smoother than a reader can follow, rare enough to cost nothing.
const INTERVAL: Duration = Duration::from_millis(50);

/// Says when the next bulk publication is due. Completion does not ask.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    last: Option<Instant>,
}

impl Throttle {
    /// Whether a publication is due; if so, the next is due an interval later.
    pub(super) fn due(&mut self) -> bool {
        let due = self.last.is_none_or(|last| last.elapsed() >= INTERVAL);
        if due {
            self.last = Some(Instant::now());
        }
        due
    }
}
