//! Times as logs write them, in patterns, and as people type them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use timberline::base::time::{Timestamp, Zone, ZoneClock, parse_moment};
use timberline::format::anytime;
use timberline::format::extractor::Clock;
use timberline::format::timestamp::{self, DatePattern};
use timberline_fuzz::{halves, text};

/// 2026-11-22.
const NOW: Timestamp = Timestamp(1_795_305_600_000_000_000);

fuzz_target!(|data: &[u8]| {
    let (pattern, stamp) = halves(data);
    let pattern = text(pattern);
    let mut clock = ZoneClock::new(&Zone::Utc);
    if let Ok(compiled) = timestamp::compile(&pattern) {
        read(&compiled, stamp, &mut clock);
    }
    if let Ok(compiled) = timestamp::default_asctime(Some(&pattern)) {
        read(&compiled, stamp, &mut clock);
    }
    read(&timestamp::iso_asctime(), stamp, &mut clock);
    for bytes in [stamp, pattern.as_bytes()] {
        found(bytes, &mut clock);
        let text = text(bytes);
        parse_moment(&text, &Zone::Utc, NOW).ok();
        if let Ok(zone) = text.parse::<Zone>() {
            let mut clock = ZoneClock::new(&zone);
            let utc = clock.to_utc(NOW.0);
            clock.to_civil(Timestamp(utc));
            parse_moment(&pattern, &zone, NOW).ok();
        }
    }
});

fn read(pattern: &DatePattern, text: &[u8], clock: &mut ZoneClock) {
    let whole = pattern.read(text);
    let cut = pattern.read_cut(text);
    for (stamp, len) in whole.into_iter().chain(cut) {
        assert!(len <= text.len());
        for kind in [Clock::None, Clock::Full, Clock::NoYear, Clock::TimeOfDay] {
            stamp.nanos(kind, clock);
        }
    }
    if whole.is_some() {
        assert_eq!(whole, cut);
        assert!(text.first().is_none_or(|first| pattern.may_begin(*first)));
    }
    // The short way says what the long one does.
    if let Some(shape) = pattern.iso_shape()
        && let Some(minute) = text.first_chunk()
        && shape.separates(minute[10])
        && let Some((stamp, _)) = whole
    {
        let seconds = stamp.nanos(Clock::Full, clock).unwrap();
        let minute = shape.civil_minute(minute);
        assert!(minute.is_none_or(|minute| (0..=62_000_000_000).contains(&(seconds - minute))));
    }
}

fn found(text: &[u8], clock: &mut ZoneClock) {
    let moment = anytime::recognise(text);
    if let Some(moment) = &moment {
        assert!(moment.len <= text.len());
        moment.resolve(clock);
    }
    if let Some(whole) = anytime::read_whole(text) {
        let moment = moment.unwrap();
        assert_eq!(moment.len, text.len());
        assert_eq!(whole.resolve(clock), moment.resolve(clock));
    }
}
