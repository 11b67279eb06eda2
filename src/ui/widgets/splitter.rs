//! The edge by which a panel is made larger or smaller: by arrows too, named, and in the theme's colours while it is under
//! the pointer or has the keyboard.

use egui::accesskit::{Action, ActionRequest, NodeId, TreeId};
use egui::containers::panel::PanelState;
use egui::{
    Color32, Context, Event, EventFilter, Id, IdSalt, Key, LayerId, Modifiers, Order, Response,
    Stroke, Ui,
};

use crate::base::lang::tr;
use crate::ui::theme::palette;

/// The side of the window at which a panel stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// At the left: Right makes it larger.
    Left,
    /// At the right: Left makes it larger.
    Right,
    /// Below: Up makes it larger.
    Bottom,
}

impl Side {
    /// The arrows that make it larger and smaller.
    fn keys(self) -> [Key; 2] {
        match self {
            Self::Left => [Key::ArrowRight, Key::ArrowLeft],
            Self::Right => [Key::ArrowLeft, Key::ArrowRight],
            Self::Bottom => [Key::ArrowUp, Key::ArrowDown],
        }
    }
}

/// The edge of a panel in this frame.
#[derive(Debug)]
#[must_use = "`end` names the edge and shows who has the keyboard"]
pub struct Splitter {
    panel: Id,
    edge: Id,
    side: Side,
}

/// The edge that has the keyboard.
#[derive(Clone, Copy)]
struct Held(Id, Side);

/// Where that is noted.
fn held() -> Id {
    Id::unique("splitter with the keyboard")
}

/// Begins a frame, before anything else takes the arrows: they move the edge that has the keyboard.
pub fn take_keys(ctx: &Context) {
    let Some(Held(id, side)) = ctx.data(|data| data.get_temp(held())) else {
        return;
    };
    if !ctx.memory(|memory| memory.has_focus(id)) {
        return;
    }
    for (key, action) in side
        .keys()
        .into_iter()
        .zip([Action::Increment, Action::Decrement])
    {
        ask(ctx, id.accesskit_id(), key, action);
    }
}

impl Splitter {
    /// Before the panel is shown in `ui` under this name.
    pub fn begin(ui: &Ui, panel: &'static str, side: Side) -> Self {
        // The edge has no other name that can be asked for; a test looks that arrows move it.
        let panel = ui.scope_id().with_salt(IdSalt::new(panel));
        let edge = panel.with("__resize");
        Self { panel, edge, side }
    }

    /// After it was shown; `name` is what a screen reader says. `smaller` than it is to be, the panel takes its default
    /// size in the next frame.
    pub fn end(self, ui: &Ui, name: &str, smaller: bool) {
        let (id, side) = (self.edge, self.side);
        let ctx = ui.ctx();
        if smaller && !ctx.input(|input| input.pointer.any_down()) {
            ctx.data_mut(|data| data.remove::<PanelState>(self.panel));
        }
        ctx.accesskit_node_builder(id, |node| node.set_label(name));
        let Some(edge) = ctx.read_response(id) else {
            return;
        };
        let tip = tr("Drag to resize; arrows do it too while it has the keyboard");
        let edge = edge.on_hover_text(tip);
        let p = palette(ui);
        if edge.has_focus() {
            hold(ctx, id, side);
            line(&edge, side, p.focus);
        } else if edge.dragged() || edge.hovered() {
            // egui has the colour of a text under the pointer, the hardest there is, for the whole width of the window.
            line(&edge, side, p.accent);
        }
    }
}

/// The arrows are the edge's while it has the keyboard.
fn hold(ctx: &Context, id: Id, side: Side) {
    ctx.data_mut(|data| data.insert_temp(held(), Held(id, side)));
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ctx.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

/// Paints the edge over egui's own line.
fn line(edge: &Response, side: Side, color: Color32) {
    let painter = edge.ctx.layer_painter(LayerId::new(Order::Middle, edge.id));
    let (rect, stroke) = (edge.rect, Stroke::new(2.0, color));
    if side == Side::Bottom {
        painter.hline(rect.x_range(), rect.center().y, stroke);
    } else {
        painter.vline(rect.center().x, rect.y_range(), stroke);
    }
}

/// Has the panel do what a screen reader would ask for, as often as a key was pressed.
fn ask(ctx: &Context, target_node: NodeId, key: Key, action: Action) {
    ctx.input_mut(|input| {
        for _ in 0..input.count_and_consume_key(Modifiers::NONE, key) {
            let request = ActionRequest {
                action,
                target_tree: TreeId::ROOT,
                target_node,
                data: None,
            };
            input.events.push(Event::AccessKitActionRequest(request));
        }
    });
}
