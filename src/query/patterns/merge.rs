//! Templates that differ in a word or two become one: where words take turns, they vary.
//!
//! This looks at a list of templates as a whole and so does not depend on the order in which they were found. Two ways:
//!
//! * Templates that are the same but for one piece: with [`Least::words`] of them, that piece is [`ANY`]. Done again with
//!   the results, so that several pieces may vary. The first piece takes more, since it says most.
//! * Only to make room: templates that begin alike become their beginning and [`REST`].

use std::borrow::Cow;
use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::known::{Known, MOST_PIECES, is_wide, of_whole, placed};
use super::template::{ANY, REST, VARIABLE};
use crate::base::cancel::Patience;

/// How much alike is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Least {
    /// So many words must take turns in one place.
    pub(super) words: usize,
    /// So many templates must begin alike, in so many pieces, to lose what follows; `None` keeps all.
    pub(super) alike: Option<(usize, usize)>,
}

/// Bits of keys by which most are known to be alone.
const KEY_BITS: u32 = 17;

/// Times that merged templates are merged again.
const ROUNDS: usize = 3;

type List<'a> = Vec<Cow<'a, str>>;

/// Which template each one becomes; a place in the list that comes with it. Templates that let others pass take those in.
/// More and more alike is enough, in steps, until no more than `room` are left. `None` if nobody waits any more.
pub(super) fn merged<'a>(
    templates: &[&'a str],
    steps: &[Least],
    room: usize,
    patience: &Patience,
) -> Option<(List<'a>, Vec<usize>)> {
    let mut list: List<'a> = templates.iter().map(|text| Cow::Borrowed(*text)).collect();
    let mut becomes: Vec<usize> = (0..list.len()).collect();
    take_in(&mut list, &mut becomes);
    // So many words were tried on this list.
    let mut tried = None;
    for least in steps {
        if list.len() <= room {
            break;
        }
        if tried != Some(least.words) {
            for _ in 0..ROUNDS {
                let merges = by_place(&list, least.words);
                if patience.is_over() {
                    return None;
                }
                if merges.is_empty() {
                    tried = Some(least.words);
                    break;
                }
                replace(&mut list, &mut becomes, merges);
                take_in(&mut list, &mut becomes);
            }
        }
        if patience.is_over() {
            return None;
        }
        if let Some((alike, len)) = least.alike {
            let merges = by_head(&list, len, alike);
            if !merges.is_empty() {
                replace(&mut list, &mut becomes, merges);
                take_in(&mut list, &mut becomes);
                tried = None;
            }
        }
    }
    Some((list, becomes))
}

/// Templates that become one.
struct Merge<'a> {
    template: Cow<'a, str>,
    members: Vec<usize>,
}

/// Puts merged templates in the place of their members.
fn replace<'a>(list: &mut List<'a>, becomes: &mut [usize], merges: Vec<Merge<'a>>) {
    if merges.is_empty() {
        return;
    }
    let mut moved: Vec<Option<usize>> = vec![None; list.len()];
    let mut fresh = Vec::new();
    for merge in merges {
        for member in merge.members {
            if let Some(moved) = moved.get_mut(member) {
                *moved = Some(fresh.len());
            }
        }
        fresh.push(merge.template);
    }
    for (template, moved) in std::mem::take(list).into_iter().zip(&mut moved) {
        if moved.is_none() {
            *moved = Some(fresh.len());
            fresh.push(template);
        }
    }
    *list = fresh;
    for place in becomes {
        *place = moved.get(*place).copied().flatten().unwrap_or(*place);
    }
}

