//! Tables: CSV and TSV whose first line names the columns, and logs that name them in a `#Fields:` line.
//!
//! Cells are RFC 4180's: quoted ones may hold delimiters, doubled quotes and line ends. A line starts a record if it can
//! be one's first: a cell for each column, or as many as there are before a quote that the line does not close, and a
//! time where the time's column is. So the inside of a quoted cell is no record unless it looks like one throughout.

mod cells;
mod header;

use std::borrow::Cow;

pub(super) use header::proposal;

use super::anytime;
use super::extractor::{Clock, FieldValue, Header, LevelWord, Parsed};
use super::field::{Column, Role};
use super::known_keys::{Companions, word_of_level_key};
use super::level_scale::Scale;
use super::regex::roles_of_names;
use super::spec::FormatError;
use super::timestamp::{DatePattern, compile as compile_date};
use crate::base::level::standard_level;
use crate::base::time::ZoneClock;
use cells::{Cell, Cells};
use header::split_names;

/// Most columns of a table.
const MOST_COLUMNS: usize = 256;

/// A table whose columns are known.
#[derive(Debug, Clone)]
pub struct TableFormat {
    delimiter: u8,
    /// In the order of the cells.
    names: Box<[Box<str>]>,
    columns: Box<[Column]>,
    time: Option<Time>,
    level: Option<usize>,
    logger: Option<usize>,
    message: Option<usize>,
}

/// Where the time is.
#[derive(Debug, Clone)]
struct Time {
    cell: usize,
    /// The time of day, if the first cell is only the date; the next one then.
    is_split: bool,
    pattern: Option<DatePattern>,
    /// W3C's logs show UTC.
    is_utc: bool,
}

impl TableFormat {
    /// A table whose first line is `header`; `datefmt` is in strftime's language, times of any usual shape are read
    /// without it.
    ///
    /// # Errors
    /// Fewer than two columns, too many, or one without a name.
    pub fn compile(header: &str, datefmt: Option<&str>) -> Result<Self, FormatError> {
        let (delimiter, names) = split_names(header)?;
        if names.len() > MOST_COLUMNS {
            return Err(FormatError::new(
                format!("the table has {} columns", names.len()),
                format!("at most {MOST_COLUMNS} are possible"),
            ));
        }
        let roles = roles_of_names(&names);
        let of = |role: Role| roles.iter().position(|have| *have == role);
        let pattern = datefmt.map(compile_date).transpose()?;
        let time = time(&names, of(Role::Time), delimiter, pattern);
        let hidden = time
            .as_ref()
            .and_then(|time| time.is_split.then_some(time.cell + 1));
        let mut columns: Vec<Column> = names
            .iter()
            .zip(&roles)
            .enumerate()
            .filter(|(at, _)| Some(*at) != hidden)
            .map(|(at, (name, role))| {
                let is_time = time.as_ref().is_some_and(|time| time.cell == at);
                let role = match role {
                    _ if is_time => Role::Time,
                    Role::Time => Role::Other,
                    role => *role,
                };
                Column::new(&**name, role)
            })
            .collect();
        let message = of(Role::Message);
        if message.is_none() {
            columns.push(Column::new("line", Role::Message));
        }
        columns.sort_by_key(|column| column.role == Role::Message);
        Ok(Self {
            delimiter,
            names: names.into(),
            columns: columns.into(),
            time,
            level: of(Role::Level),
            logger: of(Role::Logger),
            message,
        })
    }

    /// One for each of the table's, the message last.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// What the date format shows; without one, full times.
    #[must_use]
    pub fn clock(&self) -> Clock {
        match &self.time {
            None => Clock::None,
            Some(time) => time
                .pattern
                .as_ref()
                .map_or(Clock::Full, DatePattern::clock),
        }
    }

    /// Whether time, level or logger may stand behind a cell that has several lines.
    #[must_use]
    pub fn header_needs_record(&self) -> bool {
        let keys = [
            self.time.as_ref().map(|time| time.cell),
            self.level,
            self.logger,
        ];
        let last = keys.into_iter().flatten().max();
        self.message.is_some_and(|message| last > Some(message))
    }

    /// Whether a record can start at this line.
    #[must_use]
    pub fn is_start(&self, line: &[u8]) -> bool {
        self.first_line(line).is_some()
    }

