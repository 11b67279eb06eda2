//! Panics that become values instead of ends.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::problem::Problem;

/// A panic that was caught.
#[derive(Debug)]
pub struct Panicked {
    /// What it said.
    pub message: String,
}

impl Panicked {
    /// From what the panic carried.
    #[must_use]
    pub fn new(payload: &(dyn Any + Send)) -> Self {
        let message = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "no message".to_owned());
        Self { message }
    }

    /// What the user is told.
    #[must_use]
    pub fn problem(&self, doing: &str) -> Problem {
        Problem::error(format!("An internal error occurred while {doing}"))
            .hint("This is a fault in Timberline; the rest goes on. F5 reads the file again")
            .detail(self.message.clone())
    }
}

/// Runs a closure; a panic in it is an error value.
///
/// # Errors
/// The closure panicked.
pub fn catch<T>(run: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|payload| Panicked::new(&*payload))
}
