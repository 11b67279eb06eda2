//! What the tree shows and what it remembers.

use std::collections::HashSet;
use std::sync::Arc;

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
    pub(super) find: String,
    pub(super) focus_find: bool,
    pub(super) expanded: HashSet<Arc<str>>,
    pub(super) collapsed: HashSet<Arc<str>>,
}

impl LoggersState {
    /// Puts the keyboard into the tree's find box.
    pub fn focus_find(&mut self) {
        self.focus_find = true;
    }
}
