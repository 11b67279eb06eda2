//! Templates whose message is not last: a level, a time or a logger stands behind it on the line.

use std::collections::HashMap;
use std::ops::Range;

use super::super::anytime::Moment;
use super::super::spec::FormatSpec;
use super::anchors::{self, Group, Marked};
use super::columns::{self, Segment};
use super::emit;
use super::signs::name_like;

/// So far from the end of a line its tail begins at most.
const REACH: usize = 120;
/// Signs between message and tail are no longer than this.
const MAX_LEAD: usize = 6;
/// A tail must be at the ends of this share of the lines; messages of several lines have it at the end of the last one.
const MIN_SHARE: f64 = 0.25;
/// The lines of a tail must have this share of their heads alike to have a head at all.
const HEAD_SHARE: f64 = 0.6;

/// A line, and where its last level or time begins.
struct Cut<'a> {
    line: &'a [u8],
    at: usize,
}

/// Templates with fields behind the message that may have written these lines.
pub fn proposals(lines: &[&[u8]]) -> Vec<FormatSpec> {
    let mut by_key: HashMap<Vec<u8>, Vec<Cut<'_>>> = HashMap::new();
    for line in lines {
        for at in anchors_near_end(line) {
            let key = anchors::shape(line, at);
            by_key.entry(key).or_default().push(Cut { line, at });
        }
    }
    let enough = ((lines.len() as f64 * MIN_SHARE).ceil() as usize).max(3);
    let mut ranked: Vec<_> = by_key
        .into_iter()
        .filter(|(_, cuts)| cuts.len() >= enough)
        .collect();
    ranked.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(&b.0)));
    ranked
        .iter()
        .take(2)
        .filter_map(|(_, cuts)| propose(cuts))
        .collect()
}

/// Where the last level word and the last time of the line begin.
fn anchors_near_end(line: &[u8]) -> Vec<usize> {
    let mut from = line.len().saturating_sub(REACH);
    while line.get(from).is_some_and(|b| b & 0xc0 == 0x80) {
        from += 1;
    }
    let mut level: Option<Range<usize>> = None;
    let mut at = from;
    while let Some(found) = line.get(at..).and_then(anchors::first_level) {
        level = Some(found.start + at..found.end + at);
        at += found.end;
    }
    let mut time = None;
    at = from;
    while let Some((start, len)) = line.get(at..).and_then(anchors::first_time) {
        time = Some(start + at);
        at += start + len.max(1);
    }
    let mut out: Vec<usize> = [level.map(|range| range.start), time]
        .into_iter()
        .flatten()
        .collect();
    out.retain(|at| *at > 0);
    out.dedup();
    out
}

