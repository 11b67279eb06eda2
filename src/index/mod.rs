//! From bytes to columns: where every record starts, when it was, how severe, and by which logger.
//!
//! Pure functions over bytes; no threads, no files. Chunks sit at fixed offsets and a record belongs to the chunk in
//! which it starts, so the index depends on the content alone and not on how the file grew.

pub mod assemble;
pub mod block;
pub mod loggers;
pub mod scan;
pub mod snapshot;
pub mod stats;
