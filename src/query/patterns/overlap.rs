//! Templates that let the same messages pass: such a message is counted under one of them, and the filter of each shows it.

use rustc_hash::FxHashMap;

use super::known::is_wide;
use super::template::{ANY, REST};

/// Pairs that are compared; a log of more is told to overlap as far as it is known.
const MOST_PAIRS: usize = 1 << 20;

/// A template with places for anything.
struct Wide<'a> {
    no: usize,
    pieces: Vec<&'a str>,
    /// It goes on with anything.
    is_open: bool,
}

impl Wide<'_> {
    fn meets(&self, other: &Self) -> bool {
        let (len, others) = (self.pieces.len(), other.pieces.len());
        let fits = match (self.is_open, other.is_open) {
            (true, true) => true,
            (true, false) => others > len,
            (false, true) => len > others,
            (false, false) => len == others,
        };
        let mut pieces = self.pieces.iter().zip(&other.pieces);
        fits && pieces.all(|(one, other)| one == other || *one == ANY || *other == ANY)
    }
}

/// How many of these templates let a message pass that another one does too. Those that let only themselves pass are not
/// looked at: they were taken in by any that lets them pass.
pub(super) fn overlapping<'a>(templates: impl Iterator<Item = &'a str>) -> usize {
    let wide: Vec<Wide<'a>> = { templates.enumerate() }
        .filter(|(_, template)| is_wide(template.as_bytes()))
        .map(|(no, template)| {
            let mut pieces: Vec<&str> = template.split(' ').collect();
            let is_open = pieces.pop_if(|last| *last == REST).is_some();
            Wide {
                no,
                pieces,
                is_open,
            }
        })
        .collect();
    let mut by_first: FxHashMap<&str, Vec<&Wide<'a>>> = FxHashMap::default();
    for one in &wide {
        let first = one.pieces.first().copied().unwrap_or(ANY);
        by_first.entry(first).or_default().push(one);
    }
    let of = |first: &str| by_first.get(first).into_iter().flatten().copied();
    let mut left = MOST_PAIRS;
    let overlaps = |one: &&Wide<'a>| {
        let first = one.pieces.first().copied().unwrap_or(ANY);
        let anything = first == ANY;
        let all = wide.iter().filter(|_| anything);
        let same = of(first).chain(of(ANY)).filter(|_| !anything);
        all.chain(same).any(|other| {
            left = left.saturating_sub(1);
            left > 0 && other.no != one.no && one.meets(other)
        })
    };
    wide.iter().filter(overlaps).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_meet_where_a_message_is_of_both() {
        for (templates, expected) in [
            (&["a b", "a <any>"][..], 0),
            (&["a <any>", "<any> b"], 2),
            (&["a <any>", "b <any>", "<any> c d"], 0),
            (&["a <any> c", "a b <...>"], 2),
            (&["a b", "a <...>", "<any> b"], 2),
            (&["a b c <...>", "a <any> d <...>"], 0),
            (&["a <any>", "a b <...>"], 0),
            (&["x <...>", "y <...>", "<any> z", "q <any>"], 4),
        ] {
            let found = overlapping(templates.iter().copied());
            assert_eq!(found, expected, "{templates:?}");
        }
    }
}
