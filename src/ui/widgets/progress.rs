//! How far something is: a thin line that fills from left to right, and how long the rest takes.

use std::time::Duration;

use egui::{Id, Painter, Rect, Role, Ui, WidgetInfo, vec2};

use super::number;
use crate::tr;
use crate::ui::theme::palette;

/// Height of the line in points.
pub const HEIGHT: f32 = 2.0;

/// Paints the line at the bottom of `rect`, `share` (0 to 1) of it filled.
pub fn paint_below(painter: &Painter, rect: Rect, share: f32, color: egui::Color32) {
    let mut line = rect;
    line.min.y = line.max.y - HEIGHT;
    line.max.x = line.min.x + line.width() * share.clamp(0.0, 1.0);
    painter.rect_filled(line, 1.0, color);
}

/// A bar of `width` points in a row of controls; `name` is what a screen reader says.
pub fn bar(ui: &mut egui::Ui, width: f32, share: f32, name: &str) -> egui::Response {
    let height = ui.spacing().interact_size.y;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
    let track = Rect::from_center_size(rect.center(), vec2(width, 4.0));
    let palette = palette(ui);
    ui.painter().rect_filled(track, 2.0, palette.control);
    let mut fill = track;
    fill.max.x = fill.min.x + fill.width() * share.clamp(0.0, 1.0);
    ui.painter().rect_filled(fill, 2.0, palette.accent);
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, name));
    response
}

/// Seconds before which an estimate of the rest would only jump about.
const ESTIMATE_AFTER: f64 = 1.0;

/// Since when something has been watched.
#[derive(Debug, Clone, Copy)]
struct Watched {
    /// Seconds of `egui`'s clock.
    since: f64,
    /// How far it was then, 0 to 1.
    from: f32,
    /// How far it was last.
    last: f32,
}

/// `12 s left` of what `id` names and is so far, by how far it came while it was watched; empty until that can be told.
pub fn left(ui: &Ui, id: Id, share: f32) -> String {
    let now = ui.input(|input| input.time);
    let begun = Watched {
        since: now,
        from: share,
        last: share,
    };
    let watched = ui
        .data(|data| data.get_temp::<Watched>(id))
        .unwrap_or(begun);
    // What is less than it was has begun anew.
    let mut watched = if share < watched.last { begun } else { watched };
    watched.last = share;
    ui.data_mut(|data| data.insert_temp(id, watched));
    let (seconds, come) = (now - watched.since, f64::from(share - watched.from));
    if seconds < ESTIMATE_AFTER || come <= 0.0 {
        return String::new();
    }
    let rest = seconds * f64::from(1.0 - share).max(0.0) / come;
    Duration::try_from_secs_f64(rest.round())
        .map(|rest| tr!("{time} left", time = number::duration(rest)))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use egui::{Context, RawInput};

    use super::*;

    #[test]
    fn the_rest_is_told_by_what_came_while_it_was_watched() {
        let ctx = Context::default();
        let at = |time, share| {
            let input = RawInput {
                time: Some(time),
                ..RawInput::default()
            };
            let mut told = String::new();
            let mut output = ctx.run_ui(input, |ui| told = left(ui, Id::unique("test"), share));
            output.textures_delta.clear();
            told
        };
        let steps = [
            (0.0, 0.2, ""),
            (0.5, 0.3, ""),
            (2.0, 0.6, "2 s left"),
            (3.0, 0.8, "1 s left"),
            // Begun anew.
            (3.5, 0.1, ""),
            (5.5, 0.2, "16 s left"),
            // Nothing came.
            (5.6, 0.0, ""),
            (9.0, 0.0, ""),
        ];
        for (time, share, expected) in steps {
            assert_eq!(at(time, share), expected, "{share} at {time}");
        }
    }
}
