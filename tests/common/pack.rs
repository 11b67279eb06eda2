//! Compressed files and archives. The tests of the window use it too.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;

/// RFC 1952, one member.
pub fn gzip(content: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content.as_ref()).unwrap();
    encoder.finish().unwrap()
}

/// A zip archive of files by name, day of November 2026 and content.
pub fn zip(files: &[(&str, u8, impl AsRef<[u8]>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, day, content) in files {
        let written = zip::DateTime::from_date_and_time(2026, 11, *day, 10, 0, 0).unwrap();
        let options = zip::write::SimpleFileOptions::default().last_modified_time(written);
        writer.start_file(*name, options).unwrap();
        writer.write_all(content.as_ref()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
