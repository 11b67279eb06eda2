//! Compressed files that are cut off, damaged, or hold far more than they seem to, in every format.

use std::io::{Cursor, Write};

use timberline::base::origin::Part;
use timberline::bytes::packed::Packing;
use timberline::bytes::spool::{Full, Spool};

use crate::common::log_gen::LogGen;

fn packed(packing: Packing, text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    match packing {
        Packing::Gzip => {
            let level = flate2::Compression::fast();
            let mut writer = flate2::write::GzEncoder::new(&mut bytes, level);
            writer.write_all(text).unwrap();
            writer.finish().unwrap();
        }
        Packing::Bzip2 => {
            let level = bzip2::Compression::fast();
            let mut writer = bzip2::write::BzEncoder::new(&mut bytes, level);
            writer.write_all(text).unwrap();
            writer.finish().unwrap();
        }
        Packing::Zstd => {
            let level = ruzstd::encoding::CompressionLevel::Fastest;
            bytes = ruzstd::encoding::compress_to_vec(text, level);
        }
        Packing::Zip => {
            let mut writer = zip::ZipWriter::new(Cursor::new(&mut bytes));
            let options = zip::write::SimpleFileOptions::default();
            writer.start_file("a.log", options).unwrap();
            writer.write_all(text).unwrap();
            writer.finish().unwrap();
        }
        Packing::Tar => {
            let mut builder = tar::Builder::new(&mut bytes);
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_cksum();
            builder.append(&header, text).unwrap();
            builder.finish().unwrap();
        }
        Packing::Xz => {
            let options = lzma_rust2::XzOptions::with_preset(1);
            let mut writer = lzma_rust2::XzWriter::new(&mut bytes, options).unwrap();
            writer.write_all(text).unwrap();
            writer.finish().unwrap();
        }
    }
    bytes
}

const FORMATS: [Packing; 5] = [
    Packing::Gzip,
    Packing::Bzip2,
    Packing::Xz,
    Packing::Zstd,
    Packing::Zip,
];

fn unpacked(packing: Packing, bytes: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::new();
    let done = packing.unpack(Cursor::new(bytes), &Part::All, &mut out);
    (out, done.is_ok())
}

#[test]
fn a_file_cut_off_anywhere_gives_what_is_before_that() {
    let text = LogGen::new(9).text(3_000);
    for packing in FORMATS {
        let whole = packed(packing, text.as_bytes());
        for percent in 0..100 {
            let cut = whole.len() * percent / 100;
            let (out, good) = unpacked(packing, &whole[..cut]);
            assert!(
                text.as_bytes().starts_with(&out),
                "{packing:?} at {percent} %"
            );
            // Nothing at all is no file, and nothing to complain of.
            assert!(
                !good || cut == 0,
                "{packing:?} at {percent} % was taken for whole"
            );
        }
        assert_eq!(unpacked(packing, &whole), (text.clone().into_bytes(), true));
    }
}

#[test]
fn damage_is_an_error_and_no_end_of_the_program() {
    let text = LogGen::new(9).text(2_000);
    for packing in FORMATS {
        let whole = packed(packing, text.as_bytes());
        for at in (0..whole.len()).step_by(whole.len() / 200 + 1) {
            for flip in [0x01, 0x80, 0xff] {
                let mut bytes = whole.clone();
                bytes[at] ^= flip;
                let (out, _) = unpacked(packing, &bytes);
                assert!(out.len() <= 64 << 20, "{packing:?} {at}");
            }
        }
    }
}

/// `logs.tar.gz` and the like: the files, not the archive.
#[test]
fn a_compressed_archive_gives_its_files() {
    let text = LogGen::new(9).text(2_000);
    let tar = packed(Packing::Tar, text.as_bytes());
    for packing in FORMATS
        .into_iter()
        .filter(|packing| *packing != Packing::Zip)
    {
        let whole = packed(packing, &tar);
        assert_eq!(unpacked(packing, &whole), (text.clone().into_bytes(), true));
        let (out, good) = unpacked(packing, &whole[..whole.len() - 3]);
        assert!(
            !good && text.as_bytes().starts_with(&out),
            "{packing:?}: cut behind the archive's end"
        );
    }
    assert_eq!(
        unpacked(Packing::Tar, &tar),
        (text.clone().into_bytes(), true)
    );
    let (out, good) = unpacked(Packing::Tar, &tar[..tar.len() / 2]);
    assert!(!good && text.as_bytes().starts_with(&out));
}

#[test]
fn members_one_behind_another_are_one_text() {
    let text = LogGen::new(9).text(300);
    for packing in FORMATS
        .into_iter()
        .filter(|packing| *packing != Packing::Zip)
    {
        let whole = packed(packing, text.as_bytes());
        let (out, good) = unpacked(packing, &whole.repeat(3));
        assert!(good && out == text.repeat(3).into_bytes(), "{packing:?}");
    }
}

/// Small ones; those of 10 GiB are tried by hand.
#[test]
fn a_bomb_fills_no_more_than_the_spool_takes() {
    let zeros = vec![0; 8 << 20];
    for packing in FORMATS {
        let bomb = packed(packing, &zeros);
        assert!(bomb.len() < zeros.len() / 100, "{packing:?} {}", bomb.len());
        let mut spool = Spool::with_limit("bomb", 1 << 20).unwrap();
        let refused = packing.unpack(Cursor::new(&bomb), &Part::All, &mut spool);
        assert_eq!(Full::of(&refused.unwrap_err()), Some(Full::Limit(1 << 20)));
        assert_eq!(spool.written(), 1 << 20);
    }
}
