//! The dialogs as a user meets them, by their accessible names.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::cell::RefCell;
use std::rc::Rc;

use egui::{Key, Modifiers, Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::format::{
    BuiltinRow, CandidateRow, FormatModel, FormatState, Preview, PreviewFailure, PreviewField,
    PreviewLine, PreviewLines, Verdict,
};
use super::goto::{GotoModel, GotoState, Refused};
use super::path_box::{PathBoxModel, PathBoxState, Place};
use super::{Stay, about, columns, confirm, format, goto, help, path_box, settings};
use crate::base::lang::{Lang, tr};
use crate::format::field::Role as FieldRole;
use crate::format::spec::{FormatError, FormatSpec};
use crate::settings::formats::SavedFormat;
use crate::settings::model::{Setting, ThemeChoice};
use crate::tr;
use crate::ui::action::{Action, Actions, FormatPick};
use crate::ui::table::columns::ColumnState;
use crate::ui::theme::{self, Theme};
use crate::ui::widgets::typed_path::Completion;

mod teach;

/// A dialog that runs until it closes, and what it asked for.
struct Probe<'a> {
    harness: Harness<'a>,
    actions: Rc<RefCell<Vec<Action>>>,
    open: Rc<RefCell<bool>>,
}

impl<'a> Probe<'a> {
    fn new(mut dialog: impl FnMut(&egui::Context, &mut Actions) -> Stay + 'a) -> Self {
        let actions = Rc::new(RefCell::new(Vec::new()));
        let open = Rc::new(RefCell::new(true));
        let (asked, is_open) = (Rc::clone(&actions), Rc::clone(&open));
        let mut harness = Harness::builder()
            // Korean calls itself so, and the fonts of the desktop are not there.
            .allow_missing_glyphs()
            .with_size(vec2(1100.0, 760.0))
            .with_max_steps(20)
            .with_context_setup(|ctx| theme::apply(ctx, Theme::Dark))
            .build_ui(move |ui| {
                let still = *is_open.borrow();
                if still {
                    let mut out = Actions::default();
                    let stay = dialog(&ui.ctx().clone(), &mut out);
                    *is_open.borrow_mut() = stay == Stay::Open;
                    asked.borrow_mut().extend(out);
                }
            });
        // The text cursor blinks, so a dialog with a box never rests.
        harness.run_steps(4);
        Self {
            harness,
            actions,
            open,
        }
    }

    fn step(&mut self) {
        self.harness.run_steps(3);
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.step();
    }

    fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        self.step();
    }

    /// Types into the box that has the keyboard.
    fn type_text(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.step();
    }

    fn shows(&self, text: &str) -> bool {
        self.harness
            .query_all_by_label_contains(text)
            .next()
            .is_some()
    }

    fn asked(&self) -> Vec<Action> {
        self.actions.take()
    }

    fn is_open(&self) -> bool {
        *self.open.borrow()
    }
}

fn field(name: &str, role: FieldRole, value: &str) -> PreviewField {
    PreviewField {
        name: name.to_owned(),
        role,
        value: value.to_owned(),
        column: true,
    }
}

fn format_model() -> FormatModel {
    let detected = FormatSpec::template("%(asctime)s %(levelname)s %(message)s");
    FormatModel {
        file: "service.log".to_owned(),
        current: detected.clone(),
        detected: true,
        candidates: vec![CandidateRow {
            name: detected.to_string(),
            spec: detected.clone(),
            reason: "97 of 100 lines".to_owned(),
            matched: 97,
            lines: 100,
        }],
        builtins: vec![BuiltinRow {
            name: "json".to_owned(),
            title: "JSON lines".to_owned(),
            example: "{\"message\": \"x\"}".to_owned(),
        }],
        saved: vec![SavedFormat {
            name: "Billing".to_owned(),
            spec: FormatSpec::template("%(asctime)s %(sev)s %(message)s"),
        }],
        patterns: vec!["/srv/service*.log".to_owned()],
        folder: Some("/home/a/formats".to_owned()),
        check: None,
        preview: Some(Preview {
            spec: detected,
            outcome: Ok(PreviewLines {
                lines: vec![
                    PreviewLine {
                        text: "2026-11-22 10:00:00,000 INFO hello".to_owned(),
                        verdict: Verdict::Start(vec![
                            field("asctime", FieldRole::Time, "2026-11-22 10:00:00,000"),
                            field("levelname", FieldRole::Level, "INFO"),
                            field("message", FieldRole::Message, "hello"),
                        ]),
                    },
                    PreviewLine {
                        text: "  more".to_owned(),
                        verdict: Verdict::Continues,
                    },
                ],
                sampled: 2,
                matched: 1,
                times_unread: 0,
            }),
        }),
    }
}

