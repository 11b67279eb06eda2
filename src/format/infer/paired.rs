//! java.util.logging's default: a line with the time, the class and the method, below it the level and the message.

use std::fmt::Write as _;

use super::super::anytime::{self, Moment};
use super::super::extractor::Clock;
use super::super::spec::{FormatSpec, Style};
use super::anchors::is_korean_level;
use super::emit::time_text;
use super::signs::name_like;
use crate::base::level::{is_known_word, standard_level};

/// Of the lines that begin with a time, so many must be such heads.
const HEADS: f64 = 0.9;
/// Longest word for a level, in bytes.
const LONGEST_LEVEL: usize = 24;
/// More different words than this are no levels.
const MOST_LEVELS: usize = 9;

/// The first line of a record.
struct Head {
    moment: Moment,
    has_method: bool,
}

/// The template of such pairs of lines, if the lines are such. `lines` are those of the file with the blank ones among
/// them.
pub fn proposal(lines: &[&[u8]]) -> Option<FormatSpec> {
    let texts: Vec<&str> = lines
        .iter()
        .map(|line| std::str::from_utf8(line).unwrap_or_default().trim_end())
        .collect();
    let timed = texts.iter().filter(|text| time(text).is_some()).count();
    let (mut heads, mut levels): (Vec<Head>, Vec<&str>) = (Vec::new(), Vec::new());
    for pair in texts.windows(2) {
        if let [first, second] = pair
            && let Some(head) = head(first)
            && let Some(level) = level(second)
        {
            heads.push(head);
            if !levels.contains(&level) {
                levels.push(level);
            }
        }
    }
    let is_known = |level: &&str| {
        let word = level.as_bytes();
        standard_level(word).is_some() || is_known_word(word) || is_korean_level(word)
    };
    // The sample may end between the two.
    let enough = heads.len() as f64 >= (timed as f64 - 1.0) * HEADS;
    if !enough || levels.len() > MOST_LEVELS || !levels.iter().any(is_known) {
        return None;
    }
    let has_method = heads.iter().filter(|head| head.has_method).count() * 2 > heads.len();
    let written = time_text(&heads.first()?.moment)?;
    let mut text = written.text;
    let method = if has_method { " %(funcName)s" } else { "" };
    let _ = write!(text, " %(name)s{method}\n%(levelname)s: %(message)s");
    Some(FormatSpec::Template {
        style: Style::Percent,
        text,
        datefmt: written.datefmt,
        msec_format: None,
    })
}

fn time(text: &str) -> Option<Moment> {
    anytime::recognise(text.as_bytes()).filter(|moment| moment.clock == Clock::Full)
}

/// A time, the dotted name of a class, and perhaps a method.
fn head(text: &str) -> Option<Head> {
    let moment = time(text)?;
    let mut words = text.get(moment.len..)?.strip_prefix(' ')?.split(' ');
    let (class, method) = (words.next()?, words.next());
    let is_name = |word: &str| name_like(word.as_bytes());
    let fits = is_name(class) && method.is_none_or(is_name) && words.next().is_none();
    // Without a dot or a method a name is a word.
    let telling = method.is_some() || class.contains('.');
    (fits && telling).then_some(Head {
        moment,
        has_method: method.is_some(),
    })
}

/// The word before the colon that the line begins with, in capitals where the script has them.
fn level(text: &str) -> Option<&str> {
    let (word, _) = text
        .split_once(": ")
        .or_else(|| Some((text.strip_suffix(':')?, "")))?;
    let letter = |c: char| c.is_alphabetic() && !c.is_lowercase() || c == ' ';
    let is_word = !word.is_empty() && word.len() <= LONGEST_LEVEL && word.chars().all(letter);
    is_word.then_some(word)
}
