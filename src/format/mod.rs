//! From the text of a log back to its records.
//!
//! A [`spec::FormatSpec`] is what the user types or picks; compiled it is a [`spec::Format`] with an
//! [`extractor::Extractor`], which tells record starts, reads headers for the scan and takes records apart for the
//! rows on screen. Nothing here does IO.

pub mod adjusted;
pub mod anytime;
mod appended;
mod brace;
pub mod builtin;
mod builtin_more;
mod builtin_table;
mod colour;
pub mod detect;
mod dialect;
mod dollar;
pub mod envelope;
pub mod export;
pub mod extractor;
pub mod field;
pub mod framer;
mod infer;
pub mod json;
mod json_ahead;
mod json_head;
mod json_scan;
mod known_keys;
pub mod layout;
mod level_scale;
pub mod logfmt;
pub mod mixed;
pub mod nested;
mod otlp;
mod pairs;
mod percent;
pub mod plain;
pub mod regex;
mod scanner;
pub mod spec;
mod steps;
mod swar;
pub mod table;
pub mod template;
mod text_level;
pub mod timestamp;
pub mod trace;
pub mod wrapped;

pub use infer::looks_like_head;
