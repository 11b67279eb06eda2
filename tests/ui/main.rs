//! Tests of the window through its accessibility tree; no display, no GPU.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod common;
mod host;
mod latency;
mod lines; // rows of several lines
mod panels_bars;
mod panels_details;
mod panels_filter;
mod panels_host;
mod panels_loggers;
mod panels_notices;
mod panels_status;
mod scenes;
mod scroll_bar;
#[cfg(all(feature = "snapshots", unix))]
mod snapshots;
mod table;
mod whole_latency;
