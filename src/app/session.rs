//! What is open now, in the form in which it is kept.

use std::path::Path;

use super::marks;
use super::reduce::filter;
use super::split::Split;
use super::state::{HeldBack, State};
use super::tab::{Follow, Tab};
use crate::base::origin::{Origin, Part};
use crate::base::rule::MarkRule;
use crate::query::context::MOST;
use crate::settings::session::{Label, Session, TabEntry, WindowPlace};
use crate::ui::action::TabId;

impl State {
    /// The session as it would be saved now.
    #[must_use]
    pub fn session(&mut self, window: Option<WindowPlace>) -> Session {
        let kept = self.kept();
        let log = |id: TabId| self.tab_of(id).map(|tab| tab.handle.id());
        let at = |id: TabId| kept.iter().position(|kept| log(*kept) == log(id));
        let beside = self
            .split
            .and_then(|split| Some([at(split.left)?, at(split.right)?]));
        Session {
            active: self.active.and_then(at).unwrap_or(0),
            window,
            commands: self
                .recent_commands
                .iter()
                .map(|command| command.id().to_owned())
                .collect(),
            beside: beside.filter(|[left, right]| left != right),
            sync_times: self.sync_times,
            tabs: kept.into_iter().filter_map(|id| self.entry(id)).collect(),
        }
    }

    /// The tabs that the session has. Nothing is run by itself at the next start, and standard input is another one then; of
    /// several views of a log the first stands for it.
    fn kept(&self) -> Vec<TabId> {
        let first = |tab: &&Tab| {
            let mut views = self.tabs.iter();
            let first = views.find(|other| other.handle.id() == tab.handle.id());
            first.is_some_and(|first| first.id == tab.id)
        };
        let kept = self.tabs.iter().filter(|tab| tab.origin.has_path());
        kept.filter(first).map(|tab| tab.id).collect()
    }

    /// A tab as the session has it.
    pub(super) fn entry(&mut self, id: TabId) -> Option<TabEntry> {
        let format = { self.tab_of(id) }
            .and_then(|tab| self.settings.format_of(&tab.path))
            .cloned();
        let tab = self.tab_of_mut(id)?;
        Some(TabEntry {
            path: tab.path.clone(),
            part: part(&tab.origin),
            rotated: tab.origin == Origin::Rotated,
            format,
            follow: tab.follow == Follow::Tail,
            labels: tab.labels.iter().map(kept_label).collect(),
            wrap: tab.table.wraps(),
            around: tab.manner.around,
            collapse: tab.manner.collapse,
            by_time: tab.manner.by_time,
            dock: tab.groups.dock,
            plot: tab.plot.kept(),
            filter: filter::kept(tab),
            place: tab.kept_place(),
            window: tab.window.as_ref().map(|own| own.place),
            panels: { tab.window.as_ref() }.and_then(|own| own.sizes().cloned()),
        })
    }

    /// Opens what was open before.
    pub fn restore(&mut self, session: &Session) {
        let mut opened = Vec::new();
        for entry in &session.tabs {
            let origin = match entry.part.as_deref() {
                None if entry.rotated => Origin::Rotated,
                None => Origin::Path,
                Some("") => Origin::Part(Part::All),
                Some(name) => Origin::Part(Part::One(name.to_owned())),
            };
            self.open_from(&entry.path, origin, entry.format.clone());
            opened.push(self.active);
            if let Some(tab) = self.tab_mut() {
                tab.dress(entry);
            }
            if let (Some(place), Some(id)) = (entry.window, self.active) {
                self.move_to_window(id, place);
                let own = self.tab_of_mut(id).and_then(|tab| tab.window.as_mut());
                if let (Some(own), Some(sizes)) = (own, &entry.panels) {
                    own.resize(sizes.clone());
                }
            }
        }
        let in_main = |id: &TabId| self.tab_of(*id).is_some_and(|tab| tab.window.is_none());
        let shown = |at: usize| opened.get(at).copied().flatten().filter(in_main);
        let active = shown(session.active).or_else(|| self.main_tabs().last().map(|tab| tab.id));
        let sides = session
            .beside
            .map(|[left, right]| (shown(left), shown(right)));
        let split = match (sides, active) {
            (Some((Some(left), Some(right))), Some(active)) if left != right => {
                Some(Split { left, right }).filter(|split| split.has(active))
            }
            _ => None,
        };
        self.active = active;
        self.split = split;
        self.sync_times |= session.sync_times;
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

impl Tab {
    /// Shows the log as it was shown before.
    pub(super) fn dress(&mut self, entry: &TabEntry) {
        self.follow = match entry.follow {
            true => Follow::Tail,
            false => Follow::Free,
        };
        let labels = entry.labels.iter();
        self.labels = labels.map(|it| marks::label(&it.text, it.colour)).collect();
        self.table.start_wrapped(entry.wrap);
        self.show_around(entry.around.min(MOST));
        self.collapse(entry.collapse);
        self.order_by_time(entry.by_time);
        self.groups.dock = entry.dock;
        if let Some(plot) = &entry.plot {
            self.plot.restore(plot);
        }
        self.kept_filter = Some(entry.filter.clone()).filter(|query| !query.is_empty());
        if let Some(place) = &entry.place {
            self.return_to_kept(place);
        }
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

/// Where the window is and how large, as far as the desktop tells: Wayland hides places. Of one that fills the screen it is
/// where it was `before`.
#[must_use]
pub fn window_place(ctx: &egui::Context, before: Option<WindowPlace>) -> Option<WindowPlace> {
    let place = place_now(ctx)?;
    let before = before.filter(|_| place.maximized);
    Some(before.map_or(place, |before| WindowPlace {
        maximized: true,
        ..before
    }))
}

fn place_now(ctx: &egui::Context) -> Option<WindowPlace> {
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
        let mut output = ctx.run_ui(input, |ui| place = window_place(ui.ctx(), before()));
        output.textures_delta.clear();
        place
    }

    fn before() -> Option<WindowPlace> {
        Some(WindowPlace {
            width: 700.0,
            height: 450.0,
            ..WindowPlace::default()
        })
    }

    #[test]
    fn a_window_that_fills_the_screen_keeps_the_place_that_it_had() {
        let filled = told(|window| {
            window.native_pixels_per_point = Some(1.0);
            window.maximized = Some(true);
        });
        let expected = before().map(|before| WindowPlace {
            maximized: true,
            ..before
        });
        assert_eq!(filled, expected);
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
