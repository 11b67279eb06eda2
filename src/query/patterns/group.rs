//! A template and its records.

use std::borrow::Cow;

use super::merge::{Least, merged};
use super::seen::Seen;
use crate::base::cancel::Patience;

/// A template and its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What its records have in common.
    pub template: String,
    /// Its records.
    pub seen: Seen,
    /// The group's latest message, where that says more than the template.
    pub latest: Option<String>,
}

impl Group {
    /// Adds the records of another group, which was counted under the same scale.
    pub(super) fn join(&mut self, other: Self) {
        if other.seen.last.record >= self.seen.last.record {
            self.latest = other.latest;
        }
        self.seen.join(&other.seen);
    }
}

/// The same records in fewer groups; see [`merged`]. The groups as they were if nobody waits any more.
pub(super) fn merge(
    groups: Vec<Group>,
    steps: &[Least],
    room: usize,
    patience: &Patience,
) -> Result<Vec<Group>, Vec<Group>> {
    // In an order of their own, so that nothing depends on the one in which they were found.
    let mut order: Vec<(usize, &str)> = { groups.iter().enumerate() }
        .map(|(no, group)| (no, &*group.template))
        .collect();
    order.sort_unstable_by_key(|(no, template)| (*template, *no));
    let templates: Vec<&str> = order.iter().map(|(_, template)| *template).collect();
    let Some((list, becomes)) = merged(&templates, steps, room, patience) else {
        return Err(groups);
    };
    let list: Vec<String> = list.into_iter().map(Cow::into_owned).collect();
    let order: Vec<usize> = order.into_iter().map(|(no, _)| no).collect();
    let mut groups: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
    let mut made: Vec<Option<Group>> = list.iter().map(|_| None).collect();
    for (no, place) in order.into_iter().zip(becomes) {
        let group = groups.get_mut(no).and_then(Option::take);
        match (made.get_mut(place), group) {
            (Some(Some(known)), Some(group)) => known.join(group),
            (Some(empty), group) => *empty = group,
            _ => {}
        }
    }
    let named = made.into_iter().zip(list);
    let named = named.filter_map(|(group, template)| Some(Group { template, ..group? }));
    Ok(named.collect())
}
