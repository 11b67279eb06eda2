//! A window that comes back where a monitor was is moved to one that is there. Desktops that hide places (Wayland) see to
//! that themselves; there, a window that opens on a monitor of a higher scale gets the size that it was to have.

use std::time::{Duration, Instant};

use egui::{Context, Pos2, Rect, Vec2, ViewportCommand, ViewportId, pos2, vec2};

use crate::settings::session::WindowPlace;

/// So long a window that was opened at a place is looked after: the desktop may move it once it is there.
const PATIENCE: Duration = Duration::from_secs(1);

/// Time between two looks.
const AGAIN: Duration = Duration::from_millis(200);

/// Height in pixels of the strip at the top by which a window is taken hold of, and how much of it has to be in sight.
const STRIP: f32 = 40.0;
const LEAST: f32 = 20.0;

/// The windows that were opened a moment ago.
#[derive(Debug, Default)]
pub(super) struct Sight {
    watched: Vec<Watched>,
}

#[derive(Debug)]
struct Watched {
    window: ViewportId,
    since: Instant,
    /// Width and height that it was to have, in points.
    size: Vec2,
}

impl Sight {
    /// Looks after a window that is being opened there.
    pub(super) fn watch(&mut self, window: ViewportId, place: &WindowPlace) {
        self.watched.push(Watched {
            window,
            since: Instant::now(),
            size: vec2(place.width, place.height),
        });
    }

    /// Moves those that are out of sight, and gives those their size that got another. To be called in every frame of the main window; costs nothing once all have stood
    /// for a while.
    pub(super) fn look(&mut self, ctx: &Context, frame: &eframe::Frame) {
        if self.watched.is_empty() {
            return;
        }
        let monitors = monitors(frame);
        self.watched.retain(|watched| {
            let moved = move_into_sight(ctx, watched.window, &monitors);
            let grown = grow(ctx, watched.window, watched.size);
            !moved && !grown && watched.since.elapsed() < PATIENCE
        });
        if !self.watched.is_empty() {
            ctx.request_repaint_after(AGAIN);
        }
    }
}

/// Where monitors are, in pixels.
fn monitors(frame: &eframe::Frame) -> Vec<Rect> {
    let window = frame.winit_window();
    let all = window.into_iter().flat_map(|it| it.available_monitors());
    all.map(|monitor| {
        let (place, size) = (monitor.position(), monitor.size());
        Rect::from_min_size(
            pos2(place.x as f32, place.y as f32),
            vec2(size.width as f32, size.height as f32),
        )
    })
    .collect()
}

fn move_into_sight(ctx: &Context, window: ViewportId, monitors: &[Rect]) -> bool {
    let info = ctx.input(|input| input.raw.viewports.get(&window).cloned());
    let stands = |info: &egui::ViewportInfo| {
        let filled = [info.minimized, info.maximized, info.fullscreen];
        filled.iter().all(|is| *is != Some(true))
    };
    let place = info.filter(stands).and_then(|info| info.outer_rect);
    let scale = ctx.input_for(window, egui::InputState::pixels_per_point);
    let to = place.and_then(|place| into_sight(place * scale, monitors));
    if let Some(to) = to {
        ctx.send_viewport_cmd_to(window, ViewportCommand::OuterPosition(to / scale));
    }
    to.is_some()
}

/// Gives a window its size if that was taken for one in pixels, as it is where the scale is not known before the window is
/// on a monitor.
fn grow(ctx: &Context, window: ViewportId, wanted: Vec2) -> bool {
    let (size, scale) = ctx.input_for(window, |input| {
        (input.viewport_rect().size(), input.pixels_per_point())
    });
    let is_taken_wrong = is_in_pixels(size, wanted, scale);
    if is_taken_wrong {
        ctx.send_viewport_cmd_to(window, ViewportCommand::InnerSize(wanted));
    }
    is_taken_wrong
}

