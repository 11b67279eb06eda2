//! Which nodes have a row: pure, so that it can be tested without a window.

use std::sync::Arc;

use super::model::LoggerNode;

/// Indices of the nodes that have a row. Without `find`, those all of whose ancestors are open. With it, those whose
/// name contains it, and their ancestors; open or not, since a match that is not seen is no match.
pub(super) fn visible(
    nodes: &[LoggerNode],
    find: &str,
    is_open: impl Fn(&LoggerNode) -> bool,
) -> Vec<u32> {
    if find.is_empty() {
        unfolded(nodes, is_open)
    } else {
        found(nodes, &find.to_lowercase())
    }
}

fn unfolded(nodes: &[LoggerNode], is_open: impl Fn(&LoggerNode) -> bool) -> Vec<u32> {
    let mut rows = Vec::new();
    let mut closed_at = None;
    for (index, node) in nodes.iter().enumerate() {
        if closed_at.is_some_and(|depth| node.depth > depth) {
            continue;
        }
        rows.push(index as u32);
        closed_at = (node.has_children && !is_open(node)).then_some(node.depth);
    }
    rows
}

fn found(nodes: &[LoggerNode], needle: &str) -> Vec<u32> {
    let mut rows: Vec<u32> = Vec::new();
    // Ancestors of the current node; the flag says whether they have a row already.
    let mut above: Vec<(u32, u16, bool)> = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        above.retain(|(_, depth, _)| *depth < node.depth);
        above.push((index as u32, node.depth, false));
        if node.name.to_lowercase().contains(needle) {
            for (ancestor, _, has_row) in above.iter_mut().filter(|(_, _, has_row)| !has_row) {
                *has_row = true;
                rows.push(*ancestor);
            }
        }
    }
    rows
}

/// The first row that was looked for itself, and is not only above one that was.
pub(super) fn first_found(nodes: &[LoggerNode], rows: &[u32], find: &str) -> Option<Arc<str>> {
    let needle = find.to_lowercase();
    rows.iter()
        .filter_map(|row| nodes.get(*row as usize))
        .find(|node| node.name.to_lowercase().contains(&needle))
        .map(|node| Arc::clone(&node.name))
}

/// The node above `index` in the tree.
pub(super) fn parent(nodes: &[LoggerNode], index: usize) -> Option<usize> {
    let depth = nodes.get(index)?.depth;
    nodes
        .get(..index)?
        .iter()
        .rposition(|node| node.depth < depth)
}

/// The nodes below `index`.
pub(super) fn below(nodes: &[LoggerNode], index: usize) -> &[LoggerNode] {
    let Some(node) = nodes.get(index) else {
        return &[];
    };
    let rest = nodes.get(index + 1..).unwrap_or_default();
    let len = rest
        .iter()
        .take_while(|child| child.depth > node.depth)
        .count();
    rest.get(..len).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    fn nodes() -> Vec<LoggerNode> {
        [
            "",
            "app",
            "app.db",
            "app.db.pool",
            "app.web",
            "uvicorn",
            "uvicorn.access",
        ]
        .into_iter()
        .map(|name| LoggerNode {
            name: name.into(),
            label: name.rsplit('.').next().unwrap().into(),
            depth: if name.is_empty() {
                0
            } else {
                name.split('.').count() as u16
            },
            total: 1,
            matching: None,
            errors: 0,
            warnings: 0,
            shown: super::super::LoggerShown::Shown,
            has_children: ["", "app", "app.db", "uvicorn"].contains(&name),
        })
        .collect()
    }

    fn names(rows: &[u32]) -> Vec<String> {
        let nodes = nodes();
        rows.iter()
            .map(|row| nodes[*row as usize].name.to_string())
            .collect()
    }

    #[test]
    fn closed_nodes_hide_what_is_below() {
        let nodes = nodes();
        assert_eq!(visible(&nodes, "", |_| true).len(), 7);
        assert_eq!(names(&visible(&nodes, "", |_| false)), [""]);
        let rows = visible(&nodes, "", |node| &*node.name != "app.db");
        assert_eq!(
            names(&rows),
            ["", "app", "app.db", "app.web", "uvicorn", "uvicorn.access"]
        );
    }

    #[test]
    fn find_keeps_ancestors_and_ignores_case() {
        let rows = visible(&nodes(), "POOL", |_| false);
        assert_eq!(names(&rows), ["", "app", "app.db", "app.db.pool"]);
        assert_eq!(
            names(&visible(&nodes(), "nothing", |_| true)),
            Vec::<String>::new()
        );
    }

    #[test]
    fn relatives() {
        let nodes = nodes();
        assert_eq!(parent(&nodes, 3), Some(2));
        assert_eq!(parent(&nodes, 5), Some(0));
        assert_eq!(parent(&nodes, 0), None);
        assert_eq!(below(&nodes, 1).len(), 3);
        assert_eq!(below(&nodes, 6).len(), 0);
    }
}
