//! The menu of a row: copy, and filter by what is under the pointer.

use crate::base::lang::tr;
use crate::tr;
use egui::{Button, Response, Ui};

use super::mark_menu;
use super::model::{ColumnKind, RowView, TableRow};
use super::rows::cell_text;
use super::state::TableState;
use super::view::Frame;
use crate::base::text::name;
use crate::base::time::{TimeRange, Timestamp};
use crate::query::lang::{has_not_value, has_value};
use crate::query::number::measured;
use crate::query::plot::PlotSpec;
use crate::query::spec::{Pattern, Sense, TextTerm};
use crate::ui::action::{Action, Actions, CopyWhat, Dialog, LoggerClick};
use crate::ui::keys::{self, Command};
use crate::ui::widgets::context_menu;

/// Longest text that a filter is made of, in characters; longer cells are cut.
const FILTER_CHARS: usize = 200;
/// Longest text that an entry quotes, in characters.
const QUOTE_CHARS: usize = 36;

/// Shows the menu while it is open.
pub(super) fn rows(
    response: &Response,
    frame: &Frame<'_>,
    state: &mut TableState,
    out: &mut Actions,
) {
    let Some(target) = state.menu.clone() else {
        return;
    };
    let content = |ui: &mut Ui| {
        let row = frame.model.row_of(target.record);
        let fresh;
        let view = if let Some(view) = frame.view(row.0) {
            view
        } else {
            fresh = frame.model.row(row);
            &fresh
        };
        let RowView::Ready(ready) = view else {
            ui.label(tr("This record is being read"));
            return;
        };
        let cell = target.column.and_then(|index| {
            let place = frame.placed.iter().find(|place| place.index == index)?;
            Some((frame.kind(place), cell_text(frame, place, ready)))
        });
        let title = target
            .column
            .and_then(|index| frame.arrangement.columns.get(index))
            .map_or("", |column| column.spec.title.as_str());
        let key = target
            .column
            .and_then(|index| frame.arrangement.columns.get(index))
            .map_or("", |column| column.spec.key.as_str());
        let cell = cell.as_ref().map(|(kind, text)| Cell {
            kind: *kind,
            key,
            title,
            text,
        });
        let kin = kin(frame, ready);
        for entry in entries(ready, cell, &kin, frame.model.time_range()) {
            show(ui, entry, out);
        }
        let whole = cell
            .map(|cell| cell.text)
            .filter(|text| text.len() <= FILTER_CHARS);
        let word = target.word.as_deref().or(whole);
        mark_menu::show(ui, frame, ready, word, out);
    };
    let shown = context_menu::show_at(response, target.at, content);
    if shown.is_none() && !response.is_pointer_button_down_on() {
        state.menu = None;
    }
}

/// One line of the menu.
#[derive(Debug, Clone, PartialEq)]
enum Entry {
    Separator,
    Item {
        text: String,
        shortcut: String,
        action: Action,
    },
}

fn item(text: impl Into<String>, action: Action) -> Entry {
    Entry::Item {
        text: text.into(),
        shortcut: String::new(),
        action,
    }
}

fn keyed(text: &str, command: Command, action: Action) -> Entry {
    Entry::Item {
        text: text.to_owned(),
        shortcut: keys::shortcut_text(command),
        action,
    }
}

fn show(ui: &mut Ui, entry: Entry, out: &mut Actions) {
    match entry {
        Entry::Separator => {
            ui.separator();
        }
        Entry::Item {
            text,
            shortcut,
            action,
        } => {
            let mut button = Button::new(text).wrap_mode(egui::TextWrapMode::Extend);
            if !shortcut.is_empty() {
                button = button.shortcut_text(shortcut);
            }
            if ui.add(button).clicked() {
                out.push(action);
                ui.close();
            }
        }
    }
}

/// The cell under the pointer.
#[derive(Debug, Clone, Copy)]
struct Cell<'a> {
    kind: ColumnKind,
    key: &'a str,
    title: &'a str,
    text: &'a str,
}

