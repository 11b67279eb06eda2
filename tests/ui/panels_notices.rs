//! Notices and the start page.

use egui::{Key, Ui};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use timberline::base::origin::{CommandLine, Origin};
use timberline::base::problem::Problem;
use timberline::ui::action::{Action, Actions, NoticeId};
use timberline::ui::panels::notices::{self, Notice, NoticesModel, NoticesState};
use timberline::ui::panels::start::{self, StartModel, StartState};
use timberline::ui::panels::top_bar::RecentFile;
use timberline::ui::widgets::typed_path::Completion;

use crate::panels_host::{Bench, apart, asked, click, focus, open};

fn notice(id: u64, problem: Problem) -> Notice {
    Notice {
        id: NoticeId(id),
        problem,
        at: "10:04:31".into(),
        count: 1,
        offers: false,
    }
}

fn show(ui: &mut Ui, model: &NoticesModel, state: &mut NoticesState, out: &mut Actions) {
    notices::show(ui, model, state, &mut |_| (), out);
}

fn shown(current: Vec<Notice>) -> Harness<'static, Bench<NoticesModel, NoticesState>> {
    let past = current.clone();
    let model = NoticesModel { current, past };
    open([900.0, 600.0], model, NoticesState::default(), show)
}

#[test]
fn a_notice_says_what_to_do_and_is_dismissed() {
    let problem = Problem::warning("The file was truncated")
        .hint("It is read again")
        .detail("length 0 < 4096");
    let mut h = shown(vec![notice(7, problem.clone())]);
    h.get_by_label("The file was truncated");
    h.get_by_label("It is read again");
    assert!(h.query_by_label("length 0 < 4096").is_none());
    click(&mut h, "Details");
    h.get_by_label("length 0 < 4096");
    let text = Action::CopyText(problem.to_string());
    assert_eq!(click(&mut h, "Copy notice"), [text]);
    assert_eq!(
        click(&mut h, "Dismiss notice"),
        [Action::Dismiss(NoticeId(7))]
    );
}

#[test]
fn an_offer_stays_until_it_is_taken() {
    let problem = Problem::info("This looks like another format now: json");
    let mut h = shown(vec![Notice {
        offers: true,
        ..notice(7, problem)
    }]);
    h.run_steps(30 * 8);
    h.get_by_label("This looks like another format now: json");
    assert_eq!(click(&mut h, "Use it"), [Action::Accept(NoticeId(7))]);
}

#[test]
fn only_information_goes_by_itself() {
    let mut h = shown(vec![
        notice(1, Problem::info("Rotated")),
        notice(2, Problem::error("Not readable")),
    ]);
    h.run_steps(30 * 6);
    assert_eq!(asked(&mut h), []);
    h.run_steps(30 * 2);
    let gone = asked(&mut h);
    assert!(
        gone.iter()
            .all(|action| *action == Action::Dismiss(NoticeId(1)))
    );
    assert!(!gone.is_empty());
}

fn top(h: &Harness<'_, Bench<NoticesModel, NoticesState>>, label: &str) -> f32 {
    h.get_by_label(label).rect().top()
}

/// What is aimed at does not move when another notice goes, nor when one comes.
#[test]
fn what_waits_for_a_click_stays_where_it_is() {
    let offer = Notice {
        offers: true,
        ..notice(1, Problem::info("Another format fits better"))
    };
    let back = notice(2, Problem::info("The file is back"));
    let mut h = shown(vec![offer.clone()]);
    let at = top(&h, "Use it");
    h.state_mut().model.current = vec![offer.clone(), back];
    h.run_ok();
    assert_eq!(top(&h, "Use it"), at);
    assert!(top(&h, "The file is back") < at);
    h.state_mut().model.current = vec![offer];
    h.run_ok();
    assert_eq!(top(&h, "Use it"), at);
}

/// No notice goes while the pointer is at any of them, or the keyboard.
#[test]
fn notices_wait_for_the_pointer_and_the_keyboard() {
    let both = || {
        shown(vec![
            notice(1, Problem::info("Rotated").path("/var/log/app.log")),
            notice(2, Problem::error("Not readable")),
        ])
    };
    let mut h = both();
    h.hover_at(h.get_by_label("Not readable").rect().center());
    h.run_steps(30 * 20);
    assert_eq!(asked(&mut h), []);
    h.hover_at(egui::pos2(10.0, 10.0));
    h.run_steps(30 * 8);
    assert_eq!(asked(&mut h).first(), Some(&Action::Dismiss(NoticeId(1))));
    let mut h = both();
    focus(&mut h, "Copy path");
    h.run_steps(30 * 20);
    assert_eq!(asked(&mut h), []);
}

