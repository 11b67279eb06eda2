//! How long a frame of the whole window takes: over logs with many loggers, in many tabs, and while a log is
//! followed that grows by 50 000 records a second.
//!
//! Measured is the time on the clock from the events to the meshes, layout and tessellation together: the processor time
//! that the system tells of a thread is only brought up to date at its ticks, every few milliseconds. The ignored tests
//! print figures for a release build on a quiet machine; what runs always has limits that only catch work which grows with
//! the number of records.
#![cfg(target_os = "linux")]
#![expect(
    clippy::print_stdout,
    reason = "with --nocapture the tests are benchmarks"
)]

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use eframe::App as _;
use egui::{Context, Event, Key, Modifiers, Pos2, RawInput, Rect, vec2};
use timberline::app::{FilePicker, Launch, LogApp, Picked, Tab};

use crate::common::Desk;

const RATE: u64 = 50_000;

struct Nobody;

impl FilePicker for Nobody {
    fn pick(
        &self,
        _: Option<PathBuf>,
        _: crossbeam_channel::Sender<Picked>,
        _: timberline::engine::Waker,
    ) {
    }
}

/// The window without a harness around it, whose own work would be measured too.
struct Bare {
    ctx: Context,
    app: LogApp,
    frame: eframe::Frame,
    began: Instant,
}

impl Bare {
    fn open(files: &[PathBuf]) -> Self {
        let ctx = Context::default();
        let launch = Launch {
            paths: files.to_vec(),
            desktop_lang: Some(timberline::base::lang::Lang::English),
            ..Launch::default()
        };
        let app = LogApp::new(&ctx, None, &launch, Arc::new(Nobody));
        Self {
            ctx,
            app,
            frame: eframe::Frame::_new_kittest(),
            began: Instant::now(),
        }
    }

    /// Shows a frame; the time that it took.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1_920.0, 1_080.0))),
            time: Some(self.began.elapsed().as_secs_f64()),
            events,
            ..RawInput::default()
        };
        let before = Instant::now();
        self.app.logic(&self.ctx, &mut self.frame);
        let mut output = self
            .ctx
            .run_ui(input, |ui| self.app.ui(ui, &mut self.frame));
        let shapes = std::mem::take(&mut output.shapes);
        let meshes = self.ctx.tessellate(shapes, output.pixels_per_point);
        assert!(!meshes.is_empty());
        output.textures_delta.clear();
        before.elapsed()
    }

    fn press(&mut self, key: Key) {
        let event = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        self.frame(vec![event(true), event(false)]);
    }

    fn shown(&self) -> u64 {
        self.app.state().tab().map_or(0, Tab::row_count)
    }

    /// Shows frames until so many records are shown and all rows are there.
    fn settle(&mut self, records: u64) {
        let end = Instant::now() + Duration::from_secs(60);
        while self.shown() < records {
            assert!(Instant::now() < end, "{} of {records}", self.shown());
            self.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(5));
        }
        for _ in 0..20 {
            self.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Median and 99th percentile of so many frames.
    fn cost(
        &mut self,
        frames: usize,
        mut events: impl FnMut() -> Vec<Event>,
    ) -> (Duration, Duration) {
        percentiles((0..frames).map(|_| self.frame(events())).collect())
    }

    /// The same of frames that each show another page.
    fn paging(&mut self) -> (Duration, Duration) {
        let mut pages = 0;
        self.cost(300, || {
            pages += 1;
            let key = match pages / 100 % 2 {
                0 => Key::PageDown,
                _ => Key::PageUp,
            };
            std::thread::sleep(Duration::from_millis(2));
            vec![Event::Key {
                key,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers: Modifiers::NONE,
            }]
        })
    }
}

fn percentiles(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    (at(50), at(99))
}

fn records(numbers: std::ops::Range<u64>, loggers: u64) -> String {
    let mut text = String::new();
    for n in numbers {
        let (second, milli) = (n / 1_000 % 60, n % 1_000);
        let (level, logger) = (["INFO", "DEBUG", "WARNING"][(n % 3) as usize], n % loggers);
        writeln!(
            text,
            "2026-11-22 10:{:02}:{second:02},{milli:03} {level:<8} [4021:MainThread] app.part{}.module{logger}:{} - \
             request {n} of tenant {} took {} ms",
            n / 60_000 % 60,
            logger % 40,
            n % 900,
            n % 71,
            n % 467,
        )
        .unwrap();
    }
    text
}

