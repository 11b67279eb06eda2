//! Walks the lines of a group in parallel and splits what they have in common into literals and fields.

use super::anchors::{Group, Marked, is_word};

/// Lines that disagree with the rest are dropped while at least this share remains.
const KEEP: f64 = 0.8;
/// More pieces than this are no header.
const MAX_SEGMENTS: usize = 40;

/// How a field is padded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pad {
    /// Not at all.
    #[default]
    None,
    /// Blanks behind it up to this width.
    Left(usize),
    /// Blanks before it up to this width.
    Right(usize),
    /// Blanks around it of no clear rule.
    Loose,
}

/// A piece of the head that all lines of the group share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment<'a> {
    /// The same text in every line.
    Literal(Vec<u8>),
    /// The timestamp.
    Time,
    /// The level.
    Level(Pad),
    /// The level as Python's number.
    LevelNumber,
    /// Anything else, with its values in the lines.
    Field {
        /// One value for each line still in the group.
        values: Vec<&'a [u8]>,
        /// Its padding.
        pad: Pad,
    },
}

struct Cursor<'m, 'a> {
    line: &'m Marked<'a>,
    at: usize,
}

impl<'a> Cursor<'_, 'a> {
    fn rest(&self) -> &'a [u8] {
        self.line.text.get(self.at..).unwrap_or_default()
    }
}

struct Walk<'m, 'a> {
    cursors: Vec<Cursor<'m, 'a>>,
    least: usize,
    segments: Vec<Segment<'a>>,
    time_ahead: bool,
    level_ahead: bool,
    /// Blanks before the next field vary.
    right: Option<Vec<usize>>,
}

/// The pieces of the lines' heads; what follows the last one is the message.
pub fn split<'a>(group: &Group<'_, 'a>) -> Vec<Segment<'a>> {
    let cursors: Vec<_> = group
        .lines
        .iter()
        .map(|line| Cursor { line, at: 0 })
        .collect();
    let mut walk = Walk {
        least: (cursors.len() as f64 * KEEP).ceil() as usize,
        cursors,
        segments: Vec::new(),
        time_ahead: group.timed,
        level_ahead: group.levelled,
        right: None,
    };
    while walk.segments.len() < MAX_SEGMENTS && walk.step() {}
    walk.drop_open_bracket();
    walk.segments
}

