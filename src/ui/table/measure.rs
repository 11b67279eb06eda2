//! How high rows are: those of wrapped or opened records have several lines. Only what is on screen is ever measured.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::model::{Message, TableModel};
use super::scroll::{Extent, Heights};
use super::wrap::{Widths, lines};
use crate::base::id::{RecordNo, RowNo};

/// Most lines of a wrapped record; opened it shows more.
pub const WRAPPED_LINES: usize = 20;
/// Most lines of an opened record; the details show all.
pub const OPEN_LINES: usize = 200;

/// How large things are, as of the last frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sizes {
    /// Height of a row of one line in points.
    pub row: f32,
    /// By how much a further line makes it higher.
    pub line: f32,
    /// Height of the view.
    pub view: f32,
    /// Width of the message's text.
    pub message: f32,
    pub widths: Widths,
}

/// Which rows may have several lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Manner {
    /// Whether messages are wrapped.
    pub wrap: bool,
    /// Records that show all their lines.
    pub open: Arc<FxHashSet<RecordNo>>,
}

/// The lines of a row's message.
#[derive(Debug, PartialEq)]
pub(super) struct Laid {
    /// Which line of the message (0 is the first) and which bytes of it, top to bottom.
    pub lines: Vec<(usize, Range<usize>)>,
    /// Lines of the message that are not, or not wholly shown.
    pub left: usize,
}

impl Laid {
    /// Lines in all, that which tells what is not shown included.
    pub(super) fn height(&self) -> usize {
        self.lines.len() + usize::from(self.left > 0)
    }
}

/// Measures rows of one model; remembers what it measured.
pub(super) struct Measured<'a> {
    model: &'a dyn TableModel,
    sizes: Sizes,
    manner: Manner,
    laid: RefCell<FxHashMap<u64, Option<Rc<Laid>>>>,
}

impl<'a> Measured<'a> {
    pub(super) fn new(model: &'a dyn TableModel, sizes: Sizes, manner: Manner) -> Self {
        Self {
            model,
            sizes,
            manner,
            laid: RefCell::default(),
        }
    }

    /// Whether rows may be of several heights.
    pub(super) fn is_mixed(&self) -> bool {
        self.manner.wrap || !self.manner.open.is_empty()
    }

    pub(super) fn extent(&self) -> Extent<'_> {
        Extent {
            len: self.model.len(),
            row_height: self.sizes.row,
            view: self.sizes.view,
            heights: self.is_mixed().then_some(self as &dyn Heights),
        }
    }

    pub(super) fn wraps(&self) -> bool {
        self.manner.wrap
    }

    /// By how much a further line makes a row higher, in points.
    pub(super) fn line_height(&self) -> f32 {
        self.sizes.line
    }

    pub(super) fn is_open(&self, record: RecordNo) -> bool {
        self.manner.open.contains(&record)
    }

    /// Whether a record would take more than a line if it were opened, as far as is known.
    pub(super) fn has_more(&self, row: RowNo) -> bool {
        let lines = |message| lay(&message, &self.sizes, OPEN_LINES).height();
        self.model
            .message(row)
            .is_none_or(|message| lines(message) > 1)
    }

    /// The lines of a row; `None` if its message is shown on one, as far as it goes.
    pub(super) fn laid(&self, row: u64) -> Option<Rc<Laid>> {
        if !self.is_mixed() {
            return None;
        }
        if let Some(known) = self.laid.borrow().get(&row) {
            return known.clone();
        }
        let laid = self.lay(row).map(Rc::new);
        self.laid.borrow_mut().insert(row, laid.clone());
        laid
    }

    fn lay(&self, row: u64) -> Option<Laid> {
        let record = self.model.record(RowNo(row))?;
        let most = match self.is_open(record) {
            true => OPEN_LINES,
            false if self.manner.wrap => WRAPPED_LINES,
            false => return None,
        };
        let laid = lay(&self.model.message(RowNo(row))?, &self.sizes, most);
        (laid.height() > 1).then_some(laid)
    }
}

impl Heights for Measured<'_> {
    fn of(&self, row: u64) -> f64 {
        let more = self.laid(row).map_or(0, |laid| laid.height() - 1);
        f64::from(self.sizes.row) + more as f64 * f64::from(self.sizes.line)
    }
}

/// At most `most` lines of a message.
fn lay(message: &Message<'_>, sizes: &Sizes, most: usize) -> Laid {
    let all = message.lines();
    let mut shown = Vec::new();
    let mut whole = 0;
    for number in 0..=message.rest.len() {
        let room = most.saturating_sub(shown.len());
        if room == 0 {
            break;
        }
        let text = message.line(number);
        if !lines(text, sizes.message, &sizes.widths, room, |range| {
            shown.push((number, range));
        }) {
            break;
        }
        whole += 1;
    }
    Laid {
        lines: shown,
        left: all.saturating_sub(whole),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::PennedLine;

    const SIZES: Sizes = Sizes {
        row: 20.0,
        line: 16.0,
        view: 200.0,
        message: 100.0,
        widths: Widths {
            cell: 10.0,
            wide: 17.0,
            picture: 21.0,
        },
    };

    fn laid(first: &str, rest: &[&str], more_lines: u32, most: usize) -> (usize, usize) {
        let rest: Vec<PennedLine> = rest.iter().map(|text| PennedLine::plain(text)).collect();
        let message = Message {
            first,
            pens: &[],
            tones: &[],
            toned: false,
            rest: &rest,
            coloured: false,
            more_lines,
        };
        let laid = lay(&message, &SIZES, most);
        (laid.lines.len(), laid.left)
    }

    #[test]
    fn what_is_not_shown_is_counted() {
        assert_eq!(laid("one", &[], 0, 20), (1, 0));
        assert_eq!(laid("0123456789012", &[], 0, 20), (2, 0));
        assert_eq!(laid("one", &["two", "three"], 2, 20), (3, 0));
        assert_eq!(laid("one", &["two", "three"], 2, 2), (2, 1));
        assert_eq!(laid("one", &["two"], 900, 20), (2, 899), "not at hand");
        let long = "0".repeat(95);
        assert_eq!(laid(&long, &["two"], 1, 4), (4, 2), "cut inside a line");
    }
}
