//! Highlighters: sets of rules under names, of which one counts; kept in the settings and handed on as TOML.

use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use crate::base::rule::MarkRule;

/// Sets of rules.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Highlights {
    /// The name of the set that counts; empty for none.
    pub active: String,
    /// All of them, in the user's order.
    pub sets: Vec<HighlightSet>,
}

/// Rules under a name, in the order in which they count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HighlightSet {
    /// What the user calls it.
    pub name: String,
    /// The rules.
    #[serde(default)]
    pub rules: Vec<MarkRule>,
}

/// What was found in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// The sets.
    pub sets: Vec<HighlightSet>,
    /// What of it was left out, and why.
    pub problems: Vec<String>,
}

impl Highlights {
    /// The set that counts.
    #[must_use]
    pub fn active_set(&self) -> Option<&HighlightSet> {
        self.sets.iter().find(|set| set.name == self.active)
    }

    /// The same, to be changed.
    pub fn active_set_mut(&mut self) -> Option<&mut HighlightSet> {
        self.sets.iter_mut().find(|set| set.name == self.active)
    }

    /// The rules that count.
    pub fn rules(&self) -> impl Iterator<Item = &MarkRule> {
        let set = self.active_set().into_iter();
        set.flat_map(|set| set.rules.iter().filter(|rule| rule.enabled))
    }

    /// A name like this one that no set has.
    #[must_use]
    pub fn free_name(&self, wanted: &str) -> String {
        let taken = |name: &str| self.sets.iter().any(|set| set.name == name);
        let numbered = (2..).map(|number| format!("{wanted} {number}"));
        let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
        names.find(|name| !taken(name)).unwrap_or_default()
    }

    /// Adds a set and makes it count; one of its name stays as it is beside it.
    pub fn add(&mut self, mut set: HighlightSet) {
        set.name = self.free_name(&set.name);
        self.active.clone_from(&set.name);
        self.sets.push(set);
    }
}

impl HighlightSet {
    /// The text by which it is handed on.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut text = String::from("# Highlighters of Timberline\n");
        // Nothing in it cannot be written.
        text += &toml::to_string_pretty(self).unwrap_or_default();
        text
    }
}

/// Reads sets out of a text: one as [`HighlightSet::to_toml`] writes it, those below `[[sets]]`, or those of a settings
/// file. A rule that cannot be read is told and left out, the others stay.
///
/// # Errors
/// Why there is none.
pub fn import(text: &str) -> Result<Imported, String> {
    let table: Table = text
        .parse()
        .map_err(|error: toml::de::Error| error.to_string())?;
    let below = table
        .get("highlights")
        .and_then(Value::as_table)
        .unwrap_or(&table);
    let mut imported = Imported::default();
    let sets = below.get("sets").and_then(Value::as_array);
    let tables = sets.into_iter().flatten().filter_map(Value::as_table);
    let alone = below.contains_key("rules").then_some(below);
    for table in tables.chain(alone) {
        let name = table
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or("Imported");
        let rules = table.get("rules").and_then(Value::as_array);
        let mut set = HighlightSet {
            name: name.to_owned(),
            rules: Vec::new(),
        };
        for (at, rule) in rules.into_iter().flatten().enumerate() {
            match rule.clone().try_into() {
                Ok(rule) => set.rules.push(rule),
                Err(error) => {
                    let error: toml::de::Error = error;
                    let reason = error.message();
                    imported
                        .problems
                        .push(format!("{name}, rule {}: {reason}", at + 1));
                }
            }
        }
        imported.sets.push(set);
    }
    imported.sets.retain(|set| !set.rules.is_empty());
    match imported.sets.is_empty() {
        true if imported.problems.is_empty() => Err("there are no [[rules]] in it".to_owned()),
        true => Err(imported.problems.join("; ")),
        false => Ok(imported),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::base::dye::Dye;
    use crate::base::rule::{MarkKind, MarkOn};

    fn set() -> HighlightSet {
        let rule = |pattern: &str, kind, marks| MarkRule {
            kind,
            pattern: pattern.to_owned(),
            marks,
            colour: Dye::Violet,
            ..MarkRule::default()
        };
        HighlightSet {
            name: "Mine".to_owned(),
            rules: vec![
                rule("a \"b\"\n", MarkKind::Text, MarkOn::Match),
                rule(r"\d+", MarkKind::Regex, MarkOn::Edge),
                rule("level>=error", MarkKind::Query, MarkOn::Row),
            ],
        }
    }

    #[test]
    fn what_is_copied_can_be_imported() {
        let text = set().to_toml();
        let imported = import(&text).unwrap();
        assert_eq!((imported.sets, imported.problems.len()), (vec![set()], 0));
        let settings = toml::to_string(&Highlights {
            active: String::new(),
            sets: vec![set()],
        })
        .unwrap();
        assert_eq!(import(&settings).unwrap().sets, [set()]);
        let whole = format!(
            "version = 1\n{}",
            settings.replace("[[sets", "[[highlights.sets")
        );
        let whole = whole.replace("active = \"\"\n", "");
        assert_eq!(import(&whole).unwrap().sets, [set()]);
    }

    #[test]
    fn a_bad_rule_is_told_and_costs_no_other() {
        let text = "name = \"x\"\n[[rules]]\npattern = \"a\"\ncolour = \"loud\"\n[[rules]]\npattern = \"b\"\n[[rules]]\nkind = \"text\"\n";
        let imported = import(text).unwrap();
        let patterns: Vec<_> = imported.sets[0]
            .rules
            .iter()
            .map(|rule| rule.pattern.as_str())
            .collect();
        assert_eq!(patterns, ["b"]);
        assert_eq!(imported.problems.len(), 2);
        assert!(
            imported.problems[0].starts_with("x, rule 1: unknown variant `loud`"),
            "{imported:?}"
        );
        for text in ["", "name = 3", "rules = []", "not toml", "[[rules]]\n"] {
            assert!(import(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_are_used_once() {
        let mut all = Highlights::default();
        all.add(set());
        all.add(set());
        assert_eq!(
            (all.sets[1].name.as_str(), all.active.as_str()),
            ("Mine 2", "Mine 2")
        );
        assert_eq!(all.rules().count(), 3);
    }
}
