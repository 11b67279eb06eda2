//! Why what stands in a box is of no use, in words: in a row below the box, or in what hangs over the rows while one types.

use crate::base::lang::{said, tr};
use crate::tr;
use egui::{Color32, Label, Response, RichText, Sense, Ui, vec2};

use super::hanging;
use super::icon::{self, Icon};
use crate::ui::theme::palette;

/// Width in points of what hangs below a box.
pub const WIDTH: f32 = 320.0;

/// Why a pattern cannot be matched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextProblem {
    /// The reason, one line.
    pub message: String,
    /// Where in the text, in chars from 0.
    pub column: Option<usize>,
    /// How many chars are wrong there.
    pub length: usize,
    /// What to do; may be empty.
    pub hint: String,
    /// It may become right by typing on.
    pub unfinished: bool,
}

/// What a screen reader and the user read below a box whose text cannot be used: what is wrong, where, and what to do.
/// What may only be unfinished is told quietly.
pub fn row(ui: &mut Ui, problem: &TextProblem, text: &str) {
    let (picture, color) = problem.sign(ui);
    ui.horizontal(|ui| {
        icon_before_words(ui, picture, color);
        ui.colored_label(color, problem.what_and_where(text));
        let hint = RichText::new(problem.what_to_do()).color(palette(ui).weak);
        ui.add(Label::new(hint).truncate());
    });
}

/// Something to know about what is in the box.
pub fn note_row(ui: &mut Ui, text: &str) {
    let weak = palette(ui).weak;
    ui.horizontal(|ui| {
        icon_before_words(ui, Icon::Info, weak);
        ui.add(Label::new(RichText::new(text).color(weak)).truncate());
    });
}

/// The same as `row`, in as many lines as it takes.
pub fn lines(ui: &mut Ui, problem: &TextProblem, text: &str) {
    let weak = palette(ui).weak;
    let (picture, color) = problem.sign(ui);
    ui.horizontal_top(|ui| {
        icon_before_words(ui, picture, color);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let what = RichText::new(problem.what_and_where(text)).color(color);
            ui.add(Label::new(what).wrap());
            let hint = RichText::new(problem.what_to_do()).color(weak);
            ui.add(Label::new(hint).wrap());
        });
    });
}

/// The same as `note_row`, in as many lines as it takes.
pub fn note_lines(ui: &mut Ui, text: &str) {
    let weak = palette(ui).weak;
    ui.horizontal_top(|ui| {
        icon_before_words(ui, Icon::Info, weak);
        ui.add(Label::new(RichText::new(text).color(weak)).wrap());
    });
}

/// The same over what is below the box, which does not move while one types.
pub fn hang(entry: &Response, problem: &TextProblem, text: &str) {
    hanging::show(entry, "problem", WIDTH, |ui| lines(ui, problem, text));
}

fn icon_before_words(ui: &mut Ui, picture: Icon, color: Color32) {
    ui.spacing_mut().item_spacing.x = 6.0;
    let (rect, _) = ui.allocate_exact_size(vec2(14.0, 16.0), Sense::hover());
    icon::paint(ui.painter(), rect, picture, color);
}

impl TextProblem {
    fn sign(&self, ui: &Ui) -> (Icon, Color32) {
        match self.unfinished {
            true => (Icon::Info, palette(ui).weak),
            false => (Icon::Error, palette(ui).bad),
        }
    }

    fn what_and_where(&self, text: &str) -> String {
        // What is only begun goes on at the end, where one types.
        let column = self.column.filter(|_| !self.unfinished);
        let place = column.map(|column| place(text, column));
        let words = format!("{} {}", said(&self.message), place.unwrap_or_default());
        words.trim_end().to_owned()
    }

    fn what_to_do(&self) -> String {
        match self.hint.is_empty() {
            true => tr("Nothing changes until it is right.").into(),
            false => said(&self.hint).into(),
        }
    }
}

/// `at character 5, before "("`: the place in words, next to the mark in the box.
fn place(text: &str, column: usize) -> String {
    let rest: String = text.chars().skip(column).take(8).collect();
    if rest.is_empty() {
        tr("at the end").to_owned()
    } else {
        tr!(
            "at character {column}, before \"{rest}\"",
            column = column + 1,
            rest
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where() {
        assert_eq!(place("a(b", 1), "at character 2, before \"(b\"");
        assert_eq!(place("로그[", 3), "at the end");
    }
}
