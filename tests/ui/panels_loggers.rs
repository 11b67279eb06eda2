//! The logger tree, by mouse and keyboard, with thousands of nodes.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use timberline::ui::action::{Action, LoggerClick};
use timberline::ui::panels::loggers::{self, LoggerNode, LoggerShown, LoggersModel, LoggersState};

use crate::panels_host::{Bench, asked, click, focus, open};

type Tree = Harness<'static, Bench<LoggersModel, LoggersState>>;

fn node(name: &str, has_children: bool) -> LoggerNode {
    let depth = if name.is_empty() {
        0
    } else {
        name.split('.').count()
    };
    LoggerNode {
        name: name.into(),
        label: name.rsplit('.').next().unwrap().into(),
        depth: depth as u16,
        total: 3_400,
        matching: Some(12),
        errors: 2,
        warnings: 0,
        shown: LoggerShown::Shown,
        has_children,
    }
}

fn tree_of(nodes: Vec<LoggerNode>) -> Tree {
    let model = LoggersModel {
        nodes: nodes.into(),
        filtered: true,
    };
    open(
        [260.0, 400.0],
        model,
        LoggersState::default(),
        loggers::show,
    )
}

fn tree() -> Tree {
    tree_of(vec![
        node("", true),
        node("app", true),
        node("app.db", true),
        node("app.db.pool", false),
        node("결제", false),
    ])
}

fn rows(h: &Tree) -> Vec<String> {
    h.get_all_by_role(Role::TreeItem)
        .map(|node| node.accesskit_node().label().unwrap())
        .collect()
}

fn chosen(name: &str, how: LoggerClick) -> Action {
    Action::LoggerClick {
        name: name.into(),
        how,
    }
}

#[test]
fn a_click_shows_a_subtree_alone_and_ctrl_adds() {
    let mut h = tree();
    assert_eq!(rows(&h), ["root (all loggers)", "app", "app.db", "결제"]);
    assert_eq!(
        click(&mut h, "app.db"),
        [chosen("app.db", LoggerClick::Solo)]
    );
    h.run_steps(20);
    h.get_by_label("결제").click_modifiers(Modifiers::COMMAND);
    assert_eq!(asked(&mut h), [chosen("결제", LoggerClick::Add)]);
    h.run_steps(20);
    assert_eq!(click(&mut h, "root (all loggers)"), [Action::ClearLoggers]);
    assert_eq!(click(&mut h, "Clear loggers"), [Action::ClearLoggers]);
}

#[test]
fn the_eye_excludes() {
    let mut h = tree();
    let exclude = |excluded| Action::ExcludeLogger {
        name: "app.db".into(),
        excluded,
    };
    assert_eq!(click(&mut h, "Exclude app.db"), [exclude(true)]);
    let mut nodes = h.state().model.nodes.to_vec();
    nodes[2].shown = LoggerShown::Excluded;
    h.state_mut().model.nodes = nodes.into();
    h.run_steps(20);
    assert_eq!(click(&mut h, "Exclude app.db"), [exclude(false)]);
}

#[test]
fn the_context_menu_has_every_way() {
    let ways = [
        ("Only this subtree", chosen("app.db", LoggerClick::Solo)),
        (
            "Only this logger, not its children",
            chosen("app.db", LoggerClick::Only),
        ),
        ("Add to what is shown", chosen("app.db", LoggerClick::Add)),
        ("Copy name", Action::CopyText("app.db".into())),
        ("Clear", Action::ClearLoggers),
    ];
    for (entry, action) in ways {
        let mut h = tree();
        h.get_by_label("app.db").click_secondary();
        h.run_ok();
        assert_eq!(click(&mut h, entry), [action]);
    }
    let mut h = tree();
    h.get_by_label("app.db").click_secondary();
    h.run_ok();
    click(&mut h, "Expand all below");
    assert!(rows(&h).contains(&"app.db.pool".to_owned()));
    h.get_by_label("app.db").click_secondary();
    h.run_ok();
    click(&mut h, "Collapse all");
    assert_eq!(rows(&h), ["root (all loggers)", "app", "결제"]);
}

#[test]
fn find_keeps_ancestors() {
    let mut h = tree();
    h.state_mut().state.focus_find();
    h.run_ok();
    h.event(egui::Event::Text("POOL".into()));
    h.run_ok();
    assert_eq!(
        rows(&h),
        ["root (all loggers)", "app", "app.db", "app.db.pool"]
    );
    h.event(egui::Event::Text("x".into()));
    h.run_ok();
    h.get_by_label("No logger has this in its name.");
}

#[test]
fn the_keyboard_moves_folds_and_chooses() {
    let mut h = tree();
    focus(&mut h, "Logger tree");
    h.run_ok();
    assert!(h.state().state.has_keyboard);
    let mut press = |keys: &[Key]| {
        for key in keys {
            h.key_press(*key);
            h.run_ok();
        }
        asked(&mut h)
    };
    // The first key moves from the root.
    let down = [Key::ArrowDown, Key::ArrowDown, Key::Enter];
    assert_eq!(press(&down), [chosen("app.db", LoggerClick::Solo)]);
    let into = [Key::ArrowRight, Key::ArrowRight, Key::Space];
    assert_eq!(press(&into), [chosen("app.db.pool", LoggerClick::Add)]);
    let out = [Key::ArrowLeft, Key::ArrowLeft, Key::ArrowLeft, Key::Enter];
    assert_eq!(press(&out), [chosen("app", LoggerClick::Solo)]);
    let exclude = Action::ExcludeLogger {
        name: "결제".into(),
        excluded: true,
    };
    assert_eq!(press(&[Key::End, Key::Delete]), [exclude]);
    assert!(h.state().state.has_keyboard);
}

#[test]
fn of_thousands_of_nodes_only_those_in_view_are_shown() {
    let mut nodes = vec![node("", true)];
    nodes.extend((0..20_000).map(|n| node(&format!("worker_{n}"), false)));
    let mut h = tree_of(nodes);
    assert!(rows(&h).len() < 30);
    focus(&mut h, "Logger tree");
    h.key_press(Key::End);
    h.run_ok();
    h.run_ok();
    assert!(rows(&h).contains(&"worker_19999".to_owned()));
    h.key_press(Key::Home);
    h.run_ok();
    h.run_ok();
    assert!(rows(&h).contains(&"root (all loggers)".to_owned()));
}

#[test]
fn states_and_counts_are_told_in_words() {
    let mut nodes = vec![node("", true), node("app", false)];
    nodes[1].shown = LoggerShown::Chosen;
    let h = tree_of(nodes);
    let row = h.get_by_label("app").accesskit_node();
    let words = "12 of 3,400 records match, 2 errors, chosen";
    assert_eq!(row.data().description(), Some(words));
    assert_eq!(row.data().is_selected(), Some(true));
}

#[test]
fn nodes_that_arrive_do_not_fold_the_tree() {
    let mut h = tree();
    click(&mut h, "app.db");
    focus(&mut h, "Logger tree");
    h.key_press(Key::ArrowRight);
    h.run_ok();
    let mut nodes = h.state().model.nodes.to_vec();
    nodes.push(node("uvicorn", false));
    h.state_mut().model.nodes = Arc::from(nodes);
    h.run_ok();
    assert!(rows(&h).contains(&"app.db.pool".to_owned()));
    assert!(rows(&h).contains(&"uvicorn".to_owned()));
}
