//! The parts of the window, between which F6 steps.

use egui::{Context, FocusDirection, Id, LayerId, Rect, Ui};

use super::split::Side;
use crate::ui::action::Direction;

/// A part of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// Menus and tools.
    TopBar,
    /// The open logs.
    Tabs,
    /// Levels, text filter, chips.
    Filters(Side),
    /// The find bar.
    Find(Side),
    /// Records over time.
    Timeline(Side),
    /// The logger tree.
    Loggers,
    /// The records.
    Table(Side),
    /// The details of a record.
    Details,
    /// The status bar.
    Status,
    /// What there is to tell, above all others.
    Notices,
}

impl Pane {
    /// Its place in the order in which F6 steps through them: of two logs side by side, first all of the left one.
    fn order(self) -> (u8, Side, u8) {
        match self {
            Self::TopBar => (0, Side::Left, 0),
            Self::Tabs => (1, Side::Left, 0),
            Self::Filters(side) => (2, side, 0),
            Self::Find(side) => (2, side, 1),
            Self::Timeline(side) => (2, side, 2),
            Self::Loggers => (2, Side::Left, 3),
            Self::Table(side) => (2, side, 4),
            Self::Details => (3, Side::Left, 0),
            Self::Status => (4, Side::Left, 0),
            Self::Notices => (5, Side::Left, 0),
        }
    }

    /// The side that gets the keyboard with it.
    fn side(self) -> Option<Side> {
        match self {
            Self::Filters(side) | Self::Timeline(side) | Self::Find(side) | Self::Table(side) => {
                Some(side)
            }
            _ => None,
        }
    }
}

/// A part and where it is.
#[derive(Debug, Clone, Copy)]
struct Place {
    pane: Pane,
    layer: LayerId,
    rect: Rect,
}

/// Which parts are shown, and which is to get the keyboard.
#[derive(Debug, Default)]
pub struct Panes {
    shown: Vec<Place>,
    before: Vec<Place>,
    wanted: Option<Pane>,
    /// What had the keyboard in the last frame.
    focused: Option<Id>,
}

impl Panes {
    /// Begins a frame; with a step, the keyboard goes to another part. `side` has it now; where it went or goes to
    /// another part of a side, that side.
    pub fn begin(&mut self, ctx: &Context, step: Option<Direction>, side: Side) -> Option<Side> {
        self.before = std::mem::take(&mut self.shown);
        self.before.sort_by_key(|place| place.pane.order());
        self.wanted = step.and_then(|direction| self.next(ctx, direction, side));
        if matches!(self.wanted, Some(Pane::Table(_))) {
            // What has no keyboard of its own leaves it to the table.
            let focused = ctx.memory(egui::Memory::focused);
            if let Some(focused) = focused {
                ctx.memory_mut(|memory| memory.surrender_focus(focused));
            }
        }
        let focused = ctx.memory(egui::Memory::focused);
        let went = std::mem::replace(&mut self.focused, focused) != focused;
        // Where there was one side, nothing can have gone from one to the other.
        let two = |place: &Place| place.pane.side() == Some(Side::Right);
        let went = went && self.before.iter().any(two);
        let here = || self.current(ctx).filter(|_| went);
        self.wanted.or_else(here)?.side()
    }

    /// Begins a part. The first thing in it that can have the keyboard gets it if it is this part's turn; rows have it
    /// when nothing else has.
    pub fn enter(&mut self, ui: &Ui, pane: Pane) {
        self.begin_part(ui, pane);
        if self.wanted == Some(pane) && !matches!(pane, Pane::Table(_)) {
            self.step_in(ui);
        }
    }

    /// The same of a page with buttons in the place of rows.
    pub fn enter_page(&mut self, ui: &Ui, pane: Pane) {
        self.begin_part(ui, pane);
        if self.wanted == Some(pane) {
            self.step_in(ui);
        }
    }

    fn begin_part(&mut self, ui: &Ui, pane: Pane) {
        self.shown.push(Place {
            pane,
            layer: ui.layer_id(),
            rect: ui.max_rect(),
        });
    }

    fn step_in(&mut self, ui: &Ui) {
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

    fn next(&self, ctx: &Context, direction: Direction, side: Side) -> Option<Pane> {
        let count = self.before.len();
        let here = self.current(ctx).unwrap_or(Pane::Table(side));
        let at = self.before.iter().position(|place| place.pane == here);
        let to = match (at, direction) {
            (Some(at), Direction::Forward) => at + 1,
            (Some(at), Direction::Backward) => at + count - 1,
            (None, _) => 0,
        };
        let place = self.before.get(to.checked_rem(count)?)?;
        Some(place.pane)
    }

    /// The part that something has the keyboard in.
    fn current(&self, ctx: &Context) -> Option<Pane> {
        let focused = ctx.memory(egui::Memory::focused)?;
        let response = ctx.read_response(focused)?;
        let (layer, centre) = (response.layer_id, response.rect.center());
        // What floats above the parts is none of them, but for what is a part itself.
        let holds = |place: &&Place| place.layer == layer && place.rect.contains(centre);
        let here = self.before.iter().filter(holds);
        let smallest = here.min_by(|one, other| one.rect.area().total_cmp(&other.rect.area()));
        smallest.map(|place| place.pane)
    }
}
