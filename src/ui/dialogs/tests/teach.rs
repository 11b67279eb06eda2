//! Teaching a format, times and levels.

use egui::accesskit::Toggled;
use egui::{Key, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Probe, format_model, format_probe};
use crate::base::time::Zone;
use crate::format::field::Role as FieldRole;
use crate::format::spec::FormatSpec;
use crate::format::template::stop::Stop;
use crate::settings::formats::{FormatRef, SavedFormat};
use crate::settings::model::{Setting, TimeShow, Times};
use crate::ui::action::{Action, FormatPick};
use crate::ui::dialogs::format::{CandidateRow, Check, Failed};
use crate::ui::dialogs::{settings, times};

#[test]
fn the_whole_file_is_told_and_failing_lines_point_into_the_template() {
    let mut model = format_model();
    model.check = Some(Check {
        spec: model.current.clone(),
        share: 1.0,
        done: true,
        lines: 1_000,
        starts: 900,
        failed: 7,
        times_unread: 0,
        parts: vec![],
        first_failed: vec![Failed {
            line: 12,
            text: "2026-11-22 10:00:00,000 hello é".to_owned(),
            stop: Some(Stop {
                line_column: 24,
                expected: "a level (levelname)".to_owned(),
                template_column: Some(12),
                part: None,
            }),
        }],
        suggestion: None,
        problem: None,
    });
    let mut probe = format_probe(model);
    assert!(
        probe.shows("99.2 % match: 900 of 1,000 lines start a record, 7 should and do not match, 93 belong to the record before")
    );
    probe.click("Lines that fail (7)");
    assert!(probe.shows("These are the first 1 of 7"));
    let row = "Line 12: stopped at column 25 of the line: expected a level (levelname) of the template, column 13: 2026-11-22 10:00:00,000 hello é";
    probe.click(row);
    let node = probe.harness.get_by_label(row);
    assert_eq!(node.accesskit_node().toggled(), Some(Toggled::True));
}

#[test]
fn a_format_for_the_lines_that_fail_is_added_by_a_click() {
    let mut model = format_model();
    let json = FormatSpec::Builtin {
        name: "json".to_owned(),
    };
    model.check = Some(Check {
        spec: model.current.clone(),
        share: 1.0,
        done: true,
        lines: 10,
        starts: 5,
        failed: 5,
        times_unread: 0,
        parts: vec![],
        first_failed: vec![],
        suggestion: Some(CandidateRow {
            spec: json.clone(),
            name: "JSON lines, so to say".to_owned(),
            reason: String::new(),
            matched: 4,
            lines: 5,
        }),
        problem: None,
    });
    let current = model.current.clone();
    let mut probe = format_probe(model);
    probe.click("Lines that fail (5)");
    probe.asked();
    assert!(probe.shows("4 of 5 of these lines are JSON lines, so to say"));
    probe.click("Add this format");
    let formats = vec![current, json];
    let mixed = FormatSpec::Mixed { formats };
    assert_eq!(probe.asked(), [Action::PreviewFormat(mixed)]);
}

#[test]
fn a_check_can_be_stopped_and_goes_on() {
    let mut model = format_model();
    model.check = Some(Check {
        spec: model.current.clone(),
        share: 0.4,
        done: false,
        lines: 10,
        starts: 10,
        failed: 0,
        times_unread: 0,
        parts: vec![],
        first_failed: vec![],
        suggestion: None,
        problem: None,
    });
    let current = model.current.clone();
    let mut probe = format_probe(model);
    assert!(probe.shows("Checking the whole file"));
    probe.asked();
    probe.click("Stop checking");
    assert_eq!(probe.asked(), [Action::CancelCheck]);
    assert!(probe.shows("Stopped at 40 %"));
    probe.click("Check again");
    assert_eq!(probe.asked(), [Action::CheckFormat(current)]);
}

#[test]
fn a_format_is_saved_under_a_name_and_remembered_for_files_alike() {
    let mut probe = format_probe(format_model());
    probe.asked();
    let spec = format_model().current;
    probe.click("Save as");
    probe.type_text("My service");
    probe.press(Key::Enter);
    let saved = SavedFormat {
        name: "My service".to_owned(),
        spec: spec.clone(),
    };
    assert_eq!(probe.asked(), [Action::SaveFormat(saved)]);
    let remember = |probe: &Probe<'_>| {
        probe
            .harness
            .get_by_role_and_label(Role::ComboBox, "Remember for")
            .click();
    };
    remember(&probe);
    probe.step();
    probe.click("files like /srv/service*.log");
    probe.click("Apply");
    let pattern = "/srv/service*.log".to_owned();
    assert_eq!(
        probe.asked(),
        [
            Action::RememberFormat {
                pattern,
                spec: spec.clone()
            },
            Action::ApplyFormat(FormatPick::Spec(spec)),
        ]
    );
}