/// Whether a window is as large in pixels as it was to be in points.
fn is_in_pixels(size: Vec2, wanted: Vec2, scale: f32) -> bool {
    let off = size * scale - wanted;
    scale > 1.0 && off.abs().max_elem() <= scale
}

/// Where a window is to be moved to if less than half of its upper edge is on any monitor: within the one that it is nearest
/// to. All in pixels.
fn into_sight(window: Rect, monitors: &[Rect]) -> Option<Pos2> {
    let strip = window.with_max_y(window.top() + STRIP.min(window.height()));
    let seen = monitors.iter().map(|monitor| strip.intersect(*monitor));
    let seen = seen.filter(|part| part.height() >= LEAST && part.width() > 0.0);
    if seen.map(|part| part.width()).sum::<f32>() >= window.width() / 2.0 {
        return None;
    }
    let distance = |monitor: &&Rect| monitor.distance_sq_to_pos(window.center());
    let nearest = monitors
        .iter()
        .min_by(|one, other| distance(one).total_cmp(&distance(other)))?;
    // What is larger than the monitor begins at its corner.
    let within = |at: f32, size: f32, from: f32, to: f32| at.min(to - size).max(from);
    Some(pos2(
        within(
            window.left(),
            window.width(),
            nearest.left(),
            nearest.right(),
        ),
        within(
            window.top(),
            window.height(),
            nearest.top(),
            nearest.bottom(),
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(x, y), vec2(width, height))
    }

    #[test]
    fn a_window_out_of_sight_is_moved_to_the_nearest_monitor() {
        let one = [rect(0.0, 0.0, 1920.0, 1080.0)];
        let two = [one[0], rect(1920.0, 200.0, 1280.0, 1024.0)];
        let cases: [(_, &[Rect], _); 11] = [
            (rect(100.0, 50.0, 1280.0, 800.0), &one, None),
            // Partly beyond an edge, as a user may leave it.
            (rect(-400.0, 50.0, 1280.0, 800.0), &one, None),
            (rect(100.0, 900.0, 1280.0, 800.0), &one, None),
            // Its monitor was at the right, below, at the left, above.
            (rect(1832.0, 50.0, 1280.0, 800.0), &one, Some((640.0, 50.0))),
            (
                rect(2500.0, 300.0, 1280.0, 800.0),
                &one,
                Some((640.0, 280.0)),
            ),
            (rect(60.0, 1300.0, 800.0, 600.0), &one, Some((60.0, 480.0))),
            (rect(-1500.0, 10.0, 1280.0, 800.0), &one, Some((0.0, 10.0))),
            // Nothing but its lower part is in sight.
            (rect(10.0, -300.0, 1280.0, 800.0), &one, Some((10.0, 0.0))),
            (rect(5000.0, 0.0, 2500.0, 1500.0), &one, Some((0.0, 0.0))),
            // On both of two.
            (rect(1400.0, 250.0, 1000.0, 700.0), &two, None),
            (
                rect(3400.0, 250.0, 1000.0, 700.0),
                &two,
                Some((2200.0, 250.0)),
            ),
        ];
        for (window, monitors, expected) in cases {
            let to = into_sight(window, monitors).map(|to| (to.x, to.y));
            assert_eq!(to, expected, "{window:?}");
        }
        assert_eq!(into_sight(one[0], &[]), None, "nothing is known");
    }

    #[test]
    fn a_size_that_was_taken_for_pixels_is_told_from_others() {
        let wanted = vec2(1080.0, 700.0);
        let cases = [
            (vec2(540.0, 350.0), 2.0, true),
            (vec2(864.0, 560.0), 1.25, true),
            (wanted, 2.0, false),
            (wanted, 1.0, false),
            // The desktop gave it another size.
            (vec2(960.0, 540.0), 2.0, false),
            (vec2(540.0, 700.0), 2.0, false),
        ];
        for (size, scale, expected) in cases {
            assert_eq!(is_in_pixels(size, wanted, scale), expected, "{size}");
        }
    }
}
