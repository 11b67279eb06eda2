//! Numbers as logs write them: with a unit of time or of size, or without. A number without a unit counts in seconds or
//! bytes when it meets one that has one, as Python's own durations do.

/// Longer values are no numbers, in bytes.
const LONGEST: usize = 40;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Unit {
    /// The log says nothing.
    #[default]
    Plain,
    /// Hundredths.
    Percent,
    /// Time, in seconds.
    Seconds,
    /// Memory, in bytes.
    Bytes,
}

/// What many numbers count: one thing, or nothing that could be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Units {
    plain: bool,
    percent: bool,
    seconds: bool,
    bytes: bool,
}

impl Units {
    /// One more number counts this.
    pub fn add(&mut self, unit: Unit) {
        match unit {
            Unit::Plain => self.plain = true,
            Unit::Percent => self.percent = true,
            Unit::Seconds => self.seconds = true,
            Unit::Bytes => self.bytes = true,
        }
    }

    /// Other numbers too.
    pub fn merge(&mut self, other: Self) {
        self.plain |= other.plain;
        self.percent |= other.percent;
        self.seconds |= other.seconds;
        self.bytes |= other.bytes;
    }

    /// What all of them count. A bare number among times or sizes is one in seconds or bytes; one among percentages is
    /// something else.
    #[must_use]
    pub fn unit(self) -> Unit {
        match (self.percent, self.seconds, self.bytes) {
            (true, false, false) if !self.plain => Unit::Percent,
            (false, true, false) => Unit::Seconds,
            (false, false, true) => Unit::Bytes,
            _ => Unit::Plain,
        }
    }
}

/// The number that a value is, in seconds or bytes if it has a unit; `None` if it is none.
#[must_use]
pub fn number(value: &[u8]) -> Option<f64> {
    measured(value).map(|(number, _)| number)
}

/// The same, and what it counts.
#[must_use]
pub fn measured(value: &[u8]) -> Option<(f64, Unit)> {
    let begins = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.');
    if let Some(number) = plain(value) {
        return Some((number, Unit::Plain));
    }
    let value = value.trim_ascii();
    if value.len() > LONGEST || !value.first().is_some_and(begins) {
        return None;
    }
    let text = std::str::from_utf8(value).ok()?;
    let end = digits(text);
    let (number, unit) = text.split_at_checked(end)?;
    if unit.starts_with(':') {
        return clock(text).map(|seconds| (seconds, Unit::Seconds));
    }
    let number: f64 = match number.contains(['_', ',']) {
        true => number.replace(['_', ','], "").parse().ok()?,
        false => number.parse().ok()?,
    };
    let (scale, unit) = scale(unit.trim_start())?;
    // 9 ms are 0.009 s, and not a little more.
    let number = match scale < 1.0 {
        true => number / (1.0 / scale).round(),
        false => number * scale,
    };
    number.is_finite().then_some((number, unit))
}

/// A number as it is typed in a query: six digits that count, with a unit if it has one.
#[must_use]
pub fn typed(number: f64, unit: Unit) -> String {
    let (one, name) = match unit {
        Unit::Plain => (1.0, ""),
        Unit::Percent => (1.0, "%"),
        Unit::Seconds if number.abs() < 1e-3 => (1e-6, "us"),
        Unit::Seconds if number.abs() < 1.0 => (1e-3, "ms"),
        Unit::Seconds => (1.0, "s"),
        Unit::Bytes => (1.0, "B"),
    };
    let number = number / one;
    let before = number.abs().max(1e-300).log10().floor() as i32;
    let factor = 10_f64.powi(5 - before);
    let rounded = match factor.is_finite() {
        true => (number * factor).round() / factor,
        false => number,
    };
    format!("{rounded}{name}")
}

/// A whole number without a sign: most numbers of a log.
fn plain(value: &[u8]) -> Option<f64> {
    if value.is_empty() || value.len() > 15 {
        return None;
    }
    let mut number = 0_u64;
    for byte in value {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number * 10 + u64::from(digit);
    }
    Some(number as f64)
}

/// How many bytes of a text are a number: sign, digits with `_` or `,` between, fraction, exponent.
fn digits(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    while digit(at) || (matches!(bytes.get(at), Some(b'_' | b',')) && digit(at + 1)) {
        at += 1;
    }
    if bytes.get(at) == Some(&b'.') {
        at += 1;
        while digit(at) {
            at += 1;
        }
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        if digit(at + 1 + sign) {
            at += 1 + sign;
            while digit(at) {
                at += 1;
            }
        }
    }
    at
}

