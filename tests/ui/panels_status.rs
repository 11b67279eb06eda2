//! The status bar.

use std::time::Duration;

use egui_kittest::kittest::Queryable;
use timberline::base::lang::{Lang, tr};
use timberline::base::problem::Severity;
use timberline::format::spec::FormatSpec;
use timberline::ui::action::{Action, Dialog, FormatPick, TabId};
use timberline::ui::panels::feed_status::{FeedKind, FeedModel, FeedStage};
use timberline::ui::panels::status_bar::{
    self, EncodingOffer, EncodingStatus, Exporting, FormatOffer, FormatStatus, Indexing,
    StatusModel, StatusState,
};
use timberline::ui::panels::top_bar::Follow;

use crate::panels_host::{apart, asked, click, open};

fn encoding_status() -> EncodingStatus {
    let offer = |title: &str, name: &str| EncodingOffer {
        title: title.into(),
        name: name.into(),
        current: title == "UTF-8",
    };
    EncodingStatus {
        title: "UTF-8".into(),
        detected: true,
        choices: vec![offer("UTF-8", "UTF-8"), offer("CP949 (EUC-KR)", "EUC-KR")],
    }
}

fn status() -> StatusModel {
    StatusModel {
        format: Some(FormatStatus {
            name: "uvicorn".into(),
            matched: 12_000,
            records: 12_034,
            detected: true,
            choices: vec![FormatOffer {
                name: "Billing".into(),
                note: "your own".into(),
                spec: FormatSpec::template("%(message)s"),
                current: false,
            }],
        }),
        encoding: encoding_status(),
        zone: "Asia/Seoul".into(),
        file_bytes: 1_234_567_890,
        records: 12_034,
        shown: 34,
        notices: Some((2, Severity::Warning)),
        indexing: Some(Indexing {
            bytes_done: 250,
            bytes_total: 1_000,
            bytes_per_sec: 5.0e8,
            remaining: Some(Duration::from_secs(3)),
            cancelled: false,
        }),
        ..StatusModel::default()
    }
}

#[test]
fn status_says_how_the_log_is_read() {
    let mut h = open(
        [1_200.0, 400.0],
        status(),
        StatusState::default(),
        status_bar::show,
    );
    for text in ["UTF-8", "Asia/Seoul", "1.2 GB", "12,000 hidden"] {
        h.get_by_label(text);
    }
    h.get_by_label("Indexing 25.0 %  500 MB/s  3 s left");
    assert_eq!(click(&mut h, "Cancel indexing"), [Action::CancelIndexing]);
    assert_eq!(click(&mut h, "Notices"), [Action::ToggleNotices]);
    let format = "uvicorn  99.7 % of 12,034 records match";
    assert_eq!(click(&mut h, format), [Action::LookForFormats]);
    let own = FormatSpec::template("%(message)s");
    assert_eq!(
        click(&mut h, "Billing your own"),
        [Action::ApplyFormat(FormatPick::Spec(own))]
    );
    assert_eq!(click(&mut h, format), [Action::LookForFormats]);
    let edit = h.get_by_label_contains("Edit format...");
    edit.click();
    h.run_ok();
    assert_eq!(asked(&mut h), [Action::ShowDialog(Dialog::Format)]);
    assert_eq!(
        click(&mut h, "Asia/Seoul"),
        [Action::ShowDialog(Dialog::Times)]
    );
    assert_eq!(click(&mut h, "UTF-8"), []);
    assert_eq!(
        click(&mut h, "CP949 (EUC-KR)"),
        [Action::SetEncoding(Some("EUC-KR".into()))]
    );
    if let Some(indexing) = &mut h.state_mut().model.indexing {
        indexing.cancelled = true;
    }
    h.run_ok();
    assert_eq!(click(&mut h, "Resume indexing"), [Action::ResumeIndexing]);
}

fn unpacked(stage: FeedStage) -> FeedModel {
    FeedModel {
        kind: FeedKind::Packed,
        read: 430,
        total: Some(1_000),
        written: 2_000_000,
        stage,
    }
}

