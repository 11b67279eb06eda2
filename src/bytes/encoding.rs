//! Which characters the bytes stand for.
//!
//! UTF-8 is scanned as it is. Everything else is turned into UTF-8 below the scan, by [`super::transcode::Transcoded`].

use std::fmt;
use std::str::FromStr;

use super::line_ends::LineEnds;
use super::sniff::Region;

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
            .filter(|encoding| *encoding != encoding_rs::REPLACEMENT)
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

    /// What people call it, where that is not the standard's name.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self.name() {
            "EUC-KR" => "CP949 (EUC-KR)",
            "GBK" | "gb18030" => "GB18030 (GBK)",
            "windows-1252" => "Latin-1 (Windows-1252)",
            "windows-1251" => "Cyrillic (Windows-1251)",
            "Shift_JIS" => "Shift-JIS (CP932)",
            "UTF-16LE" => "UTF-16 LE",
            "UTF-16BE" => "UTF-16 BE",
            name => name,
        }
    }

    /// The usual ones, those of a region first.
    #[must_use]
    pub fn usual(region: Region) -> Vec<Self> {
        let mut usual = vec![
            encoding_rs::UTF_8,
            encoding_rs::EUC_KR,
            encoding_rs::SHIFT_JIS,
            encoding_rs::EUC_JP,
            encoding_rs::GB18030,
            encoding_rs::BIG5,
            encoding_rs::WINDOWS_1252,
            encoding_rs::WINDOWS_1251,
            encoding_rs::UTF_16LE,
            encoding_rs::UTF_16BE,
        ];
        usual.sort_by_key(|encoding| match *encoding {
            encoding if encoding == encoding_rs::UTF_8 => 0,
            encoding if region.writes(encoding) => 1,
            _ => 2,
        });
        usual.into_iter().map(Self).collect()
    }

    /// Whether the bytes can be scanned as they are.
    #[must_use]
    pub fn is_utf8(&self) -> bool {
        self.0 == encoding_rs::UTF_8
    }

    /// Whether it has units of two bytes.
    #[must_use]
    pub fn is_utf16(&self) -> bool {
        self.0 == encoding_rs::UTF_16LE || self.0 == encoding_rs::UTF_16BE
    }

    /// Whether the high byte of every unit of UTF-16 comes first.
    #[must_use]
    pub fn is_big_endian(&self) -> bool {
        self.0 == encoding_rs::UTF_16BE
    }

    /// How lines end in it.
    #[must_use]
    pub fn line_ends(&self) -> LineEnds {
        match (self.is_utf16(), self.is_big_endian()) {
            (false, _) => LineEnds::Byte,
            (true, false) => LineEnds::Utf16Le,
            (true, true) => LineEnds::Utf16Be,
        }
    }

    /// How many bytes a character has.
    pub(super) fn width(&self) -> Width {
        if self.is_utf16() {
            Width::Two
        } else if self.0.is_single_byte() {
            Width::One
        } else if self.0 == encoding_rs::ISO_2022_JP {
            Width::Lines
        } else {
            Width::Many
        }
    }

    /// How many of the first bytes of a file are a byte order mark.
    pub(super) fn mark_len(&self, bytes: &[u8]) -> usize {
        let mark: &[u8] = match self.name() {
            "UTF-16LE" => b"\xff\xfe",
            "UTF-16BE" => b"\xfe\xff",
            "GBK" | "gb18030" => b"\x84\x31\x95\x33",
            _ => b"",
        };
        if bytes.starts_with(mark) {
            mark.len()
        } else {
            0
        }
    }

    pub(super) fn decoder(&self) -> encoding_rs::Decoder {
        self.0.new_decoder_without_bom_handling()
    }

    pub(super) const fn of(encoding: &'static encoding_rs::Encoding) -> Self {
        Self(encoding)
    }
}

/// How many bytes the characters of an encoding have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    /// One.
    One,
    /// Two or four: UTF-16.
    Two,
    /// One to four, ASCII among them.
    Many,
    /// What a byte stands for depends on what was before it on its line.
    Lines,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

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
        // Those of the standard that say nothing about the text would show none of it.
        for label in ["klingon", "iso-2022-kr", "hz-gb-2312", ""] {
            let error = label.parse::<Encoding>().unwrap_err();
            assert!(error.to_string().contains(label));
        }
    }
}
