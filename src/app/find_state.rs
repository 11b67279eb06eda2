//! How the search of one tab stands. What is looked for is the find bar's own state.

use crate::base::id::{RecordNo, Ticket};
use crate::ui::panels::find_bar::FindStatus;

/// The search behind the find bar of a tab.
#[derive(Debug, Clone, Default)]
pub struct Finding {
    /// How the last search ended.
    pub status: FindStatus,
    /// The newest search.
    pub ticket: Ticket,
    /// Where live searches start while the pattern is typed, so that typing on does not run away.
    pub origin: Option<RecordNo>,
}
