//! Records written into files: byte for byte, whole or not at all, never over a log that is read.

mod faults;
mod forms;
mod window;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::common::dir::Dir;

fn timberline() -> Command {
    Command::new(env!("CARGO_BIN_EXE_timberline"))
}

/// `timberline print FILE --to TARGET` with more arguments.
fn print_to(file: &Path, target: &Path, args: &[&str]) -> Output {
    let mut command = timberline();
    command
        .args(["print", "--timezone", "UTC"])
        .arg(file)
        .arg("--to")
        .arg(target)
        .args(args);
    command.output().unwrap()
}

#[track_caller]
fn refusal(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The names in a folder.
fn names(dir: &Dir) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir.root()).unwrap();
    let mut names: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().file_name().into())
        .collect();
    names.sort();
    names
}
