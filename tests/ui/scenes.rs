//! The window as a user meets it, over real files.

mod announce;
mod commands;
mod corners;
mod dialogs;
mod export;
mod filters;
mod follow;
mod hostile;
mod keys;
mod loggers;
mod monkey;
mod open;
mod rows;
mod sources;
mod state;
mod teach;
mod told;
mod whole;
