//! Logs in the window that are no plain files.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use crate::common::dir::Dir;
use crate::common::log_gen::LogGen;
use crate::common::pack::{gzip, zip};
use crate::common::probe::{EngineProbe, generated, quick};
use timberline::base::origin::{CommandLine, Origin, Part};
use timberline::engine::{
    Choice, Ended, FeedEnd, FeedKind, FeedState, OpenSpec, RestartReason, SourceEvent,
};

fn open(path: &Path) -> EngineProbe {
    EngineProbe::open(quick(), generated(path))
}

fn open_from(path: &Path, origin: Origin) -> EngineProbe {
    let spec = OpenSpec {
        origin,
        ..generated(path)
    };
    EngineProbe::open(quick(), spec)
}

fn feed(probe: &EngineProbe) -> Option<&FeedState> {
    probe.state.as_ref()?.feed.as_ref()
}

#[track_caller]
fn wait_for_end(probe: &mut EngineProbe, wanted: &FeedEnd) {
    probe.wait(&format!("{wanted:?}"), |probe| {
        feed(probe).is_some_and(|feed| feed.end.as_ref() == Some(wanted))
    });
}

fn choice(probe: &EngineProbe) -> Option<&Choice> {
    probe.events.iter().find_map(|event| match event {
        SourceEvent::Choice(choice) => Some(&**choice),
        _ => None,
    })
}

/// A large rotated file that was compressed at once may hold what comes before the new file: it is unpacked first, the log
/// answers meanwhile, and it goes on without it where the user says so.
#[test]
fn a_log_answers_while_a_rotated_file_of_it_is_unpacked() {
    let dir = Dir::new();
    let line = "2026-11-22 10:00:00,000 INFO [app] again and again\n";
    let path = dir.write("app.log", line.repeat(40));
    let mut probe = open(&path);
    probe.wait_for_records(0, 40);
    let member = gzip(line.repeat(100_000));
    // So much that it takes far longer than the second after which it is shown, on any machine.
    let copies = 15_000_000_000 / (line.len() * 100_000);
    dir.write("app.log.2.gz", member.repeat(copies));
    std::fs::rename(&path, dir.path("app.log.1")).unwrap();
    dir.write("app.log", line.repeat(2));
    probe.wait("the progress", |probe| {
        let unpacking = |feed: &FeedState| feed.kind == FeedKind::Rotated && feed.read > 0;
        feed(probe).is_some_and(unpacking)
    });
    probe
        .source
        .set_zone(timberline::base::time::Zone::Fixed(3600));
    probe.wait_for_records(1, 40);
    probe.source.stop_feed();
    probe.wait_for_notice("left out");
    probe.wait_for_records(1, 42);
    assert!(feed(&probe).is_none());
    probe.close();
}

#[test]
fn unpacking_can_be_watched_and_stopped() {
    let dir = Dir::new();
    let text = LogGen::new(3).text(20_000);
    // Some 2 GB when it is unpacked.
    let member = gzip(&text);
    let copies = 2_000_000_000 / text.len();
    let packed = dir.write("app.log.gz", member.repeat(copies));
    let total = packed.metadata().unwrap().len();
    let mut probe = open(&packed);
    // Rows appear while it is unpacked, and it is told how far that is.
    probe.wait("the first rows", |probe| {
        let state = probe.state.as_ref();
        state.is_some_and(|state| {
            let feed = state.feed.as_ref();
            let running = feed.is_some_and(|feed| feed.end.is_none() && feed.read > 0);
            state.snapshot.len() >= 20_000 && running
        })
    });
    let before = feed(&probe).unwrap().clone();
    assert_eq!(before.total, Some(total));
    assert!(before.read < total);
    probe.source.stop_feed();
    wait_for_end(&mut probe, &FeedEnd::Stopped);
    // What was unpacked stays, and can be read to its end.
    probe.wait("everything that was unpacked", |probe| {
        let state = probe.state.as_ref().unwrap();
        let feed = state.feed.as_ref().unwrap();
        state.snapshot.indexed_bytes == feed.written
    });
    let stopped = feed(&probe).unwrap();
    assert!(stopped.read >= before.read && stopped.read < total);
    assert!(probe.state.as_ref().unwrap().snapshot.len() >= 20_000);
    probe.close();
}

#[test]
fn a_compressed_file_that_is_still_being_written_is_read_to_its_end() {
    let dir = Dir::new();
    let text = LogGen::new(3).text(20_000);
    let packed = gzip(&text);
    let path = dir.write("app.log.1.gz", &packed[..packed.len() / 2]);
    let mut probe = open(&path);
    probe.wait("the first half", |probe| {
        let state = probe.state.as_ref();
        state.is_some_and(|state| state.snapshot.len() > 5_000)
    });
    assert!(feed(&probe).unwrap().end.is_none(), "it is waited for");
    dir.append("app.log.1.gz", &packed[packed.len() / 2..]);
    probe.wait_for_records(0, 20_000);
    wait_for_end(&mut probe, &FeedEnd::Complete);
    assert!(probe.restarts().is_empty());
}

