//! Highlighters out of a file: one that was copied as TOML, or somebody's settings file.

use std::path::Path;

use super::{Store, read_small};
use crate::base::problem::Problem;
use crate::settings::highlights::{Imported, import};

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
        let text = read_small(path).map_err(cannot)?;
        import(&text).map_err(cannot)
    }
}
