//! Text of a record as lines that can be painted: control characters visible, matches found, no line too long.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::sync::Arc;

use egui::Color32;
use egui::text::{LayoutJob, TextFormat};

use super::model::DetailsModel;
use crate::base::dye::Dye;
use crate::base::level::Gravity;
use crate::base::text::places::{Place, places};
use crate::base::text::{Pen, Penned, Toned, tones, visible, visible_coloured};
use crate::format::trace::{Line, Owner, Trace};
use crate::query::marking::Marking;
use crate::query::matcher::Matcher;
use crate::query::spec::Pattern;
use crate::ui::table::penned;
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
    /// What the log colours of each line; empty if nothing is coloured.
    pens: Vec<Vec<Penned>>,
    /// What each line is in a stack trace; empty if there is none.
    tints: Vec<Tint>,
    /// What is in each line, once somebody has looked at it.
    parts: Vec<OnceCell<Parts>>,
    /// What the user's rules mark of each line, once somebody has looked at it.
    dyed: RefCell<Dyed>,
}

/// What rules of one version mark of lines.
#[derive(Debug, Default)]
struct Dyed {
    version: u64,
    lines: Vec<Option<Arc<[Stretch]>>>,
}

/// A marked part of a line.
type Stretch = (Range<usize>, Dye);

/// What is in a line.
#[derive(Debug, Default)]
struct Parts {
    /// For quiet colours.
    tones: Vec<Toned>,
    /// What can be opened.
    places: Vec<Place>,
}

/// How much of a reader's attention a line is to get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tint {
    Plain,
    /// What was raised.
    Raised,
    /// Frames of libraries, and what stands between traces.
    Quiet,
}

impl Lines {
    /// Cuts `text` into lines and makes what cannot be seen visible.
    pub(super) fn new(text: &str) -> Self {
        let lines: Vec<String> = text
            .lines()
            .map(|line| {
                let mut out = String::with_capacity(line.len().min(WIDEST));
                visible(line, &mut out, WIDEST);
                out
            })
            .collect();
        Self {
            parts: lines.iter().map(|_| OnceCell::new()).collect(),
            lines,
            dyed: RefCell::default(),
            pens: Vec::new(),
            tints: Vec::new(),
        }
    }

    /// The same text with its stack traces told apart.
    pub(super) fn traced(mut self, trace: Option<&Trace>) -> Self {
        if let Some(trace) = trace {
            let tint = |at: usize| match trace.line(at) {
                Line::Raised => Tint::Raised,
                Line::Heading | Line::Link => Tint::Quiet,
                Line::Frame(_) => match trace.frame_of(at).map(|frame| frame.owner) {
                    Some(Owner::Library) => Tint::Quiet,
                    Some(Owner::Own) | None => Tint::Plain,
                },
                Line::Text => Tint::Plain,
            };
            self.tints = (0..self.lines.len()).map(tint).collect();
        }
        self
    }

    /// The same text in the colours that its escape sequences ask for.
    pub(super) fn painted(mut self, painted: Option<&(String, Pen)>) -> Self {
        let Some((text, pen)) = painted else {
            return self;
        };
        let mut pen = *pen;
        let mut written = text.lines();
        for line in &self.lines {
            let from = written.next().unwrap_or_default();
            let (mut out, mut pens) = (String::with_capacity(line.len()), Vec::new());
            visible_coloured(from.as_bytes(), &mut out, WIDEST, pen, &mut pens);
            pen = pen.after(from.as_bytes());
            // An escape sequence may have swallowed a line end.
            if out != *line {
                pens.clear();
            }
            self.pens.push(pens);
        }
        self
    }

    fn parts(&self, at: usize) -> Option<&Parts> {
        let line = self.lines.get(at)?;
        let read = || Parts {
            tones: tones(line),
            places: places(line),
        };
        Some(self.parts.get(at)?.get_or_init(read))
    }

    /// What rules mark of a line.
    fn dyes(&self, at: usize, line: &str, marking: &Marking) -> Arc<[Stretch]> {
        if marking.rules().is_empty() {
            return Arc::default();
        }
        let mut known = self.dyed.borrow_mut();
        if known.version != marking.version() || known.lines.len() != self.lines.len() {
            known.version = marking.version();
            known.lines = vec![None; self.lines.len()];
        }
        let read = || marking.ranges(line).into();
        let slot = known.lines.get_mut(at);
        slot.map_or_else(Arc::default, |slot| slot.get_or_insert_with(read).clone())
    }