/// In a small window a notice is not wider than it, and fewer are shown.
#[test]
fn notices_fit_a_small_window() {
    let long = "The file was truncated and is read from its start";
    let current: Vec<_> = (1..=6)
        .map(|id| {
            notice(
                id,
                Problem::warning(long).detail("at main.rs:1\n".repeat(40)),
            )
        })
        .collect();
    let model = NoticesModel {
        past: current.clone(),
        current,
    };
    let state = NoticesState::default();
    let mut h = open([240.0, 300.0], model, state, show);
    let window = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(240.0, 264.0));
    let inside = |h: &Harness<'_, Bench<NoticesModel, NoticesState>>, label: &str, count| {
        let rects: Vec<_> = h
            .query_all_by_label(label)
            .map(|node| node.rect())
            .collect();
        assert_eq!(rects.len(), count, "{label}");
        for rect in rects {
            assert!(window.contains_rect(rect), "{label} at {rect}");
        }
    };
    inside(&h, "4 more", 1);
    inside(&h, long, 2);
    inside(&h, "Dismiss notice", 2);
    h.query_all_by_label("Details").next().unwrap().click();
    h.run_ok();
    // The end of what is long is scrolled to.
    inside(&h, "4 more", 1);
    let first = h.query_all_by_label(long).next().unwrap().rect();
    assert!(window.contains_rect(first), "{first}");
    h.state_mut().state.list_open = true;
    h.run_ok();
    inside(&h, "Close notices", 1);
}

/// Above rows that they would cover there are two; what is more has a ground of its own over whatever lies below.
#[test]
fn notices_leave_rows_in_sight() {
    let current: Vec<_> = (1..=5)
        .map(|id| notice(id, Problem::error("Not readable")))
        .collect();
    for (width, shown) in [(480.0, 2), (599.0, 2), (600.0, 4), (1_280.0, 4)] {
        let model = NoticesModel {
            current: current.clone(),
            past: Vec::new(),
        };
        let state = NoticesState::default();
        let mut h = open([width, 800.0], model, state, show);
        let cards = h.query_all_by_label("Not readable").count();
        assert_eq!(cards, shown, "in {width}");
        let more = format!("{} more", 5 - shown);
        let button = h.get_by_label(&more).rect();
        let is_below = |clipped: &egui::epaint::ClippedShape| match &clipped.shape {
            egui::Shape::Rect(ground) => {
                let solid = ground.fill.a() == 255;
                solid && ground.rect.contains_rect(button) && ground.rect.height() < 40.0
            }
            _ => false,
        };
        assert!(h.output().shapes.iter().any(is_below), "{button}");
        assert_eq!(click(&mut h, &more), [Action::ToggleNotices]);
    }
}

/// The list has no grip in its rounded corner, only its edge moves.
#[test]
fn the_list_of_notices_has_no_grip() {
    let mut h = shown(vec![notice(1, Problem::error("Not readable"))]);
    h.state_mut().state.list_open = true;
    h.run_ok();
    let lines = h
        .output()
        .shapes
        .iter()
        .filter(|clipped| matches!(clipped.shape, egui::Shape::LineSegment { .. }));
    assert_eq!(lines.count(), 0);
}

#[test]
fn past_notices_are_listed() {
    let mut h = shown(vec![notice(1, Problem::error("Not readable"))]);
    h.state_mut().state.list_open = true;
    h.state_mut().model.current.clear();
    h.run_ok();
    h.get_by_label("Not readable");
    assert_eq!(click(&mut h, "Close notices"), [Action::ToggleNotices]);
}

fn page() -> Harness<'static, Bench<StartModel, StartState>> {
    let file = |name: &str, missing| RecentFile {
        path: format!("/var/log/{name}").into(),
        name: name.into(),
        folder: "/var/log".into(),
        note: "1.2 GB, yesterday".into(),
        missing,
    };
    let model = StartModel {
        recent: vec![file("결제.log", false), file("gone.log", true)],
        completion: Completion {
            of: "/tmp/a".to_owned(),
            exists: true,
            paths: vec!["/tmp/ab/".to_owned(), "/tmp/a.log".to_owned()],
            ..Completion::default()
        },
        held_back: None,
        drop_hovers: false,
        version: "Timberline".into(),
    };
    open([900.0, 700.0], model, StartState::default(), start::show)
}

