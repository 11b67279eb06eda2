//! Templates that are known, and which of them a message is of.

use std::cmp::Reverse;
use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::template::{ANY, REST};

/// A place in the list of whoever keeps the templates.
pub(super) type Place = u32;

/// Shapes of templates with [`ANY`] that are tried; more are not found by messages, only by their own text.
const MOST_SHAPES: usize = 256;

/// Pieces beyond this many are not compared with templates that hold [`ANY`].
pub(super) const MOST_PIECES: usize = 64;

/// Finds templates by a message's own template.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    by_text: FxHashMap<u64, Place>,
    /// Those with [`ANY`] or [`REST`], by their pieces.
    by_pieces: FxHashMap<u64, Place>,
    /// Which pieces may be anything, in bit `n` for the `n`th, by how many pieces there are.
    shapes: FxHashMap<usize, Vec<u64>>,
    /// How many pieces stand before [`REST`], most first, and which of them may be anything.
    heads: Vec<(usize, u64)>,
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
        let (mut hasher, mut any, mut len, mut open) = (FxHasher::default(), 0, 0, false);
        for piece in pieces(template) {
            hasher.write_u64(hash(piece));
            open = piece == REST.as_bytes();
            if piece == ANY.as_bytes() && len < MOST_PIECES {
                any |= 1_u64 << len;
            }
            len += 1;
        }
        let is_new = match open {
            true => !self.heads.contains(&(len - 1, any)),
            false => !{ self.shapes.get(&len) }.is_some_and(|known| known.contains(&any)),
        };
        if is_new && self.count >= MOST_SHAPES {
            return;
        }
        self.by_pieces.insert(hasher.finish(), place);
        if is_new {
            self.count += 1;
            if open {
                self.heads.push((len - 1, any));
                self.heads
                    .sort_unstable_by_key(|(len, any)| (Reverse(*len), *any));
            } else {
                let shapes = self.shapes.entry(len).or_default();
                shapes.push(any);
                shapes.sort_unstable();
            }
        }
    }

    /// The template that this one is of: the same, or one that lets more pass.
    pub(super) fn find(&self, template: &[u8]) -> Option<Place> {
        let same = self.by_text.get(&hash(template)).copied();
        if same.is_some() || self.by_pieces.is_empty() {
            return same;
        }
        self.find_wide(template)
    }

    /// A template with places for anything that this one is of; the one that says most.
    pub(super) fn find_wide(&self, template: &[u8]) -> Option<Place> {
        let mut hashes = [0; MOST_PIECES];
        let mut len = 0;
        for piece in pieces(template) {
            if let Some(place) = hashes.get_mut(len) {
                *place = hash(piece);
            }
            len += 1;
        }
        let hashes = hashes.get(..len).unwrap_or(&hashes);
        let shapes = self.shapes.get(&len).filter(|_| len == hashes.len());
        let closed = shapes.into_iter().flatten();
        let anything = hash(ANY.as_bytes());
        closed
            .map(|any| pattern(hashes, *any, anything).finish())
            .find_map(|key| self.by_pieces.get(&key).copied())
            .or_else(|| self.find_head(hashes, len))
    }

    fn find_head(&self, hashes: &[u64], len: usize) -> Option<Place> {
        let (anything, rest) = (hash(ANY.as_bytes()), hash(REST.as_bytes()));
        { self.heads.iter() }
            .filter(|(head, _)| *head < len)
            .filter_map(|(head, any)| {
                let mut key = pattern(hashes.get(..*head)?, *any, anything);
                key.write_u64(rest);
                Some(key.finish())
            })
            .find_map(|key| self.by_pieces.get(&key).copied())
    }

    /// Makes a message's template find its way at once next time.
    pub(super) fn remember(&mut self, template: &[u8], place: Place, most: usize) {
        if self.by_text.len() < most {
            self.by_text.insert(hash(template), place);
        }
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

/// By what a template with these pieces, some of which may be anything, is found.
fn pattern(pieces: &[u64], any: u64, anything: u64) -> FxHasher {
    let mut hasher = FxHasher::default();
    for (at, piece) in pieces.iter().enumerate() {
        let is_any = any >> at & 1 == 1;
        hasher.write_u64(if is_any { anything } else { *piece });
    }
    hasher
}
