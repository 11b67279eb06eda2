//! The window: takes in what the engine published, shows it, and carries out what the user asked for.

mod announce;
mod aside;
mod bookmarks;
mod choice;
mod commands;
mod dialogs;
mod drain;
mod editor;
mod fields;
mod files;
mod filter_state;
mod find_state;
mod frame;
mod groups;
mod highlight;
mod keeper;
mod launch;
mod lend;
mod lookups;
mod marks;
mod news;
mod notices;
mod own_frame;
mod own_log;
mod own_window;
mod panes;
pub mod panics;
mod plot;
mod present;
mod reduce;
mod row_cache;
mod session;
mod side;
mod sight;
mod single;
mod split;
mod state;
mod sync;
mod tab;
mod timeline;
mod turn;
mod window;

pub use announce::Announcer;
pub use files::{FilePicker, NativePicker, Picked, TargetQuestion};
pub use launch::{Launch, run};
#[doc(hidden)]
pub use present::offers;
#[doc(hidden)]
pub use state::State;
#[doc(hidden)]
pub use tab::Tab;
pub use window::LogApp;
