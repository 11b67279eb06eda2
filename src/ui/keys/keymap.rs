//! The table of keys with the user's own in it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Binding, Command, Shortcut, When, table};

/// All lines as they work now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
    own: BTreeMap<Command, Vec<Shortcut>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self {
            bindings: table::BINDINGS.to_vec(),
            own: BTreeMap::new(),
        }
    }
}

impl Keymap {
    /// The program's table with the keys that the settings name, by the ids of commands. They stand in place of a
    /// command's keys, and a key that one names is no longer another's; of two that name it the first has it.
    #[must_use]
    pub fn new(settings: &BTreeMap<String, Vec<String>>) -> (Self, Refused) {
        let (mut own, mut refused) = (
            BTreeMap::<Command, Vec<Shortcut>>::new(),
            Refused::default(),
        );
        for (id, texts) in settings {
            let command = Command::of_id(id).filter(|command| command.is_rebindable());
            let Some(command) = command else {
                refused.unknown.push(id.clone());
                continue;
            };
            let mut keys = Vec::new();
            for text in texts {
                let Some(key) = Shortcut::parse(text) else {
                    refused.unknown.push(format!("{id} = \"{text}\""));
                    continue;
                };
                match { &own }.iter().find(|other| takes(*other, command, key)) {
                    Some((other, _)) => {
                        let (key, other) = (key.text(), other.id());
                        refused.taken.push(format!("{key}: {other}, {id}"));
                    }
                    None => keys.push(key),
                }
            }
            own.insert(command, keys);
        }
        (Self::of(own), refused)
    }

    fn of(own: BTreeMap<Command, Vec<Shortcut>>) -> Self {
        let taken: Vec<(Shortcut, When)> = own
            .iter()
            .flat_map(|(command, keys)| keys.iter().map(|key| (*key, when(*command, *key))))
            .collect();
        let mut bindings: Vec<Binding> = Vec::new();
        for line in table::BINDINGS {
            let fixed = line.when == When::FindBox || !own.contains_key(&line.command);
            if fixed {
                bindings.push(without(line, &taken));
            } else if line.command.line() == Some(line) {
                bindings.extend(lines(
                    line,
                    own.get(&line.command).map_or(&[], Vec::as_slice),
                ));
            }
        }
        Self { bindings, own }
    }

    /// Every line, in the order of the list.
    #[must_use]
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// The keys of a command, the main one first, without those that work only in the find box.
    pub fn shortcuts(&self, command: Command) -> impl Iterator<Item = &Shortcut> {
        let ours = move |line: &&Binding| line.command == command && line.when != When::FindBox;
        self.bindings
            .iter()
            .filter(ours)
            .flat_map(|line| line.shortcuts.iter())
    }

    /// Whether the user chose the keys of a command.
    #[must_use]
    pub fn is_own(&self, command: Command) -> bool {
        self.own.contains_key(&command)
    }

    /// Which other command a key belongs to that `command` would get.
    #[must_use]
    pub fn owner(&self, key: Shortcut, command: Command) -> Option<Command> {
        let when = when(command, key);
        let clashes = |line: &&Binding| {
            line.command != command && line.when.meets(when) && line.shortcuts.contains(&key)
        };
        self.bindings.iter().find(clashes).map(|line| line.command)
    }
}

/// What the settings say about keys and cannot have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refused {
    /// What was not understood, as `next-error = "Q+"`.
    pub unknown: Vec<String>,
    /// Keys that two commands name, as `F9: next-error, wrap`; the first one has it.
    pub taken: Vec<String>,
}

/// Whether a key of the user's for `command` would be this command's where that listens too.
fn takes((other, keys): (&Command, &Vec<Shortcut>), command: Command, key: Shortcut) -> bool {
    keys.contains(&key) && when(*other, key).meets(when(command, key))
}

/// When a key of the user's works: as the command's own do, but never where it would be typed.
fn when(command: Command, key: Shortcut) -> When {
    let anywhere = |line: &Binding| line.command == command && line.when == When::Anywhere;
    if table::BINDINGS.iter().any(anywhere) && !key.is_for_text() {
        When::Anywhere
    } else {
        When::NotTyping
    }
}

/// A line of the program's without the keys that the user gave to other commands.
fn without(line: &Binding, taken: &[(Shortcut, When)]) -> Binding {
    let is_taken = |key: &Shortcut| {
        let mut taken = taken.iter();
        taken.any(|(own, when)| own == key && when.meets(line.when))
    };
    let mut line = line.clone();
    if line.shortcuts.iter().any(is_taken) {
        line.shortcuts.to_mut().retain(|key| !is_taken(key));
    }
    line
}

/// The lines of a command with keys of the user's: one, or two when some of them are for text.
fn lines(line: &Binding, keys: &[Shortcut]) -> Vec<Binding> {
    let of = |wanted: When| {
        let keys = keys
            .iter()
            .filter(|key| when(line.command, **key) == wanted);
        Binding {
            shortcuts: Cow::Owned(keys.copied().collect()),
            when: wanted,
            ..line.clone()
        }
    };
    let mut lines = vec![of(When::Anywhere), of(When::NotTyping)];
    lines.retain(|line| !line.shortcuts.is_empty());
    if lines.is_empty() {
        lines.push(of(line.when));
    }
    lines
}

thread_local! {
    /// The keys of the window that this thread draws: every label of a key is drawn on the window's own thread.
    static CURRENT: RefCell<Arc<Keymap>> = RefCell::default();
}

/// Makes these the keys of the window that is drawn from now on.
pub fn use_keymap(keymap: &Arc<Keymap>) {
    CURRENT.set(Arc::clone(keymap));
}

/// The keys of the window that is being drawn.
pub(super) fn current() -> Arc<Keymap> {
    CURRENT.with_borrow(Arc::clone)
}
