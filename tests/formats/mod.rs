//! Logs of known content through the formats.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests fail by panicking"
)]

mod corpus; // every template of the corpus against its truth
mod templates; // generated templates and records; random bytes

mod detect_corpus; // detection against logs with truth
mod detect_table; // small samples and what must be made of them
