//! What happens to log files while they are open.

mod encodings;
mod faults; // disks that fail
mod growth; // appended, truncated, replaced: one thing at a time, on real files
mod handlers; // real handlers of Python, real logrotate
mod model; // random programs of another process
mod offers; // what looks otherwise after a rotation
mod rate; // how far behind a busy writer the view is
mod rotation; // one stream of several files
mod simulated; // random programs on a simulated disk, between any two calls of the reader
mod sizes; // huge, empty inside, no log at all
mod writer; // the process of `model`
