//! Contrast is computed, not felt.

use egui::Color32;

use super::*;
use crate::base::dye::Dye;
use crate::base::level::Gravity;
use crate::base::text::Tone;

const GRAVITIES: [Gravity; 8] = [
    Gravity::None,
    Gravity::Trace,
    Gravity::Debug,
    Gravity::Info,
    Gravity::Notice,
    Gravity::Warning,
    Gravity::Error,
    Gravity::Critical,
];

/// WCAG 2 AA for normal text.
const AA: f32 = 4.5;
/// WCAG 2 AA for marks without text.
const AA_MARK: f32 = 3.0;

fn check(failures: &mut Vec<String>, what: &str, text: Color32, ground: Color32, least: f32) {
    let ratio = contrast(text, ground);
    if ratio < least {
        failures.push(format!("{what}: {ratio:.2} ({text:?} on {ground:?})"));
    }
}

fn failures(p: &Palette) -> Vec<String> {
    let mut bad = Vec::new();
    let grounds = [
        ("page", p.page),
        ("panel", p.panel),
        ("raised", p.raised),
        ("row hover", p.row_hover),
    ];
    let texts = [
        ("strong", p.strong),
        ("text", p.text),
        ("weak", p.weak),
        ("accent", p.accent),
        ("good", p.good),
        ("warn", p.warn),
        ("bad", p.bad),
    ];
    for (ground_name, ground) in grounds {
        for (name, text) in texts {
            check(
                &mut bad,
                &format!("{name} on {ground_name}"),
                text,
                ground,
                AA,
            );
        }
        check(
            &mut bad,
            &format!("focus on {ground_name}"),
            p.focus,
            ground,
            AA_MARK,
        );
    }
    for (name, ground) in [("control", p.control), ("hover", p.hover)] {
        check(&mut bad, &format!("text on {name}"), p.text, ground, AA);
        check(&mut bad, &format!("weak on {name}"), p.weak, ground, AA);
    }
    check(&mut bad, "strong on pressed", p.strong, p.pressed, AA);
    for (name, ground) in [
        ("selection", p.selection),
        ("idle selection", p.selection_idle),
    ] {
        check(
            &mut bad,
            &format!("text on {name}"),
            p.on_selection,
            ground,
            AA,
        );
        check(
            &mut bad,
            &format!("weak text on {name}"),
            p.on_selection_weak,
            ground,
            AA,
        );
    }
    for (name, ground) in [
        ("filter match", p.filter_match),
        ("find match", p.find_match),
        ("current match", p.find_current),
    ] {
        check(&mut bad, &format!("text on {name}"), p.on_match, ground, AA);
    }
    for (name, ground) in [
        ("warn", p.warn_soft),
        ("bad", p.bad_soft),
        ("info", p.info_soft),
    ] {
        check(
            &mut bad,
            &format!("text on {name} notice"),
            p.text,
            ground,
            AA,
        );
    }
    for strength in [0.0, 0.1, 0.22] {
        let ground = p.accent_towards_text(strength);
        check(&mut bad, "text on accent", p.on_accent, ground, AA);
    }
    check(
        &mut bad,
        "text on soft accent",
        p.accent_soft_text,
        p.accent_soft,
        AA,
    );
    check(
        &mut bad,
        "text on soft accent under the pointer",
        p.accent_soft_text,
        p.accent_soft_hover(),
        AA,
    );
    for gravity in GRAVITIES {
        let look = p.severity(gravity);
        check(
            &mut bad,
            &format!("{gravity:?} badge"),
            look.badge_text,
            look.badge,
            AA,
        );
        for ground in [look.row, p.panel, p.raised, p.hover, p.accent_soft] {
            let what = format!("{gravity:?} without a badge on {ground:?}");
            check(&mut bad, &what, look.ink, ground, AA);
        }
        check(
            &mut bad,
            &format!("{gravity:?} text"),
            look.text,
            look.row,
            AA,
        );
        check(
            &mut bad,
            &format!("{gravity:?} weak text"),
            p.weak,
            look.row,
            AA,
        );
        check(
            &mut bad,
            &format!("{gravity:?} body text"),
            p.text,
            look.row,
            AA,
        );
    }
    marking(p, &mut bad);
    // A warning's mark never stands alone: it comes with a count or a badge.
    for gravity in [Gravity::Error, Gravity::Critical] {
        let solid = p.severity(gravity).solid;
        check(
            &mut bad,
            &format!("{gravity:?} mark"),
            solid,
            p.panel,
            AA_MARK,
        );
    }
    bad
}

