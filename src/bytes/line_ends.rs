//! Where lines end in the bytes of a file, by its encoding.

use super::ReadError;
use super::disk::OpenFile;

/// Bytes that are searched for a line end at a time.
const WINDOW: u64 = 64 << 10;

/// Bytes of the longest byte order mark.
pub(super) const LONGEST_MARK: u64 = 3;

/// How lines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineEnds {
    /// With a byte: UTF-8 and everything that contains ASCII.
    #[default]
    Byte,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
}

impl LineEnds {
    /// A line end.
    #[must_use]
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Byte => b"\n",
            Self::Utf16Le => b"\n\0",
            Self::Utf16Be => b"\0\n",
        }
    }

    /// How lines end behind a byte order mark, and how long that is; `None` if the text begins with none.
    pub(super) fn of_mark(start: &[u8]) -> Option<(Self, usize)> {
        let kinds = [Self::Byte, Self::Utf16Le, Self::Utf16Be];
        let begins = |kind: &Self| start.starts_with(kind.mark_bytes());
        let kind = kinds.into_iter().find(begins)?;
        Some((kind, kind.mark_bytes().len()))
    }

    fn mark_bytes(self) -> &'static [u8] {
        match self {
            Self::Byte => b"\xef\xbb\xbf",
            Self::Utf16Le => b"\xff\xfe",
            Self::Utf16Be => b"\xfe\xff",
        }
    }

    /// How lines end in files of which nothing is known: as the first of them says that has a mark.
    pub(super) fn of_files<'a>(files: impl Iterator<Item = &'a dyn OpenFile>) -> Self {
        let of_file = |file: &dyn OpenFile| Self::of_mark(&read(file, 0, LONGEST_MARK).ok()?);
        let mut marks = files.filter_map(of_file);
        marks.next().map_or(Self::default(), |(kind, _)| kind)
    }

    /// How many bytes of a byte order mark a file begins with.
    pub(super) fn mark(self, file: &dyn OpenFile) -> u64 {
        let mark = self.mark_bytes();
        match read(file, 0, mark.len() as u64) {
            Ok(start) if start == mark => mark.len() as u64,
            _ => 0,
        }
    }

    /// Whether the bytes from `start` to `end` of a file end with a line; none do.
    pub(super) fn ends_line(
        self,
        file: &dyn OpenFile,
        start: u64,
        end: u64,
    ) -> Result<bool, ReadError> {
        let size = self.bytes().len() as u64;
        if end < start + size {
            return Ok(end <= start);
        }
        Ok(read(file, end - size, size)? == self.bytes())
    }

    /// Where the last line that is complete ends, between `start` and `end`.
    pub(super) fn whole_lines(
        self,
        file: &dyn OpenFile,
        start: u64,
        end: u64,
    ) -> Result<u64, ReadError> {
        let size = self.bytes().len() as u64;
        let mut end = end - (end - start) % size;
        while end > start {
            let from = start.max(end.saturating_sub(WINDOW));
            let window = read(file, from, end - from)?;
            let units = window.chunks_exact(self.bytes().len());
            if let Some(back) = units.rev().position(|unit| unit == self.bytes()) {
                return Ok(end - back as u64 * size);
            }
            end = from;
        }
        Ok(start)
    }
}

/// Bytes of a file; fewer if there are fewer.
pub(super) fn read(file: &dyn OpenFile, from: u64, count: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = vec![0; usize::try_from(count).unwrap_or(0)];
    let mut filled = 0;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read_at(from + filled as u64, rest)? {
            0 => break,
            read => filled += read,
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}
