//! How wide each tab is, and what of its name it has room for.

use std::borrow::Cow;

use egui::{FontId, Ui};

use super::Tab;
use crate::ui::theme::{body, palette, small, space};
use crate::ui::widgets::elide;

/// Narrowest tab in points.
const NARROWEST: f32 = 96.0;
/// Most of a name, and of what tells a tab from one of the same name, in points.
const NAME: f32 = 184.0;
const FOLDER: f32 = 140.0;
/// Where there are many, a tab gives way down to this width in points, in which names can still be told apart.
const CROWDED: f32 = 150.0;
/// The least share of the room for a name that what tells it from another leaves it.
const NAME_SHARE: f32 = 0.6;

/// What a name has before it and behind it in a tab, in points.
pub(super) const MARK: f32 = 24.0;
pub(super) const CROSS: f32 = 28.0;
/// Between the name and the folder, in points.
pub(super) const FOLDER_GAP: f32 = 6.0;

/// The width of each tab in points: what it wants, or a fair share where that is more than there is.
pub(super) fn widths(ui: &Ui, tabs: &[Tab], available: f32, gap: f32) -> Vec<f32> {
    let mut widths: Vec<f32> = tabs.iter().map(|tab| wanted(ui, tab)).collect();
    let all: f32 = widths.iter().map(|width| width + gap).sum();
    if all > available {
        let fair = available / (tabs.len().max(1) as f32) - gap;
        for width in &mut widths {
            *width = width.min(fair.max(CROWDED));
        }
    }
    widths
}

fn wanted(ui: &Ui, tab: &Tab) -> f32 {
    let name = text_width(ui, &tab.name, body()).min(NAME);
    (MARK + name + folder_width(ui, tab).min(FOLDER) + CROSS + space::S).max(NARROWEST)
}

/// What is behind the name, with the gap before it.
fn folder_width(ui: &Ui, tab: &Tab) -> f32 {
    let folder = tab.folder.as_deref();
    folder.map_or(0.0, |folder| {
        FOLDER_GAP + text_width(ui, folder, small()).ceil()
    })
}

fn text_width(ui: &Ui, text: &str, font: FontId) -> f32 {
    let color = palette(ui).text;
    let text = ui.painter().layout_no_wrap(text.to_owned(), font, color);
    text.size().x
}

/// What of a tab of this width its name may take: what is behind it tells it from another, and stays in sight.
pub(super) fn name_room(ui: &Ui, tab: &Tab, width: f32) -> f32 {
    let room = width - MARK - CROSS;
    (room - folder_width(ui, tab)).max(room * NAME_SHARE)
}

/// What each tab has of its name. Where that would look the same for two, it is what they differ in that is there.
pub(super) fn names<'a>(ui: &Ui, tabs: &'a [Tab], widths: &[f32]) -> Vec<Cow<'a, str>> {
    let label = |(tab, width): (&'a Tab, &f32)| {
        let room = name_room(ui, tab, *width);
        Label {
            name: &tab.name,
            room,
            look: cut(ui, &tab.name, room, elide::middle).0,
        }
    };
    let labels: Vec<Label<'a>> = tabs.iter().zip(widths).map(label).collect();
    let name_of = |label: &Label<'a>| {
        let alike = labels.iter().filter(|other| other.look == label.look);
        let alike: Vec<&Label<'a>> = alike.collect();
        match alike.iter().all(|other| other.name == label.name) {
            true => Cow::Borrowed(label.name),
            false => Cow::Owned(told_apart(ui, label, &alike)),
        }
    };
    labels.iter().map(name_of).collect()
}

/// A name, its room in points, and what it looks like where its middle is cut.
struct Label<'a> {
    name: &'a str,
    room: f32,
    look: String,
}

/// What is shown of a name that looks like others without its middle. It is cut at one end, the same as the others: behind
/// what they have in common, or else at its end; if neither has what they differ in, that alone is shown.
fn told_apart(ui: &Ui, label: &Label<'_>, alike: &[&Label<'_>]) -> String {
    let others = |label: &Label<'_>| {
        let name = label.name.to_owned();
        let names = alike.iter().map(|other| other.name);
        names.filter(move |other| *other != name)
    };
    let end = |label: &Label<'_>| elide::from_difference(label.name, others(label));
    let has_end = |label: &&Label<'_>| !cut(ui, &end(label), label.room, elide::middle).1;
    if alike.iter().all(has_end) {
        return end(label);
    }
    let start = |label: &Label<'_>| cut(ui, label.name, label.room, elide::end).0;
    let differs = |label: &&Label<'_>| {
        let kept = start(label).chars().count().saturating_sub(1);
        kept > elide::shared(label.name, others(label))
    };
    if alike.iter().all(differs) {
        return start(label);
    }
    let rest = end(label);
    cut(ui, rest.trim_start_matches('…'), label.room, elide::end).0
}

/// A name in so much room, and whether it was cut for it.
fn cut(ui: &Ui, name: &str, room: f32, elide: elide::Cut) -> (String, bool) {
    let (text, cut) = elide(ui.painter(), name, &body(), palette(ui).text, room);
    (text.text().to_owned(), cut)
}
