//! A doorbell for a worker: ringing never waits, and a thousand rings before the door opens are one.

use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

/// The button.
#[derive(Debug, Clone)]
pub(super) struct Bell(Sender<()>);

/// The worker's side.
#[derive(Debug)]
pub(super) struct Door(Receiver<()>);

/// A bell and its door.
pub(super) fn bell() -> (Bell, Door) {
    let (sender, receiver) = bounded(1);
    (Bell(sender), Door(receiver))
}

impl Bell {
    /// Wakes the worker, now or when it next waits.
    pub(super) fn ring(&self) {
        match self.0.try_send(()) {
            // A full channel means that the bell rings already; without a worker there is nobody to wake.
            Ok(()) | Err(TrySendError::Full(()) | TrySendError::Disconnected(())) => {}
        }
    }
}

impl Door {
    /// Waits for a ring.
    pub(super) fn wait(&self) {
        // Disconnected means that nobody can ring any more; the worker then finds its source closed.
        let _ = self.0.recv();
    }

    /// Waits for a ring, but not longer than this.
    pub(super) fn wait_for(&self, time: Duration) {
        let _ = self.0.recv_timeout(time);
    }
}
