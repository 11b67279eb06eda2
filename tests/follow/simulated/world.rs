//! A file system in memory with a clock. A writer works on it whenever a reader's call takes time, so that anything can
//! happen between any two calls.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime};

use timberline::bytes::disk::{Disk, Facts, Kind, OpenFile};
use timberline::bytes::identity::FileId;
use timberline::bytes::stream::Unpack;
use timberline::bytes::{ByteSource, ReadError};

use super::program::Program;

/// The folder of the log.
pub const FOLDER: &str = "/simulated";

/// A file, also one that no name leads to.
#[derive(Debug, Default)]
pub struct Node {
    number: u64,
    born: u64,
    pub bytes: Vec<u8>,
    pub modified: Duration,
    links: u32,
    handles: u32,
    /// How much of the content the reader was ever told to be there.
    told: usize,
    /// What was compressed into this file, once that is complete.
    pub inside: Option<Vec<u8>>,
}

/// What a name is.
#[derive(Debug, Clone)]
pub enum Entry {
    /// The key of a node.
    File(usize),
    /// Another name.
    Link(String),
}

/// A line that is not in its file any more.
#[derive(Debug, Clone, Copy)]
pub struct Destroyed {
    pub line: u64,
    pub at: Duration,
    /// The file is gone too. Where it is not, nothing is left that could be missed of what was written over before it
    /// was read.
    pub with_file: bool,
    /// When the file was last written.
    pub modified: Duration,
}

#[derive(Debug)]
pub struct World {
    pub nodes: Vec<Node>,
    /// `None` while the folder is not there.
    pub folder: Option<BTreeMap<String, Entry>>,
    pub clock: Duration,
    /// File times are multiples of this.
    grain: Duration,
    /// Whether it is known when a file was made. Where it is not, one may be mistaken for another that had its number.
    pub keeps_births: bool,
    /// Numbers of files that are gone.
    free: Vec<u64>,
    /// How long a call takes at most, in microseconds.
    call: u64,
    random: Random,
    /// Lines that went after the reader was told that they were there.
    pub destroyed: Vec<Destroyed>,
    /// The same for lines that it never heard of.
    pub unheard: Vec<u64>,
}

/// A small generator; the same numbers for the same seed.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound
    }
}

