//! From the text of a log back to its records.
//!
//! A [`spec::FormatSpec`] is what the user types or picks; compiled it is a [`spec::Format`] with an
//! [`extractor::Extractor`], which tells record starts, reads headers for the scan and takes records apart for the
//! rows on screen. Nothing here does IO.

pub mod anytime;
pub mod builtin;
mod builtin_table;
pub mod detect;
pub mod extractor;
pub mod field;
pub mod json;
mod json_scan;
mod known_keys;
pub mod logfmt;
mod pairs;
pub mod plain;
pub mod spec;
pub mod template;
mod text_level;
