//! Compressed files, told by their content and never by their name.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, Write};
use std::path::Path;
use std::rc::Rc;

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use super::archive;
use super::tarred::{self, copy_inside};
use crate::base::origin::Part;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Packing {
    /// RFC 1952, also several members one behind another.
    Gzip,
    /// bzip2, also several streams.
    Bzip2,
    /// xz, also several streams.
    Xz,
    /// Zstandard (RFC 8878), also several frames.
    Zstd,
    /// A zip archive of one file or several.
    Zip,
    /// A tar archive that is not compressed itself; its files are read one behind another.
    Tar,
}

/// First bytes of a file that tell.
pub const MAGIC_BYTES: usize = tarred::HEADER;

const BUFFER: usize = 256 << 10;

impl Packing {
    /// What these first bytes of a file are the beginning of; `None` for anything else than these.
    #[must_use]
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            // Deflate is the only method there is; the flags' upper bits are 0.
            [0x1f, 0x8b, 8, flags, ..] if *flags < 0x20 => Some(Self::Gzip),
            // The level, then the mark of a block or of the end.
            [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..]
                if rest.starts_with(b"1AY&SY") || rest.starts_with(b"\x17rE8P\x90") =>
            {
                Some(Self::Bzip2)
            }
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            [b'P', b'K', 3, 4, ..] => Some(Self::Zip),
            _ if tarred::is_tar(head) => Some(Self::Tar),
            _ => None,
        }
    }

    /// How the file at a path is compressed; `None` if it is not.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn of_file(path: &Path) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        let mut start = File::open(path)?.take(MAGIC_BYTES as u64);
        start.read_to_end(&mut head)?;
        Ok(Self::of(&head))
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Zstd => "zstd",
            Self::Zip => "zip",
            Self::Tar => "tar",
        }
    }

    /// Writes what is inside to `out`, as it is unpacked; what was written before an error stays. `part` is what to read
    /// of an archive.
    ///
    /// # Errors
    /// `UnexpectedEof` or `InvalidData` for a file that is cut off or damaged, what reading says, and what `out` says,
    /// which so can stop it.
    pub fn unpack<R: Read + Seek>(
        self,
        file: R,
        part: &Part,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let file = BufReader::with_capacity(BUFFER, file);
        match self {
            Self::Gzip => copy_inside(flate2::bufread::MultiGzDecoder::new(file), out),
            Self::Bzip2 => copy_inside(bzip2::bufread::MultiBzDecoder::new(file), out),
            Self::Xz => copy_inside(lzma_rust2::XzReader::new(file, true), out),
            Self::Zstd => copy_inside(Frames::new(file), out),
            Self::Zip => archive::unpack(file, part, out),
            Self::Tar => tarred::unpack(file, out),
        }
    }
}

/// Copies a file of an archive; one that is compressed itself, as rotated logs are, is unpacked.
pub(super) fn copy_member(mut from: impl Read, out: &mut impl Write) -> io::Result<()> {
    let mut head = Vec::new();
    (&mut from)
        .take(MAGIC_BYTES as u64)
        .read_to_end(&mut head)?;
    let packing = Packing::of(&head);
    let file = BufReader::with_capacity(BUFFER, head.chain(from));
    match packing {
        Some(Packing::Gzip) => copy(flate2::bufread::MultiGzDecoder::new(file), out),
        Some(Packing::Bzip2) => copy(bzip2::bufread::MultiBzDecoder::new(file), out),
        Some(Packing::Xz) => copy(lzma_rust2::XzReader::new(file, true), out),
        Some(Packing::Zstd) => copy(Frames::new(file), out),
        Some(Packing::Zip | Packing::Tar) | None => copy(file, out),
    }
}

/// Copies to the end; the buffer is large, since decoders hand out what they have at hand.
pub(super) fn copy(mut from: impl Read, out: &mut impl Write) -> io::Result<()> {
    let mut buffer = vec![0; BUFFER];
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        out.write_all(buffer.get(..read).unwrap_or_default())?;
    }
}

