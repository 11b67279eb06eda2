//! Names of months and halves of the day as the common locales' strftime writes them.

/// The English month names; their first three letters are the short forms.
pub(in crate::format) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Short and long names of other European locales, lower case without the final point: (name, month).
const OTHERS: &[(&str, u32)] = &[
    ("januar", 1),
    ("februar", 2),
    ("märz", 3),
    ("mär", 3),
    ("mai", 5),
    ("juni", 6),
    ("juli", 7),
    ("oktober", 10),
    ("okt", 10),
    ("dezember", 12),
    ("dez", 12),
    ("janvier", 1),
    ("janv", 1),
    ("février", 2),
    ("févr", 2),
    ("mars", 3),
    ("avril", 4),
    ("avr", 4),
    ("juin", 6),
    ("juillet", 7),
    ("juil", 7),
    ("août", 8),
    ("septembre", 9),
    ("sept", 9),
    ("octobre", 10),
    ("novembre", 11),
    ("décembre", 12),
    ("déc", 12),
    ("enero", 1),
    ("ene", 1),
    ("febrero", 2),
    ("marzo", 3),
    ("abril", 4),
    ("abr", 4),
    ("mayo", 5),
    ("junio", 6),
    ("julio", 7),
    ("agosto", 8),
    ("ago", 8),
    ("septiembre", 9),
    ("octubre", 10),
    ("noviembre", 11),
    ("diciembre", 12),
    ("dic", 12),
    ("janeiro", 1),
    ("fevereiro", 2),
    ("fev", 2),
    ("março", 3),
    ("maio", 5),
    ("mai", 5),
    ("junho", 6),
    ("julho", 7),
    ("setembro", 9),
    ("set", 9),
    ("outubro", 10),
    ("out", 10),
    ("novembro", 11),
    ("dezembro", 12),
];

/// The month (1–12) whose name `text` begins with, and the name's length; the longest name wins.
pub(super) fn month(text: &[u8]) -> Option<(u32, usize)> {
    english_month(text)
        .or_else(|| numbered_month(text))
        .or_else(|| other_month(text))
}

fn starts_with(text: &[u8], name: &str) -> bool {
    text.get(..name.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes()))
}

fn english_month(text: &[u8]) -> Option<(u32, usize)> {
    let (month, name) = (1..)
        .zip(MONTHS)
        .find(|(_, name)| starts_with(text, &name[..3]))?;
    let len = if starts_with(text, name) {
        name.len()
    } else {
        3
    };
    let ends = text
        .get(len)
        .is_none_or(|next| !next.is_ascii_alphabetic() && *next < 0x80);
    ends.then_some((month, len))
}

/// `11월`, ` 2월` and `11月`: Korean, Japanese, Chinese.
fn numbered_month(text: &[u8]) -> Option<(u32, usize)> {
    let spaces = usize::from(text.first() == Some(&b' '));
    let digits = text
        .iter()
        .skip(spaces)
        .take(2)
        .take_while(|b| b.is_ascii_digit())
        .count();
    let number = text.get(spaces..spaces + digits)?;
    let month = number
        .iter()
        .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    let rest = text.get(spaces + digits..)?;
    let unit = ["월", "月"]
        .iter()
        .find(|unit| rest.starts_with(unit.as_bytes()))?;
    (1..=12)
        .contains(&month)
        .then_some((month, spaces + digits + unit.len()))
}

fn other_month(text: &[u8]) -> Option<(u32, usize)> {
    let head = text.get(..text.len().min(16))?;
    let (word, point) = word(head);
    let lower = std::str::from_utf8(word).ok()?.to_lowercase();
    let (_, month) = OTHERS.iter().find(|(name, _)| *name == lower)?;
    Some((*month, word.len() + point))
}

/// The letters that a text begins with, and whether a point follows them (0 or 1).
fn word(text: &[u8]) -> (&[u8], usize) {
    let len = text
        .iter()
        .take_while(|b| b.is_ascii_alphabetic() || **b >= 0x80)
        .count();
    let (word, rest) = text.split_at(len);
    (word, usize::from(rest.first() == Some(&b'.')))
}

/// Length of the day of the week that `text` begins with: any word, in any language.
pub(super) fn day(text: &[u8]) -> Option<usize> {
    let (word, point) = word(text);
    (!word.is_empty()).then_some(word.len() + point)
}

/// Whether the afternoon is meant, and the length of the word.
pub(super) fn half_day(text: &[u8]) -> Option<(bool, usize)> {
    [
        ("AM", false),
        ("PM", true),
        ("A.M.", false),
        ("P.M.", true),
        ("오전", false),
        ("오후", true),
        ("午前", false),
        ("午後", true),
        ("上午", false),
        ("下午", true),
    ]
    .iter()
    .find(|(name, _)| starts_with(text, name))
    .map(|(name, afternoon)| (*afternoon, name.len()))
}

/// Seconds east of UTC of a zone's abbreviation where it has one meaning only.
pub(super) fn zone_offset(name: &[u8]) -> Option<i32> {
    let hours = match name {
        b"UTC" | b"GMT" | b"Z" | b"WET" => 0,
        b"CET" | b"WEST" => 1,
        b"CEST" | b"EET" => 2,
        b"EEST" | b"MSK" => 3,
        b"HKT" => 8,
        b"KST" | b"JST" => 9,
        b"AEST" => 10,
        b"AEDT" => 11,
        b"NZST" => 12,
        b"NZDT" => 13,
        b"EST" | b"CDT" => -5,
        b"EDT" => -4,
        b"MST" | b"PDT" => -7,
        b"MDT" => -6,
        b"PST" => -8,
        _ => return None,
    };
    Some(hours * 3600)
}
