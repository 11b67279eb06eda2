//! From the pieces of a query to its tree.

use std::ops::Range;

use super::lexer::{Lexer, Piece, Spanned, Token};
use super::problem::QueryError;
use super::{Expr, Field, Op, Value, keyword};
use crate::query::matcher::check_regex;
use crate::query::spec::Pattern;

/// Deepest nesting of parentheses and negations.
const DEEPEST: usize = 64;
/// Most texts and fields of a query.
const MOST: usize = 2_000;

/// A query, and where its leaves stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The query. A single text or field stands alone, not in an `All` of one.
    pub expr: Expr,
    /// Where the leaves stand in the text, in characters, in the order of a walk through the tree.
    pub places: Vec<Range<usize>>,
}

/// Reads a query. The empty text is `All` of nothing.
///
/// # Errors
/// The text is no query; the error says what is wrong and where.
pub fn parse(text: &str) -> Result<Parsed, QueryError> {
    let chars: Vec<char> = text.chars().collect();
    let mut lexer = Lexer::new(&chars);
    let next = lexer.next()?;
    let mut parser = Parser {
        lexer,
        next,
        places: Vec::new(),
        depth: 0,
        field: None,
    };
    if parser.next.token == Token::End {
        return Ok(Parsed {
            expr: Expr::All(Vec::new()),
            places: Vec::new(),
        });
    }
    let expr = parser.any()?;
    // A closing parenthesis too many is refused by the lexer, so this is the end.
    Ok(Parsed {
        expr,
        places: parser.places,
    })
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    /// One piece ahead.
    next: Spanned,
    places: Vec<Range<usize>>,
    depth: usize,
    /// Within `field:(…)`: what the values belong to.
    field: Option<(String, Op)>,
}

impl Parser<'_> {
    fn advance(&mut self) -> Result<Spanned, QueryError> {
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.next, next))
    }

    fn any(&mut self) -> Result<Expr, QueryError> {
        let first = self.all()?;
        let mut parts = vec![first];
        while self.next.token == Token::Or {
            self.advance()?;
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Expr::Any))
    }

    fn all(&mut self) -> Result<Expr, QueryError> {
        let mut parts = vec![self.not()?];
        loop {
            match self.next.token {
                Token::End | Token::Close | Token::Or => return Ok(one_or(parts, Expr::All)),
                Token::And => {
                    self.advance()?;
                }
                _ => {}
            }
            parts.push(self.not()?);
        }
    }

    fn not(&mut self) -> Result<Expr, QueryError> {
        if self.next.token != Token::Not {
            return self.leaf();
        }
        self.deeper()?;
        self.advance()?;
        let inner = self.not()?;
        self.depth -= 1;
        Ok(Expr::Not(Box::new(inner)))
    }

    fn deeper(&mut self) -> Result<(), QueryError> {
        if self.depth >= DEEPEST {
            return Err(QueryError::new(
                "The query is nested too deeply",
                "Use fewer parentheses and negations",
                self.next.at.clone(),
            ));
        }
        self.depth += 1;
        Ok(())
    }

    fn leaf(&mut self) -> Result<Expr, QueryError> {
        if self.places.len() >= MOST {
            return Err(QueryError::new(
                "The query is too long",
                "Use a regular expression for many texts",
                self.next.at.clone(),
            ));
        }
        let at = self.next.at.clone();
        match std::mem::replace(&mut self.next.token, Token::End) {
            Token::Open => self.group(at, None),
            Token::Field(name, op, negated) => self.field(name, op, negated, at),
            Token::Piece(piece) => {
                self.advance()?;
                match self.field.clone() {
                    Some((name, op)) => self.test(name, op, piece, at.clone(), at.start),
                    None => self.text(piece, at),
                }
            }
            other => {
                let missing = match other {
                    Token::End => "Something is missing",
                    Token::Close => "Something is missing before the parenthesis",
                    _ => "Something is missing before AND or OR",
                };
                let hint = "Add a text or a field; to look for the words AND, OR and NOT, put them into quotes";
                let error = QueryError::new(missing, hint, at);
                Err(match other {
                    Token::End => error.unfinished(),
                    _ => error,
                })
            }
        }
    }

    /// What stands between parentheses; the opening one is `self.next`.
    fn group(
        &mut self,
        open: Range<usize>,
        field: Option<(String, Op)>,
    ) -> Result<Expr, QueryError> {
        self.deeper()?;
        self.advance()?;
        let outer = field.map(|field| self.field.replace(field));
        let expr = self.any()?;
        if let Some(outer) = outer {
            self.field = outer;
        }
        self.depth -= 1;
        if self.next.token != Token::Close {
            let error = QueryError::new("The parenthesis is not closed", "Add a ) for it", open);
            return Err(error.unfinished());
        }
        self.advance()?;
        Ok(expr)
    }

    fn field(
        &mut self,
        name: String,
        op: Op,
        negated: bool,
        at: Range<usize>,
    ) -> Result<Expr, QueryError> {
        if self.field.is_some() {
            return Err(QueryError::new(
                "A field within the values of a field",
                "Put a value with : or = into quotes",
                at,
            ));
        }
        if self.lexer.at_group() {
            let open = self.lexer.next()?;
            self.next.token = open.token;
            let group = self.group(open.at, Some((name, op)))?;
            return self.negated_if(negated, group);
        }
        let (piece, value) = self.lexer.value()?;
        self.next = self.lexer.next()?;
        let test = self.test(name, op, piece, at.start..value.end, value.start)?;
        self.negated_if(negated, test)
    }

    fn negated_if(&mut self, negated: bool, expr: Expr) -> Result<Expr, QueryError> {
        if !negated {
            return Ok(expr);
        }
        self.deeper()?;
        self.depth -= 1;
        Ok(Expr::Not(Box::new(expr)))
    }

    fn text(&mut self, piece: Piece, at: Range<usize>) -> Result<Expr, QueryError> {
        let pattern = match piece {
            Piece::Word(text) => Pattern {
                text,
                ..Pattern::default()
            },
            Piece::Quoted(text, flags) => Pattern {
                text,
                case_sensitive: flags.case_sensitive,
                whole_word: flags.whole_word,
                regex: false,
            },
            Piece::Regex(pattern) => checked(pattern, at.start)?,
        };
        self.places.push(at);
        Ok(Expr::Text(pattern))
    }

    fn test(
        &mut self,
        name: String,
        op: Op,
        piece: Piece,
        at: Range<usize>,
        slash: usize,
    ) -> Result<Expr, QueryError> {
        let value = match piece {
            Piece::Word(text) if op == Op::Is && text.contains('*') => wild(text, &at)?,
            Piece::Word(text) | Piece::Quoted(text, _) => Value::Text(text),
            Piece::Regex(pattern) if op.orders() => {
                let (sign, text) = (op.sign(), pattern.text);
                return Err(QueryError::new(
                    format!("{sign} needs a value, not an expression"),
                    format!("Use {name}:/{text}/"),
                    at,
                ));
            }
            Piece::Regex(pattern) => Value::Regex(checked(pattern, slash)?),
        };
        if let Some(word) = keyword(&name) {
            fits(word, op, &value, &at)?;
        }
        self.places.push(at);
        Ok(Expr::Field(Field { name, op, value }))
    }
}

