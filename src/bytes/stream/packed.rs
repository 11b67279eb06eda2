//! Rotated files that were compressed before anybody could read them, as logrotate's `compress` does at once.

use std::fmt;
use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Stream;
use super::sort::begins;
use crate::base::origin::Part as PartOfArchive;
use crate::bytes::chase::{ATTEMPTS, Found, Known, Picture, older};
use crate::bytes::control::{Control, Counted};
use crate::bytes::disk::{Disk, Facts, Kind, OpenFile};
use crate::bytes::file::FileBytes;
use crate::bytes::identity::FileId;
use crate::bytes::packed::Packing;
use crate::bytes::siblings::Place;
use crate::bytes::spool::{Spool, SpoolPlace};
use crate::bytes::{ByteSource, ReadError};

/// A rotated file with more in it than this is left to "open with rotated files".
const MOST_UNPACKED: u64 = 4 << 30;

/// What is inside a compressed file, under that file's identity.
#[derive(Debug)]
pub struct Unpacked {
    inside: FileBytes,
    /// Of the compressed file, but for the length.
    facts: Facts,
    /// Held, so that no other file gets its number.
    _file: File,
    _spool: SpoolPlace,
}

/// Unpacks compressed files beside a log, which may take long.
pub trait Unpack: fmt::Debug + Send + Sync {
    /// What is inside a file that is as `facts` say; `None` while that is not known, and then it is asked again.
    fn unpack(&self, path: &Path, facts: Facts) -> Option<io::Result<Arc<dyn OpenFile>>>;
}

/// Unpacks while it is waited for.
#[derive(Debug)]
pub(super) struct AtOnce;

impl Unpack for AtOnce {
    fn unpack(&self, path: &Path, facts: Facts) -> Option<io::Result<Arc<dyn OpenFile>>> {
        let unpacked = Unpacked::of(path, facts, &Control::default());
        Some(unpacked.map(|inside| -> Arc<dyn OpenFile> { Arc::new(inside) }))
    }
}

/// Takes no more once the transfer is to stop.
struct Stoppable<'a> {
    spool: Spool,
    control: &'a Control,
}

impl Write for Stoppable<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.control.go_on()?;
        self.spool.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.spool.flush()
    }
}

