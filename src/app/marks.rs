//! What is marked in the rows of each log: quick labels first, then the rules of the set that counts, or those that are
//! being edited.

use std::sync::Arc;

use super::reduce::filter::moments;
use super::state::State;
use super::tab::Tab;
use crate::base::dye::Dye;
use crate::base::rule::MarkRule;
use crate::query::marking::Marking;
use crate::settings::highlights::Highlights;
use crate::ui::action::TabId;

/// Most labels of one log.
const MOST: usize = 60;

/// Gives the logs in sight the rules that count now; compiles only when they changed.
pub fn dress(state: &mut State) {
    let in_sight: Vec<TabId> = state.sides().collect();
    let highlights = state.highlights_draft.as_deref();
    let highlights = highlights.unwrap_or(&state.settings.highlights);
    for tab in &mut state.tabs {
        if in_sight.contains(&tab.id) {
            take(tab, highlights);
        }
    }
}

fn take(tab: &mut Tab, highlights: &Highlights) {
    if tab
        .marking
        .rules()
        .iter()
        .eq(tab.labels.iter().chain(highlights.rules()))
    {
        return;
    }
    let rules: Vec<MarkRule> = tab
        .labels
        .iter()
        .chain(highlights.rules())
        .cloned()
        .collect();
    let zone = tab.zone();
    let marking = Marking::new(rules, &moments(tab, &zone), tab.marking.version() + 1);
    let marking = Arc::new(marking);
    tab.handle.set_marking(Arc::clone(&marking));
    tab.marking = marking;
    tab.forget_wanted();
    tab.want_rows();
}

impl Tab {
    /// Gives a text a colour wherever it stands, or takes it away if it has this one.
    pub fn toggle_label(&mut self, text: &str, dye: Dye) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let had = self
            .labels
            .iter()
            .any(|label| label.pattern == text && label.colour == dye);
        self.labels.retain(|label| label.pattern != text);
        if !had && self.labels.len() < MOST {
            self.labels.push(label(text, dye));
        }
    }
}

/// A text that has a colour wherever it stands.
#[must_use]
pub fn label(text: &str, dye: Dye) -> MarkRule {
    MarkRule {
        pattern: text.to_owned(),
        case: true,
        colour: dye,
        ..MarkRule::default()
    }
}
