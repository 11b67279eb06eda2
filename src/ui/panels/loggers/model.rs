//! What the tree shows and what it remembers.

use std::collections::HashSet;
use std::sync::Arc;

use super::rows;

/// What the logger tree shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LoggersModel {
    /// All nodes, each before its children, siblings in display order; the first is the root. Rebuild the `Arc` only
    /// when something changed: the panel keeps what it derived as long as the pointer is the same.
    pub nodes: Arc<[LoggerNode]>,
    /// Whether any logger is chosen or excluded.
    pub filtered: bool,
}

/// A logger, or a part of names that only has loggers below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggerNode {
    /// The dotted name; empty is the root.
    pub name: Arc<str>,
    /// The last part of the name.
    pub label: Arc<str>,
    /// How deep; the root is 0.
    pub depth: u16,
    /// Records of the subtree.
    pub total: u64,
    /// Records of the subtree that the other filters let through; `None` without a filter.
    pub matching: Option<u64>,
    /// Records of the subtree at least as grave as an error.
    pub errors: u64,
    /// Warnings of the subtree.
    pub warnings: u64,
    /// How the filter treats it.
    pub shown: LoggerShown,
    /// Whether nodes follow that are deeper.
    pub has_children: bool,
}

/// How the filter treats a logger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LoggerShown {
    /// It is shown, and nobody chose it: no rule concerns it, or it lies in a chosen subtree.
    #[default]
    Shown,
    /// Its subtree was chosen.
    Chosen,
    /// It alone was chosen, without its children.
    ChosenOnly,
    /// Part of its subtree is shown.
    Partly,
    /// It is not shown, since others were chosen or it lies in an excluded subtree.
    Hidden,
    /// It was excluded.
    Excluded,
}

/// What only the tree cares about.
#[derive(Debug, Default)]
pub struct LoggersState {
    /// Whether the tree has the keyboard: then arrows, Space and Enter are the tree's, and plain letters do nothing.
    pub has_keyboard: bool,
    /// Whether its find box has the keyboard.
    pub find_has_keyboard: bool,
    pub(super) find: String,
    pub(super) focus_find: bool,
    pub(super) focus_tree: bool,
    pub(super) cursor: Option<Arc<str>>,
    pub(super) reveal: bool,
    expanded: HashSet<Arc<str>>,
    collapsed: HashSet<Arc<str>>,
    rows: Rows,
    stale: bool,
}

/// The rows of the tree and what they were made from.
#[derive(Debug, Default)]
struct Rows {
    nodes: Arc<[LoggerNode]>,
    find: String,
    indices: Arc<[u32]>,
}

/// Nodes less deep than this are open until they are closed: the top of the tree tells what runs.
const OPEN_DEPTH: u16 = 2;

impl LoggersState {
    /// Puts the keyboard into the tree's find box.
    pub fn focus_find(&mut self) {
        self.focus_find = true;
    }

    /// Puts the keyboard into the tree itself, where it stood before.
    pub fn focus_tree(&mut self) {
        self.focus_tree = true;
    }

    pub(super) fn is_open(&self, node: &LoggerNode) -> bool {
        is_open(&self.expanded, &self.collapsed, node)
    }

    pub(super) fn set_open(&mut self, node: &LoggerNode, open: bool) {
        let (into, out_of) = if open {
            (&mut self.expanded, &mut self.collapsed)
        } else {
            (&mut self.collapsed, &mut self.expanded)
        };
        out_of.remove(&node.name);
        into.insert(Arc::clone(&node.name));
        self.stale = true;
    }

    /// Closes every node but the root.
    pub(super) fn collapse_all(&mut self, nodes: &[LoggerNode]) {
        for node in nodes
            .iter()
            .filter(|node| node.has_children && node.depth > 0)
        {
            self.set_open(node, false);
        }
    }

    /// Indices of the nodes that have a row; made anew only when something changed.
    pub(super) fn rows(&mut self, model: &LoggersModel) -> Arc<[u32]> {
        let same = Arc::ptr_eq(&self.rows.nodes, &model.nodes) && self.rows.find == self.find;
        if !same || self.stale {
            let (expanded, collapsed) = (&self.expanded, &self.collapsed);
            let open = |node: &LoggerNode| is_open(expanded, collapsed, node);
            self.rows = Rows {
                nodes: Arc::clone(&model.nodes),
                find: self.find.clone(),
                indices: rows::visible(&model.nodes, &self.find, open).into(),
            };
            self.stale = false;
        }
        Arc::clone(&self.rows.indices)
    }
}

fn is_open(expanded: &HashSet<Arc<str>>, collapsed: &HashSet<Arc<str>>, node: &LoggerNode) -> bool {
    expanded.contains(&node.name) || (node.depth < OPEN_DEPTH && !collapsed.contains(&node.name))
}
