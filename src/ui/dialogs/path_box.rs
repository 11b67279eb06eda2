//! Opening a file by its path: typed, pasted, completed, or picked from the recent ones.
//!
//! Also the way in where a desktop has no file dialog.

use std::path::PathBuf;

use egui::{Context, EventFilter, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use super::Stay;
use super::sheet::{self, Anchor, Sheet};
use crate::base::text::name;
use crate::ui::action::{Action, Actions};
use crate::ui::theme::{palette, space};
use crate::ui::widgets::icon::Icon;

/// What the box knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PathBoxModel {
    /// Recently opened files, newest first.
    pub recent: Vec<PathBuf>,
    /// What was found for the text typed last.
    pub completion: Completion,
    /// Why the box was opened by the program (no file dialog on this desktop) or what failed; may be empty.
    pub notice: String,
}

/// Files and folders that begin like what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completion {
    /// The text that this answers.
    pub of: String,
    /// The paths as they would be typed; folders end with a separator.
    pub paths: Vec<String>,
}

/// What only the box cares about.
#[derive(Debug, Clone, Default)]
pub struct PathBoxState {
    /// What is being typed.
    pub text: String,
    /// The chosen line of the list.
    selected: Option<usize>,
    asked: Option<String>,
    focused: bool,
}

/// The box's id, for its cursor.
fn box_id() -> egui::Id {
    egui::Id::unique("path box text")
}

/// A line below the box.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Recent(PathBuf),
    Found(String),
}

impl Line {
    fn text(&self) -> String {
        match self {
            Self::Recent(path) => path.display().to_string(),
            Self::Found(path) => path.clone(),
        }
    }

    fn is_folder(&self) -> bool {
        matches!(self, Self::Found(path) if path.ends_with(std::path::MAIN_SEPARATOR))
    }
}

/// Shows the box. What is typed goes to the application as it stands, a leading `~` included; only quotes and `file://`
/// around it are removed.
pub fn show(
    ctx: &Context,
    model: &PathBoxModel,
    state: &mut PathBoxState,
    out: &mut Actions,
) -> Stay {
    let sheet = Sheet {
        id: "path box",
        title: "Open by path",
        width: 640.0,
        anchor: Anchor::Top,
    };
    sheet.show(ctx, |ui| {
        let lines = lines(model, &state.text);
        let entered = entry(ui, state, &lines);
        ask(state, out);
        if !model.notice.is_empty() {
            sheet::mistake(ui, &model.notice, "");
        }
        let clicked = list(ui, state, &lines, out);
        sheet::hint(ui, "Up and Down choose, Tab completes, Enter opens");
        let chosen = state.selected.and_then(|index| lines.get(index));
        let wanted = clicked.or_else(|| entered.then(|| chosen.cloned()).flatten());
        match wanted {
            Some(line) if line.is_folder() => take_over(ui, state, &line),
            Some(Line::Recent(path)) => return open(path, out),
            Some(Line::Found(path)) => return open(path.into(), out),
            None if entered && !clean(&state.text).is_empty() => {
                return open(clean(&state.text).into(), out);
            }
            None => {}
        }
        Stay::Open
    })
}

fn open(path: PathBuf, out: &mut Actions) -> Stay {
    out.push(Action::OpenPath(path));
    Stay::Closed
}

/// The box with its keys; whether Enter was pressed.
fn entry(ui: &mut Ui, state: &mut PathBoxState, lines: &[Line]) -> bool {
    let id = box_id();
    if ui.memory(|memory| memory.has_focus(id)) {
        keys(ui, state, lines);
    }
    let filter = EventFilter {
        tab: true,
        vertical_arrows: true,
        horizontal_arrows: true,
        escape: false,
    };
    let edit = TextEdit::singleline(&mut state.text)
        .id(id)
        .hint_text("Path of a log file, a folder or a pattern like logs/*.log")
        .event_filter(filter)
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    sheet::focus_once(&response, &mut state.focused);
    if response.changed() {
        state.selected = None;
    }
    let entered = sheet::entered(ui, &response);
    if entered {
        response.request_focus();
    }
    entered
}

