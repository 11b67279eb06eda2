//! Where the view stands: a row and an offset into it, never a sum of pixels over all rows.
//!
//! At 10⁸ rows of 20 points a total height in `f32` steps by 128 points. Here only differences of a few pages are ever
//! computed, and those in `f64`, so a step is exact wherever the view stands (invariant I12).

/// The first row that is (partly) visible and how much of it is hidden above the view.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ScrollPos {
    /// The first visible row.
    pub row: u64,
    /// Points of it above the view; `0 <= offset_px < row height`.
    pub offset_px: f32,
}

/// What a position is measured against: how many rows there are, how high they are, how high the view is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Rows in all.
    pub len: u64,
    /// Height of a row in points; positive.
    pub row_height: f32,
    /// Height of the view in points.
    pub view: f32,
}

impl Extent {
    /// Rows that fit into the view, with the fraction.
    #[must_use]
    pub fn rows_in_view(&self) -> f64 {
        f64::from(self.view.max(0.0)) / self.height()
    }

    /// Rows that are wholly visible; at least one, so that a page always moves.
    #[must_use]
    pub fn whole_rows(&self) -> u64 {
        whole(self.rows_in_view()).max(1)
    }

    /// Rows by which a page moves: the view less one row of context.
    #[must_use]
    pub fn page(&self) -> u64 {
        self.whole_rows().saturating_sub(1).max(1)
    }

    /// Whether all rows fit.
    #[must_use]
    pub fn fits(&self) -> bool {
        ScrollPos::end(self) == ScrollPos::default()
    }

    fn height(&self) -> f64 {
        f64::from(self.row_height.max(1.0))
    }
}

impl ScrollPos {
    /// The top of `row`.
    #[must_use]
    pub fn at(row: u64) -> Self {
        Self {
            row,
            offset_px: 0.0,
        }
    }

    /// The position that shows the last row wholly at the bottom edge.
    #[must_use]
    pub fn end(extent: &Extent) -> Self {
        let shown = extent.rows_in_view().ceil();
        let rows = whole(shown);
        if extent.len < rows || (extent.len == rows && shown <= extent.rows_in_view()) {
            return Self::default();
        }
        let hidden = shown * extent.height() - f64::from(extent.view.max(0.0));
        Self::normal((extent.len - rows) as i128, hidden, extent)
    }

    /// Moves by points; positive is towards later rows. Stops at both ends.
    #[must_use]
    pub fn moved(self, points: f64, extent: &Extent) -> Self {
        if !points.is_finite() {
            return self.clamped(extent);
        }
        Self::normal(
            i128::from(self.row),
            f64::from(self.offset_px) + points,
            extent,
        )
        .clamped(extent)
    }

    /// Moves by rows and keeps the offset, as far as the ends allow.
    #[must_use]
    pub fn moved_rows(self, rows: i64, extent: &Extent) -> Self {
        let row = i128::from(self.row) + i128::from(rows);
        if row < 0 {
            return Self::default();
        }
        Self::normal(row, f64::from(self.offset_px), extent).clamped(extent)
    }

    /// The same position, or the nearest that exists.
    #[must_use]
    pub fn clamped(self, extent: &Extent) -> Self {
        let end = Self::end(extent);
        if (self.row, self.offset_px) > (end.row, end.offset_px) {
            return end;
        }
        Self::normal(i128::from(self.row), f64::from(self.offset_px), extent)
    }

    /// The least move that makes `row` wholly visible.
    #[must_use]
    pub fn revealing(self, row: u64, extent: &Extent) -> Self {
        let top = self.top_of(row, extent);
        let lowest = (f64::from(extent.view) - extent.height()).max(0.0);
        if top < 0.0 {
            Self::at(row).clamped(extent)
        } else if top > lowest {
            Self::at(row).moved(-lowest, extent)
        } else {
            self.clamped(extent)
        }
    }

    /// A position with `row` in the middle of the view, unless it is wholly visible already.
    #[must_use]
    pub fn centring(self, row: u64, extent: &Extent) -> Self {
        let top = self.top_of(row, extent);
        let lowest = f64::from(extent.view) - extent.height();
        if (0.0..=lowest.max(0.0)).contains(&top) {
            return self.clamped(extent);
        }
        Self::at(row).moved(-(lowest / 2.0).max(0.0), extent)
    }

    /// Points from the view's top edge to the top of `row`; negative is above. Exact near the view.
    #[must_use]
    pub fn top_of(self, row: u64, extent: &Extent) -> f64 {
        let rows = (i128::from(row) - i128::from(self.row)) as f64;
        rows * extent.height() - f64::from(self.offset_px)
    }

    /// The row at `y` points below the view's top edge, if there is one.
    #[must_use]
    pub fn row_at(self, y: f32, extent: &Extent) -> Option<u64> {
        let rows = ((f64::from(self.offset_px) + f64::from(y)) / extent.height()).floor();
        let row = i128::from(self.row) + rows as i128;
        u64::try_from(row).ok().filter(|row| *row < extent.len)
    }

    /// Rows before this position, with the fraction; for the scroll bar.
    #[must_use]
    pub fn rows_before(self, extent: &Extent) -> f64 {
        self.row as f64 + f64::from(self.offset_px) / extent.height()
    }

    /// Carries whole rows over from the offset.
    fn normal(row: i128, points: f64, extent: &Extent) -> Self {
        let height = extent.height();
        let carry = (points / height).floor();
        let row = row + carry as i128;
        let Ok(row) = u64::try_from(row) else {
            return Self::default();
        };
        let offset_px = (points - carry * height) as f32;
        if f64::from(offset_px) >= height {
            // Rounding to f32 reached the next row.
            return Self::at(row + 1);
        }
        Self {
            row,
            offset_px: offset_px.max(0.0),
        }
    }
}

/// A non-negative count as an integer.
fn whole(rows: f64) -> u64 {
    rows.max(0.0) as u64
}

#[cfg(test)]
mod tests;
