//! Queries as people type them: no text panics, errors point into it, and what is printed reads back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use timberline_fuzz::{checks, text};

fuzz_target!(|data: &[u8]| checks::query(&text(data)));
