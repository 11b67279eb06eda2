//! Small parts that panels and dialogs share. None knows of a log; each has an accessible name.

pub mod abbreviate;
pub mod at_right;
pub mod chip;
pub mod context_menu;
pub mod elide;
pub mod hanging;
pub mod icon;
pub mod key_hint;
pub mod list_line;
pub mod measure;
pub mod menu;
pub mod number;
pub mod primary;
pub mod progress;
pub mod reveal;
pub mod search_box;
pub mod splitter;
pub mod swatch;
pub mod text_problem;
pub mod tick;
pub mod tips;
pub mod tool_button;
pub mod typed_path;
