//! Colours that a log asks for, in shades that read where they are written.

use egui::{Color32, Rgba};

use super::{Palette, contrast};
use crate::base::text::{Colour, Pen};

/// Least contrast of text (WCAG AA).
const READABLE: f32 = 4.5;
/// Steps in which a colour goes towards the surroundings' opposite.
const STEPS: u8 = 10;

/// The terminal's sixteen as a log means them, before they are made readable.
const TERMINAL: [Color32; 16] = [
    Color32::from_rgb(0x3a, 0x3f, 0x47),
    Color32::from_rgb(0xd0, 0x3b, 0x3b),
    Color32::from_rgb(0x2c, 0x9a, 0x4b),
    Color32::from_rgb(0xc0, 0x8a, 0x10),
    Color32::from_rgb(0x3b, 0x78, 0xdd),
    Color32::from_rgb(0xa9, 0x4f, 0xc4),
    Color32::from_rgb(0x1b, 0x96, 0xa6),
    Color32::from_rgb(0xb4, 0xba, 0xc3),
    Color32::from_rgb(0x76, 0x7d, 0x88),
    Color32::from_rgb(0xf0, 0x5f, 0x5c),
    Color32::from_rgb(0x3c, 0xbd, 0x66),
    Color32::from_rgb(0xe3, 0xb3, 0x41),
    Color32::from_rgb(0x62, 0x9c, 0xf4),
    Color32::from_rgb(0xcb, 0x7a, 0xe0),
    Color32::from_rgb(0x3f, 0xbd, 0xcb),
    Color32::from_rgb(0xe6, 0xe9, 0xee),
];

impl Palette {
    /// The colour of text that a log writes with a pen, on this ground. `plain` is that of other text there.
    #[must_use]
    pub fn pen(&self, pen: Pen, plain: Color32, ground: Color32) -> Color32 {
        match pen.colour {
            Some(Colour::Terminal(number)) => {
                let colour = TERMINAL.get(usize::from(number)).copied();
                colour.map_or(plain, |colour| self.readable(colour, ground))
            }
            Some(Colour::Rgb(red, green, blue)) => {
                self.readable(Color32::from_rgb(red, green, blue), ground)
            }
            None if pen.bold => self.readable(self.strong, ground),
            None => plain,
        }
    }

    /// The nearest shade of a colour that reads on a ground.
    fn readable(&self, colour: Color32, ground: Color32) -> Color32 {
        let end = if self.dark {
            Color32::WHITE
        } else {
            Color32::BLACK
        };
        let mixed = |step: u8| {
            let share = f32::from(step) / f32::from(STEPS);
            let mix = Rgba::from(colour) * (1.0 - share) + Rgba::from(end) * share;
            Color32::from(mix)
        };
        let shades = (0..=STEPS).map(mixed);
        shades
            .into_iter()
            .find(|shade| contrast(*shade, ground) >= READABLE)
            .unwrap_or(end)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DARK, LIGHT};
    use super::*;
    use crate::base::level::Gravity;

    /// Whatever a log asks for can be read on every row, chosen ones too: nothing hides in the ground's own colour.
    #[test]
    fn every_pen_reads_on_every_row() {
        let step = |at: u8| 51 * at;
        let cube = (0..216).map(|at| Colour::Rgb(step(at / 36), step(at / 6 % 6), step(at % 6)));
        let all: Vec<_> = cube.chain((0..16).map(Colour::Terminal)).collect();
        for palette in [&DARK, &LIGHT] {
            let grounds = [
                palette.page,
                palette.row_hover,
                palette.selection,
                palette.selection_idle,
                palette.severity(Gravity::Warning).row,
                palette.severity(Gravity::Error).row,
                palette.severity(Gravity::Critical).row,
            ];
            for ground in grounds {
                for colour in all.iter().copied().map(Some).chain([None]) {
                    let pen = Pen { colour, bold: true };
                    let seen = contrast(palette.pen(pen, palette.text, ground), ground);
                    assert!(seen >= READABLE, "{pen:?} on {ground:?}: {seen}");
                }
            }
        }
    }

    #[test]
    fn a_colour_that_reads_stays_as_it_is() {
        let pen = Pen {
            colour: Some(Colour::Rgb(0xff, 0x80, 0x80)),
            bold: false,
        };
        let shown = DARK.pen(pen, DARK.text, DARK.page);
        assert_eq!(shown, Color32::from_rgb(0xff, 0x80, 0x80));
        assert_eq!(DARK.pen(Pen::default(), DARK.weak, DARK.page), DARK.weak);
    }
}
