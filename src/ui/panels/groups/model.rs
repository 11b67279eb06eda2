//! What the panel shows, and its own state.

use super::order::{Sort, order};
use crate::base::time::Zone;
use crate::query::patterns::groups::{Groups, Summary};

/// What records are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupedBy {
    /// What was raised.
    Exception,
    /// The template of the message.
    Pattern,
}

/// What the panel shows.
#[derive(Debug)]
pub struct GroupsModel<'a> {
    /// What records are grouped by.
    pub by: GroupedBy,
    /// The groups, as far as they are known.
    pub groups: Option<&'a Groups>,
    /// There is no file, or none that can be read: nothing is being looked at.
    pub no_file: bool,
    /// Another number whenever the groups are others.
    pub stamp: u64,
    /// What share of the records was looked at; `None` when that is all of them.
    pub progress: Option<f32>,
    /// The filter of the group that is shown alone.
    pub chosen: Option<&'a str>,
    /// Whether a filter hides records.
    pub filtered: bool,
    /// Whose clocks times are shown by.
    pub zone: Zone,
}

/// The panel's own state.
#[derive(Debug, Default)]
pub struct GroupsPanel {
    /// What is looked for among the groups.
    pub find: String,
    /// What stands first.
    pub sort: Sort,
    /// The list has the keyboard.
    pub has_keyboard: bool,
    /// The find box has the keyboard.
    pub find_has_keyboard: bool,
    /// The filter of the group that the keyboard is at.
    pub cursor: Option<String>,
    pub(super) reveal: bool,
    pub(super) focus_list: bool,
    rows: Vec<u32>,
    basis: Option<(u64, Sort, String)>,
}

impl GroupsPanel {
    /// Gives the list the keyboard.
    pub fn focus(&mut self) {
        self.focus_list = true;
    }

    /// Nothing of it has the keyboard: it is not shown.
    pub fn leave(&mut self) {
        self.has_keyboard = false;
        self.find_has_keyboard = false;
    }

    /// Lists the groups anew if they, what is looked for or their order changed.
    pub(super) fn update(&mut self, model: &GroupsModel<'_>) {
        let basis = (model.stamp, self.sort, self.find.clone());
        if self.basis.as_ref() != Some(&basis) {
            let groups = model.groups;
            self.rows = groups.map_or_else(Vec::new, |groups| order(groups, self.sort, &self.find));
            self.basis = Some(basis);
        }
    }

    /// Positions of the groups that are listed.
    pub(super) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The row that the keyboard is at.
    pub(super) fn cursor_row(&self, groups: &Groups) -> Option<usize> {
        let cursor = self.cursor.as_ref()?;
        let is_at = |at: &u32| group_at(groups, *at).is_some_and(|group| group.query == *cursor);
        self.rows.iter().position(is_at)
    }

    /// Moves the keyboard to a row.
    pub(super) fn go_to(&mut self, groups: &Groups, row: usize) {
        let last = self.rows.len().saturating_sub(1);
        let at = self.rows.get(row.min(last));
        if let Some(group) = at.and_then(|at| group_at(groups, *at)) {
            self.cursor = Some(group.query.clone());
            self.reveal = true;
        }
    }
}

pub(super) fn group_at(groups: &Groups, at: u32) -> Option<&Summary> {
    groups.list.get(at as usize)
}
