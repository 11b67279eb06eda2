//! Logs of known content through the formats.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests fail by panicking"
)]

use std::path::{Path, PathBuf};

mod corpus; // every template of the corpus against its truth
mod detect_corpus; // detection against logs with truth
mod detect_table; // small samples and what must be made of them
mod dialects; // template languages of other loggers
mod python; // what Python's own logging prints, turned round
mod templates; // generated templates and records; random bytes
mod world_table; // lines of many programs' logs

/// Logs with truth, described by their `manifest.json`: where `TIMBERLINE_CORPUS` says, or in `shared/corpus` beside the
/// checkout. A checkout alone has none.
#[expect(clippy::print_stdout, reason = "a test that tests nothing says so")]
pub fn corpus() -> Option<PathBuf> {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = checkout.ancestors().map(|dir| dir.join("shared/corpus"));
    let named = std::env::var_os("TIMBERLINE_CORPUS").map(PathBuf::from);
    let found = named
        .into_iter()
        .chain(beside)
        .find(|dir| dir.join("manifest.json").is_file());
    if found.is_none() {
        println!("skipped: no corpus");
    }
    found
}
