//! Records written out: as their own bytes, as JSON lines or as a table, to a stream or into a file that is there whole
//! or not at all. The window and `timberline print` write through the same code.
//!
//! Everything streams: what is kept in memory is a window of a megabyte, or the one record that is being written.

mod csv;
mod draft;
mod records;
pub mod target;

pub use records::{Form, Manner, Origin, PART_COLUMN, RecordWriter, WriteError, epoch_seconds};
