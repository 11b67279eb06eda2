//! Levels: one order for the names of every ecosystem, and a place in it for names nobody foresaw.
//!
//! A source has one [`LevelTable`]. Its first entries are the same in every table (the standard levels); words that
//! are not aliases of those are added in file order as they occur (`addLevelName`, Korean names, ...).

/// A level, as an index into its source's [`LevelTable`]. Below `LevelTable::STANDARD` ids mean the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct LevelId(pub u8);

impl LevelId {
    /// The record shows no level.
    pub const NONE: Self = Self(0);
}

/// What a level means to a reader, for colours and for "next error"; ordered from harmless to grave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Gravity {
    /// No level shown.
    #[default]
    None,
    /// Finer than debug.
    Trace,
    /// Debug.
    Debug,
    /// Info, notice, success.
    Info,
    /// Between info and warning (NOTICE, SUCCESS): worth a look.
    Notice,
    /// Warning.
    Warning,
    /// Error.
    Error,
    /// Critical, fatal, alert, emergency.
    Critical,
}

/// The levels of one source.
#[derive(Debug)]
pub struct LevelTable;
