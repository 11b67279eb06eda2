//! The JSON of a record as a tree: a line for each value, objects and lists fold, a click on a value filters by it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Color32, Id, Key, Modifiers, Popup, Rect, Response, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::value_menu::{self, FieldValue};
use crate::base::lang::tr;
use crate::base::text::{name, visible};
use crate::format::nested::{Kind, Node, Objects, unquoted};
use crate::tr;
use crate::ui::action::Actions;
use crate::ui::theme::{Palette, mono, palette, radius, space};
use crate::ui::widgets::context_menu;
use crate::ui::widgets::icon::{self, Icon};
use crate::ui::widgets::number;
use crate::ui::widgets::tool_button::ToolButton;

/// Height of a line, and how far members stand to the right of what they are in.
const LINE: f32 = 18.0;
const INDENT: f32 = 16.0;
/// Deeper values are not moved further to the right.
const DEEPEST: usize = 12;
/// Lists and objects of more members are folded at first.
const MANY: usize = 50;
/// Chars of a value that are laid out on its line, and in its tooltip.
const WIDEST: usize = 400;
const TOLD: usize = 2_000;

/// The keys of the tree.
const KEYS: [Key; 5] = [
    Key::ArrowUp,
    Key::ArrowDown,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::Enter,
];

/// Which values have a line, and where the keyboard is.
#[derive(Debug, Default)]
pub(super) struct ObjectsView {
    folded: BTreeSet<usize>,
    /// Indices of the nodes that have a line.
    lines: Vec<usize>,
    cursor: usize,
    reveal: bool,
    /// There is something to fold inside the outermost objects.
    has_inner: bool,
}

