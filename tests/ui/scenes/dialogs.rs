//! The window and every dialog without a mouse: what Tab reaches has a name and shows that it has the keyboard, Esc leads
//! back to where the keyboard was.

use egui::accesskit::{Role, Toggled};
use egui::{Event, Id, Key, Modifiers, Order, PointerButton, Rect};
use egui_kittest::kittest::{self, NodeT as _, Queryable as _, by};

use crate::common::{Desk, Window, line, lines};

/// A dialog: how it is opened, and words that only it shows.
pub(super) struct Case(
    pub(super) &'static str,
    pub(super) fn(&mut Window),
    pub(super) &'static str,
);

pub(super) const CASES: [Case; 11] = [
    Case(
        "palette",
        |window| window.ctrl_shift(Key::P),
        "All commands",
    ),
    Case(
        "bookmarks",
        |window| {
            window.click_row("no 00003", egui::PointerButton::Primary, Modifiers::NONE);
            window.press(Key::M);
            window.ctrl_shift(Key::F);
            window.frame();
            window.ctrl(Key::F2);
        },
        "Copy all as Markdown",
    ),
    Case("quick open", |window| window.ctrl(Key::P), "Tab completes"),
    Case("format", |window| window.ctrl(Key::T), "Known formats"),
    Case(
        "settings",
        |window| window.ctrl(Key::Comma),
        "Size of everything",
    ),
    Case("export", |window| window.ctrl(Key::S), "JSON lines"),
    Case(
        "times",
        |window| by_name(window, "times"),
        "as the log writes them",
    ),
    Case(
        "go to",
        |window| window.ctrl(Key::G),
        "Record number or time",
    ),
    Case("help", |window| window.press(Key::F1), "Troubleshooting"),
    Case(
        "about",
        |window| by_name(window, "about"),
        "Copy for a report",
    ),
    Case(
        "columns",
        |window| by_name(window, "columns"),
        "As the format has them",
    ),
];

/// Runs a command from the palette.
pub(super) fn by_name(window: &mut Window, letters: &str) {
    window.ctrl_shift(Key::P);
    window.type_text(letters);
    window.press(Key::Enter);
}

fn open(desk: &Desk) -> Window {
    let log = desk.write("a.log", lines(0..400));
    let mut window = desk.window(&[&log]);
    window.shows(400, 400);
    window
}

/// What has the keyboard.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Focused {
    id: Id,
    /// What a screen reader says.
    name: String,
    rect: Rect,
    order: Option<Order>,
}

fn has_keyboard(node: &kittest::AccessKitNode<'_>) -> bool {
    node.is_focused()
}

pub(super) fn focused(window: &Window) -> Option<Focused> {
    let id = window.harness.ctx.memory(egui::Memory::focused)?;
    let response = window.harness.ctx.read_response(id);
    let mut nodes = window.harness.query_all(by().predicate(has_keyboard));
    let name = nodes.next().and_then(|node| {
        let node = node.accesskit_node();
        node.label().or_else(|| node.value())
    });
    Some(Focused {
        id,
        name: name.unwrap_or_default(),
        rect: response
            .as_ref()
            .map_or(Rect::NOTHING, |response| response.rect),
        order: response.map(|response| response.layer_id.order),
    })
}