fn format_probe(model: FormatModel) -> Probe<'static> {
    let mut state = FormatState::default();
    Probe::new(move |ctx, out| format::show(ctx, &model, &mut state, out))
}

#[test]
fn the_format_dialog_shows_how_the_file_reads() {
    let probe = format_probe(format_model());
    for text in [
        "Format of service.log",
        "1 of 2 lines start a record (50 %)",
        "levelname",
        "JSON lines",
        "hello",
    ] {
        assert!(probe.shows(text), "{text}");
    }
    let current = format_model().current;
    assert_eq!(
        probe.asked(),
        [
            Action::PreviewFormat(current.clone()),
            Action::CheckFormat(current)
        ]
    );
}

#[test]
fn typing_a_template_asks_for_a_preview_at_every_key() {
    let mut probe = format_probe(format_model());
    probe.asked();
    probe.harness.get_by_label("Template").click();
    probe.step();
    probe
        .harness
        .key_press_modifiers(Modifiers::COMMAND, Key::A);
    probe.type_text("{asctime} {message}");
    let expected = FormatSpec::template("{asctime} {message}");
    assert_eq!(probe.asked(), [Action::PreviewFormat(expected.clone())]);
    probe.click("Apply");
    assert_eq!(
        probe.asked(),
        [Action::ApplyFormat(FormatPick::Spec(expected))]
    );
    assert!(!probe.is_open());
}

#[test]
fn a_mistake_is_said_below_the_template_and_cannot_be_applied() {
    let mut model = format_model();
    let error = FormatError {
        message: "unknown field `nmae`".to_owned(),
        hint: "did you mean `name`?".to_owned(),
        column: Some(12),
    };
    model.preview = Some(Preview {
        spec: model.current.clone(),
        outcome: Err(PreviewFailure::Format(error)),
    });
    let mut probe = format_probe(model);
    assert!(probe.shows("Unknown field `nmae` (column 13)"));
    assert!(probe.shows("Did you mean `name`?"));
    probe.asked();
    probe.click("Apply");
    assert_eq!(probe.asked(), []);
    assert!(probe.is_open());
}

#[test]
fn a_known_format_is_picked_by_a_click() {
    let mut probe = format_probe(format_model());
    probe.asked();
    probe.click("JSON lines");
    let json = FormatSpec::Builtin {
        name: "json".to_owned(),
    };
    assert_eq!(probe.asked(), [Action::PreviewFormat(json.clone())]);
    probe.click("Apply");
    assert_eq!(probe.asked(), [Action::ApplyFormat(FormatPick::Spec(json))]);
}

#[test]
fn a_chosen_format_can_go_back_to_automatic() {
    let mut model = format_model();
    model.detected = false;
    let mut probe = format_probe(model);
    probe.asked();
    probe.click("Back to automatic");
    assert_eq!(probe.asked(), [Action::ApplyFormat(FormatPick::Detect)]);
    assert!(!probe.is_open());
}

