//! Templates that are known, and which of them a message is of.
//!
//! Templates with places for anything are found by sums of numbers, one for each piece at its place, in which anything is
//! nothing: what a message's pieces add up to without those at some places is that of the template that lets anything pass
//! there.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::template::{ANY, REST};

/// A place in the list of whoever keeps the templates.
pub(super) type Place = u32;

/// Shapes of templates with [`ANY`] that are tried; more are not found by messages, only by their own text.
const MOST_SHAPES: usize = 256;

/// Pieces beyond this many are not compared with templates that hold [`ANY`].
pub(super) const MOST_PIECES: usize = 64;

/// A template that says so few pieces and [`REST`] takes in whatever begins with those, before any other.
pub(super) const SHORT_HEAD: usize = 4;

/// Finds templates by a message's own template.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    by_text: FxHashMap<u64, Place>,
    /// Those with [`ANY`] or [`REST`], by the sum of their pieces.
    by_pieces: FxHashMap<u64, Place>,
    /// Which pieces may be anything, in bit `n` for the `n`th, by how many pieces there are.
    shapes: Vec<Vec<u64>>,
    /// The same of those that end with [`REST`], by how many pieces stand before it.
    heads: Vec<Vec<u64>>,
    count: usize,
}

impl Known {
    /// Takes note of a template.
    pub(super) fn insert(&mut self, template: &[u8], place: Place) {
        self.by_text.insert(hash(template), place);
    }

    /// Takes note of a template that stands for messages whose own is another.
    pub(super) fn insert_wide(&mut self, template: &[u8], place: Place) {
        self.insert(template, place);
        let (mut any, mut sum, mut len, mut open) = (0, 0_u64, 0, false);
        for piece in pieces(template) {
            open = piece == REST.as_bytes();
            if len < MOST_PIECES {
                any |= u64::from(piece == ANY.as_bytes()) << len;
            }
            if !open {
                sum = sum.wrapping_add(placed(piece, len));
                len += 1;
            }
        }
        if len > MOST_PIECES {
            return;
        }
        let (shapes, key) = match open {
            true => (&mut self.heads, of_head(sum, len)),
            false => (&mut self.shapes, of_whole(sum, len)),
        };
        if shapes.len() <= len {
            shapes.resize_with(len + 1, Vec::new);
        }
        let Some(shapes) = shapes.get_mut(len) else {
            return;
        };
        if !shapes.contains(&any) {
            if self.count >= MOST_SHAPES {
                return;
            }
            self.count += 1;
            shapes.push(any);
            shapes.sort_unstable();
        }
        self.by_pieces.insert(key, place);
    }

    /// The template that this one is of: one that takes in all that begin alike, the same, or one that lets more pass.
    pub(super) fn find(&self, template: &[u8]) -> Option<Place> {
        if self.by_pieces.is_empty() {
            return self.find_same(template);
        }
        let short = self.find_short(template);
        short
            .or_else(|| self.find_same(template))
            .or_else(|| self.find_longer(template))
    }

    /// The same template.
    pub(super) fn find_same(&self, template: &[u8]) -> Option<Place> {
        self.by_text.get(&hash(template)).copied()
    }

    /// A template with places for anything that this one is of.
    pub(super) fn find_wide(&self, template: &[u8]) -> Option<Place> {
        let short = self.find_short(template);
        short.or_else(|| self.find_longer(template))
    }

    /// The one that takes in all that begin alike.
    fn find_short(&self, template: &[u8]) -> Option<Place> {
        let mut beginning = self.beginning()?;
        let mut pieces = pieces(template).peekable();
        while let Some(piece) = pieces.next() {
            pieces.peek()?;
            if let Some(place) = beginning.next(piece) {
                return Some(place);
            }
            if beginning.is_over() {
                break;
            }
        }
        None
    }

