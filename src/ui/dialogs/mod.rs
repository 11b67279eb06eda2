//! Dialogs over the window: a model in, actions out, like the panels.
//!
//! Each `show` draws one dialog for one frame and answers whether it stays; Esc, the cross and a click beside it close
//! every dialog. While one is open it has the keyboard (`keys::Focus::Dialog`).

pub mod about;
pub mod bookmarks;
pub mod choice;
pub mod columns;
pub mod command_palette;
pub mod confirm;
pub mod export;
pub mod format;
pub mod goto;
pub mod help;
pub mod highlights;
pub mod path_box;
pub mod settings;
pub mod times;
pub mod words;

mod picker;
mod sheet;
#[cfg(test)]
mod tests;

pub use picker::PickerState;
pub use sheet::Stay;
