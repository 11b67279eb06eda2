//! The pictures in the pages of the help: parts of the window, in few colours. What the pages show of one is as wide as the
//! page, so that these windows are too.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::Arc;

use egui::{Align2, FontFamily, FontId, Id, LayerId, Order, Pos2, Rect, Vec2, pos2, vec2};
use egui_kittest::try_image_snapshot_options;
use image::RgbaImage;

use super::*;

/// Points, and pixels: of the pictures too.
const WIDTH: f32 = 740.0;

/// A picture: its name, the window's size in points, what is in it, and which part of it is meant.
struct Shot {
    name: &'static str,
    size: Vec2,
    show: fn(&mut Window, Look),
    part: fn(&mut Window) -> Rect,
}

const SHOTS: [Shot; 8] = [
    Shot {
        name: "window",
        size: vec2(1040.0, 660.0),
        show: with_numbers,
        part: |window| window.harness.ctx.content_rect(),
    },
    Shot {
        name: "filter",
        size: vec2(WIDTH, 500.0),
        show: |window, _| {
            window.ctrl_shift(Key::F);
            window.type_text("level>=warning memory");
            window.press(Key::Enter);
            fewer(window);
        },
        part: |window| {
            let box_ = window.wait_role(Role::TextInput, "");
            strip(box_.top() - 6.0, timeline(window).top())
        },
    },
    Shot {
        name: "loggers",
        size: vec2(WIDTH, 500.0),
        show: |window, _| {
            window.ctrl(Key::J);
            window.click_role(Role::TreeItem, "moa.db");
            fewer(window);
        },
        part: |window| below_timeline(window, 240.0),
    },
    Shot {
        name: "fields",
        size: vec2(WIDTH, 560.0),
        show: |window, _| {
            window.ctrl(Key::J);
            window.ctrl_shift(Key::L);
            window.wait_role(Role::TreeItem, "gpu0");
            window.click_role(Role::TreeItem, "gpu0");
            window.wait_says("1,782");
        },
        part: |window| below_timeline(window, 290.0),
    },
    Shot {
        name: "plot",
        size: vec2(WIDTH, 640.0),
        show: |window, look| {
            window.ctrl_shift(Key::L);
            window.wait_role(Role::TreeItem, "gpu0");
            window.click_role(Role::TreeItem, "gpu0");
            window.click(look.says("Plot gpu0 over time", "시간에 따른 gpu0 그래프"));
            window.ctrl(Key::B);
        },
        part: |window| strip(timeline(window).top() - 2.0, table(window) - 4.0),
    },
    Shot {
        name: "patterns",
        size: vec2(WIDTH, 640.0),
        show: |window, _| {
            window.ctrl(Key::B);
            window.ctrl_shift(Key::G);
            window.wait_says("connection <*> of <*> taken");
        },
        part: |window| {
            let list = window.wait_role(Role::ListBox, "");
            strip(list.top() - 60.0, list.bottom() + 4.0)
        },
    },
    Shot {
        name: "details",
        size: vec2(WIDTH, 720.0),
        show: |window, _| {
            window.ctrl(Key::B);
            at_the_error(window);
        },
        part: |window| {
            let bottom = window.harness.ctx.content_rect().bottom() - 27.0;
            strip(bottom - 220.0, bottom)
        },
    },
    Shot {
        name: "follow",
        size: vec2(WIDTH, 360.0),
        show: |window, _| {
            window.ctrl(Key::B);
            window.ctrl(Key::J);
            window.press(Key::F);
            window.settle();
            window.wheel(300.0);
            let more = fs::read_to_string(&Folder::shared().logs[0]).unwrap();
            let more: Vec<&str> = more.lines().take(12).collect();
            let log = window.tab().path.clone();
            let mut log = fs::File::options().append(true).open(log).unwrap();
            writeln!(log, "{}", more.join("\n")).unwrap();
            window.wait("more records", |window| {
                let source = window.tab().source.as_ref();
                source.is_some_and(|source| source.snapshot.len() > 3300)
            });
        },
        part: |_| strip(0.0, 333.0),
    },
];

