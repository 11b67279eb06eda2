//! Small pictures out of the icon font (Material Symbols, Apache 2.0).

use egui::{Color32, FontId, Painter, Rect, RichText};
use egui_material_icons::icons::{
    ICON_ACCOUNT_TREE, ICON_ADD, ICON_ARROW_DOWNWARD, ICON_ARROW_UPWARD, ICON_BLOCK, ICON_CHECK,
    ICON_CHEVRON_RIGHT, ICON_CLOSE, ICON_CONTENT_COPY, ICON_CONTENT_PASTE, ICON_DATA_OBJECT,
    ICON_DRAFT, ICON_ERROR, ICON_FIBER_MANUAL_RECORD, ICON_FILTER_ALT, ICON_FOLDER_OPEN, ICON_INFO,
    ICON_KEEP, ICON_KEYBOARD_ARROW_DOWN, ICON_MENU, ICON_SCHEDULE, ICON_SEARCH, ICON_TERMINAL,
    ICON_VERTICAL_ALIGN_BOTTOM, ICON_VISIBILITY, ICON_VISIBILITY_OFF, ICON_WARNING,
};

use crate::ui::theme;

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Icon {
    /// Three lines: the menu.
    Menu,
    /// A folder: open.
    Folder,
    /// A sheet with a folded corner: a file.
    File,
    /// A cross: close, remove, clear.
    Close,
    /// A lens.
    Search,
    /// A funnel.
    Filter,
    /// An arrow up.
    Up,
    /// An arrow down.
    Down,
    /// A closed twisty.
    ChevronRight,
    /// An open twisty.
    ChevronDown,
    /// An arrow onto a line: stick to the end.
    Follow,
    /// An open eye: shown.
    Eye,
    /// An eye crossed out: hidden.
    EyeOff,
    /// Two sheets: copy.
    Copy,
    /// A tick.
    Check,
    /// A plus.
    Plus,
    /// A bar in a circle: excluded.
    Exclude,
    /// A pin: keep.
    Pin,
    /// An i in a circle.
    Info,
    /// A triangle with a bang.
    Warning,
    /// A circle with a bang.
    Error,
    /// A clock.
    Clock,
    /// A filled dot.
    Dot,
    /// A clipboard.
    Paste,
    /// A prompt in a window.
    Terminal,
    /// Branches.
    Tree,
    /// Two braces: JSON.
    Braces,
}

impl Icon {
    /// The picture's character in the icon font.
    fn glyph(self) -> &'static str {
        let icon = match self {
            Self::Menu => ICON_MENU,
            Self::Folder => ICON_FOLDER_OPEN,
            Self::File => ICON_DRAFT,
            Self::Close => ICON_CLOSE,
            Self::Search => ICON_SEARCH,
            Self::Filter => ICON_FILTER_ALT,
            Self::Up => ICON_ARROW_UPWARD,
            Self::Down => ICON_ARROW_DOWNWARD,
            Self::ChevronRight => ICON_CHEVRON_RIGHT,
            Self::ChevronDown => ICON_KEYBOARD_ARROW_DOWN,
            Self::Follow => ICON_VERTICAL_ALIGN_BOTTOM,
            Self::Eye => ICON_VISIBILITY,
            Self::EyeOff => ICON_VISIBILITY_OFF,
            Self::Copy => ICON_CONTENT_COPY,
            Self::Check => ICON_CHECK,
            Self::Plus => ICON_ADD,
            Self::Exclude => ICON_BLOCK,
            Self::Pin => ICON_KEEP,
            Self::Info => ICON_INFO,
            Self::Warning => ICON_WARNING,
            Self::Error => ICON_ERROR,
            Self::Clock => ICON_SCHEDULE,
            Self::Dot => ICON_FIBER_MANUAL_RECORD,
            Self::Paste => ICON_CONTENT_PASTE,
            Self::Terminal => ICON_TERMINAL,
            Self::Tree => ICON_ACCOUNT_TREE,
            Self::Braces => ICON_DATA_OBJECT,
        };
        icon.codepoint
    }
}

/// How much larger a character is than the square it is drawn in: the font leaves a margin around each picture.
const OVERSIZE: f32 = 1.15;

/// `icon` among words, as high as they are.
pub fn text(icon: Icon) -> RichText {
    RichText::new(icon.glyph()).font(FontId::new(theme::size::UI, theme::icon_family()))
}

/// Draws `icon` in the middle of `rect`, at most 16 points large.
pub fn paint(painter: &Painter, rect: Rect, icon: Icon, color: Color32) {
    let side = rect.width().min(rect.height()).min(16.0);
    let font = FontId::new((side * OVERSIZE).round(), theme::icon_family());
    let glyph = painter.layout_no_wrap(icon.glyph().to_owned(), font, color);
    // On a whole point, so that lines stay sharp.
    let corner = (rect.center() - glyph.size() / 2.0).round();
    painter.galley(corner, glyph, color);
}
