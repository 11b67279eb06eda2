//! A parsed pattern → steps, from its end to its beginning, so that every step knows what may follow.

use regex_syntax::hir::{Capture, Hir, HirKind, Look, Repetition};

use super::fixed::{self, Fixed};
use super::program::{Effort, First, KEPT, Pc, Program, Run, Set, Step};

/// More steps than this are not worth their memory.
const MOST_STEPS: usize = 600;
/// Counted repetitions of more than characters are written out so often.
const MOST_COPIES: u32 = 16;

impl Program {
    /// The steps of a pattern; `kept` are the numbers of the groups whose spans are wanted. `None` if the pattern has
    /// something that is not among the steps.
    pub(super) fn compile(hir: &Hir, kept: [Option<usize>; KEPT]) -> Option<Self> {
        let mut compiler = Compiler {
            steps: vec![Step::Match],
            kept,
        };
        let end = Tail {
            pc: 0,
            first: First::anything(),
        };
        let start = compiler.emit(hir, end)?.pc;
        Some(Self {
            steps: compiler.steps.into(),
            start,
        })
    }
}

struct Compiler {
    steps: Vec<Step>,
    kept: [Option<usize>; KEPT],
}

/// A step and what a text that goes on there may begin with.
#[derive(Clone)]
struct Tail {
    pc: Pc,
    first: First,
}

impl Compiler {
    fn push(&mut self, step: Step) -> Option<Pc> {
        self.steps.push(step);
        (self.steps.len() <= MOST_STEPS).then(|| self.steps.len() - 1)
    }

    fn tail(&mut self, step: Step, first: First) -> Option<Tail> {
        Some(Tail {
            pc: self.push(step)?,
            first,
        })
    }

    /// `hir` and then `next`.
    fn emit(&mut self, hir: &Hir, next: Tail) -> Option<Tail> {
        match hir.kind() {
            HirKind::Empty => Some(next),
            HirKind::Literal(literal) => {
                let first = First::byte(*literal.0.first()?);
                self.tail(Step::Literal(literal.0.clone(), next.pc), first)
            }
            HirKind::Class(class) => self.run(Set::of(class)?, (1, 1), true, next),
            HirKind::Look(Look::Start) => {
                let mut first = next.first;
                first.always = false;
                self.tail(Step::Start(next.pc), first)
            }
            HirKind::Look(Look::End) => {
                let mut first = First::nothing();
                first.at_end = next.first.at_end;
                self.tail(Step::End(next.pc), first)
            }
            HirKind::Look(_) => None,
            HirKind::Repetition(repetition) => self.repetition(repetition, next),
            HirKind::Capture(capture) => self.capture(capture, next),
            HirKind::Concat(parts) => self.concat(parts, next),
            HirKind::Alternation(parts) => self.alternation(parts, &next),
        }
    }

    fn capture(&mut self, capture: &Capture, next: Tail) -> Option<Tail> {
        let index = capture.index as usize;
        let Some(slot) = self.kept.iter().position(|kept| *kept == Some(index)) else {
            return self.emit(&capture.sub, next);
        };
        let end = self.tail(Step::Save(2 * slot + 1, next.pc), next.first)?;
        let inner = self.emit(&capture.sub, end)?;
        self.tail(Step::Save(2 * slot, inner.pc), inner.first)
    }

    /// Parts in a row.
    fn concat(&mut self, parts: &[Hir], mut next: Tail) -> Option<Tail> {
        let mut rest = parts;
        while let Some((last, before)) = rest.split_last() {
            let is_fixed = |part: &&Hir| fixed::sets(part).is_some();
            let fixed = rest.iter().rev().take_while(is_fixed).count();
            if fixed > 0 {
                let (before, fixed) = rest.split_at(rest.len() - fixed);
                next = self.fixed(fixed, next)?;
                rest = before;
            } else {
                next = self.emit(last, next)?;
                rest = before;
            }
        }
        Some(next)
    }

    /// Parts whose characters stand at fixed places.
    fn fixed(&mut self, parts: &[Hir], next: Tail) -> Option<Tail> {
        let after = next.pc;
        let slow = self.one_by_one(parts, next)?;
        let sets: Vec<Set> = parts.iter().filter_map(fixed::sets).flatten().collect();
        match Fixed::new(&sets, after, slow.pc) {
            Some(fixed) => self.tail(Step::Fixed(Box::new(fixed)), slow.first),
            None => Some(slow),
        }
    }

    /// Parts in a row; the same class several times is one run.
    fn one_by_one(&mut self, parts: &[Hir], mut next: Tail) -> Option<Tail> {
        let mut rest = parts;
        while let Some((last, before)) = rest.split_last() {
            let HirKind::Class(class) = last.kind() else {
                next = self.emit(last, next)?;
                rest = before;
                continue;
            };
            let same = rest.iter().rev().take_while(|part| *part == last).count();
            next = self.run(Set::of(class)?, (same, same), true, next)?;
            rest = rest.get(..rest.len() - same)?;
        }
        Some(next)
    }

    fn alternation(&mut self, parts: &[Hir], next: &Tail) -> Option<Tail> {
        let mut ways = Vec::new();
        for part in parts {
            ways.push(self.emit(part, next.clone())?);
        }
        let mut ways = ways.into_iter().rev();
        let mut chosen = ways.next()?;
        for way in ways {
            chosen = self.fork(way, &chosen, true)?;
        }
        Some(chosen)
    }

