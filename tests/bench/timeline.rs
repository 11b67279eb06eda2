//! Counting records over time and finding the grave ones, over an index without a file.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Context, RawInput, Rect, vec2};
use timberline::base::time::{TimeRange, Zone};
use timberline::index::synthetic;
use timberline::query::bitmap::Mask;
use timberline::query::overview::overview;
use timberline::query::rowset::RowSet;
use timberline::query::sequence::Sequence;
use timberline::query::timeline::{Counter, Scale};
use timberline::ui::action::Actions;
use timberline::ui::panels::timeline::{self, TimelineModel, TimelinePanel};
use timberline::ui::theme::{self, Theme};

/// As many as a log of 5 GB has.
const RECORDS: u64 = 26_000_000;

fn counts(criterion: &mut Criterion) {
    let snapshot = synthetic::snapshot(RECORDS, 40);
    let everything = RowSet::everything(&snapshot);
    let some = RowSet::from_blocks(snapshot.blocks.iter().map(|block| {
        let records = block.len() as u32;
        let mut mask = Mask::all(records);
        mask.retain(|slot| slot.0 % 3 == 0);
        (records, Some(mask.seal()))
    }));
    let stats = &snapshot.stats;
    let (Some(first), Some(last)) = (stats.earliest, stats.latest) else {
        return;
    };
    let scale = Scale::of(first, last, 400, 0);
    let mut group = criterion.benchmark_group("timeline of 26 million records");
    group.sample_size(10);
    for (name, rows) in [("all", &everything), ("a third", &some)] {
        group.bench_function(name, |bench| {
            bench.iter(|| Counter::new(scale).count(black_box(&snapshot), rows, || false));
        });
    }
    let table = Sequence::from(some.clone());
    group.bench_function("overview", |bench| {
        bench.iter(|| overview(black_box(&snapshot), &table, 600, || false));
    });
    group.finish();
    let Some(counted) = Counter::new(scale).count(&snapshot, &some, || false) else {
        return;
    };
    let ctx = Context::default();
    theme::apply(&ctx, Theme::Dark);
    let mut panel = TimelinePanel::default();
    criterion.bench_function("a frame of the timeline", |bench| {
        bench.iter(|| {
            let input = RawInput {
                screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, vec2(1280.0, 80.0))),
                ..RawInput::default()
            };
            let mut output = ctx.run_ui(input, |ui| {
                let model = TimelineModel {
                    timeline: Some(&counted),
                    range: TimeRange::default(),
                    sight: Some((first, last)),
                    focus: Some(first),
                    zone: Zone::Utc,
                    zoomed: false,
                };
                timeline::show(ui, &model, &mut panel, &mut Actions::default());
            });
            output.textures_delta.clear();
            let shapes = std::mem::take(&mut output.shapes);
            black_box(ctx.tessellate(shapes, output.pixels_per_point).len())
        });
    });
}

criterion_group!(benches, counts);
criterion_main!(benches);
