//! The panels of the window. Each shows a plain model and pushes what the user asked for; what only the panel cares
//! about (a draft text, open nodes) is its state. The application builds the models and carries out the actions.

pub mod around;
pub mod broken;
pub mod details;
pub mod divider;
pub mod dock;
pub mod empty_state;
pub mod feed_status;
pub mod fields;
pub mod filter_bar;
pub mod filters;
pub mod find_bar;
pub mod groups;
pub mod levels;
pub mod loggers;
pub mod menu;
pub mod notices;
pub mod rail;
pub mod side_head;
pub mod start;
pub mod status_bar;
pub mod tabs;
pub mod timeline;
pub mod top_bar;
