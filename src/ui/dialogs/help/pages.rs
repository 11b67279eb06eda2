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
    /// Timeline, fields, patterns and the like.
    Understand,
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
    pub const ALL: [Self; 8] = [
        Self::Keys,
        Self::FirstSteps,
        Self::Formats,
        Self::Filters,
        Self::Understand,
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
            Self::Understand => tr("Understand a log"),
            Self::Follow => tr("Follow"),
            Self::CommandLine => tr("Command line"),
            Self::Troubleshooting => tr("Troubleshooting"),
        }
    }

    /// What it is about.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Keys => tr("Every key, yours included"),
            Self::FirstSteps => tr("From the first log to the first found error"),
            Self::Formats => tr("How a format is recognised, chosen and taught"),
            Self::Filters => tr("What is shown and hidden, and the language of queries"),
            Self::Understand => tr("Timeline, fields, exceptions, patterns, highlighters"),
            Self::Follow => tr("Logs that grow, are rotated, piped or printed by a command"),
            Self::CommandLine => {
                tr("Searching and printing without a window, and what the window takes")
            }
            Self::Troubleshooting => tr("What goes wrong at times, and what helps"),
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
            Self::Understand => texts!("understand.md"),
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

/// A part of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Markdown without what follows.
    Text(&'a str),
    /// Lines to be typed or copied.
    Code(&'a str),
    /// A picture, in a line of its own.
    Picture {
        /// Its file without folder and ending.
        name: &'a str,
        /// What it shows, for who does not see it.
        words: &'a str,
    },
}

/// The parts of a page in their order.
pub(super) fn pieces(mut text: &str) -> impl Iterator<Item = Piece<'_>> {
    std::iter::from_fn(move || {
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let rest = text.get(at..).unwrap_or_default();
            match special(rest) {
                Some((piece, rest)) if at == 0 => {
                    text = rest;
                    return Some(piece);
                }
                Some(_) => break,
                None => at += line.len(),
            }
        }
        let (piece, rest) = text.split_at_checked(at).unwrap_or((text, ""));
        text = rest;
        (!piece.is_empty()).then_some(Piece::Text(piece))
    })
}

/// A part that is no Markdown text, if one begins here, and what is behind it.
fn special(text: &str) -> Option<(Piece<'_>, &str)> {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let fenced = || {
        line.strip_prefix(FENCE)?;
        let (code, behind) = rest.split_once(FENCE)?;
        let behind = behind.split_once('\n').map_or("", |(_, behind)| behind);
        Some((Piece::Code(code.trim_end()), behind))
    };
    let picture = picture(line.trim_end()).map(|picture| (picture, rest));
    picture.or_else(fenced)
}

/// What code stands between.
const FENCE: &str = "```";

/// `![words](pictures/name.png)`.
fn picture(line: &str) -> Option<Piece<'_>> {
    let (words, rest) = line.strip_prefix("![")?.split_once("](pictures/")?;
    let name = rest.strip_suffix(".png)")?;
    Some(Piece::Picture { name, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_at_its_pictures_and_code() {
        let text =
            "# A\n\n![one](pictures/a.png)\n![two](pictures/b.png)\nend ![no](pictures/c.png)\n";
        let parts: Vec<_> = pieces(text).collect();
        let picture = |name, words| Piece::Picture { name, words };
        assert_eq!(
            parts,
            [
                Piece::Text("# A\n\n"),
                picture("a", "one"),
                picture("b", "two"),
                Piece::Text("end ![no](pictures/c.png)\n"),
            ]
        );
        assert_eq!(pieces("").count(), 0);
        let parts: Vec<_> = pieces("a\n```console\nx | y\nz\n```\nb\n").collect();
        let code = Piece::Code("x | y\nz");
        assert_eq!(parts, [Piece::Text("a\n"), code, Piece::Text("b\n")]);
        let open: Vec<_> = pieces("```\nx\n").collect();
        assert_eq!(open, [Piece::Text("```\nx\n")], "it has no end");
    }
}
