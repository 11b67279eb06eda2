//! The log table: rows by number, never by total pixels.
//!
//! Model and layout are pure (`scroll`, `columns`, `text`, `selection`); `header`, `rows`, `scrollbar`
//! paint and read the pointer; `show` puts a frame together. Rows come from a [`TableModel`], wishes go out as actions.

mod cell;
mod column_filter;
pub mod columns;
mod ground;
mod header;
mod lines;
mod mark_menu;
mod marks;
mod measure;
mod menu;
pub mod model;
mod pointer;
mod rows;
mod scroll;
mod scrollbar;
mod seam;
pub mod selection;
mod sheet;
mod side;
mod spoken;
pub mod state;
mod text;
mod view;
mod words;
mod wrap;

pub use columns::ColumnState;
pub use model::{
    ColumnKind, ColumnSpec, Highlight, Known, MatchKind, Message, RowView, RunMark, ScrollMark,
    SeamMark, Side, TableModel, TableRow,
};
pub use scroll::{Extent, ScrollPos};
pub use selection::Selection;
pub use state::{Anchor, Reveal, TableState};
pub use text::{delta, penned};
pub use view::show;
pub use words::words_of;
