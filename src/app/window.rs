//! The application as eframe sees it, and how it starts.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use egui::{Context, Ui, ViewportBuilder, ViewportCommand};

use super::commands;
use super::drain::drain;
use super::files::{FileDialog, FilePicker, NativePicker};
use super::frame::{self, WindowPanels};
use super::keeper::Keeper;
use super::reduce::reduce;
use super::session::window_place;
use super::state::State;
use crate::base::problem::Problem;
use crate::engine::{Engine, Waker};
use crate::format::spec::FormatSpec;
use crate::settings::formats::SavedFormat;
use crate::settings::model::{Reopen, Settings};
use crate::settings::session::{Session, WindowPlace};
use crate::settings::store::Store;
use crate::ui::keys::{self, Focus};
use crate::ui::theme;

/// What the program starts with.
#[derive(Debug, Clone, Default)]
pub struct Launch {
    /// Files to open; without any, the last session is opened again.
    pub paths: Vec<PathBuf>,
    /// How to read them; `None` lets the content decide.
    pub format: Option<FormatSpec>,
}

/// Background work asks for a frame at most this often; egui paints once per request and coalesces.
const FRAME_AFTER: Duration = Duration::from_millis(16);

/// How long the session may wait before it is saved.
const SESSION_AFTER: Duration = Duration::from_secs(2);

/// The window.
pub struct LogApp {
    state: State,
    panels: WindowPanels,
    place: Option<WindowPlace>,
    saved: Instant,
    session: Session,
    shown_title: String,
}

/// Everything of the window that needs no window: settings, threads, and the logs that are being opened. A log is read
/// while the desktop is still making the window.
pub struct Prepared {
    state: State,
    session: Session,
    /// The window, once there is one. What was published before that is taken in by its first frame.
    window: Arc<OnceLock<Context>>,
}

impl Prepared {
    /// Starts to open what is to be opened. The settings are kept by `store` (`None` keeps nothing), and files are
    /// asked for through `picker`.
    #[must_use]
    pub fn start(store: Option<Store>, launch: &Launch, picker: Arc<dyn FilePicker>) -> Self {
        let (settings, session, formats, problems) = load(store.as_ref());
        let window = Arc::default();
        let waker = waker(&window);
        let engine = Engine::start(Arc::clone(&waker));
        let mut state = State::new(
            engine,
            Arc::clone(&waker),
            settings,
            Keeper::start(store, waker),
            FileDialog::new(picker),
        );
        for problem in problems {
            state.tell(problem);
        }
        state.take_formats(formats);
        if !launch.paths.is_empty() {
            launch
                .paths
                .iter()
                .for_each(|path| state.open(path, launch.format.clone()));
        } else if state.settings.reading.reopen == Reopen::LastSession {
            state.restore(&session);
        }
        state.look_up_recent();
        Self {
            state,
            session,
            window,
        }
    }

    /// The same in a window.
    #[must_use]
    pub fn show(mut self, ctx: &Context) -> LogApp {
        // Set once only: this consumes the only owner that sets it.
        self.window.get_or_init(|| ctx.clone());
        self.state.apply_appearance(ctx);
        // What is there by now is asked for the rows that the first frame will show.
        drain(&mut self.state, ctx);
        LogApp {
            state: self.state,
            panels: WindowPanels::default(),
            place: self.session.window,
            saved: Instant::now(),
            session: self.session,
            shown_title: String::new(),
        }
    }
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

    /// The state, for tests.
    #[doc(hidden)]
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Who has the keyboard.
    fn keyboard(&self, ctx: &Context) -> Focus {
        let tab = self.state.tab();
        if self.state.dialogs.is_open() {
            Focus::Dialog
        } else if tab.is_some_and(|tab| tab.find.open && tab.find.has_keyboard) {
            Focus::FindBox
        } else if keys::typing(ctx) {
            Focus::Text
        } else if tab.is_some_and(|tab| tab.loggers.has_keyboard) {
            Focus::Tree
        } else {
            Focus::Table
        }
    }

