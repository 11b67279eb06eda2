//! The menus of panels and dialogs, and every menu by keyboard: arrows go through it, what has the keyboard is in sight,
//! Esc leads back to where the keyboard was.

use egui::accesskit::{Action, Role};
use egui::{Id, Key, Memory, Modifiers, Order, PointerButton, Rect};
use egui_kittest::kittest::{self, Queryable as _, by};
use timberline::base::dye::Dye;
use timberline::base::lang::{Lang, tr};

use super::menus::{
    self, LEFT, Menu, RIGHT, acted_on, find, ids, opened_out_of_sight, settle, show,
};
use crate::common::{Desk, Window, line, usual};

/// What the window shows, and the menus that are in it then.
struct Scene(
    &'static str,
    fn(&Desk, Lang, [f32; 2]) -> Window,
    &'static [Menu],
);

const SCENES: [Scene; 7] = [
    Scene("window", menus::open, &menus::MENUS),
    Scene(
        "fields",
        with_plot,
        &[
            Menu("plotted", LEFT, |window| {
                find(window, Role::Button, part(tr("Plotted field: {field}")))
            }),
            Menu("split", LEFT, |window| {
                find(window, Role::Button, tr("not split"))
            }),
            Menu("plot", RIGHT, |window| {
                find(window, Role::Figure, "duration")
            }),
            Menu("around", LEFT, |window| {
                let name = part(tr("Records around matches: {around}"));
                find(window, Role::Button, name)
            }),
            Menu("field", RIGHT, |window| {
                find(window, Role::TreeItem, "duration")
            }),
            Menu("value", RIGHT, |window| {
                find(window, Role::TreeItem, "gold")
            }),
        ],
    ),
    Scene(
        "patterns",
        |desk, lang, size| with_dock(desk, lang, size, Key::G),
        &GROUPS,
    ),
    Scene(
        "exceptions",
        |desk, lang, size| with_dock(desk, lang, size, Key::E),
        &GROUPS,
    ),
    Scene(
        "message",
        with_json,
        &[Menu("link", RIGHT, |window| {
            find(window, Role::Link, "https")
        })],
    ),
    Scene(
        "json",
        |desk, lang, size| {
            let mut window = with_json(desk, lang, size);
            window.click("JSON");
            settle(&mut window);
            window
        },
        &[Menu("member", RIGHT, |window| {
            find(window, Role::TreeItem, "order")
        })],
    ),
    Scene(
        "rules",
        with_rules,
        &[
            Menu("examples", LEFT, |window| {
                window.place(tr("Add from examples"))
            }),
            Menu("colour", LEFT, |window| {
                find(
                    window,
                    Role::Button,
                    part(tr("Colour of rule {no}: {colour}")),
                )
            }),
            Menu("kind", LEFT, |window| {
                find(window, Role::ComboBox, part(tr("Kind of rule {no}")))
            }),
            Menu("sets", LEFT, |window| {
                find(window, Role::ComboBox, tr("Rules in use"))
            }),
        ],
    ),
];

const GROUPS: [Menu; 2] = [
    Menu("group", RIGHT, |window| {
        find(window, Role::ListBoxOption, "")
    }),
    Menu("order", LEFT, |window| {
        find(window, Role::ComboBox, tr("Order of the groups"))
    }),
];

