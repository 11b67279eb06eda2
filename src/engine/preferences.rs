//! What the user taught the program, shared by all sources.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::format::spec::Format;

/// What the user taught the program.
#[derive(Debug, Clone, Default)]
pub struct Preferences {
    /// The user's own formats; detection tries them too, and they win ties.
    pub formats: Vec<Format>,
    /// The places of level words that Timberline does not know, on Python's scale.
    pub level_ranks: Arc<BTreeMap<String, i32>>,
}

/// The newest preferences; the lock is held for a pointer swap.
#[derive(Debug, Clone, Default)]
pub(super) struct SharedPreferences(Arc<Mutex<Arc<Preferences>>>);

impl SharedPreferences {
    pub(super) fn set(&self, preferences: Preferences) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(preferences);
    }

    pub(super) fn get(&self) -> Arc<Preferences> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
