//! Everything the window knows, in parts that do not know each other.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::announce::Announcements;
use super::aside::Aside;
use super::dialogs::Dialogs;
use super::editor::Editors;
use super::files::FileDialog;
use super::keeper::Keeper;
use super::lookups::Lookups;
use super::notices::Notices;
use super::split::Split;
use super::tab::{Follow, Tab};
use crate::base::lang::Lang;
use crate::base::origin::Origin;
use crate::base::problem::Problem;
use crate::engine::{Engine, OpenSpec, Preferences, SourceHandle, Waker};
use crate::format::spec::FormatSpec;
use crate::query::spec::FilterSpec;
use crate::settings::formats::SavedFormat;
use crate::settings::highlights::Highlights;
use crate::settings::model::{Density, Language, Panels, Settings, ThemeChoice};
use crate::settings::session::{Session, TabEntry};
use crate::ui::action::{Direction, TabId};
use crate::ui::keys::{Command, Keymap};
use crate::ui::theme::{self, Theme};

/// The state behind one window.
pub struct State {
    /// Owns every thread that works on logs.
    pub engine: Engine,
    /// Asks for a frame; handed to whatever works in the background.
    pub waker: Waker,
    /// The open logs, in the order of their tabs.
    pub tabs: Vec<Tab>,
    /// The tab that is shown; of two side by side the one that has the keyboard.
    pub active: Option<TabId>,
    /// The logs that are shown side by side.
    pub split: Option<Split>,
    /// The log whose own window has its turn.
    pub here: Option<TabId>,
    /// The sizes of its panels; the main window's are in the settings.
    pub own_panels: Option<Panels>,
    /// The main window is too narrow for two logs: the one with the keyboard is shown alone.
    pub one_side: bool,
    /// What stands at the left, where there is no room for it.
    pub aside: Aside,
    /// What the main window shows, while another has its turn.
    pub main_in_sight: Vec<TabId>,
    /// What the main window is to show and to come to the front with.
    pub shown_next: Option<TabId>,
    /// All logs in sight are scrolled to the same time.
    pub sync_times: bool,
    /// What the user chose once.
    pub settings: Settings,
    /// The user's own formats, by name.
    pub formats: Vec<SavedFormat>,
    /// The next files that the desktop's dialog answers are formats to take over.
    pub importing: bool,
    /// The file dialog that is open asks for saved filters to take over.
    pub importing_filters: bool,
    /// The file dialog that is open asks for highlighters to take over.
    pub importing_highlights: bool,
    /// Where the last export of this run went.
    pub export_folder: Option<PathBuf>,
    /// What the file is for that the desktop's dialog answers next, unless it is an export.
    pub saving: Option<Saving>,
    /// Writes settings, session and formats in the background.
    pub keeper: Keeper,
    /// What the user has to be told.
    pub notices: Notices,
    /// What is open over the window.
    pub dialogs: Dialogs,
    /// Highlighters as they are being edited: shown, and not kept yet.
    pub highlights_draft: Option<Box<Highlights>>,
    /// The desktop's file dialog.
    pub files: FileDialog,
    /// Answers small questions to the file system.
    pub lookups: Lookups,
    /// Logs that are not opened, or not any more, until the user says so.
    pub held_back: Option<HeldBack>,
    /// The session has to be saved.
    pub session_dirty: bool,
    /// The panels' sizes have to be saved once the pointer is let go.
    pub panels_dirty: bool,
    /// The keys, with the user's own.
    pub keymap: Arc<Keymap>,
    /// Commands of the palette, the last one first.
    pub recent_commands: Vec<Command>,
    /// Tabs that were closed, the last one at the end.
    pub closed: Vec<ClosedTab>,
    /// The keyboard is to go to the next or previous part of the window in the next frame.
    pub step_pane: Option<Direction>,
    /// The menu of what has the keyboard is to be opened in the next frame.
    pub open_menu: bool,
    /// The list of past notices is to be opened or closed in the next frame.
    pub toggle_notices: bool,
    /// That list was open in the last frame.
    pub notices_listed: bool,
    /// The window had the focus in the last frame.
    pub had_focus: bool,
    /// Set when the window should close.
    pub quit: bool,
    /// Which input should get the keyboard in the next frame.
    pub focus: Option<FocusTarget>,
    /// Notifications of the desktop.
    pub announcements: Announcements,
    /// Starts the user's editor.
    pub editors: Editors,
    /// The language of the desktop.
    pub desktop_lang: Lang,
    /// How many texts were pasted in this run; they are numbered.
    pub pasted: u32,
    next_tab: u32,
}

