//! The only layer that starts threads: opening, indexing, following and filtering logs.
