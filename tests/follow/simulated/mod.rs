//! The stream of a followed log against a simulated file system, in which a random program works between any two calls of
//! the reader. Everything follows from a seed, time included, so that what fails can be looked at, and a second runs
//! through hundreds of programs.
//!
//! What must hold: a line that is on disk in the end is shown, whole, and once if it was written once. One that is not, but of which the reader
//! was told that it was there, was shown, or a gap was told when it went; and where nothing is lost, none is told. Bytes that were shown stay what they were.

#![allow(clippy::print_stderr, reason = "the figures of a run")]

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use timberline::bytes::ByteSource;
use timberline::bytes::stream::{Check, Look, Stream, Turn};

use program::{LOG, number, numbers};
use world::{Destroyed, FOLDER, Random, SimulatedDisk};

mod program; // what is done to the log
mod world; // the disk

/// What a reader came to know.
struct Reader {
    disk: SimulatedDisk,
    stream: Stream,
    began: Instant,
    random: Random,
    text: Vec<u8>,
    /// How much of the text is known to be the stream's.
    sure: usize,
    shows_gone: bool,
    /// Lines that were ever sure, and since when.
    seen: BTreeMap<u64, Duration>,
    turns: Vec<(Duration, Turn)>,
}

impl Reader {
    fn new(disk: SimulatedDisk, seed: u64) -> Self {
        let path = Path::new(FOLDER).join(LOG);
        let mut stream = Stream::open(Arc::new(disk.clone()), &path).unwrap();
        stream.unpack_with(Arc::new(disk.clone()));
        Self {
            disk,
            stream,
            began: Instant::now(),
            random: Random::new(seed ^ 0xbeef),
            text: Vec::new(),
            sure: 0,
            shows_gone: false,
            seen: BTreeMap::new(),
            turns: Vec::new(),
        }
    }

    fn clock(&self) -> Duration {
        self.disk.0.lock().unwrap().world.clock
    }

    fn now(&self) -> Instant {
        self.began + self.clock()
    }

    /// Looks, and reads what there is, as the engine does.
    fn round(&mut self) {
        loop {
            if self.look() {
                continue;
            }
            let before = self.text.len();
            self.read_on();
            if self.look() {
                continue;
            }
            if (self.text.len() as u64) < self.stream.len() && before < self.text.len() {
                continue;
            }
            self.verify();
            return;
        }
    }

    /// Whether the stream turned.
    fn look(&mut self) -> bool {
        let Look::Turned(turn) = self.stream.look(self.now()) else {
            return false;
        };
        self.text.truncate(self.sure);
        if turn.gone > 0 {
            if !self.shows_gone && self.sure as u64 == turn.keep {
                self.shows_gone = true;
            } else {
                self.stream = self.stream.without_gone();
                self.text.clear();
                self.sure = 0;
                self.shows_gone = false;
            }
        }
        self.turns.push((self.clock(), turn));
        true
    }

    fn read_on(&mut self) {
        let bytes = self.stream.bytes();
        while (self.text.len() as u64) < self.stream.len() {
            let left = self.stream.len() - self.text.len() as u64;
            let size = left.min(1 + self.random.below(2000));
            let mut piece = vec![0; size as usize];
            let Ok(count @ 1..) = bytes.read_at(self.text.len() as u64, &mut piece) else {
                break;
            };
            self.text.extend_from_slice(&piece[..count]);
        }
    }

    fn verify(&mut self) {
        let now = self.now();
        if self.stream.remember(self.text.len() as u64, now) == Check::Changed {
            return;
        }
        self.sure = self.text.len();
        let clock = self.clock();
        for line in numbers(&self.text) {
            self.seen.entry(line).or_insert(clock);
        }
    }

    /// What is shown in the end: every line that is there, and those that are none.
    fn shown(&self) -> (BTreeMap<u64, u32>, Vec<String>) {
        let chain = self.stream.bytes();
        let mut bytes = vec![0; self.sure];
        assert_eq!(chain.read_at(0, &mut bytes).unwrap(), self.sure);
        let (mut live, mut torn) = (BTreeMap::new(), Vec::new());
        let mut at = 0;
        // As the index does, by what was there when it was read.
        for line in self.text[..self.sure].split_inclusive(|byte| *byte == b'\n') {
            let range = at..at + line.len();
            at = range.end;
            // A line that ends what is gone is nothing to see.
            if line == b"\n" || chain.is_gone(&(range.start as u64..range.end as u64)) {
                continue;
            }
            let text = String::from_utf8_lossy(line).into_owned();
            if bytes[range.clone()] != *line {
                torn.push(format!("{text} is {:?}", bytes[range].escape_ascii()));
            } else if let Some(number) = number(line) {
                *live.entry(number).or_default() += 1;
            } else {
                torn.push(text);
            }
        }
        (live, torn)
    }
}

/// What all programs together came to.
#[derive(Debug, Default)]
struct Totals {
    programs: u64,
    rotations: u64,
    lines: u64,
    shown: u64,
    destroyed: u64,
    missed: u64,
    unheard: u64,
    gaps: u64,
}

