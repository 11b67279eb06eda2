//! Which format is this? Tries every built-in and what `infer` proposes, and ranks them by what they explain.

mod wrapped;

use std::fmt::Write as _;
use std::ops::Range;

use super::builtin::builtins;
use super::extractor::{Clock, Extractor, LevelWord};
use super::field::Role;
use super::infer;
use super::plain::is_continuation;
use super::spec::{Format, FormatSpec};
use crate::base::time::{Zone, ZoneClock};

/// A format that may be the right one.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The format, ready to use.
    pub format: Format,
    /// Lines of the sample.
    pub lines: usize,
    /// Lines that it explains: record starts and their continuations.
    pub matched: usize,
    /// What the ranking goes by; higher is better.
    pub score: f64,
    /// The ranking in words: `matched 97 of 100 lines; time, level, logger`.
    pub reason: String,
}

/// Lines that every candidate is tried on; the best are then tried on all.
const FIRST_LINES: usize = 120;
/// Lines that templates are inferred from.
const INFERRED_LINES: usize = 420;
/// Records that are taken apart to see whether the message is cut off well.
const PARSED_LINES: usize = 40;
/// So many candidates are kept.
const KEPT: usize = 8;
/// Those whose score in the first round is at least this share of the best are tried on all lines: no other came up to
/// the best one there in any log of the tests, and trying them takes a third of the time to open a file.
const SECOND_ROUND: f64 = 0.75;
/// More lines than this say nothing new.
const MAX_LINES: usize = 2500;

/// So much of a file decides its format, in bytes: a third from its beginning, its middle and its end each.
pub const SAMPLE_BYTES: u64 = 192 << 10;

/// Where to read the pieces of a sample of a file of so many bytes, for [`join`].
#[must_use]
pub fn sample_ranges(len: u64) -> Vec<Range<u64>> {
    if len <= SAMPLE_BYTES {
        return std::iter::once(0..len).collect();
    }
    let piece = SAMPLE_BYTES / 3;
    [0, (len - piece) / 2, len - piece]
        .into_iter()
        .map(|start| start..start + piece)
        .collect()
}

/// One sample for [`detect`] of the pieces of a file, in file order; the lines that are cut between them are left out.
#[must_use]
pub fn join(pieces: &[Vec<u8>]) -> Vec<u8> {
    let mut sample = Vec::with_capacity(pieces.iter().map(Vec::len).sum());
    for (at, piece) in pieces.iter().enumerate() {
        let start = if at == 0 {
            0
        } else {
            memchr::memchr(b'\n', piece).map_or(piece.len(), |end| end + 1)
        };
        let last = at + 1 == pieces.len();
        let end = if last {
            piece.len()
        } else {
            memchr::memrchr(b'\n', piece).map_or(0, |end| end + 1)
        };
        sample.extend_from_slice(piece.get(start..end).unwrap_or_default());
    }
    sample
}

/// Ranks the formats that may have written `sample`, best first; never empty, plain text is the last resort.
/// `sample` is the start of a file (or pieces of it) and may be cut anywhere; `zone` is the zone of its local times.
pub fn detect(sample: &[u8], zone: &Zone) -> Vec<Candidate> {
    detect_with(sample, zone, &[])
}

/// The same with the user's own formats, which win ties.
pub fn detect_with(sample: &[u8], zone: &Zone, own: &[Format]) -> Vec<Candidate> {
    let raw = sample_lines(sample);
    let lines: Vec<Line<'_>> = raw
        .iter()
        .filter(|line| !line.trim_ascii().is_empty())
        .map(|line| Line::new(line))
        .collect();
    let mut found = candidates(&lines, &raw, zone, own);
    if let Some(mixed) = found.first().and_then(|best| mix(best, &lines, zone, own)) {
        found.insert(0, mixed);
    }
    if let Some(inside) = wrapped::best(&lines, zone, own) {
        found.insert(0, inside);
    }
    found
}

/// What a built-in scores that explains every line, and shows a time, a level, a logger and two more fields in each: then
/// nothing is inferred, which takes as long as judging all built-ins.
const NO_GUESS: f64 = 1.69;

