//! The line that names the columns.

use crate::format::field::Role;
use crate::format::known_keys::role_of;
use crate::format::regex::roles_of_names;
use crate::format::spec::{FormatError, FormatSpec, Style};
use crate::format::{anytime, table::cells::Cells};

/// The delimiters that tables have, the likelier ones first.
const DELIMITERS: [u8; 5] = [b'\t', b',', b';', b'|', b' '];

/// Lines in which the names are looked for.
const LINES: usize = 20;

/// The delimiter of a line that names columns, and the names.
///
/// # Errors
/// There are fewer than two, or one is empty.
pub(super) fn split_names(header: &str) -> Result<(u8, Vec<Box<str>>), FormatError> {
    let delimiter = DELIMITERS
        .into_iter()
        .find(|delimiter| header.as_bytes().contains(delimiter));
    let Some(delimiter) = delimiter else {
        return Err(FormatError::new(
            "a table has two columns or more",
            "write their names as in its first line: time,level,logger,message",
        ));
    };
    let cells = Cells::new(header.as_bytes(), delimiter, usize::MAX);
    let names: Vec<Box<str>> = cells
        .map(|cell| String::from_utf8_lossy(&cell.text()).trim().into())
        .collect();
    let mut column = 0;
    for name in &names {
        if name.is_empty() {
            return Err(FormatError::new(
                "a column has no name",
                "write one between the delimiters, any will do",
            )
            .at(column));
        }
        column += name.chars().count() + 1;
    }
    Ok((delimiter, names))
}

/// The table that a log's first lines announce; `None` if they do not.
pub(in crate::format) fn proposal(lines: &[&[u8]]) -> Option<FormatSpec> {
    let named = lines.iter().take(LINES).find_map(|line| {
        line.strip_prefix(b"#Fields: ")
            .or_else(|| line.strip_prefix(b"#fields\t"))
    });
    let header = named.or_else(|| lines.first().copied())?;
    let header = header.strip_prefix(b"\xef\xbb\xbf").unwrap_or(header);
    let header = std::str::from_utf8(header).ok()?.trim_end();
    let (delimiter, names) = split_names(header).ok()?;
    if named.is_none() && (delimiter == b' ' || !announces(&names)) {
        return None;
    }
    Some(FormatSpec::Template {
        style: Style::Csv,
        text: header.to_owned(),
        datefmt: None,
        msec_format: None,
    })
}

/// Whether cells are names: three or more, all different, two of them of what a log shows, none of them a value.
fn announces(names: &[Box<str>]) -> bool {
    let word = |name: &str| {
        name.len() <= 60
            && name.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '@')
            && !name.contains(['"', '=', '[', ']', '{', '}'])
            && anytime::recognise(name.as_bytes()).is_none()
    };
    let roles = roles_of_names(names);
    let telling = [Role::Time, Role::Level, Role::Message];
    let known = telling.iter().filter(|role| roles.contains(role)).count();
    let different = names
        .iter()
        .enumerate()
        .all(|(at, name)| !names.iter().take(at).any(|other| other == name));
    let described = names
        .iter()
        .filter(|name| role_of(name.as_bytes()).is_some());
    names.len() >= 3
        && different
        && names.iter().all(|name| word(name))
        && (known >= 2 || known == 1 && described.count() > 1)
}