#[test]
fn esc_closes_every_dialog_and_asks_for_nothing() {
    let mut states = (
        GotoState::default(),
        PathBoxState::default(),
        help::HelpState::default(),
        FormatState::default(),
        false,
    );
    let question = confirm::ConfirmModel {
        title: "Sure?".to_owned(),
        text: "It is gone then.".to_owned(),
        confirm: "Do it".to_owned(),
        action: Action::Quit,
    };
    for which in 0..8 {
        let (goto_state, path_state, help_state, format_state, focused) = &mut states;
        let question = &question;
        let mut probe = Probe::new(move |ctx, out| match which {
            0 => goto::show(ctx, &GotoModel::default(), goto_state, out),
            1 => path_box::show(ctx, &PathBoxModel::default(), path_state, out),
            2 => help::show(ctx, help_state),
            3 => format::show(ctx, &format_model(), format_state, out),
            4 => {
                let mut state = settings::SettingsState::default();
                settings::show(ctx, &settings::SettingsModel::default(), &mut state, out)
            }
            5 => columns::show(ctx, &columns::ColumnsModel::default(), out),
            6 => about::show(ctx, &about::AboutModel::default(), out),
            _ => confirm::show(ctx, question, focused, out),
        });
        probe.asked();
        probe.press(Key::Escape);
        assert!(!probe.is_open(), "dialog {which}");
        assert_eq!(probe.asked(), [], "dialog {which}");
    }
}

#[test]
fn goto_sends_what_was_typed_and_stays_until_it_worked() {
    let model = GotoModel {
        records: 12_345,
        span: None,
        refused: Some(Refused {
            entry: "99:99".to_owned(),
            reason: "no such time".to_owned(),
        }),
    };
    let mut state = GotoState::default();
    let mut probe = Probe::new(move |ctx, out| goto::show(ctx, &model, &mut state, out));
    assert!(probe.shows("12,345 records"));
    assert!(!probe.shows("No such time"));
    probe.type_text("99:99");
    assert!(probe.shows("No such time"));
    probe.press(Key::Enter);
    assert_eq!(probe.asked(), [Action::Goto("99:99".to_owned())]);
    assert!(probe.is_open());
    // The box still has the keyboard, for another try.
    probe.type_text("1");
    assert!(!probe.shows("No such time"));
}

#[test]
fn the_path_box_opens_what_was_typed_chosen_or_completed() {
    let model = PathBoxModel {
        recent: vec![place("a.log"), place("b.log")],
        completion: Completion {
            of: "/var/l".to_owned(),
            paths: vec!["/var/log/".to_owned(), "/var/local/".to_owned()],
            notes: Vec::new(),
            ..Completion::default()
        },
        ..PathBoxModel::default()
    };
    fn place(name: &str) -> Place {
        Place {
            path: format!("/srv/{name}").into(),
            name: name.to_owned(),
            folder: "/srv".to_owned(),
            ..Place::default()
        }
    }
    let start = |model: PathBoxModel| {
        let mut state = PathBoxState::default();
        Probe::new(move |ctx, out| path_box::show(ctx, &model, &mut state, out))
    };

    let mut probe = start(model.clone());
    probe.press(Key::ArrowDown);
    probe.press(Key::ArrowDown);
    probe.press(Key::Enter);
    assert_eq!(probe.asked(), [Action::OpenPath("/srv/b.log".into())]);
    assert!(!probe.is_open());

    let mut probe = start(model.clone());
    probe.type_text("\"/tmp/x.log\"");
    assert_eq!(
        probe.asked(),
        [Action::CompletePath("/tmp/x.log".to_owned())]
    );
    probe.press(Key::Enter);
    assert!(
        !probe
            .asked()
            .contains(&Action::OpenPath("/tmp/x.log".into()))
    );
    // It is not known whether it is there, and no answer comes.
    probe.press(Key::Enter);
    assert_eq!(probe.asked(), [Action::OpenPath("/tmp/x.log".into())]);

    let mut probe = start(model.clone());
    probe.type_text("/var/l");
    probe.press(Key::Tab);
    let asked = probe.asked();
    assert_eq!(
        asked.last(),
        Some(&Action::CompletePath("/var/lo".to_owned()))
    );

    let mut probe = start(model.clone());
    probe.type_text("/var/l");
    probe.click("/var/log/");
    let asked = probe.asked();
    assert_eq!(
        asked.last(),
        Some(&Action::CompletePath("/var/log/".to_owned()))
    );
    assert!(probe.is_open(), "a folder is entered, not opened");

    let mut probe = start(model);
    probe.click("Forget /srv/a.log");
    assert_eq!(probe.asked(), [Action::ForgetRecent("/srv/a.log".into())]);
}

