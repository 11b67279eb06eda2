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

/// Short and long names of other European locales (glibc's `abmon`, `mon` and `alt_mon`: de, fr, es, pt, it, nl, sv, da,
/// nb, pl, ru, tr), lower case without the final point: (name, month).
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
    ("gennaio", 1),
    ("febbraio", 2),
    ("aprile", 4),
    ("maggio", 5),
    ("giugno", 6),
    ("luglio", 7),
    ("settembre", 9),
    ("ottobre", 10),
    ("dicembre", 12),
    ("gen", 1),
    ("mag", 5),
    ("giu", 6),
    ("lug", 7),
    ("ott", 10),
    ("januari", 1),
    ("februari", 2),
    ("maart", 3),
    ("mei", 5),
    ("augustus", 8),
    ("mrt", 3),
    ("maj", 5),
    ("augusti", 8),
    ("marts", 3),
    ("desember", 12),
    ("des", 12),
    ("stycznia", 1),
    ("lutego", 2),
    ("marca", 3),
    ("kwietnia", 4),
    ("maja", 5),
    ("czerwca", 6),
    ("lipca", 7),
    ("sierpnia", 8),
    ("września", 9),
    ("października", 10),
    ("listopada", 11),
    ("grudnia", 12),
    ("sty", 1),
    ("lut", 2),
    ("kwi", 4),
    ("cze", 6),
    ("lip", 7),
    ("sie", 8),
    ("wrz", 9),
    ("paź", 10),
    ("lis", 11),
    ("gru", 12),
    ("styczeń", 1),
    ("luty", 2),
    ("marzec", 3),
    ("kwiecień", 4),
    ("czerwiec", 6),
    ("lipiec", 7),
    ("sierpień", 8),
    ("wrzesień", 9),
    ("październik", 10),
    ("listopad", 11),
    ("grudzień", 12),
    ("января", 1),
    ("февраля", 2),
    ("марта", 3),
    ("апреля", 4),
    ("мая", 5),
    ("июня", 6),
    ("июля", 7),
    ("августа", 8),
    ("сентября", 9),
    ("октября", 10),
    ("ноября", 11),
    ("декабря", 12),
    ("янв", 1),
    ("фев", 2),
    ("мар", 3),
    ("апр", 4),
    ("июн", 6),
    ("июл", 7),
    ("авг", 8),
    ("сен", 9),
    ("окт", 10),
    ("ноя", 11),
    ("дек", 12),
    ("январь", 1),
    ("февраль", 2),
    ("март", 3),
    ("апрель", 4),
    ("май", 5),
    ("июнь", 6),
    ("июль", 7),
    ("август", 8),
    ("сентябрь", 9),
    ("октябрь", 10),
    ("ноябрь", 11),
    ("декабрь", 12),
    ("ocak", 1),
    ("şubat", 2),
    ("mart", 3),
    ("nisan", 4),
    ("mayıs", 5),
    ("haziran", 6),
    ("temmuz", 7),
    ("ağustos", 8),
    ("eylül", 9),
    ("ekim", 10),
    ("kasım", 11),
    ("aralık", 12),
    ("oca", 1),
    ("şub", 2),
    ("nis", 4),
    ("haz", 6),
    ("tem", 7),
    ("ağu", 8),
    ("eyl", 9),
    ("eki", 10),
    ("kas", 11),
    ("ara", 12),
    ("jänner", 1),
    ("feber", 2),
    ("jän", 1),
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
pub(in crate::format) fn half_day(text: &[u8]) -> Option<(bool, usize)> {
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
