//! Text for the clipboard.

use super::desk::{Desk, Stage};
use super::fetch::read_range;
use super::render::Reader;
use super::request::{CopyRequest, CopyWhat, RecordSelection};
use super::state::{CopyResult, ViewSnapshot};
use crate::base::id::RecordNo;
use crate::base::problem::Problem;

/// No clipboard takes much more than this gracefully.
const MOST_BYTES: usize = 64 << 20;

/// Collects the text of a selection.
pub(super) fn copy(desk: &Desk, request: &CopyRequest) -> CopyResult {
    let mut text = Clipping {
        text: String::new(),
        records: 0,
        problem: None,
    };
    match desk.stage() {
        Some(stage) => {
            let view = desk
                .view()
                .filter(|view| view.generation == stage.snapshot.generation);
            text.collect(desk, &stage, view.as_deref(), request);
        }
        None => text.problem = Some(Problem::error("The file is not open").path(&desk.path)),
    }
    CopyResult {
        ticket: request.ticket,
        text: text.text,
        records: text.records,
        problem: text.problem,
    }
}

struct Clipping {
    text: String,
    records: u64,
    problem: Option<Problem>,
}

impl Clipping {
    fn collect(
        &mut self,
        desk: &Desk,
        stage: &Stage,
        view: Option<&ViewSnapshot>,
        request: &CopyRequest,
    ) {
        let mut buffer = Vec::new();
        let reader = Reader::of(stage);
        for record in records(&request.records, view) {
            if desk.closing.is_cancelled() {
                return;
            }
            if self.text.len() >= MOST_BYTES {
                let problem = Problem::warning("Only the first 64 MiB were copied");
                self.problem = Some(problem.hint("Export the records to a file instead"));
                return;
            }
            let Some(meta) = stage.snapshot.record(record) else {
                continue;
            };
            let length = meta.length.min(MOST_BYTES as u64);
            let range = meta.offset..meta.offset + length;
            if let Err(error) = read_range(&*stage.bytes, &range, &mut buffer) {
                let problem = Problem::error("Some records could not be copied");
                self.problem = Some(problem.detail(error.to_string()).path(&desk.path));
                return;
            }
            if stage.bytes.is_gone(&range) {
                let problem = Problem::warning("The text of some records is gone")
                    .hint("The file was truncated or deleted since; they were left out");
                self.problem = Some(problem.path(&desk.path));
                continue;
            }
            self.records += 1;
            let text = match request.what {
                CopyWhat::Lines => reader.raw(&meta, &buffer),
                CopyWhat::Messages => reader.message(&meta, &buffer),
            };
            self.text.push_str(text.trim_end_matches(['\n', '\r']));
            self.text.push('\n');
        }
    }
}

/// How many records of a selection a view shows.
pub(super) fn count(selection: &RecordSelection, view: &ViewSnapshot) -> u64 {
    let rows = &view.shown;
    match selection {
        RecordSelection::Records(records) => records.len() as u64,
        RecordSelection::AllShown => view.rows.len(),
        RecordSelection::ShownBetween(ranges) => {
            let between = |(from, to): &(RecordNo, RecordNo)| match view.collapse {
                true => view.between(*from, *to).count() as u64,
                false => {
                    let rows = rows.between(*from, *to);
                    rows.end - rows.start
                }
            };
            ranges.iter().map(between).sum()
        }
    }
}

/// The records of a selection, in its order.
pub(super) fn records<'a>(
    selection: &'a RecordSelection,
    view: Option<&'a ViewSnapshot>,
) -> Box<dyn Iterator<Item = RecordNo> + 'a> {
    let between = move |(from, to): &(RecordNo, RecordNo)| {
        let (from, to) = (*from, *to);
        let view = view.into_iter();
        view.flat_map(move |view| view.between(from, to))
    };
    let passing = move |view: &'a ViewSnapshot| {
        let all = view.all.range(0..u64::MAX);
        all.filter(|record| view.rows.contains(*record))
    };
    match selection {
        RecordSelection::Records(records) => Box::new(records.iter().copied()),
        RecordSelection::ShownBetween(ranges) => Box::new(ranges.iter().flat_map(between)),
        RecordSelection::AllShown => Box::new(view.into_iter().flat_map(passing)),
    }
}
