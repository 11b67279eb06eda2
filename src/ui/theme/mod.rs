//! The look of the program: the only place with colours, distances, radii and letter sizes.
//!
//! Calm and dense, so that the log's own colours (warnings, errors, matches) are the loudest thing on the screen.

use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle,
    ThemePreference, Ui, Vec2, Visuals, vec2,
};

mod fonts;
mod inks;
mod palette;
mod pens;
#[cfg(test)]
mod tests;

pub(in crate::ui) use fonts::icon_family;
pub use inks::DyeLook;
pub use palette::{DARK, LIGHT, Palette, Severity};

/// Which of the two palettes is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// As the desktop says.
    #[default]
    System,
    /// Light surroundings.
    Light,
    /// Dark surroundings.
    Dark,
}

/// How close together rows and controls are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Density {
    /// With room to read.
    #[default]
    Normal,
    /// As many rows as fit.
    Compact,
}

impl Density {
    /// Height of a row of the log and of the logger tree in points.
    #[must_use]
    pub fn row(self) -> f32 {
        match self {
            Self::Normal => space::ROW,
            Self::Compact => 17.0,
        }
    }

    /// Points above and below the word on a button.
    fn button_padding(self) -> f32 {
        match self {
            Self::Normal => 3.0,
            Self::Compact => 1.0,
        }
    }

    /// Height of a control in points.
    fn control(self) -> f32 {
        match self {
            Self::Normal => 22.0,
            Self::Compact => 20.0,
        }
    }
}

/// Letter sizes in points.
pub mod size {
    /// Panels, buttons, menus.
    pub const UI: f32 = 13.0;
    /// Log text.
    pub const MONO: f32 = 12.5;
    /// Counts, hints, table headers, badges.
    pub const SMALL: f32 = 11.0;
    /// Titles of dialogs and of the start page's sections.
    pub const HEADING: f32 = 16.0;
    /// The program's own name on the start page.
    pub const NAME: f32 = 26.0;
}

/// Distances in points.
pub mod space {
    /// Between things that belong together.
    pub const XS: f32 = 2.0;
    /// Between neighbours.
    pub const S: f32 = 4.0;
    /// Between groups; inside of panels.
    pub const M: f32 = 8.0;
    /// Between sections.
    pub const L: f32 = 16.0;
    /// Height of a row of the log and of the logger tree, where it is not compact.
    pub const ROW: f32 = 20.0;
    /// Height of the table's header, of bars and of tabs.
    pub const BAR: f32 = 26.0;
    /// Width of a scroll bar.
    pub const SCROLL: f32 = 12.0;
}

/// Corner radii in points.
pub mod radius {
    /// Badges, matches, small marks.
    pub const SMALL: u8 = 3;
    /// Buttons, chips, text boxes.
    pub const CONTROL: u8 = 5;
    /// Menus, dialogs, cards.
    pub const WINDOW: u8 = 6;
}

/// Seconds the pointer rests before a tooltip shows.
const TOOLTIP_DELAY: f32 = 0.5;
/// Most points of a tooltip's line, where the window is wide enough.
const TOOLTIP_WIDTH: f32 = 520.0;
/// Seconds of an animation; short, because a tool should feel immediate.
const ANIMATION: f32 = 0.08;

/// The colours in use.
#[must_use]
pub fn palette(ui: &Ui) -> &'static Palette {
    palette_of(ui.visuals().dark_mode)
}

/// The colours for dark or light surroundings.
#[must_use]
pub fn palette_of(dark: bool) -> &'static Palette {
    if dark { &DARK } else { &LIGHT }
}

/// Font of log text.
#[must_use]
pub fn mono() -> FontId {
    FontId::new(size::MONO, FontFamily::Monospace)
}

/// Font of small log text and badges.
#[must_use]
pub fn mono_small() -> FontId {
    FontId::new(size::SMALL, FontFamily::Monospace)
}

/// Font of labels and controls.
#[must_use]
pub fn body() -> FontId {
    FontId::new(size::UI, FontFamily::Proportional)
}

/// Font of hints, counts and headers.
#[must_use]
pub fn small() -> FontId {
    FontId::new(size::SMALL, FontFamily::Proportional)
}

/// Font of the program's own name, whose letters are Latin in every language.
#[must_use]
pub fn program_name() -> FontId {
    FontId::new(size::NAME, fonts::latin_strong())
}

/// Font of titles and of what is chosen among equals.
#[must_use]
pub fn strong() -> FontId {
    FontId::new(size::UI, fonts::strong_family())
}

/// Makes `theme` the look of the window; cheap enough to call when the choice changes, not every frame. The fonts are
/// there from the next frame on, so the first call has to come before the first frame.
pub fn apply(ctx: &Context, theme: Theme) {
    apply_with(ctx, theme, Density::Normal);
}

/// As [`apply`], with rows and controls so close together.
pub fn apply_with(ctx: &Context, theme: Theme, density: Density) {
    fonts::install(ctx);
    ctx.data_mut(|data| data.insert_temp(density_id(), density));
    ctx.set_style_of(egui::Theme::Dark, style(&DARK, density));
    ctx.set_style_of(egui::Theme::Light, style(&LIGHT, density));
    ctx.set_theme(match theme {
        Theme::System => ThemePreference::System,
        Theme::Light => ThemePreference::Light,
        Theme::Dark => ThemePreference::Dark,
    });
}

