//! Top bar, tabs and levels.

use egui::accesskit::Role;
use egui::{Key, PointerButton};
use egui_kittest::kittest::Queryable;
use timberline::base::level::Gravity;
use timberline::ui::action::{Action, Dialog, Direction, TabId};
use timberline::ui::keys::Command;
use timberline::ui::panels::levels::{self, LevelChip, LevelsModel, LevelsState};
use timberline::ui::panels::tabs::{self, Tab, TabsModel, TabsState};
use timberline::ui::panels::top_bar::{
    self, ColumnChoice, Follow, RecentFile, TopBarModel, TopBarState,
};
use timberline::ui::theme::Theme;

use crate::common::texts;
use crate::panels_host::{apart, asked, click, focus, open};

fn top() -> TopBarModel {
    TopBarModel {
        has_log: true,
        has_errors: true,
        follow: Follow::Off { unseen: 12 },
        recent: vec![RecentFile {
            path: "/var/log/결제.log".into(),
            name: "결제.log".into(),
            folder: "/var/log".into(),
            ..RecentFile::default()
        }],
        columns: vec![ColumnChoice {
            key: "lineno".into(),
            title: "lineno".into(),
            visible: true,
        }],
        ..TopBarModel::default()
    }
}

#[test]
fn tools_of_the_top_bar() {
    let mut h = open([900.0, 300.0], top(), TopBarState::default(), top_bar::show);
    assert_eq!(click(&mut h, "Open"), [Action::Open]);
    assert_eq!(click(&mut h, "Follow"), [Action::SetFollow(true)]);
    assert_eq!(click(&mut h, "Find"), [Action::FocusFind]);
    let next = Action::SeekGravity {
        least: Gravity::Error,
        direction: Direction::Forward,
    };
    assert_eq!(click(&mut h, "Next error"), [next]);
    assert_eq!(click(&mut h, "Loggers"), [Action::ToggleLoggers]);
    assert_eq!(
        click(&mut h, "Format..."),
        [Action::ShowDialog(Dialog::Format)]
    );
    h.state_mut().model.follow = Follow::On;
    assert_eq!(click(&mut h, "Follow"), [Action::SetFollow(false)]);
}

#[test]
fn follow_keeps_its_width() {
    let mut h = open([900.0, 300.0], top(), TopBarState::default(), top_bar::show);
    let before = h.get_by_label("Next error").rect();
    for follow in [
        Follow::On,
        Follow::Off { unseen: 0 },
        Follow::Off { unseen: 8_888_888 },
    ] {
        h.state_mut().model.follow = follow;
        h.run_ok();
        assert_eq!(h.get_by_label("Next error").rect(), before);
    }
}

#[test]
fn without_a_log_only_opening_works() {
    let model = TopBarModel::default();
    let mut h = open([900.0, 300.0], model, TopBarState::default(), top_bar::show);
    for greyed in ["Follow", "Next error", "Find", "Format...", "Loggers"] {
        assert_eq!(click(&mut h, greyed), [], "{greyed}");
    }
    assert_eq!(click(&mut h, "Open"), [Action::Open]);
}

/// What has no room in the bar is in the menus.
#[test]
fn nothing_of_the_top_bar_overlaps_in_any_width() {
    for width in [
        220.0, 240.0, 280.0, 320.0, 360.0, 420.0, 480.0, 640.0, 900.0,
    ] {
        let h = open([width, 60.0], top(), TopBarState::default(), top_bar::show);
        apart(&h, width);
        let there = h.query_by_label("Details").is_some();
        assert_eq!(there, width >= 320.0, "{width}");
    }
}

#[test]
fn menus() {
    let mut h = open([900.0, 760.0], top(), TopBarState::default(), top_bar::show);
    click(&mut h, "File");
    h.get_by_label_contains("Close tab").click();
    assert_eq!(asked(&mut h), [Action::Do(Command::CloseTab)]);
    click(&mut h, "File");
    h.get_by_label_contains("Open recent").click();
    h.run_ok();
    h.get_by_label_contains("결제.log").click();
    assert_eq!(
        asked(&mut h),
        [Action::OpenPath("/var/log/결제.log".into())]
    );
    click(&mut h, "View");
    h.get_by_label_contains("Theme").click();
    h.run_ok();
    assert_eq!(click(&mut h, "Light"), [Action::SetTheme(Theme::Light)]);
    click(&mut h, "View");
    h.get_by_label_contains("Zoom").click();
    h.run_ok();
    h.get_by_label_contains("Zoom in").click();
    assert_eq!(asked(&mut h), [Action::Do(Command::ZoomIn)]);
    click(&mut h, "View");
    h.get_by_label_contains("Columns").click();
    h.run_ok();
    let hide = Action::ShowColumn {
        key: "lineno".into(),
        visible: false,
    };
    assert_eq!(click(&mut h, "lineno"), [hide]);
    let reset = Action::Do(Command::ResetColumns);
    assert_eq!(click(&mut h, "Reset columns"), [reset]);
    click(&mut h, "Go");
    h.get_by_label_contains("Bookmarks and notes").click();
    assert_eq!(asked(&mut h), [Action::Do(Command::Bookmarks)]);
}