impl World {
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed ^ 0x5eed);
        let grain = [1, 1_000_000, 4_000_000, 10_000_000][random.below(4) as usize];
        let call = [3, 40, 400, 4_000, 40_000][random.below(5) as usize];
        Self {
            nodes: Vec::new(),
            folder: Some(BTreeMap::new()),
            clock: Duration::ZERO,
            grain: Duration::from_nanos(grain),
            keeps_births: random.below(4) > 0,
            free: Vec::new(),
            call,
            random,
            destroyed: Vec::new(),
            unheard: Vec::new(),
        }
    }

    fn now(&self) -> Duration {
        let grain = self.grain.as_nanos() as u64;
        Duration::from_nanos(self.clock.as_nanos() as u64 / grain * grain)
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.folder.as_ref()?.get(name)
    }

    /// The node that a name leads to.
    pub fn node(&self, name: &str) -> Option<usize> {
        match self.entry(name)? {
            Entry::File(node) => Some(*node),
            Entry::Link(target) => self.node(target),
        }
    }

    /// Opens a file for appending, which makes it if it is not there.
    pub fn open_to_append(&mut self, name: &str) -> usize {
        let node = self.node(name).unwrap_or_else(|| self.make(name));
        self.nodes[node].handles += 1;
        node
    }

    fn make(&mut self, name: &str) -> usize {
        let number = match self.free.pop() {
            Some(number) => number,
            None => 100 + self.nodes.len() as u64,
        };
        self.nodes.push(Node {
            number,
            modified: self.now(),
            born: match self.keeps_births {
                true => 1 + self.clock.as_nanos() as u64,
                false => 0,
            },
            links: 1,
            ..Node::default()
        });
        let node = self.nodes.len() - 1;
        let name = name.to_owned();
        self.folder
            .as_mut()
            .unwrap()
            .insert(name, Entry::File(node));
        node
    }

    pub fn close(&mut self, node: usize) {
        self.nodes[node].handles -= 1;
        self.let_go(node);
    }

    /// A file without names and handles is no more.
    fn let_go(&mut self, node: usize) {
        if self.nodes[node].links == 0 && self.nodes[node].handles == 0 {
            self.free.push(self.nodes[node].number);
        }
    }

    pub fn append(&mut self, node: usize, bytes: &[u8]) {
        self.nodes[node].bytes.extend_from_slice(bytes);
        self.nodes[node].modified = self.now();
    }

    pub fn truncate(&mut self, node: usize) {
        self.destroy(node, false);
        self.nodes[node].bytes.clear();
        self.nodes[node].told = 0;
        self.nodes[node].modified = self.now();
    }

    /// Counts the lines of a file that are about to go, with the file or only out of it.
    fn destroy(&mut self, node: usize, with_file: bool) {
        let node = &self.nodes[node];
        self.unheard.extend(super::program::numbers(
            node.inside.as_deref().unwrap_or_default(),
        ));
        let mut at = 0;
        for line in node.bytes.split_inclusive(|byte| *byte == b'\n') {
            let heard = at < node.told;
            at += line.len();
            if let Some(number) = super::program::number(line) {
                match heard {
                    true => self.destroyed.push(Destroyed {
                        line: number,
                        at: self.clock,
                        with_file,
                        modified: node.modified,
                    }),
                    false => self.unheard.push(number),
                }
            }
        }
    }

    pub fn rename(&mut self, from: &str, to: &str) {
        let entry = self.folder.as_mut().unwrap().remove(from).unwrap();
        self.unlink(to);
        self.folder.as_mut().unwrap().insert(to.to_owned(), entry);
    }

    pub fn link(&mut self, name: &str, target: &str) {
        let link = Entry::Link(target.to_owned());
        self.folder.as_mut().unwrap().insert(name.to_owned(), link);
    }

    pub fn unlink(&mut self, name: &str) {
        if let Some(Entry::File(node)) = self.folder.as_mut().unwrap().remove(name) {
            self.nodes[node].links -= 1;
            self.destroy(node, true);
            self.let_go(node);
        }
    }

    pub fn remove_folder(&mut self) {
        let names: Vec<String> = self.folder.as_ref().unwrap().keys().cloned().collect();
        for name in names {
            self.unlink(&name);
        }
        self.folder = None;
    }

    /// Writes what compressing leaves last: the file is complete, and as old as what it was made of.
    pub fn end_packing(&mut self, node: usize, inside: Vec<u8>, modified: Duration) {
        self.append(node, b"and all the rest");
        self.nodes[node].inside = Some(inside);
        self.nodes[node].modified = modified;
    }

    /// Names and what they lead to, for the story of a failure.
    pub fn listing(&self) -> String {
        let names = self.folder.iter().flatten();
        let line = |(name, entry): (&String, &Entry)| {
            let facts = self.node(name).map(|node| self.facts(node));
            format!("{name} {entry:?} {facts:?}\n")
        };
        names.map(line).collect()
    }

    fn facts(&self, node: usize) -> Facts {
        let node = &self.nodes[node];
        Facts {
            id: FileId {
                dev: 1,
                ino: node.number,
                born: node.born,
            },
            len: node.bytes.len() as u64,
            modified: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000) + node.modified),
            kind: Kind::File,
            linked: node.links > 0,
        }
    }

    fn tell(&mut self, node: usize) -> Facts {
        let facts = self.facts(node);
        let told = &mut self.nodes[node].told;
        *told = (*told).max(facts.len as usize);
        facts
    }
}

/// The world and who writes in it.
#[derive(Debug)]
pub struct Stage {
    pub world: World,
    pub program: Program,
}

/// The world as a disk.
#[derive(Clone)]
pub struct SimulatedDisk(pub Arc<Mutex<Stage>>);

impl fmt::Debug for SimulatedDisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SimulatedDisk")
    }
}

impl SimulatedDisk {
    pub fn new(seed: u64, steps: u32) -> Self {
        let mut world = World::new(seed);
        let program = Program::new(seed, steps, &mut world);
        Self(Arc::new(Mutex::new(Stage { world, program })))
    }

    /// Lets the program begin.
    pub fn begin(&self) {
        let mut stage = self.0.lock().unwrap();
        let now = stage.world.clock;
        stage.program.begin(now);
    }

    /// Lets time pass.
    pub fn wait(&self, time: Duration) {
        self.pass(&mut self.0.lock().unwrap(), time);
    }