    /// Time, level and logger as far as the line, or the record, shows them.
    pub fn header<'a>(&self, line: &'a [u8], zone: &mut ZoneClock) -> Option<Header<'a>> {
        let read = self.first_line(line)?;
        let cell = |at: Option<usize>| Some(read.get(at?)?.bare());
        Some(Header {
            time: self.moment(&read, zone),
            level: self.level_word(cell(self.level).unwrap_or_default()),
            logger: read
                .get(self.logger.unwrap_or(usize::MAX))
                .map(Cell::text)
                .filter(|name| !name.is_empty()),
        })
    }

    /// The record's cells; without a column for the message it is the record as it stands.
    #[must_use]
    pub fn parse<'a>(&self, record: &'a [u8]) -> Parsed<'a> {
        if !self.is_start(record) {
            return Parsed::unmatched(record);
        }
        let whole = super::extractor::without_line_end(record);
        let cells: Vec<Cell<'a>> = Cells::new(whole, self.delimiter, self.names.len()).collect();
        let text = |at: Option<usize>| {
            let text = cells.get(at?)?.text();
            (!text.is_empty()).then_some(text)
        };
        let keys = [self.level, self.logger, self.message];
        let is_time = |at: usize| {
            self.time
                .as_ref()
                .is_some_and(|time| at == time.cell || time.is_split && at == time.cell + 1)
        };
        let others = self
            .names
            .iter()
            .enumerate()
            .filter(|(at, _)| !is_time(*at) && !keys.contains(&Some(*at)));
        Parsed {
            matched: true,
            time: self.time.as_ref().and_then(|time| time.text(&cells)),
            level: text(self.level),
            logger: text(self.logger),
            message: match self.message {
                Some(at) => text(Some(at)).unwrap_or_default(),
                None => Cow::Borrowed(whole),
            },
            fields: others
                .filter_map(|(at, name)| {
                    Some(FieldValue {
                        name: Cow::Owned(name.to_string()),
                        value: cells.get(at)?.text(),
                    })
                })
                .collect(),
        }
    }

    /// The cells of a record's first line; `None` if the line cannot be one. Of a whole record, all its cells.
    fn first_line<'a>(&self, line: &'a [u8]) -> Option<Vec<Cell<'a>>> {
        let line = super::extractor::without_line_end(line);
        if line.first().is_none_or(|first| *first == b'#') {
            return None;
        }
        let mut cells = Cells::new(line, self.delimiter, self.names.len());
        let read: Vec<Cell<'a>> = cells.by_ref().collect();
        let is_whole = read.len() == self.names.len() || cells.is_open && read.len() > 1;
        if !is_whole || read.iter().any(|cell| cell.is_broken) {
            return None;
        }
        let told = match &self.time {
            Some(time) => read.len() <= time.cell || time.is_read(&read),
            None => !self.is_header(&read),
        };
        told.then_some(read)
    }

    fn is_header(&self, cells: &[Cell<'_>]) -> bool {
        let mut pairs = cells.iter().zip(&self.names);
        pairs.all(|(cell, name)| cell.bare() == name.as_bytes())
    }

    fn moment(&self, cells: &[Cell<'_>], zone: &mut ZoneClock) -> Option<i64> {
        let time = self.time.as_ref()?;
        let text = time.text(cells)?;
        if let Some(pattern) = &time.pattern {
            return pattern.read(&text)?.0.nanos(pattern.clock(), zone);
        }
        let mut moment = anytime::recognise(&text).filter(|moment| moment.clock == Clock::Full)?;
        if time.is_utc {
            moment.offset = moment.offset.or(Some(0));
        }
        Some(moment.resolve(zone))
    }

    fn level_word<'a>(&self, word: &'a [u8]) -> LevelWord<'a> {
        let name = self.level.and_then(|at| self.names.get(at));
        let name = name
            .map(|name| name.to_ascii_lowercase())
            .unwrap_or_default();
        if word.is_empty() {
            return LevelWord::None;
        }
        let scale = Scale::of_group(&name).unwrap_or(Scale::Python);
        let number = || word_of_level_key(word, &name, Companions::default());
        standard_level(word)
            .or_else(|| scale.level(word))
            .or_else(|| standard_level(number()?.as_bytes()))
            .map_or(LevelWord::Custom(word), LevelWord::Standard)
    }
}

impl Time {
    /// The time as it stands; of two cells, joined.
    fn text<'a>(&self, cells: &[Cell<'a>]) -> Option<Cow<'a, [u8]>> {
        let date = cells.get(self.cell)?;
        if !self.is_split {
            return Some(Cow::Borrowed(date.bare()));
        }
        let of_day = cells.get(self.cell + 1)?;
        Some(Cow::Owned([date.bare(), b" ", of_day.bare()].concat()))
    }

    /// Whether the cells hold a time, or nothing.
    fn is_read(&self, cells: &[Cell<'_>]) -> bool {
        let Some(text) = self.text(cells) else {
            return true;
        };
        match &self.pattern {
            Some(pattern) => pattern.read(&text).is_some(),
            None => {
                let text = text.trim_ascii();
                text.is_empty()
                    || anytime::recognise(text).is_some_and(|moment| moment.len == text.len())
            }
        }
    }
}

/// Which cells hold the time.
fn time(
    names: &[Box<str>],
    known: Option<usize>,
    delimiter: u8,
    pattern: Option<DatePattern>,
) -> Option<Time> {
    let is = |at: usize, wanted: &str| {
        names
            .get(at)
            .is_some_and(|name| name.eq_ignore_ascii_case(wanted))
    };
    let split = (0..names.len()).find(|at| is(*at, "date") && is(at + 1, "time"));
    let cell = split.or(known)?;
    Some(Time {
        cell,
        is_split: split.is_some(),
        pattern,
        is_utc: delimiter == b' ',
    })
}

#[cfg(test)]
mod tests;
