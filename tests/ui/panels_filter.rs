//! Filter bar, find bar and the empty table.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use timberline::query::spec::{LoggerTerm, Pattern, Reach, Sense, TextTerm};
use timberline::ui::action::{Action, ChipId};
use timberline::ui::panels::empty_state::{self, EmptyModel};
use timberline::ui::panels::filter_bar::{
    self, FilterBarModel, FilterBarState, FilterChip, Offer, Offers, TextProblem,
};
use timberline::ui::panels::find_bar::{self, FindModel, FindState, FindStatus, Hits};

use crate::panels_host::{Bench, asked, click, open};

type FilterHarness = Harness<'static, Bench<FilterBarModel, FilterBarState>>;

fn chip(id: ChipId, text: &str, sense: Sense) -> FilterChip {
    FilterChip {
        id,
        text: text.into(),
        tooltip: text.into(),
        sense,
        without: Some(4_711),
    }
}

fn logger() -> ChipId {
    ChipId::Logger(LoggerTerm {
        name: "app.db".into(),
        reach: Reach::Subtree,
    })
}

fn bar() -> FilterHarness {
    let model = FilterBarModel {
        enabled: true,
        shown: 1_234,
        total: 5_000_000,
        chips: vec![
            chip(logger(), "app.db", Sense::Include),
            chip(ChipId::Text(0), "결제", Sense::Exclude),
        ],
        ..FilterBarModel::default()
    };
    let mut state = FilterBarState::default();
    state.focus();
    open([900.0, 200.0], model, state, |ui, m, s, out| {
        filter_bar::show(ui, m, s, out);
        ui.horizontal_wrapped(|ui| filter_bar::chips(ui, m, out));
    })
}

/// Where everything of the bar is: the count above all, which says how far a filter is.
fn parts(h: &FilterHarness) -> Vec<(String, egui::Rect)> {
    let roles = [Role::Button, Role::TextInput, Role::Label];
    let nodes = roles.map(|role| h.query_all_by_role(role).collect::<Vec<_>>());
    let named = nodes.iter().flatten().map(|node| {
        let name = node.accesskit_node().label().unwrap_or_default();
        (name, node.rect())
    });
    named.collect()
}

/// Beside another log and the logger tree there is little room.
#[test]
fn nothing_of_the_bar_overlaps_in_any_width() {
    for width in [240.0, 315.0, 400.0, 450.0, 520.0, 600.0, 900.0, 1400.0] {
        for (shown, total) in [(4_000, 4_000), (1_234, 5_000_000)] {
            let model = FilterBarModel {
                enabled: true,
                shown,
                total,
                ..FilterBarModel::default()
            };
            let state = FilterBarState::default();
            let h = open([width, 200.0], model, state, filter_bar::show);
            let parts = parts(&h);
            assert_eq!(parts.len(), 8, "{parts:?}");
            for (at, (name, rect)) in parts.iter().enumerate() {
                assert!(rect.right() <= width, "{width}: {name} at {rect}");
                let overlaps = |other: &&(String, egui::Rect)| rect.shrink(0.5).intersects(other.1);
                let other = parts[..at].iter().find(overlaps);
                assert!(other.is_none(), "{width}: {name} at {rect} on {other:?}");
            }
        }
    }
}

fn typed(h: &mut FilterHarness, text: &str) -> Vec<Action> {
    h.event(egui::Event::Text(text.into()));
    asked(h)
}

fn term(text: &str) -> TextTerm {
    TextTerm {
        pattern: Pattern {
            text: text.into(),
            ..Pattern::default()
        },
        sense: Sense::Include,
    }
}

#[test]
fn every_key_stroke_is_a_draft() {
    let mut h = bar();
    assert!(h.state().state.has_keyboard);
    assert_eq!(
        typed(&mut h, "time"),
        [Action::SetDraftText(Some(term("time")))]
    );
    assert_eq!(
        typed(&mut h, "out"),
        [Action::SetDraftText(Some(term("timeout")))]
    );
}

#[test]
fn switches_change_how_the_draft_is_read() {
    let mut h = bar();
    typed(&mut h, "a");
    let mut expected = term("a");
    expected.pattern.case_sensitive = true;
    assert_eq!(
        click(&mut h, "Match case"),
        [Action::SetDraftText(Some(expected.clone()))]
    );
    expected.pattern.whole_word = true;
    assert_eq!(
        click(&mut h, "Whole word"),
        [Action::SetDraftText(Some(expected.clone()))]
    );
    expected.pattern.regex = true;
    assert_eq!(
        click(&mut h, "Regular expression"),
        [Action::SetDraftText(Some(expected.clone()))]
    );
    expected.sense = Sense::Exclude;
    assert_eq!(
        click(&mut h, "Hide what matches"),
        [Action::SetDraftText(Some(expected))]
    );
}

