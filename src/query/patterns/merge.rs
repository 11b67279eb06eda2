//! Templates that differ in a word or two become one: where words take turns, they vary.
//!
//! This looks at a list of templates as a whole and so does not depend on the order in which they were found. Two ways:
//!
//! * Templates that are the same but for one piece: with [`Least::words`] of them, that piece is [`ANY`]. Done again with
//!   the results, so that several pieces may vary. The first piece takes twice as many, since it says most.
//! * Only where there are very many: templates that begin alike become their beginning and [`REST`].

use rustc_hash::FxHashMap;

use super::known::{Known, MOST_PIECES, hash, is_wide, key, pieces};
use super::template::{ANY, REST};

/// How much alike is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Least {
    /// So many words must take turns in one place.
    pub(super) words: usize,
    /// So many templates must begin alike to lose what follows; `None` keeps all.
    pub(super) alike: Option<usize>,
}

/// Times that merged templates are merged again.
const ROUNDS: usize = 3;

/// Longest beginning that may stand for templates, in pieces.
const LONGEST_HEAD: usize = 4;

/// Which template each one becomes; a place in the list that comes with it. Templates that let others pass take those in.
pub(super) fn merged(templates: &[&str], least: Least) -> (Vec<String>, Vec<usize>) {
    let mut list: Vec<String> = templates.iter().map(|text| (*text).to_owned()).collect();
    let mut becomes: Vec<usize> = (0..list.len()).collect();
    take_in(&mut list, &mut becomes);
    for _ in 0..ROUNDS {
        let groups = by_place(&list, least.words);
        if groups.is_empty() {
            break;
        }
        replace(&mut list, &mut becomes, groups);
        take_in(&mut list, &mut becomes);
    }
    if let Some(alike) = least.alike {
        for len in (1..=LONGEST_HEAD).rev() {
            let groups = by_head(&list, len, alike);
            replace(&mut list, &mut becomes, groups);
        }
    }
    (list, becomes)
}

/// Templates that become one.
struct Merge {
    template: String,
    members: Vec<usize>,
}

/// Puts merged templates in the place of their members.
fn replace(list: &mut Vec<String>, becomes: &mut [usize], merges: Vec<Merge>) {
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
    let kept = std::mem::take(list).into_iter().zip(moved.iter_mut());
    for (template, moved) in kept {
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
fn take_in(list: &mut Vec<String>, becomes: &mut [usize]) {
    let mut known = Known::default();
    let mut wide: Vec<Merge> = Vec::new();
    for (at, template) in list.iter().enumerate() {
        if is_wide(template.as_bytes()) {
            known.insert(template.as_bytes(), wide.len() as u32);
            wide.push(Merge {
                template: template.clone(),
                members: vec![at],
            });
        }
    }
    if wide.is_empty() {
        return;
    }
    for (at, template) in list.iter().enumerate() {
        if !is_wide(template.as_bytes())
            && let Some(place) = known.find_wide(template.as_bytes())
            && let Some(merge) = wide.get_mut(place as usize)
        {
            merge.members.push(at);
        }
    }
    replace(list, becomes, wide);
}

/// Templates that are the same but for one piece.
fn by_place(list: &[String], words: usize) -> Vec<Merge> {
    let mut alike: FxHashMap<(u64, u32), Vec<u32>> = FxHashMap::default();
    let any = hash(ANY.as_bytes());
    for (no, template) in list.iter().enumerate() {
        let parts: Vec<&str> = template.split(' ').collect();
        if parts.len() > MOST_PIECES {
            continue;
        }
        let words = parts.iter().filter(|piece| says_something(piece)).count();
        let mut hashes: Vec<u64> = parts.iter().map(|piece| hash(piece.as_bytes())).collect();
        for (at, piece) in parts.iter().enumerate() {
            if !may_vary(piece) || words < 1 + usize::from(says_something(piece)) {
                continue;
            }
            let Some(place) = hashes.get_mut(at) else {
                continue;
            };
            let own = std::mem::replace(place, any);
            alike
                .entry((key(&hashes), at as u32))
                .or_default()
                .push(no as u32);
            if let Some(place) = hashes.get_mut(at) {
                *place = own;
            }
        }
    }
    let mut found: Vec<((u64, u32), Vec<u32>)> = alike
        .into_iter()
        .filter(|((_, at), members)| members.len() >= least_at(*at, words))
        .collect();
    // The clearest first; a template is merged once a round.
    found.sort_by_key(|(key, members)| (std::cmp::Reverse(members.len()), *key));
    let mut taken = vec![false; list.len()];
    let mut merges = Vec::new();
    for ((_, at), members) in found {
        let free = |no: &u32| !taken.get(*no as usize).copied().unwrap_or(true);
        let members: Vec<usize> = members
            .iter()
            .filter(|no| free(no))
            .map(|no| *no as usize)
            .collect();
        if members.len() < least_at(at, words) {
            continue;
        }
        let Some(first) = members.first().and_then(|no| list.get(*no)) else {
            continue;
        };
        let template = with_any(first, at as usize);
        for member in &members {
            if let Some(taken) = taken.get_mut(*member) {
                *taken = true;
            }
        }
        merges.push(Merge { template, members });
    }
    merges
}

fn least_at(at: u32, words: usize) -> usize {
    if at == 0 { words * 2 } else { words }
}

/// Whether a piece is more than a sign or a variable part: words are what tells templates apart.
fn says_something(piece: &str) -> bool {
    may_vary(piece) || piece.contains('=')
}

/// Whether a piece may be a word among others: no sign alone, no variable part, no key with its value.
fn may_vary(piece: &str) -> bool {
    let of_signs = piece.replace("<*>", "");
    !matches!(piece, ANY | REST)
        && !piece.contains('=')
        && of_signs.chars().any(char::is_alphanumeric)
}

fn with_any(template: &str, place: usize) -> String {
    let parts = template.split(' ').enumerate();
    let parts = parts.map(|(at, piece)| if at == place { ANY } else { piece });
    parts.collect::<Vec<_>>().join(" ")
}

/// Templates of which so many pieces at the beginning are the same.
fn by_head(list: &[String], len: usize, alike: usize) -> Vec<Merge> {
    let mut found: FxHashMap<Vec<&str>, Vec<usize>> = FxHashMap::default();
    for (no, template) in list.iter().enumerate() {
        let head: Vec<&str> = template.split(' ').take(len).collect();
        let goes_on = pieces(template.as_bytes()).nth(len).is_some();
        if goes_on && head.iter().any(|piece| says_something(piece)) {
            found.entry(head).or_default().push(no);
        }
    }
    let many = found
        .into_iter()
        .filter(|(_, members)| members.len() >= alike);
    let mut merges: Vec<Merge> = many
        .map(|(head, members)| Merge {
            template: format!("{} {REST}", head.join(" ")),
            members,
        })
        .collect();
    merges.sort_by(|one, other| one.template.cmp(&other.template));
    merges
}
