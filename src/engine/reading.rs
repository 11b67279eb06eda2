//! One generation of a source: a held file, the format it is read in, and the index as far as it is built.

use std::ops::Range;
use std::sync::Arc;

use super::desk::Stage;
use super::fetch::read_range;
use super::guarded::Guarded;
use super::held::{Held, Look};
use super::offer::{self, Newcomer, Offer};
use super::preferences::SharedPreferences;
use super::progress::Pace;
use super::request::FormatChoice;
use super::state::{CandidateInfo, Phase, Progress, SourceState};
use super::trouble;
use crate::base::cancel::CancelToken;
use crate::base::id::Generation;
use crate::base::level::LevelTable;
use crate::base::problem::Problem;
use crate::base::time::Zone;
use crate::bytes::encoding::Encoding;
use crate::bytes::stream::{Check, Turn};
use crate::bytes::{ByteSource, ReadError};
use crate::format::builtin::NO_TEXT;
use crate::format::detect::{Candidate, SAMPLE_BYTES, detect_with};
use crate::format::extractor::{Clock, Extractor};
use crate::format::plain::PlainFormat;
use crate::format::spec::{Format, FormatSpec, title};
use crate::index::assemble::Assembler;
use crate::index::draft::ChunkDraft;
use crate::index::scan::{CHUNK_BYTES, scan_chunk};
use crate::index::snapshot::SourceSnapshot;

/// More unread bytes than this are worth a progress bar.
const CATCH_UP_BYTES: u64 = 2 * CHUNK_BYTES;

/// So many first bytes tell one log from another.
const HEAD_BYTES: u64 = 4 << 10;

/// How the user wants the bytes to be read.
#[derive(Debug, Clone)]
pub(super) struct Choices {
    pub(super) format: FormatChoice,
    pub(super) zone: Zone,
    pub(super) encoding: Option<Encoding>,
    pub(super) preferences: SharedPreferences,
    /// What detection thought of when it was last asked.
    pub(super) candidates: Arc<[CandidateInfo]>,
}

/// Chunks to scan, and everything that scanning them takes.
pub(super) struct Plan {
    chunks: Box<dyn Iterator<Item = Range<u64>>>,
    bytes: Arc<dyn ByteSource>,
    end: u64,
    format: Arc<Format>,
    zone: Zone,
}

impl Plan {
    /// The work of scanning the next chunk.
    pub(super) fn next(
        &mut self,
    ) -> Option<impl FnOnce(&mut Vec<u8>) -> Result<ChunkDraft, ReadError> + Send + 'static> {
        let chunk = self.chunks.next()?;
        let (bytes, end) = (self.bytes.clone(), self.end);
        let (format, zone) = (self.format.clone(), self.zone);
        Some(move |buffer: &mut Vec<u8>| {
            scan_chunk(&*bytes, chunk, end, &format.extractor, &zone, buffer)
        })
    }
}

/// The outcome of choosing a format.
struct Chosen {
    format: Arc<Format>,
    detected: bool,
    candidates: Arc<[CandidateInfo]>,
    /// The format asked for could not be used.
    complaint: Option<Problem>,
}

/// A generation being read.
#[derive(Debug)]
pub(super) struct Reading {
    held: Held,
    ended: CancelToken,
    bytes: Arc<dyn ByteSource>,
    format: Arc<Format>,
    detected: bool,
    candidates: Arc<[CandidateInfo]>,
    zone: Zone,
    assembler: Assembler,
    /// The assembler as of the last time that the files were known to be those that were read. Nothing else is shown.
    sure: Assembler,
    /// What `sure` has.
    snapshot: SourceSnapshot,
    pace: Pace,
    catching_up: bool,
    /// The format was chosen from so little that it is chosen again when so many bytes are there.
    choose_again_at: Option<u64>,
    newcomer: Newcomer,
    head: Arc<[u8]>,
}

impl Reading {
    /// Looks at the start of the file and chooses how to read it.
    pub(super) fn start(
        held: Held,
        generation: Generation,
        choices: &Choices,
        before: Option<Arc<Format>>,
    ) -> Result<(Self, Option<Problem>), Problem> {
        let sample = held.sample().map_err(|error| trouble::unreadable(&error))?;
        let chosen = choose(&sample, choices, before);
        let ended = CancelToken::default();
        let bytes = Arc::new(Guarded::new(held.text(), ended.clone()));
        let clock = chosen.format.extractor.clock();
        let written = held.modified();
        let choose_again_at = (chosen.detected && held.text_len() < SAMPLE_BYTES)
            .then(|| sample.len() as u64 * 2 + 1);
        let ranks = choices.preferences.get().level_ranks.clone();
        let assembler = Assembler::new(generation, clock, choices.zone, written)
            .with_levels(LevelTable::with_ranks(ranks));
        let reading = Self {
            sure: assembler.clone(),
            assembler,
            snapshot: SourceSnapshot::empty(generation),
            held,
            ended,
            bytes,
            format: chosen.format,
            detected: chosen.detected,
            candidates: chosen.candidates,
            zone: choices.zone,
            pace: Pace::start(0),
            catching_up: true,
            choose_again_at,
            newcomer: Newcomer::default(),
            head: Arc::default(),
        };
        Ok((reading, chosen.complaint))
    }

