//! From a filter to the rows that are shown: columns first, bytes only where a text has to be matched.

pub mod bitmap;
pub mod columns;
pub mod compile;
mod confine;
pub mod context;
mod cursor;
pub mod eval;
pub mod fields;
pub mod find;
pub mod hits;
mod judge;
pub mod lang;
pub mod marking;
pub mod matcher;
pub mod nearest;
pub mod number;
pub mod order;
pub mod overview;
mod pairs;
pub mod patterns;
mod plan;
pub mod plot;
mod records;
pub mod repeats;
pub mod rowset;
mod searcher;
pub mod sequence;
pub mod spec;
pub mod survey;
pub mod tally;
mod text;
pub mod timeline;
pub mod tree;

pub use judge::{OneRecord, RecordTest};
