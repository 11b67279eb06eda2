//! Writes a log to measure with: `cargo run --release --example make_log -- BYTES FILE [--json]`.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};

#[path = "log.rs"]
#[allow(dead_code, reason = "shared, of which this uses a part")]
mod log;

use log::LogWriter;

fn main() -> io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let usage = || io::Error::other("usage: make_log BYTES FILE [--json]");
    let (bytes, file) = args.first().zip(args.get(1)).ok_or_else(usage)?;
    let size: usize = bytes.parse().map_err(|_| usage())?;
    let json = args.iter().any(|arg| arg == "--json");
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file)?);
    let mut log = LogWriter::new(20_260_105);
    let (mut record, mut written) = (String::new(), 0);
    while written < size {
        record.clear();
        if json {
            log.json(&mut record);
        } else {
            log.text(&mut record);
        }
        out.write_all(record.as_bytes())?;
        written += record.len();
    }
    out.flush()
}
