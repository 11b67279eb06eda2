//! Paths that stand for several logs: the newest is opened, and the others are offered.

use crate::base::lang::said;
use crate::tr;
use std::path::Path;
use std::time::SystemTime;

use super::lookups::age_in_words;
use super::state::State;
use crate::base::text;
use crate::engine::{Choice, ChoiceItem, ChoiceOf, Written};
use crate::ui::action::TabId;
use crate::ui::dialogs::choice::{ChoiceModel, ChosenLog};
use crate::ui::widgets::number;

impl State {
    /// The path of a tab stands for several logs.
    pub(super) fn choose(&mut self, id: TabId, choice: &Choice) {
        let shown = self.in_sight().any(|other| other == id);
        match choice.of {
            ChoiceOf::Archive => self.take_part(id, choice),
            ChoiceOf::Folder | ChoiceOf::Pattern => self.open_in_place(id, choice),
        }
        if shown && choice.items.len() > 1 {
            self.dialogs.open_choice(choice.clone());
        }
        self.session_changed();
    }

    /// The tab reads the newest file of the archive.
    fn take_part(&mut self, id: TabId, choice: &Choice) {
        let Some(first) = choice.first() else { return };
        let twin = |tab: &&super::tab::Tab| tab.path == first.path && tab.origin == first.origin;
        let twin = self.tabs.iter().find(twin).map(|tab| tab.id);
        if let Some(twin) = twin.filter(|twin| *twin != id) {
            let shown = self.active == Some(id);
            self.close(id);
            if shown {
                self.active = Some(twin);
            }
        } else if let Some(tab) = self.tabs.iter_mut().find(|tab| tab.id == id) {
            tab.origin = first.origin.clone();
        }
    }

    /// The tab gives way to one that reads the newest file.
    fn open_in_place(&mut self, id: TabId, choice: &Choice) {
        let (Some(first), Some(at)) = (
            choice.first(),
            self.tabs.iter().position(|tab| tab.id == id),
        ) else {
            return;
        };
        let before = self.active.filter(|active| *active != id);
        let format = self.settings.format_of(&choice.path).cloned();
        self.close(id);
        let tabs = self.tabs.len();
        self.open(&first.path, format);
        if self.tabs.len() > tabs
            && let Some(tab) = self.tabs.pop()
        {
            self.tabs.insert(at.min(tabs), tab);
        }
        self.active = before.or(self.active);
    }
}

/// The list as the dialog shows it.
pub fn model(state: &State, choice: &Choice) -> ChoiceModel {
    let now = SystemTime::now();
    let log = |item: &ChoiceItem| ChosenLog {
        name: text::name(&item.name).into_owned(),
        note: note(item, now),
        path: item.path.clone(),
        origin: item.origin.clone(),
        open: state
            .tabs
            .iter()
            .any(|tab| tab.path == item.path && tab.origin == item.origin),
    };
    let name = choice.path.file_name().unwrap_or(choice.path.as_os_str());
    let name = text::path(Path::new(name));
    ChoiceModel {
        title: match choice.of {
            ChoiceOf::Pattern => tr!("Logs that match {name}", name),
            ChoiceOf::Folder | ChoiceOf::Archive => tr!("Logs in {name}", name),
        },
        logs: choice.items.iter().map(log).collect(),
        archive: (choice.of == ChoiceOf::Archive).then(|| choice.path.clone()),
    }
}

fn note(item: &ChoiceItem, now: SystemTime) -> String {
    let when = match &item.written {
        Written::At(time) => now.duration_since(*time).ok().map(age_in_words),
        Written::Said(text) => Some(text.clone()).filter(|text| !text.is_empty()),
    };
    let size = number::bytes(item.size);
    when.map_or_else(|| size.clone(), |when| format!("{size}, {}", said(&when)))
}
