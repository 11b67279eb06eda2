//! Numbers for people: grouped counts, sizes, rates, durations. Pure text; the unit is always in it.

use std::time::Duration;

use crate::base::lang::{fill, known, tr};
pub use crate::base::text::count;
use crate::tr;

/// A count in at most five characters, rounded: `999`, `12.3k`, `4.5M`.
#[must_use]
pub fn short_count(n: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")];
    if n < 10_000 {
        return count(n);
    }
    let rounded = |step: u64| n.saturating_add(step / 2) / step;
    for (size, unit) in UNITS {
        // What would be 1000 of the unit below is one of this.
        if rounded(size / 1_000) < 1_000 {
            continue;
        }
        let tenths = rounded(size / 10);
        return match tenths < 1_000 {
            true => format!("{}.{}{unit}", tenths / 10, tenths % 10),
            false => format!("{}{unit}", rounded(size)),
        };
    }
    count(n)
}

/// A count with its noun: `1 record`, `2,000 records`. Other languages have the text `{n} records`.
#[must_use]
pub fn counted(n: u64, noun: &str) -> String {
    if let Some(text) = known(&format!("{{n}} {noun}s")) {
        return fill(text, &[("n", &count(n))]);
    }
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", count(n))
}

/// A size in decimal units: `512 B`, `1.2 GB`.
#[must_use]
pub fn bytes(n: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if n < 1_000 {
        return format!("{n} B");
    }
    let mut value = n as f64;
    let mut unit = "";
    for next in UNITS {
        // More would be shown as 1000.
        if value < 999.5 {
            break;
        }
        value /= 1_000.0;
        unit = next;
    }
    if value < 99.95 {
        format!("{value:.1} {unit}")
    } else {
        format!("{value:.0} {unit}")
    }
}

/// Bytes per second: `83.0 MB/s`.
#[must_use]
pub fn rate(bytes_per_sec: f64) -> String {
    // `as` saturates; a negative or undefined rate is none.
    format!("{}/s", bytes(bytes_per_sec as u64))
}

/// A share in percent with one decimal. All is `100 %` and nothing `0 %`; what only rounds to these stays below and
/// above them, so that `100 %` is never said while one record is missing.
#[must_use]
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 || part >= whole {
        return "100 %".to_owned();
    }
    if part == 0 {
        return "0 %".to_owned();
    }
    let share = part as f64 / whole as f64 * 100.0;
    format!("{:.1} %", share.clamp(0.1, 99.9))
}

/// A time left or taken, as coarse as it is sure: `< 1 s`, `12 s`, `3 min`, `1 h 20 min`.
#[must_use]
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    let minutes = seconds / 60;
    match seconds {
        0 => tr("< 1 s").to_owned(),
        1..60 => tr!("{seconds} s", seconds),
        60..600 => tr!("{minutes} min {seconds} s", minutes, seconds = seconds % 60),
        600..3_600 => tr!("{minutes} min", minutes),
        _ => tr!(
            "{hours} h {minutes} min",
            hours = minutes / 60,
            minutes = minutes % 60
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        let table = [
            (0, "0", "0"),
            (7, "7", "7"),
            (999, "999", "999"),
            (1_000, "1,000", "1,000"),
            (9_999, "9,999", "9,999"),
            (10_000, "10,000", "10.0k"),
            (10_049, "10,049", "10.0k"),
            (10_050, "10,050", "10.1k"),
            (99_949, "99,949", "99.9k"),
            (99_999, "99,999", "100k"),
            (100_000, "100,000", "100k"),
            (960_988, "960,988", "961k"),
            (999_499, "999,499", "999k"),
            (999_500, "999,500", "1.0M"),
            (999_999, "999,999", "1.0M"),
            (1_234_567, "1,234,567", "1.2M"),
            (1_582_484, "1,582,484", "1.6M"),
            (25_853_258, "25,853,258", "25.9M"),
            (100_000_000, "100,000,000", "100M"),
            (999_499_999, "999,499,999", "999M"),
            (999_500_000, "999,500,000", "1.0G"),
            (5_400_000_000, "5,400,000,000", "5.4G"),
            (u64::MAX, "18,446,744,073,709,551,615", "18446744073G"),
        ];
        for (n, long, short) in table {
            assert_eq!(count(n), long);
            assert_eq!(short_count(n), short);
        }
        assert_eq!(counted(1, "record"), "1 record");
        assert_eq!(counted(0, "record"), "0 records");
        assert_eq!(counted(2_000, "record"), "2,000 records");
    }

    #[test]
    fn sizes() {
        let table = [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (1_549, "1.5 kB"),
            (99_940, "99.9 kB"),
            (99_960, "100 kB"),
            (999_949, "1.0 MB"),
            (1_200_000_000, "1.2 GB"),
            (u64::MAX, "18447 PB"),
        ];
        for (n, text) in table {
            assert_eq!(bytes(n), text, "{n}");
        }
        assert_eq!(rate(83_000_000.0), "83.0 MB/s");
        assert_eq!(rate(f64::NAN), "0 B/s");
    }

    #[test]
    fn shares() {
        let table = [
            (0, 0, "100 %"),
            (0, 5, "0 %"),
            (1, 1_000_000, "0.1 %"),
            (1, 3, "33.3 %"),
            (999_999, 1_000_000, "99.9 %"),
            (5, 5, "100 %"),
        ];
        for (part, whole, text) in table {
            assert_eq!(percent(part, whole), text);
        }
    }

    #[test]
    fn durations() {
        let table = [
            (0, "< 1 s"),
            (59, "59 s"),
            (75, "1 min 15 s"),
            (3_599, "59 min"),
            (4_800, "1 h 20 min"),
        ];
        for (seconds, text) in table {
            assert_eq!(duration(Duration::from_secs(seconds)), text);
        }
    }
}
