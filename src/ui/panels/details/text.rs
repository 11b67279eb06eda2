//! Text of a record as lines that can be painted: control characters visible, matches found, no line too long.

use std::ops::Range;

use egui::text::{LayoutJob, TextFormat};

use super::model::DetailsModel;
use crate::base::text::visible;
use crate::query::matcher::Matcher;
use crate::query::spec::Pattern;
use crate::ui::theme::{Palette, mono};

/// Chars of a line that are laid out; the rest is copied, not shown.
const WIDEST: usize = 4_000;
/// Texts with more lines are shown without wrapping, only the lines in view.
pub(super) const LONG: usize = 2_000;
/// Lines that are laid out as one label: selecting with the mouse works across labels.
pub(super) const CHUNK: usize = 64;

/// A text as lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    lines: Vec<String>,
}

impl Lines {
    /// Cuts `text` into lines and makes what cannot be seen visible.
    pub(super) fn new(text: &str) -> Self {
        let lines = text
            .lines()
            .map(|line| {
                let mut out = String::with_capacity(line.len().min(WIDEST));
                visible(line, &mut out, WIDEST);
                out
            })
            .collect();
        Self { lines }
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The first line that has a match: what Find looks for, or else what the filter includes.
    pub(super) fn first_marked(&self, marks: &Marks) -> Option<usize> {
        let line_of = |matchers: &[Matcher]| {
            let has = |line: &String| {
                matchers
                    .iter()
                    .any(|matcher| !matcher.ranges(line).is_empty())
            };
            self.lines.iter().position(has)
        };
        marks
            .find
            .as_ref()
            .and_then(|find| line_of(std::slice::from_ref(find)))
            .or_else(|| line_of(&marks.filter))
    }

    /// The lines of `range` as one job, with matches marked.
    pub(super) fn job(&self, range: Range<usize>, marks: &Marks, palette: &Palette) -> LayoutJob {
        let mut job = LayoutJob::default();
        let end = range.end.min(self.lines.len());
        for (at, line) in self.lines.iter().enumerate().take(end).skip(range.start) {
            marks.append(line, palette, &mut job);
            if at + 1 < end {
                job.append("\n", 0.0, TextFormat::simple(mono(), palette.text));
            }
        }
        job
    }
}

/// What is highlighted.
#[derive(Debug, Default)]
pub(super) struct Marks {
    patterns: (Vec<Pattern>, Option<Pattern>),
    filter: Vec<Matcher>,
    find: Option<Matcher>,
}

impl Marks {
    /// Follows the model's patterns; compiles only when they changed.
    pub(super) fn update(&mut self, model: &DetailsModel) {
        let (filter, find) = (&model.filter_patterns, &model.find_pattern);
        if self.patterns.0 != *filter {
            self.filter = filter.iter().filter_map(compile).collect();
            self.patterns.0.clone_from(filter);
        }
        if self.patterns.1 != *find {
            self.find = find.as_ref().and_then(compile);
            self.patterns.1.clone_from(find);
        }
    }

    fn append(&self, line: &str, palette: &Palette, job: &mut LayoutJob) {
        let filter = self.filter.iter().flat_map(|matcher| matcher.ranges(line));
        let find = self.find.iter().flat_map(|matcher| matcher.ranges(line));
        let mut marks: Vec<_> = filter
            .map(|range| (range, palette.filter_match))
            .chain(find.map(|range| (range, palette.find_match)))
            .collect();
        marks.sort_by_key(|(range, _)| range.start);
        let plain = TextFormat::simple(mono(), palette.text);
        let mut done = 0;
        for (range, background) in marks {
            // Overlapping matches: the first keeps its part.
            let start = range.start.max(done);
            if range.end <= start {
                continue;
            }
            job.append(
                line.get(done..start).unwrap_or_default(),
                0.0,
                plain.clone(),
            );
            let mut format = TextFormat::simple(mono(), palette.on_match);
            format.background = background;
            job.append(line.get(start..range.end).unwrap_or_default(), 0.0, format);
            done = range.end;
        }
        job.append(line.get(done..).unwrap_or_default(), 0.0, plain);
    }
}

/// A pattern that cannot be compiled marks nothing; the box it was typed into says why.
fn compile(pattern: &Pattern) -> Option<Matcher> {
    Matcher::new(pattern).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::palette_of;

    fn marked(line: &str, filter: &str, find: &str) -> Vec<(String, bool)> {
        let pattern = |text: &str| Pattern {
            text: text.to_owned(),
            ..Pattern::default()
        };
        let model = DetailsModel {
            filter_patterns: vec![pattern(filter)],
            find_pattern: Some(pattern(find)),
            ..DetailsModel::default()
        };
        let mut marks = Marks::default();
        marks.update(&model);
        let palette = palette_of(true);
        let job = Lines::new(line).job(0..1, &marks, palette);
        job.sections
            .iter()
            .map(|section| {
                let range = section.byte_range.start.0..section.byte_range.end.0;
                let text = job.text.get(range).unwrap_or_default();
                (text.to_owned(), section.format.color == palette.on_match)
            })
            .filter(|(text, _)| !text.is_empty())
            .collect()
    }

    #[test]
    fn marks_matches_of_filter_and_find() {
        let parts = marked("결제 timeout after timeouts", "timeout", "after");
        let texts: Vec<_> = parts
            .iter()
            .filter(|part| part.1)
            .map(|part| &*part.0)
            .collect();
        assert_eq!(texts, ["timeout", "after", "timeout"]);
        let whole: String = parts.iter().map(|part| &*part.0).collect();
        assert_eq!(whole, "결제 timeout after timeouts");
    }

    #[test]
    fn overlapping_matches_lose_no_text() {
        let parts = marked("abcdef", "abcd", "cdef");
        let whole: String = parts.iter().map(|part| &*part.0).collect();
        assert_eq!(whole, "abcdef");
    }

    #[test]
    fn a_line_of_a_megabyte_is_cut() {
        let lines = Lines::new(&"x".repeat(1 << 20));
        let job = lines.job(0..1, &Marks::default(), palette_of(true));
        assert!(job.text.len() < 5_000);
    }
}
