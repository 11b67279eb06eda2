//! Targets for libFuzzer, which keeps the inputs that reach new code. They run on the stable compiler and need g++:
//!
//! ```text
//! tests/fuzz/libfuzzer/run build                                      # some minutes
//! tests/fuzz/libfuzzer/run timestamps /tmp/corpus -runs=10000000      # a target, a folder, options of libFuzzer
//! ```
//!
//! The folder holds inputs to begin with, if there are any, and gets those that reach new code.
//!
//! What ends a run is written to `crash-…` in the current folder: give that file instead of the folder to see it again,
//! and make it a test beside the code that was wrong. The example `fuzz` one folder up needs no g++ and shares its
//! generators and checks with these.

#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../bytes.rs"]
pub mod bytes;
#[path = "../checks.rs"]
pub mod checks;
#[path = "../random.rs"]
pub mod random;
#[path = "../templates.rs"]
pub mod templates;

/// What is before the first NUL, and what is behind it.
pub fn halves(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == 0);
    let (before, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
    (before, rest.get(1..).unwrap_or_default())
}

/// As text; what is no UTF-8 is replaced.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
