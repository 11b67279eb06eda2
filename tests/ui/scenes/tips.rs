//! Every control says what it does, and by which key, when the pointer rests on it.

use std::collections::HashMap;

use egui::accesskit::{NodeId, Role};
use egui::{Event, Key, Rect, WidgetRect, vec2};
use egui_kittest::kittest::{self, NodeT as _, Queryable as _, by};

use super::dialogs::{CASES, Case, by_name};
use crate::common::pack::zip;
use crate::common::{Desk, Window, line, lines, texts};

/// More that can be on the window, as [`CASES`].
const MORE: [Case; 17] = [
    Case("main", |_| (), "Raw"),
    Case(
        "filtered",
        |window| {
            window.ctrl_shift(Key::F);
            window.type_text("served");
            window.press(Key::Enter);
            window.press(Key::Escape);
        },
        "Clear all",
    ),
    Case("find", |window| window.ctrl(Key::F), "Close find"),
    Case("timeline", |window| window.ctrl(Key::H), "Raw"),
    Case("fields", fields, "Only records that have"),
    Case(
        "plot",
        |window| {
            fields(window);
            window.click("Plot took over time");
        },
        "Hide the plot",
    ),
    Case("record", |window| window.press(Key::E), "All frames"),
    Case(
        "compared",
        |window| {
            window.shift(Key::J);
            window.press(Key::D);
        },
        "Differences only",
    ),
    Case(
        "exceptions",
        |window| window.ctrl_shift(Key::E),
        "Find an exception",
    ),
    Case(
        "patterns",
        |window| window.ctrl_shift(Key::G),
        "Find a pattern",
    ),
    Case(
        "side by side",
        |window| window.press(Key::F7),
        "Border between the logs",
    ),
    Case(
        "notices",
        |window| by_name(window, "list of notices"),
        "Close notices",
    ),
    Case("words", |window| window.press(Key::V), "Values and words"),
    Case(
        "highlighters",
        |window| {
            window.ctrl_shift(Key::H);
            window.click("Add a rule");
        },
        "Pattern of rule 1",
    ),
    Case(
        "keys",
        |window| {
            window.ctrl(Key::Comma);
            window.click_role(Role::Button, "Keys");
            window.click_role(Role::Button, "Commands, Ctrl+Shift+P");
            window.press(Key::Escape);
        },
        "Press new keys",
    ),
    Case(
        "opening",
        |window| {
            window.ctrl(Key::Comma);
            window.click_role(Role::Button, "Opening and following");
        },
        "Show times",
    ),
    Case(
        "editor",
        |window| {
            window.ctrl(Key::Comma);
            window.click_role(Role::Button, "Editor");
            window.click("Add a folder");
        },
        "Folder 1 here",
    ),
];

/// The fields beside the table, with one of them open.
fn fields(window: &mut Window) {
    window.ctrl_shift(Key::L);
    window.click_role(Role::TreeItem, "took");
}

/// What can be acted on and is in sight.
#[derive(Debug, PartialEq)]
struct Control {
    name: String,
    /// The part of it that is in sight.
    place: Rect,
}

fn is_control(node: &kittest::AccessKitNode<'_>) -> bool {
    let role = matches!(
        node.role(),
        Role::Button
            | Role::CheckBox
            | Role::RadioButton
            | Role::Tab
            | Role::TreeItem
            | Role::Link
            | Role::ComboBox
            | Role::TextInput
            | Role::Slider
            | Role::SpinButton
            | Role::Splitter
            | Role::ColumnHeader
    );
    // The edges of a floating window are those of `egui`.
    role && !node
        .label()
        .unwrap_or_default()
        .starts_with("Resize window")
}

fn controls(window: &Window) -> Vec<Control> {
    let ctx = &window.harness.ctx;
    // Where the pointer meets them: a screen reader is told of what is scrolled out of sight too.
    let widgets: Vec<WidgetRect> = ctx.viewport(|viewport| {
        let layers = viewport.prev_pass.widgets.layers();
        layers.flat_map(|(_, widgets)| widgets).copied().collect()
    });
    let reached = |it: &&WidgetRect| ctx.memory(|memory| memory.allows_interaction(it.layer_id));
    let seen: HashMap<NodeId, Rect> = { widgets.iter().filter(reached) }
        .map(|widget| (widget.id.accesskit_id(), widget.interact_rect))
        .collect();
    let focused = ctx.memory(egui::Memory::focused);
    let focused = focused.map(|id| id.accesskit_id());
    let nodes = window.harness.query_all(by().predicate(is_control));
    let all = nodes.filter_map(|node| {
        let node = node.accesskit_node();
        // The tooltip of a box is in the way of who types.
        if node.role() == Role::TextInput && Some(node.locate().0) == focused {
            return None;
        }
        let name = node.label().or_else(|| node.value()).unwrap_or_default();
        Some(Control {
            name: format!("{:?} {name}", node.role()),
            place: *seen.get(&node.locate().0)?,
        })
    });
    let in_sight = ctx.content_rect();
    all.filter(|it| it.place.is_positive() && in_sight.contains(it.place.center()))
        .collect()
}

