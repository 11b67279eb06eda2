//! A template and its records.

use super::merge::{Least, merged};
use super::seen::Seen;

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

/// The same records in fewer groups.
pub(super) fn merge(groups: &[Group], least: Least) -> Vec<Group> {
    // In an order of their own, so that nothing depends on the one in which they were found.
    let mut sorted: Vec<&Group> = groups.iter().collect();
    sorted.sort_by(|one, other| one.template.cmp(&other.template));
    let templates: Vec<&str> = sorted.iter().map(|group| &*group.template).collect();
    let (list, becomes) = merged(&templates, least);
    let mut made: Vec<Option<Group>> = list.iter().map(|_| None).collect();
    for (group, place) in sorted.into_iter().zip(becomes) {
        match (made.get_mut(place), list.get(place)) {
            (Some(Some(known)), _) => known.join(group.clone()),
            (Some(empty), Some(template)) => {
                *empty = Some(Group {
                    template: template.clone().into_owned(),
                    ..group.clone()
                });
            }
            _ => {}
        }
    }
    made.into_iter().flatten().collect()
}
