//! Quiet notices at the bottom right, and the list of past ones.

use std::collections::{HashMap, HashSet};

use egui::Ui;

use crate::base::problem::Problem;
use crate::ui::action::{Actions, NoticeId};

/// What there is to tell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NoticesModel {
    /// Notices not yet dismissed, oldest first.
    pub current: Vec<Notice>,
    /// Every notice of this session, newest first.
    pub past: Vec<Notice>,
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Which.
    pub id: NoticeId,
    /// What happened.
    pub problem: Problem,
    /// When, as the list shows it (`10:04:31`).
    pub at: String,
    /// How often in a row it happened.
    pub count: u32,
}

/// What only the notices care about.
#[derive(Debug, Default)]
pub struct NoticesState {
    /// Whether the list of past notices is open.
    pub list_open: bool,
    shown_since: HashMap<NoticeId, f64>,
    unfolded: HashSet<NoticeId>,
}

/// Floats the notices above everything else; `ui` only says where the window is. To be called last.
pub fn show(_ui: &mut Ui, _model: &NoticesModel, state: &mut NoticesState, _out: &mut Actions) {
    state.shown_since.clear();
    state.unfolded.clear();
}
