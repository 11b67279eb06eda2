//! Finds the time and the level in each line, and groups lines whose heads look alike up to there.

use std::collections::HashMap;
use std::ops::Range;

use super::super::anytime::{self, Moment, ZoneForm};
use super::super::extractor::Clock;
use crate::base::level::standard_level;

/// The time and the level are looked for so far into a line.
const HEAD: usize = 140;
/// A group must have this share of the lines to be worth a proposal.
const MIN_SHARE: f64 = 0.08;

/// A line with what was found in it.
#[derive(Debug, Clone)]
pub struct Marked<'a> {
    /// The line without escape sequences and line end.
    pub text: &'a [u8],
    /// The first timestamp.
    pub time: Option<(usize, Moment)>,
    /// The first word that may be its level.
    pub level: Option<Range<usize>>,
    /// Blanks that the next line begins with.
    pub indent_below: usize,
}

/// Marks a line.
pub fn mark(text: &[u8]) -> Marked<'_> {
    let time = find_time(text);
    let level = find_level(
        text,
        time.as_ref()
            .map(|(at, moment)| *at..at + moment.len)
            .as_ref(),
    );
    Marked {
        text,
        time,
        level,
        indent_below: 0,
    }
}

/// The first time of the text, full or not, and its length.
pub fn first_time(text: &[u8]) -> Option<(usize, usize)> {
    find_time(text).map(|(at, moment)| (at, moment.len))
}

/// The first word of the text that may be a level.
pub fn first_level(text: &[u8]) -> Option<Range<usize>> {
    find_level(text, None)
}

/// What the text looks like from a byte to its end: runs of word characters, blanks and signs.
pub fn shape(text: &[u8], from: usize) -> Vec<u8> {
    let mut key = Vec::new();
    key.extend(from.checked_sub(1).and_then(|at| text.get(at)));
    let mut at = from;
    while at < text.len() {
        at += sign(text, at, &mut key);
    }
    key
}

/// The first full timestamp near the start, or else the first partial one.
fn find_time(text: &[u8]) -> Option<(usize, Moment)> {
    let mut partial: Option<(usize, Moment)> = None;
    let mut at = 0;
    while at < text.len().min(HEAD) {
        let before = at.checked_sub(1).and_then(|i| text.get(i));
        let edge =
            before.is_none_or(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'.' | b'-' | b'+'));
        // Korean puts 오전 or 오후 in front of the time of day.
        let here = text
            .get(at)
            .is_some_and(|b| b.is_ascii_alphanumeric() || !b.is_ascii());
        if edge
            && here
            && let Some(found) = text.get(at..).and_then(anytime::recognise)
        {
            if found.clock == Clock::Full
                && (found.shape != "epoch" || at < 2)
                && found.shape != "%Y-%m-%d"
            {
                return Some((at, found));
            }
            at += found.len;
            if found.shape != "epoch" && partial.is_none() {
                partial = Some((at - found.len, found));
            }
        } else {
            at += 1;
        }
    }
    partial
}

/// The first word outside the time that may be a level by its spelling and its neighbours.
fn find_level(text: &[u8], time: Option<&Range<usize>>) -> Option<Range<usize>> {
    let head = text.get(..text.len().min(HEAD))?;
    let letter = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
    let mut at = 0;
    while at < head.len() {
        if let Some(time) = time.filter(|time| time.contains(&at)) {
            at = time.end;
            continue;
        }
        let len = head.get(at..)?.iter().take_while(|b| letter(b)).count();
        if len == 0 {
            at += 1;
            continue;
        }
        let underscored = time.is_some_and(|time| time.end + 1 == at);
        if is_level(head, at..at + len, underscored) {
            return Some(at..at + len);
        }
        at += len;
    }
    None
}

/// `underscored`: the word follows the time and one sign, so underscores around it are delimiters.
fn is_level(head: &[u8], range: Range<usize>, underscored: bool) -> bool {
    let before = range
        .start
        .checked_sub(1)
        .and_then(|at| head.get(at))
        .copied();
    let after = head.get(range.end).copied();
    let joined = |b: u8| b.is_ascii_alphanumeric() || (b == b'_' && !underscored) || b == b'\'';
    if before.is_some_and(joined) || after.is_some_and(joined) {
        return false;
    }
    let word = head.get(range).unwrap_or_default();
    let known = standard_level(word).is_some() || is_korean_level(word);
    let upper = word.iter().all(u8::is_ascii_uppercase);
    match word.len() {
        1 => {
            known
                && upper
                && before.is_none_or(|b| matches!(b, b'[' | b'(' | b' ' | b'|' | b'<'))
                && after.is_some_and(|b| matches!(b, b' ' | b'/' | b'|' | b']' | b':' | b')'))
        }
        2..=3 => known && (upper || before == Some(b'[') || before == Some(b'=')),
        _ => known,
    }
}

