//! What has the keyboard or the pointer shows it in the colours of the theme, the same everywhere.

use egui::accesskit::Role;
use egui::{Color32, Event, Key, Rect, Shape};
use timberline::ui::theme::DARK;

use crate::common::{Desk, Window, lines};

/// Lines and outlines that are painted, with their colours.
fn strokes(window: &Window) -> Vec<(Rect, Color32)> {
    fn of(shape: &Shape, out: &mut Vec<(Rect, Color32)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| of(shape, out)),
            Shape::LineSegment { points, stroke } => {
                out.push((Rect::from_points(points), stroke.color));
            }
            Shape::Rect(rect) if rect.stroke.width > 0.0 => {
                out.push((rect.rect, rect.stroke.color));
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    for clipped in &window.harness.output().shapes {
        of(&clipped.shape, &mut out);
    }
    out
}

#[test]
fn a_menu_of_the_bar_has_the_ring_that_its_neighbours_have() {
    let desk = Desk::new();
    let mut window = desk.window(&[]);
    window.press(Key::F6);
    for name in ["File", "View", "Go", "Help", "Open"] {
        let button = window.wait_role(Role::Button, name);
        window.wait(&format!("a ring around {name}"), |window| {
            let mut strokes = strokes(window).into_iter();
            strokes.any(|(rect, color)| rect == button && color == DARK.focus)
        });
        window.press(Key::Tab);
    }
}

/// egui's own colour for it is that of a text under the pointer.
#[test]
fn the_edge_under_the_pointer_is_in_the_accent() {
    let desk = Desk::new();
    let log = desk.write("a.log", lines(0..3));
    let mut window = desk.window(&[&log]);
    window.shows(3, 3);
    let in_accent = (0..50).any(|_| {
        // The panes find their sizes in the first frames.
        let edge = window.wait_place("Size of the details");
        window.events([Event::PointerMoved(edge.center())]);
        let on_edge = |rect: &Rect| rect.height() < 1.0 && edge.expand(1.0).contains_rect(*rect);
        let mut strokes = strokes(&window).into_iter();
        strokes.any(|(rect, color)| on_edge(&rect) && color == DARK.accent)
    });
    assert!(in_accent);
}

/// A word beside a box is seen to be a button before it can do anything.
#[test]
fn the_buttons_of_the_start_page_have_a_ground() {
    let desk = Desk::new();
    let mut window = desk.window(&[]);
    window.wait_says("Open path");
    for hint in [
        "For example /path/to/app.log",
        "For example docker logs -f web",
    ] {
        assert!(window.painted().iter().any(|(text, _)| text == hint));
    }
    for name in ["Open path", "Watch command"] {
        let button = window.wait_place(name);
        let shapes = &window.harness.output().shapes;
        let has_ground = shapes.iter().any(|clipped| match &clipped.shape {
            Shape::Rect(rect) => rect.rect == button && rect.fill == DARK.control,
            _ => false,
        });
        assert!(has_ground, "{name}");
    }
}
