//! Subcommands without a window: print, stats, detect, formats. The same engine, to standard output.
