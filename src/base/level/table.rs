//! The levels of one source, numbered as they come.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Gravity, LevelId, STANDARD, gravity_of_rank, guess_rank, standard_level, suggested_rank,
};

/// A level that only this source has.
#[derive(Debug, Clone, PartialEq, Eq)]
struct CustomLevel {
    name: Box<str>,
    rank: i32,
}

/// The levels of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelTable {
    custom: Vec<CustomLevel>,
    /// Ranks of words that the user has given a place.
    ranks: Arc<BTreeMap<String, i32>>,
}

impl Default for LevelTable {
    fn default() -> Self {
        Self::standard()
    }
}

impl LevelTable {
    /// How many entries are the same in every table, the empty level included.
    pub const STANDARD: usize = STANDARD.len();

    /// The table every source starts with.
    #[must_use]
    pub fn standard() -> Self {
        Self::with_ranks(Arc::default())
    }

    /// The same, with places on Python's scale for words that are no standard levels. Words count as they are written.
    #[must_use]
    pub fn with_ranks(ranks: Arc<BTreeMap<String, i32>>) -> Self {
        Self {
            custom: Vec::new(),
            ranks,
        }
    }

    /// The level named by `word` as a log writes it: a standard one for aliases, otherwise a custom one, which is
    /// added if it is new. `LevelId::NONE` for an empty word and when all 255 places are taken.
    pub fn intern(&mut self, word: &[u8]) -> LevelId {
        self.intern_at(word, None)
    }

    /// The same for a word that has this number on Python's scale, if the log shows one; what the user says counts more.
    pub fn intern_at(&mut self, word: &[u8], number: Option<i32>) -> LevelId {
        if word.is_empty() {
            return LevelId::NONE;
        }
        if let Some(id) = standard_level(word) {
            return id;
        }
        let name = String::from_utf8_lossy(word);
        if let Some(id) = self.find_custom(&name) {
            return id;
        }
        let Ok(id) = u8::try_from(self.len()) else {
            return LevelId::NONE;
        };
        let given = self.ranks.get(&*name).copied();
        let rank = given.or(number).unwrap_or_else(|| guess_rank(&name));
        self.custom.push(CustomLevel {
            name: name.into(),
            rank,
        });
        LevelId(id)
    }

    /// The level with this name or alias, in any case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<LevelId> {
        standard_level(name.as_bytes()).or_else(|| self.find_custom(name))
    }

    /// Whether a word is the name of a level here, or says how grave one of that name would be. Nobody can say it of one
    /// that is mistyped.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        name.is_empty() || self.find(name).is_some() || suggested_rank(name).is_some()
    }

    fn find_custom(&self, name: &str) -> Option<LevelId> {
        let at = self
            .custom
            .iter()
            .position(|level| level.name.eq_ignore_ascii_case(name))?;
        u8::try_from(Self::STANDARD + at).ok().map(LevelId)
    }

    /// The canonical name: upper case for standard levels, as the log writes it for custom ones, empty for
    /// `LevelId::NONE` and for ids that are not in this table.
    #[must_use]
    pub fn name(&self, id: LevelId) -> &str {
        match STANDARD.get(usize::from(id.0)) {
            Some(level) => level.name,
            None => self.custom(id).map_or("", |level| &level.name),
        }
    }

    /// The level's place in the order, on Python's scale (DEBUG 10 … CRITICAL 50); `i32::MIN` for no level.
    #[must_use]
    pub fn rank(&self, id: LevelId) -> i32 {
        match STANDARD.get(usize::from(id.0)) {
            Some(level) => level.rank,
            None => self.custom(id).map_or(i32::MIN, |level| level.rank),
        }
    }

    /// What the level means to a reader.
    #[must_use]
    pub fn gravity(&self, id: LevelId) -> Gravity {
        match STANDARD.get(usize::from(id.0)) {
            Some(level) => level.gravity,
            None => gravity_of_rank(self.rank(id)),
        }
    }

    /// Number of entries, standard ones included; every id below it is valid.
    #[must_use]
    pub fn len(&self) -> usize {
        Self::STANDARD + self.custom.len()
    }

    /// Never true: the standard levels are always there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All ids from harmless to grave; equal ranks in the order in which they entered the table.
    #[must_use]
    pub fn ids_by_rank(&self) -> Vec<LevelId> {
        let mut ids: Vec<LevelId> = (0..=u8::MAX).map(LevelId).take(self.len()).collect();
        ids.sort_by_key(|id| self.rank(*id));
        ids
    }

    /// The levels that only this source has, in the order in which they entered the table.
    pub fn custom_ids(&self) -> impl Iterator<Item = LevelId> {
        let standard = Self::STANDARD..self.len();
        standard.filter_map(|at| u8::try_from(at).ok().map(LevelId))
    }

    fn custom(&self, id: LevelId) -> Option<&CustomLevel> {
        self.custom
            .get(usize::from(id.0).checked_sub(Self::STANDARD)?)
    }
}