#[test]
fn enter_keeps_the_draft_and_the_keyboard() {
    let mut h = bar();
    typed(&mut h, "timeout");
    h.key_press(Key::Enter);
    assert_eq!(asked(&mut h), [Action::KeepDraft]);
    assert_eq!(h.state().state.term(), None);
    assert_eq!(
        typed(&mut h, "next"),
        [Action::SetDraftText(Some(term("next")))]
    );
    assert_eq!(click(&mut h, "Clear Filter"), [Action::SetDraftText(None)]);
}

#[test]
fn a_bad_pattern_says_why_and_is_not_kept() {
    let mut h = bar();
    typed(&mut h, "ab(");
    h.state_mut().model.problem = Some(TextProblem {
        message: "unclosed group".into(),
        column: Some(2),
        ..TextProblem::default()
    });
    h.run_ok();
    h.get_by_label_contains("unclosed group at character 3, before \"(\"");
    h.key_press(Key::Enter);
    assert_eq!(asked(&mut h), []);
}

/// A box that offers two words for what stands in it.
fn offering() -> FilterHarness {
    let mut h = bar();
    let offer = |text: &str, count| Offer {
        text: text.into(),
        count,
    };
    h.state_mut().model.offers = Offers {
        range: 0..2,
        items: vec![offer("level:", None), offer("logger:웹", Some(1_234))],
        counted_in: Some((40, 100)),
    };
    typed(&mut h, "l오");
    h.run_ok();
    h
}

#[test]
fn a_suggestion_is_taken_by_tab_enter_or_click() {
    let draft = |text: &str| [Action::SetDraftText(Some(term(text)))];
    let mut h = offering();
    h.get_by_label("Counted in 40.0 % of the records");
    h.key_press(Key::Tab);
    assert_eq!(asked(&mut h), draft("level:"));
    assert!(h.state().state.has_keyboard);

    let mut h = offering();
    h.key_press(Key::ArrowDown);
    asked(&mut h);
    h.key_press(Key::ArrowDown);
    asked(&mut h);
    h.key_press(Key::Enter);
    assert_eq!(asked(&mut h), draft("logger:웹 "));

    let mut h = offering();
    assert_eq!(click(&mut h, "logger:웹"), draft("logger:웹 "));
    assert!(h.state().state.has_keyboard);
    assert_eq!(typed(&mut h, "x"), draft("logger:웹 x"));
}

#[test]
fn enter_is_not_taken_by_a_list_in_which_nothing_is_chosen() {
    let mut h = offering();
    h.get_by_label("level:");
    h.key_press(Key::Enter);
    assert_eq!(asked(&mut h), [Action::KeepDraft]);
    assert!(h.query_by_label("level:").is_none());
}

#[test]
fn arrows_bring_back_what_was_typed() {
    let mut h = bar();
    h.state_mut().model.recent = vec!["new".into(), "old".into()];
    let draft = |text: &str| [Action::SetDraftText(Some(term(text)))];
    typed(&mut h, "own");
    for (key, text) in [
        (Key::ArrowUp, "new"),
        (Key::ArrowUp, "old"),
        (Key::ArrowDown, "new"),
        (Key::ArrowDown, "own"),
    ] {
        h.key_press(key);
        assert_eq!(asked(&mut h), draft(text));
    }
    h.key_press(Key::ArrowDown);
    assert_eq!(asked(&mut h), []);
}

#[test]
fn the_menu_has_saved_and_recent_filters() {
    let mut h = bar();
    h.state_mut().model.recent = vec!["level>=error".into()];
    h.state_mut().model.saved = vec![("Slow".into(), "duration>1s".into())];
    click(&mut h, "Saved and recent filters");
    assert_eq!(
        click(&mut h, "Slow"),
        [Action::UseQuery("duration>1s".into())]
    );
    click(&mut h, "Saved and recent filters");
    assert_eq!(
        click(&mut h, "level>=error"),
        [Action::SetDraftText(Some(term("level>=error")))]
    );
    click(&mut h, "Saved and recent filters");
    assert_eq!(
        click(&mut h, "Edit the filter as text"),
        [Action::EditFilterAsText]
    );
}

