//! What the pointer is at within a row: a word, or something that can be opened.

use std::ops::Range;

use egui::{Pos2, Rect, Ui, pos2};

use super::columns::{CELL_PADDING, Placed};
use super::lines::line_rect;
use super::model::{ColumnKind, RowView, TableRow};
use super::rows::cell_text;
use super::text::{byte_at, word_at};
use super::view::Frame;
use crate::base::id::RowNo;
use crate::base::text::Toned;
use crate::base::text::places::{FilePlace, Place, Target, logged_at, places};
use crate::ui::theme::mono;

/// Longest word in bytes.
const LONGEST: usize = 200;

/// A cell and a byte of its text.
struct Under<'f> {
    row: &'f TableRow<'f>,
    place: &'f Placed,
    text: String,
    tones: &'f [Toned],
    /// The first byte of the text that stands in this line of the row.
    from: usize,
    byte: usize,
    /// Where the text begins and how wide a character is, in points.
    left: f32,
    advance: f32,
    rect: Rect,
}

fn under<'f>(ui: &Ui, frame: &'f Frame<'f>, at: Pos2) -> Option<Under<'f>> {
    let no = frame.row_at(at.y)?;
    let place = frame.column_at(at.x)?;
    let RowView::Ready(row) = frame.view(no)? else {
        return None;
    };
    let (left, _) = frame.column_range(place);
    let is_message = frame.kind(place) == ColumnKind::Message;
    let mut under = Under {
        row,
        place,
        text: String::new(),
        tones: &[],
        from: 0,
        byte: usize::MAX,
        left: left + CELL_PADDING,
        advance: frame.char_width,
        rect: frame.row_rect(no),
    };
    let several = frame.measured.laid(no).filter(|_| is_message);
    if let Some((laid, message)) = several.zip(frame.model.message(RowNo(no))) {
        let whole = under.rect;
        let line = |place: &usize| line_rect(frame, whole, *place).y_range().contains(at.y);
        let place = (0..laid.lines.len()).find(line)?;
        let (number, range) = laid.lines.get(place)?;
        under.rect = line_rect(frame, whole, place);
        under.text = message.line(*number).to_owned();
        under.from = range.start;
        under.tones = match number.checked_sub(1) {
            None => row.tones,
            Some(behind) => message.rest.get(behind).map_or(&[], |line| &line.tones),
        };
    } else {
        under.text = cell_text(frame, place, row).into_owned();
        under.tones = if is_message { row.tones } else { &[] };
        under.left -= if is_message { frame.message_shift } else { 0.0 };
        under.rect = under
            .rect
            .with_max_y(under.rect.top() + frame.extent.row_height);
    }
    let advance = under.advance;
    let seen = under.text.get(under.from..).unwrap_or_default();
    let byte = ui.fonts_mut(|fonts| {
        byte_at(seen, at.x - under.left, |c| match c.is_ascii() {
            true => advance,
            false => fonts.glyph_width(&mono(), c),
        })
    });
    under.byte = byte.map_or(usize::MAX, |byte| under.from + byte);
    Some(under)
}

/// The word at a point: of a message a word of it, of other columns the value.
pub(super) fn word(ui: &Ui, frame: &Frame<'_>, at: Pos2) -> Option<String> {
    let under = under(ui, frame, at)?;
    let kind = frame.kind(under.place);
    // Nothing is marked in these.
    if matches!(
        kind,
        ColumnKind::LineNumber | ColumnKind::Delta | ColumnKind::Level
    ) {
        return None;
    }
    let word = if kind == ColumnKind::Message {
        let range = word_in(&under.text, under.tones, under.byte)?;
        bare(under.text.get(range)?)
    } else {
        under.text.as_str()
    };
    let word = word.trim();
    (!word.is_empty() && word.len() <= LONGEST).then(|| word.to_owned())
}

