//! Templates that say behind the message, in parentheses, who wrote it: log4j's `%m (%c)`, as Kafka has it, or Python's
//! `%(message)s (%(filename)s:%(lineno)d)`.

use std::borrow::Cow;

use super::super::spec::{Format, FormatSpec};
use super::columns::{Pad, Segment};
use super::emit::{self, is_file};
use super::signs::{dotted_name, name_like};
use crate::base::text::strip_ansi;
use crate::format::anytime::Moment;
use crate::format::extractor::without_line_end;

/// Fewer records may end alike by chance.
const LEAST: usize = 3;
/// Of the records, so many must be signed: one that is not would go on into the next.
const SIGNED: f64 = 0.98;
/// Of those, so many on the line on which they begin.
const ON_FIRST_LINE: f64 = 0.8;
/// Of the names, so many must be dotted ones.
const DOTTED: f64 = 0.8;

/// Who wrote a record, and the line of a file.
#[derive(Clone, Copy)]
struct Signature<'a> {
    who: &'a [u8],
    line: Option<&'a [u8]>,
}

/// The template `head` with the message's signature, if nearly all records have one. `segments` and `rests` are the head's
/// pieces and what its lines have behind it, `lines` are all of the sample.
pub fn spec<'a>(
    head: &FormatSpec,
    (segments, rests): (&[Segment<'a>], &[&'a [u8]]),
    moment: Option<&Moment>,
    lines: &[&[u8]],
) -> Option<FormatSpec> {
    let FormatSpec::Template { text, .. } = head else {
        return None;
    };
    let signatures: Vec<Signature<'a>> = rests.iter().filter_map(|rest| signature(rest)).collect();
    let numbered = signatures.iter().all(|signature| signature.line.is_some());
    let plain = signatures.iter().all(|signature| signature.line.is_none());
    let enough = signatures.len() >= LEAST
        && signatures.len() as f64 >= rests.len() as f64 * ON_FIRST_LINE
        && (numbered || plain);
    if !enough || !(are_files(&signatures) || are_loggers(&signatures) && !text.contains("%(name)"))
    {
        return None;
    }
    let field = |values: Vec<&'a [u8]>| Segment::Field {
        values,
        pad: Pad::None,
    };
    let mut all = segments.to_vec();
    all.push(Segment::Message);
    all.push(Segment::Literal(b" (".to_vec()));
    all.push(field(signatures.iter().map(|one| one.who).collect()));
    if numbered {
        all.push(Segment::Literal(b":".to_vec()));
        all.push(field(
            signatures.iter().filter_map(|one| one.line).collect(),
        ));
    }
    all.push(Segment::Literal(b")".to_vec()));
    are_signed(head, lines).then(|| emit::spec(&all, moment, ""))?
}

/// ` (who)` or ` (who:12)` at the end of a line.
fn signature(line: &[u8]) -> Option<Signature<'_>> {
    let inner = line.strip_suffix(b")")?;
    let open = memchr::memmem::rfind(inner, b" (")?;
    let inner = inner.get(open + 2..)?;
    let colon = memchr::memchr(b':', inner).unwrap_or(inner.len());
    let (who, line) = inner.split_at_checked(colon)?;
    let line = line.strip_prefix(b":");
    let is_number = line.is_none_or(emit::is_number);
    (name_like(who) && is_number).then_some(Signature { who, line })
}

fn are_files(signatures: &[Signature<'_>]) -> bool {
    let mut all = signatures.iter();
    all.all(|signature| signature.line.is_some() && is_file(signature.who))
}

fn are_loggers(signatures: &[Signature<'_>]) -> bool {
    let dotted = signatures.iter().filter(|one| dotted_name(one.who)).count();
    dotted as f64 >= signatures.len() as f64 * DOTTED
}

/// Whether nearly every record that begins as `head` says is signed, on its first line or on a later one.
fn are_signed(head: &FormatSpec, lines: &[&[u8]]) -> bool {
    let Ok(format) = Format::compile(head) else {
        return false;
    };
    let (mut records, mut signed, mut open) = (0_usize, 0_usize, false);
    for line in lines {
        if format.extractor.is_start(line) {
            records += 1;
            open = true;
        }
        let text: Cow<'_, [u8]> = strip_ansi(without_line_end(line));
        if open && signature(text.trim_ascii_end()).is_some() {
            signed += 1;
            open = false;
        }
    }
    // The last one may be cut off.
    let whole = records - usize::from(open && records > 0);
    signed as f64 >= whole as f64 * SIGNED
}
