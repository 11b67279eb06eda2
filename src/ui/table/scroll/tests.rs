#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use proptest::prelude::*;

use super::*;

const HUGE: u64 = 100_000_000;

fn extent(len: u64) -> Extent<'static> {
    Extent {
        len,
        row_height: 20.0,
        view: 707.0,
        heights: None,
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
        heights: None,
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

/// Rows of 1 to 21 lines.
struct Uneven;

impl Heights for Uneven {
    fn of(&self, row: u64) -> f64 {
        let lines = row.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        20.0 + 16.0 * (lines % 21) as f64
    }
}

fn uneven(len: u64) -> Extent<'static> {
    Extent {
        heights: Some(&Uneven),
        ..extent(len)
    }
}

#[test]
fn rows_of_several_heights_end_at_the_bottom_edge() {
    for len in [40, 1_000, HUGE] {
        let e = uneven(len);
        let end = ScrollPos::end(&e);
        let bottom = end.top_of(len - 1, &e) + Uneven.of(len - 1);
        assert!((bottom - 707.0).abs() < 1e-3, "{len}: {bottom}");
        assert_eq!(end.moved(1.0, &e), end);
    }
    assert!(uneven(1).fits());
}

#[test]
fn a_row_higher_than_the_view_is_gone_through() {
    struct One;
    impl Heights for One {
        fn of(&self, row: u64) -> f64 {
            if row == 5 { 2_000.0 } else { 20.0 }
        }
    }
    let e = Extent {
        heights: Some(&One),
        ..extent(100)
    };
    let mut pos = ScrollPos::at(5);
    assert_eq!(pos.revealing(5, &e), pos);
    let mut steps = 0;
    while let Some(next) = pos.through(5, true, &e) {
        assert!(next.top_of(5, &e) < pos.top_of(5, &e));
        assert_eq!(next.revealing(5, &e), next, "it fills the view");
        pos = next;
        steps += 1;
    }
    assert_eq!(steps, 4);
    assert!((pos.top_of(6, &e) - 707.0).abs() < 0.5);
    assert_eq!(ScrollPos::at(5).through(5, false, &e), None);
    assert_eq!(pos.through(6, true, &e), None, "not in view");
    assert_eq!(ScrollPos::at(4).revealing(5, &e), ScrollPos::at(5));
}

#[test]
fn pages_through_rows_of_several_heights_meet_every_row() {
    let e = uneven(3_000);
    let (mut pos, mut row) = (ScrollPos::at(0), 0);
    let mut turns = 0;
    while row < 2_999 {
        let (next, below) = pos.paged(row, 1, &e);
        assert!(below > row, "{row}");
        // Nothing is skipped: what was the last row in view is still in view, unless it fills it.
        let last = pos.row_at(706.0, &e).unwrap_or(2_999);
        assert!(next.row <= last, "{pos:?} {next:?}");
        (pos, row) = (next.revealing(below, &e), below);
        turns += 1;
    }
    assert!(turns > 500);
    for _ in 0..turns + 1 {
        let (next, above) = pos.paged(row, -1, &e);
        assert!(above < row || row == 0);
        (pos, row) = (next.revealing(above, &e), above);
    }
    assert_eq!((pos, row), (ScrollPos::default(), 0));
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

    /// The same where rows are not equally high.
    #[test]
    fn i12_steps_through_uneven_rows_add_up(
        row in 2_000u64..HUGE,
        share in 0.0f64..0.99,
        a in -20_000.0f64..20_000.0,
        b in -20_000.0f64..20_000.0,
    ) {
        let e = uneven(HUGE + 10_000);
        let start = ScrollPos { row, offset_px: (share * Uneven.of(row)) as f32 };
        let (twice, once) = (start.moved(a, &e).moved(b, &e), start.moved(a + b, &e));
        for pos in [twice, once] {
            prop_assert!((0.0..Uneven.of(pos.row)).contains(&f64::from(pos.offset_px)));
        }
        prop_assert!((once.top_of(twice.row, &e) + f64::from(twice.offset_px)).abs() < 0.5);
    }

    /// Where a row is said to be is where it is found.
    #[test]
    fn uneven_rows_are_found_by_their_place(row in 0u64..HUGE, y in 0.0f32..707.0, share in 0.0f64..0.99) {
        let e = uneven(HUGE + 10_000);
        let pos = ScrollPos { row, offset_px: (share * Uneven.of(row)) as f32 };
        let found = pos.row_at(y, &e).unwrap();
        let top = pos.top_of(found, &e);
        prop_assert!(top <= f64::from(y) && f64::from(y) < top + Uneven.of(found));
    }

    #[test]
    fn uneven_rows_never_leave_the_list(len in 0u64..HUGE, row in 0u64..2 * HUGE, step in -1e12f64..1e12) {
        let e = uneven(len);
        let pos = ScrollPos::at(row).moved(step, &e);
        let end = ScrollPos::end(&e);
        prop_assert!((pos.row, pos.offset_px) <= (end.row, end.offset_px));
        prop_assert!(pos.offset_px >= 0.0 && f64::from(pos.offset_px) < e.height_of(pos.row));
    }

    #[test]
    fn nothing_leaves_the_list(len in 0u64..HUGE, row in 0u64..2 * HUGE, step in -1e12f64..1e12, height in 1.0f32..60.0, view in 0.0f32..3_000.0) {
        let e = Extent { len, row_height: height, view, heights: None };
        let pos = ScrollPos::at(row).moved(step, &e);
        let end = ScrollPos::end(&e);
        prop_assert!((pos.row, pos.offset_px) <= (end.row, end.offset_px));
        prop_assert!(pos.offset_px >= 0.0 && pos.offset_px < height);
    }
}
