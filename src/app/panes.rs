//! The parts of the window, between which F6 steps.

use egui::{Context, FocusDirection, Rect, Ui};

use crate::ui::action::Direction;

/// A part of the window, in the order in which F6 steps through them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pane {
    /// Menus and tools.
    TopBar,
    /// The open logs.
    Tabs,
    /// Levels, text filter, chips.
    Filters,
    /// The find bar.
    Find,
    /// Records over time.
    Timeline,
    /// The logger tree.
    Loggers,
    /// The records.
    Table,
    /// The details of a record.
    Details,
    /// The status bar.
    Status,
}

/// Which parts are shown, and which is to get the keyboard.
#[derive(Debug, Default)]
pub struct Panes {
    shown: Vec<(Pane, Rect)>,
    before: Vec<(Pane, Rect)>,
    wanted: Option<Pane>,
}

impl Panes {
    /// Begins a frame; with a step, the keyboard goes to another part.
    pub fn begin(&mut self, ctx: &Context, step: Option<Direction>) {
        self.before = std::mem::take(&mut self.shown);
        self.before.sort_by_key(|(pane, _)| *pane);
        self.wanted = step.and_then(|direction| self.next(ctx, direction));
        if self.wanted == Some(Pane::Table) {
            // What has no keyboard of its own leaves it to the table.
            let focused = ctx.memory(egui::Memory::focused);
            if let Some(focused) = focused {
                ctx.memory_mut(|memory| memory.surrender_focus(focused));
            }
        }
    }

    /// Begins a part. The first thing in it that can have the keyboard gets it if it is this part's turn.
    pub fn enter(&mut self, ui: &Ui, pane: Pane) {
        self.shown.push((pane, ui.max_rect()));
        if self.wanted != Some(pane) || pane == Pane::Table {
            return;
        }
        self.wanted = None;
        let (id, layer) = (ui.unique_id().with("pane"), ui.layer_id());
        ui.memory_mut(|memory| {
            // As if something in front of the part had the keyboard and Tab was pressed.
            memory.request_focus(id);
            memory.move_focus(FocusDirection::Next);
            memory.interested_in_focus(id, layer);
        });
    }

    /// Whether it is this part's turn, for one that chooses itself what gets the keyboard.
    pub fn takes(&mut self, pane: Pane) -> bool {
        self.wanted.take_if(|wanted| *wanted == pane).is_some()
    }

    fn next(&self, ctx: &Context, direction: Direction) -> Option<Pane> {
        let count = self.before.len();
        let here = self.current(ctx);
        let at = self.before.iter().position(|(pane, _)| *pane == here);
        let to = match (at, direction) {
            (Some(at), Direction::Forward) => at + 1,
            (Some(at), Direction::Backward) => at + count - 1,
            (None, _) => 0,
        };
        let (pane, _) = self.before.get(to.checked_rem(count)?)?;
        Some(*pane)
    }

    /// The part that has the keyboard.
    fn current(&self, ctx: &Context) -> Pane {
        let focused = ctx.memory(egui::Memory::focused);
        let place = focused.and_then(|id| ctx.read_response(id));
        let Some(centre) = place.map(|place| place.rect.center()) else {
            return Pane::Table;
        };
        let here = self.before.iter().filter(|(_, rect)| rect.contains(centre));
        let smallest = here.min_by(|(_, one), (_, other)| one.area().total_cmp(&other.area()));
        smallest.map_or(Pane::Table, |(pane, _)| *pane)
    }
}
