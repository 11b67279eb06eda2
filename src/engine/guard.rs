//! Threads with names, and panics that become notices instead of ends.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::{Builder, JoinHandle};

use crate::base::problem::Problem;

/// A panic that was caught.
#[derive(Debug)]
pub(super) struct Panicked {
    /// What it said.
    pub(super) message: String,
}

impl Panicked {
    pub(super) fn new(payload: &(dyn Any + Send)) -> Self {
        let message = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "no message".to_owned());
        Self { message }
    }

    /// What the user is told.
    pub(super) fn problem(&self, doing: &str) -> Problem {
        Problem::error(format!("An internal error occurred while {doing}"))
            .hint("This is a fault in Timberline; the rest goes on. F5 reads the file again")
            .detail(self.message.clone())
    }
}

/// Runs a closure; a panic in it is an error value.
pub(super) fn catch<T>(run: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|payload| Panicked::new(&*payload))
}

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
