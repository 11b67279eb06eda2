//! A thread for what nobody should wait for: it compiles the built-in formats while the window is still being made, and
//! frees what the others put aside, since dropping the index of a large file would cost the window a frame.

use std::any::Any;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::guard;
use crate::format::builtin;

/// The way to the chores thread. Clones share it; the thread ends when the last is gone.
#[derive(Debug, Clone)]
pub(super) struct Chores(Sender<Box<dyn Any + Send>>);

impl Chores {
    /// Starts the thread; without one, values are dropped where they are retired.
    pub(super) fn start() -> (Self, Option<JoinHandle<()>>) {
        let (sender, retired) = unbounded();
        let thread = guard::spawn("chores".to_owned(), move || drop_all(&retired)).ok();
        (Self(sender), thread)
    }

    /// Drops a value elsewhere.
    pub(super) fn retire(&self, value: impl Any + Send) {
        // Without the thread the value comes back in the error and is dropped here.
        drop(self.0.send(Box::new(value)));
    }
}

fn drop_all(retired: &Receiver<Box<dyn Any + Send>>) {
    // Milliseconds that the first detection would spend otherwise.
    drop(guard::catch(builtin::compile_all));
    for value in retired {
        // A panicking destructor must not end the thread: everything retired after it would be dropped by the window.
        drop(guard::catch(move || drop(value)));
    }
}
