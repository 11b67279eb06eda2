//! A picture of a folder in which files are being renamed: which files are beside a log, each held open.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::ReadError;
use super::disk::{Disk, Facts, Kind, OpenFile};
use super::identity::{FileId, Fingerprint};
use super::siblings::{Place, by_name};

/// The picture is taken anew this many times when files move while it is taken.
pub(super) const ATTEMPTS: usize = 10;

/// More rotated files than this are not looked at: those that were written last are.
const MOST_FILES: usize = 200;

/// Bytes by which a file that was there before is known again.
const HEAD: u64 = 4 << 10;

/// A file that was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) file: Arc<dyn OpenFile>,
    pub(super) facts: Facts,
}

/// What there was at one moment.
#[derive(Debug, Default)]
pub(super) struct Picture {
    /// What the path led to, if to a file.
    pub(super) at_path: Option<Found>,
    /// Rotated files, the oldest first.
    pub(super) beside: Vec<Found>,
    /// Where was looked.
    pub(super) places: Vec<Place>,
    /// Something beside the log is being unpacked: what is in it is not known yet.
    pub(super) pending: bool,
}

impl Picture {
    /// Asks anew what the files beside the log are like.
    pub(super) fn renew(&mut self) {
        for found in &mut self.beside {
            found.facts = found.file.facts().unwrap_or(found.facts);
        }
    }

    /// Every file there was.
    pub(super) fn files(&self) -> impl Iterator<Item = &Found> {
        self.at_path.iter().chain(&self.beside)
    }
}

/// Files that somebody heard of and nobody has opened yet.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    files: Vec<Facts>,
    /// One has less in it than it had.
    shrunk: bool,
}

impl Heard {
    /// Takes note of a file with something in it.
    pub(super) fn of(&mut self, facts: Facts) {
        if facts.kind != Kind::File || facts.len == 0 {
            return;
        }
        match self.files.iter_mut().find(|heard| heard.id == facts.id) {
            Some(heard) => {
                // Where nobody knows when a file was made, it may be another that has its number.
                self.shrunk |= facts.len < heard.len && facts.id.born == 0;
                *heard = facts;
            }
            None => self.files.push(facts),
        }
    }

    /// Whether one of them is not among what there is now, or has less in it than it had.
    pub(super) fn missed(&mut self, there: impl Fn(&Facts) -> bool) -> bool {
        let heard = std::mem::take(self);
        heard.shrunk || heard.files.iter().any(|heard| !there(heard))
    }
}

/// A file that needs not be read: it was there before, or is read already.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known(Fingerprint);

impl Known {
    pub(super) fn new(file: &dyn OpenFile, len: u64) -> Result<Self, ReadError> {
        Fingerprint::take(file, len.min(HEAD)).map(Self)
    }

    pub(super) fn id(&self) -> FileId {
        self.0.id
    }

    /// The number alone does not do: it is used again once a file is gone.
    pub(super) fn is(&self, found: &Found) -> bool {
        self.0.id == found.facts.id && self.0.begins(&*found.file).unwrap_or(false)
    }
}

/// Takes the picture, beside the path and where rotated files were before; `None` if files kept moving, and then it is
/// worth trying again soon. What was `heard` of may be gone before it could be opened.
///
/// # Errors
/// What the operating system says, except that something is not there.
pub(super) fn picture(
    disk: &dyn Disk,
    path: &Path,
    before: &[Place],
    heard: &mut Heard,
) -> io::Result<Option<Picture>> {
    for _ in 0..ATTEMPTS {
        let own = Place::of(disk, path);
        let mut places = own.clone();
        let others = before
            .iter()
            .filter(|old| !places.iter().any(|new| new.is_like(old)));
        let others: Vec<_> = others.cloned().collect();
        places.extend(others);
        let at_path = open(disk, path, heard)?;
        let listed = look(disk, &places, heard)?;
        let mut beside = Vec::new();
        let mut moved = false;
        for (name, id) in &listed {
            match open(disk, name, heard) {
                Ok(Some(found)) if found.facts.id == *id => beside.push(found),
                // Not ours to read.
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
                Ok(_) => moved = true,
                Err(error) => return Err(error),
            }
        }
        let id_at_path = at_path.as_ref().map(|found| found.facts.id);
        let still = listed == look(disk, &places, heard)? && at(disk, path, heard) == id_at_path;
        // A place leaves out what its link leads to: another target may have come in between.
        if !moved && still && Place::of(disk, path) == own {
            beside.sort_by(older);
            beside.dedup_by_key(|found| found.facts.id);
            return Ok(Some(Picture {
                at_path,
                beside,
                places,
                pending: false,
            }));
        }
    }
    Ok(None)
}

/// Which of two rotated files was written to first.
pub(super) fn older(one: &Found, other: &Found) -> std::cmp::Ordering {
    let when = |found: &Found| found.facts.modified.unwrap_or(SystemTime::UNIX_EPOCH);
    let name = |found: &Found| found.path.to_string_lossy().into_owned();
    let by_time = when(one).cmp(&when(other));
    by_time.then_with(|| by_name(&name(one), &name(other)))
}

fn names(disk: &dyn Disk, places: &[Place]) -> io::Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    for place in places {
        match disk.list(&place.folder) {
            Ok(listed) => {
                let chosen = place.choose(listed).into_iter();
                names.extend(chosen.map(|name| place.folder.join(name)));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(names)
}

fn look(
    disk: &dyn Disk,
    places: &[Place],
    heard: &mut Heard,
) -> io::Result<Vec<(PathBuf, FileId)>> {
    let mut files: Vec<(PathBuf, Facts)> = names(disk, places)?
        .into_iter()
        .filter_map(|name| disk.facts(&name).ok().map(|facts| (name, facts)))
        .filter(|(_, facts)| facts.kind == Kind::File)
        .collect();
    files.iter().for_each(|(_, facts)| heard.of(*facts));
    if files.len() > MOST_FILES {
        files.sort_by_key(|(_, facts)| std::cmp::Reverse(facts.modified));
        files.truncate(MOST_FILES);
    }
    files.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(files
        .into_iter()
        .map(|(name, facts)| (name, facts.id))
        .collect())
}

fn at(disk: &dyn Disk, path: &Path, heard: &mut Heard) -> Option<FileId> {
    let facts = disk.facts(path).ok()?;
    heard.of(facts);
    (facts.kind == Kind::File).then_some(facts.id)
}

/// Opens a regular file; anything else is nothing.
pub(super) fn open(disk: &dyn Disk, path: &Path, heard: &mut Heard) -> io::Result<Option<Found>> {
    let opened = disk.facts(path).and_then(|there| match there.kind {
        Kind::File => {
            heard.of(there);
            let file = disk.open(path)?;
            let facts = file.facts()?;
            heard.of(facts);
            Ok(Some((file, facts)))
        }
        Kind::Folder | Kind::Other => Ok(None),
    });
    match opened {
        Ok(opened) => Ok(opened.map(|(file, facts)| Found {
            path: path.to_owned(),
            file,
            facts,
        })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
