//! Whatever a log says, as text for people: nothing hidden, nothing too long, and shown text stays as it is.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use regex::Regex;
use timberline::base::text::{
    Pen, ansi_len, name, path, plain, shown, strip_ansi, visible, visible_coloured,
};

/// Control and format characters and separators, but for joiners, which words and emoji need.
static HIDDEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}--\x{200c}\x{200d}]").unwrap());

fuzz_target!(|data: &[u8]| {
    let [most, bytes @ ..] = data else {
        return;
    };
    let most = usize::from(*most);
    let text = shown(bytes);
    let named = name(&text);
    harmless(&named);
    assert_eq!(name(&named), named);
    assert_eq!(path(path_of(bytes)), named);

    let stripped = strip_ansi(bytes);
    assert!(!stripped.contains(&0x1b));
    assert!(ansi_len(bytes) <= bytes.len());
    let copied = plain(bytes);
    harmless(&copied.replace(['\n', '\t'], ""));
    assert_eq!(plain(copied.as_bytes()), copied);

    let mut cell = String::new();
    visible(&text, &mut cell, most);
    harmless(&cell);
    assert!(cell.chars().count() <= most);
    let mut again = String::new();
    visible(&cell, &mut again, most);
    assert_eq!(again, cell);

    for pen in [Pen::default(), Pen::default().after(bytes)] {
        let (mut out, mut penned) = (String::new(), Vec::new());
        visible_coloured(bytes, &mut out, most, pen, &mut penned);
        assert_eq!(out, cell);
        let mut behind = 0;
        for (range, _) in penned {
            assert!(behind <= range.start && !out[range.clone()].is_empty());
            behind = range.end;
        }
    }
});

fn harmless(text: &str) {
    assert!(
        !text.bytes().any(|byte| byte.is_ascii_control()),
        "{text:?}"
    );
    assert!(text.is_ascii() || !HIDDEN.is_match(text), "{text:?}");
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> &std::path::Path {
    use std::os::unix::ffi::OsStrExt as _;
    std::path::Path::new(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(_: &[u8]) -> &std::path::Path {
    std::path::Path::new("")
}
