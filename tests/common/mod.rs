//! What several tests need: temporary files, generated logs, and an engine to ask with a deadline.

pub mod dir;
pub mod log_gen;
pub mod pack;
pub mod probe;
