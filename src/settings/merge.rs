//! What one window changed, put onto what is on disk by now: another window may have saved meanwhile, and another version
//! may have written keys that this one does not know.

use toml::{Table, Value};

/// Lists of things that have a name: where the list is, and the key that tells one from another.
const LISTS: [(&[&str], &str); 8] = [
    (&["levels"], "word"),
    (&["formats", "remembered"], "pattern"),
    (&["filters", "saved"], "name"),
    (&["highlights", "sets"], "name"),
    (&["editor", "mappings"], "from"),
    (&["recent"], "path"),
    (&["marked"], "digest"),
    (&["tabs"], "path"),
];

/// Whether an item of the list at a path can be read.
pub(super) type Fits<'a> = &'a dyn Fn(&[&str], &Value) -> bool;

/// Changes `disk` by what differs between `base` (what this window had) and `mine` (what it has now). Keys that neither
/// of them has stay, unless an item could not be read with them.
pub(super) fn merge(base: &Table, mine: &Table, disk: &mut Table, fits: Fits<'_>) {
    merge_at(&[], base, mine, disk, fits);
}

fn merge_at(path: &[&str], base: &Table, mine: &Table, disk: &mut Table, fits: Fits<'_>) {
    let nothing = Table::new();
    for (key, value) in mine {
        let here = &[path, &[key]].concat();
        let before = base.get(key);
        match (value, disk.get_mut(key)) {
            (Value::Table(mine), Some(Value::Table(disk))) => {
                let base = before.and_then(Value::as_table).unwrap_or(&nothing);
                merge_at(here, base, mine, disk, fits);
            }
            (Value::Array(mine), Some(Value::Array(disk))) if identity(here).is_some() => {
                let base = before
                    .and_then(Value::as_array)
                    .map_or(&[][..], |base| base);
                *disk = items(here, base, mine, disk, fits);
            }
            (_, Some(_)) if before == Some(value) => {}
            _ => {
                disk.insert(key.clone(), value.clone());
            }
        }
    }
    for key in base.keys().filter(|key| !mine.contains_key(*key)) {
        disk.remove(key);
    }
}

/// A list of named things: what this window added, changed, moved or took away, and what another added.
fn items(
    path: &[&str],
    base: &[Value],
    mine: &[Value],
    disk: &[Value],
    fits: Fits<'_>,
) -> Vec<Value> {
    let key = identity(path).unwrap_or_default();
    let same = |one: &Value, other: &Value| one.get(key) == other.get(key);
    let find = |list: &[Value], item: &Value| list.iter().find(|other| same(item, other)).cloned();
    // Of two with one name, what this window has is the one that could be read.
    let on_disk = |item: &Value| {
        let readable = |other: &&Value| same(item, other) && fits(path, other);
        let readable = disk.iter().find(readable).cloned();
        readable.or_else(|| find(disk, item))
    };
    let merged = |item: &Value| match (item, on_disk(item)) {
        (Value::Table(mine), Some(Value::Table(mut there))) => {
            let before = find(base, item);
            let before = before.as_ref().and_then(Value::as_table).cloned();
            merge_at(path, &before.unwrap_or_default(), mine, &mut there, fits);
            let there = Value::Table(there);
            if fits(path, &there) {
                there
            } else {
                item.clone()
            }
        }
        _ => item.clone(),
    };
    // In another window's list, taken away or never known here.
    let others = disk
        .iter()
        .filter(|item| find(mine, item).is_none() && find(base, item).is_none());
    if mine == base {
        return disk.to_vec();
    }
    // What came to one window last stands first, and what came to the other behind it.
    let mut all: Vec<Value> = Vec::new();
    let mut own = mine.iter().map(merged);
    all.extend(own.next());
    all.extend(others.cloned());
    all.extend(own);
    all
}

fn identity(path: &[&str]) -> Option<&'static str> {
    if let ["columns", _] = path {
        return Some("key");
    }
    let list = LISTS.iter().find(|(list, _)| *list == path);
    list.map(|(_, key)| *key)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    fn table(text: &str) -> Table {
        text.parse().unwrap()
    }

    fn merged(base: &str, mine: &str, disk: &str) -> Table {
        let mut disk = table(disk);
        merge(&table(base), &table(mine), &mut disk, &|_, item| {
            item.get("broken").is_none()
        });
        disk
    }

    #[test]
    fn only_what_changed_here_is_changed_there() {
        for (base, mine, disk, expected) in [
            ("a = 1", "a = 2", "a = 1", "a = 2"),
            ("a = 1", "a = 1", "a = 3", "a = 3"),
            (
                "a = 1\nb = 1",
                "a = 2\nb = 1",
                "a = 1\nb = 5",
                "a = 2\nb = 5",
            ),
            ("a = 1", "", "a = 1\nx = 7", "x = 7"),
            ("", "a = 1", "", "a = 1"),
            ("a = 1", "a = 1", "", "a = 1"),
            (
                "t.a = 1\nt.b = 1",
                "t.a = 2\nt.b = 1",
                "t.a = 1\nt.b = 3\nt.x = 9",
                "t.a = 2\nt.b = 3\nt.x = 9",
            ),
            ("a = [1]", "a = [1, 2]", "a = [7]", "a = [1, 2]"),
        ] {
            let got = merged(base, mine, disk);
            assert_eq!(got, table(expected), "{base} | {mine} | {disk}");
        }
    }

    fn list(paths: &str) -> String {
        let item = |path: &str| format!("{{ path = \"{path}\" }}");
        let items: Vec<String> = paths.split_whitespace().map(item).collect();
        format!("recent = [{}]", items.join(", "))
    }

    #[test]
    fn lists_of_files_take_in_both_windows() {
        for (base, mine, disk, expected) in [
            ("a b", "c a b", "d a b", "c d a b"),
            ("a b", "a b", "d a b", "d a b"),
            ("a b", "b", "d a b", "b d"),
            ("a b", "b a", "a b", "b a"),
            ("a b", "a b", "b", "b"),
            ("", "x", "y", "x y"),
        ] {
            let got = merged(&list(base), &list(mine), &list(disk));
            assert_eq!(got, table(&list(expected)), "{base} | {mine} | {disk}");
        }
    }

    #[test]
    fn things_in_lists_keep_what_this_version_does_not_know() {
        let disk = "recent = [{ path = \"a\", star = true, zone = \"UTC\" }]";
        let base = "recent = [{ path = \"a\", zone = \"UTC\" }]";
        let mine = "recent = [{ path = \"b\" }, { path = \"a\" }]";
        let got = merged(base, mine, disk);
        let expected = table("recent = [{ path = \"b\" }, { path = \"a\", star = true }]");
        assert_eq!(got, expected);
    }

    #[test]
    fn things_that_could_not_be_read_are_replaced() {
        let disk = "recent = [{ path = \"a\", broken = 1, zone = \"UTC\" }]";
        let mine = "recent = [{ path = \"b\" }, { path = \"a\" }]";
        assert_eq!(merged("recent = []", mine, disk), table(mine));
        let twice = "recent = [{ path = \"a\", broken = 1, x = 1 }, { path = \"a\" }]";
        let base = "recent = [{ path = \"a\", x = 2 }]";
        let mine = "recent = [{ path = \"b\" }, { path = \"a\", x = 2 }]";
        assert_eq!(merged(base, mine, twice), table(mine));
    }
}
