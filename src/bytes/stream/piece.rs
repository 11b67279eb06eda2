//! What of a file is to be added to the stream: all of it, what came since it was left, or what it does not share with the
//! file that it was written for.

use std::sync::Arc;

use super::{Part, Stream};
use crate::bytes::ReadError;
use crate::bytes::chain::Chain;
use crate::bytes::chase::Found;
use crate::bytes::disk::OpenFile;
use crate::bytes::identity::Fingerprint;
use crate::bytes::line_ends::read;

/// A file that is the beginning of another and shorter than this may as well be one of its own.
pub(super) const TELLING: u64 = 32;

/// Bytes of two files that are compared at a time.
const COMPARED: u64 = 256 << 10;

/// Something to go on with.
pub(super) struct Piece {
    pub(super) found: Found,
    pub(super) skip: u64,
    pub(super) print: Fingerprint,
    /// Whether it ends with a line.
    pub(super) whole: bool,
    /// The bytes before it may be the beginning of its first line.
    pub(super) joins: bool,
}

impl Stream {
    /// Begins the stream, of which nothing was read yet, with other files.
    pub(super) fn put_before(&mut self, parts: Vec<Part>) -> Result<(), ReadError> {
        let Some(first) = parts.first() else {
            return Ok(());
        };
        self.chain = Arc::new(Chain::new(first.file.clone(), 0));
        let current = (self.current.clone(), self.line_ends.mark(&*self.current));
        let next = parts.iter().skip(1);
        let next = next.map(|part| (part.file.clone(), self.line_ends.mark(&*part.file)));
        for (part, (file, skip)) in parts.iter().zip(next.chain([current])) {
            let (_, before) = self.chain.last();
            let whole = self.line_ends.ends_line(&*part.file, before, part.end)?;
            self.append(part.end.saturating_sub(before), whole, file, skip);
        }
        self.read = self.chain.last().1;
        self.files += parts.len() as u64;
        self.parts.splice(0..0, parts);
        Ok(())
    }

    /// What of a file is not part of the stream yet.
    pub(super) fn piece(&self, found: Found, len: u64) -> Result<Piece, ReadError> {
        let before = self.parts.iter().find(|part| part.id == found.facts.id);
        match before.map(|part| part.end.min(found.facts.len)) {
            Some(end) => self.piece_from(found, end),
            None => match self.shared(&found, len)? {
                0 => self.fresh(found),
                shared => self.piece_from(found, shared),
            },
        }
    }

    /// How many bytes at the start of a file are those of one that was read before it and has no name any more: then it
    /// was written anew under its name. A file that is still there has its lines for itself.
    fn shared(&self, found: &Found, len: u64) -> Result<u64, ReadError> {
        let mut shared = 0;
        if !self.current.facts()?.linked {
            shared = self.shared_with(&*self.current, len, found)?;
        }
        if let Some(next) = self
            .next
            .as_ref()
            .filter(|next| next.facts.id != found.facts.id)
            && !next.file.facts()?.linked
        {
            shared = shared.max(self.shared_with(&*next.file, next.facts.len, found)?);
        }
        Ok(shared)
    }

    fn shared_with(&self, old: &dyn OpenFile, len: u64, found: &Found) -> Result<u64, ReadError> {
        let most = len.min(found.facts.len);
        let shared = common(old, &*found.file, most)?;
        let lines = self.line_ends.whole_lines(&*found.file, 0, shared)?;
        Ok(if lines >= TELLING { lines } else { 0 })
    }

    pub(super) fn fresh(&self, found: Found) -> Result<Piece, ReadError> {
        let mark = self.line_ends.mark(&*found.file);
        self.piece_from(found, mark)
    }

    /// What of a file stands behind a position.
    pub(super) fn piece_from(&self, found: Found, skip: u64) -> Result<Piece, ReadError> {
        let len = found.facts.len;
        Ok(Piece {
            skip,
            print: Fingerprint::take(&*found.file, len)?,
            whole: self.line_ends.ends_line(&*found.file, skip, len)?,
            joins: false,
            found,
        })
    }
}

/// How many bytes two files begin with in common, of the first `most`.
fn common(one: &dyn OpenFile, other: &dyn OpenFile, most: u64) -> Result<u64, ReadError> {
    let mut at = 0;
    while at < most {
        let size = (most - at).min(COMPARED);
        let (a, b) = (read(one, at, size)?, read(other, at, size)?);
        let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count() as u64;
        at += same;
        if same < size {
            break;
        }
    }
    Ok(at)
}
