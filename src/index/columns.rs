//! How a block stores starts, codes and lines: private to the index, so that a denser encoding changes no caller.
//!
//! All columns are cut into groups of 64 records, of which each is read without the others: a filter works on 64 records
//! at once, and one record costs a look at its group.

mod ascending;
mod codes;
mod extra_lines;
mod planes;

pub(super) use ascending::{Ascending, AscendingBuilder};
pub(super) use codes::Codes;
pub(super) use extra_lines::ExtraLines;
pub(super) use planes::Planes;

#[cfg(test)]
mod tests {
    /// Numbers without a pattern that a mistake could share.
    pub(super) fn mixed(n: u64) -> u64 {
        (n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40
    }
}