/// Korean level words; other languages show up as custom levels once a user names the format.
pub fn is_korean_level(word: &[u8]) -> bool {
    const WORDS: [&str; 8] = [
        "디버그",
        "정보",
        "경고",
        "오류",
        "에러",
        "심각",
        "치명",
        "추적",
    ];
    WORDS.iter().any(|known| known.as_bytes() == word)
}

/// Lines with the same kind of head.
#[derive(Debug)]
pub struct Group<'m, 'a> {
    /// Its lines.
    pub lines: Vec<&'m Marked<'a>>,
    /// Whether the time is one of its anchors.
    pub timed: bool,
    /// Whether the level is.
    pub levelled: bool,
}

impl Group<'_, '_> {
    /// The time of the first line that has one.
    pub fn moment(&self) -> Option<Moment> {
        let mut times = self.lines.iter().filter_map(|line| line.time.as_ref());
        times.next().map(|(_, moment)| *moment)
    }
}

/// The groups worth a proposal.
pub fn groups<'m, 'a>(marked: &'m [Marked<'a>]) -> Vec<Group<'m, 'a>> {
    let mut out = Vec::new();
    let dated = marked.iter().filter(|line| line.time.is_some()).count() * 2 > marked.len();
    for (timed, levelled) in [(true, true), (true, false), (false, true)] {
        if !timed && dated {
            continue; // the time is part of the head: a format that does not know it explains less
        }
        let mut by_key: HashMap<Vec<u8>, Vec<&'m Marked<'a>>> = HashMap::new();
        for line in marked {
            if let Some(key) = key(line, timed, levelled) {
                by_key.entry(key).or_default().push(line);
            }
        }
        let mut ranked: Vec<_> = by_key.into_iter().collect();
        ranked.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(&b.0)));
        let enough = (marked.len() as f64 * MIN_SHARE).ceil() as usize;
        let worthy = ranked
            .into_iter()
            .take(3)
            .filter(|(_, lines)| lines.len() >= enough);
        out.extend(worthy.map(|(_, lines)| Group {
            lines,
            timed,
            levelled,
        }));
    }
    out
}

/// What lines of one group share: the kind of time, and the signs around words up to the last anchor.
fn key(line: &Marked<'_>, timed: bool, levelled: bool) -> Option<Vec<u8>> {
    let time = if timed {
        Some(line.time.as_ref()?)
    } else {
        None
    };
    let level = if levelled {
        Some(line.level.as_ref()?)
    } else {
        None
    };
    let mut key = Vec::new();
    let mut end = 0;
    if let Some((at, moment)) = time {
        end = at + moment.len;
        key.extend_from_slice(moment.shape.as_bytes());
        let digits = if moment.fraction.1 == 3 {
            3
        } else {
            moment.fraction.1.min(1)
        };
        key.extend([
            moment.fraction.0,
            digits,
            u8::from(moment.zone != ZoneForm::None),
        ]);
    }
    end = end.max(level.map_or(0, |range| range.end));
    let mut at = 0;
    while at < end {
        if let Some((start, moment)) = time
            && *start == at
        {
            key.push(b'T');
            at += moment.len;
        } else if level.is_some_and(|range| range.start == at) {
            key.push(b'L');
            at = level.map_or(end, |range| range.end);
        } else {
            let next = [
                time.map(|(start, _)| *start),
                level.map(|range| range.start),
            ];
            let stop = next
                .into_iter()
                .flatten()
                .filter(|start| *start > at)
                .min()
                .unwrap_or(line.text.len());
            at += sign(line.text.get(..stop).unwrap_or_default(), at, &mut key);
        }
    }
    Some(key)
}

/// Adds the sign at `at` to the key, a run of word characters as one `a`, a run of blanks as one; returns its length.
fn sign(text: &[u8], at: usize, key: &mut Vec<u8>) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let run = |pick: fn(&u8) -> bool| rest.iter().take_while(|b| pick(b)).count();
    let word = run(is_word);
    if word > 0 {
        if key.last() != Some(&b'a') {
            key.push(b'a');
        }
        return word;
    }
    if rest.first() == Some(&b' ') {
        key.push(b' ');
        return run(|b| *b == b' ');
    }
    key.extend(rest.first());
    1
}

/// Whether the byte may be part of a word in a head.
pub fn is_word(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric()
        || *byte >= 0x80
        || matches!(byte, b'_' | b'.' | b'-' | b'$' | b'+' | b'\\' | b'?' | b'@')
}
