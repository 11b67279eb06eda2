//! The words of standard levels that loggers write, found without a comparison of bytes.

use std::sync::LazyLock;

use crate::base::level::{LevelId, standard_level};
use crate::format::swar;

/// Places of the table; a power of two.
const PLACES: usize = 64;

/// The words of at most eight letters, whatever their case; others are found the slow way.
const WORDS: [&str; 16] = [
    "INFO", "DEBUG", "WARNING", "ERROR", "CRITICAL", "WARN", "FATAL", "TRACE", "NOTICE", "SUCCESS",
    "NOTSET", "I", "D", "W", "E", "F",
];

/// A word in capitals as a number, its length, and what it means.
type Entry = (u64, usize, LevelId);

static TABLE: LazyLock<[Entry; PLACES]> = LazyLock::new(|| {
    let mut table = [(0, 0, LevelId::NONE); PLACES];
    for word in WORDS {
        let head = swar::head(word.as_bytes());
        if let Some(place) = table.get_mut(place(head))
            && place.1 == 0
            && let Some(id) = standard_level(word.as_bytes())
        {
            *place = (head, word.len(), id);
        }
    }
    table
});

/// The level that a word means; `None` also for words that are not in the table.
#[inline(always)]
pub(super) fn find(word: &[u8]) -> Option<LevelId> {
    // Without this bit only letters become capitals.
    let head = swar::head(word) & !(0x20 * swar::ONES);
    let (known, len, id) = *TABLE.get(place(head))?;
    (known == head && len == word.len() && len > 0).then_some(id)
}

#[inline(always)]
fn place(head: u64) -> usize {
    (head.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_what_they_always_mean() {
        let mut found = 0;
        for word in WORDS {
            let texts = [word.to_owned(), word.to_lowercase()];
            let odd = ["X", " ", "\0"].map(|end| word.to_owned() + end);
            for text in texts.iter().chain(&odd) {
                if let Some(id) = find(text.as_bytes()) {
                    found += 1;
                    assert_eq!(standard_level(text.as_bytes()), Some(id), "{text:?}");
                }
            }
        }
        assert!(found > WORDS.len(), "only {found} words are in the table");
        assert_eq!(find(b""), None);
        assert_eq!(find(b"INFO\0\0\0\0"), None);
    }
}
