//! A table over synthetic rows, with the part of the application that carries out its actions.

use std::collections::BTreeMap;
use std::ops::Range;

use egui::Ui;
use egui_kittest::Harness;
use timberline::base::id::{RecordNo, RowNo};
use timberline::base::level::Gravity;
use timberline::base::text::{PennedLine, Toned};
use timberline::base::time::Timestamp;
use timberline::query::marking::RowMarks;
use timberline::query::sequence::Sequence;
use timberline::ui::action::{Action, Actions, CopyWhat, Step};
use timberline::ui::keys::{self, Command, Focus};
use timberline::ui::table::{
    self, ColumnKind, ColumnSpec, Highlight, Known, MatchKind, Message, Reveal, RowView,
    ScrollMark, Selection, TableModel, TableRow, TableState,
};
use timberline::ui::theme::{self, Theme};

/// Rows that are computed from their number: any count costs nothing.
#[derive(Debug, Clone)]
pub struct Synthetic {
    pub len: u64,
    /// Every how many-th record is shown: 1 is all of them.
    pub every: u64,
    pub columns: Vec<ColumnSpec>,
    pub selection: Selection,
    pub follow: bool,
    pub find: String,
    /// Rows that are still being read.
    pub loading: Range<u64>,
    /// What parts of every message are.
    pub tones: &'static [Toned],
    /// What the user's rules mark of every row.
    pub marks: RowMarks,
    /// What is marked beside the scroll bar.
    pub grave: Vec<ScrollMark>,
    /// Messages of several lines, by row.
    pub long: BTreeMap<u64, Vec<PennedLine>>,
    /// The message of every other row, if not the usual one.
    pub every_message: Option<Vec<PennedLine>>,
}

impl Synthetic {
    pub fn new(len: u64) -> Self {
        let column = ColumnSpec::new;
        Self {
            len,
            every: 1,
            columns: vec![
                column("asctime", "Time", ColumnKind::Time),
                column("levelname", "Level", ColumnKind::Level),
                column("name", "Logger", ColumnKind::Logger),
                column("thread", "Thread", ColumnKind::Other),
                column("message", "Message", ColumnKind::Message),
            ],
            selection: Selection::default(),
            follow: false,
            find: String::new(),
            loading: 0..0,
            tones: &[],
            marks: RowMarks::default(),
            grave: Vec::new(),
            long: BTreeMap::new(),
            every_message: None,
        }
    }

    /// Gives a row a message of these lines.
    pub fn say(&mut self, row: u64, lines: &[&str]) {
        self.long.insert(row, penned(lines));
    }

    fn lines_of(&self, row: u64) -> Option<&[PennedLine]> {
        let every = self.every_message.as_ref();
        self.long.get(&row).or(every).map(Vec::as_slice)
    }
}

/// Lines without colours.
pub fn penned(lines: &[&str]) -> Vec<PennedLine> {
    lines.iter().map(|line| PennedLine::plain(line)).collect()
}

const LEVELS: [(&str, Gravity); 6] = [
    ("DEBUG", Gravity::Debug),
    ("INFO", Gravity::Info),
    ("INFO", Gravity::Info),
    ("WARNING", Gravity::Warning),
    ("ERROR", Gravity::Error),
    ("CRITICAL", Gravity::Critical),
];

const LOGGERS: [&str; 4] = [
    "sqlalchemy.engine.Engine",
    "app.api",
    "app.worker.tasks.mail",
    "uvicorn.access",
];

impl TableModel for Synthetic {
    fn len(&self) -> u64 {
        self.len
    }

    fn row(&self, row: RowNo) -> RowView<'_> {
        if row.0 >= self.len {
            return RowView::Failed;
        }
        if self.loading.contains(&row.0) {
            return RowView::Loading;
        }
        let record = row.0 * self.every;
        let (level, gravity) = LEVELS[(record % 6) as usize];
        let logger = LOGGERS[(record % 4) as usize];
        let millis = record % 1_000;
        let cells: Vec<Box<str>> = vec![
            format!(
                "2026-11-22 10:{:02}:{:02}.{millis:03}",
                record / 60 % 60,
                record % 60
            )
            .into(),
            level.into(),
            logger.into(),
            format!("worker-{}", record % 16).into(),
            match self.lines_of(row.0).and_then(<[_]>::first) {
                Some(first) => first.text.clone(),
                None => format!(
                    "record {record} of a synthetic log, request took {millis} ms for user {}",
                    record % 977
                )
                .into(),
            },
        ];
        let more_lines = match self.lines_of(row.0) {
            Some(lines) => lines.len() as u32 - 1,
            None => u32::from(gravity >= Gravity::Error) * 12,
        };
        RowView::Ready(TableRow {
            record: RecordNo(record),
            line: record,
            time: Some(Timestamp(record as i64 * 1_000_000)),
            delta: Some(self.every as i64 * 1_000_000),
            gravity,
            level: level.into(),
            logger: logger.into(),
            cells: cells.into(),
            pens: &[],
            tones: self.tones,
            marks: &self.marks,
            more_lines,
            partial: false,
            seam: None,
            run: None,
            beside: false,
            left_out: false,
        })
    }

    fn message(&self, row: RowNo) -> Option<Message<'_>> {
        let known = !self.loading.contains(&row.0);
        let (first, rest) = self.lines_of(row.0).filter(|_| known)?.split_first()?;
        Some(Message {
            toned: false,
            first: &first.text,
            pens: &[],
            rest,
            tones: self.tones,
            coloured: false,
            more_lines: rest.len() as u32,
        })
    }

    fn record(&self, row: RowNo) -> Option<RecordNo> {
        (row.0 < self.len).then(|| RecordNo(row.0 * self.every))
    }

    fn row_of(&self, record: RecordNo) -> RowNo {
        RowNo(record.0.div_ceil(self.every))
    }

    fn columns(&self) -> &[ColumnSpec] {
        &self.columns
    }

    fn is_selected(&self, record: RecordNo) -> bool {
        self.selection.contains(record, &Sequence::default())
    }

    fn focused(&self) -> Option<RecordNo> {
        self.selection.focus()
    }

    fn highlights(&self, _record: RecordNo, text: &str, out: &mut Vec<Highlight>) {
        if self.find.is_empty() {
            return;
        }
        out.extend(text.match_indices(&self.find).map(|(at, found)| Highlight {
            range: at..at + found.len(),
            kind: MatchKind::Find,
        }));
    }

    fn marks(&self) -> &[ScrollMark] {
        &self.grave
    }

    fn follow(&self) -> bool {
        self.follow
    }

    fn known(&self) -> Known {
        let records = self.len * self.every;
        Known {
            judged: records,
            indexed: records,
            read: true,
        }
    }
}

