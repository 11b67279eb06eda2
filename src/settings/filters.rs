//! Queries that a user keeps: the last ones that were typed, and those that have a name.

use serde::{Deserialize, Serialize};

/// How many typed queries are remembered.
const RECENT: usize = 30;

/// Queries of the filter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filters {
    /// Those that were typed and kept, newest first.
    pub recent: Vec<String>,
    /// Those with a name, in the order of their names.
    pub saved: Vec<SavedFilter>,
}

/// A query with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFilter {
    /// What the user calls it.
    pub name: String,
    /// The query.
    pub query: String,
}

impl Filters {
    /// Puts a typed query at the top.
    pub fn remember(&mut self, query: &str) {
        let query = query.trim();
        if query.is_empty() {
            return;
        }
        self.recent.retain(|known| known != query);
        self.recent.insert(0, query.to_owned());
        self.recent.truncate(RECENT);
    }

    /// Keeps a query under a name, in place of another of that name.
    pub fn save(&mut self, name: String, query: String) {
        self.delete(&name);
        self.saved.push(SavedFilter { name, query });
        self.saved.sort_by(|one, other| one.name.cmp(&other.name));
    }

    /// Forgets the query of this name.
    pub fn delete(&mut self, name: &str) {
        self.saved.retain(|saved| saved.name != name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_queries_are_newest_first_and_unique() {
        let mut filters = Filters::default();
        for query in ["a", " b ", "", "a"] {
            filters.remember(query);
        }
        assert_eq!(filters.recent, ["a", "b"]);
        for n in 0..50 {
            filters.remember(&n.to_string());
        }
        assert_eq!(filters.recent.len(), RECENT);
    }

    #[test]
    fn a_name_is_used_once() {
        let mut filters = Filters::default();
        filters.save("slow".into(), "duration>1s".into());
        filters.save("errors".into(), "level>=error".into());
        filters.save("slow".into(), "duration>2s".into());
        let queries: Vec<_> = filters.saved.iter().map(|it| it.query.as_str()).collect();
        assert_eq!(queries, ["level>=error", "duration>2s"]);
        filters.delete("slow");
        assert_eq!(filters.saved.len(), 1);
    }
}
