//! The application as eframe sees it, and how it starts.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use egui::{Context, Ui, ViewportBuilder, ViewportCommand};

use super::commands;
use super::drain::drain;
use super::files::{FileDialog, FilePicker, NativePicker};
use super::frame::{self, WindowPanels};
use super::keeper::{Keeper, Kept};
use super::panics;
use super::reduce::reduce;
use super::session::window_place;
use super::state::{HeldBack, RECENT_COMMANDS, State};
use super::tab::Tab;
use crate::base::origin::{CommandLine, Origin};
use crate::base::panics::{Panicked, catch};
use crate::base::problem::Problem;
use crate::engine::{Engine, Waker};
use crate::format::spec::FormatSpec;
use crate::settings::formats::SavedFormat;
use crate::settings::model::{Reopen, Settings};
use crate::settings::session::{Session, WindowPlace};
use crate::settings::store::{SessionClaim, Start, Store};
use crate::ui::action::Action;
use crate::ui::keys::{self, Command, Focus};
use crate::ui::panels::broken::{self, Answer, BrokenModel};
use crate::ui::theme;
use crate::ui::widgets::number;

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
}

/// Background work asks for a frame at most this often; egui paints once per request and coalesces.
const FRAME_AFTER: Duration = Duration::from_millis(16);

/// How long the session may wait before it is saved.
const SESSION_AFTER: Duration = Duration::from_secs(2);

/// A start after which the program is still there so long later has succeeded.
const STARTED_AFTER: Duration = Duration::from_secs(10);

/// Internal errors of the window that follow each other so closely have one reason.
const IN_A_ROW: Duration = Duration::from_secs(10);

/// So many of them, and the logs are offered to be closed.
const MANY_ERRORS: u32 = 3;

/// The window.
pub struct LogApp {
    state: State,
    panels: WindowPanels,
    place: Option<WindowPlace>,
    saved: Instant,
    session: Session,
    shown_title: String,
    /// When the program started, until that is known to have succeeded.
    starting: Option<Instant>,
    /// What the window broke at, while it shows nothing else.
    broken: Option<Broken>,
}

/// An internal error of the window itself.
#[derive(Debug)]
struct Broken {
    what: String,
    at: Instant,
    /// How many there were in a row.
    count: u32,
    /// The page that says so is shown.
    shown: bool,
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
        let Loaded {
            settings,
            session,
            formats,
            problems,
            claim,
            start,
        } = load(store.as_ref());
        let kept = store.zip(claim).map(|(store, claim)| Kept {
            store,
            claim,
            settings: settings.clone(),
        });
        let window = Arc::default();
        let waker = waker(&window);
        let engine = Engine::start(Arc::clone(&waker));
        let mut state = State::new(
            engine,
            Arc::clone(&waker),
            settings,
            Keeper::start(kept, waker),
            FileDialog::new(picker),
        );
        let version = env!("CARGO_PKG_VERSION");
        let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
        let fact = format!("Timberline {version} started on {system} {machine}");
        state.keeper.note(fact);
        for problem in problems {
            state.tell(problem);
        }
        if let Err(problem) = state.take_keys() {
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
            starting: Some(Instant::now()),
            broken: None,
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
        if self.state.dialogs.captures_keys() {
            Focus::Capture
        } else if self.state.dialogs.is_open() {
            Focus::Dialog
        } else if tab.is_some_and(|tab| tab.find.open && tab.find.has_keyboard) {
            Focus::FindBox
        } else if keys::typing(ctx) {
            Focus::Text
        } else if tab.is_some_and(|tab| tab.loggers.has_keyboard) {
            Focus::Tree
        } else if ctx.memory(egui::Memory::focused).is_some()
            && tab.is_none_or(|tab| !tab.table.has_keyboard)
        {
            Focus::Widget
        } else {
            Focus::Table
        }
    }

