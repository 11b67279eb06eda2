//! Interned logger names and what "below" means for them.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use crate::base::id::LoggerId;

/// The name that Python's root logger shows; it and "no logger" are the same node of the tree.
const ROOT_NAME: &str = "root";

/// The loggers of one source, in the order in which the file names them first.
///
/// An entry that only the still growing last line uses (`app.d` on its way to `app.db`) may be another name in the
/// next snapshot: whoever derives something from the ids does it anew when the snapshot carries another table.
#[derive(Debug, Clone)]
pub struct LoggerTable {
    names: Vec<Arc<str>>,
    ids: HashMap<Arc<str>, LoggerId, FxBuildHasher>,
}

impl Default for LoggerTable {
    fn default() -> Self {
        let root: Arc<str> = "".into();
        let ids = [root.clone(), ROOT_NAME.into()]
            .into_iter()
            .map(|name| (name, LoggerId::ROOT))
            .collect();
        Self {
            names: vec![root],
            ids,
        }
    }
}

impl PartialEq for LoggerTable {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names
    }
}

impl Eq for LoggerTable {}

impl LoggerTable {
    /// The id of a name as the log writes it, added if it is new. Nothing and `root` are the root.
    pub fn intern(&mut self, name: &[u8]) -> LoggerId {
        let name = String::from_utf8_lossy(name);
        if let Some(id) = self.ids.get(&*name) {
            return *id;
        }
        let Ok(id) = u32::try_from(self.names.len()).map(LoggerId) else {
            return LoggerId::ROOT;
        };
        let name: Arc<str> = name.into();
        self.names.push(name.clone());
        self.ids.insert(name, id);
        id
    }

    /// The id of a name; `root` and the empty name are the root.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<LoggerId> {
        self.ids.get(name).copied()
    }

    /// The name as the log writes it (invalid UTF-8 replaced); empty for the root and for ids of another table.
    #[must_use]
    pub fn name(&self, id: LoggerId) -> &str {
        self.names.get(id.0 as usize).map_or("", |name| name)
    }

    /// The nearest logger above this one that occurs in the log; `None` for the root.
    #[must_use]
    pub fn parent(&self, id: LoggerId) -> Option<LoggerId> {
        if id == LoggerId::ROOT {
            return None;
        }
        let mut name = self.name(id);
        while let Some(above) = parent_name(name) {
            if let Some(id) = self.find(above) {
                return Some(id);
            }
            name = above;
        }
        Some(LoggerId::ROOT)
    }

    /// Number of entries, the root included; every id below it is valid.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Never true: the root is always there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// All ids with their names, the root first.
    pub fn iter(&self) -> impl Iterator<Item = (LoggerId, &str)> {
        (0..)
            .map(LoggerId)
            .zip(self.names.iter().map(|name| &**name))
    }

    /// Bytes on the heap, as an estimate.
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        let text: usize = self.names.iter().map(|name| name.len() + 16).sum();
        text + self.names.capacity() * size_of::<Arc<str>>()
            + self.ids.capacity() * size_of::<(Arc<str>, LoggerId)>()
    }
}

/// The name of the node above: up to the last `.`, `::` or `/`. `None` for a name of the top level.
#[must_use]
pub fn parent_name(name: &str) -> Option<&str> {
    let at = name.rfind(['.', ':', '/'])?;
    let above = name.get(..at)?;
    // A lone colon is part of a name (`host:8080`), a doubled one separates.
    match name.as_bytes().get(at) {
        Some(b':') if !above.ends_with(':') => parent_name(above),
        Some(b':') => above.get(..at - 1),
        _ => Some(above),
    }
    .filter(|above| !above.is_empty())
}

/// The part of the name below `parent_name`.
#[must_use]
pub fn own_label(name: &str) -> &str {
    parent_name(name)
        .and_then(|above| name.get(above.len()..))
        .map_or(name, |rest| {
            rest.trim_start_matches("::").trim_start_matches(['.', '/'])
        })
}

/// Whether `name` is `top` or lies below it: `a.b` contains `a.b.c`, never `a.bc`. The empty top contains everything.
#[must_use]
pub fn is_within(name: &str, top: &str) -> bool {
    top.is_empty()
        || name.strip_prefix(top).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with(['.', '/']) || rest.starts_with("::")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_has_two_names() {
        let mut table = LoggerTable::default();
        assert_eq!(table.intern(b""), LoggerId::ROOT);
        assert_eq!(table.intern(b"root"), LoggerId::ROOT);
        assert_eq!(table.find("root"), Some(LoggerId::ROOT));
        assert_eq!((table.len(), table.name(LoggerId::ROOT)), (1, ""));
    }

    #[test]
    fn names_keep_their_ids() {
        let mut table = LoggerTable::default();
        let a = table.intern(b"a");
        let deep = table.intern(b"a.b.c");
        let lone = table.intern(b"ab.c");
        assert_eq!(table.intern(b"a"), a);
        assert_eq!(table.name(deep), "a.b.c");
        assert_eq!(table.parent(deep), Some(a));
        assert_eq!(table.parent(lone), Some(LoggerId::ROOT));
        assert_eq!(table.parent(LoggerId::ROOT), None);
        assert_eq!(table.name(LoggerId(99)), "");
    }

    #[test]
    fn separators_of_every_ecosystem() {
        for (name, above, label) in [
            ("a.b.c", Some("a.b"), "c"),
            ("a::b", Some("a"), "b"),
            ("kafka/net/io", Some("kafka/net"), "io"),
            ("host:8080", None, "host:8080"),
            ("a.host:8080", Some("a"), "host:8080"),
            ("top", None, "top"),
            (".hidden", None, ".hidden"),
            ("", None, ""),
        ] {
            assert_eq!(parent_name(name), above, "{name}");
            assert_eq!(own_label(name), label, "{name}");
        }
    }

    #[test]
    fn a_subtree_ends_at_a_separator() {
        assert!(is_within("a.b", "a.b"));
        assert!(is_within("a.b.c", "a.b"));
        assert!(is_within("a::b", "a"));
        assert!(is_within("anything", ""));
        assert!(!is_within("a.bc", "a.b"));
        assert!(!is_within("a", "a.b"));
    }
}