impl ObjectsView {
    /// Everything is open but what has very many members.
    pub(super) fn new(objects: &Objects) -> Self {
        let mut view = Self {
            has_inner: objects.nested.nodes.iter().any(is_inner),
            ..Self::default()
        };
        for (at, node) in objects.nested.nodes.iter().enumerate() {
            if matches!(node.kind, Kind::Open { members, .. } if members > MANY && node.depth > 0) {
                view.folded.insert(at);
            }
        }
        view.find_lines(&objects.nested.nodes);
        view
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    fn find_lines(&mut self, nodes: &[Node]) {
        self.lines.clear();
        let mut at = 0;
        while let Some(node) = nodes.get(at) {
            self.lines.push(at);
            at = match node.kind {
                Kind::Open { end, members, .. } if members == 0 || self.folded.contains(&at) => end,
                _ => at,
            } + 1;
        }
        self.cursor = self.cursor.min(self.lines.len().saturating_sub(1));
    }

    fn set_folded(&mut self, at: usize, folded: bool, nodes: &[Node]) {
        match folded {
            true => self.folded.insert(at),
            false => self.folded.remove(&at),
        };
        self.find_lines(nodes);
    }

    /// A button that folds everything inside the outermost objects, or opens it.
    pub(super) fn button(&mut self, ui: &mut Ui, objects: Option<&std::sync::Arc<Objects>>) {
        let Some(objects) = objects else { return };
        let nodes = &objects.nested.nodes;
        if !self.has_inner {
            return;
        }
        let open = self.folded.is_empty();
        let (text, tip) = match open {
            true => (tr("Fold all"), tr("Fold all that is inside")),
            false => (tr("Unfold all"), tr("Unfold all that is inside")),
        };
        if ui.add(ToolButton::text(text)).on_hover_text(tip).clicked() {
            let inner = nodes.iter().enumerate().filter(|(_, node)| is_inner(node));
            self.folded = match open {
                true => inner.map(|(at, _)| at).collect(),
                false => BTreeSet::new(),
            };
            self.find_lines(nodes);
        }
    }

    /// Shows the tree in the space that is left.
    pub(super) fn show(&mut self, ui: &mut Ui, objects: &Objects, out: &mut Actions) {
        let id = ui.make_persistent_id("objects");
        let has_keys = ui.memory(|memory| memory.has_focus(id));
        if has_keys {
            self.take_keys(ui, id, objects, out);
        }
        let asked = has_keys && context_menu::take_request(ui.ctx());
        let mut scroll = ScrollArea::vertical()
            .id_salt("objects")
            .min_scrolled_height(super::LEAST)
            .auto_shrink(false);
        if std::mem::take(&mut self.reveal) {
            let top = self.cursor as f32 * LINE;
            let middle = (top - ui.available_height() / 2.0).max(0.0);
            scroll = scroll.vertical_scroll_offset(middle);
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ui.available_rect_before_wrap();
        let tree = ui.interact(area, id, Sense::CLICK | Sense::FOCUSABLE);
        tree.widget_info(|| WidgetInfo::labeled(Role::Tree, true, "JSON"));
        scroll.show_rows(ui, LINE, self.lines.len(), |ui, range| {
            for line in range {
                self.line(ui, (id, line), has_keys, asked, objects, out);
            }
        });
    }

    fn line(
        &mut self,
        ui: &mut Ui,
        (tree, line): (Id, usize),
        has_keys: bool,
        asked: bool,
        objects: &Objects,
        out: &mut Actions,
    ) {
        let Some(at) = self.lines.get(line).copied() else {
            return;
        };
        let Some(node) = objects.nested.nodes.get(at) else {
            return;
        };
        let width = ui.available_width();
        let (rect, _) = ui.allocate_exact_size(vec2(width, LINE), Sense::hover());
        let response = ui.interact(rect, tree.with(at), Sense::CLICK);
        let at_cursor = has_keys && self.cursor == line;
        let p = palette(ui);
        if response.hovered() {
            ui.painter().rect_filled(rect, radius::SMALL, p.hover);
        }
        if at_cursor {
            let stroke = Stroke::new(1.5, p.focus);
            ui.painter()
                .rect_stroke(rect, radius::SMALL, stroke, StrokeKind::Inside);
        }
        let folds = matches!(node.kind, Kind::Open { members, .. } if members > 0);
        let folded = self.folded.contains(&at);
        let text = words(objects, node, folded, p);
        describe(ui, &response, node, &text.text, folds.then_some(!folded));
        paint(ui, rect, node, folds.then_some(folded), text, p);
        // Where a value is among the others takes going through them: only for the one that is looked at.
        let menu = Popup::default_response_id(&response);
        let is_looked_at = at_cursor || response.hovered() || Popup::is_id_open(ui.ctx(), menu);
        let own = is_looked_at.then(|| Own::of(objects, at)).flatten();
        let response = match &own {
            Some(own) if response.hovered() => response.on_hover_text(own.tip()),
            _ => response,
        };
        if let Some(own) = &own {
            value_menu::show(&response, asked && at_cursor, own.as_field(), out);
        }
        if response.clicked() {
            self.cursor = line;
            ui.memory_mut(|memory| memory.request_focus(tree));
            self.enter(at, folds, own.as_ref(), objects, out);
        }
    }

    /// What a click and Enter do: fold, or filter.
    fn enter(
        &mut self,
        at: usize,
        folds: bool,
        own: Option<&Own<'_>>,
        objects: &Objects,
        out: &mut Actions,
    ) {
        if folds {
            let folded = self.folded.contains(&at);
            self.set_folded(at, !folded, &objects.nested.nodes);
        } else if let Some(own) = own
            && own.as_field().can_filter()
        {
            out.push(own.as_field().only());
        }
    }

    fn take_keys(&mut self, ui: &Ui, id: Id, objects: &Objects, out: &mut Actions) {
        if !context_menu::list_has_keys(ui, id) {
            return;
        }
        for key in KEYS {
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                self.press(key, objects, out);
            }
        }
    }

    fn press(&mut self, key: Key, objects: &Objects, out: &mut Actions) {
        let nodes = &objects.nested.nodes;
        let Some(at) = self.lines.get(self.cursor).copied() else {
            return;
        };
        let Some(node) = nodes.get(at) else { return };
        let folds = matches!(node.kind, Kind::Open { members, .. } if members > 0);
        let folded = self.folded.contains(&at);
        let last = self.lines.len().saturating_sub(1);
        let cursor = match key {
            Key::ArrowUp => self.cursor.saturating_sub(1),
            Key::ArrowRight if folds && folded => return self.set_folded(at, false, nodes),
            Key::ArrowDown | Key::ArrowRight => self.cursor + 1,
            Key::ArrowLeft if folds && !folded => return self.set_folded(at, true, nodes),
            Key::ArrowLeft => self.above(node.depth, nodes),
            _ => {
                let own = Own::of(objects, at);
                return self.enter(at, folds, own.as_ref(), objects, out);
            }
        };
        self.cursor = cursor.min(last);
        self.reveal = true;
    }

    /// The line of what the cursor's value is in.
    fn above(&self, depth: usize, nodes: &[Node]) -> usize {
        let before = self.lines.get(..self.cursor).unwrap_or_default();
        let is_above = |at: &usize| nodes.get(*at).is_some_and(|node| node.depth < depth);
        before.iter().rposition(is_above).unwrap_or(self.cursor)
    }
}

/// Whether a node folds, and lies in another.
fn is_inner(node: &Node) -> bool {
    node.depth > 0 && matches!(node.kind, Kind::Open { members, .. } if members > 0)
}

/// A value of its own: neither an object nor a list.
struct Own<'a> {
    field: String,
    value: Cow<'a, str>,
}

