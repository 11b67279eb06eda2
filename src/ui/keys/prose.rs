//! Keys in running text.

use std::borrow::Cow;

use super::{When, keymap, table, title};

/// A Markdown text in which keys stand as code, as the help's pages have them: each is the one that its command has now.
/// A command without a key is named.
#[must_use]
pub fn with_current_keys(text: &str) -> Cow<'_, str> {
    let changed = changed();
    if changed.is_empty() {
        return Cow::Borrowed(text);
    }
    // Every second part is code.
    let parts = text.split('`').enumerate().map(|(at, part)| {
        let mut keys = changed.iter().filter(|_| at % 2 == 1);
        let now = keys.find(|(before, _)| before == part);
        now.map_or(part, |(_, now)| now)
    });
    Cow::Owned(parts.collect::<Vec<_>>().join("`"))
}

/// The program's own keys that are not those of their commands any more, and what to say instead.
fn changed() -> Vec<(String, String)> {
    let keymap = keymap::current();
    let mut changed = Vec::new();
    let lines = table::BINDINGS.iter();
    let lines = lines.filter(|line| line.when != When::FindBox && line.command.is_rebindable());
    for line in lines {
        let mut now = keymap.shortcuts(line.command).peekable();
        let main = now.peek().map_or_else(
            || title(line.command).trim_end_matches("...").to_owned(),
            |key| key.text(),
        );
        let now: Vec<_> = now.collect();
        let gone = line.shortcuts.iter().filter(|key| !now.contains(key));
        changed.extend(gone.map(|key| (key.text(), main.clone())));
    }
    changed
}
