//! Where the view stands: a row and an offset into it, never a sum of pixels over all rows.
//!
//! At 10⁸ rows of 20 points a total height in `f32` steps by 128 points. Here only differences of a few pages are ever
//! computed, and those in `f64`, so a step is exact wherever the view stands (invariant I12).
//!
//! Rows that are not all equally high ([`Heights`]) are measured as far as the view reaches and no further. What is
//! farther away counts as one line a row: it is only ever asked whether it is above or below.

/// The first row that is (partly) visible and how much of it is hidden above the view.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ScrollPos {
    /// The first visible row.
    pub row: u64,
    /// Points of it above the view; `0 <= offset_px < row height`.
    pub offset_px: f32,
}

/// How high rows are that are not all equally high.
pub trait Heights {
    /// Height of a row in points; at least that of a line.
    fn of(&self, row: u64) -> f64;
}

/// What a position is measured against: how many rows there are, how high they are, how high the view is.
#[derive(Clone, Copy)]
pub struct Extent<'h> {
    /// Rows in all.
    pub len: u64,
    /// Height of a row of one line in points; positive.
    pub row_height: f32,
    /// Height of the view in points.
    pub view: f32,
    /// The heights of rows that may have several lines; `None` if all have one.
    pub heights: Option<&'h dyn Heights>,
}

/// A step of more rows than this is no longer measured row by row: no wheel makes such a step.
const WALK: u32 = 4_096;

