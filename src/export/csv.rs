//! Rows of a table after RFC 4180.

use std::borrow::Cow;
use std::io::{self, Write};

/// What a spreadsheet takes for the start of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Whether a spreadsheet that opens the table could run a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) enum Formulas {
    /// A cell that looks like a formula gets a `'` in front, which makes it text (CWE-1236).
    #[default]
    Disarmed,
    /// Every cell is as it stands in the log.
    Kept,
}

/// Writes one row: cells with commas, quotes or line ends are quoted, quotes doubled.
///
/// # Errors
/// What the output says.
pub(super) fn row<'a>(
    out: &mut impl Write,
    cells: impl Iterator<Item = Cow<'a, str>>,
    formulas: Formulas,
) -> io::Result<()> {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        let mark = match formulas {
            Formulas::Disarmed if cell.starts_with(FORMULA) => "'",
            Formulas::Disarmed | Formulas::Kept => "",
        };
        if cell.contains([',', '"', '\n', '\r']) {
            write!(out, "\"{mark}{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(mark.as_bytes())?;
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    fn written(cells: &[&str], formulas: Formulas) -> String {
        let mut out = Vec::new();
        let cells = cells.iter().map(|cell| Cow::Borrowed(*cell));
        row(&mut out, cells, formulas).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn rows_follow_the_standard() {
        for (cells, expected) in [
            (&["a", "b"][..], "a,b\r\n"),
            (&["a,b", "say \"x\"", ""], "\"a,b\",\"say \"\"x\"\"\",\r\n"),
            (&["two\nlines", "cr\rx"], "\"two\nlines\",\"cr\rx\"\r\n"),
            (&["로그"], "로그\r\n"),
            (&[], "\r\n"),
        ] {
            assert_eq!(written(cells, Formulas::Disarmed), expected);
        }
    }

    #[test]
    fn cells_that_look_like_formulas_are_text() {
        for (cell, disarmed) in [
            ("=1+1", "'=1+1"),
            ("+82 2", "'+82 2"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "\"'\rx\""),
            ("=a,\"b\"", "\"'=a,\"\"b\"\"\""),
            ("a=b", "a=b"),
            ("'=x", "'=x"),
        ] {
            assert_eq!(
                written(&[cell], Formulas::Disarmed),
                format!("{disarmed}\r\n")
            );
            assert!(!written(&[cell], Formulas::Kept).contains("'=") || cell.starts_with('\''));
        }
    }
}