impl Look {
    fn says(self, english: &'static str, korean: &'static str) -> &'static str {
        match self.lang {
            Lang::English => english,
            Lang::Korean => korean,
        }
    }
}

fn strip(top: f32, bottom: f32) -> Rect {
    Rect::from_min_max(pos2(0.0, top), pos2(WIDTH, bottom))
}

fn timeline(window: &mut Window) -> Rect {
    window.wait_role(Role::Figure, "")
}

/// The upper end of the table with its header.
fn table(window: &mut Window) -> f32 {
    window.wait_role(Role::ColumnHeader, "").top()
}

fn below_timeline(window: &mut Window, height: f32) -> Rect {
    let top = timeline(window).bottom();
    strip(top, top + height)
}

/// Waits until a filter holds.
fn fewer(window: &mut Window) {
    window.wait("fewer rows", |window| {
        let view = window.tab().view.as_ref();
        view.is_some_and(|view| view.complete && view.rows.len() < 3300)
    });
    window.settle();
}

fn at_the_error(window: &mut Window) {
    window.ctrl(Key::G);
    window.type_text("1765");
    window.press(Key::Enter);
    window.wait_chosen("request 0ebcf66c failed");
    window.settle();
    window.wait_says("The above exception was the direct cause");
}

/// The whole window, with the numbers that the page explains.
fn with_numbers(window: &mut Window, look: Look) {
    at_the_error(window);
    let status = window.harness.ctx.content_rect().bottom() - 14.0;
    let tree = window.wait_role(Role::Tree, "");
    let box_ = window.wait_role(Role::TextInput, "");
    let rows = window.rows();
    let details = window.wait_place(look.says("Record", "레코드"));
    let places: [Pos2; 6] = [
        pos2(box_.right() - 18.0, box_.center().y),
        timeline(window).center() + vec2(260.0, 0.0),
        pos2(tree.center().x, tree.bottom() - 60.0),
        rows.iter().map(|row| row.rect.center()).nth(3).unwrap() + vec2(320.0, 0.0),
        details.center() + vec2(540.0, 60.0),
        pos2(740.0, status),
    ];
    let dark = look.theme == Theme::Dark;
    let paint = move |ctx: &egui::Context| {
        let layer = LayerId::new(Order::Debug, Id::unique("numbers"));
        let painter = ctx.layer_painter(layer);
        let (ground, text) = match dark {
            true => (egui::Color32::from_rgb(255, 214, 90), egui::Color32::BLACK),
            false => (egui::Color32::from_rgb(190, 60, 0), egui::Color32::WHITE),
        };
        for (number, place) in (1..).zip(places) {
            painter.circle_filled(place, 13.0, ground);
            let font = FontId::new(17.0, FontFamily::Name("strong".into()));
            painter.text(place, Align2::CENTER_CENTER, number.to_string(), font, text);
        }
    };
    window
        .harness
        .ctx
        .on_end_pass("numbers", Arc::new(move |ui| paint(ui.ctx())));
}

#[test]
fn the_pictures_of_the_help() {
    let folder = Folder::shared();
    let mut wrong = Vec::new();
    for (shot, look) in SHOTS.iter().flat_map(|shot| LOOKS.map(|look| (shot, look))) {
        let desk = Desk::at(&folder.join("help"));
        let builder = common::usual()
            .with_size(shot.size)
            .with_pixels_per_point(WIDTH / shot.size.x);
        // One of them is written to.
        let log = desk.path("inference-service.log");
        fs::copy(&folder.logs[0], &log).unwrap();
        let mut window = look.build(&desk, &[&log], builder);
        (shot.show)(&mut window, look);
        rest(&mut window);
        let part = (shot.part)(&mut window);
        let picture = window.harness.render().unwrap();
        let picture = few_colours(&cut(&picture, part * (WIDTH / shot.size.x)));
        window.quit();
        wrong.extend(same(&picture, shot.name, look).err());
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

fn cut(picture: &RgbaImage, part: Rect) -> RgbaImage {
    let [x, y, width, height] =
        [part.left(), part.top(), part.width(), part.height()].map(|points| points.round() as u32);
    image::imageops::crop_imm(picture, x, y, width, height).to_image()
}

/// Compares a picture with the one that the pages have.
fn same(picture: &RgbaImage, name: &str, look: Look) -> Result<(), SnapshotError> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/help");
    let folder = folder.join(look.says("en", "ko")).join("pictures");
    let name = match look.theme {
        Theme::Light => name.to_owned(),
        Theme::Dark => format!("{name}-dark"),
    };
    // One pixel that is a shade off can change which few colours there are, and so many pixels by a few shades.
    let options = SnapshotOptions::new()
        .output_path(&folder)
        .threshold(30.0)
        .max_failed_pixels(200);
    let result = try_image_snapshot_options(picture, &name, &options);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{name}.png")), indexed(picture)).unwrap();
    }
    result
}

