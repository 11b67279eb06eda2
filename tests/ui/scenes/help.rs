//! The pages of the help and their pictures.

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton, Rect};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use timberline::base::lang::Lang;

use crate::common::{Desk, Window, usual};

/// The pictures of the page, by what a screen reader says of them.
fn pictures(window: &Window) -> Vec<(String, Rect)> {
    let nodes = window.harness.query_all(by().role(Role::Image));
    nodes
        .map(|node| {
            let words = node.accesskit_node().label().unwrap_or_default();
            (words, node.rect())
        })
        .collect()
}

/// How many of them were decoded.
fn decoded(window: &Window) -> usize {
    let textures = window.harness.ctx.tex_manager();
    let textures = textures.read();
    let ours = textures.allocated().filter(|(_, meta)| meta.name == "help");
    ours.count()
}

#[test]
fn pictures_are_as_wide_as_the_page_and_tell_what_they_show() {
    let desk = Desk::new();
    for width in [1280.0, 900.0, 640.0] {
        let mut window = desk.sized(&[], [width, 800.0]);
        window.press(Key::F1);
        window.click("Understand a log");
        window.wait("the pictures", |window| pictures(window).len() >= 4);
        for (words, place) in pictures(&window) {
            assert!(words.len() > 20, "{words:?}");
            assert!(
                place.left() > 0.0 && place.right() < width,
                "{words:?}: {place}"
            );
            assert!(place.width() > 300.0 && place.width() <= 740.0, "{place}");
        }
        window.wait("what is in sight", |window| decoded(window) >= 1);
        let first = decoded(&window);
        assert!(first < 4, "what is out of sight is not decoded: {first}");
        for _ in 0..12 {
            window.press(Key::PageDown);
            for _ in 0..5 {
                window.frame();
            }
        }
        window.wait("all that came into sight", |window| decoded(window) >= 4);
        window.press(Key::Escape);
        window.wait("their memory given back", |window| decoded(window) == 0);
    }
}

#[test]
fn a_page_in_korean_has_pictures_too() {
    let desk = Desk::new();
    let builder = usual().allow_missing_glyphs();
    let mut window = desk.speaking(Lang::Korean, &[], builder);
    window.press(Key::F1);
    window.click("필터");
    window.wait("the pictures", |window| {
        pictures(window)
            .iter()
            .any(|(words, _)| words.contains("로거 트리"))
    });
    window.wait("one of them", |window| decoded(window) >= 1);
}

#[test]
fn lines_for_the_terminal_are_copied() {
    let desk = Desk::new();
    let mut window = desk.window(&[]);
    window.press(Key::F1);
    window.click("Command line");
    window.frame();
    let copy = window.harness.query_all_by_label("Copy these lines");
    let place = copy.map(|node| node.rect()).next().unwrap();
    window.click_at(place.center(), PointerButton::Primary, Modifiers::NONE);
    let copied = window.copied.last().cloned().unwrap_or_default();
    assert!(copied.starts_with("timberline "), "{copied}");
    assert!(!copied.contains("```"), "{copied}");
}

/// In a narrow window the pages are chosen from a list, by keys too.
#[test]
fn a_page_is_chosen_by_keys_and_the_list_closes() {
    let desk = Desk::new();
    let mut window = desk.sized(&[], [480.0, 700.0]);
    window.press(Key::F1);
    window.wait_says("Search the keys");
    let on_list = |window: &Window| {
        let mut boxes = window.harness.query_all_by_role(Role::ComboBox);
        boxes.any(|node| node.accesskit_node().is_focused())
    };
    for _ in 0..8 {
        if !on_list(&window) {
            window.shift(Key::Tab);
            window.frame();
        }
    }
    assert!(on_list(&window), "{}", window.describe());
    window.press(Key::Enter);
    window.wait_says("Troubleshooting");
    window.press(Key::ArrowDown);
    window.frame();
    window.press(Key::ArrowDown);
    window.frame();
    window.press(Key::Enter);
    window.wait_gone("Troubleshooting");
    window.wait_gone("Search the keys");
    assert!(on_list(&window), "the keyboard is back");
}