/// Fields that tell which records belong together, as logs call them, and what they are of.
const KIN: [(&str, &[&str]); 5] = [
    ("thread", &["threadname", "thread", "thread_name", "tid"]),
    ("process", &["process", "processname", "pid", "process_id"]),
    ("task", &["taskname", "task", "task_name", "task_id"]),
    (
        "request",
        &[
            "request_id",
            "requestid",
            "req_id",
            "request",
            "x-request-id",
        ],
    ),
    ("trace", &["trace_id", "traceid", "correlation_id", "trace"]),
];

/// What the record of a row belongs to: of what kind it is, the field, its value.
fn kin<'a>(frame: &'a Frame<'_>, row: &'a TableRow<'_>) -> Vec<(&'static str, &'a str, &'a str)> {
    let value = |name: &str| {
        let mut columns = frame.arrangement.columns.iter();
        let column = columns.find(|column| column.spec.key.eq_ignore_ascii_case(name))?;
        let text = row.cells.get(column.cell?)?;
        (!text.is_empty()).then_some((column.spec.key.as_str(), &**text))
    };
    let of_kind = |(kind, names): &(&'static str, &[&str])| {
        let (key, text) = names.iter().find_map(|name| value(name))?;
        Some((*kind, key, text))
    };
    KIN.iter().filter_map(of_kind).collect()
}

/// The menu for a row and the cell under the pointer.
fn entries(
    row: &TableRow<'_>,
    cell: Option<Cell<'_>>,
    kin: &[(&str, &str, &str)],
    range: TimeRange,
) -> Vec<Entry> {
    let mut all = vec![
        keyed(
            tr("Copy"),
            Command::Copy,
            Action::CopySelection(CopyWhat::Lines),
        ),
        keyed(
            tr("Copy message"),
            Command::CopyMessages,
            Action::CopySelection(CopyWhat::Messages),
        ),
    ];
    if let Some(Cell {
        kind, title, text, ..
    }) = cell
        && kind != ColumnKind::Message
        && !text.is_empty()
    {
        let title = title.to_lowercase();
        all.push(item(
            tr!("Copy {title}", title),
            Action::CopyText(text.to_owned()),
        ));
    }
    all.push(keyed(
        tr("Export..."),
        Command::Export,
        Action::ShowDialog(Dialog::Export),
    ));
    all.push(Entry::Separator);
    by_logger(row, &mut all);
    by_level(row, &mut all);
    match cell {
        Some(cell) if cell.kind == ColumnKind::Other && !cell.text.is_empty() => {
            by_value(cell, &mut all);
        }
        Some(cell) => by_text(cell.kind, cell.text, &mut all),
        None => {}
    }
    by_kin(kin, &mut all);
    if let Some(time) = row.time {
        by_time(time, range, &mut all);
    }
    all.push(Entry::Separator);
    all.push(keyed(
        tr("Values and words of the record..."),
        Command::Words,
        Action::Run(Command::Words),
    ));
    for (text, command) in [
        (tr("Bookmark"), Command::ToggleBookmark),
        (tr("Open in the editor"), Command::OpenInEditor),
    ] {
        all.push(keyed(text, command, Action::Run(command)));
    }
    all.push(keyed(
        tr("Details"),
        Command::ToggleDetails,
        Action::ShowDetails,
    ));
    all
}

fn by_logger(row: &TableRow<'_>, all: &mut Vec<Entry>) {
    if row.logger.is_empty() {
        return;
    }
    let name = row.logger.clone().into_owned();
    let quoted = quote(&name);
    all.push(item(
        tr!("Only logger {quoted}", quoted),
        Action::LoggerClick {
            name: name.clone(),
            how: LoggerClick::Solo,
        },
    ));
    all.push(item(
        tr!("Exclude logger {quoted}", quoted),
        Action::ExcludeLogger {
            name,
            excluded: true,
        },
    ));
}

