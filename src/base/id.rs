//! Numbers that mean something get a type of their own, so that a row is never taken for a record.

/// One opened log (a file, later also a receiver); unique for the life of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub u32);

/// Counts how often the bytes or the format of a source were replaced; record numbers hold within one generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Generation(pub u32);

impl Generation {
    /// The generation that follows this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// Position of a record in its source, counted from 0 in file order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct RecordNo(pub u64);

/// Position of a row in one filtered view; meaningless in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct RowNo(pub u64);

/// Position of a block in a source's index, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct BlockNo(pub u32);

/// Position of a record inside its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Slot(pub u16);

/// A logger name, interned per source; 0 is the root logger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct LoggerId(pub u32);

impl LoggerId {
    /// The root of the tree; records that name no logger belong to it.
    pub const ROOT: Self = Self(0);
}

/// The identity of a record across views: which source, which state of its bytes, which record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RecordRef {
    /// The log it belongs to.
    pub source: SourceId,
    /// The state of that log's bytes and format in which `record` counts.
    pub generation: Generation,
    /// Its position in the log.
    pub record: RecordNo,
}

/// The identity of a request; later requests have larger tickets, answers to old ones are dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Ticket(pub u64);

impl Ticket {
    /// The ticket of the next request.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}