    /// What finds templates that take in all that begin alike; `None` where there are none.
    pub(super) fn beginning(&self) -> Option<Beginning<'_>> {
        let mut last = self.heads.iter().take(SHORT_HEAD + 1);
        let last = last.rposition(|shapes| !shapes.is_empty())?;
        Some(Beginning {
            known: self,
            numbers: [0; SHORT_HEAD],
            sum: 0,
            len: 0,
            last,
        })
    }

    /// One of as many pieces, or else one that says more than a few and takes in what goes on like that.
    fn find_longer(&self, template: &[u8]) -> Option<Place> {
        let (mut numbers, mut len, mut sum) = ([0; MOST_PIECES], 0, 0_u64);
        for piece in pieces(template) {
            if let Some(number) = numbers.get_mut(len) {
                *number = placed(piece, len);
                sum = sum.wrapping_add(*number);
            }
            len += 1;
        }
        let whole = self.shapes.get(len).into_iter().flatten();
        let whole = whole.map(|any| of_whole(without(sum, &numbers, *any), len));
        let same = whole
            .filter_map(|key| self.by_pieces.get(&key).copied())
            .next();
        same.or_else(|| {
            let heads = self.heads.iter().enumerate().skip(SHORT_HEAD + 1);
            let heads = heads.filter(|(head, shapes)| *head < len && !shapes.is_empty());
            // What says most comes first.
            heads.rev().find_map(|(head, shapes)| {
                let own = numbers.get(..head)?;
                let sum = own
                    .iter()
                    .fold(0_u64, |sum, number| sum.wrapping_add(*number));
                self.head_of(sum, own, shapes)
            })
        })
    }

    /// Another template, which has places for anything, that lets pass whatever this one does, which is at `own` if it has
    /// such places too.
    pub(super) fn find_wider(&self, template: &[u8], own: Option<Place>) -> Option<Place> {
        let (mut numbers, mut len, mut sum, mut is_open) = ([0; MOST_PIECES], 0, 0_u64, false);
        for piece in pieces(template) {
            is_open = piece == REST.as_bytes();
            if !is_open {
                *numbers.get_mut(len)? = placed(piece, len);
                sum = sum.wrapping_add(*numbers.get(len)?);
                len += 1;
            }
        }
        let longest = len + usize::from(is_open);
        let other = |key: u64| {
            let place = self.by_pieces.get(&key).copied();
            place.filter(|place| Some(*place) != own)
        };
        let heads = self.heads.iter().enumerate().take(longest);
        let head = heads.filter_map(|(head, shapes)| {
            let own = numbers.get(..head)?;
            let sum = own
                .iter()
                .fold(0_u64, |sum, number| sum.wrapping_add(*number));
            let mut keys = shapes
                .iter()
                .map(|any| of_head(without(sum, own, *any), head));
            keys.find_map(other)
        });
        let shapes = self.shapes.get(len).filter(|_| !is_open);
        let mut keys =
            { shapes.into_iter().flatten() }.map(|any| of_whole(without(sum, &numbers, *any), len));
        { head }.next().or_else(|| keys.find_map(other))
    }

    /// The one that takes in what begins with these pieces.
    fn head_of(&self, sum: u64, numbers: &[u64], shapes: &[u64]) -> Option<Place> {
        let keys = shapes
            .iter()
            .map(|any| of_head(without(sum, numbers, *any), numbers.len()));
        keys.filter_map(|key| self.by_pieces.get(&key).copied())
            .next()
    }

    /// Makes a message's template find its way at once next time.
    pub(super) fn remember(&mut self, template: &[u8], place: Place, most: usize) {
        if self.by_text.len() < most {
            self.by_text.insert(hash(template), place);
        }
    }
}

/// The first pieces of a template, one after the other.
#[derive(Debug)]
pub(super) struct Beginning<'a> {
    known: &'a Known,
    numbers: [u64; SHORT_HEAD],
    sum: u64,
    len: usize,
    /// No template says more pieces than that.
    last: usize,
}

impl Beginning<'_> {
    /// The template that takes in all that go on behind this piece, if there is one.
    pub(super) fn next(&mut self, piece: &[u8]) -> Option<Place> {
        let number = self.numbers.get_mut(self.len)?;
        *number = placed(piece, self.len);
        self.sum = self.sum.wrapping_add(*number);
        self.len += 1;
        let shapes = self.known.heads.get(self.len)?;
        let own = self.numbers.get(..self.len)?;
        self.known.head_of(self.sum, own, shapes)
    }

    /// Whether no further piece can tell anything.
    pub(super) fn is_over(&self) -> bool {
        self.len >= self.last
    }
}

/// Whether a template has places for anything.
pub(super) fn is_wide(template: &[u8]) -> bool {
    pieces(template).any(|piece| piece == ANY.as_bytes() || piece == REST.as_bytes())
}

/// What stands between blanks.
pub(super) fn pieces(template: &[u8]) -> impl Iterator<Item = &[u8]> {
    template.split(|byte| *byte == b' ')
}

/// The same for the same bytes in every run of the program.
#[inline]
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

/// Spreads small numbers over all bits.
const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;

/// A piece at a place, so that sums of such numbers tell templates apart; nothing for [`ANY`].
#[inline]
pub(super) fn placed(piece: &[u8], at: usize) -> u64 {
    if piece == ANY.as_bytes() {
        return 0;
    }
    let mixed = hash(piece) ^ (at as u64 + 1).wrapping_mul(PRIME);
    let mixed = (mixed ^ mixed >> 32).wrapping_mul(PRIME);
    mixed ^ mixed >> 29
}

/// By what a template of so many pieces is found.
pub(super) fn of_whole(sum: u64, len: usize) -> u64 {
    sum.wrapping_add((len as u64).wrapping_mul(PRIME))
}

/// By what a template is found that goes on behind so many.
fn of_head(sum: u64, len: usize) -> u64 {
    of_whole(sum, len).wrapping_add(PRIME.rotate_left(32))
}

/// The sum without the pieces that may be anything.
fn without(sum: u64, numbers: &[u64], any: u64) -> u64 {
    let (mut sum, mut left) = (sum, any);
    while left != 0 {
        let number = numbers.get(left.trailing_zeros() as usize);
        sum = sum.wrapping_sub(number.copied().unwrap_or_default());
        left &= left - 1;
    }
    sum
}

#[cfg(test)]
#[path = "known_tests.rs"]
mod tests;
