//! Bytes of one chunk to a draft of its columns.
