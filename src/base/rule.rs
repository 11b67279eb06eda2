//! Rules by which a user has rows and parts of them marked, as plain data.

use serde::{Deserialize, Serialize};

use super::dye::Dye;

/// A rule: what is looked for, and how it is marked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MarkRule {
    /// How the pattern is read.
    #[serde(default)]
    pub kind: MarkKind,
    /// What is looked for.
    pub pattern: String,
    /// Upper and lower case differ; a query says it by itself.
    #[serde(default)]
    pub case: bool,
    /// The colour.
    #[serde(default)]
    pub colour: Dye,
    /// What of a row gets it.
    #[serde(default)]
    pub marks: MarkOn,
    /// It counts.
    #[serde(default = "yes")]
    pub enabled: bool,
}

/// How a pattern is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// A text as it stands.
    #[default]
    Text,
    /// A regular expression.
    Regex,
    /// A query, as in the filter.
    Query,
}

/// What of a row is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkOn {
    /// The part of the text that matches; of a query the whole row.
    #[default]
    Match,
    /// The whole row.
    Row,
    /// Its left edge.
    Edge,
}

fn yes() -> bool {
    true
}

impl Default for MarkRule {
    fn default() -> Self {
        Self {
            kind: MarkKind::default(),
            pattern: String::new(),
            case: false,
            colour: Dye::default(),
            marks: MarkOn::default(),
            enabled: true,
        }
    }
}
