//! A model test: another process does to a log, at random, whatever is done to logs, while it is followed. Its lines are
//! numbered, so that what is lost, shown twice or torn can be told.
//!
//! What must hold in the end: every line that is still on disk is shown, whole, and once if it was written once; where lines are missing that are
//! on disk no more, a gap is counted. A file that came and went between two looks leaves no trace to count.

#![allow(clippy::print_stderr, reason = "the figures of a run")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use timberline::base::id::RecordNo;
use timberline::engine::{EngineOptions, Phase, Wanted};

use super::writer::{Report, Writer, numbers};
use crate::common::dir::Dir;
use crate::common::probe::{EngineProbe, generated, quick};

/// What all programs together came to.
#[derive(Debug, Default)]
struct Totals {
    programs: u64,
    rotations: u64,
    lines: u64,
    on_disk: u64,
    shown: u64,
    gone_rows: u64,
    missed: u64,
    gaps: u64,
    restarts: u64,
}

#[test]
fn random_programs_lose_nothing_that_is_on_disk() {
    let mut totals = Totals::default();
    for seed in 1..=24 {
        program(seed, 12, &mut totals);
    }
    eprintln!("{totals:?}");
    assert!(totals.rotations > 50 && totals.shown > 500, "{totals:?}");
}

#[test]
#[ignore = "takes about half an hour"]
fn many_random_programs_lose_nothing_that_is_on_disk() {
    let mut totals = Totals::default();
    let mut failed = Vec::new();
    let first = std::env::var("FOLLOW_SEED").map_or(1000, |seed| seed.parse().unwrap());
    let programs = std::env::var("FOLLOW_PROGRAMS").map_or(1500, |count| count.parse().unwrap());
    let steps = std::env::var("FOLLOW_STEPS").map_or(40, |steps| steps.parse().unwrap());
    for seed in first..first + programs {
        // The others are worth running too.
        let run = AssertUnwindSafe(|| program(seed, steps, &mut totals));
        failed.extend(catch_unwind(run).is_err().then_some(seed));
        if seed % 100 == 0 {
            eprintln!("seed {seed}: {totals:?}");
        }
    }
    eprintln!("{totals:?}");
    assert!(failed.is_empty(), "seeds {failed:?}");
}

/// Follows a log while another process runs the program of this seed, and checks what came of it.
fn program(seed: u64, steps: u32, totals: &mut Totals) {
    let dir = Dir::new();
    fs::create_dir(dir.path("logs")).unwrap();
    let path = dir.path("logs/app.log");
    let options = EngineOptions {
        poll: Duration::from_millis([2, 20, 100][seed as usize % 3]),
        notify: seed.is_multiple_of(2),
        ..quick()
    };
    let mut first = Writer::new(dir.root(), seed);
    first.finish();
    let lines = first.report.lines;
    let mut probe = EngineProbe::open(options, generated(&path));
    probe.wait("the first file", |probe| {
        let state = probe.state.as_ref();
        state.is_some_and(|state| state.phase == Phase::Following)
    });
    let report = write(&dir, seed, steps, lines);
    let on_disk = on_disk(&dir.path("logs"));
    let mut all = Shown::default();
    let deadline = Instant::now() + Duration::from_secs(10);
    while Instant::now() < deadline {
        all = shown(&mut probe);
        if all.torn.is_empty() && on_disk.iter().all(|number| all.live.contains_key(number)) {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let Shown { live, torn, gone } = all;
    let lost: Vec<_> = on_disk.iter().filter(|n| !live.contains_key(n)).collect();
    let too_often = |(line, count): &(&u64, &u32)| match report.again.contains(line) {
        // Once for each file that had it.
        true => **count > 3,
        false => **count > 1,
    };
    let twice: Vec<_> = live.iter().filter(too_often).collect();
    let state = probe.state.clone().unwrap();
    let told = || {
        let listed = Command::new("ls").arg("-laR").arg(dir.root()).output();
        let listed = String::from_utf8_lossy(&listed.unwrap().stdout).into_owned();
        format!(
            "seed {seed}: {} files, {} gaps, {gone} rows gone, {:?}\n{listed}\n{}\n{:#?}",
            state.files, state.gaps, state.phase, report.story, probe.events
        )
    };
    assert!(lost.is_empty(), "lost {lost:?}\n{}", told());
    assert!(torn.is_empty(), "torn {torn:?}\n{}", told());
    assert!(twice.is_empty(), "twice {twice:?}\n{}", told());
    let missed = report.lines.saturating_sub(live.len() as u64 + gone);
    assert!(
        missed <= report.fleeting || state.gaps > 0,
        "{missed} lines are missing without a gap\n{}",
        told()
    );
    totals.programs += 1;
    totals.rotations += report.rotations;
    totals.lines += report.lines;
    totals.on_disk += on_disk.len() as u64;
    totals.shown += live.len() as u64;
    totals.gone_rows += gone;
    totals.missed += missed;
    totals.gaps += state.gaps;
    totals.restarts += probe.restarts().len() as u64;
    probe.close();
}

/// Runs the writer to its end in a process of its own.
fn write(dir: &Dir, seed: u64, steps: u32, lines: u64) -> Report {
    let output = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "follow::writer::the_writer",
            "--ignored",
            "--nocapture",
        ])
        .env("FOLLOW_WRITER", dir.root())
        .env("FOLLOW_WRITER_SEED", seed.to_string())
        .env("FOLLOW_WRITER_LINES", lines.to_string())
        .env("FOLLOW_WRITER_STEPS", steps.to_string())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "seed {seed}: {output:?}");
    let report = fs::read_to_string(dir.path("report.toml")).unwrap();
    toml::from_str(&report).unwrap()
}

