//! Which format is this? Tries every built-in and what `infer` proposes, and ranks them by what they explain.

mod announced;
mod noise;
mod second;
mod tally;
mod wrapped;
mod writers;

pub use second::with_second;

use std::fmt::Write as _;
use std::ops::Range;

use super::builtin::{NO_TEXT, builtins};
use super::extractor::{Clock, Extractor};
use super::field::{Column, Role};
use super::infer;
use super::spec::{Format, FormatSpec};
use crate::base::text::count;
use crate::base::time::Zone;
use second::mix;
use tally::{Line, Tally};

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
    /// Whether it comes before others whatever they score.
    preferred: bool,
    /// The ranking in words: `matched 97 of 100 lines; time, level, logger`.
    pub reason: String,
}

/// Lines that every candidate is tried on; the best are then tried on all.
const FIRST_LINES: usize = 120;
/// Lines that templates are inferred from.
const INFERRED_LINES: usize = 420;
/// So many candidates are kept.
const KEPT: usize = 8;
/// Those whose score in the first round is at least this share of the best are tried on all lines: no other came up to
/// the best one there in any log of the tests, and trying them takes a third of the time to open a file.
const SECOND_ROUND: f64 = 0.75;
/// More lines than this say nothing new.
const MAX_LINES: usize = 2500;

/// So much of a file decides its format, in bytes: a third from its beginning, its middle and its end each.
pub const SAMPLE_BYTES: u64 = 192 << 10;

/// Where no line of the sample is whole, as many bytes are looked through for the end of the first one.
const LONG_LINE: [u64; 2] = [1 << 20, 4 << 20];

/// The sample of a text of so many bytes, for [`detect`]: pieces from all over it, or its first line where it has only
/// lines that are longer. `read` reads what is at a place.
///
/// # Errors
/// What `read` says.
pub fn sample_of<E>(
    len: u64,
    mut read: impl FnMut(Range<u64>) -> Result<Vec<u8>, E>,
) -> Result<Vec<u8>, E> {
    let pieces: Vec<Vec<u8>> = { sample_ranges(len).into_iter() }
        .map(&mut read)
        .collect::<Result<_, E>>()?;
    let sample = join(&pieces);
    if pieces.len() == 1 || !sample.trim_ascii().is_empty() {
        return Ok(sample);
    }
    for most in LONG_LINE {
        let mut text = read(0..most.min(len))?;
        let end = memchr::memchr(b'\n', &text).map(|end| end + 1);
        if end.is_some() || len <= most {
            text.truncate(end.unwrap_or(text.len()));
            return Ok(text);
        }
    }
    // Its beginning is better than nothing.
    Ok(pieces.into_iter().next().unwrap_or_default())
}

/// Where to read the pieces of a sample of a text of so many bytes, for [`join`].
fn sample_ranges(len: u64) -> Vec<Range<u64>> {
    if len <= SAMPLE_BYTES {
        return std::iter::once(0..len).collect();
    }
    let piece = SAMPLE_BYTES / 3;
    [0, (len - piece) / 2, len - piece]
        .into_iter()
        .map(|start| start..start + piece)
        .collect()
}

/// One sample of the pieces of a file, in file order; the lines that are cut between them are left out.
fn join(pieces: &[Vec<u8>]) -> Vec<u8> {
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
    let lines = telling_lines(&raw);
    let mut found = candidates(&lines, &raw, zone, own);
    if let Some(announced) = announced::best(&raw, &lines, zone) {
        found.push(announced);
        rank(&mut found);
    }
    if let Some(mixed) = mix(&found, &lines, zone, own) {
        found.insert(0, mixed);
    }
    if let Some(inside) = wrapped::best(&lines, zone, own) {
        found.insert(0, inside);
    }
    if noise::is_noise(sample)
        && let Ok(format) = Format::compile(&FormatSpec::builtin(NO_TEXT))
        && let Some(as_it_is) = judge(format, &lines, zone)
    {
        found.insert(0, as_it_is);
    }
    found
}

/// What a built-in scores that explains every line, and shows a time, a level, a logger and two more fields in each: then
/// nothing is inferred, which takes as long as judging all built-ins.
const NO_GUESS: f64 = 1.69;

/// Where a format starts fewer records than this, lines may be alike by chance.
const FEW_STARTS: usize = 10;

