//! Newest-wins hand-over between threads: a burst of a thousand publications costs the reader one.

use std::sync::{Arc, Mutex, PoisonError, TryLockError};

/// Holds at most one unread value; publishing replaces it. The lock is held for a pointer swap only.
#[derive(Debug)]
pub struct Mailbox<T> {
    slot: Mutex<Option<Arc<T>>>,
}

impl<T> Default for Mailbox<T> {
    fn default() -> Self {
        Self {
            slot: Mutex::new(None),
        }
    }
}

impl<T> Mailbox<T> {
    /// Replaces the unread value; the displaced one is dropped after the lock is released.
    pub fn publish(&self, value: Arc<T>) {
        let displaced = {
            let mut slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
            slot.replace(value)
        };
        drop(displaced);
    }

    /// Takes the unread value without ever waiting: `None` when there is none or a writer is swapping right now
    /// (the writer's wake-up, sent after the swap, brings the reader back).
    #[must_use]
    pub fn take(&self) -> Option<Arc<T>> {
        match self.slot.try_lock() {
            Ok(mut slot) => slot.take(),
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner().take(),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// Whether an unread value waits; for worker threads.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.slot
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    /// As `take`, for worker threads, which may wait out a pointer swap.
    #[must_use]
    pub fn take_blocking(&self) -> Option<Arc<T>> {
        self.slot
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// I14: values arrive whole and in order, the last one always; those between may be missed.
    #[test]
    fn the_newest_value_arrives_and_none_is_mixed() {
        const LAST: u64 = 20_000;
        let mailbox = Mailbox::default();
        let mut seen = 0;
        std::thread::scope(|scope| {
            scope.spawn(|| (1..=LAST).for_each(|value| mailbox.publish(Arc::new([value; 8]))));
            while seen < LAST {
                if let Some(values) = mailbox.take() {
                    assert!(values.iter().all(|value| *value == values[0]));
                    assert!(values[0] > seen, "{} after {seen}", values[0]);
                    seen = values[0];
                }
            }
        });
        assert!(mailbox.take().is_none() && !mailbox.is_full());
    }
}
