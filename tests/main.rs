//! Integration tests without a window.

mod repo; // rules about the repository itself
