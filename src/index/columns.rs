//! How a block stores its numbers: private to the index, so that a denser encoding changes no caller.

/// Values between two anchors of a [`Packed`] column.
const STRIDE: usize = 64;

/// Stands for a value that is in the exceptions.
const EXCEPTION: u16 = u16::MAX;

/// Small numbers of which running sums are wanted: two bytes each, a sum every 64, large ones in a sorted list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Packed {
    values: Box<[u16]>,
    /// Sum of all values before position 0, 64, 128, …
    anchors: Box<[u32]>,
    exceptions: Box<[(u16, u32)]>,
}

impl Packed {
    /// Packs at most 65 536 values whose sum fits into 32 bits.
    pub(super) fn new(values: impl ExactSizeIterator<Item = u32>) -> Self {
        let mut small = Vec::with_capacity(values.len());
        let mut anchors = Vec::with_capacity(values.len().div_ceil(STRIDE));
        let mut exceptions = Vec::new();
        let mut sum = 0_u32;
        for (at, value) in values.enumerate() {
            if at.is_multiple_of(STRIDE) {
                anchors.push(sum);
            }
            sum = sum.wrapping_add(value);
            small.push(match u16::try_from(value) {
                Ok(value) if value != EXCEPTION => value,
                _ => {
                    exceptions.push((at as u16, value));
                    EXCEPTION
                }
            });
        }
        Self {
            values: small.into(),
            anchors: anchors.into(),
            exceptions: exceptions.into(),
        }
    }

    /// The value at a position; 0 beyond the end.
    pub(super) fn get(&self, at: usize) -> u64 {
        match self.values.get(at) {
            Some(&EXCEPTION) => self.exception(at),
            Some(&value) => u64::from(value),
            None => 0,
        }
    }

    #[cold]
    fn exception(&self, at: usize) -> u64 {
        self.exceptions
            .binary_search_by_key(&at, |(at, _)| usize::from(*at))
            .ok()
            .and_then(|found| self.exceptions.get(found))
            .map_or(0, |(_, value)| u64::from(*value))
    }

    /// The sum of the first `count` values; of all if there are fewer.
    pub(super) fn sum(&self, count: usize) -> u64 {
        let count = count.min(self.values.len());
        let stride = (count / STRIDE).min(self.anchors.len().saturating_sub(1));
        let from = stride * STRIDE;
        let start = self.anchors.get(stride).map_or(0, |sum| u64::from(*sum));
        let rest = self.values.get(from..count).unwrap_or_default();
        let plain: u64 = rest.iter().map(|value| u64::from(*value)).sum();
        if rest.contains(&EXCEPTION) {
            start + (from..count).map(|at| self.get(at)).sum::<u64>()
        } else {
            start + plain
        }
    }

    /// The largest `count` for which `sum(count) <= total`.
    pub(super) fn count_within(&self, total: u64) -> usize {
        let stride = self
            .anchors
            .partition_point(|sum| u64::from(*sum) <= total)
            .saturating_sub(1);
        let mut at = stride * STRIDE;
        let mut sum = self.anchors.get(stride).map_or(0, |sum| u64::from(*sum));
        while at < self.values.len() {
            sum += self.get(at);
            if sum > total {
                break;
            }
            at += 1;
        }
        at
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        (0..self.values.len()).map(|at| self.get(at))
    }

    pub(super) fn heap_bytes(&self) -> usize {
        size_of_val(&*self.values) + size_of_val(&*self.anchors) + size_of_val(&*self.exceptions)
    }
}

/// A number per record that is an index into a dictionary: one byte while the dictionary is small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CodeColumn {
    Narrow(Box<[u8]>),
    Wide(Box<[u16]>),
}

impl CodeColumn {
    /// `dictionary` is the number of entries that the codes point into.
    pub(super) fn new(codes: &[u16], dictionary: usize) -> Self {
        if dictionary <= 256 {
            Self::Narrow(codes.iter().map(|code| *code as u8).collect())
        } else {
            Self::Wide(codes.into())
        }
    }

    pub(super) fn get(&self, at: usize) -> usize {
        match self {
            Self::Narrow(codes) => codes.get(at).map_or(0, |code| usize::from(*code)),
            Self::Wide(codes) => codes.get(at).map_or(0, |code| usize::from(*code)),
        }
    }

    pub(super) fn heap_bytes(&self) -> usize {
        match self {
            Self::Narrow(codes) => size_of_val(&**codes),
            Self::Wide(codes) => size_of_val(&**codes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_agree_with_adding_up() {
        let values: Vec<u32> = (0..1000_u32)
            .map(|n| match n % 97 {
                0 => 65_535,
                1 => 65_534,
                2 => 3_000_000,
                _ => n % 7,
            })
            .collect();
        let packed = Packed::new(values.iter().copied());
        let mut sum = 0;
        for (at, value) in values.iter().enumerate() {
            assert_eq!(packed.sum(at), sum);
            assert_eq!(packed.get(at), u64::from(*value));
            sum += u64::from(*value);
        }
        assert_eq!(packed.sum(values.len()), sum);
        assert_eq!(packed.sum(usize::MAX), sum);
        for total in (0..sum).step_by(10_007) {
            let count = packed.count_within(total);
            assert!(packed.sum(count) <= total);
            assert!(packed.sum(count + 1) > total);
        }
        assert_eq!(packed.count_within(u64::MAX), values.len());
    }

    #[test]
    fn an_empty_column_is_harmless() {
        let packed = Packed::new([].into_iter());
        assert_eq!((packed.sum(3), packed.get(0)), (0, 0));
        assert_eq!(packed.count_within(5), 0);
    }
}