/// Up, Down and Tab, before the box sees them.
fn keys(ui: &Ui, state: &mut PathBoxState, lines: &[Line]) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = lines.len().checked_sub(1);
    if pressed(Key::ArrowDown) {
        let next = state.selected.map_or(0, |index| index + 1);
        state.selected = last.map(|last| next.min(last));
    }
    if pressed(Key::ArrowUp) {
        state.selected = state.selected.and_then(|index| index.checked_sub(1));
    }
    if pressed(Key::Tab) {
        let found = |line: &&Line| matches!(line, Line::Found(_));
        let chosen = state.selected.and_then(|index| lines.get(index));
        let text = match chosen {
            Some(line) => line.text(),
            None => common_start(lines.iter().filter(found).map(Line::text)),
        };
        if text.len() > state.text.len() || chosen.is_some() {
            state.text = text;
            state.selected = None;
            cursor_to_end(ui, state);
        }
    }
}

/// Puts a folder into the box, so that its files are listed next.
fn take_over(ui: &Ui, state: &mut PathBoxState, line: &Line) {
    state.text = line.text();
    state.selected = None;
    cursor_to_end(ui, state);
}

fn cursor_to_end(ui: &Ui, state: &PathBoxState) {
    let id = box_id();
    let end = egui::text::CCursor::new(state.text.chars().count());
    if let Some(mut edit) = TextEdit::load_state(ui.ctx(), id) {
        let range = egui::text::CCursorRange::one(end);
        edit.cursor.set_char_range(Some(range));
        TextEdit::store_state(ui.ctx(), id, edit);
    }
}

/// Asks for completions when the text has changed.
fn ask(state: &mut PathBoxState, out: &mut Actions) {
    let text = clean(&state.text);
    if !text.is_empty() && state.asked.as_deref() != Some(text.as_str()) {
        out.push(Action::CompletePath(text.clone()));
        state.asked = Some(text);
    }
}

/// The lines below the box: recent files that contain every typed word, then what begins like the text.
fn lines(model: &PathBoxModel, text: &str) -> Vec<Line> {
    let text = clean(text);
    let lower = text.to_lowercase();
    let recent = model.recent.iter().filter(|path| {
        let path = path.to_string_lossy().to_lowercase();
        lower.split_whitespace().all(|word| path.contains(word))
    });
    let current = !text.is_empty() && model.completion.of == text;
    let found = model.completion.paths.iter().filter(|_| current);
    recent
        .cloned()
        .map(Line::Recent)
        .chain(found.cloned().map(Line::Found))
        .collect()
}

/// The list; the line that was clicked.
fn list(ui: &mut Ui, state: &PathBoxState, lines: &[Line], out: &mut Actions) -> Option<Line> {
    ui.add_space(space::S);
    if lines.is_empty() {
        let text = if state.text.is_empty() {
            "No recent files"
        } else if state.text.contains(['*', '?', '[']) {
            "Enter opens the newest log that matches, and lists the others"
        } else {
            "No recent file or folder begins like this"
        };
        sheet::hint(ui, text);
        return None;
    }
    let room = (ui.available_height() - 40.0).clamp(100.0, 360.0);
    ScrollArea::vertical()
        .max_height(room)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let mut clicked = None;
            let mut heading = "";
            for (index, line) in lines.iter().enumerate() {
                let own = match line {
                    Line::Recent(_) => "Recent",
                    Line::Found(_) => "Files and folders",
                };
                if own != heading {
                    sheet::section(ui, own);
                    heading = own;
                }
                if row(ui, line, state.selected == Some(index), out) {
                    clicked = Some(line.clone());
                }
            }
            clicked
        })
        .inner
}

