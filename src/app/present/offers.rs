//! What the filter box can say of itself: what could be typed at its cursor, and a field that the format does not have.

use std::cell::RefCell;
use std::sync::Arc;

use crate::app::tab::Tab;
use crate::base::level::LevelId;
use crate::base::text::name;
use crate::engine::{SourceState, WordsOf, WordsState};
use crate::format::field::{Column, Role};
use crate::index::loggers::LoggerTable;
use crate::query::lang::{
    at_cursor, begins_with, column_at, keyword, moments, names, next_steps, value,
};
use crate::tr;
use crate::ui::panels::filter_bar::{Offer, Offers};

/// What is to be known of a filter that is right, but maybe not meant.
pub(super) fn note(tab: &Tab) -> Option<String> {
    unknown_level(tab).or_else(|| unknown_field(tab))
}

/// That the filter asks for a level that neither the log has nor anybody knows.
fn unknown_level(tab: &Tab) -> Option<String> {
    let levels = &tab.source.as_deref()?.snapshot.levels;
    let filter = tab.filter.effective();
    let level = name(filter.unknown_level(levels)?);
    let ranked = filter.levels.at_least.as_deref().map(name) == Some(level.clone());
    Some(match ranked {
        true => tr!(
            "The log has no level {level}: it is taken for one between INFO and WARNING",
            level
        ),
        false => tr!("The log has no level {level}", level),
    })
}

/// Where nothing is shown: that the filter asks for a field that the format does not have.
fn unknown_field(tab: &Tab) -> Option<String> {
    let source = tab.source.as_deref().filter(|_| tab.shown_count() == 0)?;
    let columns = source.format.extractor.columns();
    let filter = tab.filter.effective();
    let mut names = filter.fields().into_iter();
    let unknown = names.find(|name| column_at(name, columns).is_none())?;
    let name = name(unknown);
    Some(tr!(
        "The format has no field {name}: only {name}=... in messages is found. Quotes make a text of it",
        name
    ))
}

/// Most words that are offered while one types.
const OFFERS: usize = 8;

/// What could be typed at the cursor, and what that depends on: the text, the cursor, the loggers, the rows at hand.
#[derive(Debug, Default)]
pub struct OffersCache(RefCell<Option<(OffersBasis, Offers)>>);

/// The last are the rows at hand, and a number that changes with what is known of fields.
type OffersBasis = (
    String,
    Option<usize>,
    Option<Arc<LoggerTable>>,
    (usize, usize),
);

/// What is to be learnt of the log for the box: nothing unless it has the keyboard and somebody types.
pub fn wanted_words(tab: &Tab) -> Option<WordsOf> {
    let bar = &tab.filters.bar;
    let source = tab.source.as_deref()?;
    let cursor = bar.cursor().filter(|_| bar.wants_offers())?;
    let at = at_cursor(&bar.pattern().text, cursor).filter(|_| !bar.pattern().regex)?;
    match at.field {
        None => Some(WordsOf::Names),
        Some(field) if keyword(&field).is_some() => None,
        Some(field) => match column_of(&field, source) {
            Some(column) if column.role != Role::Other => None,
            column => Some(WordsOf::Values {
                field: column.map_or(field, |column| column.name.to_string()),
                typed: at.typed,
            }),
        },
    }
}

fn column_of<'a>(field: &str, source: &'a SourceState) -> Option<&'a Column> {
    let columns = source.format.extractor.columns();
    column_at(field, columns).and_then(|at| columns.get(at))
}

/// What could be typed at the cursor of the box; looked for once, not at every frame.
pub fn offers(tab: &Tab) -> Offers {
    let bar = &tab.filters.bar;
    if bar.cursor().is_none() {
        return Offers::default();
    }
    let loggers = tab
        .source
        .as_ref()
        .map(|source| source.snapshot.loggers.clone());
    let text = bar.pattern().text.clone();
    let counts = tab.fields.words.as_ref();
    let counts = counts.map_or(0, |state| Arc::as_ptr(state) as usize);
    let basis = (text, bar.cursor(), loggers, (tab.rows.len(), counts));
    // What is chosen stays where it is.
    let still = bar.is_choosing();
    let mut cache = tab.completions.0.borrow_mut();
    let same = |one: &OffersBasis| {
        let alike = match (&one.2, &basis.2) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        (&one.0, one.1) == (&basis.0, basis.1) && (still || alike && one.3 == basis.3)
    };
    match &*cache {
        Some((known, offers)) if same(known) => offers.clone(),
        _ => {
            let offers = find_offers(tab);
            *cache = Some((basis, offers.clone()));
            offers
        }
    }
}

