//! The details pane.

use std::sync::Arc;

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use timberline::base::id::RecordNo;
use timberline::base::level::Gravity;
use timberline::base::text::places::{FilePlace, Target};
use timberline::format::nested::Objects;
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

/// Beside the logger tree of an enlarged window the pane is narrow.
#[test]
fn nothing_overlaps_in_a_narrow_pane() {
    for width in [170.0, 200.0, 225.0, 260.0, 300.0, 340.0, 700.0] {
        let mut h = pane(Some(record()));
        h.set_size(egui::vec2(width, 300.0));
        h.run_ok();
        let buttons = h.query_all_by_role(egui::accesskit::Role::Button);
        let places: Vec<egui::Rect> = buttons.map(|node| node.rect()).collect();
        for (at, place) in places.iter().enumerate() {
            let other = { places[..at].iter() }.find(|other| place.shrink(0.5).intersects(**other));
            assert!(other.is_none(), "{width}: {place} on {other:?}");
        }
        assert_eq!(
            h.query_by_label("Copy message").is_some(),
            width >= 260.0,
            "{width}"
        );
    }
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

#[test]
fn two_records_are_compared_field_by_field() {
    let mut h = pane(Some(record()));
    assert!(h.query_by_label("Compare").is_none());
    h.state_mut().model.beside = Some(Arc::new(RecordDetails {
        record: RecordNo(40),
        fields: vec![
            ("lineno".into(), "88".into()),
            ("user".into(), "민수".into()),
        ],
        message: "결제 승인 성공".into(),
        ..RecordDetails::default()
    }));
    h.run();
    let _ = click(&mut h, "Compare");
    for words in ["#41", "#42", "lineno", "request_id", "user", "민수"] {
        assert!(reads(&h, words), "{words}");
    }
    let place = |label: &str| {
        let all = h.get_all_by_label(label);
        all.map(|node| node.rect().left_bottom())
            .max_by(|a, b| a.y.total_cmp(&b.y))
    };
    let (earlier, later) = place("#41").zip(place("#42")).unwrap();
    assert!(earlier.x < later.x, "the earlier one is at the left");
    let _ = click(&mut h, "Differences only");
    assert!(!reads(&h, "lineno") && reads(&h, "user"));
    let copied = click(&mut h, "Copy the differences");
    let Some(Action::CopyText(text)) = copied.first() else {
        panic!("{copied:?}");
    };
    assert!(
        text.contains("user: 민수 | \n") && !text.contains("lineno"),
        "{text}"
    );
    h.state_mut().model.beside = None;
    h.run();
    assert!(reads(&h, "Traceback"), "one record is shown as before");
}

fn with_objects(raw: &str, message: &str) -> Harness<'static, Bench<DetailsModel, DetailsState>> {
    let objects = Objects::of(raw, message).map(Arc::new);
    let mut h = pane(Some(RecordDetails {
        objects,
        ..record()
    }));
    let _ = click(&mut h, "JSON");
    h
}

#[test]
fn json_is_a_tree_whose_values_filter() {
    let raw = r#"{"user":{"name":"민수","tags":["a","b"]},"status":500}"#;
    let mut h = with_objects(raw, "");
    let narrow = |query: &str| [Action::Narrow(query.to_owned())];
    assert_eq!(click(&mut h, r#"name: "민수""#), narrow("user.name:민수"));
    assert_eq!(click(&mut h, "status: 500"), narrow("status:500"));
    // A member of a list has no name to ask for.
    assert_eq!(click(&mut h, r#""b""#), []);
    assert_eq!(click(&mut h, "tags: ["), []);
    assert!(reads(&h, "tags: [ … ]  2 values") && !reads(&h, r#""b""#));
    assert_eq!(click(&mut h, "Unfold all"), []);
    assert!(reads(&h, r#""b""#));
    let Ok([Action::CopyText(copied)]) =
        <[Action; 1]>::try_from(click(&mut h, "Copy the JSON, indented"))
    else {
        panic!("nothing copied");
    };
    assert!(
        copied.starts_with("{\n  \"user\": {\n    \"name\": \"민수\","),
        "{copied}"
    );
}

#[test]
fn json_is_walked_by_keyboard() {
    let mut h = with_objects("", r"saved order={'id': 7, 'who': {'n': 1}} ok");
    let _ = click(&mut h, "who: {");
    let mut press = |key| {
        h.key_press(key);
        asked(&mut h)
    };
    // It was folded by the click.
    assert_eq!(press(Key::ArrowRight), []);
    assert_eq!(press(Key::ArrowDown), []);
    assert_eq!(press(Key::Enter), [Action::Narrow("n:1".to_owned())]);
    assert_eq!(press(Key::ArrowLeft), []);
    assert_eq!(press(Key::ArrowLeft), []);
    assert!(reads(&h, "who: { … }  1 value"));
}

#[test]
fn without_json_there_is_no_tab_for_it() {
    let mut h = with_objects(r#"{"a": 1}"#, "");
    assert!(reads(&h, "a: 1"));
    h.state_mut().model.record = Some(Arc::new(record()));
    h.run();
    assert!(h.query_by_label("JSON").is_none() && reads(&h, "Traceback"));
}
