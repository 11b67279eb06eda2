//! The header of a JSON object: the walk of `json_scan`, but only where time, level or logger may be.
//!
//! Keys are looked up by their first bytes where they stand, without a path; an object inside the object is walked with
//! paths only if known keys lie in it, and over the rest the same grammar runs without looking at keys.

use super::json_scan::{Strictness, Walker};
use super::known_keys::{KnownKey, look_up};
use super::pairs::Roles;

/// No known path is longer, in bytes.
pub(super) const LONGEST_PATH: usize = 32;

/// What tells time, level or logger in the object at the start of `text`, up to a defect if there is one.
#[inline]
pub(super) fn read(text: &[u8]) -> Roles<'_> {
    let mut head = Head {
        walker: Walker::new(text, Strictness::Strict),
        roles: Roles::default(),
    };
    head.object(b"", 0);
    head.roles
}

struct Head<'a> {
    walker: Walker<'a>,
    roles: Roles<'a>,
}

impl<'a> Head<'a> {
    /// An object whose members' paths begin with `prefix`.
    fn object(&mut self, prefix: &[u8], depth: usize) -> Option<()> {
        self.walker.eat(b'{')?;
        if self.walker.eat(b'}').is_some() {
            return Some(());
        }
        loop {
            let key = self.walker.key()?;
            if prefix.is_empty() {
                self.value(look_up(key), key, depth)?;
            } else {
                let mut buffer = [0; LONGEST_PATH];
                match join(&mut buffer, prefix, key) {
                    Some(path) => self.value(look_up(path), path, depth)?,
                    None => self.skip(depth)?,
                }
            }
            if self.walker.is_last()? {
                return Some(());
            }
        }
    }

    #[inline]
    fn value(&mut self, known: Option<&KnownKey>, path: &[u8], depth: usize) -> Option<()> {
        if self.walker.nests(depth)? {
            // Keys of an object without a name are those of the object around it.
            return if path.is_empty() || known.is_some_and(|known| known.opens) {
                self.object(path, depth + 1)
            } else {
                self.skip_object(depth + 1)
            };
        }
        let raw = self.walker.leaf()?;
        if let Some(known) = known
            && known.is_for_header
        {
            self.roles.offer_known(known, path, raw);
        }
        Some(())
    }

    /// A value in which nothing is of interest.
    fn skip(&mut self, depth: usize) -> Option<()> {
        if self.walker.nests(depth)? {
            self.skip_object(depth + 1)
        } else {
            self.walker.leaf().map(|_| ())
        }
    }

    fn skip_object(&mut self, depth: usize) -> Option<()> {
        self.walker.eat(b'{')?;
        loop {
            self.walker.key()?;
            self.skip(depth)?;
            if self.walker.is_last()? {
                return Some(());
            }
        }
    }
}

/// `prefix.key`, if that may be a known path.
pub(super) fn join<'b>(
    buffer: &'b mut [u8; LONGEST_PATH],
    prefix: &[u8],
    key: &[u8],
) -> Option<&'b [u8]> {
    let len = prefix.len() + 1 + key.len();
    let path = buffer.get_mut(..len)?;
    let (head, tail) = path.split_at_mut_checked(prefix.len())?;
    head.copy_from_slice(prefix);
    let (point, tail) = tail.split_first_mut()?;
    *point = b'.';
    tail.copy_from_slice(key);
    Some(path)
}

#[cfg(test)]
pub(super) mod tests;
