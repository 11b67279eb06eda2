//! One thing in the status bar: how wide it is, and how it is shown in the room it has.

use egui::{Color32, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::job::{Job, Stop};
use super::{StatusModel, menus};
use crate::base::lang::tr;
use crate::base::text::name;
use crate::tr;
use crate::ui::action::{Action, Actions, Dialog};
use crate::ui::keys::{Command, tooltip};
use crate::ui::theme::body;
use crate::ui::widgets::icon::{self, Icon};
use crate::ui::widgets::menu::Called;
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{elide, menu, number, progress};

/// Width of a bar that fills, in points.
const BAR: f32 = 80.0;
/// Width of a picture without a word, in points.
const PICTURE: f32 = 16.0;

/// One thing in the bar.
pub(super) struct Piece<'a> {
    /// What it is.
    kind: Kind<'a>,
    /// What it says.
    words: String,
    color: Color32,
    /// More about it.
    tip: String,
    /// How wide it is with all its words, and how wide it is at least, in points.
    pub(super) widths: (f32, f32),
}

enum Kind<'a> {
    /// How the log is read; behind the words comes how much of it is read so. Whether its menu has the encodings too.
    Format(String, bool),
    Encoding,
    Zone,
    Words,
    Picture(Icon),
    Notices(Icon),
    Share(f32, &'static str),
    Button(&'a str, Action),
}

impl<'a> Piece<'a> {
    pub fn words(ui: &Ui, words: String, color: Color32, tip: impl Into<String>) -> Self {
        Self::new(ui, Kind::Words, words, color, tip)
    }

    pub fn format(
        ui: &Ui,
        name: String,
        (share, has_encodings): (String, bool),
        color: Color32,
        tip: String,
    ) -> Self {
        Self::new(ui, Kind::Format(share, has_encodings), name, color, tip)
    }

    pub fn encoding(ui: &Ui, words: String, color: Color32, tip: &str) -> Self {
        Self::new(ui, Kind::Encoding, words, color, tip)
    }

    pub fn zone(ui: &Ui, words: String, color: Color32) -> Self {
        Self::new(ui, Kind::Zone, words, color, tooltip(Command::Times))
    }

    pub fn notices(ui: &Ui, count: usize, (icon, color): (Icon, Color32)) -> Self {
        let count = count as u64;
        let tip = tr!(
            "{notices}: show the list",
            notices = number::counted(count, "notice")
        );
        let words = number::short_count(count);
        Self::new(ui, Kind::Notices(icon), words, color, tip)
    }

    /// A picture that stands for `words`.
    pub fn picture(ui: &Ui, icon: Icon, words: String, color: Color32, tip: String) -> Self {
        Self::new(ui, Kind::Picture(icon), words, color, tip)
    }

    pub fn share(ui: &Ui, (share, name): (f32, &'static str), job: &Job) -> Self {
        let kind = Kind::Share(share, name);
        Self::new(ui, kind, String::new(), job.color, &job.detail)
    }

    pub fn stop(ui: &Ui, stop: Stop, color: Color32) -> Self {
        let kind = Kind::Button(stop.name, stop.action);
        Self::new(ui, kind, stop.verb.to_owned(), color, stop.tip)
    }

    fn new(ui: &Ui, kind: Kind<'a>, words: String, color: Color32, tip: impl Into<String>) -> Self {
        let width = match &kind {
            Kind::Format(share, _) => ToolButton::text(&format!("{words}{share}")).width(ui),
            Kind::Encoding | Kind::Zone | Kind::Button(..) => ToolButton::text(&words).width(ui),
            Kind::Notices(icon) => ToolButton::icon(*icon, "").with_text(&words).width(ui),
            Kind::Words => text_width(ui, &words, color),
            Kind::Picture(_) => PICTURE,
            Kind::Share(..) => BAR,
        };
        Self {
            kind,
            words,
            color,
            tip: tip.into(),
            widths: (width, width),
        }
    }

    /// Gives way: its words may be cut down to so many points.
    pub fn at_least(mut self, ui: &Ui, points: f32) -> Self {
        let words = text_width(ui, &self.words, self.color);
        self.widths.1 = self.widths.0 - (words - points).max(0.0);
        self
    }

    /// Shows it in the width that it got.
    pub fn show(&self, ui: &mut Ui, width: f32, model: &StatusModel, out: &mut Actions) {
        match &self.kind {
            Kind::Format(share, has_encodings) => {
                self.show_format(ui, (share, *has_encodings), width, model, out);
            }
            Kind::Encoding => {
                let response = ui.add(ToolButton::text(&self.words).color(self.color));
                menu::answer(&response, Called::Encodings);
                menu::of_button(&response, |ui| menus::encoding(ui, &model.encoding, out));
                response.on_hover_text(&self.tip);
            }
            Kind::Zone => {
                let button = ToolButton::text(&self.words).color(self.color);
                self.clicked(ui, button, Action::ShowDialog(Dialog::Times), out);
            }
            Kind::Notices(icon) => {
                let button = ToolButton::icon(*icon, tr("Notices")).with_text(&self.words);
                self.clicked(ui, button.color(self.color), Action::ToggleNotices, out);
            }
            Kind::Button(name, action) => {
                let button = ToolButton::text(&self.words).named(name).color(self.color);
                self.clicked(ui, button, action.clone(), out);
            }
            Kind::Share(share, name) => {
                progress::bar(ui, width, *share, name).on_hover_text(&self.tip);
            }
            Kind::Words => self.show_words(ui, width),
            Kind::Picture(icon) => {
                let (rect, response) = self.place(ui, width, PICTURE);
                icon::paint(ui.painter(), rect.shrink(1.0), *icon, self.color);
                response.on_hover_text(&self.tip);
            }
        }
    }

    fn clicked(&self, ui: &mut Ui, button: ToolButton<'_>, action: Action, out: &mut Actions) {
        if ui.add(button).on_hover_text(&self.tip).clicked() {
            out.push(action);
        }
    }

    /// Room for what only tells something, with its words for a screen reader.
    fn place(&self, ui: &mut Ui, width: f32, height: f32) -> (Rect, Response) {
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &self.words));
        (rect, response)
    }

    fn show_words(&self, ui: &mut Ui, width: f32) {
        let (text, cut) = elide::end(ui.painter(), &self.words, &body(), self.color, width);
        let (rect, response) = self.place(ui, width, text.size().y);
        ui.painter().galley(rect.min, text, self.color);
        let tip = match (cut, self.tip.is_empty()) {
            (true, false) => format!("{}\n{}", self.words, self.tip),
            (true, true) => self.words.clone(),
            (false, _) => self.tip.clone(),
        };
        if !tip.is_empty() {
            response.on_hover_text(tip);
        }
    }

    fn show_format(
        &self,
        ui: &mut Ui,
        (share, has_encodings): (&str, bool),
        width: f32,
        model: &StatusModel,
        out: &mut Actions,
    ) {
        let Some(format) = &model.format else { return };
        let room = width - (self.widths.0 - text_width(ui, &self.words, self.color));
        let (text, _) = elide::end(ui.painter(), &self.words, &body(), self.color, room);
        let text = format!("{}{share}", text.text());
        let whole = format!("{}{share}", self.words);
        let button = ToolButton::text(&text).named(&whole).color(self.color);
        let response = ui.add(button);
        if response.clicked() {
            out.push(Action::LookForFormats);
        }
        if has_encodings {
            menu::answer(&response, Called::Encodings);
        }
        menu::of_button(&response, |ui| {
            menus::format(ui, format, out);
            if has_encodings {
                menu::titled(ui, tr("Encoding"), |ui| {
                    menus::encoding(ui, &model.encoding, out);
                });
            }
        });
        response.on_hover_text(&self.tip);
    }
}

/// What is told of the format under the pointer, with what may have given way.
pub(super) fn format_tip(model: &StatusModel, format: &super::FormatStatus) -> String {
    let found = if format.detected {
        tr("Found by itself. Click for others.")
    } else {
        tr("Chosen by you. Click for others.")
    };
    let matched = match format.records {
        0 => String::new(),
        _ => matched(format),
    };
    format!(
        "{}{matched}\n{found}\n{}, {}, {}",
        tr!("Format: {name}", name = name(&format.name)),
        model.encoding.title,
        model.zone,
        number::bytes(model.file_bytes)
    )
}

/// How much of the log is in its format, to be put behind the format's name.
pub(super) fn matched(format: &super::FormatStatus) -> String {
    tr!(
        "{text}  {share} of {records} match",
        text = "",
        share = number::percent(format.matched, format.records),
        records = number::counted(format.records, "record")
    )
}

fn text_width(ui: &Ui, words: &str, color: Color32) -> f32 {
    let text = ui.painter().layout_no_wrap(words.to_owned(), body(), color);
    text.size().x
}
