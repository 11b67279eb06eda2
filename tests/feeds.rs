//! Logs in the window that are no plain files.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::common::dir::Dir;
use crate::common::log_gen::LogGen;
use crate::common::probe::{EngineProbe, generated, quick};

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn open(path: &Path) -> EngineProbe {
    EngineProbe::open(quick(), generated(path))
}

#[test]
fn a_compressed_log_opens_like_the_log() {
    let dir = Dir::new();
    let text = LogGen::new(3).text(20_000);
    dir.write("plain.log", &text);
    let packed = dir.write("app.log.1", gzip(&text));
    let mut plain = open(&dir.path("plain.log"));
    plain.wait_for_records(0, 20_000);
    let mut probe = open(&packed);
    probe.wait_for_records(0, 20_000);
    assert_eq!(
        probe.messages([0, 9_999, 19_999]),
        plain.messages([0, 9_999, 19_999])
    );
    assert!(probe.restarts().is_empty());
}

#[test]
fn a_damaged_one_shows_what_can_be_read_and_says_so() {
    let dir = Dir::new();
    let text = LogGen::new(3).text(20_000);
    let packed = gzip(&text);
    let path = dir.write("app.log", &packed[..packed.len() / 2]);
    let mut probe = open(&path);
    probe.wait_for_notice("Not all of the gzip log could be read");
    probe.wait("half of it", |probe| {
        let state = probe.state.as_ref().unwrap();
        state.snapshot.len() > 5_000 && state.snapshot.indexed_bytes == state.file_len
    });
}

#[cfg(unix)]
#[test]
fn a_named_pipe_is_read_as_it_comes() {
    let dir = Dir::new();
    let path = dir.path("pipe");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.unwrap().success());
    let mut probe = open(&path);
    let mut writer = OpenOptions::new().write(true).open(&path).unwrap();
    let text = LogGen::new(3).text(300);
    let half = text.len() / 2;
    writer.write_all(&text.as_bytes()[..half]).unwrap();
    probe.wait("the first half", |probe| {
        let state = probe.state.as_ref();
        state.is_some_and(|state| state.snapshot.len() > 100)
    });
    writer.write_all(&text.as_bytes()[half..]).unwrap();
    probe.wait_for_records(0, 300);
}
