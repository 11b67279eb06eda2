//! Panels and widgets: a model in, actions out. No IO, no threads, no engine.

pub mod action;
pub mod dialogs;
pub mod fuzzy;
pub mod keys;
pub mod panels;
pub mod selected_text;
pub mod table;
pub mod theme;
pub mod widgets;
