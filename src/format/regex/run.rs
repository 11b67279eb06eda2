//! Running steps over a text.

use super::fixed::Look;
use super::program::{Effort, KEPT, Pc, Program, Run, Step};

/// Places that are tried before the regular expression, which cannot be led astray, has to say.
const TRIES: u32 = 2000;
/// Tries within tries.
const DEPTH: u32 = 60;

/// Starts and ends of the kept groups; `u32::MAX` where there is none.
pub(super) type Slots = [u32; 2 * KEPT];

/// What came of running a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The pattern matches, and the kept groups are here.
    Yes(Slots),
    /// It does not match.
    No,
    /// It takes the regular expression to tell.
    Unsure,
}

impl Program {
    /// Matches the pattern at the beginning of a text, which must be shorter than 4 GiB.
    #[inline]
    pub(super) fn run(&self, text: &[u8]) -> Verdict {
        let mut runner = Runner {
            steps: &self.steps,
            text,
            slots: [u32::MAX; 2 * KEPT],
            tries: TRIES,
        };
        match runner.run(self.start, 0, DEPTH) {
            Some(true) => Verdict::Yes(runner.slots),
            Some(false) => Verdict::No,
            None => Verdict::Unsure,
        }
    }
}

struct Runner<'a> {
    steps: &'a [Step],
    text: &'a [u8],
    slots: Slots,
    tries: u32,
}

impl Runner<'_> {
    /// Whether the steps from `pc` on match at `at`; `None` if that was too much to try.
    fn run(&mut self, mut pc: Pc, mut at: usize, depth: u32) -> Option<bool> {
        loop {
            match self.steps.get(pc)? {
                Step::Match => return Some(true),
                Step::Start(next) if at == 0 => pc = *next,
                Step::End(next) if at == self.text.len() => pc = *next,
                Step::Start(_) | Step::End(_) => return Some(false),
                Step::Literal(literal, next) => {
                    if !starts_with(self.text.get(at..)?, literal) {
                        return Some(false);
                    }
                    at += literal.len();
                    pc = *next;
                }
                Step::Fixed(fixed) => match fixed.look(self.text, at) {
                    Look::End(end) => (at, pc) = (end, fixed.next),
                    Look::Mismatch => return Some(false),
                    Look::Unsure => pc = fixed.slow,
                },
                Step::Run(run) if run.effort == Effort::All => match run.all(self.text, at) {
                    Some(end) => (at, pc) = (end, run.next),
                    None => return Some(false),
                },
                Step::Run(run) => return self.some(run, at, depth),
                Step::Choose(bytes, yes, no) => {
                    let chosen = self
                        .text
                        .get(at)
                        .is_some_and(|byte| bytes[usize::from(*byte)]);
                    pc = if chosen { *yes } else { *no };
                }
                Step::Either(first, second) => {
                    if self.attempt(*first, at, depth)? {
                        return Some(true);
                    }
                    pc = *second;
                }
                Step::Save(slot, next) => {
                    if let Some(place) = self.slots.get_mut(*slot) {
                        *place = u32::try_from(at).ok()?;
                    }
                    pc = *next;
                }
            }
        }
    }

    /// Tries a way; one that leads nowhere leaves no trace.
    fn attempt(&mut self, pc: Pc, at: usize, depth: u32) -> Option<bool> {
        self.tries = self.tries.checked_sub(1)?;
        let slots = self.slots;
        let matched = self.run(pc, at, depth.checked_sub(1)?)?;
        if !matched {
            self.slots = slots;
        }
        Some(matched)
    }

    /// A run whose end is found by trying.
    fn some(&mut self, run: &Run, at: usize, depth: u32) -> Option<bool> {
        let Some(mut end) = run.take(self.text, at, run.min) else {
            return Some(false);
        };
        if run.effort == Effort::Least {
            for _ in run.min..=run.max {
                if run.follow.admits(self.text, end) && self.attempt(run.next, end, depth)? {
                    return Some(true);
                }
                match run.set.len_at(self.text, end) {
                    Some(len) => end += len,
                    None => break,
                }
            }
            return Some(false);
        }
        let least = end;
        end = run.all(self.text, at)?;
        loop {
            if run.follow.admits(self.text, end) && self.attempt(run.next, end, depth)? {
                return Some(true);
            }
            if end == least {
                return Some(false);
            }
            end -= 1;
            while end > least && self.text.get(end).is_some_and(|byte| byte & 0xc0 == 0x80) {
                end -= 1;
            }
        }
    }
}

/// Short texts are compared in place.
#[inline]
fn starts_with(text: &[u8], literal: &[u8]) -> bool {
    match literal {
        [one] => text.first() == Some(one),
        [one, two] => text.first_chunk::<2>() == Some(&[*one, *two]),
        _ => text.starts_with(literal),
    }
}

impl Run {
    /// Where the run ends if it takes all it may; `None` if that is less than it must.
    #[inline]
    fn all(&self, text: &[u8], at: usize) -> Option<usize> {
        let end = self.set.ascii_end(text, at, self.max);
        if text.get(end).is_none_or(u8::is_ascii) || end - at == self.max {
            return (end - at >= self.min).then_some(end);
        }
        self.all_characters(text, end, end - at)
    }

    /// Goes on where `count` characters end that were taken.
    #[cold]
    fn all_characters(&self, text: &[u8], mut at: usize, mut count: usize) -> Option<usize> {
        while count < self.max
            && let Some(len) = self.set.len_at(text, at)
        {
            at += len;
            count += 1;
        }
        (count >= self.min).then_some(at)
    }

    /// Where exactly `count` characters end.
    fn take(&self, text: &[u8], mut at: usize, count: usize) -> Option<usize> {
        for _ in 0..count {
            at += self.set.len_at(text, at)?;
        }
        Some(at)
    }
}
