//! Formats that a log's first lines announce: tables, and the journal's export format.

use super::{Candidate, Line, judge};
use crate::base::time::Zone;
use crate::format::export::is_export;
use crate::format::spec::{Format, FormatSpec};
use crate::format::table;

/// The format that `raw`, the lines with the blank ones among them, begin with; `None` if they announce none.
pub(super) fn best(raw: &[&[u8]], lines: &[Line<'_>], zone: &Zone) -> Option<Candidate> {
    if is_export(raw) {
        return Some(Candidate {
            format: Format::compile(&FormatSpec::builtin("journal-export")).ok()?,
            lines: lines.len(),
            matched: lines.len(),
            score: 2.0,
            preferred: true,
            reason: "begins with an entry of the journal's export format".to_owned(),
        });
    }
    judge(Format::compile(&table::proposal(raw)?).ok()?, lines, zone)
}
