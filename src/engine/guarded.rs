//! Bytes of one generation: once it has ended, reads answer `Stale` and never the bytes of another.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use crate::base::cancel::CancelToken;
use crate::bytes::{ByteSource, ReadError};

/// A byte source that goes stale when its generation ends (invariant I11).
#[derive(Debug)]
pub(super) struct Guarded {
    inner: Arc<dyn ByteSource>,
    ended: CancelToken,
}

impl Guarded {
    /// Guards `inner` until `ended` is raised.
    pub(super) fn new(inner: Arc<dyn ByteSource>, ended: CancelToken) -> Self {
        Self { inner, ended }
    }

    fn while_valid<T>(
        &self,
        read: impl FnOnce(&dyn ByteSource) -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        if self.ended.is_cancelled() {
            return Err(ReadError::Stale);
        }
        let answer = read(&*self.inner);
        // The change may have been noticed while we read: these bytes may be new ones already.
        if self.ended.is_cancelled() {
            return Err(ReadError::Stale);
        }
        answer
    }
}

impl ByteSource for Guarded {
    fn len(&self) -> io::Result<u64> {
        self.inner.len()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        self.while_valid(|inner| inner.read_at(offset, buf))
    }

    fn is_gone(&self, range: &Range<u64>) -> bool {
        self.inner.is_gone(range)
    }

    fn data_from(&self, offset: u64) -> u64 {
        self.inner.data_from(offset)
    }

    fn to_original(&self, range: &Range<u64>) -> Result<Range<u64>, ReadError> {
        self.while_valid(|inner| inner.to_original(range))
    }

    fn read_original_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        self.while_valid(|inner| inner.read_original_at(offset, buf))
    }
}
