//! In which zone times are shown and typed.

use super::Tab;
use crate::app::present::TimeStyle;
use crate::base::time::Zone;
use crate::engine::RowBatch;
use crate::format::anytime::{Moment, ZoneForm, recognise};
use crate::ui::table::model::ColumnKind;

impl Tab {
    /// The zone in which the user reads and types times: the one of his choice, or else that of the rows.
    #[must_use]
    pub fn zone(&self) -> Zone {
        let read_in = || self.source.as_ref().map(|source| source.zone);
        match self.times {
            TimeStyle::In(zone) => zone,
            _ => self.written_zone.1.or_else(read_in).unwrap_or_default(),
        }
    }

    /// Takes rows that were asked for, and looks what zone the first of them name.
    pub fn take_rows(&mut self, batch: RowBatch) {
        // The first rows decide: times on both sides of a change of clocks name different ones.
        let (known, zone) = self.written_zone;
        let is_news = known != batch.generation || zone.is_none();
        if is_news && batch.generation == self.generation() && !batch.rows.is_empty() {
            self.written_zone = (batch.generation, self.zone_of(&batch));
        }
        self.rows.insert(batch);
    }

    fn zone_of(&self, batch: &RowBatch) -> Option<Zone> {
        let mut columns = self.columns.iter();
        let place = columns.position(|column| column.kind == ColumnKind::Time)?;
        let mut texts = batch.rows.iter().filter_map(|row| row.cells.get(place));
        texts.find_map(|text| zone_of(recognise(text.as_bytes())?))
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