#[test]
fn help_lists_the_keys_and_searches_them() {
    let mut state = help::HelpState::default();
    let mut probe = Probe::new(move |ctx, _| help::show(ctx, &mut state));
    for text in [
        "First steps",
        "Next error",
        "Filter by text",
        "Ctrl+Shift+F",
    ] {
        assert!(probe.shows(text), "{text}");
    }
    probe.type_text("zoom");
    assert!(probe.shows("Zoom in"));
    assert!(!probe.shows("Next error"));
    probe.type_text(" qqq");
    assert!(probe.shows("No key matches"));
}

#[test]
fn settings_change_at_once() {
    let model = settings::SettingsModel {
        file: Some("/home/a/settings.toml".to_owned()),
        ..Default::default()
    };
    let mut state = settings::SettingsState::default();
    let mut probe = Probe::new(move |ctx, out| settings::show(ctx, &model, &mut state, out));
    // The keyboard is in the search.
    probe.type_text("light or dark");
    probe.click("Dark");
    assert_eq!(
        probe.asked(),
        [Action::ChangeSetting(Setting::Theme(ThemeChoice::Dark))]
    );
    assert!(probe.shows("Kept in /home/a/settings.toml"));
    let model = settings::SettingsModel::default();
    let mut state = settings::SettingsState::default();
    let mut probe = Probe::new(move |ctx, out| settings::show(ctx, &model, &mut state, out));
    probe.type_text("follow from");
    probe.click("Follow from the start");
    assert_eq!(
        probe.asked(),
        [Action::ChangeSetting(Setting::FollowOnOpen(true))]
    );
    probe.click("Close");
    assert!(!probe.is_open());
}

/// What changes a setting stands beside its words, in a narrow window below them, and never in lines apart from each other;
/// the way back is on the line of the name, which is as high without it.
#[test]
fn settings_stand_together_in_any_width() {
    for (lang, width) in [
        (Lang::English, 1100.0),
        (Lang::English, 562.0),
        (Lang::Korean, 562.0),
        (Lang::Korean, 340.0),
    ] {
        lang.make_current();
        let mut model = settings::SettingsModel::default();
        model.settings.appearance.theme = ThemeChoice::Dark;
        let mut state = settings::SettingsState::default();
        let mut probe = Probe::new(move |ctx, out| settings::show(ctx, &model, &mut state, out));
        probe.harness.set_size(vec2(width, 700.0));
        probe.step();
        let place = |label: &str| probe.harness.get_by_label(label).rect();
        let (name, other) = (place(tr("Theme")), place(tr("Language")));
        let about = place(tr("Light or dark surroundings"));
        let reset = place(&tr!("Reset {name}", name = tr("Theme")));
        let choices = [place(tr("Light")), place(tr("Dark"))];
        let at = format!("{lang:?} at {width}");
        assert!(name.y_range().contains(reset.center().y), "{at}");
        assert_eq!(choices[0].center().y, choices[1].center().y, "{at}");
        let below = choices[0].top() - about.bottom();
        match width < 600.0 {
            true => assert!((0.0..12.0).contains(&below), "{at}: {below}"),
            false => assert!(choices[0].left() > about.right(), "{at}"),
        }
        let other_about = place(tr("Of the interface; logs stay as they are"));
        assert_eq!(
            about.top() - name.center().y,
            other_about.top() - other.center().y,
            "{at}"
        );
    }
    Lang::English.make_current();
}