/// Everything that a bar may have to tell, in many combinations.
fn full_bars() -> Vec<StatusModel> {
    let calm = StatusModel {
        indexing: None,
        ..status()
    };
    let mut long = calm.clone();
    if let Some(format) = &mut long.format {
        format.name = "%(asctime)s.%(msecs)03d [%(levelname)-8s] %(name)s:%(lineno)d".into();
    }
    let busy = StatusModel {
        follow: Follow::On,
        selected: 12_345,
        gaps: 2,
        files: 3,
        lost: Some(tr("The file was deleted or renamed").to_owned()),
        ..status()
    };
    vec![
        calm,
        StatusModel {
            follow: Follow::On,
            gaps: 2,
            files: 3,
            ..status()
        },
        StatusModel {
            follow: Follow::On,
            indexing: None,
            lost: busy.lost.clone(),
            ..long
        },
        StatusModel {
            feed: Some(FeedModel {
                kind: FeedKind::Command,
                ..unpacked(FeedStage::Exited {
                    how: "killed by signal 9".into(),
                    good: false,
                })
            }),
            ..busy.clone()
        },
        StatusModel {
            feed: Some(unpacked(FeedStage::Running)),
            indexing: None,
            ..busy.clone()
        },
        StatusModel {
            feed: Some(FeedModel {
                kind: FeedKind::Command,
                ..unpacked(FeedStage::Running)
            }),
            export: Some(Exporting {
                elapsed: std::time::Duration::from_secs(4),
                tab: TabId(1),
                path: "/tmp/a/rather/long/name/of/a/file.csv".into(),
                done: 12,
                total: 120,
            }),
            ..busy
        },
    ]
}

#[test]
fn an_export_says_how_fast_it_is_and_how_long_it_takes() {
    let mut model = status();
    model.indexing = None;
    model.export = Some(Exporting {
        elapsed: std::time::Duration::from_secs(4),
        tab: TabId(1),
        path: "/tmp/a.csv".into(),
        done: 40_000,
        total: 120_000,
    });
    let state = StatusState::default();
    let mut h = open([1600.0, 60.0], model, state, status_bar::show);
    h.get_by_label("Exporting 33.3 %  10.0k records/s  8 s left");
    if let Some(export) = &mut h.state_mut().model.export {
        export.elapsed = std::time::Duration::from_millis(100);
    }
    h.run_ok();
    h.get_by_label("Exporting 33.3 %");
}

#[test]
fn nothing_overlaps_in_a_status_bar_of_any_width() {
    for lang in [Lang::English, Lang::Korean] {
        lang.make_current();
        for model in full_bars() {
            let state = StatusState::default();
            let mut h = open([2_000.0, 60.0], model, state, status_bar::show);
            for width in (300..700).step_by(7).chain((700..2_000).step_by(50)) {
                h.set_size(egui::vec2(width as f32, 60.0));
                h.run_steps(2);
                apart(&h, width as f32);
            }
        }
    }
    Lang::English.make_current();
}

/// What matters least goes first; what is wrong with the file and the way to the notices stay.
#[test]
fn a_narrow_status_bar_keeps_what_matters() {
    let lost = "The file was deleted or renamed";
    let model = StatusModel {
        follow: Follow::On,
        indexing: None,
        lost: Some(lost.to_owned()),
        ..status()
    };
    for (width, there, gone) in [
        (
            1_200.0,
            &["UTF-8", "1.2 GB", "Following", "12,000 hidden"][..],
            &[][..],
        ),
        (900.0, &["Following", "12,000 hidden"], &["1.2 GB"]),
        (480.0, &["Following"], &["1.2 GB", "UTF-8", "12,000 hidden"]),
        (300.0, &[], &["UTF-8", "12,000 hidden"]),
    ] {
        let state = StatusState::default();
        let h = open([width, 60.0], model.clone(), state, status_bar::show);
        for label in there.iter().chain(&[lost, "Notices"]) {
            assert!(h.query_by_label(label).is_some(), "{label} at {width}");
        }
        for label in gone {
            assert!(h.query_by_label(label).is_none(), "{label} at {width}");
        }
    }
}

/// A number that grows and shrinks by a digit does not have its neighbours come and go.
#[test]
fn the_status_bar_does_not_flicker() {
    let mut model = status();
    model.selected = 999;
    let mut h = open(
        [2_000.0, 60.0],
        model,
        StatusState::default(),
        status_bar::show,
    );
    let mut width = 2_000.0;
    while h.query_by_label("1.2 GB").is_some() {
        width -= 1.0;
        h.set_size(egui::vec2(width, 60.0));
        h.run_steps(2);
    }
    for selected in [998, 9, 998] {
        h.state_mut().model.selected = selected;
        h.run_steps(2);
        assert!(h.query_by_label("1.2 GB").is_none(), "{selected}");
    }
    h.set_size(egui::vec2(width + 60.0, 60.0));
    h.run_steps(2);
    h.get_by_label("1.2 GB");
}
