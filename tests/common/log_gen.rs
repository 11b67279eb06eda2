//! Logs made from a seed: the same seed gives the same bytes.

use std::fmt::Write;

pub const LOGGERS: [&str; 6] = [
    "app",
    "app.db",
    "app.db.pool",
    "app.dbx",
    "app.web",
    "lib.http",
];
pub const LEVELS: [&str; 5] = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"];

/// The template that the lines are written in.
pub const TEMPLATE: &str = "%(asctime)s %(levelname)s [%(name)s] %(message)s";

/// A record as it was written.
#[derive(Debug, Clone)]
pub struct Written {
    pub level: &'static str,
    pub logger: &'static str,
    pub message: String,
    pub text: String,
}

/// Writes records with sequence numbers.
pub struct LogGen {
    state: u64,
    pub next: u64,
}

impl LogGen {
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed | 1,
            next: 0,
        }
    }

    /// xorshift: enough to vary a log.
    pub fn random(&mut self, below: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state % below
    }

    /// The next record; one in ten has a traceback.
    pub fn record(&mut self) -> Written {
        let level = LEVELS[self.random(5) as usize];
        let logger = LOGGERS[self.random(6) as usize];
        let number = self.next;
        self.next += 1;
        let (second, milli) = (number / 1000 % 86_400, number % 1000);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        let mut message = format!("record number {number:08} of user {}", self.random(50));
        if self.random(10) == 0 {
            message.push_str(
                "\nTraceback (most recent call last):\n  File \"app.py\", line 3\nValueError: no",
            );
        }
        let mut text = String::new();
        writeln!(
            text,
            "2026-11-22 {hour:02}:{minute:02}:{second:02},{milli:03} {level} [{logger}] {message}"
        )
        .unwrap();
        Written {
            level,
            logger,
            message,
            text,
        }
    }

    pub fn records(&mut self, count: usize) -> Vec<Written> {
        (0..count).map(|_| self.record()).collect()
    }

    /// The text of the next records.
    pub fn text(&mut self, count: usize) -> String {
        self.records(count).into_iter().map(|r| r.text).collect()
    }
}

/// A file of these records.
pub fn joined(written: &[Written]) -> String {
    written.iter().map(|w| w.text.as_str()).collect()
}
