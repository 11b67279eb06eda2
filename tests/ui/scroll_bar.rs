//! The vertical scroll bar over 10⁸ rows: places, pages, marks.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2};
use egui_kittest::Harness;
use timberline::base::id::{RecordNo, RowNo};
use timberline::base::level::Gravity;
use timberline::ui::action::Action;
use timberline::ui::table::ScrollMark;
use timberline::ui::theme::space;

use crate::host::{Host, open};
use crate::table::{HUGE, last_action, position, press, shown};

#[test]
fn the_middle_button_and_shift_go_to_a_place_in_the_track() {
    let mut h = open(HUGE);
    let x = 1_100.0 - space::SCROLL / 2.0;
    let third = space::BAR + (600.0 - space::BAR) * 0.3;
    for (button, modifiers) in [
        (PointerButton::Middle, Modifiers::NONE),
        (PointerButton::Primary, Modifiers::SHIFT),
    ] {
        press(&mut h, Modifiers::COMMAND, Key::Home);
        for pressed in [true, false] {
            h.event(Event::PointerMoved(pos2(x, third)));
            let event = Event::PointerButton {
                pos: pos2(x, third),
                button,
                pressed,
                modifiers,
            };
            h.event_modifiers(event, modifiers);
            h.run();
        }
        let share = position(&h).0 as f64 / HUGE as f64;
        assert!((share - 0.3).abs() < 0.01, "{button:?} {share}");
    }
    // A drag with it goes on from there.
    let there = pos2(x, third);
    h.event(Event::PointerButton {
        pos: there,
        button: PointerButton::Middle,
        pressed: true,
        modifiers: Modifiers::NONE,
    });
    h.run();
    h.hover_at(pos2(x, 900.0));
    h.run();
    assert_eq!(shown(&h).last().unwrap().0, HUGE - 1);
}

#[test]
fn the_track_pages_on_while_it_is_held() {
    let mut h = open(10_000);
    let at = pos2(1_100.0 - space::SCROLL / 2.0, 300.0);
    h.drag_at(at);
    h.run_steps(10);
    let one = position(&h).0;
    assert_eq!(one, 27);
    h.run_steps(60);
    let held = position(&h).0;
    assert!(held > 5 * one, "{held}");
    // Up to where the pointer is, and no further.
    h.run_steps(3_000);
    let share = position(&h).0 as f64 / 10_000.0;
    assert!((0.44..0.5).contains(&share), "{share}");
    h.drop_at(at);
    let there = position(&h);
    h.run_steps(60);
    assert_eq!(position(&h), there);
}

#[test]
fn a_click_on_a_mark_goes_to_its_record() {
    let mut h = open(HUGE);
    let (row, to) = (RowNo(HUGE / 4), RowNo(HUGE / 4 + 12_345));
    let gravity = Gravity::Error;
    h.state_mut().model.grave = vec![ScrollMark { row, gravity, to }];
    h.run();
    let y = space::BAR + (600.0 - space::BAR) / 4.0;
    let click = |h: &mut Harness<'_, Host>, at: Pos2| {
        h.drag_at(at);
        h.drop_at(at);
        h.run();
    };
    click(&mut h, pos2(1_099.0, y + 1.0));
    assert_eq!(last_action(&h), &Action::JumpTo(RecordNo(to.0)));
    assert!(shown(&h).iter().any(|(shown, _)| *shown == to.0));
    press(&mut h, Modifiers::COMMAND, Key::Home);
    // Beside the mark it is the track.
    click(&mut h, pos2(1_094.0, y + 1.0));
    assert_eq!(position(&h).0, 27);
}
