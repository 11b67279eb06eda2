//! Which columns are shown, in which order, where and how wide. Pure: no painting, no input.

use super::model::{ColumnKind, ColumnSpec, Side};
use crate::base::lang::tr;

/// Key of the table's own line number column.
pub const LINE_KEY: &str = "#line";
/// Key of the table's own time delta column.
pub const DELTA_KEY: &str = "#delta";
/// Narrowest width of any column, in points.
pub const MIN_WIDTH: f32 = 28.0;
/// For so much of the message others are left out.
const LITTLE_MESSAGE: f32 = 120.0;
/// Narrowest width of the message column: below it the whole table scrolls sideways.
pub const MIN_MESSAGE: f32 = 64.0;
/// Below this width of the message column, others give way to it.
const COMFORTABLE_MESSAGE: f32 = 420.0;
/// Below this one they give way as far as they can.
const CRAMPED_MESSAGE: f32 = 220.0;
/// Chars that remain of a time: its hours to milliseconds, and a sign that there is more.
const TIME_OF_DAY: f32 = 13.0;
/// Chars that the first letter of a level takes with its ground.
const LETTER: f32 = 2.0;
/// Who gives way in a narrow table, one after the other: to which width of its own, until the message has how much.
const WAYS: [Way; 6] = [
    Way(ColumnKind::Other, To::Points(64.0), COMFORTABLE_MESSAGE),
    // Its names are abbreviated then.
    Way(ColumnKind::Logger, To::Points(112.0), COMFORTABLE_MESSAGE),
    Way(ColumnKind::Time, To::Chars(TIME_OF_DAY), CRAMPED_MESSAGE),
    Way(ColumnKind::Other, To::Points(48.0), CRAMPED_MESSAGE),
    Way(ColumnKind::Level, To::Chars(LETTER), CRAMPED_MESSAGE),
    Way(ColumnKind::Logger, To::Points(72.0), CRAMPED_MESSAGE),
];
/// Columns that a table without room for the message is shown without, the least important first.
const DISPENSABLE: [ColumnKind; 2] = [ColumnKind::Other, ColumnKind::Logger];
/// Widest width that auto-fit chooses.
const MAX_FIT: f32 = 640.0;
/// Points left and right of a cell's text.
pub const CELL_PADDING: f32 = 8.0;

/// How one kind of column gives way.
struct Way(ColumnKind, To, f32);

/// A least width.
enum To {
    /// So many points, by little and little.
    Points(f32),
    /// Room for so many chars, at once: in between, nothing more could be read.
    Chars(f32),
}

/// One column as the user arranged it; a list of these is what is persisted, in display order.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnState {
    /// The column's name in the format (`asctime`, `name`, ...), or one of the table's own (`#line`, `#delta`).
    pub key: String,
    /// Width in points; `None` is the width that suits its kind.
    pub width: Option<f32>,
    /// Not shown.
    pub hidden: bool,
}

/// A column of the table: the format's or the table's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it is.
    pub spec: ColumnSpec,
    /// Which cell of a row it shows; `None` for the table's own.
    pub cell: Option<usize>,
}

/// A shown column and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Index into the arranged columns.
    pub index: usize,
    /// Left edge in points from the table's left edge, before sideways scrolling.
    pub left: f32,
    /// Width in points.
    pub width: f32,
}

impl Placed {
    /// Right edge in points from the table's left edge.
    #[must_use]
    pub fn right(&self) -> f32 {
        self.left + self.width
    }
}

/// What a table of some width shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Placement {
    /// The columns in sight, or within reach of scrolling sideways, from left to right.
    pub placed: Vec<Placed>,
    /// What they take in all, in points.
    pub total: f32,
    /// Those that there is no room for, as indices into the arranged columns.
    pub left_out: Vec<usize>,
}

/// All columns of a format in the user's order, hidden ones included, and their states.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Arrangement {
    /// The columns.
    pub columns: Vec<Column>,
    /// Their states, same order.
    pub states: Vec<ColumnState>,
}

impl Arrangement {
    /// Lays the user's arrangement over the format's columns. Columns that the arrangement does not know come where
    /// the format has them; what it knows and the format lacks is left out.
    #[must_use]
    pub fn new(specs: &[ColumnSpec], states: &[ColumnState]) -> Self {
        let mut columns = usual(specs);
        let known = |column: &Column| states.iter().position(|state| state.key == column.spec.key);
        if !states.is_empty() {
            // A stable sort keeps unknown columns behind the column that they follow in the format.
            let mut last = 0;
            let mut ranked: Vec<(usize, Column)> = Vec::with_capacity(columns.len());
            for column in columns {
                last = known(&column).unwrap_or(last);
                ranked.push((last, column));
            }
            ranked.sort_by_key(|(rank, _)| *rank);
            columns = ranked.into_iter().map(|(_, column)| column).collect();
        }
        let states = columns
            .iter()
            .map(|column| {
                known(column)
                    .and_then(|index| states.get(index).cloned())
                    .unwrap_or_else(|| ColumnState {
                        key: column.spec.key.clone(),
                        width: None,
                        hidden: column.spec.hidden,
                    })
            })
            .collect();
        Self { columns, states }
    }

