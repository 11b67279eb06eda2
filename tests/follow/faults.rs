//! Disks that fail while a log is followed: the failure is told, rows stay, and it goes on by itself.

use std::ffi::OsString;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use timberline::base::id::{Generation, RecordNo};
use timberline::bytes::disk::{Disk, Facts, OpenFile, RealDisk};
use timberline::bytes::{ByteSource, ReadError};
use timberline::engine::{EngineOptions, Phase, Wanted};

use crate::common::dir::Dir;
use crate::common::probe::{EngineProbe, generated, quick};

/// The errors of Unix by number: what a disk says.
const EINTR: u32 = 4;
const EIO: u32 = 5;
const EACCES: u32 = 13;
const EMFILE: u32 = 24;
const ETIMEDOUT: u32 = 110;
const ESTALE: u32 = 116;
/// Reads that give a byte or two at a time.
const SHORT: u32 = 1000;
/// Calls that do not return, as those to a server that is not there any more.
const HANGING: u32 = 1001;

/// The file system, failing as it is told; 0 for not at all.
#[derive(Debug, Clone, Default)]
struct FaultyDisk(Arc<AtomicU32>);

#[derive(Debug)]
struct FaultyFile(Arc<AtomicU32>, Arc<dyn OpenFile>);

fn check(fault: &AtomicU32) -> io::Result<()> {
    while fault.load(Ordering::Acquire) == HANGING {
        sleep(Duration::from_millis(5));
    }
    match fault.load(Ordering::Acquire) {
        0 | SHORT => Ok(()),
        error => Err(io::Error::from_raw_os_error(error as i32)),
    }
}

impl Disk for FaultyDisk {
    fn facts(&self, path: &Path) -> io::Result<Facts> {
        check(&self.0)?;
        RealDisk.facts(path)
    }

    fn open(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        check(&self.0)?;
        Ok(Arc::new(FaultyFile(self.0.clone(), RealDisk.open(path)?)))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        check(&self.0)?;
        RealDisk.list(folder)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        RealDisk.resolve(path)
    }
}

impl OpenFile for FaultyFile {
    fn facts(&self) -> io::Result<Facts> {
        check(&self.0)?;
        self.1.facts()
    }
}

impl ByteSource for FaultyFile {
    fn len(&self) -> io::Result<u64> {
        check(&self.0)?;
        self.1.len()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        check(&self.0)?;
        let most = match self.0.load(Ordering::Acquire) {
            SHORT => buf.len().min(1 + offset as usize % 2),
            _ => buf.len(),
        };
        self.1
            .read_at(offset, buf.get_mut(..most).unwrap_or_default())
    }

    fn is_gone(&self, range: &Range<u64>) -> bool {
        self.1.is_gone(range)
    }
}

fn line(message: &str) -> String {
    format!("2026-11-22 10:00:00,000 INFO [app] {message}\n")
}

/// Through each fault the log grows and is rotated; afterwards everything is there.
#[test]
fn rows_stay_through_a_fault_and_following_goes_on_after_it() {
    for error in [EINTR, EIO, EACCES, EMFILE, ETIMEDOUT, ESTALE] {
        let disk = FaultyDisk::default();
        let options = EngineOptions {
            disk: Arc::new(disk.clone()),
            ..quick()
        };
        let dir = Dir::new();
        let path = dir.write("app.log", line("one"));
        let mut probe = EngineProbe::open(options, generated(&path));
        probe.wait_for_records(0, 1);
        disk.0.store(error, Ordering::Release);
        probe.wait("the fault", |probe| {
            let state = probe.state.as_ref().unwrap();
            matches!(&state.phase, Phase::Lost(problem) if !problem.detail.is_empty())
        });
        assert_eq!(probe.state.as_ref().unwrap().snapshot.len(), 1, "{error}");
        dir.append("app.log", line("two"));
        dir.rename("app.log", "app.log.1");
        dir.write("app.log", line("three"));
        disk.0.store(0, Ordering::Release);
        probe.wait_for_records(0, 3);
        assert_eq!(probe.all_messages(), ["one", "two", "three"], "{error}");
        assert_eq!(probe.state.as_ref().unwrap().gaps, 0, "{error}");
        probe.close();
    }
}

#[test]
fn short_reads_are_put_together() {
    let disk = FaultyDisk::default();
    disk.0.store(SHORT, Ordering::Release);
    let options = EngineOptions {
        disk: Arc::new(disk),
        ..quick()
    };
    let dir = Dir::new();
    let path = dir.write("app.log", line("one"));
    let mut probe = EngineProbe::open(options, generated(&path));
    probe.wait_for_records(0, 1);
    dir.append("app.log", line("two"));
    dir.copy("app.log", "app.log.1");
    dir.truncate("app.log", 0);
    dir.append("app.log", line("three"));
    probe.wait_for_records(0, 3);
    assert_eq!(probe.all_messages(), ["one", "two", "three"]);
    probe.close();
}

/// Nobody who asks waits for a disk that hangs, and afterwards it goes on.
#[test]
fn a_disk_that_hangs_holds_nobody_up() {
    let disk = FaultyDisk::default();
    let options = EngineOptions {
        disk: Arc::new(disk.clone()),
        ..quick()
    };
    let dir = Dir::new();
    let path = dir.write("app.log", line("one"));
    let mut probe = EngineProbe::open(options.clone(), generated(&path));
    probe.wait_for_records(0, 1);
    disk.0.store(HANGING, Ordering::Release);
    dir.append("app.log", line("two"));
    let began = Instant::now();
    let wanted = Wanted {
        generation: Generation(0),
        records: vec![RecordNo(0)],
    };
    probe.source.want_rows(wanted);
    probe.source.want_record(RecordNo(0));
    probe.source.reload();
    let other = EngineProbe::open(options, generated(&path));
    drop(other);
    // Much less than a hang takes, and much more than a busy machine needs for this.
    assert!(began.elapsed() < Duration::from_secs(2));
    assert_eq!(probe.state.as_ref().unwrap().snapshot.len(), 1);
    disk.0.store(0, Ordering::Release);
    probe.wait_for_records(1, 2);
    assert_eq!(probe.all_messages(), ["one", "two"]);
    probe.close();
}
