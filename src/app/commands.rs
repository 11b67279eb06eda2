//! From commands to actions: what a key, the palette or a menu entry means now, or why it means nothing.

use super::state::{FocusTarget, State};
use super::sync;
use super::tab::Tab;
use crate::base::dye::Dye;
use crate::base::lang::tr;
use crate::base::level::Gravity;
use crate::base::origin::Origin;
use crate::engine::Phase;
use crate::settings::model::Setting;
use crate::ui::action::{Action, CopyWhat, Dialog, Direction, DockTab, Step, Zoom};
use crate::ui::keys::{self, Command, Needs};
use crate::ui::panels::around::stepped;
use crate::ui::theme::Theme;
use crate::ui::widgets::menu::Called;

/// What a command means now; `None` where it means nothing.
#[must_use]
pub fn action(state: &State, command: Command) -> Option<Action> {
    if refusal(state, command).is_some() {
        return None;
    }
    let seek = |least, direction| Action::SeekGravity { least, direction };
    let step = |by| Action::MoveSelection { by, extend: false };
    let extend = |by| Action::MoveSelection { by, extend: true };
    Some(match command {
        Command::Palette => Action::ShowDialog(Dialog::Palette),
        Command::Open => Action::Open,
        Command::OpenPathBox => Action::OpenPathBox,
        Command::OpenSample => Action::OpenSample,
        Command::Paste => Action::Paste,
        Command::Reload => Action::Reload,
        Command::CloseTab => Action::CloseTab(state.active?),
        Command::NextTab => Action::CycleTab(Direction::Forward),
        Command::PreviousTab => Action::CycleTab(Direction::Backward),
        Command::Tab(place) => Action::SelectTab(tab_at(state, place)?.id),
        Command::MoveTabLeft => moved(state, Direction::Backward)?,
        Command::MoveTabRight => moved(state, Direction::Forward)?,
        Command::ReopenTab => Action::ReopenTab,
        Command::CloseOtherTabs => Action::CloseOtherTabs(state.active?),
        Command::MoveToWindow => Action::MoveToWindow(state.active?),
        Command::MoveBack => Action::MoveBack(state.active?),
        Command::SplitView => Action::ToggleSplit,
        Command::ShowBeside => Action::ShowBeside(state.next_beside()?),
        Command::OtherSide => Action::OtherSide,
        Command::SyncTimes => Action::ToggleSync,
        Command::CopyPath => Action::CopyText(state.tab()?.place()),
        Command::StopReading => Action::CancelIndexing,
        Command::ResumeReading => Action::ResumeIndexing,
        Command::OpenRotated => Action::OpenRotated,
        Command::Export => Action::ShowDialog(Dialog::Export),
        Command::KeepCopy => Action::KeepCopy,
        Command::Quit => Action::Quit,
        Command::Find => Action::FocusFind,
        Command::FilterText => Action::FocusFilter,
        Command::FindNext => Action::FindNext,
        Command::FindPrevious => Action::FindPrevious,
        Command::ClearFilters => Action::ClearFilters,
        Command::EditFilter => Action::EditFilterAsText,
        Command::CopyFilter => Action::CopyFilter,
        Command::ShowInContext => Action::ToggleContext,
        Command::MoreAround => Action::ShowAround(stepped(state.tab()?.manner.around, true)),
        Command::LessAround => Action::ShowAround(stepped(state.tab()?.manner.around, false)),
        Command::ByTime => Action::SetByTime(!state.tab()?.manner.by_time),
        Command::Collapse => Action::SetCollapse(!state.tab()?.manner.collapse),
        Command::Wrap => Action::SetWrap(!state.tab()?.table.wraps()),
        Command::OpenRecord => Action::OpenFocused(true),
        Command::CloseRecord => Action::OpenFocused(false),
        Command::CloseOpened => Action::CloseOpened,
        Command::ToggleBookmark => Action::ToggleBookmarkHere,
        Command::Words => Action::ShowDialog(Dialog::Words(None)),
        Command::Label(key) => Action::LabelSelected(Dye::of_key(key)?),
        Command::ClearLabels => Action::ClearLabels,
        Command::Highlights => Action::ShowDialog(Dialog::Highlights),
        Command::OpenInEditor => Action::OpenInEditor,
        Command::NextBookmark => Action::StepBookmark(Direction::Forward),
        Command::PreviousBookmark => Action::StepBookmark(Direction::Backward),
        Command::Bookmarks => Action::ShowDialog(Dialog::Bookmarks),
        Command::ShowAllLevels => Action::ShowAllLevels,
        Command::ClearLoggers => Action::ClearLoggers,
        Command::FocusLoggers => Action::FocusLoggers,
        Command::FocusFields => Action::FocusFields,
        Command::Follow => Action::SetFollow(!state.tab()?.follows()),
        Command::FollowEnd => Action::SetFollow(true),
        Command::NextError => seek(Gravity::Error, Direction::Forward),
        Command::PreviousError => seek(Gravity::Error, Direction::Backward),
        Command::NextWarning => seek(Gravity::Warning, Direction::Forward),
        Command::PreviousWarning => seek(Gravity::Warning, Direction::Backward),
        Command::Goto => Action::ShowDialog(Dialog::Goto),
        Command::Top => step(Step::Start),
        Command::Bottom => step(Step::End),
        Command::RowUp => step(Step::Rows(-1)),
        Command::RowDown => step(Step::Rows(1)),
        Command::PageUp => step(Step::Pages(-1)),
        Command::PageDown => step(Step::Pages(1)),
        Command::ExtendUp => extend(Step::Rows(-1)),
        Command::ExtendDown => extend(Step::Rows(1)),
        Command::ExtendPageUp => extend(Step::Pages(-1)),
        Command::ExtendPageDown => extend(Step::Pages(1)),
        Command::ExtendToTop => extend(Step::Start),
        Command::ExtendToBottom => extend(Step::End),
        Command::SelectAll => Action::SelectAll,
        Command::Copy => Action::CopySelection(CopyWhat::Lines),
        Command::CopyMessages => Action::CopySelection(CopyWhat::Messages),
        Command::Compare => Action::CompareRecords,
        Command::ToggleLoggers => Action::ToggleLoggers,
        Command::ToggleDetails => Action::ToggleDetails,
        Command::ToggleTimeline => Action::ToggleTimeline,
        Command::ShowRecord => Action::ShowDock(DockTab::Record),
        Command::ShowExceptions => Action::ShowDock(DockTab::Exceptions),
        Command::ShowPatterns => Action::ShowDock(DockTab::Patterns),
        Command::NextInGroup => Action::StepGroup(None, Direction::Forward),
        Command::PreviousInGroup => Action::StepGroup(None, Direction::Backward),
        Command::NextPane => Action::StepPane(Direction::Forward),
        Command::PreviousPane => Action::StepPane(Direction::Backward),
        Command::ContextMenu => Action::OpenMenu,
        Command::Columns => Action::ShowDialog(Dialog::Columns),
        Command::ResetColumns => Action::ResetColumns,
        Command::Times => Action::ShowDialog(Dialog::Times),
        Command::FormatDialog => Action::ShowDialog(Dialog::Format),
        Command::ThemeSystem => Action::SetTheme(Theme::System),
        Command::ThemeLight => Action::SetTheme(Theme::Light),
        Command::ThemeDark => Action::SetTheme(Theme::Dark),
        Command::LogColours => {
            Action::ChangeSetting(Setting::LogColours(!state.settings.appearance.log_colours))
        }
        Command::SoftColours => Action::ChangeSetting(Setting::SoftColours(
            !state.settings.appearance.soft_colours,
        )),
        Command::Notices => Action::ToggleNotices,
        Command::PlotField => Action::PickPlot,
        Command::Encodings => Action::CallMenu(Called::Encodings),
        Command::SavedFilters => Action::CallMenu(Called::Filters),
        Command::ZoomIn => Action::Zoom(Zoom::In),
        Command::ZoomOut => Action::Zoom(Zoom::Out),
        Command::ZoomReset => Action::Zoom(Zoom::Reset),
        Command::Settings => Action::ShowDialog(Dialog::Settings),
        Command::EditKeys => Action::ShowDialog(Dialog::EditKeys),
        Command::Help => Action::ShowDialog(Dialog::Keys),
        Command::Back => Action::Back,
        Command::OwnLog => Action::OpenOwnLog,
        Command::About => Action::ShowDialog(Dialog::About),
    })
}