fn propose(cuts: &[Cut<'_>]) -> Option<FormatSpec> {
    let lead = lead(cuts);
    if lead == 0 {
        return None;
    }
    let part = |cut: &Cut<'_>| cut.at.saturating_sub(lead);
    let tails: Vec<Marked<'_>> = cuts
        .iter()
        .map(|cut| anchors::mark(cut.line.get(part(cut)..).unwrap_or_default()))
        .collect();
    let heads: Vec<Marked<'_>> = cuts
        .iter()
        .map(|cut| anchors::mark(cut.line.get(..part(cut)).unwrap_or_default()))
        .collect();
    let told = heads.windows(2).any(|two| {
        let [one, next] = two else { return false };
        one.text != next.text
    });
    let (tail, tail_moment) = split_tail(&tails, told)?;
    let (mut segments, head_moment) = split_head(&heads);
    if !matches!(segments.last(), None | Some(Segment::Literal(_))) {
        return None; // something must stand between the head and the message
    }
    let opened = heads
        .iter()
        .filter(|head| head.text.contains(&b'"'))
        .count();
    if starts_with_quote(&tail) && !segments.is_empty() && opened * 10 >= heads.len() * 9 {
        segments.push(Segment::Literal(b"\"".to_vec()));
    }
    segments.push(Segment::Message);
    segments.extend(tail);
    let twice = |pick: fn(&Segment<'_>) -> bool| segments.iter().filter(|s| pick(s)).count() > 1;
    if twice(|s| matches!(s, Segment::Time)) || twice(|s| matches!(s, Segment::Level(_))) {
        return None;
    }
    emit::spec(&merged(segments), head_moment.or(tail_moment).as_ref(), "")
}

/// Literals that follow each other become one.
fn merged(segments: Vec<Segment<'_>>) -> Vec<Segment<'_>> {
    let mut out: Vec<Segment<'_>> = Vec::with_capacity(segments.len());
    for segment in segments {
        match (out.last_mut(), segment) {
            (Some(Segment::Literal(text)), Segment::Literal(more)) => text.extend_from_slice(&more),
            (_, segment) => out.push(segment),
        }
    }
    out
}

fn starts_with_quote(tail: &[Segment<'_>]) -> bool {
    matches!(tail.first(), Some(Segment::Literal(text)) if text.starts_with(b"\""))
}

/// How many signs before the anchor nearly all lines share.
fn lead(cuts: &[Cut<'_>]) -> usize {
    let sign_before = |cut: &Cut<'_>, back: usize| {
        let sign = cut.line.get(cut.at.checked_sub(back)?).copied();
        sign.filter(|b| !b.is_ascii_alphanumeric())
    };
    let shared = |back: &usize| {
        let mut counts: HashMap<u8, usize> = HashMap::new();
        for sign in cuts.iter().filter_map(|cut| sign_before(cut, *back)) {
            *counts.entry(sign).or_default() += 1;
        }
        counts.values().any(|count| *count * 20 >= cuts.len() * 19)
    };
    (1..=MAX_LEAD).take_while(shared).count()
}

/// The pieces behind the message, if they reach to the ends of the lines. Where the text before them is always the same
/// (`told` is false), a word behind them may just as well be the message.
fn split_tail<'a>(tails: &[Marked<'a>], told: bool) -> Option<(Vec<Segment<'a>>, Option<Moment>)> {
    let most = |pick: fn(&Marked<'_>) -> bool| {
        tails.iter().filter(|line| pick(line)).count() * 10 >= tails.len() * 9
    };
    let timed = most(|line| line.time.is_some());
    let levelled = most(|line| line.level.is_some());
    let lines: Vec<_> = tails
        .iter()
        .filter(|line| (!timed || line.time.is_some()) && (!levelled || line.level.is_some()))
        .collect();
    let moment = lines
        .iter()
        .find_map(|line| line.time.as_ref().map(|(_, moment)| *moment));
    let group = Group {
        lines,
        timed,
        levelled,
    };
    let (mut segments, rests) = columns::split_with_rests(&group);
    if rests.iter().any(|rest| !rest.is_empty()) {
        let word = |rest: &&[u8]| name_like(rest) || rest.iter().all(u8::is_ascii_digit);
        let words = rests.iter().filter(|rest| !rest.is_empty() && word(rest));
        let delimited = matches!(segments.last(), Some(Segment::Literal(_)));
        if !told || !delimited || words.count() * 10 < rests.len() * 9 {
            return None;
        }
        segments.push(Segment::Field {
            values: rests,
            pad: columns::Pad::None,
        });
    }
    let anchored = |s: &Segment<'_>| matches!(s, Segment::Time | Segment::Level(_));
    segments
        .iter()
        .any(anchored)
        .then_some((segments, moment.filter(|_| timed)))
}

/// The pieces before the message; none if the message is first.
fn split_head<'a>(heads: &[Marked<'a>]) -> (Vec<Segment<'a>>, Option<Moment>) {
    let enough = heads.len() as f64 * HEAD_SHARE;
    for group in anchors::groups(heads) {
        let segments = columns::split(&group);
        if group.lines.len() as f64 >= enough && !segments.is_empty() {
            let mut times = group.lines.iter().filter_map(|line| line.time.as_ref());
            let moment = times.next().map(|(_, moment)| *moment);
            return (segments, moment.filter(|_| group.timed));
        }
    }
    (Vec::new(), None)
}
