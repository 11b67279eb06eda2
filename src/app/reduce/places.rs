//! Opening what a log names. Nothing is opened or run but what the user asked for by a click or a key.

use egui::{Context, OpenUrl};

use crate::app::editor;
use crate::app::state::State;
use crate::base::problem::Problem;
use crate::base::text::places::{FilePlace, Place, Target, logged_at, places};
use crate::format::trace::{Line, Trace};
use crate::ui::action::Dialog;
use crate::ui::panels::details::RecordDetails;

/// Opens an address in the browser, or a file in the editor.
pub fn open(state: &mut State, ctx: &Context, target: Target) {
    match target {
        Target::Url(url) => ctx.open_url(OpenUrl::new_tab(url)),
        Target::File(place) => in_editor(state, place),
    }
}

/// Opens the file that the focused record is about.
pub fn open_focused(state: &mut State) {
    let Some(tab) = state.tab() else { return };
    let focus = tab.selection.focus();
    let record = tab.record.as_ref();
    let Some(record) = record.filter(|record| Some(record.record) == focus) else {
        return;
    };
    match place_of(record) {
        Some(place) => in_editor(state, place),
        None => state.tell(
            Problem::info("The record names no file")
                .hint("It has neither a stack trace nor fields for file and line"),
        ),
    }
}

fn in_editor(state: &mut State, place: FilePlace) {
    if state.settings.editor.command.trim().is_empty() {
        // They say that one has to be chosen.
        return super::dialogs::show(state, &Dialog::EditorSettings);
    }
    let tab = state.tab().filter(|tab| tab.origin.has_path());
    let folder = tab.and_then(|tab| tab.path.parent()).map(ToOwned::to_owned);
    editor::open(state, place, folder);
}

/// The file that a record is about: where something was raised, or where it was logged, or the first that it names.
fn place_of(record: &RecordDetails) -> Option<FilePlace> {
    let file = |place: Place| match place.target {
        Target::File(file) => Some(file),
        Target::Url(_) => None,
    };
    let raised = || {
        let trace = Trace::read(&record.message)?;
        let frame = trace.outcome()?.frame?;
        let at = trace
            .lines
            .iter()
            .position(|line| *line == Line::Frame(frame))?;
        let line = record.message.lines().nth(at)?;
        places(line).into_iter().find_map(file)
    };
    let logged = || {
        let value = |name: &str| {
            let mut fields = record.fields.iter();
            let field = fields.find(|(field, _)| field.eq_ignore_ascii_case(name));
            field.map(|(_, value)| value.as_str())
        };
        logged_at(value).map(|(_, place)| place)
    };
    let named = || record.message.lines().flat_map(places).find_map(file);
    raised().or_else(logged).or_else(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(message: &str, fields: &[(&str, &str)]) -> String {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let record = RecordDetails {
            message: message.to_owned(),
            fields: fields.iter().map(owned).collect(),
            ..RecordDetails::default()
        };
        place_of(&record)
            .map(|place| place.text())
            .unwrap_or_default()
    }

    #[test]
    fn a_record_is_about_what_went_wrong_then_where_it_was_logged() {
        let logged = [("pathname", "/srv/log.py"), ("lineno", "7")];
        let trace = "boom\nTraceback (most recent call last):\n  File \"/srv/a.py\", line 3, in f\n    g()\n  File \"/usr/lib/python3.12/json/x.py\", line 9, in g\nValueError: x";
        for (message, fields, expected) in [
            (trace, &logged[..], "/srv/a.py:3"),
            ("see b.py:4", &logged, "/srv/log.py:7"),
            ("see b.py:4", &[], "b.py:4"),
            (
                "see https://a.example/b",
                &[("caller", "app/main.go:12")],
                "app/main.go:12",
            ),
            ("nothing", &[("filename", "x.py"), ("lineno", "zero")], ""),
        ] {
            assert_eq!(about(message, fields), expected, "{message}");
        }
    }
}
