//! From characters to the pieces of a query. What could be a piece of the language and of a log line alike is one of the
//! log line.

use std::ops::Range;

use super::problem::QueryError;
use super::{Op, keyword};
use crate::base::lang::later;
use crate::query::spec::Pattern;

/// A piece, and where it stands, in characters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spanned {
    pub(super) token: Token,
    pub(super) at: Range<usize>,
}

/// A piece of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    End,
    Open,
    Close,
    And,
    Or,
    Not,
    /// A name with an operator; a value or a group follows. `true` for `!=`.
    Field(String, Op, bool),
    Piece(Piece),
}

/// Something to look for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Word(String),
    /// With what stands behind the closing quote.
    Quoted(String, Flags),
    Regex(Pattern),
}

/// Letters behind a quoted text.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Flags {
    pub(super) case_sensitive: bool,
    pub(super) whole_word: bool,
}

/// Reads pieces one after another.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    chars: &'a [char],
    at: usize,
    /// How many parentheses are open.
    open: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(chars: &'a [char]) -> Self {
        Self {
            chars,
            at: 0,
            open: 0,
        }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    /// Whether a piece ends before the character at `at`.
    fn ends_at(&self, at: usize) -> bool {
        self.chars
            .get(at)
            .is_none_or(|c| c.is_whitespace() || *c == ')')
    }

    fn text(&self, range: Range<usize>) -> String {
        self.chars.get(range).unwrap_or_default().iter().collect()
    }

    /// The next piece.
    pub(super) fn next(&mut self) -> Result<Spanned, QueryError> {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        let start = self.at;
        let token = self.token()?;
        Ok(Spanned {
            token,
            at: start..self.at,
        })
    }

    fn token(&mut self) -> Result<Token, QueryError> {
        let start = self.at;
        let Some(first) = self.peek(0) else {
            return Ok(Token::End);
        };
        match first {
            '(' => {
                self.at += 1;
                self.open += 1;
                return Ok(Token::Open);
            }
            ')' => {
                self.at += 1;
                if self.open == 0 {
                    return Err(QueryError::new(
                        "No parenthesis is open here",
                        "Remove it, or put the text into quotes to look for it",
                        start..self.at,
                    ));
                }
                self.open -= 1;
                return Ok(Token::Close);
            }
            '-' if self.peek(1).is_some_and(begins_operand) => {
                self.at += 1;
                return Ok(Token::Not);
            }
            _ => {}
        }
        if let Some(token) = self.connective() {
            return Ok(token);
        }
        if let Some(field) = self.field()? {
            return Ok(field);
        }
        self.piece(true).map(Token::Piece)
    }

    /// `AND`, `OR`, `NOT`, in capitals and alone.
    fn connective(&mut self) -> Option<Token> {
        let words = [("AND", Token::And), ("OR", Token::Or), ("NOT", Token::Not)];
        for (word, token) in words {
            let end = self.at + word.len();
            let behind = self.chars.get(end);
            let alone = behind.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ')' | '"'));
            if alone && self.text(self.at..end) == word {
                self.at = end;
                return Some(token);
            }
        }
        None
    }

    /// A name and an operator, if a value follows at once.
    fn field(&mut self) -> Result<Option<Token>, QueryError> {
        let before = self.at;
        let quoted = self.peek(0) == Some('"');
        let name = match quoted {
            true => self.quoted()?,
            false => self.name(),
        };
        let sign = self.at;
        let found = self.operator().filter(|_| !name.is_empty());
        let Some((op, negated)) = found else {
            self.at = before;
            return Ok(None);
        };
        if !self.ends_at(self.at) {
            let odd = matches!(self.peek(0), Some(':' | '=' | '<' | '>' | '!'));
            let address = op == Op::Is && self.peek(0) == Some('/') && self.peek(1) == Some('/');
            if odd || address {
                self.at = before;
                return Ok(None);
            }
            return Ok(Some(Token::Field(name, op, negated)));
        }
        if quoted || keyword(&name).is_none() {
            self.at = before;
            return Ok(None);
        }
        let written = format!("{name}{}", self.text(sign..self.at));
        let unfinished = self.at >= self.chars.len();
        let error = QueryError::new(
            format!("A value is missing after {written}"),
            example(&name),
            before..self.at,
        );
        Err(if unfinished {
            error.unfinished()
        } else {
            error
        })
    }

    fn name(&mut self) -> String {
        let start = self.at;
        let begins = |c: char| c.is_alphabetic() || matches!(c, '_' | '@' | '$');
        if !self.peek(0).is_some_and(begins) {
            return String::new();
        }
        while self
            .peek(0)
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '@' | '$'))
        {
            self.at += 1;
        }
        let name = self.text(start..self.at);
        // `a->b` is no comparison.
        if name.ends_with('-') {
            return String::new();
        }
        name
    }

    fn operator(&mut self) -> Option<(Op, bool)> {
        let (op, negated, length) = match (self.peek(0)?, self.peek(1)) {
            (':' | '=', Some('=')) => (Op::Equals, false, 2),
            ('!', Some('=')) => (Op::Equals, true, 2),
            ('<', Some('=')) => (Op::AtMost, false, 2),
            ('>', Some('=')) => (Op::AtLeast, false, 2),
            (':', _) => (Op::Is, false, 1),
            ('=', _) => (Op::Equals, false, 1),
            ('<', _) => (Op::Less, false, 1),
            ('>', _) => (Op::More, false, 1),
            _ => return None,
        };
        self.at += length;
        Some((op, negated))
    }

    /// Whether a group of values begins here.
    pub(super) fn at_group(&self) -> bool {
        self.peek(0) == Some('(')
    }

    /// The value behind an operator.
    pub(super) fn value(&mut self) -> Result<(Piece, Range<usize>), QueryError> {
        let start = self.at;
        let backslashes = (0..).take_while(|at| self.peek(*at) == Some('\\')).count();
        let piece = match backslashes > 0 && self.peek(backslashes) == Some('/') {
            true => {
                self.at += 1;
                Piece::Word(self.word())
            }
            false => self.piece(false)?,
        };
        Ok((piece, start..self.at))
    }

    /// A quoted text, an expression between slashes, or a word; letters behind the quote only where a text is looked for.
    fn piece(&mut self, flags: bool) -> Result<Piece, QueryError> {
        if self.peek(0) == Some('"') {
            let text = self.quoted()?;
            let flags = if flags {
                self.flags()
            } else {
                Flags::default()
            };
            return Ok(Piece::Quoted(text, flags));
        }
        if let Some(pattern) = self.regex() {
            return Ok(Piece::Regex(pattern));
        }
        Ok(Piece::Word(self.word()))
    }

    /// From one quote to the next; `\"` is a quote and `\\` a backslash, all others are themselves.
    fn quoted(&mut self) -> Result<String, QueryError> {
        let start = self.at;
        let mut text = String::new();
        self.at += 1;
        loop {
            match (self.peek(0), self.peek(1)) {
                (None, _) => {
                    let error = QueryError::new(
                        "The quote is not closed",
                        "End the text with a quote; \\\" is a quote within it",
                        start..self.at,
                    );
                    return Err(error.unfinished());
                }
                (Some('"'), _) => {
                    self.at += 1;
                    return Ok(text);
                }
                (Some('\\'), Some(escaped @ ('"' | '\\'))) => {
                    text.push(escaped);
                    self.at += 2;
                }
                (Some(other), _) => {
                    text.push(other);
                    self.at += 1;
                }
            }
        }
    }

    fn flags(&mut self) -> Flags {
        let mut flags = Flags::default();
        let mut end = self.at;
        while let Some(letter) = self.chars.get(end) {
            match letter {
                'c' => flags.case_sensitive = true,
                'w' => flags.whole_word = true,
                _ => break,
            }
            end += 1;
        }
        if !self.ends_at(end) {
            return Flags::default();
        }
        self.at = end;
        flags
    }

    /// `/…/` with letters behind it, if that is all of the piece: `/api/users` is a word.
    fn regex(&mut self) -> Option<Pattern> {
        if self.peek(0) != Some('/') {
            return None;
        }
        let mut pattern = Pattern {
            case_sensitive: true,
            regex: true,
            ..Pattern::default()
        };
        let mut at = self.at + 1;
        loop {
            match (self.chars.get(at)?, self.chars.get(at + 1)) {
                ('/', _) => break,
                ('\\', Some('/')) => pattern.text.push('/'),
                ('\\', Some(escaped)) => pattern.text.extend(['\\', *escaped]),
                (other, _) => {
                    pattern.text.push(*other);
                    at += 1;
                    continue;
                }
            }
            at += 2;
        }
        at += 1;
        while let Some(letter) = self.chars.get(at) {
            match letter {
                'i' => pattern.case_sensitive = false,
                'w' => pattern.whole_word = true,
                _ => break,
            }
            at += 1;
        }
        if pattern.text.is_empty() || !self.ends_at(at) {
            return None;
        }
        self.at = at;
        Some(pattern)
    }

    /// Up to a blank, or to the parenthesis that closes a group; parentheses of the word's own belong to it.
    fn word(&mut self) -> String {
        let start = self.at;
        let mut own = 0_usize;
        while let Some(c) = self.peek(0) {
            match c {
                c if c.is_whitespace() => break,
                '(' => own += 1,
                ')' if own > 0 => own -= 1,
                ')' if self.open > 0 => break,
                _ => {}
            }
            self.at += 1;
        }
        self.text(start..self.at)
    }
}

/// Whether a minus before this character negates what follows.
fn begins_operand(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '"' | '(' | '/' | '@' | '$' | '.' | '*')
}

/// What a value for a keyword may look like.
pub(super) fn example(name: &str) -> &'static str {
    match keyword(name) {
        Some("level") => later("For example level>=warning or level:error"),
        Some("logger") => later("For example logger:app.db"),
        Some("since" | "until") => later("For example since:-1h or until:\"2026-11-22 10:00\""),
        Some("pattern") => later("For example pattern:\"worker <*> started\""),
        Some("exception") => later("For example exception:ValueError"),
        _ => later("For example message:timeout"),
    }
}

/// Whether a value could be taken for an expression between slashes; one more backslash in front of it says that it is none.
pub(super) fn begins_with_slash(value: &str) -> bool {
    value.trim_start_matches('\\').starts_with('/')
}