/// Why a command would do nothing now; `None` where it would do something.
#[must_use]
pub fn refusal(state: &State, command: Command) -> Option<&'static str> {
    let needs = keys::needs(command);
    let Some(tab) = state.tab() else {
        return match needs {
            Needs::Nothing => None,
            Needs::ClosedTab => refused(!state.closed.is_empty(), tr("No tab was closed")),
            Needs::Zoomed => refused(is_zoomed(state), tr("The size is normal")),
            _ => Some(tr("No log is open")),
        };
    };
    let phase = tab.source.as_ref().map(|source| &source.phase);
    match needs {
        Needs::Nothing | Needs::Log => None,
        Needs::File => refused(
            tab.origin == Origin::Path,
            tr("The log is not a plain file"),
        ),
        Needs::Spool => {
            let feed = tab.source.as_ref().and_then(|source| source.feed.as_ref());
            refused(feed.is_some(), tr("The log is a file already"))
        }
        Needs::Reading => refused(tab.is_indexing(), tr("The file has been read")),
        Needs::Stopped => refused(
            matches!(phase, Some(Phase::Cancelled(_))),
            tr("Reading was not stopped"),
        ),
        Needs::OtherTabs => refused(
            state.here.is_none() && state.main_tabs().count() > 1,
            tr("Only one log is open"),
        ),
        Needs::MainWindow => refused(
            state.here.is_none(),
            tr("The log has a window of its own already"),
        ),
        Needs::MainView => refused(
            state.here.is_none(),
            tr("Two logs side by side are in the main window"),
        ),
        Needs::OwnWindow => refused(
            state.here.is_some(),
            tr("The log is in the main window already"),
        ),
        Needs::Sides => refused(state.split.is_some(), tr("Only one log is shown")),
        Needs::TwoTimes => sync::refusal(state),
        Needs::Tabs(place) => refused(
            tab_at(state, place).is_some(),
            tr("Not so many logs are open"),
        ),
        Needs::ClosedTab => refused(!state.closed.is_empty(), tr("No tab was closed")),
        Needs::Selection => refused(
            !tab.selection.ranges().is_empty(),
            tr("No record is chosen"),
        ),
        Needs::Pair => refused(
            tab.other_of_two().is_some(),
            tr("Select two records (Ctrl+click) to compare them"),
        ),
        Needs::Marks => refused(
            tab.bookmarks.iter().next().is_some(),
            tr("No record is marked"),
        ),
        Needs::Opened => refused(
            tab.table.has_open(),
            tr("No record shows all its lines in the table"),
        ),
        Needs::Filter => refused(is_filtered(tab), tr("No filter is on")),
        Needs::Zoomed => refused(is_zoomed(state), tr("The size is normal")),
    }
}

