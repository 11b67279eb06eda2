//! What is read out of a message: what can be opened, what its parts are, the objects in it.
#![no_main]

use std::ops::Range;

use libfuzzer_sys::fuzz_target;
use timberline::base::text::places::places;
use timberline::base::text::tones;
use timberline::format::nested::{Kind, Objects, unquoted};
use timberline_fuzz::text;

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    in_order(&text, places(&text).into_iter().map(|place| place.range));
    in_order(&text, tones(&text).into_iter().map(|(range, _)| range));
    if let Some(objects) = Objects::of(&text, &text) {
        check(&objects);
    }
});

/// Parts of a text that do not overlap.
fn in_order(text: &str, ranges: impl Iterator<Item = Range<usize>>) {
    let mut behind = 0;
    for range in ranges {
        assert!(behind <= range.start && range.start < range.end);
        assert!(text.get(range.clone()).is_some());
        behind = range.end;
    }
}

fn check(objects: &Objects) {
    let nodes = &objects.nested.nodes;
    let is_part = |range: &Range<usize>| assert!(objects.text.get(range.clone()).is_some());
    for (at, node) in nodes.iter().enumerate() {
        node.name.iter().for_each(is_part);
        let _ = objects.path_of(at);
        match &node.kind {
            Kind::Open {
                end, members, text, ..
            } => {
                assert!(matches!(nodes[*end].kind, Kind::Close(_)));
                assert_eq!(nodes[*end].depth, node.depth);
                let inner = &nodes[at + 1..*end];
                let own = inner.iter().filter(|inner| inner.depth == node.depth + 1);
                let own = own.filter(|inner| !matches!(inner.kind, Kind::Close(_)));
                assert_eq!(own.count(), *members);
                is_part(text);
            }
            Kind::Close(_) => {}
            Kind::Text(value) => {
                is_part(value);
                let _ = unquoted(objects.text_of(value));
            }
            Kind::Number(value) | Kind::Word(value) => is_part(value),
        }
    }
    let lines = objects.pretty();
    assert!(lines.lines().count() >= nodes.iter().filter(|node| node.depth > 0).count() / 2);
}
