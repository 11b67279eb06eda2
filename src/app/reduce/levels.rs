//! Levels that are shown or hidden one by one beside a least one: what a least level alone can say is said by it.

use crate::base::level::{LevelId, LevelTable};
use crate::query::spec::LevelRule;

/// Levels that a log may have though it has not had them yet.
const USUAL: [LevelId; 5] = [
    LevelId::DEBUG,
    LevelId::INFO,
    LevelId::WARNING,
    LevelId::ERROR,
    LevelId::CRITICAL,
];

/// The levels of a log.
pub(super) struct Levels<'a> {
    pub(super) table: &'a LevelTable,
    /// Those that records have.
    pub(super) occurring: &'a [LevelId],
}

impl Levels<'_> {
    /// Hides a level, or shows it beside the others.
    pub(super) fn hide(&self, rule: &mut LevelRule, name: String, hidden: bool) {
        if !hidden {
            self.lower(rule, &name);
        }
        rule.hide(name, hidden);
        self.raise(rule);
    }

    /// Where the gravest levels are left, the least of them is the least one: ERROR and above without ERROR is CRITICAL and
    /// above.
    fn raise(&self, rule: &mut LevelRule) {
        let Some(least) = self.least(rule) else {
            return;
        };
        let may_be = |id: &LevelId| self.occurring.contains(id) || USUAL.contains(id);
        let mut left = self.table.ids_by_rank().into_iter().filter(may_be);
        let left = left.find(|id| {
            self.table.rank(*id) >= least && !rule.hidden.contains(self.table.name(*id))
        });
        if let Some(left) = left.filter(|id| self.table.rank(*id) > least) {
            rule.at_least = Some(self.table.name(left).to_owned());
            rule.hidden.retain(|name| {
                let id = self.table.find(name).unwrap_or(LevelId::NONE);
                self.table.rank(id) >= self.table.rank(left)
            });
        }
    }

    /// Makes room for a level below the least one: that is the least if it is next to it, else there is none and the
    /// others below are hidden one by one.
    fn lower(&self, rule: &mut LevelRule, name: &str) {
        let Some(least) = self.least(rule) else {
            return;
        };
        let id = self.table.find(name).unwrap_or(LevelId::NONE);
        let rank = self.table.rank(id);
        if rank >= least {
            return;
        }
        let below = self.occurring.iter().copied();
        let below = below.filter(|id| self.table.rank(*id) < least);
        let others = below.filter(|other| *other != id);
        if id != LevelId::NONE && others.clone().all(|other| self.table.rank(other) < rank) {
            rule.at_least = Some(name.to_owned());
            return;
        }
        rule.at_least = None;
        let names = others.map(|other| self.table.name(other).to_owned());
        rule.hidden.extend(names);
    }

    /// The rank of the least level that is shown.
    fn least(&self, rule: &LevelRule) -> Option<i32> {
        let id = self.table.find(rule.at_least.as_deref()?)?;
        Some(self.table.rank(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_least_level_goes_along_with_the_chips() {
        let table = LevelTable::standard();
        let occurring = [
            LevelId::NONE,
            LevelId::DEBUG,
            LevelId::INFO,
            LevelId::WARNING,
            LevelId::ERROR,
        ];
        let levels = Levels {
            table: &table,
            occurring: &occurring,
        };
        // The least level and those hidden before, what is clicked, and both after it.
        for (before, (name, hidden), after) in [
            ((Some("ERROR"), ""), ("ERROR", true), (Some("CRITICAL"), "")),
            ((Some("INFO"), ""), ("INFO", true), (Some("WARNING"), "")),
            (
                (Some("INFO"), "WARNING"),
                ("INFO", true),
                (Some("ERROR"), ""),
            ),
            (
                (Some("INFO"), ""),
                ("WARNING", true),
                (Some("INFO"), "WARNING"),
            ),
            (
                (Some("INFO"), "WARNING"),
                ("WARNING", false),
                (Some("INFO"), ""),
            ),
            (
                (Some("ERROR"), ""),
                ("WARNING", false),
                (Some("WARNING"), ""),
            ),
            (
                (Some("ERROR"), ""),
                ("INFO", false),
                (None, ",DEBUG,WARNING"),
            ),
            ((Some("INFO"), ""), ("", false), (None, "DEBUG")),
            ((None, ""), ("INFO", true), (None, "INFO")),
            ((None, "INFO"), ("INFO", false), (None, "")),
        ] {
            let names = |text: &str| match text {
                "" => std::collections::BTreeSet::new(),
                text => text.split(',').map(str::to_owned).collect(),
            };
            let rule = |(least, hidden): (Option<&str>, &str)| LevelRule {
                at_least: least.map(str::to_owned),
                hidden: names(hidden),
                ..LevelRule::default()
            };
            let mut changed = rule(before);
            levels.hide(&mut changed, name.to_owned(), hidden);
            assert_eq!(changed, rule(after), "{before:?}, then {name:?} {hidden}");
        }
    }
}
