//! Characters at fixed places, eight at a time: `\d{4}-\d\d-\d\d` and the like.

use regex_syntax::hir::{Hir, HirKind};

use super::program::{Pc, Set};
use crate::format::swar::{HIGH, ONES, mask};

/// Fewer characters than this are matched one by one.
const FEW: usize = 4;
/// Longest repetition that is written out.
const LONGEST: u32 = 16;

/// ASCII characters of one set for each place.
#[derive(Debug, Clone)]
pub(super) struct Fixed {
    blocks: Box<[Block]>,
    len: usize,
    /// Places whose set is no range.
    gaps: Box<[(usize, Set)]>,
    /// Where to go on behind the characters.
    pub next: Pc,
    /// The same characters one by one: where they might not be ASCII, and at the end of the text.
    pub slow: Pc,
}

/// Eight places with their ranges, as what carries into the highest bit if added to a byte.
#[derive(Debug, Clone)]
struct Block {
    from_first: u64,
    behind_last: u64,
    /// The highest bits of the places that count.
    places: u64,
}

/// What a look at fixed places says.
pub(super) enum Look {
    /// The characters are there, and end here.
    End(usize),
    Mismatch,
    Unsure,
}

impl Fixed {
    /// `None` for too few places, or if one has no ASCII character.
    pub(super) fn new(sets: &[Set], next: Pc, slow: Pc) -> Option<Self> {
        let mut blocks = Vec::new();
        let mut gaps = Vec::new();
        for (block, places) in sets.chunks(8).enumerate() {
            let (mut first, mut last) = ([0; 8], [0x7f; 8]);
            for (at, set) in places.iter().enumerate() {
                let (low, high, is_range) = set.ascii_range()?;
                (*first.get_mut(at)?, *last.get_mut(at)?) = (low, high);
                if !is_range {
                    gaps.push((block * 8 + at, set.clone()));
                }
            }
            blocks.push(Block {
                from_first: HIGH - u64::from_le_bytes(first),
                behind_last: HIGH - ONES - u64::from_le_bytes(last),
                places: HIGH & mask(places.len()),
            });
        }
        (sets.len() >= FEW).then(|| Self {
            blocks: blocks.into(),
            len: sets.len(),
            gaps: gaps.into(),
            next,
            slow,
        })
    }

    #[inline]
    pub(super) fn look(&self, text: &[u8], at: usize) -> Look {
        let mut rest = text.get(at..).unwrap_or_default();
        for block in &self.blocks {
            let Some((bytes, behind)) = rest.split_first_chunk::<8>() else {
                return Look::Unsure;
            };
            let bytes = u64::from_le_bytes(*bytes);
            if bytes & block.places != 0 {
                return Look::Unsure;
            }
            let low = bytes & !HIGH;
            let inside = (low + block.from_first) & !(low + block.behind_last);
            if inside & block.places != block.places {
                return Look::Mismatch;
            }
            rest = behind;
        }
        let fits = |(place, set): &(usize, Set)| set.len_at(text, at + place).is_some();
        if self.gaps.iter().all(fits) {
            Look::End(at + self.len)
        } else {
            Look::Mismatch
        }
    }
}

/// The sets of the characters that a part matches, if it is always so many and each by itself.
pub(super) fn sets(part: &Hir) -> Option<Vec<Set>> {
    match part.kind() {
        HirKind::Class(class) => Some(vec![Set::of(class)?]),
        HirKind::Literal(literal) => {
            let mut sets = Vec::new();
            for byte in &literal.0 {
                sets.push(Set::of_literal(&[*byte])?);
            }
            Some(sets)
        }
        HirKind::Repetition(repetition) => {
            let HirKind::Class(class) = repetition.sub.kind() else {
                return None;
            };
            let fixed = repetition.max == Some(repetition.min) && repetition.min <= LONGEST;
            let set = fixed.then(|| Set::of(class)).flatten()?;
            Some(vec![set; repetition.min as usize])
        }
        _ => None,
    }
}