#[test]
fn a_saved_format_is_picked_and_can_be_deleted() {
    let mut probe = format_probe(format_model());
    probe.asked();
    probe.click("Billing");
    let spec = FormatSpec::template("%(asctime)s %(sev)s %(message)s");
    assert_eq!(probe.asked(), [Action::PreviewFormat(spec)]);
    probe.click("Delete");
    assert_eq!(probe.asked(), [Action::DeleteFormat("Billing".to_owned())]);
}

#[test]
fn a_field_is_given_a_role() {
    let mut probe = format_probe(format_model());
    probe.asked();
    probe.click("levelname");
    probe.click("the logger");
    let roles = [("levelname".to_owned(), FieldRole::Logger)].into();
    let format = Box::new(format_model().current);
    let expected = FormatSpec::Adjusted { format, roles };
    assert_eq!(probe.asked(), [Action::PreviewFormat(expected)]);
    probe.click("Reset roles");
    let current = format_model().current;
    assert_eq!(probe.asked().first(), Some(&Action::PreviewFormat(current)));
}

#[test]
fn a_second_format_is_added_and_removed() {
    let mut probe = format_probe(format_model());
    probe.asked();
    probe.click("Add another format");
    probe.click("JSON lines");
    let json = FormatSpec::Builtin {
        name: "json".to_owned(),
    };
    let formats = vec![format_model().current, json.clone()];
    let mixed = FormatSpec::Mixed { formats };
    assert_eq!(probe.asked().last(), Some(&Action::PreviewFormat(mixed)));
    probe.click("Format 1");
    probe.click("Remove format 1");
    assert_eq!(probe.asked().last(), Some(&Action::PreviewFormat(json)));
}

#[test]
fn times_are_shown_in_another_zone() {
    let model = times::TimesModel {
        file: "a.log".to_owned(),
        ..Default::default()
    };
    let mut state = times::TimesState::default();
    let mut probe = Probe::new(move |ctx, out| times::show(ctx, &model, &mut state, out));
    probe.click("since the first record");
    let show = |show, zone: &str| {
        let zone = zone.to_owned();
        Action::ChangeSetting(Setting::Times(Times { show, zone }))
    };
    assert_eq!(probe.asked(), [show(TimeShow::SinceStart, "")]);
    probe.click("Zone to show");
    probe.type_text("seoul");
    assert_eq!(probe.asked(), []);
    probe.click("Asia/Seoul");
    assert_eq!(probe.asked(), [show(TimeShow::Zone, "Asia/Seoul")]);
    probe.click("Zone of the file");
    probe.type_text("+09:00");
    let zone = Zone::Fixed(9 * 3600);
    assert_eq!(probe.asked().last(), Some(&Action::SetFileZone(zone)));
}

#[test]
fn unknown_levels_and_patterns_are_listed_in_the_settings() {
    let mut model = settings::SettingsModel {
        unknown_levels: vec![settings::UnknownLevel {
            word: "AUDIT".to_owned(),
            records: 12,
            level: None,
            guess: "NOTICE".to_owned(),
        }],
        ..Default::default()
    };
    let format = FormatRef::Name("Billing".to_owned());
    model
        .settings
        .remember_pattern("/srv/*.log".to_owned(), format, Zone::Utc);
    let mut state = settings::SettingsState::default();
    let mut probe = Probe::new(move |ctx, out| settings::show(ctx, &model, &mut state, out));
    assert!(probe.shows("12 records"));
    probe.type_text("level words");
    probe
        .harness
        .get_by_role_and_label(Role::ComboBox, "AUDIT")
        .click();
    probe.step();
    probe.click("ERROR");
    let level = Setting::Level {
        word: "AUDIT".to_owned(),
        level: Some("ERROR".to_owned()),
    };
    assert_eq!(probe.asked(), [Action::ChangeSetting(level)]);
    assert!(probe.shows("UTC"));
    probe.click("Forget /srv/*.log");
    let forget = Setting::ForgetPattern("/srv/*.log".to_owned());
    assert_eq!(probe.asked(), [Action::ChangeSetting(forget)]);
}
