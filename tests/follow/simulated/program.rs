//! What is done to a log in the simulated world, a little at a time.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use super::world::{Random, World};

/// The text of a line; its length follows from the number. Lines of a log are told apart by their first 32 bytes.
fn line(number: u64) -> String {
    let filler = "x".repeat(20 + (number * 37 % 29) as usize);
    format!("seq {number} {filler} end {number}\n")
}

/// The number of a line, if it is one and whole.
pub fn number(text: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(text).ok()?;
    let number = text.strip_prefix("seq ")?.split(' ').next()?.parse().ok()?;
    (line(number) == text).then_some(number)
}

/// The numbers of the lines in a text.
pub fn numbers(text: &[u8]) -> impl Iterator<Item = u64> {
    text.split_inclusive(|byte| *byte == b'\n')
        .filter_map(number)
}

/// How a log is named and rotated.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Scheme {
    Numbered,
    Dated,
    Linked,
}

/// When rotated files are compressed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Packing {
    Never,
    AtOnce,
    /// With the next rotation.
    Delayed,
}

/// Which of the writer's open files.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Slot {
    Now,
    /// The file that was rotated away last, and the copy that is being made.
    Other,
}

/// Something that happens at once.
#[derive(Debug)]
enum Op {
    /// Opens a file for appending.
    Open(Slot, String),
    Append(Slot, Vec<u8>),
    Close(Slot),
    /// Takes the present file for the other one.
    PutAside,
    /// A copy of what is in the present file.
    CopyInto(Slot, u8),
    Truncate(Slot),
    /// Begins to compress the first file into the second.
    BeginPacking(String, String),
    EndPacking,
    Rename(String, String),
    Link(String, String),
    Unlink(String),
    RemoveFolder,
    MakeFolder,
    Pause(u64),
}

impl Op {
    fn story(&self) -> String {
        match self {
            Self::Append(slot, bytes) => {
                format!("Append({slot:?}) {:?}", String::from_utf8_lossy(bytes))
            }
            other => format!("{other:?}"),
        }
    }
}

#[derive(Debug)]
pub struct Program {
    random: Random,
    scheme: Scheme,
    packing: Packing,
    steps: u32,
    /// Nothing is lost: the log is only appended to and rotated.
    pub gentle: bool,
    ops: VecDeque<Op>,
    /// When the next thing happens; nothing does before the program has begun.
    at: Duration,
    /// The longest that one takes, in microseconds.
    slow: u64,
    day: u64,
    /// Names of the rotated files, the newest first.
    aside: Vec<String>,
    /// What is being compressed into which file: the text, and when that was written.
    being_packed: Option<(usize, Vec<u8>, Duration)>,
    now: Option<usize>,
    other: Option<usize>,
    /// Lines written, numbered from 0.
    pub lines: u64,
    pub rotations: u64,
    /// Lines that were written again, into a file that replaces another.
    pub again: BTreeSet<u64>,
    pub story: String,
}

pub const LOG: &str = "app.log";

impl Program {
    pub fn new(seed: u64, steps: u32, world: &mut World) -> Self {
        let mut random = Random::new(seed);
        let mut program = Self {
            scheme: [Scheme::Numbered, Scheme::Dated, Scheme::Linked][random.below(3) as usize],
            packing: [Packing::Never, Packing::AtOnce, Packing::Delayed][random.below(3) as usize],
            slow: [20, 200, 2000, 20_000][random.below(4) as usize],
            gentle: random.below(3) == 0,
            random,
            steps,
            ops: VecDeque::new(),
            at: Duration::MAX,
            day: 0,
            aside: Vec::new(),
            being_packed: None,
            now: None,
            other: None,
            lines: 0,
            rotations: 0,
            again: BTreeSet::new(),
            story: String::new(),
        };
        program.create();
        program.append(Slot::Now);
        while let Some(op) = program.ops.pop_front() {
            program.obey(op, world);
        }
        program
    }

    pub fn begin(&mut self, now: Duration) {
        self.at = now;
    }

    pub fn is_over(&self) -> bool {
        self.steps == 0 && self.ops.is_empty()
    }

    /// Does what is due by the world's clock.
    pub fn run(&mut self, world: &mut World) {
        while self.at <= world.clock && !self.is_over() {
            let Some(op) = self.ops.pop_front() else {
                self.steps -= 1;
                self.step(world);
                continue;
            };
            let took = match op {
                Op::Pause(micros) => micros,
                _ => 1 + self.random.below(self.slow),
            };
            self.at += Duration::from_micros(took);
            self.tell(&op.story(), world);
            self.obey(op, world);
        }
    }

    fn tell(&mut self, what: &str, world: &World) {
        let at = world.clock.as_micros();
        self.story
            .push_str(&format!("{at:>9} line {} {what}\n", self.lines));
    }

