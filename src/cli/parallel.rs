//! Work on all cores whose results are wanted in order, or all together.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Results that are computed ahead of the one that is due, for each thread.
const AHEAD: usize = 4;

fn threads(items: usize) -> usize {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    cores.min(items)
}

/// Works on items `0..count` and hands the results to `take` in order, on this thread, until it breaks. Each thread
/// keeps a buffer from item to item. At most four results per thread wait to be taken, however slow `take` is.
pub fn in_order<T: Send>(
    count: usize,
    work: impl Fn(usize, &mut Vec<u8>) -> T + Sync,
    mut take: impl FnMut(T) -> ControlFlow<()>,
) {
    let threads = threads(count);
    if threads < 2 {
        let mut buffer = Vec::new();
        // Broken or not, nothing is left to stop.
        let _ = (0..count).try_for_each(|item| take(work(item, &mut buffer)));
        return;
    }
    let (todo, items) = crossbeam_channel::unbounded();
    let (done, results) = crossbeam_channel::unbounded();
    let mut next = 0..count;
    // An item is given out for each result that was taken, so that no more than these are under way.
    for item in next.by_ref().take(AHEAD * threads) {
        todo.send(item).ok();
    }
    let work = &work;
    thread::scope(|scope| {
        for _ in 0..threads {
            let (items, done) = (items.clone(), done.clone());
            scope.spawn(move || {
                let mut buffer = Vec::new();
                for item in items {
                    if done.send((item, work(item, &mut buffer))).is_err() {
                        return;
                    }
                }
            });
        }
        drop((items, done));
        let mut todo = Some(todo).filter(|_| !next.is_empty());
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (item, result) in results {
            waiting.insert(item, result);
            while let Some(result) = waiting.remove(&due) {
                due += 1;
                if take(result).is_break() {
                    // Without a sender and a receiver the threads end after the item that each is at.
                    return;
                }
                match (next.next(), &todo) {
                    (Some(item), Some(todo)) => drop(todo.send(item)),
                    _ => todo = None,
                }
            }
        }
    });
}

/// Works on items `0..count` and returns the results in order, or the first error that was met. Cheaper by item than
/// [`in_order`], but all results are kept.
///
/// # Errors
/// Those of `work`.
pub fn all<T: Send, E: Send>(
    count: usize,
    work: impl Fn(usize, &mut Vec<u8>) -> Result<T, E> + Sync,
) -> Result<Vec<T>, E> {
    let next = AtomicUsize::new(0);
    let claimed = || {
        let mut buffer = Vec::new();
        let mut results = Vec::new();
        loop {
            let item = next.fetch_add(1, Ordering::Relaxed);
            if item >= count {
                return Ok(results);
            }
            match work(item, &mut buffer) {
                Ok(result) => results.push((item, result)),
                Err(error) => {
                    next.store(count, Ordering::Relaxed);
                    return Err(error);
                }
            }
        }
    };
    let parts = thread::scope(|scope| {
        let others: Vec<_> = (1..threads(count)).map(|_| scope.spawn(claimed)).collect();
        let mut parts = vec![claimed()];
        for other in others {
            match other.join() {
                Ok(part) => parts.push(part),
                Err(panicked) => std::panic::resume_unwind(panicked),
            }
        }
        parts
    });
    let mut results = Vec::with_capacity(count);
    for part in parts {
        results.append(&mut part?);
    }
    results.sort_unstable_by_key(|(item, _)| *item);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_however_long_each_takes() {
        for count in [0, 1, 2, 7, 200] {
            let mut taken = Vec::new();
            let uneven = |item: usize, buffer: &mut Vec<u8>| {
                buffer.push(0);
                thread::sleep(std::time::Duration::from_micros(item as u64 * 37 % 400));
                item
            };
            in_order(count, uneven, |item| {
                taken.push(item);
                ControlFlow::Continue(())
            });
            assert!(taken.into_iter().eq(0..count));
            let doubled: Result<_, ()> = all(count, |item, _| Ok(item * 2));
            assert!(
                doubled
                    .unwrap_or_default()
                    .into_iter()
                    .eq((0..count).map(|n| n * 2))
            );
        }
    }

    #[test]
    fn a_slow_taker_is_not_run_away_from() {
        let (begun, mut taken) = (AtomicUsize::new(0), 0);
        in_order(
            300,
            |_, _| begun.fetch_add(1, Ordering::SeqCst),
            |_| {
                taken += 1;
                thread::sleep(std::time::Duration::from_micros(200));
                assert!(begun.load(Ordering::SeqCst) < taken + AHEAD * threads(300) + 1);
                ControlFlow::Continue(())
            },
        );
        assert_eq!(taken, 300);
    }

    #[test]
    fn breaking_stops_the_work() {
        let begun = AtomicUsize::new(0);
        let mut taken = 0;
        in_order(
            10_000,
            |_, _| begun.fetch_add(1, Ordering::SeqCst),
            |_| {
                taken += 1;
                if taken == 3 {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
        );
        assert_eq!(taken, 3);
        assert!(begun.into_inner() <= 3 + AHEAD * threads(10_000));
    }

    #[test]
    fn an_error_ends_everything() {
        let failed = all(1_000, |item, _| if item == 17 { Err(item) } else { Ok(()) });
        assert_eq!(failed, Err(17));
    }
}
