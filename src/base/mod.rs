//! Words that every layer shares: identifiers, levels, time, cancellation, hand-over and problems.
//!
//! Nothing here does IO or knows of a window.

pub mod cancel;
pub mod dye;
pub mod id;
pub mod lang;
pub mod level;
pub mod mailbox;
pub mod origin;
pub mod panics;
pub mod problem;
pub mod rule;
pub mod text;
pub mod time;