    /// One way or the other, the first preferred if so.
    fn fork(&mut self, way: Tail, other: &Tail, prefer: bool) -> Option<Tail> {
        let first = way.first.clone().or(&other.first);
        let step = if !way.first.at_end && way.first.is_disjoint(&other.first) {
            Step::Choose(way.first.bytes, way.pc, other.pc)
        } else if prefer {
            Step::Either(way.pc, other.pc)
        } else {
            Step::Either(other.pc, way.pc)
        };
        self.tail(step, first)
    }

    fn repetition(&mut self, repetition: &Repetition, next: Tail) -> Option<Tail> {
        let (min, max) = (repetition.min, repetition.max);
        let set = match repetition.sub.kind() {
            HirKind::Class(class) => Some(Set::of(class)?),
            HirKind::Literal(literal) => Set::of_literal(&literal.0),
            _ => None,
        };
        if let Some(set) = set {
            let bounds = (min as usize, max.map_or(usize::MAX, |max| max as usize));
            return self.run(set, bounds, repetition.greedy, next);
        }
        let mut tail = match max {
            None => self.star(&repetition.sub, repetition.greedy, &next)?,
            Some(max) => {
                let mut tail = next.clone();
                for _ in 0..optional_copies(min, max)? {
                    let way = self.emit(&repetition.sub, tail)?;
                    tail = self.fork(way, &next, repetition.greedy)?;
                }
                tail
            }
        };
        for _ in 0..optional_copies(0, min)? {
            tail = self.emit(&repetition.sub, tail)?;
        }
        Some(tail)
    }

    /// `sub` any number of times.
    fn star(&mut self, sub: &Hir, greedy: bool, next: &Tail) -> Option<Tail> {
        // A body that matches nothing would go round for ever.
        if sub.properties().minimum_len().unwrap_or(0) == 0 {
            return None;
        }
        let again = self.push(Step::Match)?;
        let once = self.first_of(sub)?;
        let first = once.clone().or(&next.first);
        let back = Tail {
            pc: again,
            first: first.clone(),
        };
        let decided = once.is_disjoint(&next.first);
        let body = match sub.kind() {
            HirKind::Alternation(parts) if decided => self.body(parts, &back)?,
            HirKind::Capture(capture) if !self.kept.contains(&Some(capture.index as usize)) => {
                match capture.sub.kind() {
                    HirKind::Alternation(parts) if decided => self.body(parts, &back)?,
                    _ => self.emit(sub, back)?,
                }
            }
            _ => self.emit(sub, back)?,
        };
        let step = if decided {
            Step::Choose(once.bytes, body.pc, next.pc)
        } else if greedy {
            Step::Either(body.pc, next.pc)
        } else {
            Step::Either(next.pc, body.pc)
        };
        *self.steps.get_mut(again)? = step;
        Some(Tail { pc: again, first })
    }

    /// Alternatives of a loop whose end is certain: of those that no other begins like, whole runs are one step.
    fn body(&mut self, parts: &[Hir], back: &Tail) -> Option<Tail> {
        let mut firsts = Vec::new();
        for part in parts {
            firsts.push(self.first_of(part)?);
        }
        let alone = |at: usize| {
            let others = firsts.iter().enumerate().filter(|(other, _)| *other != at);
            let own = firsts.get(at);
            own.is_some_and(|own| others.into_iter().all(|(_, other)| own.is_disjoint(other)))
        };
        let mut ways = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            ways.push(match part.kind() {
                HirKind::Class(class) if alone(at) => {
                    let run = Run {
                        set: Set::of(class)?,
                        min: 1,
                        max: usize::MAX,
                        effort: Effort::All,
                        follow: back.first.clone(),
                        next: back.pc,
                    };
                    let first = run.set.first();
                    self.tail(Step::Run(Box::new(run)), first)?
                }
                _ => self.emit(part, back.clone())?,
            });
        }
        let mut ways = ways.into_iter().rev();
        let mut chosen = ways.next()?;
        for way in ways {
            chosen = self.fork(way, &chosen, true)?;
        }
        Some(chosen)
    }

    /// What a text of `hir`, which is never empty, may begin with.
    fn first_of(&mut self, hir: &Hir) -> Option<First> {
        let steps = self.steps.len();
        let nowhere = Tail {
            pc: 0,
            first: First::nothing(),
        };
        let first = self.emit(hir, nowhere)?.first;
        self.steps.truncate(steps);
        Some(first)
    }

    fn run(
        &mut self,
        set: Set,
        (min, max): (usize, usize),
        greedy: bool,
        next: Tail,
    ) -> Option<Tail> {
        let first = if min == 0 {
            set.first().or(&next.first)
        } else {
            set.first()
        };
        if min == 0 && next.pc == 0 {
            // Nobody asks how far the match reaches.
            return Some(next);
        }
        let decided = min == max || set.first().is_disjoint(&next.first);
        let effort = if decided || greedy && next.first.always {
            Effort::All
        } else if greedy {
            Effort::Most
        } else {
            Effort::Least
        };
        let run = Run {
            set,
            min,
            max,
            effort,
            follow: next.first,
            next: next.pc,
        };
        let first = First {
            always: min == 0 && first.always,
            ..first
        };
        self.tail(Step::Run(Box::new(run)), first)
    }
}

fn optional_copies(min: u32, max: u32) -> Option<u32> {
    max.checked_sub(min).filter(|copies| *copies <= MOST_COPIES)
}
