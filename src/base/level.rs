//! Levels: one order for the names of every ecosystem, and a place in it for names nobody foresaw.
//!
//! A source has one [`LevelTable`]. Its first entries are the same in every table (the standard levels); words that
//! are not aliases of those are added in file order as they occur (`addLevelName`, Korean names, ...).

mod table;

pub use table::LevelTable;

/// A level, as an index into its source's [`LevelTable`]. Ids below `LevelTable::STANDARD` mean the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct LevelId(pub u8);

impl LevelId {
    /// The record shows no level.
    pub const NONE: Self = Self(0);
}

/// What a level means to a reader, for colours and for "next error"; ordered from harmless to grave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Gravity {
    /// No level shown.
    #[default]
    None,
    /// Finer than debug.
    Trace,
    /// Debug.
    Debug,
    /// Info, notice, success.
    Info,
    /// Between info and warning (NOTICE, SUCCESS): worth a look.
    Notice,
    /// Warning.
    Warning,
    /// Error.
    Error,
    /// Critical, fatal, alert, emergency.
    Critical,
}

/// One standard level: its canonical name, its rank on Python's scale, and what it means.
struct Standard {
    name: &'static str,
    rank: i32,
    gravity: Gravity,
}

const fn standard(name: &'static str, rank: i32, gravity: Gravity) -> Standard {
    Standard {
        name,
        rank,
        gravity,
    }
}

/// The levels that have the same id in every table. Ranks are Python's numbers where Python has one; java.util's and
/// syslog's own levels lie between them in the order that those systems give.
const STANDARD: &[Standard] = &[
    standard("", i32::MIN, Gravity::None),
    standard("NOTSET", 0, Gravity::Trace),
    standard("FINEST", 3, Gravity::Trace),
    standard("FINER", 4, Gravity::Trace),
    standard("TRACE", 5, Gravity::Trace),
    standard("VERBOSE", 6, Gravity::Trace),
    standard("FINE", 8, Gravity::Debug),
    standard("DEBUG", 10, Gravity::Debug),
    standard("CONFIG", 15, Gravity::Debug),
    standard("INFO", 20, Gravity::Info),
    standard("NOTICE", 25, Gravity::Notice),
    standard("SUCCESS", 25, Gravity::Notice),
    standard("WARNING", 30, Gravity::Warning),
    standard("ERROR", 40, Gravity::Error),
    standard("SEVERE", 40, Gravity::Error),
    standard("CRITICAL", 50, Gravity::Critical),
    standard("ALERT", 55, Gravity::Critical),
    standard("EMERGENCY", 60, Gravity::Critical),
];

impl LevelId {
    /// `NOTSET`, Python's 0.
    pub const NOTSET: Self = Self(1);
    /// `TRACE`.
    pub const TRACE: Self = Self(4);
    /// `DEBUG`, Python's 10.
    pub const DEBUG: Self = Self(7);
    /// `INFO`, Python's 20.
    pub const INFO: Self = Self(9);
    /// `WARNING`, Python's 30.
    pub const WARNING: Self = Self(12);
    /// `ERROR`, Python's 40.
    pub const ERROR: Self = Self(13);
    /// `CRITICAL`, Python's 50.
    pub const CRITICAL: Self = Self(15);

    /// The name of a standard level; empty for others.
    #[must_use]
    pub fn name(self) -> &'static str {
        STANDARD
            .get(usize::from(self.0))
            .map_or("", |level| level.name)
    }
}

/// Longest word in the alias table, in bytes.
const LONGEST_ALIAS: usize = 13;

/// The standard level that `word` names, in any case: canonical names and the aliases of every ecosystem.
#[must_use]
pub fn standard_level(word: &[u8]) -> Option<LevelId> {
    let mut upper = [0_u8; LONGEST_ALIAS];
    let upper = upper.get_mut(..word.len())?;
    for (to, from) in upper.iter_mut().zip(word) {
        *to = from.to_ascii_uppercase();
    }
    let id = match &*upper {
        b"INFO" | b"I" | b"INF" | b"INFOR" | b"INFORMATION" | b"INFORMATIONAL" => 9,
        b"DEBUG" | b"D" | b"DBG" | b"DEB" | b"DEBU" | b"DEBG" => 7,
        b"WARNING" | b"WARN" | b"W" | b"WAR" | b"WRN" | b"WARNI" | b"WARNIN" => 12,
        b"ERROR" | b"E" | b"ERR" | b"ERRO" | b"EROR" | b"EXCEPTION" => 13,
        b"CRITICAL" | b"C" | b"CRIT" | b"CRI" | b"CRITI" | b"CRITIC" | b"CRITICA" | b"FATAL"
        | b"F" | b"FTL" | b"FATA" | b"PANIC" | b"DPANIC" => 15,
        b"TRACE" | b"T" | b"TRC" | b"TRAC" => 4,
        b"NOTSET" => 1,
        b"FINEST" => 2,
        b"FINER" => 3,
        b"VERBOSE" | b"V" | b"VERB" | b"VRB" => 5,
        b"FINE" => 6,
        b"CONFIG" => 8,
        b"NOTICE" | b"N" | b"NOTI" | b"NTC" => 10,
        b"SUCCESS" | b"SUCC" => 11,
        b"SEVERE" => 14,
        b"ALERT" => 16,
        b"EMERGENCY" | b"EMERG" => 17,
        _ => return None,
    };
    Some(LevelId(id))
}

