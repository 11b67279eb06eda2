//! What a name on the command line stands for: a file, what is inside a compressed one, or what comes through a pipe.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::report;
use crate::base::origin::{CommandLine, Origin, Part};
use crate::base::problem::Problem;
use crate::bytes::command::Ended;
use crate::bytes::control::Control;
use crate::bytes::disk::RealDisk;
use crate::bytes::file::FileBytes;
use crate::bytes::packed::Packing;
use crate::bytes::rotated::Rotated;
use crate::bytes::spool::{self, Spool, SpoolPlace};
use crate::bytes::supply::{Reader, Supply};
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
        let origin = match path == Path::new(STDIN) {
            true => Origin::Stdin,
            false => Origin::Path,
        };
        match Supply::of(path, &origin)? {
            Some(Supply::Packed(packing, part)) => Self::unpacked(path, path, packing, &part),
            Some(supply) => {
                let collected = Self::collected(path, &supply)?;
                // What comes through a pipe may be compressed too.
                match Packing::of_file(&collected.path())? {
                    Some(packing) => Self::unpacked(path, &collected.path(), packing, &Part::All),
                    None => Self::of_spool(collected),
                }
            }
            None => Ok(Self {
                file: FileBytes::open(path)?,
                spool: None,
            }),
        }
    }

    /// Opens a log behind its rotated files: all of them are copied into a spool.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn open_rotated(path: &Path) -> io::Result<Self> {
        let Rotated { copied, held } = Rotated::of(&RealDisk, path)?;
        let log = path.to_owned();
        let files: Vec<_> = copied.into_iter().chain(held).chain([log]).collect();
        Self::of_spool(Self::collected(path, &Supply::Rotated(files))?)
    }

    fn of_spool(spool: SpoolPlace) -> io::Result<Self> {
        Ok(Self {
            file: FileBytes::open(&spool.path())?,
            spool: Some(spool),
        })
    }

    /// What comes by and by, as far as it may be kept.
    fn collected(path: &Path, supply: &Supply) -> io::Result<SpoolPlace> {
        let mut spool = new_spool(path, supply)?;
        let control = Control::default();
        let poured = supply.pour(path, Reader::Terminal, &control, &mut spool, |_| {});
        if let Err(error) = poured {
            if spool.written() == 0 {
                return Err(error);
            }
            incomplete(path, supply.name(), spool.written(), &error);
        }
        Ok(spool.place())
    }

    /// What is inside the compressed file at `place`. `name` is what the user calls it.
    fn unpacked(name: &Path, place: &Path, packing: Packing, part: &Part) -> io::Result<Self> {
        let mut inside = new_spool(name, &Supply::Packed(packing, part.clone()))?;
        if let Err(error) = packing.unpack(File::open(place)?, part, &mut inside) {
            incomplete(name, packing.name(), inside.written(), &error);
        }
        Self::of_spool(inside.place())
    }
}

fn new_spool(path: &Path, supply: &Supply) -> io::Result<Spool> {
    spool::remove_left_over();
    supply.spool(&path.file_name().unwrap_or_default().to_string_lossy())
}

fn incomplete(path: &Path, what: &str, written: u64, error: &io::Error) {
    let warning = Problem::warning(format!(
        "The {what} file could not be read to its end; {written} bytes could"
    ));
    let _ = report(&warning.path(path).detail(error.to_string()));
}

/// Standard input or what a program prints as it comes, in a spool that a thread fills.
#[derive(Debug)]
pub struct Live {
    place: SpoolPlace,
    ended: Arc<AtomicBool>,
    control: Control,
    filling: Option<JoinHandle<io::Result<Option<Ended>>>>,
}

/// The format is settled by what has come after so long, if that is anything at all.
const SETTLE: Duration = Duration::from_millis(300);

impl Live {
    /// Starts to read standard input, and waits until there is something to judge the format by.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn stdin() -> io::Result<Self> {
        Self::start(Path::new("stdin"), Supply::Stdin)
    }

    /// Starts a program, and waits until there is something to judge the format by.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn command(line: CommandLine) -> io::Result<Self> {
        Self::start(Path::new("command"), Supply::Command(line))
    }

    fn start(name: &'static Path, supply: Supply) -> io::Result<Self> {
        let mut spool = new_spool(name, &supply)?;
        let place = spool.place();
        let ended = Arc::new(AtomicBool::new(false));
        let (over, control) = (ended.clone(), Control::default());
        let own = control.clone();
        let filling = std::thread::Builder::new()
            .name("live".to_owned())
            .spawn(move || {
                let mut how = None;
                let poured = supply.pour(name, Reader::Terminal, &own, &mut spool, |ended| {
                    how = Some(ended);
                });
                over.store(true, Ordering::Release);
                poured.map(|()| how)
            })?;
        let live = Self {
            place,
            ended,
            control,
            filling: Some(filling),
        };
        live.settle()?;
        Ok(live)
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

    /// What became of the reading, once it has ended, and of the program.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn finish(mut self) -> io::Result<Option<Ended>> {
        match self.filling.take().map(JoinHandle::join) {
            Some(Ok(done)) => done,
            _ => Err(io::Error::other("reading failed")),
        }
    }
}

impl Drop for Live {
    /// A program whose output nobody wants any more is ended. What waits for standard input ends with the process.
    fn drop(&mut self) {
        self.control.stop.cancel();
        // Elsewhere reading itself waits, for as long as nothing comes.
        if let Some(filling) = self.filling.take().filter(|_| cfg!(unix)) {
            drop(filling.join());
        }
    }
}
