//! The log table over 10⁸ synthetic rows, by mouse and keyboard.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use timberline::base::id::{RecordNo, RowNo};
use timberline::base::time::{TimeRange, Timestamp};
use timberline::ui::action::{Action, CopyWhat, LoggerClick};
use timberline::ui::table::{ScrollPos, TableModel};
use timberline::ui::theme::{palette_of, space};

use crate::host::{Host, open};

pub const HUGE: u64 = 100_000_000;

/// Row number and label of every row that the window shows, top to bottom.
pub fn shown(harness: &Harness<'_, Host>) -> Vec<(u64, String)> {
    harness
        .get_all_by_role(Role::Row)
        .map(|node| {
            let node = node.accesskit_node();
            (
                node.data().row_index().unwrap() as u64,
                node.label().unwrap(),
            )
        })
        .collect()
}

pub fn position(harness: &Harness<'_, Host>) -> (u64, f32) {
    let pos = harness.state().state.position();
    (pos.row, pos.offset_px)
}

fn focus(harness: &Harness<'_, Host>) -> Option<u64> {
    harness.state().model.focused().map(|record| record.0)
}

pub fn press(harness: &mut Harness<'_, Host>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

fn selected(harness: &Harness<'_, Host>) -> Vec<(u64, u64)> {
    let ranges = harness.state().model.selection.ranges();
    ranges.iter().map(|(a, b)| (a.0, b.0)).collect()
}

/// The middle of the row `at` rows below the window's first.
fn row_middle(at: f32) -> Pos2 {
    pos2(700.0, space::BAR + (at + 0.5) * space::ROW)
}

fn click_row(harness: &mut Harness<'_, Host>, at: usize, modifiers: Modifiers) {
    let row = harness.get_all_by_role(Role::Row).nth(at).unwrap();
    row.click_modifiers(modifiers);
    harness.run();
}

pub fn last_action<'a>(harness: &'a Harness<'_, Host>) -> &'a Action {
    harness.state().log.last().unwrap()
}

#[test]
fn home_end_and_pages_land_exactly() {
    let mut h = open(HUGE);
    press(&mut h, Modifiers::COMMAND, Key::End);
    assert_eq!(focus(&h), Some(HUGE - 1));
    let rows = shown(&h);
    assert_eq!(rows.last().unwrap().0, HUGE - 1);
    let last = h.get_all_by_role(Role::Row).last().unwrap().rect();
    // Below the rows lies the strip of the sideways bar.
    assert!((last.bottom() - (600.0 - 7.0)).abs() < 0.01, "{last:?}");
    assert!((last.height() - space::ROW).abs() < 0.01);
    for (row, label) in &rows {
        assert!(label.contains(&format!("record {row} of")), "{label}");
    }
    let before = position(&h);
    press(&mut h, Modifiers::NONE, Key::PageUp);
    let page = 27;
    assert_eq!(focus(&h), Some(HUGE - 1 - page));
    assert_eq!(position(&h), (before.0 - page, before.1));
    press(&mut h, Modifiers::NONE, Key::PageDown);
    assert_eq!(position(&h), before);
    press(&mut h, Modifiers::COMMAND, Key::Home);
    assert_eq!((focus(&h), position(&h)), (Some(0), (0, 0.0)));
}

#[test]
fn rows_are_even_everywhere() {
    let mut h = open(HUGE);
    for row in [0, 8_388_608, 77_777_777, HUGE - 1] {
        let host = h.state_mut();
        host.state.reveal(
            RowNo(row),
            timberline::ui::table::Reveal::Centre,
            &host.model,
        );
        h.run();
        let tops: Vec<f32> = h
            .get_all_by_role(Role::Row)
            .map(|node| node.rect().bottom())
            .collect();
        for pair in tops.windows(2).take(tops.len() - 2) {
            assert!(
                (pair[1] - pair[0] - space::ROW).abs() < 0.01,
                "{row}: {tops:?}"
            );
        }
    }
}

fn wheel(h: &mut Harness<'_, Host>, delta: egui::Vec2, modifiers: Modifiers) {
    h.hover_at(row_middle(5.0));
    h.event_modifiers(
        Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers,
        },
        modifiers,
    );
    h.run();
}

