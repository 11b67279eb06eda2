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
mod groups; // exceptions and patterns
mod help;
mod hostile;
mod keys;
mod lines; // wrapped and opened records
mod loggers;
mod look; // rings and edges
mod marks; // highlighters and labels
mod menus;
mod monkey;
mod open;
mod order; // by time
mod pace; // keys that come at once
mod places; // what a log names is opened
mod popups; // menus of panels, menus by keys
mod queries;
mod rows;
mod sides;
mod sources;
mod state;
mod teach;
mod timeline; // records over time
mod tips;
mod told;
mod whole;
mod windows;
