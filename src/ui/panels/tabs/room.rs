//! How wide each tab is, and what of its name it has room for.

use std::borrow::Cow;

use egui::Ui;

use super::Tab;
use crate::ui::theme::{body, palette, small, space};
use crate::ui::widgets::elide;

/// Narrowest and widest tab in points.
const WIDTHS: (f32, f32) = (96.0, 240.0);
/// Where there are many, a tab gives way down to this width in points, in which names can still be told apart.
const CROWDED: f32 = 150.0;

/// What a name has before it and behind it in a tab, in points.
pub(super) const MARK: f32 = 24.0;
pub(super) const CROSS: f32 = 28.0;
/// Between the name and the folder, in points.
pub(super) const FOLDER_GAP: f32 = 6.0;

/// The width of a tab in points, where each may have `fair`.
pub(super) fn width(ui: &Ui, tab: &Tab, fair: f32) -> f32 {
    let p = palette(ui);
    let of = |text: &str, font| {
        let laid_out = ui.painter().layout_no_wrap(text.to_owned(), font, p.text);
        laid_out.size().x
    };
    let folder = { tab.folder.as_deref() }.map_or(0.0, |folder| FOLDER_GAP + of(folder, small()));
    let wanted = MARK + of(&tab.name, body()) + folder + CROSS + space::S;
    wanted.min(fair.max(CROWDED)).clamp(WIDTHS.0, WIDTHS.1)
}

/// What each tab has of its name. Where that would look the same for two, it begins where they differ.
pub(super) fn names<'a>(ui: &Ui, tabs: &'a [Tab], widths: &[f32]) -> Vec<Cow<'a, str>> {
    let shown = tabs.iter().zip(widths).map(|(tab, width)| {
        let room = width - MARK - CROSS;
        let (name, _) = elide::middle(ui.painter(), &tab.name, &body(), palette(ui).text, room);
        name.text().to_owned()
    });
    let shown: Vec<String> = shown.collect();
    let name_of = |(tab, look): (&'a Tab, &String)| {
        let alike = tabs.iter().zip(&shown).filter(|(_, other)| *other == look);
        let alike = alike.map(|(other, _)| other.name.as_str());
        let mut others = alike.filter(|other| *other != tab.name).peekable();
        match others.peek() {
            Some(_) => Cow::Owned(elide::from_difference(&tab.name, others)),
            None => Cow::Borrowed(tab.name.as_str()),
        }
    };
    tabs.iter().zip(&shown).map(name_of).collect()
}
