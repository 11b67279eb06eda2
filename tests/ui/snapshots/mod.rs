//! Pictures of the main screens, in both themes and both languages, compared with those that are kept beside this file;
//! some of them are the README's and those of the help's pages. `cargo test --features snapshots --test ui snapshots`; with `UPDATE_SNAPSHOTS=1` it makes
//! them anew.

mod folder;
mod help;
mod paint;

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Key, Theme};
use egui_kittest::{HarnessBuilder, SnapshotError, SnapshotOptions};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use timberline::app::LogApp;
use timberline::base::lang::Lang;

use crate::common::{self, Desk, Window};
use folder::Folder;

/// How a screen is looked at.
#[derive(Debug, Clone, Copy)]
struct Look {
    theme: Theme,
    lang: Lang,
}

/// Screens full of text are large as pictures.
const FEW: [Look; 2] = [LOOKS[0], LOOKS[3]];

const LOOKS: [Look; 4] = [
    Look {
        theme: Theme::Light,
        lang: Lang::English,
    },
    Look {
        theme: Theme::Dark,
        lang: Lang::English,
    },
    Look {
        theme: Theme::Light,
        lang: Lang::Korean,
    },
    Look {
        theme: Theme::Dark,
        lang: Lang::Korean,
    },
];

impl Look {
    /// `log-dark-ko`.
    fn name(self, screen: &str) -> String {
        let lang = match self.lang {
            Lang::English => "en",
            Lang::Korean => "ko",
        };
        format!("{screen}-{}-{lang}", self.theme_name())
    }

    fn theme_name(self) -> &'static str {
        match self.theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// A window over logs that are recent ones too.
    fn window(self, desk: &Desk, files: &[&Path]) -> Window {
        self.build(desk, files, common::usual())
    }

    /// The same of another size.
    fn build(self, desk: &Desk, files: &[&Path], builder: HarnessBuilder<LogApp>) -> Window {
        let logs = &Folder::shared().logs;
        let recent: Vec<String> = logs
            .iter()
            .map(|path| format!("[[recent]]\npath = {path:?}\n"))
            .collect();
        let settings = format!(
            "[appearance]\ntheme = \"{}\"\n{}",
            self.theme_name(),
            recent.concat()
        );
        fs::write(desk.settings("settings.toml"), settings).unwrap();
        let builder = builder
            .with_theme(self.theme)
            .renderer(paint::Painter::default())
            .with_render_cursor(false);
        let mut window = desk.speaking(self.lang, files, builder);
        window.settle();
        if files.is_empty() {
            window.wait("the sizes of the recent files", |window| {
                let texts = window.painted();
                texts.iter().any(|(text, _)| text.contains("180 kB"))
            });
        }
        window
    }
}

/// Waits until nothing has changed for a while: what is counted in the background has come.
fn rest(window: &mut Window) {
    let picture = |window: &Window| {
        let mut hasher = DefaultHasher::new();
        format!("{:?}", window.harness.output().shapes).hash(&mut hasher);
        hasher.finish()
    };
    let (mut before, mut same) = (0, 0);
    window.wait("a picture at rest", |window| {
        let now = picture(window);
        same = if now == before { same + 1 } else { 0 };
        before = now;
        std::thread::sleep(Duration::from_millis(20));
        same > 15
    });
}

/// Compares a window with its picture.
fn compare(mut window: Window, folder: &str, name: &str) -> Result<(), SnapshotError> {
    rest(&mut window);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    // Letters are drawn with whatever instructions the processor has: two of 255 shades to either side are the same.
    let options = SnapshotOptions::new().output_path(&folder).threshold(2.5);
    let result = window.harness.try_snapshot_options(name, &options);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        slim(&folder.join(format!("{name}.png")));
    }
    window.quit();
    result
}

/// Writes a picture anew in as few bytes as can be.
fn slim(path: &Path) {
    let picture = image::open(path).unwrap().to_rgb8();
    let encoded = [FilterType::NoFilter, FilterType::Sub, FilterType::Up].map(|filter| {
        let mut bytes = Vec::new();
        let best = CompressionType::Best;
        let encoder = PngEncoder::new_with_quality(&mut bytes, best, filter);
        picture.write_with_encoder(encoder).unwrap();
        bytes
    });
    let least = encoded.into_iter().min_by_key(Vec::len).unwrap();
    fs::write(path, least).unwrap();
}

