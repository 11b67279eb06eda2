//! Integration tests without a window.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod cli; // the program without a window, on real files
mod common; // temporary files, generated logs, an engine to ask
mod export; // records into files
mod feeds; // compressed logs and pipes in the window
mod follow; // what happens to files while they are open
mod formats; // logs of known content through the formats
mod huge; // more records than 32 bits count
mod marking; // what the user's rules mark in rows
mod packed; // compressed files, also damaged ones and bombs
mod pipeline; // from a file to rows
mod properties; // invariants of index and filters, over generated logs
mod repo; // rules about the repository itself
mod scale; // a gigabyte, with budgets; ignored by default
mod seeks; // searches in the moment of reading
mod state; // what the program keeps of itself
mod views; // several views of one log
