//! What is known of many numbers without keeping them: how many lie in each of finely graded ranges.

/// Bits of a number's fraction that tell its range: 64 ranges from one power of two to the next.
const FRACTION: u32 = 6;
/// Numbers nearer to 0 count as 0.
const LEAST: f64 = 1e-12;
/// Numbers farther from 0 count as this.
const MOST: f64 = 1e18;

/// Numbers by range. A quantile is within 1 % of the true one, and exact at both ends. The same numbers make the same
/// sketch in any order.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sketch {
    /// The range of the first entry of `counts`.
    first: i32,
    counts: Vec<u64>,
    count: u64,
    least: f64,
    most: f64,
}

impl Sketch {
    /// Adds a number that occurs so often.
    pub(super) fn add(&mut self, number: f64, times: u64) {
        if times == 0 || !number.is_finite() {
            return;
        }
        self.note_ends(number, number);
        self.count += times;
        if let Some(count) = self.entry(range_of(number, FRACTION)) {
            *count += times;
        }
    }

    fn note_ends(&mut self, least: f64, most: f64) {
        let empty = self.count == 0;
        self.least = if empty { least } else { self.least.min(least) };
        self.most = if empty { most } else { self.most.max(most) };
    }

    fn entry(&mut self, range: i32) -> Option<&mut u64> {
        if self.counts.is_empty() {
            self.first = range;
        }
        if range < self.first {
            let more = usize::try_from(self.first - range).ok()?;
            self.counts.splice(0..0, std::iter::repeat_n(0, more));
            self.first = range;
        }
        let at = usize::try_from(range - self.first).ok()?;
        if at >= self.counts.len() {
            self.counts.resize(at + 1, 0);
        }
        self.counts.get_mut(at)
    }

    /// Adds the numbers of another one.
    pub(super) fn merge(&mut self, other: &Self) {
        if other.count == 0 {
            return;
        }
        self.note_ends(other.least, other.most);
        self.count += other.count;
        let last = other.first + other.counts.len() as i32 - 1;
        // Room for both ends at once.
        self.entry(other.first);
        self.entry(last);
        for (range, more) in (other.first..).zip(&other.counts) {
            if let Some(count) = self.entry(range).filter(|_| *more > 0) {
                *count += more;
            }
        }
    }

    /// The least and the most of them, exact.
    pub(super) fn ends(&self) -> Option<(f64, f64)> {
        (self.count > 0).then_some((self.least, self.most))
    }

    /// The middle of each range that has numbers, in order, and how many.
    pub(super) fn ranges(&self) -> impl Iterator<Item = (f64, u64)> + Clone + use<'_> {
        let counted = (self.first..).zip(self.counts.iter().copied());
        counted
            .filter(|(_, count)| *count > 0)
            .map(|(range, count)| (middle_of(range, FRACTION), count))
    }
}

/// The range of a number: 0 for 0, and the farther from 0 the larger, with the number's sign. There are as many ranges from
/// one power of two to the next as `fraction` bits tell apart.
pub(in crate::query) fn range_of(number: f64, fraction: u32) -> i32 {
    let size = number.abs().min(MOST);
    if size < LEAST {
        return 0;
    }
    let cut = 52 - fraction;
    let range = (size.to_bits() >> cut) as i32 - (LEAST.to_bits() >> cut) as i32 + 1;
    if number < 0.0 { -range } else { range }
}

/// The middle of a range.
pub(in crate::query) fn middle_of(range: i32, fraction: u32) -> f64 {
    if range == 0 {
        return 0.0;
    }
    let cut = 52 - fraction;
    let bits = u64::from(range.unsigned_abs()) - 1 + (LEAST.to_bits() >> cut);
    let (low, high) = (
        f64::from_bits(bits << cut),
        f64::from_bits((bits + 1) << cut),
    );
    low.midpoint(high).copysign(f64::from(range))
}

/// The number below which this part of all numbers, which are in order, lies: 0.5 is the median.
pub(in crate::query) fn quantile(
    numbers: impl Iterator<Item = (f64, u64)> + Clone,
    part: f64,
) -> Option<f64> {
    let count: u64 = numbers.clone().map(|(_, count)| count).sum();
    let rank = (count.checked_sub(1)? as f64 * part).round() as u64;
    let mut before = 0;
    let mut numbers = numbers;
    let found = numbers.find(|(_, count)| {
        before += count;
        before > rank
    });
    found.map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    fn sketch(numbers: &[f64]) -> Sketch {
        let mut sketch = Sketch::default();
        for number in numbers {
            sketch.add(*number, 1);
        }
        sketch
    }

    #[test]
    fn quantiles_are_within_one_percent() {
        let mut numbers: Vec<f64> = (0..20_000_u32)
            .map(|n| f64::from(n.wrapping_mul(2_654_435_761) >> 8) * 1e-4 - 300.0)
            .chain([0.0, 1e-30, -5e20, 3.7e9])
            .collect();
        let whole = sketch(&numbers);
        let (one, two) = numbers.split_at(7_000);
        let mut parts = sketch(two);
        parts.merge(&sketch(one));
        parts.merge(&Sketch::default());
        assert_eq!(whole, parts);
        numbers.sort_by(f64::total_cmp);
        assert_eq!(whole.ends(), Some((-5e20, 3.7e9)));
        for part in [0.05, 0.25, 0.5, 0.75, 0.95, 0.99] {
            let exact = numbers[((numbers.len() - 1) as f64 * part).round() as usize];
            let found = quantile(whole.ranges(), part).unwrap();
            assert!(
                (found - exact).abs() <= exact.abs() * 0.01,
                "{part}: {found} {exact}"
            );
        }
        let count: u64 = whole.ranges().map(|(_, count)| count).sum();
        assert_eq!(count, numbers.len() as u64);
    }

    #[test]
    fn a_single_number_is_itself_and_none_has_no_ends() {
        for number in [0.0, 3.0, -0.017, 1e25] {
            assert_eq!(sketch(&[number]).ends(), Some((number, number)));
        }
        assert_eq!(sketch(&[f64::NAN, f64::INFINITY]).ends(), None);
    }
}
