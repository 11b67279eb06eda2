//! Steps → straight-line steps, for the templates that they suit.

use super::bytes::{ByteClass, LevelWords, Literal};
use super::{Op, Quick, Text, Time};
use crate::format::layout::{Align, Conversion};
use crate::format::steps::{FieldStep, NumberUse, Reader, Step, Strength, TextUse};
use crate::format::template::{Part, Slot, Template};
use crate::format::timestamp::IsoShape;

impl Quick {
    /// `None` if the head is of a kind that only the matcher reads, or if what stands behind the message tells the
    /// time, level or logger.
    pub(in crate::format::template) fn compile(template: &Template) -> Option<Self> {
        let head = &template.head;
        if head.steps.is_empty() || template.tail.as_ref().is_some_and(tells_more) {
            return None;
        }
        let mut steps = Vec::new();
        let mut texts = 0;
        let mut rest = head.steps.iter().enumerate().peekable();
        while let Some((index, step)) = rest.next() {
            let field = match step {
                Step::Newline | Step::Blanks => return None,
                // They stand before the message, which is not read here.
                Step::Escapes => continue,
                Step::Literal(text) => {
                    steps.push(Op::Literal(Literal::new(text)?));
                    continue;
                }
                Step::Field(field) => field,
            };
            if field.conversion == Conversion::Quoted
                || field.pad.fill != ' '
                    && field.pad.width > 0
                    && matches!(field.reader, Reader::Text(_))
            {
                return None;
            }
            steps.push(match &field.reader {
                Reader::Time(patterns) => match time(field, patterns, texts == 0)? {
                    (Some(shape), time) => {
                        let then = literal_behind(&mut rest, |_| true)?;
                        Op::Iso(shape, Box::new((time, then)))
                    }
                    (None, time) => Op::Time(Box::new(time)),
                },
                Reader::Number(used) => match number(template, field, *used)? {
                    Op::Digits(field, NumberUse::Plain) => {
                        match literal_behind(&mut rest, ends_number)? {
                            Some(until) => Op::DigitsUntil(field, until),
                            None => Op::Digits(field, NumberUse::Plain),
                        }
                    }
                    other => other,
                },
                Reader::Text(used) => {
                    texts += 1;
                    // The literal behind a text is read with it.
                    let (_, Step::Literal(until)) = rest.next()? else {
                        return None;
                    };
                    let text = text(template, index, field, *used, until)?;
                    match used {
                        TextUse::Level => Op::Level(Box::new((LevelWords::new(text.width), *text))),
                        TextUse::Logger => Op::Logger(text),
                        TextUse::Plain | TextUse::Thread => Op::Text(text),
                        TextUse::LevelPrefix => return None,
                    }
                }
            });
        }
        Some(Self {
            steps: steps.into(),
            time: template.time,
            clock: template.clock,
            strong: head.strength > Strength::Words,
        })
    }
}

/// Whether a part has more than literals and fields that are only shown.
fn tells_more(tail: &Part) -> bool {
    tail.steps.iter().any(|step| {
        let Step::Field(field) = step else {
            return false;
        };
        let shown = [
            Reader::Number(NumberUse::Plain),
            Reader::Text(TextUse::Plain),
            Reader::Text(TextUse::Thread),
        ];
        !shown.contains(&field.reader)
    })
}

type Patterns = (
    crate::format::timestamp::DatePattern,
    Option<crate::format::timestamp::DatePattern>,
);

/// The literal that follows, if one does and it suits: then it is read with what is before it. `None` if there is one
/// that cannot be read here.
fn literal_behind<'a>(
    rest: &mut std::iter::Peekable<impl Iterator<Item = (usize, &'a Step)>>,
    suits: impl Fn(u8) -> bool,
) -> Option<Option<Literal>> {
    let Some((_, Step::Literal(text))) = rest.peek() else {
        return Some(None);
    };
    let literal = Literal::new(text)?;
    Some(suits(literal.first()).then(|| {
        rest.next();
        literal
    }))
}

/// Whether a byte behind digits shows that the number is over.
fn ends_number(byte: u8) -> bool {
    !byte.is_ascii_digit() && !matches!(byte, b',' | b'_' | b'.' | b'e' | b'E')
}

fn time(field: &FieldStep, patterns: &Patterns, first: bool) -> Option<(Option<IsoShape>, Time)> {
    if field.pad.width > 0 || field.pad.precision.is_some() {
        return None;
    }
    let (pattern, other) = patterns.clone();
    let shape = pattern.iso_shape();
    let other = other.filter(|_| first);
    Some((shape, Time { pattern, other }))
}

fn number(template: &Template, field: &FieldStep, used: NumberUse) -> Option<Op> {
    let is_level = template.slots.get(field.slot) == Some(&Slot::Level);
    let odd_fill = field.pad.width > 0 && !matches!(field.pad.fill, ' '..='~');
    if is_level || used == NumberUse::LevelNumber || odd_fill {
        return None;
    }
    let field = Box::new(field.clone());
    let simple =
        field.pad.width == 0 && matches!(field.conversion, Conversion::Integer | Conversion::Text);
    Some(if simple {
        Op::Digits(field, used)
    } else {
        Op::Number(field, used)
    })
}

fn text(
    template: &Template,
    index: usize,
    field: &FieldStep,
    used: TextUse,
    until: &[u8],
) -> Option<Box<Text>> {
    let head = &template.head;
    let until = Literal::new(until)?;
    let is_name = used == TextUse::Logger;
    // What makes a value doubtful before this delimiter, as the matcher judges them.
    let doubtful = match until.first() {
        b' ' | b'\t' => Some(b' '),
        b']' => Some(b'['),
        b')' => Some(b'('),
        b'}' => Some(b'{'),
        b'>' => Some(b'<'),
        _ => None,
    };
    let doubtful = doubtful.filter(|_| used != TextUse::Level);
    if used == TextUse::Level && until.first().is_ascii_uppercase() {
        return None;
    }
    let class = ByteClass::new(&until, doubtful, is_name);
    let no_exceptions =
        !(head.level_is_bracketed || head.level_is_named) && head.strength == Strength::Words;
    Some(Box::new(Text {
        until,
        width: field.pad.width,
        align: if field.pad.width == 0 {
            Align::Left
        } else {
            field.pad.align
        },
        precision: field.pad.precision,
        class,
        is_thread: used == TextUse::Thread,
        is_shown: template.slots.get(field.slot) == Some(&Slot::Logger),
        no_exceptions,
        is_first: index == 0,
    }))
}
