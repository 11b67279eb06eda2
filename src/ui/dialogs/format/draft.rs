//! What is picked or typed in the dialog, before it is a format.

use crate::format::adjusted::Roles;
use crate::format::envelope::Envelope;
use crate::format::field::Role;
use crate::format::spec::{Format, FormatError, FormatSpec, Style};

/// A format in the making.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The format that is picked and has no text to edit: a built-in, or one that this dialog cannot edit.
    pub picked: Option<FormatSpec>,
    /// In which language the text is.
    pub style: StyleChoice,
    /// The template or regular expression.
    pub text: String,
    /// `datefmt`; empty means Python's default.
    pub datefmt: String,
    /// `default_msec_format`; empty means Python's default.
    pub msec_format: String,
    /// The other formats of a mixed file, in order.
    pub others: Vec<FormatSpec>,
    /// What a collector puts around the lines; kept as it is while the format inside is edited.
    pub envelope: Option<Envelope>,
    /// How many of the others come before the one that is edited.
    pub place: usize,
    /// What fields are used for, where that is not what their names say.
    pub roles: Roles,
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
            FormatSpec::Template {
                style,
                text,
                datefmt,
                msec_format,
            } => Self {
                style: if Style::guess(text) == *style {
                    StyleChoice::Guess
                } else {
                    StyleChoice::Template(*style)
                },
                text: text.clone(),
                datefmt: datefmt.clone().unwrap_or_default(),
                msec_format: msec_format.clone().unwrap_or_default(),
                ..Self::default()
            },
            FormatSpec::Regex { pattern } => Self {
                style: StyleChoice::Regex,
                text: pattern.clone(),
                ..Self::default()
            },
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
            FormatSpec::Adjusted { format, roles } => Self {
                roles: roles.clone(),
                ..Self::of(format)
            },
            picked => Self {
                picked: Some(picked.clone()),
                ..Self::default()
            },
        }
    }

    /// The format; `None` while nothing is typed.
    #[must_use]
    pub fn spec(&self) -> Option<FormatSpec> {
        let formats = self.parts();
        let spec = match formats.as_slice() {
            [] => return None,
            [only] => only.clone(),
            _ => FormatSpec::Mixed { formats },
        };
        let spec = match self.envelope {
            Some(envelope) => FormatSpec::Within {
                envelope,
                inner: Box::new(spec),
            },
            None => spec,
        };
        if self.roles.is_empty() {
            return Some(spec);
        }
        Some(FormatSpec::Adjusted {
            format: Box::new(spec),
            roles: self.roles.clone(),
        })
    }

    /// What is picked in the lists: of several formats, the one that is edited.
    #[must_use]
    pub fn shown(&self) -> Option<FormatSpec> {
        if self.is_mixed() {
            self.edited()
        } else {
            self.spec()
        }
    }

    /// All formats of the file, the main one first; the one that is edited is missing while it is empty.
    #[must_use]
    pub fn parts(&self) -> Vec<FormatSpec> {
        let mut parts = self.others.clone();
        if let Some(edited) = self.edited() {
            parts.insert(self.place.min(parts.len()), edited);
        }
        parts
    }

    /// Whether the file has more than one format.
    #[must_use]
    pub fn is_mixed(&self) -> bool {
        !self.others.is_empty()
    }

    /// Takes a format from a list: in place of the one that is edited, or of everything if it is mixed itself.
    pub fn pick(&mut self, spec: &FormatSpec) {
        let whole = matches!(spec, FormatSpec::Mixed { .. } | FormatSpec::Adjusted { .. });
        if whole || !self.is_mixed() {
            *self = Self::of(spec);
        } else {
            *self = Self {
                others: std::mem::take(&mut self.others),
                place: self.place,
                roles: std::mem::take(&mut self.roles),
                envelope: self.envelope,
                ..Self::of(spec)
            };
        }
    }

    /// Turns to another of the formats of a mixed file, counted from 0.
    pub fn edit(&mut self, at: usize) {
        let mut others = self.parts();
        if at >= others.len() {
            return;
        }
        let edited = others.remove(at);
        *self = Self {
            others,
            place: at,
            roles: std::mem::take(&mut self.roles),
            envelope: self.envelope,
            ..Self::of(&edited)
        };
    }

    /// Begins another format, which reads the lines that the others leave over.
    pub fn add(&mut self) {
        let others = self.parts();
        *self = Self {
            place: others.len(),
            others,
            roles: std::mem::take(&mut self.roles),
            envelope: self.envelope,
            ..Self::default()
        };
    }

    /// Takes the format that is edited out of a mixed one.
    pub fn remove(&mut self) {
        if let Some(next) = self.others.first().cloned() {
            let at = self.place.saturating_sub(1).min(self.others.len() - 1);
            let next = self.others.get(at).cloned().unwrap_or(next);
            self.others.remove(at);
            *self = Self {
                others: std::mem::take(&mut self.others),
                place: at,
                roles: std::mem::take(&mut self.roles),
                envelope: self.envelope,
                ..Self::of(&next)
            };
        }
    }

    /// Uses a field for something; no two fields are used for the same.
    pub fn use_field(&mut self, name: &str, role: Role) {
        if role != Role::Other {
            self.roles.retain(|_, has| *has != role);
        }
        self.roles.insert(name.to_owned(), role);
    }

    /// Whether a mistake is one of the format that is edited.
    #[must_use]
    pub fn is_to_blame(&self, error: &FormatError) -> bool {
        let own = || Format::compile(&self.edited()?).err();
        !self.is_mixed() || own().as_ref() == Some(error)
    }

    /// The format that is edited.
    fn edited(&self) -> Option<FormatSpec> {
        if let Some(picked) = &self.picked {
            return Some(picked.clone());
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

    fn builtin(name: &str) -> FormatSpec {
        FormatSpec::Builtin {
            name: name.to_owned(),
        }
    }

    #[test]
    fn a_draft_makes_the_format_it_came_from() {
        let dollar_in_percent = FormatSpec::Template {
            style: Style::Dollar,
            text: "%(message)s".to_owned(),
            datefmt: None,
            msec_format: Some("%s.%03d".to_owned()),
        };
        let mixed = FormatSpec::Mixed {
            formats: vec![
                FormatSpec::template("%(asctime)s %(message)s"),
                builtin("json"),
            ],
        };
        let specs = [
            builtin("json"),
            FormatSpec::template("{asctime} {message}"),
            FormatSpec::Within {
                envelope: Envelope::Docker,
                inner: Box::new(FormatSpec::template("%(levelname)s:%(message)s")),
            },
            FormatSpec::Regex {
                pattern: "(?<message>.*)".to_owned(),
            },
            dollar_in_percent,
            mixed.clone(),
            FormatSpec::Adjusted {
                format: Box::new(mixed),
                roles: Roles::from([("sev".to_owned(), Role::Level)]),
            },
        ];
        for spec in specs {
            assert_eq!(Draft::of(&spec).spec(), Some(spec));
        }
        assert_eq!(Draft::default().spec(), None);
    }

    #[test]
    fn formats_are_added_edited_and_removed() {
        let main = FormatSpec::template("%(asctime)s %(message)s");
        let mut draft = Draft::of(&main);
        draft.add();
        assert_eq!(
            draft.spec(),
            Some(main.clone()),
            "an empty one does not count"
        );
        draft.pick(&builtin("json"));
        let both = vec![main, builtin("json")];
        assert_eq!(draft.parts(), both);
        draft.edit(0);
        assert_eq!(draft.text, "%(asctime)s %(message)s");
        assert_eq!(draft.parts(), both);
        draft.remove();
        assert_eq!(draft.spec(), Some(builtin("json")));
        draft.remove();
        assert_eq!(draft.spec(), Some(builtin("json")), "the last one stays");
    }

    #[test]
    fn a_role_belongs_to_one_field() {
        let mut draft = Draft::of(&FormatSpec::template("%(a)s %(b)s %(message)s"));
        draft.use_field("a", Role::Level);
        draft.use_field("b", Role::Level);
        assert_eq!(draft.roles, Roles::from([("b".to_owned(), Role::Level)]));
        draft.use_field("b", Role::Other);
        assert_eq!(draft.roles, Roles::from([("b".to_owned(), Role::Other)]));
    }
}
