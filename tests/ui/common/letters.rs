//! Letters that a desktop has.

use egui::epaint::text::{FontInsert, FontPriority, InsertFontFamily};
use egui::{FontData, FontFamily};

/// What the shipped fonts lack comes from the system elsewhere, and here from parts of Noto Sans CJK KR (the syllables of KS
/// X 1001, kana, the Chinese characters of the samples) and Noto Color Emoji: `pyftsubset NotoSansCJK-Regular.ttc
/// --font-number=1 --text-file=... --layout-features='' --no-hinting`.
pub fn letters(ctx: &egui::Context) {
    let fonts: [(_, &[u8]); 2] = [
        (
            "Korean",
            include_bytes!("../snapshots/font/NotoSansCJKkr-part.otf"),
        ),
        (
            "Emoji",
            include_bytes!("../snapshots/font/NotoColorEmoji-part.ttf"),
        ),
    ];
    for (name, bytes) in fonts {
        let families = [
            FontFamily::Proportional,
            FontFamily::Monospace,
            FontFamily::Name("strong".into()),
        ];
        let families = families.map(|family| InsertFontFamily {
            family,
            priority: FontPriority::Lowest,
        });
        let data = FontData::from_static(bytes);
        ctx.add_font(FontInsert::new(name, data, families.to_vec()));
    }
}
