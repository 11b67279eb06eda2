//! Saved filters out of a file: somebody's settings file, or the part of one.

use std::path::Path;

use serde::Deserialize;

use super::{Store, read_small};
use crate::base::problem::Problem;
use crate::settings::filters::{Filters, SavedFilter};

/// What of a file is looked at.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Holder {
    filters: Filters,
    saved: Vec<SavedFilter>,
}

impl Store {
    /// The filters in a file: those below `[[filters.saved]]`, as in the settings, or below `[[saved]]`.
    ///
    /// # Errors
    /// It cannot be read, or holds none.
    pub fn read_filters(&self, path: &Path) -> Result<Vec<SavedFilter>, Problem> {
        let cannot = |detail: String| {
            Problem::warning("No filters can be taken over")
                .hint("The file needs entries [[filters.saved]] with a name and a query")
                .detail(detail)
                .path(path)
        };
        let text = read_small(path).map_err(cannot)?;
        let holder: Holder = toml::from_str(&text).map_err(|error| cannot(error.to_string()))?;
        let all: Vec<SavedFilter> = holder
            .filters
            .saved
            .into_iter()
            .chain(holder.saved)
            .collect();
        if all.is_empty() {
            return Err(cannot("it has none".to_owned()));
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use std::fs;

    use super::*;

    #[test]
    fn filters_come_from_settings_or_a_list() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        let path = folder.path().join("filters.toml");
        let names = |text: &str| {
            fs::write(&path, text).unwrap();
            let read = store.read_filters(&path);
            read.map(|all| all.into_iter().map(|it| it.name).collect::<Vec<_>>())
        };
        let entry = "name = \"Slow\"\nquery = \"duration>1s\"\n";
        let settings = format!("[times]\nshow = \"utc\"\n\n[[filters.saved]]\n{entry}");
        assert_eq!(names(&settings).unwrap(), ["Slow"]);
        assert_eq!(names(&format!("[[saved]]\n{entry}")).unwrap(), ["Slow"]);
        for text in ["", "[[saved]]\nname = 3\n", "not toml"] {
            assert!(names(text).is_err(), "{text}");
        }
    }
}