fn tab(id: u32, name: &str) -> Tab {
    Tab {
        id: TabId(id),
        name: name.into(),
        folder: None,
        path: format!("/var/log/{name}"),
        beside: false,
        progress: None,
        new_errors: 0,
        lost: false,
    }
}

#[test]
fn tabs_select_and_close() {
    let model = TabsModel {
        tabs: vec![tab(1, "app.log"), tab(2, "결제.log")],
        selected: Some(TabId(1)),
    };
    let mut h = open([900.0, 60.0], model, TabsState::default(), tabs::show);
    assert_eq!(click(&mut h, "결제.log"), [Action::SelectTab(TabId(2))]);
    assert_eq!(
        click(&mut h, "Close 결제.log"),
        [Action::CloseTab(TabId(2))]
    );
    h.get_by_label("app.log")
        .click_button(PointerButton::Middle);
    assert_eq!(asked(&mut h), [Action::CloseTab(TabId(1))]);
}

#[test]
fn the_selected_tab_of_many_is_in_view() {
    let model = TabsModel {
        tabs: (0..60)
            .map(|n| tab(n, &format!("worker-{n}.log")))
            .collect(),
        selected: Some(TabId(59)),
    };
    let mut h = open([900.0, 60.0], model, TabsState::default(), tabs::show);
    h.run_steps(40);
    let last = h.get_by_label("worker-59.log").rect();
    assert!(last.right() <= 901.0, "{last:?}");
}

#[test]
fn a_row_without_room_for_all_tabs_lists_them() {
    let tabs = |count| TabsModel {
        tabs: (0..count)
            .map(|n| tab(n, &format!("inference-service-{n:02}-production.log")))
            .collect(),
        selected: Some(TabId(0)),
    };
    let h = open([900.0, 60.0], tabs(5), TabsState::default(), tabs::show);
    assert!(h.query_by_label("All open logs").is_none(), "there is room");
    let mut h = open([900.0, 600.0], tabs(30), TabsState::default(), tabs::show);
    let narrowest = { h.query_all_by_role(Role::Tab) }
        .map(|tab| tab.rect().width())
        .fold(f32::MAX, f32::min);
    assert!(narrowest >= 150.0, "{narrowest}");
    click(&mut h, "All open logs");
    // The tab, its cross, and then the entry of the list.
    let named = h.query_all_by_label_contains("service-07");
    named.last().unwrap().click();
    assert_eq!(asked(&mut h), [Action::SelectTab(TabId(7))]);
}

/// What is painted in the row of tabs.
fn painted(names: &[&str], width: f32) -> Vec<String> {
    let tabs = names.iter().zip(0..).map(|(name, at)| tab(at, name));
    let model = TabsModel {
        tabs: tabs.collect(),
        selected: Some(TabId(0)),
    };
    let h = open([width, 60.0], model, TabsState::default(), tabs::show);
    let texts = texts(&h.output().shapes).into_iter();
    texts.map(|(text, _)| text).collect()
}

#[test]
fn a_name_is_cut_once_and_told_apart() {
    let many = |name: &dyn Fn(u32) -> String| -> Vec<String> { (1..=12).map(name).collect() };
    for names in [
        many(&|n| format!("service-{n}-production.log")),
        many(&|n| format!("a-very-long-name-of-a-service-{n}-production-eu-west.log")),
        many(&|n| format!("a-service-with-a-long-name-{n}.log")),
    ] {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let seen: Vec<String> = { painted(&names, 1_900.0).into_iter() }
            .filter(|text| text.chars().count() > 1)
            .collect();
        assert_eq!(seen.len(), names.len(), "{seen:?}");
        for (at, text) in seen.iter().enumerate() {
            assert_eq!(text.matches('…').count(), 1, "{seen:?}");
            assert!(!seen[..at].contains(text), "{seen:?}");
        }
    }
}

