//! Which encoding a file is in, by its content. Asked once for a file: what is added later changes nothing.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::encoding::Encoding;
use super::{ByteSource, ReadError, padding};

/// Bytes of the start of a file that are judged.
const HEAD: u64 = 256 << 10;
/// Where that is all ASCII: so many pieces from all over the file besides,
const PIECES: u64 = 16;
/// each of so many bytes.
const PIECE: u64 = 32 << 10;

/// So many bytes beyond ASCII tell an encoding by themselves.
const TELLING: usize = 16;

/// Where the user is, as far as it tells what files are written in there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Region {
    /// Korea.
    Korea,
    /// Japan.
    Japan,
    /// China and Singapore.
    China,
    /// Taiwan and Hong Kong.
    Taiwan,
    /// Anywhere else.
    #[default]
    Other,
}

impl Region {
    /// The region of a locale's name: `ko_KR.UTF-8`, `ja-JP`.
    #[must_use]
    pub fn of_locale(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let (language, rest) = name.split_at_checked(2).unwrap_or_default();
        match language {
            "ko" => Self::Korea,
            "ja" => Self::Japan,
            "zh" if ["tw", "hk", "hant"]
                .iter()
                .any(|place| rest.contains(place)) =>
            {
                Self::Taiwan
            }
            "zh" => Self::China,
            _ => Self::Other,
        }
    }

    /// The region of this process, by the environment.
    #[must_use]
    pub fn here() -> Self {
        let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(set);
        locale.map_or(Self::Other, |locale| Self::of_locale(&locale))
    }

    /// Whether files of this region are usually in an encoding that is not UTF-8.
    pub(super) fn writes(self, encoding: &'static encoding_rs::Encoding) -> bool {
        match self {
            Self::Korea => encoding == encoding_rs::EUC_KR,
            Self::Japan => encoding == encoding_rs::SHIFT_JIS || encoding == encoding_rs::EUC_JP,
            Self::China => encoding == encoding_rs::GB18030,
            Self::Taiwan => encoding == encoding_rs::BIG5,
            Self::Other => false,
        }
    }

    fn top_level_domain(self) -> Option<&'static [u8]> {
        match self {
            Self::Korea => Some(b"kr"),
            Self::Japan => Some(b"jp"),
            Self::China => Some(b"cn"),
            Self::Taiwan => Some(b"tw"),
            Self::Other => None,
        }
    }
}

/// What is thought of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sniffed {
    /// Its encoding.
    pub encoding: Encoding,
    /// Nothing but ASCII was seen: any encoding would do so far.
    pub open: bool,
}

/// Judges a file by its start, and where that is all ASCII also by pieces from all over: the first Korean message may come
/// late.
///
/// # Errors
/// What reading says.
pub fn sniff(raw: &dyn ByteSource, len: u64, region: Region) -> Result<Sniffed, ReadError> {
    let mut sample = read(raw, first_text(raw, 0), len.min(HEAD))?;
    drop_padding(&mut sample);
    if sample.is_ascii() && !sample.contains(&0) && len > HEAD {
        for piece in 1..=PIECES {
            let at = first_text(raw, (len - PIECE) / PIECES * piece);
            let window = read(raw, at, PIECE.min(len.saturating_sub(at)))?;
            // Whole lines only: a character cut in half would look like another encoding.
            let start = memchr::memchr(b'\n', &window).map_or(window.len(), |end| end + 1);
            let end = memchr::memrchr(b'\n', &window).map_or(start, |end| end + 1);
            sample.extend_from_slice(window.get(start..end).unwrap_or_default());
        }
        drop_padding(&mut sample);
    }
    Ok(Sniffed {
        encoding: detect(&sample, region),
        open: sample.is_ascii(),
    })
}

/// Where there may be text at or behind `from`: behind a hole, at a place where a unit of UTF-16 can begin.
fn first_text(raw: &dyn ByteSource, from: u64) -> u64 {
    raw.data_from(from) & !1
}

/// Padding says nothing of the encoding.
fn drop_padding(sample: &mut Vec<u8>) {
    if sample.contains(&0) {
        *sample = padding::without(sample);
    }
}

/// The encoding to read a file with for which the user chose `named`. A byte order mark knows better than a name which end
/// comes first.
///
/// # Errors
/// What reading says.
pub fn settle(raw: &dyn ByteSource, named: Encoding) -> Result<Encoding, ReadError> {
    if !named.is_utf16() {
        return Ok(named);
    }
    let start = read(raw, 0, 2)?;
    let marked = encoding_rs::Encoding::for_bom(&start);
    Ok(marked.map_or(named, |(marked, _)| Encoding::of(marked)))
}

fn read(raw: &dyn ByteSource, from: u64, len: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = vec![0; usize::try_from(len).unwrap_or(0)];
    let mut filled = 0;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match raw.read_at(from + filled as u64, rest)? {
            0 => break,
            read => filled += read,
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}

/// The most likely encoding of text that begins with `sample`: by its byte order mark, by the zeros of UTF-16, as valid
/// UTF-8, or by the frequency of characters. Where there are few of them, the region's encoding is preferred.
#[must_use]
pub fn detect(sample: &[u8], region: Region) -> Encoding {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(sample) {
        return Encoding::of(encoding);
    }
    if let Some(encoding) = utf16_by_zeros(sample) {
        return Encoding::of(encoding);
    }
    if looks_like_utf8(sample) {
        return Encoding::UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, false);
    let telling = sample.iter().filter(|byte| !byte.is_ascii()).count();
    // The detector believes in it more than in what it sees.
    let hint = region.top_level_domain().filter(|_| telling < TELLING);
    Encoding::of(detector.guess(hint, Utf8Detection::Deny))
}

/// The encoding of those lines of `added` that are no UTF-8, where they are enough to tell one of East Asia that they are
/// valid in: of another, any bytes would be valid.
#[must_use]
pub fn other_than_utf8(added: &[u8], region: Region) -> Option<Encoding> {
    let odd = |line: &&[u8]| std::str::from_utf8(line).is_err();
    let lines: Vec<&[u8]> = added.split_inclusive(|byte| *byte == b'\n').collect();
    let odd: Vec<&[u8]> = lines.into_iter().filter(odd).collect();
    let (count, text) = (odd.len(), odd.concat());
    let telling = text.iter().filter(|byte| !byte.is_ascii()).count();
    if count < 2 || telling < TELLING {
        return None;
    }
    let found = detect(&text, region);
    let name = found.name();
    let known = ["EUC-KR", "Shift_JIS", "EUC-JP", "GBK", "gb18030", "Big5"].contains(&name);
    let valid = encoding_rs::Encoding::for_label(name.as_bytes())?
        .decode_without_bom_handling_and_without_replacement(&text)
        .is_some();
    (known && valid).then_some(found)
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
mod tests;
