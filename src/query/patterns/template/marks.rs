//! What stands between words: quotes, `key=value`, paths, mail addresses, signs of numbers.

use super::{ANY, Class, Of, REST, VARIABLE, Writer, class, is_word};

/// Longest quoted string or value in brackets.
const LONGEST_VALUE: usize = 512;
/// Longest key in quotes that stays.
const LONGEST_KEY: usize = 40;

/// A quoted request is told apart by these, so it is no value.
const METHODS: [&[u8]; 7] = [
    b"GET ",
    b"POST ",
    b"PUT ",
    b"DELETE ",
    b"PATCH ",
    b"HEAD ",
    b"OPTIONS ",
];

impl Writer<'_> {
    /// A byte that is no letter, digit or blank.
    pub(super) fn mark(&mut self, byte: u8) {
        match byte {
            b'"' | b'\'' | b'`' if self.quoted(byte) => {}
            b'=' if self.value() => {}
            b'/' | b'\\' | b'~' | b'.' if self.path(byte) => {}
            b'@' if self.mail() => {}
            b'<' if self.placeholder() => {}
            b'-' | b'+' | b'.' if self.is_sign() => self.skip(1),
            b'_' | b'-' | b'.' | b'+' => self.at += 1,
            b':' if self.address() => {}
            _ => {
                self.at += 1;
                self.begin_run();
            }
        }
    }

    /// Whether a word or value may begin here.
    fn is_beginning(&self) -> bool {
        self.before()
            .is_none_or(|before| class(before) == Class::Blank || b"([{<=:,;|>!*".contains(&before))
    }

    /// `-5`, `+5`, `.5`
    fn is_sign(&self) -> bool {
        let digit = |ahead| self.peek(ahead).is_some_and(|byte| byte.is_ascii_digit());
        (self.is_beginning() || self.before() == Some(b'_'))
            && (digit(1) || (self.peek(1) == Some(b'.') && digit(2)))
    }

    /// A string in quotes, unless it is a key: `{'user': 5}`.
    fn quoted(&mut self, quote: u8) -> bool {
        let is_prefixed =
            matches!(self.before(), Some(b'b' | b'u' | b'r' | b'f')) && self.at == self.token + 1;
        if !self.is_beginning() && !is_prefixed {
            return false;
        }
        let Some(end) = self.quote_end(self.at, quote) else {
            return false;
        };
        let inner = self.text.get(self.at + 1..end).unwrap_or_default();
        if METHODS.iter().any(|method| inner.starts_with(method)) {
            return false;
        }
        let behind = self.text.get(end + 1..).unwrap_or_default();
        let is_key = behind.trim_ascii_start().first() == Some(&b':')
            && inner.len() <= LONGEST_KEY
            && !inner.iter().any(u8::is_ascii_digit)
            && is_of_words(inner);
        if is_key {
            self.at += end + 1 - self.at;
        } else {
            self.variable(end + 1);
        }
        self.begin_run();
        true
    }

    /// Where the string ends whose quote stands at `from`.
    fn quote_end(&self, from: usize, quote: u8) -> Option<usize> {
        let text = self.text.get(from + 1..)?;
        let text = text.get(..LONGEST_VALUE).unwrap_or(text);
        let mut escaped = false;
        let end = text.iter().enumerate().position(|(at, byte)| {
            let closes =
                *byte == quote && !escaped && !text.get(at + 1).is_some_and(|next| is_word(*next));
            escaped = *byte == b'\\' && !escaped;
            closes
        })?;
        Some(from + 1 + end)
    }

    /// `=value` behind a key.
    fn value(&mut self) -> bool {
        let is_key = self.before().is_some_and(|before| {
            is_word(before) || matches!(before, b']' | b'-' | b'.' | b'"' | b'\'')
        });
        let Some(first) = self.peek(1) else {
            return false;
        };
        if !is_key || class(first) == Class::Blank || b"=>~<,;)]}".contains(&first) {
            // A placeholder is a value too.
            if !is_key
                || !self
                    .text
                    .get(self.at + 1..)
                    .is_some_and(|rest| rest.starts_with(b"<*>"))
            {
                return false;
            }
        }
        self.at += 1;
        let end = self.value_end(first);
        self.variable(end);
        self.begin_run();
        true
    }

    /// Where the value ends that begins here.
    fn value_end(&self, first: u8) -> usize {
        let rest = self.rest();
        let whole = match first {
            b'"' | b'\'' | b'`' => self.quote_end(self.at, first),
            b'(' | b'[' | b'{' => balanced(rest).map(|len| self.at + len),
            _ => None,
        };
        if let Some(end) = whole {
            return end + 1;
        }
        if rest.starts_with(VARIABLE.as_bytes()) {
            return self.at + VARIABLE.len();
        }
        let mut len = 1;
        while let Some(byte) = rest.get(len) {
            len += match byte {
                b',' | b';' | b')' | b']' | b'}' | b'|' | b'&' | b'"' | b'\'' | b'<' | b'>' => {
                    break;
                }
                byte if class(*byte) == Class::Blank => break,
                // `Rect(0, 0)`
                b'(' | b'[' | b'{' => {
                    let inner = rest.get(len..).and_then(balanced);
                    inner.map_or(1, |inner| inner + 1)
                }
                _ => 1,
            };
        }
        let value = rest.get(..len).unwrap_or_default();
        let dots = { value.iter().rev() }
            .take_while(|byte| b".:!?".contains(byte))
            .count();
        self.at + (len - dots).max(1)
    }

    /// A path, or what follows a URL's host.
    fn path(&mut self, byte: u8) -> bool {
        if self.url_end.take_if(|end| *end == self.at).is_some() {
            let end = self.path_end();
            if byte != b'/' || end <= self.at + 1 {
                return false;
            }
            self.at += 1;
            self.variable(end);
            return true;
        }
        let rest = self.rest();
        let named = |at: usize| {
            rest.get(at)
                .is_some_and(|byte| is_word(*byte) || *byte == b'.')
        };
        let begins = match byte {
            b'/' => self.is_beginning() && named(1),
            b'~' => self.is_beginning() && rest.starts_with(b"~/"),
            b'.' => self.is_beginning() && (rest.starts_with(b"./") || rest.starts_with(b"../")),
            _ => self.is_drive() || (self.is_beginning() && rest.starts_with(b"\\\\") && named(2)),
        };
        let goes_on = begins || (byte == b'/' && self.is_relative());
        if !goes_on {
            return false;
        }
        if !begins || byte == b'\\' {
            self.take_back_run();
        }
        self.variable(self.path_end());
        true
    }

    /// `C:\`: the drive is a run of its own, which began before the colon.
    fn is_drive(&mut self) -> bool {
        let [drive, b':'] = self
            .text
            .get(self.at.saturating_sub(2)..self.at)
            .unwrap_or_default()
        else {
            return false;
        };
        let start = self.at - 2;
        let before = start.checked_sub(1).and_then(|at| self.text.get(at));
        let is_first = start == self.token || before.is_some_and(|before| !is_word(*before));
        if !drive.is_ascii_alphabetic() || !is_first {
            return false;
        }
        self.run.0 = start;
        true
    }

    /// Whether the run that ends at this slash goes on as a path: `src/app/main.py`, not `and/or`.
    fn is_relative(&self) -> bool {
        let path = self
            .text
            .get(self.run.0..self.path_end())
            .unwrap_or_default();
        let first = path.first().copied().unwrap_or_default();
        let mut parts = path.split(|byte| *byte == b'/');
        let last = parts.next_back().unwrap_or_default();
        let slashes = parts.count();
        let is_file = last
            .iter()
            .rposition(|byte| *byte == b'.')
            .is_some_and(|dot| {
                let suffix = last.get(dot + 1..).unwrap_or_default();
                dot > 0
                    && (1..=5).contains(&suffix.len())
                    && suffix.iter().all(u8::is_ascii_alphanumeric)
                    && suffix.iter().any(u8::is_ascii_alphabetic)
            });
        let digits = |byte: &u8| byte.is_ascii_digit() || *byte == b'/';
        is_word(first) && (slashes >= 2 || is_file) && !path.iter().all(digits)
    }

    fn path_end(&self) -> usize {
        let rest = self.rest();
        let ends = |byte: &u8| class(*byte) == Class::Blank || b"\"'`<>|,;()[]{}".contains(byte);
        let len = rest.iter().position(ends).unwrap_or(rest.len());
        let path = rest.get(..len).unwrap_or_default();
        let dots = path
            .iter()
            .rev()
            .take_while(|byte| b".:!?".contains(byte))
            .count();
        self.at + (len - dots).max(1)
    }

    /// `fe80::1`, `00:1a:2b:3c:4d:5e`
    fn address(&mut self) -> bool {
        let run = self.text.get(self.run.0..).unwrap_or_default();
        let of_address = |byte: &u8| byte.is_ascii_hexdigit() || *byte == b':';
        let len = { run.iter() }
            .position(|byte| !of_address(byte))
            .unwrap_or(run.len());
        let address = run.get(..len).unwrap_or_default();
        let is_alone = !run.get(len).is_some_and(|byte| is_word(*byte));
        let parts = address.split(|byte| *byte == b':');
        let is_mac = || address.len() == 17 && parts.clone().all(|part| part.len() == 2);
        let is_ipv6 = || {
            self.peek(1) == Some(b':')
                && address.iter().any(u8::is_ascii_digit)
                && parts.clone().all(|part| part.len() <= 4)
        };
        if !is_alone || !(is_mac() || is_ipv6()) {
            return false;
        }
        let end = self.run.0 + len - usize::from(address.ends_with(b":"));
        self.take_back_run();
        self.variable(end.max(self.at + 1));
        true
    }

    /// `name@host`
    fn mail(&mut self) -> bool {
        let is_name = self.run.0 < self.at && self.before().is_some_and(is_word);
        if !is_name || !self.peek(1).is_some_and(is_word) {
            return false;
        }
        let host = self.text.get(self.at + 1..).unwrap_or_default();
        let of_host = |byte: &u8| is_word(*byte) || matches!(byte, b'.' | b'-');
        let len = host.iter().take_while(|byte| of_host(byte)).count();
        let host = host.get(..len).unwrap_or_default();
        let dots = host.iter().rev().take_while(|byte| **byte == b'.').count();
        self.take_back_run();
        self.variable(self.at + 1 + len - dots);
        true
    }

    /// What stands for variable parts already.
    fn placeholder(&mut self) -> bool {
        let rest = self.rest();
        if rest.starts_with(VARIABLE.as_bytes()) {
            self.variable(self.at + VARIABLE.len());
            return true;
        }
        let known = [ANY, REST]
            .into_iter()
            .find(|sign| rest.starts_with(sign.as_bytes()));
        match known {
            Some(sign) if self.of == Of::Message => self.variable(self.at + sign.len()),
            Some(sign) => {
                self.at += sign.len();
                self.begin_run();
            }
            None => return false,
        }
        true
    }
}

/// Whether a text has no blanks but single spaces.
fn is_of_words(text: &[u8]) -> bool {
    let is_blank = |byte: &u8| class(*byte) == Class::Blank;
    let mut pairs = text.windows(2);
    text.iter().all(|byte| *byte == b' ' || !is_blank(byte))
        && !pairs.any(|pair| pair.iter().all(is_blank))
}

/// Where the bracket closes that a text begins with.
fn balanced(text: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let text = text.get(..LONGEST_VALUE).unwrap_or(text);
    text.iter().position(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })
}
