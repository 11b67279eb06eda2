//! Bytes of an encoding to UTF-8, and where the decoder stands between two characters.

use encoding_rs::DecoderResult;

use super::super::encoding::{Encoding, Width};

/// Bytes of room for a character that is looked at.
const SLACK: usize = 16;

/// How many of these bytes, which begin with a character, make whole characters: what is behind them may be half a
/// character.
pub(super) fn whole_characters(encoding: Encoding, bytes: &[u8]) -> usize {
    match encoding.width() {
        Width::One => bytes.len(),
        Width::Two => {
            let even = bytes.len() - bytes.len() % 2;
            let high = |unit: &[u8]| match unit {
                [high, _] if encoding.is_big_endian() => (0xd8..0xdc).contains(high),
                [_, high] => (0xd8..0xdc).contains(high),
                _ => false,
            };
            let last = bytes.get(even.saturating_sub(2)..even).unwrap_or_default();
            if high(last) { even - 2 } else { even }
        }
        Width::Lines => memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1),
        Width::Many => {
            // Blanks, commas and line ends are never part of another character; of two ASCII bytes the second is not.
            let ends = |at: usize| {
                let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
                byte(at) < 0x30 || (byte(at) < 0x80 && (at == 0 || byte(at - 1) < 0x80))
            };
            (0..bytes.len())
                .rev()
                .find(|at| ends(*at))
                .map_or(0, |at| at + 1)
        }
    }
}

/// Appends the text of bytes that begin with a character. `begins`: they begin the file, and a byte order mark is left
/// out; `ends`: nothing of their last character is behind them.
pub(super) fn append(
    encoding: Encoding,
    bytes: &[u8],
    begins: bool,
    ends: bool,
    text: &mut Vec<u8>,
) {
    let mark = if begins { encoding.mark_len(bytes) } else { 0 };
    let bytes = bytes.get(mark..).unwrap_or_default();
    if encoding.width() != Width::Lines {
        append_run(encoding, bytes, ends, text);
        return;
    }
    // Each line begins anew (RFC 1468): what comes out does not depend on where a stretch begins, and an escape that
    // was cut off spoils its own line only.
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_suffix(b"\n") {
            Some(line) => {
                append_run(encoding, line, true, text);
                text.push(b'\n');
            }
            None => append_run(encoding, line, ends, text),
        }
    }
}

/// Appends the text of bytes that one decoder reads.
fn append_run(encoding: Encoding, bytes: &[u8], ends: bool, text: &mut Vec<u8>) {
    let mut decoder = encoding.decoder();
    let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(0) + SLACK;
    let (mut read, mut written) = (0, text.len());
    text.resize(written + room, 0);
    loop {
        let rest = bytes.get(read..).unwrap_or_default();
        let out = text.get_mut(written..).unwrap_or_default();
        let (result, consumed, count) = decoder.decode_to_utf8_without_replacement(rest, out, ends);
        read += consumed;
        written += count;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.resize(text.len() + rest.len() + SLACK, 0),
            DecoderResult::Malformed(len, behind) => {
                let end = read.saturating_sub(usize::from(behind));
                let wrong = bytes.get(end.saturating_sub(usize::from(len))..end);
                for byte in kept(encoding, wrong.unwrap_or_default()) {
                    if let Some(place) = text.get_mut(written) {
                        *place = byte;
                        written += 1;
                    }
                }
            }
        }
    }
    text.truncate(written);
}

/// What stands for bytes that are no character: they themselves, which are not UTF-8 and so are told apart from a U+FFFD
/// that is there. Halves of UTF-16 could be anything and become U+FFFD.
fn kept(encoding: Encoding, wrong: &[u8]) -> impl Iterator<Item = u8> {
    let (wrong, instead) = match encoding.width() {
        Width::Two => (&[][..], "\u{fffd}"),
        _ if wrong.is_ascii() => (&[][..], "\u{fffd}"),
        _ => (wrong, ""),
    };
    let high = wrong.iter().copied().filter(|byte| !byte.is_ascii());
    high.chain(instead.bytes())
}

/// Where the line behind `lines` line feeds begins.
pub(super) fn behind_line(encoding: Encoding, bytes: &[u8], lines: usize) -> usize {
    let Some(nth) = lines.checked_sub(1) else {
        return 0;
    };
    if encoding.width() == Width::Two {
        let feed: &[u8] = if encoding.is_big_endian() {
            b"\0\n"
        } else {
            b"\n\0"
        };
        let units = bytes.chunks_exact(2).enumerate();
        let mut feeds = units.filter(|(_, unit)| *unit == feed);
        return feeds.nth(nth).map_or(bytes.len(), |(at, _)| 2 * at + 2);
    }
    let mut feeds = memchr::memchr_iter(b'\n', bytes);
    feeds.nth(nth).map_or(bytes.len(), |at| at + 1)
}

/// Where the character begins whose UTF-8 has the byte `target` of all of it, fed byte by byte. `bytes` begin a line, and
/// `target` is in it.
pub(super) fn character_at(encoding: Encoding, bytes: &[u8], target: usize) -> usize {
    let line = match encoding.width() {
        Width::Lines => memchr::memchr(b'\n', bytes).and_then(|end| bytes.get(..end)),
        _ => None,
    };
    let bytes = line.unwrap_or(bytes);
    let mut decoder = encoding.decoder();
    let mut out = [0; 16];
    let (mut written, mut begin) = (0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        if written == target {
            return begin;
        }
        let mut input = std::slice::from_ref(byte);
        let before = written;
        loop {
            let (result, consumed, count) =
                decoder.decode_to_utf8_without_replacement(input, &mut out, false);
            input = input.get(consumed..).unwrap_or_default();
            written += count;
            match result {
                DecoderResult::InputEmpty | DecoderResult::OutputFull => break,
                DecoderResult::Malformed(len, behind) => {
                    let end = (at + 1 - input.len()).saturating_sub(usize::from(behind));
                    let start = end.saturating_sub(usize::from(len));
                    written += kept(encoding, bytes.get(start..end).unwrap_or_default()).count();
                }
            }
        }
        if written > target {
            return begin;
        }
        if written > before {
            begin = at + 1;
        }
    }
    begin
}
