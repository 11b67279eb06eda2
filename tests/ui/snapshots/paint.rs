//! Paints what the window shows into a picture: triangles with colours and a texture, as a graphics card does, on the
//! processor. No driver and no package takes part, so that a picture is the same on every machine.

use std::collections::HashMap;

use egui::epaint::{Mesh, Primitive, Vertex};
use egui::{Color32, ColorImage, Context, FullOutput, ImageData, Rect, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};

/// The textures of a window: the letters, mostly.
#[derive(Default)]
pub struct Painter(HashMap<TextureId, ColorImage>);

impl TestRenderer for Painter {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, changes) in delta.set.drain() {
            for change in changes {
                let ImageData::Color(part) = change.image;
                match (change.pos, self.0.get_mut(&id)) {
                    (Some(at), Some(texture)) => put(texture, &part, at),
                    _ => {
                        self.0.insert(id, part.as_ref().clone());
                    }
                }
            }
        }
        for id in delta.free.drain() {
            self.0.remove(&id);
        }
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let mut canvas = Canvas {
            scale,
            image: RgbaImage::new(size.x.round() as u32, size.y.round() as u32),
        };
        for part in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = part.primitive else {
                return Err("a callback cannot be painted".to_owned());
            };
            let texture = self.0.get(&mesh.texture_id);
            let texture = texture.ok_or("a texture that nobody made")?;
            canvas.mesh(&mesh, part.clip_rect, texture);
        }
        Ok(canvas.image)
    }
}

/// Replaces a part of a texture.
fn put(texture: &mut ColorImage, part: &ColorImage, at: [usize; 2]) {
    for (row, line) in part.pixels.chunks_exact(part.size[0]).enumerate() {
        let start = (at[1] + row) * texture.size[0] + at[0];
        texture.pixels[start..start + line.len()].copy_from_slice(line);
    }
}

/// The picture, and its pixels per point.
struct Canvas {
    scale: f32,
    image: RgbaImage,
}

impl Canvas {
    fn mesh(&mut self, mesh: &Mesh, clip: Rect, texture: &ColorImage) {
        for corners in mesh.indices.chunks_exact(3) {
            let corners = [0, 1, 2].map(|corner| mesh.vertices[corners[corner] as usize]);
            self.triangle(corners, clip, texture);
        }
    }

    /// Every pixel whose middle is inside of the three corners; one on a side belongs to one of two neighbours.
    fn triangle(&mut self, corners: [Vertex; 3], clip: Rect, texture: &ColorImage) {
        let [a, b, c] = corners.map(|corner| corner.pos * self.scale);
        let area = (b - a).x * (c - a).y - (b - a).y * (c - a).x;
        if area == 0.0 {
            return;
        }
        // All turn the same way from here on.
        let (corners, [a, b, c]) = match area > 0.0 {
            true => (corners, [a, b, c]),
            false => ([corners[0], corners[2], corners[1]], [a, c, b]),
        };
        let area = area.abs();
        let flat = corners
            .iter()
            .all(|corner| (corner.color, corner.uv) == (corners[0].color, corners[0].uv));
        let whole = shade(corners[0].color, texture, corners[0].uv);
        let bounds = Rect::from_points(&[a, b, c]).intersect(clip * self.scale);
        let (width, height) = self.image.dimensions();
        // Clips as a graphics card does: at whole pixels.
        let range = |from: f32, to: f32, most: u32| {
            (from.round().max(0.0) as u32)..(to.round().max(0.0) as u32).min(most)
        };
        let outer = bounds.expand(0.5);
        let inner = clip * self.scale;
        for y in range(
            outer.top().max(inner.top()),
            outer.bottom().min(inner.bottom()),
            height,
        ) {
            for x in range(
                outer.left().max(inner.left()),
                outer.right().min(inner.right()),
                width,
            ) {
                let at = egui::pos2(x as f32 + 0.5, y as f32 + 0.5);
                let weights = [side(b, c, at), side(c, a, at), side(a, b, at)];
                if weights.iter().any(Option::is_none) {
                    continue;
                }
                let color = if flat {
                    whole
                } else {
                    let weights = weights.map(|weight| weight.unwrap_or_default() / area);
                    between(corners, weights, texture)
                };
                blend(self.image.get_pixel_mut(x, y), color);
            }
        }
    }
}

/// Twice the area between a side and a point inside of it; `None` outside. Of the points on the side itself only those of a
/// top or a left one are inside.
fn side(from: egui::Pos2, to: egui::Pos2, at: egui::Pos2) -> Option<f32> {
    let along = to - from;
    let area = along.x * (at - from).y - along.y * (at - from).x;
    let first = along.y < 0.0 || (along.y == 0.0 && along.x > 0.0);
    (area > 0.0 || (area == 0.0 && first)).then_some(area)
}

/// Colours are from 0 to 255, multiplied by their opacity.
type Color = [f32; 4];

fn between(corners: [Vertex; 3], weights: [f32; 3], texture: &ColorImage) -> Color {
    let mut color = [0.0; 4];
    let mut uv = egui::Vec2::ZERO;
    for (corner, weight) in corners.into_iter().zip(weights) {
        uv += corner.uv.to_vec2() * weight;
        for (sum, part) in color.iter_mut().zip(corner.color.to_array()) {
            *sum += f32::from(part) * weight;
        }
    }
    tint(color, texture, uv.to_pos2())
}

fn shade(color: Color32, texture: &ColorImage, uv: egui::Pos2) -> Color {
    tint(color.to_array().map(f32::from), texture, uv)
}

/// A colour times that of the texture, between the four pixels around a place.
fn tint(color: Color, texture: &ColorImage, uv: egui::Pos2) -> Color {
    let [width, height] = texture.size;
    let place = |part: f32, size: usize| {
        let at = part * size as f32 - 0.5;
        let inside = |at: f32| at.clamp(0.0, (size - 1) as f32) as usize;
        (
            inside(at.floor()),
            inside(at.floor() + 1.0),
            at - at.floor(),
        )
    };
    let ((left, right, x), (top, bottom, y)) = (place(uv.x, width), place(uv.y, height));
    let mut out = [0.0; 4];
    for (column, row, share) in [
        (left, top, (1.0 - x) * (1.0 - y)),
        (right, top, x * (1.0 - y)),
        (left, bottom, (1.0 - x) * y),
        (right, bottom, x * y),
    ] {
        let texel = texture.pixels[row * width + column].to_array();
        for at in 0..4 {
            out[at] += color[at] * f32::from(texel[at]) / 255.0 * share;
        }
    }
    out
}

fn blend(pixel: &mut Rgba<u8>, color: Color) {
    let behind = 1.0 - color[3] / 255.0;
    for (old, new) in pixel.0.iter_mut().zip(color) {
        *old = (new + f32::from(*old) * behind).round() as u8;
    }
}
