//! What a person waits for when a log is surveyed, through the engine: the first result, all of it, and how long threads
//! go on when nobody looks any more.
//!
//! ```text
//! cargo bench --bench budgets                                # writes a log of 1 GB, which goes again
//! TIMBERLINE_LOG=big.log cargo bench --bench budgets         # of this one
//! cargo bench --bench budgets -- patterns                    # only these
//! ```
//!
//! The budgets are those of 1 GB on two cores with nothing else to do: see [`FIRST`], [`ALL`] and [`REST`].
#![allow(clippy::print_stdout, reason = "its figures are for people")]

use std::collections::BTreeMap;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use timberline::base::id::Ticket;
use timberline::base::origin::Origin;
use timberline::base::time::Zone;
use timberline::engine::{
    Engine, FieldsRequest, GroupsRequest, GroupsWanted, HitsRequest, OpenSpec, Phase, PlotRequest,
    SourceHandle, Surveyed, TimelineRequest,
};
use timberline::query::plot::{PlotSpec, Sheet};
use timberline::query::spec::{FilterSpec, Pattern};

#[path = "log.rs"]
#[allow(dead_code, reason = "shared, of which this uses a part")]
mod log;

const SIZE: usize = 1_000_000_000;

/// A first result is there.
const FIRST: Duration = Duration::from_millis(300);
/// All of it is.
const ALL: Duration = Duration::from_secs(3);
/// No thread works for so long any more once nobody looks.
const REST: Duration = Duration::from_millis(20);

/// A survey is given up after so long; while the first result is made, and later.
const GIVEN_UP_AFTER: [u64; 8] = [5, 30, 60, 80, 100, 140, 300, 500];

/// Asks for what a ticket names, or for nothing; and takes what was told.
struct Asked {
    name: &'static str,
    ask: fn(&SourceHandle, Option<Ticket>),
    take: fn(&SourceHandle) -> Option<Surveyed>,
}

const SURVEYS: [Asked; 8] = [
    Asked {
        name: "fields",
        ask: |source, ticket| {
            source.want_fields(FieldsRequest {
                wanted: ticket.is_some(),
                ticket: ticket.unwrap_or_default(),
            });
        },
        take: |source| source.take_fields().map(|state| state.surveyed),
    },
    Asked {
        name: "plot of a field",
        ask: |source, ticket| plot(source, ticket, "lineno"),
        take: |source| source.take_plot().map(|state| state.surveyed),
    },
    Asked {
        name: "plot out of messages",
        ask: |source, ticket| plot(source, ticket, "duration"),
        take: |source| source.take_plot().map(|state| state.surveyed),
    },
    Asked {
        name: "patterns",
        ask: |source, ticket| groups(source, ticket, GroupsWanted::Patterns),
        take: |source| source.take_groups().map(|state| state.surveyed),
    },
    Asked {
        name: "exceptions",
        ask: |source, ticket| groups(source, ticket, GroupsWanted::Exceptions),
        take: |source| source.take_groups().map(|state| state.surveyed),
    },
    Asked {
        name: "find, in most records",
        ask: |source, ticket| find(source, ticket, "e"),
        take: |source| source.take_hits().map(|state| state.surveyed),
    },
    Asked {
        name: "find, in none",
        ask: |source, ticket| find(source, ticket, "nowhere at all"),
        take: |source| source.take_hits().map(|state| state.surveyed),
    },
    Asked {
        name: "timeline",
        ask: |source, ticket| {
            source.want_timeline(TimelineRequest {
                most: if ticket.is_some() { 400 } else { 0 },
                ticket: ticket.unwrap_or_default(),
                range: None,
                zone: Zone::Utc,
            });
        },
        take: |source| {
            let state = source.take_timeline()?;
            let counted = state.timeline.as_ref().map(|_| state.rows);
            Some(Surveyed {
                rows: counted.unwrap_or(0),
                of: state.rows,
                unread: 0,
                complete: counted.is_some(),
            })
        },
    },
];

fn plot(source: &SourceHandle, ticket: Option<Ticket>, field: &str) {
    source.want_plot(PlotRequest {
        spec: ticket.map(|_| PlotSpec {
            field: field.to_owned(),
            ..PlotSpec::default()
        }),
        ticket: ticket.unwrap_or_default(),
        sheet: Sheet {
            range: None,
            most: 400,
            zone: Zone::Utc,
        },
    });
}

fn groups(source: &SourceHandle, ticket: Option<Ticket>, wanted: GroupsWanted) {
    source.want_groups(GroupsRequest {
        wanted: ticket.map(|_| wanted),
        ticket: ticket.unwrap_or_default(),
    });
}

