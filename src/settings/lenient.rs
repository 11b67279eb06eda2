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
        } else if let Some(Value::Array(items)) = get(table, &path)
            && let (kept, bad) = some_of::<T>(&good, &path, items)
            // Where a list does not belong, no part of it does.
            && kept.clone().try_into::<T>().is_ok()
        {
            good = kept;
            refused.extend(bad.iter().map(|at| format!("{}.{at}", path.join("."))));
        } else {
            refused.push(path.join("."));
        }
    }
    (good.try_into().unwrap_or_default(), refused)
}

/// Whether a value can be read with this item in the list at `path`.
pub(super) fn fits<T>(path: &[&str], item: &Value) -> bool
where
    T: DeserializeOwned + Serialize + Default,
{
    let mut table = Table::try_from(T::default()).unwrap_or_default();
    let path: Vec<String> = path.iter().map(|key| (*key).to_owned()).collect();
    set(&mut table, &path, Value::Array(vec![item.clone()]));
    table.try_into::<T>().is_ok()
}

/// Takes those items of a list that fit; also which do not.
fn some_of<T: DeserializeOwned>(
    good: &Table,
    path: &[String],
    items: &[Value],
) -> (Table, Vec<usize>) {
    let (mut kept, mut refused) = (Vec::new(), Vec::new());
    let with = |items: &[Value]| {
        let mut table = good.clone();
        set(&mut table, path, Value::Array(items.to_vec()));
        table
    };
    for (at, item) in items.iter().enumerate() {
        kept.push(item.clone());
        if with(&kept).try_into::<T>().is_err() {
            kept.pop();
            refused.push(at);
        }
    }
    (with(&kept), refused)
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
