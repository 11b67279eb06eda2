//! Reading the bytes of records, several at a time.

use std::ops::Range;

use crate::bytes::{ByteSource, ReadError};
use crate::index::snapshot::{RecordMeta, SourceSnapshot};

/// Records that are no further apart than this are read in one go.
const GAP: u64 = 64 << 10;

/// One read is no longer than this, unless a single record is.
const SPAN: u64 = 4 << 20;

/// Fills `buffer` with a range of the source; what is missing at the end is missing in the buffer.
///
/// # Errors
/// As [`ByteSource::read_at`].
pub(super) fn read_range(
    source: &dyn ByteSource,
    range: &Range<u64>,
    buffer: &mut Vec<u8>,
) -> Result<(), ReadError> {
    let length = usize::try_from(range.end.saturating_sub(range.start)).unwrap_or(usize::MAX);
    buffer.clear();
    buffer.resize(length, 0);
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        let read = source.read_at(range.start + filled as u64, rest)?;
        if read == 0 {
            break;
        }
        filled += read;
    }
    buffer.truncate(filled);
    Ok(())
}

/// Reads the first `clip` bytes of each record and hands them to `each`, in file order, together with whether they are
/// all there are. A record whose bytes are not there any more is handed `None`.
///
/// # Errors
/// As [`ByteSource::read_at`]; records not handed out by then are unread.
pub(super) fn read_records(
    source: &dyn ByteSource,
    metas: &mut [RecordMeta],
    clip: u64,
    buffer: &mut Vec<u8>,
    mut each: impl FnMut(&RecordMeta, Option<&[u8]>),
) -> Result<(), ReadError> {
    metas.sort_by_key(|meta| meta.offset);
    let mut rest: &[RecordMeta] = metas;
    while let Some(first) = rest.first() {
        let mut span = extent(first, clip);
        let mut count = 0;
        for meta in rest {
            let next = extent(meta, clip);
            let reach = next.end.max(span.end);
            if count > 0 && (next.start > span.end + GAP || reach - span.start > SPAN) {
                break;
            }
            span.end = reach;
            count += 1;
        }
        let (group, others) = rest.split_at(count);
        rest = others;
        read_range(source, &span, buffer)?;
        for meta in group {
            let own = extent(meta, clip);
            let at = |offset: u64| usize::try_from(offset - span.start).unwrap_or(usize::MAX);
            each(meta, buffer.get(at(own.start)..at(own.end)));
        }
    }
    Ok(())
}

/// The bytes of a record that are read.
fn extent(meta: &RecordMeta, clip: u64) -> Range<u64> {
    meta.offset..meta.offset + meta.length.min(clip)
}

/// How many lines the index counts in a record; 0 if it cannot tell (the last record of a growing file).
pub(super) fn lines_of(snapshot: &SourceSnapshot, meta: &RecordMeta) -> u64 {
    let next = crate::base::id::RecordNo(meta.record.0 + 1);
    snapshot
        .record(next)
        .map_or(0, |next| next.line.saturating_sub(meta.line))
}