    fn slot(&mut self, slot: Slot) -> &mut Option<usize> {
        match slot {
            Slot::Now => &mut self.now,
            Slot::Other => &mut self.other,
        }
    }

    fn obey(&mut self, op: Op, world: &mut World) {
        match op {
            Op::Open(slot, name) => {
                let node = world.open_to_append(&name);
                *self.slot(slot) = Some(node);
            }
            Op::Append(slot, bytes) => {
                if let Some(node) = *self.slot(slot) {
                    world.append(node, &bytes);
                }
            }
            Op::Close(slot) => {
                if let Some(node) = self.slot(slot).take() {
                    world.close(node);
                }
            }
            Op::PutAside => self.other = self.now.take(),
            Op::CopyInto(slot, part) => {
                let (Some(from), Some(to)) = (self.now, *self.slot(slot)) else {
                    return;
                };
                let bytes = &world.nodes[from].bytes;
                let had = world.nodes[to].bytes.len();
                let end = (bytes.len() * usize::from(part) / 4).max(had);
                let piece = bytes[had..end].to_vec();
                world.append(to, &piece);
            }
            Op::Truncate(slot) => {
                if let Some(node) = *self.slot(slot) {
                    world.truncate(node);
                }
            }
            Op::BeginPacking(from, to) => {
                let from = &world.nodes[world.node(&from).unwrap()];
                let (text, modified) = (from.bytes.clone(), from.modified);
                let node = world.open_to_append(&to);
                world.append(node, b"its beginning");
                self.being_packed = Some((node, text, modified));
            }
            Op::EndPacking => {
                let (node, text, modified) = self.being_packed.take().unwrap();
                world.end_packing(node, text, modified);
                world.close(node);
            }
            Op::Rename(from, to) => world.rename(&from, &to),
            Op::Link(name, target) => world.link(&name, &target),
            Op::Unlink(name) => world.unlink(&name),
            Op::RemoveFolder => world.remove_folder(),
            Op::MakeFolder => world.folder = Some(Default::default()),
            Op::Pause(_) => {}
        }
    }

    fn push(&mut self, op: Op) {
        self.ops.push_back(op);
    }

    fn fresh_lines(&mut self, count: u64) -> Vec<u8> {
        let numbers = self.lines..self.lines + count;
        self.lines += count;
        numbers
            .flat_map(|number| line(number).into_bytes())
            .collect()
    }

    fn append(&mut self, slot: Slot) {
        let count = 1 + self.random.below(6);
        let bytes = self.fresh_lines(count);
        self.in_pieces(slot, &bytes);
    }

