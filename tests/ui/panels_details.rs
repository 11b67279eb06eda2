//! The details pane.

use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use timberline::base::id::RecordNo;
use timberline::base::level::Gravity;
use timberline::base::text::places::{FilePlace, Target};
use timberline::query::spec::Pattern;
use timberline::ui::action::{Action, LoggerClick, Step};
use timberline::ui::panels::details::{self, DetailsModel, DetailsState, RecordDetails};

use crate::panels_host::{Bench, asked, click, open};

const MESSAGE: &str =
    "결제 승인 실패\nTraceback (most recent call last):\nValueError: \u{1b}[31mtimeout\u{1b}[0m";

fn record() -> RecordDetails {
    RecordDetails {
        record: RecordNo(41),
        time: "2026-11-22 10:00:01.518".into(),
        level: "ERROR".into(),
        gravity: Gravity::Error,
        logger: "결제.승인".into(),
        message: MESSAGE.into(),
        raw: format!("2026 ERROR {MESSAGE}"),
        fields: vec![
            ("lineno".into(), "88".into()),
            ("request_id".into(), "8f14\te45f".into()),
        ],
        ..RecordDetails::default()
    }
}

fn pane(record: Option<RecordDetails>) -> Harness<'static, Bench<DetailsModel, DetailsState>> {
    let model = DetailsModel {
        record: record.map(Arc::new),
        filter_patterns: vec![Pattern {
            text: "timeout".into(),
            ..Pattern::default()
        }],
        ..DetailsModel::default()
    };
    open(
        [700.0, 300.0],
        model,
        DetailsState::default(),
        details::show,
    )
}

#[test]
fn the_whole_message_is_shown_and_copied() {
    let mut h = pane(Some(record()));
    let message = h.get_by_label_contains("Traceback");
    let text = message.value().unwrap();
    assert!(
        text.contains("결제 승인 실패") && text.contains("ValueError: timeout"),
        "{text}"
    );
    assert!(h.query_by_label("#42").is_some());
    assert_eq!(
        click(&mut h, "Copy message"),
        [Action::CopyText(MESSAGE.into())]
    );
    assert_eq!(
        click(&mut h, "Copy as JSON"),
        [Action::CopyJson(RecordNo(41))]
    );
    let solo = Action::LoggerClick {
        name: "결제.승인".into(),
        how: LoggerClick::Solo,
    };
    assert_eq!(click(&mut h, "결제.승인"), [solo]);
    let next = Action::MoveSelection {
        by: Step::Rows(1),
        extend: false,
    };
    assert_eq!(click(&mut h, "Next record"), [next]);
}

#[test]
fn fields_are_copied_one_by_one() {
    let mut h = pane(Some(record()));
    click(&mut h, "Fields 2");
    let copied = [Action::CopyText("8f14\te45f".into())];
    assert_eq!(click(&mut h, "Copy request_id"), copied);
    let all = Action::CopyText("lineno: 88\nrequest_id: 8f14\te45f\n".into());
    assert_eq!(click(&mut h, "Copy fields"), [all]);
}

#[test]
fn raw_text_is_copied_as_it_is() {
    let mut h = pane(Some(record()));
    click(&mut h, "Raw");
    let raw = Action::CopyText(record().raw);
    assert_eq!(click(&mut h, "Copy raw text"), [raw]);
}

#[test]
fn of_a_huge_traceback_only_lines_in_view_are_laid_out() {
    let mut long = record();
    long.message = (0..100_000).map(|n| format!("line {n}\n")).collect();
    long.clipped = true;
    let mut h = pane(Some(long));
    h.get_by_label("line 0");
    h.get_by_label_contains("too long");
    assert!(h.query_all_by_label_contains("line ").count() < 60);
    // Another record starts at its top.
    h.state_mut().model.record = Some(Arc::new(record()));
    h.run_ok();
    h.get_by_label_contains("Traceback");
}

#[test]
fn nothing_selected() {
    let mut h = pane(None);
    h.get_by_label("Select a record to see all of it here.");
    h.state_mut().model.loading = true;
    h.run_ok();
    h.get_by_label("Reading the record...");
}

const LONG_TRACE: &str = r#"no answer
Traceback (most recent call last):
  File "/usr/lib/python3/site-packages/starlette/routing.py", line 66, in app
    response = await func(request)
  File "/usr/lib/python3/site-packages/fastapi/routing.py", line 273, in app
    raw_response = await run()
  File "/srv/moa/api.py", line 88, in handle
    return forward(batch)
  File "/usr/lib/python3/site-packages/torch/nn/module.py", line 1511, in call
    return forward_call(*args)
  File "/usr/lib/python3/site-packages/torch/nn/linear.py", line 114, in forward
    return linear(batch)
RuntimeError: 추론 실패"#;

fn traced(find: &str) -> Harness<'static, Bench<DetailsModel, DetailsState>> {
    let mut h = pane(Some(RecordDetails {
        message: LONG_TRACE.into(),
        ..record()
    }));
    h.state_mut().model.filter_patterns.clear();
    h.state_mut().model.find_pattern = Some(Pattern {
        text: find.into(),
        ..Pattern::default()
    });
    h.run();
    h
}

fn reads(h: &Harness<'_, Bench<DetailsModel, DetailsState>>, words: &str) -> bool {
    h.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn frames_of_libraries_are_folded_until_they_are_wanted() {
    let mut h = traced("");
    assert!(reads(&h, "2 frames in starlette, fastapi"));
    assert!(reads(&h, "in handle") && !reads(&h, "linear.py"));
    let _ = click(&mut h, "2 frames in torch");
    assert!(reads(&h, "linear.py") && !reads(&h, "starlette/routing.py"));
    let _ = click(&mut h, "2 frames in torch");
    assert!(!reads(&h, "linear.py"));
    let _ = click(&mut h, "All frames");
    assert!(reads(&h, "linear.py") && reads(&h, "starlette/routing.py"));
}

#[test]
fn what_came_out_stands_first_and_its_place_is_opened() {
    let mut h = traced("");
    let first = h.get_all_by_label_contains("RuntimeError: 추론 실패");
    let tops: Vec<f32> = first.map(|node| node.rect().top()).collect();
    let message = h.get_by_label_contains("no answer").rect().top();
    assert!(tops.len() == 2 && tops.iter().any(|top| *top < message));
    // Above and in the trace itself.
    let links = h.get_all_by_label("/srv/moa/api.py:88");
    let first = links.min_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
    first.unwrap().click();
    let place = FilePlace {
        path: "/srv/moa/api.py".into(),
        line: Some(88),
        column: None,
    };
    assert_eq!(asked(&mut h), [Action::OpenPlace(Target::File(place))]);
}

#[test]
fn frames_with_a_match_are_not_folded() {
    let h = traced("linear(batch)");
    assert!(reads(&h, "linear.py") && !reads(&h, "starlette/routing.py"));
}
