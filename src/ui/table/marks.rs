//! What the user's rules mark of rows.

use egui::{Color32, CornerRadius, Painter, Rect, vec2};

use super::columns::Placed;
use super::model::{ColumnKind, Highlight, MatchKind, TableRow};
use super::view::Frame;
use crate::query::marking::CellMark;

/// Width of an edge in points.
const EDGE: f32 = 4.0;

/// What is marked of a cell's text, if all of it is there.
pub(super) fn of_cell(
    frame: &Frame<'_>,
    place: &Placed,
    row: &TableRow<'_>,
    text: &str,
) -> Vec<Highlight> {
    if row.marks.parts.is_empty() {
        return Vec::new();
    }
    let columns = &frame.arrangement.columns;
    let Some(cell) = columns.get(place.index).and_then(|column| column.cell) else {
        return Vec::new();
    };
    // A logger's name may be shortened, a time may be shown otherwise.
    let whole = row.cells.get(cell).is_some_and(|whole| **whole == *text);
    match whole {
        true => of_line(row, cell, 0, text),
        false => Vec::new(),
    }
}

/// What is marked of a line of a message, counted from its first.
pub(super) fn of_message(
    frame: &Frame<'_>,
    row: &TableRow<'_>,
    line: usize,
    text: &str,
) -> Vec<Highlight> {
    if row.marks.parts.is_empty() {
        return Vec::new();
    }
    let mut columns = frame.arrangement.columns.iter();
    let message = columns.find(|column| column.spec.kind == ColumnKind::Message);
    let cell = message.and_then(|column| column.cell);
    cell.map_or_else(Vec::new, |cell| of_line(row, cell, line, text))
}

fn of_line(row: &TableRow<'_>, cell: usize, line: usize, text: &str) -> Vec<Highlight> {
    let parts = row.marks.parts.iter();
    let is_here = |part: &&CellMark| (part.cell, part.line) == (cell, line);
    let parts = parts
        .filter(is_here)
        .filter(|part| part.range.end <= text.len());
    let mark = |part: &CellMark| Highlight {
        range: part.range.clone(),
        kind: MatchKind::Rule(part.dye),
    };
    parts.map(mark).collect()
}

/// Marks the left edge of a row.
pub(super) fn edge(painter: &Painter, row: Rect, indent: f32, color: Color32) {
    let edge = Rect::from_min_size(row.min + vec2(indent, 0.0), vec2(EDGE, row.height()));
    painter.rect_filled(edge, CornerRadius::ZERO, color);
}