fn by_level(row: &TableRow<'_>, all: &mut Vec<Entry>) {
    if row.level.is_empty() {
        return;
    }
    let level = row.level.clone().into_owned();
    let shown = name(&level);
    all.push(item(
        tr!("{word} and above", word = shown),
        Action::SetLevelAtLeast(Some(level.clone())),
    ));
    let only = tr!("Only {word}", word = shown);
    all.push(item(only, Action::OnlyLevel(level.clone())));
    let exclude = tr!("Exclude level {word}", word = shown);
    let hide = Action::SetLevelHidden {
        name: level.clone(),
        hidden: true,
    };
    all.push(item(exclude, hide));
}

fn by_value(cell: Cell<'_>, all: &mut Vec<Entry>) {
    let quoted = quote(cell.text);
    let title = cell.title.to_lowercase();
    all.push(Entry::Separator);
    all.push(item(
        tr!("Only {title} {quoted}", title, quoted),
        Action::Narrow(has_value(cell.key, cell.text)),
    ));
    all.push(item(
        tr!("Exclude {title} {quoted}", title, quoted),
        Action::Narrow(has_not_value(cell.key, cell.text)),
    ));
    if measured(cell.text.as_bytes()).is_some() {
        let spec = PlotSpec {
            field: cell.key.to_owned(),
            ..PlotSpec::default()
        };
        all.push(item(
            tr!("Plot {title} over time", title),
            Action::Plot(Some(spec)),
        ));
    }
}

fn by_kin(kin: &[(&str, &str, &str)], all: &mut Vec<Entry>) {
    if !kin.is_empty() {
        all.push(Entry::Separator);
    }
    for (kind, key, text) in kin {
        let quoted = quote(text);
        let title = match *kind {
            "thread" => tr!("Records of this thread: {quoted}", quoted),
            "process" => tr!("Records of this process: {quoted}", quoted),
            "task" => tr!("Records of this task: {quoted}", quoted),
            "request" => tr!("Records of this request: {quoted}", quoted),
            _ => tr!("Records of this trace: {quoted}", quoted),
        };
        all.push(item(title, Action::Narrow(has_value(key, text))));
    }
}

fn by_text(kind: ColumnKind, text: &str, all: &mut Vec<Entry>) {
    let own = matches!(
        kind,
        ColumnKind::LineNumber | ColumnKind::Delta | ColumnKind::Level | ColumnKind::Logger
    );
    if text.is_empty() || own {
        return;
    }
    let text: String = text.chars().take(FILTER_CHARS).collect();
    let term = |sense| {
        Action::AddText(TextTerm {
            pattern: Pattern {
                text: text.clone(),
                case_sensitive: true,
                ..Pattern::default()
            },
            sense,
        })
    };
    let quoted = quote(&text);
    all.push(Entry::Separator);
    all.push(item(
        tr!("Only with \"{quoted}\"", quoted),
        term(Sense::Include),
    ));
    all.push(item(
        tr!("Without \"{quoted}\"", quoted),
        term(Sense::Exclude),
    ));
}

fn by_time(time: Timestamp, range: TimeRange, all: &mut Vec<Entry>) {
    all.push(Entry::Separator);
    all.push(item(
        tr("From here on"),
        Action::SetTimeRange(TimeRange {
            since: Some(time),
            until: range.until.filter(|until| *until > time),
        }),
    ));
    // The end of a range is the first moment outside; this record is to be inside.
    let until = Timestamp(time.0.saturating_add(1));
    all.push(item(
        tr("Until here"),
        Action::SetTimeRange(TimeRange {
            since: range.since.filter(|since| *since <= time),
            until: Some(until),
        }),
    ));
}

