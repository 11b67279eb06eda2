//! Integration tests without a window.
