//! How often each of a few numbers occurs, in one place of memory that is found at once: a log of a hundred loggers and
//! thousands of groups has no room in a core's cache for searches.

/// How often ids occur. The same ids as often are equal, in whatever order they came.
#[derive(Debug, Clone, Default)]
pub struct IdCounts {
    /// An id and how often, which is zero where there is none; as many as a power of two.
    slots: Vec<(u32, u32)>,
    len: usize,
}

/// Slots to begin with.
const FEW: usize = 4;

impl IdCounts {
    /// How many ids there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Each id and how often it occurs, in no order that means anything.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        self.slots.iter().copied().filter(|(_, count)| *count > 0)
    }

    /// The id that occurs most often; the least of those.
    #[must_use]
    pub fn most(&self) -> Option<u32> {
        let most = self
            .iter()
            .max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id)));
        most.map(|(id, _)| id)
    }

    /// Counts an id so many times more; no more than fit.
    #[inline]
    pub(super) fn add(&mut self, id: u32, times: u32) {
        let wrap = self.slots.len().wrapping_sub(1);
        let mut at = home(id, self.slots.len());
        while let Some((known, count)) = self.slots.get_mut(at) {
            if *count == 0 {
                break;
            }
            if *known == id {
                *count = count.saturating_add(times);
                return;
            }
            at = (at + 1) & wrap;
        }
        self.add_new(id, times);
    }

    /// The same for an id that does not occur yet.
    fn add_new(&mut self, id: u32, times: u32) {
        if times == 0 {
            return;
        }
        if (self.len + 1) * 4 > self.slots.len() * 3 {
            let wider = vec![(0, 0); (self.slots.len() * 2).max(FEW)];
            for (id, count) in std::mem::replace(&mut self.slots, wider) {
                if count > 0 {
                    self.place(id, count);
                }
            }
        }
        self.len += 1;
        self.place(id, times);
    }

    fn place(&mut self, id: u32, times: u32) {
        let wrap = self.slots.len().wrapping_sub(1);
        let mut at = home(id, self.slots.len());
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.1 == 0 {
                *slot = (id, times);
                return;
            }
            at = (at + 1) & wrap;
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        for (id, count) in other.iter() {
            self.add(id, count);
        }
    }

    fn sorted(&self) -> Vec<(u32, u32)> {
        let mut all: Vec<(u32, u32)> = self.iter().collect();
        all.sort_unstable();
        all
    }
}

impl PartialEq for IdCounts {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.sorted() == other.sorted()
    }
}

impl Eq for IdCounts {}

/// Where an id is looked for first among so many slots, a power of two: neighbours lie apart.
#[inline]
fn home(id: u32, slots: usize) -> usize {
    let spread = id.wrapping_mul(0x9e37_79b1);
    (spread ^ spread >> 15) as usize & slots.wrapping_sub(1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    proptest::proptest! {
        /// In whatever order, and in parts that are joined.
        #[test]
        fn every_id_is_counted(ids in proptest::collection::vec((0_u32..300, 1_u32..5), 0..200), cut in 0_usize..200) {
            let mut expected: BTreeMap<u32, u32> = BTreeMap::new();
            let (mut whole, mut parts) = (IdCounts::default(), [IdCounts::default(), IdCounts::default()]);
            for (at, (id, times)) in ids.iter().enumerate() {
                *expected.entry(*id).or_default() += times;
                whole.add(*id, *times);
                parts[usize::from(at < cut)].add(*id, *times);
            }
            let [mut joined, other] = parts;
            joined.join(&other);
            proptest::prop_assert_eq!(&joined, &whole);
            proptest::prop_assert_eq!(whole.len(), expected.len());
            proptest::prop_assert_eq!(whole.iter().collect::<BTreeMap<_, _>>(), expected.clone());
            let most = expected.iter().max_by_key(|(id, count)| (**count, std::cmp::Reverse(**id)));
            proptest::prop_assert_eq!(whole.most(), most.map(|(id, _)| *id));
        }
    }
}
