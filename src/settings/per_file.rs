//! What the user chose for one file: the zone of its times, its encoding.

use std::path::Path;

use super::model::Settings;
use crate::base::time::Zone;

impl Settings {
    /// The zone that the user chose for a file's times that name none, or for files like it.
    #[must_use]
    pub fn zone_of(&self, path: &Path) -> Zone {
        let recent = self.recent.iter().find(|recent| recent.path == path);
        let zone = recent.and_then(|recent| recent.zone.as_ref()?.parse().ok());
        zone.or_else(|| self.zone_for(path)).unwrap_or_default()
    }

    /// Chooses the zone of a file's times that name none.
    pub fn set_zone_of(&mut self, path: &Path, zone: Zone) {
        let usual = self.zone_for(path).unwrap_or_default();
        if let Some(recent) = self.recent.iter_mut().find(|recent| recent.path == path) {
            recent.zone = (zone != usual).then(|| zone.to_string());
        }
    }

    /// The encoding that the user chose for a file.
    #[must_use]
    pub fn encoding_of(&self, path: &Path) -> Option<&str> {
        let recent = self.recent.iter().find(|recent| recent.path == path)?;
        recent.encoding.as_deref()
    }

    /// Chooses the encoding of a file; `None` is as its content tells.
    pub fn set_encoding_of(&mut self, path: &Path, encoding: Option<String>) {
        if let Some(recent) = self.recent.iter_mut().find(|recent| recent.path == path) {
            recent.encoding = encoding;
        }
    }

    /// The zone remembered for files like this one.
    fn zone_for(&self, path: &Path) -> Option<Zone> {
        let mut known = self.formats.remembered.iter();
        let remembered = known.find(|remembered| remembered.fits(path))?;
        remembered.zone.as_ref()?.parse().ok()
    }
}