impl<'a> Walk<'_, 'a> {
    fn step(&mut self) -> bool {
        self.take_time() || self.take_level() || self.take_literal() || self.take_field()
    }

    fn anchored(&self) -> bool {
        self.time_ahead || self.level_ahead
    }

    /// Keeps the cursors that `fits` if they are enough.
    fn keep(&mut self, fits: impl Fn(&Cursor<'_, 'a>) -> bool) -> bool {
        let count = self.cursors.iter().filter(|c| fits(c)).count();
        if count == 0 || count < self.least {
            return false;
        }
        if count < self.cursors.len() {
            self.right = None;
            self.cursors.retain(|c| fits(c));
        }
        true
    }

    fn take_time(&mut self) -> bool {
        let here = |c: &Cursor<'_, 'a>| c.line.time.as_ref().is_some_and(|(at, _)| *at == c.at);
        if !self.time_ahead || !self.keep(here) {
            return false;
        }
        for cursor in &mut self.cursors {
            cursor.at += cursor
                .line
                .time
                .as_ref()
                .map_or(0, |(_, moment)| moment.len);
        }
        self.time_ahead = false;
        self.right = None;
        self.segments.push(Segment::Time);
        true
    }

    fn take_level(&mut self) -> bool {
        let here = |c: &Cursor<'_, 'a>| {
            c.line
                .level
                .as_ref()
                .is_some_and(|range| range.start == c.at)
        };
        if !self.level_ahead || !self.keep(here) {
            return false;
        }
        let len = |c: &Cursor<'_, 'a>| c.line.level.as_ref().map_or(0, |range| range.len());
        let lens: Vec<usize> = self.cursors.iter().map(len).collect();
        let pad = self.pad_before(&lens);
        for (cursor, len) in self.cursors.iter_mut().zip(lens) {
            cursor.at += len;
        }
        self.level_ahead = false;
        self.segments.push(Segment::Level(pad));
        true
    }

    /// The padding of a field with these lengths, if the blanks before it varied.
    fn pad_before(&mut self, lens: &[usize]) -> Pad {
        let Some(blanks) = self.right.take() else {
            return Pad::None;
        };
        right_width(&blanks, lens).map_or(Pad::Loose, Pad::Right)
    }

    /// A cursor whose next byte is the one that most have.
    fn typical(&self) -> Option<&Cursor<'_, 'a>> {
        let first = |c: &Cursor<'_, 'a>| c.rest().first().copied();
        let like =
            |c: &&Cursor<'_, 'a>| self.cursors.iter().filter(|o| first(o) == first(c)).count();
        self.cursors.iter().take(5).max_by_key(like)
    }

    fn take_literal(&mut self) -> bool {
        if self.blanks_vary() {
            return true;
        }
        let underscore = matches!(
            self.segments.last(),
            Some(Segment::Time | Segment::Level(_))
        );
        let Some(first) = self
            .typical()
            .and_then(|c| literal_at(c.rest(), underscore))
        else {
            return false;
        };
        let opens_message =
            first == b"\"" && !self.anchored() && !self.last_literal().ends_with(b"=");
        let closes_value = self.segments.len() > 1
            && matches!(
                self.segments.last(),
                Some(Segment::Field { .. } | Segment::Time | Segment::Level(_))
            );
        if (opens_message && !closes_value) || !self.keep(|c| c.rest().starts_with(first)) {
            return false;
        }
        for cursor in &mut self.cursors {
            cursor.at += first.len();
        }
        match self.segments.last_mut() {
            Some(Segment::Literal(text)) => text.extend_from_slice(first),
            _ => self.segments.push(Segment::Literal(first.to_vec())),
        }
        true
    }

    /// Deals with blanks whose number differs from line to line: padding behind the last field or before the next.
    fn blanks_vary(&mut self) -> bool {
        let spaced = self
            .cursors
            .iter()
            .filter(|c| c.rest().starts_with(b" "))
            .count();
        if spaced < self.cursors.len() && spaced * 25 > self.cursors.len() * 24 {
            self.keep(|c| c.rest().starts_with(b" "));
        }
        let blanks: Vec<usize> = self
            .cursors
            .iter()
            .map(|c| c.rest().iter().take_while(|b| **b == b' ').count())
            .collect();
        let least = blanks.iter().copied().min().unwrap_or(0);
        let most = blanks.iter().copied().max().unwrap_or(0);
        let after_level = matches!(self.segments.last(), Some(Segment::Level(Pad::None)));
        if most == 0 || (least == most && !(after_level && most > 1)) {
            return false;
        }
        let width = self.left_width(&blanks, least);
        let unit = match width {
            Some(_) => self.gap(),
            None if self.anchored() => least.min(1),
            None => return false,
        };
        for (cursor, blank) in self.cursors.iter_mut().zip(&blanks) {
            cursor.at += blank;
        }
        match (width, self.segments.last_mut()) {
            (_, Some(Segment::Level(pad) | Segment::Field { pad, .. }))
                if matches!(pad, Pad::Right(_)) =>
            {
                *pad = Pad::Loose
            }
            (Some(width), Some(Segment::Level(pad) | Segment::Field { pad, .. })) => {
                *pad = Pad::Left(width - unit)
            }
            _ => {
                self.right = Some(
                    blanks
                        .iter()
                        .map(|blank| blank.saturating_sub(unit))
                        .collect(),
                )
            }
        }
        if unit == 1 {
            match self.segments.last_mut() {
                Some(Segment::Literal(text)) => text.push(b' '),
                _ => self.segments.push(Segment::Literal(b" ".to_vec())),
            }
        }
        true
    }

    /// The width that the last field and the blanks behind it have together, if nearly all lines agree on one.
    fn left_width(&self, blanks: &[usize], least: usize) -> Option<usize> {
        let unpadded = matches!(
            self.segments.last(),
            Some(Segment::Level(Pad::None) | Segment::Field { pad: Pad::None, .. })
        );
        let lens = self.last_lens();
        if !unpadded || lens.len() != blanks.len() || (least == 0 && !self.most_close()) {
            return None;
        }
        let mut sums: Vec<usize> = lens
            .iter()
            .zip(blanks)
            .filter(|(_, blank)| **blank > 1 || least == 0)
            .map(|(len, blank)| len + blank)
            .collect();
        sums.sort_unstable();
        let width = *sums.get(sums.len() / 2)?;
        let agrees = |(len, blank): (&usize, &usize)| {
            len + blank == width || (*blank <= 1 && len + blank >= width)
        };
        let agreeing = lens.iter().zip(blanks).filter(|pair| agrees(*pair)).count();
        let padded = blanks
            .iter()
            .filter(|blank| **blank > usize::from(least > 0))
            .count();
        let few = lens.len() < 4;
        (agreeing * 20 >= lens.len() * 18 && (few || padded * 20 >= lens.len())).then_some(width)
    }

    /// The blanks between a padded field and what follows: one, or none before a closing bracket.
    fn gap(&self) -> usize {
        usize::from(!self.most_close())
    }

    /// Whether a bracket closes behind the blanks in most lines.
    fn most_close(&self) -> bool {
        let closing = self
            .cursors
            .iter()
            .filter(|c| closes(c.rest().trim_ascii_start()))
            .count();
        closing * 10 >= self.cursors.len() * 9
    }

    /// The lengths of the last field's values.
    fn last_lens(&self) -> Vec<usize> {
        match self.segments.last() {
            Some(Segment::Level(_)) => self
                .cursors
                .iter()
                .map(|c| c.line.level.as_ref().map_or(0, |range| range.len()))
                .collect(),
            Some(Segment::Field { values, .. }) if values.len() == self.cursors.len() => {
                values.iter().map(|v| v.len()).collect()
            }
            _ => Vec::new(),
        }
    }

    fn last_literal(&self) -> &[u8] {
        match self.segments.last() {
            Some(Segment::Literal(text)) => text,
            _ => b"",
        }
    }

    fn take_field(&mut self) -> bool {
        if self.take_key() || self.take_level_number() {
            return true;
        }
        if self.last_literal().ends_with(b".%") && self.take_constant(b"f") {
            return true;
        }
        if self.anchored() {
            return self.take_until(
                |text| text.iter().take_while(|b| is_word(b)).count(),
                |_| true,
            );
        }
        match self.last_literal() {
            [.., b'='] => {
                return self.take_until(
                    |text| {
                        text.iter()
                            .take_while(|b| !b.is_ascii_whitespace() && **b != b']' && **b != b')')
                            .count()
                    },
                    |_| true,
                );
            }
            [.., last] => {
                if let Some(closer) = closer_of(Some(*last)) {
                    return self.take_bracket(*last, closer);
                }
            }
            [] => {}
        }
        self.take_tail()
    }

    /// `key=`: the same word and an equals sign in all lines.
    fn take_key(&mut self) -> bool {
        let Some(first) = self.typical().map(Cursor::rest) else {
            return false;
        };
        let len = first
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'))
            .count();
        if len == 0 || first.get(len) != Some(&b'=') {
            return false;
        }
        let key = first.get(..=len).unwrap_or_default().to_vec();
        self.take_constant(&key)
    }

    /// Takes the same text in all lines.
    fn take_constant(&mut self, constant: &[u8]) -> bool {
        if !self.keep(|c| c.rest().starts_with(constant)) {
            return false;
        }
        for cursor in &mut self.cursors {
            cursor.at += constant.len();
        }
        match self.segments.last_mut() {
            Some(Segment::Literal(text)) => text.extend_from_slice(constant),
            _ => self.segments.push(Segment::Literal(constant.to_vec())),
        }
        true
    }

    fn take_level_number(&mut self) -> bool {
        let number = |c: &Cursor<'_, 'a>| digits(c.rest());
        let known = |c: &Cursor<'_, 'a>| {
            matches!(
                c.rest().get(..number(c)),
                Some(b"5" | b"10" | b"20" | b"25" | b"30" | b"40" | b"50" | b"22" | b"45")
            ) && c
                .rest()
                .get(number(c))
                .is_some_and(|b| matches!(b, b' ' | b']' | b'|' | b':'))
        };
        let levelled = self
            .segments
            .iter()
            .any(|s| matches!(s, Segment::Level(_) | Segment::LevelNumber));
        let mut distinct: Vec<_> = self
            .cursors
            .iter()
            .map(|c| c.rest().get(..number(c)))
            .collect();
        distinct.sort_unstable();
        distinct.dedup();
        if levelled
            || self.level_ahead
            || distinct.len() < 2
            || self.cursors.len() < 5
            || !self.keep(known)
        {
            return false;
        }
        for cursor in &mut self.cursors {
            cursor.at += digits(cursor.rest());
        }
        self.segments.push(Segment::LevelNumber);
        true
    }

    /// Takes as a field what `measure` says, if enough lines have such a value that is `good`.
    fn take_until(
        &mut self,
        measure: impl Fn(&[u8]) -> usize,
        good: impl Fn(&[u8]) -> bool,
    ) -> bool {
        let stop = self.stops();
        let stop = |c: &Cursor<'_, 'a>| {
            stop.then(|| next_anchor(c))
                .flatten()
                .unwrap_or(c.line.text.len())
        };
        let value = |c: &Cursor<'_, 'a>| {
            let text = c.line.text.get(c.at..stop(c).max(c.at)).unwrap_or_default();
            text.get(..measure(text)).unwrap_or_default()
        };
        if !self.keep(|c| !value(c).is_empty() && good(value(c))) {
            return false;
        }
        let values: Vec<&'a [u8]> = self.cursors.iter().map(value).collect();
        let pad = self.pad_before(&values.iter().map(|v| v.len()).collect::<Vec<_>>());
        for (cursor, value) in self.cursors.iter_mut().zip(&values) {
            cursor.at += value.len();
        }
        self.segments.push(Segment::Field { values, pad });
        true
    }

    /// Whether the next anchor bounds fields.
    fn stops(&self) -> bool {
        self.anchored()
    }

    /// A field inside a bracket: up to a sign that all have in it, else up to its end.
    fn take_bracket(&mut self, opener: u8, closer: u8) -> bool {
        let inside = |text: &[u8]| closing(text, opener, closer);
        if !self.keep(|c| inside(c.rest()).is_some_and(|len| len > 0)) {
            return false;
        }
        let contents = |cursor: &Cursor<'_, 'a>| {
            cursor
                .rest()
                .get(..inside(cursor.rest()).unwrap_or(0))
                .unwrap_or_default()
        };
        for sign in [b':', b'|', b'/', b'@'] {
            let splits = |text: &[u8]| {
                text.iter().filter(|b| **b == sign).count() == 1 && text.last() != Some(&sign)
            };
            let count = self.cursors.iter().filter(|c| splits(contents(c))).count();
            if count >= self.least && count * 20 >= self.cursors.len() * 19 {
                return self.take_until(
                    |text| text.iter().position(|b| *b == sign).unwrap_or(0),
                    |_| true,
                );
            }
        }
        self.take_until(|text| closing(text, opener, closer).unwrap_or(0), |_| true)
    }

    /// A field behind the last anchor and outside brackets: only with good reason, since the message may have begun.
    fn take_tail(&mut self) -> bool {
        let Some(delimiter) = self.common_delimiter() else {
            return false;
        };
        let delimiter = delimiter.as_slice();
        let ends = |text: &[u8]| {
            let len = token(text);
            text.get(len..)
                .is_some_and(|rest| rest.starts_with(delimiter))
        };
        let share = |good: &dyn Fn(&[u8]) -> bool| {
            let count = self.cursors.iter().filter(|c| good(c.rest())).count();
            count as f64 / self.cursors.len().max(1) as f64
        };
        let value = |text: &'_ [u8]| -> usize { token(text) };
        let numbers = share(&|text| text.get(..value(text)).is_some_and(is_number));
        let named = share(&|text| text.get(..value(text)).is_some_and(name_like));
        let dotted = share(&|text| text.get(..value(text)).is_some_and(dotted_name));
        let numbered = share(&|text| {
            text.get(value(text) + delimiter.len()..)
                .is_some_and(|rest| digits(rest) > 0)
        });
        let strong = delimiter != b" ";
        let has_name = self.has_dotted_field();
        let follower = share(&|text| {
            let rest = text
                .get(value(text) + delimiter.len()..)
                .unwrap_or_default();
            let len = token(rest);
            rest.get(..len).is_some_and(name_like)
                && rest
                    .get(len..)
                    .is_some_and(|r| r.starts_with(b": ") || r.starts_with(b" - "))
        });
        let workers = share(&|text| text.get(..value(text)).is_some_and(is_worker));
        let slashed = share(&|text| digits(text) > 0 && text.get(digits(text)) == Some(&b'/'));
        if slashed > 0.97 {
            return self.take_until(digits, |_| true);
        }
        if self.in_row_of(delimiter) {
            let until = delimiter.first().copied().unwrap_or(b'|');
            return self.take_until(
                |text| text.iter().position(|b| *b == until).unwrap_or(0),
                |_| true,
            );
        }
        let accept = numbers > 0.97
            || workers > 0.6
            || (strong && dotted > 0.3 && named > KEEP)
            || (!strong && named > 0.8 && follower > 0.7 && !has_name)
            || (delimiter == b":" && named > 0.9 && numbered > 0.97)
            || (strong && named > 0.75 && !has_name)
            || (!strong && !has_name && named > 0.8 && dotted > 0.15);
        accept && self.keep(|c| ends(c.rest())) && self.take_until(token, |_| true)
    }

    /// Whether bars or tabs separate all fields so far, as in a table.
    fn in_row_of(&self, delimiter: &[u8]) -> bool {
        let bars = |text: &[u8]| text == b"|" || text == b"\t";
        let row = self
            .segments
            .iter()
            .filter(|s| matches!(s, Segment::Literal(text) if text == delimiter))
            .count();
        bars(delimiter) && row >= 3 && self.last_literal() == delimiter
    }

    /// Whether a field of dotted names was found already: then the next word begins the message.
    fn has_dotted_field(&self) -> bool {
        self.segments.iter().any(|segment| match segment {
            Segment::Field { values, .. } => {
                let dotted = values.iter().filter(|v| dotted_name(v)).count();
                let named = values
                    .iter()
                    .filter(|v| name_like(v) || v.iter().any(|b| *b == b'/'))
                    .count();
                dotted * 8 >= values.len().max(1) && named * 10 >= values.len() * 8
            }
            _ => false,
        })
    }

    /// The signs that follow the next word in nearly all lines.
    fn common_delimiter(&self) -> Option<Vec<u8>> {
        let mut follows: Vec<Vec<u8>> = Vec::new();
        for cursor in &self.cursors {
            let rest = cursor
                .rest()
                .get(token(cursor.rest())..)
                .unwrap_or_default();
            let signs = rest
                .iter()
                .take(4)
                .take_while(|b| b.is_ascii_punctuation() || **b == b' ' || **b == b'\t');
            let mut text: Vec<u8> = signs.copied().collect();
            text.dedup_by(|a, b| *a == b' ' && *b == b' ');
            follows.push(text);
        }
        let longest = follows.iter().max_by_key(|f| {
            let same = follows.iter().filter(|g| g.first() == f.first()).count();
            (same, usize::MAX - f.len())
        })?;
        let enough = |prefix: &[u8]| {
            follows.iter().filter(|f| f.starts_with(prefix)).count()
                >= self.least.max(follows.len() * 8 / 10)
        };
        (1..=longest.len())
            .rev()
            .filter_map(|len| longest.get(..len))
            .find(|prefix| enough(prefix))
            .map(<[u8]>::to_vec)
    }

    /// A bracket that was opened for the message's sake belongs to the message.
    fn drop_open_bracket(&mut self) {
        let few = self.cursors.len() < 4;
        if let Some(Segment::Literal(text)) = self.segments.last_mut() {
            while few
                && text.last().is_some_and(|b| {
                    closer_of(Some(*b)).is_some() || matches!(b, b'$' | b'#' | b'*' | b'/' | b'.')
                })
            {
                text.pop();
            }
            if text.is_empty() {
                self.segments.pop();
            }
        }
    }
}

