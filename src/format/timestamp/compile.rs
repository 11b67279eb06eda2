//! strftime's language → [`DatePattern`].

use super::{DatePattern, Padding, Part, Unit};
use crate::base::time::{NANOS_PER_DAY, NANOS_PER_SEC};
use crate::format::extractor::Clock;
use crate::format::spec::FormatError;

/// Compiles a `datefmt`.
///
/// # Errors
/// The pattern is empty.
pub fn compile(datefmt: &str) -> Result<DatePattern, FormatError> {
    if datefmt.is_empty() {
        return Err(FormatError::new(
            "the date format is empty",
            "leave it out for Python's default, %Y-%m-%d %H:%M:%S,mmm",
        ));
    }
    let mut builder = Builder::default();
    builder.expand(datefmt);
    Ok(builder.finish())
}

/// The pattern of `asctime` without a `datefmt`: `default_time_format` inside `default_msec_format`.
///
/// # Errors
/// `msec_format` has no `%s` for the time.
pub fn default_asctime(msec_format: Option<&str>) -> Result<DatePattern, FormatError> {
    let msec_format = msec_format.unwrap_or("%s,%03d");
    let mut builder = Builder::default();
    if msec_format.is_empty() {
        builder.expand("%Y-%m-%d %H:%M:%S");
        return Ok(builder.finish());
    }
    let Some((before, after)) = msec_format.split_once("%s") else {
        return Err(FormatError::new(
            "the millisecond format has no %s for the time",
            "Python's default is %s,%03d",
        ));
    };
    builder.literal(&before.replace("%%", "%"));
    builder.expand("%Y-%m-%d %H:%M:%S");
    match after.split_once('%') {
        Some((separator, conversion)) => {
            builder.literal(separator);
            let end = conversion.find(|c: char| c.is_ascii_alphabetic());
            let (spec, letter) = conversion
                .split_at_checked(end.unwrap_or(conversion.len()))
                .unwrap_or_default();
            builder.milliseconds(spec, letter.chars().next().unwrap_or('d'));
            builder.literal(&letter.get(1..).unwrap_or_default().replace("%%", "%"));
        }
        None => builder.literal(after),
    }
    Ok(builder.finish())
}

/// What programs that override `formatTime` write most: ISO 8601 with an optional fraction and offset.
#[must_use]
pub fn iso_asctime() -> DatePattern {
    let mut builder = Builder::default();
    builder.expand("%Y-%m-%d");
    builder.parts.push(Part::DateTimeSeparator);
    builder.expand("%H:%M:%S");
    builder.parts.push(Part::OptionalFraction);
    builder.parts.push(Part::OptionalOffset);
    builder.finish()
}

#[derive(Default)]
struct Builder {
    parts: Vec<Part>,
}

impl Builder {
    fn literal(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(Part::Literal(last)) = self.parts.last_mut() {
            *last = [last, text.as_bytes()].concat().into();
        } else {
            self.parts.push(Part::Literal(text.as_bytes().into()));
        }
    }

    /// The milliseconds as `%` prints them with these flags and width: `03` for `%03d`.
    fn milliseconds(&mut self, spec: &str, letter: char) {
        let width = spec
            .trim_start_matches(['0', '-', ' ', '+'])
            .parse()
            .unwrap_or(0_usize);
        let whole = matches!(letter, 'd' | 'i' | 'u');
        if whole && spec.starts_with('0') && (3..=30).contains(&width) {
            self.literal(&"0".repeat(width - 3));
            self.parts.push(Part::Fraction(3));
        } else {
            self.parts.push(Part::Millis(!whole));
        }
    }

    fn expand(&mut self, pattern: &str) {
        let mut rest = pattern;
        while let Some(at) = rest.find('%') {
            let (literal, directive) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.literal(literal);
            let len = self.directive(directive);
            rest = directive.get(len..).unwrap_or_default();
        }
        self.literal(rest);
    }

    /// Adds the directive that `text` begins with and returns its length.
    fn directive(&mut self, text: &str) -> usize {
        let flags = |c: &char| "-_0^#:".contains(*c);
        let after_percent = text.get(1..).unwrap_or_default();
        let flag: String = after_percent.chars().take_while(flags).collect();
        let mut len = 1 + flag.len();
        let width = after_percent.get(flag.len()..).unwrap_or_default();
        let width_end = width.find(|c: char| !c.is_ascii_digit());
        let width = width
            .get(..width_end.unwrap_or(width.len()))
            .unwrap_or_default();
        len += width.len();
        if let Some('E' | 'O') = text.get(len..).and_then(|rest| rest.chars().next()) {
            len += 1;
        }
        let Some(letter) = text.get(len..).and_then(|rest| rest.chars().next()) else {
            self.literal(text);
            return text.len();
        };
        let end = len + letter.len_utf8();
        let padding = match flag.chars().next() {
            Some('-') => Some(Padding::None),
            Some('_') => Some(Padding::Spaces),
            _ => None,
        };
        let scaled = width
            .parse()
            .is_ok_and(|digits| self.scaled(letter, digits));
        if !scaled && !self.letter(letter, padding) {
            self.literal(text.get(..end).unwrap_or(text));
        }
        end
    }

    /// Adds what no libc has: fractions of so many digits (`%3f`, `%6N`), and epochs in such parts of a second
    /// (`%3s` milliseconds, `%6s` microseconds, `%9s` nanoseconds); whether it is that.
    fn scaled(&mut self, letter: char, digits: u8) -> bool {
        let part = match letter {
            'f' | 'N' if (1..=9).contains(&digits) => Part::Fraction(digits),
            's' if matches!(digits, 3 | 6 | 9) => Part::Epoch(digits),
            _ => return false,
        };
        self.parts.push(part);
        true
    }

