//! Any bytes in any encoding: the same text however it is read and however the file grew, and all of the file behind it.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use timberline::bytes::ByteSource;
use timberline::bytes::encoding::Encoding;
use timberline::bytes::memory::MemoryBytes;
use timberline::bytes::sniff::{Region, detect};
use timberline::bytes::transcode::Transcoded;

const NAMES: [&str; 13] = [
    "utf-16le",
    "utf-16be",
    "euc-kr",
    "shift_jis",
    "euc-jp",
    "gb18030",
    "gbk",
    "big5",
    "iso-2022-jp",
    "windows-1252",
    "koi8-r",
    "utf-8",
    "x-user-defined",
];

const REGIONS: [Region; 5] = [
    Region::Korea,
    Region::Japan,
    Region::China,
    Region::Taiwan,
    Region::Other,
];

fuzz_target!(|data: &[u8]| {
    let [how, step, bytes @ ..] = data else {
        return;
    };
    let sniffed = detect(bytes, REGIONS[usize::from(*step) % REGIONS.len()]);
    let encoding = match NAMES.get(usize::from(*how)) {
        Some(name) => name.parse().unwrap(),
        None => sniffed,
    };
    let source = Transcoded::new(Arc::new(MemoryBytes::new(bytes)), encoding);
    let text = all(&source);
    let step = usize::from(*step) % 61 + 1;
    in_pieces(&source, &text, step);
    back(&source, bytes, text.len() as u64, step as u64);
    grown(bytes, encoding, &text, step);
});

fn all(source: &Transcoded) -> Vec<u8> {
    let mut text = vec![0; source.len().unwrap() as usize];
    assert_eq!(source.read_at(0, &mut text).unwrap(), text.len());
    text
}

fn in_pieces(source: &Transcoded, text: &[u8], step: usize) {
    let mut piece = vec![0; step];
    for (at, expected) in text.chunks(step).enumerate() {
        let read = source.read_at((at * step) as u64, &mut piece).unwrap();
        assert_eq!(&piece[..read], expected);
    }
}

/// Ranges that touch each other do so in the file, too, and are all of it.
fn back(source: &Transcoded, bytes: &[u8], len: u64, step: u64) {
    let (mut at, mut there) = (0, 0);
    while at < len {
        let next = len.min(at + step);
        let range = source.to_original(&(at..next)).unwrap();
        assert_eq!(range.start, there);
        assert!(range.start <= range.end);
        (at, there) = (next, range.end);
    }
    assert!(there <= bytes.len() as u64);
    if len > 0 {
        assert_eq!(there, bytes.len() as u64);
    }
}

/// A file that grew in two steps, with other bytes in between, reads as one that was there from the beginning.
fn grown(bytes: &[u8], encoding: Encoding, text: &[u8], step: usize) {
    let first = step.min(bytes.len());
    let memory = MemoryBytes::new(&bytes[..first]);
    memory.set_short_reads(step);
    let source = Transcoded::new(Arc::new(memory.clone()), encoding);
    source.len().unwrap();
    memory.append(b"\nother\xb0\xa1 bytes");
    source.len().unwrap();
    memory.truncate(first);
    source.cut(first as u64);
    memory.append(&bytes[first..]);
    assert_eq!(all(&source), text, "{encoding}");
}
