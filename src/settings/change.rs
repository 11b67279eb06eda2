//! What the settings dialog changes, one choice at a time.

use super::editor::Editor;
use super::model::{
    Density, DetailsPlace, Language, PlacedWord, Reopen, Settings, ThemeChoice, Times, ZOOM_RANGE,
    within,
};

/// One choice of the settings dialog.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// Light or dark.
    Theme(ThemeChoice),
    /// Size of everything; 1 is normal.
    Zoom(f32),
    /// The colours that a log itself asks for are shown.
    LogColours(bool),
    /// Parts of messages have quiet colours.
    SoftColours(bool),
    /// With what files are opened that a log names.
    Editor(Editor),
    /// How close together rows and controls are.
    Density(Density),
    /// In which language the interface speaks.
    Language(Language),
    /// Where the details pane stands.
    DetailsPlace(DetailsPlace),
    /// What the program starts with.
    Reopen(Reopen),
    /// Follow a file from the moment it is opened.
    FollowOnOpen(bool),
    /// A later start hands its files to the window that is open.
    OneWindow(bool),
    /// The desktop tells of the first new error while another window is in front.
    AnnounceErrors(bool),
    /// As what times are shown.
    Times(Times),
    /// How grave a level word is that Timberline does not know; `None` is as it guesses.
    Level {
        /// The word.
        word: String,
        /// A standard level.
        level: Option<String>,
    },
    /// Forgets the format of files like these.
    ForgetPattern(String),
    /// The keys of a command.
    Keys {
        /// Its id.
        command: String,
        /// The keys; `None` are the program's own.
        keys: Option<Vec<String>>,
    },
    /// Every command gets the program's own keys.
    ResetKeys,
    /// The logger tree is shown.
    LoggersVisible(bool),
    /// The details pane is shown.
    DetailsVisible(bool),
    /// Whether records over time are shown above the table.
    TimelineVisible(bool),
    /// Forgets how columns were arranged, for every format.
    ForgetColumns,
    /// Forgets which files were open before.
    ForgetRecent,
}

impl Settings {
    /// Makes one choice.
    pub fn change(&mut self, setting: Setting) {
        match setting {
            Setting::Theme(theme) => self.appearance.theme = theme,
            Setting::Zoom(zoom) => self.appearance.zoom = within(zoom, &ZOOM_RANGE, 1.0),
            Setting::LogColours(shown) => self.appearance.log_colours = shown,
            Setting::SoftColours(shown) => self.appearance.soft_colours = shown,
            Setting::Editor(editor) => self.editor = editor,
            Setting::Density(density) => self.appearance.density = density,
            Setting::Language(language) => self.appearance.language = language,
            Setting::DetailsPlace(place) => self.panels.details_place = place,
            Setting::Reopen(reopen) => self.reading.reopen = reopen,
            Setting::FollowOnOpen(follow) => self.reading.follow_on_open = follow,
            Setting::OneWindow(one) => self.reading.one_window = one,
            Setting::AnnounceErrors(announce) => self.reading.announce_errors = announce,
            Setting::Times(times) => self.times = times,
            Setting::Level { word, level } => {
                self.levels.retain(|placed| placed.word != word);
                self.levels
                    .extend(level.map(|level| PlacedWord { word, level }));
            }
            Setting::Keys {
                command,
                keys: Some(keys),
            } => {
                self.keys.insert(command, keys);
            }
            Setting::Keys {
                command,
                keys: None,
            } => {
                self.keys.remove(&command);
            }
            Setting::ResetKeys => self.keys.clear(),
            Setting::LoggersVisible(shown) => self.panels.loggers_visible = shown,
            Setting::DetailsVisible(shown) => self.panels.details_visible = shown,
            Setting::TimelineVisible(shown) => self.panels.timeline_visible = shown,
            Setting::ForgetColumns => self.columns.clear(),
            Setting::ForgetRecent => self.recent.clear(),
            Setting::ForgetPattern(pattern) => {
                self.formats
                    .remembered
                    .retain(|remembered| remembered.pattern != pattern);
            }
        }
    }

    /// Every choice of the dialog as it is made now, without what the user taught the program and without keys.
    #[must_use]
    pub fn choices(&self) -> [Setting; 15] {
        [
            Setting::Theme(self.appearance.theme),
            Setting::Zoom(self.appearance.zoom),
            Setting::LogColours(self.appearance.log_colours),
            Setting::SoftColours(self.appearance.soft_colours),
            Setting::Density(self.appearance.density),
            Setting::Language(self.appearance.language),
            Setting::DetailsPlace(self.panels.details_place),
            Setting::Reopen(self.reading.reopen),
            Setting::FollowOnOpen(self.reading.follow_on_open),
            Setting::OneWindow(self.reading.one_window),
            Setting::AnnounceErrors(self.reading.announce_errors),
            Setting::Times(self.times.clone()),
            Setting::LoggersVisible(self.panels.loggers_visible),
            Setting::DetailsVisible(self.panels.details_visible),
            Setting::TimelineVisible(self.panels.timeline_visible),
        ]
    }
}
