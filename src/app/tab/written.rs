//! How the log itself writes times and levels: what its rows show.

use super::Tab;
use crate::app::present::TimeStyle;
use crate::base::id::Generation;
use crate::base::level::LevelId;
use crate::base::time::Zone;
use crate::engine::RowBatch;
use crate::format::anytime::{Moment, ZoneForm, recognise};
use crate::format::extractor::Extractor;
use crate::ui::table::model::ColumnKind;

/// How times are written in the rows of a generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Written {
    generation: Generation,
    /// The zone that they name.
    zone: Option<Zone>,
    /// How long they are, in characters; 0 if no row has one.
    chars: u16,
}

/// The column has room for so many anyway: `2026-11-22 10:00:00.000`, as times are shown in a zone of choice.
const SHORTEST: u16 = 23;

/// A longer text is no usual time.
const LONGEST: usize = 40;

impl Tab {
    /// The zone in which the user reads and types times: the one of his choice, or else that of the rows.
    #[must_use]
    pub fn zone(&self) -> Zone {
        let read_in = || self.source.as_ref().map(|source| source.zone);
        match self.times {
            TimeStyle::In(zone) => zone,
            _ => self.written.zone.or_else(read_in).unwrap_or_default(),
        }
    }

    /// Takes rows that were asked for, and looks how the first of them write times.
    pub fn take_rows(&mut self, batch: RowBatch) {
        // The first rows decide: times on both sides of a change of clocks name different zones.
        let is_news = self.written.generation != batch.generation || self.written.chars == 0;
        if is_news && batch.generation == self.generation() && !batch.rows.is_empty() {
            self.written = self.written_in(&batch);
            self.widen_time();
        }
        self.rows.insert(batch);
    }

    fn written_in(&self, batch: &RowBatch) -> Written {
        let mut columns = self.columns.iter();
        let place = columns.position(|column| column.kind == ColumnKind::Time);
        let text = |place| batch.rows.iter().map(move |row| row.cells.get(place));
        let texts = place.into_iter().flat_map(text).flatten();
        let chars = texts.clone().map(|text| text.chars().count().min(LONGEST));
        Written {
            generation: batch.generation,
            zone: { texts }.find_map(|text| zone_of(recognise(text.as_bytes())?)),
            chars: chars.max().unwrap_or(0) as u16,
        }
    }

    /// The column of the time has room for times as the log writes them.
    pub(super) fn widen_time(&mut self) {
        let chars = Some(self.written.chars).filter(|chars| *chars > SHORTEST);
        for column in &mut self.columns {
            if column.kind == ColumnKind::Time {
                column.usual_chars = chars;
            }
        }
    }

    /// Text of which no word says a level so far needs no column for it.
    pub(super) fn note_levels(&mut self) {
        let Some(source) = &self.source else { return };
        let mut levels = source.snapshot.stats.levels();
        let is_plain = matches!(&*source.format.extractor, Extractor::Plain(_));
        let empty = is_plain && levels.all(|(level, _)| level == LevelId::NONE);
        for column in &mut self.columns {
            column.empty = empty && column.kind == ColumnKind::Level;
        }
    }
}

/// The zone that a time names.
fn zone_of(moment: Moment) -> Option<Zone> {
    let east = moment.offset.filter(|_| moment.zone != ZoneForm::None)?;
    Some(match east {
        0 => Zone::Utc,
        _ => Zone::Fixed(east),
    })
}
