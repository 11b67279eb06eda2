//! What a table learnt when it made room.

use super::group::Group;
use super::known::{Beginning, Known, Place, is_wide};

/// Templates that stand for others, which a table made to make room: another one need not find them out again.
#[derive(Debug, Clone, Default)]
pub(super) struct Learnt {
    known: Known,
    templates: Vec<String>,
}

impl Learnt {
    /// Of these groups.
    pub(super) fn of(groups: &[Group]) -> Self {
        let mut learnt = Self::default();
        let templates = groups.iter().map(|group| &*group.template);
        for template in templates.filter(|template| is_wide(template.as_bytes())) {
            let place = learnt.templates.len() as Place;
            learnt.known.insert_wide(template.as_bytes(), place);
            learnt.templates.push(template.to_owned());
        }
        learnt
    }

    pub(super) fn find(&self, template: &[u8]) -> Option<Place> {
        match self.templates.is_empty() {
            true => None,
            false => self.known.find_wide(template),
        }
    }

    pub(super) fn template(&self, place: Place) -> &str {
        self.templates
            .get(place as usize)
            .map_or("", String::as_str)
    }

    /// All of them, by their place.
    pub(super) fn templates(&self) -> &[String] {
        &self.templates
    }

    /// What finds those that take in all that begin alike.
    pub(super) fn beginning(&self) -> Option<Beginning<'_>> {
        self.known.beginning()
    }
}
