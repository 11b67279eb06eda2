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
}
