//! The pictures of the pages, in the language and the theme in use, decoded once they come into sight: 1 to 2 ms each, one
//! in a frame.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::Cursor;

use egui::{
    ColorImage, Image, Role, Sense, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui,
    WidgetInfo, vec2,
};

use crate::base::lang::Lang;
use crate::ui::theme::{palette, radius};

/// PNG files of a picture: by language, then light and dark.
type Files = [[&'static [u8]; 2]; 2];

macro_rules! picture {
    ($name:literal) => {
        (
            $name,
            [
                [file!("en", $name, ".png"), file!("en", $name, "-dark.png")],
                [file!("ko", $name, ".png"), file!("ko", $name, "-dark.png")],
            ],
        )
    };
}

macro_rules! file {
    ($lang:literal, $name:literal, $end:literal) => {
        include_bytes!(concat!(
            "../../../../assets/help/",
            $lang,
            "/pictures/",
            $name,
            $end
        ))
    };
}

/// As `tests/ui/snapshots/help.rs` makes them.
const PICTURES: [(&str, Files); 8] = [
    picture!("details"),
    picture!("fields"),
    picture!("filter"),
    picture!("follow"),
    picture!("loggers"),
    picture!("patterns"),
    picture!("plot"),
    picture!("window"),
];

/// What was decoded for the pages that were looked at.
#[derive(Default)]
pub(super) struct Pictures {
    /// By the address of the file, which stays as long as the program.
    textures: HashMap<*const u8, TextureHandle>,
}

impl Pictures {
    /// Shows a picture as wide as there is room, at most as it is. `busy` says that another one was decoded in this frame;
    /// then this one waits for the next, so that no frame takes long.
    pub(super) fn show(&mut self, ui: &mut Ui, name: &str, words: &str, busy: &mut bool) {
        let Some(file) = file(name, ui.visuals().dark_mode) else {
            return;
        };
        let full = size(file);
        let width = full.x.min(ui.available_width());
        let height = full.y * width / full.x.max(1.0);
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words));
        if !ui.is_rect_visible(rect) {
            return;
        }
        match self.texture(ui, file, busy) {
            Some(texture) => Image::from_texture((texture.id(), rect.size())).paint_at(ui, rect),
            None => ui.ctx().request_repaint(),
        }
        let line = Stroke::new(1.0, palette(ui).border);
        let corners = radius::CONTROL;
        ui.painter()
            .rect_stroke(rect, corners, line, StrokeKind::Outside);
    }

    fn texture(&mut self, ui: &Ui, file: &'static [u8], busy: &mut bool) -> Option<&TextureHandle> {
        match self.textures.entry(file.as_ptr()) {
            Entry::Occupied(known) => Some(known.into_mut()),
            Entry::Vacant(_) if std::mem::replace(busy, true) => None,
            Entry::Vacant(place) => {
                // A damaged one is an empty one: it is not tried again in every frame.
                let image = decode(file).unwrap_or_default();
                let ctx = ui.ctx();
                Some(place.insert(ctx.load_texture("help", image, TextureOptions::LINEAR)))
            }
        }
    }
}

/// The file of a picture for the language and the theme in use.
fn file(name: &str, dark: bool) -> Option<&'static [u8]> {
    let (_, [english, korean]) = PICTURES.iter().find(|(other, _)| *other == name)?;
    let [light_file, dark_file] = match Lang::current() {
        Lang::English => english,
        Lang::Korean => korean,
    };
    Some(if dark { dark_file } else { light_file })
}

/// Width and height in pixels, which are points here, as the head of the file has them.
fn size(file: &[u8]) -> egui::Vec2 {
    let number = |at: usize| {
        let bytes = file.get(at..at + 4)?.try_into().ok()?;
        u16::try_from(u32::from_be_bytes(bytes)).ok()
    };
    let [width, height] = [16, 20].map(|at| f32::from(number(at).unwrap_or(0)));
    vec2(width, height)
}

fn decode(file: &[u8]) -> Option<ColorImage> {
    let mut decoder = png::Decoder::new(Cursor::new(file));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().ok()?;
    let mut bytes = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut bytes).ok()?;
    let size = [info.width, info.height].map(|side| side as usize);
    let fits = info.color_type == png::ColorType::Rgb && bytes.len() == size[0] * size[1] * 3;
    fits.then(|| ColorImage::from_rgb(size, &bytes))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::super::pages::{Page, Piece, pieces};
    use super::*;

    fn named(lang: Lang) -> BTreeSet<String> {
        lang.make_current();
        let texts = Page::ALL.into_iter().filter_map(Page::text);
        let named = texts.flat_map(pieces).filter_map(|piece| match piece {
            Piece::Picture { name, words } => {
                assert!(words.chars().count() > 10, "{name} is described");
                Some(name.to_owned())
            }
            Piece::Code(_) => None,
            Piece::Text(text) => {
                assert!(
                    !text.contains("!["),
                    "a picture has a line of its own: {text}"
                );
                None
            }
        });
        let named = named.collect();
        Lang::English.make_current();
        named
    }

    #[test]
    fn every_picture_is_named_and_every_named_one_is_there_in_both_languages() {
        let there: BTreeSet<String> = PICTURES.map(|(name, _)| name.to_owned()).into();
        for (lang, folder) in [(Lang::English, "en"), (Lang::Korean, "ko")] {
            assert_eq!(named(lang), there, "{folder}");
            let help = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/help");
            let files = help.join(folder).join("pictures").read_dir().unwrap();
            let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
            // Those of a failed comparison are called `x.diff.png` and `x.new.png`.
            let files: BTreeSet<String> = files
                .filter(|name| name.matches('.').count() == 1)
                .collect();
            let wanted = there
                .iter()
                .flat_map(|name| [format!("{name}.png"), format!("{name}-dark.png")]);
            assert_eq!(files, wanted.collect(), "{folder}");
        }
    }

    #[test]
    fn every_picture_can_be_decoded_and_is_as_large_as_its_head_says() {
        let mut bytes = 0;
        for (name, files) in &PICTURES {
            for file in files.as_flattened() {
                let image = decode(file).unwrap();
                let [width, height] = image.size.map(|side| side as f32);
                assert_eq!(size(file), vec2(width, height), "{name}");
                assert!(width <= 740.0, "{name} is wider than the page");
                bytes += file.len();
            }
        }
        assert!(bytes <= 600_000, "{bytes} bytes");
        assert_eq!(decode(b"no picture"), None);
        assert_eq!(size(b"no picture"), egui::Vec2::ZERO);
    }
}
