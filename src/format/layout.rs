//! What every template syntax lowers to: literals and fields in the order in which they are printed.

use std::sync::Arc;

/// Where the padding of a field goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Value first, padding behind it.
    Left,
    /// Padding first.
    Right,
    /// Padding on both sides.
    Center,
}

/// How a value was turned into text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    /// `str()`: anything, as it is.
    Text,
    /// `repr()` or `ascii()`: text in quotes.
    Quoted,
    /// Decimal digits.
    Integer,
    /// Digits with a decimal point or an exponent.
    Float,
    /// Hexadecimal, octal or binary digits.
    Radix,
}

/// How a field of time is written, where the template itself says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDate {
    /// In strftime's language.
    pub pattern: Arc<str>,
    /// Seconds east of UTC, if the template names the zone.
    pub offset: Option<i32>,
}

/// A field of a template with its format specification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSpec {
    /// The attribute's name.
    pub name: Arc<str>,
    /// Least number of characters; shorter values are padded.
    pub width: usize,
    /// Greatest number of characters of a text; longer ones are cut.
    pub precision: Option<usize>,
    /// What pads.
    pub fill: char,
    /// Where it pads.
    pub align: Align,
    /// How the value became text.
    pub conversion: Conversion,
    /// For a time: its own date format; the template's if `None`.
    pub date: Option<FieldDate>,
}

impl FieldSpec {
    /// A field without any specification, as in `%(name)s`.
    pub fn plain(name: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            width: 0,
            precision: None,
            fill: ' ',
            align: Align::Left,
            conversion: Conversion::Text,
            date: None,
        }
    }

    /// The field in the terms of a `%` or `{` type letter; precision means a cut for texts only.
    #[must_use]
    pub fn with_conversion(mut self, conversion: Conversion) -> Self {
        self.conversion = conversion;
        if !matches!(conversion, Conversion::Text | Conversion::Quoted) {
            self.precision = None;
        }
        self
    }
}

/// One piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text that every record repeats.
    Literal(String),
    /// A value.
    Field(FieldSpec),
    /// Padding of several pieces together: any number of spaces.
    Blanks,
}

/// A whole template.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// Its pieces; no two literals in a row.
    pub pieces: Vec<Piece>,
}

impl Layout {
    /// Adds text, joining it to a literal before it.
    pub fn push_literal(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(Piece::Literal(last)) = self.pieces.last_mut() {
            last.push_str(text);
        } else {
            self.pieces.push(Piece::Literal(text.to_owned()));
        }
    }

    /// Adds a field.
    pub fn push_field(&mut self, field: FieldSpec) {
        self.pieces.push(Piece::Field(field));
    }

    /// Adds a piece, joining text to text.
    pub fn push(&mut self, piece: Piece) {
        match piece {
            Piece::Literal(text) => self.push_literal(&text),
            other => self.pieces.push(other),
        }
    }

    /// Adds all pieces of another layout.
    pub fn append(&mut self, other: Self) {
        for piece in other.pieces {
            self.push(piece);
        }
    }

    /// The fields in order.
    pub fn fields(&self) -> impl Iterator<Item = &FieldSpec> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Field(field) => Some(field),
            Piece::Literal(_) | Piece::Blanks => None,
        })
    }

    /// Whether a field has this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.fields().any(|field| &*field.name == name)
    }
}
