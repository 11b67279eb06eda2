//! How far behind a busy writer the view is, and what following it costs.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use timberline::engine::{EngineOptions, Phase};

use crate::common::dir::Dir;
use crate::common::probe::{EngineProbe, generated};

/// How many records were in the file by when.
type Written = Arc<Mutex<Vec<(Instant, u64)>>>;

/// Writes records at a rate, some every few milliseconds.
struct Writer {
    written: Written,
    thread: JoinHandle<()>,
}

impl Writer {
    fn start(path: &Path, rate: u64, time: Duration) -> Self {
        let mut file = OpenOptions::new().append(true).open(path).unwrap();
        let written = Written::default();
        let log = written.clone();
        let thread = std::thread::Builder::new().name("writer".to_owned()).spawn(move || {
            let (started, mut count) = (Instant::now(), 0);
            while started.elapsed() < time {
                let due = (started.elapsed().as_secs_f64() * rate as f64) as u64;
                let text: String = (count..due)
                    .map(|n| {
                        format!(
                            "2026-11-22 10:00:00,000 INFO [app.db] record {n} of a service that has a lot to say: \
                             request processed in {} ms, queue length {}, nothing else to tell, id={n:032x}\n",
                            n % 997,
                            n % 90
                        )
                    })
                    .collect();
                file.write_all(text.as_bytes()).unwrap();
                count = due;
                log.lock().unwrap().push((Instant::now(), count));
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        let thread = thread.unwrap();
        Self { written, thread }
    }
}

/// What was seen of a writer.
struct Seen {
    /// How long each batch was in the file before the view showed it; sorted.
    delays: Vec<Duration>,
    records: u64,
    views: u32,
}

impl Seen {
    fn part(&self, share: f64) -> Duration {
        self.delays[((self.delays.len() - 1) as f64 * share) as usize]
    }
}

fn follow(rate: u64, time: Duration) -> Seen {
    let dir = Dir::new();
    let path = dir.write("app.log", "");
    let mut probe = EngineProbe::open(EngineOptions::default(), generated(&path));
    probe.wait("an open file", |probe| {
        probe
            .state
            .as_ref()
            .is_some_and(|state| state.phase == Phase::Following)
    });
    let writer = Writer::start(&path, rate, time);
    let mut seen = Seen {
        delays: Vec::new(),
        records: 0,
        views: 0,
    };
    let (mut shown, mut next) = (0, 0);
    while !writer.thread.is_finished() || shown < seen.records {
        let before = shown;
        probe.wait("more records", |probe| {
            let rows = probe.view.as_ref().map_or(0, |view| view.rows.len());
            rows != before || writer.thread.is_finished()
        });
        shown = probe.view.as_ref().map_or(0, |view| view.rows.len());
        seen.views += u32::from(shown != before);
        let now = Instant::now();
        let written = writer.written.lock().unwrap();
        while let Some((at, count)) = written.get(next).filter(|(_, count)| *count <= shown) {
            seen.delays.push(now - *at);
            seen.records = *count;
            next += 1;
        }
        seen.records = written.last().map_or(0, |(_, count)| *count);
        drop(written);
        std::thread::sleep(Duration::from_millis(1));
    }
    writer.thread.join().unwrap();
    print_cpu();
    probe.close();
    seen.delays.sort_unstable();
    seen
}

/// Prints how much processor time each thread of the engine took.
#[expect(clippy::print_stdout, reason = "read when run by hand")]
fn print_cpu() {
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else {
        return;
    };
    for task in tasks.flatten() {
        let stat = std::fs::read_to_string(task.path().join("stat")).unwrap_or_default();
        let Some((name, rest)) = stat.rsplit_once(')') else {
            continue;
        };
        let ticks = |at: usize| rest.split_whitespace().nth(at)?.parse::<u64>().ok();
        if let Some((user, system)) = ticks(11).zip(ticks(12)) {
            let name = name.rsplit('(').next().unwrap_or_default();
            println!("{name}: {} ms of processor time", (user + system) * 10);
        }
    }
}

#[test]
fn a_busy_writer_is_followed_closely() {
    let seen = follow(5_000, Duration::from_millis(600));
    assert!(seen.records > 0 && !seen.delays.is_empty());
    // Hundreds of milliseconds are what loaded machines need; a second would be noticed.
    assert!(
        seen.part(0.5) < Duration::from_secs(1),
        "{:?}",
        seen.part(0.5)
    );
}

#[test]
#[expect(clippy::print_stdout, reason = "run by hand, for its figures")]
#[ignore = "takes ten seconds; its budget holds in release builds on an idle machine"]
fn fifty_thousand_records_a_second_are_followed() {
    let seen = follow(50_000, Duration::from_secs(10));
    println!(
        "{} records in {} views; behind: median {:?}, p99 {:?}, most {:?}",
        seen.records,
        seen.views,
        seen.part(0.5),
        seen.part(0.99),
        seen.part(1.0)
    );
    assert!(seen.part(0.99) < Duration::from_millis(200));
}
