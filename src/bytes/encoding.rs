//! Which characters the bytes stand for.
//!
//! Encodings in which ASCII is ASCII (UTF-8, EUC-KR, Latin-1, …) are scanned as bytes and decoded where they are shown.
//! UTF-16 is turned into UTF-8 below the scan, by [`super::utf16::Utf16Source`].

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// An encoding of the WHATWG standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

/// No encoding has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no encoding; use a name like utf-8, utf-16le, euc-kr, shift_jis, gb18030 or latin1"
)]
pub struct UnknownEncoding(String);

impl Default for Encoding {
    fn default() -> Self {
        Self::UTF_8
    }
}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    /// Any label of the WHATWG standard, and Python's spellings of them (`utf_8`, `euc_kr`, `cp949`).
    fn from_str(label: &str) -> Result<Self, UnknownEncoding> {
        let plain = label.trim().to_ascii_lowercase();
        let known = |label: &str| encoding_rs::Encoding::for_label(label.as_bytes());
        let name = match plain.as_str() {
            "latin-1" | "latin_1" => "latin1",
            "cp949" | "uhc" | "ms949" => "euc-kr",
            "utf_8_sig" | "utf-8-sig" => "utf-8",
            "utf16" | "utf_16" | "utf_16_le" | "utf-16-le" => "utf-16le",
            "utf_16_be" | "utf-16-be" => "utf-16be",
            "cp932" | "ms932" => "shift_jis",
            other => other,
        };
        known(name)
            .or_else(|| known(&name.replace('_', "-")))
            .or_else(|| known(&name.replace("cp", "windows-")))
            .map(Self)
            .ok_or_else(|| UnknownEncoding(label.to_owned()))
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Self = Self(encoding_rs::UTF_8);

    /// The name in the WHATWG standard.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    /// Whether the bytes must go through [`super::utf16::Utf16Source`] before they are scanned.
    #[must_use]
    pub fn is_utf16(&self) -> bool {
        self.0 == encoding_rs::UTF_16LE || self.0 == encoding_rs::UTF_16BE
    }

    /// Whether the high byte of every unit of UTF-16 comes first.
    #[must_use]
    pub fn is_big_endian(&self) -> bool {
        self.0 == encoding_rs::UTF_16BE
    }

    /// The encoding of the bytes that the scan sees: UTF-8 where they were UTF-16, otherwise this one.
    #[must_use]
    pub fn as_scanned(&self) -> Self {
        if self.is_utf16() { Self::UTF_8 } else { *self }
    }

    /// The most likely encoding of text that begins with `sample`: by its byte order mark, by the zeros of UTF-16, as
    /// valid UTF-8, or by the frequency of characters.
    #[must_use]
    pub fn detect(sample: &[u8]) -> Self {
        if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(sample) {
            return Self(encoding);
        }
        if let Some(encoding) = utf16_by_zeros(sample) {
            return Self(encoding);
        }
        if looks_like_utf8(sample) {
            return Self::UTF_8;
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(sample, false);
        Self(detector.guess(None, Utf8Detection::Deny))
    }

    /// The text that bytes of this encoding stand for, as the scan sees them. What is invalid becomes U+FFFD.
    #[must_use]
    pub fn decode<'a>(&self, bytes: &'a [u8]) -> Cow<'a, str> {
        self.as_scanned().0.decode_without_bom_handling(bytes).0
    }
}

/// ASCII characters in UTF-16 have a zero in every second byte; other text has none.
fn utf16_by_zeros(sample: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    if !sample.contains(&0) {
        return None;
    }
    let mut zeros = [0_usize; 2];
    for pair in sample.chunks_exact(2) {
        for (count, byte) in zeros.iter_mut().zip(pair) {
            *count += usize::from(*byte == 0);
        }
    }
    let units = sample.len() / 2;
    let [first, second] = zeros;
    // A log has digits, blanks and line ends in whatever language; a quarter of ASCII is little.
    if second * 4 > units && first * 16 < second {
        Some(encoding_rs::UTF_16LE)
    } else if first * 4 > units && second * 16 < first {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

/// UTF-8, but for a character cut off at the end and a stray byte among many valid characters.
fn looks_like_utf8(sample: &[u8]) -> bool {
    if std::str::from_utf8(sample).map_or_else(|error| error.error_len().is_none(), |_| true) {
        return true;
    }
    let mut invalid = 0_usize;
    let mut valid = 0_usize;
    for chunk in sample.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    invalid * 16 <= valid
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    const KOREAN: &str =
        "2026-11-22 10:00:00 경고 결제: 주문을 처리하지 못했습니다. 다시 시도합니다\n";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn labels() {
        for (label, name) in [
            ("utf-8", "UTF-8"),
            ("UTF8", "UTF-8"),
            ("utf_8", "UTF-8"),
            ("utf-8-sig", "UTF-8"),
            ("euc_kr", "EUC-KR"),
            ("cp949", "EUC-KR"),
            ("latin-1", "windows-1252"),
            ("cp1252", "windows-1252"),
            ("utf-16", "UTF-16LE"),
            ("utf-16be", "UTF-16BE"),
            ("gbk", "GBK"),
        ] {
            let parsed: Encoding = label.parse().unwrap();
            assert_eq!(parsed.name(), name, "{label}");
        }
        let error = "klingon".parse::<Encoding>().unwrap_err();
        assert!(error.to_string().contains("klingon"));
    }

    #[test]
    fn detection() {
        let euc = encoding_rs::EUC_KR.encode(KOREAN).0.repeat(20);
        let marked = [b"\xff\xfe".as_slice(), &utf16(KOREAN, false)].concat();
        for (sample, name) in [
            (b"plain ascii\n".to_vec(), "UTF-8"),
            (Vec::new(), "UTF-8"),
            (KOREAN.repeat(3).into_bytes(), "UTF-8"),
            (KOREAN.as_bytes().get(..25).unwrap().to_vec(), "UTF-8"),
            ([KOREAN.repeat(3).as_bytes(), b"\xff"].concat(), "UTF-8"),
            (utf16(KOREAN, false), "UTF-16LE"),
            (utf16(KOREAN, true), "UTF-16BE"),
            (marked, "UTF-16LE"),
            (euc, "EUC-KR"),
        ] {
            assert_eq!(Encoding::detect(&sample).name(), name);
        }
    }

    #[test]
    fn what_is_invalid_is_visible() {
        assert_eq!(Encoding::UTF_8.decode(b"a\xffb"), "a\u{fffd}b");
        let utf16: Encoding = "utf-16le".parse().unwrap();
        assert_eq!(utf16.decode("경고".as_bytes()), "경고");
        let euc: Encoding = "euc-kr".parse().unwrap();
        assert_eq!(euc.decode(&encoding_rs::EUC_KR.encode("경고").0), "경고");
    }
}
