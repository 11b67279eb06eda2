//! What decides in the generators.

use std::collections::VecDeque;

/// A small deterministic generator (xorshift), or decisions that something else wrote down as bytes.
pub struct Random {
    state: u64,
    script: Option<VecDeque<u8>>,
}

impl Random {
    /// A generator; of a seed that is not 0, always the same numbers.
    pub fn seeded(seed: u64) -> Self {
        Self {
            state: seed.max(1),
            script: None,
        }
    }

    /// Decisions as these bytes say; all are 0 behind their end.
    #[allow(dead_code, reason = "for the targets in libfuzzer")]
    pub fn scripted(script: &[u8]) -> Self {
        Self {
            state: 1,
            script: Some(script.iter().copied().collect()),
        }
    }

    /// A number below `below`, which must not be 0.
    pub fn below(&mut self, below: usize) -> usize {
        if let Some(script) = &mut self.script {
            let mut number = usize::from(script.pop_front().unwrap_or(0));
            if below > 256 {
                number = number << 8 | usize::from(script.pop_front().unwrap_or(0));
            }
            return number % below;
        }
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state % below as u64) as usize
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of the items.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}
