//! The details pane.

use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use timberline::base::id::RecordNo;
use timberline::base::level::Gravity;
use timberline::query::spec::Pattern;
use timberline::ui::action::{Action, LoggerClick, Step};
use timberline::ui::panels::details::{self, DetailsModel, DetailsState, RecordDetails};

use crate::panels_host::{Bench, click, open};

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
