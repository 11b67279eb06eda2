//! Columns filled with another sign than blanks (`{name:.<25}`), which only brace templates can say.

use std::fmt::Write as _;

use super::super::anytime::Moment;
use super::super::spec::{FormatSpec, Style};
use super::columns::{Pad, Segment};
use super::emit::time_text;

/// Shorter runs of a sign at the end of a value may be its own.
const LEAST_FILL: usize = 3;

/// The sign and width of a column whose values are filled up to the same width.
pub fn fill(values: &[&[u8]]) -> Option<(char, usize)> {
    let mut lens: Vec<usize> = values.iter().map(|v| v.len()).collect();
    lens.sort_unstable();
    let width = *lens.get(lens.len() / 2)?;
    let signs = b".-_*=~#+";
    let filled = |value: &[u8], sign: u8| {
        value.len() == width && value.iter().rev().take_while(|b| **b == sign).count() >= LEAST_FILL
    };
    let sign = signs.iter().copied().find(|sign| {
        values.iter().filter(|value| filled(value, *sign)).count() * 2 >= values.len()
    })?;
    let same = values.iter().filter(|value| value.len() == width).count();
    (same * 10 >= values.len() * 7).then_some((char::from(sign), width))
}

/// The pieces as a brace template, if a column is filled.
pub fn template(
    segments: &[Segment<'_>],
    names: &[String],
    moment: Option<&Moment>,
) -> Option<FormatSpec> {
    let filled = |s: &Segment<'_>| matches!(s, Segment::Field { values, pad: Pad::None } if fill(values).is_some());
    if !segments.iter().any(filled) {
        return None;
    }
    let mut text = String::new();
    let mut datefmt = None;
    for (segment, name) in segments.iter().zip(names) {
        match segment {
            Segment::Literal(bytes) => {
                let literal = std::str::from_utf8(bytes).ok()?;
                text.push_str(&literal.replace('{', "{{").replace('}', "}}"));
            }
            Segment::Time => {
                let written = time_text(moment?)?;
                let brace = written.text.replace("%(asctime)s", "{asctime}");
                text.push_str(&brace.replace("%(msecs)03d", "{msecs:03.0f}"));
                datefmt = written.datefmt;
            }
            Segment::Level(pad) => field(&mut text, "levelname", *pad)?,
            Segment::LevelNumber => text.push_str("{levelno}"),
            Segment::Message => text.push_str("{message}"),
            Segment::Field { values, pad } => match fill(values).filter(|_| *pad == Pad::None) {
                Some((sign, width)) => write!(text, "{{{name}:{sign}<{width}}}").ok()?,
                None => field(&mut text, name, *pad)?,
            },
        }
    }
    if !segments.contains(&Segment::Message) {
        text.push_str("{message}");
    }
    (!text.contains('%')).then_some(FormatSpec::Template {
        style: Style::Brace,
        text,
        datefmt,
        msec_format: None,
    })
}

fn field(text: &mut String, name: &str, pad: Pad) -> Option<()> {
    match pad {
        Pad::None => write!(text, "{{{name}}}"),
        Pad::Left(width) => write!(text, "{{{name}:<{width}}}"),
        Pad::Right(width) => write!(text, "{{{name}:>{width}}}"),
        Pad::Loose => return None,
    }
    .ok()
}
