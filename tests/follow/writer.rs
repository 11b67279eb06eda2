//! The process that writes and rotates for the model test of following.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// A file that is there for less time than this may never be seen.
const FLEETING: Duration = Duration::from_millis(500);

/// What a program did.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// Lines that were written, numbered from 0.
    pub lines: u64,
    pub rotations: u64,
    /// Lines of files that came and went so quickly that nobody may have seen that they were there.
    pub fleeting: u64,
    /// Lines that were written again, into a file that replaces another.
    pub again: BTreeSet<u64>,
    /// The steps in words.
    pub story: String,
}

/// The numbers in a line as the writer writes it: one if it is whole. The number is there twice, around a text of a length
/// that follows from it.
pub fn numbers(line: &str) -> Vec<u64> {
    let whole = |part: &str| {
        let (number, rest) = part.split_once(' ')?;
        let number: u64 = number.parse().ok()?;
        (rest.strip_suffix('\n')? == tail(number)).then_some(number)
    };
    line.split("seq ").skip(1).filter_map(whole).collect()
}

fn tail(number: u64) -> String {
    format!("{} end {number}", "x".repeat((number * 37 % 211) as usize))
}

/// Only a process when the model test starts it.
#[test]
#[ignore = "the other process of the model test"]
fn the_writer() {
    let Ok(root) = std::env::var("FOLLOW_WRITER") else {
        return;
    };
    let number = |name: &str| std::env::var(name).unwrap().parse::<u64>().unwrap();
    let mut writer = Writer::new(Path::new(&root), number("FOLLOW_WRITER_SEED"));
    writer.report.lines = number("FOLLOW_WRITER_LINES");
    for _ in 0..number("FOLLOW_WRITER_STEPS") {
        writer.step();
    }
    writer.finish();
    let report = toml::to_string(&writer.report).unwrap();
    fs::write(Path::new(&root).join("report.toml"), report).unwrap();
}

/// How this program's log is named and rotated.
#[derive(Clone, Copy, PartialEq)]
enum Scheme {
    Numbered,
    Dated,
    Linked,
}

pub struct Writer {
    folder: PathBuf,
    random: u64,
    scheme: Scheme,
    day: u64,
    file: Option<File>,
    /// When the file, or what is in it, began.
    began: Instant,
    pub report: Report,
}

