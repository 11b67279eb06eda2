//! From the text of a log back to its records.

pub mod extractor;
pub mod field;