/// What is painted at a place.
pub(super) fn painted(window: &Window, place: Rect) -> Vec<String> {
    fn parts(shape: &egui::Shape, place: Rect, out: &mut Vec<String>) {
        match shape {
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| parts(shape, place, out)),
            other if other.visual_bounding_rect().intersects(place) => {
                out.push(format!("{other:?}"));
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    for clipped in &window.harness.output().shapes {
        let place = place.expand(2.0).intersect(clipped.clip_rect);
        if place.is_positive() {
            parts(&clipped.shape, place, &mut out);
        }
    }
    out
}

/// Goes around by Tab; all that is wrong on the way.
fn walk(window: &mut Window, what: &str, order: Order) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut seen: Vec<Focused> = Vec::new();
    loop {
        let Some(now) = focused(window) else {
            wrong.push(format!(
                "{what}: nothing has the keyboard after {:?}",
                seen.last()
            ));
            return wrong;
        };
        if seen.first().is_some_and(|first| first.id == now.id) {
            break;
        }
        if now.name.trim().is_empty() {
            wrong.push(format!("{what}: no name: {now:?}"));
        }
        if now.order != Some(order) {
            wrong.push(format!("{what}: behind the dialog: {now:?}"));
        }
        if seen.iter().any(|before| before.id == now.id) || seen.len() > 400 {
            wrong.push(format!("{what}: no way around: {now:?}"));
            break;
        }
        // Where the list is scrolled to it.
        for _ in 0..4 {
            window.frame();
        }
        let place = focused(window).map_or(now.rect, |now| now.rect);
        let with = painted(window, place);
        window.press(Key::Tab);
        let after = focused(window);
        if after.is_some_and(|after| after.id != now.id) && painted(window, place) == with {
            wrong.push(format!("{what}: the keyboard is not seen: {now:?}"));
        }
        seen.push(now);
    }
    if let [first, .., last] = seen.as_slice() {
        window.shift(Key::Tab);
        if focused(window).is_none_or(|now| now.id != last.id) {
            wrong.push(format!(
                "{what}: Shift+Tab does not lead from {first:?} to {last:?}"
            ));
        }
    }
    wrong
}

#[test]
fn every_dialog_is_worked_by_keys_and_gives_the_keyboard_back() {
    let mut wrong = Vec::new();
    for Case(name, open_it, words) in CASES {
        let desk = Desk::new();
        let mut window = open(&desk);
        window.ctrl_shift(Key::F);
        window.frame();
        let before = focused(&window).unwrap();
        open_it(&mut window);
        window.wait_says(words);
        for _ in 0..3 {
            window.frame();
        }
        wrong.extend(walk(&mut window, name, Order::Foreground));
        window.press(Key::Escape);
        window.wait_gone(words);
        window.frame();
        let after = focused(&window);
        if after.as_ref().is_none_or(|after| after.id != before.id) {
            wrong.push(format!("{name}: the keyboard went to {after:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_logs_of_a_folder_are_chosen_by_keys() {
    let desk = Desk::new();
    let mut window = open(&desk);
    desk.write("b.log", lines(0..4));
    desk.write("c.log", lines(0..5));
    let folder = desk.path("a.log").parent().unwrap().to_owned();
    window.ctrl(Key::P);
    window.events([Event::Text(folder.display().to_string())]);
    window.press(Key::Enter);
    window.wait_says("Up and Down choose, Enter opens, Ctrl+click");
    let wrong = walk(&mut window, "choice", Order::Foreground);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    window.press(Key::Escape);
    window.wait_gone("Up and Down choose, Enter opens, Ctrl+click");
}

#[test]
fn all_that_tab_reaches_in_the_window_shows_it() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press(Key::J);
    window.wait_says("Raw");
    window.press(Key::Tab);
    let wrong = walk(&mut window, "window", Order::Background);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let log = desk.path("a.log");
    let settings = format!("[[recent]]\npath = {log:?}\n");
    std::fs::write(desk.settings("settings.toml"), settings).unwrap();
    let mut window = desk.window(&[]);
    window.wait_says("First steps");
    window.press(Key::Tab);
    let wrong = walk(&mut window, "start page", Order::Background);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn arrows_make_the_panels_larger() {
    let desk = Desk::new();
    let mut window = open(&desk);
    for (name, larger, smaller) in [
        ("Width of the logger tree", Key::ArrowRight, Key::ArrowLeft),
        ("Size of the details", Key::ArrowUp, Key::ArrowDown),
    ] {
        let size = |window: &Window| {
            let panels = &window.state().settings.panels;
            panels.loggers_width + panels.details_height
        };
        let before = size(&window);
        window.harness.get_by_label(name).focus();
        window.frame();
        window.frame();
        window.press(larger);
        window.frame();
        assert!(size(&window) > before, "{name}");
        window.press(smaller);
        window.press(smaller);
        window.frame();
        assert!(size(&window) < before, "{name}");
    }
}

#[test]
fn the_details_give_way_in_a_low_window_and_come_back() {
    let desk = Desk::new();
    let mut window = open(&desk);
    let height = |window: &Window| {
        let edge = window.place("Size of the details").unwrap();
        window.harness.ctx.content_rect().bottom() - edge.center().y
    };
    window.press(Key::J);
    window.wait_says("Raw");
    let before = height(&window);
    window.harness.set_size(egui::vec2(800.0, 420.0));
    for _ in 0..4 {
        window.frame();
    }
    assert!(height(&window) < before - 50.0);
    assert!(window.rows().len() >= 3, "{:?}", window.rows());
    let (edge, tab) = (window.place("Size of the details"), window.place("Raw"));
    assert!(
        edge.unwrap().center().y < tab.unwrap().top(),
        "not cut off at its top"
    );
    // A laptop at 200 %: no room for both, and still rows.
    window.harness.set_size(egui::vec2(450.0, 338.0));
    for _ in 0..4 {
        window.frame();
    }
    assert!(window.rows().len() >= 2, "{:?}", window.rows());
    assert!(height(&window) >= 60.0);
    window.harness.set_size(egui::vec2(1280.0, 800.0));
    for _ in 0..4 {
        window.frame();
    }
    assert!((height(&window) - before).abs() < 1.0);
}

/// A small window opens the formats at the one in use, with the template below them.
#[test]
fn the_format_in_use_is_in_sight_when_its_dialog_opens() {
    for size in [
        [450.0, 338.0],
        [480.0, 600.0],
        [640.0, 388.0],
        [900.0, 700.0],
    ] {
        let desk = Desk::new();
        let log = desk.write("a.log", lines(0..30));
        let mut window = desk.sized(&[&log], size);
        window.shows(30, 30);
        window.ctrl(Key::T);
        window.wait_place("Format of a.log");
        for _ in 0..20 {
            window.frame();
        }
        let title = window.wait_place("Format of a.log");
        let name = "%(asctime)s %(levelname)s [%(name)s] %(message)s";
        let picked = window.wait_place(name);
        let template = window.wait_role(Role::TextInput, "Template");
        let apply = window.wait_role(Role::Button, "Apply");
        assert!(picked.top() >= title.bottom(), "{size:?}: {picked}");
        assert!(template.bottom() <= apply.top(), "{size:?}: {template}");
        if size[0] < 600.0 {
            assert!(picked.bottom() <= template.top(), "{size:?}: {picked}");
        }
    }
}

/// Whatever is chosen, in however low a window: the pane keeps its place, and shows the text.
#[test]
fn the_details_of_any_record_fit_a_low_window() {
    let trace = "Traceback (most recent call last):\n  File \"/srv/app/db.py\", line 3, in get\n    raise ValueError(1)\nValueError: 1\n";
    for size in [[900.0, 360.0], [562.0, 400.0], [450.0, 338.0]] {
        let desk = Desk::new();
        let failed = line(1, "ERROR", "app.db", "lost") + trace;
        let log = desk.write("a.log", lines(0..1) + &failed);
        let mut window = desk.sized(&[&log], size);
        window.shows(2, 2);
        let mut edges = Vec::new();
        for key in [Key::G, Key::E, Key::Home] {
            window.press(key);
            window.wait_says("Raw");
            for _ in 0..6 {
                window.frame();
            }
            let edge = window.place("Size of the details").unwrap().center().y;
            edges.push(edge);
            let tab = window.place("Exceptions").unwrap();
            assert!(tab.top() >= edge, "{size:?}: {tab} above {edge}");
            let raw = window.place("Raw").unwrap();
            let status = window.harness.ctx.content_rect().bottom() - 24.0;
            assert!(raw.bottom() + 18.0 < status, "{size:?}: no line of text");
        }
        assert!(edges.iter().all(|edge| *edge == edges[0]), "{edges:?}");
    }
}

#[test]
fn a_long_page_is_read_by_keys() {
    let desk = Desk::new();
    let mut window = desk.window(&[]);
    window.press(Key::F1);
    let title = window.wait_place("Select and copy");
    window.press(Key::PageDown);
    for _ in 0..5 {
        window.frame();
    }
    assert!(
        window
            .place("Select and copy")
            .is_none_or(|place| place.top() < title.top())
    );
}

#[test]
fn enter_does_what_a_dialog_is_for() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl(Key::G);
    window.type_text("6");
    window.press(Key::Enter);
    window.wait_chosen("no 00005");
    window.wait("the keyboard at the table", |window| {
        window.tab().table.has_keyboard
    });
    window.ctrl(Key::S);
    window.wait_says("JSON lines");
    let target = desk.path("out.txt");
    window.press_with(Modifiers::COMMAND | Modifiers::CTRL, Key::A);
    window.events([Event::Text(target.display().to_string())]);
    window.frame();
    window.press(Key::Enter);
    window.wait("the export", |_| target.exists());
    window.ctrl(Key::T);
    window.wait_says("Known formats");
    window.press_with(Modifiers::COMMAND | Modifiers::CTRL, Key::A);
    window.events([Event::Text("%(asctime)s %(message)s".into())]);
    window.frame();
    window.press(Key::Enter);
    window.wait_gone("Known formats");
    window.wait("the format", |window| {
        let source = window.tab().source.as_ref();
        source.is_some_and(|source| source.format.spec.to_string() == "%(asctime)s %(message)s")
    });
}

/// Everything that can be clicked, by what a screen reader says.
pub(super) fn clickable(window: &Window) -> Vec<(String, Rect)> {
    let is_one = |node: &kittest::AccessKitNode<'_>| {
        let role = matches!(
            node.role(),
            Role::Button | Role::CheckBox | Role::Tab | Role::TreeItem | Role::Link
        );
        // What is chosen already needs no invitation to be clicked; what has the keyboard looks pressed.
        let chosen = node.is_focused()
            || node.is_selected() == Some(true)
            || node.toggled() == Some(Toggled::True);
        role && !chosen && !node.is_disabled()
    };
    let nodes = window.harness.query_all(by().predicate(is_one));
    let named = nodes.map(|node| {
        let rect = node.rect();
        let node = node.accesskit_node();
        (
            node.label().or_else(|| node.value()).unwrap_or_default(),
            rect,
        )
    });
    let in_sight = window.harness.ctx.content_rect();
    named
        .filter(|(_, rect)| rect.width() > 4.0 && in_sight.contains(rect.center()))
        .collect()
}

/// All that does not look different under the pointer, or while it is pressed, but for what lies behind a dialog.
pub(super) fn deaf(window: &mut Window, what: &str, behind: &[(String, Rect)]) -> Vec<String> {
    let far = Event::PointerGone;
    let mut wrong = Vec::new();
    let foot = window.place("Defaults").filter(|_| what == "settings");
    for (name, rect) in clickable(window) {
        if behind.iter().any(|(known, _)| *known == name) {
            continue;
        }
        // Scrolled out of sight; what is at the foot is level with the button there.
        let is_foot = |foot: Rect| rect.y_range() == foot.y_range();
        if foot.is_some_and(|foot| !is_foot(foot) && rect.bottom() > foot.top() - 50.0) {
            continue;
        }
        let at = rect.center();
        let button = |pos, pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        let mut after = |events: Vec<Event>| {
            window.events(events);
            window.frame();
            painted(window, rect)
        };
        let calm = after(vec![far.clone()]);
        let words: String = name.chars().take(12).collect();
        let in_list = what == "format" && !name.ends_with("...");
        if in_list && !calm.iter().any(|shape| shape.contains(&words)) {
            // Scrolled out of sight.
            continue;
        }
        let under = after(vec![Event::PointerMoved(at)]);
        let pressed = after(vec![button(at, true)]);
        // Let go of elsewhere, so that nothing is done.
        let away = at + egui::vec2(0.0, 200.0);
        after(vec![Event::PointerMoved(away)]);
        after(vec![button(away, false)]);
        if under == calm {
            wrong.push(format!("{name} at {at}: not seen to be under the pointer"));
        }
        if pressed == under {
            wrong.push(format!("{name} at {at}: not seen to be pressed"));
        }
    }
    wrong
}

#[test]
fn what_can_be_clicked_looks_so_under_the_pointer_and_when_it_is_pressed() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press(Key::J);
    window.wait_says("Raw");
    window.ctrl(Key::F);
    window.click_role(Role::TreeItem, "app.web");
    window.frame();
    let mut wrong = deaf(&mut window, "window", &[]);
    for Case(name, open_it, words) in CASES {
        let mut window = open(&desk);
        window.press(Key::J);
        window.wait_says("Raw");
        let behind = clickable(&window);
        open_it(&mut window);
        window.wait_says(words);
        // Until it stands where it is to be.
        for _ in 0..20 {
            window.frame();
        }
        let found = deaf(&mut window, name, &behind);
        wrong.extend(found.into_iter().map(|what| format!("{name}: {what}")));
    }
    let mut window = desk.window(&[]);
    window.wait_says("First steps");
    wrong.extend(deaf(&mut window, "start page", &[]));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_format_dialog_fits_small_windows() {
    for size in [
        [480.0, 360.0],
        [560.0, 600.0],
        [640.0, 400.0],
        [1280.0, 800.0],
    ] {
        let desk = Desk::new();
        let log = desk.write("app.log", lines(0..20));
        let mut window = desk.sized(&[&log], size);
        window.shows(20, 20);
        window.ctrl(Key::T);
        window.wait_place("Apply");
        window.wait_says("start a record");
        for _ in 0..3 {
            window.frame();
        }
        let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
        for name in ["Close (Esc)", "Apply", "Cancel", "Back to automatic"] {
            let place = window.wait_place(name);
            assert!(screen.contains_rect(place), "{size:?}: {name} at {place:?}");
        }
        for name in [
            "Template of your own",
            "First lines",
            "Lines that fail",
            "Save as",
        ] {
            let place = window.wait_place(name).x_range();
            assert!(screen.x_range().contains(place.min), "{size:?}: {name}");
            assert!(screen.x_range().contains(place.max), "{size:?}: {name}");
        }
    }
}

/// The list of sections says where one is.
#[test]
fn the_settings_show_which_section_is_read() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.ctrl(Key::Comma);
    window.wait_says("Size of everything");
    window.frame();
    let section = |window: &Window| {
        let buttons = window.harness.query_all_by_role(Role::Button);
        let chosen = buttons.map(|node| node.accesskit_node());
        let chosen = chosen.filter(|node| node.toggled() == Some(Toggled::True));
        let labels = chosen.filter_map(|node| node.label());
        let is_section = |label: &String| ["Look", "Times", "Keys"].contains(&label.as_str());
        labels.filter(is_section).collect::<Vec<_>>()
    };
    assert_eq!(section(&window), ["Look"]);
    for name in ["Keys", "Times"] {
        window.click(name);
        for _ in 0..4 {
            window.frame();
        }
        assert_eq!(section(&window), [name]);
    }
}