/// What a built-in with fields of its own scores more there than what is inferred from these lines.
const FEW: f64 = 0.25;

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
    let for_text = builtins().iter().filter(|known| known.name != NO_TEXT);
    let known = for_text.map(|builtin| FormatSpec::builtin(builtin.name));
    let mut found: Vec<Candidate> = known.filter_map(judged).collect();
    let taught = own.iter().cloned();
    found.extend(taught.filter_map(|format| judge(format, &first, zone).map(prefer)));
    if found.iter().all(|candidate| candidate.score < NO_GUESS) {
        let guesses = infer::proposals(&spread(raw, INFERRED_LINES));
        let news = guesses.into_iter().filter(|spec| !known_own(spec));
        found.extend(news.filter_map(judged));
    }
    // What a format's own rules cannot read, though it looks like it, was written by a template; and records whose time is
    // blank would all belong to the last one that shows it.
    let surer = infer::unescaped(raw).or_else(|| infer::blanked(raw));
    if let Some(template) = surer.and_then(judged) {
        let taught = |c: &Candidate| known_own(&c.format.spec) && c.score >= template.score;
        found.push(Candidate {
            preferred: !found.iter().any(taught),
            ..template
        });
    }
    rank(&mut found);
    found.truncate(KEPT);
    if lines.len() > first.len() {
        let least = found.first().map_or(0.0, |best| best.score) * SECOND_ROUND;
        let hopeful = found.partition_point(|candidate| candidate.score >= least);
        let others = found.split_off(hopeful);
        found = found
            .into_iter()
            .filter_map(|c| judge_again(c, lines, zone).map(prefer))
            .collect();
        rank(&mut found);
        // What all lines were asked about comes first.
        found.extend(others);
    }
    found
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
    let better = |a: &Candidate, b: &Candidate| b.score.total_cmp(&a.score);
    candidates.sort_by(|a, b| b.preferred.cmp(&a.preferred).then_with(|| better(a, b)));
}

/// The lines that are not blank.
fn telling_lines<'a>(raw: &[&'a [u8]]) -> Vec<Line<'a>> {
    let filled = raw.iter().filter(|line| !line.trim_ascii().is_empty());
    filled.map(|line| Line::new(line)).collect()
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

/// The candidate by more lines; what was preferred stays so.
fn judge_again(before: Candidate, lines: &[Line<'_>], zone: &Zone) -> Option<Candidate> {
    let preferred = before.preferred;
    let again = judge(before.format, lines, zone)?;
    Some(Candidate { preferred, ..again })
}

/// The candidate with its score, or `None` if it explains nothing or takes the words of messages for levels.
fn judge(format: Format, lines: &[Line<'_>], zone: &Zone) -> Option<Candidate> {
    let tally = Tally::take(&format.extractor, lines, zone);
    let last_resort =
        matches!(&*format.extractor, Extractor::Plain(plain) if plain.clock() == Clock::None);
    if tally.starts == 0 && !last_resort {
        return None;
    }
    if takes_any_level(&format.extractor) && tally.levels_are_words() {
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
        preferred: false,
        reason,
    })
}

/// Whether any word may stand where the format has its level.
fn takes_any_level(extractor: &Extractor) -> bool {
    matches!(extractor, Extractor::Template(template) if template.level_is_bare())
}

/// Few starts explain little: what lies between them may be anything.
fn density(extractor: &Extractor, tally: &Tally) -> f64 {
    let dated = tally.timed * 2 > tally.starts; // a traceback of hundred lines is not rare, a time is
    let least = match extractor {
        // An object now and then that says neither is what a message is about.
        Extractor::Json(_) if tally.timed + tally.known_levels == 0 => 0.5,
        _ if dated => 0.01,
        _ => 0.1,
    };
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
        - 1.5 * share(tally.odd_loggers, tally.starts);
    let time = share(tally.timed, tally.starts) * (1.0 - 0.5 * share(tally.backwards, tally.timed));
    let few = tally.starts < FEW_STARTS;
    let is_named = |c: &&Column| c.role == Role::Other && !(few && infer::is_unnamed(&c.name));
    let others = extractor.columns().iter().filter(is_named).count().min(8) as f64;
    let strict = match extractor {
        Extractor::Json(_) if tally.timed + tally.known_levels > 0 => 0.45,
        Extractor::Json(_) => 0.0,
        Extractor::Logfmt(_) | Extractor::Table(_) | Extractor::Export(_) => 0.35,
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
    let strict = if few && others >= 1.0 && fits(format, tally) {
        strict + FEW
    } else {
        strict
    };
    explained
        * density(extractor, tally)
        * (1.0 - 0.1 * share(tally.indented, tally.parsed))
        * (0.5 + 0.4 * time + 0.4 * level + 0.2 * logger + 0.02 * others + strict)
}

/// Whether a built-in reads nearly all lines, and in all of them the logger that it knows.
fn fits(format: &Format, tally: &Tally) -> bool {
    let named = format.extractor.column_of(Role::Logger).is_some();
    matches!(format.spec, FormatSpec::Builtin { .. })
        && tally.others * 4 <= tally.starts
        && (!named || tally.loggers == tally.starts)
}

fn reason(extractor: &Extractor, tally: &Tally, matched: usize) -> String {
    let mut text = format!(
        "matched {} of {} lines",
        count(matched.min(tally.lines) as u64),
        count(tally.lines as u64)
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
    match others {
        0 => {}
        1 => text.push_str("; 1 more field"),
        _ => {
            let _ = write!(text, "; {others} more fields");
        }
    }
    text
}

#[cfg(test)]
mod tests;
