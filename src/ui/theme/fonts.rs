//! The fonts that come with the program, so that it looks the same on every desktop. What they lack (Korean, Chinese,
//! Japanese, emoji) comes from the fonts of the system, character by character.

use std::sync::Arc;

use crate::base::lang::Lang;
use egui::epaint::text::{FontInsert, FontPriority, InsertFontFamily};
use egui::{Context, FontData, FontDefinitions, FontFamily, Id};

/// A font file and its name here.
struct Shipped(&'static str, &'static [u8]);

/// For labels and controls: Inter 4.1, SIL Open Font License.
const INTER: Shipped = Shipped(
    "Inter",
    include_bytes!("../../../assets/fonts/Inter-Regular.ttf"),
);
/// For titles.
const INTER_STRONG: Shipped = Shipped(
    "Inter SemiBold",
    include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf"),
);
/// For log text: JetBrains Mono 2.242 without ligatures, for a log is read letter by letter. SIL Open Font License.
const MONO: Shipped = Shipped(
    "JetBrains Mono NL",
    include_bytes!("../../../assets/fonts/JetBrainsMonoNL-Regular.ttf"),
);

/// The family of titles.
const STRONG: &str = "strong";

/// The family of titles in Latin letters.
pub(super) fn latin_strong() -> FontFamily {
    FontFamily::Name(STRONG.into())
}

/// The family of titles in the language in use. Korean letters come from a font of the system, which has one weight:
/// Latin ones beside them are not to be bolder.
pub(super) fn strong_family() -> FontFamily {
    match Lang::current() {
        Lang::English => latin_strong(),
        Lang::Korean => FontFamily::Proportional,
    }
}

/// The family of the icons.
pub(in crate::ui) fn icon_family() -> FontFamily {
    FontFamily::Name(egui_material_icons::FONT_FAMILY.into())
}

/// Makes these the fonts of the window, once: comparing fonts is dear.
pub(super) fn install(ctx: &Context) {
    let mark = Id::unique("fonts are installed");
    if ctx.data(|data| data.get_temp(mark)) == Some(true) {
        return;
    }
    ctx.data_mut(|data| data.insert_temp(mark, true));
    ctx.set_fonts(definitions());
}

/// Each family with the others behind it: one has arrows or boxes that another lacks.
fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for Shipped(name, bytes) in [INTER, INTER_STRONG, MONO] {
        let data = Arc::new(FontData::from_static(bytes));
        fonts.font_data.insert(name.to_owned(), data);
    }
    for (family, names) in [
        (FontFamily::Proportional, [INTER.0, MONO.0]),
        (FontFamily::Monospace, [MONO.0, INTER.0]),
        (latin_strong(), [INTER_STRONG.0, MONO.0]),
    ] {
        let names = names.map(str::to_owned).to_vec();
        fonts.families.insert(family, names);
    }
    let FontInsert { name, data, .. } = icons();
    fonts.font_data.insert(name.clone(), Arc::new(data));
    fonts.families.insert(icon_family(), vec![name]);
    fonts
}

/// The icon font in its own family alone: its letters and digits are no text.
fn icons() -> FontInsert {
    let mut icons = egui_material_icons::font_insert();
    icons.families = vec![InsertFontFamily {
        family: icon_family(),
        priority: FontPriority::Highest,
    }];
    icons
}
