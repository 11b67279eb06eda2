//! How fast a file is read and how long the rest takes.

use std::time::{Duration, Instant};

use super::state::Progress;

/// Before this much time has passed, an estimate of the rest would only jump about.
const ESTIMATE_AFTER: Duration = Duration::from_millis(300);

/// Measures one reading of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    started: Instant,
    /// Bytes that were known already when this reading began (after a pause).
    from: u64,
}

impl Pace {
    pub(super) fn start(from: u64) -> Self {
        Self {
            started: Instant::now(),
            from,
        }
    }

    /// The progress when `done` of `total` bytes are read.
    pub(super) fn progress(&self, done: u64, total: u64, records: u64) -> Progress {
        let elapsed = self.started.elapsed();
        let read = done.saturating_sub(self.from) as f64;
        let bytes_per_sec = read / elapsed.as_secs_f64().max(1e-6);
        let left = total.saturating_sub(done) as f64;
        let remaining = (elapsed >= ESTIMATE_AFTER && bytes_per_sec > 0.0)
            .then(|| Duration::try_from_secs_f64(left / bytes_per_sec).ok())
            .flatten();
        Progress {
            bytes_done: done,
            bytes_total: total.max(done),
            records,
            elapsed,
            bytes_per_sec,
            remaining,
        }
    }
}