fn refused(good: bool, reason: &'static str) -> Option<&'static str> {
    (!good).then_some(reason)
}

fn is_zoomed(state: &State) -> bool {
    (state.settings.appearance.zoom - 1.0).abs() > 0.001
}

/// Also by a text that cannot be matched, which filters nothing but stands in the box.
fn is_filtered(tab: &Tab) -> bool {
    tab.is_filtered()
        || tab.filter.is_paused()
        || tab.filter.draft.is_some()
        || tab.filter.mistake().is_some()
}

/// The tab at a place counted from 1; 9 is the last one.
fn tab_at(state: &State, place: u8) -> Option<&Tab> {
    match place {
        9 => state.main_tabs().last(),
        place => state.main_tabs().nth(usize::from(place).checked_sub(1)?),
    }
}

/// The shown tab one place further; at the end it stays.
fn moved(state: &State, direction: Direction) -> Option<Action> {
    let id = state.active?;
    let at = state.main_tabs().position(|tab| tab.id == id)?;
    let to = match direction {
        Direction::Forward => at + 1,
        Direction::Backward => at.checked_sub(1)?,
    };
    (to < state.main_tabs().count()).then_some(Action::MoveTab { id, to })
}

/// Where the keyboard goes when a key asks for an input.
pub fn focus(state: &mut State) {
    let Some(target) = state.focus.take() else {
        return;
    };
    let Some(tab) = state.tab_mut() else { return };
    match target {
        FocusTarget::Filter => tab.filters.bar.focus(),
        FocusTarget::Loggers => tab.loggers.focus_find(),
        FocusTarget::Fields => tab.fields.panel.focus_find(),
    }
}
