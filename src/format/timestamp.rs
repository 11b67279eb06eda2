//! Date patterns in strftime's language, compiled to digit readers.
//!
//! A pattern reads what `time.strftime` writes for it, in one pass, without allocation, and says what it is worth: a
//! whole point in time, one without a year, or a time of day. Directives that libc does not know (`%f` is the usual
//! one) are printed by Python as they are; both that and what `datetime.strftime` writes for them are read.

mod compile;
mod iso;
mod names;
mod read;

pub(super) use names::{MONTHS, half_day};

pub use compile::{compile, default_asctime, iso_asctime};
pub use iso::IsoShape;
pub use read::Stamp;

use super::extractor::Clock;

/// What a run of digits counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Year,
    ShortYear,
    Century,
    Month,
    Day,
    DayOfYear,
    Hour,
    Hour12,
    Minute,
    Second,
    /// Week numbers and days of the week: read over, the date says it already.
    Ignored,
}

/// How a number is padded to its full number of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Padding {
    Zeros,
    Spaces,
    None,
}

/// One step of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// Text as it is.
    Literal(Box<[u8]>),
    /// `YYYY-MM-DD HH:MM:SS` with this byte in the middle, read at once.
    IsoSeconds(u8),
    /// A number of at most this many digits.
    Number(Unit, u8, Padding),
    /// The fraction of the second in this many digits.
    Fraction(u8),
    /// A number of milliseconds of any width, with decimals if so.
    Millis(bool),
    /// `%f`: a fraction of any length, or the two characters themselves.
    FractionOrPercentF,
    /// `.123456` or `,123`, if there is one.
    OptionalFraction,
    /// `T` or a space.
    DateTimeSeparator,
    /// The name of a month.
    MonthName,
    /// The name of a day of the week.
    DayName,
    /// AM or PM.
    HalfDay,
    /// `+0900`, `+09:00` or `Z`.
    Offset,
    /// The same, if there is one.
    OptionalOffset,
    /// `KST`.
    ZoneName,
    /// Seconds since 1970, with so many of the digits behind the point: 3 for milliseconds.
    Epoch(u8),
    /// No text: the zone is so many seconds east of UTC.
    Zone(i32),
}

/// A compiled date pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatePattern {
    parts: Box<[Part]>,
    clock: Clock,
    /// Nanoseconds in the smallest unit shown.
    resolution: i64,
}

impl DatePattern {
    /// How much of a point in time the pattern shows.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Whether a timestamp may begin with this byte.
    #[must_use]
    pub fn may_begin(&self, byte: u8) -> bool {
        match self.parts.first() {
            Some(Part::Literal(text)) => text.first() == Some(&byte),
            Some(Part::Number(_, _, Padding::Spaces)) => byte.is_ascii_digit() || byte == b' ',
            Some(Part::IsoSeconds(_) | Part::Number(..) | Part::Fraction(_) | Part::Epoch(_)) => {
                byte.is_ascii_digit()
            }
            _ => true,
        }
    }

    /// The same for times in a zone so many seconds east of UTC; unchanged for `None`.
    #[must_use]
    pub fn in_offset(mut self, offset: Option<i32>) -> Self {
        if let Some(offset) = offset {
            let mut parts = self.parts.into_vec();
            parts.push(Part::Zone(offset));
            self.parts = parts.into();
        }
        self
    }

    /// The smallest unit shown, in nanoseconds.
    #[must_use]
    pub fn resolution(&self) -> i64 {
        self.resolution
    }
}

#[cfg(test)]
mod tests;
