//! Templates that are known, and which of them a message is of.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::template::{ANY, REST};

/// A place in the list of whoever keeps the templates.
pub(super) type Place = u32;

/// Shapes of templates with [`ANY`] that are tried; more are not found by messages, only by their own text.
const MOST_SHAPES: usize = 256;

/// Templates of more pieces than this hold no [`ANY`].
pub(super) const MOST_PIECES: usize = 64;

/// Finds templates by a message's own template.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    by_text: FxHashMap<u64, Place>,
    /// Those with [`ANY`] or [`REST`], by their pieces.
    by_pieces: FxHashMap<u64, Place>,
    shapes: Vec<Shape>,
    /// After how many pieces the rest may be anything, longest first.
    heads: Vec<usize>,
}

/// How many pieces, and which of them may be anything, in bit `n` for the `n`th.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    pieces: usize,
    any: u64,
}

impl Known {
    /// Takes note of a template.
    pub(super) fn insert(&mut self, template: &[u8], place: Place) {
        self.by_text.insert(hash(template), place);
        if !is_wide(template) {
            return;
        }
        let pieces: Vec<&[u8]> = pieces(template).collect();
        let Some((last, head)) = pieces.split_last() else {
            return;
        };
        let mut any = 0;
        for (at, _) in { pieces.iter().enumerate() }.filter(|(_, piece)| **piece == ANY.as_bytes())
        {
            any |= 1_u64.checked_shl(at as u32).unwrap_or(0);
        }
        if *last == REST.as_bytes() && any == 0 {
            if !self.heads.contains(&head.len()) {
                self.heads.push(head.len());
                self.heads.sort_unstable_by(|one, other| other.cmp(one));
            }
        } else {
            let shape = Shape {
                pieces: pieces.len(),
                any,
            };
            if !self.shapes.contains(&shape) {
                if self.shapes.len() >= MOST_SHAPES {
                    return;
                }
                self.shapes.push(shape);
            }
        }
        let hashes: Vec<u64> = pieces.iter().map(|piece| hash(piece)).collect();
        self.by_pieces.insert(key(&hashes), place);
    }

    /// The template that this one is of: the same, or one that lets more pass.
    pub(super) fn find(&self, template: &[u8]) -> Option<Place> {
        let same = self.by_text.get(&hash(template)).copied();
        if same.is_some() || self.by_pieces.is_empty() {
            return same;
        }
        self.find_wide(template)
    }

    /// A template with places for anything that this one is of.
    pub(super) fn find_wide(&self, template: &[u8]) -> Option<Place> {
        let mut hashes: Vec<u64> = pieces(template).map(hash).collect();
        let (any, rest) = (hash(ANY.as_bytes()), hash(REST.as_bytes()));
        for shape in self
            .shapes
            .iter()
            .filter(|shape| shape.pieces == hashes.len())
        {
            let with_any = hashes.iter().enumerate().map(|(at, hash)| {
                let is_any = at < MOST_PIECES && shape.any >> at & 1 == 1;
                if is_any { any } else { *hash }
            });
            if let Some(place) = self.by_pieces.get(&key_of(with_any)) {
                return Some(*place);
            }
        }
        for head in self.heads.iter().filter(|head| **head < hashes.len()) {
            let behind = std::mem::replace(hashes.get_mut(*head)?, rest);
            let found = self.by_pieces.get(&key(hashes.get(..=*head)?));
            if let Some(place) = found {
                return Some(*place);
            }
            *hashes.get_mut(*head)? = behind;
        }
        None
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

/// One number for several hashes in order.
pub(super) fn key(hashes: &[u64]) -> u64 {
    key_of(hashes.iter().copied())
}

/// As [`key`].
pub(super) fn key_of(hashes: impl Iterator<Item = u64>) -> u64 {
    let mut hasher = FxHasher::default();
    for hash in hashes {
        hasher.write_u64(hash);
    }
    hasher.finish()
}
