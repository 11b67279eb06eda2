//! Timberline: a desktop log viewer that understands loggers.

pub mod app;
pub mod base;
pub mod bytes;
pub mod cli;
pub mod engine;
pub mod format;
pub mod index;
pub mod query;
pub mod settings;
pub mod ui;
