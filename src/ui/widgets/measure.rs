//! Numbers out of a log for people: with the unit that suits their size, as exact as a glance needs.

use super::number::{bytes, count};
use crate::query::number::Unit;

/// Times in seconds by the unit that suits them: from how many on, what one is, its name.
const TIMES: [(f64, f64, &str); 7] = [
    (172_800.0, 86_400.0, "d"),
    (7_200.0, 3_600.0, "h"),
    (120.0, 60.0, "min"),
    (1.0, 1.0, "s"),
    (1e-3, 1e-3, "ms"),
    (1e-6, 1e-6, "µs"),
    (0.0, 1e-9, "ns"),
];

/// A number with its unit: `12.3 ms`, `4.5 MB`, `1,234`, `0.0312`.
#[must_use]
pub fn measure(number: f64, unit: Unit) -> String {
    match unit {
        Unit::Plain => plain(number),
        Unit::Percent => format!("{} %", plain(number)),
        Unit::Seconds if number == 0.0 => "0 s".to_owned(),
        Unit::Seconds => {
            let size = number.abs();
            let suits = TIMES.into_iter().find(|(from, ..)| size >= *from);
            let (_, one, name) = suits.unwrap_or((0.0, 1.0, "s"));
            format!("{} {name}", plain(number / one))
        }
        Unit::Bytes if number < 0.0 => format!("-{}", bytes(number.abs() as u64)),
        Unit::Bytes => bytes(number as u64),
    }
}

/// Three digits that count, and whole numbers whole.
fn plain(number: f64) -> String {
    let size = number.abs();
    let sign = if number < 0.0 { "-" } else { "" };
    if size >= 1e15 || (size < 1e-4 && size > 0.0) {
        return format!("{number:.2e}");
    }
    if size >= 1_000.0 || size.fract() == 0.0 {
        return format!("{sign}{}", count(size.round() as u64));
    }
    let before = size.max(1e-4).log10().floor() as i32;
    let text = format!("{size:.*}", (2 - before).max(0) as usize);
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    format!("{sign}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_their_units() {
        for (number, unit, expected) in [
            (0.0, Unit::Plain, "0"),
            (1_234_567.0, Unit::Plain, "1,234,567"),
            (1_234.56, Unit::Plain, "1,235"),
            (12.345, Unit::Plain, "12.3"),
            (-0.031_24, Unit::Plain, "-0.0312"),
            (2.5, Unit::Plain, "2.5"),
            (3e-7, Unit::Plain, "3.00e-7"),
            (99.5, Unit::Percent, "99.5 %"),
            (0.0123, Unit::Seconds, "12.3 ms"),
            (1.5, Unit::Seconds, "1.5 s"),
            (90.0, Unit::Seconds, "90 s"),
            (180.0, Unit::Seconds, "3 min"),
            (0.000_5, Unit::Seconds, "500 µs"),
            (4e-9, Unit::Seconds, "4 ns"),
            (4_500_000.0, Unit::Bytes, "4.5 MB"),
        ] {
            assert_eq!(measure(number, unit), expected);
        }
    }
}
