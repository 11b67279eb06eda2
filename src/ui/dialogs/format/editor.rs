//! The template to type: its style, the text, the date format, and the mistake with a mark at its place.

use crate::base::lang::{said, tr};
use crate::tr;
use egui::text::CCursor;
use egui::{ComboBox, FontSelection, Pos2, Response, Shape, Stroke, TextEdit, Ui, pos2, vec2};

use super::draft::{Draft, StyleChoice};
use super::{FormatModel, FormatState, PreviewFailure};
use crate::format::spec::{FormatError, FormatSpec, Style};
use crate::ui::dialogs::sheet;
use crate::ui::theme::{self, palette, space};
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{menu, tips};

const STYLES: [StyleChoice; 10] = [
    StyleChoice::Guess,
    StyleChoice::Template(Style::Percent),
    StyleChoice::Template(Style::Brace),
    StyleChoice::Template(Style::Dollar),
    StyleChoice::Template(Style::Loguru),
    StyleChoice::Template(Style::Log4j),
    StyleChoice::Template(Style::NLog),
    StyleChoice::Template(Style::Serilog),
    StyleChoice::Template(Style::Csv),
    StyleChoice::Regex,
];

/// Shows the boxes; whether Enter was pressed in the template.
pub(super) fn show(
    ui: &mut Ui,
    model: &FormatModel,
    draft: &mut Draft,
    state: &mut FormatState,
) -> bool {
    let mut entered = false;
    if parts(ui, draft) {
        state.focused = false;
    }
    ui.horizontal(|ui| {
        style_box(ui, draft);
        let mistake = mistake(model, draft);
        let place = mistake.map_or(state.pointed, |error| {
            error.column.filter(|_| draft.is_to_blame(error))
        });
        let (response, tip) = template_box(ui, draft, place);
        sheet::focus_once(&response, &mut state.focused);
        if response.changed() {
            draft.picked = None;
        }
        entered = sheet::entered(ui, &response);
        if let Some(tip) = tip {
            mark(ui, tip, mistake.is_some());
        }
    });
    if draft.style != StyleChoice::Regex {
        date_boxes(ui, draft);
    }
    match mistake(model, draft) {
        Some(error) => {
            let message = said(&error.message);
            let message = match error.column {
                Some(column) => tr!("{message} (column {column})", message, column = column + 1),
                None => message.into_owned(),
            };
            sheet::mistake(ui, &message, &said(&error.hint));
        }
        None => explanation(ui, model, draft),
    }
    entered
}

/// The formats of a mixed file, of which one is edited; whether there is a new one to type.
fn parts(ui: &mut Ui, draft: &mut Draft) -> bool {
    let row = ui.horizontal_wrapped(|ui| {
        if draft.is_mixed() {
            mixed_parts(ui, draft);
        } else {
            sheet::section(ui, tr("Template of your own"));
        }
        let add = ToolButton::text(tr("Add another format"))
            .color(palette(ui).accent)
            .enabled(draft.spec().is_some());
        let add = ui.add(add);
        let tip = tr(
            "For a file that two programs write to: it reads the lines that the others leave over",
        );
        let added = add.on_hover_text(tip).clicked();
        if added {
            draft.add();
        }
        added
    });
    row.inner
}

fn mixed_parts(ui: &mut Ui, draft: &mut Draft) {
    let mut edited = None;
    for at in 0..=draft.others.len() {
        let here = at == draft.place;
        let name = tr!("Format {at}", at = at + 1);
        let label = ui.selectable_label(here, name);
        let tip = tr("Each line is read in the first of these formats that fits");
        if label.on_hover_text(tip).clicked() && !here {
            edited = Some(at);
        }
    }
    if let Some(at) = edited {
        draft.edit(at);
    }
    let remove = tr!("Remove format {place}", place = draft.place + 1);
    let remove = ToolButton::text(&remove).color(palette(ui).accent);
    let tip = tr("The lines that it reads are left to the other formats");
    if ui.add(remove).on_hover_text(tip).clicked() {
        draft.remove();
    }
}

/// The mistake of the text as it stands; an answer to an older text does not count.
fn mistake<'a>(model: &'a FormatModel, draft: &Draft) -> Option<&'a FormatError> {
    let preview = model.preview.as_ref()?;
    match &preview.outcome {
        Err(PreviewFailure::Format(error)) if draft.spec().as_ref() == Some(&preview.spec) => {
            Some(error)
        }
        _ => None,
    }
}