/// A value with `*`, which has no other spelling: one that reads as something else in some place is refused.
fn wild(text: String, at: &Range<usize>) -> Result<Value, QueryError> {
    let mut open = 0_usize;
    let balanced = text.chars().all(|c| {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return false,
            ')' => open -= 1,
            _ => {}
        }
        true
    });
    let odd = text.starts_with(|c: char| "=<>!:(\"".contains(c)) || text.starts_with("//");
    if !balanced || open > 0 || odd {
        return Err(QueryError::new(
            "A value with * may not hold such signs",
            "Put it into quotes, where * is only a star, or use an expression: field:/.../",
            at.clone(),
        ));
    }
    Ok(Value::Wild(text))
}

fn one_or(mut parts: Vec<Expr>, many: impl FnOnce(Vec<Expr>) -> Expr) -> Expr {
    match parts.len() {
        1 => parts.remove(0),
        _ => many(parts),
    }
}

/// Refuses an expression that cannot be matched; `slash` is where it begins.
fn checked(pattern: Pattern, slash: usize) -> Result<Pattern, QueryError> {
    match check_regex(&pattern) {
        Ok(()) => Ok(pattern),
        Err(error) => {
            let reason = &error.message;
            let length = pattern.text.chars().count();
            let at = match error.column {
                Some(column) => slash + 1 + column..(slash + 2 + column).min(slash + 1 + length),
                None => slash..slash + length + 2,
            };
            Err(QueryError::new(
                format!("The expression cannot be used: {reason}"),
                "Put the text into quotes to look for it as it stands",
                at.start..at.end.max(at.start),
            ))
        }
    }
}

/// Whether a keyword can be compared so.
fn fits(word: &str, op: Op, value: &Value, at: &Range<usize>) -> Result<(), QueryError> {
    let refuse =
        |message: String, hint: &str| Err(QueryError::new(message, hint.to_owned(), at.clone()));
    let sign = op.sign();
    match word {
        "logger" | "message" | "text" | "pattern" | "exception" if op.orders() => refuse(
            format!("{word} cannot be compared with {sign}"),
            super::lexer::example(word),
        ),
        "since" | "until" if op.orders() || !matches!(value, Value::Text(_)) => refuse(
            format!("{word} needs a moment"),
            super::lexer::example(word),
        ),
        _ => Ok(()),
    }
}
