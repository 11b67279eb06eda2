//! Bytes in memory, for tests and pasted text.
