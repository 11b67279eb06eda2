//! What the program keeps of itself: settings and session through kills, damage, two windows and other versions.

mod damage;
mod kill;
mod panics;
mod reports;
mod windows;

use std::fs;
use std::path::PathBuf;

use timberline::settings::store::Store;

use crate::common::dir::Dir;

/// A folder with settings in it.
fn kept() -> (Dir, Store) {
    let dir = Dir::new();
    let store = Store::at(dir.path("kept"));
    (dir, store)
}

fn file(store: &Store, name: &str) -> PathBuf {
    store.folder().unwrap().join(name)
}

fn text(store: &Store, name: &str) -> String {
    fs::read_to_string(file(store, name)).unwrap()
}
