//! Where the logs of the pictures are. The start page shows the folder's name, so that it is called the same on every
//! machine and in every run; nobody else may look into it, and nothing is left of it.

use std::fs;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, SystemTime};

const PATH: &str = "/tmp/timberline";

/// The folder, with the samples in it; removed with the last test that has it.
pub struct Folder {
    /// Of two runs at the same time one waits.
    _lock: fs::File,
    /// The samples, from hours and days ago.
    pub logs: Vec<PathBuf>,
}

impl Folder {
    /// The one that all tests of this run share.
    pub fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Folder>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let made = Arc::new(Self::make());
            *shared = Arc::downgrade(&made);
            made
        })
    }

    fn make() -> Self {
        let lock = std::iter::repeat_with(claim).flatten().next().unwrap();
        // A run that was killed leaves its own.
        for left in fs::read_dir(PATH).unwrap() {
            let left = left.unwrap().path();
            let removed = fs::remove_dir_all(&left).or_else(|_| fs::remove_file(&left));
            removed.unwrap();
        }
        Self {
            _lock: lock,
            logs: logs(),
        }
    }

    /// A place in it.
    pub fn join(&self, name: &str) -> PathBuf {
        Path::new(PATH).join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // While it is locked: whoever waits for the lock sees that it is gone.
        fs::remove_dir_all(PATH).ok();
    }
}

/// The folder, made and locked; `None` if another run removed it meanwhile.
fn claim() -> Option<fs::File> {
    fs::DirBuilder::new().mode(0o700).create(PATH).ok();
    let folder = fs::File::open(PATH).ok()?;
    folder.lock().unwrap();
    let (ours, there) = (folder.metadata().unwrap(), fs::symlink_metadata(PATH).ok()?);
    let user = rustix::process::geteuid().as_raw();
    let own = there.is_dir() && there.uid() == user;
    assert!(own, "{PATH} is somebody else's: remove it");
    folder
        .set_permissions(fs::Permissions::from_mode(0o700))
        .unwrap();
    (ours.ino() == there.ino()).then_some(folder)
}

fn logs() -> Vec<PathBuf> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
    let names = ["inference-service.log", "uvicorn.log", "app.jsonl"];
    let copy = |(age, name): (u64, &str)| {
        let path = Path::new(PATH).join(name);
        fs::copy(samples.join(name), &path).unwrap();
        let age = Duration::from_secs(3600 * (age * 30 + 2) + 600);
        let file = fs::File::options().append(true).open(&path).unwrap();
        file.set_modified(SystemTime::now() - age).unwrap();
        path
    };
    (0..).zip(names).map(copy).collect()
}
