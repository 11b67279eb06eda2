//! The bytes that a record may begin with: most lines of a traceback are told by their first one.

use crate::format::layout::{Align, Conversion};
use crate::format::steps::{FieldStep, Reader, Step, TextUse};

/// A set of bytes.
#[derive(Debug, Clone)]
pub(super) struct FirstBytes(Box<[bool; 256]>);

impl FirstBytes {
    /// What a header of these steps may begin with; escapes and a byte order mark always may.
    pub(super) fn of(steps: &[Step]) -> Self {
        let mut set = Box::new([false; 256]);
        for (byte, place) in (0..=u8::MAX).zip(set.iter_mut()) {
            *place = matches!(byte, 0x1b | 0xef)
                || steps.first().is_none_or(|step| step_begins(step, byte));
        }
        Self(set)
    }

    /// Whether a record may begin like this.
    pub(super) fn admit(&self, line: &[u8]) -> bool {
        line.first().is_none_or(|byte| self.0[usize::from(*byte)])
    }
}

fn step_begins(step: &Step, byte: u8) -> bool {
    match step {
        Step::Literal(text) => text.first() == Some(&byte),
        Step::Newline | Step::Blanks | Step::Escapes => true,
        Step::Field(field) => field_begins(field, byte),
    }
}

fn field_begins(field: &FieldStep, byte: u8) -> bool {
    let bare = field.pad.width == 0 && field.conversion != Conversion::Quoted;
    match &field.reader {
        Reader::Time(patterns) if bare => {
            let (first, other) = &**patterns;
            first.may_begin(byte) || other.as_ref().is_some_and(|other| other.may_begin(byte))
        }
        Reader::Number(_) if bare && field.conversion != Conversion::Radix => {
            byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'N' | b'?')
        }
        Reader::Text(TextUse::Level)
            if bare || field.pad.align == Align::Left && field.pad.fill == ' ' =>
        {
            field.conversion == Conversion::Quoted || !byte.is_ascii_whitespace()
        }
        _ => true,
    }
}