impl Writer {
    /// Begins a log, or goes on in one that is there.
    pub fn new(root: &Path, seed: u64) -> Self {
        let mut writer = Self {
            folder: root.join("logs"),
            random: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            scheme: [Scheme::Numbered, Scheme::Dated, Scheme::Linked][(seed / 7 % 3) as usize],
            day: 0,
            file: None,
            began: Instant::now(),
            report: Report::default(),
        };
        writer.create();
        writer
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random >> 11) % bound
    }

    fn pause(&mut self, most_ms: u64) {
        let pause = self.below(most_ms * 1000 + 1);
        if pause > 300 {
            std::thread::sleep(Duration::from_micros(pause));
        }
    }

    fn tell(&mut self, what: &str) {
        let at = self.report.lines;
        self.report.story.push_str(&format!("{at} {what}\n"));
    }

    fn path(&self) -> PathBuf {
        self.folder.join("app.log")
    }

    /// Where a new file is made, and the path leads to it.
    fn create(&mut self) {
        let mut path = self.path();
        if self.scheme == Scheme::Linked {
            self.day += 1;
            let name = format!("run-2026-{:04}.log", self.day);
            path = self.folder.join(&name);
            let next = self.folder.join("next");
            #[cfg(unix)]
            std::os::unix::fs::symlink(&name, &next).unwrap();
            File::create(&path).unwrap();
            fs::rename(&next, self.path()).unwrap();
        }
        self.began = Instant::now();
        let mut options = OpenOptions::new();
        self.file = Some(options.create(true).append(true).open(path).unwrap());
    }

    /// Lines that were not written before.
    fn lines(&mut self, count: u64) -> String {
        let mut text = String::new();
        for _ in 0..count {
            let number = self.report.lines;
            self.report.lines += 1;
            let second = number % 60;
            let tail = tail(number);
            text += &format!("2026-11-22 10:00:{second:02},000 INFO [app] seq {number} {tail}\n");
        }
        text
    }

    fn append(&mut self) {
        let count = 1 + self.below(12);
        let text = self.lines(count);
        let mut file = self.file.take().unwrap();
        self.write_in_pieces(&mut file, text.as_bytes());
        self.file = Some(file);
    }

    fn write_in_pieces(&mut self, file: &mut File, mut text: &[u8]) {
        while !text.is_empty() {
            let most = text.len() as u64;
            let piece = match self.below(3) {
                0 => most,
                _ => 1 + self.below(most),
            };
            let (now, later) = text.split_at(piece as usize);
            file.write_all(now).unwrap();
            text = later;
            self.pause(2);
        }
    }

    fn step(&mut self) {
        let step = self.below(100);
        match step {
            0..40 => self.append(),
            40..70 => self.rotate(),
            70..78 => self.copytruncate(),
            78..82 => self.truncate(),
            82..86 => self.delete(),
            86..88 => self.remove_folder(),
            // The target of a link would stay beside the new file, with the same lines.
            88..91 if self.scheme != Scheme::Linked => self.replace_by_renaming(),
            91..94 => self.replace_in_place(),
            _ => {
                self.tell("pause");
                self.pause(120);
            }
        }
    }

    /// Renames the file and makes a new one; one time in three, what comes last is written to the old file after that.
    fn rotate(&mut self) {
        self.tell("rotate");
        self.report.rotations += 1;
        let mut old = self.file.take().unwrap();
        let late = self.below(3) == 0;
        let count = 1 + self.below(4);
        let last = self.lines(count);
        let cut = if late {
            self.below(last.len() as u64) as usize
        } else {
            last.len()
        };
        let (before, after) = last.as_bytes().split_at(cut);
        old.write_all(before).unwrap();
        match self.scheme {
            Scheme::Numbered => self.shift("app.log"),
            Scheme::Dated => {
                self.day += 1;
                let name = format!("app.log.2026-{:04}", self.day);
                fs::rename(self.path(), self.folder.join(name)).unwrap();
            }
            Scheme::Linked => {}
        }
        self.pause(2);
        self.create();
        if late {
            if self.below(2) == 0 {
                self.append();
            }
            self.write_in_pieces(&mut old, after);
        }
    }

    /// Makes place for `app.log.1`.
    fn shift(&self, name: &str) {
        let numbered = |number: u32| self.folder.join(format!("app.log.{number}"));
        let free = (1..).find(|number| !numbered(*number).exists()).unwrap();
        for number in (1..free).rev() {
            fs::rename(numbered(number), numbered(number + 1)).unwrap();
        }
        if name == "app.log" {
            fs::rename(self.path(), numbered(1)).unwrap();
        }
    }

    fn copytruncate(&mut self) {
        self.tell("copytruncate");
        self.report.rotations += 1;
        let text = fs::read(self.path()).unwrap();
        let name = match self.scheme {
            Scheme::Numbered => {
                self.shift("");
                "app.log.1".to_owned()
            }
            Scheme::Dated | Scheme::Linked => {
                self.day += 1;
                format!("app.log.2026-{:04}", self.day)
            }
        };
        fs::write(self.folder.join(name), text).unwrap();
        self.pause(1);
        self.file.as_ref().unwrap().set_len(0).unwrap();
        self.began = Instant::now();
    }

    /// What is in the file is about to be destroyed.
    fn destroy(&mut self) {
        if self.began.elapsed() < FLEETING {
            let text = fs::read_to_string(self.path()).unwrap_or_default();
            self.report.fleeting += text.lines().count() as u64;
        }
        self.began = Instant::now();
    }

    fn truncate(&mut self) {
        self.tell("truncate");
        self.destroy();
        self.file.as_ref().unwrap().set_len(0).unwrap();
        self.pause(2);
    }

    fn delete(&mut self) {
        self.tell("delete");
        self.destroy();
        fs::remove_file(self.path()).unwrap();
        self.pause(30);
        self.create();
    }

    fn remove_folder(&mut self) {
        self.tell("remove folder");
        self.destroy();
        fs::remove_dir_all(&self.folder).unwrap();
        self.pause(30);
        fs::create_dir(&self.folder).unwrap();
        self.create();
    }

    /// As editors save: what is there, more than that, less than that, or something else.
    fn new_content(&mut self) -> Vec<u8> {
        let mut text = fs::read(self.path()).unwrap();
        for line in String::from_utf8_lossy(&text).split_inclusive('\n') {
            self.report.again.extend(numbers(line));
        }
        match self.below(4) {
            0 => {}
            1 => text.extend(self.lines(3).as_bytes()),
            2 => {
                let half = text.len() / 2;
                let end = text.iter().take(half).rposition(|byte| *byte == b'\n');
                // A beginning that is shorter than a line may be another log's as well.
                text.truncate(end.map_or(0, |end| end + 1));
                if text.len() < 300 {
                    text.clear();
                }
            }
            _ => text = self.lines(5).into_bytes(),
        }
        text
    }

    fn replace_by_renaming(&mut self) {
        self.tell("replace by renaming");
        self.destroy();
        let text = self.new_content();
        let next = self.folder.join("next");
        fs::write(&next, text).unwrap();
        fs::rename(&next, self.path()).unwrap();
        let path = self.path();
        self.file = Some(OpenOptions::new().append(true).open(path).unwrap());
    }

    fn replace_in_place(&mut self) {
        self.tell("replace in place");
        self.destroy();
        let text = self.new_content();
        fs::write(self.path(), text).unwrap();
    }

    /// The last lines.
    pub fn finish(&mut self) {
        self.tell("the end");
        self.append();
    }
}
