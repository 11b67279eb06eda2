//! Lines beyond the first of each record.

use super::Ascending;

/// How many lines records have beyond their first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::index) enum ExtraLines {
    /// Few records have any: those, in order, with the sum up to and including each.
    Listed { slots: Box<[u16]>, sums: Ascending },
    /// For every record the sum before it.
    Column(Ascending),
}

impl ExtraLines {
    /// From the records that have extra lines, with the sum up to and including each, of `len` records.
    pub(in crate::index) fn new(slots: &[u16], sums: &[u32], len: usize) -> Self {
        // A listed record costs about two records of a column.
        if slots.len() * 2 <= len {
            return Self::Listed {
                slots: slots.into(),
                sums: Ascending::new(sums),
            };
        }
        let mut column = Vec::with_capacity(len);
        let mut before = 0;
        let mut listed = slots.iter().zip(sums).peekable();
        for slot in 0..len {
            column.push(before);
            if let Some((_, sum)) = listed.next_if(|(at, _)| usize::from(**at) == slot) {
                before = *sum;
            }
        }
        Self::Column(Ascending::new(&column))
    }

    /// Extra lines of all records before `slot`.
    pub(in crate::index) fn before(&self, slot: usize) -> u64 {
        match self {
            Self::Listed { slots, sums } => slots
                .partition_point(|at| usize::from(*at) < slot)
                .checked_sub(1)
                .map_or(0, |last| sums.get(last)),
            Self::Column(column) => column.get(slot),
        }
    }

    /// The records that have extra lines, in order; the last record of the block has none that are known.
    pub(in crate::index) fn slots(&self) -> impl Iterator<Item = u16> + '_ {
        let (listed, column) = match self {
            Self::Listed { slots, .. } => (Some(slots.iter().copied()), None),
            Self::Column(column) => (
                None,
                Some(column.iter().zip(column.iter().skip(1)).enumerate()),
            ),
        };
        let grown = column.into_iter().flatten();
        let grown = grown.filter(|(_, (before, behind))| before < behind);
        let slots = grown.map(|(slot, _)| slot as u16);
        listed.into_iter().flatten().chain(slots)
    }

    pub(in crate::index) fn heap_bytes(&self) -> usize {
        match self {
            Self::Listed { slots, sums } => size_of_val(&**slots) + sums.heap_bytes(),
            Self::Column(column) => column.heap_bytes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extra_lines_are_summed_whichever_way_they_are_kept() {
        for step in [1, 2, 3, 50] {
            let (mut slots, mut sums, mut sum) = (Vec::new(), Vec::new(), 0);
            let mut expected = Vec::new();
            for slot in 0..1000_u16 {
                expected.push(u64::from(sum));
                if slot % step == 0 {
                    sum += u32::from(slot % 7) + 1;
                    slots.push(slot);
                    sums.push(sum);
                }
            }
            let lines = ExtraLines::new(&slots, &sums, 1000);
            assert_eq!(matches!(lines, ExtraLines::Listed { .. }), step > 1);
            for (slot, expected) in expected.iter().enumerate() {
                assert_eq!(lines.before(slot), *expected, "{step} {slot}");
            }
            let inner = |slots: &mut dyn Iterator<Item = u16>| {
                Vec::from_iter(slots.filter(|slot| *slot < 999))
            };
            assert_eq!(inner(&mut lines.slots()), inner(&mut slots.into_iter()));
        }
    }
}
