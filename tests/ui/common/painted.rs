//! What is painted where.

use egui::epaint::ClippedShape;
use egui::{Rect, Shape};

/// Every text that is painted, with its place.
pub fn texts(shapes: &[ClippedShape]) -> Vec<(String, Rect)> {
    fn of(shape: &Shape, clip: Rect, out: &mut Vec<(String, Rect)>) {
        match shape {
            Shape::Text(text) if !text.galley.text().is_empty() => {
                let place = text.galley.rect.translate(text.pos.to_vec2());
                if place.intersects(clip) {
                    out.push((text.galley.text().to_owned(), place));
                }
            }
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| of(shape, clip, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    for clipped in shapes {
        of(&clipped.shape, clipped.clip_rect, &mut out);
    }
    out
}

/// No text lies over another.
#[track_caller]
pub fn assert_apart(texts: &[(String, Rect)]) {
    for (at, (text, place)) in texts.iter().enumerate() {
        for (other, there) in texts.iter().skip(at + 1) {
            let overlap = place.shrink(0.5).intersects(there.shrink(0.5));
            assert!(!overlap, "{text:?} at {place}, {other:?} at {there}");
        }
    }
}