    /// The columns that are not hidden.
    pub fn shown(&self) -> impl Iterator<Item = &Column> {
        let columns = self.columns.iter().zip(&self.states);
        columns
            .filter(|(_, state)| !state.hidden)
            .map(|(column, _)| column)
    }

    /// The places of the shown columns in a table of this width.
    #[must_use]
    pub fn place(&self, width: f32, char_width: f32) -> Placement {
        let shown: Vec<usize> = (0..self.columns.len())
            .filter(|index| self.states.get(*index).is_some_and(|state| !state.hidden))
            .collect();
        let stretch = self.stretching(&shown);
        let mut wide: Vec<(usize, f32)> = shown
            .iter()
            .map(|index| (*index, self.width(*index, char_width)))
            .collect();
        self.give_way(&mut wide, stretch, width, char_width);
        let left_out = self.leave_out(&mut wide, stretch, (width, char_width));
        let rest = rest(&wide, stretch, width);
        let mut left = 0.0;
        let mut placed = Vec::with_capacity(wide.len());
        for (index, own) in wide {
            let width = match Some(index) == stretch {
                true => rest.max(MIN_MESSAGE),
                false => own,
            };
            placed.push(Placed { index, left, width });
            left += width;
        }
        Placement {
            placed,
            total: left,
            left_out,
        }
    }

    /// In a narrow table, columns whose width the user did not choose make room for the message.
    fn give_way(
        &self,
        wide: &mut [(usize, f32)],
        stretch: Option<usize>,
        table: f32,
        char_width: f32,
    ) {
        let mut rest = rest(wide, stretch, table);
        for Way(kind, to, wanted) in &WAYS {
            for (index, width) in wide.iter_mut() {
                let missing = wanted - rest;
                if missing <= 0.0 || !self.gives(*index, *kind, stretch) {
                    continue;
                }
                let spare = match to {
                    To::Points(points) => (*width - points).min(missing),
                    To::Chars(chars) => *width - room_for(*chars, char_width),
                };
                *width -= spare.max(0.0);
                rest += spare.max(0.0);
            }
        }
    }

    /// Takes out columns until there is room for the message, those that are cut the most first; which ones. Where widths
    /// that the user chose leave none, all stay: the table scrolls sideways then, and they are within reach.
    fn leave_out(
        &self,
        wide: &mut Vec<(usize, f32)>,
        stretch: Option<usize>,
        (table, char_width): (f32, f32),
    ) -> Vec<usize> {
        let all = wide.clone();
        let mut left_out = Vec::new();
        for kind in DISPENSABLE {
            while rest(wide, stretch, table) < LITTLE_MESSAGE {
                let cut = |(index, now): &(usize, f32)| self.width(*index, char_width) - now;
                let kind =
                    |(_, (index, _)): &(usize, &(usize, f32))| self.gives(*index, kind, stretch);
                let candidates = wide.iter().enumerate().filter(kind);
                let most =
                    candidates.max_by(|(_, one), (_, other)| cut(one).total_cmp(&cut(other)));
                let Some((at, _)) = most else {
                    break;
                };
                left_out.push(wide.remove(at).0);
            }
        }
        let chosen = |(index, _): &(usize, f32)| self.is_chosen(*index);
        if rest(wide, stretch, table) < MIN_MESSAGE && wide.iter().any(chosen) {
            *wide = all;
            return Vec::new();
        }
        left_out.sort_unstable();
        left_out
    }

    /// Whether the user chose the width of a column.
    fn is_chosen(&self, index: usize) -> bool {
        { self.states.get(index) }.is_some_and(|state| state.width.is_some())
    }

    /// Whether a column is of this kind, and as wide as suits the table rather than as the user wants it.
    fn gives(&self, index: usize, kind: ColumnKind, stretch: Option<usize>) -> bool {
        self.kind(index) == Some(kind) && Some(index) != stretch && !self.is_chosen(index)
    }

    /// The column that takes what is left: the message, or the last one when the message is hidden.
    fn stretching(&self, shown: &[usize]) -> Option<usize> {
        shown
            .iter()
            .copied()
            .find(|index| self.kind(*index) == Some(ColumnKind::Message))
            .or_else(|| shown.last().copied())
    }

    /// What a column holds.
    #[must_use]
    pub fn kind(&self, index: usize) -> Option<ColumnKind> {
        self.columns.get(index).map(|column| column.spec.kind)
    }

