//! What is kept of a panic: a report in the state folder. It says where in the program it happened, and nothing of what
//! stands in the logs that were open. Nothing is sent anywhere.

use std::backtrace::Backtrace;
use std::panic::PanicHookInfo;

use chrono::Local;

use super::own_log::{without_quotes, write_line};
use crate::base::panics::Panicked;
use crate::settings::store::Store;

/// Has every panic of this program reported, those that are caught too.
pub fn report_to(store: Store) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        report(&store, panic);
        before(panic);
    }));
}

fn report(store: &Store, panic: &PanicHookInfo<'_>) {
    let said = panic.payload_as_str().unwrap_or("no message");
    let message = without_quotes(said);
    let place = panic.location().map(ToString::to_string);
    let place = place.unwrap_or_else(|| "an unknown place".to_owned());
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("a thread without a name");
    let text = text(&message, &place, thread, &Backtrace::force_capture());
    // Sorts by time, and two threads do not write one file.
    let stamp = Local::now().format("%Y%m%d-%H%M%S-%6f").to_string();
    let path = store.write_report(&stamp, &text);
    let mut line = String::new();
    let path = path.map_or_else(String::new, |path| format!("; see {}", path.display()));
    write_line(
        "CRITICAL",
        &format!("panic in {thread} at {place}: {message}{path}"),
        &mut line,
    );
    store.log(&line);
}

fn text(message: &str, place: &str, thread: &str, backtrace: &Backtrace) -> String {
    format!(
        "Timberline {} had an internal error.\n\nWhen: {}\nSystem: {} {}\nThread: {thread}\nWhere: {place}\nWhat: {message}\n\n{backtrace}\n",
        env!("CARGO_PKG_VERSION"),
        Local::now().format("%Y-%m-%d %H:%M:%S %z"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    )
}

/// A caught panic in short, for a page that shows nothing else.
pub fn in_short(panicked: &Panicked) -> String {
    without_quotes(&panicked.message)
}