/// What the desktop was asked a place for.
#[derive(Debug, Clone, PartialEq)]
pub enum Saving {
    /// A copy of what was unpacked or collected in this tab.
    Copy(TabId),
    /// A text, and the place that was proposed for it.
    Text(String, PathBuf),
}

/// A tab that was closed, to be opened again.
#[derive(Debug, Clone, PartialEq)]
pub struct ClosedTab {
    /// Where the log is; for what is no file, its name for people.
    pub path: PathBuf,
    /// Where its bytes come from; of a pasted text, the text itself.
    pub origin: Origin,
    /// Its place among the tabs, counted from 0.
    pub place: usize,
    /// How it was shown.
    pub entry: TabEntry,
}

/// So many closed tabs are remembered.
const CLOSED_TABS: usize = 20;

/// So many commands of the palette are remembered.
pub const RECENT_COMMANDS: usize = 8;

/// Logs that may have made the program fail.
#[derive(Debug, Clone)]
pub struct HeldBack {
    /// What would be open.
    pub session: Session,
    /// It was open in this window; otherwise it is that of the last run.
    pub were_open: bool,
}

/// An input that a key can call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FocusTarget {
    /// The text filter.
    Filter,
    /// The find box of the logger tree.
    Loggers,
    /// The find box of the fields.
    Fields,
}

impl State {
    /// A window without tabs.
    #[must_use]
    pub fn new(
        engine: Engine,
        waker: Waker,
        settings: Settings,
        keeper: Keeper,
        files: FileDialog,
    ) -> Self {
        let lookups = Lookups::start(Arc::clone(&waker), engine.saver());
        Self {
            engine,
            tabs: Vec::new(),
            active: None,
            split: None,
            here: None,
            own_panels: None,
            one_side: false,
            aside: Aside::default(),
            main_in_sight: Vec::new(),
            shown_next: None,
            sync_times: false,
            settings,
            formats: Vec::new(),
            importing: false,
            importing_filters: false,
            importing_highlights: false,
            export_folder: None,
            saving: None,
            keeper,
            notices: Notices::default(),
            dialogs: Dialogs::default(),
            highlights_draft: None,
            files,
            lookups,
            waker,
            held_back: None,
            session_dirty: false,
            panels_dirty: false,
            keymap: Arc::default(),
            recent_commands: Vec::new(),
            closed: Vec::new(),
            step_pane: None,
            open_menu: false,
            toggle_notices: false,
            notices_listed: false,
            had_focus: false,
            quit: false,
            focus: None,
            announcements: Announcements::default(),
            editors: Editors::default(),
            desktop_lang: Lang::of_system(),
            pasted: 0,
            next_tab: 0,
        }
    }

    /// The tab that is shown.
    #[must_use]
    pub fn tab(&self) -> Option<&Tab> {
        self.tabs.iter().find(|tab| Some(tab.id) == self.active)
    }

    /// The tab of this identity.
    #[must_use]
    pub fn tab_of(&self, id: TabId) -> Option<&Tab> {
        self.tabs.iter().find(|tab| tab.id == id)
    }

    /// The tab of this identity, to change it.
    pub fn tab_of_mut(&mut self, id: TabId) -> Option<&mut Tab> {
        self.tabs.iter_mut().find(|tab| tab.id == id)
    }

    /// The tabs of the main window.
    pub fn main_tabs(&self) -> impl Iterator<Item = &Tab> {
        self.tabs.iter().filter(|tab| tab.window.is_none())
    }

