//! Plain text without laying it out. Log text is mostly ASCII in one monospaced font; shaping it anew for every row that
//! scrolls into view costs ten times what stamping known glyphs side by side does.

use std::ops::Range;
use std::sync::Arc;

use egui::epaint::Mesh;
use egui::epaint::text::RowVisuals;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, FontId, Galley, Id, Pos2, Rect, Ui, pos2, vec2};

/// Glyphs are drawn at quarters of a pixel, as egui does it.
const BINS: usize = 4;
/// What the sheet has: printable ASCII and the sign that says there is more.
const FIRST: u8 = b' ';
const LAST: u8 = b'~';
const MORE: char = '…';
/// Index of [`MORE`].
const MORE_AT: usize = (LAST - FIRST) as usize + 1;

/// The glyphs of a font, as they are in egui's atlas now.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Laid out anew in every frame. As long as egui answers with the very same galley, its atlas is the same too.
    probe: Arc<Galley>,
    glyphs: Vec<[Stamp; BINS]>,
    /// Width of every glyph in points.
    advance: f32,
}

/// One glyph at one quarter of a pixel.
#[derive(Debug, Clone, Copy)]
struct Stamp {
    /// Relative to the whole pixel left of it and to the top of the row.
    rect: Rect,
    /// In texels; nothing for a space.
    uv: Rect,
}

impl Sheet {
    /// The sheet of a font for this frame; `None` if its glyphs are not all equally wide.
    pub(super) fn of(ui: &Ui, font: &FontId) -> Option<Arc<Self>> {
        let id = Id::unique(("glyph sheet", font, ui.pixels_per_point().to_bits()));
        let probe = ui
            .painter()
            .layout_no_wrap("0".to_owned(), font.clone(), Color32::PLACEHOLDER);
        let kept: Option<Option<Arc<Self>>> = ui.data(|data| data.get_temp(id));
        match kept {
            Some(Some(sheet)) if Arc::ptr_eq(&sheet.probe, &probe) => return Some(sheet),
            _ => {}
        }
        let sheet = Self::new(ui, font, probe).map(Arc::new);
        ui.data_mut(|data| data.insert_temp(id, sheet.clone()));
        sheet
    }

    fn new(ui: &Ui, font: &FontId, probe: Arc<Galley>) -> Option<Self> {
        let scale = probe.pixels_per_point;
        let first = *probe.rows.first()?.glyphs.first()?;
        let mut job = LayoutJob {
            wrap: TextWrapping::no_max_width(),
            break_on_newline: false,
            ..LayoutJob::default()
        };
        let format = TextFormat::simple(font.clone(), Color32::PLACEHOLDER);
        let (mut cursor, mut letter) = (0.0_f32, [0; 4]);
        for character in (FIRST..=LAST).map(char::from).chain([MORE]) {
            for bin in 0..BINS {
                let place = cursor.ceil() + 1.0 + bin as f32 / BINS as f32;
                let space = (place - cursor) / scale;
                job.append(character.encode_utf8(&mut letter), space, format.clone());
                cursor = place + first.advance_width * scale;
            }
        }
        let galley = ui.painter().layout_job(job);
        let mut glyphs = Vec::with_capacity(MORE_AT + 1);
        for bins in galley.rows.first()?.glyphs.chunks_exact(BINS) {
            let even = |glyph: &egui::epaint::text::Glyph| {
                (glyph.advance_width - first.advance_width).abs() < 1e-3
                    && glyph.pos.y == first.pos.y
                    && !glyph.is_color
            };
            if !bins.iter().all(even) {
                return None;
            }
            let stamp = |glyph: &egui::epaint::text::Glyph| {
                let at = round(glyph.pos + glyph.uv_rect.offset, scale);
                let [min, max] = [glyph.uv_rect.min, glyph.uv_rect.max]
                    .map(|[x, y]| pos2(f32::from(x), f32::from(y)));
                Stamp {
                    rect: Rect::from_min_size(at - vec2(glyph.pos.x, 0.0), glyph.uv_rect.size),
                    uv: Rect::from_min_max(min, max),
                }
            };
            let [a, b, c, d] = bins else { return None };
            glyphs.push([stamp(a), stamp(b), stamp(c), stamp(d)]);
        }
        (glyphs.len() == MORE_AT + 1).then_some(Self {
            probe,
            glyphs,
            advance: first.advance_width,
        })
    }

    /// Whether a text can be stamped.
    pub(super) fn has(text: &str) -> bool {
        text.bytes().all(|byte| (FIRST..=LAST).contains(&byte))
    }

