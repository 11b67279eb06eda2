//! Loggers as a tree with the sums of every subtree.

use std::collections::BTreeMap;

use super::tally::Tally;
use crate::base::id::LoggerId;
use crate::index::loggers::{LoggerTable, own_label, parent_name};
use crate::index::stats::SourceStats;

/// One logger, or a part of a name that only other loggers lie below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggerNode {
    /// The whole name; empty for the root.
    pub name: String,
    /// The last part of the name; empty for the root.
    pub label: String,
    /// 0 for the root, 1 for names of the top level.
    pub depth: usize,
    /// Index of the node above; `None` for the root.
    pub parent: Option<usize>,
    /// Whether nodes lie below.
    pub has_children: bool,
    /// Which logger has this name, if any has.
    pub id: Option<LoggerId>,
    /// Records of this logger alone.
    pub own: u64,
    /// Records of the subtree.
    pub total: u64,
    /// Records of the subtree that the view shows; as `total` without a filter.
    pub matching: u64,
    /// Errors and graver in the subtree.
    pub errors: u64,
    /// Warnings in the subtree.
    pub warnings: u64,
}

/// The loggers of a source. Nodes stand in the order in which they are shown: every node before its children, children
/// by name, the root first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LoggerTree {
    /// The nodes.
    pub nodes: Vec<LoggerNode>,
}

impl LoggerTree {
    /// Builds the tree with the totals of the source and, where a filter is on, the counts of the view.
    #[must_use]
    pub fn build(table: &LoggerTable, total: &SourceStats, matching: Option<&Tally>) -> Self {
        let mut below = Children::new();
        for (id, name) in table.iter() {
            let own = total.logger(id);
            // A name that only a half-written last line had belongs to no record.
            if own.records > 0 {
                enter(&mut below, name, Some(id));
            }
        }
        let mut tree = Self::default();
        let root = Entry {
            name: "",
            id: Some(LoggerId::ROOT),
        };
        tree.push(&root, None, &below);
        tree.count(total, matching);
        tree
    }

    /// Counts anew what a tree of the same loggers was built from; `false` if other loggers occur now, so that the tree
    /// has to be built anew.
    #[must_use]
    pub fn recount(
        &mut self,
        table: &LoggerTable,
        total: &SourceStats,
        matching: Option<&Tally>,
    ) -> bool {
        let mut known = 0;
        for node in &self.nodes {
            let Some(id) = node.id.filter(|id| *id != LoggerId::ROOT) else {
                continue;
            };
            if total.logger(id).records == 0 || table.name(id) != node.name {
                return false;
            }
            known += 1;
        }
        let occurring = total.loggers().filter(|(id, _)| *id != LoggerId::ROOT);
        if occurring.count() != known {
            return false;
        }
        self.count(total, matching);
        true
    }

    fn count(&mut self, total: &SourceStats, matching: Option<&Tally>) {
        for node in &mut self.nodes {
            let own = node.id.map(|id| total.logger(id)).unwrap_or_default();
            let shown = match (matching, node.id) {
                (None, _) => own.records,
                (Some(tally), Some(id)) => tally.logger(id).records,
                (Some(_), None) => 0,
            };
            (node.own, node.total, node.matching) = (own.records, own.records, shown);
            (node.errors, node.warnings) = (own.errors, own.warnings);
        }
        // Children stand behind their parent, so that from the end each is complete before it is added.
        for at in (1..self.nodes.len()).rev() {
            let (before, rest) = self.nodes.split_at_mut(at);
            let Some(node) = rest.first() else { continue };
            if let Some(above) = node.parent.and_then(|parent| before.get_mut(parent)) {
                above.total += node.total;
                above.matching += node.matching;
                above.errors += node.errors;
                above.warnings += node.warnings;
            }
        }
    }

    /// The node of a name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.nodes.iter().position(|node| node.name == name)
    }

    fn push(&mut self, entry: &Entry<'_>, parent: Option<usize>, below: &Children<'_>) {
        let at = self.nodes.len();
        let children = below.get(entry.name);
        self.nodes.push(LoggerNode {
            name: entry.name.to_owned(),
            label: own_label(entry.name).to_owned(),
            depth: parent.map_or(0, |parent| self.nodes[parent].depth + 1),
            parent,
            has_children: children.is_some(),
            id: entry.id,
            own: 0,
            total: 0,
            matching: 0,
            errors: 0,
            warnings: 0,
        });
        for (name, id) in children.into_iter().flatten() {
            self.push(&Entry { name, id: *id }, Some(at), below);
        }
    }
}

struct Entry<'a> {
    name: &'a str,
    id: Option<LoggerId>,
}

/// By name of the node above: names below it, with ids where a logger has that name.
type Children<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Option<LoggerId>>>;

/// Levels that the tree shows. A hostile name of thousands of dots goes below its ancestor of this depth.
const MAX_DEPTH: usize = 64;

/// Enters a name and those above it that no logger may have.
fn enter<'a>(below: &mut Children<'a>, name: &'a str, id: Option<LoggerId>) {
    let mut chain: Vec<&str> =
        std::iter::successors(Some(name), |name| parent_name(name)).collect();
    let too_many = chain.len().saturating_sub(MAX_DEPTH);
    chain.drain(1..=too_many);
    for (at, part) in chain
        .iter()
        .enumerate()
        .filter(|(_, part)| !part.is_empty())
    {
        let above = chain.get(at + 1).copied().unwrap_or("");
        let entry = below.entry(above).or_default().entry(part).or_insert(None);
        if at == 0 && id.is_some() {
            *entry = id;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(names: &[&str]) -> Vec<(usize, String, bool)> {
        let mut below = Children::new();
        for (id, name) in (1..).zip(names) {
            enter(&mut below, name, Some(LoggerId(id)));
        }
        let mut tree = LoggerTree::default();
        let root = Entry {
            name: "",
            id: Some(LoggerId::ROOT),
        };
        tree.push(&root, None, &below);
        let node = |node: &LoggerNode| (node.depth, node.label.clone(), node.id.is_some());
        tree.nodes.iter().map(node).collect()
    }

    #[test]
    fn names_above_a_logger_are_nodes_too() {
        let expected = [
            (0, "", true),
            (1, "app", false),
            (2, "db", true),
            (3, "pool", true),
            (2, "web", true),
            (1, "kafka", false),
            (2, "net", true),
            (1, "x", true),
        ];
        let seen = shape(&["x", "app.web", "app.db.pool", "kafka/net", "app.db"]);
        let seen: Vec<_> = seen
            .iter()
            .map(|(depth, label, own)| (*depth, label.as_str(), *own))
            .collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn a_name_of_thousands_of_parts_does_not_overflow_the_stack() {
        let deep = vec!["a"; 30_000].join(".");
        let nodes = shape(&[&deep, "a.a"]);
        assert_eq!(nodes.len(), MAX_DEPTH + 1);
        assert!(nodes.iter().all(|(depth, ..)| *depth <= MAX_DEPTH));
    }
}
