//! What the user chose, kept between runs: settings and the session to come back to, as TOML.
//!
//! [`model`] and [`session`] are plain data; [`store`] alone reads and writes files, and is called from a background
//! thread.

pub mod filters;
pub mod formats;
pub mod highlights;
pub mod model;
pub mod session;
pub mod store;

pub mod bookmarks;
mod change;
mod document;
pub mod editor;
mod lenient;
mod merge;
mod path_text;
mod per_file;
mod recent;