/// In a small window the pages are chosen from a menu, and no title lies under its keys.
#[test]
fn the_help_fits_a_small_window() {
    for (width, height, has_list) in [
        (450.0, 338.0, false),
        (480.0, 600.0, false),
        (900.0, 600.0, true),
    ] {
        let mut state = help::HelpState::default();
        let mut probe = Probe::new(move |ctx, _| help::show(ctx, &mut state));
        probe.harness.set_size(vec2(width, height));
        probe.step();
        let place = |label: &str| probe.harness.get_by_label(label).rect();
        let close = place("Close (Esc)");
        assert!(close.right() < width - 20.0, "{width}: {close}");
        let (title, key) = (place("Previous tab"), place("Ctrl+Shift+Tab"));
        assert!(title.right() <= key.left(), "{width}: {title} under {key}");
        assert!(place("Ctrl+PgUp").right() <= close.right(), "{width}");
        assert_eq!(
            probe.harness.query_by_label("First steps").is_some(),
            has_list
        );
        if !has_list {
            probe.click("Page");
            probe.click("First steps");
            assert!(probe.harness.query_by_label("Search the keys").is_none());
        }
    }
}

/// At 300 % a usual window is this low: title and buttons stay in it.
#[test]
fn the_settings_fit_a_very_low_window() {
    let model = settings::SettingsModel::default();
    let mut state = settings::SettingsState::default();
    let mut probe = Probe::new(move |ctx, out| settings::show(ctx, &model, &mut state, out));
    for size in [vec2(427.0, 259.0), vec2(450.0, 340.0), vec2(1280.0, 800.0)] {
        probe.harness.set_size(size);
        probe.step();
        let place = |label: &str| probe.harness.get_by_label(label).rect();
        let window = egui::Rect::from_min_size(egui::Pos2::ZERO, size);
        for label in ["Close (Esc)", "Search the settings and keys", "Defaults"] {
            assert!(window.contains_rect(place(label)), "{label} at {size}");
        }
    }
}

/// Every section of the list has something to come to.
#[test]
fn a_section_without_content_says_what_appears_there() {
    let model = settings::SettingsModel::default();
    let mut state = settings::SettingsState::default();
    let mut probe = Probe::new(move |ctx, out| settings::show(ctx, &model, &mut state, out));
    probe.type_text("formats and levels");
    assert!(probe.shows(
        "Nothing so far. Level words that Timberline does not know, and formats that you keep for files of a kind, appear here"
    ));
}

#[test]
fn columns_are_hidden_and_moved() {
    let column = |key: &str, hidden| ColumnState {
        key: key.to_owned(),
        width: None,
        hidden,
    };
    let model = columns::ColumnsModel {
        columns: vec![column("asctime", false), column("message", true)],
        titles: vec!["Time".to_owned(), "Message".to_owned()],
        defaults: vec![],
    };
    let mut probe = Probe::new(move |ctx, out| columns::show(ctx, &model, out));
    probe.click("Message");
    let shown = vec![column("asctime", false), column("message", false)];
    assert_eq!(probe.asked(), [Action::SetColumns(shown)]);
    probe.click("Move Message up");
    let moved = vec![column("message", true), column("asctime", false)];
    assert_eq!(probe.asked(), [Action::SetColumns(moved)]);
    // The only column that is shown cannot be hidden.
    probe.click("Time");
    assert_eq!(probe.asked(), []);
}

#[test]
fn a_question_has_a_safe_answer_at_hand() {
    let model = confirm::ConfirmModel {
        title: "Sure?".to_owned(),
        text: "It is gone then.".to_owned(),
        confirm: "Do it".to_owned(),
        action: Action::ClearFilters,
    };
    let mut focused = false;
    let question = model.clone();
    let mut probe = Probe::new(move |ctx, out| confirm::show(ctx, &question, &mut focused, out));
    let cancel = probe.harness.get_by_role_and_label(Role::Button, "Cancel");
    assert!(cancel.is_focused());
    probe.press(Key::Enter);
    assert_eq!(probe.asked(), []);
    assert!(!probe.is_open());

    let mut focused = false;
    let mut probe = Probe::new(move |ctx, out| confirm::show(ctx, &model, &mut focused, out));
    probe.click("Do it");
    assert_eq!(probe.asked(), [Action::ClearFilters]);
}
