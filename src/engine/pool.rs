//! The scan threads, shared by all sources, and the hand-over of their results in the order of submission.
//!
//! Whoever waits for a result helps: on a machine with two cores there is one scan thread, and the source's own thread
//! would otherwise idle beside it.

use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, select, unbounded};

use super::guard::{self, Panicked};

/// A piece of work; the buffer is the thread's own and reused.
type Job = Box<dyn FnOnce(&mut Vec<u8>) + Send>;

/// A thread's buffer above this size is given back after a job, so that one huge record does not stay in memory.
const BUFFER_KEPT: usize = 16 << 20;

/// How long a requester with nothing to help with waits before it looks at the queue again.
const HELP_INTERVAL: Duration = Duration::from_millis(20);

/// The queue of the scan threads. Clones share it.
#[derive(Clone)]
pub(super) struct Pool {
    jobs: Sender<Job>,
    queue: Receiver<Job>,
    threads: usize,
}

/// The threads themselves; owned by the engine.
pub(super) struct PoolThreads {
    handles: Vec<JoinHandle<()>>,
    stop: Sender<()>,
}

impl Pool {
    /// Starts `count` threads, at least one. Where the system gives fewer, requesters do the work themselves.
    pub(super) fn start(count: usize) -> (Self, PoolThreads) {
        let (jobs, queue) = unbounded::<Job>();
        let (stop, stopped) = bounded::<()>(0);
        let handles: Vec<_> = (0..count.max(1))
            .filter_map(|number| {
                let (queue, stopped) = (queue.clone(), stopped.clone());
                guard::spawn(format!("scan-{number}"), move || work(&queue, &stopped)).ok()
            })
            .collect();
        let pool = Self {
            jobs,
            queue,
            threads: handles.len(),
        };
        (pool, PoolThreads { handles, stop })
    }

    /// How many jobs one requester should have under way: enough to keep every thread and the requester busy.
    pub(super) fn depth(&self) -> usize {
        (self.threads + 1) * 2
    }

    /// Runs one waiting job on this thread. Whether there was one.
    fn help(&self, buffer: &mut Vec<u8>) -> bool {
        match self.queue.try_recv() {
            Ok(job) => {
                job(buffer);
                true
            }
            Err(_) => false,
        }
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("threads", &self.threads)
            .finish_non_exhaustive()
    }
}

impl PoolThreads {
    /// Tells the threads to end after their present job and gives their handles for joining.
    pub(super) fn stop(self) -> Vec<JoinHandle<()>> {
        drop(self.stop);
        self.handles
    }
}

fn work(queue: &Receiver<Job>, stopped: &Receiver<()>) {
    let mut buffer = Vec::new();
    loop {
        select! {
            recv(queue) -> job => match job {
                Ok(job) => job(&mut buffer),
                Err(_) => return,
            },
            recv(stopped) -> _ => return,
        }
        if buffer.capacity() > BUFFER_KEPT {
            buffer = Vec::new();
        }
    }
}

/// Results of one requester's jobs, in the order in which they were submitted.
pub(super) struct Ordered<T> {
    pool: Pool,
    submitted: u64,
    delivered: u64,
    early: BTreeMap<u64, Result<T, Panicked>>,
    sender: Sender<(u64, Result<T, Panicked>)>,
    results: Receiver<(u64, Result<T, Panicked>)>,
    buffer: Vec<u8>,
}

impl<T: Send + 'static> Ordered<T> {
    pub(super) fn new(pool: &Pool) -> Self {
        let (sender, results) = unbounded();
        Self {
            pool: pool.clone(),
            submitted: 0,
            delivered: 0,
            early: BTreeMap::new(),
            sender,
            results,
            buffer: Vec::new(),
        }
    }

    /// Whether another job should be submitted before the next result is waited for.
    pub(super) fn has_room(&self) -> bool {
        self.in_flight() < self.pool.depth() as u64
    }

    /// Jobs whose results were not delivered yet.
    pub(super) fn in_flight(&self) -> u64 {
        self.submitted - self.delivered
    }

    /// Queues a job.
    pub(super) fn submit(&mut self, job: impl FnOnce(&mut Vec<u8>) -> T + Send + 'static) {
        let (number, sender) = (self.submitted, self.sender.clone());
        self.submitted += 1;
        let job: Job = Box::new(move |buffer| {
            let result = catch_unwind(AssertUnwindSafe(|| job(buffer)));
            // Fails when the requester lost interest.
            drop(sender.send((number, result.map_err(|payload| Panicked::new(&*payload)))));
        });
        // Cannot fail: this pool holds a receiving end.
        drop(self.pool.jobs.send(job));
    }

    /// Waits for the next result in order, working meanwhile; `None` if no job is under way.
    pub(super) fn next(&mut self) -> Option<Result<T, Panicked>> {
        while self.in_flight() > 0 {
            if let Some(result) = self.early.remove(&self.delivered) {
                self.delivered += 1;
                return Some(result);
            }
            if let Ok((number, result)) = self.results.try_recv() {
                self.early.insert(number, result);
            } else if !self.pool.help(&mut self.buffer) {
                self.wait();
            }
        }
        None
    }

    fn wait(&mut self) {
        match self.results.recv_timeout(HELP_INTERVAL) {
            Ok((number, result)) => {
                self.early.insert(number, result);
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_submission() {
        let (pool, threads) = Pool::start(3);
        let mut ordered = Ordered::new(&pool);
        for number in 0..200_u64 {
            ordered.submit(move |_| {
                std::thread::sleep(Duration::from_micros((number * 7919) % 300));
                number
            });
        }
        let got: Vec<_> = std::iter::from_fn(|| ordered.next()).flatten().collect();
        assert_eq!(got, (0..200).collect::<Vec<_>>());
        assert!(threads.stop().into_iter().all(|t| t.join().is_ok()));
    }

    #[test]
    fn a_panic_in_a_job_is_a_result_and_the_pool_goes_on() {
        let (pool, threads) = Pool::start(1);
        let mut ordered = Ordered::new(&pool);
        ordered.submit(|_| assert_eq!(1, 2, "on purpose"));
        ordered.submit(|_| ());
        let first = ordered.next();
        assert!(
            matches!(&first, Some(Err(p)) if p.message.contains("on purpose")),
            "{first:?}"
        );
        assert!(matches!(ordered.next(), Some(Ok(()))));
        assert!(threads.stop().into_iter().all(|t| t.join().is_ok()));
    }
}