    fn carry_out_keys(&mut self, ctx: &Context) {
        let focus = self.keyboard(ctx);
        for text in keys::pasted(ctx, focus) {
            reduce(&mut self.state, ctx, Action::OpenText(text));
        }
        for command in keys::pressed(ctx, focus) {
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
        if self.state.held_back.is_some() && self.state.tabs.is_empty() {
            // Not opened and not given up.
            return;
        }
        let session = self.state.session(self.place);
        if session != self.session {
            self.state.keeper.save_session(session.clone());
            self.session = session;
        }
        self.state.session_dirty = false;
        self.saved = Instant::now();
    }

    /// Notes that the start succeeded, after a while.
    fn note_start(&mut self, ctx: &Context) {
        let Some(since) = self.starting.map(|since| since.elapsed()) else {
            return;
        };
        match STARTED_AFTER.checked_sub(since) {
            Some(left) if !left.is_zero() => ctx.request_repaint_after(left),
            _ => {
                self.state.keeper.started();
                self.starting = None;
            }
        }
    }

    /// A frame of the window.
    fn frame(&mut self, ui: &mut Ui, ctx: &Context) {
        keys::use_keymap(&self.state.keymap);
        self.open_dropped(ctx);
        self.carry_out_keys(ctx);
        commands::focus(&mut self.state);
        let actions = frame::show(ui, &mut self.state, &mut self.panels);
        for action in actions {
            reduce(&mut self.state, ctx, action);
        }
        self.show_title(ctx);
        self.save_session(ctx);
    }

    fn show_title(&mut self, ctx: &Context) {
        let title = self.title();
        if title != self.shown_title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.shown_title = title;
        }
    }

    /// An internal error ends neither the program nor what was read: the next frame says so and asks what to do.
    fn broke(&mut self, panicked: &Panicked, ctx: &Context) {
        let before = self.broken.take();
        let count = before
            .filter(|before| before.at.elapsed() < IN_A_ROW)
            .map_or(0, |before| before.count);
        self.broken = Some(Broken {
            what: panics::in_short(panicked),
            at: Instant::now(),
            count: count + 1,
            shown: true,
        });
        ctx.request_repaint();
    }

    fn broken_page(&mut self, ui: &mut Ui, ctx: &Context) {
        let Some(broken) = self.broken.as_mut().filter(|broken| broken.shown) else {
            return;
        };
        let model = BrokenModel {
            what: broken.what.clone(),
            report: self
                .state
                .keeper
                .state_folder()
                .map(|folder| folder.display().to_string()),
            close_logs: broken.count >= MANY_ERRORS && !self.state.tabs.is_empty(),
        };
        match broken::show(ui, &model) {
            None => return,
            Some(Answer::GoOn) => broken.shown = false,
            Some(Answer::CloseLogs) => {
                broken.shown = false;
                self.state.close_all();
            }
            Some(Answer::Quit) => self.state.quit = true,
        }
        ctx.request_repaint();
    }

    fn title(&self) -> String {
        let Some(name) = self.state.tab().map(Tab::name) else {
            return "Timberline".to_owned();
        };
        // Seen in the task bar while another window is in front.
        match self.state.tabs.iter().map(|tab| tab.unseen_errors).sum() {
            0_u64 => format!("{name} \u{2013} Timberline"),
            errors => format!(
                "({}) {name} \u{2013} Timberline",
                number::counted(errors, "new error")
            ),
        }
    }
}

impl eframe::App for LogApp {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        if let Err(panicked) = catch(|| drain(&mut self.state, ctx)) {
            self.broke(&panicked, ctx);
        }
        // Also while the window is minimised.
        self.show_title(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        if self.broken.as_ref().is_some_and(|broken| broken.shown) {
            self.broken_page(ui, &ctx);
        } else if let Err(panicked) = catch(|| self.frame(ui, &ctx)) {
            self.broke(&panicked, &ctx);
        }
        self.note_start(&ctx);
        if self.state.quit {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.state.engine.stop_exports();
        self.save_session_now();
        self.state.keeper.note("ended");
        self.state.keeper.started();
        // What does not end in time ends with the process.
        self.state.engine.close_all();
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
        claim: Some(claim),
        start,
    }
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
    let store = Store::locate();
    panics::report_to(store.clone());
    let prepared = Prepared::start(Some(store), launch, Arc::new(NativePicker));
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
