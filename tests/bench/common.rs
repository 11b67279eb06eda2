//! What the benchmarks share: a log in memory, its index, and work on all cores as the program does it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use timberline::base::id::Generation;
use timberline::base::time::{Timestamp, Zone};
use timberline::bytes::ByteSource;
use timberline::bytes::memory::MemoryBytes;
use timberline::format::extractor::Extractor;
use timberline::index::{Assembler, SourceSnapshot, scan_chunk};

use crate::log::LogWriter;

/// A log of about so many bytes.
pub fn log_of(size: usize, json: bool) -> MemoryBytes {
    let mut text = String::with_capacity(size + 4_096);
    let mut log = LogWriter::new(1);
    while text.len() < size {
        if json {
            log.json(&mut text);
        } else {
            log.text(&mut text);
        }
    }
    MemoryBytes::new(text)
}

/// Its length in bytes.
pub fn len(source: &dyn ByteSource) -> u64 {
    source.len().unwrap_or(0)
}

/// Indexes a log on this thread.
pub fn index(
    source: &dyn ByteSource,
    extractor: &Extractor,
    buffer: &mut Vec<u8>,
) -> SourceSnapshot {
    let (end, written) = (len(source), Timestamp::default());
    let mut assembler =
        Assembler::new(Generation::default(), extractor.clock(), Zone::Utc, written);
    while let Some(chunk) = assembler.next_chunk(end) {
        match scan_chunk(source, chunk, end, extractor, &Zone::Utc, buffer) {
            Ok(draft) => assembler.push(draft),
            Err(_) => break,
        }
    }
    assembler.snapshot()
}

/// The sum of what `work` returns for each of `0..count`, computed on all cores.
pub fn sum_on_all_cores(count: usize, work: impl Fn(usize, &mut Vec<u8>) -> u64 + Sync) -> u64 {
    let next = AtomicUsize::new(0);
    let claim = || {
        let (mut sum, mut buffer) = (0, Vec::new());
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return sum;
            }
            sum += work(at, &mut buffer);
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let others: Vec<_> = (1..cores).map(|_| scope.spawn(claim)).collect();
        let own = claim();
        own + others
            .into_iter()
            .map(|other| other.join().unwrap_or(0))
            .sum::<u64>()
    })
}