#[test]
fn the_wheel_moves_by_exact_distances_at_the_far_end() {
    let mut h = open(HUGE);
    let host = h.state_mut();
    host.state.reveal(
        RowNo(99_000_000),
        timberline::ui::table::Reveal::Centre,
        &host.model,
    );
    h.run();
    let moved = |h: &Harness<'_, Host>, from: (u64, f32)| {
        let now = position(h);
        (now.0 as f64 - from.0 as f64) * f64::from(space::ROW) + f64::from(now.1 - from.1)
    };
    let before = position(&h);
    wheel(&mut h, vec2(0.0, -450.0), Modifiers::NONE);
    assert!((moved(&h, before) - 450.0).abs() < 0.01);
    let before = position(&h);
    // A touchpad's small steps.
    for _ in 0..10 {
        wheel(&mut h, vec2(0.0, 1.5), Modifiers::NONE);
    }
    assert!(
        (moved(&h, before) + 15.0).abs() < 0.01,
        "{}",
        moved(&h, before)
    );
}

#[test]
fn the_thumb_lands_where_it_is_dragged_and_the_track_pages() {
    let mut h = open(HUGE);
    let x = 1_100.0 - space::SCROLL / 2.0;
    let track = 600.0 - space::BAR;
    h.drag_at(pos2(x, space::BAR + 5.0));
    h.run();
    // Half of what the thumb can travel.
    let way = (track - 20.0) / 2.0;
    h.hover_at(pos2(x, space::BAR + 5.0 + way));
    h.run();
    h.drop_at(pos2(x, space::BAR + 5.0 + way));
    h.run();
    let (row, offset) = position(&h);
    assert!(row.abs_diff(HUGE / 2) < 100, "{row}");
    assert_eq!(offset, 0.0);
    h.drag_at(pos2(x, space::BAR + 5.0 + way));
    h.run();
    h.hover_at(pos2(x, 900.0));
    h.run();
    h.drop_at(pos2(x, 900.0));
    h.run();
    assert_eq!(shown(&h).last().unwrap().0, HUGE - 1);
    let before = position(&h);
    let above = pos2(x, space::BAR + 30.0);
    h.drag_at(above);
    h.drop_at(above);
    h.run();
    assert_eq!(
        position(&h).0,
        before.0 - 27,
        "a click beside the thumb pages"
    );
}

