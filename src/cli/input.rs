//! What a name on the command line stands for: a file, what is inside a compressed one, or what comes through a pipe.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::report;
use crate::base::problem::Problem;
use crate::bytes::file::FileBytes;
use crate::bytes::packed::{MAGIC_BYTES, Packing};
use crate::bytes::spool::{Spool, SpoolPlace};
use crate::format::detect::SAMPLE_BYTES;

/// The name of standard input.
pub const STDIN: &str = "-";

/// A file that can be read at any place.
#[derive(Debug)]
pub struct Input {
    /// The file.
    pub file: FileBytes,
    /// Keeps the file, where it is a spool.
    pub spool: Option<SpoolPlace>,
}

impl Input {
    /// Opens what the name stands for. What comes through a pipe is read to its end first, and what is compressed is
    /// unpacked; of a damaged file as much as can be, with a warning on standard error.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn open(path: &Path) -> io::Result<Self> {
        if path == Path::new(STDIN) {
            let mut spool = Spool::new("stdin")?;
            io::copy(&mut io::stdin().lock(), &mut spool)?;
            return Self::unpacked(path, &spool.place().path(), Some(spool.place()));
        }
        let there = fs::metadata(path)?;
        if !there.is_file() && !there.is_dir() {
            let mut spool = Spool::new("pipe")?;
            io::copy(&mut File::open(path)?, &mut spool)?;
            return Self::unpacked(path, &spool.place().path(), Some(spool.place()));
        }
        Self::unpacked(path, path, None)
    }

    /// The file at `place`, or what is inside if it is compressed. `name` is what the user calls it.
    fn unpacked(name: &Path, place: &Path, spool: Option<SpoolPlace>) -> io::Result<Self> {
        let file = FileBytes::open(place)?;
        let Some(packing) = packing(place)? else {
            return Ok(Self { file, spool });
        };
        let mut inside = Spool::new(&name.file_name().unwrap_or_default().to_string_lossy())?;
        if let Err(error) = packing.unpack(File::open(place)?, &mut inside) {
            let warning = Problem::warning(format!(
                "The {} file could not be read to its end; {} bytes could",
                packing.name(),
                inside.written()
            ));
            let _ = report(&warning.path(name).detail(error.to_string()));
        }
        Ok(Self {
            file: FileBytes::open(&inside.place().path())?,
            spool: Some(inside.place()),
        })
    }
}

fn packing(path: &Path) -> io::Result<Option<Packing>> {
    let mut head = Vec::new();
    let mut file = File::open(path)?.take(MAGIC_BYTES as u64);
    file.read_to_end(&mut head)?;
    Ok(Packing::of(&head))
}

/// Standard input as it comes, in a spool that a thread fills.
#[derive(Debug)]
pub struct Stdin {
    place: SpoolPlace,
    ended: Arc<AtomicBool>,
    filling: JoinHandle<io::Result<()>>,
}

/// The format is settled by what has come after so long, if that is anything at all.
const SETTLE: Duration = Duration::from_millis(300);

impl Stdin {
    /// Starts to read, and waits until there is something to judge the format by.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn start() -> io::Result<Self> {
        let mut spool = Spool::new("stdin")?;
        let place = spool.place();
        let ended = Arc::new(AtomicBool::new(false));
        let over = ended.clone();
        let filling = std::thread::Builder::new()
            .name("stdin".to_owned())
            .spawn(move || {
                let copied = io::copy(&mut io::stdin().lock(), &mut spool);
                over.store(true, Ordering::Release);
                copied.map(drop)
            })?;
        let stdin = Self {
            place,
            ended,
            filling,
        };
        stdin.settle()?;
        Ok(stdin)
    }

    fn settle(&self) -> io::Result<()> {
        let mut began = Instant::now();
        while !self.has_ended() {
            let there = fs::metadata(self.path())?.len();
            if there == 0 {
                began = Instant::now();
            }
            if there >= SAMPLE_BYTES || began.elapsed() >= SETTLE {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// Where the bytes are.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.place.path()
    }

    /// Whether everything has come. To be asked before looking at what is there.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    /// What became of the reading, once it has ended.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn finish(self) -> io::Result<()> {
        self.filling
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("reading standard input failed")))
    }
}
