//! What is open now, in the form in which it is kept.

use std::path::Path;

use super::marks;
use super::state::{HeldBack, State};
use super::tab::{Follow, Tab};
use crate::base::origin::{Origin, Part};
use crate::base::rule::MarkRule;
use crate::query::context::MOST;
use crate::settings::session::{Label, Session, TabEntry, WindowPlace};

impl State {
    /// The session as it would be saved now.
    #[must_use]
    pub fn session(&self, window: Option<WindowPlace>) -> Session {
        // Nothing is run by itself at the next start, and standard input is another one then.
        let all = || self.tabs.iter().filter(|tab| tab.origin.has_path());
        // Of several views of a log the first stands for it.
        let first = |tab: &&Tab| {
            let mut views = self.tabs.iter();
            let first = views.find(|other| other.handle.id() == tab.handle.id());
            first.is_some_and(|first| first.id == tab.id)
        };
        let kept = || all().filter(first);
        let source = self.tab().map(|tab| tab.handle.id());
        let tabs = kept().map(|tab| TabEntry {
            path: tab.path.clone(),
            part: part(&tab.origin),
            rotated: tab.origin == Origin::Rotated,
            format: self.settings.format_of(&tab.path).cloned(),
            follow: tab.follow == Follow::Tail,
            labels: tab.labels.iter().map(kept_label).collect(),
            wrap: tab.table.wraps(),
            around: tab.manner.around,
            collapse: tab.manner.collapse,
            by_time: tab.manner.by_time,
            dock: tab.groups.dock,
            plot: tab.plot.kept(),
            window: tab.window.as_ref().map(|own| own.place),
        });
        Session {
            active: kept()
                .position(|tab| Some(tab.handle.id()) == source)
                .unwrap_or(0),
            window,
            commands: self
                .recent_commands
                .iter()
                .map(|command| command.id().to_owned())
                .collect(),
            tabs: tabs.collect(),
        }
    }

    /// Opens what was open before.
    pub fn restore(&mut self, session: &Session) {
        for entry in &session.tabs {
            let origin = match entry.part.as_deref() {
                None if entry.rotated => Origin::Rotated,
                None => Origin::Path,
                Some("") => Origin::Part(Part::All),
                Some(name) => Origin::Part(Part::One(name.to_owned())),
            };
            self.open_from(&entry.path, origin, entry.format.clone());
            if let Some(tab) = self.tab_mut() {
                tab.follow = if entry.follow {
                    Follow::Tail
                } else {
                    Follow::Free
                };
                let labels = entry.labels.iter();
                tab.labels = labels.map(|it| marks::label(&it.text, it.colour)).collect();
                tab.table.start_wrapped(entry.wrap);
                tab.show_around(entry.around.min(MOST));
                tab.collapse(entry.collapse);
                tab.order_by_time(entry.by_time);
                tab.groups.dock = entry.dock;
                if let Some(plot) = &entry.plot {
                    tab.plot.restore(plot);
                }
            }
            if let (Some(place), Some(id)) = (entry.window, self.active) {
                self.move_to_window(id, place);
            }
        }
        let wanted = self.tabs.get(session.active);
        let in_front = wanted.filter(|tab| tab.window.is_none());
        self.active = in_front
            .or_else(|| self.main_tabs().last())
            .map(|tab| tab.id);
    }

    /// Opens the session that was held back.
    pub fn restore_held_back(&mut self) {
        if let Some(held) = self.held_back.take() {
            self.restore(&held.session);
            self.session_changed();
        }
    }

    /// Goes on without the session that was held back.
    pub fn forget_held_back(&mut self) {
        self.held_back = None;
        self.session_changed();
    }

    /// Closes every log, to be opened again if the user says so.
    pub fn close_all(&mut self) {
        let session = self.session(None);
        self.tabs.clear();
        self.active = None;
        self.split = None;
        self.dialogs.close();
        self.held_back = Some(HeldBack {
            session,
            were_open: true,
        });
    }

    /// Whether a file is open.
    #[must_use]
    pub fn has(&self, path: &Path) -> bool {
        self.tabs.iter().any(|tab| tab.path == path)
    }
}

fn kept_label(label: &MarkRule) -> Label {
    Label {
        text: label.pattern.clone(),
        colour: label.colour,
    }
}

/// What of an archive is open, as the session has it.
fn part(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Part(Part::All) => Some(String::new()),
        Origin::Part(Part::One(name)) => Some(name.clone()),
        Origin::Path | Origin::Rotated | Origin::Stdin | Origin::Command(_) | Origin::Text(_) => {
            None
        }
    }
}

/// Where the window is and how large, as far as the desktop tells: Wayland hides places.
#[must_use]
pub fn window_place(ctx: &egui::Context) -> Option<WindowPlace> {
    ctx.input(|input| {
        let viewport = input.viewport();
        viewport.native_pixels_per_point?;
        let inner = viewport.inner_rect.unwrap_or(input.viewport_rect());
        let outer = viewport.outer_rect;
        Some(WindowPlace {
            x: outer.map(|rect| rect.min.x),
            y: outer.map(|rect| rect.min.y),
            width: inner.width(),
            height: inner.height(),
            maximized: viewport.maximized.unwrap_or(false),
        })
    })
}

#[cfg(test)]
mod tests {
    use egui::{Context, Pos2, RawInput, Rect, vec2};

    use super::*;

    /// What a window of 900 by 600 points tells of itself.
    fn told(change: impl FnOnce(&mut egui::ViewportInfo)) -> Option<WindowPlace> {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(900.0, 600.0))),
            ..RawInput::default()
        };
        change(input.viewports.entry(input.viewport_id).or_default());
        let ctx = Context::default();
        let mut place = None;
        let mut output = ctx.run_ui(input, |ui| place = window_place(ui.ctx()));
        output.textures_delta.clear();
        place
    }

    #[test]
    fn a_window_tells_its_size_where_the_desktop_hides_places() {
        let hidden = told(|window| window.native_pixels_per_point = Some(2.0));
        let expected = WindowPlace {
            width: 900.0,
            height: 600.0,
            ..WindowPlace::default()
        };
        assert_eq!(hidden, Some(expected));
        let shown = told(|window| {
            window.native_pixels_per_point = Some(1.0);
            let inner = Rect::from_min_size(egui::pos2(12.0, 40.0), vec2(910.0, 610.0));
            window.inner_rect = Some(inner);
            window.outer_rect = Some(inner.expand(2.0));
        });
        let expected = WindowPlace {
            x: Some(10.0),
            y: Some(38.0),
            width: 910.0,
            height: 610.0,
            maximized: false,
        };
        assert_eq!(shown, Some(expected));
        // No window of a desktop.
        assert_eq!(told(|window| window.native_pixels_per_point = None), None);
    }
}