/// Where the bracket closes that was opened just before the text; brackets inside are balanced.
fn closing(text: &[u8], opener: u8, closer: u8) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in text.iter().enumerate().take(120) {
        if *byte == closer {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        } else if *byte == opener {
            depth += 1;
        }
    }
    None
}

fn next_anchor(cursor: &Cursor<'_, '_>) -> Option<usize> {
    let time = cursor.line.time.as_ref().map(|(at, _)| *at);
    let level = cursor.line.level.as_ref().map(|range| range.start);
    [time, level]
        .into_iter()
        .flatten()
        .filter(|at| *at > cursor.at)
        .min()
}

/// The width that blanks and values behind them have together, if nearly all lines agree on one.
fn right_width(blanks: &[usize], lens: &[usize]) -> Option<usize> {
    let sums = blanks.iter().zip(lens).map(|(blank, len)| blank + len);
    let mut padded: Vec<usize> = sums
        .clone()
        .zip(blanks)
        .filter(|(_, blank)| **blank > 0)
        .map(|(sum, _)| sum)
        .collect();
    padded.sort_unstable();
    let width = *padded.get(padded.len() / 2)?;
    let agreeing = sums
        .zip(blanks)
        .filter(|(sum, blank)| *sum == width || (**blank == 0 && *sum > width))
        .count();
    (agreeing * 10 >= blanks.len() * 9).then_some(width)
}

