//! The formats to pick from: what was recognised in this file, and what Timberline brings along.

use crate::base::lang::{said, tr};
use egui::text::LayoutJob;
use egui::{
    Align, Color32, FontId, Rect, Response, Role, ScrollArea, Sense, TextFormat, Ui, WidgetInfo,
    vec2,
};

use super::draft::Draft;
use super::{CandidateRow, FormatModel};
use crate::format::spec::FormatSpec;
use crate::ui::dialogs::sheet;
use crate::ui::theme::{self, palette, radius, space};
use crate::ui::widgets::reveal;
use crate::ui::widgets::tool_button::focus_ring;

/// Shows the lists; a click makes the draft. The name of the saved format that was picked, empty for another one. When the
/// dialog opens, the one in use is in sight.
pub(super) fn show(
    ui: &mut Ui,
    model: &FormatModel,
    draft: &mut Draft,
    opens: bool,
) -> Option<String> {
    let current = draft.shown();
    let mut name = None;
    let row = |ui: &mut Ui, name: &str, detail: &str, share: Option<&str>, picked: bool| {
        let response = row(ui, name, detail, share, picked);
        if opens && picked {
            response.scroll_to_me(None);
        }
        response.clicked()
    };
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        if !model.saved.is_empty() {
            sheet::section(ui, tr("Your formats"));
        }
        for saved in &model.saved {
            let picked = current.as_ref() == Some(&saved.spec);
            if row(ui, &saved.name, &saved.spec.to_string(), None, picked) {
                draft.pick(&saved.spec);
                name = Some(saved.name.clone());
            }
        }
        if !model.saved.is_empty() {
            ui.add_space(space::M);
        }
        sheet::section(ui, tr("Recognised in this file"));
        for candidate in &model.candidates {
            let picked = current.as_ref() == Some(&candidate.spec);
            let (reason, share) = words(candidate);
            if row(ui, &candidate.name, &reason, Some(&share), picked) {
                draft.pick(&candidate.spec);
                name = Some(String::new());
            }
        }
        ui.add_space(space::M);
        sheet::section(ui, tr("Known formats"));
        for builtin in &model.builtins {
            let spec = FormatSpec::Builtin {
                name: builtin.name.clone(),
            };
            let picked = current.as_ref() == Some(&spec);
            if row(ui, &builtin.title, &builtin.example, None, picked) {
                draft.pick(&spec);
                name = Some(String::new());
            }
        }
        reveal::focused(ui);
    });
    name
}

/// Why it was recognised, and how much of the lines it reads.
fn words(candidate: &CandidateRow) -> (String, String) {
    let share = percent(candidate.matched as u64, candidate.lines as u64);
    let parts = candidate.reason.split("; ").map(|part| {
        let words: Vec<_> = part.split(", ").map(said).collect();
        words.join(", ")
    });
    (parts.collect::<Vec<_>>().join("; "), share)
}

/// `97 %`; never rounded up to all, nor down to none.
pub(super) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "0 %".to_owned();
    }
    let rounded = (part * 100 + whole / 2) / whole;
    match rounded {
        100 if part < whole => "99 %".to_owned(),
        0 if part > 0 => "1 %".to_owned(),
        _ => format!("{rounded} %"),
    }
}

/// Two lines: a name with a share at its right, and what explains it.
fn row(ui: &mut Ui, name: &str, detail: &str, share: Option<&str>, picked: bool) -> Response {
    let size = vec2(ui.available_width() - space::M, 38.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, picked, name));
    let colors = palette(ui);
    let (ground, strong, weak) = if response.is_pointer_button_down_on() {
        (colors.pressed, colors.text, colors.weak)
    } else if picked {
        (
            colors.selection,
            colors.on_selection,
            colors.on_selection_weak,
        )
    } else if response.hovered() {
        (colors.row_hover, colors.text, colors.weak)
    } else {
        (Color32::TRANSPARENT, colors.text, colors.weak)
    };
    ui.painter()
        .rect_filled(rect, f32::from(radius::CONTROL), ground);
    focus_ring(ui, rect, &response);
    let inner = rect.shrink2(vec2(space::M, 3.0));
    let share_width = share.map_or(0.0, |share| {
        let galley = ui
            .painter()
            .layout_no_wrap(share.to_owned(), theme::small(), weak);
        let width = galley.size().x;
        ui.painter()
            .galley(inner.right_top() + vec2(-width, 1.0), galley, weak);
        width + space::M
    });
    line(ui, inner, 0.0, name, theme::body(), strong, share_width);
    line(ui, inner, 17.0, detail, theme::small(), weak, 0.0);
    let mut hover = name.to_owned();
    if !detail.is_empty() {
        hover.push('\n');
        hover.push_str(detail);
    }
    response.on_hover_text(hover)
}

/// One line of a row, cut at the right.
fn line(ui: &Ui, room: Rect, top: f32, text: &str, font: FontId, color: Color32, keep: f32) {
    let mut job = LayoutJob::single_section(
        text.to_owned(),
        TextFormat {
            valign: Align::Center,
            ..TextFormat::simple(font, color)
        },
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.width() - keep);
    let galley = ui.painter().layout_job(job);
    ui.painter()
        .galley(room.min + vec2(0.0, top), galley, color);
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_share_is_not_rounded_to_all_or_none() {
        assert_eq!(percent(0, 0), "0 %");
        assert_eq!(percent(1, 1000), "1 %");
        assert_eq!(percent(999, 1000), "99 %");
        assert_eq!(percent(1000, 1000), "100 %");
        assert_eq!(percent(97, 100), "97 %");
    }
}
