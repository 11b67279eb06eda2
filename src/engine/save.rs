//! Keeps a copy of what was collected in a spool.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::desk::Desk;
use super::guard;
use crate::base::problem::Problem;
use crate::bytes::identity::FileId;
use crate::bytes::spool::SpoolPlace;

/// Copies what is in a spool by now to a file, on a thread of its own, and tells when that is done. `open` are the paths
/// of the logs that are open: none of them is overwritten.
pub(super) fn save_copy(desk: &Arc<Desk>, spool: SpoolPlace, to: PathBuf, open: Vec<PathBuf>) {
    let own = desk.clone();
    let spawned = guard::spawn(format!("save-{}", desk.id.0), move || {
        let saved = guard::catch(|| copy(&spool.path(), &to, &open, &own));
        let problem = match saved {
            Ok(Ok(bytes)) => Problem::info("A copy was saved").detail(format!("{bytes} bytes")),
            Ok(Err(problem)) => problem,
            Err(panicked) => panicked.problem("saving a copy"),
        };
        own.board.notice(problem.path(to));
    });
    if let Err(error) = spawned {
        let problem = Problem::error("Cannot start a thread").detail(error.to_string());
        desk.board.notice(problem);
    }
}

/// All of the copy is there or nothing: it takes the name once it is complete. How many bytes it has.
fn copy(from: &Path, to: &Path, open: &[PathBuf], desk: &Desk) -> Result<u64, Problem> {
    let id = |path: &Path| fs::metadata(path).ok().map(|there| FileId::of(&there));
    let target = id(to);
    if target.is_some() && open.iter().any(|path| id(path) == target) {
        return Err(
            Problem::error("This log is open and is not overwritten").hint("Choose another name")
        );
    }
    let failed = |error: io::Error| {
        Problem::error("The copy could not be saved")
            .hint("Choose another folder, or free some space")
            .detail(error.to_string())
    };
    write(from, to, desk).map_err(failed)
}

fn write(from: &Path, to: &Path, desk: &Desk) -> io::Result<u64> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".timberline-copy-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any file that a program makes: less what the user's mask takes away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut copy = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    let mut from = File::open(from)?;
    let mut left = from.metadata()?.len();
    let bytes = left;
    while left > 0 {
        if desk.closing.is_cancelled() {
            return Err(io::Error::other("the log was closed"));
        }
        let piece = left.min(8 << 20);
        let copied = io::copy(&mut (&mut from).take(piece), &mut copy)?;
        if copied == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        left -= copied;
    }
    copy.as_file().sync_all()?;
    copy.persist(to).map_err(|error| error.error)?;
    Ok(bytes)
}