    /// The tab that is shown, to change it.
    pub fn tab_mut(&mut self) -> Option<&mut Tab> {
        let active = self.active?;
        self.tabs.iter_mut().find(|tab| tab.id == active)
    }

    /// Opens a file in a new tab, or shows the tab that has it already.
    pub fn open(&mut self, path: &Path, format: Option<FormatSpec>) {
        self.open_from(path, Origin::Path, format);
    }

    /// Opens a log in a new tab, or shows the tab that has it already. For what is no file, `path` is a name for people.
    pub fn open_from(&mut self, path: &Path, origin: Origin, format: Option<FormatSpec>) {
        let path = match origin.has_path() {
            true => absolute(path),
            false => path.to_path_buf(),
        };
        let twin = |tab: &&Tab| tab.path == path && tab.origin == origin;
        if let Some(tab) = self.tabs.iter().find(twin) {
            let id = tab.id;
            self.show(id);
            return;
        }
        if !origin.has_path() {
            return self.add_tab(path, origin, format);
        }
        let format = format.or_else(|| self.settings.format_of(&path).cloned());
        // What is remembered for files like it is looked up again the next time, so it is not noted as chosen for this one.
        let meant = format
            .clone()
            .or_else(|| self.settings.format_for(&path, &self.formats));
        self.keeper.note(format!("opened {}", path.display()));
        self.add_tab(path.clone(), origin, meant);
        self.settings.remember(&path, format);
        // Menus and the start page tell its size and age.
        self.look_up_recent();
        self.keeper.save_settings(&self.settings);
    }

    fn add_tab(&mut self, path: PathBuf, origin: Origin, format: Option<FormatSpec>) {
        let handle = self.start(&path, origin.clone(), format);
        let id = self.new_tab();
        // A program is run to see what it prints.
        let follows = self.settings.reading.follow_on_open || origin.is_command();
        let follow = if follows { Follow::Tail } else { Follow::Free };
        let tab = Tab::new(id, (path, origin), handle, follow);
        self.tabs.push(tab);
        self.show(id);
        self.session_dirty = true;
    }

    /// The identity of the next tab.
    pub(super) fn new_tab(&mut self) -> TabId {
        let id = TabId(self.next_tab);
        self.next_tab += 1;
        id
    }

    fn start(&mut self, path: &Path, origin: Origin, format: Option<FormatSpec>) -> SourceHandle {
        self.engine.open(OpenSpec {
            path: path.to_path_buf(),
            origin,
            format,
            zone: self.settings.zone_of(path),
            encoding: self
                .settings
                .encoding_of(path)
                .and_then(|name| name.parse().ok()),
            filter: FilterSpec::default(),
        })
    }

    /// Takes the user's own formats over, as they are on disk now.
    pub fn take_formats(&mut self, formats: Vec<SavedFormat>) {
        self.formats = formats;
        self.prefer();
    }

    /// Tells the engine what the user taught the program.
    pub fn prefer(&self) {
        let formats = self.formats.iter().filter_map(|saved| saved.compile().ok());
        self.engine.prefer(Preferences {
            formats: formats.collect(),
            level_ranks: Arc::new(self.settings.level_ranks()),
        });
    }

    /// The user's name for a format, if it is saved.
    #[must_use]
    pub fn saved_name(&self, spec: &FormatSpec) -> Option<&str> {
        let saved = self.formats.iter().find(|saved| saved.spec == *spec);
        saved.map(|saved| saved.name.as_str())
    }

    /// Closes a tab; its neighbour is shown next.
    pub fn close(&mut self, id: TabId) {
        let Some(at) = self.tabs.iter().position(|tab| tab.id == id) else {
            return;
        };
        let entry = self.entry(id).unwrap_or_default();
        let tab = self.tabs.remove(at);
        if let Some(export) = &tab.export {
            let problem = Problem::warning("The export was given up because its log was closed");
            self.tell(problem.path(&export.path));
        }
        let source = tab.handle.id();
        let last = self.tabs.iter().all(|other| other.handle.id() != source);
        if last {
            self.closed.push(ClosedTab {
                path: tab.path.clone(),
                origin: tab.origin.clone(),
                place: at,
                entry,
            });
            let surplus = self.closed.len().saturating_sub(CLOSED_TABS);
            self.closed.drain(..surplus);
        }
        drop(tab);
        self.notices.withdraw(id);
        if last {
            self.notices.forget(source);
        }
        self.leave(id, at);
    }