#[test]
fn what_is_only_unfinished_is_told_with_what_to_do() {
    let mut h = bar();
    typed(&mut h, "level>=");
    h.state_mut().model.problem = Some(TextProblem {
        message: "A value is missing after level>=".into(),
        hint: "For example level>=warning".into(),
        column: Some(0),
        length: 7,
        unfinished: true,
    });
    h.run_ok();
    h.get_by_label_contains("A value is missing after level>=");
    h.get_by_label("For example level>=warning");
}

#[test]
fn chips_are_removed_one_by_one_or_all() {
    let mut h = bar();
    h.get_by_label("Showing app.db");
    h.get_by_label("Hiding 결제");
    h.get_by_label("Showing 1,234 of 5,000,000");
    assert_eq!(
        click(&mut h, "Remove app.db"),
        [Action::RemoveChip(logger())]
    );
    assert_eq!(
        click(&mut h, "Remove 결제"),
        [Action::RemoveChip(ChipId::Text(0))]
    );
    assert_eq!(click(&mut h, "Clear all"), [Action::ClearFilters]);
}

#[test]
fn everything_shown_is_said_so() {
    let mut h = bar();
    h.state_mut().model.shown = 5_000_000;
    h.run_ok();
    h.get_by_label("Showing all 5,000,000");
}

fn find() -> Harness<'static, Bench<FindModel, FindState>> {
    let mut state = FindState::default();
    state.open();
    state.pattern.text = "old".into();
    open([900.0, 100.0], FindModel::default(), state, find_bar::show)
}

#[test]
fn find_replaces_the_old_text_and_visits_matches() {
    let mut h = find();
    assert!(h.state().state.has_keyboard);
    h.event(egui::Event::Text("결제".into()));
    assert_eq!(asked(&mut h), [Action::Find(term("결제").pattern)]);
    h.key_press(Key::Enter);
    assert_eq!(asked(&mut h), [Action::FindNext]);
    h.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
    assert_eq!(asked(&mut h), [Action::FindPrevious]);
    assert!(h.state().state.has_keyboard);
    assert_eq!(click(&mut h, "Previous match"), [Action::FindPrevious]);
    assert_eq!(click(&mut h, "Close find"), [Action::CloseFind]);
    assert!(!h.state().state.open);
}

#[test]
fn find_says_how_far_it_is() {
    let mut h = find();
    for (hits, text) in [
        (
            (None, 98_198, Some((47, 100))),
            "98,198 in 47.0 % of the records",
        ),
        ((None, 0, Some((3, 4))), "0 in 75.0 % of the records"),
        ((None, 2_000, None), "2,000 hits"),
        ((Some(7), 2_000, None), "7 of 2,000"),
    ] {
        let (at, of, searched) = hits;
        h.state_mut().model.hits = Some(Hits { at, of, searched });
        h.run_ok();
        h.get_by_label(text);
    }
}

#[test]
fn find_says_how_it_ended() {
    let mut h = find();
    let invalid = FindStatus::Invalid(TextProblem {
        message: "nothing to repeat".into(),
        ..TextProblem::default()
    });
    for (status, text) in [
        (FindStatus::NoMatch, "No match"),
        (FindStatus::Wrapped, "Started over"),
        (FindStatus::Searching, "Searching..."),
        (invalid, "nothing to repeat"),
    ] {
        h.state_mut().model.status = status;
        h.run_ok();
        h.get_by_label(text);
    }
}

#[test]
fn an_empty_table_offers_the_way_out() {
    let model = EmptyModel::Filtered {
        total: 5_000_000,
        chips: vec![chip(ChipId::AtLeast, "ERROR and above", Sense::Include)],
    };
    let mut h = open([900.0, 400.0], model, (), |ui, m, (), out| {
        empty_state::show(ui, m, out);
    });
    h.get_by_label("5,000,000 records in the log. Remove a filter:");
    h.get_by_label("4,711 records without it");
    assert_eq!(
        click(&mut h, "Remove ERROR and above"),
        [Action::RemoveChip(ChipId::AtLeast)]
    );
    assert_eq!(click(&mut h, "Clear all filters"), [Action::ClearFilters]);
    h.state_mut().model = EmptyModel::EmptyFile { following: true };
    h.run_ok();
    h.get_by_label("Waiting for the first record.");
}

#[test]
fn the_empty_box_says_what_is_in_force() {
    let mut h = bar();
    let hint = |h: &FilterHarness| {
        let node = h.get_by_role_and_label(Role::TextInput, "Filter");
        node.accesskit_node()
            .placeholder()
            .unwrap_or_default()
            .to_owned()
    };
    assert!(hint(&h).starts_with("Words or a query"));
    h.state_mut().model.query = "logger:app.db -결제".to_owned();
    h.run();
    assert_eq!(hint(&h), "logger:app.db -결제");
}
