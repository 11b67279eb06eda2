//! Any bytes as a compressed file or an archive: an error or bytes, and never more memory than a little.
#![no_main]

use std::io::{self, Cursor, Write};

use libfuzzer_sys::fuzz_target;
use timberline::base::origin::Part;
use timberline::bytes::packed::Packing;

const ALL: [Packing; 6] = [
    Packing::Gzip,
    Packing::Bzip2,
    Packing::Xz,
    Packing::Zstd,
    Packing::Zip,
    Packing::Tar,
];

/// Takes so many bytes, as a spool that is full.
struct Capped(usize);

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() > self.0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.0 -= bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((how, bytes)) = data.split_first() else {
        return;
    };
    let packing = ALL.get(usize::from(*how)).copied();
    let Some(packing) = packing.or_else(|| Packing::of(bytes)) else {
        return;
    };
    // An error is an answer.
    packing
        .unpack(Cursor::new(bytes), &Part::All, &mut Capped(1 << 20))
        .ok();
});
