//! A compiled expression, and a hold on the scratch memory that a search with it needs.

use std::ops::Range;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

use regex_automata::meta::{BuildError, Builder, Cache, Config, Regex};
use regex_automata::util::pool::{Pool, PoolGuard};
use regex_automata::{Input, Span};
use regex_syntax::hir::Hir;

/// Largest compiled expression in bytes; `(a{1000}){1000}` is refused instead of taking all memory.
const SIZE_LIMIT: usize = 8 << 20;

type MakeCache = Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// A compiled expression. Clones share it and its scratch memory.
#[derive(Debug, Clone)]
pub(super) struct Searcher(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    regex: Regex,
    caches: Pool<Cache, MakeCache>,
}

impl Searcher {
    /// Compiles a parsed expression.
    ///
    /// # Errors
    /// It would be far too large.
    pub(super) fn new(hir: &Hir) -> Result<Self, Box<BuildError>> {
        let config = Config::new()
            .utf8_empty(false)
            .nfa_size_limit(Some(SIZE_LIMIT));
        let regex = Builder::new()
            .configure(config)
            .build_from_hir(hir)
            .map_err(Box::new)?;
        let own = regex.clone();
        let make: MakeCache = Box::new(move || own.create_cache());
        Ok(Self(Arc::new(Inner {
            regex,
            caches: Pool::new(make),
        })))
    }

    /// Whether there is a match, for a single text.
    pub(super) fn is_match(&self, text: &[u8]) -> bool {
        self.0.regex.is_match(text)
    }

    /// The matches that do not overlap, in order.
    pub(super) fn find_iter<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = Span> + 'a {
        self.0.regex.find_iter(text).map(|hit| hit.span())
    }

    /// Gets ready for many searches; scratch memory is taken once instead of once a search.
    pub(super) fn session(&self) -> Session<'_> {
        Session {
            regex: &self.0.regex,
            cache: self.0.caches.get(),
        }
    }
}

/// Many searches in a row.
#[derive(Debug)]
pub(super) struct Session<'a> {
    regex: &'a Regex,
    cache: PoolGuard<'a, Cache, MakeCache>,
}

impl Session<'_> {
    /// Where a match within `span` ends. It is the match that starts first or the one that ends first, and may end before
    /// the whole of it is matched. What lies around the span is seen by `^`, `$` and `\b`.
    pub(super) fn any_end(&mut self, bytes: &[u8], span: Range<usize>) -> Option<usize> {
        let input = Input::new(bytes).range(span).earliest(true);
        let hit = self.regex.search_half_with(&mut self.cache, &input)?;
        Some(hit.offset())
    }

    /// Whether a text matches.
    pub(super) fn is_match(&mut self, text: &[u8]) -> bool {
        self.any_end(text, 0..text.len()).is_some()
    }
}
