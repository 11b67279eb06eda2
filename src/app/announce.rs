//! Notifications of the desktop: the first new error of a log while another window is in front, if the user wants that.

use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender};

use super::state::State;
use crate::base::problem::Problem;
use crate::engine::Waker;
use crate::tr;
use crate::ui::widgets::number;

/// Shows a notification of the desktop. It does not wait for the desktop; what went wrong is sent to `failed`, in words
/// for the curious, and the waker called.
pub trait Announcer: std::fmt::Debug + Send + Sync {
    /// Shows it.
    fn announce(&self, title: String, text: String, failed: Sender<String>, waker: Waker);
}

/// The desktop's own way: `org.freedesktop.Notifications` on the session's bus. Other systems have none here.
#[derive(Debug, Default)]
pub struct Notifications;

impl Announcer for Notifications {
    fn announce(&self, title: String, text: String, failed: Sender<String>, waker: Waker) {
        let refused = failed.clone();
        // A desktop that does not answer keeps this thread waiting and nothing else.
        let spawned = std::thread::Builder::new()
            .name("announce".into())
            .spawn(move || {
                if let Err(reason) = notify(&title, &text) {
                    failed.send(reason).ok();
                    waker();
                }
            });
        if let Err(error) = spawned {
            refused.send(error.to_string()).ok();
        }
    }
}

#[cfg(target_os = "linux")]
fn notify(title: &str, text: &str) -> Result<(), String> {
    use std::collections::HashMap;
    use zbus::zvariant::Value;
    const NAME: &str = "org.freedesktop.Notifications";
    const PATH: &str = "/org/freedesktop/Notifications";
    // Desktops may read the text as markup.
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let (actions, hints) = (Vec::<&str>::new(), HashMap::<&str, Value<'_>>::new());
    let what = (
        "Timberline",
        0_u32,
        "timberline",
        title,
        text.as_str(),
        actions,
        hints,
        -1_i32,
    );
    let told = zbus::blocking::Connection::session()
        .and_then(|bus| bus.call_method(Some(NAME), PATH, Some(NAME), "Notify", &what));
    told.map(drop).map_err(|error| error.to_string())
}

#[cfg(not(target_os = "linux"))]
fn notify(_title: &str, _text: &str) -> Result<(), String> {
    Err("notifications are known on Linux only".to_owned())
}

/// What the state keeps for them.
#[derive(Debug)]
pub struct Announcements {
    /// Shows them.
    pub by: Arc<dyn Announcer>,
    failed: (Sender<String>, Receiver<String>),
    /// It was told that they do not work.
    told: bool,
}

impl Default for Announcements {
    fn default() -> Self {
        Self {
            by: Arc::new(Notifications),
            failed: crossbeam_channel::unbounded(),
            told: false,
        }
    }
}

/// Tells the desktop of a log with new errors, if the user wants that.
pub(super) fn errors(state: &State, log: String, count: u64) {
    if state.settings.reading.announce_errors {
        let count = number::counted(count, "new error");
        let title = tr!("{count} in a log that is followed", count);
        let failed = state.announcements.failed.0.clone();
        let by = &state.announcements.by;
        by.announce(title, log, failed, Arc::clone(&state.waker));
    }
}

/// Takes in what the desktop refused; it is told once.
pub(super) fn take_refused(state: &mut State) {
    let Some(reason) = state.announcements.failed.1.try_iter().last() else {
        return;
    };
    if !std::mem::replace(&mut state.announcements.told, true) {
        let problem = Problem::warning("The desktop shows no notifications")
            .hint("New errors are counted in the window's title");
        state.tell(problem.detail(reason));
    }
}