/// Python's level number as a standard level, for the five that have a name of their own and 0.
#[must_use]
pub fn level_of_number(number: i32) -> Option<LevelId> {
    Some(match number {
        0 => LevelId::NOTSET,
        10 => LevelId::DEBUG,
        20 => LevelId::INFO,
        30 => LevelId::WARNING,
        40 => LevelId::ERROR,
        50 => LevelId::CRITICAL,
        _ => return None,
    })
}

/// Words that some system writes in the place of a level and that are no standard level's, with their rank. PostgreSQL's
/// `LOG` and what belongs to it, its and Apache's numbered steps, MySQL's, npm's, log4j's, Android's and Ruby's own.
const KNOWN: &[(&str, i32)] = &[
    ("ALL", 0),
    ("TRACE8", 1),
    ("TRACE7", 1),
    ("TRACE6", 2),
    ("TRACE5", 2),
    ("TRACE4", 3),
    ("TRACE3", 3),
    ("TRACE2", 4),
    ("TRACE1", 5),
    ("SILLY", 3),
    ("DEBUG5", 6),
    ("DEBUG4", 7),
    ("DEBUG3", 8),
    ("DEBUG2", 9),
    ("DEBUG1", 10),
    ("HTTP", 15),
    ("LOG", 20),
    ("STATEMENT", 20),
    ("DETAIL", 20),
    ("HINT", 20),
    ("CONTEXT", 20),
    ("QUERY", 20),
    ("LOCATION", 20),
    ("NOTE", 25),
    ("SYSTEM", 25),
    ("UNKNOWN", 25),
    ("ANY", 25),
    ("FAIL", 40),
    ("FAILURE", 40),
    ("ASSERT", 50),
    ("OFF", 60),
];

/// Parts of words of other languages and of home-made names, and the rank they suggest.
const SUGGESTIONS: &[(&str, i32)] = &[
    ("CRIT", 50),
    ("FATAL", 50),
    ("심각", 50),
    ("치명", 50),
    ("致命", 50),
    ("严重", 50),
    ("重大", 50),
    ("ERR", 40),
    ("FAIL", 40),
    ("오류", 40),
    ("에러", 40),
    ("실패", 40),
    ("错误", 40),
    ("錯誤", 40),
    ("エラー", 40),
    ("WARN", 30),
    ("경고", 30),
    ("주의", 30),
    ("警告", 30),
    ("정보", 20),
    ("信息", 20),
    ("情報", 20),
    ("DEBUG", 10),
    ("디버그", 10),
    ("调试", 10),
    ("デバッグ", 10),
    ("TRACE", 5),
    ("추적", 5),
    ("FEHLER", 40),
    ("ERREUR", 40),
    ("ОШИБКА", 40),
    ("BŁĄD", 40),
    ("警報", 55),
    ("AVERT", 30),
    ("ADVERT", 30),
    ("AVVISO", 30),
    ("OSTRZE", 30),
    ("ПРЕДУПР", 30),
    ("VAROIT", 30),
    ("INFO", 20),
    ("ИНФО", 20),
    ("ОТЛАД", 10),
    ("KRIT", 50),
    ("КРИТ", 50),
];

/// The rank of an unknown word: what it suggests, otherwise between INFO and WARNING, where most added levels (NOTICE,
/// AUDIT, METRIC) live.
fn guess_rank(name: &str) -> i32 {
    suggested_rank(name).unwrap_or(25)
}

/// The rank that an unknown word suggests: its number in `Level 35` or `35`, a known part.
fn suggested_rank(name: &str) -> Option<i32> {
    let digits = name
        .strip_prefix("Level ")
        .or_else(|| name.strip_prefix("LEVEL "))
        .unwrap_or(name);
    if let Ok(number) = digits.trim().parse() {
        return Some(number);
    }
    if let Some(rank) = between(name) {
        return Some(rank);
    }
    let upper = name.to_uppercase();
    if let Some((_, rank)) = KNOWN.iter().find(|(word, _)| *word == upper) {
        return Some(*rank);
    }
    SUGGESTIONS
        .iter()
        .find(|(part, _)| upper.contains(part))
        .map(|(_, rank)| *rank)
}

