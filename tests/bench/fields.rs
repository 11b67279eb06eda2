//! What the fields of a log cost to learn: on all cores, for text and for JSON.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::sync::Mutex;
use std::time::Duration;

use std::hint::black_box;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use egui::{Context, Pos2, RawInput, Rect, vec2};
use timberline::base::time::{TimeRange, Zone};
use timberline::bytes::ByteSource;
use timberline::format::spec::{Format, FormatSpec};
use timberline::index::SourceSnapshot;
use timberline::query::bitmap::BlockRows;
use timberline::query::fields::FieldsSurvey;
use timberline::query::plot::summary::PlotSummary;
use timberline::query::plot::{PlotSpec, PlotSurvey, Sheet, Split};
use timberline::query::survey::{Survey, look_through};
use timberline::query::timeline::Timeline;
use timberline::ui::action::Actions;
use timberline::ui::panels::timeline::TimelineModel;
use timberline::ui::panels::timeline::plot::{self as drawing, PlotModel, PlotPanel};
use timberline::ui::theme::{self, Theme};

#[path = "common.rs"]
#[allow(dead_code, reason = "shared, of which this uses a part")]
mod common;
#[path = "log.rs"]
#[allow(dead_code, reason = "shared, of which this uses a part")]
mod log;

use common::{index, len, log_of, sum_on_all_cores};

/// More than any cache holds.
const SIZE: usize = 128_000_000;

/// Learns from every record, on all cores, a block at a time.
fn learn<S: Survey>(survey: &S, snapshot: &SourceSnapshot, source: &dyn ByteSource) -> S::Found {
    let idle = Mutex::new(Vec::new());
    let lock = || {
        idle.lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    };
    sum_on_all_cores(snapshot.blocks.len(), |at, buffer| {
        let block = &snapshot.blocks[at];
        let rows = BlockRows::All(block.len() as u32);
        let before = lock().pop();
        let mut found = before.unwrap_or_else(|| survey.nothing());
        let step = look_through(
            survey,
            (block, &rows),
            0,
            (source, buffer),
            &mut found,
            || false,
        );
        lock().push(found);
        step.rows
    });
    let mut all = survey.nothing();
    for found in lock().drain(..) {
        survey.merge(&mut all, found);
    }
    all
}

/// A number over time: nearly every message of the text log has one.
fn plot(criterion: &mut Criterion) {
    let bytes = log_of(SIZE, false);
    let Ok(format) = Format::compile(&FormatSpec::template(log::TEMPLATE)) else {
        return;
    };
    let snapshot = index(&bytes, &format.extractor, &mut Vec::new());
    let sheet = Sheet {
        range: None,
        most: 400,
        zone: Zone::Utc,
    };
    let mut group = criterion.benchmark_group("plot");
    group.sample_size(10);
    group.measurement_time(Duration::from_secs(5));
    group.throughput(Throughput::Bytes(len(&bytes)));
    for (name, field, split) in [
        ("a column", "lineno", Split::None),
        (
            "a column by level",
            "lineno",
            Split::Level(vec!["ERROR".to_owned(), "INFO".to_owned()]),
        ),
        ("a field of messages", "timeout", Split::None),
    ] {
        let spec = PlotSpec {
            field: field.to_owned(),
            split,
        };
        let extractor = (*format.extractor).clone();
        let survey = PlotSurvey::new(spec, sheet.clone(), extractor, &snapshot);
        let summary = survey.summary(&learn(&survey, &snapshot, &bytes));
        assert!(summary.count > 0, "{name}");
        group.bench_function(name, |bencher| {
            bencher.iter(|| learn(&survey, &snapshot, &bytes));
        });
        criterion_frame(&mut group, name, &summary);
    }
    group.finish();
}

/// A frame of the drawing.
fn criterion_frame(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, summary: &PlotSummary) {
    let ctx = Context::default();
    theme::apply(&ctx, Theme::Dark);
    let timeline = Timeline {
        scale: summary.scale,
        ..Timeline::default()
    };
    let spec = PlotSpec::default();
    let mut panel = PlotPanel::default();
    group.bench_function(format!("a frame of {name}"), |bencher| {
        bencher.iter(|| {
            let input = RawInput {
                screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 120.0))),
                ..RawInput::default()
            };
            let mut output = ctx.run_ui(input, |ui| {
                let model = PlotModel {
                    by_factors: None,
                    spec: &spec,
                    plot: Some(summary),
                    looked_at: (1, 1),
                    complete: true,
                    gravities: Vec::new(),
                    fields: None,
                    timeline: TimelineModel {
                        timeline: Some(&timeline),
                        range: TimeRange::default(),
                        sight: None,
                        focus: None,
                        zone: Zone::Utc,
                        zoomed: false,
                    },
                };
                drawing::show(ui, &model, &mut panel, &mut Actions::default());
            });
            output.textures_delta.clear();
            let shapes = std::mem::take(&mut output.shapes);
            black_box(ctx.tessellate(shapes, output.pixels_per_point).len())
        });
    });
}

fn fields(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("fields");
    group.sample_size(10);
    group.measurement_time(Duration::from_secs(5));
    let json = FormatSpec::Builtin {
        name: "json".to_owned(),
    };
    for (name, spec, is_json) in [
        ("text", FormatSpec::template(log::TEMPLATE), false),
        ("JSON", json, true),
    ] {
        let bytes = log_of(SIZE, is_json);
        let Ok(format) = Format::compile(&spec) else {
            return;
        };
        let snapshot = index(&bytes, &format.extractor, &mut Vec::new());
        let survey = FieldsSurvey::new((*format.extractor).clone());
        let summary = learn(&survey, &snapshot, &bytes).summary();
        assert!(summary.records == snapshot.len() && summary.fields.len() > 2);
        group.throughput(Throughput::Bytes(len(&bytes)));
        group.bench_function(name, |bencher| {
            bencher.iter(|| learn(&survey, &snapshot, &bytes));
        });
        group.bench_function(format!("what is told of {name}"), |bencher| {
            let found = learn(&survey, &snapshot, &bytes);
            bencher.iter(|| found.summary());
        });
    }
    group.finish();
}

criterion_group!(benches, fields, plot);
criterion_main!(benches);