/// What the application makes of the table's keys.
fn action(command: Command) -> Option<Action> {
    let step = |by, extend| Some(Action::MoveSelection { by, extend });
    match command {
        Command::RowUp => step(Step::Rows(-1), false),
        Command::RowDown => step(Step::Rows(1), false),
        Command::PageUp => step(Step::Pages(-1), false),
        Command::PageDown => step(Step::Pages(1), false),
        Command::Top => step(Step::Start, false),
        Command::Bottom => step(Step::End, false),
        Command::ExtendDown => step(Step::Rows(1), true),
        Command::ExtendPageDown => step(Step::Pages(1), true),
        Command::ExtendToBottom => step(Step::End, true),
        Command::SelectAll => Some(Action::SelectAll),
        Command::Copy => Some(Action::CopySelection(CopyWhat::Lines)),
        Command::OpenRecord => Some(Action::OpenFocused(true)),
        Command::CloseRecord => Some(Action::OpenFocused(false)),
        Command::CloseOpened => Some(Action::CloseOpened),
        Command::FollowEnd => Some(Action::SetFollow(true)),
        _ => None,
    }
}

/// A window with nothing but the table.
pub struct Host {
    pub model: Synthetic,
    pub state: TableState,
    /// Every action so far.
    pub log: Vec<Action>,
}

impl Host {
    pub fn new(len: u64) -> Self {
        Self {
            model: Synthetic::new(len),
            state: TableState::default(),
            log: Vec::new(),
        }
    }

    /// One frame: keys, table, actions.
    pub fn frame(&mut self, ui: &mut Ui) {
        let mut out = Actions::default();
        for command in keys::pressed(ui.ctx(), Focus::Table) {
            out.extend(action(command));
        }
        self.carry_out(out);
        let mut out = Actions::default();
        table::show(ui, &self.model, &mut self.state, &mut out);
        self.carry_out(out);
    }

    fn carry_out(&mut self, actions: Actions) {
        for action in actions {
            self.reduce(&action);
            self.log.push(action);
        }
    }

    fn reduce(&mut self, action: &Action) {
        let model = &mut self.model;
        match action {
            Action::SelectRecord { record, how } => {
                model.selection.select(*record, *how, &Sequence::default());
            }
            Action::SelectAll => model
                .selection
                .select_all(RecordNo(0), RecordNo((model.len - 1) * model.every)),
            Action::SetFollow(follow) => model.follow = *follow,
            Action::MoveSelection { by, extend } => {
                if model.follow && *by != Step::End {
                    model.follow = false;
                }
                if let Some(next) = self.state.move_selection(*by, *extend, &self.model) {
                    self.reduce(&next);
                }
            }
            Action::OpenRecord(record, open) => {
                self.state.set_open(*record, *open, &self.model);
            }
            Action::OpenFocused(open) => {
                if let Some(record) = self.model.focused() {
                    self.state.set_open(record, *open, &self.model);
                }
            }
            Action::CloseOpened => self.state.close_all(&self.model),
            Action::JumpTo(record) => {
                let row = model.row_of(*record);
                self.state.reveal(row, Reveal::Centre, &self.model);
            }
            _ => {}
        }
    }
}

impl eframe::App for Host {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }
}

/// A table over so many rows in a window of 1,100 by 600 points.
pub fn open(len: u64) -> Harness<'static, Host> {
    let mut harness = Harness::builder()
        .with_size([1_100.0, 600.0])
        .with_max_steps(200)
        .with_step_dt(1.0 / 60.0)
        .with_context_setup(|ctx| theme::apply(ctx, Theme::Dark))
        .build_eframe(|_| Host::new(len));
    harness.run();
    harness
}
