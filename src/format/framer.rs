//! Where records begin where single lines do not tell. A framer goes through the lines of a text one by one and remembers
//! what it needs; it never looks farther than [`REACH`], so that every place of a file is judged alike wherever reading
//! begins.

use std::ops::Range;

use super::adjusted::AdjustedFormat;
use super::appended::{Appended, continues};
use super::extractor::{Ahead, Extractor, Header, LevelWord};
use super::plain::PlainFormat;
use super::template::TemplateFramer;
use crate::base::time::ZoneClock;

/// How many bytes before a line decide whether a record starts there, and how many behind it what its header says.
pub const REACH: usize = 64 << 10;

/// A line as a framer sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame<'a> {
    /// It belongs to the record before it.
    Inside,
    /// A record starts here; its header, if the line's beginning tells all of it.
    Start(Option<Ahead<'a>>),
}

/// Goes through the lines of a text one by one.
#[derive(Debug)]
pub enum Framer<'f> {
    /// A template of several lines or with something behind the message.
    Template(TemplateFramer<'f>),
    /// Text without headers.
    Lines(LineFramer<'f>),
    /// Records whose first line tells that they start, and all their lines what their header says.
    Records(&'f Extractor),
    /// A format whose records another one finds.
    Adjusted(Box<Framer<'f>>, &'f AdjustedFormat),
}

impl Framer<'_> {
    /// Judges the line at this place of the text, which includes its line end. Lines must be given in order, and positions
    /// must be those of one text that reaches as far as [`REACH`] asks for.
    pub fn line<'a>(
        &mut self,
        text: &'a [u8],
        line: Range<usize>,
        zone: &mut ZoneClock,
    ) -> Frame<'a> {
        match self {
            Self::Template(framer) => framer.line(text, line, zone),
            Self::Lines(framer) => framer.line(text, line),
            Self::Records(extractor) => {
                if extractor.is_start(text.get(line).unwrap_or_default()) {
                    Frame::Start(None)
                } else {
                    Frame::Inside
                }
            }
            Self::Adjusted(inner, _) => match inner.line(text, line, zone) {
                Frame::Inside => Frame::Inside,
                Frame::Start(_) => Frame::Start(None),
            },
        }
    }

    /// Whether a run of NUL bytes parts records: not where a record says how many bytes of what kind follow.
    #[must_use]
    pub fn parts_padding(&self) -> bool {
        match self {
            Self::Records(extractor) => !matches!(extractor, Extractor::Export(_)),
            Self::Template(_) | Self::Lines(_) => true,
            Self::Adjusted(inner, _) => inner.parts_padding(),
        }
    }

    /// Time, level and logger of a record that starts at a line of which that was said. `record` goes from its start to
    /// its end, or as far as [`REACH`].
    pub fn header<'a>(&self, record: &'a [u8], zone: &mut ZoneClock) -> Option<Header<'a>> {
        let near = record.get(..record.len().min(REACH)).unwrap_or(record);
        match self {
            Self::Template(framer) => framer.header(near, zone),
            Self::Lines(framer) => Some(framer.header(near)),
            Self::Records(extractor) => extractor.header(near, zone),
            Self::Adjusted(inner, adjusted) => {
                let header = inner.header(near, zone)?;
                Some(adjusted.adjust(header, near, zone))
            }
        }
    }
}

/// For text without headers: every line is a record but those that a traceback or indentation joins to one.
#[derive(Debug)]
pub struct LineFramer<'f> {
    plain: Option<&'f PlainFormat>,
    /// What a traceback is at, and where its last head stands.
    state: Option<(Appended, usize)>,
}

impl<'f> LineFramer<'f> {
    /// Levels are those that the plain format finds, if one is given.
    pub(super) fn new(plain: Option<&'f PlainFormat>) -> Self {
        Self { plain, state: None }
    }

    fn line<'a>(&mut self, text: &[u8], line: Range<usize>) -> Frame<'a> {
        let at = line.start;
        let line = text.get(line).unwrap_or_default();
        if let Some((state, head)) = self.state.filter(|(_, head)| at - head <= REACH) {
            let head = Appended::head(line).map_or(head, |_| at);
            self.state = state.next(line).map(|state| (state, head));
            if self.state.is_some() {
                return Frame::Inside;
            }
        }
        self.state = Appended::head(line).map(|state| (state, at));
        if self.state.is_some() || continues(line) {
            Frame::Inside
        } else {
            Frame::Start(None)
        }
    }

    fn header<'a>(&self, record: &'a [u8]) -> Header<'a> {
        let level = self.plain.and_then(|plain| plain.level(record));
        Header {
            time: None,
            level: level.map_or(LevelWord::None, LevelWord::Standard),
            logger: None,
        }
    }
}

#[cfg(test)]
mod tests;
