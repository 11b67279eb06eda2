//! Formats inside an envelope: what the lines say once it is taken off.

use super::{Candidate, Line, candidates, judge, spread, writers};
use crate::base::time::{Zone, ZoneClock};
use crate::format::envelope::Envelope;
use crate::format::extractor::{Clock, Extractor, LevelWord};
use crate::format::plain::is_continuation;
use crate::format::spec::{Format, FormatSpec};

/// Lines by which an envelope is known.
const LINES: usize = 420;
/// This share of the lines must be in the envelope.
const MIN_SHARE: f64 = 0.9;
/// So many of the lines inside may neither start a record nor look as if they went on with one.
const MOST_ODD: f64 = 0.05;

/// The best format inside an envelope that nearly all lines have; `None` if they have none, or what is inside says no
/// more than the line as a whole.
pub(super) fn best(lines: &[Line<'_>], zone: &Zone, own: &[Format]) -> Option<Candidate> {
    let sample = spread(lines, LINES);
    Envelope::ALL
        .into_iter()
        .find_map(|envelope| inside(envelope, &sample, lines, zone, own))
}

fn inside(
    envelope: Envelope,
    sample: &[Line<'_>],
    lines: &[Line<'_>],
    zone: &Zone,
    own: &[Format],
) -> Option<Candidate> {
    let first = sample.first()?;
    // Most logs are in no envelope, which one line tells.
    if envelope.open(first.text).is_none() && envelope.open(sample.last()?.text).is_none() {
        return None;
    }
    let opened: Vec<_> = sample
        .iter()
        .filter_map(|line| envelope.open(line.text))
        .collect();
    if (opened.len() as f64) < sample.len() as f64 * MIN_SHARE {
        return None;
    }
    let texts: Vec<&[u8]> = opened.iter().map(|line| &*line.inner).collect();
    let filled = texts.iter().filter(|text| !text.trim_ascii().is_empty());
    let inner: Vec<Line<'_>> = filled.map(|text| Line::new(text)).collect();
    let one = || {
        let best = candidates(&inner, &texts, zone, own).into_iter().next();
        best.filter(|best| says_more(envelope, best, &inner))
    };
    let best = writers::best(envelope, &opened, &inner, zone, own).or_else(one)?;
    let envelope = if envelope == Envelope::Syslog && !is_timed(&best.format.extractor, &inner) {
        Envelope::SyslogTime
    } else {
        envelope
    };
    let spec = FormatSpec::Within {
        envelope,
        inner: Box::new(best.format.spec.clone()),
    };
    let whole = judge(Format::compile(&spec).ok()?, lines, zone)?;
    // A traceback's lines are told from others only outside of their envelopes.
    let matched = whole.lines * best.matched / best.lines.max(1);
    Some(Candidate {
        matched,
        reason: format!(
            "in an envelope: {}; inside: {}",
            envelope.title(),
            best.reason
        ),
        ..whole
    })
}

/// Whether the format inside is worth more than the line as it stands.
fn says_more(envelope: Envelope, best: &Candidate, inner: &[Line<'_>]) -> bool {
    let extractor = &*best.format.extractor;
    let is_plain = matches!(extractor, Extractor::Plain(_));
    match envelope {
        Envelope::Docker | Envelope::Cri => true,
        Envelope::Kubectl => !is_plain || extractor.clock() != Clock::None,
        // `Syslog` is tried before.
        Envelope::SyslogTime => false,
        Envelope::Compose | Envelope::Syslog | Envelope::Stamp => {
            let timed = extractor.clock() != Clock::None;
            !is_plain && is_telling(extractor, inner) && (timed || envelope != Envelope::Stamp)
        }
    }
}

/// Whether most records show a time.
fn is_timed(extractor: &Extractor, inner: &[Line<'_>]) -> bool {
    let mut clock = ZoneClock::new(&Zone::Utc);
    let headers = inner
        .iter()
        .filter_map(|line| extractor.header(line.text, &mut clock));
    let (timed, all) = headers.fold((0_usize, 0_usize), |(timed, all), header| {
        (timed + usize::from(header.time.is_some()), all + 1)
    });
    timed * 2 > all
}

/// Whether records have levels, and hardly a line is left over.
fn is_telling(extractor: &Extractor, inner: &[Line<'_>]) -> bool {
    let mut clock = ZoneClock::new(&Zone::Utc);
    let (mut starts, mut levels, mut odd) = (0_usize, 0_usize, 0_usize);
    for line in inner {
        match extractor.header(line.text, &mut clock) {
            Some(header) => {
                starts += 1;
                levels += usize::from(matches!(header.level, LevelWord::Standard(_)));
            }
            None => odd += usize::from(!is_continuation(line.text)),
        }
    }
    levels * 10 > starts * 9 && starts > 0 && (odd as f64) <= inner.len() as f64 * MOST_ODD
}