/// What tells a tab from one of the same name is not cut while there is room for it.
#[test]
fn the_mark_of_a_second_view_is_there() {
    let second = |mark: &str, width: f32| {
        let name = "inference-service.log";
        let later = Tab {
            folder: Some(mark.into()),
            ..tab(2, name)
        };
        let model = TabsModel {
            tabs: vec![tab(1, name), later, tab(3, "a.log")],
            selected: Some(TabId(2)),
        };
        let h = open([width, 60.0], model, TabsState::default(), tabs::show);
        let texts = texts(&h.output().shapes);
        texts.iter().any(|(text, _)| text == mark)
    };
    for mark in ["second view", "두 번째 보기", "with rotated files"] {
        for width in [1_280.0, 640.0] {
            assert!(second(mark, width), "{mark} in {width}");
        }
    }
    assert!(!second("second view", 300.0));
}

/// Also where the window gets its size after the first frame, as an enlarged one does.
#[test]
fn the_selected_tab_comes_into_view_in_any_width() {
    let model = TabsModel {
        tabs: (0..20)
            .map(|n| tab(n, &format!("worker-{n}.log")))
            .collect(),
        selected: Some(TabId(19)),
    };
    let mut h = open([900.0, 300.0], model, TabsState::default(), tabs::show);
    for width in [450.0, 1_200.0, 300.0] {
        h.set_size(egui::vec2(width, 300.0));
        h.run_steps(4);
        let last = h.get_by_label("worker-19.log").rect();
        assert!(0.0 <= last.left() && last.right() <= width, "{last:?}");
    }
    // So does its entry in the list of all, which has no room for all of them.
    click(&mut h, "All open logs");
    h.run_steps(4);
    let entries = h.query_all_by_label_contains("worker-19").last();
    let entry = entries.unwrap().rect();
    assert!(entry.bottom() <= 300.0, "{entry:?}");
    // No cross stands alone at the start of the row.
    let tabs: Vec<_> = { h.query_all_by_role(Role::Tab) }
        .map(|tab| tab.rect())
        .collect();
    let crosses = h.query_all_by_label_contains("Close worker");
    for cross in crosses.map(|cross| cross.rect()) {
        let of = tabs.iter().find(|tab| tab.contains_rect(cross)).unwrap();
        assert!(of.center().x > 0.0, "{cross} of {of}");
    }
}

fn chip(name: &str, gravity: Gravity, hidden: bool) -> LevelChip {
    LevelChip {
        name: name.into(),
        gravity,
        total: 1_234,
        matching: None,
        hidden,
    }
}

fn level_bar() -> LevelsModel {
    LevelsModel {
        levels: vec![
            chip("", Gravity::None, false),
            chip("DEBUG", Gravity::Debug, true),
            chip("경고", Gravity::Warning, false),
        ],
        at_least: None,
    }
}

#[test]
fn level_chips_hide_show_and_stand_alone() {
    let mut h = open(
        [900.0, 300.0],
        level_bar(),
        LevelsState::default(),
        |ui, m, s, out| {
            ui.horizontal_wrapped(|ui| levels::show(ui, m, s, out));
        },
    );
    let set = |name: &str, hidden| Action::SetLevelHidden {
        name: name.into(),
        hidden,
    };
    assert_eq!(
        click(&mut h, "DEBUG, 1,234 records, hidden"),
        [set("DEBUG", false)]
    );
    h.run_steps(20);
    assert_eq!(
        click(&mut h, "no level, 1,234 records, shown"),
        [set("", true)]
    );
    assert_eq!(click(&mut h, "All levels"), [Action::ShowAllLevels]);
    h.get_by_label("경고, 1,234 records, shown")
        .click_secondary();
    h.run_ok();
    let least = Action::SetLevelAtLeast(Some("경고".into()));
    assert_eq!(click(&mut h, "경고 and above"), [least]);
}

#[test]
fn level_chips_by_keyboard() {
    let mut h = open(
        [900.0, 100.0],
        level_bar(),
        LevelsState::default(),
        levels::show,
    );
    focus(&mut h, "DEBUG, 1,234 records, hidden");
    h.key_press(Key::Space);
    let show = Action::SetLevelHidden {
        name: "DEBUG".into(),
        hidden: false,
    };
    assert_eq!(asked(&mut h), [show]);
}
