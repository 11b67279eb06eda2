//! Keys of the filter box that are not the text's own, and what they put into it.

use std::ops::Range;

use egui::{Key, Modifiers, Ui};

use super::{FilterBarModel, FilterBarState, Offers};

/// What the keys before the box did.
pub(super) struct Keys {
    pub(super) changed: bool,
    /// The list of what could be typed is open.
    pub(super) open: bool,
}

/// Keys that are not the box's own: through the list of what could be typed, or through the queries typed before.
pub(super) fn keys(ui: &Ui, model: &FilterBarModel, state: &mut FilterBarState) -> Keys {
    let open = state.has_keyboard && state.suggestions.is_open(&model.offers);
    let mut keys = Keys {
        changed: false,
        open,
    };
    if !state.has_keyboard {
        return keys;
    }
    if let Some(chosen) = state.suggestions.keys(ui, &model.offers, open) {
        accept(state, &model.offers, chosen);
        keys.changed = true;
        return keys;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowUp) {
        keys.changed = recall(model, state, true);
    } else if pressed(Key::ArrowDown) {
        keys.changed = recall(model, state, false);
    }
    keys
}

/// Puts an older or newer one of the typed queries into the box. Whether there is one.
fn recall(model: &FilterBarModel, state: &mut FilterBarState, older: bool) -> bool {
    let at = state.recalled.as_ref().map(|(at, _)| *at);
    let next = match (at, older) {
        (None, true) => Some(0),
        (Some(at), true) => Some(at + 1),
        (Some(at), false) => at.checked_sub(1),
        (None, false) => return false,
    };
    let own = match state.recalled.take() {
        Some((_, own)) => own,
        None => state.draft.pattern.text.clone(),
    };
    let text = match next.map(|at| (at, model.recent.get(at))) {
        Some((at, Some(query))) => {
            state.recalled = Some((at, own));
            query.clone()
        }
        // Beyond the oldest there is nothing; before the newest is what was being typed.
        Some((at, None)) => {
            state.recalled = at.checked_sub(1).map(|last| (last, own));
            return false;
        }
        None => own,
    };
    state.put = Some(text.chars().count());
    state.draft.pattern.text = text;
    state.suggestions.dismiss();
    true
}

/// Puts a choice in the place of what it goes on.
pub(super) fn accept(state: &mut FilterBarState, offers: &Offers, chosen: usize) {
    let Some(offer) = offers.items.get(chosen) else {
        return;
    };
    let text: Vec<char> = state.draft.pattern.text.chars().collect();
    let Range { start, end } = offers.range;
    let mut rest = text.iter().skip(end).peekable();
    let mut new: String = text.iter().take(start).collect();
    new.push_str(&offer.text);
    if rest.peek().is_none() && !offer.text.ends_with(':') {
        new.push(' ');
    }
    state.put = Some(new.chars().count());
    new.extend(rest);
    state.draft.pattern.text = new;
    state.suggestions.typed();
    state.recalled = None;
}
