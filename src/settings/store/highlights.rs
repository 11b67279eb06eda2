//! Highlighters out of a file: one that was copied as TOML, or somebody's settings file.

use std::fs;
use std::path::Path;

use super::Store;
use crate::base::problem::Problem;
use crate::settings::highlights::{Imported, import};

/// A larger file holds no highlighters.
const MOST_BYTES: u64 = 1 << 20;

impl Store {
    /// The highlighters in a file.
    ///
    /// # Errors
    /// It cannot be read, or holds none.
    pub fn read_highlights(&self, path: &Path) -> Result<Imported, Problem> {
        let cannot = |detail: String| {
            Problem::warning("No highlighters can be taken over")
                .hint("The file needs entries [[rules]] with a pattern and a colour")
                .detail(detail)
                .path(path)
        };
        let length = fs::metadata(path).map_err(|error| cannot(error.to_string()))?;
        if length.len() > MOST_BYTES {
            return Err(cannot(format!("{} bytes are too many", length.len())));
        }
        let text = fs::read_to_string(path).map_err(|error| cannot(error.to_string()))?;
        import(&text).map_err(cannot)
    }
}
