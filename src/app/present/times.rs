//! How the time column writes a moment.

use crate::base::time::{NANOS_PER_SEC, Timestamp, Zone, ZoneClock, format_time};
use crate::settings::model::{TimeShow, Times};
use crate::ui::table;

/// As what times are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeStyle {
    /// As the log writes them.
    #[default]
    AsWritten,
    /// In this zone.
    In(Zone),
    /// Since the earliest record.
    SinceStart,
    /// Since the row above.
    SincePrevious,
}

impl TimeStyle {
    /// What the settings say; a zone that does not exist is as if none were chosen.
    #[must_use]
    pub fn of(times: &Times) -> Self {
        match times.show {
            TimeShow::AsWritten => Self::AsWritten,
            TimeShow::Local => Self::In(Zone::Local),
            TimeShow::Utc => Self::In(Zone::Utc),
            TimeShow::Zone => times.zone.parse().map_or(Self::AsWritten, Self::In),
            TimeShow::SinceStart => Self::SinceStart,
            TimeShow::SincePrevious => Self::SincePrevious,
        }
    }

    /// The text of a moment; `None` is as the log writes it. `start` is the earliest moment, `delta` the nanoseconds
    /// since the row above.
    #[must_use]
    pub fn text(
        self,
        time: Timestamp,
        start: Option<Timestamp>,
        delta: Option<i64>,
    ) -> Option<String> {
        match self {
            Self::AsWritten => None,
            Self::In(zone) => Some(format_time(time, &mut ZoneClock::new(&zone))),
            Self::SinceStart => Some(elapsed(time.0.saturating_sub(start?.0))),
            Self::SincePrevious => Some(delta.map(table::delta).unwrap_or_default()),
        }
    }
}

/// `00:01:02.345`, `3d 04:05:06.789`.
fn elapsed(nanos: i64) -> String {
    let sign = if nanos < 0 { "-" } else { "" };
    let nanos = nanos.unsigned_abs();
    let seconds = nanos / NANOS_PER_SEC.unsigned_abs();
    let millis = nanos / 1_000_000 % 1000;
    let days = match seconds / 86_400 {
        0 => String::new(),
        days => format!("{days}d "),
    };
    let (hours, minutes) = (seconds / 3600 % 24, seconds / 60 % 60);
    format!(
        "{sign}{days}{hours:02}:{minutes:02}:{:02}.{millis:03}",
        seconds % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_every_style() {
        let time = Timestamp(1_795_341_601_518_000_000);
        let start = Some(Timestamp(1_795_341_600_000_000_000));
        let zone = |zone: &str| Times {
            show: TimeShow::Zone,
            zone: zone.to_owned(),
        };
        let show = |show| Times {
            show,
            zone: String::new(),
        };
        for (times, expected) in [
            (show(TimeShow::AsWritten), None),
            (show(TimeShow::Utc), Some("2026-11-22 10:00:01.518")),
            (zone("Asia/Seoul"), Some("2026-11-22 19:00:01.518")),
            (zone("Mars"), None),
            (show(TimeShow::SinceStart), Some("00:00:01.518")),
            (show(TimeShow::SincePrevious), Some("+250ms")),
        ] {
            let text = TimeStyle::of(&times).text(time, start, Some(250_000_000));
            assert_eq!(text.as_deref(), expected, "{times:?}");
        }
    }

    #[test]
    fn spans_are_written_whole() {
        let second = NANOS_PER_SEC;
        for (nanos, expected) in [
            (0, "00:00:00.000"),
            (-second, "-00:00:01.000"),
            (
                3 * 86_400 * second + 3_661 * second + 1_000_000,
                "3d 01:01:01.001",
            ),
        ] {
            assert_eq!(elapsed(nanos), expected);
        }
    }
}