/// Makes a file look as if nobody were writing to it.
fn let_rest(path: &Path) {
    let then = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    let file = OpenOptions::new().write(true).open(path).unwrap();
    file.set_modified(then).unwrap();
}

#[test]
fn one_that_was_cut_off_is_unpacked_again_once_there_is_more() {
    let dir = Dir::new();
    let text = LogGen::new(3).text(20_000);
    let packed = gzip(&text);
    let path = dir.write("app.log.1.gz", &packed[..packed.len() / 2]);
    let_rest(&path);
    let mut probe = open(&path);
    probe.wait("it to be told as damaged", |probe| {
        let state = probe.state.as_ref();
        let end = feed(probe).and_then(|feed| feed.end.as_ref());
        matches!(end, Some(FeedEnd::Damaged(_))) && state.is_some_and(|s| s.snapshot.len() > 5_000)
    });
    dir.append("app.log.1.gz", &packed[packed.len() / 2..]);
    probe.wait_for_records(1, 20_000);
    wait_for_end(&mut probe, &FeedEnd::Complete);
    let restarts = probe.restarts();
    assert!(
        matches!(restarts[..], [(RestartReason::Reloaded, _)]),
        "{restarts:?}"
    );
}

#[test]
fn reloading_unpacks_what_is_there_now() {
    let dir = Dir::new();
    let path = dir.write("app.log.gz", gzip(LogGen::new(3).text(100)));
    let_rest(&path);
    let mut probe = open(&path);
    probe.wait_for_records(0, 100);
    wait_for_end(&mut probe, &FeedEnd::Complete);
    dir.write("app.log.gz", gzip(LogGen::new(4).text(250)));
    let_rest(&path);
    probe.wait_for_notice("The compressed file has changed since it was unpacked");
    assert!(
        probe.restarts().is_empty(),
        "nothing goes without being asked"
    );
    probe.source.reload();
    probe.wait_for_records(1, 250);
}

#[test]
fn a_compressed_log_that_is_not_there_yet_is_unpacked_when_it_comes() {
    let dir = Dir::new();
    let mut probe = open(&dir.path("app.log.gz"));
    probe.wait("that it is missing", |probe| {
        let state = probe.state.as_ref();
        state.is_some_and(|state| matches!(state.phase, timberline::engine::Phase::Lost(_)))
    });
    dir.write("new", gzip(LogGen::new(3).text(300)));
    dir.rename("new", "app.log.gz");
    probe.wait_for_records(0, 300);
}

#[test]
fn of_an_archive_the_newest_file_is_read_and_the_others_are_offered() {
    let dir = Dir::new();
    let (old, new) = (LogGen::new(3).text(100), LogGen::new(4).text(150));
    let files = [("logs/a.log", 22, &*old), ("logs/b.log", 23, &*new)];
    let path = dir.write("logs.zip", zip(&files));
    let mut probe = open(&path);
    probe.wait_for_records(0, 150);
    let offered = choice(&probe).unwrap();
    let names: Vec<&str> = offered.items.iter().map(|item| &*item.name).collect();
    assert_eq!(
        (names, offered.first),
        (vec!["logs/a.log", "logs/b.log"], 1)
    );
    let mut one = open_from(&path, Origin::Part(Part::One("logs/a.log".to_owned())));
    one.wait_for_records(0, 100);
    let mut all = open_from(&path, Origin::Part(Part::All));
    all.wait_for_records(0, 250);
    assert!(choice(&one).is_none() && choice(&all).is_none());
    // An archive of one file is that file.
    let single = dir.write("one.zip", zip(&files[..1]));
    let mut single = open(&single);
    single.wait_for_records(0, 100);
    assert!(choice(&single).is_none());
}

#[test]
fn a_folder_and_a_pattern_offer_their_logs() {
    let dir = Dir::new();
    for (name, age) in [("a.log", 20), ("b.log", 10), ("c.txt", 0)] {
        let path = dir.write(name, LogGen::new(3).text(10));
        let file = OpenOptions::new().write(true).open(path).unwrap();
        let then = std::time::SystemTime::now() - std::time::Duration::from_secs(age);
        file.set_modified(then).unwrap();
    }
    for (path, names) in [
        (dir.root().to_owned(), &["c.txt", "b.log", "a.log"][..]),
        (dir.path("*.log"), &["b.log", "a.log"]),
    ] {
        let mut probe = open(&path);
        probe.wait("the choice", |probe| choice(probe).is_some());
        let items = &choice(&probe).unwrap().items;
        let told: Vec<&str> = items.iter().map(|item| &*item.name).collect();
        assert_eq!(told, names);
    }
    std::fs::create_dir(dir.path("empty")).unwrap();
    for (name, words) in [
        ("empty", "There is no log in this folder"),
        ("*.none", "No file matches this pattern"),
    ] {
        let mut probe = open(&dir.path(name));
        probe.wait(words, |probe| {
            match probe.state.as_ref().map(|state| &state.phase) {
                Some(timberline::engine::Phase::Lost(problem)) => problem.headline == words,
                _ => false,
            }
        });
    }
}

