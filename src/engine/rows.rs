//! The row loader: reads and takes apart the records on screen, and the one in the details pane.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::bell::Door;
use super::desk::{Desk, Stage};
use super::fetch::{lines_of, read_range, read_records};
use super::render::Reader;
use super::request::{NearestRequest, Wanted};
use super::state::{FullRecord, NearestResult, RowBatch};
use crate::base::id::RecordNo;
use crate::base::mailbox::Mailbox;
use crate::base::problem::Problem;
use crate::query::marking::Marking;
use crate::query::nearest::nearest_in_time;

/// Rows are read and published in groups of this size, the most urgent first; between groups a newer request is heeded.
const GROUP: usize = 64;

/// Bytes of a record that are read for its row; the rest does not show in a row.
const ROW_BYTES: u64 = 64 << 10;

/// Bytes of a record that the details pane gets.
const RECORD_BYTES: u64 = 4 << 20;

/// Serves requests until the source is closed.
pub(super) fn run(desk: &Desk, door: &Door) {
    let mut buffer = Vec::new();
    while !desk.closing.is_cancelled() {
        if let Some(request) = desk.nearest.take_blocking() {
            find_nearest(desk, *request);
        } else if let Some(record) = desk.wanted_record.take_blocking() {
            load_record(desk, &desk.board.record, *record, &mut buffer);
        } else if let Some(record) = desk.wanted_beside.take_blocking() {
            load_record(desk, &desk.board.beside, *record, &mut buffer);
        } else if let Some(wanted) = desk.wanted.take_blocking() {
            load_rows(desk, &wanted, &mut buffer);
        } else {
            door.wait();
        }
    }
}

fn load_rows(desk: &Desk, wanted: &Wanted, buffer: &mut Vec<u8>) {
    for group in wanted.records.chunks(GROUP) {
        // Newest wins: what is left of an older request is asked for again if it is still wanted.
        if desk.closing.is_cancelled() || desk.wanted.is_full() {
            return;
        }
        // Costs microseconds, and a log beside this one is waiting to be scrolled.
        if let Some(request) = desk.nearest.take_blocking() {
            find_nearest(desk, *request);
        }
        let more = desk.more_columns();
        let batch = match desk.stage() {
            Some(stage) if stage.snapshot.generation == wanted.generation => {
                load_group(&stage, group, (&desk.marking(), more), buffer)
            }
            _ => RowBatch {
                generation: wanted.generation,
                more,
                rows: Vec::new(),
                unavailable: group.to_vec(),
            },
        };
        desk.board.post_rows(batch);
    }
}

fn find_nearest(desk: &Desk, request: NearestRequest) {
    let found = desk
        .view()
        .zip(desk.stage())
        .filter(|(view, stage)| view.generation == stage.snapshot.generation);
    let result = NearestResult {
        ticket: request.ticket,
        generation: found
            .as_ref()
            .map(|(view, _)| view.generation)
            .unwrap_or_default(),
        found: found
            .and_then(|(view, stage)| nearest_in_time(&view.shown, &stage.snapshot, request.time)),
    };
    desk.board.post(&desk.board.nearest, Arc::new(result));
}

fn load_group(
    stage: &Stage,
    group: &[RecordNo],
    (marking, more): (&Marking, Arc<[Arc<str>]>),
    buffer: &mut Vec<u8>,
) -> RowBatch {
    let snapshot = &stage.snapshot;
    let reader = Reader::of(stage);
    let marking = marking.of(snapshot);
    let mut missing: BTreeSet<RecordNo> = group.iter().copied().collect();
    let mut metas: Vec<_> = group.iter().filter_map(|r| snapshot.record(*r)).collect();
    let mut rows = Vec::with_capacity(metas.len());
    let outcome = read_records(
        &*stage.bytes,
        &mut metas,
        ROW_BYTES,
        buffer,
        |meta, bytes| {
            let extent = meta.offset..meta.offset + meta.length.min(ROW_BYTES);
            if let Some(bytes) = bytes.filter(|_| !stage.bytes.is_gone(&extent)) {
                missing.remove(&meta.record);
                let lines = lines_of(snapshot, meta);
                rows.push(Arc::new(reader.row(*meta, bytes, lines, (&marking, &more))));
            }
        },
    );
    // Whatever the reason, a row that could not be read is told as such; the source worker finds out why.
    drop(outcome);
    RowBatch {
        generation: snapshot.generation,
        more,
        rows,
        unavailable: missing.into_iter().collect(),
    }
}

fn load_record(desk: &Desk, answers: &Mailbox<FullRecord>, record: RecordNo, buffer: &mut Vec<u8>) {
    let Some(stage) = desk.stage() else { return };
    let Some(meta) = stage.snapshot.record(record) else {
        return;
    };
    let length = meta.length.min(RECORD_BYTES);
    let whole = meta.offset..meta.offset + meta.length;
    let place = stage.bytes.to_original(&whole).unwrap_or(whole);
    match read_range(&*stage.bytes, &(meta.offset..meta.offset + length), buffer) {
        Ok(()) if stage.bytes.is_gone(&(meta.offset..meta.offset + length)) => {
            let full = FullRecord {
                generation: stage.snapshot.generation,
                meta,
                place,
                raw: String::new(),
                message: String::new(),
                painted: None,
                fields: Vec::new(),
                objects: None,
                clipped: false,
                gone: true,
            };
            desk.board.post(answers, Arc::new(full));
        }
        Ok(()) if buffer.len() as u64 == length => {
            let clipped = meta.length > RECORD_BYTES;
            let generation = stage.snapshot.generation;
            let full = Reader::of(&stage).full(generation, meta, place, buffer, clipped);
            desk.board.post(answers, Arc::new(full));
        }
        // Fewer bytes than indexed: truncated a moment ago. Stale: replaced. The source worker tells in either case.
        Ok(()) | Err(crate::bytes::ReadError::Stale) => {}
        Err(error) => {
            let problem = Problem::error("The record cannot be read").detail(error.to_string());
            desk.board.notice(problem.path(&desk.path));
        }
    }
}