/// What a format of the user's own scores more than another that explains as much.
const OWN: f64 = 0.06;

/// The best formats for these lines, best first. `raw` are the lines with the blank ones among them.
fn candidates(lines: &[Line<'_>], raw: &[&[u8]], zone: &Zone, own: &[Format]) -> Vec<Candidate> {
    let first = spread(lines, FIRST_LINES);
    let known_own = |spec: &FormatSpec| own.iter().any(|format| format.spec == *spec);
    let prefer = |candidate: Candidate| Candidate {
        score: candidate.score
            + if known_own(&candidate.format.spec) {
                OWN
            } else {
                0.0
            },
        ..candidate
    };
    let judged = |spec: FormatSpec| judge(Format::compile(&spec).ok()?, &first, zone);
    let known = builtins().iter().map(|builtin| FormatSpec::Builtin {
        name: builtin.name.to_owned(),
    });
    let mut found: Vec<Candidate> = known.filter_map(judged).collect();
    let taught = own.iter().cloned();
    found.extend(taught.filter_map(|format| judge(format, &first, zone).map(prefer)));
    if found.iter().all(|candidate| candidate.score < NO_GUESS) {
        let guesses = infer::proposals(&spread(raw, INFERRED_LINES));
        let news = guesses.into_iter().filter(|spec| !known_own(spec));
        found.extend(news.filter_map(judged));
    }
    rank(&mut found);
    found.truncate(KEPT);
    if lines.len() > first.len() {
        let least = found.first().map_or(0.0, |best| best.score) * SECOND_ROUND;
        let hopeful = found.partition_point(|candidate| candidate.score >= least);
        let others = found.split_off(hopeful);
        found = found
            .into_iter()
            .filter_map(|c| judge(c.format, lines, zone).map(prefer))
            .collect();
        rank(&mut found);
        // What all lines were asked about comes first.
        found.extend(others);
    }
    found
}

/// A second format must start records at this share of all lines and of the lines that the first leaves over.
const MIN_SECOND: f64 = 0.05;
const MIN_SECOND_OF_REST: f64 = 0.5;

/// The best format and another one for the lines that it leaves over, where those clearly have one: a time or a level in
/// nearly all of them.
fn mix(best: &Candidate, lines: &[Line<'_>], zone: &Zone, own: &[Format]) -> Option<Candidate> {
    let extractor = &*best.format.extractor;
    if matches!(extractor, Extractor::Plain(_)) {
        return None;
    }
    let rest: Vec<Line<'_>> = lines
        .iter()
        .filter(|line| line.kind != Kind::Continuation && !extractor.is_start(line.text))
        .copied()
        .collect();
    let least = (lines.len() as f64 * MIN_SECOND).max(3.0);
    if (rest.len() as f64) < least {
        return None;
    }
    let texts: Vec<&[u8]> = rest.iter().map(|line| line.text).collect();
    let second = candidates(&rest, &texts, zone, own)
        .into_iter()
        .find(|candidate| is_second(candidate, &rest, least, zone))?;
    let spec = FormatSpec::Mixed {
        formats: vec![best.format.spec.clone(), second.format.spec],
    };
    let mixed = judge(Format::compile(&spec).ok()?, lines, zone)?;
    Some(Candidate {
        score: mixed.score.max(best.score),
        ..mixed
    })
}

fn is_second(candidate: &Candidate, rest: &[Line<'_>], least: f64, zone: &Zone) -> bool {
    let extractor = &*candidate.format.extractor;
    if matches!(extractor, Extractor::Plain(_)) {
        return false;
    }
    let tally = Tally::take(extractor, rest, zone);
    let starts = tally.starts as f64;
    let telling = tally.timed.max(tally.known_levels);
    starts >= least
        && starts >= rest.len() as f64 * MIN_SECOND_OF_REST
        && share(telling, tally.starts) > 0.9
}

/// Runs of lines from the beginning, the middle and the end, `count` in all; neighbours stay together.
fn spread<T: Copy>(lines: &[T], count: usize) -> Vec<T> {
    if lines.len() <= count {
        return lines.to_vec();
    }
    let run = count / 3;
    [0, (lines.len() - run) / 2, lines.len() - run]
        .into_iter()
        .filter_map(|start| lines.get(start..start + run))
        .flatten()
        .copied()
        .collect()
}

fn rank(candidates: &mut [Candidate]) {
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
}

/// The lines of the sample without the last one if that is cut off.
fn sample_lines(sample: &[u8]) -> Vec<&[u8]> {
    let sample = sample.strip_prefix(b"\xef\xbb\xbf").unwrap_or(sample);
    let mut lines: Vec<&[u8]> = sample
        .split_inclusive(|b| *b == b'\n')
        .take(MAX_LINES + 1)
        .collect();
    if lines.len() > 1 {
        lines.pop_if(|last| !last.ends_with(b"\n"));
    }
    lines.truncate(MAX_LINES);
    lines
}

/// What a line looks like before any format is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Indented or part of a traceback.
    Continuation,
    /// It has a time or a level where heads have them; a format that does not see a start here misses something.
    Head,
    /// Neither.
    Other,
}

/// A line of the sample that is not blank.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a [u8],
    kind: Kind,
}

impl<'a> Line<'a> {
    fn new(text: &'a [u8]) -> Self {
        let kind = if is_continuation(text) {
            Kind::Continuation
        } else if infer::looks_like_head(text) {
            Kind::Head
        } else {
            Kind::Other
        };
        Self { text, kind }
    }
}

/// What a format made of the sample.
#[derive(Default)]
struct Tally {
    lines: usize,
    starts: usize,
    covered: usize,
    /// Records that were taken apart, and those of them whose message begins with blanks: padding that the format
    /// does not know.
    parsed: usize,
    indented: usize,
    /// Lines that begin at their first column and are no starts.
    others: usize,
    /// Lines explained, with their weights.
    explained: f64,
    timed: usize,
    backwards: usize,
    known_levels: usize,
    custom_levels: usize,
    loggers: usize,
    odd_loggers: usize,
}

impl Tally {
    fn take(extractor: &Extractor, lines: &[Line<'_>], zone: &Zone) -> Self {
        let mut clock = ZoneClock::new(zone);
        let mut tally = Self::default();
        let mut last = i64::MIN;
        let mut open = false;
        for line in lines {
            tally.lines += 1;
            let Some(header) = extractor.header(line.text, &mut clock) else {
                let explained = match line.kind {
                    Kind::Continuation => 1.0,
                    Kind::Other if open => 0.8,
                    Kind::Other => 0.0,
                    Kind::Head => -0.4,
                };
                tally.explained += explained;
                tally.others += usize::from(line.kind != Kind::Continuation);
                tally.covered += usize::from(
                    line.kind == Kind::Continuation || (open && line.kind == Kind::Other),
                );
                continue;
            };
            tally.explained += 1.0;
            open = true;
            if tally.starts < PARSED_LINES && !matches!(extractor, Extractor::Plain(_)) {
                let parsed = extractor.parse(line.text);
                tally.parsed += 1;
                tally.indented += usize::from(parsed.message.starts_with(b"  "));
            }
            tally.starts += 1;
            if let Some(time) = header.time {
                tally.timed += 1;
                tally.backwards += usize::from(time < last);
                last = time;
            }
            match header.level {
                LevelWord::Standard(_) => tally.known_levels += 1,
                LevelWord::Custom(_) => tally.custom_levels += 1,
                LevelWord::None => {}
            }
            if let Some(logger) = header.logger {
                tally.loggers += 1;
                tally.odd_loggers += usize::from(!plausible_logger(&logger));
            }
        }
        tally
    }
}

/// A logger's name is short and has no blanks; dotted paths, class names and program names are. `4021:MainThread` is a
/// process and a thread.
fn plausible_logger(name: &[u8]) -> bool {
    let name = name.strip_suffix(b" *64").unwrap_or(name); // a program of 64 bits, in Proxifier's words
    let digits = name.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (1..=100).contains(&name.len())
        && !(digits > 0 && name.get(digits) == Some(&b':'))
        && !name
            .iter()
            .any(|b| matches!(b, b' ' | b'\t' | b'"' | b'=' | b'{' | b'|'))
        && name.iter().any(u8::is_ascii_alphabetic)
}

/// The candidate with its score, or `None` if it explains nothing.
fn judge(format: Format, lines: &[Line<'_>], zone: &Zone) -> Option<Candidate> {
    let tally = Tally::take(&format.extractor, lines, zone);
    let last_resort =
        matches!(&*format.extractor, Extractor::Plain(plain) if plain.clock() == Clock::None);
    if tally.starts == 0 && !last_resort {
        return None;
    }
    let score = score(&format, &tally);
    let matched = tally.starts + if last_resort { 0 } else { tally.covered };
    let reason = reason(&format.extractor, &tally, matched);
    Some(Candidate {
        format,
        lines: tally.lines,
        matched: matched.min(tally.lines),
        score,
        reason,
    })
}

/// Few starts explain little: what lies between them may be anything.
fn density(tally: &Tally) -> f64 {
    let dated = tally.timed * 2 > tally.starts; // a traceback of hundred lines is not rare, a time is
    let least = if dated { 0.01 } else { 0.1 };
    if share(tally.starts, tally.starts + tally.others) < least {
        0.1
    } else {
        1.0
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// Between 0 and about 2: how much is explained, and how strict the format is about it.
fn score(format: &Format, tally: &Tally) -> f64 {
    let extractor = &*format.extractor;
    let explained = (tally.explained / tally.lines.max(1) as f64).clamp(0.0, 1.0);
    let level =
        share(tally.known_levels, tally.starts) + 0.3 * share(tally.custom_levels, tally.starts);
    let logger = share(tally.loggers - tally.odd_loggers, tally.starts)
        - 0.5 * share(tally.odd_loggers, tally.starts);
    let time = share(tally.timed, tally.starts) * (1.0 - 0.5 * share(tally.backwards, tally.timed));
    let others = extractor
        .columns()
        .iter()
        .filter(|c| c.role == Role::Other)
        .count()
        .min(8) as f64;
    let strict = match extractor {
        Extractor::Json(_) if tally.timed + tally.known_levels > 0 => 0.45,
        Extractor::Json(_) => 0.0,
        Extractor::Logfmt(_) => 0.35,
        Extractor::Plain(_) => -0.25,
        Extractor::Template(_)
        | Extractor::Regex(_)
        | Extractor::Mixed(_)
        | Extractor::Wrapped(_)
        | Extractor::Adjusted(_) => 0.1,
    };
    // On ties a built-in is the better name, but only one that takes as much of the line apart.
    let strict = match &format.spec {
        FormatSpec::Builtin { .. } if others >= 5.0 => strict + 0.3,
        FormatSpec::Builtin { .. } if others >= 4.0 => strict + 0.15,
        FormatSpec::Builtin { .. } if others >= 2.0 => strict + 0.05,
        FormatSpec::Builtin { .. } => strict + 0.01,
        _ => strict,
    };
    explained
        * density(tally)
        * (1.0 - 0.1 * share(tally.indented, tally.parsed))
        * (0.5 + 0.4 * time + 0.4 * level + 0.2 * logger + 0.02 * others + strict)
}

fn reason(extractor: &Extractor, tally: &Tally, matched: usize) -> String {
    let mut text = format!(
        "matched {} of {} lines",
        matched.min(tally.lines),
        tally.lines
    );
    let has = |count: usize| count * 10 > tally.starts * 9 && count > 0;
    let levels = tally.known_levels + tally.custom_levels;
    let parts: Vec<&str> = [
        (tally.timed, "time"),
        (levels, "level"),
        (tally.loggers, "logger"),
    ]
    .iter()
    .filter(|(count, _)| has(*count))
    .map(|(_, name)| *name)
    .collect();
    if !parts.is_empty() {
        let _ = write!(text, "; {}", parts.join(", "));
    }
    if tally.backwards * 10 > tally.timed {
        text.push_str("; times go backwards");
    }
    let others = extractor
        .columns()
        .iter()
        .filter(|c| c.role == Role::Other)
        .count();
    if others > 0 {
        let _ = write!(text, "; {others} more fields");
    }
    text
}