#[cfg(unix)]
mod programs {
    use super::*;

    fn run(words: &[&str]) -> EngineProbe {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        let line = CommandLine(words);
        open_from(Path::new(&line.to_string()), Origin::Command(line))
    }

    #[test]
    fn a_command_is_read_as_it_prints_and_its_end_is_told() {
        let dir = Dir::new();
        let log = dir.write("a.log", LogGen::new(3).text(200));
        let script = format!("cat '{}'; echo careful >&2; exit 4", log.display());
        let mut probe = run(&["sh", "-c", &script]);
        wait_for_end(&mut probe, &FeedEnd::Exited(Ended::Exited(4)));
        probe.wait_for_records(0, 200);
        assert!(feed(&probe).unwrap().written > log.metadata().unwrap().len());
        // Once more, in an empty view.
        probe.source.restart_feed();
        probe.wait_for_records(1, 200);
        wait_for_end(&mut probe, &FeedEnd::Exited(Ended::Exited(4)));
        assert_eq!(probe.restarts(), [(RestartReason::Reloaded, 200)]);
    }

    #[test]
    fn what_cannot_be_run_is_told() {
        let mut probe = run(&["/no/such/program", "-x"]);
        probe.wait_for_notice("The program /no/such/program was not found");
        probe.wait("its end", |probe| {
            let end = feed(probe).and_then(|feed| feed.end.as_ref());
            matches!(end, Some(FeedEnd::Failed(_)))
        });
    }

    #[test]
    fn stopping_and_closing_end_the_program() {
        let mut probe = run(&["sh", "-c", "echo started; sleep 1000"]);
        probe.wait_for_records(0, 1);
        probe.source.stop_feed();
        wait_for_end(&mut probe, &FeedEnd::Exited(Ended::Killed(15)));
        let dir = Dir::new();
        let pid = dir.path("pid");
        let script = format!("echo $$ > '{}'; echo started; sleep 1000", pid.display());
        let mut probe = run(&["sh", "-c", &script]);
        probe.wait_for_records(0, 1);
        let pid = std::fs::read_to_string(pid).unwrap();
        let there = std::path::PathBuf::from(format!("/proc/{}", pid.trim()));
        assert!(there.exists() || !cfg!(target_os = "linux"));
        probe.close();
        assert!(!there.exists());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_the_kernel_makes_up_is_shown() {
    let mut probe = open_from(Path::new("/proc/self/status"), Origin::Path);
    probe.wait("its lines", |probe| {
        let state = probe.state.as_ref();
        state.is_some_and(|state| state.snapshot.indexed_bytes > 100)
    });
    let mut zeros = open_from(Path::new("/dev/zero"), Origin::Path);
    zeros.wait_for_notice("Not all of the device's log is kept: the limit of 64 MiB is reached");
    zeros.wait("as much as is kept", |probe| {
        feed(probe).is_some_and(|feed| feed.written == 64 << 20 && feed.end.is_some())
    });
    zeros.close();
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
    drop(writer);
    probe.wait("that nobody writes", |probe| {
        feed(probe).is_some_and(|feed| feed.idle)
    });
    // The next writer is read on.
    std::fs::write(&path, LogGen::new(4).text(50)).unwrap();
    probe.wait_for_records(0, 350);
    probe.close();
}

#[test]
fn a_log_is_read_behind_its_rotated_files_and_followed() {
    let dir = Dir::new();
    let line = |n: u32| format!("2026-11-22 10:00:{n:02},000 INFO [app] line {n}\n");
    dir.write("app.log.3.gz", gzip(&(line(0) + &line(1))));
    dir.write("app.log.2.gz", gzip(line(2)));
    // Cut off in the middle of a line.
    dir.write("app.log.1", line(3) + line(4).trim_end());
    let path = dir.write("app.log", line(5));
    let mut probe = open_from(&path, Origin::Rotated);
    probe.wait_for_records(0, 6);
    let all = |to: u32| (0..to).map(|n| format!("line {n}")).collect::<Vec<_>>();
    assert_eq!(probe.all_messages(), all(6));
    assert_eq!(probe.state.as_ref().unwrap().files, 3);
    dir.append("app.log", line(6));
    dir.rename("app.log.1", "app.log.2");
    dir.rename("app.log", "app.log.1");
    dir.write("app.log", line(7));
    probe.wait_for_records(0, 8);
    assert_eq!(probe.all_messages(), all(8));
    assert_eq!(probe.state.as_ref().unwrap().gaps, 0);
    probe.close();
}

#[test]
fn rotated_files_are_there_or_not() {
    let dir = Dir::new();
    let line = "2026-11-22 10:00:00,000 INFO [app] line\n";
    let path = dir.write("app.log", line);
    let mut probe = open_from(&path, Origin::Rotated);
    probe.wait_for_records(0, 1);
    probe.wait_for_notice("no rotated files");
    probe.close();
    dir.write("app.log.1", line);
    let mut probe = open_from(&path, Origin::Rotated);
    probe.wait_for_records(0, 2);
    probe.close();
}