fn program(seed: u64, steps: u32, totals: &mut Totals) {
    let disk = SimulatedDisk::new(seed, steps);
    let mut random = Random::new(seed ^ 0xcafe);
    let poll = [2_000, 20_000, 100_000, 400_000][random.below(4) as usize];
    let mut reader = Reader::new(disk.clone(), seed);
    disk.begin();
    while !disk.0.lock().unwrap().program.is_over() {
        reader.round();
        disk.wait(Duration::from_micros(random.below(poll)));
    }
    for _ in 0..20 {
        reader.round();
        disk.wait(Duration::from_millis(250));
    }
    let (live, torn) = reader.shown();
    let gaps = reader.turns.iter().filter(|(_, turn)| turn.gap).count();
    let stage = disk.0.lock().unwrap();
    let mut on_disk = BTreeSet::new();
    for name in stage.world.folder.iter().flat_map(BTreeMap::keys) {
        let Some(node) = stage.world.node(name) else {
            continue;
        };
        let node = &stage.world.nodes[node];
        on_disk.extend(numbers(&node.bytes));
        on_disk.extend(node.inside.iter().flat_map(|text| numbers(text)));
    }
    let told = || {
        let turns: Vec<_> = reader
            .turns
            .iter()
            .map(|turn| format!("{turn:?}\n"))
            .collect();
        format!(
            "seed {seed}\n{}\n{}\n{}\n{}",
            turns.concat(),
            stage.world.listing(),
            stage.program.story,
            String::from_utf8_lossy(&reader.text[..reader.sure]),
        )
    };
    let lost: Vec<_> = on_disk.iter().filter(|n| !live.contains_key(n)).collect();
    let too_often = |(line, count): &(&u64, &u32)| match stage.program.again.contains(line) {
        // Once for each file that had it.
        true => **count > 3,
        false => **count > 1,
    };
    let twice: Vec<_> = live.iter().filter(too_often).collect();
    assert!(torn.is_empty(), "torn {torn:?}\n{}", told());
    assert!(lost.is_empty(), "lost {lost:?}\n{}", told());
    assert!(twice.is_empty(), "twice {twice:?}\n{}", told());
    let calm = stage.program.gentle && stage.world.keeps_births && gaps > 0;
    assert!(!calm, "a gap where nothing is missing\n{}", told());
    // What was deleted in the second of a compressed file's last line is taken for what is in that.
    let packed = stage
        .world
        .nodes
        .iter()
        .filter(|node| node.inside.is_some());
    let packed: BTreeSet<u64> = packed.map(|node| node.modified.as_secs()).collect();
    let excused = |second: u64| packed.range(second..=second + 1).next().is_some();
    let mut missed = 0;
    for Destroyed {
        line,
        at: went,
        with_file,
        modified,
    } in &stage.world.destroyed
    {
        let seen = reader.seen.get(line).is_some_and(|since| since <= went);
        let must_be_told = match with_file {
            // It may have been mistaken for another that had its number.
            true => !seen && stage.world.keeps_births,
            // What was written over between two looks leaves no trace, nor does it when it was written again.
            false => seen && !stage.program.again.contains(line),
        };
        let is_excused = *with_file && excused(modified.as_secs());
        if !must_be_told || is_excused || on_disk.contains(line) || live.contains_key(line) {
            continue;
        }
        missed += 1;
        let mut after = reader.turns.iter().filter(|(at, _)| at >= went).take(2);
        let said = after.any(|(_, turn)| turn.gap || turn.gone > 0);
        assert!(
            said,
            "line {line} went without a gap at {went:?}\n{}",
            told()
        );
    }
    totals.programs += 1;
    totals.rotations += stage.program.rotations;
    totals.lines += stage.program.lines;
    totals.shown += live.len() as u64;
    totals.destroyed += stage.world.destroyed.len() as u64;
    totals.missed += missed;
    totals.unheard += stage.world.unheard.len() as u64;
    totals.gaps += gaps as u64;
}

fn programs(seeds: std::ops::Range<u64>, steps: u32) -> Totals {
    let mut totals = Totals::default();
    let mut failed = Vec::new();
    for seed in seeds {
        let run = AssertUnwindSafe(|| program(seed, steps, &mut totals));
        failed.extend(catch_unwind(run).is_err().then_some(seed));
    }
    eprintln!("{totals:?}");
    assert!(failed.is_empty(), "{} seeds: {failed:?}", failed.len());
    totals
}

#[test]
fn a_stream_loses_nothing_whatever_happens_between_its_calls() {
    let totals = programs(1..400, 20);
    assert!(totals.rotations > 1000 && totals.gaps > 10, "{totals:?}");
}

#[test]
#[ignore = "takes minutes"]
fn many_simulated_programs() {
    let number =
        |name: &str, otherwise| std::env::var(name).map_or(otherwise, |text| text.parse().unwrap());
    let first = number("FOLLOW_SEED", 1000);
    let count = number("FOLLOW_PROGRAMS", 100_000);
    programs(first..first + count, number("FOLLOW_STEPS", 40) as u32);
}