    /// What can be opened in the lines of `range`, and where it stands in their job, in characters.
    pub(super) fn places(&self, range: Range<usize>) -> Vec<(Range<usize>, &Place)> {
        let mut out = Vec::new();
        let mut before = 0;
        for at in range {
            let (Some(line), Some(parts)) = (self.lines.get(at), self.parts(at)) else {
                break;
            };
            let chars = |to: usize| line.get(..to).unwrap_or_default().chars().count();
            out.extend(parts.places.iter().map(|place| {
                let (start, end) = (chars(place.range.start), chars(place.range.end));
                (before + start..before + end, place)
            }));
            before += line.chars().count() + 1;
        }
        out
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether a line has a match of what Find looks for or of what the filter includes.
    pub(super) fn is_marked(&self, at: usize, marks: &Marks) -> bool {
        let line = self.lines.get(at);
        line.is_some_and(|line| has_match(line, &marks.filter) || marks.finds(line))
    }

    /// The first line that has a match: what Find looks for, or else what the filter includes.
    pub(super) fn first_marked(&self, marks: &Marks) -> Option<usize> {
        let line_of = |matchers: &[Matcher]| {
            let has = |line: &String| has_match(line, matchers);
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
            let pens = self.pens.get(at).filter(|_| marks.colours);
            let pens = pens.map_or(&[][..], Vec::as_slice);
            let tint = self.tints.get(at).copied().unwrap_or(Tint::Plain);
            let plain = match tint {
                Tint::Raised => palette.severity(Gravity::Error).ink,
                Tint::Quiet => palette.weak,
                Tint::Plain => palette.text,
            };
            // What is raised is loud enough, and what is quiet stays so.
            let soft = marks.soft && tint == Tint::Plain && pens.is_empty();
            let parts = self.parts(at).filter(|_| soft);
            let tones = parts.map_or(&[][..], |parts| &parts.tones);
            let look = Look {
                pens,
                tones,
                dyes: &self.dyes(at, line, &marks.marking),
                text: plain,
            };
            marks.append(line, &look, palette, &mut job);
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
    colours: bool,
    soft: bool,
    marking: Arc<Marking>,
}

/// How a line is written where nothing is looked for.
struct Look<'a> {
    pens: &'a [Penned],
    tones: &'a [Toned],
    dyes: &'a [Stretch],
    text: Color32,
}

impl Marks {
    /// Follows the model's patterns; compiles only when they changed.
    /// Whether they did.
    pub(super) fn update(&mut self, model: &DetailsModel) -> bool {
        let before = self.patterns.clone();
        self.colours = model.colours;
        self.soft = model.soft;
        self.marking = Arc::clone(&model.marking);
        let (filter, find) = (&model.filter_patterns, &model.find_pattern);
        if self.patterns.0 != *filter {
            self.filter = filter.iter().filter_map(compile).collect();
            self.patterns.0.clone_from(filter);
        }
        if self.patterns.1 != *find {
            self.find = find.as_ref().and_then(compile);
            self.patterns.1.clone_from(find);
        }
        self.patterns != before
    }

    fn finds(&self, line: &str) -> bool {
        has_match(line, self.find.as_slice())
    }

    fn append(&self, line: &str, look: &Look<'_>, palette: &Palette, job: &mut LayoutJob) {
        let filter = self.filter.iter().flat_map(|matcher| matcher.ranges(line));
        let find = self.find.iter().flat_map(|matcher| matcher.ranges(line));
        let mut marks: Vec<_> = filter
            .map(|range| (range, palette.filter_match))
            .chain(find.map(|range| (range, palette.find_match)))
            .collect();
        marks.sort_by_key(|(range, _)| range.start);
        let plain = |range: Range<usize>, job: &mut LayoutJob| {
            if range.is_empty() {
                // It has a height nevertheless.
                job.append("", 0.0, TextFormat::simple(mono(), look.text));
            }
            for (range, dye) in penned(range, look.dyes) {
                look.append(line, range, dye, palette, job);
            }
        };
        let mut done = 0;
        for (range, background) in marks {
            // Overlapping matches: the first keeps its part.
            let start = range.start.max(done);
            if range.end <= start {
                continue;
            }
            plain(done..start, job);
            let mut format = TextFormat::simple(mono(), palette.on_match);
            format.background = background;
            job.append(line.get(start..range.end).unwrap_or_default(), 0.0, format);
            done = range.end;
        }
        plain(done..line.len(), job);
    }
}

impl Look<'_> {
    /// Writes a part of a line, marked if a rule says so.
    fn append(
        &self,
        line: &str,
        range: Range<usize>,
        dye: Option<Dye>,
        palette: &Palette,
        job: &mut LayoutJob,
    ) {
        let text = self.text;
        let mut add = |range: Range<usize>, colour| {
            let mut format = TextFormat::simple(mono(), colour);
            if let Some(dye) = dye {
                format.color = palette.on_match;
                format.background = palette.dye(dye).mark;
            }
            job.append(line.get(range).unwrap_or_default(), 0.0, format);
        };
        for (range, pen) in penned(range, self.pens) {
            let colour = pen.map_or(text, |pen| palette.pen(pen, text, palette.panel));
            for (range, tone) in penned(range, self.tones) {
                add(range, tone.map_or(colour, |tone| palette.tone(tone)));
            }
        }
    }
}

fn has_match(line: &str, matchers: &[Matcher]) -> bool {
    matchers
        .iter()
        .any(|matcher| !matcher.ranges(line).is_empty())
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

    /// The parts of a text with their colours.
    fn parts(job: &LayoutJob) -> Vec<(&str, egui::Color32)> {
        let part = |section: &egui::text::LayoutSection| {
            let range = section.byte_range.start.0..section.byte_range.end.0;
            (&job.text[range], section.format.color)
        };
        job.sections.iter().map(part).collect()
    }

    #[test]
    fn a_message_is_written_in_the_colours_of_the_log() {
        let palette = palette_of(true);
        let text = "\u{1b}[31mred\nstill\u{1b}[0m plain".to_owned();
        let painted = Some((text, Pen::default()));
        let lines = Lines::new("red\nstill plain").painted(painted.as_ref());
        let mut marks = Marks::default();
        for colours in [true, false] {
            marks.update(&DetailsModel {
                colours,
                ..DetailsModel::default()
            });
            let job = lines.job(0..2, &marks, palette);
            assert_eq!(job.text, "red\nstill plain");
            let parts = parts(&job);
            let coloured: Vec<&str> = parts
                .iter()
                .filter(|(_, color)| *color != palette.text)
                .map(|(text, _)| *text)
                .collect();
            let expected: &[&str] = if colours { &["red", "still"] } else { &[] };
            assert_eq!(coloured, expected);
        }
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