/// Has tooltips not wider than the window whose turn it is; to be called at the start of its frame.
pub fn fit(ctx: &Context) {
    let width = (ctx.content_rect().width() - 2.0 * space::L).min(TOOLTIP_WIDTH);
    if ctx.global_style().spacing.tooltip_width != width {
        ctx.all_styles_mut(|style| style.spacing.tooltip_width = width);
    }
}

fn density_id() -> egui::Id {
    egui::Id::unique("density")
}

/// Height of a row of the log and of the logger tree in points.
#[must_use]
pub fn row_height(ui: &Ui) -> f32 {
    let density: Option<Density> = ui.data(|data| data.get_temp(density_id()));
    density.unwrap_or_default().row()
}

fn style(palette: &Palette, density: Density) -> Style {
    let mut style = Style {
        visuals: visuals(palette),
        animation_time: ANIMATION,
        ..Style::default()
    };
    style.text_styles = [
        (TextStyle::Heading, size::HEADING, fonts::strong_family()),
        (TextStyle::Body, size::UI, FontFamily::Proportional),
        (TextStyle::Button, size::UI, FontFamily::Proportional),
        (TextStyle::Small, size::SMALL, FontFamily::Proportional),
        (TextStyle::Monospace, size::MONO, FontFamily::Monospace),
    ]
    .into_iter()
    .map(|(name, size, family)| (name, FontId::new(size, family)))
    .collect();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(6.0, 4.0);
    spacing.button_padding = vec2(8.0, density.button_padding());
    spacing.interact_size = vec2(28.0, density.control());
    spacing.menu_margin = Margin::same(5);
    spacing.window_margin = Margin::same(14);
    spacing.indent = 14.0;
    spacing.icon_width = 14.0;
    spacing.icon_width_inner = 8.0;
    spacing.icon_spacing = 6.0;
    spacing.tooltip_width = TOOLTIP_WIDTH;
    spacing.scroll.bar_width = 8.0;
    style.interaction.tooltip_delay = TOOLTIP_DELAY;
    style.interaction.selectable_labels = false;
    style
}

fn visuals(p: &Palette) -> Visuals {
    let mut v = if p.dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    v.panel_fill = p.panel;
    v.window_fill = p.raised;
    v.window_stroke = Stroke::new(1.0, p.border);
    v.extreme_bg_color = p.page;
    v.faint_bg_color = p.row_hover;
    v.code_bg_color = p.control;
    v.weak_text_color = Some(p.weak);
    v.hyperlink_color = p.accent;
    v.warn_fg_color = p.warn;
    v.error_fg_color = p.bad;
    v.selection.bg_fill = p.selection;
    v.selection.stroke = Stroke::new(1.0, p.focus);
    v.text_cursor.stroke = Stroke::new(1.5, p.accent);
    // Each blink paints the whole window: with the keyboard in the filter box that is where a reader rests.
    v.text_cursor.blink = false;
    v.window_corner_radius = CornerRadius::same(radius::WINDOW);
    v.menu_corner_radius = CornerRadius::same(radius::WINDOW);
    // The pointer tells at the edge of a window that it moves; a grip would lie in the rounded corner.
    v.resize_corner_size = 0.0;
    v.window_shadow = shadow(p, 24);
    v.popup_shadow = shadow(p, 12);
    v.indent_has_left_vline = false;
    widgets(&mut v, p);
    v
}

fn shadow(p: &Palette, blur: u8) -> Shadow {
    Shadow {
        offset: [0, 4],
        blur,
        spread: 0,
        color: p.shadow,
    }
}

/// Controls are flat: the background changes under the pointer, outlines stay thin and nothing grows.
fn widgets(v: &mut Visuals, p: &Palette) {
    let parts = [
        (&mut v.widgets.noninteractive, p.panel, p.separator, p.text),
        (&mut v.widgets.inactive, p.control, p.border, p.text),
        (&mut v.widgets.hovered, p.hover, p.border, p.strong),
        (&mut v.widgets.active, p.pressed, p.accent, p.strong),
        (&mut v.widgets.open, p.hover, p.border, p.strong),
    ];
    for (widget, fill, outline, text) in parts {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, outline);
        widget.fg_stroke = Stroke::new(1.0, text);
        widget.corner_radius = CornerRadius::same(radius::CONTROL);
        widget.expansion = 0.0;
    }
}

/// Contrast of two opaque colours by WCAG 2, from 1 (same) to 21 (black on white).
#[must_use]
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(color: Color32) -> f32 {
    let linear = |channel: u8| {
        let value = f32::from(channel) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

/// Padding inside of bars (tabs, filter, status).
#[must_use]
pub fn bar_margin() -> Margin {
    Margin::symmetric(8, 4)
}

/// The size of a small square control, as for an icon button.
pub const ICON_BUTTON: Vec2 = Vec2::splat(22.0);
