//! What a day of use meets beside the main path.

use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers, PointerButton};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use timberline::base::lang::Lang;

use crate::common::{Desk, Window, line, lines, usual};

fn open(desk: &Desk, records: u64) -> Window {
    let log = desk.write("app.log", lines(0..records));
    let mut window = desk.window(&[&log]);
    window.shows(records, records);
    window
}

#[test]
fn esc_closes_an_open_menu_before_anything_else() {
    let desk = Desk::new();
    let mut window = open(&desk, 10);
    window.click_row("no 00003", PointerButton::Primary, Modifiers::NONE);
    window.menu(&["File"]);
    window.wait_says("Quick open...");
    window.press(Key::Escape);
    window.wait_gone("Quick open...");
    window.wait_chosen("no 00003");
    window.click_row("no 00005", PointerButton::Secondary, Modifiers::NONE);
    window.wait_says("Copy message");
    window.press(Key::Escape);
    window.wait("the menu of the row to close", |window| {
        window.place("Until here").is_none()
    });
    window.wait_chosen("no 00005");
}

#[test]
fn composed_text_reaches_the_filter() {
    let desk = Desk::new();
    let text = [
        line(0, "INFO", "app", "결제 완료"),
        line(1, "INFO", "app", "추론 시작"),
    ]
    .concat();
    let log = desk.write("app.log", text);
    let mut window = desk.any_script(&[&log]);
    window.shows(2, 2);
    window.ctrl_shift(Key::F);
    window.events([Event::Ime(ImeEvent::Preedit {
        text: "겨".to_owned(),
        active_range_chars: None,
    })]);
    window.events([Event::Ime(ImeEvent::Commit("결제".to_owned()))]);
    window.shows(1, 2);
    window.wait_row("결제 완료");
}

#[test]
fn ctrl_c_in_a_text_box_copies_its_text() {
    let desk = Desk::new();
    let mut window = open(&desk, 10);
    window.click_row("no 00003", PointerButton::Primary, Modifiers::NONE);
    window.ctrl_shift(Key::F);
    window.type_text("served");
    window.shows(10, 10);
    window.ctrl(Key::A);
    assert_eq!(window.wait_copied(), "served");
}

