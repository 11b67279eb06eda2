//! Shows one panel with a model and keeps what it asks for.

use egui::Ui;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use timberline::ui::action::{Action, Actions};
use timberline::ui::theme::{self, Theme};

use crate::common::{assert_apart, texts};

/// How every panel is shown.
pub type Show<M, S> = fn(&mut Ui, &M, &mut S, &mut Actions);

/// A panel on its own.
pub struct Bench<M, S> {
    pub model: M,
    pub state: S,
    actions: Actions,
}

/// Opens a panel in a window of the given size.
pub fn open<M: 'static, S: 'static>(
    size: [f32; 2],
    model: M,
    state: S,
    show: Show<M, S>,
) -> Harness<'static, Bench<M, S>> {
    let bench = Bench {
        model,
        state,
        actions: Actions::default(),
    };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(60)
        .with_step_dt(1.0 / 30.0)
        .allow_missing_glyphs()
        .with_context_setup(|ctx| theme::apply(ctx, Theme::Dark))
        .build_ui_state(
            move |ui, bench: &mut Bench<M, S>| {
                show(ui, &bench.model, &mut bench.state, &mut bench.actions);
            },
            bench,
        );
    harness.run_ok();
    harness
}

/// What the panel asked for since the last call.
pub fn asked<M, S>(harness: &mut Harness<'_, Bench<M, S>>) -> Vec<Action> {
    harness.run_ok();
    harness.state_mut().actions.drain().collect()
}

/// Clicks what has this label and returns what the panel asked for.
pub fn click<M, S>(harness: &mut Harness<'_, Bench<M, S>>, label: &str) -> Vec<Action> {
    harness.get_by_label(label).click();
    asked(harness)
}

/// Gives the keyboard to what has this label, by the accessibility tree.
pub fn focus<M, S>(harness: &mut Harness<'_, Bench<M, S>>, label: &str) {
    harness.get_by_label(label).focus();
    harness.run_ok();
}

/// No text lies over another or leaves a window of this width.
#[track_caller]
pub fn apart<M, S>(harness: &Harness<'_, Bench<M, S>>, width: f32) {
    let texts = texts(&harness.output().shapes);
    for (text, place) in &texts {
        let inside = place.left() >= 0.0 && place.right() <= width;
        assert!(inside, "{text:?} at {place} in {width}");
    }
    assert_apart(&texts);
}
