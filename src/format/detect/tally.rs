//! What a format makes of the lines of a sample.

use super::super::extractor::{Extractor, Header, LevelWord};
use super::super::infer;
use super::super::plain::is_continuation;
use crate::base::level::is_known_word;
use crate::base::time::{Zone, ZoneClock};

/// Records that are taken apart to see whether the message is cut off well.
const PARSED_LINES: usize = 40;

/// What a line looks like before any format is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Indented or part of a traceback.
    Continuation,
    /// It has a time or a level where heads have them; a format that does not see a start here misses something.
    Head,
    /// Neither.
    Other,
}

/// A line of the sample that is not blank.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) text: &'a [u8],
    pub(super) kind: Kind,
}

impl<'a> Line<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        let kind = if is_continuation(text) {
            Kind::Continuation
        } else if infer::looks_like_head(text) {
            Kind::Head
        } else {
            Kind::Other
        };
        Self { text, kind }
    }
}

/// What a format made of the sample.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) lines: usize,
    pub(super) starts: usize,
    pub(super) covered: usize,
    /// Records that were taken apart, and those of them whose message begins with blanks: padding that the format
    /// does not know.
    pub(super) parsed: usize,
    pub(super) indented: usize,
    /// Lines that begin at their first column and are no starts.
    pub(super) others: usize,
    /// Lines explained, with their weights.
    pub(super) explained: f64,
    pub(super) timed: usize,
    pub(super) backwards: usize,
    pub(super) known_levels: usize,
    pub(super) custom_levels: usize,
    /// The words of the custom levels.
    words: Words,
    pub(super) loggers: usize,
    pub(super) odd_loggers: usize,
}

impl Tally {
    pub(super) fn take(extractor: &Extractor, lines: &[Line<'_>], zone: &Zone) -> Self {
        let lines_of_header = extractor.header_lines();
        if lines_of_header > 1 {
            return Self::take_blocks(extractor, lines, lines_of_header, zone);
        }
        let mut clock = ZoneClock::new(zone);
        let mut tally = Self::default();
        let mut last = i64::MIN;
        let mut open = false;
        for line in lines {
            tally.lines += 1;
            let Some(header) = extractor.header(line.text, &mut clock) else {
                let explained = match line.kind {
                    Kind::Continuation => 1.0,
                    Kind::Other if open => 0.8,
                    Kind::Other => 0.0,
                    Kind::Head => -0.4,
                };
                tally.explained += explained;
                tally.others += usize::from(line.kind != Kind::Continuation);
                tally.covered += usize::from(
                    line.kind == Kind::Continuation || (open && line.kind == Kind::Other),
                );
                continue;
            };
            tally.explained += 1.0;
            open = true;
            if tally.starts < PARSED_LINES && !matches!(extractor, Extractor::Plain(_)) {
                let parsed = extractor.parse(line.text);
                tally.parsed += 1;
                tally.indented += usize::from(parsed.message.starts_with(b"  "));
            }
            tally.starts += 1;
            tally.count(&header, &mut last);
        }
        tally
    }

    /// What a header says; `last` is the time before.
    fn count(&mut self, header: &Header<'_>, last: &mut i64) {
        if let Some(time) = header.time {
            self.timed += 1;
            self.backwards += usize::from(time < *last);
            *last = time;
        }
        match header.level {
            LevelWord::Standard(_) => self.known_levels += 1,
            LevelWord::Custom(word) => {
                self.custom_levels += 1;
                self.words.add(word);
            }
            LevelWord::Numbered(..) => self.custom_levels += 1,
            LevelWord::None => {}
        }
        if let Some(logger) = &header.logger {
            self.loggers += 1;
            let is_level = header.level == LevelWord::None && is_known_word(logger);
            self.odd_loggers += usize::from(is_level || !plausible_logger(logger));
        }
    }

    /// The same for headers of so many lines: each counts as explained.
    fn take_blocks(extractor: &Extractor, lines: &[Line<'_>], header: usize, zone: &Zone) -> Self {
        let mut clock = ZoneClock::new(zone);
        let (mut tally, mut last) = (Self::default(), i64::MIN);
        let texts: Vec<&[u8]> = lines.iter().map(|line| line.text).collect();
        let text = texts.concat();
        let (mut at, mut below) = (0, usize::MAX);
        for line in lines {
            let rest = text.get(at..).unwrap_or_default();
            at += line.text.len();
            tally.lines += 1;
            // Enough of what follows for the header, no matter where the record ends.
            let starts = extractor.is_start(line.text);
            let block = starts.then(|| head_of(rest, header));
            match block.and_then(|block| extractor.header_of_line(block, &mut clock)) {
                Some(header) => {
                    tally.starts += 1;
                    tally.explained += 1.0;
                    tally.count(&header, &mut last);
                    below = 1;
                }
                None if below < header => {
                    tally.explained += 1.0;
                    tally.covered += 1;
                    below += 1;
                }
                None => {
                    let in_record = below < usize::MAX;
                    tally.explained += if in_record { 0.9 } else { 0.0 };
                    tally.covered += usize::from(in_record);
                    tally.others += usize::from(line.kind == Kind::Head);
                }
            }
        }
        tally
    }
}

/// So many different levels of its own no log has.
const MANY_WORDS: usize = 6;

/// What stands where levels that nobody knows would stand.
#[derive(Default)]
struct Words {
    /// The first of the different ones, as many as tell.
    seen: Vec<Vec<u8>>,
    count: usize,
    /// Those that are no names of levels by their letters: `Starting`, `10.0.0.1`.
    odd: usize,
    /// Those that are levels in Korean.
    korean: usize,
}

impl Words {
    fn add(&mut self, word: &[u8]) {
        if infer::is_korean_level(word) {
            self.korean += 1;
            return;
        }
        self.count += 1;
        let named = !word.first().is_some_and(u8::is_ascii_digit)
            && !word.iter().any(u8::is_ascii_lowercase);
        self.odd += usize::from(!named);
        if self.seen.len() < MANY_WORDS && !self.seen.iter().any(|seen| seen == word) {
            self.seen.push(word.to_vec());
        }
    }
}

impl Tally {
    /// Whether the words in the place of the level are those that messages begin with: nearly each is another, or there
    /// is no level among them that anybody knows.
    pub(super) fn levels_are_words(&self) -> bool {
        let Words {
            seen, count, odd, ..
        } = &self.words;
        let known = self.known_levels + self.words.korean;
        if known == 0 {
            return *odd > 0 || seen.len() * 3 > *count;
        }
        *odd > known && seen.len() == MANY_WORDS
    }
}

/// The first `count` lines of a text and the one behind them.
fn head_of(text: &[u8], count: usize) -> &[u8] {
    let mut feeds = memchr::memchr_iter(b'\n', text);
    let end = feeds.nth(count).map_or(text.len(), |feed| feed + 1);
    text.get(..end).unwrap_or(text)
}

/// A logger's name is short and has no blanks; dotted paths, class names and program names are. `4021:MainThread` is a
/// process and a thread.
fn plausible_logger(name: &[u8]) -> bool {
    let name = name.strip_suffix(b" *64").unwrap_or(name); // a program of 64 bits, in Proxifier's words
    let digits = name.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (1..=100).contains(&name.len())
        && !(digits > 0 && name.get(digits) == Some(&b':'))
        && !name
            .iter()
            .any(|b| matches!(b, b' ' | b'\t' | b'"' | b'=' | b'{' | b'|'))
        && name
            .iter()
            .any(|b| b.is_ascii_alphabetic() || !b.is_ascii())
}
