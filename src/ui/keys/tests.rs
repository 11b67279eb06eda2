#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Event, Key, Modifiers};

use super::input::take;
use super::*;

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    }
}

fn text(text: &str) -> Event {
    Event::Text(text.to_owned())
}

fn commands(events: &[Event], focus: Focus) -> (Vec<Command>, Vec<Event>) {
    let mut events = events.to_vec();
    let commands = take(&mut events, focus, false);
    (commands, events)
}

#[test]
fn no_two_bindings_that_work_together_share_a_key() {
    for (index, one) in all().iter().enumerate() {
        for other in all().iter().skip(index + 1) {
            let together = one.when.meets(other.when);
            let shared = one.shortcuts.iter().any(|s| other.shortcuts.contains(s));
            assert!(!(together && shared), "{one:?} and {other:?}");
        }
    }
}

#[test]
fn plain_letters_never_work_while_typing() {
    for binding in all().iter().filter(|b| b.when == When::Anywhere) {
        for shortcut in binding.shortcuts.iter() {
            let letter = shortcut.text().chars().count() == 1;
            assert!(!letter, "{} would type", binding.title);
        }
    }
}

#[test]
fn every_letter_does_nothing_in_a_text_box() {
    for letter in [Key::F, Key::N, Key::E, Key::W, Key::G, Key::J, Key::K] {
        for modifiers in [Modifiers::NONE, Modifiers::SHIFT] {
            let events = [key(letter, modifiers), text("x")];
            let (got, left) = commands(&events, Focus::Text);
            assert_eq!((got, left.len()), (vec![], 2), "{letter:?}");
        }
    }
}

#[test]
fn a_letter_is_taken_with_its_text() {
    let (got, left) = commands(&[key(Key::N, Modifiers::SHIFT), text("N")], Focus::Table);
    assert_eq!(got, [Command::FindPrevious]);
    assert!(left.is_empty());
}

#[test]
fn slash_and_question_mark_work_on_any_layout() {
    // (events, what they mean): US, US without a text, German Shift+7, French Shift+colon, Spanish Shift+quote, composed.
    let cases = [
        (
            vec![key(Key::Slash, Modifiers::NONE), text("/")],
            Command::Find,
        ),
        (vec![key(Key::Slash, Modifiers::NONE)], Command::Find),
        (
            vec![key(Key::Slash, Modifiers::SHIFT), text("/")],
            Command::Find,
        ),
        (
            vec![key(Key::Num7, Modifiers::SHIFT), text("/")],
            Command::Find,
        ),
        (
            vec![key(Key::Colon, Modifiers::SHIFT), text("/")],
            Command::Find,
        ),
        (
            vec![key(Key::Questionmark, Modifiers::SHIFT), text("?")],
            Command::Help,
        ),
        (
            vec![key(Key::Slash, Modifiers::SHIFT), text("?")],
            Command::Help,
        ),
        (vec![key(Key::Slash, Modifiers::SHIFT)], Command::Help),
        (
            vec![key(Key::Quote, Modifiers::SHIFT), text("?")],
            Command::Help,
        ),
        (vec![text("?")], Command::Help),
    ];
    for (events, command) in cases {
        let (got, left) = commands(&events, Focus::Table);
        assert_eq!(got, [command], "{events:?}");
        assert!(left.is_empty(), "{events:?} leaves {left:?}");
        assert!(commands(&events, Focus::Text).0.is_empty());
    }
}

#[test]
fn more_modifiers_mean_another_key() {
    let ctrl = Modifiers::COMMAND;
    let cases = [
        (key(Key::F, Modifiers::NONE), Some(Command::Follow)),
        (key(Key::F, ctrl), Some(Command::Find)),
        (
            key(Key::F, ctrl | Modifiers::SHIFT),
            Some(Command::FilterText),
        ),
        (key(Key::F, ctrl | Modifiers::ALT), None),
        (key(Key::F, Modifiers::ALT), None),
        (key(Key::End, Modifiers::NONE), Some(Command::FollowEnd)),
        (key(Key::End, ctrl), Some(Command::Bottom)),
        (
            key(Key::Plus, ctrl | Modifiers::SHIFT),
            Some(Command::ZoomIn),
        ),
        (key(Key::Equals, ctrl), Some(Command::ZoomIn)),
    ];
    for (event, expected) in cases {
        let (got, _) = commands(std::slice::from_ref(&event), Focus::Table);
        assert_eq!(got.first().copied(), expected, "{event:?}");
    }
}