/// Templates that others let pass become those.
fn take_in<'a>(list: &mut List<'a>, becomes: &mut [usize]) {
    let mut known = Known::default();
    let mut wide: Vec<Merge<'a>> = Vec::new();
    let mut own: Vec<Option<u32>> = vec![None; list.len()];
    for (template, own) in list.iter().zip(&mut own) {
        if is_wide(template.as_bytes()) {
            let place = wide.len() as u32;
            known.insert_wide(template.as_bytes(), place);
            wide.push(Merge {
                template: template.clone(),
                members: Vec::new(),
            });
            *own = Some(place);
        }
    }
    if wide.is_empty() {
        return;
    }
    for (at, own) in own.into_iter().enumerate() {
        let Some(mut template) = list.get(at) else {
            continue;
        };
        // The widest one: each step leads to one that lets more pass.
        let mut place = own;
        for _ in 0..MOST_PIECES {
            let wider = known.find_wider(template.as_bytes(), place);
            let Some((wider, merge)) =
                wider.and_then(|wider| Some((wider, wide.get(wider as usize)?)))
            else {
                break;
            };
            place = Some(wider);
            template = &merge.template;
        }
        if let Some(merge) = place.and_then(|place| wide.get_mut(place as usize)) {
            merge.members.push(at);
        }
    }
    wide.retain(|merge| !merge.members.is_empty());
    replace(list, becomes, wide);
}

/// Templates that are the same but for one piece.
fn by_place<'a>(list: &List<'a>, words: usize) -> Vec<Merge<'a>> {
    let mut places: Vec<(u64, usize, Place)> = Vec::with_capacity(list.len() * 8);
    // How many keys have the same first bits: nearly all keys are alone, and out before they are sorted.
    let mut alike = vec![0_u32; 1 << KEY_BITS];
    let bits = |key: u64| (key >> (u64::BITS - KEY_BITS)) as usize;
    for (no, template) in list.iter().enumerate() {
        each_place(template, |key, place| {
            if let Some(count) = alike.get_mut(bits(key)) {
                *count += 1;
            }
            places.push((key, no, place));
        });
    }
    let count = |key: u64| alike.get(bits(key)).copied().unwrap_or_default();
    places.retain(|(key, ..)| count(*key) as usize >= words);
    places.sort_unstable_by_key(|(key, no, place)| (*key, place.at, *no));
    // The clearest first; a template is merged once a round.
    let mut found = Vec::new();
    for same in places.chunk_by(|one, other| one.0 == other.0) {
        let of_places = same.chunk_by(|one, other| one.2.at == other.2.at);
        found.extend(of_places.map(|members| (same.len(), members)));
    }
    found.sort_by_key(|(count, _)| Reverse(*count));
    let mut taken = vec![false; list.len()];
    let mut merges = Vec::new();
    for (count, same) in found {
        let Some((_, _, place)) = same.first() else {
            continue;
        };
        let least = place.least(words);
        let free = |no: &usize| !taken.get(*no).copied().unwrap_or(true);
        let members: Vec<usize> = same.iter().map(|(_, no, _)| *no).filter(free).collect();
        let first = members.first().and_then(|no| list.get(*no));
        let Some(first) = first.filter(|_| count >= least && members.len() >= least) else {
            continue;
        };
        for member in &members {
            if let Some(taken) = taken.get_mut(*member) {
                *taken = true;
            }
        }
        merges.push(Merge {
            template: Cow::Owned(with_any(first, place.at)),
            members,
        });
    }
    merges
}

/// Names, for each piece of a template that may be a word among others, what the template is without it.
fn each_place(template: &str, mut name: impl FnMut(u64, Place)) {
    let (mut numbers, mut vary) = ([0; MOST_PIECES], 0_u64);
    let (mut sum, mut len, mut words) = (0_u64, 0, 0);
    for piece in template.split(' ') {
        let Some(number) = numbers.get_mut(len) else {
            return;
        };
        *number = placed(piece.as_bytes(), len);
        sum = sum.wrapping_add(*number);
        let may_vary = may_vary(piece);
        vary |= u64::from(may_vary) << len;
        words += usize::from(may_vary || piece.contains('='));
        len += 1;
    }
    if words < 2 {
        return;
    }
    let is_open = template.ends_with(REST);
    while vary != 0 {
        let at = vary.trailing_zeros() as usize;
        vary &= vary - 1;
        let place = Place {
            at,
            is_bare: words < 3,
            is_open,
        };
        // With anything in its place, which counts as nothing.
        let number = numbers.get(at).copied().unwrap_or_default();
        name(of_whole(sum.wrapping_sub(number), len), place);
    }
}

