//! A key as it is printed on the keyboard: small letters in a thin frame.

use egui::{Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::ui::theme::{palette, radius, small};

/// Shows the keys of a shortcut (`Ctrl+O`), one cap each. Nothing is shown for an empty text.
pub fn show(ui: &mut Ui, shortcut: &str) -> Response {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.horizontal(|ui| {
            for key in keys(shortcut) {
                cap(ui, key);
            }
        });
    })
    .response
}

/// The keys of a shortcut; the plus key itself comes last, as in `Ctrl++`.
fn keys(shortcut: &str) -> impl Iterator<Item = &str> {
    let (rest, plus) = match shortcut.strip_suffix('+') {
        Some(rest) => (rest, Some("+")),
        None => (shortcut, None),
    };
    rest.split('+').filter(|key| !key.is_empty()).chain(plus)
}

fn cap(ui: &mut Ui, key: &str) {
    let palette = palette(ui);
    let text = ui
        .painter()
        .layout_no_wrap(key.to_owned(), small(), palette.weak);
    let size = vec2((text.size().x + 8.0).max(18.0), 17.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().rect(
        rect,
        radius::SMALL,
        palette.control,
        Stroke::new(1.0, palette.border),
        StrokeKind::Inside,
    );
    let at = rect.center() - text.size() / 2.0;
    ui.painter().galley(at, text, palette.weak);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, key));
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn the_plus_key_is_a_key() {
        let caps = |text: &'static str| keys(text).collect::<Vec<_>>();
        assert_eq!(caps("Ctrl+Shift+F"), ["Ctrl", "Shift", "F"]);
        assert_eq!(caps("Ctrl++"), ["Ctrl", "+"]);
        assert_eq!(caps("f"), ["f"]);
        assert!(caps("").is_empty());
    }
}