#[test]
fn enter_searches_in_the_find_box_alone() {
    let enter = [key(Key::Enter, Modifiers::NONE)];
    assert_eq!(commands(&enter, Focus::FindBox).0, [Command::FindNext]);
    assert!(commands(&enter, Focus::Text).0.is_empty());
    assert!(commands(&enter, Focus::Table).0.is_empty());
}

#[test]
fn a_dialog_keeps_its_keys() {
    let events = [
        key(Key::Escape, Modifiers::NONE),
        key(Key::O, Modifiers::COMMAND),
        key(Key::E, Modifiers::NONE),
        key(Key::Minus, Modifiers::COMMAND),
    ];
    let (got, left) = commands(&events, Focus::Dialog);
    assert_eq!(got, [Command::ZoomOut]);
    assert_eq!(left.len(), 3);
}

#[test]
fn copy_is_left_to_a_label_with_selected_text() {
    assert_eq!(commands(&[Event::Copy], Focus::Table).0, [Command::Copy]);
    assert!(commands(&[Event::Copy], Focus::Text).0.is_empty());
    let mut events = vec![Event::Copy];
    assert!(take(&mut events, Focus::Table, true).is_empty());
    assert_eq!(events, [Event::Copy]);
}

#[test]
fn shortcuts_read_as_on_the_keyboard() {
    let ctrl = if cfg!(target_os = "macos") {
        "Cmd"
    } else {
        "Ctrl"
    };
    assert_eq!(
        shortcut_text(Command::FilterText),
        format!("{ctrl}+Shift+F")
    );
    assert_eq!(shortcut_text(Command::NextError), "e");
    assert_eq!(shortcut_text(Command::PreviousError), "E");
    assert_eq!(shortcut_text(Command::PageDown), "PgDn");
    assert_eq!(shortcut_text(Command::Columns), "");
    assert_eq!(tooltip(Command::NextError), "Next error (e)");
    assert_eq!(tooltip(Command::Columns), "Columns");
}

#[test]
fn a_command_is_listed_in_one_group() {
    let mut seen = BTreeSet::new();
    for binding in all() {
        seen.insert((binding.command, binding.group));
        assert!(!binding.title.is_empty());
    }
    let commands: BTreeSet<_> = seen.iter().map(|(command, _)| command).collect();
    assert_eq!(commands.len(), seen.len());
}

#[test]
fn ids_are_unique_and_lead_back() {
    for command in Command::all() {
        assert_eq!(Command::of_id(command.id()), Some(command));
        let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
        assert!(command.id().chars().all(plain), "{}", command.id());
    }
    assert_eq!(Command::of_id("no-such-thing"), None);
}

#[test]
fn a_shortcut_is_read_as_it_is_written() {
    for binding in table::BINDINGS {
        for shortcut in binding.shortcuts.iter() {
            let text = shortcut.text();
            assert_eq!(Shortcut::parse(&text), Some(*shortcut), "{text}");
        }
    }
    for (text, same) in [
        ("ctrl+shift+f", "Ctrl+Shift+F"),
        ("Cmd + Shift + F", "Ctrl+Shift+F"),
        ("Shift+n", "N"),
        ("alt+pgup", "Alt+PgUp"),
        ("Ctrl++", "Ctrl++"),
        ("escape", "Esc"),
        (" f8 ", "F8"),
    ] {
        assert_eq!(Shortcut::parse(text), Shortcut::parse(same), "{text}");
        assert!(Shortcut::parse(text).is_some(), "{text}");
    }
    for wrong in ["", "+", "Q+", "Hyper+Q", "Ctrl+", "Ctrl+Nonsense"] {
        let read = Shortcut::parse(wrong).map(|key| key.text());
        assert!(
            read.is_none() || wrong == "+",
            "{wrong:?} is read as {read:?}"
        );
    }
}

fn own(keys: &[(&str, &[&str])]) -> (Keymap, Refused) {
    let list = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    let keys = keys.iter().map(|(id, keys)| ((*id).to_owned(), list(keys)));
    Keymap::new(&keys.collect())
}