/// A piece of a template.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    at: usize,
    /// Without it, one word is left.
    is_bare: bool,
    /// The template does not say how it goes on.
    is_open: bool,
}

impl Place {
    /// How many words must take turns here, where so many are enough elsewhere.
    fn least(self, words: usize) -> usize {
        match (self.at, self.is_bare) {
            (0, true) => words * 8,
            (_, true) if self.is_open => words * 8,
            (0, false) => words * 2,
            _ => words,
        }
    }
}

/// Whether a piece is more than a sign or a variable part: words are what tells templates apart.
fn says_something(piece: &str) -> bool {
    may_vary(piece) || piece.contains('=')
}

/// Whether a piece may be a word among others: no sign alone, no variable part, no key with its value.
fn may_vary(piece: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
    !matches!(piece, VARIABLE | ANY | REST) && !piece.contains('=') && piece.bytes().any(word)
}

fn with_any(template: &str, place: usize) -> String {
    let parts = template.split(' ').enumerate();
    let parts = parts.map(|(at, piece)| if at == place { ANY } else { piece });
    parts.collect::<Vec<_>>().join(" ")
}

/// Templates of which so many pieces at the beginning are the same, and that go on.
fn by_head<'a>(list: &List<'a>, len: usize, alike: usize) -> Vec<Merge<'a>> {
    let mut found: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (no, template) in list.iter().enumerate() {
        let end = template.match_indices(' ').nth(len - 1);
        let head = end.and_then(|(end, _)| template.get(..end));
        let says = |head: &&str| head.split(' ').any(says_something);
        if let Some(head) = head.filter(says) {
            found.entry(head).or_default().push(no);
        }
    }
    let many = found
        .into_iter()
        .filter(|(_, members)| members.len() >= alike);
    let mut merges: Vec<Merge<'a>> = many
        .map(|(head, members)| Merge {
            template: Cow::Owned(format!("{head} {REST}")),
            members,
        })
        .collect();
    merges.sort_by(|one, other| one.template.cmp(&other.template));
    merges
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    fn merge(templates: &[String]) -> Vec<String> {
        let templates: Vec<&str> = templates.iter().map(String::as_str).collect();
        let least = Least {
            words: 3,
            alike: None,
        };
        let (list, becomes) = merged(&templates, &[least], 0, &Patience::default()).unwrap();
        assert_eq!(becomes.len(), templates.len());
        for (template, place) in templates.iter().zip(becomes) {
            let whole = |text: &str| text.split(' ').count();
            assert_eq!(whole(&list[place]), whole(template));
        }
        list.into_iter().map(Cow::into_owned).collect()
    }

    #[test]
    fn words_that_take_turns_vary() {
        let names = ["anna", "bo", "chris", "dora", "로그"];
        let each = |text: &str| {
            names
                .iter()
                .map(|name| text.replace('%', name))
                .collect::<Vec<_>>()
        };
        for (templates, expected) in [
            (each("user % logged in"), &["user <any> logged in"][..]),
            (
                each("% joined"),
                &[
                    "anna joined",
                    "bo joined",
                    "chris joined",
                    "dora joined",
                    "로그 joined",
                ],
            ),
            (each("%"), &["anna", "bo", "chris", "dora", "로그"]),
            (
                each("<*> %"),
                &["<*> anna", "<*> bo", "<*> chris", "<*> dora", "<*> 로그"],
            ),
            (each("id=<*> %"), &["id=<*> <any>"]),
            (
                each("a %=<*> b"),
                &[
                    "a anna=<*> b",
                    "a bo=<*> b",
                    "a chris=<*> b",
                    "a dora=<*> b",
                    "a 로그=<*> b",
                ],
            ),
            (
                [
                    each("user % logged in"),
                    each("user % logged out"),
                    each("user % logged off"),
                ]
                .concat(),
                &["user <any> logged <any>"],
            ),
            (
                [
                    each("moved % to disk"),
                    vec!["moved on".to_owned(), "moved <any> to disk".to_owned()],
                ]
                .concat(),
                &["moved <any> to disk", "moved on"],
            ),
        ] {
            let mut found = merge(&templates);
            found.sort();
            assert_eq!(found, expected);
        }
    }
}
