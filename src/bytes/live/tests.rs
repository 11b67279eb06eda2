//! Pipes as they come and go.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
use super::*;
use crossbeam_channel::{Sender, unbounded};

/// Hands on what is written to it.
struct Sent(Sender<Vec<u8>>);

impl Write for Sent {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(bytes.to_vec()).unwrap();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_named_pipe_outlasts_its_writers_and_can_be_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pipe");
    let made = rustix::fs::mknodat(
        rustix::fs::CWD,
        &path,
        rustix::fs::FileType::Fifo,
        0o600.into(),
        0,
    );
    made.unwrap();
    let control = Control::default();
    let (sender, came) = unbounded();
    // Nobody writes yet: opening does not wait.
    let pipe = open(&path).unwrap();
    let seen = control.clone();
    let reader = std::thread::Builder::new().name("reader".to_owned());
    let reader = reader.spawn(move || {
        collect(pipe, Writers::Many, &seen, &mut Sent(sender)).map_err(|error| error.kind())
    });
    let reader = reader.unwrap();
    for text in ["one\n", "two\n"] {
        std::fs::write(&path, text).unwrap();
        assert_eq!(came.recv().unwrap(), text.as_bytes());
        while !control.is_idle() {
            std::thread::yield_now();
        }
    }
    assert_eq!(control.read(), 8);
    control.stop.cancel();
    assert!(reader.join().unwrap().is_err());
}
