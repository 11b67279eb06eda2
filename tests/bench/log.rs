//! Logs to measure with, as a busy Python service writes them: the same seed gives the same records, and a shorter log is
//! the beginning of a longer one.

use std::fmt::Write as _;

/// The template of [`LogWriter::text`].
pub const TEMPLATE: &str =
    "%(asctime)s %(levelname)-8s [%(process)d:%(threadName)s] %(name)s:%(lineno)d - %(message)s";

const LOGGERS: usize = 300;
const AREAS: [&str; 15] = [
    "api", "auth", "billing", "cache", "core", "db", "http", "jobs", "mail", "orders", "queue",
    "search", "storage", "users", "worker",
];
const PARTS: [&str; 10] = [
    "client",
    "consumer",
    "handlers",
    "loader",
    "models",
    "pool",
    "registry",
    "router",
    "scheduler",
    "views",
];
const LEAVES: [&str; 8] = [
    "batch", "events", "index", "lock", "read", "retry", "sync", "write",
];
const NOUNS: [&str; 24] = [
    "account",
    "batch",
    "buffer",
    "connection",
    "cursor",
    "event",
    "index",
    "invoice",
    "job",
    "key",
    "lease",
    "message",
    "order",
    "page",
    "payload",
    "payment",
    "queue",
    "request",
    "row",
    "session",
    "shard",
    "snapshot",
    "task",
    "token",
];
const VERBS: [&str; 14] = [
    "accepted",
    "closed",
    "created",
    "expired",
    "fetched",
    "finished",
    "flushed",
    "loaded",
    "merged",
    "opened",
    "queued",
    "rejected",
    "released",
    "validated",
];
const FAILURES: [&str; 6] = [
    "ConnectionError",
    "KeyError",
    "OSError",
    "RuntimeError",
    "TimeoutError",
    "ValueError",
];
/// Of 1 000 records so many have at most this level.
const LEVELS: [(u64, &str); 5] = [
    (550, "DEBUG"),
    (900, "INFO"),
    (970, "WARNING"),
    (997, "ERROR"),
    (1_000, "CRITICAL"),
];
const PROCESSES: [u32; 5] = [4_021, 4_022, 4_023, 4_188, 5_310];

/// Writes records one after the other.
pub struct LogWriter {
    state: u64,
    loggers: Vec<String>,
    millis: u64,
    message: String,
}

/// What the header of a record says.
struct Header {
    level: &'static str,
    process: u32,
    thread: String,
    logger: usize,
    line: u64,
}

impl LogWriter {
    pub fn new(seed: u64) -> Self {
        let mut writer = Self {
            state: seed | 1,
            loggers: Vec::new(),
            millis: 0,
            message: String::new(),
        };
        while writer.loggers.len() < LOGGERS {
            let (area, part) = (writer.one_of(&AREAS), writer.one_of(&PARTS));
            let mut name = format!("app.{area}.{part}");
            if writer.below(2) == 0 {
                name = format!("{name}.{}", writer.one_of(&LEAVES));
            }
            if !writer.loggers.contains(&name) {
                writer.loggers.push(name);
            }
        }
        writer
    }

    /// Adds a record in the layout of [`TEMPLATE`].
    pub fn text(&mut self, out: &mut String) {
        let head = self.next();
        self.time(out, ' ', ',');
        let logger = &self.loggers[head.logger];
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            " {:<8} [{}:{}] {logger}:{} - {}",
            head.level, head.process, head.thread, head.line, self.message
        );
    }

    /// Adds a record as a JSON line.
    pub fn json(&mut self, out: &mut String) {
        let head = self.next();
        out.push_str("{\"timestamp\": \"");
        self.time(out, 'T', '.');
        let _ = write!(
            out,
            "Z\", \"level\": \"{}\", \"logger\": \"{}\", \"process\": {}, \"thread\": \"{}\", \"line\": {}, \"message\": \"",
            head.level, self.loggers[head.logger], head.process, head.thread, head.line
        );
        for character in self.message.chars() {
            match character {
                '"' => out.push_str("\\\""),
                '\n' => out.push_str("\\n"),
                other => out.push(other),
            }
        }
        out.push_str("\"}\n");
    }

    /// The header of the next record, with its text in `message`.
    fn next(&mut self) -> Header {
        self.millis += self.below(15);
        let draw = self.below(1_000);
        let found = LEVELS.iter().find(|(most, _)| draw < *most);
        let level = found.map_or("INFO", |(_, level)| level);
        // A few loggers write most of a log.
        let (a, b) = (self.below(1_000), self.below(1_000));
        let logger = (a * b * LOGGERS as u64 / 1_000_000) as usize;
        let process = PROCESSES[self.below(5) as usize];
        let thread = match self.below(4) {
            0 => "MainThread".to_owned(),
            _ => format!("ThreadPoolExecutor-0_{}", self.below(8)),
        };
        let line = 10 + self.below(900);
        self.compose();
        if draw >= 970 && self.below(3) == 0 {
            self.traceback();
        }
        Header {
            level,
            process,
            thread,
            logger,
            line,
        }
    }

    /// A message of 40 to 160 characters; one in fifty is about a timeout.
    fn compose(&mut self) {
        let length = 40 + (self.below(120) * self.below(120) / 120) as usize;
        let mut text = std::mem::take(&mut self.message);
        text.clear();
        text.push_str(self.one_of(&NOUNS));
        if self.below(50) == 0 {
            let _ = write!(text, " timeout={}s", 1 + self.below(30));
        }
        while text.len() < length {
            let noun = self.one_of(&NOUNS);
            let _ = match self.below(4) {
                0 => write!(text, " {noun}={}", self.below(1_000_000)),
                1 => write!(text, " id={:012x}", self.random() >> 16),
                2 => write!(text, " took {}.{} ms", self.below(5_000), self.below(10)),
                _ => write!(text, " {noun} {}", self.one_of(&VERBS)),
            };
        }
        self.message = text;
    }

    fn traceback(&mut self) {
        let mut text = std::mem::take(&mut self.message);
        text.push_str("\nTraceback (most recent call last):");
        for _ in 0..2 + self.below(10) {
            let _ = write!(
                text,
                "\n  File \"/srv/app/lib/{}/{}.py\", line {}, in {}\n    return self.{}({})",
                self.one_of(&AREAS),
                self.one_of(&PARTS),
                10 + self.below(1_900),
                self.one_of(&LEAVES),
                self.one_of(&LEAVES),
                self.one_of(&NOUNS),
            );
        }
        let (failure, noun) = (self.one_of(&FAILURES), self.one_of(&NOUNS));
        let _ = write!(text, "\n{failure}: {noun} {}", self.one_of(&VERBS));
        self.message = text;
    }

    /// From 2026-01-05 09:00 on, in January for the first 300 million records.
    fn time(&self, out: &mut String, between: char, mark: char) {
        let (seconds, millis) = (9 * 3_600 + self.millis / 1_000, self.millis % 1_000);
        let (day, hour) = (5 + seconds / 86_400, seconds / 3_600 % 24);
        let (minute, second) = (seconds / 60 % 60, seconds % 60);
        let _ = write!(
            out,
            "2026-01-{day:02}{between}{hour:02}:{minute:02}:{second:02}{mark}{millis:03}"
        );
    }

    fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize]
    }

    fn below(&mut self, end: u64) -> u64 {
        (self.random() >> 32) % end
    }

    /// xorshift64*.
    fn random(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
}