    fn carry_out_keys(&mut self, ctx: &Context) {
        for command in keys::pressed(ctx, self.keyboard(ctx)) {
            if let Some(action) = commands::action(&self.state, command) {
                reduce(&mut self.state, ctx, action);
            }
        }
    }

    fn open_dropped(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| {
            let paths = input
                .raw
                .dropped_files
                .iter()
                .map(|file| file.path().to_path_buf());
            paths.collect::<Vec<_>>()
        });
        for path in dropped {
            self.state.open(&path, None);
        }
    }

    /// Saves the session when it changed, at most every two seconds.
    fn save_session(&mut self, ctx: &Context) {
        self.place = window_place(ctx).or(self.place);
        let due = self.saved.elapsed() >= SESSION_AFTER;
        if self.state.session_dirty && due {
            self.save_session_now();
        } else if self.state.session_dirty {
            ctx.request_repaint_after(SESSION_AFTER);
        }
    }

    fn save_session_now(&mut self) {
        let session = self.state.session(self.place);
        if session != self.session {
            self.state.keeper.save_session(session.clone());
            self.session = session;
        }
        self.state.session_dirty = false;
        self.saved = Instant::now();
    }

    fn title(&self) -> String {
        let name = self.state.tab().and_then(|tab| tab.path.file_name());
        name.map_or_else(
            || "Timberline".to_owned(),
            |name| format!("{} \u{2013} Timberline", name.to_string_lossy()),
        )
    }
}

impl eframe::App for LogApp {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        drain(&mut self.state, ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        self.open_dropped(&ctx);
        self.carry_out_keys(&ctx);
        commands::focus(&mut self.state);
        let actions = frame::show(ui, &mut self.state, &mut self.panels);
        for action in actions {
            reduce(&mut self.state, &ctx, action);
        }
        let title = self.title();
        if title != self.shown_title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.shown_title = title;
        }
        self.save_session(&ctx);
        if self.state.quit {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.state.engine.stop_exports();
        self.save_session_now();
    }
}

type Kept = (Settings, Session, Vec<SavedFormat>, Vec<Problem>);

fn load(store: Option<&Store>) -> Kept {
    let Some(store) = store else {
        return Default::default();
    };
    let (settings, session) = (store.load_settings(), store.load_session());
    let formats = store.load_formats();
    let problems = settings
        .problems
        .into_iter()
        .chain(session.problems)
        .chain(formats.problems)
        .collect();
    (settings.value, session.value, formats.value, problems)
}

fn waker(window: &Arc<OnceLock<Context>>) -> Waker {
    let window = Arc::clone(window);
    Arc::new(move || {
        if let Some(ctx) = window.get() {
            ctx.request_repaint_after(FRAME_AFTER);
        }
    })
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// What the desktop says when it cannot show a window.
pub fn run(launch: &Launch) -> Result<(), Problem> {
    let prepared = Prepared::start(Some(Store::locate()), launch, Arc::new(NativePicker));
    let options = eframe::NativeOptions {
        viewport: viewport(prepared.session.window),
        renderer: eframe::Renderer::Glow,
        dithering: false,
        ..eframe::NativeOptions::default()
    };
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        theme::apply(&creation.egui_ctx, theme::Theme::default());
        Ok(Box::new(prepared.show(&creation.egui_ctx)))
    });
    eframe::run_native("timberline", options, create).map_err(|error| {
        Problem::error("Cannot open a window")
            .hint("On a machine without a screen use `timberline print` or `timberline stats`; see --help")
            .detail(error.to_string())
    })
}

fn viewport(place: Option<WindowPlace>) -> ViewportBuilder {
    let mut viewport = ViewportBuilder::default()
        .with_title("Timberline")
        .with_app_id("timberline")
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
    if let Ok(icon) =
        eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon/timberline-128.png"))
    {
        viewport = viewport.with_icon(icon);
    }
    viewport
}