/// So many colours are enough for letters with soft edges on a few grounds; those that most pixels have are as they are.
const COLOURS: usize = 112;
const EXACT: usize = 32;

/// The picture in the colours that it has most of, each other one by the nearest of them.
fn few_colours(picture: &RgbaImage) -> RgbaImage {
    let picture = &opaque(picture);
    let most = most(picture);
    let mut palette: Vec<[u8; 4]> = Vec::new();
    // Of the others not two that nobody tells apart, or the shades of the grounds would be all.
    for (colour, _) in &most {
        let alone = || palette.iter().all(|other| distance(*colour, *other) > 200);
        if palette.len() < EXACT || (palette.len() < COLOURS && alone()) {
            palette.push(*colour);
        }
    }
    let nearest = |colour: [u8; 4]| {
        *palette
            .iter()
            .min_by_key(|it| distance(colour, **it))
            .unwrap()
    };
    let known: HashMap<[u8; 4], [u8; 4]> = most
        .iter()
        .map(|(colour, _)| (*colour, nearest(*colour)))
        .collect();
    let mut out = picture.clone();
    for pixel in out.pixels_mut() {
        pixel.0 = known[&pixel.0];
    }
    out
}

/// The colours of a picture with how many pixels have them, the most of them first.
fn most(picture: &RgbaImage) -> Vec<([u8; 4], u32)> {
    let mut counts: HashMap<[u8; 4], u32> = HashMap::new();
    for pixel in picture.pixels() {
        *counts.entry(pixel.0).or_default() += 1;
    }
    let mut most: Vec<([u8; 4], u32)> = counts.into_iter().collect();
    most.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    most
}

/// Where two parts of the window meet between two pixels, what is behind both shines through: nothing is there.
fn opaque(picture: &RgbaImage) -> RgbaImage {
    let ground = most(picture)[0].0;
    let mut out = picture.clone();
    for pixel in out.pixels_mut() {
        let behind = f32::from(255 - pixel.0[3]) / 255.0;
        for (part, ground) in pixel.0.iter_mut().zip(ground) {
            *part = (f32::from(*part) + f32::from(ground) * behind).round() as u8;
        }
    }
    out
}

fn distance(one: [u8; 4], other: [u8; 4]) -> u32 {
    let parts = one.into_iter().zip(other);
    parts
        .map(|(one, other)| u32::from(one.abs_diff(other)).pow(2))
        .sum()
}

/// A PNG with a palette.
fn indexed(picture: &RgbaImage) -> Vec<u8> {
    let mut palette: Vec<[u8; 4]> = Vec::new();
    let mut indices = Vec::new();
    for pixel in picture.pixels() {
        let known = palette.iter().position(|colour| *colour == pixel.0);
        let index = known.unwrap_or_else(|| {
            palette.push(pixel.0);
            palette.len() - 1
        });
        indices.push(u8::try_from(index).unwrap());
    }
    let filters = [png::Filter::NoFilter, png::Filter::Up];
    let encoded = filters.map(|filter| {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, picture.width(), picture.height());
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(
            palette
                .iter()
                .flat_map(|[r, g, b, _]| [*r, *g, *b])
                .collect::<Vec<_>>(),
        );
        encoder.set_compression(png::Compression::High);
        encoder.set_filter(filter);
        encoder
            .write_header()
            .unwrap()
            .write_image_data(&indices)
            .unwrap();
        out
    });
    encoded.into_iter().min_by_key(Vec::len).unwrap()
}