    /// A galley as egui lays it out, with `…` in its own colour behind it if there is more. The colours are those of the
    /// text's stretches, in order and without gaps.
    pub(super) fn galley(
        &self,
        text: &str,
        colors: &[(Range<usize>, Color32)],
        more: Option<Color32>,
    ) -> Galley {
        let mut galley = Galley::clone(&self.probe);
        let scale = galley.pixels_per_point;
        let part = |(range, color): &(Range<usize>, Color32)| {
            let color = *color;
            let part = text.get(range.clone()).unwrap_or_default();
            part.bytes()
                .map(move |byte| (usize::from(byte.saturating_sub(FIRST)), color))
        };
        let places = colors.iter().flat_map(part);
        let places = places.chain(more.map(|color| (MORE_AT, color)));
        let mut mesh = Mesh::default();
        mesh.vertices.reserve(4 * (text.len() + 1));
        mesh.indices.reserve(6 * (text.len() + 1));
        let (mut cursor, mut left) = (0.0_f32, 0.0);
        for (glyph, color) in places {
            let quarters = (cursor * BINS as f32).round() as usize;
            left = (quarters / BINS) as f32 / scale;
            cursor += self.advance * scale;
            let stamp = self.glyphs.get(glyph).map(|bins| bins[quarters % BINS]);
            if let Some(stamp) = stamp.filter(|stamp| stamp.uv.is_positive()) {
                let rect = stamp.rect.translate(vec2(left, 0.0));
                mesh.add_rect_with_uv(rect, stamp.uv, color);
            }
        }
        galley.num_vertices = mesh.vertices.len();
        galley.num_indices = mesh.indices.len();
        galley.mesh_bounds = mesh.calc_bounds();
        galley.rect.max.x = if cursor > 0.0 {
            left + self.advance
        } else {
            0.0
        };
        if let Some(placed) = galley.rows.first_mut() {
            let mut row = egui::epaint::text::Row::clone(&placed.row);
            row.glyphs = Vec::new();
            row.size.x = galley.rect.max.x;
            row.visuals = RowVisuals {
                mesh_bounds: galley.mesh_bounds,
                glyph_index_start: 0,
                glyph_vertex_range: 0..mesh.vertices.len(),
                mesh,
            };
            placed.row = Arc::new(row);
        }
        galley
    }
}

fn round(at: Pos2, scale: f32) -> Pos2 {
    pos2(
        (at.x * scale).round() / scale,
        (at.y * scale).round() / scale,
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::ui::theme;
    use egui::{Context, RawInput};

    /// What egui makes of the same text.
    fn laid_out(ui: &Ui, text: &str, more: Option<Color32>) -> Arc<Galley> {
        let mut job = LayoutJob {
            wrap: TextWrapping::no_max_width(),
            break_on_newline: false,
            ..LayoutJob::default()
        };
        job.append(text, 0.0, TextFormat::simple(theme::mono(), Color32::RED));
        if let Some(color) = more {
            job.append("…", 0.0, TextFormat::simple(theme::mono(), color));
        }
        ui.painter().layout_job(job)
    }

    #[test]
    fn stamped_text_is_the_text_that_egui_lays_out() {
        let ctx = Context::default();
        theme::apply(&ctx, theme::Theme::Dark);
        let every: String = (FIRST..=LAST).map(char::from).collect();
        for scale in [1.0, 1.25, 1.5, 2.0] {
            ctx.set_pixels_per_point(scale);
            // The scale is taken over by the next pass.
            ctx.run_ui(RawInput::default(), |_| {})
                .textures_delta
                .clear();
            let mut output = ctx.run_ui(RawInput::default(), |ui| {
                let sheet = Sheet::of(ui, &theme::mono()).unwrap();
                assert!(Arc::ptr_eq(&sheet, &Sheet::of(ui, &theme::mono()).unwrap()));
                for text in [
                    &every,
                    "x",
                    " indented",
                    "fi ffi -> != www //",
                    &every.repeat(9),
                ] {
                    for more in [None, Some(Color32::GREEN)] {
                        let ours = sheet.galley(text, &[(0..text.len(), Color32::RED)], more);
                        let theirs = laid_out(ui, text, more);
                        let (ours_row, theirs_row) = (&ours.rows[0], &theirs.rows[0]);
                        let (mesh, expected) = (&ours_row.visuals.mesh, &theirs_row.visuals.mesh);
                        assert_eq!(mesh.indices, expected.indices, "{scale} {text}");
                        let pairs = mesh.vertices.iter().zip(&expected.vertices);
                        // A quarter of a pixel may fall to the other side where sums round differently.
                        let moved = pairs.filter(|(a, b)| {
                            a.color != b.color || a.uv != b.uv || a.pos.distance(b.pos) > 0.01
                        });
                        assert!(moved.count() * 100 <= mesh.vertices.len(), "{scale} {text}");
                        assert!(
                            (ours.rect.right() - theirs.rect.right()).abs() < 1.01,
                            "{scale} {text}"
                        );
                        assert_eq!(ours.rect.height(), theirs.rect.height());
                        assert_eq!(ours_row.pos, theirs_row.pos);
                    }
                }
            });
            output.textures_delta.clear();
        }
    }

    #[test]
    fn each_part_of_a_text_has_its_colour() {
        let ctx = Context::default();
        theme::apply(&ctx, theme::Theme::Dark);
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            let sheet = Sheet::of(ui, &theme::mono()).unwrap();
            let (red, blue) = (Color32::RED, Color32::BLUE);
            let galley = sheet.galley("took 12ms", &[(0..5, red), (5..9, blue)], Some(red));
            let mesh = &galley.rows[0].visuals.mesh;
            // Four corners for each letter but the blank.
            let colors: Vec<_> = mesh.vertices.iter().step_by(4).map(|it| it.color).collect();
            assert_eq!(colors, [red, red, red, red, blue, blue, blue, blue, red]);
        });
        output.textures_delta.clear();
    }

    #[test]
    fn only_plain_text_is_stamped() {
        for (text, expected) in [
            ("", true),
            ("a ~", true),
            ("a\tb", false),
            ("로그", false),
            ("…", false),
        ] {
            assert_eq!(Sheet::has(text), expected, "{text:?}");
        }
    }
}