    /// Makes every read of this generation stale.
    pub(super) fn end(&self) {
        self.ended.cancel();
    }

    pub(super) fn held(&self) -> &Held {
        &self.held
    }

    pub(super) fn format(&self) -> Arc<Format> {
        self.format.clone()
    }

    /// Asks detection what else the file might be, if nobody did; whether there is news.
    pub(super) fn recognise(&mut self, choices: &Choices) -> bool {
        if !self.candidates.is_empty() {
            return false;
        }
        let Ok(sample) = self.held.sample() else {
            return false;
        };
        if sample.is_empty() {
            return false;
        }
        let own = choices.preferences.get();
        let found = detect_with(&sample, &self.zone, &own.formats);
        self.candidates = found.iter().map(info).collect();
        true
    }

    pub(super) fn candidates(&self) -> Arc<[CandidateInfo]> {
        self.candidates.clone()
    }

    pub(super) fn has_unread(&self) -> bool {
        self.assembler.next_chunk(self.held.text_len()).is_some()
    }

    pub(super) fn is_catching_up(&self) -> bool {
        self.catching_up
    }

    /// As of the last `verify`.
    pub(super) fn progress(&self) -> Progress {
        let (done, total) = (self.snapshot.indexed_bytes, self.held.text_goal());
        self.pace.progress(done, total, self.snapshot.len())
    }

    /// Compares the held file with what is at the path, and takes note of its present length. Where the stream turned,
    /// what is not sure is read anew.
    pub(super) fn look(&mut self) -> Look {
        let found = self.held.look();
        if let Look::Turned(turn) = &found {
            self.assembler = self.sure.clone();
            self.newcomer.begins(turn.at);
        }
        found
    }

    /// What is unread now; what the file grows by meanwhile is for the next time.
    pub(super) fn begin(&mut self) -> Plan {
        let end = self.held.text_len();
        let indexed = self.assembler.indexed_bytes();
        if end.saturating_sub(indexed) > CATCH_UP_BYTES {
            self.pace = Pace::start(indexed);
            self.catching_up = true;
        }
        Plan {
            chunks: Box::new(self.assembler.pending(end)),
            // The unguarded bytes: what the old descriptor still has is read to its end.
            bytes: self.held.text(),
            end,
            format: self.format.clone(),
            zone: self.zone,
        }
    }

    pub(super) fn push(&mut self, draft: ChunkDraft) {
        self.assembler.push(draft);
    }

    /// Bytes of the text that are read.
    pub(super) fn indexed(&self) -> u64 {
        self.assembler.indexed_bytes()
    }

    /// The index as far as it is sure.
    pub(super) fn snapshot(&self) -> &SourceSnapshot {
        &self.snapshot
    }

    /// Makes sure that what was read are the bytes of the stream, and then has it shown.
    pub(super) fn verify(&mut self) {
        let check = self.held.remember(self.assembler.indexed_bytes());
        if check == Check::Changed {
            return;
        }
        self.snapshot = self.assembler.snapshot();
        self.held.find_seams(&self.snapshot);
        if check == Check::Settled {
            self.assembler.seal();
        }
        self.sure = self.assembler.clone();
    }

    /// Keeps the rows whose bytes a turn found to be gone. Whether that can be done.
    pub(super) fn keep_gone(&mut self, turn: &Turn) -> bool {
        let sure = self.held.in_files(self.sure.indexed_bytes());
        let keeps = sure.is_ok_and(|sure| sure == turn.keep);
        if keeps {
            self.sure.seal();
            self.assembler = self.sure.clone();
        }
        keeps
    }

    /// Everything that is there is read.
    pub(super) fn finish(&mut self) {
        self.catching_up = false;
        self.verify();
    }

    /// Whether another format fits clearly better now that there is more to judge by. Asked when the file has doubled
    /// since the choice, and no more once the sample is full: a choice must not wander for hours.
    pub(super) fn reads_better_otherwise(&mut self, choices: &Choices) -> bool {
        let indexed = self.snapshot.indexed_bytes;
        if !matches!(choices.format, FormatChoice::Detect)
            || self.choose_again_at.is_none_or(|at| indexed < at)
        {
            return false;
        }
        self.choose_again_at = (indexed < SAMPLE_BYTES).then_some(indexed * 2);
        let Ok(sample) = self.held.sample() else {
            return false;
        };
        let chosen = choose(&sample, choices, Some(self.format.clone()));
        chosen.format.spec != self.format.spec
    }

    /// Whether another encoding was recognised, in a file that had only ASCII so far.
    pub(super) fn reads_otherwise_now(&mut self) -> bool {
        self.held.is_told_now()
    }

