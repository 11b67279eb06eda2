//! What a frame of the table costs: 60 rows of 6 columns over 10⁸ rows.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Context, Pos2, RawInput, Rect, vec2};
use timberline::base::dye::Dye;
use timberline::base::id::RowNo;
use timberline::base::text::{Tone, Toned};
use timberline::query::marking::{CellMark, RowMarks};
use timberline::ui::table::{ColumnState, Reveal};
use timberline::ui::theme::{self, Theme};

#[path = "../ui/host.rs"]
#[allow(
    dead_code,
    clippy::unwrap_used,
    reason = "shared with the tests, of which this uses a part"
)]
mod host;

use host::Host;

const HUGE: u64 = 100_000_000;

/// About as many parts as a usual message has.
const TONES: &[Toned] = &[
    (7..9, Tone::Number),
    (15..24, Tone::Quoted),
    (40..42, Tone::Number),
    (45..48, Tone::Path),
];

fn open() -> (Context, Host) {
    let ctx = Context::default();
    theme::apply(&ctx, Theme::Dark);
    let mut host = Host::new(HUGE);
    host.model.tones = TONES;
    // The line number makes it six.
    let line = ColumnState {
        key: "#line".to_owned(),
        width: None,
        hidden: false,
    };
    host.state.set_columns(vec![line]);
    frame(&ctx, &mut host);
    (ctx, host)
}

/// One frame, tessellated as for the graphics card.
fn frame(ctx: &Context, host: &mut Host) -> usize {
    let input = RawInput {
        // A header of 26 and 60 rows of 20 points.
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1_920.0, 1_226.0))),
        ..RawInput::default()
    };
    let mut output = ctx.run_ui(input, |ui| host.frame(ui));
    output.textures_delta.clear();
    ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point)
        .len()
}

fn frames(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frame");
    let (ctx, mut host) = open();
    group.bench_function("still", |b| b.iter(|| frame(&ctx, &mut host)));
    // Below the window, so that each step moves it.
    let mut row = 60;
    group.bench_function("three rows on", |b| {
        b.iter(|| {
            row += 3;
            reveal(&mut host, row, Reveal::Nearest);
            frame(&ctx, &mut host)
        });
    });
    group.bench_function("all rows new", |b| {
        b.iter(|| {
            row = (row + 7_919_771) % HUGE;
            reveal(&mut host, row, Reveal::Centre);
            frame(&ctx, &mut host)
        });
    });
    // Without quiet colours, and with what rules mark: a part of every message, which has to be laid out.
    for (name, tones, marks) in [
        ("all rows new, plain", &[][..], RowMarks::default()),
        ("all rows new, marked", TONES, marks()),
    ] {
        (host.model.tones, host.model.marks) = (tones, marks);
        group.bench_function(name, |b| {
            b.iter(|| {
                row = (row + 7_919_771) % HUGE;
                reveal(&mut host, row, Reveal::Centre);
                frame(&ctx, &mut host)
            });
        });
    }
    (host.model.tones, host.model.marks) = (TONES, RowMarks::default());
    // Three lines each, and one of twenty every now and then.
    let text = "a message that goes on for longer than a window is wide, ".repeat(9);
    host.model.every_message = Some(host::penned(&[&text]));
    host.model.say(HUGE / 2 + 5, &["x"; 40]);
    host.state.set_wrap(true, &host.model);
    row = HUGE / 2;
    group.bench_function("wrapped, still", |b| b.iter(|| frame(&ctx, &mut host)));
    group.bench_function("wrapped, three rows on", |b| {
        b.iter(|| {
            row += 3;
            reveal(&mut host, row, Reveal::Nearest);
            frame(&ctx, &mut host)
        });
    });
    group.bench_function("wrapped, all rows new", |b| {
        b.iter(|| {
            row = (row + 7_919_771) % HUGE;
            reveal(&mut host, row, Reveal::Centre);
            frame(&ctx, &mut host)
        });
    });
    group.finish();
}

fn marks() -> RowMarks {
    let part = CellMark {
        cell: 4,
        line: 0,
        range: 7..12,
        dye: Dye::Teal,
    };
    RowMarks {
        row: Some(Dye::Blue),
        edge: Some(Dye::Red),
        parts: [part].into(),
    }
}

fn reveal(host: &mut Host, row: u64, how: Reveal) {
    host.state.reveal(RowNo(row), how, &host.model);
}

criterion_group!(benches, frames);
criterion_main!(benches);