impl Extent<'_> {
    /// Lines that fit into the view, with the fraction.
    #[must_use]
    pub fn rows_in_view(&self) -> f64 {
        f64::from(self.view.max(0.0)) / self.line()
    }

    /// Lines that are wholly visible; at least one, so that a page always moves.
    #[must_use]
    pub fn whole_rows(&self) -> u64 {
        whole(self.rows_in_view()).max(1)
    }

    /// Lines by which a page moves: the view less one line of context.
    #[must_use]
    pub fn page(&self) -> u64 {
        self.whole_rows().saturating_sub(1).max(1)
    }

    /// Whether all rows fit.
    #[must_use]
    pub fn fits(&self) -> bool {
        ScrollPos::end(self) == ScrollPos::default()
    }

    /// Height of a line in points.
    #[must_use]
    pub fn line(&self) -> f64 {
        f64::from(self.row_height.max(1.0))
    }

    /// Height of a row in points.
    #[must_use]
    pub fn height_of(&self, row: u64) -> f64 {
        match self.heights {
            Some(heights) if row < self.len => heights.of(row).max(self.line()),
            _ => self.line(),
        }
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
    pub fn end(extent: &Extent<'_>) -> Self {
        if extent.heights.is_some() {
            return Self::measured_end(extent);
        }
        let shown = extent.rows_in_view().ceil();
        let rows = whole(shown);
        if extent.len < rows || (extent.len == rows && shown <= extent.rows_in_view()) {
            return Self::default();
        }
        let hidden = shown * extent.line() - f64::from(extent.view.max(0.0));
        Self::normal((extent.len - rows) as i128, hidden, extent)
    }

    /// The same for rows of several heights: as many of the last ones as fill the view.
    fn measured_end(extent: &Extent<'_>) -> Self {
        let view = f64::from(extent.view.max(0.0));
        let (mut row, mut shown) = (extent.len, 0.0);
        while shown < view {
            let Some(above) = row.checked_sub(1) else {
                return Self::default();
            };
            row = above;
            shown += extent.height_of(row);
        }
        Self::normal(i128::from(row), shown - view, extent)
    }

    /// Moves by points; positive is towards later rows. Stops at both ends.
    #[must_use]
    pub fn moved(self, points: f64, extent: &Extent<'_>) -> Self {
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

    /// Moves by lines, as far as the ends allow; where every row is a line the offset stays as it is.
    #[must_use]
    pub fn moved_rows(self, rows: i64, extent: &Extent<'_>) -> Self {
        if extent.heights.is_some() {
            return self.moved(rows as f64 * extent.line(), extent);
        }
        let row = i128::from(self.row) + i128::from(rows);
        if row < 0 {
            return Self::default();
        }
        Self::normal(row, f64::from(self.offset_px), extent).clamped(extent)
    }

    /// Pages on; the position, and the row that is then where `from` was. At an end the row moves as far as it goes.
    #[must_use]
    pub fn paged(self, from: u64, pages: i64, extent: &Extent<'_>) -> (Self, u64) {
        let lines = pages.saturating_mul(i64::try_from(extent.page()).unwrap_or(i64::MAX));
        let last = extent.len.saturating_sub(1);
        let pos = self.moved_rows(lines, extent);
        if extent.heights.is_none() {
            return (pos, from.saturating_add_signed(lines).min(last));
        }
        let top = self.top_of(from, extent);
        if top >= f64::from(extent.view) || top + extent.height_of(from) <= 0.0 {
            return (pos, from.saturating_add_signed(lines).min(last));
        }
        let points = top.max(0.0) + lines as f64 * extent.line();
        let row = carried(
            i128::from(self.row),
            f64::from(self.offset_px) + points,
            extent,
        )
        .0;
        let row = u64::try_from(row.max(0)).unwrap_or(last).min(last);
        let row = match (pages > 0, row == from) {
            (true, true) => row + 1,
            (false, true) => row.saturating_sub(1),
            _ => row,
        };
        (pos, row.min(last))
    }

    /// The position half a view further through a row that is higher than the view; `None` if it is not, or if its end in
    /// this direction is in view.
    #[must_use]
    pub fn through(self, row: u64, down: bool, extent: &Extent<'_>) -> Option<Self> {
        let view = f64::from(extent.view);
        let (top, height) = (self.top_of(row, extent), extent.height_of(row));
        let bottom = top + height;
        let seen = top < view && bottom > 0.0;
        if !seen || height <= view {
            return None;
        }
        let left = if down { bottom - view } else { -top };
        let step = left.min(view / 2.0);
        (left > 0.5).then(|| self.moved(if down { step } else { -step }, extent))
    }

    /// The same position, or the nearest that exists.
    #[must_use]
    pub fn clamped(self, extent: &Extent<'_>) -> Self {
        let end = Self::end(extent);
        if (self.row, self.offset_px) > (end.row, end.offset_px) {
            return end;
        }
        Self::normal(i128::from(self.row), f64::from(self.offset_px), extent)
    }

    /// The least move that makes `row` wholly visible, or fills the view with it.
    #[must_use]
    pub fn revealing(self, row: u64, extent: &Extent<'_>) -> Self {
        let top = self.top_of(row, extent);
        let height = extent.height_of(row);
        let lowest = (f64::from(extent.view) - height).max(0.0);
        if top < 0.0 && top + height >= f64::from(extent.view) {
            self.clamped(extent)
        } else if top < 0.0 {
            Self::at(row).clamped(extent)
        } else if top > lowest {
            Self::at(row).moved(-lowest, extent)
        } else {
            self.clamped(extent)
        }
    }

    /// A position with `row` in the middle of the view, unless it is wholly visible already.
    #[must_use]
    pub fn centring(self, row: u64, extent: &Extent<'_>) -> Self {
        let top = self.top_of(row, extent);
        let lowest = f64::from(extent.view) - extent.height_of(row);
        if (0.0..=lowest.max(0.0)).contains(&top) {
            return self.clamped(extent);
        }
        Self::at(row).moved(-(lowest / 2.0).max(0.0), extent)
    }

    /// Points from the view's top edge to the top of `row`; negative is above. Exact near the view.
    #[must_use]
    pub fn top_of(self, row: u64, extent: &Extent<'_>) -> f64 {
        let offset = f64::from(self.offset_px);
        let rows = (i128::from(row) - i128::from(self.row)) as f64;
        if extent.heights.is_none() {
            return rows * extent.line() - offset;
        }
        // Half a view more than is shown, either way.
        let reach = 1.5 * f64::from(extent.view.max(0.0));
        let (mut at, mut top) = (self.row, -offset);
        while at != row && top.abs() <= reach + offset {
            if at < row {
                top += extent.height_of(at);
                at += 1;
            } else {
                at -= 1;
                top -= extent.height_of(at);
            }
        }
        top + (i128::from(row) - i128::from(at)) as f64 * extent.line()
    }

    /// The row at `y` points below the view's top edge, if there is one.
    #[must_use]
    pub fn row_at(self, y: f32, extent: &Extent<'_>) -> Option<u64> {
        let points = f64::from(self.offset_px) + f64::from(y);
        let (row, _) = carried(i128::from(self.row), points, extent);
        u64::try_from(row).ok().filter(|row| *row < extent.len)
    }

    /// Rows before this position, with the fraction; for the scroll bar.
    #[must_use]
    pub fn rows_before(self, extent: &Extent<'_>) -> f64 {
        self.row as f64 + f64::from(self.offset_px) / extent.height_of(self.row)
    }

    /// A position so many rows from the first, the fraction being that of a row.
    #[must_use]
    pub fn after_rows(rows: f64, extent: &Extent<'_>) -> Self {
        let row = whole(rows.floor());
        let points = rows.fract() * extent.height_of(row);
        Self::normal(i128::from(row), points, extent).clamped(extent)
    }

    /// Carries whole rows over from the offset.
    fn normal(row: i128, points: f64, extent: &Extent<'_>) -> Self {
        let (row, points) = carried(row, points, extent);
        let Ok(row) = u64::try_from(row) else {
            return Self::default();
        };
        let offset_px = points as f32;
        if f64::from(offset_px) >= extent.height_of(row) {
            // Rounding to f32 reached the next row.
            return Self::at(row + 1);
        }
        Self {
            row,
            offset_px: offset_px.max(0.0),
        }
    }
}

/// The row that `points` below the top of `row` lead to, and what is left of them. Rows before the first and behind the
/// last are a line high.
fn carried(mut row: i128, mut points: f64, extent: &Extent<'_>) -> (i128, f64) {
    if extent.heights.is_some() {
        let height =
            |row: i128| u64::try_from(row).map_or(extent.line(), |row| extent.height_of(row));
        let len = i128::from(extent.len);
        for _ in 0..WALK {
            if points < 0.0 && row > 0 {
                row -= 1;
                points += height(row);
            } else if row < len && points >= height(row) {
                points -= height(row);
                row += 1;
            } else {
                break;
            }
        }
        if points >= 0.0 && points < height(row) {
            return (row, points);
        }
    }
    let carry = (points / extent.line()).floor();
    (row + carry as i128, points - carry * extent.line())
}

/// A non-negative count as an integer.
fn whole(rows: f64) -> u64 {
    rows.max(0.0) as u64
}

#[cfg(test)]
mod tests;