/// Whether some system writes the word in the place of a level, in these letters, though it is no standard level.
pub fn is_known_word(word: &[u8]) -> bool {
    KNOWN.iter().any(|(known, _)| known.as_bytes() == word)
}

/// The rank of `DEBUG+2`, as Go's slog names what lies between its levels: four steps there are ten here.
fn between(name: &str) -> Option<i32> {
    let sign = name.find(['+', '-'])?;
    let (word, steps) = name.split_at_checked(sign)?;
    let id = standard_level(word.as_bytes())?;
    let rank = STANDARD.get(usize::from(id.0))?.rank;
    let steps: i32 = steps.parse().ok()?;
    rank.checked_add(steps.checked_mul(5)? / 2)
}

fn gravity_of_rank(rank: i32) -> Gravity {
    match rank {
        ..10 => Gravity::Trace,
        10..20 => Gravity::Debug,
        20..25 => Gravity::Info,
        25..30 => Gravity::Notice,
        30..40 => Gravity::Warning,
        40..50 => Gravity::Error,
        _ => Gravity::Critical,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;

    #[test]
    fn every_standard_name_is_its_own_alias() {
        let table = LevelTable::standard();
        for id in (1..LevelTable::STANDARD).map(|id| LevelId(u8::try_from(id).unwrap())) {
            assert_eq!(standard_level(table.name(id).as_bytes()), Some(id));
        }
    }

    #[test]
    fn aliases_fall_together_and_other_ecosystems_stay_apart() {
        let table = LevelTable::standard();
        for (word, name) in [
            ("warn", "WARNING"),
            ("W", "WARNING"),
            ("Fatal", "CRITICAL"),
            ("ERR", "ERROR"),
            ("information", "INFO"),
            ("dbg", "DEBUG"),
            ("SEVERE", "SEVERE"),
            ("emerg", "EMERGENCY"),
        ] {
            assert_eq!(table.name(table.find(word).unwrap()), name, "{word}");
        }
        assert_eq!(standard_level(b"ValueError"), None);
        assert_eq!(standard_level(b"a word that is far too long"), None);
    }

    #[test]
    fn custom_levels_find_their_place() {
        let mut table = LevelTable::standard();
        for (word, rank, gravity) in [
            ("경고", 30, Gravity::Warning),
            ("Level 35", 35, Gravity::Warning),
            ("DEBUG+2", 15, Gravity::Debug),
            ("ERROR-4", 30, Gravity::Warning),
            ("22", 22, Gravity::Info),
            ("AUDIT", 25, Gravity::Notice),
            ("LOG", 20, Gravity::Info),
            ("DEBUG3", 8, Gravity::Trace),
            ("trace1", 5, Gravity::Trace),
            ("Note", 25, Gravity::Notice),
            ("FAIL", 40, Gravity::Error),
            ("Ошибка", 40, Gravity::Error),
        ] {
            let id = table.intern(word.as_bytes());
            assert_eq!(table.name(id), word);
            assert_eq!(
                (table.rank(id), table.gravity(id)),
                (rank, gravity),
                "{word}"
            );
            assert_eq!(table.intern(word.as_bytes()), id);
        }
    }

    #[test]
    fn the_user_places_a_word() {
        let ranks = BTreeMap::from([("AUDIT".to_owned(), 40), ("INFO".to_owned(), 50)]);
        let mut table = LevelTable::with_ranks(Arc::new(ranks));
        let id = table.intern(b"AUDIT");
        assert_eq!(table.name(id), "AUDIT");
        assert_eq!((table.rank(id), table.gravity(id)), (40, Gravity::Error));
        assert_eq!(table.custom_ids().collect::<Vec<_>>(), [id]);
        // A standard level keeps its place.
        assert_eq!(table.intern(b"INFO"), LevelId::INFO);
        assert_eq!(table.rank(LevelId::INFO), 20);
    }

    #[test]
    fn a_number_beside_the_word_counts_less_than_the_user() {
        let ranks = BTreeMap::from([("AUDIT".to_owned(), 40)]);
        let mut table = LevelTable::with_ranks(Arc::new(ranks));
        let audit = table.intern_at(b"AUDIT", Some(35));
        let chatter = table.intern_at(b"CHATTER", Some(7));
        assert_eq!((table.rank(audit), table.rank(chatter)), (40, 7));
        assert_eq!(table.intern_at(b"INFO", Some(99)), LevelId::INFO);
    }

    #[test]
    fn a_full_table_answers_none() {
        let mut table = LevelTable::standard();
        for n in 0..1000 {
            table.intern(format!("X{n}").as_bytes());
        }
        assert_eq!(table.len(), 256);
        assert_eq!(table.intern(b"ONE_MORE"), LevelId::NONE);
        assert_eq!(table.ids_by_rank().len(), 256);
    }
}
