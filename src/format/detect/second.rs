//! Two formats in one file: what is left over by the first may clearly be written in another.

use super::super::extractor::Extractor;
use super::super::field::Role;
use super::super::spec::{Format, FormatSpec};
use super::tally::{Kind, Line, Tally};
use super::{Candidate, candidates, judge, sample_lines, share, telling_lines};
use crate::base::time::Zone;

/// A second format must start records at this share of all lines and of the lines that the first leaves over.
const MIN_SECOND: f64 = 0.05;
const MIN_SECOND_OF_REST: f64 = 0.5;

/// And at so many lines.
const MIN_LINES: f64 = 3.0;

/// A second format must start records at this share of all lines to be added to one that somebody named.
const MIN_BESIDE: f64 = 0.2;

/// The template that somebody named, with a second format beside it where a good part of the sample is clearly written in
/// another one: a program's own records among those of its server. Anything else is returned as it is.
#[must_use]
pub fn with_second(format: Format, sample: &[u8], zone: &Zone) -> Format {
    let told_by_lines = format.extractor.framer(true).is_none();
    if !told_by_lines || !matches!(format.spec, FormatSpec::Template { .. }) {
        return format;
    }
    let raw = sample_lines(sample);
    let lines = telling_lines(&raw);
    let least = (lines.len() as f64 * MIN_BESIDE).max(MIN_LINES);
    let first_reads_some = lines
        .iter()
        .any(|line| format.extractor.is_start(line.text));
    let second = second(&format.extractor, &lines, least, zone, &[]).filter(|_| first_reads_some);
    let mixed = second.map(|second| FormatSpec::Mixed {
        formats: vec![format.spec.clone(), second.spec],
    });
    match mixed.map(|spec| Format::compile(&spec)) {
        Some(Ok(mixed)) => mixed,
        _ => format,
    }
}

/// So many known formats that read less than plain text are tried together with another one.
const HALVES: usize = 2;

/// The best format and another one for the lines that it leaves over, where those clearly have one: a time or a level in
/// nearly all of them. Where no more than a time or a level is known of all lines, two known formats that together
/// explain more.
pub(super) fn mix(
    found: &[Candidate],
    lines: &[Line<'_>],
    zone: &Zone,
    own: &[Format],
) -> Option<Candidate> {
    let best = found.first()?;
    let is_plain = matches!(&*best.format.extractor, Extractor::Plain(_));
    if !is_plain && let Some(mixed) = mix_with(best, lines, zone, own) {
        return Some(mixed);
    }
    let is_timed = knows_only(&best.format.extractor, Role::Time);
    if !is_plain && !is_timed && !knows_only(&best.format.extractor, Role::Level) {
        return None;
    }
    let halves = found
        .iter()
        .filter(|half| is_builtin(&half.format))
        .filter(|half| !knows_only(&half.format.extractor, Role::Time))
        .filter(|half| !matches!(&*half.format.extractor, Extractor::Plain(_)));
    // Beside lines of which no more is known either, a half reads a few messages by chance.
    let mut mixed = halves
        .take(HALVES)
        .filter_map(|half| mix_with(half, lines, zone, own))
        .filter(|mixed| !is_timed || is_plain || !has_timed_part(mixed));
    mixed.find(|mixed| mixed.score > best.score)
}

fn has_timed_part(candidate: &Candidate) -> bool {
    let mixed = candidate.format.extractor.as_mixed();
    let mut parts = mixed.iter().flat_map(|mixed| mixed.parts());
    parts.any(|part| knows_only(part, Role::Time))
}

/// Whether a format knows no more than what has this role and a text.
fn knows_only(extractor: &Extractor, role: Role) -> bool {
    let mut columns = extractor.columns().iter();
    columns.all(|column| column.role == role || column.role == Role::Message)
}

fn is_builtin(format: &Format) -> bool {
    matches!(format.spec, FormatSpec::Builtin { .. })
}

/// The format with another one for the lines that it leaves over.
fn mix_with(
    first: &Candidate,
    lines: &[Line<'_>],
    zone: &Zone,
    own: &[Format],
) -> Option<Candidate> {
    let least = lines.len() as f64 * MIN_SECOND;
    let second = second(&first.format.extractor, lines, least, zone, own)?;
    let spec = FormatSpec::Mixed {
        formats: vec![first.format.spec.clone(), second.spec],
    };
    let mixed = judge(Format::compile(&spec).ok()?, lines, zone)?;
    Some(Candidate {
        score: mixed.score.max(first.score),
        ..mixed
    })
}

/// The format of the lines that the first leaves over, if they have one.
fn second(
    first: &Extractor,
    lines: &[Line<'_>],
    least: f64,
    zone: &Zone,
    own: &[Format],
) -> Option<Format> {
    let rest = left_over(first, lines);
    if rest.is_empty() || (rest.len() as f64) < least {
        return None;
    }
    let texts: Vec<&[u8]> = rest.iter().map(|line| line.text).collect();
    let found = candidates(&rest, &texts, zone, own)
        .into_iter()
        .find(|candidate| is_second(candidate, &rest, least, zone))?;
    Some(found.format)
}

/// The lines that go on with nothing and are in no header of the format.
fn left_over<'a>(format: &Extractor, lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let header = format.header_lines();
    let mut below = header; // the last line of a header
    let is_left_over = |line: &&Line<'a>| {
        let starts = format.is_start(line.text);
        below = if starts { 1 } else { below.saturating_add(1) };
        below > header && line.kind != Kind::Continuation
    };
    lines.iter().filter(is_left_over).copied().collect()
}

fn is_second(candidate: &Candidate, rest: &[Line<'_>], least: f64, zone: &Zone) -> bool {
    let extractor = &*candidate.format.extractor;
    if matches!(extractor, Extractor::Plain(_)) {
        return false;
    }
    let tally = Tally::take(extractor, rest, zone);
    let starts = tally.starts as f64;
    let telling = tally.timed.max(tally.known_levels);
    // One line is enough if it says all that a format that many write has to say.
    let all = is_builtin(&candidate.format) && tally.timed.min(tally.known_levels) == tally.starts;
    starts >= least.max(if all { 1.0 } else { MIN_LINES })
        && starts >= rest.len() as f64 * MIN_SECOND_OF_REST
        && share(telling, tally.starts) > 0.9
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    #[test]
    fn a_named_template_gets_company_only_where_the_file_clearly_has_two_formats() {
        let own = "2026-11-22 10:00:01,518 INFO app: ready\n";
        let server = "INFO:werkzeug:127.0.0.1 asked\n";
        let trace = "Traceback (most recent call last):\n  f\nValueError: x\n";
        let template = "%(asctime)s %(levelname)s %(name)s: %(message)s";
        for (text, template, expected) in [
            ([own, server].concat().repeat(20), template, true),
            ([own, own, own, trace].concat().repeat(20), template, false),
            ([&own.repeat(9), server].concat().repeat(9), template, false),
            // A template that reads nothing is wrong, not half the truth.
            (server.repeat(20), template, false),
            (
                ["some text\n", server].concat().repeat(20),
                "%(message)s",
                false,
            ),
        ] {
            let format = Format::compile(&FormatSpec::template(template)).unwrap();
            let format = with_second(format, text.as_bytes(), &Zone::Utc);
            let mixed = matches!(format.spec, FormatSpec::Mixed { .. });
            assert_eq!(mixed, expected, "{template}: {text}");
        }
    }
}
