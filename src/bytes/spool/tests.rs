//! Spools: where they are, when they go, and what they take.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::sync::atomic::{AtomicU64, Ordering};

use super::*;

#[test]
fn the_file_lives_as_long_as_somebody_knows_its_place() {
    let mut spool = Spool::new("a b/../c.log").unwrap();
    spool.write_all(b"text").unwrap();
    let place = spool.place();
    assert_eq!(spool.written(), 4);
    drop(spool);
    assert_eq!(fs::read(place.path()).unwrap(), b"text");
    let path = place.path();
    drop(place);
    assert!(!path.exists() && !path.parent().unwrap().exists());
}

#[cfg(unix)]
#[test]
fn nobody_else_may_look_into_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let spool = Spool::new("x").unwrap();
    let folder = spool.place().path().parent().unwrap().metadata().unwrap();
    assert_eq!(folder.permissions().mode() & 0o077, 0);
}

#[test]
fn there_is_a_limit() {
    let mut spool = Spool::with_limit("x", 5).unwrap();
    let refused = spool.write_all(b"123456789").unwrap_err();
    assert_eq!(Full::of(&refused), Some(Full::Limit(5)));
    assert_eq!(fs::read(spool.place().path()).unwrap(), b"12345");
}

#[test]
fn some_of_the_disk_is_left_free() {
    static FREE: AtomicU64 = AtomicU64::new(40 << 30);
    let free = |_: &Path| Ok(FREE.load(Ordering::Relaxed));
    let temp = tempfile::tempdir().unwrap();
    let mut spool = Spool::within(temp.path(), "x", MOST_BYTES, free).unwrap();
    let piece = vec![0; 1 << 20];
    for _ in 0..32 {
        spool.write_all(&piece).unwrap();
    }
    // Others filled the disk.
    FREE.store(LEFT_FREE - 1, Ordering::Relaxed);
    let filled = (0..32).find_map(|_| spool.write_all(&piece).err());
    assert_eq!(Full::of(&filled.unwrap()), Some(Full::Disk(LEFT_FREE)));
    assert!(spool.written() <= 64 << 20);
    // It stays so until there is room again.
    assert!(spool.write_all(b"x").is_err());
    FREE.store(40 << 30, Ordering::Relaxed);
    spool.write_all(b"x").unwrap();
}

#[test]
fn half_of_a_small_disk_is_taken_at_most() {
    let temp = tempfile::tempdir().unwrap();
    let mut spool = Spool::within(temp.path(), "x", MOST_BYTES, |_| Ok(100)).unwrap();
    let refused = spool.write_all(&[0; 60]).unwrap_err();
    assert_eq!(Full::of(&refused), Some(Full::Limit(50)));
}

#[test]
fn what_the_dead_left_is_removed_and_nothing_else() {
    let temp = tempfile::tempdir().unwrap();
    let free = |_: &Path| Ok(1 << 40);
    let alive = Spool::within(temp.path(), "alive", 100, free).unwrap();
    let left = temp.path().join("timberline-left");
    let stranger = temp.path().join("timberline-sample");
    for folder in [&left, &stranger] {
        fs::create_dir(folder).unwrap();
        fs::write(folder.join("spool-x"), "text").unwrap();
    }
    fs::write(left.join(LOCK), "").unwrap();
    assert_eq!(remove_within(temp.path(), BIRTH), 0, "too young to judge");
    assert_eq!(remove_within(temp.path(), Duration::ZERO), 1);
    assert!(!left.exists() && stranger.exists());
    assert!(alive.place().path().exists());
}