/// A log is followed while a thread appends 50 000 records a second to it: the costs of the frames, and by how many
/// records the window was behind at most once it had caught up first.
fn follow(time: Duration, loggers: u64) -> (Duration, Duration, u64) {
    let desk = Desk::new();
    let path = desk.write("app.log", records(0..10_000, loggers));
    let mut window = Bare::open(std::slice::from_ref(&path));
    window.settle(10_000);
    window.press(Key::F);
    let written = Arc::new(AtomicU64::new(10_000));
    let stop = Arc::new(AtomicBool::new(false));
    let write = {
        let (written, stop) = (Arc::clone(&written), Arc::clone(&stop));
        move || append(&path, loggers, &written, &stop)
    };
    let writer = std::thread::Builder::new().name("writer".into());
    let writer = writer.spawn(write).unwrap();
    let (began, mut times, mut behind) = (Instant::now(), Vec::new(), 0);
    while began.elapsed() < time {
        let frame = Instant::now();
        times.push(window.frame(Vec::new()));
        if began.elapsed() > time / 4 {
            behind = behind.max(
                written
                    .load(Ordering::SeqCst)
                    .saturating_sub(window.shown()),
            );
        }
        std::thread::sleep(Duration::from_millis(16).saturating_sub(frame.elapsed()));
    }
    stop.store(true, Ordering::SeqCst);
    writer.join().unwrap();
    let all = written.load(Ordering::SeqCst);
    window.settle(all);
    assert_eq!(window.shown(), all);
    let (half, most) = percentiles(times);
    (half, most, behind)
}

fn append(path: &Path, loggers: u64, written: &AtomicU64, stop: &AtomicBool) {
    let mut file = OpenOptions::new().append(true).open(path).unwrap();
    let (began, first) = (Instant::now(), written.load(Ordering::SeqCst));
    while !stop.load(Ordering::SeqCst) {
        std::thread::sleep(Duration::from_millis(10));
        let due = first + (began.elapsed().as_secs_f64() * RATE as f64) as u64;
        let from = written.load(Ordering::SeqCst);
        file.write_all(records(from..due, loggers).as_bytes())
            .unwrap();
        written.store(due, Ordering::SeqCst);
    }
}

#[test]
fn frames_stay_quick_while_a_log_grows() {
    let (half, most, behind) = follow(Duration::from_secs(2), 300);
    let behind_for = behind as f64 / RATE as f64;
    println!("following: p50 {half:?}, p99 {most:?}, at most {behind_for:.2} s behind");
    assert!(
        half < Duration::from_millis(100),
        "p50 {half:?}, p99 {most:?}"
    );
}

#[test]
#[ignore = "some seconds each, for their figures; the budget holds in release builds"]
fn frames_of_a_followed_log_take_at_most_8_ms() {
    for loggers in [300, 10_000] {
        let (half, most, behind) = follow(Duration::from_secs(5), loggers);
        let behind_for = behind as f64 / RATE as f64;
        println!(
            "following {loggers} loggers: p50 {half:?}, p99 {most:?}, at most {behind_for:.3} s behind"
        );
        assert!(
            most <= Duration::from_millis(8),
            "p50 {half:?}, p99 {most:?}"
        );
    }
}

#[test]
#[ignore = "for its figures, in a release build"]
fn a_frame_costs_the_same_with_many_loggers_and_tabs() {
    let desk = Desk::new();
    for (tabs, loggers) in [(1, 300), (1, 10_000), (20, 300)] {
        let files: Vec<PathBuf> = (0..tabs)
            .map(|n| desk.write(&format!("app{n}.log"), records(0..100_000, loggers)))
            .collect();
        let mut window = Bare::open(&files);
        window.settle(100_000);
        let still = window.cost(300, Vec::new);
        let paging = window.paging();
        println!("{tabs} tabs, {loggers} loggers: still {still:?}, paging {paging:?}");
    }
}

/// A log whose halves were written the wrong way round, of which every 1000th record stands alone on the other side.
#[test]
#[ignore = "for its figures, in a release build"]
fn a_frame_costs_the_same_in_order_of_time() {
    const HALF: u64 = 1_000_000;
    let desk = Desk::new();
    let mut log = String::new();
    for thousand in 0..HALF / 1_000 {
        let first = thousand * 1_000;
        log += &records(HALF + first..HALF + first + 999, 300);
        log += &records(first..first + 1, 300);
    }
    for thousand in 0..HALF / 1_000 {
        let first = thousand * 1_000;
        log += &records(first + 1..first + 1_000, 300);
        log += &records(HALF + first + 999..HALF + first + 1_000, 300);
    }
    let file = desk.write("app.log", log);
    let mut window = Bare::open(&[file]);
    window.settle(2 * HALF);
    let in_file = window.paging();
    window.frame(vec![Event::Key {
        key: Key::T,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::SHIFT,
    }]);
    let end = Instant::now() + Duration::from_secs(60);
    let is_by_time = |window: &Bare| {
        let view = window.app.state().tab().and_then(|tab| tab.view.as_ref());
        view.is_some_and(|view| view.complete && view.shown.is_by_time())
    };
    while !is_by_time(&window) {
        assert!(Instant::now() < end, "no order of time");
        window.frame(Vec::new());
        std::thread::sleep(Duration::from_millis(5));
    }
    let by_time = window.paging();
    println!("order of the file {in_file:?}, of time {by_time:?}");
    assert!(by_time.1 <= Duration::from_millis(8), "{by_time:?}");
}
