//! The table of the window.
