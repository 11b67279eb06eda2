//! Any bytes with any format: no panic, nothing from outside the record, and the short way to a header says what the long
//! one says. Needs no nightly compiler:
//!
//! ```text
//! cargo run --release --example fuzz --config profile.release.package.timberline.overflow-checks=true -- 1000000 [SEED]
//! ```
//!
//! A failure prints the format and the bytes; any makes the exit code 1. `libfuzzer` beside it has more targets, guided by
//! which code runs; those need a C++ compiler.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod bytes;
mod checks;
mod random;
mod templates;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::Instant;

use random::Random;
use timberline::format::spec::{Format, FormatSpec};

/// Records that each format is given.
const RECORDS: u64 = 50;

/// Failures that are shown before giving up.
const MOST_FAILURES: u32 = 20;

/// What is being tried, for the report.
#[derive(Default)]
struct Trial {
    spec: Option<FormatSpec>,
    record: Vec<u8>,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default| {
        arguments
            .next()
            .map_or(default, |text| text.parse().unwrap())
    };
    let (runs, seed) = (number(1_000_000), number(0x9e37_79b9_7f4a_7c15));
    let mut random = Random::seeded(seed);
    let (begun, mut done, mut compiled, mut refused) = (Instant::now(), 0, 0_u64, 0_u64);
    let (mut reported, mut failed) = (0, 0);
    while done < runs && failed < MOST_FAILURES {
        let mut trial = Trial::default();
        let outcome = catch_unwind(AssertUnwindSafe(|| round(&mut random, &mut trial)));
        match outcome {
            Ok(true) => {
                compiled += 1;
                done += RECORDS;
            }
            Ok(false) => {
                refused += 1;
                done += 1;
            }
            Err(_) => {
                println!("seed {seed}, run {done}\nformat {:?}", trial.spec);
                println!("bytes {:?}", String::from_utf8_lossy(&trial.record));
                println!("raw {:?}\n", trial.record);
                failed += 1;
                done += 1;
            }
        }
        let seconds = begun.elapsed().as_secs();
        if seconds >= reported + 10 || done >= runs {
            reported = seconds;
            let rate = done / seconds.max(1);
            println!("{done} runs, {rate}/s; {compiled} formats compiled, {refused} refused");
        }
    }
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// One format with its records; whether it compiled.
fn round(random: &mut Random, trial: &mut Trial) -> bool {
    let spec = templates::spec(random);
    trial.spec = Some(spec.clone());
    let format = match Format::compile(&spec) {
        Ok(format) => format,
        Err(error) => {
            checks::error(&spec, &error);
            return false;
        }
    };
    let words = bytes::words(&spec);
    let text_at = random.below(RECORDS as usize);
    for at in 0..RECORDS as usize {
        trial.record = bytes::record(random, &words);
        checks::record(&format.extractor, &trial.record);
        checks::stop(&format, &trial.record);
        if at == text_at {
            trial.record = bytes::text(random, &words);
            checks::text(random, &format.extractor, &trial.record);
        }
    }
    if random.once_in(4) {
        trial.record = bytes::query(random);
        checks::query(&String::from_utf8_lossy(&trial.record));
    }
    if random.once_in(200) {
        trial.record = bytes::text(random, &words);
        checks::detection(&trial.record);
    }
    true
}