#[test]
fn rows_are_chosen_by_mouse() {
    let mut h = open(HUGE);
    click_row(&mut h, 3, Modifiers::NONE);
    assert_eq!(selected(&h), [(3, 3)]);
    click_row(&mut h, 7, Modifiers::SHIFT);
    assert_eq!(selected(&h), [(3, 7)]);
    click_row(&mut h, 5, Modifiers::COMMAND);
    assert_eq!(selected(&h), [(3, 4), (6, 7)]);
    let chosen: Vec<u64> = h
        .get_all_by_role(Role::Row)
        .filter(|node| node.accesskit_node().is_selected() == Some(true))
        .map(|node| node.accesskit_node().data().row_index().unwrap() as u64)
        .collect();
    assert_eq!(chosen, [3, 4, 6, 7]);
    h.drag_at(row_middle(10.0));
    h.run();
    h.hover_at(row_middle(14.0));
    h.run();
    h.drop_at(row_middle(14.0));
    h.run();
    assert_eq!(selected(&h), [(10, 14)]);
    // A whole click within one frame, as a slow machine delivers it.
    let at = row_middle(2.0);
    for pressed in [true, false] {
        h.input_mut().events.push(Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    h.run();
    assert_eq!(selected(&h), [(2, 2)]);
}

#[test]
fn a_screen_reader_can_choose_a_row() {
    let mut h = open(HUGE);
    h.get_all_by_role(Role::Row)
        .nth(4)
        .unwrap()
        .click_accesskit();
    h.run();
    assert_eq!(selected(&h), [(4, 4)]);
}

#[test]
fn rows_are_chosen_by_keyboard() {
    let mut h = open(HUGE);
    press(&mut h, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(
        selected(&h),
        [(0, 0)],
        "the first step chooses the first visible row"
    );
    press(&mut h, Modifiers::NONE, Key::J);
    press(&mut h, Modifiers::NONE, Key::J);
    press(&mut h, Modifiers::NONE, Key::K);
    assert_eq!(selected(&h), [(1, 1)]);
    press(&mut h, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut h, Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(selected(&h), [(1, 3)]);
    press(&mut h, Modifiers::SHIFT, Key::PageDown);
    assert_eq!(selected(&h), [(1, 30)]);
    press(&mut h, Modifiers::COMMAND | Modifiers::SHIFT, Key::End);
    assert_eq!(selected(&h), [(1, HUGE - 1)]);
    press(&mut h, Modifiers::COMMAND, Key::A);
    assert_eq!(selected(&h), [(0, HUGE - 1)]);
    h.event(Event::Copy);
    h.run();
    assert_eq!(*last_action(&h), Action::CopySelection(CopyWhat::Lines));
}

#[test]
fn enter_and_double_click_show_details() {
    let mut h = open(HUGE);
    click_row(&mut h, 2, Modifiers::NONE);
    press(&mut h, Modifiers::NONE, Key::Enter);
    assert_eq!(*last_action(&h), Action::ShowDetails);
    h.state_mut().log.clear();
    let at = row_middle(6.0);
    h.hover_at(at);
    h.run_steps(60);
    for _ in 0..2 {
        for pressed in [true, false] {
            h.event(Event::PointerButton {
                pos: at,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            });
        }
    }
    h.run();
    assert!(h.state().log.contains(&Action::ShowDetails));
}

#[test]
fn the_menu_filters_by_what_is_under_the_pointer() {
    let choose = |entry: &str| {
        let mut h = open(HUGE);
        h.get_all_by_role(Role::Row)
            .nth(4)
            .unwrap()
            .click_secondary();
        h.run();
        assert_eq!(selected(&h), [(4, 4)], "a right click chooses");
        h.get_by_label_contains(entry).click();
        h.run();
        last_action(&h).clone()
    };
    assert_eq!(
        choose("Only logger sqlalchemy.engine.Engine"),
        Action::LoggerClick {
            name: "sqlalchemy.engine.Engine".into(),
            how: LoggerClick::Solo
        }
    );
    assert_eq!(
        choose("ERROR and above"),
        Action::SetLevelAtLeast(Some("ERROR".into()))
    );
    assert_eq!(
        choose("From here on"),
        Action::SetTimeRange(TimeRange {
            since: Some(Timestamp(4_000_000)),
            until: None
        })
    );
    assert!(matches!(choose("Exclude thread"), Action::Narrow(_)));
    assert!(matches!(
        choose("Records of this thread"),
        Action::Narrow(_)
    ));
    assert_eq!(
        choose("Copy message"),
        Action::CopySelection(CopyWhat::Messages)
    );
}

#[test]
fn a_menu_over_a_selection_keeps_it() {
    let mut h = open(HUGE);
    click_row(&mut h, 2, Modifiers::NONE);
    click_row(&mut h, 6, Modifiers::SHIFT);
    h.get_all_by_role(Role::Row)
        .nth(4)
        .unwrap()
        .click_secondary();
    h.run();
    assert_eq!(selected(&h), [(2, 6)]);
}

fn headers(h: &Harness<'_, Host>) -> Vec<String> {
    let mut all: Vec<(f32, String)> = h
        .get_all_by_role(Role::ColumnHeader)
        .map(|node| (node.rect().left(), node.accesskit_node().label().unwrap()))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter()
        .map(|(_, label)| label.replace("Column ", ""))
        .collect()
}

#[test]
fn columns_resize_fit_hide_and_move() {
    let mut h = open(HUGE);
    assert_eq!(
        headers(&h),
        ["Time", "Level", "Logger", "Thread", "Message"]
    );
    let logger = h.get_by_label("Column Logger").rect();
    h.drag_at(pos2(logger.right(), logger.center().y));
    h.run();
    h.hover_at(pos2(logger.right() + 20.0, logger.center().y));
    h.run();
    h.hover_at(pos2(logger.right() + 60.0, logger.center().y));
    h.run();
    h.drop_at(pos2(logger.right() + 60.0, logger.center().y));
    h.run();
    let wider = h.get_by_label("Column Logger").rect();
    assert!(
        (wider.width() - logger.width() - 60.0).abs() < 1.0,
        "{wider:?} was {logger:?}"
    );
    let saved = h
        .state()
        .log
        .iter()
        .filter(|a| matches!(a, Action::SetColumns(_)))
        .count();
    assert_eq!(saved, 1, "a drag is saved once, when it ends");

    h.get_by_label("Column Thread").click_secondary();
    h.run();
    h.get_by_label("Hide Thread").click();
    h.run();
    assert_eq!(headers(&h), ["Time", "Level", "Logger", "Message"]);

    let level = h.get_by_label("Column Level").rect().center();
    h.drag_at(level);
    h.run();
    h.hover_at(pos2(20.0, level.y));
    h.run();
    h.drop_at(pos2(20.0, level.y));
    h.run();
    assert_eq!(headers(&h), ["Level", "Time", "Logger", "Message"]);

    h.get_by_label("Column Level").click_secondary();
    h.run();
    h.get_by_label("File line").click();
    h.run();
    assert_eq!(
        headers(&h),
        ["File line", "Level", "Time", "Logger", "Message"]
    );
    press(&mut h, Modifiers::NONE, Key::Escape);
    h.get_by_label("Column Level").click_secondary();
    h.run();
    h.get_by_label("Reset columns").click();
    h.run();
    assert_eq!(
        headers(&h),
        ["Time", "Level", "Logger", "Thread", "Message"]
    );
}

#[test]
fn a_double_click_on_a_border_fits_the_column() {
    let mut h = open(HUGE);
    h.set_size(vec2(1_600.0, 600.0));
    h.run();
    let thread = h.get_by_label("Column Thread").rect();
    let at = pos2(thread.right(), thread.center().y);
    h.hover_at(at);
    h.run();
    for pressed in [true, false, true, false] {
        h.event(Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    h.run();
    let fitted = h.get_by_label("Column Thread").rect();
    assert!(fitted.width() < thread.width(), "{fitted:?} was {thread:?}");
}

#[test]
fn following_sticks_to_the_end_until_the_user_scrolls_up() {
    let mut h = open(HUGE);
    press(&mut h, Modifiers::NONE, Key::End);
    assert!(h.state().model.follow);
    h.state_mut().model.len += 500;
    h.run();
    assert_eq!(shown(&h).last().unwrap().0, HUGE + 499);
    wheel(&mut h, vec2(0.0, 100.0), Modifiers::NONE);
    assert!(!h.state().model.follow);
    let before = position(&h);
    h.state_mut().model.len += 12;
    h.run();
    assert_eq!(
        position(&h),
        before,
        "rows that arrive do not move the view"
    );
    h.get_by_label("12 new").click();
    h.run();
    assert!(h.state().model.follow);
    assert_eq!(shown(&h).last().unwrap().0, HUGE + 511);
    assert!(h.query_by_label_contains(" new").is_none());
}

#[test]
fn only_records_that_arrive_are_news() {
    let mut h = open(1_000);
    assert!(h.query_by_label_contains(" new").is_none());
    // Another filter of the same 1,000 records, which arrives piece by piece.
    for len in [20, 50, 100] {
        let host = h.state_mut();
        (host.model.every, host.model.len) = (10, len);
        h.run();
        assert!(h.query_by_label_contains(" new").is_none(), "{len}");
    }
    h.state_mut().model.len = 103;
    h.run();
    assert!(h.query_by_label("3 new").is_some());
    // All of the 30 records that arrived.
    let host = h.state_mut();
    (host.model.every, host.model.len) = (1, 1_030);
    h.run();
    assert!(h.query_by_label("30 new").is_some());
}

#[test]
fn a_filter_keeps_the_focused_record_where_it_is() {
    let mut h = open(HUGE);
    let host = h.state_mut();
    host.state.reveal(
        RowNo(50_000_000),
        timberline::ui::table::Reveal::Centre,
        &host.model,
    );
    h.run();
    click_row(&mut h, 9, Modifiers::NONE);
    let record = focus(&h).unwrap();
    let place = h.get_all_by_role(Role::Row).nth(9).unwrap().rect();
    let host = h.state_mut();
    let anchor = host.state.anchor(&host.model).unwrap();
    assert_eq!(anchor.record, RecordNo(record));
    host.model.every = if record.is_multiple_of(3) { 3 } else { 1 };
    host.model.len = HUGE / host.model.every;
    host.state.restore(&anchor, &host.model);
    h.run();
    let row = h.state().model.row_of(RecordNo(record)).0;
    let now = h
        .get_all_by_role(Role::Row)
        .find(|node| node.accesskit_node().data().row_index() == Some(row as usize))
        .unwrap()
        .rect();
    assert!((now.top() - place.top()).abs() < 0.01);
}

#[test]
fn rows_that_are_being_read_and_empty_views_say_so() {
    let mut h = open(40);
    h.state_mut().model.loading = 3..5;
    h.run();
    assert_eq!(
        shown(&h)
            .iter()
            .filter(|(_, label)| label == "Loading")
            .count(),
        2
    );
    h.state_mut().model.len = 0;
    h.run();
    assert!(h.query_by_label_contains("No records").is_some());
    assert_eq!(h.state().state.position(), ScrollPos::default());
    assert!(h.query_all_by_role(Role::Row).next().is_none());
    press(&mut h, Modifiers::NONE, Key::PageDown);
    press(&mut h, Modifiers::NONE, Key::End);
}

#[test]
fn the_newest_rows_of_a_followed_log_come_without_a_flash_of_bars() {
    let mut h = open(400);
    let bars = |h: &Harness<'_, Host>| {
        let placeholder = palette_of(h.ctx.global_style().visuals.dark_mode).placeholder;
        let is_bar = |shape: &egui::epaint::ClippedShape| matches!(&shape.shape, egui::Shape::Rect(rect) if rect.fill == placeholder);
        h.output()
            .shapes
            .iter()
            .filter(|shape| is_bar(shape))
            .count()
    };
    h.state_mut().model.follow = true;
    h.run();
    assert_eq!(bars(&h), 0);
    h.state_mut().model.loading = 398..400;
    h.run();
    assert_eq!(bars(&h), 0, "they are there in a moment");
    h.state_mut().model.follow = false;
    h.run();
    assert!(bars(&h) > 0, "elsewhere they are being read");
    h.state_mut().model.follow = true;
    h.state_mut().model.loading = 390..399;
    h.run();
    assert!(bars(&h) > 0, "so are rows above others");
}

#[test]
fn long_messages_scroll_sideways() {
    let mut h = open(HUGE);
    h.set_size(vec2(700.0, 600.0));
    h.run();
    wheel(&mut h, vec2(0.0, -30.0), Modifiers::SHIFT);
    let moved = h.get_by_label("Column Time").rect().left();
    assert!(moved < 0.0 || position(&h) == (0, 0.0), "{moved}");
    assert_eq!(position(&h), (0, 0.0), "shift and wheel do not move down");
}
