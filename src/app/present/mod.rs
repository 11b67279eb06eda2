//! State to view-models: what each panel shows this frame. Pure, and bounded by what is on screen.

mod bars;
mod chips;
mod details;
mod dialogs;
mod feed;
mod fields;
mod groups;
mod offers;
mod pickers;
mod plot;
mod rows;
mod seams;
mod sides;
mod timeline;
mod times;
mod tree;
mod words;

pub use bars::{empty, errors, find, notices, start, status, tabs, top_bar};
pub use chips::filters;
pub use details::{details, ready};
pub use dialogs::{
    bookmarks_dialog, columns_dialog, export_dialog, format_dialog, goto_dialog, times_dialog,
    unknown_levels,
};
pub use feed::feed;
pub use fields::fields;
pub use groups::groups;
pub use offers::{OffersCache, offers, wanted_words};
pub use pickers::{palette, quick_open};
pub use plot::plot;
pub use rows::{Rows, column_specs, field_spec};
pub use sides::side_head;
pub use timeline::timeline;
pub use times::TimeStyle;
pub use tree::{TreeCache, loggers};
pub use words::words_dialog;
