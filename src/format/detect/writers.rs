//! Several programs in one log, each line marked with the one that wrote it: each has a format of its own.

use std::collections::BTreeMap;

use super::tally::Kind;
use super::{Candidate, Line, candidates, judge, mix};
use crate::base::time::Zone;
use crate::format::envelope::{Envelope, Opened};
use crate::format::extractor::{Clock, Extractor};
use crate::format::spec::{Format, FormatSpec};

/// More programs than this are not looked at one by one, and more formats would cost every line too much.
const MOST_WRITERS: usize = 12;
const MOST_FORMATS: usize = 6;
/// Of a program that wrote fewer lines no format is guessed.
const FEW_LINES: usize = 5;
/// A program's format must start a record in this share of its lines that go on with nothing; lines without a head, which
/// may be what was raised, count half.
const MIN_OWN: f64 = 0.7;
/// Programs whose format is known must have written this share of the lines.
const MIN_KNOWN: f64 = 0.5;

/// What one program wrote.
#[derive(Default)]
struct Writer<'a> {
    /// All of its lines.
    texts: Vec<&'a [u8]>,
    /// Those that are not blank.
    lines: Vec<Line<'a>>,
}

/// A format that one of the programs writes.
struct Written {
    spec: FormatSpec,
    has_date: bool,
    score: f64,
}

/// The formats of all programs side by side, if there is more than one; `None` if one format may do.
pub(super) fn best(
    envelope: Envelope,
    opened: &[Opened<'_>],
    inner: &[Line<'_>],
    zone: &Zone,
    own: &[Format],
) -> Option<Candidate> {
    let mut writers: BTreeMap<&[u8], Writer<'_>> = BTreeMap::new();
    for line in opened {
        let writer = writers.entry(name(envelope, line)?).or_default();
        writer.texts.push(&line.inner);
        if !line.inner.trim_ascii().is_empty() {
            writer.lines.push(Line::new(&line.inner));
        }
    }
    if !(2..=MOST_WRITERS).contains(&writers.len()) {
        return None;
    }
    let (mut formats, mut known): (Vec<Written>, usize) = (Vec::new(), 0);
    for writer in writers.values() {
        let written = written(writer, zone, own);
        known += if written.is_empty() {
            0
        } else {
            writer.lines.len()
        };
        for format in written {
            if formats.iter().all(|have| have.spec != format.spec) {
                formats.push(format);
            }
        }
    }
    if (known as f64) < inner.len() as f64 * MIN_KNOWN {
        return None;
    }
    // Where one has no date, those that have one still tell it; the stricter ones read first.
    formats.sort_by(|a, b| {
        let dated = b.has_date.cmp(&a.has_date);
        dated.then_with(|| b.score.total_cmp(&a.score))
    });
    let mut formats: Vec<FormatSpec> = formats.into_iter().map(|format| format.spec).collect();
    // Plain text would start a record where a traceback ends, too: that is worth it only where there is more of it.
    let mixed = |formats: Vec<FormatSpec>| Format::compile(&FormatSpec::Mixed { formats }).ok();
    let known_only = mixed(formats.clone())?;
    let is_unread =
        |line: &&Line<'_>| line.kind == Kind::Other && !known_only.extractor.is_start(line.text);
    let unread = inner.iter().filter(is_unread).count();
    if (inner.len() - known) * 2 > unread {
        formats.push(FormatSpec::builtin("plain"));
    }
    if !(2..=MOST_FORMATS).contains(&formats.len()) {
        return None;
    }
    judge(mixed(formats)?, inner, zone)
}

/// The program by the envelope; the number of its instance is left out.
fn name<'a>(envelope: Envelope, line: &Opened<'a>) -> Option<&'a [u8]> {
    let [first, second] = line.fields;
    let mut name = match envelope {
        Envelope::Compose => first?,
        Envelope::Kubectl => second?,
        _ => return None,
    };
    while let [rest @ .., last] = name
        && (last.is_ascii_digit() || matches!(last, b'-' | b'_' | b'.'))
    {
        name = rest;
    }
    Some(name)
}

/// The formats of one program; none if it writes plain text.
fn written(writer: &Writer<'_>, zone: &Zone, own: &[Format]) -> Vec<Written> {
    let found = candidates(&writer.lines, &writer.texts, zone, own);
    let best = mix(&found, &writer.lines, zone, own).or_else(|| found.into_iter().next());
    let is_telling = |best: &Candidate| {
        let guessed = !matches!(best.format.spec, FormatSpec::Builtin { .. });
        (!guessed || writer.lines.len() >= FEW_LINES)
            && reads(&best.format.extractor, &writer.lines)
    };
    let Some(best) = best.filter(is_telling) else {
        return Vec::new();
    };
    let specs = match best.format.spec {
        FormatSpec::Mixed { formats } => formats,
        spec => vec![spec],
    };
    let written = specs.into_iter().filter_map(|spec| {
        let clock = Format::compile(&spec).ok()?.extractor.clock();
        Some(Written {
            spec,
            has_date: clock == Clock::Full,
            score: best.score,
        })
    });
    written.collect()
}

/// Whether a format is more than plain text and reads nearly all lines.
fn reads(extractor: &Extractor, lines: &[Line<'_>]) -> bool {
    let (mut starts, mut odd) = (0.0, 0.0);
    for line in lines {
        match line.kind {
            _ if extractor.is_start(line.text) => starts += 1.0,
            Kind::Continuation => {}
            Kind::Head => odd += 1.0,
            Kind::Other => odd += 0.5,
        }
    }
    let is_plain = matches!(extractor, Extractor::Plain(plain) if plain.clock() == Clock::None);
    !is_plain && starts >= (starts + odd) * MIN_OWN
}
