#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::base::id::{LoggerId, RecordNo};
use crate::base::level::LevelId;
use crate::base::time::Timestamp;
use crate::query::patterns::template::template_of;

fn record(at: usize) -> Record {
    Record {
        record: RecordNo(at as u64),
        time: Some(Timestamp(at as i64 * 7_919 % 1_000_000)),
        level: LevelId((at % 3) as u8),
        logger: LoggerId((at % 11) as u32),
    }
}

/// A table of these messages, whose numbers are given.
fn count<'a>(messages: impl Iterator<Item = (usize, &'a String)>, until: i64) -> Table {
    let mut table = Table::new(Scale::of(Timestamp(0), Timestamp(until)), Of::Templates);
    for (at, message) in messages {
        let latest = || Some(message.clone());
        table.add(template_of(message).as_bytes(), record(at), latest);
    }
    table
}

fn sorted(mut groups: Vec<Group>) -> Vec<Group> {
    groups.sort_by(|one, other| one.template.cmp(&other.template));
    groups
}

/// Messages of several kinds, some with words that take turns.
fn messages(seeds: &[u16]) -> Vec<String> {
    let message = |seed: &u16| match seed % 5 {
        0 => format!("worker {seed} started"),
        1 => format!(
            "user name{} logged in",
            (b'a' + (seed / 5 % 20) as u8) as char
        ),
        2 => "idle".to_owned(),
        3 => format!("k={seed} {}", ["up", "down"][usize::from(seed / 5 % 2)]),
        _ => format!("사용자 {seed}명"),
    };
    seeds.iter().map(message).collect()
}

proptest::proptest! {
    /// Blocks counted alone and joined in any order are the whole, counted at once.
    #[test]
    fn the_order_of_blocks_does_not_matter(
        seeds in proptest::collection::vec(0_u16..500, 1..300),
        parts in proptest::collection::vec(0_usize..4, 300),
        turn in 0_usize..4,
    ) {
        let messages = messages(&seeds);
        let numbered = || messages.iter().enumerate();
        let whole = count(numbered(), 1_000_000);
        let mut joined = Table::new(Scale::default(), Of::Templates);
        for part in 0..4 {
            let part = (part + turn) % 4;
            let own = numbered().filter(|(at, _)| parts[*at] == part);
            joined.join(count(own, 1_000_000));
        }
        proptest::prop_assert_eq!(joined.records(), messages.len() as u64);
        proptest::prop_assert_eq!(sorted(joined.groups().to_vec()), sorted(whole.groups().to_vec()));
        proptest::prop_assert_eq!(sorted(joined.summary()), sorted(whole.summary()));
    }
}

#[test]
fn a_summary_counts_every_record_once() {
    let seeds: Vec<u16> = (0..2_000).collect();
    let messages = messages(&seeds);
    let table = count(messages.iter().enumerate(), 20_000_000);
    let summary = table.summary();
    let templates: Vec<&str> = summary.iter().map(|group| &*group.template).collect();
    assert!(templates.contains(&"user <any> logged in"), "{templates:?}");
    assert_eq!(summary.len(), 6, "{templates:?}");
    assert_eq!(
        summary.iter().map(|group| group.seen.records).sum::<u64>(),
        2_000
    );
    let steps = summary.iter().flat_map(|group| group.seen.steps.iter());
    assert_eq!(steps.sum::<u32>(), 2_000);
    let idle = summary
        .iter()
        .find(|group| group.template == "idle")
        .unwrap();
    assert_eq!(idle.seen.records, 400);
    assert_eq!(
        (idle.seen.first.record, idle.seen.last.record),
        (RecordNo(2), RecordNo(1_997))
    );
    assert_eq!(
        idle.seen
            .loggers
            .iter()
            .map(|(_, records)| records)
            .sum::<u32>(),
        400
    );
}

/// A word of few letters, another one for each number.
fn word(mut number: usize) -> String {
    let mut word = String::new();
    while number > 0 || word.is_empty() {
        word.push((b'a' + (number % 7) as u8) as char);
        number /= 7;
    }
    word
}