#[test]
fn the_start_page_fits_a_narrow_window() {
    for width in [360.0, 480.0, 600.0, 900.0] {
        let mut h = page();
        h.set_size(egui::vec2(width, 900.0));
        h.run_ok();
        apart(&h, width);
    }
}

#[test]
fn the_start_page_opens_logs() {
    let mut h = page();
    assert_eq!(click(&mut h, "Open a log file..."), [Action::Open]);
    assert_eq!(click(&mut h, "Open the sample log"), [Action::OpenSample]);
    assert_eq!(
        click(&mut h, "결제.log"),
        [Action::OpenPath("/var/log/결제.log".into())]
    );
    assert_eq!(click(&mut h, "gone.log"), []);
}

#[test]
fn a_typed_path_is_opened() {
    let mut h = page();
    focus(&mut h, "Path of a log file");
    h.event(egui::Event::Text(" /tmp/a ".into()));
    h.run_ok();
    h.key_press(Key::Enter);
    let asked = asked(&mut h);
    assert_eq!(asked.last(), Some(&Action::OpenPath("/tmp/a".into())));
}

#[test]
fn a_path_is_completed_as_in_quick_open() {
    let mut h = page();
    h.state_mut().model.completion.of = "/t".to_owned();
    focus(&mut h, "Path of a log file");
    h.event(egui::Event::Text("/t".into()));
    h.run_ok();
    h.get_by_label("/tmp/ab/");
    // What all begin with, then the chosen one, which is a folder and is looked into.
    h.key_press(Key::Tab);
    h.run_ok();
    let asked_for = |h: &mut Harness<'_, _>| asked(h).last().cloned();
    let complete = |text: &str| Some(Action::CompletePath(text.to_owned()));
    assert_eq!(asked_for(&mut h), complete("/tmp/a"));
    h.state_mut().model.completion.of = "/tmp/a".to_owned();
    h.run_ok();
    h.key_press(Key::ArrowDown);
    h.key_press(Key::Enter);
    h.run_ok();
    assert_eq!(asked_for(&mut h), complete("/tmp/ab/"));
    // Nothing is left to complete: Tab goes on.
    h.key_press(Key::Tab);
    h.run_ok();
    assert!(h.query_by_label("/tmp/a.log").is_none());
    h.get_by(|node| node.is_focused() && node.label().as_deref() != Some("Path of a log file"));
}

#[test]
fn a_path_of_nothing_is_told_in_its_place() {
    let mut h = page();
    h.state_mut().model.completion.of = "/tmp/nosuch".to_owned();
    h.state_mut().model.completion.exists = false;
    focus(&mut h, "Path of a log file");
    h.event(egui::Event::Text("/tmp/nosuch".into()));
    h.run_ok();
    h.key_press(Key::Enter);
    let opens = Action::OpenPath("/tmp/nosuch".into());
    assert!(!asked(&mut h).contains(&opens));
    h.get_by_label("No file or folder is called like this");
    // It is waited for by those who mean it.
    h.get_by_label("Enter once more waits for it");
    h.key_press(Key::Enter);
    assert_eq!(asked(&mut h), [opens]);
}

#[test]
fn a_typed_command_is_run() {
    let mut h = page();
    focus(&mut h, "A command whose output is the log");
    h.event(egui::Event::Text("docker logs 'web".into()));
    h.run_ok();
    h.key_press(Key::Enter);
    assert_eq!(asked(&mut h), []);
    h.get_by_label("The quote is not closed");
    focus(&mut h, "A command whose output is the log");
    h.key_press(Key::End);
    h.event(egui::Event::Text("'".into()));
    h.run_ok();
    assert!(h.query_by_label("The quote is not closed").is_none());
    let words = ["docker", "logs", "web"].map(str::to_owned);
    assert_eq!(
        click(&mut h, "Watch command"),
        [Action::OpenFrom {
            path: "docker logs web".into(),
            origin: Origin::Command(CommandLine(words.to_vec())),
        }]
    );
}

#[test]
fn files_over_the_window_are_invited() {
    let mut h = page();
    h.state_mut().model.drop_hovers = true;
    h.run_ok();
    h.get_by_label("Drop to open");
}
