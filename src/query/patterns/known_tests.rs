#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use super::super::template::Templater;
use super::*;

fn known(templates: &[String]) -> Known {
    let mut known = Known::default();
    for (place, template) in (0..).zip(templates) {
        known.insert_wide(template.as_bytes(), place);
    }
    known
}

#[test]
fn what_says_little_takes_in_most_and_what_says_much_comes_first_otherwise() {
    let templates = [
        "user <any> logged in",
        "user anna <any> in",
        "order <...>",
        "order sent <...>",
        "<any> was sent <...>",
        "a b c d e <...>",
        "a b c d e f <...>",
    ];
    let known = known(&templates.map(str::to_owned));
    for (template, expected) in [
        ("user bo logged in", Some(0)),
        ("user anna logged in", Some(0)),
        ("user anna came in", Some(1)),
        ("user anna came in today", None),
        ("order", None),
        ("order came", Some(2)),
        ("order sent to anna", Some(2)),
        ("order sent <...>", Some(2)),
        ("mail was sent twice", Some(4)),
        ("mail was sent", None),
        ("a b c d e", None),
        ("a b c d e x", Some(5)),
        ("a b c d e f g", Some(6)),
        ("a b c d e f", Some(5)),
    ] {
        let place = known.find_wide(template.as_bytes());
        assert_eq!(place, expected, "{template}");
    }
}

const PIECES: [&str; 34] = [
    "a",
    "b",
    "12",
    "k=v",
    " ",
    "  ",
    "=",
    "'",
    "\"",
    "/",
    "-",
    ".",
    ",",
    ", ",
    ":",
    "(",
    ")",
    "[",
    "]",
    "<*>",
    "@",
    "http://u@h/",
    "x7",
    "Nov",
    "27 ",
    "10:00 ",
    "2026-11-27 ",
    "C:\\",
    "x",
    "로그",
    "\u{1}",
    "\n",
    "<any>",
    "<...>",
];

proptest::proptest! {
    /// That a message is not read to its end changes nothing.
    #[test]
    fn the_first_pieces_tell_what_the_whole_template_does(
        parts in proptest::collection::vec((0_usize..PIECES.len(), proptest::bool::ANY), 0..16),
        len in 1..=SHORT_HEAD,
        any in 0_u32..16,
        other in proptest::bool::ANY,
    ) {
        let message: String = { parts.iter() }
            .map(|(part, blank)| format!("{}{}", PIECES[*part], if *blank { " " } else { "" }))
            .collect();
        let mut templater = Templater::default();
        let template = String::from_utf8_lossy(templater.read(message.as_bytes())).into_owned();
        // What this one begins with, or something else.
        let piece = |(at, piece)| match () {
            () if any >> at & 1 == 1 => ANY,
            () if other && at == len - 1 => "other",
            () => piece,
        };
        let head: Vec<&str> = template.split(' ').take(len).enumerate().map(piece).collect();
        let known = known(&["a b c <...>".to_owned(), format!("{} {REST}", head.join(" "))]);
        match templater.place(message.as_bytes(), known.beginning().unwrap()) {
            Ok(place) => proptest::prop_assert_eq!(Some(place), known.find_short(template.as_bytes()), "{}", template),
            // The last pieces may be known only at the end.
            Err(whole) => proptest::prop_assert_eq!(whole, template.as_bytes()),
        }
    }
}
