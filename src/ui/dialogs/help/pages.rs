//! The pages, from `assets/help`, in the language in use.

use crate::base::lang::{Lang, tr};

/// A page of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Page {
    /// The keys, from the table that handles them.
    #[default]
    Keys,
    /// From nothing to the first found error.
    FirstSteps,
    /// How a format is recognised, chosen and taught.
    Formats,
    /// What is shown and what is hidden.
    Filters,
    /// A log that is written to, rotated, piped or printed by a command.
    Follow,
    /// Without a window, and what the window takes.
    CommandLine,
    /// What often goes wrong.
    Troubleshooting,
}

/// The files of a page in every language.
macro_rules! texts {
    ($name:literal) => {
        [
            include_str!(concat!("../../../../assets/help/en/", $name)),
            include_str!(concat!("../../../../assets/help/ko/", $name)),
        ]
    };
}

impl Page {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 7] = [
        Self::Keys,
        Self::FirstSteps,
        Self::Formats,
        Self::Filters,
        Self::Follow,
        Self::CommandLine,
        Self::Troubleshooting,
    ];

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Keys => tr("Keys"),
            Self::FirstSteps => tr("First steps"),
            Self::Formats => tr("Formats"),
            Self::Filters => tr("Filters"),
            Self::Follow => tr("Follow"),
            Self::CommandLine => tr("Command line"),
            Self::Troubleshooting => tr("Troubleshooting"),
        }
    }

    /// Its text as Markdown; `None` for the keys.
    #[must_use]
    pub fn text(self) -> Option<&'static str> {
        let [english, korean] = match self {
            Self::Keys => return None,
            Self::FirstSteps => texts!("first-steps.md"),
            Self::Formats => texts!("formats.md"),
            Self::Filters => texts!("filters.md"),
            Self::Follow => texts!("follow.md"),
            Self::CommandLine => texts!("command-line.md"),
            Self::Troubleshooting => texts!("troubleshooting.md"),
        };
        Some(match Lang::current() {
            Lang::English => english,
            Lang::Korean => korean,
        })
    }
}
