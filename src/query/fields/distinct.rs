//! How many different values there are, without keeping them: HyperLogLog (Flajolet et al., 2007), with linear counting
//! where few of the registers are used.

/// Bits of a hash that choose the register.
const BITS: u32 = 11;
const REGISTERS: usize = 1 << BITS;

/// An estimate that is within 5 % in 19 cases of 20. Which values were added, not their order or how often, makes it what
/// it is; that of two sets together is made by [`Self::merge`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Distinct(Box<[u8; REGISTERS]>);

impl Default for Distinct {
    fn default() -> Self {
        Self(Box::new([0; REGISTERS]))
    }
}

impl Distinct {
    /// Adds a value by its hash, all of whose bits have to be as good as random.
    pub(super) fn add(&mut self, hash: u64) {
        let rank = ((hash << BITS) | 1).leading_zeros() + 1;
        let at = (hash >> (64 - BITS)) as usize;
        if let Some(register) = self.0.get_mut(at) {
            *register = (*register).max(rank as u8);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (register, more) in self.0.iter_mut().zip(other.0.iter()) {
            *register = (*register).max(*more);
        }
    }

    pub(super) fn estimate(&self) -> u64 {
        let registers = REGISTERS as f64;
        let sum: f64 = { self.0.iter() }
            .map(|rank| f64::from(-i32::from(*rank)).exp2())
            .sum();
        let raw = 0.7213 / (1.0 + 1.079 / registers) * registers * registers / sum;
        let unused = self.0.iter().filter(|rank| **rank == 0).count();
        let estimate = match raw <= 2.5 * registers && unused > 0 {
            true => registers * (registers / unused as f64).ln(),
            false => raw,
        };
        estimate.round() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::super::values::hash;
    use super::*;

    #[test]
    fn estimates_are_near_for_any_number_of_values_and_in_any_order() {
        for count in [0_u64, 1, 100, 1_500, 5_000, 20_000, 500_000] {
            let (mut forward, mut halves) = (Distinct::default(), Distinct::default());
            for value in 0..count {
                forward.add(hash(format!("id-{value}").as_bytes()));
            }
            let mut other = Distinct::default();
            for value in (0..count).rev().chain(0..count / 2) {
                let half = if value % 2 == 0 {
                    &mut halves
                } else {
                    &mut other
                };
                half.add(hash(format!("id-{value}").as_bytes()));
            }
            halves.merge(&other);
            assert_eq!(forward, halves);
            let estimate = forward.estimate();
            assert!(
                estimate.abs_diff(count) * 100 <= count * 7,
                "{count}: {estimate}"
            );
        }
    }
}
