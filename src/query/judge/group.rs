//! `pattern:` and `exception:`: records by what their messages have in common.

use super::super::bitmap::Mask;
use super::super::lang::{Field, Op, Value};
use super::super::matcher::{Matcher, PatternError};
use super::super::patterns::fault::Fault;
use super::super::patterns::survey::{fault, may_hold_trace};
use super::super::patterns::template::{ANY, REST, Templater, VARIABLE, template_as_typed};
use super::super::spec::Pattern;
use super::fields::{any_field, as_written, passing, with_part};
use super::test::{FieldTest, whole};
use super::{OneRecord, Reading};
use crate::bytes::ReadError;
use crate::format::extractor::{Extractor, Parsed, without_line_end};

/// Shortest word, in characters, that is looked for before records are taken apart.
const LEAST_PART: usize = 3;

/// What is asked of a record's message as a whole.
#[derive(Debug, Clone)]
pub(in crate::query) struct GroupTest {
    asked: Asked,
    /// A field of the record that has the name itself.
    field: FieldTest,
}

#[derive(Debug, Clone)]
enum Asked {
    Pattern(Named),
    Exception(Named),
}

/// A pattern or an exception by its text.
#[derive(Debug, Clone)]
struct Named {
    exact: bool,
    text: Text,
    /// A word that is in the bytes of every record that passes.
    part: Option<Matcher>,
}

#[derive(Debug, Clone)]
enum Text {
    /// As typed, and the template of that: it may be a message.
    Same(String, String),
    /// Any at all.
    Any,
    Like(Box<Matcher>),
}

impl GroupTest {
    /// Whether a field's name asks for one.
    pub(super) fn is_asked_by(field: &Field) -> bool {
        matches!(field.name.as_str(), "pattern" | "exception")
    }

    /// # Errors
    /// A regular expression is not valid.
    pub(super) fn new(field: &Field) -> Result<Self, PatternError> {
        let is_pattern = field.name == "pattern";
        let text = match &field.value {
            Value::Text(text) if is_pattern => Text::Same(text.clone(), template_as_typed(text)),
            Value::Text(text) => Text::Same(text.clone(), String::new()),
            Value::Wild(text) if text == "*" => Text::Any,
            other => Text::Like(Box::new(whole(other)?)),
        };
        let part = match &text {
            Text::Same(_, template) if is_pattern => longest_word(template),
            _ => None,
        };
        // Colours may stand inside of a word, where nothing is left of them in the template.
        let part = part.map(|word| Pattern {
            text: format!("{word}|\\x1b"),
            regex: true,
            case_sensitive: field.op == Op::Equals,
            ..Pattern::default()
        });
        let named = Named {
            exact: field.op == Op::Equals,
            text,
            part: part.map(|part| Matcher::new(&part)).transpose()?,
        };
        Ok(Self {
            asked: match is_pattern {
                true => Asked::Pattern(named),
                false => Asked::Exception(named),
            },
            field: FieldTest::new(field)?,
        })
    }

    /// Which of the `wanted` records pass; `None` when the token was cancelled.
    pub(super) fn holding(
        &self,
        wanted: &Mask,
        reading: &mut Reading<'_>,
    ) -> Result<Option<Mask>, ReadError> {
        let is_written = reading.extractor.is_some_and(as_written);
        let mut wanted = wanted.clone();
        match &self.asked {
            Asked::Pattern(named) => {
                let part = named.part.as_ref().filter(|_| is_written);
                let Some(found) = with_part(part, wanted, reading)? else {
                    return Ok(None);
                };
                let mut templater = Templater::default();
                passing(&found, reading, |record, extractor| {
                    let parsed = parse(record, extractor);
                    let template = templater.read(&parsed.message);
                    named.holds_pattern(template) || self.has_field(&parsed)
                })
            }
            Asked::Exception(named) => {
                if is_written {
                    let mut tall = Mask::none(wanted.records());
                    reading.block.tall().for_each(|slot| tall.insert(slot));
                    wanted.keep(&tall);
                }
                passing(&wanted, reading, |record, extractor| {
                    if is_written && !may_hold_trace(record) {
                        return false;
                    }
                    let parsed = parse(record, extractor);
                    let raised = fault(&parsed);
                    raised.is_some_and(|raised| named.holds_exception(&raised))
                        || self.has_field(&parsed)
                })
            }
        }
    }