/// The longest part of a text between its gaps.
fn part(text: &'static str) -> &'static str {
    let parts = text.split(['{', '}']).step_by(2);
    parts.max_by_key(|part| part.len()).unwrap_or(text)
}

/// Orders with many numbers and kinds in them, some of which fail.
fn orders() -> String {
    let order = |number: u64| {
        let kind = ["gold", "silver", "bronze"][number as usize % 3];
        let numbers: String = (0..24).map(|no| format!(" n{no}={}", number % 7)).collect();
        let level = if number.is_multiple_of(10) {
            "ERROR"
        } else {
            "INFO"
        };
        let words = format!("order duration={}ms kind={kind}{numbers}", number % 5);
        let trace = match number % 10 {
            0 => {
                "Traceback (most recent call last):\n  File \"/srv/shop.py\", line 7, in pay\n    go()\nValueError: no\n"
            }
            _ => "",
        };
        line(number, level, "shop.cart", &words) + trace
    };
    (0..300).map(order).collect()
}

fn over_orders(desk: &Desk, lang: Lang, size: [f32; 2]) -> Window {
    let log = desk.write("shop.log", orders());
    let builder = usual().with_size(size).allow_missing_glyphs();
    let mut window = desk.speaking(lang, &[&log], builder);
    window.settle();
    window
}

fn with_plot(desk: &Desk, lang: Lang, size: [f32; 2]) -> Window {
    // There is room for the list of fields.
    let mut window = over_orders(desk, lang, [1280.0, 900.0]);
    window.ctrl_shift(Key::F);
    window.type_text("order");
    window.ctrl_shift(Key::L);
    window.wait("all fields", |window| {
        let state = window.tab().fields.state.as_ref();
        state.is_some_and(|state| state.surveyed.complete)
    });
    settle(&mut window);
    window.click_role(Role::TreeItem, "kind");
    window.wait_role(Role::TreeItem, "gold");
    window.click_role(Role::TreeItem, "duration");
    window.click_role(Role::Button, part(tr("Plot {title} over time")));
    window.wait_role(Role::Figure, "duration");
    window.harness.set_size(size.into());
    settle(&mut window);
    window
}

fn with_dock(desk: &Desk, lang: Lang, size: [f32; 2], key: Key) -> Window {
    let mut window = over_orders(desk, lang, size);
    window.ctrl_shift(key);
    window.wait_role(Role::ListBoxOption, "");
    settle(&mut window);
    window
}

fn with_json(desk: &Desk, lang: Lang, size: [f32; 2]) -> Window {
    let text = concat!(
        r#"{"timestamp":"2026-11-22T11:00:00.000Z","level":"WARNING","logger":"shop.cart","#,
        r#""message":"see https://example.org/orders/17 for it","order":17,"items":[1,2,3]}"#,
        "\n"
    );
    let log = desk.write("shop.jsonl", text.repeat(20));
    let builder = usual().with_size(size).allow_missing_glyphs();
    let mut window = desk.speaking(lang, &[&log], builder);
    window.settle();
    window.press(Key::J);
    window.wait_says(tr("Raw"));
    settle(&mut window);
    window
}

fn with_rules(desk: &Desk, lang: Lang, size: [f32; 2]) -> Window {
    let mut window = over_orders(desk, lang, size);
    window.ctrl_shift(Key::H);
    window.click(tr("Add a rule"));
    settle(&mut window);
    window
}

#[test]
fn menus_of_panels_fit_into_a_low_window() {
    all_is_in_sight(Lang::English, [900.0, 360.0]);
}

#[test]
fn menus_of_panels_fit_into_a_narrow_window() {
    all_is_in_sight(Lang::English, [640.0, 560.0]);
}

#[test]
fn menus_of_panels_fit_in_korean() {
    all_is_in_sight(Lang::Korean, [900.0, 560.0]);
}

#[track_caller]
fn all_is_in_sight(lang: Lang, size: [f32; 2]) {
    let mut wrong = Vec::new();
    for Scene(scene, open, menus) in &SCENES[1..] {
        let desk = Desk::new();
        let mut window = open(&desk, lang, size);
        for menu in *menus {
            let found = opened_out_of_sight(&mut window, menu).into_iter();
            wrong.extend(found.map(|what| format!("{scene}: {what}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn arrows_go_through_every_menu_and_esc_leads_back() {
    by_keys([1280.0, 900.0]);
}

#[test]
fn arrows_go_through_every_menu_of_a_low_window() {
    by_keys([900.0, 560.0]);
}

#[track_caller]
fn by_keys(size: [f32; 2]) {
    let mut wrong = Vec::new();
    for Scene(scene, open, menus) in &SCENES {
        // The list of notices is a window.
        for menu in menus.iter().filter(|menu| menu.0 != "notices") {
            let desk = Desk::new();
            let mut window = open(&desk, Lang::English, size);
            let what = format!("{scene}: {}", menu.0);
            if let Err(why) = walk(&mut window, menu) {
                wrong.push(format!("{what}: {why}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn has_keyboard(window: &Window) -> Option<Id> {
    window.harness.ctx.memory(Memory::focused)
}

/// Gives the keyboard to what is in exactly this place; whether it takes it.
fn focus(window: &Window, place: Rect) -> bool {
    let can = |node: &kittest::AccessKitNode<'_>| node.data().supports_action(Action::Focus);
    let mut nodes = window.harness.query_all(by().predicate(can));
    let node = nodes.find(|node| node.rect() == place);
    node.inspect(egui_kittest::Node::focus).is_some()
}

/// Brings the keyboard to the thing that a menu is of, and opens it; what could be acted on before.
fn reach(window: &mut Window, Menu(_, button, place): &Menu) -> Option<Vec<String>> {
    let place = place(window)?;
    if !focus(window, place) {
        // A row of a list, which has the keyboard as a whole.
        window.click_at(place.center(), LEFT, Modifiers::NONE);
    }
    settle(window);
    let known = ids(window);
    match *button {
        PointerButton::Primary => window.press(Key::Enter),
        _ => window.press_with(Modifiers::SHIFT, Key::F10),
    }
    settle(window);
    Some(known)
}

/// Names of what came since these could be acted on.
fn new_names(window: &Window, known: &[String]) -> Vec<String> {
    let new = acted_on(window).into_iter();
    let new = new.filter(|(id, ..)| !known.contains(id));
    new.map(|(_, name, _)| name).collect()
}

fn walk(window: &mut Window, menu: &Menu) -> Result<(), String> {
    let known = ids(window);
    if !show(window, menu) {
        // Low windows have less.
        let is_low = window.harness.ctx.content_rect().height() < 600.0;
        return is_low
            .then_some(())
            .ok_or_else(|| "not in the window".to_owned());
    }
    let wanted = new_names(window, &known);
    window.press(Key::Escape);
    settle(window);
    let Some(known) = reach(window, menu) else {
        return Err("not there any more".to_owned());
    };
    let home = has_keyboard(window);
    let names = new_names(window, &known);
    // What the click before chose is not offered again, and a row has several cells.
    if names.is_empty() || names.last() != wanted.last() {
        return Err(format!("by key {names:?}, by pointer {wanted:?}"));
    }
    let room = window.harness.ctx.content_rect().expand(1.0);
    for no in 0..=names.len() {
        window.press(Key::ArrowDown);
        for _ in 0..4 {
            window.frame();
        }
        let Some(id) = has_keyboard(window).filter(|id| Some(*id) != home) else {
            return Err(format!("arrows stay outside at {no}"));
        };
        let Some(response) = window.harness.ctx.read_response(id) else {
            return Err("the keyboard is nowhere".to_owned());
        };
        if response.layer_id.order != Order::Foreground {
            return Err("the keyboard is behind the menu".to_owned());
        }
        if !room.contains_rect(response.rect) {
            return Err(format!("{} is not in sight", response.rect));
        }
    }
    window.press(Key::Escape);
    settle(window);
    if egui::Popup::is_any_open(&window.harness.ctx) {
        return Err("Esc does not close it".to_owned());
    }
    match has_keyboard(window) == home {
        true => Ok(()),
        false => Err(format!(
            "Esc leads to {:?}, not to {home:?}",
            has_keyboard(window)
        )),
    }
}

#[test]
fn left_and_right_go_through_a_row_of_colours() {
    let desk = Desk::new();
    let mut window = with_rules(&desk, Lang::English, [1280.0, 900.0]);
    let colour = Menu("colour", LEFT, |window| {
        find(window, Role::Button, "Colour of rule 1")
    });
    reach(&mut window, &colour).unwrap();
    for key in [
        Key::ArrowDown,
        Key::ArrowRight,
        Key::ArrowRight,
        Key::ArrowRight,
        Key::ArrowLeft,
        Key::Enter,
    ] {
        window.press(key);
        settle(&mut window);
    }
    let third = format!("Colour of rule 1: {}", Dye::ALL[2].title());
    window.wait_role(Role::Button, &third);
    // Nothing lies beyond the ends.
    reach(&mut window, &colour).unwrap();
    for key in [Key::ArrowDown, Key::ArrowLeft, Key::ArrowLeft, Key::Enter] {
        window.press(key);
        settle(&mut window);
    }
    let first = format!("Colour of rule 1: {}", Dye::ALL[0].title());
    window.wait_role(Role::Button, &first);
}

/// As in every menu bar, around its ends too.
#[test]
fn left_and_right_go_from_menu_to_menu() {
    let desk = Desk::new();
    let mut window = menus::open(&desk, Lang::English, [1280.0, 900.0]);
    let entries = [
        "Close tab",
        "Split the view",
        "Go to record or time",
        "About Timberline",
    ];
    let shows = |window: &Window, wanted: &str| {
        let mut entries = entries.iter();
        entries.all(|entry| window.says(entry) == (*entry == wanted))
    };
    window.click("File");
    window.wait("the first menu", |window| shows(window, entries[0]));
    for (key, wanted) in [
        (Key::ArrowRight, entries[1]),
        (Key::ArrowRight, entries[2]),
        (Key::ArrowRight, entries[3]),
        (Key::ArrowRight, entries[0]),
        (Key::ArrowLeft, entries[3]),
    ] {
        window.press(key);
        window.wait(wanted, |window| shows(window, wanted));
        // From its entries as well as from its title.
        window.press(Key::ArrowDown);
        settle(&mut window);
    }
    window.press(Key::Escape);
    window.wait_gone(entries[3]);
}
