//! Finds the level in text whose format is unknown: only where a word clearly says it.

use std::ops::Range;

use crate::base::level::{LevelId, standard_level};

/// So many bytes and words from the start are looked at.
const MAX_BYTES: usize = 200;
const MAX_WORDS: usize = 8;

/// The first word near the start of the line that says how severe it is, with its place.
///
/// Counts: a level in brackets or between bars (`[warn]`, `<E>`, `|info|`), `level=…`, a level in capitals, a level
/// with a colon behind it that begins the text (`error: …`, `error[E0517]: …`).
pub fn find_level(line: &[u8]) -> Option<(Range<usize>, LevelId)> {
    let head = line.get(..line.len().min(MAX_BYTES)).unwrap_or_default();
    let head = head.split(|b| *b == b'\n').next().unwrap_or_default();
    words(head).take(MAX_WORDS).find_map(|(nth, range)| {
        let word = head.get(range.clone())?;
        let id = standard_level(word).or_else(|| korean(word))?;
        says_level(head, &range, nth).then_some((range, id))
    })
}

/// Korean words that logs use for levels.
fn korean(word: &[u8]) -> Option<LevelId> {
    Some(match std::str::from_utf8(word).ok()? {
        "디버그" => LevelId::DEBUG,
        "정보" => LevelId::INFO,
        "경고" => LevelId::WARNING,
        "오류" | "에러" => LevelId::ERROR,
        "심각" | "치명" => LevelId::CRITICAL,
        _ => return None,
    })
}

fn says_level(head: &[u8], range: &Range<usize>, nth: usize) -> bool {
    let word = head.get(range.clone()).unwrap_or_default();
    let before = range
        .start
        .checked_sub(1)
        .and_then(|at| head.get(at))
        .copied();
    let rest = head.get(range.end..).unwrap_or_default().trim_ascii_start();
    let next = head.get(range.end).copied();
    let closed = matches!(rest.first(), Some(b']' | b'>' | b')' | b'|' | b':' | b'/'));
    if matches!(before, Some(b'[' | b'<' | b'(' | b'|')) && closed {
        return true;
    }
    if before == Some(b'=') {
        let key = head
            .get(..range.start - 1)
            .unwrap_or_default()
            .to_ascii_lowercase();
        return key.ends_with(b"level") || key.ends_with(b"lvl") || key.ends_with(b"severity");
    }
    let apart = before.is_none_or(|b| matches!(b, b' ' | b'\t' | b'[' | b'|' | b'-' | b':' | b'.'))
        && next.is_none_or(|b| {
            matches!(
                b,
                b' ' | b'\t' | b':' | b']' | b'|' | b'-' | b',' | b'[' | b'\r' | b'('
            )
        });
    let capitals = word.len() >= 3 && word.iter().all(u8::is_ascii_uppercase);
    let first_with_colon = nth == 0 && word.len() >= 4 && matches!(next, Some(b':' | b'['));
    apart && (capitals || first_with_colon || (word.first().is_some_and(|b| *b >= 0x80) && closed))
}

/// Maximal runs of letters, with their number.
fn words(head: &[u8]) -> impl Iterator<Item = (usize, Range<usize>)> {
    let letter = |b: &u8| b.is_ascii_alphanumeric() || *b >= 0x80 || *b == b'_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + head.get(at..)?.iter().position(letter)?;
        let len = head.get(start..)?.iter().take_while(|b| letter(b)).count();
        at = start + len;
        Some(start..at)
    })
    .enumerate()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    #[test]
    fn finds_levels() {
        let table: &[(&str, Option<LevelId>)] = &[
            ("ERROR something", Some(LevelId::ERROR)),
            ("[warn] disk", Some(LevelId::WARNING)),
            ("time=x level=error msg=y", Some(LevelId::ERROR)),
            ("error[E0517]: attribute", Some(LevelId::ERROR)),
            ("warning: unused variable", Some(LevelId::WARNING)),
            ("Sun x [core:error] [pid 1] y", None),
            ("[오류] 연결 실패", Some(LevelId::ERROR)),
            ("no error found, 0 warnings", None),
            ("the info desk", None),
            (
                "a long line that is about other things and has ERROR in its ninth word or later",
                None,
            ),
            ("", None),
        ];
        for (line, want) in table {
            assert_eq!(find_level(line.as_bytes()).map(|f| f.1), *want, "{line}");
        }
    }
}