/// What the boxes mean, while nothing is wrong.
fn explanation(ui: &mut Ui, model: &FormatModel, draft: &Draft) {
    let title = draft.picked.as_ref().map(|picked| match picked {
        FormatSpec::Builtin { name } => {
            let mut known = model.builtins.iter();
            let row = known.find(|row| row.name == *name);
            row.map_or_else(|| name.clone(), |row| row.title.clone())
        }
        other => other.to_string(),
    });
    let text = match (title, draft.style) {
        (Some(title), _) => {
            tr!("Using the known format \"{title}\"; typing a template replaces it", title)
        }
        (None, StyleChoice::Regex) => {
            tr("Named groups become columns: (?<asctime>...), (?<levelname>...), (?<name>...), (?<message>...)").to_owned()
        }
        (None, _) => tr("As in logging.Formatter(fmt, datefmt, style)").to_owned(),
    };
    sheet::hint(ui, text);
}

fn style_box(ui: &mut Ui, draft: &mut Draft) {
    let shown = match draft.style {
        StyleChoice::Guess => tr!("auto ({name})", name = Style::guess(&draft.text).name()),
        other => style_name(other).to_owned(),
    };
    let combo = ComboBox::from_id_salt("style")
        .selected_text(shown)
        .width(92.0);
    menu::choice(ui, combo, |ui| {
        for style in STYLES {
            if ui
                .selectable_label(draft.style == style, style_name(style))
                .clicked()
            {
                draft.style = style;
                draft.picked = None;
            }
        }
    })
    .on_hover_text(tr("Language of the template"));
}

fn style_name(style: StyleChoice) -> &'static str {
    match style {
        StyleChoice::Guess => tr("auto"),
        StyleChoice::Template(Style::Percent) => "%(name)s",
        StyleChoice::Template(Style::Brace) => "{name}",
        StyleChoice::Template(Style::Dollar) => "$name",
        StyleChoice::Template(style) => style.name(),
        StyleChoice::Regex => tr("regex"),
    }
}

/// The box for the text; with a place to point at, also the point below that character.
fn template_box(ui: &mut Ui, draft: &mut Draft, place: Option<usize>) -> (Response, Option<Pos2>) {
    let hint = match draft.style {
        StyleChoice::Regex => r"(?<asctime>\S+ \S+) (?<levelname>\w+) (?<message>.*)",
        _ => "%(asctime)s - %(name)s - %(levelname)s - %(message)s",
    };
    let output = TextEdit::singleline(&mut draft.text)
        .hint_text(hint)
        .font(FontSelection::FontId(theme::mono()))
        .desired_width(f32::INFINITY)
        .show(ui);
    let response = output.response.response;
    let name = tr("Template");
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::text_edit(true, "", &draft.text, hint);
        info.label = Some(name.to_owned());
        info
    });
    let response = tips::of_box(response, template_tip(draft.style));
    let tip = place.map(|column| {
        let place = output.galley.pos_from_cursor(CCursor::new(column));
        let x = output.galley_pos.x + place.center().x + 4.0;
        let bounds = response.rect.shrink(space::S);
        pos2(
            x.clamp(bounds.left(), bounds.right()),
            response.rect.bottom(),
        )
    });
    (response, tip)
}

/// What may be typed in a language.
fn template_tip(style: StyleChoice) -> &'static str {
    match style {
        StyleChoice::Regex => tr("An expression that fits the first line of every record"),
        StyleChoice::Guess | StyleChoice::Template(_) => tr(
            "How the program writes a record, as in its own settings; every name in it becomes a column",
        ),
    }
}

/// A small arrow below the box that points at a character.
fn mark(ui: &Ui, tip: Pos2, mistake: bool) {
    let corners = vec![
        tip + vec2(0.0, -3.0),
        tip + vec2(4.0, 3.0),
        tip + vec2(-4.0, 3.0),
    ];
    let colors = palette(ui);
    let color = if mistake { colors.bad } else { colors.warn };
    ui.painter()
        .add(Shape::convex_polygon(corners, color, Stroke::NONE));
}

fn date_boxes(ui: &mut Ui, draft: &mut Draft) {
    ui.horizontal(|ui| {
        let mut changed = false;
        let boxes = [
            (
                ("datefmt", &mut draft.datefmt),
                ("%Y-%m-%d %H:%M:%S", 200.0),
                tr("How the program writes a time: %d/%b %H:%M reads 22/Nov 10:32"),
            ),
            (
                (tr("msec format"), &mut draft.msec_format),
                ("%s,%03d", 90.0),
                tr("How milliseconds follow the time: %s.%03d reads 10:32:05.123"),
            ),
        ];
        for ((name, text), (hint, width), tip) in boxes {
            let label = ui.label(name);
            let edit = TextEdit::singleline(text)
                .hint_text(hint)
                .font(FontSelection::FontId(theme::mono()))
                .desired_width(width);
            let response = ui.add(edit).labelled_by(label.id);
            changed |= tips::of_box(response, tip).changed();
            ui.add_space(space::M);
        }
        if changed && !draft.text.is_empty() {
            draft.picked = None;
        }
    });
}