/// A text short enough for a menu; a long one loses its end.
pub(super) fn quote(text: &str) -> String {
    let text = &*name(text);
    if text.chars().count() <= QUOTE_CHARS {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(QUOTE_CHARS - 1).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "tests fail by panicking")]

    use super::*;
    use crate::base::id::RecordNo;
    use crate::base::level::Gravity;

    fn row() -> TableRow<'static> {
        TableRow {
            record: RecordNo(7),
            line: 9,
            time: Some(Timestamp(1_000)),
            delta: None,
            gravity: Gravity::Error,
            level: "ERROR".into(),
            logger: "app.db".into(),
            cells: Vec::<Box<str>>::new().into(),
            pens: &[],
            tones: &[],
            marks: Box::leak(Box::default()),
            more_lines: 0,
            partial: false,
            seam: None,
            run: None,
            beside: false,
            left_out: false,
        }
    }

    fn cell<'a>(kind: ColumnKind, title: &'a str, text: &'a str) -> Cell<'a> {
        Cell {
            kind,
            key: title,
            title,
            text,
        }
    }

    #[test]
    fn values_of_fields_are_queries() {
        let cell = Some(cell(ColumnKind::Other, "threadName", "Pool \"a\""));
        let kin = [("request", "request_id", "7f:2")];
        let menu = entries(&row(), cell, &kin, TimeRange::default());
        let narrow = |query: &str| Action::Narrow(query.to_owned());
        assert_eq!(
            find(&menu, "Only threadname Pool \"a\""),
            narrow(r#"threadName:"Pool \"a\"""#)
        );
        assert_eq!(
            find(&menu, "Exclude threadname Pool \"a\""),
            narrow(r#"-threadName:"Pool \"a\"""#)
        );
        assert_eq!(
            find(&menu, "Records of this request: 7f:2"),
            narrow("request_id:7f:2")
        );
    }

    #[test]
    fn a_number_can_be_plotted() {
        let plot = |text| {
            let cell = Some(cell(ColumnKind::Other, "duration", text));
            let menu = entries(&row(), cell, &[], TimeRange::default());
            let plots = |entry: &Entry| {
                matches!(
                    entry,
                    Entry::Item {
                        action: Action::Plot(_),
                        ..
                    }
                )
            };
            menu.into_iter().find(plots)
        };
        assert!(plot("12.5ms").is_some());
        assert_eq!(plot("fast"), None);
    }

    fn find(entries: &[Entry], wanted: &str) -> Action {
        for entry in entries {
            if let Entry::Item { text, action, .. } = entry
                && text == wanted
            {
                return action.clone();
            }
        }
        panic!("{wanted} is not in {entries:?}");
    }

    #[test]
    fn every_entry_says_what_it_means() {
        let cell = Some(cell(ColumnKind::Message, "Message", "boom"));
        let range = TimeRange {
            since: Some(Timestamp(5)),
            until: Some(Timestamp(9_000)),
        };
        let menu = entries(&row(), cell, &[], range);
        assert_eq!(find(&menu, "Copy"), Action::CopySelection(CopyWhat::Lines));
        assert_eq!(
            find(&menu, "Only logger app.db"),
            Action::LoggerClick {
                name: "app.db".into(),
                how: LoggerClick::Solo
            }
        );
        assert_eq!(
            find(&menu, "Exclude logger app.db"),
            Action::ExcludeLogger {
                name: "app.db".into(),
                excluded: true
            }
        );
        assert_eq!(
            find(&menu, "ERROR and above"),
            Action::SetLevelAtLeast(Some("ERROR".into()))
        );
        assert_eq!(
            find(&menu, "From here on"),
            Action::SetTimeRange(TimeRange {
                since: Some(Timestamp(1_000)),
                until: Some(Timestamp(9_000))
            })
        );
        assert_eq!(
            find(&menu, "Until here"),
            Action::SetTimeRange(TimeRange {
                since: Some(Timestamp(5)),
                until: Some(Timestamp(1_001))
            })
        );
        let Action::AddText(term) = find(&menu, "Without \"boom\"") else {
            panic!("not a text term");
        };
        assert_eq!(
            (term.sense, term.pattern.text.as_str()),
            (Sense::Exclude, "boom")
        );
    }

    #[test]
    fn a_record_without_time_level_and_logger_offers_none() {
        let bare = TableRow {
            time: None,
            level: "".into(),
            logger: "".into(),
            ..row()
        };
        let menu = entries(&bare, None, &[], TimeRange::default());
        let items = menu
            .iter()
            .filter(|entry| matches!(entry, Entry::Item { .. }))
            .count();
        assert_eq!(items, 7, "{menu:?}");
    }
}
