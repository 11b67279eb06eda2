//! tar archives, most often inside a compressed file: `logs.tar.gz`. Their files are read one behind another; names are
//! not even looked at.

use std::io::{self, Read, Write};

use tar::{Archive, Entry, EntryType, Header};

use super::packed::{copy, copy_member};

/// Bytes of a header, by which an archive is told.
pub(super) const HEADER: usize = 512;

/// Whether this is how a tar archive begins: a header in one of the formats of this century, with its checksum.
pub(super) fn is_tar(head: &[u8]) -> bool {
    let (Some(bytes), Some(b"ustar")) = (head.get(..HEADER), head.get(257..262)) else {
        return false;
    };
    // Its own field counts as blanks.
    let byte = |(at, byte): (usize, &u8)| match at {
        148..156 => u32::from(b' '),
        _ => u32::from(*byte),
    };
    let sum: u32 = bytes.iter().enumerate().map(byte).sum();
    let said = Header::from_byte_slice(bytes).cksum();
    said.is_ok_and(|said| said == sum)
}

/// Copies to the end: of a tar archive the content of its files, of anything else everything.
pub(super) fn copy_inside(mut from: impl Read, out: &mut impl Write) -> io::Result<()> {
    let mut head = Vec::new();
    (&mut from).take(HEADER as u64).read_to_end(&mut head)?;
    if is_tar(&head) {
        return unpack(head.chain(from), out);
    }
    out.write_all(&head)?;
    copy(from, out)
}

/// Copies the content of an archive's files, in its order.
pub(super) fn unpack(from: impl Read, out: &mut impl Write) -> io::Result<()> {
    let mut archive = Archive::new(from);
    // Raw: a name of a gigabyte would be read into memory otherwise.
    for entry in archive.entries()?.raw(true) {
        member(entry?, out)?;
    }
    // What is behind the archive's end tells whether the file around it is whole.
    io::copy(&mut archive.into_inner(), &mut io::sink())?;
    Ok(())
}

fn member(mut entry: Entry<'_, impl Read>, out: &mut impl Write) -> io::Result<()> {
    let file = matches!(
        entry.header().entry_type(),
        EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse
    );
    if !file {
        return Ok(());
    }
    let size = entry.size();
    let mut counted = Counted {
        from: &mut entry,
        bytes: 0,
    };
    copy_member(&mut counted, out)?;
    // What is behind the end of one that is compressed itself.
    io::copy(&mut counted, &mut io::sink())?;
    match counted.bytes < size {
        true => Err(io::ErrorKind::UnexpectedEof.into()),
        false => Ok(()),
    }
}

struct Counted<'a, R> {
    from: &'a mut R,
    bytes: u64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buf)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    fn archive(files: &[(&str, &str)]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (name, text) in files {
            let mut header = Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            // As it stands, however hostile: the builder refuses `..`.
            header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            builder.append(&header, text.as_bytes()).unwrap();
        }
        builder.into_inner().unwrap()
    }

    fn unpacked(bytes: &[u8]) -> (String, bool) {
        let mut out = Vec::new();
        let done = copy_inside(bytes, &mut out);
        (String::from_utf8(out).unwrap(), done.is_ok())
    }

    #[test]
    fn its_files_are_one_text() {
        let long = "a line\n".repeat(10_000);
        let files = [
            ("/etc/passwd", "one\n"),
            ("../../x.log", ""),
            ("logs/a.log", &*long),
        ];
        let bytes = archive(&files);
        assert!(is_tar(&bytes));
        assert_eq!(unpacked(&bytes), (format!("one\n{long}"), true));
    }

    #[test]
    fn a_file_that_is_compressed_itself_is_unpacked() {
        let level = flate2::Compression::fast();
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
        encoder.write_all(b"inside\n").unwrap();
        let packed = encoder.finish().unwrap();
        let mut builder = tar::Builder::new(Vec::new());
        for (name, bytes) in [("a.log", &b"one\n"[..]), ("a.log.1.gz", &packed)] {
            let mut header = Header::new_gnu();
            header.set_size(bytes.len() as u64);
            builder.append_data(&mut header, name, bytes).unwrap();
        }
        let bytes = builder.into_inner().unwrap();
        assert_eq!(unpacked(&bytes), ("one\ninside\n".to_owned(), true));
    }

    #[test]
    fn a_cut_one_gives_what_is_before_that() {
        let text = "a line\n".repeat(1_000);
        let bytes = archive(&[("a", &text), ("b", &text)]);
        let whole = text.repeat(2);
        for cut in (600..bytes.len() - 1024).step_by(97) {
            let (out, good) = unpacked(&bytes[..cut]);
            assert!(whole.starts_with(&out));
            let between = cut == out.len() || out.len() == text.len();
            assert!(!good || between, "{cut} was taken for whole");
        }
    }

    #[test]
    fn text_is_no_archive() {
        let mut text = "2026-11-22 INFO x\n".repeat(40).into_bytes();
        text[257..262].copy_from_slice(b"ustar");
        assert!(!is_tar(&text));
        assert_eq!(unpacked(&text).0.into_bytes(), text);
        for short in ["", "x", "ustar"] {
            assert_eq!(unpacked(short.as_bytes()), (short.to_owned(), true));
        }
    }

    /// A name of a gigabyte, of which nothing is kept.
    #[test]
    fn a_name_without_end_takes_no_memory() {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::GNULongName);
        header.set_size(1 << 30);
        header.set_cksum();
        let bytes = header.as_bytes().chain(io::repeat(b'x').take(1 << 30));
        let mut out = Vec::new();
        copy_inside(bytes, &mut out).unwrap();
        assert!(out.is_empty());
    }
}
