//! The only layer that starts threads: opening, indexing, following and filtering logs.
//!
//! One log has four threads: `source-n` reads, indexes and follows the file; `view-n` evaluates the filter; `rows-n` reads
//! the rows on screen; `ask-n` answers searches, copies and previews. All share the scan threads of the [`Engine`]. What
//! crosses threads is an `Arc` of something immutable, a command, or an atomic; the window posts requests into mailboxes
//! and takes results out of others, and never waits. A panic in any of them is caught and told as a notice.

use std::sync::Arc;

/// Called by workers after each publication, from any thread, so that the window looks at its mailboxes.
pub type Waker = Arc<dyn Fn() + Send + Sync>;
