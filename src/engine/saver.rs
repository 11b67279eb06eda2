//! Small texts into files of the user's choice, never over an open log.

use std::io::Write as _;
use std::path::Path;

use super::open_files::OpenFiles;
use crate::base::problem::Problem;
use crate::export::target::{self, Target};

/// Writes texts into files; clones know of the same open logs.
#[derive(Debug, Clone)]
pub struct Saver(pub(super) OpenFiles);

impl Saver {
    /// Whether a file is at the path, which would be replaced. Waits for the disk: not for the window's thread.
    ///
    /// # Errors
    /// What is there may not be replaced.
    pub fn check(&self, path: &Path) -> Result<bool, Problem> {
        let there = target::check(path, |id| self.0.has(id))?;
        Ok(there.is_some())
    }

    /// Makes a file of a text, whole or not at all. Waits for the disk: not for the window's thread.
    ///
    /// # Errors
    /// The path leads to an open log or to something that is no file, or the disk refuses; what was there is untouched.
    pub fn save(&self, path: &Path, text: &str) -> Result<(), Problem> {
        let is_open = |id| self.0.has(id);
        let mut target = Target::create(path, is_open)?;
        let written = target.write_all(text.as_bytes());
        written.map_err(|error| target.failed(&error))?;
        target.commit(is_open).map(drop)
    }
}
