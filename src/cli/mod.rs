//! Subcommands without a window: print, stats, detect, formats. The same engine, to standard output.
//!
//! Written by the lead and wired in as soon as index and bytes are there: args, load, records, print, stats, follow.
