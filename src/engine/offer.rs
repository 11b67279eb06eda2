//! What could be read otherwise, of which the user is told and which one click does: nothing that was chosen is changed
//! without asking.

use super::held::Held;
use crate::base::problem::Problem;
use crate::base::time::Zone;
use crate::bytes::encoding::Encoding;
use crate::format::detect::detect_with;
use crate::format::extractor::Extractor;
use crate::format::spec::{Format, FormatSpec};

/// So many lines of a new file tell how it is written.
const LINES: usize = 24;

/// Bytes at the start of a new file that are judged.
const HEAD: u64 = 64 << 10;

/// Another way to read a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// In this format.
    Format(FormatSpec),
    /// In this encoding.
    Encoding(Encoding),
}

/// What is thought of the beginning of a new file.
enum Opinion {
    /// There is too little of it.
    Open,
    /// The format reads it, or none reads it better.
    Fits,
    /// Another one does.
    Other(Problem, Offer),
}

/// Whether the log is written otherwise since it went on in another file.
#[derive(Debug, Clone, Default)]
pub(super) struct Newcomer {
    /// Where that file begins, in bytes of the files; `None` once it was judged.
    at: Option<u64>,
}

impl Newcomer {
    /// The log goes on at byte `at` of its files.
    pub(super) fn begins(&mut self, at: u64) {
        self.at = Some(at);
    }

    /// Judges what is there of the new file, once that is enough.
    pub(super) fn judge(
        &mut self,
        held: &Held,
        format: &Format,
        zone: &Zone,
        own: &[Format],
    ) -> Option<(Problem, Offer)> {
        let sample = held.text_behind(self.at?, HEAD).ok()?;
        match opinion(&sample, format, zone, own) {
            Opinion::Open => None,
            Opinion::Fits => {
                self.at = None;
                None
            }
            Opinion::Other(problem, offer) => {
                self.at = None;
                Some((problem, offer))
            }
        }
    }
}

fn opinion(sample: &[u8], format: &Format, zone: &Zone, own: &[Format]) -> Opinion {
    let lines = sample.split_inclusive(|byte| *byte == b'\n');
    let lines: Vec<&[u8]> = lines
        .filter(|line| line.ends_with(b"\n") && !line.trim_ascii().is_empty())
        .collect();
    if lines.len() < LINES && (sample.len() as u64) < HEAD {
        return Opinion::Open;
    }
    let starts = |format: &Format| {
        let starts = lines.iter().filter(|line| format.extractor.is_start(line));
        starts.count()
    };
    // Where a line alone does not tell, no rate of lines does.
    let told_by_lines = format.extractor.framer(true).is_none();
    if !told_by_lines || starts(format) * 20 > lines.len() {
        return Opinion::Fits;
    }
    let Some(best) = detect_with(sample, zone, own).into_iter().next() else {
        return Opinion::Fits;
    };
    let is_plain = matches!(&*best.format.extractor, Extractor::Plain(_));
    if is_plain || best.matched * 10 < best.lines * 9 || starts(&best.format) * 2 < lines.len() {
        return Opinion::Fits;
    }
    let headline = format!("This looks like another format now: {}", best.format.name);
    let problem = Problem::warning(headline).hint("Use it, and the lines before stay readable too");
    Opinion::Other(
        problem,
        Offer::Format(beside(&format.spec, best.format.spec)),
    )
}

/// Both formats, what was read first still by the one before; the new one alone where they cannot be mixed.
fn beside(before: &FormatSpec, new: FormatSpec) -> FormatSpec {
    let mut formats = match before {
        FormatSpec::Mixed { formats } => formats.clone(),
        other => vec![other.clone()],
    };
    match &new {
        FormatSpec::Mixed { formats: more } => formats.extend(more.iter().cloned()),
        other => formats.push(other.clone()),
    }
    let mixed = FormatSpec::Mixed { formats };
    match Format::compile(&mixed) {
        Ok(_) => mixed,
        Err(_) => new,
    }
}

/// What was added is no UTF-8, as the rest is, but reads well in this encoding.
pub(super) fn encoding(found: Encoding) -> (Problem, Offer) {
    let headline = format!("New lines are not UTF-8 but {}", found.title());
    let problem = Problem::warning(headline)
        .hint("When the file is read in it, its lines in UTF-8 are not readable any more");
    (problem, Offer::Encoding(found))
}
