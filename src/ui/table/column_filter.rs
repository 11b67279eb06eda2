//! The filter of one column in its header's menu: a text that it contains, is or is not, or one of its values. It becomes a
//! part of the tab's filter, as if it had been typed.

use egui::{Button, Key, Stroke, TextEdit, Ui};

use super::model::{ColumnKind, ColumnSpec};
use super::view::Frame;
use crate::base::lang::tr;
use crate::base::text::name;
use crate::query::lang::{contains, has_not_value, has_value, value};
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::theme::{palette, radius};
use crate::ui::widgets::{elide, tips};

/// What is typed for a column, until it is asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    /// The column's key.
    key: String,
    how: How,
    text: String,
}

/// How a column is compared with a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum How {
    #[default]
    Contains,
    Lacks,
    Is,
    IsNot,
    Since,
    Until,
}

impl How {
    /// The ways that suit a kind of column; the first is the usual one.
    fn of(kind: ColumnKind) -> &'static [Self] {
        match kind {
            ColumnKind::LineNumber | ColumnKind::Delta => &[],
            ColumnKind::Time => &[Self::Since, Self::Until],
            ColumnKind::Level => &[Self::Is, Self::IsNot],
            ColumnKind::Message => &[Self::Contains, Self::Lacks],
            ColumnKind::Logger => &[Self::Is, Self::IsNot, Self::Contains],
            ColumnKind::Other => &[Self::Contains, Self::Is, Self::IsNot],
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Contains => tr("contains"),
            Self::Lacks => tr("does not contain"),
            Self::Is => tr("is"),
            Self::IsNot => tr("is not"),
            Self::Since => tr("from"),
            Self::Until => tr("until"),
        }
    }

    /// Which rows it leaves.
    fn about(self, kind: ColumnKind) -> &'static str {
        match self {
            Self::Contains => tr("Rows with the text anywhere in this column"),
            Self::Lacks => tr("Rows without the text in this column"),
            Self::Is if kind == ColumnKind::Logger => {
                tr("Rows of this logger and of those below it")
            }
            Self::Is => tr("Rows with this value"),
            Self::IsNot => tr("All other rows"),
            Self::Since => tr("Rows of this time and later"),
            Self::Until => tr("Rows before this time"),
        }
    }

    /// The query that asks for this.
    fn query(self, spec: &ColumnSpec, text: &str) -> String {
        let field = match spec.kind {
            ColumnKind::Level => "level",
            ColumnKind::Logger => "logger",
            ColumnKind::Message => "message",
            _ => &spec.key,
        };
        match self {
            Self::Contains => contains(field, text),
            Self::Lacks => format!("-{}", contains(field, text)),
            Self::Is => has_value(field, text),
            Self::IsNot => has_not_value(field, text),
            Self::Since => format!("since:{}", value(text)),
            Self::Until => format!("until:{}", value(text)),
        }
    }
}

/// Values that are offered.
const OFFERED: usize = 8;
/// Longest value that is shown, in characters.
const LONGEST: usize = 40;

/// Shows the part of a header's menu that filters by the column.
pub(super) fn show(
    ui: &mut Ui,
    frame: &Frame<'_>,
    spec: &ColumnSpec,
    draft: &mut Draft,
    out: &mut Actions,
) {
    let ways = How::of(spec.kind);
    let Some(usual) = ways.first() else { return };
    if draft.key != spec.key || !ways.contains(&draft.how) {
        *draft = Draft {
            key: spec.key.clone(),
            how: *usual,
            text: String::new(),
        };
    }
    ui.horizontal(|ui| {
        for way in ways {
            ui.selectable_value(&mut draft.how, *way, way.title())
                .on_hover_text(way.about(spec.kind));
        }
    });
    let hint = match spec.kind {
        ColumnKind::Time => tr("10:00, -1h or a whole time"),
        _ => tr("Text, then Enter"),
    };
    // A menu takes the frames off what is in it.
    let edge = egui::Frame::new()
        .stroke(Stroke::new(1.0, palette(ui).border))
        .corner_radius(radius::CONTROL)
        .inner_margin(4.0);
    let edit = TextEdit::singleline(&mut draft.text)
        .hint_text(hint)
        .frame(edge)
        .desired_width(200.0);
    let title = tr!("Filter {title}", title = spec.title);
    let response = ui.add(edit).accessible_name(&title);
    let tip = tr("Enter makes it a part of the filter");
    let response = tips::of_box(response, tip);
    let asked = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let text = draft.text.trim();
    if asked && !text.is_empty() {
        out.push(Action::Narrow(draft.how.query(spec, text)));
        draft.text.clear();
        ui.close();
    }
    values(ui, frame, spec, draft, out);
    if frame.model.is_filtered(&spec.key) {
        let clear = tr!("Clear the filter of {title}", title = spec.title);
        if ui.add(Button::new(clear)).clicked() {
            out.push(Action::ClearColumn(spec.key.clone()));
            ui.close();
        }
    }
    ui.separator();
}

/// The column's values, the most frequent of those that are at hand first; a click filters by one.
fn values(ui: &mut Ui, frame: &Frame<'_>, spec: &ColumnSpec, draft: &Draft, out: &mut Actions) {
    let how = match draft.how {
        How::IsNot => How::IsNot,
        How::Is | How::Contains => How::Is,
        How::Lacks | How::Since | How::Until => return,
    };
    if spec.kind == ColumnKind::Message {
        return;
    }
    let values = frame.model.values(&spec.key, draft.text.trim());
    for value in values.iter().take(OFFERED) {
        let shown = elide::clip(&name(value), LONGEST);
        let words = egui::RichText::new(shown)
            .font(crate::ui::theme::mono_small())
            .color(palette(ui).text);
        if ui.add(Button::new(words)).clicked() {
            out.push(Action::Narrow(how.query(spec, value)));
            ui.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_a_query() {
        let rows = [
            (
                ColumnKind::Other,
                "thread",
                How::Contains,
                "Main",
                "thread:*Main*",
            ),
            (
                ColumnKind::Other,
                "thread",
                How::Is,
                "Main Thread",
                "thread:\"Main Thread\"",
            ),
            (
                ColumnKind::Other,
                "thread",
                How::IsNot,
                "Main",
                "-thread:Main",
            ),
            (
                ColumnKind::Other,
                "path",
                How::Contains,
                "a b/c",
                "path:/a b\\/c/i",
            ),
            (
                ColumnKind::Level,
                "levelname",
                How::Is,
                "ERROR",
                "level:ERROR",
            ),
            (
                ColumnKind::Logger,
                "name",
                How::IsNot,
                "app.db",
                "-logger:app.db",
            ),
            (
                ColumnKind::Message,
                "msg",
                How::Contains,
                "timed out",
                "message:\"timed out\"",
            ),
            (ColumnKind::Message, "msg", How::Lacks, "ok", "-message:ok"),
            (
                ColumnKind::Time,
                "asctime",
                How::Since,
                "10:00",
                "since:10:00",
            ),
            (ColumnKind::Time, "asctime", How::Until, "-1h", "until:-1h"),
        ];
        for (kind, key, how, text, expected) in rows {
            let spec = ColumnSpec::new(key, key, kind);
            assert_eq!(how.query(&spec, text), expected);
            assert!(How::of(kind).contains(&how));
        }
    }
}
