//! What has the keyboard or the pointer shows it in the colours of the theme, the same everywhere.

use egui::accesskit::Role;
use egui::{Color32, Key, Rect, Shape};
use timberline::ui::theme::DARK;

use crate::common::{Desk, Window};

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
    for name in ["File", "View", "Help", "Open"] {
        let button = window.wait_role(Role::Button, name);
        window.wait(&format!("a ring around {name}"), |window| {
            let mut strokes = strokes(window).into_iter();
            strokes.any(|(rect, color)| rect == button && color == DARK.focus)
        });
        window.press(Key::Tab);
    }
}
