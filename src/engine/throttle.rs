//! At most so many publications a second.

use std::time::{Duration, Instant};

/// Twenty a second: smoother than a reader can follow, rare enough to cost nothing.
const INTERVAL: Duration = Duration::from_millis(50);

/// Says when the next bulk publication is due. Completion does not ask.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    last: Option<Instant>,
    /// How long the next one waits after the last; at least the interval.
    pause: Duration,
}

/// After a publication that took long, so many times as long passes until the next: it is not to take a core for itself.
const PAUSE: u32 = 9;

impl Throttle {
    /// Whether a publication is due; if so, the next is due an interval later.
    pub(super) fn due(&mut self) -> bool {
        let due = self.left(INTERVAL).is_zero();
        if due {
            self.last = Some(Instant::now());
        }
        due
    }

    /// What was published took so long, and is finished now.
    pub(super) fn took(&mut self, time: Duration) {
        self.pause = time * PAUSE;
        self.last = Some(Instant::now());
    }

    /// How long it is until what is bulky may be published again; zero where that is cheap.
    pub(super) fn pause(&self) -> Duration {
        match self.pause > INTERVAL {
            true => self.left(self.pause),
            false => Duration::ZERO,
        }
    }

    fn left(&self, least: Duration) -> Duration {
        let pause = self.pause.max(least);
        let since = self.last.map_or(pause, |last| last.elapsed());
        pause.saturating_sub(since)
    }
}
