//! Layout languages of other loggers, turned into the same [`Layout`](super::layout::Layout) as Python's templates.
//!
//! What a pattern's word prints decides which field it is: fields that Python's LogRecord has too get Python's name, so
//! that a filter reads the same for every log.

mod date;
pub(super) mod log4j;
pub(super) mod loguru;
pub(super) mod nlog;
pub(super) mod serilog;
mod words;

use super::layout::{FieldSpec, Layout, Piece};

/// Field names that colour: the matcher passes over escapes where they stand.
const COLOR: &str = "log_color";

/// What follows a field that colours.
const RESET: &str = "reset";

impl Layout {
    /// Adds a field of time; a date and a time of day with nothing but text between them become one.
    fn push_time(&mut self, field: FieldSpec) {
        if let Some(joined) = self.joined_time(&field) {
            if matches!(self.pieces.last(), Some(Piece::Literal(_))) {
                self.pieces.pop();
            }
            if let Some(Piece::Field(last)) = self.pieces.last_mut() {
                last.date = Some(joined);
            }
            return;
        }
        let shown = self.has("asctime");
        self.push_field(if shown {
            FieldSpec {
                name: "other_time".into(),
                ..field
            }
        } else {
            field
        });
    }

    fn joined_time(&self, field: &FieldSpec) -> Option<super::layout::FieldDate> {
        let (before, between) = match self.pieces.as_slice() {
            [.., Piece::Field(before), Piece::Literal(text)] => (before, text.as_str()),
            [.., Piece::Field(before)] => (before, ""),
            _ => return None,
        };
        let (first, second) = (before.date.as_ref()?, field.date.as_ref()?);
        let plain = before.width == 0 && field.width == 0 && !between.contains('\n');
        (plain && &*before.name == "asctime").then(|| super::layout::FieldDate {
            pattern: format!(
                "{}{}{}",
                first.pattern,
                between.replace('%', "%%"),
                second.pattern
            )
            .into(),
            offset: second.offset.or(first.offset),
        })
    }

    /// Takes the line end off the end: it ends the record, and what would follow it (a stack trace) is part of the
    /// message.
    fn trim_line_end(&mut self) {
        loop {
            match self.pieces.last_mut() {
                Some(Piece::Literal(text)) if text.ends_with(['\n', '\r']) => {
                    text.truncate(text.trim_end_matches(['\n', '\r']).len());
                    if !text.is_empty() {
                        return;
                    }
                    self.pieces.pop();
                }
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests;
