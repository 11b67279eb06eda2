//! Sealed columns of up to 65 536 records.

/// A block.
#[derive(Debug)]
pub struct Block;
