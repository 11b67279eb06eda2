//! Every colour of the program, twice: for dark and for light surroundings.

use egui::Color32;

use crate::base::level::Gravity;

/// The colours of one theme. Each text colour reads (WCAG AA) on each surface it is meant for; a test computes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Palette {
    /// Whether surroundings are dark.
    pub dark: bool,

    /// Behind the log and behind text boxes: the page.
    pub page: Color32,
    /// Side panels, bars and the table's header.
    pub panel: Color32,
    /// What floats: menus, dialogs, tooltips, cards.
    pub raised: Color32,
    /// Buttons at rest, chips, key caps.
    pub control: Color32,
    /// Something clickable under the pointer.
    pub hover: Color32,
    /// Something clickable being pressed.
    pub pressed: Color32,
    /// Thin lines between areas.
    pub separator: Color32,
    /// Outlines of boxes and controls.
    pub border: Color32,

    /// Titles and what matters most.
    pub strong: Color32,
    /// Body text.
    pub text: Color32,
    /// Secondary text: times, counts, hints. Still reads at AA.
    pub weak: Color32,
    /// Disabled text and placeholders; decorative, exempt from AA.
    pub faint: Color32,

    /// The one accent: focus, active tab, primary button, links.
    pub accent: Color32,
    /// The accent as a quiet background: chips of the active filter, chosen nodes.
    pub accent_soft: Color32,
    /// Text on `accent_soft`.
    pub accent_soft_text: Color32,
    /// Text on `accent`.
    pub on_accent: Color32,
    /// Ring around what has the keyboard.
    pub focus: Color32,

    /// Row under the pointer.
    pub row_hover: Color32,
    /// Chosen rows while the table has the keyboard.
    pub selection: Color32,
    /// Chosen rows while something else has it.
    pub selection_idle: Color32,
    /// Text on a selection.
    pub on_selection: Color32,
    /// Secondary text on a selection.
    pub on_selection_weak: Color32,

    /// Behind text that the filter matched.
    pub filter_match: Color32,
    /// Behind text that Find matched.
    pub find_match: Color32,
    /// Behind the match that Find stands on.
    pub find_current: Color32,
    /// Text on any of the match colours.
    pub on_match: Color32,

    /// Good: done, following.
    pub good: Color32,
    /// A warning's text or icon on page, panel and raised.
    pub warn: Color32,
    /// An error's text or icon on page, panel and raised.
    pub bad: Color32,
    /// Background of a notice that warns.
    pub warn_soft: Color32,
    /// Background of a notice of an error.
    pub bad_soft: Color32,
    /// Background of a notice that informs.
    pub info_soft: Color32,

    /// Scroll bar's thumb at rest.
    pub thumb: Color32,
    /// Scroll bar's thumb under the pointer.
    pub thumb_hover: Color32,
    /// Bars that stand for rows not yet read.
    pub placeholder: Color32,
    /// Shadow below floating things.
    pub shadow: Color32,

    /// The fields of a record where they stand beside each other (format dialog); read on page and raised.
    pub fields: [Color32; 6],

    severity: [Severity; 8],
}

/// How one gravity looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Severity {
    /// Behind a row; the page itself for anything below a warning.
    pub row: Color32,
    /// Behind the badge.
    pub badge: Color32,
    /// The badge's text.
    pub badge_text: Color32,
    /// Text in its colour without a badge, on rows, panels and what lies above them.
    pub ink: Color32,
    /// The message's text on `row`.
    pub text: Color32,
    /// Bars, dots and marks without text.
    pub solid: Color32,
}

impl Palette {
    /// The accent made stronger, for what lies under the pointer or is pressed; text on it reads the better.
    #[must_use]
    pub fn accent_towards_text(&self, strength: f32) -> Color32 {
        self.accent.lerp_to_gamma(self.strong, strength)
    }

    /// The quiet accent under the pointer.
    #[must_use]
    pub fn accent_soft_hover(&self) -> Color32 {
        self.accent_soft.lerp_to_gamma(self.accent, 0.12)
    }

