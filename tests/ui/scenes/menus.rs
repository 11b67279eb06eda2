//! Menus and the list of notices: they answer the pointer and the keyboard like dialogs, and fit into small windows, in
//! both languages.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Rect};
use egui_kittest::kittest::{self, NodeT as _, Queryable as _, by};
use timberline::base::lang::{Lang, tr};

use super::dialogs::{CASES, Case, clickable, deaf, painted};
use crate::common::{Desk, Window, line, lines, usual};

/// A menu: by which button it opens, and what it is of, if that is in the window.
pub(super) struct Menu(
    pub(super) &'static str,
    pub(super) PointerButton,
    pub(super) fn(&Window) -> Option<Rect>,
);

pub(super) const LEFT: PointerButton = PointerButton::Primary;
pub(super) const RIGHT: PointerButton = PointerButton::Secondary;

pub(super) const MENUS: [Menu; 14] = [
    Menu("file", LEFT, |window| window.place(tr("File"))),
    Menu("view", LEFT, |window| window.place(tr("View"))),
    Menu("go", LEFT, |window| window.place(tr("Go"))),
    Menu("help", LEFT, |window| window.place(tr("Help"))),
    Menu("filters", LEFT, |window| {
        window.place(tr("Saved and recent filters"))
    }),
    Menu("format", LEFT, |window| find(window, Role::Button, "100 %")),
    Menu("encoding", LEFT, |window| window.place("UTF-8")),
    Menu("notices", LEFT, |window| window.place(tr("Notices"))),
    Menu("tab", RIGHT, |window| find(window, Role::Tab, "")),
    Menu("column", RIGHT, |window| {
        find(window, Role::ColumnHeader, "")
    }),
    Menu("logger", RIGHT, |window| {
        find(window, Role::TreeItem, "app.db")
    }),
    Menu("timeline", RIGHT, |window| find(window, Role::Figure, "")),
    Menu("level", RIGHT, |window| {
        find(window, Role::Button, "INFO, ")
    }),
    Menu("row", RIGHT, |window| {
        let row = window.rows().get(1)?.rect;
        Some(row.with_max_x(row.center().x))
    }),
];

pub(super) fn ids(window: &Window) -> Vec<String> {
    let all = acted_on(window).into_iter();
    all.map(|(id, ..)| id).collect()
}

pub(super) fn find(window: &Window, role: Role, words: &str) -> Option<Rect> {
    let nodes = by().role(role).label_contains(words).include_labels();
    let mut nodes = window.harness.query_all(nodes);
    nodes.next().map(|node| node.rect())
}

pub(super) fn open(desk: &Desk, lang: Lang, size: [f32; 2]) -> Window {
    let calm = lines(0..300);
    let log = desk.write("a.log", calm + &line(300, "ERROR", "app.db", "lost"));
    let missing = desk.path("no such folder/x.log");
    std::fs::write(desk.settings("session.toml"), [0xFF]).unwrap();
    let builder = usual().with_size(size).allow_missing_glyphs();
    let mut window = desk.speaking(lang, &[&log, &missing], builder);
    window.ctrl(Key::Num1);
    window.wait("the log", |window| {
        let view = window.tab().view.as_ref();
        view.is_some_and(|view| view.complete && view.rows.len() == 301)
    });
    // A click on a row brings nothing then that is not there.
    window.press(Key::J);
    window.wait("the details", |window| window.says(tr("Raw")));
    settle(&mut window);
    window
}

/// Until everything stands where it is to be.
pub(super) fn settle(window: &mut Window) {
    for _ in 0..20 {
        window.frame();
    }
}

/// Opens a menu and waits until it stands where it is to be; whether the window has it.
#[track_caller]
pub(super) fn show(window: &mut Window, Menu(name, button, place): &Menu) -> bool {
    let Some(place) = place(window) else {
        return false;
    };
    let before = acted_on(window).len();
    window.click_at(place.center(), *button, Modifiers::NONE);
    window.wait(&format!("the menu {name}"), |window| {
        acted_on(window).len() != before
    });
    settle(window);
    true
}

