//! The inner loops: the first byte that ends a string, a name or a stretch of an array, many bytes at a time.

use wide::u8x16;

/// Bytes that are looked at at once.
const LANES: usize = 16;

/// The position of the first quote, backslash or line feed, and which of them it is.
#[inline(always)]
pub(super) fn in_string(text: &[u8]) -> Option<(usize, u8)> {
    find(text, |bytes| {
        bytes.simd_eq(b'"') | bytes.simd_eq(b'\\') | bytes.simd_eq(b'\n')
    })
}

/// The position of the first quote, bracket or line feed, and which of them it is.
#[inline(always)]
pub(super) fn in_array(text: &[u8]) -> Option<(usize, u8)> {
    find(text, |bytes| {
        // `[` and `{`, `]` and `}` differ in this bit alone.
        let lower = bytes | u8x16::splat(b' ');
        let brackets = lower.simd_eq(b'{') | lower.simd_eq(b'}');
        brackets | bytes.simd_eq(b'"') | bytes.simd_eq(b'\n')
    })
}

/// The length of the number or word that `text` begins with: letters, digits, `.`, `-` and `/`.
#[inline(always)]
pub(super) fn end_of_name(text: &[u8]) -> Option<usize> {
    let (len, _) = find(text, |bytes| {
        let letter = (bytes | u8x16::splat(b' ')) - u8x16::splat(b'a');
        let sign = bytes - u8x16::splat(b'-');
        !(letter.simd_le(b'z' - b'a') | sign.simd_le(b'9' - b'-'))
    })?;
    (len > 0).then_some(len)
}

/// The position of the first byte that `marks` marks, and the byte; `None` if none is, or too near the text's end.
#[inline(always)]
fn find(text: &[u8], marks: impl Fn(u8x16) -> u8x16) -> Option<(usize, u8)> {
    let mut at = 0;
    let mut rest = text;
    while let Some((bytes, behind)) = rest.split_first_chunk::<LANES>() {
        let marked = marks(u8x16::new(*bytes)).to_bitmask();
        if marked != 0 {
            at += marked.trailing_zeros() as usize;
            return Some((at, *text.get(at)?));
        }
        at += LANES;
        rest = behind;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a byte stands that is found, for every byte at every place.
    fn check(find: impl Fn(&[u8]) -> Option<usize>, is_found: impl Fn(u8) -> bool) {
        for byte in 0..=u8::MAX {
            for at in 0..40 {
                let mut text = [b'a'; 64];
                text[at] = byte;
                let expected = is_found(byte).then_some(at);
                assert_eq!(find(&text), expected, "{byte} at {at}");
            }
        }
    }

    #[test]
    fn ends_are_found() {
        let place = |found: Option<(usize, u8)>| found.map(|(at, _)| at);
        check(
            |text| place(in_string(text)),
            |byte| b"\"\\\n".contains(&byte),
        );
        check(
            |text| place(in_array(text)),
            |byte| b"{}[]\"\n".contains(&byte),
        );
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b".-/".contains(&byte);
        let name = |text: &[u8]| end_of_name(&[b"a", text].concat()).map(|len| len - 1);
        check(name, |byte| !is_name(byte));
        assert_eq!(end_of_name(&[b','; 64]), None);
    }
}
