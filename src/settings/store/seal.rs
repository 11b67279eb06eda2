//! A file that tells whether it is whole: its last line has a digest of the others. TOML cut at the end of a line is TOML
//! too, and a changed digit is another number.

use std::fmt::Write as _;

use toml::Table;

/// How a file of ours begins.
const HEAD: &str =
    "# Timberline keeps this file. It may be edited; keys that are not known are kept.\n";

/// The start of the last line.
const END: &str = "# end ";

/// What is behind the digest in the last line.
const WHY: &str = " (tells that the file is whole)";

/// A file of ours.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Opened {
    /// What it holds.
    pub table: Table,
    /// Somebody else changed it since it was written.
    pub edited: bool,
}

/// The text of a file.
pub(super) fn seal(toml: &str) -> String {
    let mut text = format!("{HEAD}{toml}");
    // A hand may leave the last line without its end, and a comment would take in what follows.
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let digest = digest(text.as_bytes());
    writeln!(text, "{END}{digest:016x}{WHY}").ok();
    text
}

/// The text of a file without what `seal` put around it. What somebody wrote behind its last line stays.
pub(super) fn body(text: &str) -> String {
    let body = text.strip_prefix(HEAD).unwrap_or(text);
    let lines = body.split_inclusive('\n');
    lines.filter(|line| !is_end(line)).collect()
}

/// Whether a line is the last one of a file of ours, and no comment that begins like it.
fn is_end(line: &str) -> bool {
    let digest = line.trim_end().strip_prefix(END);
    let digest = digest.map(|rest| rest.strip_suffix(WHY).unwrap_or(rest));
    digest.is_some_and(|digest| digest.len() == 16 && u64::from_str_radix(digest, 16).is_ok())
}

/// What a file holds. One that an older version or a hand wrote has no digest.
///
/// # Errors
/// Why it is damaged.
pub(super) fn open(bytes: Vec<u8>) -> Result<Opened, String> {
    let text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    let table = text
        .parse::<Table>()
        .map_err(|error| error.message().to_owned())?;
    if table.is_empty() {
        return Err("the file is empty".to_owned());
    }
    let edited = match text.rfind(&format!("\n{END}")) {
        Some(at) => {
            let (body, end) = text.split_at(at + 1);
            end != format!("{END}{:016x}{WHY}\n", digest(body.as_bytes()))
        }
        None if text.starts_with(HEAD.trim_end()) => {
            return Err("the end of the file is missing".to_owned());
        }
        None => false,
    };
    Ok(Opened { table, edited })
}

/// FNV-1a: any flipped bit changes it, and it is the same in every version and on every machine.
pub(in crate::settings) fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    #[test]
    fn what_is_whole_is_told_from_what_is_not() {
        let text = seal("a = 1\n\n[b]\nc = \"x\"\n");
        assert!(!open(text.clone().into()).unwrap().edited);
        for end in 0..text.len() {
            let cut = open(text.as_bytes()[..end].to_vec());
            assert!(cut.is_err() || cut.unwrap().edited, "cut at {end}");
        }
        for bit in 0..text.len() * 8 {
            let mut bytes = text.clone().into_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let opened = open(bytes);
            assert!(opened.is_err() || opened.unwrap().edited, "bit {bit}");
        }
        assert!(!open(seal("a = 1\n# no line end").into()).unwrap().edited);
        assert!(open(text.replace("a = 1", "a = 2").into()).unwrap().edited);
        assert!(open(format!("{text}d = 1\n").into()).unwrap().edited);
        assert!(!open("a = 1\n".into()).unwrap().edited);
        let noted = format!("# end of my keys\n{}# end of all\n", seal("a = 1\n"));
        assert!(open(noted.clone().into()).unwrap().edited);
        assert_eq!(
            body(&noted).replace(HEAD, ""),
            "# end of my keys\na = 1\n# end of all\n"
        );
        for damaged in ["", " \n", "# Timb", "\0\0\0\0", "a = "] {
            assert!(open(damaged.into()).is_err(), "{damaged:?}");
        }
    }
}
