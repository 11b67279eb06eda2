//! Threads with names, and panics that become notices instead of ends.

use std::io;
use std::thread::{Builder, JoinHandle};

pub(super) use crate::base::panics::{Panicked, catch};

/// Starts a named thread.
///
/// # Errors
/// The system has no more threads to give.
pub(super) fn spawn(
    name: String,
    run: impl FnOnce() + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    Builder::new().name(name).spawn(run)
}
