//! From the text of a log back to its records.
//!
//! A [`spec::FormatSpec`] is what the user types or picks; compiled it is a [`spec::Format`] with an
//! [`extractor::Extractor`], which tells record starts, reads headers for the scan and takes records apart for the
//! rows on screen. Nothing here does IO.

pub mod extractor;
pub mod field;
pub mod plain;
pub mod spec;
pub mod template;
