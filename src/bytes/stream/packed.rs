//! Rotated files that were compressed before anybody could read them, as logrotate's `compress` does at once.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Stream;
use crate::base::origin::Part as PartOfArchive;
use crate::bytes::chase::{Found, Known, Picture, older};
use crate::bytes::disk::{Disk, Facts, Kind, OpenFile};
use crate::bytes::file::FileBytes;
use crate::bytes::packed::Packing;
use crate::bytes::siblings::Place;
use crate::bytes::spool::{Spool, SpoolPlace};
use crate::bytes::{ByteSource, ReadError};

/// A rotated file with more in it than this is left to "open with rotated files".
const MOST_UNPACKED: u64 = 4 << 30;

/// What is inside a compressed file, under that file's identity.
#[derive(Debug)]
struct Unpacked {
    inside: FileBytes,
    /// Of the compressed file, but for the length.
    facts: Facts,
    _spool: SpoolPlace,
}

impl OpenFile for Unpacked {
    fn facts(&self) -> io::Result<Facts> {
        Ok(self.facts)
    }
}

impl ByteSource for Unpacked {
    fn len(&self) -> io::Result<u64> {
        self.inside.len()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        self.inside.read_at(offset, buf)
    }

    fn is_gone(&self, range: &Range<u64>) -> bool {
        self.inside.is_gone(range)
    }
}

impl Stream {
    /// Adds compressed files to the picture that came since the current file was looked at. One that is still being
    /// written is not there yet.
    pub(super) fn add_packed(&self, here: &mut Picture) {
        let before = here.beside.len();
        for (path, facts) in packed(&*self.disk, &here.places) {
            let known = self.known.iter().any(|known| known.id() == facts.id);
            let held = self.parts.iter().any(|part| part.id == facts.id);
            if known || held || !self.is_recent(&facts) {
                continue;
            }
            if let Ok(file) = unpack(&path, facts) {
                let facts = file.facts;
                let file: Arc<dyn OpenFile> = Arc::new(file);
                here.beside.push(Found { path, file, facts });
            }
        }
        if here.beside.len() > before {
            here.beside.sort_by(older);
        }
    }
}

/// The compressed files that are there already.
pub(super) fn known(disk: &dyn Disk, places: &[Place]) -> Vec<Known> {
    packed(disk, places)
        .into_iter()
        .filter_map(|(path, _)| Known::new(&*disk.open(&path).ok()?, 0).ok())
        .collect()
}

fn packed(disk: &dyn Disk, places: &[Place]) -> Vec<(PathBuf, Facts)> {
    let mut found = Vec::new();
    for place in places {
        let names = place.choose_packed(disk.list(&place.folder).unwrap_or_default());
        let paths = names.into_iter().map(|name| place.folder.join(name));
        found.extend(paths.filter_map(|path| {
            let facts = disk.facts(&path).ok()?;
            (facts.kind == Kind::File).then_some((path, facts))
        }));
    }
    found
}

fn unpack(path: &Path, facts: Facts) -> io::Result<Unpacked> {
    let packing = Packing::of_file(path)?.ok_or(io::ErrorKind::InvalidData)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut spool = Spool::with_limit(&name, MOST_UNPACKED)?;
    packing.unpack(File::open(path)?, &PartOfArchive::All, &mut spool)?;
    let place = spool.place();
    Ok(Unpacked {
        inside: FileBytes::open(&place.path())?,
        facts: Facts {
            len: spool.written(),
            ..facts
        },
        _spool: place,
    })
}
