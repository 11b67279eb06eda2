//! Marking records, going to them, writing about them.

use std::path::PathBuf;

use super::copy_kept;
use crate::app::files::Picked;
use crate::app::state::{Saving, State};
use crate::app::tab::Tab;
use crate::base::id::RecordNo;
use crate::base::lang::tr;
use crate::base::problem::Problem;
use crate::base::text::name;
use crate::base::time::{Timestamp, ZoneClock, format_time};
use crate::ui::action::Direction;
use crate::ui::table::model::{ColumnKind, TableModel as _};

/// Characters of a message that are kept with its mark.
const TEXT_CHARS: usize = 200;

/// Marks the focused record, or takes its mark away.
pub fn toggle(state: &mut State) {
    let record = state.tab().and_then(|tab| tab.selection.focus());
    if let Some(record) = record {
        toggle_record(state, record);
    }
}

/// Marks a record, or takes its mark away.
pub fn toggle_record(state: &mut State, record: RecordNo) {
    let Some(tab) = state.tab_mut() else { return };
    if tab.bookmarks.get(record).is_some() {
        tab.bookmarks.remove(record);
    } else {
        let meta = tab
            .source
            .as_ref()
            .and_then(|source| source.snapshot.record(record));
        let Some(meta) = meta else { return };
        let text = text_of(tab, record);
        tab.bookmarks.add(&meta, text);
    }
    keep(state);
}

/// The beginning of a record's message, if it is at hand.
fn text_of(tab: &mut Tab, record: RecordNo) -> String {
    let details = tab
        .record
        .as_ref()
        .filter(|details| details.record == record);
    if let Some(details) = details {
        let line = details.message.lines().next().unwrap_or_default();
        return line.chars().take(TEXT_CHARS).collect();
    }
    let (_, rows) = tab.parts();
    let place = rows
        .columns()
        .iter()
        .position(|column| column.kind == ColumnKind::Message);
    let row = tab.rows.get(record);
    let cell = row.zip(place).and_then(|(row, place)| row.cells.get(place));
    cell.map(|cell| cell.chars().take(TEXT_CHARS).collect())
        .unwrap_or_default()
}

/// Goes to the next marked record, or the one before.
pub fn go(state: &mut State, direction: Direction) {
    let Some(tab) = state.tab_mut() else { return };
    let Some(from) = tab.selection.focus().or_else(|| tab.anchor_record()) else {
        return;
    };
    let order = tab.order();
    let record = match direction {
        Direction::Forward => tab.bookmarks.after(from, &order),
        Direction::Backward => tab.bookmarks.before(from, &order),
    };
    if let Some(record) = record {
        tab.go_to(record);
    }
}

/// Writes about a marked record.
pub fn note(state: &mut State, record: RecordNo, note: String) {
    if let Some(tab) = state.tab_mut() {
        tab.bookmarks.set_note(record, note);
        keep(state);
    }
}

/// Keeps the marks of the shown log, and shows them in every view of it.
fn keep(state: &mut State) {
    let Some(tab) = state.tab() else { return };
    let (id, path, origin) = (tab.id, tab.path.clone(), tab.origin.clone());
    let (kept, source) = (tab.bookmarks.to_vec(), tab.source.clone());
    let others = state.tabs.iter_mut();
    for other in others.filter(|tab| tab.id != id && tab.path == path && tab.origin == origin) {
        other.bookmarks.set(&kept, other.source.as_deref());
    }
    if let Some(source) = source {
        let settings = &mut state.settings;
        settings.set_bookmarks_of(&source.head, &path, kept);
        state.settings_changed();
    }
}

/// Asks where the marks of the shown log are to be saved as Markdown.
pub fn ask_target(state: &mut State) {
    let Some((tab, text)) = state.tab().zip(markdown(state)) else {
        return;
    };
    let name = format!("{}-bookmarks.md", copy_kept::unpacked_name(&tab.name()));
    let start = copy_kept::folder(tab).join(name);
    let title = tr("Save as Markdown");
    let waker = state.waker();
    if state.files.ask_target(title, start.clone(), waker) {
        state.saving = Some(Saving::Text(text, start));
    }
}

/// Saves them where the user said; where the desktop has no dialog to ask with, at the proposed place or beside it.
pub fn save(state: &State, text: String, start: PathBuf, to: Option<PathBuf>) {
    let saver = state.engine.saver();
    let write = move || {
        let to = to.unwrap_or_else(|| copy_kept::unused(&start, ".md"));
        saver.save(&to, &text)?;
        Ok(Picked::Told(
            Problem::info("The bookmarks were saved").path(to),
        ))
    };
    state.files.make(write, state.waker());
}

/// The marks of the shown log as Markdown.
pub fn markdown(state: &State) -> Option<String> {
    let tab = state.tab()?;
    let mut clock = ZoneClock::new(&tab.zone());
    let mut out = format!("# {}\n\n", tab.name());
    for (record, bookmark) in tab.bookmarks.iter() {
        let time = bookmark
            .time
            .map(|time| format_time(Timestamp(time), &mut clock));
        let time = time.map(|time| format!("{time}, ")).unwrap_or_default();
        out += &format!("- {time}#{}", record.0 + 1);
        if !bookmark.text.is_empty() {
            out += &format!(": `{}`", name(&bookmark.text).replace('`', "'"));
        }
        out.push('\n');
        for line in bookmark.note.lines() {
            out += &format!("  {line}\n");
        }
    }
    Some(out)
}
