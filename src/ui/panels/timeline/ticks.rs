//! Times below the bars, at round places of the clock.

use crate::base::time::{Civil, NANOS_PER_DAY, NANOS_PER_SEC, Timestamp, ZoneClock};
use crate::query::timeline::{Scale, Step};

pub(super) const MINUTE: i64 = 60 * NANOS_PER_SEC;
pub(super) const MILLI: i64 = 1_000_000;
pub(super) const MICRO: i64 = 1_000;

/// A labelled moment.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tick {
    pub(super) at: Timestamp,
    pub(super) label: String,
}

/// At most `most` moments; the first tells the date.
pub(super) fn ticks(scale: &Scale, most: usize, clock: &mut ZoneClock) -> Vec<Tick> {
    let (start, end) = (scale.start(), scale.end());
    let most = i64::try_from(most.max(1)).unwrap_or(i64::MAX);
    let step = Step::at_least(end.0.saturating_sub(start.0) / most).nanos;
    let civil = clock.to_civil(start);
    let mut at = civil.saturating_sub(civil.rem_euclid(step));
    if at < civil {
        at = at.saturating_add(step);
    }
    let mut ticks: Vec<Tick> = Vec::new();
    let mut day = None;
    while (ticks.len() as i64) <= most {
        let moment = Timestamp(clock.to_utc(at));
        if moment >= end {
            break;
        }
        let civil = Civil::from_nanos(at);
        let date = (civil.year, civil.month, civil.day);
        let label = label(&civil, step, day != Some(date));
        day = Some(date);
        ticks.push(Tick { at: moment, label });
        let Some(next) = at.checked_add(step) else {
            break;
        };
        at = next;
    }
    ticks
}

fn label(civil: &Civil, step: i64, new_day: bool) -> String {
    let date = format!("{:02}-{:02}", civil.month, civil.day);
    if step >= NANOS_PER_DAY {
        return match step >= 28 * NANOS_PER_DAY || (civil.month, civil.day) == (1, 1) {
            true => format!("{}-{date}", civil.year),
            false => date,
        };
    }
    let time = time_of(civil, step);
    match new_day {
        true => format!("{date} {time}"),
        false => time,
    }
}

/// The time of day, as exact as steps of so many nanoseconds need.
fn time_of(civil: &Civil, step: i64) -> String {
    let minute = format!("{:02}:{:02}", civil.hour, civil.minute);
    let (second, nanos) = (civil.second, civil.nanos);
    match step {
        MINUTE.. => minute,
        NANOS_PER_SEC..MINUTE => format!("{minute}:{second:02}"),
        MILLI..NANOS_PER_SEC => format!("{minute}:{second:02}.{:03}", nanos / 1_000_000),
        _ => format!("{minute}:{second:02}.{:06}", nanos / 1_000),
    }
}

/// From a moment to another, the day once if it is the same.
pub(super) fn span(from: Timestamp, to: Timestamp, clock: &mut ZoneClock) -> String {
    let step = to.0.saturating_sub(from.0);
    let (from, to) = (
        Civil::from_nanos(clock.to_civil(from)),
        Civil::from_nanos(clock.to_civil(to)),
    );
    let date = |civil: &Civil| format!("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day);
    if step >= NANOS_PER_DAY {
        return format!("{} – {}", date(&from), date(&to));
    }
    let (first, last) = (time_of(&from, step), time_of(&to, step));
    match date(&from) == date(&to) {
        true => format!("{} {first} – {last}", date(&from)),
        false => format!("{} {first} – {} {last}", date(&from), date(&to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Zone;

    fn at(text: &str) -> Timestamp {
        crate::base::time::parse_moment(text, &Zone::Utc, Timestamp(0)).unwrap_or_default()
    }

    #[test]
    fn labels_are_as_exact_as_their_distance() {
        for (from, to, most, expected) in [
            (
                "2026-11-22 23:30:00",
                "2026-11-23 01:00:00",
                4,
                vec!["11-22 23:30", "11-23 00:00", "00:30", "01:00"],
            ),
            (
                "2026-11-22 10:00:00",
                "2026-11-22 10:00:20",
                3,
                vec!["11-22 10:00:00", "10:00:10", "10:00:20"],
            ),
            (
                "2026-10-01 00:00:00",
                "2026-10-05 00:00:00",
                5,
                vec!["10-01", "10-02", "10-03", "10-04", "10-05"],
            ),
            (
                "2026-11-27 09:00:00",
                "2026-11-27 09:00:00",
                4,
                vec!["11-27 08:55", "09:00", "09:05"],
            ),
        ] {
            let scale = Scale::of(at(from), at(to), 1000, 0);
            let labels: Vec<_> = ticks(&scale, most, &mut ZoneClock::new(&Zone::Utc))
                .into_iter()
                .map(|tick| tick.label)
                .collect();
            assert_eq!(labels, expected, "{from}");
        }
    }

    #[test]
    fn a_span_tells_its_day_once() {
        let clock = &mut ZoneClock::new(&Zone::Utc);
        let span = |from, to, clock: &mut _| span(at(from), at(to), clock);
        assert_eq!(
            span("2026-11-22 10:00:00", "2026-11-22 10:05:00", clock),
            "2026-11-22 10:00 – 10:05"
        );
        assert_eq!(
            span("2026-11-22 23:59:59", "2026-11-23 00:00:00", clock),
            "2026-11-22 23:59:59 – 2026-11-23 00:00:00"
        );
        assert_eq!(
            span("2026-11-22 00:00:00", "2026-11-29 00:00:00", clock),
            "2026-11-22 – 2026-11-29"
        );
    }
}
