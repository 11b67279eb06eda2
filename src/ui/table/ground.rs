//! What lies behind rows: how grave they are, whether they are chosen, and what the user's rules say.

use egui::{Color32, CornerRadius, Painter, Rect, vec2};

use super::marks;
use super::model::{RowView, TableRow};
use super::rows::{STRIPE, is_selected};
use super::view::Frame;
use crate::base::level::Gravity;

/// What lies behind a row's text.
pub(super) fn ground(
    painter: &Painter,
    frame: &Frame<'_>,
    row: u64,
    view: &RowView<'_>,
    hovered: bool,
    keyboard: bool,
) {
    let p = frame.palette;
    let rect = frame.row_rect(row);
    let gravity = match view {
        // What is only near a match is quiet.
        RowView::Ready(ready) if !ready.beside => ready.gravity,
        _ => Gravity::None,
    };
    let look = p.severity(gravity);
    let own = match view {
        RowView::Ready(ready) => Some(ready.marks),
        _ => None,
    };
    let dyed = own.and_then(|own| own.row).map(|dye| p.dye(dye).row);
    let fill = if is_selected(frame, view) {
        Some(if keyboard {
            p.selection
        } else {
            p.selection_idle
        })
    } else if let Some(dyed) = dyed {
        Some(dyed)
    } else if gravity >= Gravity::Warning {
        Some(look.row)
    } else if hovered {
        Some(p.row_hover)
    } else {
        None
    };
    if let Some(fill) = fill {
        painter.rect_filled(rect, CornerRadius::ZERO, fill);
    }
    if gravity >= Gravity::Error {
        let stripe = Rect::from_min_size(rect.min, vec2(STRIPE, rect.height()));
        painter.rect_filled(stripe, CornerRadius::ZERO, look.solid);
    }
    if let Some(dye) = own.and_then(|own| own.edge) {
        let indent = if gravity >= Gravity::Error {
            STRIPE
        } else {
            0.0
        };
        marks::edge(painter, rect, indent, p.dye(dye).solid);
    }
}

/// What is behind the text of a row.
pub(super) fn behind(frame: &Frame<'_>, row: &TableRow<'_>, selected: bool) -> Color32 {
    let p = frame.palette;
    if selected {
        p.selection
    } else if let Some(dye) = row.marks.row {
        p.dye(dye).row
    } else {
        p.severity(row.gravity).row
    }
}
