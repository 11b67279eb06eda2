//! What is picked or typed in the dialog, before it is a format.

use crate::format::envelope::Envelope;
use crate::format::spec::{FormatSpec, Style};

/// A format in the making.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The built-in that is picked; while there is one, the text does not count.
    pub builtin: Option<String>,
    /// In which language the text is.
    pub style: StyleChoice,
    /// The template or regular expression.
    pub text: String,
    /// `datefmt`; empty means Python's default.
    pub datefmt: String,
    /// `default_msec_format`; empty means Python's default.
    pub msec_format: String,
    /// Further formats of a mixed file; kept as they are while the main one is edited.
    pub others: Vec<FormatSpec>,
    /// What a collector puts around the lines; kept as it is while the format inside is edited.
    pub envelope: Option<Envelope>,
}

/// In which language a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum StyleChoice {
    /// A template, in the style that it looks like.
    #[default]
    Guess,
    /// A template in this style.
    Template(Style),
    /// A regular expression.
    Regex,
}

impl Draft {
    /// The draft that makes this format.
    #[must_use]
    pub fn of(spec: &FormatSpec) -> Self {
        match spec {
            FormatSpec::Builtin { name } => Self {
                builtin: Some(name.clone()),
                ..Self::default()
            },
            FormatSpec::Template {
                style,
                text,
                datefmt,
                msec_format,
            } => Self {
                builtin: None,
                style: if Style::guess(text) == *style {
                    StyleChoice::Guess
                } else {
                    StyleChoice::Template(*style)
                },
                text: text.clone(),
                datefmt: datefmt.clone().unwrap_or_default(),
                msec_format: msec_format.clone().unwrap_or_default(),
                others: Vec::new(),
                envelope: None,
            },
            FormatSpec::Regex { pattern } => Self {
                style: StyleChoice::Regex,
                text: pattern.clone(),
                ..Self::default()
            },
            // The dialog edits one format: the main one.
            FormatSpec::Mixed { formats } => match formats.split_first() {
                Some((main, others)) => Self {
                    others: others.to_vec(),
                    ..Self::of(main)
                },
                None => Self::default(),
            },
            FormatSpec::Within { envelope, inner } => Self {
                envelope: Some(*envelope),
                ..Self::of(inner)
            },
        }
    }

    /// The format; `None` while nothing is typed.
    #[must_use]
    pub fn spec(&self) -> Option<FormatSpec> {
        let main = self.main()?;
        let whole = if self.others.is_empty() {
            main
        } else {
            let mut formats = vec![main];
            formats.extend(self.others.iter().cloned());
            FormatSpec::Mixed { formats }
        };
        Some(match self.envelope {
            Some(envelope) => FormatSpec::Within {
                envelope,
                inner: Box::new(whole),
            },
            None => whole,
        })
    }

    /// The format that is edited.
    fn main(&self) -> Option<FormatSpec> {
        if let Some(name) = &self.builtin {
            return Some(FormatSpec::Builtin { name: name.clone() });
        }
        if self.text.is_empty() {
            return None;
        }
        let given = |text: &String| (!text.is_empty()).then(|| text.clone());
        let style = match self.style {
            StyleChoice::Guess => Style::guess(&self.text),
            StyleChoice::Template(style) => style,
            StyleChoice::Regex => {
                let pattern = self.text.clone();
                return Some(FormatSpec::Regex { pattern });
            }
        };
        Some(FormatSpec::Template {
            style,
            text: self.text.clone(),
            datefmt: given(&self.datefmt),
            msec_format: given(&self.msec_format),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_makes_the_format_it_came_from() {
        let dollar_in_percent = FormatSpec::Template {
            style: Style::Dollar,
            text: "%(message)s".to_owned(),
            datefmt: None,
            msec_format: Some("%s.%03d".to_owned()),
        };
        let specs = [
            FormatSpec::Builtin {
                name: "json".to_owned(),
            },
            FormatSpec::template("{asctime} {message}"),
            FormatSpec::Within {
                envelope: Envelope::Docker,
                inner: Box::new(FormatSpec::template("%(levelname)s:%(message)s")),
            },
            FormatSpec::Regex {
                pattern: "(?<message>.*)".to_owned(),
            },
            dollar_in_percent,
            FormatSpec::Mixed {
                formats: vec![
                    FormatSpec::template("%(asctime)s %(message)s"),
                    FormatSpec::Builtin {
                        name: "json".to_owned(),
                    },
                ],
            },
        ];
        for spec in specs {
            assert_eq!(Draft::of(&spec).spec(), Some(spec));
        }
        assert_eq!(Draft::default().spec(), None);
    }
}
