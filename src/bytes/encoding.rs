//! Which characters the bytes stand for.
