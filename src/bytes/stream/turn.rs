//! Turning to other files: in which order they follow, and what takes over what was cut.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use super::piece::Piece;
use super::sort::{begins, copies_of_present};
use super::{Look, Part, Stream, TORN_GRACE, Turn, TurnReason, into_io};
use crate::bytes::chase::{Found, Known, Picture, older, picture};
use crate::bytes::disk::{Facts, OpenFile};
use crate::bytes::identity::{FileId, Fingerprint};
use crate::bytes::{ByteSource, ReadError};

/// A part of the stream that is complete.
#[derive(Clone, Copy)]
struct Ended {
    /// At this byte of its file.
    at: u64,
    /// With a line.
    whole: bool,
}

impl Stream {
    /// Goes on in the files that came.
    pub(super) fn turn(&mut self, reason: TurnReason, now: Instant) -> Look {
        let mut here = match self.picture() {
            Ok(Some(here)) => here,
            // In the middle of a rotation: the next look sees what became of it.
            Ok(None) => return Look::Same,
            Err(error) => return Look::Gone(error),
        };
        if here.pending {
            // It may come before what is there.
            return Look::Same;
        }
        if reason != TurnReason::Rotated {
            // A copy was complete before the file was cut, if perhaps not yet when it was opened.
            here.renew();
        }
        // A writer may still be at the last line of a file that was rotated.
        let since = *self.torn.get_or_insert(now);
        let patient = now.saturating_duration_since(since) < TORN_GRACE;
        match self.turn_to(reason, &here, patient) {
            Ok(Some(turn)) => {
                self.torn = None;
                self.turned = Some(now);
                self.take_late(now);
                Look::Turned(turn)
            }
            Ok(None) => Look::Same,
            Err(error) => Look::Failing(into_io(error)),
        }
    }

    /// The file was empty and was written to: it may have had other content in between, of which there is a copy.
    pub(super) fn catch_up_with_copies(&mut self, before: Facts, now: Instant) -> Look {
        match self.picture() {
            Ok(Some(here)) if here.pending => {
                // To be asked again.
                self.seen = before;
                Look::Same
            }
            Ok(Some(here))
                if self.is_at_path(&here)
                    && !self
                        .unread(&here, &copies_of_present(&here), true)
                        .is_empty() =>
            {
                self.seen.len = 0;
                // Nothing was lost of which there had to be a copy.
                if let Ok(empty) = Fingerprint::take(&*self.current, 0) {
                    self.print = empty;
                }
                self.turn(TurnReason::Truncated, now)
            }
            Ok(_) | Err(_) => Look::Same,
        }
    }

    /// What there is now; what took the name and was deleted at once is held, and so is still there.
    pub(super) fn picture(&mut self) -> io::Result<Option<Picture>> {
        let taken = picture(&*self.disk, &self.path, &self.places, &mut self.heard)?;
        let Some(mut here) = taken else {
            return Ok(None);
        };
        self.add_packed(&mut here);
        if let Some(mut next) = self.next.take() {
            next.facts = next.file.facts()?;
            let is_there = here.files().any(|found| found.facts.id == next.facts.id);
            // What goes on with all that it had stands for it.
            if !is_there && !here.files().any(|found| begins(&*found.file, &next)) {
                here.beside.push(next.clone());
                here.beside.sort_by(older);
                self.next = Some(next);
            }
        }
        Ok(Some(here))
    }

    /// Everything that can fail comes before anything is changed. `None` where there is nothing to turn to yet.
    fn turn_to(
        &mut self,
        reason: TurnReason,
        here: &Picture,
        patient: bool,
    ) -> Result<Option<Turn>, ReadError> {
        let cut = reason != TurnReason::Rotated;
        let facts = self.current.facts()?;
        if !cut && facts.len > self.seen.len {
            // The last lines before it was rotated.
            self.see(facts)?;
        }
        let next = here
            .at_path
            .as_ref()
            .filter(|next| next.facts.id != facts.id);
        if !cut && next.is_none() {
            return Ok(None);
        }
        // Judged once: a copy that is being made is one of a truncated file a moment later.
        let copies = copies_of_present(here);
        let mut unread = self.unread(here, &copies, cut);
        let is_present =
            |found: &Found| found.facts.len == facts.len && begins(&*self.current, found);
        let (mut copy, mut repeated) = (None, copies.clone());
        if cut {
            copy = self.take_copy(&mut unread);
            // What is in the file now may have been compressed or copied already.
            let present = unread.extract_if(.., |found| is_present(found));
            repeated.extend(present.map(|found| found.facts.id));
        }
        let mut turn = Turn {
            reason,
            keep: u64::MAX,
            at: 0,
            on_the_way: copy
                .iter()
                .chain(&unread)
                .map(|found| found.path.clone())
                .collect(),
            gone: 0,
            gap: !cut && !facts.linked && !self.is_put_aside(here),
        };
        // What the current file adds to the stream goes so far.
        let len = if cut { facts.len } else { self.seen.len };
        let mut pieces = Vec::new();
        for found in &unread {
            pieces.push(self.piece(found.clone(), len)?);
        }
        if cut {
            let (path, file) = (self.path.clone(), self.current.clone());
            let found = Found { path, file, facts };
            let mut piece = match &copy {
                Some(copy) if is_present(copy) => self.piece_from(found, facts.len)?,
                Some(_) | None => self.fresh(found)?,
            };
            piece.joins = pieces.is_empty() && copy.is_some();
            // Where it lies among the others is told by when it was written; if it is at its path, it is the last.
            let later = |other: &Piece| other.found.facts.modified > facts.modified;
            let at = next.and_then(|_| pieces.iter().position(later));
            pieces.insert(at.unwrap_or(pieces.len()), piece);
        }
        if let Some(next) = next {
            pieces.push(self.piece(next.clone(), len)?);
        }
        let left_whole = cut || self.ends_line(self.seen.len)?;
        let torn = |pieces: &[Piece]| {
            pieces
                .split_last()
                .is_some_and(|(_, left)| left.iter().any(|piece| !piece.whole))
        };
        if patient && (!left_whole || torn(&pieces)) {
            return Ok(None);
        }
        if copies_of_present(here) != copies {
            return Ok(None);
        }
        turn.gap |= self.missed(here);
        let mut ended = match cut {
            true => self.lose(copy.as_ref(), &mut turn),
            false => Ended {
                at: self.seen.len,
                whole: left_whole,
            },
        };
        self.hold_repeats(here, &copies, cut);
        self.learn(here, &repeated, &unread);
        let mut at = None;
        for mut piece in pieces {
            piece.joins &= turn.gone == 0;
            ended = self.go_on(ended, piece);
            at.get_or_insert(self.current_start());
        }
        turn.at = at.unwrap_or(turn.keep);
        self.next = None;
        self.files += 1 + turn.on_the_way.len() as u64;
        self.gaps += u64::from(turn.gap);
        Ok(Some(turn))
    }

