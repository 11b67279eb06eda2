//! An expression as it reads within single lines.

use regex_syntax::hir::{
    Class, ClassBytes, ClassBytesRange, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look,
    Repetition,
};

/// The same expression without matches that contain a line feed, and without groups; and whether there were any.
///
/// In a text of one line both match alike. In many texts, one after the other, the confined expression finds what lies
/// within one of them, and a search can go on behind a match without having run through the rest of all texts.
pub(super) fn confined(hir: &Hir) -> (Hir, bool) {
    let mut changed = false;
    let hir = confine(hir, &mut changed);
    (hir, changed)
}

/// Shortest part, in characters, that is worth looking for.
const LEAST_PART: usize = 3;

/// Most characters that one place of such a part may stand for; an upper and a lower case letter may be three.
const ALIKE: usize = 4;

/// A part of a confined expression that occurs in every match and is found faster than the whole, because it says more
/// than what the expression begins with; `None` where the beginning says most.
pub(super) fn required_part(hir: &Hir) -> Option<Hir> {
    let HirKind::Concat(parts) = hir.kind() else {
        return None;
    };
    let mut best = (0, 0..0);
    let mut from = 0;
    while from < parts.len() {
        let run = parts.iter().skip(from).map_while(literal_chars);
        let (count, chars) = run.fold((0, 0), |(count, sum), chars| (count + 1, sum + chars));
        if chars > best.0 {
            best = (chars, from..from + count);
        }
        from += count.max(1);
    }
    let (chars, part) = best;
    let before = parts.get(..part.start)?;
    let is_first = before
        .iter()
        .all(|part| matches!(part.kind(), HirKind::Look(_)));
    (chars >= LEAST_PART && !is_first)
        .then(|| Hir::concat(parts.get(part).unwrap_or_default().to_vec()))
}

/// How many characters a part stands for, if it is a text or, where case does not matter, one of its letters.
fn literal_chars(part: &Hir) -> Option<usize> {
    match part.kind() {
        HirKind::Literal(literal) => Some(literal.0.len()),
        HirKind::Class(Class::Unicode(class)) => {
            let chars = class.iter().map(ClassUnicodeRange::len).sum::<usize>();
            (chars <= ALIKE).then_some(1)
        }
        HirKind::Class(Class::Bytes(class)) => {
            let bytes = class.iter().map(ClassBytesRange::len).sum::<usize>();
            (bytes <= ALIKE).then_some(1)
        }
        _ => None,
    }
}

fn confine(hir: &Hir, changed: &mut bool) -> Hir {
    match hir.kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Look(look) => Hir::look(*look),
        HirKind::Literal(literal) if literal.0.contains(&b'\n') => {
            *changed = true;
            Hir::fail()
        }
        HirKind::Literal(literal) => Hir::literal(literal.0.clone()),
        HirKind::Class(class) => {
            let mut class = class.clone();
            *changed |= remove_line_feed(&mut class);
            Hir::class(class)
        }
        HirKind::Repetition(repetition) => Hir::repetition(Repetition {
            min: repetition.min,
            max: repetition.max,
            greedy: repetition.greedy,
            sub: Box::new(confine(&repetition.sub, changed)),
        }),
        HirKind::Capture(capture) => confine(&capture.sub, changed),
        HirKind::Concat(parts) => {
            Hir::concat(parts.iter().map(|part| confine(part, changed)).collect())
        }
        HirKind::Alternation(parts) => {
            Hir::alternation(parts.iter().map(|part| confine(part, changed)).collect())
        }
    }
}

/// Whether there was one.
fn remove_line_feed(class: &mut Class) -> bool {
    match class {
        Class::Unicode(class) => {
            let found = class
                .iter()
                .any(|range| (range.start()..=range.end()).contains(&'\n'));
            if found {
                class.difference(&ClassUnicode::new([ClassUnicodeRange::new('\n', '\n')]));
            }
            found
        }
        Class::Bytes(class) => {
            let found = class
                .iter()
                .any(|range| (range.start()..=range.end()).contains(&b'\n'));
            if found {
                class.difference(&ClassBytes::new([ClassBytesRange::new(b'\n', b'\n')]));
            }
            found
        }
    }
}

/// What an expression asks about the places around a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asks {
    /// Where the text begins or ends, or whether its end is followed by a line feed alone: that cannot be seen in many
    /// texts one after the other.
    pub(super) text_ends: bool,
    /// Where lines end.
    pub(super) line_ends: bool,
}

impl Asks {
    pub(super) fn of(hir: &Hir) -> Self {
        let looks = hir.properties().look_set();
        let any = |wanted: &[Look]| wanted.iter().any(|look| looks.contains(*look));
        Self {
            text_ends: any(&[Look::Start, Look::End, Look::EndLF]),
            line_ends: looks.contains(Look::EndCRLF),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    fn hir(text: &str) -> Hir {
        let mut parser = regex_syntax::ParserBuilder::new()
            .utf8(false)
            .multi_line(true)
            .crlf(true)
            .build();
        parser.parse(text).unwrap()
    }

    #[test]
    fn only_what_can_match_a_line_feed_changes() {
        for (text, expected) in [
            ("a.*b", None),
            ("^(?:x|yz){2,3}$", None),
            (r"\d+\w", None),
            (r"(a\s)b", Some(r"a[\s--\n]b")),
            ("[^q]*", Some(r"[^q\n]*")),
            (r"a\nb|c", Some("[a&&b]|c")),
            ("(?s)a.b", Some(r"a[^\n]b")),
            (r"(?-u)\xff\s", Some(r"(?-u)\xff[\s--\n]")),
        ] {
            let (seen, changed) = confined(&hir(text));
            assert_eq!(changed, expected.is_some(), "{text}");
            if let Some(expected) = expected {
                assert_eq!(seen, hir(expected), "{text}");
            }
        }
    }

    #[test]
    fn the_part_that_says_most_is_looked_for() {
        for (text, expected) in [
            (r"path=\S+ .*(time)out", Some("timeout")),
            (r"\w+Error\b", Some("Error")),
            (r"(?i)\w+err!", Some("(?i)err!")),
            ("abc.*xy", None),
            (r"\b{start-half}word\b{end-half}", None),
            (r"\d\d:\d\d", None),
            ("a|.*word", None),
            ("word", None),
        ] {
            let part = required_part(&confined(&hir(text)).0);
            assert_eq!(part, expected.map(hir), "{text}");
        }
    }

    #[test]
    fn questions_about_ends_are_recognised() {
        for (text, text_ends, line_ends) in [
            (r"\Ax", true, false),
            (r"x\z", true, false),
            ("(?-m)^x", true, false),
            ("(?i-m:^x)", true, false),
            ("(?-R)x$", true, false),
            ("(?-R)^x", false, false),
            ("(?i)x-m", false, false),
            ("^x$", false, true),
        ] {
            let expected = Asks {
                text_ends,
                line_ends,
            };
            assert_eq!(Asks::of(&hir(text)), expected, "{text}");
        }
    }
}