/// Every text that is there for a screen reader, as tooltips are.
fn labels(window: &Window) -> Vec<String> {
    let nodes = window.harness.query_all_by_role(Role::Label);
    let said = nodes.filter_map(|node| node.accesskit_node().value());
    said.collect()
}

/// The texts that are painted within a rectangle.
fn painted(window: &Window, place: Rect) -> Vec<String> {
    let texts = texts(&window.harness.output().shapes).into_iter();
    let within = texts.filter(|(_, rect)| place.contains(rect.center()));
    within.map(|(text, _)| text).collect()
}

/// So many frames after it came to rest, the pointer has its tooltip.
const FRAMES: usize = 8;

/// What is wrong with the tooltip of a control.
fn wrong(window: &mut Window, control: &Control) -> Option<&'static str> {
    window.events([Event::PointerGone]);
    for _ in 0..3 {
        window.frame();
    }
    let (before, words) = (labels(window), painted(window, control.place));
    // Not in the middle, where the edges of panels meet each other and the table.
    let spot = control.place.lerp_inside(vec2(0.4, 0.4));
    window.events([Event::PointerMoved(spot)]);
    for _ in 0..FRAMES {
        window.frame();
        let mut tip = labels(window);
        tip.retain(|text| !before.contains(text));
        if !tip.is_empty() {
            let again = tip.iter().all(|text| words.contains(text));
            return again.then_some("says only its label again");
        }
    }
    Some("says nothing")
}

/// Goes over all that is in sight, but for what was there before.
fn survey(window: &mut Window, name: &str, before: &[Control]) -> Vec<String> {
    let all = controls(window);
    assert!(!all.is_empty(), "{name} is in sight");
    let new = all.into_iter().filter(|control| !before.contains(control));
    new.filter_map(|control| {
        let wrong = wrong(window, &control)?;
        Some(format!("{name}: {} {wrong}", control.name))
    })
    .collect()
}

/// Some records with a number, and one with a traceback.
fn log() -> String {
    let calm = (0..60).map(|n| line(n, "INFO", "app.web", &format!("served took={n} ms")));
    let frames = |file: &str, n: u32| format!("  File \"{file}\", line {n}, in run\n    go()\n");
    let library = "/usr/lib/python3/site-packages/werkzeug/run.py";
    let trace: String = { (1..5).map(|n| frames("/srv/app/web.py", n)) }
        .chain((1..5).map(|n| frames(library, n)))
        .collect();
    let failed = line(60, "ERROR", "app.db", "failed");
    let end = "ValueError: no such user\n";
    format!(
        "{}{failed}Traceback (most recent call last):\n{trace}{end}",
        calm.collect::<String>()
    )
}

fn open(desk: &Desk) -> Window {
    let log = desk.write("a.log", log());
    let mut window = desk.window(&[&log]);
    window.shows(61, 61);
    window.press(Key::J);
    window.wait_says("Raw");
    window
}

/// Until everything stands where it is to be.
fn stand(window: &mut Window) {
    for _ in 0..10 {
        window.frame();
    }
}

#[test]
fn every_control_says_what_it_does() {
    let mut silent = Vec::new();
    for Case(name, open_it, words) in MORE.iter().chain(&CASES) {
        let desk = Desk::new();
        let mut window = open(&desk);
        let before = match *name {
            "main" => Vec::new(),
            _ => controls(&window),
        };
        open_it(&mut window);
        window.wait_says(words);
        stand(&mut window);
        silent.extend(survey(&mut window, name, &before));
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn every_control_says_what_it_does_without_a_log() {
    let desk = Desk::new();
    let mut window = desk.window(&[]);
    window.wait_says("First steps");
    let mut silent = survey(&mut window, "start", &[]);

    let desk = Desk::new();
    std::fs::write(desk.settings("session.toml"), [0xFF, 0xFE, 0x00]).unwrap();
    let mut window = desk.window(&[]);
    window.wait_says("Dismiss notice");
    stand(&mut window);
    silent.extend(survey(&mut window, "notice", &[]));

    let files = [("one.log", 20, lines(0..3)), ("other.log", 22, lines(0..3))];
    let desk = Desk::new();
    let logs = desk.write("logs.zip", zip(&files));
    let mut window = desk.window(&[&logs]);
    window.wait_says("Logs in logs.zip");
    stand(&mut window);
    silent.extend(survey(&mut window, "choice", &[]));
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}