/// What is known of the log's fields.
fn words(tab: &Tab) -> Option<&WordsState> {
    let words = tab.fields.words.as_deref();
    words.filter(|words| words.generation == tab.generation())
}

/// The values of a field that begin with what is typed, with how often they were counted.
fn counted_values(tab: &Tab, name: &str, typed: &str) -> Vec<Offer> {
    // They may be those of fewer letters, until there are newer ones.
    let is_of = |words: &&WordsState| matches!(&words.of, Some(WordsOf::Values { field, .. }) if field == name);
    let values = words(tab).filter(is_of).into_iter();
    let values = values.flat_map(|words| &words.values);
    let fitting = values.filter(|it| !it.is_cut && begins_with(&it.text, typed));
    fitting
        .map(|it| Offer {
            text: value(&it.text),
            count: Some(it.count.number()),
        })
        .collect()
}

fn find_offers(tab: &Tab) -> Offers {
    let bar = &tab.filters.bar;
    let at = bar.cursor().filter(|_| !bar.pattern().regex);
    let at = at.and_then(|cursor| at_cursor(&bar.pattern().text, cursor));
    let (Some(at), Some(source)) = (at, &tab.source) else {
        return Offers::default();
    };
    let snapshot = &source.snapshot;
    let offer = |text: String| Offer { text, count: None };
    let counted = |(text, count): (String, u64)| Offer {
        text,
        count: Some(count),
    };
    let mut counted_in = None;
    let levels = |typed: &str| -> Vec<(String, u64)> {
        let table = &snapshot.levels;
        let ids = table.ids_by_rank().into_iter();
        let occurring = ids.filter(|id| snapshot.stats.level(*id) > 0 && *id != LevelId::NONE);
        let named = occurring.map(|id| (table.name(id).to_lowercase(), snapshot.stats.level(id)));
        named.filter(|(name, _)| begins_with(name, typed)).collect()
    };
    let loggers = |typed: &str| {
        let names = snapshot.loggers.iter();
        next_steps(
            typed,
            names.map(|(id, name)| (name, snapshot.stats.logger(id).records)),
        )
    };
    let prefixed = |field: &str, list: Vec<(String, u64)>| -> Vec<Offer> {
        let named = list
            .into_iter()
            .map(|(name, count)| (format!("{field}:{name}"), count));
        named.map(counted).collect()
    };
    let mut items: Vec<Offer> = match at.field.as_deref() {
        None => {
            let columns = source.format.extractor.columns().iter();
            let fields = columns.map(|column| &*column.name);
            let known = words(tab).into_iter().flat_map(|words| &words.names);
            let fields = fields.chain(known.map(|name| &**name));
            let mut items: Vec<Offer> = names(&at.typed, fields).into_iter().map(offer).collect();
            items.extend(prefixed("level", levels(&at.typed)));
            items.extend(prefixed("logger", loggers(&at.typed)));
            items
        }
        Some(field) => match keyword(field) {
            Some("level") => levels(&at.typed).into_iter().map(counted).collect(),
            Some("logger") => loggers(&at.typed).into_iter().map(counted).collect(),
            Some("since" | "until") => moments(&at.typed).into_iter().map(offer).collect(),
            _ => {
                let columns = source.format.extractor.columns();
                let column = column_at(field, columns);
                let is_other = |column: &Column| column.role == Role::Other;
                let column = column.filter(|at| columns.get(*at).is_some_and(is_other));
                let name = column_of(field, source).map_or(field, |column| &column.name);
                let mut items = counted_values(tab, name, &at.typed);
                counted_in = words(tab)
                    .filter(|_| !items.is_empty())
                    .and_then(counted_in_part);
                let values = column.map(|column| tab.rows.values(column, &at.typed));
                let values = values.unwrap_or_default().into_iter();
                let more = values.map(|text| offer(value(&text)));
                let known: Vec<String> = items.iter().map(|item| item.text.clone()).collect();
                items.extend(more.filter(|item| !known.contains(&item.text)));
                items
            }
        },
    };
    if matches!(items.as_slice(), [only] if only.text == at.typed) {
        items.clear();
    }
    items.truncate(OFFERS);
    Offers {
        range: at.range,
        items,
        counted_in,
    }
}

/// In how many of how many records values were counted so far; `None` once it is all.
fn counted_in_part(words: &WordsState) -> Option<(u64, u64)> {
    words.surveyed.rest()
}