/// Parts of messages on every ground that a message has, and what a user marks with.
fn marking(p: &Palette, bad: &mut Vec<String>) {
    let tones = [
        Tone::Number,
        Tone::Path,
        Tone::Quoted,
        Tone::Status(4),
        Tone::Status(5),
    ];
    let plain = [
        p.page,
        p.panel,
        p.raised,
        p.row_hover,
        p.selection,
        p.selection_idle,
    ];
    let graves = GRAVITIES.map(|gravity| p.severity(gravity).row);
    let dyed = Dye::ALL.map(|dye| p.dye(dye).row);
    for ground in plain.into_iter().chain(graves).chain(dyed) {
        for tone in tones {
            check(bad, &format!("{tone:?}"), p.tone(tone), ground, AA);
        }
    }
    for dye in Dye::ALL {
        let look = p.dye(dye);
        for text in [p.text, p.weak] {
            check(bad, &format!("text on a {dye:?} row"), text, look.row, AA);
        }
        for gravity in GRAVITIES {
            let text = p.severity(gravity).text;
            check(
                bad,
                &format!("{gravity:?} on a {dye:?} row"),
                text,
                look.row,
                AA,
            );
        }
        check(
            bad,
            &format!("text marked {dye:?}"),
            p.on_match,
            look.mark,
            AA,
        );
        for ground in [p.page, p.panel, p.raised] {
            check(
                bad,
                &format!("a {dye:?} patch"),
                look.solid,
                ground,
                AA_MARK,
            );
        }
    }
}

#[test]
fn dark_text_reads() {
    assert_eq!(failures(&DARK), Vec::<String>::new());
}

#[test]
fn light_text_reads() {
    assert_eq!(failures(&LIGHT), Vec::<String>::new());
}

#[test]
fn contrast_of_known_pairs() {
    assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
    assert!((contrast(Color32::WHITE, Color32::WHITE) - 1.0).abs() < 0.01);
    // 0x767676 is the lightest grey that passes AA on white.
    assert!((contrast(Color32::from_gray(0x76), Color32::WHITE) - 4.54).abs() < 0.01);
}

#[test]
fn apply_sets_both_styles_and_the_preference() {
    let ctx = Context::default();
    apply(&ctx, Theme::Light);
    assert_eq!(
        ctx.style_of(egui::Theme::Light).visuals.panel_fill,
        LIGHT.panel
    );
    assert_eq!(
        ctx.style_of(egui::Theme::Dark).visuals.panel_fill,
        DARK.panel
    );
    assert_eq!(ctx.theme(), egui::Theme::Light);
}

/// Of Korean letters there is one weight: titles that mix it with bold Latin ones look broken.
#[test]
fn a_title_has_one_weight_in_both_languages() {
    use crate::base::lang::Lang;
    for (lang, bold) in [(Lang::English, true), (Lang::Korean, false)] {
        lang.make_current();
        let ctx = Context::default();
        apply(&ctx, Theme::Dark);
        let styles = ctx.global_style().text_styles.clone();
        let heading = styles
            .get(&TextStyle::Heading)
            .map(|font| font.family.clone());
        for family in [strong().family, heading.unwrap_or_default()] {
            assert_eq!(family != FontFamily::Proportional, bold, "{lang:?}");
        }
    }
    Lang::English.make_current();
}