    /// The content starts anew.
    pub(super) fn begins_anew(&mut self) {
        self.newcomer.begins(0);
    }

    /// What could be read otherwise since something was added.
    pub(super) fn offer(&mut self, choices: &Choices) -> Option<(Problem, Offer)> {
        let own = choices.preferences.get();
        let format = self
            .newcomer
            .judge(&self.held, &self.format, &self.zone, &own.formats);
        format.or_else(|| self.held.is_mixed_with().map(offer::encoding))
    }

    /// Reads the first bytes while there are more of them than before.
    pub(super) fn read_head(&mut self) {
        let wanted = self.snapshot.indexed_bytes.min(HEAD_BYTES);
        let mut bytes = Vec::new();
        if self.head.len() as u64 != wanted
            && read_range(&*self.bytes, &(0..wanted), &mut bytes).is_ok()
        {
            self.head = bytes.into();
        }
    }

    /// The state as the window sees it, as of the last `verify`.
    pub(super) fn state(&self, phase: Phase) -> SourceState {
        SourceState {
            snapshot: self.snapshot.clone(),
            phase,
            format: self.format.clone(),
            format_was_detected: self.detected,
            candidates: self.candidates.clone(),
            zone: self.zone,
            encoding: self.held.encoding(),
            encoding_was_detected: self.held.encoding_was_detected(),
            file_len: self.held.file_len(),
            files: self.held.files(),
            gaps: self.held.gaps(),
            seams: self.held.seams(),
            head: self.head.clone(),
            feed: None,
        }
    }

    /// The state as the other workers see it.
    pub(super) fn stage(&self, state: &SourceState) -> Stage {
        Stage {
            snapshot: state.snapshot.clone(),
            bytes: self.bytes.clone(),
            format: self.format.clone(),
            zone: self.zone,
            catching_up: matches!(state.phase, Phase::Opening | Phase::Indexing(_)),
        }
    }
}

/// The state of a source that was never opened.
pub(super) fn unopened(generation: Generation, choices: &Choices, phase: Phase) -> SourceState {
    SourceState {
        snapshot: SourceSnapshot::empty(generation),
        phase,
        format: Arc::new(plain()),
        format_was_detected: false,
        candidates: Arc::default(),
        zone: choices.zone,
        encoding: choices.encoding.unwrap_or_default(),
        encoding_was_detected: choices.encoding.is_none(),
        file_len: 0,
        files: 0,
        gaps: 0,
        seams: Arc::default(),
        head: Arc::default(),
        feed: None,
    }
}

/// Lines as they come: needs no compiling and cannot fail.
pub(super) fn plain() -> Format {
    let spec = FormatSpec::builtin("plain");
    Format {
        name: title(&spec),
        spec,
        extractor: Arc::new(Extractor::Plain(Arc::new(PlainFormat::new(Clock::None)))),
    }
}

fn choose(sample: &[u8], choices: &Choices, before: Option<Arc<Format>>) -> Chosen {
    let mut complaint = None;
    if let FormatChoice::Spec(spec) = &choices.format {
        match Format::compile(spec) {
            Ok(format) => {
                return Chosen {
                    format: Arc::new(format.fitted(sample)),
                    detected: false,
                    candidates: choices.candidates.clone(),
                    complaint: None,
                };
            }
            Err(error) => complaint = Some(trouble::bad_format(spec, &error)),
        }
    }
    let candidates = detect_with(sample, &choices.zone, &choices.preferences.get().formats);
    let format = match &before {
        Some(before) if still_fits(before, sample, &candidates) => Arc::clone(before),
        _ => candidates.first().map_or_else(
            || Arc::new(plain()),
            |best| Arc::new(best.format.clone().fitted(sample)),
        ),
    };
    let is_known = before.is_some_and(|before| before.spec == format.spec);
    if format.spec == FormatSpec::builtin(NO_TEXT) && !is_known {
        complaint = complaint.or_else(|| Some(trouble::no_text()));
    }
    Chosen {
        format,
        detected: true,
        candidates: candidates.iter().map(info).collect(),
        complaint,
    }
}

/// Whether a format need not be given up for the best candidate.
fn still_fits(format: &Format, sample: &[u8], candidates: &[Candidate]) -> bool {
    // One line that is not complete says nothing.
    if !sample.contains(&b'\n') {
        return true;
    }
    let plain = matches!(&*format.extractor, Extractor::Plain(_));
    candidates.iter().enumerate().any(|(place, candidate)| {
        candidate.format.spec == format.spec
            && (place == 0 || (!plain && candidate.matched * 2 >= candidate.lines))
    })
}

fn info(candidate: &Candidate) -> CandidateInfo {
    CandidateInfo {
        name: candidate.format.name.clone(),
        spec: candidate.format.spec.clone(),
        lines: candidate.lines,
        matched: candidate.matched,
        reason: candidate.reason.clone(),
    }
}