impl Unpacked {
    /// Unpacks a file.
    ///
    /// # Errors
    /// What the operating system says, `InvalidData` or `UnexpectedEof` for what is no compressed file or a part of one;
    /// another one once the transfer is stopped.
    pub fn of(path: &Path, facts: Facts, control: &Control) -> io::Result<Self> {
        let packing = Packing::of_file(path)?.ok_or(io::ErrorKind::InvalidData)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut out = Stoppable {
            spool: Spool::with_limit(&name, MOST_UNPACKED)?,
            control,
        };
        let file = File::open(path)?;
        if Facts::of(&file.metadata()?) != facts {
            // It was renamed, and what is at its path now is another file: its lines must not be taken for these.
            return Err(io::Error::other("another file came to this path"));
        }
        let input = Counted::new(file.try_clone()?, control);
        packing.unpack(input, &PartOfArchive::All, &mut out)?;
        let place = out.spool.place();
        Ok(Self {
            inside: FileBytes::open(&place.path())?,
            facts: Facts {
                len: out.spool.written(),
                ..facts
            },
            _file: file,
            _spool: place,
        })
    }
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

/// A compressed file that was unpacked once; it is not again while it is what it was.
#[derive(Debug, Clone)]
pub(super) struct Tried {
    /// Of the compressed file.
    facts: Facts,
    /// `None` for what could not be unpacked: most likely it was still being written.
    inside: Option<Arc<dyn OpenFile>>,
}

impl Stream {
    /// Adds compressed files to the picture that came since the current file was looked at. One that is still being
    /// written is not there yet.
    pub(super) fn add_packed(&mut self, here: &mut Picture) {
        let before = here.beside.len();
        let mut tried = Vec::new();
        let Some(listed) = packed(&*self.disk, &here.places) else {
            here.pending = true;
            return;
        };
        self.repeating
            .retain(|facts| listed.iter().any(|(_, there)| there == facts));
        for (path, facts) in listed {
            let known = self.known.iter().any(|known| known.id() == facts.id);
            let held = self.parts.iter().any(|part| part.id == facts.id);
            let repeats = self.repeating.contains(&facts);
            if known || held || repeats || !self.is_recent(&facts) {
                continue;
            }
            let once = self.tried.iter().find(|tried| tried.facts == facts);
            let once = once.cloned().or_else(|| {
                let unpacked = self.unpacker.unpack(&path, facts)?;
                // What failed because it moved or grew meanwhile is looked for anew.
                let moved = || self.disk.facts(&path).ok() != Some(facts);
                if unpacked.is_err() && moved() {
                    return None;
                }
                let inside = unpacked.ok();
                Some(Tried { facts, inside })
            });
            let Some(once) = once else {
                here.pending = true;
                continue;
            };
            if let Some(file) = once.inside.clone()
                && let Ok(facts) = file.facts()
            {
                let found = Found { path, file, facts };
                // It was compressed, and deleted, since it was found.
                let is_there = |plain: &Found| plain.facts.len == facts.len;
                let is_there = |plain: &Found| is_there(plain) && begins(&*plain.file, &found);
                if !here.files().any(is_there) {
                    here.beside.push(found);
                }
            }
            tried.push(once);
        }
        self.tried = tried;
        if here.beside.len() > before {
            here.beside.sort_by(older);
        }
    }
}

impl Stream {
    /// Takes note that a compressed file repeats what was read, and lets go of what was in it.
    pub(super) fn let_repeat(&mut self, found: &Found) {
        let is_it = |tried: &mut Tried| tried.facts.id == found.facts.id;
        let facts = self.tried.extract_if(.., is_it).map(|tried| tried.facts);
        self.repeating.extend(facts);
    }
}

/// The compressed files that are there already.
pub(super) fn known(disk: &dyn Disk, places: &[Place]) -> Vec<Known> {
    packed(disk, places)
        .into_iter()
        .flatten()
        .filter_map(|(path, _)| Known::new(&*disk.open(&path).ok()?, 0).ok())
        .collect()
}

/// The compressed files there are; `None` while they move, since one that gets another name between the listing and the
/// look at it would be passed over.
fn packed(disk: &dyn Disk, places: &[Place]) -> Option<Vec<(PathBuf, Facts)>> {
    let ids = |found: &[(PathBuf, Facts)]| -> Vec<(PathBuf, FileId)> {
        let ids = found.iter().map(|(path, facts)| (path.clone(), facts.id));
        ids.collect()
    };
    (0..ATTEMPTS).find_map(|_| {
        let (once, again) = (listed(disk, places)?, listed(disk, places)?);
        (ids(&once) == ids(&again)).then_some(again)
    })
}

fn listed(disk: &dyn Disk, places: &[Place]) -> Option<Vec<(PathBuf, Facts)>> {
    let mut found = Vec::new();
    for place in places {
        for name in place.choose_packed(disk.list(&place.folder).unwrap_or_default()) {
            let path = place.folder.join(name);
            match disk.facts(&path) {
                Ok(facts) if facts.kind == Kind::File => found.push((path, facts)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
                Ok(_) | Err(_) => {}
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::bytes::disk::RealDisk;
    use std::fs;

    /// Looks come every few milliseconds for a while after a rotation.
    #[test]
    fn a_file_is_unpacked_once() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("app.log");
        fs::write(&log, "now\n").unwrap();
        let mut stream = Stream::open(Arc::new(RealDisk), &log).unwrap();
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(b"before\n").unwrap();
        let whole = encoder.finish().unwrap();
        let gz = folder.path().join("app.log.1.gz");
        fs::write(&gz, &whole[..5]).unwrap();
        let mut found = || stream.picture().unwrap().unwrap().beside;
        assert!(found().is_empty(), "it is being written");
        fs::write(&gz, &whole).unwrap();
        let (once, again) = (found(), found());
        assert_eq!(once.first().unwrap().facts.len, 7);
        let handle = |found: &[Found]| Arc::as_ptr(&found.first().unwrap().file).addr();
        assert_eq!(handle(&once), handle(&again));
    }
}