/// The sign that the text begins with, if it begins with one.
fn literal_at(text: &[u8], underscore: bool) -> Option<&[u8]> {
    let first = *text.first()?;
    if text.starts_with(b"<module>") || text.starts_with(b"<lambda>") {
        return None;
    }
    if first == b'_' && underscore {
        return text.get(..1);
    }
    if first.is_ascii() {
        return if first.is_ascii_alphanumeric() || first == b'_' {
            None
        } else {
            text.get(..1)
        };
    }
    let head = text.utf8_chunks().next()?.valid().chars().next()?;
    if head.is_alphanumeric() {
        None
    } else {
        text.get(..head.len_utf8())
    }
}

fn closer_of(opener: Option<u8>) -> Option<u8> {
    Some(match opener? {
        b'[' => b']',
        b'(' => b')',
        b'{' => b'}',
        b'<' => b'>',
        b'"' => b'"',
        _ => return None,
    })
}

fn closes(text: &[u8]) -> bool {
    matches!(text.first(), Some(b']' | b')' | b'}' | b'>'))
}

fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|b| b.is_ascii_digit()).count()
}

fn is_number(text: &[u8]) -> bool {
    !text.is_empty() && digits(text) == text.len()
}

/// The word at the start of the text.
fn token(text: &[u8]) -> usize {
    text.iter()
        .take(100)
        .take_while(|b| {
            !b.is_ascii_whitespace()
                && !matches!(
                    b,
                    b':' | b'|'
                        | b','
                        | b';'
                        | b'('
                        | b')'
                        | b'['
                        | b']'
                        | b'{'
                        | b'}'
                        | b'"'
                        | b'='
                )
        })
        .count()
        .max(drive_path(text))
}