    fn width(&self, index: usize, char_width: f32) -> f32 {
        let own = self.states.get(index).and_then(|state| state.width);
        let usual = self
            .columns
            .get(index)
            .map_or(MIN_WIDTH, |column| usual_width(&column.spec, char_width));
        own.unwrap_or(usual).max(MIN_WIDTH)
    }

    /// Drags the border at the right of the shown column `position` by `by` points. The border of the stretching
    /// column moves its neighbour's left edge instead.
    pub fn resize(&mut self, placed: &[Placed], position: usize, by: f32) {
        let shown: Vec<usize> = placed.iter().map(|place| place.index).collect();
        let stretch = self.stretching(&shown);
        let Some(place) = placed.get(position) else {
            return;
        };
        let (place, by) = if Some(place.index) == stretch {
            match placed.get(position + 1) {
                Some(next) => (next, -by),
                None => return,
            }
        } else {
            (place, by)
        };
        if let Some(state) = self.states.get_mut(place.index) {
            state.width = Some((place.width + by).max(MIN_WIDTH));
        }
    }

    /// Sets a column's width so that a text of `text_width` points fits.
    pub fn fit(&mut self, index: usize, text_width: f32) {
        if let Some(state) = self.states.get_mut(index) {
            let width = (text_width + 2.0 * CELL_PADDING).ceil();
            state.width = Some(width.clamp(MIN_WIDTH, MAX_FIT));
        }
    }

    /// Hides or shows a column; the last shown one stays.
    pub fn set_hidden(&mut self, index: usize, hidden: bool) {
        let shown = self.states.iter().filter(|state| !state.hidden).count();
        if hidden && shown <= 1 {
            return;
        }
        if let Some(state) = self.states.get_mut(index) {
            state.hidden = hidden;
        }
    }

    /// Moves a column before another one; `before` may be one past the last.
    pub fn reorder(&mut self, index: usize, before: usize) {
        let length = self.columns.len();
        if index >= length || before > length || before == index || before == index + 1 {
            return;
        }
        let target = if before > index { before - 1 } else { before };
        let column = self.columns.remove(index);
        let state = self.states.remove(index);
        self.columns.insert(target, column);
        self.states.insert(target, state);
    }
}

/// Width of a column with so many chars.
fn room_for(chars: f32, char_width: f32) -> f32 {
    (chars * char_width + 2.0 * CELL_PADDING).ceil()
}

/// What a table of this width has left for the column that stretches.
fn rest(wide: &[(usize, f32)], stretch: Option<usize>, table: f32) -> f32 {
    let others = wide.iter().filter(|(index, _)| Some(*index) != stretch);
    table - others.map(|(_, width)| width).sum::<f32>()
}

/// The format's columns with the table's own in front of and behind the time; the message goes last.
fn usual(specs: &[ColumnSpec]) -> Vec<Column> {
    let mut columns = vec![own(LINE_KEY, tr("File line"), ColumnKind::LineNumber)];
    let mut messages = Vec::new();
    let mut delta = Some(own(DELTA_KEY, tr("Delta"), ColumnKind::Delta));
    let filled = specs.iter().enumerate().filter(|(_, spec)| !spec.empty);
    for (cell, spec) in filled {
        let column = Column {
            spec: spec.clone(),
            cell: Some(cell),
        };
        match spec.kind {
            ColumnKind::Message => messages.push(column),
            ColumnKind::Time => {
                columns.push(column);
                columns.extend(delta.take());
            }
            _ => columns.push(column),
        }
    }
    columns.extend(messages);
    columns
}

fn own(key: &str, title: &str, kind: ColumnKind) -> Column {
    Column {
        spec: ColumnSpec {
            align: Side::Right,
            ..ColumnSpec::new(key, title, kind).hidden()
        },
        cell: None,
    }
}

fn usual_width(spec: &ColumnSpec, char_width: f32) -> f32 {
    let chars = spec.usual_chars.unwrap_or(match spec.kind {
        ColumnKind::LineNumber | ColumnKind::Level => 8,
        ColumnKind::Delta => 9,
        ColumnKind::Time => 23,
        ColumnKind::Logger => 22,
        ColumnKind::Message => 80,
        ColumnKind::Other => 12,
    });
    let title = spec.title.chars().count() as f32;
    room_for(f32::from(chars).max(title), char_width)
}

/// Before which shown column a header that is dropped at `x` goes, as an index into the arranged columns.
#[must_use]
pub fn drop_target(placed: &[Placed], x: f32, columns: usize) -> usize {
    placed
        .iter()
        .find(|place| x < place.left + place.width / 2.0)
        .map_or(columns, |place| place.index)
}

#[cfg(test)]
mod tests;