    /// The current file was cut: its copy takes over, as far as there is one.
    fn lose(&mut self, copy: Option<&Found>, turn: &mut Turn) -> Ended {
        let (start, skip) = self.chain.last();
        let read = self.read.max(skip);
        turn.keep = start + (read - skip);
        let raw: Arc<dyn ByteSource> = self.current.clone();
        let kept = copy.map_or(0, |copy| copy.facts.len);
        let file = copy.map(|copy| -> Arc<dyn ByteSource> { copy.file.clone() });
        let gone = read.saturating_sub(kept.max(skip));
        turn.gone = self.chain.lose(&raw, kept, file.as_ref()) + gone;
        turn.gap |= self.seen.len > kept.max(skip);
        if let Some(copy) = copy {
            let last = self.parts.len().saturating_sub(1);
            self.parts
                .insert(last, Part::new(copy.file.clone(), copy.facts.id, kept));
        }
        match copy {
            Some(copy) if kept >= read => Ended {
                at: kept,
                whole: self
                    .line_ends
                    .ends_line(&*copy.file, skip, kept)
                    .unwrap_or(true),
            },
            Some(_) | None => Ended {
                at: read,
                // Whatever it was, what stands in its place now is no line end.
                whole: read == skip || (gone == 0 && self.read_whole),
            },
        }
    }

    /// Every file that is there needs not be read again, but for those that may become copies of what is at the path or
    /// repeat what the current file has.
    fn learn(&mut self, here: &Picture, repeated: &[FileId], unread: &[Found]) {
        let settled = |found: &&Found| {
            unread.iter().all(|other| other.facts.id != found.facts.id)
                && !repeated.contains(&found.facts.id)
                && found.facts.len > 0
        };
        let beside = here.beside.iter().filter(settled);
        self.places.clone_from(&here.places);
        self.known = beside
            .filter_map(|found| Known::new(&*found.file, found.facts.len).ok())
            .collect();
    }

    /// Ends the current part and goes on with another; says where that one ends for now.
    fn go_on(&mut self, ended: Ended, piece: Piece) -> Ended {
        let Found {
            mut file, facts, ..
        } = piece.found;
        // One handle for a file, so that all parts of it are lost together when it is cut.
        if let Some(part) = self.parts.iter().find(|part| part.id == facts.id) {
            file = part.file.clone();
        }
        let (_, skip) = self.chain.last();
        let length = ended.at.saturating_sub(skip);
        let whole = ended.whole || piece.joins;
        self.append(length, whole, file.clone(), piece.skip);
        if let Some(part) = self.parts.last_mut() {
            part.end = ended.at;
        }
        self.parts.retain(|part| part.id != facts.id);
        self.parts
            .push(Part::new(file.clone(), facts.id, piece.skip));
        self.print = piece.print;
        self.read = piece.skip;
        self.read_whole = true;
        self.current = file;
        self.seen = facts;
        Ended {
            at: facts.len,
            whole: piece.whole,
        }
    }

    /// Ends the chain's last part and adds one; a line that was not ended is ended in between.
    pub(super) fn append(&self, length: u64, whole: bool, file: Arc<dyn OpenFile>, skip: u64) {
        let line_end = self.line_ends.bytes();
        if whole {
            self.chain.append(length, file, skip);
        } else {
            self.chain.end_line(length, line_end);
            self.chain.append(line_end.len() as u64, file, skip);
        }
    }
}
