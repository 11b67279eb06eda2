//! Stitches the drafts of chunks together, in order.