#[test]
fn memory_is_bounded_and_no_record_is_lost() {
    // Names, any words at all, and many words alone.
    let makers: [&dyn Fn(usize) -> String; 3] = [
        &|at| format!("user x{} logged in", word(at)),
        &|at| {
            format!(
                "{} {} {} {}",
                word(at % 11),
                word(at * 31 % 1_009),
                word(at * 7),
                word(at)
            )
        },
        &|at| format!("x{}", word(at)),
    ];
    for (maker, others) in makers.into_iter().zip([false, false, true]) {
        let messages: Vec<String> = (0..20_000).map(maker).collect();
        let whole = count(messages.iter().enumerate(), 1_000_000);
        let mut joined = Table::new(Scale::default(), Of::Templates);
        for part in messages.chunks(5_000).enumerate() {
            let own = part.1.iter().enumerate();
            joined.join(count(
                own.map(|(at, message)| (part.0 * 5_000 + at, message)),
                1_000_000,
            ));
        }
        for table in [&whole, &joined] {
            assert!(table.groups().len() <= MOST_GROUPS);
            assert_eq!(table.records(), 20_000);
            assert_eq!(table.others() > 0, others);
        }
    }
    let names: Vec<String> = (0..20_000).map(makers[0]).collect();
    let summary = count(names.iter().enumerate(), 1_000_000).summary();
    assert_eq!(summary.len(), 1);
    assert_eq!(summary[0].template, "user <any> logged in");
}

#[test]
fn fingerprints_lose_their_outermost_calls_to_make_room() {
    let fingerprint = |at: usize| format!("E{} in a{} < b{} < c{at}", at % 3, at % 7, at % 11);
    let count = |numbers: &mut dyn Iterator<Item = usize>| {
        let mut table = Table::new(
            Scale::of(Timestamp(0), Timestamp(1_000_000)),
            Of::Fingerprints,
        );
        for at in numbers {
            table.add(fingerprint(at).as_bytes(), record(at), || {
                Some(at.to_string())
            });
        }
        table
    };
    let whole = count(&mut (0..20_000));
    let mut joined = Table::new(Scale::default(), Of::Fingerprints);
    for part in (0..4).rev() {
        joined.join(count(&mut (part * 5_000..(part + 1) * 5_000)));
    }
    assert!(whole.is_cut() && whole.others() == 0);
    assert_eq!(whole.groups().len(), 3 * 7 * 11);
    assert_eq!(
        sorted(joined.groups().to_vec()),
        sorted(whole.groups().to_vec())
    );
    let last = joined
        .groups()
        .iter()
        .find(|group| group.template == "E1 in a0 < b1")
        .unwrap();
    assert_eq!(
        last.latest.as_ref().unwrap(),
        &last.seen.last.record.0.to_string()
    );
    assert_eq!(
        joined
            .groups()
            .iter()
            .map(|group| group.seen.records)
            .sum::<u64>(),
        20_000
    );
}

#[test]
fn room_is_made_once_somebody_waits_again() {
    let nobody = Arc::new(AtomicBool::new(true));
    let asked = nobody.clone();
    let patience = Patience::until(move || asked.load(Ordering::Relaxed));
    let scale = Scale::of(Timestamp(0), Timestamp(1_000_000));
    let mut table = Table::new(scale, Of::Templates).with_patience(patience);
    let add = |table: &mut Table, numbers: std::ops::Range<usize>| {
        for at in numbers {
            let message = format!("user x{} logged in", word(at));
            table.add(message.as_bytes(), record(at), || None);
        }
    };
    add(&mut table, 0..MOST_GROUPS + 100);
    assert_eq!(table.groups().len(), MOST_GROUPS + 100);
    assert_eq!(table.summary().len(), table.groups().len());
    nobody.store(false, Ordering::Relaxed);
    add(&mut table, MOST_GROUPS + 100..MOST_GROUPS + 101);
    assert!(table.groups().len() <= MOST_GROUPS && table.merged() == 1);
    assert_eq!(table.records(), MOST_GROUPS as u64 + 101);
    assert_eq!(table.summary().len(), 1);
}
