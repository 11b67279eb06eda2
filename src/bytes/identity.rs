//! Whether a path still leads to the same file.
