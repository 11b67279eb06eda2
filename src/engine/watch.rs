//! Hints that something happened to a file. Never the truth: notifications miss switched symlinks, recreated folders and
//! network file systems, so the source worker looks for itself at an interval and a hint only makes it look sooner.
//!
//! The parent folder is watched, not the file: after a rename a watch on the file would stay with the old one.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::desk::{Command, Desk};

/// The notifications of the whole engine: one system watcher, because instances are few (128 on many systems).
#[derive(Debug, Clone)]
pub(super) struct Watch {
    routes: Arc<Mutex<Vec<Route>>>,
    system: Arc<Mutex<System>>,
}

#[derive(Debug)]
struct System {
    /// `None` where notifications are switched off or the system refuses.
    watcher: Option<RecommendedWatcher>,
    /// How many routes lead through a folder.
    folders: HashMap<PathBuf, usize>,
}

/// Which file's events ring which source.
#[derive(Debug)]
struct Route {
    folder: PathBuf,
    name: OsString,
    ringer: Arc<Ringer>,
}

/// Hints a source; a burst of events is one command.
#[derive(Debug)]
pub(super) struct Ringer {
    desk: Arc<Desk>,
    pending: AtomicBool,
}

impl Ringer {
    fn ring(&self) {
        if !self.pending.swap(true, Ordering::AcqRel) {
            self.desk.command(Command::Hint);
        }
    }

    /// Lets the next event through. To be called before looking at the file, so that no change falls between.
    pub(super) fn heard(&self) {
        self.pending.store(false, Ordering::Release);
    }
}

impl Watch {
    /// Starts the system's notifications, if wanted and possible.
    pub(super) fn start(enabled: bool) -> Self {
        let routes = Arc::new(Mutex::new(Vec::new()));
        let watcher = enabled.then(|| system_watcher(routes.clone())).flatten();
        let folders = HashMap::new();
        Self {
            routes,
            system: Arc::new(Mutex::new(System { watcher, folders })),
        }
    }

    /// Starts hinting a source about a path. Folders that cannot be watched are left to the interval.
    pub(super) fn subscribe(&self, desk: &Arc<Desk>, path: &Path) -> Subscription {
        let ringer = Arc::new(Ringer {
            desk: desk.clone(),
            pending: AtomicBool::new(false),
        });
        let mut subscription = Subscription {
            watch: self.clone(),
            ringer,
            folders: Vec::new(),
        };
        subscription.renew(path);
        subscription
    }

    fn add(&self, folder: &Path, name: OsString, ringer: &Arc<Ringer>) {
        lock(&self.routes).push(Route {
            folder: folder.to_owned(),
            name,
            ringer: ringer.clone(),
        });
        let mut system = lock(&self.system);
        *system.folders.entry(folder.to_owned()).or_default() += 1;
        if let Some(watcher) = &mut system.watcher {
            // Also when watched already: the folder may have been removed and made again since. Refusals (limits,
            // missing folder) only cost the speed-up.
            drop(watcher.watch(folder, RecursiveMode::NonRecursive));
        }
    }

    fn remove(&self, folders: &[PathBuf], ringer: &Arc<Ringer>) {
        lock(&self.routes).retain(|route| !Arc::ptr_eq(&route.ringer, ringer));
        let mut system = lock(&self.system);
        for folder in folders {
            let Some(count) = system.folders.get_mut(folder) else {
                continue;
            };
            *count = count.saturating_sub(1);
            if *count == 0 {
                system.folders.remove(folder);
                if let Some(watcher) = &mut system.watcher {
                    drop(watcher.unwatch(folder));
                }
            }
        }
    }
}

/// A source's interest in a path; ends when dropped.
#[derive(Debug)]
pub(super) struct Subscription {
    watch: Watch,
    ringer: Arc<Ringer>,
    folders: Vec<PathBuf>,
}

impl Subscription {
    /// The source's ringer.
    pub(super) fn ringer(&self) -> &Ringer {
        &self.ringer
    }

    /// Watches anew: after a symlink was switched or a folder came back, the old watches see nothing.
    pub(super) fn renew(&mut self, path: &Path) {
        let before = std::mem::take(&mut self.folders);
        self.watch.remove(&before, &self.ringer);
        let mut places = vec![path.to_owned()];
        // Writes to the target of a symlink are reported in the target's folder only.
        places.extend(path.canonicalize().ok().filter(|target| target != path));
        for place in places {
            let Some(name) = place.file_name() else {
                continue;
            };
            let folder = match place.parent() {
                Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
                _ => PathBuf::from("."),
            };
            self.watch.add(&folder, name.to_owned(), &self.ringer);
            self.folders.push(folder);
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.watch.remove(&self.folders, &self.ringer);
    }
}

fn system_watcher(routes: Arc<Mutex<Vec<Route>>>) -> Option<RecommendedWatcher> {
    notify::recommended_watcher(move |event: notify::Result<Event>| {
        for route in lock(&routes).iter() {
            if concerns(&event, &route.folder, &route.name) {
                route.ringer.ring();
            }
        }
    })
    .ok()
}

/// Whether an event may concern the file of this name in this folder: the file itself, its folder, or nobody knows what.
fn concerns(event: &notify::Result<Event>, folder: &Path, name: &OsStr) -> bool {
    match event {
        // Our own reading of the log is an access event too: heeding it would be a loop.
        Ok(event) if matches!(event.kind, EventKind::Access(_)) => false,
        Ok(event) if !event.paths.is_empty() && !event.need_rescan() => event
            .paths
            .iter()
            .any(|path| path == folder || path.file_name() == Some(name)),
        // A lost or unclear event may concern anyone.
        Ok(_) | Err(_) => true,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind, Flag, ModifyKind, RemoveKind};

    #[test]
    fn lost_and_unclear_events_concern_everybody() {
        let at = |kind: EventKind, path: &str| Ok(Event::new(kind).add_path(path.into()));
        let modify = EventKind::Modify(ModifyKind::Any);
        for (event, expected) in [
            (at(modify, "/logs/app.log"), true),
            (at(modify, "/logs/other.log"), false),
            (
                at(EventKind::Create(CreateKind::File), "/logs/app.log"),
                true,
            ),
            (at(EventKind::Remove(RemoveKind::Folder), "/logs"), true),
            (
                at(EventKind::Access(AccessKind::Any), "/logs/app.log"),
                false,
            ),
            (Ok(Event::new(modify)), true),
            (
                Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)),
                true,
            ),
            (Err(notify::Error::generic("the queue overflowed")), true),
        ] {
            let concerned = concerns(&event, Path::new("/logs"), OsStr::new("app.log"));
            assert_eq!(concerned, expected, "{event:?}");
        }
    }
}
