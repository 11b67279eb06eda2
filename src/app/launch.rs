//! How the program starts: settings and session, what is to be opened, and the window over it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use egui::{Context, IconData, ViewportBuilder, ViewportId};

use super::announce::Announcer;
use super::drain::drain;
use super::files::{FileDialog, FilePicker, NativePicker};
use super::frame::WindowPanels;
use super::keeper::{Keeper, Kept};
use super::lend::Lender;
use super::panics;
use super::sight::Sight;
use super::single::{self, Handed};
use super::state::{HeldBack, RECENT_COMMANDS, State, absolute};
use super::window::LogApp;
use crate::base::lang::Lang;
use crate::base::origin::{CommandLine, Origin};
use crate::base::problem::Problem;
use crate::engine::{Engine, Waker};
use crate::format::spec::FormatSpec;
use crate::settings::formats::SavedFormat;
use crate::settings::model::{Reopen, Settings};
use crate::settings::session::{Session, WindowPlace};
use crate::settings::store::{FormatFiles, SessionClaim, Start, Store};
use crate::ui::keys::{self, Command};
use crate::ui::{selected_text, theme};

/// What the program starts with.
#[derive(Debug, Clone, Default)]
pub struct Launch {
    /// Files to open, `-` for standard input; without any, the last session is opened again.
    pub paths: Vec<PathBuf>,
    /// Each behind its rotated files.
    pub rotated: bool,
    /// A program whose output is opened.
    pub command: Option<CommandLine>,
    /// How to read them; `None` lets the content decide.
    pub format: Option<FormatSpec>,
    /// What the desktop calls the windows: the `WM_CLASS` on X11, the app id on Wayland; `None` is the usual name.
    pub class: Option<String>,
    /// The language of the desktop; `None` asks it.
    pub desktop_lang: Option<Lang>,
    /// Who shows notifications; `None` is the desktop.
    pub announcer: Option<Arc<dyn Announcer>>,
}

/// Background work asks for a frame at most this often; egui paints once per request and coalesces.
const FRAME_AFTER: Duration = Duration::from_millis(16);

/// Everything of the window that needs no window: settings, threads, and the logs that are being opened. A log is read
/// while the desktop is still making the window.
pub struct Prepared {
    state: State,
    session: Session,
    /// The window, once there is one. What was published before that is taken in by its first frame.
    window: Arc<Wake>,
    /// What later starts hand over.
    handed: Option<Handed>,
    /// What the desktop calls the windows, if not as usual.
    class: Option<String>,
}

impl Prepared {
    /// Starts to open what is to be opened. The settings are kept by `store` (`None` keeps nothing), and files are
    /// asked for through `picker`.
    #[must_use]
    pub fn start(store: Option<Store>, launch: &Launch, picker: Arc<dyn FilePicker>) -> Self {
        let Loaded {
            settings,
            session,
            formats,
            format_files,
            problems,
            claim,
            start,
        } = load(store.as_ref());
        let kept = store.zip(claim).map(|(store, claim)| Kept {
            store,
            claim,
            settings: settings.clone(),
            formats: format_files,
        });
        let window = Arc::<Wake>::default();
        let waker = waker(&window);
        let engine = Engine::start(Arc::clone(&waker));
        let mut state = State::new(
            engine,
            Arc::clone(&waker),
            settings,
            Keeper::start(kept, waker),
            FileDialog::new(picker),
        );
        if let Some(lang) = launch.desktop_lang {
            state.desktop_lang = lang;
        }
        if let Some(announcer) = &launch.announcer {
            state.announcements.by = Arc::clone(announcer);
        }
        let version = env!("CARGO_PKG_VERSION");
        let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
        let fact = format!("Timberline {version} started on {system} {machine}");
        state.keeper.note(fact);
        for problem in problems {
            state.tell(problem);
        }
        for problem in state.take_keys() {
            state.tell(problem);
        }
        let recent = session.commands.iter();
        state.recent_commands = recent
            .filter_map(|id| Command::of_id(id))
            .take(RECENT_COMMANDS)
            .collect();
        state.take_formats(formats);
        if !launch.paths.is_empty() || launch.command.is_some() {
            open(&mut state, launch);
        } else if state.settings.reading.reopen == Reopen::LastSession {
            match start {
                Some(Start::Normal) => state.restore(&session),
                Some(Start::Careful) if session.tabs.is_empty() => {}
                Some(Start::Careful) => {
                    state.held_back = Some(HeldBack {
                        session: session.clone(),
                        were_open: false,
                    });
                }
                // The session is another window's.
                None => {}
            }
        }
        state.look_up_recent();
        Self {
            state,
            session,
            window,
            handed: None,
            class: launch.class.clone(),
        }
    }