/// What one of a unit is in seconds or bytes. Letters of sizes count in any case, those of times as they are written.
fn scale(unit: &str) -> Option<(f64, Unit)> {
    let time = match unit {
        "" => return Some((1.0, Unit::Plain)),
        "%" => return Some((1.0, Unit::Percent)),
        "ns" => 1e-9,
        "us" | "µs" | "μs" => 1e-6,
        "ms" | "msec" | "msecs" | "millis" => 1e-3,
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
        "h" | "hour" | "hours" => 3600.0,
        "d" | "day" | "days" => 86_400.0,
        _ => 0.0,
    };
    if time > 0.0 {
        return Some((time, Unit::Seconds));
    }
    let size = match unit.to_ascii_lowercase().as_str() {
        "b" | "byte" | "bytes" => 1.0,
        "k" | "kb" => 1e3,
        "mb" => 1e6,
        "g" | "gb" => 1e9,
        "t" | "tb" => 1e12,
        "ki" | "kib" => 1024.0,
        "mi" | "mib" => 1_048_576.0,
        "gi" | "gib" => 1_073_741_824.0,
        "ti" | "tib" => 1_099_511_627_776.0,
        _ if unit == "M" => 1e6,
        _ => return None,
    };
    Some((size, Unit::Bytes))
}

/// `h:mm:ss.f`, as `str(timedelta)` gives it, in seconds.
fn clock(text: &str) -> Option<f64> {
    let mut parts = text.split(':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let plain = |part: &str| {
        part.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    if parts.next().is_some() || ![hours, minutes, seconds].into_iter().all(plain) {
        return None;
    }
    let hours: f64 = hours.parse().ok()?;
    let minutes: f64 = minutes.parse().ok()?;
    let seconds: f64 = seconds.parse().ok()?;
    Some(hours * 3600.0 + minutes * 60.0 + seconds)
}

#[cfg(test)]
mod tests {
    use super::{Unit, Units, measured, number, typed};

    #[test]
    fn what_numbers_count_is_what_all_of_them_do() {
        use Unit::{Bytes, Percent, Plain, Seconds};
        for (units, expected) in [
            (vec![], Plain),
            (vec![Percent, Percent], Percent),
            (vec![Percent, Plain], Plain),
            (vec![Seconds, Plain], Seconds),
            (vec![Bytes], Bytes),
            (vec![Bytes, Seconds], Plain),
            (vec![Percent, Seconds], Plain),
        ] {
            let mut all = Units::default();
            units.iter().for_each(|unit| all.add(*unit));
            assert_eq!(all.unit(), expected, "{units:?}");
        }
    }

    #[test]
    fn numbers_with_and_without_units() {
        for (text, expected) in [
            ("12", Some(12.0)),
            (" -1.5 ", Some(-1.5)),
            ("1e3", Some(1000.0)),
            ("1_000", Some(1000.0)),
            ("12,345", Some(12345.0)),
            ("12ms", Some(0.012)),
            ("1.5s", Some(1.5)),
            ("2 min", Some(120.0)),
            ("3MB", Some(3e6)),
            ("4 KiB", Some(4096.0)),
            ("1m", Some(60.0)),
            ("1M", Some(1e6)),
            ("99%", Some(99.0)),
            (".5", Some(0.5)),
            ("0:01:02.5", Some(62.5)),
            ("", None),
            ("-", None),
            ("e5", None),
            ("12 apples", None),
            ("10.0.0.1", None),
            ("2026-11-22", None),
            ("inf", None),
            ("1e999", None),
        ] {
            assert_eq!(number(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn numbers_are_typed_as_they_are_read() {
        for (number, unit, text) in [
            (0.0, Unit::Plain, "0"),
            (1.0 / 3.0, Unit::Plain, "0.333333"),
            (-1_234_567.0, Unit::Plain, "-1234570"),
            (0.0125, Unit::Seconds, "12.5ms"),
            (0.000_25, Unit::Seconds, "250us"),
            (75.0, Unit::Seconds, "75s"),
            (4_096.0, Unit::Bytes, "4096B"),
            (99.5, Unit::Percent, "99.5%"),
        ] {
            assert_eq!(typed(number, unit), text);
            let (read, same) = measured(text.as_bytes()).unwrap_or_default();
            assert!(
                (read - number).abs() <= number.abs() * 1e-5 && same == unit,
                "{text}"
            );
        }
    }

    #[test]
    fn what_a_number_counts() {
        for (text, unit) in [
            ("12", Unit::Plain),
            ("12%", Unit::Percent),
            ("12ms", Unit::Seconds),
            ("0:00:01", Unit::Seconds),
            ("12 MB", Unit::Bytes),
        ] {
            let found = measured(text.as_bytes()).map(|(_, unit)| unit);
            assert_eq!(found, Some(unit), "{text}");
        }
    }
}
