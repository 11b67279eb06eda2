//! The user's own formats, from the folder of the settings.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::problem::Problem;
use crate::format::spec::Format;
use crate::settings::formats::SavedFormat;
use crate::settings::store::Store;

/// All that can be used, by name, and what is wrong with the others.
#[must_use]
pub fn read() -> (Vec<SavedFormat>, Vec<Problem>) {
    let loaded = Store::locate().load_formats();
    (loaded.value, loaded.problems)
}

/// The places that the user gave to level words.
#[must_use]
pub fn level_ranks() -> Arc<BTreeMap<String, i32>> {
    Arc::new(Store::locate().level_ranks())
}

/// The same compiled, for detection.
#[must_use]
pub fn compiled() -> Vec<Format> {
    let formats = read().0;
    formats
        .iter()
        .filter_map(|format| format.compile().ok())
        .collect()
}
