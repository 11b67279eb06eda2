//! Text for people: lossy UTF-8, ANSI removal, control characters made visible, safe clipping.
