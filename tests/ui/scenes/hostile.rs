//! Logs that try to deceive: hidden characters, escape sequences, names that turn around, bytes that are no text.

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton};

use crate::common::{Desk, Window, line, lines};

fn choose(window: &mut Window, words: &str) {
    window.click_row(words, PointerButton::Primary, Modifiers::NONE);
}

/// Whether anything that is painted or said hides something.
fn hides_something(window: &Window) -> Option<String> {
    let hidden = |c: char| {
        let code = u32::from(c);
        (c.is_control() && c != '\n')
            || matches!(code, 0xad | 0x61c | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f
                | 0xfeff | 0xe0000..=0xe0fff)
    };
    let painted = window.painted().into_iter().map(|(text, _)| text);
    painted
        .chain([window.describe()])
        .find(|text| text.contains(hidden))
}

#[test]
fn a_spoofed_line_shows_what_it_is() {
    let desk = Desk::new();
    // An address that reads backwards, an invisible word, a bell, a rubout, a tag.
    let spoof = "Failed password for root from \u{202e}1.0.861.291\u{202c} po\u{200b}rt\u{7} 2\u{7f}2\u{e0041}";
    let log = desk.write(
        "ssh.log",
        [line(0, "WARNING", "s\u{2066}shd", spoof), lines(1..9)].concat(),
    );
    let mut window = desk.any_script(&[&log]);
    window.shows(9, 9);
    let shown = "from <U+202E>1.0.861.291<U+202C> po<U+200B>rt^G 2^?2<U+E0041>";
    let row = window.wait_row(shown);
    let next = window.wait_row("no 00001");
    assert_eq!(row.rect.height(), next.rect.height());
    choose(&mut window, "Failed password");
    window.wait_says("s<U+2066>shd");
    window.settle();
    assert_eq!(hides_something(&window), None);
    let copied = window.wait_copied();
    assert!(copied.contains(shown), "{copied}");
    window.click_row("Failed password", PointerButton::Secondary, Modifiers::NONE);
    window.wait_says("Only logger s<U+2066>shd");
    assert_eq!(hides_something(&window), None);
    window.click("Only logger s<U+2066>shd");
    window.shows(1, 9);
    assert_eq!(hides_something(&window), None);
    for tab in ["Fields 3", "Raw"] {
        if window.says(tab) {
            window.click_last_containing(tab);
            window.settle();
            assert_eq!(hides_something(&window), None, "{tab}");
        }
    }
}

#[test]
fn a_name_that_turns_around_is_shown_as_it_is() {
    let desk = Desk::new();
    let log = desk.write("a\u{202e}gol.\u{1b}[31mexe", lines(0..3));
    let shown = "a<U+202E>gol.^[[31mexe";
    let mut window = desk.any_script(&[&log]);
    window.shows(3, 3);
    window.wait_role(Role::Tab, shown);
    let title = |window: &mut Window| {
        window.settle();
        hides_something(window)
    };
    assert_eq!(title(&mut window), None);
    std::fs::remove_file(&log).unwrap();
    window.wait_says("deleted or renamed");
    assert_eq!(title(&mut window), None);
    window.ctrl(Key::W);
    window.wait_place("Open a log file...");
    window.wait_says(shown);
    assert_eq!(title(&mut window), None);
}

#[test]
fn the_colours_of_a_log_are_shown_or_not() {
    let desk = Desk::new();
    let coloured = |n: u64| {
        format!(
            "\u{1b}[32m{}\u{1b}[0m\n",
            line(n, "INFO", "app", "served 결제").trim_end()
        )
    };
    let text: String = (0..12).map(coloured).collect();
    let odd = line(
        12,
        "INFO",
        "app",
        "a \u{1b}[38;2;255;255;255mpale\u{1b}[0m \u{1b}[1mbold\u{1b}[0m word",
    );
    let log = desk.write("colours.log", text + &odd);
    let mut window = desk.any_script(&[&log]);
    window.shows(13, 13);
    window.wait_row("a pale bold word");
    window.settle();
    let colour = |window: &Window, words: &str| {
        let all = window.painted();
        let found = all.iter().find(|(text, _)| text.contains(words));
        found.map(|(_, colour)| *colour)
    };
    let green = colour(&window, "served 결제 no ").unwrap();
    assert!(green.g() > green.r() && green.g() > green.b(), "{green:?}");
    let (plain, pale) = (
        colour(&window, "a ").unwrap(),
        colour(&window, "pale").unwrap(),
    );
    assert_ne!(plain, pale);
    window.menu(&["View", "Colours of the log"]);
    window.settle();
    let grey = colour(&window, "served 결제 no ").unwrap();
    assert_ne!(green, grey);
    window.quit();
    let mut window = desk.any_script(&[]);
    window.shows(13, 13);
    window.settle();
    assert_eq!(colour(&window, "served 결제 no "), Some(grey));
    choose(&mut window, "served 결제 no ");
    let copied = window.wait_copied();
    assert!(!copied.contains('\u{1b}'), "{copied}");
}

#[test]
fn bytes_that_are_no_text_are_shown_by_their_numbers_and_found_out_late() {
    let desk = Desk::new();
    let log = desk.write("odd.log", lines(0..4));
    let mut window = desk.any_script(&[&log]);
    window.shows(4, 4);
    window.wait_says("UTF-8");
    // Until now there was nothing that told the encoding.
    let korean: String = (4..30)
        .map(|n| line(n, "INFO", "앱", "갂 주문을 처리하지 못했습니다"))
        .collect();
    let mut bytes = std::fs::read(&log).unwrap();
    bytes.extend_from_slice(&encoding_rs::EUC_KR.encode(&korean).0);
    bytes.extend_from_slice(b"2026-11-22 10:00:30,000 INFO [app] odd \xff\0 byte no 00030\n");
    std::fs::write(&log, &bytes).unwrap();
    window.shows(31, 31);
    window.wait_says("CP949");
    window.wait_row("갂 주문을");
    window.press(Key::End);
    window.wait_row("odd <FF>^@ byte");
    // Once told, it is not asked again.
    std::fs::write(
        &log,
        [
            bytes,
            lines(31..40).into_bytes(),
            "한글\n".as_bytes().to_vec(),
        ]
        .concat(),
    )
    .unwrap();
    window.wait_row("no 00039");
    window.wait_says("CP949");
    choose(&mut window, "odd <FF>");
    let copied = window.wait_copied();
    assert!(copied.contains("odd \u{fffd}^@ byte"), "{copied:?}");
}