    /// Listens for later starts, if the user wants one window for all.
    fn listen(&self, socket: &Path) -> Option<Handed> {
        if !self.state.settings.reading.one_window {
            return None;
        }
        // Without it, the other start opens a window of its own.
        single::listen(socket, self.state.waker()).ok()
    }

    /// The same in a window.
    #[must_use]
    pub fn show(mut self, ctx: &Context) -> LogApp {
        // Set once only: this consumes the only owner that sets it.
        self.window.ctx.get_or_init(|| ctx.clone());
        selected_text::install(ctx);
        keys::keep_pace(ctx);
        self.state.apply_appearance(ctx);
        // What is there by now is asked for the rows that the first frame will show.
        drain(&mut self.state, ctx);
        let mut sight = Sight::default();
        if let Some(place) = &self.session.window {
            sight.watch(ViewportId::ROOT, place);
        }
        LogApp {
            state: self.state,
            panels: WindowPanels::default(),
            place: self.session.window,
            was_maximized: self.session.window.is_some_and(|place| place.maximized),
            saved: Instant::now(),
            session: self.session,
            shown_title: String::new(),
            starting: Some(Instant::now()),
            broken: None,
            handed: self.handed,
            wake: self.window,
            sight,
            class: self.class,
        }
    }
}

/// Asks the windows for frames.
#[derive(Debug, Default)]
pub struct Wake {
    ctx: OnceLock<Context>,
    /// The windows of logs of their own. The lock is held for a swap.
    others: Mutex<Arc<[ViewportId]>>,
}

impl Wake {
    /// Takes note of which windows there are beside the main one.
    pub fn set_others(&self, now: impl Iterator<Item = ViewportId>) {
        let now: Arc<[ViewportId]> = now.collect();
        *self.others.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    fn wake(&self) {
        let Some(ctx) = self.ctx.get() else { return };
        ctx.request_repaint_after_for(FRAME_AFTER, ViewportId::ROOT);
        let others = {
            let others = self.others.lock();
            Arc::clone(&*others.unwrap_or_else(PoisonError::into_inner))
        };
        for id in others.iter() {
            ctx.request_repaint_after_for(FRAME_AFTER, *id);
        }
    }
}

fn open(state: &mut State, launch: &Launch) {
    for path in &launch.paths {
        match path == Path::new("-") {
            true => {
                let name = Path::new("standard input");
                state.open_from(name, Origin::Stdin, launch.format.clone());
            }
            false if launch.rotated => {
                state.open_from(path, Origin::Rotated, launch.format.clone());
            }
            false => state.open(path, launch.format.clone()),
        }
    }
    if let Some(line) = &launch.command {
        let name = PathBuf::from(line.to_string());
        let origin = Origin::Command(line.clone());
        state.open_from(&name, origin, launch.format.clone());
    }
}

/// What was kept from the runs before.
#[derive(Default)]
struct Loaded {
    settings: Settings,
    session: Session,
    formats: Vec<SavedFormat>,
    format_files: FormatFiles,
    problems: Vec<Problem>,
    claim: Option<SessionClaim>,
    /// How to start; `None` where the session is another window's, or nothing is kept.
    start: Option<Start>,
}

fn load(store: Option<&Store>) -> Loaded {
    let Some(store) = store else {
        return Loaded::default();
    };
    let mut claim = store.claim_session();
    let start = claim.is_ours(store).then(|| store.begin_start());
    let (settings, session) = (store.load_settings(), store.load_session());
    let format_files = store.format_files();
    let formats = store.load_formats();
    let crash = store.take_crash().map(|crash| {
        Problem::warning("Timberline had an internal error when it ran last")
            .hint("The report says where; no line of your logs is in it, and nothing was sent")
            .path(crash.path)
    });
    let problems = settings
        .problems
        .into_iter()
        .chain(session.problems)
        .chain(formats.problems)
        .chain(crash);
    Loaded {
        problems: problems.collect(),
        settings: settings.value,
        session: session.value,
        formats: formats.value,
        format_files,
        claim: Some(claim),
        start,
    }
}

fn waker(window: &Arc<Wake>) -> Waker {
    let window = Arc::clone(window);
    Arc::new(move || window.wake())
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// What the desktop says when it cannot show a window.
pub fn run(launch: &Launch) -> Result<(), Problem> {
    let store = Store::locate();
    panics::report_to(store.clone());
    let socket = store.state_folder().map(single::socket);
    if socket
        .as_ref()
        .is_some_and(|socket| hand_over(socket, launch))
    {
        return Ok(());
    }
    let mut prepared = Prepared::start(Some(store), launch, Arc::new(NativePicker));
    prepared.handed = socket.and_then(|socket| prepared.listen(&socket));
    let options = eframe::NativeOptions {
        viewport: viewport(prepared.session.window, launch.class.as_deref()),
        renderer: eframe::Renderer::Glow,
        dithering: false,
        ..eframe::NativeOptions::default()
    };
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        theme::apply(&creation.egui_ctx, theme::Theme::default());
        Ok(Box::new(Lender::new(prepared.show(&creation.egui_ctx))))
    });
    eframe::run_native("timberline", options, create).map_err(|error| {
        Problem::error("Cannot open a window")
            .hint("On a machine without a screen use `timberline print` or `timberline stats`; see --help")
            .detail(error.to_string())
    })
}

