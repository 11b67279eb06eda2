//! From bytes to columns: where every record starts, when it was, how severe, and by which logger.
//!
//! Pure functions over bytes; no threads, no files. Chunks sit at fixed offsets and a record belongs to the chunk in
//! which it starts, so the index depends on the content alone and not on how the file grew.
//!
//! [`scan::scan_chunk`] reads one chunk, in any order and on any thread; [`assemble::Assembler`] takes the drafts in file
//! order and hands out [`snapshot::SourceSnapshot`]s.

pub mod assemble;
pub mod block;
mod columns;
mod count;
mod cursor;
mod dates;
pub mod draft;
mod framed;
pub mod groups;
mod line_feeds;
pub mod loggers;
mod marks;
mod names;
mod open_block;
mod packed;
pub mod scan;
pub mod snapshot;
pub mod stats;
#[doc(hidden)]
pub mod synthetic;
mod times;
mod window;

pub use assemble::Assembler;
pub use block::{BLOCK_RECORDS, Block};
pub use draft::{ChunkDraft, DraftBuilder, Found};
pub use loggers::LoggerTable;
pub use marks::Counts;
pub use scan::{CHUNK_BYTES, HEADER_CLIP, scan_chunk};
pub use snapshot::{RecordMeta, SourceSnapshot};
pub use stats::{BlockStats, LevelCount, LoggerCount, LoggerTotal, SourceStats};