    fn in_pieces(&mut self, slot: Slot, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let most = bytes.len() as u64;
            let size = match self.random.below(3) {
                0 => most,
                _ => 1 + self.random.below(most),
            };
            let (piece, rest) = bytes.split_at(size as usize);
            self.push(Op::Append(slot, piece.to_vec()));
            bytes = rest;
        }
    }

    /// A new file at the log's path.
    fn create(&mut self) {
        let mut name = LOG.to_owned();
        if self.scheme == Scheme::Linked {
            self.day += 1;
            name = format!("run-2026-{:04}.log", self.day);
            self.push(Op::Open(Slot::Now, name.clone()));
            self.push(Op::Link("next".into(), name));
            self.push(Op::Rename("next".into(), LOG.into()));
            return;
        }
        self.push(Op::Open(Slot::Now, name));
    }

    fn step(&mut self, world: &World) {
        // What loses lines and what does not come in this order.
        let step = match self.gentle {
            true => 28 + self.random.below(72),
            false => self.random.below(100),
        };
        let what = match step {
            0..5 => "truncate",
            5..10 => "delete",
            10..12 => "remove the folder",
            12..17 => "replace in place",
            17..21 => "replace by renaming",
            21..28 => "pause",
            28..38 => "copytruncate",
            38..60 => "rotate",
            _ => "append",
        };
        self.tell(&format!("-- {what}"), world);
        match step {
            0..5 => self.push(Op::Truncate(Slot::Now)),
            5..10 => self.delete(),
            10..12 => self.remove_folder(),
            12..17 => self.replace_in_place(world),
            // The target of a link would stay beside the new file, with the same lines.
            17..21 if self.scheme != Scheme::Linked => self.replace_by_renaming(world),
            17..28 => {
                let pause = self.random.below(1_500_000);
                self.push(Op::Pause(pause));
            }
            28..38 => self.copytruncate(),
            38..60 => self.rotate(),
            _ => self.append(Slot::Now),
        }
    }

    /// Renames the file and makes a new one; one time in three, what comes last is written to the old file after that.
    fn rotate(&mut self) {
        self.rotations += 1;
        let late = self.random.below(3) == 0;
        let count = 1 + self.random.below(4);
        let last = self.fresh_lines(count);
        let cut = match late {
            true => self.random.below(last.len() as u64) as usize,
            false => last.len(),
        };
        let (before, after) = last.split_at(cut);
        self.in_pieces(Slot::Now, before);
        self.push(Op::Close(Slot::Other));
        self.push(Op::PutAside);
        match self.scheme {
            Scheme::Numbered => self.shift(),
            Scheme::Dated => self.dated(),
            Scheme::Linked => {}
        }
        if self.scheme != Scheme::Linked {
            self.push(Op::Rename(LOG.into(), self.aside[0].clone()));
        }
        self.create();
        if late {
            if self.random.below(2) == 0 {
                self.append(Slot::Now);
            }
            self.in_pieces(Slot::Other, after);
        }
        self.pack();
    }

    /// Compresses what was rotated, or what was before.
    fn pack(&mut self) {
        let at = match self.packing {
            Packing::Never => return,
            Packing::AtOnce => 0,
            Packing::Delayed => 1,
        };
        let Some(name) = self.aside.get_mut(at).filter(|name| !name.ends_with(".gz")) else {
            return;
        };
        let plain = name.clone();
        name.push_str(".gz");
        let packed = name.clone();
        self.push(Op::BeginPacking(plain.clone(), packed));
        self.push(Op::EndPacking);
        self.push(Op::Unlink(plain));
    }

    /// Finds a name for the file that is rotated next.
    fn dated(&mut self) {
        self.day += 1;
        self.aside
            .insert(0, format!("app.log.2026-{:04}", self.day));
    }

    /// Makes place for `app.log.1`.
    fn shift(&mut self) {
        for at in (0..self.aside.len()).rev() {
            let ending = match self.aside[at].ends_with(".gz") {
                true => ".gz",
                false => "",
            };
            let to = format!("app.log.{}{ending}", at + 2);
            let from = std::mem::replace(&mut self.aside[at], to.clone());
            self.push(Op::Rename(from, to));
        }
        self.aside.insert(0, "app.log.1".into());
    }

    fn copytruncate(&mut self) {
        self.rotations += 1;
        match self.scheme {
            Scheme::Numbered => self.shift(),
            Scheme::Dated | Scheme::Linked => self.dated(),
        }
        self.push(Op::Close(Slot::Other));
        self.push(Op::Open(Slot::Other, self.aside[0].clone()));
        if self.random.below(2) == 0 {
            self.push(Op::CopyInto(Slot::Other, 2));
        }
        self.push(Op::CopyInto(Slot::Other, 4));
        self.push(Op::Truncate(Slot::Now));
        self.push(Op::Close(Slot::Other));
        self.pack();
    }

    fn delete(&mut self) {
        self.push(Op::Close(Slot::Now));
        self.push(Op::Unlink(LOG.into()));
        let pause = self.random.below(30_000);
        self.push(Op::Pause(pause));
        self.create();
    }

    fn remove_folder(&mut self) {
        self.push(Op::Close(Slot::Now));
        self.push(Op::Close(Slot::Other));
        self.push(Op::RemoveFolder);
        let pause = self.random.below(30_000);
        self.push(Op::Pause(pause));
        self.push(Op::MakeFolder);
        self.create();
        self.aside.clear();
    }

    /// As editors save: what is there, more than that, less than that, or something else.
    fn new_content(&mut self, world: &World) -> Vec<u8> {
        let mut text = match world.node(LOG) {
            Some(node) => world.nodes[node].bytes.clone(),
            None => Vec::new(),
        };
        self.again.extend(numbers(&text));
        match self.random.below(4) {
            0 => {}
            1 => text.extend(self.fresh_lines(3)),
            2 => {
                let half = text.len() / 2;
                let end = text.iter().take(half).rposition(|byte| *byte == b'\n');
                // A beginning that is shorter than a line may be another log's as well.
                text.truncate(end.map_or(0, |end| end + 1));
                if text.len() < 100 {
                    text.clear();
                }
            }
            _ => text = self.fresh_lines(5),
        }
        text
    }

    fn replace_by_renaming(&mut self, world: &World) {
        let text = self.new_content(world);
        self.push(Op::Close(Slot::Now));
        self.push(Op::Open(Slot::Now, "next".into()));
        self.in_pieces(Slot::Now, &text);
        self.push(Op::Rename("next".into(), LOG.into()));
    }

    fn replace_in_place(&mut self, world: &World) {
        let text = self.new_content(world);
        self.push(Op::Truncate(Slot::Now));
        self.in_pieces(Slot::Now, &text);
    }
}
