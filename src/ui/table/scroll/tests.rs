#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use proptest::prelude::*;

use super::*;

const HUGE: u64 = 100_000_000;

fn extent(len: u64) -> Extent {
    Extent {
        len,
        row_height: 20.0,
        view: 707.0,
    }
}

#[test]
fn end_shows_the_last_row_at_the_bottom_edge() {
    for len in [36, 37, 1_000, HUGE, u64::MAX / 2] {
        let e = extent(len);
        let end = ScrollPos::end(&e);
        let bottom = end.top_of(len - 1, &e) + 20.0;
        assert!((bottom - 707.0).abs() < 1e-3, "{len}: {bottom}");
    }
}

#[test]
fn short_lists_do_not_move() {
    for len in [0, 1, 35] {
        let e = extent(len);
        assert!(e.fits(), "{len}");
        assert_eq!(ScrollPos::at(0).moved(500.0, &e), ScrollPos::default());
    }
    let exact = Extent {
        len: 10,
        row_height: 20.0,
        view: 200.0,
    };
    assert!(exact.fits());
    assert!(!Extent { len: 11, ..exact }.fits());
}

#[test]
fn a_wheel_step_is_exact_at_the_far_end() {
    let e = extent(HUGE);
    let start = ScrollPos::at(HUGE - 10_000);
    let moved = start.moved(450.0, &e);
    assert_eq!((moved.row, moved.offset_px), (HUGE - 10_000 + 22, 10.0));
    let mut fine = start;
    for _ in 0..300 {
        fine = fine.moved(1.5, &e);
    }
    assert_eq!((fine.row, fine.offset_px), (HUGE - 10_000 + 22, 10.0));
}

#[test]
fn revealing_moves_as_little_as_possible() {
    let e = extent(HUGE);
    let pos = ScrollPos {
        row: 500,
        offset_px: 7.0,
    };
    assert_eq!(pos.revealing(510, &e), pos);
    assert_eq!(pos.revealing(500, &e), ScrollPos::at(500));
    assert_eq!(pos.revealing(3, &e), ScrollPos::at(3));
    let down = pos.revealing(600, &e);
    assert!((down.top_of(600, &e) + 20.0 - 707.0).abs() < 1e-3);
}

#[test]
fn centring_leaves_a_visible_row_where_it_is() {
    let e = extent(HUGE);
    let pos = ScrollPos::at(500);
    assert_eq!(pos.centring(520, &e), pos);
    let far = pos.centring(90_000_000, &e);
    assert!((far.top_of(90_000_000, &e) - 343.5).abs() < 1e-3);
    assert_eq!(pos.centring(0, &e), ScrollPos::default());
    assert_eq!(pos.centring(HUGE - 1, &e), ScrollPos::end(&e));
}

#[test]
fn rows_are_found_by_their_place() {
    let e = extent(50);
    let pos = ScrollPos {
        row: 3,
        offset_px: 5.0,
    };
    assert_eq!(pos.row_at(0.0, &e), Some(3));
    assert_eq!(pos.row_at(14.9, &e), Some(3));
    assert_eq!(pos.row_at(15.0, &e), Some(4));
    assert_eq!(pos.row_at(-6.0, &e), Some(2));
    assert_eq!(pos.row_at(-70.0, &e), None);
    assert_eq!(pos.row_at(2_000.0, &e), None);
}

#[test]
fn pages_keep_a_row_of_context() {
    assert_eq!(extent(HUGE).page(), 34);
    let tiny = Extent {
        view: 5.0,
        ..extent(HUGE)
    };
    assert_eq!(tiny.page(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// I12: the offset stays inside its row, and scrolling by a then b is scrolling by a + b.
    #[test]
    fn i12_steps_add_up(
        row in 2_000u64..HUGE,
        offset in 0.0f32..19.99,
        a in -20_000.0f64..20_000.0,
        b in -20_000.0f64..20_000.0,
    ) {
        let e = Extent { len: HUGE + 10_000, ..extent(0) };
        let start = ScrollPos { row, offset_px: offset };
        let (twice, once) = (start.moved(a, &e).moved(b, &e), start.moved(a + b, &e));
        prop_assert!((0.0..20.0).contains(&twice.offset_px));
        prop_assert!((0.0..20.0).contains(&once.offset_px));
        prop_assert!((once.top_of(twice.row, &e) + f64::from(twice.offset_px)).abs() < 0.5);
    }

    #[test]
    fn nothing_leaves_the_list(len in 0u64..HUGE, row in 0u64..2 * HUGE, step in -1e12f64..1e12, height in 1.0f32..60.0, view in 0.0f32..3_000.0) {
        let e = Extent { len, row_height: height, view };
        let pos = ScrollPos::at(row).moved(step, &e);
        let end = ScrollPos::end(&e);
        prop_assert!((pos.row, pos.offset_px) <= (end.row, end.offset_px));
        prop_assert!(pos.offset_px >= 0.0 && pos.offset_px < height);
    }
}