impl<'a> Own<'a> {
    fn of(objects: &'a Objects, at: usize) -> Option<Self> {
        let node = objects.nested.nodes.get(at)?;
        let value = match &node.kind {
            Kind::Text(text) => Cow::Owned(unquoted(objects.text_of(text))),
            Kind::Number(text) | Kind::Word(text) => Cow::Borrowed(objects.text_of(text)),
            Kind::Open { .. } | Kind::Close(_) => return None,
        };
        // Names in a message are looked for wherever they stand in it.
        let field = match objects.is_record {
            true => objects.path_of(at),
            false => Some(objects.name_of(node).to_owned()),
        };
        Some(Self {
            field: field.unwrap_or_default(),
            value,
        })
    }

    fn as_field(&self) -> FieldValue<'_> {
        FieldValue {
            field: &self.field,
            value: &self.value,
        }
    }

    fn tip(&self) -> String {
        let mut told = String::new();
        for line in self.value.lines().take(30) {
            let left = TOLD.saturating_sub(told.len());
            visible(line, &mut told, left);
            told.push('\n');
        }
        match self.as_field().can_filter() {
            true => tr!(
                "{value}Click: show only records with this {field}",
                value = told,
                field = name(&self.field)
            ),
            false => told.trim_end().to_owned(),
        }
    }
}

/// A line's words: the name, the value, and of what is folded how much there is in it.
fn words(objects: &Objects, node: &Node, folded: bool, p: &Palette) -> LayoutJob {
    let mut job = LayoutJob::default();
    let mut add = |range: &Range<usize>, color: Color32| {
        let mut shown = String::new();
        visible(objects.text_of(range), &mut shown, WIDEST);
        job.append(&shown, 0.0, TextFormat::simple(mono(), color));
    };
    let [of_name, of_text, of_number, ..] = p.fields;
    if let Some(name) = &node.name {
        add(name, of_name);
    }
    match &node.kind {
        Kind::Text(_) | Kind::Number(_) | Kind::Word(_) | Kind::Open { .. }
            if node.name.is_some() =>
        {
            job.append(": ", 0.0, TextFormat::simple(mono(), p.weak));
        }
        _ => {}
    }
    let mut add = |text: &str, color: Color32| {
        let mut shown = String::new();
        visible(text, &mut shown, WIDEST);
        job.append(&shown, 0.0, TextFormat::simple(mono(), color));
    };
    match &node.kind {
        Kind::Text(text) => add(objects.text_of(text), of_text),
        Kind::Number(text) | Kind::Word(text) => add(objects.text_of(text), of_number),
        Kind::Close(bracket) => add(&bracket.to_string(), p.weak),
        Kind::Open {
            bracket, members, ..
        } => {
            add(&bracket.to_string(), p.weak);
            let close = match bracket {
                '{' => '}',
                '[' => ']',
                _ => ')',
            };
            if *members == 0 {
                add(&close.to_string(), p.weak);
            } else if folded {
                let count = number::counted(*members as u64, "value");
                add(&format!(" … {close}  {count}"), p.weak);
            }
        }
    }
    job
}

fn paint(ui: &Ui, rect: Rect, node: &Node, folds: Option<bool>, mut text: LayoutJob, p: &Palette) {
    let left = rect.left() + node.depth.min(DEEPEST) as f32 * INDENT;
    let twisty = Rect::from_min_size(pos2(left, rect.top()), vec2(INDENT, LINE));
    if let Some(folded) = folds {
        let picture = match folded {
            true => Icon::ChevronRight,
            false => Icon::ChevronDown,
        };
        icon::paint(ui.painter(), twisty.shrink(2.0), picture, p.weak);
    }
    text.wrap.max_width = (rect.right() - twisty.right() - space::XS).max(20.0);
    text.wrap.max_rows = 1;
    text.wrap.break_anywhere = true;
    let galley = ui.painter().layout_job(text);
    let at = pos2(
        twisty.right() + 2.0,
        rect.center().y - galley.size().y / 2.0,
    );
    ui.painter().galley(at, galley, p.text);
}

fn describe(ui: &Ui, response: &Response, node: &Node, text: &str, open: Option<bool>) {
    response.widget_info(|| WidgetInfo::labeled(Role::TreeItem, true, text));
    ui.ctx().accesskit_node_builder(response.id, |builder| {
        builder.set_level(node.depth + 1);
        if let Some(open) = open {
            builder.set_expanded(open);
        }
    });
}
