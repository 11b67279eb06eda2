//! Any bytes as the beginning of a log: some format is found, and it explains no more lines than there are.
#![no_main]

use libfuzzer_sys::fuzz_target;
use timberline_fuzz::checks;

fuzz_target!(|data: &[u8]| checks::detection(data));
