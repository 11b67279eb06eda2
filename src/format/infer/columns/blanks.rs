//! Blanks whose number differs from line to line: the padding of the field before them or behind them.

use super::super::signs::closes;
use super::{Cursor, Pad, Segment, Walk};

impl<'a> Walk<'_, 'a> {
    /// The padding of a field with these lengths, if the blanks before it varied.
    pub(super) fn pad_before(&mut self, lens: &[usize]) -> Pad {
        let Some(blanks) = self.right.take() else {
            return Pad::None;
        };
        right_width(&blanks, lens).map_or(Pad::Loose, Pad::Right)
    }

    /// Deals with blanks whose number differs from line to line: padding behind the last field or before the next.
    pub(super) fn blanks_vary(&mut self) -> bool {
        let spaced = self
            .cursors
            .iter()
            .filter(|c| c.rest().starts_with(b" "))
            .count();
        if spaced < self.cursors.len() && spaced * 25 > self.cursors.len() * 24 {
            self.keep(|c| c.rest().starts_with(b" "));
        }
        let blanks: Vec<usize> = self
            .cursors
            .iter()
            .map(|c| c.rest().iter().take_while(|b| **b == b' ').count())
            .collect();
        let least = blanks.iter().copied().min().unwrap_or(0);
        let most = blanks.iter().copied().max().unwrap_or(0);
        let may_be_padding = most > 1
            && match self.segments.last() {
                Some(Segment::Level(Pad::None)) => true,
                Some(Segment::Field { pad: Pad::None, .. }) => {
                    self.most(|next| next == b':') || self.unpadded_levels_are_next(most)
                }
                _ => false,
            };
        if most == 0 || (least == most && !may_be_padding) {
            return false;
        }
        let width = self.left_width(&blanks, least);
        let unit = match width {
            Some(_) => self.gap(),
            None if self.anchored() => least.min(1),
            None => return false,
        };
        for (cursor, blank) in self.cursors.iter_mut().zip(&blanks) {
            cursor.at += blank;
        }
        if let Some(width) = width {
            self.widen(width, &blanks);
        }
        match (width, self.segments.last_mut()) {
            (_, Some(Segment::Level(pad) | Segment::Field { pad, .. }))
                if matches!(pad, Pad::Right(_)) =>
            {
                *pad = Pad::Loose;
            }
            (Some(width), Some(Segment::Level(pad) | Segment::Field { pad, .. })) => {
                *pad = Pad::Left(width - unit);
            }
            _ => {
                self.right = Some(
                    blanks
                        .iter()
                        .map(|blank| blank.saturating_sub(unit))
                        .collect(),
                );
            }
        }
        if unit == 1 {
            self.push_literal(b" ");
        }
        true
    }

    /// The width that the last field and the blanks behind it have together, if nearly all lines agree on one.
    fn left_width(&self, blanks: &[usize], least: usize) -> Option<usize> {
        let unpadded = matches!(
            self.segments.last(),
            Some(Segment::Level(Pad::None) | Segment::Field { pad: Pad::None, .. })
        );
        let lens = self.last_lens();
        if !unpadded || lens.len() != blanks.len() || (least == 0 && !self.most_close()) {
            return None;
        }
        let mut sums: Vec<usize> = lens
            .iter()
            .zip(blanks)
            .filter(|(_, blank)| **blank > 1 || least == 0)
            .map(|(len, blank)| len + blank)
            .collect();
        sums.sort_unstable();
        let width = *sums.get(sums.len() / 2)?;
        let agrees = |(len, blank): (&usize, &usize)| {
            len + blank == width || (*blank <= 1 && len + blank >= width)
        };
        let agreeing = lens.iter().zip(blanks).filter(|pair| agrees(*pair)).count();
        let padded = blanks
            .iter()
            .filter(|blank| **blank > usize::from(least > 0))
            .count();
        let few = lens.len() < 4;
        (agreeing * 20 >= lens.len() * 18 && (few || padded * 20 >= lens.len())).then_some(width)
    }

    /// Values that hold blanks are shorter so far than their column is wide: the rest of the column is theirs.
    fn widen(&mut self, width: usize, blanks: &[usize]) {
        let Some(Segment::Field { values, .. }) = self.segments.last_mut() else {
            return;
        };
        for ((cursor, value), blank) in self.cursors.iter_mut().zip(values).zip(blanks) {
            let start = cursor.at.saturating_sub(value.len() + blank);
            let text = cursor.line.text;
            let cell = text.get(start..start + width).unwrap_or_default();
            if value.len() + blank < width && cell.ends_with(b" ") {
                *value = cell.trim_ascii_end();
                cursor.at = start + width;
            }
        }
    }

    /// The blanks between a padded field and what follows: one, or none before a closing bracket or a colon. Where a blank
    /// stands before every colon the width is one too many, with which values are read all the same.
    fn gap(&self) -> usize {
        usize::from(!self.most_close())
    }

    /// Whether a bracket closes behind the blanks in most lines, or a colon stands there.
    fn most_close(&self) -> bool {
        self.most(|next| closes(&[next])) || self.most(|next| next == b':')
    }

    /// Whether so many blanks stand before levels of different lengths: then those are not padded on their left.
    fn unpadded_levels_are_next(&self, blanks: usize) -> bool {
        let is_next = |c: &Cursor<'_, 'a>| {
            let level = c.line.level.as_ref();
            level.is_some_and(|range| range.start == c.at + blanks)
        };
        let mut lens = self.cursors.iter().map(Cursor::level_len);
        let first = lens.next();
        self.level_ahead && self.cursors.iter().all(is_next) && lens.any(|len| Some(len) != first)
    }

    /// Whether such a sign stands behind the blanks in most lines.
    fn most(&self, is_such: impl Fn(u8) -> bool) -> bool {
        let next = |c: &Cursor<'_, 'a>| c.rest().trim_ascii_start().first().copied();
        let count = self
            .cursors
            .iter()
            .filter_map(next)
            .filter(|next| is_such(*next));
        count.count() * 10 >= self.cursors.len() * 9
    }

    /// The lengths of the last field's values.
    fn last_lens(&self) -> Vec<usize> {
        match self.segments.last() {
            Some(Segment::Level(_)) => self.cursors.iter().map(Cursor::level_len).collect(),
            Some(Segment::Field { values, .. }) if values.len() == self.cursors.len() => {
                values.iter().map(|v| v.len()).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The width that blanks and values behind them have together, if nearly all lines agree on one.
fn right_width(blanks: &[usize], lens: &[usize]) -> Option<usize> {
    let sums = blanks.iter().zip(lens).map(|(blank, len)| blank + len);
    let mut padded: Vec<usize> = sums
        .clone()
        .zip(blanks)
        .filter(|(_, blank)| **blank > 0)
        .map(|(sum, _)| sum)
        .collect();
    padded.sort_unstable();
    let width = *padded.get(padded.len() / 2)?;
    let agreeing = sums
        .zip(blanks)
        .filter(|(sum, blank)| *sum == width || (**blank == 0 && *sum > width))
        .count();
    (agreeing * 10 >= blanks.len() * 9).then_some(width)
}
