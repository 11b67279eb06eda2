//! The logger tree with what the filter makes of every node.

use std::sync::Arc;

use crate::app::tab::Tab;
use crate::index::loggers::LoggerTable;
use crate::index::stats::SourceStats;
use crate::query::compile::logger_shown;
use crate::query::spec::{LoggerRule, LoggerTerm, Reach};
use crate::query::tally::Tally;
use crate::query::tree::{self, LoggerTree};
use crate::ui::panels::loggers::{LoggerNode, LoggerShown, LoggersModel};

/// The tree as last built, and what it was built from.
#[derive(Debug, Default)]
pub struct TreeCache {
    tree: LoggerTree,
    model: LoggersModel,
    basis: Option<Basis>,
}

/// What the tree depends on; compared by identity, since snapshots never change.
#[derive(Debug)]
struct Basis {
    loggers: Arc<LoggerTable>,
    stats: Arc<SourceStats>,
    tally: Option<Arc<Tally>>,
    rule: LoggerRule,
}

impl Basis {
    fn of(tab: &Tab) -> Option<Self> {
        let snapshot = &tab.source.as_ref()?.snapshot;
        let filtered = !tab.filter.effective().is_everything();
        let tally = tab
            .view
            .as_ref()
            .filter(|_| filtered)
            .map(|view| Arc::clone(&view.tally));
        Some(Self {
            loggers: Arc::clone(&snapshot.loggers),
            stats: Arc::clone(&snapshot.stats),
            tally,
            rule: tab.filter.effective().loggers,
        })
    }

    fn is_same(&self, other: &Self) -> bool {
        let same_tally = match (&self.tally, &other.tally) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        let same_source =
            Arc::ptr_eq(&self.loggers, &other.loggers) && Arc::ptr_eq(&self.stats, &other.stats);
        same_source && same_tally && self.rule == other.rule
    }

    /// Takes over the counts; `false` if other loggers occur than in the tree.
    fn recount(&self, tree: &mut LoggerTree) -> bool {
        tree.recount(&self.loggers, &self.stats, self.tally.as_deref())
    }
}

/// The tree. Where only counts changed, as they do many times a second while a log grows, they alone are taken over: to
/// build it anew takes ten milliseconds with 10,000 loggers.
pub fn loggers(tab: &mut Tab) -> LoggersModel {
    let Some(basis) = Basis::of(tab) else {
        return LoggersModel::default();
    };
    let cache = &mut tab.tree;
    match &cache.basis {
        Some(known) if known.is_same(&basis) => {}
        Some(known) if known.rule == basis.rule && basis.recount(&mut cache.tree) => {
            cache.model.nodes = recounted(&cache.model.nodes, &cache.tree, &basis);
            cache.basis = Some(basis);
        }
        _ => {
            cache.tree = LoggerTree::build(&basis.loggers, &basis.stats, basis.tally.as_deref());
            cache.model = build(&cache.tree, &basis);
            cache.basis = Some(basis);
        }
    }
    cache.model.clone()
}

/// The same nodes with the counts of the tree.
fn recounted(nodes: &[LoggerNode], tree: &LoggerTree, basis: &Basis) -> Arc<[LoggerNode]> {
    let pairs = nodes.iter().zip(&tree.nodes);
    let node = |(old, node): (&LoggerNode, &tree::LoggerNode)| LoggerNode {
        total: node.total,
        matching: basis.tally.as_ref().map(|_| node.matching),
        errors: node.errors,
        warnings: node.warnings,
        ..old.clone()
    };
    pairs.map(node).collect()
}

fn build(tree: &LoggerTree, basis: &Basis) -> LoggersModel {
    let rule = &basis.rule;
    let node = |node: &tree::LoggerNode| LoggerNode {
        name: node.name.as_str().into(),
        label: node.label.as_str().into(),
        depth: u16::try_from(node.depth).unwrap_or(u16::MAX),
        total: node.total,
        matching: basis.tally.as_ref().map(|_| node.matching),
        errors: node.errors,
        warnings: node.warnings,
        shown: shown(rule, &node.name),
        has_children: node.has_children,
    };
    LoggersModel {
        nodes: tree.nodes.iter().map(node).collect(),
        filtered: !rule.include.is_empty() || !rule.exclude.is_empty(),
    }
}

/// What the rule makes of a node.
fn shown(rule: &LoggerRule, name: &str) -> LoggerShown {
    if rule.include.is_empty() && rule.exclude.is_empty() {
        return LoggerShown::Shown;
    }
    let named = |reach| LoggerTerm {
        name: name.to_owned(),
        reach,
    };
    let here = |set: &std::collections::BTreeSet<LoggerTerm>, reach| set.contains(&named(reach));
    let below = |set: &std::collections::BTreeSet<LoggerTerm>| {
        set.iter().any(|term| is_below(&term.name, name))
    };
    if here(&rule.exclude, Reach::Subtree) || here(&rule.exclude, Reach::Only) {
        LoggerShown::Excluded
    } else if here(&rule.include, Reach::Subtree) {
        LoggerShown::Chosen
    } else if here(&rule.include, Reach::Only) {
        LoggerShown::ChosenOnly
    } else if logger_shown(rule, name) {
        if below(&rule.exclude) {
            LoggerShown::Partly
        } else {
            LoggerShown::Shown
        }
    } else if below(&rule.include) {
        LoggerShown::Partly
    } else {
        LoggerShown::Hidden
    }
}

/// Whether a logger lies below another; everything lies below the root.
fn is_below(name: &str, ancestor: &str) -> bool {
    if ancestor.is_empty() {
        return !name.is_empty();
    }
    name.strip_prefix(ancestor)
        .is_some_and(|rest| rest.starts_with(['.', '/', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(include: &[&str], exclude: &[&str]) -> LoggerRule {
        let terms = |names: &[&str]| {
            names
                .iter()
                .map(|name| LoggerTerm {
                    name: (*name).to_owned(),
                    reach: Reach::Subtree,
                })
                .collect()
        };
        LoggerRule {
            include: terms(include),
            exclude: terms(exclude),
        }
    }

    #[test]
    fn nodes_say_what_the_rule_makes_of_them() {
        use LoggerShown::{Chosen, Excluded, Hidden, Partly, Shown};
        let chosen = rule(&["app.db"], &["app.db.pool"]);
        let nothing = LoggerRule::default();
        for (rule, name, expected) in [
            (&nothing, "app", Shown),
            (&chosen, "", Partly),
            (&chosen, "app", Partly),
            (&chosen, "app.db", Chosen),
            (&chosen, "app.db.orm", Shown),
            (&chosen, "app.db.pool", Excluded),
            (&chosen, "app.db.pool.inner", Hidden),
            (&chosen, "app.dbx", Hidden),
            (&rule_without(), "app", Partly),
        ] {
            assert_eq!(shown(rule, name), expected, "{name}");
        }
    }

    fn rule_without() -> LoggerRule {
        rule(&[], &["app.db"])
    }
}