/// The length of a Windows path at the start of the text, up to a bracket or blank; 0 if there is none.
fn drive_path(text: &[u8]) -> usize {
    if !matches!(text, [letter, b':', b'\\', ..] if letter.is_ascii_alphabetic()) {
        return 0;
    }
    text.iter()
        .take(200)
        .skip(2)
        .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b':' | b'(' | b'|'))
        .count()
        + 2
}

/// Names that threads and processes have.
fn is_worker(text: &[u8]) -> bool {
    super::emit::is_thread(text) || super::emit::is_process(text)
}

/// Letters, digits and what joins them in names; begins like a name.
pub fn name_like(text: &[u8]) -> bool {
    if drive_path(text) == text.len() && !text.is_empty() {
        return true;
    }
    text.first()
        .is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'<' | b'-' | b'/' | b'?'))
        && text.iter().all(|b| {
            b.is_ascii_alphanumeric()
                || matches!(
                    b,
                    b'_' | b'.' | b'-' | b'$' | b'<' | b'>' | b'/' | b'\\' | b'@' | b'#'
                )
        })
}

/// Names with a dot inside, and the root logger's.
pub fn dotted_name(text: &[u8]) -> bool {
    let inner = text
        .get(1..text.len().saturating_sub(1))
        .unwrap_or_default();
    name_like(text)
        && !super::emit::is_file(text)
        && (inner.contains(&b'.') || text == b"root" || text == b"__main__")
        && !text.first().is_some_and(|b| *b == b'/')
}
