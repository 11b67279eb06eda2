//! What the user asked for, as data: panels emit actions, the application carries them out.
//!
//! A panel never calls the engine or another panel. It pushes an [`Action`] and is shown the result in its next
//! model, which is what makes every panel testable by itself.

mod parts;

use std::path::PathBuf;

use crate::base::dye::Dye;
use crate::base::id::RecordNo;
use crate::base::level::Gravity;
use crate::base::origin::Origin;
use crate::base::text::places::Target;
use crate::base::time::{TimeRange, Timestamp, Zone};
use crate::format::spec::FormatSpec;
use crate::query::plot::PlotSpec;
use crate::query::spec::{Pattern, TextTerm};
use crate::settings::formats::SavedFormat;
use crate::settings::highlights::Highlights;
use crate::settings::model::{Rail, Setting};
pub use crate::settings::session::DockTab;
use crate::ui::keys::Command;
use crate::ui::table::columns::ColumnState;
use crate::ui::theme::Theme;
use crate::ui::widgets::menu::Called;
pub use parts::*;

/// One thing the user asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Choose files in the desktop's dialog and open them.
    Open,
    /// Open this file.
    OpenPath(PathBuf),
    /// Open what comes from there.
    OpenFrom {
        /// The file, or a name for people.
        path: PathBuf,
        /// Where the bytes come from.
        origin: Origin,
    },
    /// Show the box that takes a path.
    OpenPathBox,
    /// Open the clipboard's text as a log.
    Paste,
    /// Open this text, which came from the clipboard, as a log.
    OpenText(String),
    /// Open the sample log that comes with the program.
    OpenSample,
    /// Close a tab; where that ends an export, it is asked first.
    CloseTab(TabId),
    /// Quit or close a tab without asking.
    LeaveNow(Leaving),
    /// Show a tab.
    SelectTab(TabId),
    /// Show the tab after or before this one.
    CycleTab(Direction),
    /// Put a tab at this place, counted from 0.
    MoveTab {
        /// Which.
        id: TabId,
        /// Its place among the tabs afterwards.
        to: usize,
    },
    /// Open the tab again that was closed last.
    ReopenTab,
    /// Close every tab but this one.
    CloseOtherTabs(TabId),
    /// Show a tab in a window of its own.
    MoveToWindow(TabId),
    /// Show the log of a window of its own in the main window again.
    MoveBack(TabId),
    /// Show a tab beside the one that is shown.
    ShowBeside(TabId),
    /// Show two logs side by side, or one again.
    ToggleSplit,
    /// Put the keyboard into the other of two logs side by side.
    OtherSide,
    /// The left one of two logs side by side gets this share of the width.
    SetSplit(f32),
    /// Scroll all logs in sight to the same time, or stop.
    ToggleSync,
    /// What a panel of another log than the one with the keyboard asks for.
    Of(TabId, Box<Action>),
    /// Read the file again from its first byte.
    Reload,
    /// Stop indexing; what is there stays.
    CancelIndexing,
    /// Go on indexing after a cancel.
    ResumeIndexing,
    /// Open the session that was not opened at the start.
    RestoreSession,
    /// Go on without the session that was not opened at the start.
    ForgetSession,
    /// Open the program's own log.
    OpenOwnLog,
    /// Stop unpacking a compressed log, or end the program whose output is the log.
    StopFeed,
    /// Run the program again whose output is the log.
    RestartFeed,
    /// Open the log of the tab behind all of its rotated files.
    OpenRotated,
    /// Save what was unpacked or collected under a name.
    KeepCopy,
    /// Close the window.
    Quit,

    /// Choose a record.
    SelectRecord {
        /// Which.
        record: RecordNo,
        /// And the ones chosen before?
        how: SelectHow,
    },
    /// Move the focused row.
    MoveSelection {
        /// How far.
        by: Step,
        /// Keep the anchor, so that everything between is chosen (shift).
        extend: bool,
    },
    /// Choose every row of the view.
    SelectAll,
    /// Copy the chosen records.
    CopySelection(CopyWhat),
    /// Copy this text.
    CopyText(String),
    /// Open what a log names: an address in the browser, a file in the user's editor.
    OpenPlace(Target),
    /// Open the file that the focused record is about.
    OpenInEditor,
    /// Give a text a colour wherever it stands in the log, or take it away if it has this one.
    ToggleLabel(String, Dye),
    /// The same for what is selected in the details, or else for the word under the pointer.
    LabelSelected(Dye),
    /// No text has a colour of its own any more.
    ClearLabels,
    /// Show rows with these highlighters, without keeping them.
    TryHighlights(Box<Highlights>),
    /// Keep these highlighters.
    SaveHighlights(Box<Highlights>),
    /// Take highlighters over from a file.
    ImportHighlights,
    /// Write records into a file.
    Export(ExportPick),
    /// Give up the export of a tab.
    CancelExport(TabId),
    /// Ask the desktop where to export to; the path is where its dialog starts.
    AskTarget(PathBuf),
    /// Say whether something is at this path.
    CheckTarget(PathBuf),
    /// Mark the focused record, or no longer.
    ToggleBookmarkHere,
    /// Mark a record, or no longer.
    ToggleBookmark(RecordNo),
    /// Go to the next or previous marked record.
    StepBookmark(Direction),
    /// Write about a marked record.
    NoteBookmark(RecordNo, String),
    /// Copy the marked records with their notes.
    CopyBookmarks,
    /// Write the marked records with their notes into a file, which the desktop asks for.
    SaveBookmarks,
    /// Choose a record and bring it into view.
    JumpTo(RecordNo),
    /// Go to what was typed: a record number or a time.
    Goto(String),
    /// Stick to the newest record, or stop.
    SetFollow(bool),
    /// Go to the first shown record at a moment or behind it.
    SeekTime(Timestamp),
    /// Draw records over time from one moment to another; `None` is all of the log.
    ZoomTimeline(Option<(Timestamp, Timestamp)>),
    /// Find the next or previous record at least this grave and jump to it.
    SeekGravity {
        /// Least gravity.
        least: Gravity,
        /// Which way.
        direction: Direction,
    },

    /// Hide or show one level.
    SetLevelHidden {
        /// The level's name.
        name: String,
        /// Hide it.
        hidden: bool,
    },
    /// Show this level and the graver ones; `None` shows all.
    SetLevelAtLeast(Option<String>),
    /// Show this level alone.
    OnlyLevel(String),
    /// A logger was chosen in the tree or in a row.
    LoggerClick {
        /// The dotted name; empty is the root.
        name: String,
        /// And the ones chosen before?
        how: LoggerClick,
    },
    /// Hide a logger's subtree, or no longer.
    ExcludeLogger {
        /// The dotted name.
        name: String,
        /// Hide it.
        excluded: bool,
    },
    /// Show every logger.
    ClearLoggers,
    /// Add a text term to the filter.
    AddText(TextTerm),
    /// The term in the filter box changed; `None` when the box is empty.
    SetDraftText(Option<TextTerm>),
    /// Make chips of what is in the filter box.
    KeepDraft,
    /// Narrow the filter to what passes this query.
    Narrow(String),
    /// Show what passes this query and nothing else.
    UseQuery(String),
    /// Take all parts of the filter into the box, as a query.
    EditFilterAsText,
    /// Copy the filter as a query.
    CopyFilter,
    /// Keep the filter under a name, in place of another of that name.
    SaveFilter(String),
    /// Take saved filters over from a file.
    ImportFilters,
    /// Forget the filter of this name.
    DeleteFilter(String),
    /// Remove a text term by its position.
    RemoveText(usize),
    /// Show records of this range only.
    SetTimeRange(TimeRange),
    /// Remove one part of the filter.
    RemoveChip(ChipId),
    /// Show everything.
    ClearFilters,
    /// Show everything around the focused record for the moment, or what the filter leaves again.
    ToggleContext,
    /// Show all lines of a record in the table, or its first one.
    OpenRecord(RecordNo, bool),
    /// The same for the focused record.
    OpenFocused(bool),
    /// Show no record with all its lines any more.
    CloseOpened,
    /// Show the records that repeat this one, or one row for all of them.
    OpenRun(RecordNo, bool),
    /// Show one row for records that say the same one after the other, or each.
    SetCollapse(bool),
    /// Put rows in order of time, or of the file.
    SetByTime(bool),
    /// Remove what the filter says about the column of this key.
    ClearColumn(String),
    /// Wrap messages in the table, or show each on one line.
    SetWrap(bool),
    /// Show so many records before and after each that passes the filter.
    ShowAround(u32),

    /// Look for this without hiding rows; highlights as you type.
    Find(Pattern),
    /// Jump to the next match.
    FindNext,
    /// Jump to the previous match.
    FindPrevious,
    /// Close the find bar and drop its highlights.
    CloseFind,
    /// Show the find bar and put the cursor into it.
    FocusFind,
    /// Put the cursor into the filter box.
    FocusFilter,
    /// Show the logger tree and put the cursor into its find box.
    FocusLoggers,

    /// Show the logger tree or the fields at the left.
    ShowRail(Rail),
    /// Show the fields and put the cursor into their find box.
    FocusFields,
    /// Show those of them that are numbers, to choose the one to draw over time.
    PickPlot,
    /// Draw a number over time below the timeline, or none; the series of a split are found for it.
    Plot(Option<PlotSpec>),
    /// Draw that number by factors, or not.
    PlotByFactors(bool),
    /// Show a field as a column of the table, or no longer.
    ToggleFieldColumn(String),

    /// Put the keyboard into the next or previous part of the window.
    StepPane(Direction),
    /// Open the menu of what has the keyboard.
    OpenMenu,
    /// Do what a command means now, as its key does.
    Do(Command),
    /// The same, chosen in the palette, which remembers it.
    Run(Command),
    /// Show a dialog.
    ShowDialog(Dialog),
    /// Close the dialog that is shown.
    CloseDialog,
    /// Esc: step back one layer.
    Back,
    /// Show or hide the logger tree.
    ToggleLoggers,
    /// Show or hide the details pane.
    ToggleDetails,
    /// Show or hide the records over time.
    ToggleTimeline,
    /// Show this below or beside the table.
    ShowDock(DockTab),
    /// Show the records of the group with this filter alone, in place of another group.
    ChooseGroup(String),
    /// Show the records of all groups again.
    LeaveGroup,
    /// Hide the records of the group with this filter.
    ExcludeGroup(String),
    /// Go to the next record of the group with this filter; of the one in focus without it.
    StepGroup(Option<String>, Direction),
    /// Show the details of the focused record.
    ShowDetails,
    /// Show the two chosen records side by side in the details.
    CompareRecords,
    /// Light, dark, or as the system.
    SetTheme(Theme),
    /// Larger, smaller, 100 %.
    Zoom(Zoom),
    /// The table's columns changed.
    SetColumns(Vec<ColumnState>),
    /// Show how the first records read in this format.
    PreviewFormat(FormatSpec),
    /// Show how the whole file reads in this format.
    CheckFormat(FormatSpec),
    /// Stop reading the whole file in a format that is tried.
    CancelCheck,
    /// Read the file in this format, and for which other files to remember that.
    ApplyFormat(FormatPick),
    /// Use a format for all files whose paths fit a pattern.
    RememberFormat {
        /// As in [`crate::settings::formats::Remembered`].
        pattern: String,
        /// The format.
        spec: FormatSpec,
    },
    /// Keep a format under a name, in place of the one of that name.
    SaveFormat(SavedFormat),
    /// Delete the saved format of this name.
    DeleteFormat(String),
    /// Take a format over from a file.
    ImportFormat,
    /// See whether files of the user's formats have changed.
    LookForFormats,
    /// Read times of the shown file that name no zone in this one.
    SetFileZone(Zone),
    /// Read the shown file in the encoding of this name; `None` is as its content tells.
    SetEncoding(Option<String>),
    /// A choice of the settings dialog.
    ChangeSetting(Setting),
    /// List the files whose paths begin like this; typed into the path box.
    CompletePath(String),
    /// Close a notice.
    Dismiss(NoticeId),
    /// Do what a notice offers.
    Accept(NoticeId),

    /// Show every level.
    ShowAllLevels,
    /// Show or hide one column of the table.
    ShowColumn {
        /// The column's key, as in [`ColumnState`].
        key: String,
        /// Show it.
        visible: bool,
    },
    /// All columns of the format, in its order and at their own widths.
    ResetColumns,
    /// Copy a record as one line of JSON.
    CopyJson(RecordNo),
    /// Show or hide the list of past notices.
    ToggleNotices,
    /// Open the menu of a button.
    CallMenu(Called),
    /// Close every notice.
    DismissAll,
    /// Take a file off the list of recent ones.
    ForgetRecent(PathBuf),
}

/// What a frame's panels asked for, in order.
#[derive(Debug, Default, Clone, PartialEq)]
#[must_use = "actions do nothing until the application carries them out"]
pub struct Actions(Vec<Action>);

impl Actions {
    /// Adds one.
    pub fn push(&mut self, action: Action) {
        self.0.push(action);
    }

    /// Whether nothing was asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was asked for so far.
    #[must_use]
    pub fn as_slice(&self) -> &[Action] {
        &self.0
    }

    /// Takes everything, in order, and leaves none.
    pub fn drain(&mut self) -> std::vec::Drain<'_, Action> {
        self.0.drain(..)
    }
}

impl Extend<Action> for Actions {
    fn extend<I: IntoIterator<Item = Action>>(&mut self, actions: I) {
        self.0.extend(actions);
    }
}

impl IntoIterator for Actions {
    type Item = Action;
    type IntoIter = std::vec::IntoIter<Action>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
