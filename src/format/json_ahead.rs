//! The header of a JSON object at the speed of a search: one pass over its text, which need not end with its line.
//!
//! What is read here is what `json_head` finds in an object that loggers write: keys without escapes, no white space but
//! a blank behind colons and commas, names and numbers of plain characters. Whatever else occurs, and every line feed, is
//! left to `json_head`, which stays the definition: this only makes it rare.

mod bytes;
mod levels;
mod members;

use super::anytime;
use super::extractor::{Ahead, Clock, LevelWord};
use super::field::Role;
use super::json_head::{LONGEST_PATH, join};
use super::json_scan::{MAX_DEPTH, Raw};
use super::known_keys::{KnownKey, look_up, look_up_head};
use super::pairs::Roles;
use crate::base::level::{LevelId, standard_level};
use crate::base::time::ZoneClock;
use members::{Members, is_filled, skip, value};

/// Longer objects are not read here, in bytes: the scan shows formats no more than a line's beginning, and what is read
/// in vain is read twice.
const LONGEST: usize = 16 << 10;

/// The header of the object that `text` begins with, and how long the object is; `None` if there is none or it takes
/// the whole line to tell.
#[inline]
pub(super) fn read<'a>(text: &'a [u8], zone: &mut ZoneClock) -> Option<Ahead<'a>> {
    let text = text.get(..LONGEST).unwrap_or(text);
    let mut reader = Reader {
        zone,
        roles: Roles::default(),
        time: None,
        time_rank: NOTHING,
        level: LevelId::NONE,
        level_rank: NOTHING,
    };
    let rest = reader.object(text, b"", 0)?;
    Some(Ahead {
        time: reader.time,
        level: reader.level()?,
        logger: reader.roles.logger_as_written(),
        len: text.len() - rest.len(),
    })
}

struct Reader<'a, 'z> {
    zone: &'z mut ZoneClock,
    /// The logger, a level given as a number, and what decides its scale.
    roles: Roles<'a>,
    time: Option<i64>,
    /// The rank of the key that the time is from; lower is better.
    time_rank: u8,
    /// The level given as a word.
    level: LevelId,
    level_rank: u8,
}

/// Worse than every rank: no key was there.
const NOTHING: u8 = u8::MAX;

impl<'a> Reader<'a, '_> {
    /// Reads an object whose members' paths begin with `prefix`; what follows it.
    #[inline]
    fn object(&mut self, text: &'a [u8], prefix: &[u8], depth: usize) -> Option<&'a [u8]> {
        let mut members = Members::of(text)?;
        while let Some((head, key)) = members.next()? {
            let mut buffer = [0; LONGEST_PATH];
            let (known, path) = if prefix.is_empty() {
                (look_up_head(head, key), key)
            } else {
                match join(&mut buffer, prefix, key) {
                    Some(path) => (look_up(path), path),
                    None => (None, key),
                }
            };
            members.rest = match known {
                Some(known) => self.known(known, path, members.rest, depth)?,
                None if path.is_empty() => self.nested(path, members.rest, depth)?,
                None => skip(members.rest, depth)?,
            };
        }
        Some(members.rest)
    }

    /// The value of a key that is known.
    #[inline(always)]
    fn known(
        &mut self,
        known: &KnownKey,
        path: &[u8],
        text: &'a [u8],
        depth: usize,
    ) -> Option<&'a [u8]> {
        if is_filled(text) {
            return if known.opens {
                self.nested(path, text, depth)
            } else {
                skip(text, depth)
            };
        }
        if !known.is_for_header {
            return skip(text, depth);
        }
        let (raw, escaped, rest) = value(text, depth)?;
        match known.role {
            Some((Role::Time, rank)) => self.time(path, rank, raw),
            Some((Role::Level, rank)) if let Raw::Text(word) = raw => {
                self.level_word(rank, word)?;
            }
            // Escapes are resolved for loggers only.
            Some((Role::Logger, _)) if escaped => return None,
            _ => self.roles.offer_known(known, path, raw),
        }
        Some(rest)
    }

    /// The value of a key under which others may be known.
    fn nested(&mut self, path: &[u8], text: &'a [u8], depth: usize) -> Option<&'a [u8]> {
        if is_filled(text) && depth + 1 < MAX_DEPTH {
            self.object(text, path, depth + 1)
        } else {
            skip(text, depth)
        }
    }

    #[inline(always)]
    fn time(&mut self, path: &[u8], rank: u8, value: Raw<'a>) {
        self.roles.note_time_key(path);
        let (Raw::Text(text) | Raw::Number(text)) = value else {
            return;
        };
        if rank >= self.time_rank {
            return;
        }
        if let Some(whole) = anytime::read_whole(text) {
            self.time = Some(whole.resolve(self.zone));
        } else if let Some(moment) = anytime::recognise(text.trim_ascii()) {
            let is_full = moment.clock == Clock::Full;
            self.time = is_full.then(|| moment.resolve(self.zone));
        } else {
            return;
        }
        self.time_rank = rank;
    }

    /// A level given as a word; `None` if it is no standard one, so that only the whole object tells what it is.
    #[inline(always)]
    fn level_word(&mut self, rank: u8, word: &[u8]) -> Option<()> {
        let id = levels::find(word).or_else(|| standard_level(word.trim_ascii()))?;
        if rank < self.level_rank {
            (self.level, self.level_rank) = (id, rank);
        }
        Some(())
    }

    /// How severe the object is.
    #[inline(always)]
    fn level(&self) -> Option<LevelId> {
        // Any word is better than every number.
        if self.level_rank != NOTHING {
            return Some(self.level);
        }
        match self.roles.level_word() {
            LevelWord::None => Some(LevelId::NONE),
            LevelWord::Standard(id) => Some(id),
            LevelWord::Custom(_) | LevelWord::Numbered(..) => None,
        }
    }
}

#[cfg(test)]
mod tests;