    /// Tells the user.
    pub fn tell(&mut self, problem: Problem) {
        self.keeper.note_problem(&problem);
        self.notices.add(problem, None, chrono::Local::now());
    }

    /// The session is to be saved soon.
    pub fn session_changed(&mut self) {
        self.session_dirty = true;
    }

    /// Which panels the window of this turn shows, and how large.
    #[must_use]
    pub fn panels(&self) -> &Panels {
        self.own_panels.as_ref().unwrap_or(&self.settings.panels)
    }

    /// The same, to change it.
    pub fn panels_mut(&mut self) -> &mut Panels {
        let own = self.own_panels.as_mut();
        own.unwrap_or(&mut self.settings.panels)
    }

    /// The settings changed: they are to be saved soon.
    pub fn settings_changed(&mut self) {
        self.keeper.save_settings(&self.settings);
    }

    /// Takes the user's own keys over from the settings. What is wrong with some of them; the others work.
    pub fn take_keys(&mut self) -> Vec<Problem> {
        let (keymap, refused) = Keymap::new(&self.settings.keys);
        self.keymap = Arc::new(keymap);
        let told = [
            (
                "Two commands have the same key in the settings; the first one keeps it",
                refused.taken,
            ),
            (
                "Some keys in the settings were not understood",
                refused.unknown,
            ),
        ];
        let told = told.into_iter().filter(|(_, which)| !which.is_empty());
        told.map(|(headline, which)| {
            Problem::warning(headline)
                .hint("The settings window shows the keys of every command")
                .detail(which.join("; "))
        })
        .collect()
    }

    /// Remembers a command of the palette.
    pub fn remember_command(&mut self, command: Command) {
        self.recent_commands.retain(|other| *other != command);
        self.recent_commands.insert(0, command);
        self.recent_commands.truncate(RECENT_COMMANDS);
        self.session_dirty = true;
    }

    /// The theme that the user chose.
    #[must_use]
    pub fn theme(&self) -> Theme {
        match self.settings.appearance.theme {
            ThemeChoice::System => Theme::System,
            ThemeChoice::Light => Theme::Light,
            ThemeChoice::Dark => Theme::Dark,
        }
    }

    /// The language that the user chose.
    fn language(&self) -> Lang {
        match self.settings.appearance.language {
            Language::System => self.desktop_lang,
            Language::English => Lang::English,
            Language::Korean => Lang::Korean,
        }
    }

    /// Makes theme, zoom and language those of the settings.
    pub fn apply_appearance(&self, ctx: &egui::Context) {
        self.language().make_current();
        let density = match self.settings.appearance.density {
            Density::Normal => theme::Density::Normal,
            Density::Compact => theme::Density::Compact,
        };
        theme::apply_with(ctx, self.theme(), density);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        ctx.set_zoom_factor(self.settings.appearance.zoom);
    }

    /// Looks up size and age of the recent files.
    pub fn look_up_recent(&self) {
        let recent = self.settings.recent.iter();
        let recent = recent.map(|recent| recent.path.clone());
        self.lookups.ask_facts(recent.collect());
    }

    /// Looks up which files are beside the log that is shown.
    pub fn look_up_beside(&self) {
        let tab = self.tab().filter(|tab| tab.origin.has_path());
        if let Some(folder) = tab.and_then(|tab| tab.path.parent()) {
            self.lookups.ask_listing(folder.to_owned());
        }
    }

    /// The waker, to hand on.
    #[must_use]
    pub fn waker(&self) -> Waker {
        Arc::clone(&self.waker)
    }
}

/// The path as seen from the root of the file system, without following symbolic links (a followed link may be
/// switched to another file, and that is what its follower wants to see).
pub(super) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}
