//! The logger tree with what the filter makes of every node.

use std::sync::Arc;

use crate::app::tab::Tab;
use crate::query::spec::{LoggerRule, LoggerTerm, Reach};
use crate::ui::panels::loggers::{LoggerNode, LoggerShown, LoggersModel};

/// The tree; built anew only when counts or rules changed, never per frame.
pub fn loggers(tab: &mut Tab) -> LoggersModel {
    let rule = tab.filter.spec.loggers.clone();
    let stale = tab.tree_made_for.as_ref().is_none_or(|(rows, made)| !rows.is(tab) || *made != rule);
    if stale {
        tab.tree_made_for = Some((super::super::tab::TreeBasis::of(tab), rule.clone()));
        tab.tree = nodes(tab, &rule);
    }
    let filtered = !rule.include.is_empty() || !rule.exclude.is_empty();
    LoggersModel { nodes: Arc::clone(&tab.tree), filtered }
}