/// Gives what is to be opened to a window that listens. What another window could not open as it is meant, stays here.
fn hand_over(socket: &Path, launch: &Launch) -> bool {
    let usual = launch.command.is_none() && launch.format.is_none() && launch.class.is_none();
    let plain = usual && !launch.rotated;
    let here = |path: &PathBuf| path == Path::new("-");
    if !plain || launch.paths.iter().any(here) || !socket.exists() {
        return false;
    }
    let paths: Vec<PathBuf> = launch.paths.iter().map(|path| absolute(path)).collect();
    single::hand_over(socket, &paths)
}

/// What `timberline.desktop` calls the windows.
const USUAL_CLASS: &str = "timberline";

/// A window of the program; `class` is what the desktop calls it, if not as usual.
pub(super) fn viewport(place: Option<WindowPlace>, class: Option<&str>) -> ViewportBuilder {
    let mut viewport = ViewportBuilder::default()
        .with_title("Timberline")
        .with_app_id(class.unwrap_or(USUAL_CLASS))
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([480.0, 320.0])
        .with_drag_and_drop(true);
    if let Some(place) = place {
        viewport = viewport
            .with_inner_size([place.width, place.height])
            .with_maximized(place.maximized);
        if let (Some(x), Some(y)) = (place.x, place.y) {
            viewport = viewport.with_position([x, y]);
        }
    }
    match icon() {
        Some(icon) => viewport.with_icon(icon),
        None => viewport,
    }
}

/// The program's picture; the same one every time, since another would be sent to the desktop.
fn icon() -> Option<Arc<IconData>> {
    static ICON: OnceLock<Option<Arc<IconData>>> = OnceLock::new();
    let read = || {
        let png = include_bytes!("../../assets/icon/timberline-128.png");
        eframe::icon_data::from_png_bytes(png).ok().map(Arc::new)
    };
    ICON.get_or_init(read).clone()
}

impl LogApp {
    /// A window, and at once what it opens; see `Prepared`.
    #[must_use]
    pub fn new(
        ctx: &Context,
        store: Option<Store>,
        launch: &Launch,
        picker: Arc<dyn FilePicker>,
    ) -> Self {
        Prepared::start(store, launch, picker).show(ctx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_called_as_asked() {
        for (class, expected) in [(None, "timberline"), (Some("watch"), "watch")] {
            assert_eq!(viewport(None, class).app_id.as_deref(), Some(expected));
        }
    }
}