/// The word of a text around a byte: a path, an address or an identifier is one.
fn word_in(text: &str, tones: &[Toned], byte: usize) -> Option<Range<usize>> {
    let mut whole = tones.iter().map(|(range, _)| range);
    let whole = whole.find(|range| range.contains(&byte));
    whole.cloned().or_else(|| word_at(text, byte))
}

/// A word without the quotes around it.
fn bare(word: &str) -> &str {
    word.trim_matches(['"', '\'', '`']).trim()
}

/// All words of a text, in order, as the pointer finds them.
#[must_use]
pub fn words_of<'a>(text: &'a str, tones: &[Toned]) -> Vec<&'a str> {
    let mut words = Vec::new();
    let mut from = 0;
    while let Some(sign) = text.get(from..).and_then(|rest| rest.chars().next()) {
        match word_in(text, tones, from).filter(|range| range.end > from) {
            Some(range) => {
                from = range.end;
                words.extend(text.get(range).map(bare));
            }
            None => from += sign.len_utf8(),
        }
    }
    words.retain(|word| !word.is_empty() && word.len() <= LONGEST);
    words
}

/// What can be opened at a point, and where it stands.
pub(super) fn place(ui: &Ui, frame: &Frame<'_>, at: Pos2) -> Option<(Target, Rect)> {
    let under = under(ui, frame, at)?;
    if let Some(file) = logged_in(frame, under.row, Some(under.place)) {
        let (left, right) = frame.column_range(under.place);
        let rect = Rect::from_x_y_ranges(left..=right, under.rect.y_range());
        return Some((Target::File(file), rect));
    }
    let all = places(&under.text).into_iter();
    let Place { range, target } = all.into_iter().find(|it| it.range.contains(&under.byte))?;
    let x = |byte: usize| {
        let before = under.text.get(under.from..byte).unwrap_or_default();
        under.left + super::text::guess_width(before, under.advance)
    };
    let corner = pos2(x(range.start), under.rect.top());
    let end = pos2(x(range.end), under.rect.bottom());
    Some((target, Rect::from_min_max(corner, end)))
}

/// Where a record was logged, as its columns tell; only if that column says so, where one is asked for.
fn logged_in(frame: &Frame<'_>, row: &TableRow<'_>, only: Option<&Placed>) -> Option<FilePlace> {
    let columns = &frame.arrangement.columns;
    let value = |name: &str| {
        let mut columns = columns.iter();
        let column = columns.find(|column| column.spec.key.eq_ignore_ascii_case(name))?;
        row.cells.get(column.cell?).map(|cell| &**cell)
    };
    let (field, file) = logged_at(value)?;
    let own = only.and_then(|place| columns.get(place.index));
    let fits = own.is_none_or(|column| column.spec.key.eq_ignore_ascii_case(field));
    fits.then_some(file)
}

/// Everything that a row names that can be opened.
pub(super) fn all_places(frame: &Frame<'_>, row: &TableRow<'_>) -> Vec<Target> {
    let mut all: Vec<Target> = Vec::new();
    all.extend(logged_in(frame, row, None).map(Target::File));
    let message = |column: &&super::columns::Column| column.spec.kind == ColumnKind::Message;
    let message = frame.arrangement.columns.iter().find(message);
    let text = message.and_then(|column| row.cells.get(column.cell?));
    for place in text.map(|text| places(text)).unwrap_or_default() {
        if !all.contains(&place.target) {
            all.push(place.target);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_one_after_the_other() {
        for (text, expected) in [
            ("", &[][..]),
            (
                "user kim.lee failed, status=503",
                &["user", "kim.lee", "failed", "status", "503"],
            ),
            ("  \"주문 12\" -- 완료...", &["주문", "12", "완료"]),
            ("-.@", &[]),
        ] {
            assert_eq!(words_of(text, &[]), expected, "{text}");
        }
        let text = "GET /api/users?a=1 ok";
        let path = [(4..18, crate::base::text::Tone::Path)];
        assert_eq!(words_of(text, &path), ["GET", "/api/users?a=1", "ok"]);
    }
}
