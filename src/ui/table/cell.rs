//! One cell: the visible part of its text, laid out and painted.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, FontId, Galley, Ui};

use super::model::{Highlight, MatchKind};
use super::sheet::Sheet;
use super::text::{Window, penned, stretches, window};
use crate::base::text::{Penned, Tone, Toned};
use crate::ui::theme::Palette;

/// How a cell's text is written.
pub(super) struct Ink<'a> {
    pub ui: &'a Ui,
    pub palette: &'static Palette,
    pub font: FontId,
    pub char_width: f32,
    /// The font's glyphs; `None` if it is not a monospaced one.
    pub sheet: Option<Arc<Sheet>>,
}

/// A text, and what stands out in it.
#[derive(Clone, Copy)]
pub(super) struct Marked<'a> {
    pub text: &'a str,
    pub highlights: &'a [Highlight],
    /// What the log itself colours.
    pub pens: &'a [Penned],
    /// What its parts are, where they have quiet colours.
    pub tones: &'a [Toned],
    pub color: Color32,
    /// What is behind it.
    pub ground: Color32,
}

/// A laid out cell.
pub(super) struct Written {
    pub galley: Arc<Galley>,
    /// Points from the cell's left edge to the text; at most 0.
    pub lead: f32,
    /// Text goes on beyond the cell.
    pub cut: bool,
}

impl Ink<'_> {
    /// Lays out what a cell of `width` points shows of a text that is scrolled by `from` points.
    pub(super) fn write(&self, text: &Marked<'_>, from: f32, width: f32) -> Written {
        let seen = self.window(text.text, from, width);
        Written {
            galley: self.lay(text, &seen),
            lead: seen.lead,
            cut: seen.cut,
        }
    }

    /// Lays out a part of a text, whole.
    pub(super) fn write_part(&self, text: &Marked<'_>, range: Range<usize>) -> Arc<Galley> {
        let part = Window {
            range,
            lead: 0.0,
            cut: false,
        };
        self.lay(text, &part)
    }

    fn lay(&self, text: &Marked<'_>, seen: &Window) -> Arc<Galley> {
        let &Marked {
            text,
            highlights,
            pens,
            tones,
            color,
            ground,
        } = text;
        let plain = highlights.is_empty() && pens.is_empty();
        let stamp = || self.stamp(text, seen, tones, color);
        if let Some(galley) = plain.then(stamp).flatten() {
            return galley;
        }
        let mut job = LayoutJob {
            wrap: TextWrapping::no_max_width(),
            break_on_newline: false,
            ..LayoutJob::default()
        };
        for (range, kind) in stretches(seen.range.clone(), highlights) {
            for (range, pen) in penned(range, pens) {
                let color = pen.map_or(color, |pen| self.palette.pen(pen, color, ground));
                for (range, color) in self.toned(range, tones, color) {
                    let part = text.get(range).unwrap_or("");
                    job.append(part, 0.0, self.format(color, kind));
                }
            }
        }
        if seen.cut {
            job.append("…", 0.0, self.format(self.palette.weak, None));
        }
        self.ui.painter().layout_job(job)
    }

    /// The text without laying it out, if it is plain; nothing in it may be marked.
    fn stamp(
        &self,
        text: &str,
        seen: &Window,
        tones: &[Toned],
        color: Color32,
    ) -> Option<Arc<Galley>> {
        let sheet = self.sheet.as_ref()?;
        let part = text.get(seen.range.clone())?;
        if part.is_empty() || !Sheet::has(part) {
            return None;
        }
        let more = seen.cut.then_some(self.palette.weak);
        let mut colors = self.toned(seen.range.clone(), tones, color);
        for (range, _) in &mut colors {
            *range = range.start - seen.range.start..range.end - seen.range.start;
        }
        Some(Arc::new(sheet.galley(part, &colors, more)))
    }

    /// The stretches of a range with the colour of each.
    fn toned(
        &self,
        range: Range<usize>,
        tones: &[Toned],
        plain: Color32,
    ) -> Vec<(Range<usize>, Color32)> {
        let color = |tone: Option<Tone>| tone.map_or(plain, |tone| self.palette.tone(tone));
        let stretches = penned(range, tones).into_iter();
        stretches
            .map(|(range, tone)| (range, color(tone)))
            .collect()
    }

    fn window(&self, text: &str, from: f32, width: f32) -> Window {
        let cell = self.char_width;
        if text.is_ascii() {
            return window(text, from, width, cell, |_| cell);
        }
        self.ui.fonts_mut(|fonts| {
            window(text, from, width, cell, |character| {
                if character.is_ascii() {
                    cell
                } else {
                    fonts.glyph_width(&self.font, character)
                }
            })
        })
    }

    fn format(&self, color: Color32, kind: Option<MatchKind>) -> TextFormat {
        let p = self.palette;
        let (color, background) = match kind {
            None => (color, Color32::TRANSPARENT),
            Some(MatchKind::Rule(dye)) => (p.on_match, p.dye(dye).mark),
            Some(MatchKind::Filter) => (p.on_match, p.filter_match),
            Some(MatchKind::Find) => (p.on_match, p.find_match),
            Some(MatchKind::FindCurrent) => (p.on_match, p.find_current),
        };
        TextFormat {
            font_id: self.font.clone(),
            color,
            background,
            ..TextFormat::default()
        }
    }
}