fn find(source: &SourceHandle, ticket: Option<Ticket>, text: &str) {
    source.want_hits(HitsRequest {
        pattern: Pattern {
            text: ticket.map_or("", |_| text).to_owned(),
            ..Pattern::default()
        },
        ticket: ticket.unwrap_or_default(),
    });
}

fn main() {
    let own = std::env::temp_dir().join("timberline-budgets.log");
    let path = match std::env::var_os("TIMBERLINE_LOG") {
        Some(path) => PathBuf::from(path),
        None => match write_log(&own) {
            Ok(()) => own.clone(),
            Err(error) => return println!("{}: {error}", own.display()),
        },
    };
    println!("of 1 GB          first <= {FIRST:?}, all <= {ALL:?}, at rest <= {REST:?}");
    let names: Vec<String> = { std::env::args().skip(1) }
        .filter(|name| !name.starts_with("--"))
        .collect();
    let is_wanted = |asked: &&Asked| {
        names.is_empty()
            || names
                .iter()
                .any(|name| asked.name.starts_with(name.as_str()))
    };
    SURVEYS
        .iter()
        .filter(is_wanted)
        .for_each(|asked| measure(asked, &path));
    if path == own {
        drop(std::fs::remove_file(&own));
    }
}

fn write_log(path: &Path) -> std::io::Result<()> {
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    let (mut log, mut text, mut written) = (log::LogWriter::new(1), String::new(), 0);
    while written < SIZE {
        text.clear();
        log.text(&mut text);
        written += text.len();
        out.write_all(text.as_bytes())?;
    }
    out.flush()
}

/// Every survey begins in a source of its own, of which nothing is known.
fn measure(asked: &Asked, path: &Path) {
    let mut tickets = Ticket::default();
    let mut next = || {
        tickets = tickets.next();
        tickets
    };
    let (engine, source) = open(path);
    let (began, before) = (Instant::now(), worked());
    (asked.ask)(&source, Some(next()));
    let (mut first, mut told) = (None, Surveyed::default());
    while !told.complete {
        told = wait(|| (asked.take)(&source));
        if told.rows > 0 && first.is_none() {
            first = Some((began.elapsed(), told.rows));
        }
    }
    let (all, (first, rows)) = (began.elapsed(), first.unwrap_or_default());
    let worked_in_all: Duration = more(&before).sum();
    drop((source, engine));
    let mut late = Duration::ZERO;
    for after in GIVEN_UP_AFTER {
        let (engine, source) = open(path);
        (asked.ask)(&source, Some(next()));
        std::thread::sleep(Duration::from_millis(after));
        (asked.ask)(&source, None);
        let before = worked();
        std::thread::sleep(REST * 8);
        late = late.max(more(&before).max().unwrap_or_default());
        drop((source, engine));
    }
    let over = |is: bool| if is { " OVER" } else { "" };
    println!(
        "{:22} first {first:>10.1?}{} ({rows} records), all {all:>10.1?}{}, processor {worked_in_all:>8.1?}, at rest {late:>8.1?}{}",
        asked.name,
        over(first > FIRST),
        over(all > ALL),
        over(late > REST),
    );
}

/// A log that is read to its end.
fn open(path: &Path) -> (Engine, SourceHandle) {
    let mut engine = Engine::start(Arc::new(|| {}));
    let source = engine.open(OpenSpec {
        path: path.to_owned(),
        origin: Origin::Path,
        format: None,
        zone: Zone::Utc,
        encoding: None,
        filter: FilterSpec::default(),
    });
    let (mut shown, mut read) = (0, None);
    wait(|| {
        if let Some(view) = source.take_view().filter(|view| view.complete) {
            shown = view.rows.len();
        }
        if let Some(state) = source.take_source() {
            let is_read = state.phase == Phase::Following;
            read = is_read.then(|| state.snapshot.stats.records);
        }
        (read == Some(shown)).then_some(())
    });
    (engine, source)
}

/// For how long the processor worked for each thread of this process, on Linux; nothing elsewhere.
fn worked() -> BTreeMap<PathBuf, Duration> {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten();
    let threads = threads.flatten().filter_map(|thread| {
        let path = thread.path();
        let stat = std::fs::read_to_string(path.join("schedstat")).ok()?;
        let nanos = stat.split(' ').next()?.parse().ok()?;
        Some((path, Duration::from_nanos(nanos)))
    });
    threads.collect()
}

/// How much more it did since for each.
fn more(before: &BTreeMap<PathBuf, Duration>) -> impl Iterator<Item = Duration> {
    worked().into_iter().map(|(thread, after)| {
        let before = before.get(&thread).copied().unwrap_or_default();
        after.saturating_sub(before)
    })
}

fn wait<T>(mut get: impl FnMut() -> Option<T>) -> T {
    loop {
        match get() {
            Some(got) => return got,
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    }
}
