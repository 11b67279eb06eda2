//! The quiet colours of parts of a message, and the colours that a user marks with.

use egui::Color32;

use super::Palette;
use super::palette::hex;
use crate::base::dye::Dye;
use crate::base::text::Tone;

/// How one of the colours for marking looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DyeLook {
    /// Behind a whole row: every text of a row reads on it.
    pub row: Color32,
    /// Behind a part of a text, which is written in [`Palette::on_match`].
    pub mark: Color32,
    /// Without text: the edge of a row, a patch to choose from.
    pub solid: Color32,
}

/// Numbers and the like, names and places, quoted texts, statuses 4xx, statuses 5xx.
struct Inks {
    value: Color32,
    name: Color32,
    quoted: Color32,
    refused: Color32,
    failed: Color32,
}

static DARK_INKS: Inks = Inks {
    value: hex(0x009c_c4f5),
    name: hex(0x0086_cfc6),
    quoted: hex(0x00cd_bf8f),
    refused: hex(0x00e8_b862),
    failed: hex(0x00ff_9f9b),
};

static LIGHT_INKS: Inks = Inks {
    value: hex(0x001f_4e9a),
    name: hex(0x000d_5c58),
    quoted: hex(0x006a_4a08),
    refused: hex(0x007a_4a00),
    failed: hex(0x00a0_1d20),
};

const fn look(row: u32, mark: u32, solid: u32) -> DyeLook {
    DyeLook {
        row: hex(row),
        mark: hex(mark),
        solid: hex(solid),
    }
}

/// In the order of [`Dye::ALL`].
static DARK_DYES: [DyeLook; 9] = [
    look(0x0043_1919, 0x00ab_2b2b, 0x00dd_5e5e),
    look(0x0040_2918, 0x008a_4f22, 0x00ca_702b),
    look(0x0034_2e14, 0x006d_5c1b, 0x00a8_8e24),
    look(0x0014_3416, 0x001b_6c22, 0x0024_a82f),
    look(0x0013_3332, 0x001a_6866, 0x0024_a8a4),
    look(0x0019_2b43, 0x0029_5ea3, 0x004a_88d9),
    look(0x0028_1943, 0x005a_2bab, 0x009a_71e1),
    look(0x0043_1933, 0x00a6_2a79, 0x00db_53a9),
    look(0x002b_2d31, 0x005a_5e66, 0x0082_8790),
];

static LIGHT_DYES: [DyeLook; 9] = [
    look(0x00fa_dbdb, 0x00f8_a9a9, 0x00e6_4c4c),
    look(0x00f9_e3d2, 0x00f4_af79, 0x00db_701f),
    look(0x00f9_f1d2, 0x00f0_cd42, 0x00a7_8a18),
    look(0x00d2_f9d6, 0x0042_f051, 0x0017_a323),
    look(0x00d2_f9f7, 0x0042_f0ea, 0x0016_9d99),
    look(0x00d3_e4f9, 0x0097_c1f7, 0x004c_8ee5),
    look(0x00e8_defa, 0x00cc_b2f9, 0x0085_4ce6),
    look(0x00fa_d9ed, 0x00f8_a3d8, 0x00e6_4cad),
    look(0x00e4_e5e7, 0x00bb_bec3, 0x0089_8d96),
];

impl Palette {
    /// The colour in which a part of a message is written. It reads on every row.
    #[must_use]
    pub fn tone(&self, tone: Tone) -> Color32 {
        let inks = if self.dark { &DARK_INKS } else { &LIGHT_INKS };
        match tone {
            Tone::Number
            | Tone::Constant
            | Tone::Address
            | Tone::Id
            | Tone::Status(0..=3 | 6..) => inks.value,
            Tone::Path | Tone::Url | Tone::Key | Tone::Method => inks.name,
            Tone::Quoted => inks.quoted,
            Tone::Status(4) => inks.refused,
            Tone::Status(5) => inks.failed,
        }
    }

    /// How a colour for marking looks.
    #[must_use]
    pub fn dye(&self, dye: Dye) -> &'static DyeLook {
        let dyes = if self.dark { &DARK_DYES } else { &LIGHT_DYES };
        let [first, ..] = dyes;
        dyes.get(dye as usize).unwrap_or(first)
    }
}