fn texts(keymap: &Keymap, command: Command) -> Vec<String> {
    keymap.shortcuts(command).map(Shortcut::text).collect()
}

#[test]
fn own_keys_stand_in_place_of_a_commands_and_are_nobody_elses() {
    let (keymap, refused) = own(&[("next-warning", &["e", "Ctrl+F8"])]);
    assert_eq!(refused, Refused::default());
    // One works only outside of a text box, the other anywhere; Next warning does not, so both do not.
    assert_eq!(texts(&keymap, Command::NextWarning), ["e", "Ctrl+F8"]);
    assert_eq!(texts(&keymap, Command::NextError), [""; 0]);
    assert_eq!(texts(&keymap, Command::PreviousError), ["E"]);
    assert!(keymap.is_own(Command::NextWarning) && !keymap.is_own(Command::NextError));
    let (keymap, _) = own(&[("find", &["F9", "x"])]);
    let lines = keymap.bindings().iter();
    let when: Vec<When> = lines
        .filter(|line| line.command == Command::Find)
        .map(|line| line.when)
        .collect();
    assert_eq!(when, [When::Anywhere, When::NotTyping]);
    let (keymap, _) = own(&[("find-next", &[])]);
    assert_eq!(texts(&keymap, Command::FindNext), [""; 0]);
    let enter = keymap.bindings().iter();
    let enter =
        enter.filter(|line| line.command == Command::FindNext && line.when == When::FindBox);
    assert_eq!(enter.count(), 1, "Enter in the find box stays");
}

#[test]
fn what_is_not_understood_is_named_and_the_rest_works() {
    let (keymap, refused) = own(&[
        ("no-such", &["F8"]),
        ("find", &["F9", "Q+"]),
        ("back", &["F10"]),
    ]);
    assert_eq!(refused.unknown, ["back", "find = \"Q+\"", "no-such"]);
    assert_eq!(texts(&keymap, Command::Find), ["F9"]);
    assert_eq!(texts(&keymap, Command::Back), ["Esc"]);
}

#[test]
fn a_key_that_is_taken_names_its_command() {
    let keymap = Keymap::default();
    let key = |text: &str| Shortcut::parse(text).unwrap();
    let owner = |text, command| keymap.owner(key(text), command);
    assert_eq!(owner("e", Command::Find), Some(Command::NextError));
    assert_eq!(owner("e", Command::NextError), None);
    assert_eq!(owner("Ctrl+O", Command::Find), Some(Command::Open));
    assert_eq!(owner("F9", Command::Find), None);
    // Enter belongs to the find box alone.
    assert_eq!(owner("Enter", Command::NextError), None);
}

/// Of two commands that are given one key by hand the first has it, and it is told; where they never listen together both
/// have it.
#[test]
fn a_key_that_the_settings_give_twice_is_told() {
    let (keymap, refused) = own(&[("next-error", &["F9", "x"]), ("wrap", &["F9"])]);
    assert_eq!(refused.taken, ["F9: next-error, wrap"]);
    assert_eq!(refused.unknown, [""; 0]);
    let of = |command| {
        keymap
            .shortcuts(command)
            .map(Shortcut::text)
            .collect::<Vec<_>>()
    };
    assert_eq!(of(Command::NextError), ["F9", "x"]);
    assert_eq!(of(Command::of_id("wrap").unwrap()), [""; 0]);
}

/// What the help says of keys is so with the user's own, too.
#[test]
fn keys_in_a_text_are_those_of_today() {
    let text = "Open a log (`Ctrl+O`), follow it (`f`); `logger:app` is a query. `E` goes back.";
    assert_eq!(with_current_keys(text), text);
    let (keymap, _) = own(&[
        ("open", &["Ctrl+F7", "Ctrl+O"]),
        ("follow", &["F9"]),
        ("previous-error", &[]),
    ]);
    use_keymap(&Arc::new(keymap));
    let now = with_current_keys(text).into_owned();
    use_keymap(&Arc::default());
    assert_eq!(
        now,
        "Open a log (`Ctrl+O`), follow it (`F9`); `logger:app` is a query. `Previous error` goes back."
    );
}
