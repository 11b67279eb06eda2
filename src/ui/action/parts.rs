//! What actions are about, in small types.

use std::path::PathBuf;

use crate::base::dye::Dye;
use crate::format::spec::FormatSpec;
use crate::query::spec::LoggerTerm;

/// An opened log's tab; unique for the life of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TabId(pub u32);

/// A notice at the top of a tab or of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NoticeId(pub u64);

/// Which way to look or go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Towards later records.
    Forward,
    /// Towards earlier records.
    Backward,
}

/// How far the selection or the view moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// By single rows; negative is up.
    Rows(i64),
    /// By windows full of rows; negative is up.
    Pages(i64),
    /// To the first row.
    Start,
    /// To the last row.
    End,
}

/// What choosing a record does to the records chosen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SelectHow {
    /// It becomes the only one (click).
    Replace,
    /// Everything between the anchor and it (shift-click).
    Extend,
    /// It joins or leaves (ctrl-click).
    Toggle,
}

/// What choosing a logger does to the loggers chosen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LoggerClick {
    /// Its subtree alone is shown; when it is already alone, everything is shown again (click).
    Solo,
    /// Its subtree joins or leaves the shown ones (ctrl-click).
    Add,
    /// The logger alone, without its children.
    Only,
}

/// What is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CopyWhat {
    /// Whole records as they stand in the file.
    Lines,
    /// Messages only.
    Messages,
}

/// Which records are exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ExportWhat {
    /// Everything that the filters show.
    #[default]
    Shown,
    /// The chosen ones.
    Selected,
}

/// As what records are exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ExportForm {
    /// Their own bytes.
    #[default]
    Text,
    /// One JSON object per record.
    JsonLines,
    /// A table.
    Csv,
}

/// An export as the dialog asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportPick {
    /// Which records.
    pub what: ExportWhat,
    /// As what.
    pub form: ExportForm,
    /// Cells of a table that look like formulas stay as they are.
    pub keep_formulas: bool,
    /// The file.
    pub to: PathBuf,
}

/// A dialog over the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialog {
    /// Type a template, see how the first records parse, apply it.
    Format,
    /// How times are shown and read.
    Times,
    /// Any command by its name.
    Palette,
    /// Settings.
    Settings,
    /// Settings, at the editor.
    EditorSettings,
    /// Settings, at the keys.
    EditKeys,
    /// The list of keys.
    Keys,
    /// Go to a record or a time.
    Goto,
    /// The marked records.
    Bookmarks,
    /// Rules by which rows are marked.
    Highlights,
    /// The values and words of the record in focus: Enter filters by one, or gives it this colour.
    Words(Option<Dye>),
    /// Which columns are shown, and in which order.
    Columns,
    /// Open a path typed by hand.
    OpenPath,
    /// Write records into a file.
    Export,
    /// Version, licence, where settings live.
    About,
}

/// One removable part of the filter, as shown in the row of chips.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ChipId {
    /// The level threshold.
    AtLeast,
    /// A level that is shown alone, or beside others of this kind.
    ShownLevel(String),
    /// A level hidden by itself.
    HiddenLevel(String),
    /// A shown subtree or logger.
    Logger(LoggerTerm),
    /// A hidden subtree or logger.
    ExcludedLogger(LoggerTerm),
    /// The time range.
    Time,
    /// A text term, by its position in the filter.
    Text(usize),
    /// A part of a query that is none of the above, by its position in the filter.
    Part(usize),
    /// The text that is being typed in the filter box.
    DraftText,
}

/// What is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Leaving {
    /// All logs: the program ends.
    Program,
    /// The log of a tab, which is closed.
    Tab(TabId),
    /// The logs of all other tabs.
    Others(TabId),
}

/// Which format a file is to be read in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FormatPick {
    /// The one that fits best.
    Detect,
    /// This one.
    Spec(FormatSpec),
}

/// How the size of everything changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Zoom {
    /// One step larger.
    In,
    /// One step smaller.
    Out,
    /// Back to 100 %.
    Reset,
}
