//! Addresses and lines of files that a log names, opened in the browser and in the user's editor.

use std::fs;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton};

use crate::common::{Desk, Window, line};

const URL: &str = "https://shop.example/orders?id=7";

/// An editor that writes its arguments into a file, one a line.
fn with_editor(desk: &Desk, more: &str) {
    let (script, out) = (desk.path("editor.sh"), desk.path("edited"));
    let text = format!(
        "printf '%s\\n' \"$@\" > '{0}.tmp' && mv '{0}.tmp' '{0}'\n",
        out.display()
    );
    fs::write(&script, text).unwrap();
    let settings = format!(
        "[editor]\ncommand = \"sh '{}' +{{line}} {{file}}\"\n{more}",
        script.display()
    );
    fs::write(desk.settings("settings.toml"), settings).unwrap();
}

fn wait_edited(desk: &Desk, window: &mut Window) -> String {
    let path = desk.path("edited");
    window.wait("the editor", |_| path.exists());
    let text = fs::read_to_string(&path).unwrap();
    fs::remove_file(&path).unwrap();
    text
}

/// A record that names an address, and one with a traceback through two files.
fn log(desk: &Desk, own: &Path) -> std::path::PathBuf {
    let mut text = line(0, "INFO", "app.web", &format!("see {URL}, it is"));
    text += &line(1, "ERROR", "app.db", "boom");
    text += "Traceback (most recent call last):\n";
    text += &format!(
        "  File \"{}\", line 12, in get\n    pool()\n",
        own.display()
    );
    text += "  File \"/srv/nowhere/db.py\", line 3, in pool\n    raise ValueError\nValueError\n";
    desk.write("a.log", text)
}

#[test]
fn addresses_are_opened_in_the_browser() {
    let desk = Desk::new();
    let log = log(&desk, Path::new("/srv/x.py"));
    let mut window = desk.window(&[&log]);
    window.shows(2, 2);
    window.click_row("see https", PointerButton::Primary, Modifiers::NONE);
    window.click_role(Role::Link, URL);
    assert_eq!(window.opened, [URL]);
}

#[test]
#[cfg(unix)]
fn lines_of_files_are_opened_in_the_editor() {
    let desk = Desk::new();
    // A name that a shell or an option parser would make something of.
    let own = desk.write("my $(own) app.py", "x");
    with_editor(&desk, "");
    let log = log(&desk, &own);
    let mut window = desk.sized(&[&log], [1280.0, 1000.0]);
    window.shows(2, 2);
    window.click_row("boom", PointerButton::Primary, Modifiers::NONE);
    window.wait_says("Record");
    window.click_role(Role::Link, "app.py:12");
    let expected = format!("+12\n{}\n", own.display());
    assert_eq!(wait_edited(&desk, &mut window), expected);
    // The frame in which it was raised is of another machine.
    window.press(Key::O);
    window.wait_says("The file is not on this machine");
    assert!(!desk.path("edited").exists());
}

#[test]
#[cfg(unix)]
fn folders_of_other_machines_are_somewhere_here() {
    let desk = Desk::new();
    fs::create_dir(desk.path("work")).unwrap();
    let here = desk.write("work/db.py", "x");
    let map = format!(
        "\n[[editor.mappings]]\nfrom = \"/srv/nowhere\"\nto = \"{}\"\n",
        desk.path("work").display()
    );
    with_editor(&desk, &map);
    let log = log(&desk, Path::new("/usr/lib/python3.12/x.py"));
    let mut window = desk.window(&[&log]);
    window.shows(2, 2);
    window.click_row("boom", PointerButton::Primary, Modifiers::NONE);
    window.wait("the record", |window| window.tab().record.is_some());
    window.press(Key::O);
    let expected = format!("+3\n{}\n", here.display());
    assert_eq!(wait_edited(&desk, &mut window), expected);
}

#[test]
fn without_an_editor_the_settings_ask_for_one() {
    let desk = Desk::new();
    let log = log(&desk, Path::new("/srv/x.py"));
    let mut window = desk.window(&[&log]);
    window.shows(2, 2);
    window.click_row("boom", PointerButton::Primary, Modifiers::NONE);
    window.wait("the record", |window| window.tab().record.is_some());
    window.press(Key::O);
    window.wait_says("No editor is chosen yet");
    // It scrolls there.
    for _ in 0..10 {
        window.frame();
    }
    window.click_role(Role::TextInput, "Open files with");
    window.type_text("nothing-of-this-name 'x");
    window.wait_says("The quote is not closed");
    window.type_text("'");
    window.wait_gone("The quote is not closed");
    window.click("Add a folder");
    window.click_role(Role::TextInput, "Folder 1 in logs");
    window.type_text("/srv");
    let editor = window.state().settings.editor.clone();
    assert_eq!(editor.command, "nothing-of-this-name 'x'");
    assert_eq!(editor.mappings[0].from, "/srv");
}