    /// How records of this gravity look.
    #[must_use]
    pub fn severity(&self, gravity: Gravity) -> &Severity {
        let [none, trace, debug, info, notice, warning, error, critical] = &self.severity;
        match gravity {
            Gravity::None => none,
            Gravity::Trace => trace,
            Gravity::Debug => debug,
            Gravity::Info => info,
            Gravity::Notice => notice,
            Gravity::Warning => warning,
            Gravity::Error => error,
            Gravity::Critical => critical,
        }
    }
}

pub(super) const fn hex(rgb: u32) -> Color32 {
    let [_, red, green, blue] = rgb.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

const fn severity(row: u32, badge: u32, badge_text: u32, text: u32, solid: u32) -> Severity {
    Severity {
        row: hex(row),
        badge: hex(badge),
        badge_text: hex(badge_text),
        ink: hex(badge_text),
        text: hex(text),
        solid: hex(solid),
    }
}

/// As [`severity`], where the badge's text reads on nothing but the badge.
const fn loud(look: Severity, ink: u32) -> Severity {
    Severity {
        ink: hex(ink),
        ..look
    }
}

/// For dark surroundings.
pub static DARK: Palette = Palette {
    dark: true,
    page: hex(0x0014_161b),
    panel: hex(0x001a_1d23),
    raised: hex(0x0022_262e),
    control: hex(0x0027_2c35),
    hover: hex(0x002e_343f),
    pressed: hex(0x0036_3d4a),
    separator: hex(0x0026_2a32),
    border: hex(0x0036_3c47),
    strong: hex(0x00ee_f0f4),
    text: hex(0x00d0_d5de),
    weak: hex(0x0098_a1b0),
    faint: hex(0x0062_6b79),
    accent: hex(0x005e_9bf5),
    accent_soft: hex(0x001d_3150),
    accent_soft_text: hex(0x00a9_cbff),
    on_accent: hex(0x000b_1320),
    focus: hex(0x005e_9bf5),
    row_hover: hex(0x001d_2027),
    selection: hex(0x0023_406b),
    selection_idle: hex(0x002b_323e),
    on_selection: hex(0x00f1_f4f9),
    on_selection_weak: hex(0x00c0_cbdc),
    filter_match: hex(0x0019_4d4a),
    find_match: hex(0x0059_4714),
    find_current: hex(0x0086_4a0c),
    on_match: hex(0x00ff_ffff),
    good: hex(0x004f_c38a),
    warn: hex(0x00e5_b04c),
    bad: hex(0x00f4_8482),
    warn_soft: hex(0x0030_2814),
    bad_soft: hex(0x0038_1d20),
    info_soft: hex(0x001a_2a42),
    thumb: hex(0x0040_4753),
    thumb_hover: hex(0x005a_6372),
    placeholder: hex(0x0022_262d),
    shadow: Color32::from_black_alpha(110),
    fields: [
        hex(0x8a_b4_f8),
        hex(0xf2_c9_6d),
        hex(0x81_c9_95),
        hex(0xd7_ae_fb),
        hex(0x78_d9_ec),
        hex(0xff_9e_80),
    ],
    severity: [
        severity(
            0x0014_161b,
            0x0022_262e,
            0x0098_a1b0,
            0x00d0_d5de,
            0x0052_5b69,
        ),
        severity(
            0x0014_161b,
            0x0020_242b,
            0x0095_9eac,
            0x00a9_b1be,
            0x004b_5462,
        ),
        severity(
            0x0014_161b,
            0x0023_2833,
            0x009d_abc2,
            0x00b7_bfcb,
            0x0066_7690,
        ),
        severity(
            0x0014_161b,
            0x001a_2c44,
            0x0086_b7f5,
            0x00d0_d5de,
            0x004a_86d8,
        ),
        severity(
            0x0014_161b,
            0x0016_332e,
            0x0069_c9b3,
            0x00d0_d5de,
            0x0037_a18b,
        ),
        severity(
            0x001f_1c15,
            0x003d_3013,
            0x00ee_bd5f,
            0x00ea_dcbf,
            0x00d9_a033,
        ),
        severity(
            0x0025_181b,
            0x0048_2024,
            0x00ff_9c98,
            0x00f5_d3d2,
            0x00e5_5b57,
        ),
        loud(
            severity(
                0x0030_171d,
                0x00c9_303e,
                0x00ff_ffff,
                0x00ff_dede,
                0x00f0_3e5f,
            ),
            0x00ff_8f9f,
        ),
    ],
};

/// For light surroundings.
pub static LIGHT: Palette = Palette {
    dark: false,
    page: hex(0x00ff_ffff),
    panel: hex(0x00f6_f7f9),
    raised: hex(0x00ff_ffff),
    control: hex(0x00ec_eef2),
    hover: hex(0x00e3_e6ec),
    pressed: hex(0x00d8_dce4),
    separator: hex(0x00e4_e7ec),
    border: hex(0x00ce_d3db),
    strong: hex(0x0011_151b),
    text: hex(0x0029_303a),
    weak: hex(0x0059_626f),
    faint: hex(0x009a_a2ae),
    accent: hex(0x0020_62d4),
    accent_soft: hex(0x00e1_ecfd),
    accent_soft_text: hex(0x0019_4fae),
    on_accent: hex(0x00ff_ffff),
    focus: hex(0x0020_62d4),
    row_hover: hex(0x00f4_f6f8),
    selection: hex(0x00cf_e1fb),
    selection_idle: hex(0x00e3_e7ed),
    on_selection: hex(0x000f_1a2b),
    on_selection_weak: hex(0x0042_4e61),
    filter_match: hex(0x00b9_ebe3),
    find_match: hex(0x00ff_e68f),
    find_current: hex(0x00ff_bd5c),
    on_match: hex(0x0014_181e),
    good: hex(0x0012_774a),
    warn: hex(0x0085_5706),
    bad: hex(0x00b9_2c2c),
    warn_soft: hex(0x00fe_f4da),
    bad_soft: hex(0x00fd_e8e7),
    info_soft: hex(0x00e6_effd),
    thumb: hex(0x00c3_c9d2),
    thumb_hover: hex(0x00a0_a8b4),
    placeholder: hex(0x00ec_eef1),
    shadow: Color32::from_black_alpha(38),
    fields: [
        hex(0x1a_56_b0),
        hex(0x85_55_00),
        hex(0x1b_6e_3c),
        hex(0x7b_2f_b5),
        hex(0x00_65_78),
        hex(0xad_3a_14),
    ],
    severity: [
        severity(
            0x00ff_ffff,
            0x00ee_f0f3,
            0x0059_626f,
            0x0029_303a,
            0x00aa_b1bc,
        ),
        severity(
            0x00ff_ffff,
            0x00f0_f2f4,
            0x005c_6571,
            0x0059_626f,
            0x00b7_bec8,
        ),
        severity(
            0x00ff_ffff,
            0x00e8_ecf3,
            0x004a_5a77,
            0x0047_505d,
            0x008b_9ab5,
        ),
        severity(
            0x00ff_ffff,
            0x00e0_ecfc,
            0x001d_56b0,
            0x0029_303a,
            0x005a_93e0,
        ),
        severity(
            0x00ff_ffff,
            0x00dc_f3ed,
            0x0010_6653,
            0x0029_303a,
            0x003f_ab94,
        ),
        severity(
            0x00ff_fae9,
            0x00fd_ebbd,
            0x0078_4c04,
            0x003d_3216,
            0x00dd_a31f,
        ),
        severity(
            0x00fe_f1f0,
            0x00fb_d9d7,
            0x00a5_2020,
            0x0056_1a1a,
            0x00d9_4a47,
        ),
        loud(
            severity(
                0x00fd_e6e9,
                0x00bd_1f36,
                0x00ff_ffff,
                0x005c_0f1b,
                0x00bd_1f36,
            ),
            0x00a8_182e,
        ),
    ],
};
