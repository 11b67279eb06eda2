//! What is inside an archive. Names of its files are only ever compared and shown, never used as paths.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::Path;

use zip::ZipArchive;

use super::packed::copy_member;
use crate::base::origin::Part;

/// So many files of an archive are told at most.
const MOST_TOLD: usize = 5_000;

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name, folders included.
    pub name: String,
    /// Its length in bytes, as the archive says.
    pub size: u64,
    /// When it was written (`2026-11-22 10:00`), in the zone of whoever made the archive; empty if that is not known.
    pub written: String,
}

/// The files in the zip archive at a path, in its order.
///
/// # Errors
/// What the operating system says; `InvalidData` for a damaged archive.
pub fn members(path: &Path) -> io::Result<Vec<Member>> {
    let mut archive =
        ZipArchive::new(BufReader::new(File::open(path)?)).map_err(io::Error::from)?;
    let mut members = Vec::new();
    for at in 0..archive.len().min(MOST_TOLD) {
        let member = archive.by_index_raw(at).map_err(io::Error::from)?;
        if member.is_file() {
            members.push(Member {
                name: member.name().map_err(io::Error::from)?.into_owned(),
                size: member.size(),
                written: member.last_modified().map(written).unwrap_or_default(),
            });
        }
    }
    Ok(members)
}

fn written(at: zip::DateTime) -> String {
    format!(
        "{}-{:02}-{:02} {:02}:{:02}",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute()
    )
}

/// Which of the files was written last; the first of them where several were.
#[must_use]
pub fn newest(members: &[Member]) -> Option<&Member> {
    let mut newest = members.first()?;
    for member in members {
        if member.written > newest.written {
            newest = member;
        }
    }
    Some(newest)
}

/// How long a file of the archive at a path is while it is packed.
pub(super) fn packed_size(path: &Path, name: &str) -> io::Result<u64> {
    let mut archive =
        ZipArchive::new(BufReader::new(File::open(path)?)).map_err(io::Error::from)?;
    let member = archive.by_name(name).map_err(io::Error::from)?;
    Ok(member.compressed_size())
}

/// Writes a part of a zip archive to `out`.
///
/// # Errors
/// As [`super::packed::Packing::unpack`]; `NotFound` if there is no such file in it.
pub(super) fn unpack(file: impl Read + Seek, part: &Part, out: &mut impl Write) -> io::Result<()> {
    let mut archive = ZipArchive::new(file).map_err(io::Error::from)?;
    match part {
        Part::One(name) => {
            let member = archive.by_name(name).map_err(io::Error::from)?;
            copy_member(member, out)
        }
        Part::All => {
            for at in 0..archive.len() {
                let member = archive.by_index(at).map_err(io::Error::from)?;
                if member.is_file() {
                    copy_member(member, out)?;
                }
            }
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::bytes::packed::Packing;
    use std::io::Cursor;
    use zip::write::SimpleFileOptions;

    fn archive(files: &[(&str, u8, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, day, text) in files {
            let written = zip::DateTime::from_date_and_time(2026, 11, *day, 10, 0, 0).unwrap();
            let options = SimpleFileOptions::default().last_modified_time(written);
            writer.start_file(*name, options).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer
            .add_directory("empty", SimpleFileOptions::default())
            .unwrap();
        writer.finish().unwrap().into_inner()
    }

    const FILES: &[(&str, u8, &str)] = &[
        ("a.log", 21, "one\n"),
        ("logs/b.log", 23, "two\n"),
        ("../../etc/c.log", 22, "three\n"),
    ];

    #[test]
    fn its_files_one_behind_another_or_one_by_name() {
        let bytes = archive(FILES);
        assert_eq!(Packing::of(&bytes), Some(Packing::Zip));
        let unpacked = |part: &Part| {
            let mut out = Vec::new();
            let done = Packing::Zip.unpack(Cursor::new(&bytes), part, &mut out);
            done.map(|()| String::from_utf8(out).unwrap())
        };
        assert_eq!(unpacked(&Part::All).unwrap(), "one\ntwo\nthree\n");
        let one = |name: &str| unpacked(&Part::One(name.to_owned()));
        assert_eq!(one("logs/b.log").unwrap(), "two\n");
        assert_eq!(one("../../etc/c.log").unwrap(), "three\n");
        assert!(one("b.log").is_err());
    }

    #[test]
    fn a_file_that_is_compressed_itself_is_unpacked() {
        let level = flate2::Compression::fast();
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
        encoder.write_all(b"inside\n").unwrap();
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        for (name, bytes) in [
            ("a.log", &b"one\n"[..]),
            ("b.gz", &encoder.finish().unwrap()),
        ] {
            writer.start_file(name, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        let mut out = Vec::new();
        unpack(Cursor::new(bytes), &Part::All, &mut out).unwrap();
        assert_eq!(out, b"one\ninside\n");
    }

    #[test]
    fn what_is_inside_is_told() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&archive(FILES)).unwrap();
        let members = members(file.path()).unwrap();
        let told: Vec<_> = members.iter().map(|m| (&*m.name, m.size)).collect();
        assert_eq!(
            told,
            [("a.log", 4), ("logs/b.log", 4), ("../../etc/c.log", 6)]
        );
        assert_eq!(newest(&members).unwrap().name, "logs/b.log");
        assert_eq!(members[0].written, "2026-11-21 10:00");
    }

    #[test]
    fn a_damaged_archive_is_an_error() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let bytes = archive(FILES);
        file.write_all(&bytes[..bytes.len() / 2]).unwrap();
        assert!(members(file.path()).is_err());
    }
}
