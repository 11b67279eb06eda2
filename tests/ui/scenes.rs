//! The window as a user meets it, over real files.

mod announce;
mod bookmarks; // marked records
mod commands;
mod corners;
mod dialogs;
mod export;
mod fields;
mod filters;
mod follow;
mod hostile;
mod keys;
mod loggers;
mod monkey;
mod open;
mod queries;
mod rows;
mod sides;
mod sources;
mod state;
mod teach;
mod timeline; // records over time
mod told;
mod whole;
mod windows;