    /// Whether a single record passes that was taken apart already.
    pub(super) fn holds_one(&self, record: OneRecord<'_>) -> bool {
        let OneRecord {
            bytes,
            parsed,
            extractor,
            ..
        } = record;
        let passes = match &self.asked {
            Asked::Pattern(named) => {
                named.holds_pattern(Templater::default().read(&parsed.message))
            }
            Asked::Exception(named) => {
                let tall = without_line_end(bytes).contains(&b'\n');
                if as_written(extractor) && !(tall && may_hold_trace(bytes)) {
                    return false;
                }
                fault(parsed).is_some_and(|raised| named.holds_exception(&raised))
            }
        };
        passes || self.has_field(parsed)
    }

    fn has_field(&self, parsed: &Parsed<'_>) -> bool {
        any_field(&self.field, parsed, &self.field.name) == Some(true)
    }
}

fn parse<'a>(record: &'a [u8], extractor: Option<&Extractor>) -> Parsed<'a> {
    match extractor {
        Some(extractor) => extractor.parse(record),
        None => Parsed::unmatched(record),
    }
}

impl Named {
    fn holds_pattern(&self, template: &[u8]) -> bool {
        match &self.text {
            Text::Any => !template.is_empty(),
            Text::Like(matcher) => matcher.is_match(template),
            Text::Same(typed, of_typed) => {
                // What has signs is a template and no message, and an exact one lets no other pass.
                let is_template = [VARIABLE, ANY, REST]
                    .iter()
                    .any(|sign| typed.contains(sign));
                self.lets_pass(typed, template)
                    || (!(self.exact && is_template) && self.lets_pass(of_typed, template))
            }
        }
    }

    /// Whether a template is of this one, which may have places for anything.
    fn lets_pass(&self, wide: &str, template: &[u8]) -> bool {
        let same = |one: &[u8], other: &[u8]| match self.exact {
            true => one == other,
            false => one.eq_ignore_ascii_case(other),
        };
        if same(wide.as_bytes(), template) {
            return true;
        }
        if !wide.contains(ANY) && !wide.contains(REST) {
            return false;
        }
        let mut own = template.split(|byte| *byte == b' ');
        for piece in wide.split(' ') {
            match own.next() {
                Some(_) if piece == REST => return true,
                Some(own) if piece == ANY || same(piece.as_bytes(), own) => {}
                _ => return false,
            }
        }
        own.next().is_none()
    }

    fn holds_exception(&self, raised: &Fault) -> bool {
        let typed = match &self.text {
            Text::Any => return true,
            Text::Like(matcher) => {
                let mut kinds = raised.kinds.iter();
                return matcher.is_match(raised.fingerprint.as_bytes())
                    || kinds.any(|kind| matcher.is_match(kind.as_bytes()));
            }
            Text::Same(typed, _) => typed,
        };
        let Some((kind, calls)) = typed.split_once(" in ") else {
            return raised.kinds.iter().any(|known| self.is_kind(typed, known));
        };
        let Some((known, own)) = raised.fingerprint.split_once(" in ") else {
            return false;
        };
        if self.exact {
            return kind == known && calls == own;
        }
        // The innermost calls are enough.
        let behind = own.strip_prefix(calls);
        self.is_kind(kind, known)
            && behind.is_some_and(|rest| rest.is_empty() || rest.starts_with(" < "))
    }

    /// Whether a type is the one that is named, with or without what it is in.
    fn is_kind(&self, typed: &str, known: &str) -> bool {
        if self.exact {
            return typed == known;
        }
        let Some(at) = known.len().checked_sub(typed.len()) else {
            return false;
        };
        let tail = known.get(at..).unwrap_or_default();
        let is_whole = at == 0
            || known
                .get(..at)
                .is_some_and(|head| head.ends_with(['.', ':', '$']));
        is_whole && tail.eq_ignore_ascii_case(typed)
    }
}

/// The longest word of a template, which stands in every message of its kind.
fn longest_word(template: &str) -> Option<String> {
    let constant = [VARIABLE, ANY, REST]
        .iter()
        .fold(template.to_owned(), |text, sign| text.replace(sign, " "));
    let words = constant.split(|c: char| !c.is_alphanumeric());
    let longest = words.max_by_key(|word| word.chars().count())?;
    (longest.chars().count() >= LEAST_PART).then(|| longest.to_owned())
}