#[test]
fn entries_look_so_under_the_pointer_and_when_they_are_pressed() {
    let mut wrong = Vec::new();
    for menu in &MENUS {
        let desk = Desk::new();
        let mut window = open(&desk, Lang::English, [1280.0, 900.0]);
        let behind = clickable(&window);
        assert!(show(&mut window, menu), "{}", menu.0);
        let found = deaf(&mut window, menu.0, &behind);
        wrong.extend(found.into_iter().map(|what| format!("{}: {what}", menu.0)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a screen reader can act on: its name, its place, and whether it is disabled.
pub(super) fn acted_on(window: &Window) -> Vec<(String, String, Rect)> {
    let is_one = |node: &kittest::AccessKitNode<'_>| {
        matches!(
            node.role(),
            Role::Button | Role::CheckBox | Role::RadioButton | Role::MenuItem | Role::TextInput
        )
    };
    let nodes = window.harness.query_all(by().predicate(is_one));
    nodes
        .map(|node| {
            let rect = node.rect();
            let node = node.accesskit_node();
            let name = node.label().or_else(|| node.value()).unwrap_or_default();
            (format!("{:?}", node.id()), name, rect)
        })
        .collect()
}

/// Gives the keyboard to everything that came with a menu or a dialog, one after the other; what is not in sight then.
fn out_of_sight(window: &mut Window, before: &[String], what: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let all = acted_on(window);
    let room = window.harness.ctx.content_rect().expand(1.0);
    let new = all.into_iter().filter(|(id, ..)| !before.contains(id));
    for (id, name, place) in new.collect::<Vec<_>>() {
        if name.trim().is_empty() {
            wrong.push(format!("{what}: no name"));
        }
        if room.contains_rect(place) {
            continue;
        }
        let wanted = id.clone();
        let is_it = move |node: &kittest::AccessKitNode<'_>| format!("{:?}", node.id()) == wanted;
        let Some(node) = window.harness.query_all(by().predicate(is_it)).next() else {
            continue;
        };
        if node.accesskit_node().is_disabled() {
            continue;
        }
        node.focus();
        for _ in 0..4 {
            window.frame();
        }
        let mut now = acted_on(window).into_iter();
        let place = now.find(|(other, ..)| *other == id);
        if let Some((_, _, place)) = place.filter(|(.., place)| !room.contains_rect(*place)) {
            wrong.push(format!("{what}: {name:?} at {place} is not in sight"));
        }
    }
    wrong
}

/// Opens a menu, if the window has it, and closes it again; which of its entries cannot be brought into sight.
#[track_caller]
pub(super) fn opened_out_of_sight(window: &mut Window, menu: &Menu) -> Vec<String> {
    let before = ids(window);
    // Low and narrow windows have less.
    if !show(window, menu) {
        return Vec::new();
    }
    let wrong = out_of_sight(window, &before, menu.0);
    window.press(Key::Escape);
    window.wait(&format!("{} to close", menu.0), |window| {
        ids(window).iter().all(|id| before.contains(id))
    });
    wrong
}

#[test]
fn what_has_the_keyboard_is_in_sight_in_a_low_window() {
    all_is_in_sight(Lang::English, [900.0, 360.0]);
}

#[test]
fn what_has_the_keyboard_is_in_sight_in_a_narrow_window() {
    all_is_in_sight(Lang::English, [640.0, 400.0]);
}

#[test]
fn what_has_the_keyboard_is_in_sight_in_korean() {
    all_is_in_sight(Lang::Korean, [900.0, 400.0]);
}

fn all_is_in_sight(lang: Lang, size: [f32; 2]) {
    let desk = Desk::new();
    let mut window = open(&desk, lang, size);
    let mut wrong = Vec::new();
    for menu in &MENUS {
        wrong.extend(opened_out_of_sight(&mut window, menu));
    }
    window.press(Key::M);
    for Case(name, open_it, _) in &CASES {
        // These are found by their English names.
        if lang != Lang::English && ["times", "about", "columns"].contains(name) {
            continue;
        }
        let before = ids(&window);
        match *name {
            // The row that it marks elsewhere is not in sight here.
            "bookmarks" => window.ctrl(Key::F2),
            _ => open_it(&mut window),
        }
        window.wait(name, |window| {
            ids(window).iter().any(|id| !before.contains(id))
        });
        settle(&mut window);
        wrong.extend(out_of_sight(&mut window, &before, name));
        window.press(Key::Escape);
        window.press(Key::Escape);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn entries_show_that_they_have_the_keyboard() {
    let mut wrong = Vec::new();
    for menu in &MENUS {
        let desk = Desk::new();
        let mut window = open(&desk, Lang::English, [1280.0, 900.0]);
        let behind = clickable(&window);
        assert!(show(&mut window, menu), "{}", menu.0);
        window.events([Event::PointerGone]);
        for (name, place) in clickable(&window) {
            if behind.iter().any(|(known, _)| *known == name) {
                continue;
            }
            let calm = painted(&window, place);
            window
                .harness
                .get_all_by_label(&name)
                .last()
                .unwrap()
                .focus();
            window.frame();
            window.frame();
            if painted(&window, place) == calm {
                wrong.push(format!("{}: {name:?}: the keyboard is not seen", menu.0));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