/// The text in a gzip file.
fn gunzip(packed: &[u8]) -> String {
    let mut text = String::new();
    let mut decoder = flate2::read::MultiGzDecoder::new(packed);
    decoder.read_to_string(&mut text).unwrap();
    text
}

/// Numbers of the lines in the files of a folder, compressed ones too.
pub(super) fn on_disk(folder: &Path) -> BTreeSet<u64> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let text = match path.extension().is_some_and(|ending| ending == "gz") {
            true => gunzip(&fs::read(&path).unwrap()),
            false => fs::read_to_string(&path).unwrap_or_default(),
        };
        for line in text
            .split_inclusive('\n')
            .filter(|line| line.ends_with('\n'))
        {
            found.extend(numbers(line));
        }
    }
    found
}

/// What a follower shows.
#[derive(Default)]
pub(super) struct Shown {
    /// How often each line.
    pub(super) live: BTreeMap<u64, u32>,
    /// Rows that are no whole line.
    pub(super) torn: Vec<String>,
    /// How many rows are gone.
    gone: u64,
}

pub(super) fn shown(probe: &mut EngineProbe) -> Shown {
    let state = |probe: &EngineProbe| probe.state.clone().filter(|s| s.phase == Phase::Following);
    probe.drain();
    let Some(before) = state(probe).filter(|state| !state.snapshot.is_empty()) else {
        return Default::default();
    };
    let generation = before.snapshot.generation;
    let records: Vec<_> = (0..before.snapshot.len()).map(RecordNo).collect();
    probe.rows.clear();
    probe.unavailable.clear();
    probe.source.want_rows(Wanted {
        generation,
        records: records.clone(),
    });
    probe.wait("rows", |probe| {
        let gone: BTreeSet<_> = probe.unavailable.iter().collect();
        let there = |record: &RecordNo| {
            probe.rows.contains_key(&(generation, *record)) || gone.contains(&(generation, *record))
        };
        records.iter().all(there)
    });
    let mut shown = Shown::default();
    for record in &records {
        match probe.rows.get(&(generation, *record)).cloned() {
            Some(row) => {
                let message = row.cells.last().unwrap();
                let partial = row.meta.partial && record.0 + 1 == records.len() as u64;
                let found = numbers(&format!("{message}\n"));
                let torn = found.len() != 1 || row.more_lines > 0;
                // What is on disk may be newer than the last look at it: then it is asked for again.
                if torn && !partial {
                    shown.torn.push(format!("{found:?} {row:?}"));
                }
                for number in found.into_iter().filter(|_| !partial) {
                    *shown.live.entry(number).or_default() += 1;
                }
            }
            None => shown.gone += 1,
        }
    }
    shown
}