/// Zstandard frames up to the end of the file; those that hold no data are passed over.
struct Frames<R: BufRead> {
    file: Shared<R>,
    frame: Option<StreamingDecoder<Shared<R>, FrameDecoder>>,
}

/// What is read by whichever frame is at its turn.
struct Shared<R>(Rc<RefCell<R>>);

impl<R: Read> Read for Shared<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(buf)
    }
}

impl<R: BufRead> Frames<R> {
    fn new(file: R) -> Self {
        Self {
            file: Shared(Rc::new(RefCell::new(file))),
            frame: None,
        }
    }

    /// The next frame that holds data; `None` at the end of the file.
    fn next(&mut self) -> io::Result<Option<StreamingDecoder<Shared<R>, FrameDecoder>>> {
        while !self.file.0.borrow_mut().fill_buf()?.is_empty() {
            match StreamingDecoder::new(Shared(self.file.0.clone())) {
                Ok(frame) => return Ok(Some(frame)),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut skipped = (&mut self.file).take(u64::from(length));
                    io::copy(&mut skipped, &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
            }
        }
        Ok(None)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let read = frame.read(buf)?;
                if read > 0 || buf.is_empty() {
                    return Ok(read);
                }
            }
            self.frame = self.next()?;
            if self.frame.is_none() {
                return Ok(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use std::io::Cursor;

    fn unpacked(packing: Packing, bytes: &[u8]) -> (Vec<u8>, io::Result<()>) {
        let mut out = Vec::new();
        let done = packing.unpack(Cursor::new(bytes), &Part::All, &mut out);
        (out, done)
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn bzip2(text: &[u8]) -> Vec<u8> {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// `printf 'one\n' | xz --check=crc32` and `printf 'one\n' | zstd --no-check`, as the tools wrote them.
    const XZ: &[u8] = b"\xfd7zXZ\0\0\x01i\"\xde6\x02\0!\x01\x16\0\0\0t/\xe5\xa3\x01\0\x03one\n\0\x9f\xa8\x17\xf8\0\x01\x18\x04k\xe9\xf0\xa5\x90B\x99\r\x01\0\0\0\0\x01YZ";
    const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd\x00\x58\x21\x00\x00one\n";
    const SKIPPED: &[u8] = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc";

    #[test]
    fn members_one_behind_another() {
        for (packing, one) in [
            (Packing::Gzip, gzip(b"one\n")),
            (Packing::Bzip2, bzip2(b"one\n")),
            (Packing::Xz, XZ.to_vec()),
            (Packing::Zstd, ZSTD.to_vec()),
        ] {
            assert_eq!(Packing::of(&one), Some(packing));
            let (text, done) = unpacked(packing, &one.repeat(3));
            assert!(done.is_ok(), "{packing:?}: {done:?}");
            assert_eq!(text, b"one\none\none\n", "{packing:?}");
        }
        let (text, done) = unpacked(Packing::Zstd, &[ZSTD, SKIPPED, ZSTD].concat());
        assert!(done.is_ok(), "{done:?}");
        assert_eq!(text, b"one\none\n");
    }

    #[test]
    fn what_was_unpacked_before_the_damage_stays() {
        let text = "2026-11-22 10:00:00 INFO a line\n".repeat(20_000);
        let random: Vec<u8> = (0..200_000_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
            .collect();
        for (packing, whole) in [
            (Packing::Gzip, gzip(&[text.as_bytes(), &random].concat())),
            (
                Packing::Bzip2,
                bzip2(&[text.as_bytes(), &random, text.as_bytes()].concat()),
            ),
        ] {
            let (kept, done) = unpacked(packing, &whole[..whole.len() * 9 / 10]);
            assert!(done.is_err(), "{packing:?}");
            assert!(
                kept.starts_with(text.as_bytes()),
                "{packing:?} {}",
                kept.len()
            );
        }
    }

    #[test]
    fn text_is_not_packed() {
        for text in [
            &b""[..],
            b"\x1f\x8b",
            b"BZh9 is how a bzip2 file begins",
            b"PK",
            b"2026-11-22 INFO x",
        ] {
            assert_eq!(Packing::of(text), None, "{}", text.escape_ascii());
        }
    }
}