    fn pass(&self, stage: &mut Stage, time: Duration) {
        stage.world.clock += time;
        let Stage { world, program } = stage;
        program.run(world);
    }

    /// A call of the reader: it takes a moment.
    fn call(&self) -> MutexGuard<'_, Stage> {
        let mut stage = self.0.lock().unwrap();
        let longest = stage.world.call;
        let took = stage.world.random.below(longest);
        self.pass(&mut stage, Duration::from_micros(1 + took));
        stage
    }
}

fn name(path: &Path) -> io::Result<String> {
    match path.parent() {
        Some(parent) if parent == Path::new(FOLDER) => {
            Ok(path.file_name().unwrap().to_str().unwrap().to_owned())
        }
        _ => Err(io::ErrorKind::NotFound.into()),
    }
}

fn missing() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl Disk for SimulatedDisk {
    fn facts(&self, path: &Path) -> io::Result<Facts> {
        let mut stage = self.call();
        let node = stage.world.node(&name(path)?).ok_or_else(missing)?;
        Ok(stage.world.tell(node))
    }

    fn open(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        let mut stage = self.call();
        let node = stage.world.node(&name(path)?).ok_or_else(missing)?;
        stage.world.nodes[node].handles += 1;
        Ok(Arc::new(SimulatedFile {
            disk: self.clone(),
            node,
        }))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        assert_eq!(folder, Path::new(FOLDER));
        let stage = self.call();
        let names = stage.world.folder.as_ref().ok_or_else(missing)?.keys();
        Ok(names.map(OsString::from).collect())
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        let stage = self.call();
        let mut name = name(path)?;
        while let Some(Entry::Link(target)) = stage.world.entry(&name) {
            name = target.clone();
        }
        stage.world.entry(&name).ok_or_else(missing)?;
        Ok(Path::new(FOLDER).join(name))
    }
}

#[derive(Debug)]
struct SimulatedFile {
    disk: SimulatedDisk,
    node: usize,
}

impl Drop for SimulatedFile {
    fn drop(&mut self) {
        if let Ok(mut stage) = self.disk.0.lock() {
            stage.world.close(self.node);
        }
    }
}

impl Unpack for SimulatedDisk {
    fn unpack(&self, path: &Path, facts: Facts) -> Option<io::Result<Arc<dyn OpenFile>>> {
        let mut stage = self.call();
        if stage.world.random.below(4) == 0 {
            return None;
        }
        let there = name(path).ok().and_then(|name| stage.world.node(&name));
        let there = there.filter(|node| stage.world.facts(*node) == facts);
        let inside = there.and_then(|node| Some((node, stage.world.nodes[node].inside.clone()?)));
        Some(inside.ok_or_else(missing).map(|(node, bytes)| {
            let len = bytes.len() as u64;
            stage.world.nodes[node].handles += 1;
            Arc::new(Unpacked {
                bytes,
                facts: Facts { len, ..facts },
                _file: SimulatedFile {
                    disk: self.clone(),
                    node,
                },
            }) as Arc<dyn OpenFile>
        }))
    }
}

/// What was in a compressed file, out of the world's reach.
#[derive(Debug)]
struct Unpacked {
    bytes: Vec<u8>,
    facts: Facts,
    _file: SimulatedFile,
}

impl OpenFile for Unpacked {
    fn facts(&self) -> io::Result<Facts> {
        Ok(self.facts)
    }
}

impl ByteSource for Unpacked {
    fn len(&self) -> io::Result<u64> {
        Ok(self.facts.len)
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        Ok(copy_at(&self.bytes, offset, buf))
    }
}

impl OpenFile for SimulatedFile {
    fn facts(&self) -> io::Result<Facts> {
        Ok(self.disk.call().world.tell(self.node))
    }
}

impl ByteSource for SimulatedFile {
    fn len(&self) -> io::Result<u64> {
        Ok(self.facts()?.len)
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<usize, ReadError> {
        let mut stage = self.disk.call();
        let node = &mut stage.world.nodes[self.node];
        let count = copy_at(&node.bytes, offset, buf);
        node.told = node.told.max(offset as usize + count);
        Ok(count)
    }
}

fn copy_at(bytes: &[u8], offset: u64, buf: &mut [u8]) -> usize {
    let there = bytes.get(offset as usize..).unwrap_or_default();
    let count = there.len().min(buf.len());
    buf[..count].copy_from_slice(&there[..count]);
    count
}
