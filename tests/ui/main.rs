//! Tests of the window through its accessibility tree; no display, no GPU.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod host;
mod table;
