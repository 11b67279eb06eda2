//! What the window may ask of a source. Plain data; every request that can be overtaken carries a ticket.

use std::path::PathBuf;

use crate::base::id::{Generation, RecordNo, Ticket};
use crate::base::origin::Origin;
use crate::base::time::{Timestamp, Zone};
use crate::bytes::encoding::Encoding;
use crate::export::Manner;
use crate::format::spec::FormatSpec;
use crate::query::find::Direction;
pub use crate::query::patterns::survey::Wanted as GroupsWanted;
use crate::query::plot::{PlotSpec, Sheet};
use crate::query::spec::{FilterSpec, Pattern};

use crate::base::level::Gravity;

/// How to open a log.
#[derive(Debug, Clone)]
pub struct OpenSpec {
    /// The file; it need not exist yet (the source waits for it). For what is no file, its name for people.
    pub path: PathBuf,
    /// Where the bytes come from.
    pub origin: Origin,
    /// How to read it; `None` lets the content decide.
    pub format: Option<FormatSpec>,
    /// The zone of times that name none.
    pub zone: Zone,
    /// Which characters the bytes stand for; `None` lets the content decide.
    pub encoding: Option<Encoding>,
    /// What the view shows at first.
    pub filter: FilterSpec,
}

/// Asks for another view. A larger ticket cancels the run of a smaller one.
#[derive(Debug, Clone)]
pub struct FilterRequest {
    /// Identity of this request; `ViewSnapshot::ticket` answers with it.
    pub ticket: Ticket,
    /// What to show.
    pub spec: FilterSpec,
    /// The record the user looks at; blocks near it are evaluated first.
    pub anchor: Option<RecordNo>,
    /// It shows nearly what the one before did: the rows of that stay a moment longer rather than a part of the new ones
    /// is shown.
    pub renews: bool,
}

/// The rows that the table lacks: those on screen first, then the pages around. A newer request replaces an older.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The generation in which `records` count.
    pub generation: Generation,
    /// Most urgent first.
    pub records: Vec<RecordNo>,
}

/// Which records to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordSelection {
    /// These, in this order.
    Records(Vec<RecordNo>),
    /// Every row from the first to the second of each pair, both included; records around matches are rows too, and a row
    /// that stands for repeats is all of them.
    ShownBetween(Vec<(RecordNo, RecordNo)>),
    /// Everything that passes the filter.
    AllShown,
}

/// What to copy of each record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyWhat {
    /// The record as it stands in the log, all its lines.
    Lines,
    /// The message with its continuation lines only.
    Messages,
}

/// Asks for text for the clipboard.
#[derive(Debug, Clone)]
pub struct CopyRequest {
    /// Identity of this request.
    pub ticket: Ticket,
    /// Which records.
    pub records: RecordSelection,
    /// What of them.
    pub what: CopyWhat,
}

/// Asks for records in a file. A newer request cancels an older.
#[derive(Debug, Clone)]
pub struct ExportRequest {
    /// Identity of this request.
    pub ticket: Ticket,
    /// The filter whose view is meant: the export waits until that is evaluated.
    pub filter: Ticket,
    /// Which records.
    pub records: RecordSelection,
    /// How they are written.
    pub manner: Manner,
    /// Where to; what is there is replaced once everything is written.
    pub to: PathBuf,
}

/// What to look for among the shown records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeekTarget {
    /// A record at least this grave.
    Gravity(Gravity),
    /// A record that contains this.
    Match(Pattern),
    /// A record that passes this filter too.
    Passing(Box<FilterSpec>),
    /// The first shown record at or after this moment; `from` and `direction` do not matter.
    Time(Timestamp),
}

/// Asks for the shown record that is nearest to a moment. A newer request replaces an older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NearestRequest {
    /// Identity of this request.
    pub ticket: Ticket,
    /// The moment.
    pub time: Timestamp,
}

/// Asks for the next record of a kind among the shown ones. A newer request cancels an older.
#[derive(Debug, Clone)]
pub struct SeekRequest {
    /// Identity of this request.
    pub ticket: Ticket,
    /// Where to start; this record itself is not an answer, unless `inclusive`.
    pub from: RecordNo,
    /// Whether `from` itself may be the answer (live find while typing).
    pub inclusive: bool,
    /// Which way.
    pub direction: Direction,
    /// What to look for.
    pub target: SeekTarget,
    /// Whether to go on at the other end.
    pub wrap: bool,
}

/// Asks for the records over time, now and whenever they change. A newer request takes the place of an older.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineRequest {
    /// Identity of this request.
    pub ticket: Ticket,
    /// From which moment to which, both included; `None` for all that the log has.
    pub range: Option<(Timestamp, Timestamp)>,
    /// Into at most about so many steps; 0 asks for where the grave records are, and for no counts.
    pub most: u16,
    /// Whose clocks the steps are to suit.
    pub zone: Zone,
}

/// Asks for groups of the shown records, now and whenever they change. A newer request takes the place of an older.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupsRequest {
    /// Identity of this request.
    pub ticket: Ticket,
    /// By what; `None` asks for nothing.
    pub wanted: Option<GroupsWanted>,
}

/// Asks for every record of the view that a text is in, now and whenever they change. A newer request takes the place of
/// an older.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HitsRequest {
    /// Identity of this request.
    pub ticket: Ticket,
    /// What to look for; nothing is asked for with an empty text.
    pub pattern: Pattern,
}

/// Asks which fields the shown records have, now and whenever they change. A newer request takes the place of an older.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FieldsRequest {
    /// Identity of this request.
    pub ticket: Ticket,
    /// Whether anybody looks at them; otherwise what is known is kept, and no more is read.
    pub wanted: bool,
}

/// Asks what could be typed into the filter, now and whenever more is known. A newer request takes the place of an older.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordsRequest {
    /// Of what; `None` asks for nothing: what is known is kept, and no more is read.
    pub of: Option<WordsOf>,
}

/// What could be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordsOf {
    /// The names of fields.
    Names,
    /// Values of one of them.
    Values {
        /// Its name, in any case.
        field: String,
        /// What they begin with, in any case.
        typed: String,
    },
}

/// Asks for a number of the shown records over time, now and whenever it changes. A newer request takes the place of an
/// older.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlotRequest {
    /// Identity of this request.
    pub ticket: Ticket,
    /// Which number; `None` for none at present.
    pub spec: Option<PlotSpec>,
    /// Of which time, into how many steps.
    pub sheet: Sheet,
}

/// How a source is to be read from now on.
#[derive(Debug, Clone)]
pub enum FormatChoice {
    /// By what its content looks like.
    Detect,
    /// In this format.
    Spec(FormatSpec),
}

/// Asks how the whole file would read in another format. A newer request cancels an older.
#[derive(Debug, Clone)]
pub struct CheckRequest {
    /// Identity of this request.
    pub ticket: Ticket,
    /// The format to try.
    pub spec: FormatSpec,
}

/// Asks how the first lines of the file would read in another format.
#[derive(Debug, Clone)]
pub struct PreviewRequest {
    /// Identity of this request.
    pub ticket: Ticket,
    /// The format to try.
    pub spec: FormatSpec,
}
