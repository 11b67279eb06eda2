//! The log table: rows by number, never by total pixels.

pub mod columns;
