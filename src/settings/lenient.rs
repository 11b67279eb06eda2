//! Reading what another version, or a hand, wrote: one value that is not understood costs that value, not the file.

use serde::Serialize;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

/// Reads a value key by key: what does not fit keeps its default and is named in the list, as `appearance.theme`.
pub(super) fn read<T>(table: &Table) -> (T, Vec<String>)
where
    T: DeserializeOwned + Serialize + Default,
{
    if let Ok(value) = table.clone().try_into() {
        return (value, Vec::new());
    }
    let mut good = Table::try_from(T::default()).unwrap_or_default();
    let mut refused = Vec::new();
    for path in leaves(table) {
        let mut candidate = good.clone();
        if let Some(value) = get(table, &path) {
            set(&mut candidate, &path, value.clone());
        }
        if candidate.clone().try_into::<T>().is_ok() {
            good = candidate;
        } else {
            refused.push(path.join("."));
        }
    }
    (good.try_into().unwrap_or_default(), refused)
}

/// The paths of all values that are not tables.
fn leaves(table: &Table) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for (key, value) in table {
        match value {
            Value::Table(inner) => paths.extend(leaves(inner).into_iter().map(|mut path| {
                path.insert(0, key.clone());
                path
            })),
            _ => paths.push(vec![key.clone()]),
        }
    }
    paths
}

fn get<'a>(table: &'a Table, path: &[String]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    let value = table.get(first)?;
    if rest.is_empty() {
        Some(value)
    } else {
        get(value.as_table()?, rest)
    }
}

fn set(table: &mut Table, path: &[String], value: Value) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    if rest.is_empty() {
        table.insert(first.clone(), value);
        return;
    }
    let inner = table
        .entry(first.clone())
        .or_insert_with(|| Value::Table(Table::new()));
    if let Value::Table(inner) = inner {
        set(inner, rest, value);
    }
}
