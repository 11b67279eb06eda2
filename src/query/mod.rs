//! From a filter to the rows that are shown: columns first, bytes only where a text has to be matched.

pub mod bitmap;
pub mod compile;
pub mod eval;
pub mod find;
pub mod matcher;
pub mod rowset;
pub mod spec;
pub mod tally;
pub mod tree;
