//! Sums that let a filter skip whole blocks.

/// Totals of a source.
#[derive(Debug)]
pub struct SourceStats;