#[test]
fn find_and_errors_visit_only_what_the_filter_shows() {
    let desk = Desk::new();
    let text: String = (0..60)
        .map(|number| {
            let logger = if number % 2 == 0 { "app.web" } else { "app.db" };
            let level = if number % 5 == 0 { "ERROR" } else { "INFO" };
            line(number, level, logger, "needle")
        })
        .collect();
    let log = desk.write("app.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(60, 60);
    window.click_role(Role::TreeItem, "app.db");
    window.shows(30, 60);
    window.press(Key::E);
    window.wait_chosen("no 00005");
    window.press(Key::E);
    window.wait_chosen("no 00015");
    window.ctrl(Key::F);
    window.type_text("needle");
    window.press(Key::Enter);
    window.wait_chosen("no 00017");
}

#[test]
fn following_a_filtered_log_shows_what_matches_only() {
    let desk = Desk::new();
    let mut text = lines(0..100);
    for number in 100..200 {
        text.push_str(&line(number, "INFO", "app.db", "stored"));
    }
    let log = desk.write("app.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(200, 200);
    window.click_role(Role::TreeItem, "app.db");
    window.shows(100, 200);
    window.press(Key::F);
    window.wait_row("no 00199");
    let before: Vec<_> = window.rows().into_iter().map(|row| row.label).collect();
    desk.append("app.log", &lines(200..203));
    window.shows(100, 203);
    let after: Vec<_> = window.rows().into_iter().map(|row| row.label).collect();
    assert_eq!(before, after, "nothing that matches arrived");
    desk.append("app.log", &line(203, "INFO", "app.db", "stored"));
    window.wait_row("no 00203");
    // Not following: what the filter hides is no news.
    window.press(Key::G);
    window.wait_chosen("no 00100");
    desk.append("app.log", &lines(204..207));
    window.shows(101, 207);
    assert!(!window.says(" new"));
    desk.append("app.log", &line(207, "INFO", "app.db", "stored"));
    window.wait_says("1 new");
}

#[test]
fn the_time_of_rows_bounds_what_is_shown() {
    let desk = Desk::new();
    let mut window = open(&desk, 20);
    window.click_row("no 00005", PointerButton::Secondary, Modifiers::NONE);
    window.click("From here on");
    window.shows(15, 20);
    window.click_row("no 00012", PointerButton::Secondary, Modifiers::NONE);
    window.click("Until here");
    window.shows(8, 20);
    window.click("Clear all");
    window.shows(20, 20);
}

#[test]
fn a_folder_is_refused_with_a_message() {
    let desk = Desk::new();
    let folder = desk.path("folder");
    std::fs::create_dir(&folder).unwrap();
    let mut window = desk.window(&[&folder]);
    window.wait_says("folder");
    window.wait_role(Role::Tab, "folder");
    window.wait("a reason", |window| {
        use timberline::engine::Phase;
        let source = window.tab().source.as_ref();
        source.is_some_and(|source| matches!(source.phase, Phase::Lost(_)))
    });
    assert!(window.rows().is_empty());
    window.ctrl(Key::W);
    window.wait_place("Open a log file...");
}

#[test]
fn utf16_and_korean_encodings_are_read() {
    let desk = Desk::new();
    let text: String = (0..30)
        .map(|n| line(n, "INFO", "앱", "결제가 완료되었습니다"))
        .collect();
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let wide = desk.write("wide.log", utf16);
    let mut window = desk.any_script(&[&wide]);
    window.shows(30, 30);
    window.wait_row("결제가 완료되었습니다 no 00000");
    window.wait_says("UTF-16");
    window.ctrl_shift(Key::F);
    window.type_text("\"완료 \"");
    window.shows(0, 30);
    window.ctrl(Key::A);
    window.type_text("완료");
    window.shows(30, 30);
}

#[test]
fn the_same_file_is_opened_once_and_namesakes_are_told_apart() {
    let desk = Desk::new();
    for folder in ["blue", "green"] {
        std::fs::create_dir(desk.path(folder)).unwrap();
    }
    let blue = desk.write("blue/app.log", lines(0..3));
    let green = desk.write("green/app.log", lines(0..4));
    let mut window = desk.window(&[&blue, &green, &blue]);
    window.shows(3, 3);
    assert_eq!(window.state().tabs.len(), 2);
    // Their names say the folder too, for who does not see it.
    window.click_role(Role::Tab, "green");
    window.shows(4, 4);
    window.click_role(Role::Tab, "blue");
    window.shows(3, 3);
}

#[test]
fn a_followed_tab_and_the_zoom_are_back_on_the_next_start() {
    let desk = Desk::new();
    let mut window = open(&desk, 200);
    window.press(Key::F);
    window.wait_row("no 00199");
    window.ctrl(Key::Plus);
    window.quit();
    let mut window = desk.window(&[]);
    window.wait_row("no 00199");
    window.wait_says("Following");
    assert!((window.harness.ctx.zoom_factor() - 1.1).abs() < 0.01);
}

#[test]
fn a_corrupt_session_is_a_notice_and_the_window_opens() {
    let desk = Desk::new();
    std::fs::write(desk.settings("session.toml"), [0xFF, 0xFE, 0x00]).unwrap();
    let mut window = desk.window(&[]);
    window.wait_says("The session file was damaged and has been set aside");
    assert!(window.place("Open a log file...").is_some());
    window.click("Dismiss notice");
    window.wait_gone("The session file was damaged");
    window.click("Notices");
    window.wait_says("The session file was damaged");
}

#[test]
fn reload_and_rotation_keep_the_filter() {
    let desk = Desk::new();
    let mut text = lines(0..40);
    text.push_str(&line(40, "ERROR", "app.db", "lost the connection"));
    let log = desk.write("app.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(41, 41);
    window.click_role(Role::TreeItem, "app.db");
    window.shows(1, 41);
    let before = window.tab().generation();
    window.press(Key::F5);
    window.wait("the file read anew", |window| {
        window.tab().generation() > before
    });
    window.shows(1, 41);
    std::fs::rename(desk.path("app.log"), desk.path("app.log.1")).unwrap();
    let fresh = [lines(0..2), line(2, "INFO", "app.db", "back"), lines(3..6)].concat();
    desk.write("app.log", fresh);
    window.shows(2, 47);
    let row = window.wait_row("back no 00002");
    assert!(row.label.starts_with("Rotated:"), "{row:?}");
    window.wait_says("2 files");
    assert!(!window.says("gap"));
}

#[test]
fn a_filter_whose_level_is_not_in_the_new_file_is_harmless() {
    let desk = Desk::new();
    let text: String = (0..10).map(|n| line(n, "NOTICE", "app", "one")).collect();
    let log = desk.write("app.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(10, 10);
    window.click_role(Role::Button, "NOTICE, 10 records");
    window.shows(0, 10);
    desk.write("app.log", lines(0..4));
    // The rows that were there stay until the file is read anew.
    window.shows(4, 14);
    window.press(Key::F5);
    window.shows(4, 4);
}

#[test]
fn records_without_a_level_have_a_chip_too() {
    let desk = Desk::new();
    let text = [String::from("starting up, no format yet\n"), lines(0..30)].concat();
    let log = desk.write("app.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(31, 31);
    window.wait_row("starting up, no format yet");
    window.click_role(Role::Button, "no level, 1 record, shown");
    window.shows(30, 31);
}

#[test]
fn a_double_click_on_a_border_fits_the_column() {
    let desk = Desk::new();
    let long = "a.very.long.logger.name.of.some.library.deep.inside";
    let text = [lines(0..5), line(5, "INFO", long, "hello")].concat();
    let log = desk.write("app.log", text);
    let mut window = desk.window(&[&log]);
    window.shows(6, 6);
    let before = window.wait_place("Column Logger");
    let at = before.right_center();
    let button = |pressed| Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.events([Event::PointerMoved(at)]);
    for _ in 0..2 {
        window.events([button(true), button(false)]);
    }
    window.wait("a wider column", |window| {
        let now = window.place("Column Logger").unwrap();
        now.width() > before.width() + 50.0
    });
}

#[test]
fn a_long_index_can_be_stopped_and_resumed() {
    let desk = Desk::new();
    // 52 MB: a machine that indexes it before the third frame is still to be built.
    let all = 800_000;
    let log = desk.write("big.log", lines(0..20_000).repeat(all / 20_000));
    let all = all as u64;
    let mut window = desk.window(&[&log]);
    let cancel = window.wait_place("Cancel indexing").center();
    window.click_at(cancel, PointerButton::Primary, Modifiers::NONE);
    window.wait_says("Stopped at");
    let records = window.tab().source.as_ref().unwrap().snapshot.len();
    assert!(records < all, "{records}");
    // What is there can be read.
    window.wait_row("no 00000");
    window.click("Resume indexing");
    window.shows(all, all);
    window.ctrl(Key::End);
    window.wait_chosen("no 19999");
}

#[test]
fn a_recent_file_is_opened_from_the_menu() {
    let desk = Desk::new();
    let mut window = open(&desk, 5);
    window.ctrl(Key::W);
    window.wait_place("Open a log file...");
    window.menu(&["File", "Open recent"]);
    window.wait("the file in the submenu", |window| {
        use egui_kittest::kittest::Queryable as _;
        window
            .harness
            .query_all_by_label_contains("app.log")
            .count()
            > 1
    });
    window.click_last_containing("app.log");
    window.shows(5, 5);
}

#[test]
fn a_log_in_a_legacy_korean_encoding_is_recognised() {
    let desk = Desk::new();
    let words = "결제 서버에 연결하지 못했습니다. 다시 시도합니다";
    let text: String = (0..40).map(|n| line(n, "경고", "결제", words)).collect();
    let (bytes, _, lossy) = encoding_rs::EUC_KR.encode(&text);
    assert!(!lossy);
    let log = desk.write("legacy.log", bytes);
    let mut window = desk.any_script(&[&log]);
    window.shows(40, 40);
    window.wait_row("결제 서버에 연결하지 못했습니다");
    window.wait_says("CP949");
    window.press(Key::G);
    window.wait_chosen("no 00000");
    assert!(window.wait_copied().contains(words));
}

#[test]
fn another_encoding_can_be_chosen_and_is_remembered() {
    let desk = Desk::new();
    let text: String = (0..40).map(|n| line(n, "INFO", "앱", "갂 결제")).collect();
    let (bytes, _, _) = encoding_rs::EUC_KR.encode(&text);
    let log = desk.write("legacy.log", bytes);
    let mut window = desk.any_script(&[&log]);
    window.shows(40, 40);
    window.click("CP949");
    window.click("Latin-1 (Windows-1252)");
    window.wait_says("Latin-1");
    window.wait_row("°áÁ¦");
    window.quit();
    let mut window = desk.any_script(&[]);
    window.shows(40, 40);
    window.wait_row("°áÁ¦");
    window.click("Latin-1");
    window.click("Recognise automatically");
    window.wait_row("갂 결제");
    // The second byte of the first syllable is an A.
    window.ctrl_shift(Key::F);
    window.type_text("no");
    window.shows(40, 40);
    for _ in 0..2 {
        window.press(Key::Backspace);
    }
    window.type_text("A 결");
    window.shows(0, 40);
}

#[test]
fn the_menu_of_a_header_hides_and_brings_back() {
    let desk = Desk::new();
    let mut window = open(&desk, 5);
    let header = window.wait_place("Column Logger").center();
    window.click_at(header, PointerButton::Secondary, Modifiers::NONE);
    window.click("Hide Logger");
    window.wait_gone("Column Logger");
    let header = window.wait_place("Column Level").center();
    window.click_at(header, PointerButton::Secondary, Modifiers::NONE);
    window.click("Reset columns");
    window.wait_place("Column Logger");
}

#[test]
fn a_level_that_does_not_occur_is_not_looked_for_in_vain() {
    let desk = Desk::new();
    let mut window = open(&desk, 50);
    window.click_row("no 00007", PointerButton::Primary, Modifiers::NONE);
    window.press(Key::E);
    window.press(Key::W);
    window.settle();
    window.wait_chosen("no 00007");
}

#[test]
fn details_stand_below_or_beside_and_rows_are_normal_or_compact() {
    let desk = Desk::new();
    let log = desk.write("app.log", lines(0..400));
    let mut window = desk.window(&[&log]);
    window.shows(400, 400);
    window.click_row("no 00003", PointerButton::Primary, Modifiers::NONE);
    let row = window.wait_row("no 00004").rect.height();
    let below = window.wait_place("Raw");
    window.ctrl(Key::Comma);
    window.click("Beside it");
    window.click("Compact");
    window.press(Key::Escape);
    let beside = window.wait_place("Raw");
    assert!(beside.left() > below.left() + 300.0 && beside.top() < below.top());
    assert!(window.wait_row("no 00004").rect.height() < row);
    window.quit();
    let mut window = desk.window(&[]);
    window.shows(400, 400);
    assert!(window.wait_row("no 00004").rect.height() < row);
}

/// What can be pressed in the row of the menus.
fn bar(window: &Window) -> Vec<(String, egui::Rect)> {
    let buttons = window.harness.query_all_by_role(Role::Button);
    let named = buttons.map(|node| {
        let name = node.accesskit_node().label().unwrap_or_default();
        (name, node.rect())
    });
    named.filter(|(_, rect)| rect.center().y < 34.0).collect()
}

#[test]
fn nothing_in_the_top_bar_overlaps_in_a_narrow_window() {
    for lang in [Lang::English, Lang::Korean] {
        for width in [320.0, 480.0, 520.0, 560.0, 640.0, 1280.0] {
            let desk = Desk::new();
            let log = desk.write("app.log", lines(0..20));
            let builder = usual().with_size([width, 500.0]).allow_missing_glyphs();
            let mut window = desk.speaking(lang, &[&log], builder);
            window.wait_row("no 00000");
            let bar = bar(&window);
            let least = if width < 480.0 { 7 } else { 10 };
            assert!(bar.len() >= least, "{width} {lang:?}: {bar:?}");
            for (at, (name, rect)) in bar.iter().enumerate() {
                assert!(rect.right() <= width, "{width} {lang:?}: {name}");
                for (other, beside) in &bar[..at] {
                    let apart = rect.left() >= beside.right() || beside.left() >= rect.right();
                    assert!(apart, "{width} {lang:?}: {name} on {other}");
                }
            }
        }
    }
}
