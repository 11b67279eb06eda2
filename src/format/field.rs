//! The columns that a format has and what they mean.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// What Timberline uses a column for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// When; parsed to a timestamp.
    Time,
    /// How severe.
    Level,
    /// Which logger; dotted names form the tree.
    Logger,
    /// What: the rest of the record with its traceback.
    Message,
    /// Anything else that the format shows.
    Other,
}

/// One column of a format.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Column {
    /// The field's name as Python's LogRecord or the log itself calls it (`lineno`, `funcName`, `request_id`).
    pub name: Arc<str>,
    /// What it is used for.
    pub role: Role,
}

impl Column {
    /// A column.
    pub fn new(name: impl Into<Arc<str>>, role: Role) -> Self {
        Self {
            name: name.into(),
            role,
        }
    }

    /// A column for the level that another field tells.
    #[must_use]
    pub fn level_from(field: &str) -> Self {
        Self::new(format!("{LEVEL_FROM}{field}"), Role::Level)
    }

    /// The field that tells the level, where the log shows none.
    #[must_use]
    pub fn derived_from(&self) -> Option<&str> {
        let name = Some(&*self.name).filter(|_| self.role == Role::Level);
        derived_from(name?)
    }
}

/// What a key of a self-describing record (JSON, logfmt) is used for, if it is one of those that loggers use.
#[must_use]
pub fn role_of_key(key: &str) -> Option<Role> {
    super::known_keys::role_of(key.as_bytes()).map(|(role, _)| role)
}

/// How the names of columns begin that hold a level which the log does not show.
const LEVEL_FROM: &str = "level from ";

/// The field that tells the level, if this is the name of such a column.
#[must_use]
pub fn derived_from(name: &str) -> Option<&str> {
    name.strip_prefix(LEVEL_FROM)
}