    /// Adds the directive of a letter; whether there is one.
    fn letter(&mut self, letter: char, padding: Option<Padding>) -> bool {
        let zeros = padding.unwrap_or(Padding::Zeros);
        let spaces = padding.unwrap_or(Padding::Spaces);
        let part = match letter {
            'Y' | 'G' => Part::Number(Unit::Year, 4, zeros),
            'y' | 'g' => Part::Number(Unit::ShortYear, 2, zeros),
            'C' => Part::Number(Unit::Century, 2, zeros),
            'm' => Part::Number(Unit::Month, 2, zeros),
            'd' => Part::Number(Unit::Day, 2, zeros),
            'e' => Part::Number(Unit::Day, 2, spaces),
            'j' => Part::Number(Unit::DayOfYear, 3, zeros),
            'H' => Part::Number(Unit::Hour, 2, zeros),
            'k' => Part::Number(Unit::Hour, 2, spaces),
            'I' => Part::Number(Unit::Hour12, 2, zeros),
            'l' => Part::Number(Unit::Hour12, 2, spaces),
            'M' => Part::Number(Unit::Minute, 2, zeros),
            'S' => Part::Number(Unit::Second, 2, zeros),
            'U' | 'V' | 'W' => Part::Number(Unit::Ignored, 2, zeros),
            'u' | 'w' => Part::Number(Unit::Ignored, 1, zeros),
            'f' => Part::FractionOrPercentF,
            'b' | 'B' | 'h' => Part::MonthName,
            'a' | 'A' => Part::DayName,
            'p' | 'P' => Part::HalfDay,
            'z' => Part::Offset,
            'Z' => Part::ZoneName,
            's' => Part::Epoch(0),
            'L' => Part::Fraction(3),
            'N' => Part::Fraction(9),
            'Q' => Part::Epoch(3),
            other => return self.composite(other),
        };
        self.parts.push(part);
        true
    }

    /// Adds a letter that stands for several, as the C locale writes them.
    fn composite(&mut self, letter: char) -> bool {
        match letter {
            'c' => self.expand("%a %b %e %H:%M:%S %Y"),
            'x' | 'D' => self.expand("%m/%d/%y"),
            'X' | 'T' => self.expand("%H:%M:%S"),
            'r' => self.expand("%I:%M:%S %p"),
            'R' => self.expand("%H:%M"),
            'F' => self.expand("%Y-%m-%d"),
            'n' => self.literal("\n"),
            't' => self.literal("\t"),
            '%' => self.literal("%"),
            _ => return false,
        }
        true
    }

    fn has(&self, wanted: impl Fn(&Part) -> bool) -> bool {
        self.parts.iter().any(wanted)
    }

    fn has_unit(&self, units: &[Unit]) -> bool {
        self.has(|part| matches!(part, Part::Number(unit, ..) if units.contains(unit)))
    }

    fn has_epoch(&self) -> bool {
        self.has(|part| matches!(part, Part::Epoch(_)))
    }

    fn clock(&self) -> Clock {
        let year = self.has_unit(&[Unit::Year, Unit::ShortYear]);
        let month = self.has(|part| *part == Part::MonthName) || self.has_unit(&[Unit::Month]);
        let day = self.has_unit(&[Unit::Day]) && month || self.has_unit(&[Unit::DayOfYear]);
        let time = self.has_unit(&[Unit::Hour, Unit::Hour12]);
        if self.has_epoch() || year {
            Clock::Full
        } else if day {
            Clock::NoYear
        } else if time {
            Clock::TimeOfDay
        } else {
            Clock::None
        }
    }

    fn resolution(&self) -> i64 {
        let fraction = self.parts.iter().find_map(|part| match part {
            Part::Fraction(digits) => Some(10_i64.pow(9 - u32::from(*digits))),
            Part::Millis(_) => Some(1_000_000),
            Part::OptionalFraction => Some(1000),
            Part::Epoch(decimals) if *decimals > 0 => Some(10_i64.pow(9 - u32::from(*decimals))),
            _ => None,
        });
        if let Some(fraction) = fraction {
            fraction
        } else if self.has_unit(&[Unit::Second]) || self.has_epoch() {
            NANOS_PER_SEC
        } else if self.has_unit(&[Unit::Minute]) {
            60 * NANOS_PER_SEC
        } else if self.has_unit(&[Unit::Hour, Unit::Hour12]) {
            3600 * NANOS_PER_SEC
        } else {
            NANOS_PER_DAY
        }
    }

    fn finish(mut self) -> DatePattern {
        let (clock, resolution) = (self.clock(), self.resolution());
        self.fuse_iso();
        DatePattern {
            parts: self.parts.into(),
            clock,
            resolution,
        }
    }

    /// Replaces the parts of `%Y-%m-%d %H:%M:%S`, wherever they stand, by the reader that takes them at once.
    fn fuse_iso(&mut self) {
        const ISO_PARTS: usize = 11;
        let iso = |separator: &str| {
            let mut builder = Self::default();
            builder.expand(&format!("%Y-%m-%d{separator}%H:%M:%S"));
            builder.parts
        };
        for separator in [" ", "T", "_"] {
            let parts = iso(separator);
            debug_assert_eq!(parts.len(), ISO_PARTS);
            if let Some(at) = self
                .parts
                .windows(ISO_PARTS)
                .position(|window| window == parts)
            {
                let byte = separator.bytes().next().unwrap_or(b' ');
                self.parts
                    .splice(at..at + ISO_PARTS, [Part::IsoSeconds(byte)]);
                return;
            }
        }
    }
}