/// Compares a screen in these looks.
#[track_caller]
fn screen(name: &str, looks: &[Look], show: impl Fn(&Desk, Look) -> Window) {
    let folder = Folder::shared();
    let wrong: Vec<String> = looks
        .iter()
        .filter_map(|look| {
            let name = look.name(name);
            let desk = Desk::at(&folder.join(&name));
            let window = show(&desk, *look);
            compare(window, "tests/ui/snapshots", &name).err()
        })
        .map(|error| error.to_string())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The sample log, at an error.
fn log(desk: &Desk, look: Look) -> Window {
    let mut window = look.window(desk, &[&Folder::shared().logs[0]]);
    window.ctrl(Key::G);
    window.type_text("1765");
    window.press(Key::Enter);
    window.wait_chosen("request 0ebcf66c failed");
    window.settle();
    // Where the timeline begins.
    window.wait_says("2026-11-22 09:00:00.000");
    let shown = |window: &Window| window.says("The above exception was the direct cause");
    window.wait("the record in the details", shown);
    window
}

/// The sample log, filtered by a text.
fn filtered(desk: &Desk, look: Look, text: &str) -> Window {
    let mut window = log(desk, look);
    window.ctrl_shift(Key::F);
    window.type_text(text);
    window.wait("fewer rows", |window| {
        window
            .tab()
            .view
            .as_ref()
            .is_some_and(|view| view.rows.len() < 3300)
    });
    window.settle();
    window
}

/// The sample log understood: its fields, one of them over time, and its messages by what they have in common.
fn understood(desk: &Desk, look: Look) -> Window {
    let mut window = look.window(desk, &[&Folder::shared().logs[0]]);
    window.ctrl_shift(Key::L);
    window.wait_role(Role::TreeItem, "gpu0");
    window.click_role(Role::TreeItem, "gpu0");
    let plot = match look.lang {
        Lang::English => "Plot gpu0 over time",
        Lang::Korean => "시간에 따른 gpu0 그래프",
    };
    window.click(plot);
    window.ctrl_shift(Key::G);
    window.wait_says("connection <*> of <*> taken");
    window
}

/// The README's pictures: a traceback in the dark, a filter in the light, what is understood of a log.
#[test]
fn the_pictures_of_the_readme() {
    let [light, dark, ..] = LOOKS;
    let folder = Folder::shared();
    let desk = Desk::at(&folder.join("readme"));
    let in_the_dark = compare(log(&desk, dark), "assets", "screenshot-dark");
    let mut window = filtered(&desk, light, "완료");
    // A field has that name, which is offered a moment later.
    window.wait_says("Tab takes the first");
    window.press(Key::Escape);
    window.wait_gone("Tab takes the first");
    window.settle();
    let in_the_light = compare(window, "assets", "screenshot-light");
    let insight = compare(understood(&desk, light), "assets", "screenshot-insight");
    for result in [in_the_dark, in_the_light, insight] {
        assert!(result.is_ok(), "{}", result.unwrap_err());
    }
}

#[test]
fn the_start_page() {
    screen("start", &LOOKS, |desk, look| look.window(desk, &[]));
}

#[test]
fn a_record_with_its_traceback() {
    screen("log", &FEW, log);
}

#[test]
fn fields_a_plot_and_patterns() {
    screen("insight", &FEW, understood);
}

#[test]
fn a_filter_that_hides_everything() {
    screen("empty", &LOOKS, |desk, look| {
        filtered(desk, look, "no such words")
    });
}

#[test]
fn the_settings() {
    screen("settings", &LOOKS, |desk, look| {
        let mut window = look.window(desk, &[]);
        window.ctrl(Key::Comma);
        window
    });
}

#[test]
fn the_help() {
    screen("help", &LOOKS, |desk, look| {
        let mut window = look.window(desk, &[]);
        window.press(Key::F1);
        window
    });
}

#[test]
fn the_palette() {
    screen("palette", &LOOKS, |desk, look| {
        let mut window = look.window(desk, &[]);
        window.ctrl_shift(Key::P);
        window
    });
}

#[test]
fn the_format() {
    screen("format", &FEW, |desk, look| {
        let mut window = log(desk, look);
        window.ctrl(Key::T);
        window.wait("the file read in this format", |window| {
            let tab = window.tab();
            let preview = tab.preview.as_ref();
            let check = tab.check.as_ref();
            preview.is_some_and(|preview| preview.ticket == tab.preview_ticket)
                && check.is_some_and(|check| check.done && check.ticket == tab.check_ticket)
        });
        window
    });
}