/// One line; whether it was clicked.
fn row(ui: &mut Ui, line: &Line, selected: bool, out: &mut Actions) -> bool {
    ui.horizontal(|ui| {
        let cross = if matches!(line, Line::Recent(_)) {
            30.0
        } else {
            0.0
        };
        let width = ui.available_width() - cross;
        let text = shortened(&name(&line.text()), width);
        let color = palette(ui).text;
        let left = (RichText::new(&text).color(color), egui::Atom::grow());
        let label =
            egui::Button::selectable(selected, left).min_size(egui::vec2(width, space::ROW));
        let response = ui.add(label).on_hover_text(name(&line.text()));
        if selected {
            response.scroll_to_me(None);
        }
        if let Line::Recent(path) = line {
            let name = format!("Forget {text}");
            if sheet::icon_button(ui, Icon::Close, &name).clicked() {
                out.push(Action::ForgetRecent(path.clone()));
            }
        }
        response.clicked()
    })
    .inner
}

/// A path without its middle when it is too long: the file's name matters most.
fn shortened(path: &str, width: f32) -> String {
    // About seven points a letter: an estimate that only decides where to cut.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a width in points"
    )]
    let room = (width / 7.0).max(20.0) as usize;
    let length = path.chars().count();
    if length <= room {
        return path.to_owned();
    }
    let start: String = path.chars().take(room / 4).collect();
    let end: String = path.chars().skip(length - room * 3 / 4 + 3).collect();
    format!("{start}...{end}")
}

/// What all texts begin with.
fn common_start(mut texts: impl Iterator<Item = String>) -> String {
    let mut start = texts.next().unwrap_or_default();
    for text in texts {
        let same = start.chars().zip(text.chars()).take_while(|(a, b)| a == b);
        start = same.map(|(character, _)| character).collect();
    }
    start
}

/// A pasted path as people have it in the clipboard: with quotes, or as the address that file managers copy.
fn clean(text: &str) -> String {
    let text = text.trim();
    let unquoted = ['"', '\'']
        .iter()
        .find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(text);
    match unquoted.strip_prefix("file://") {
        Some(address) => percent_decoded(address),
        None => unquoted.to_owned(),
    }
}

/// `%20` to a blank, and so on; what is no valid escape stays.
fn percent_decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = (first == b'%').then(|| after.get(..2)).flatten();
        let value = escaped
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(value.unwrap_or(first));
        rest = if value.is_some() {
            after.get(2..).unwrap_or_default()
        } else {
            after
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn pasted_paths_lose_quotes_and_addresses() {
        for (pasted, path) in [
            ("  /var/log/a.log\n", "/var/log/a.log"),
            ("\"/my logs/a.log\"", "/my logs/a.log"),
            ("'/my logs/a.log'", "/my logs/a.log"),
            (
                "file:///my%20logs/%EB%A1%9C%EA%B7%B8.log",
                "/my logs/로그.log",
            ),
            ("file:///100%.log", "/100%.log"),
            ("~/a.log", "~/a.log"),
        ] {
            assert_eq!(clean(pasted), path);
        }
    }

    #[test]
    fn a_stale_completion_is_not_shown() {
        let model = PathBoxModel {
            completion: Completion {
                of: "/va".to_owned(),
                paths: vec!["/var/".to_owned()],
            },
            ..PathBoxModel::default()
        };
        assert_eq!(lines(&model, "/va"), [Line::Found("/var/".to_owned())]);
        assert!(lines(&model, "/var").is_empty());
    }

    #[test]
    fn recent_files_match_by_words_in_any_order() {
        let model = PathBoxModel {
            recent: vec!["/srv/api/uvicorn.log".into(), "/srv/db/pool.log".into()],
            ..PathBoxModel::default()
        };
        let found = lines(&model, "LOG uvi");
        assert_eq!(found, [Line::Recent("/srv/api/uvicorn.log".into())]);
    }

    #[test]
    fn long_paths_keep_their_end() {
        let path = format!("/{}/app.log", "deep/".repeat(60));
        let short = shortened(&path, 350.0);
        assert!(
            short.chars().count() <= 51 && short.ends_with("/app.log"),
            "{short}"
        );
        assert_eq!(
            common_start(["/ab".to_owned(), "/ac".to_owned()].into_iter()),
            "/a"
        );
    }
}
