//! The filter in words: chips for its parts, counts per level, how many rows are shown.

use crate::app::tab::Tab;
use crate::base::lang::tr;
use crate::base::level::{Gravity, LevelId};
use crate::base::text::name;
use crate::base::time::{TimeRange, Timestamp, Zone, ZoneClock, format_time};
use crate::query::lang::{
    Expr, at_cursor, begins_with, is_field, keyword, moments, names, next_steps, print,
};
use crate::query::spec::{FilterSpec, LoggerTerm, Reach, Sense, TextTerm};
use crate::settings::filters::Filters;
use crate::tr;
use crate::ui::action::ChipId;
use crate::ui::panels::filter_bar::{FilterBarModel, FilterChip, Offer, Offers};
use crate::ui::panels::filters::FiltersModel;
use crate::ui::panels::levels::{LevelChip, LevelsModel};

/// The rows of filters above the table.
#[must_use]
pub fn filters(tab: Option<&Tab>, kept: &Filters) -> FiltersModel {
    tab.map_or_else(FiltersModel::default, |tab| FiltersModel {
        bar: bar(tab, kept),
        levels: levels(tab),
    })
}

fn bar(tab: &Tab, kept: &Filters) -> FilterBarModel {
    let saved = kept.saved.iter();
    let view = tab.view.as_deref();
    let running = view
        .filter(|_| tab.is_filtered())
        .filter(|view| !view.complete || view.ticket < tab.filter.ticket);
    FilterBarModel {
        enabled: tab.source.is_some(),
        shown: tab.shown_count(),
        total: tab
            .source
            .as_ref()
            .map_or(0, |source| source.snapshot.len()),
        progress: running.map(|view| view.blocks_done as f32 / view.blocks_total.max(1) as f32),
        chips: pinned(tab),
        paused: tab.filter.is_paused(),
        problem: tab.filter.mistake().cloned(),
        note: unknown_field(tab),
        offers: offers(tab),
        recent: kept.recent.clone(),
        saved: saved
            .map(|it| (it.name.clone(), it.query.clone()))
            .collect(),
    }
}

/// Where nothing is shown: that the filter asks for a field that the format does not have.
fn unknown_field(tab: &Tab) -> Option<String> {
    let source = tab.source.as_deref().filter(|_| tab.shown_count() == 0)?;
    let columns = source.format.extractor.columns();
    let filter = tab.filter.effective();
    let mut names = filter.fields().into_iter();
    let name = visible(names.find(|name| !is_field(name, columns))?);
    Some(tr!(
        "The format has no field {name}: only {name}=... in messages is found. Quotes make a text of it",
        name
    ))
}

/// Most words that are offered while one types.
const OFFERS: usize = 8;

/// What could be typed at the cursor of the box.
fn offers(tab: &Tab) -> Offers {
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
            let mut items: Vec<Offer> = names(&at.typed, fields).into_iter().map(offer).collect();
            items.extend(prefixed("level", levels(&at.typed)));
            items.extend(prefixed("logger", loggers(&at.typed)));
            items
        }
        Some(field) => match keyword(field) {
            Some("level") => levels(&at.typed).into_iter().map(counted).collect(),
            Some("logger") => loggers(&at.typed).into_iter().map(counted).collect(),
            Some("since" | "until") => moments(&at.typed).into_iter().map(offer).collect(),
            _ => Vec::new(),
        },
    };
    if matches!(items.as_slice(), [only] if only.text == at.typed) {
        items.clear();
    }
    items.truncate(OFFERS);
    Offers {
        range: at.range,
        items,
    }
}

fn levels(tab: &Tab) -> LevelsModel {
    let rule = tab.filter.effective().levels;
    let Some(source) = &tab.source else {
        return LevelsModel::default();
    };
    let table = &source.snapshot.levels;
    let least = rule
        .at_least
        .as_deref()
        .and_then(|name| table.find(name))
        .map(|id| table.rank(id));
    let filtered = tab.is_filtered();
    let chip = |id: LevelId| {
        let name = table.name(id).to_owned();
        let below = least.is_some_and(|least| table.rank(id) < least);
        LevelChip {
            gravity: table.gravity(id),
            total: source.snapshot.stats.level(id),
            matching: filtered.then(|| tab.view.as_ref().map_or(0, |view| view.tally.level(id))),
            hidden: below || rule.hidden.contains(&name),
            name,
        }
    };
    let occurs = |id: &LevelId| source.snapshot.stats.level(*id) > 0;
    let levels: Vec<_> = table
        .ids_by_rank()
        .into_iter()
        .filter(occurs)
        .map(chip)
        .collect();
    let only_none = levels.iter().all(|level| level.gravity == Gravity::None);
    LevelsModel {
        levels: if only_none { Vec::new() } else { levels },
        at_least: rule.at_least.clone(),
    }
}

/// The chips of everything but the text being typed.
fn pinned(tab: &Tab) -> Vec<FilterChip> {
    let spec = &tab.filter.spec;
    let mut chips = level_chips(spec);
    chips.extend(
        spec.loggers
            .include
            .iter()
            .map(|term| logger_chip(term, Sense::Include)),
    );
    chips.extend(
        spec.loggers
            .exclude
            .iter()
            .map(|term| logger_chip(term, Sense::Exclude)),
    );
    chips.extend(time_chip(&spec.time, &tab.zone()));
    chips.extend(
        spec.text
            .iter()
            .enumerate()
            .map(|(index, term)| text_chip(ChipId::Text(index), term)),
    );
    let zone = tab.zone();
    let more = spec.more.iter().enumerate();
    chips.extend(more.map(|(index, part)| part_chip(index, part, &zone)));
    chips
}

/// All chips, the text being typed included.
pub(super) fn with_draft(tab: &Tab) -> Vec<FilterChip> {
    let mut chips = pinned(tab);
    chips.extend(
        tab.filter
            .draft
            .as_ref()
            .map(|term| text_chip(ChipId::DraftText, term)),
    );
    chips
}

fn visible(text: &str) -> String {
    name(text).into_owned()
}

fn level_chips(spec: &FilterSpec) -> Vec<FilterChip> {
    let at_least = spec.levels.at_least.iter().map(|name| FilterChip {
        id: ChipId::AtLeast,
        text: visible(&tr!("{word} and above", word = name)),
        tooltip: visible(&tr!(
            "Only records of level {name} and above are shown",
            name
        )),
        sense: Sense::Include,
        without: None,
    });
    let hidden = spec.levels.hidden.iter().map(|name| {
        let shown = if name.is_empty() {
            tr("no level")
        } else {
            name
        };
        FilterChip {
            id: ChipId::HiddenLevel(name.clone()),
            text: visible(shown),
            tooltip: visible(&tr!("Records of level {shown} are hidden", shown)),
            sense: Sense::Exclude,
            without: None,
        }
    });
    at_least.chain(hidden).collect()
}

fn logger_chip(term: &LoggerTerm, sense: Sense) -> FilterChip {
    let name = if term.name.is_empty() {
        "root"
    } else {
        &term.name
    };
    let tooltip = match (term.reach, sense) {
        (Reach::Subtree, Sense::Include) => {
            tr!("Records of {name} and the loggers below it are shown", name)
        }
        (Reach::Subtree, Sense::Exclude) => {
            tr!(
                "Records of {name} and the loggers below it are hidden",
                name
            )
        }
        (Reach::Only, Sense::Include) => {
            tr!(
                "Records of {name} without the loggers below it are shown",
                name
            )
        }
        (Reach::Only, Sense::Exclude) => {
            tr!(
                "Records of {name} without the loggers below it are hidden",
                name
            )
        }
    };
    let id = match sense {
        Sense::Include => ChipId::Logger(term.clone()),
        Sense::Exclude => ChipId::ExcludedLogger(term.clone()),
    };
    let text = match term.reach {
        Reach::Only => tr!("{name} only", name),
        Reach::Subtree => name.to_owned(),
    };
    FilterChip {
        id,
        text: visible(&text),
        tooltip: visible(&tooltip),
        sense,
        without: None,
    }
}

fn time_chip(range: &TimeRange, zone: &Zone) -> Option<FilterChip> {
    let mut clock = ZoneClock::new(zone);
    let mut show = |time: Timestamp| format_time(time, &mut clock);
    let text = match (range.since, range.until) {
        (None, None) => return None,
        (Some(since), None) => tr!("since {time}", time = show(since)),
        (None, Some(until)) => tr!("until {time}", time = show(until)),
        (Some(since), Some(until)) => tr!(
            "{since} to {until}",
            since = show(since),
            until = show(until)
        ),
    };
    let tooltip = tr!("Only records {text} are shown", text);
    Some(FilterChip {
        id: ChipId::Time,
        text,
        tooltip,
        sense: Sense::Include,
        without: None,
    })
}

/// A part of a query that no other chip can say.
fn part_chip(index: usize, part: &Expr, zone: &Zone) -> FilterChip {
    let (part, sense) = match part {
        Expr::Not(inner) => (&**inner, Sense::Exclude),
        other => (other, Sense::Include),
    };
    let query = print(part, zone);
    let tooltip = match sense {
        Sense::Include => tr!("Records that pass the query {query} are shown", query),
        Sense::Exclude => tr!("Records that pass the query {query} are hidden", query),
    };
    FilterChip {
        id: ChipId::Part(index),
        text: visible(&query),
        tooltip: visible(&tooltip),
        sense,
        without: None,
    }
}

fn text_chip(id: ChipId, term: &TextTerm) -> FilterChip {
    let pattern = &term.pattern;
    let mut notes = Vec::new();
    notes.extend(pattern.case_sensitive.then_some(tr("case matters")));
    notes.extend(pattern.whole_word.then_some(tr("whole words")));
    let notes = if notes.is_empty() {
        String::new()
    } else {
        format!(" ({})", notes.join(", "))
    };
    let text = if pattern.regex {
        format!("/{}/", pattern.text)
    } else {
        pattern.text.clone()
    };
    let quoted = &pattern.text;
    let tooltip = match (pattern.regex, term.sense) {
        (false, Sense::Include) => {
            tr!(
                "Records that contain “{quoted}”{notes} are shown",
                quoted,
                notes
            )
        }
        (false, Sense::Exclude) => {
            tr!(
                "Records that contain “{quoted}”{notes} are hidden",
                quoted,
                notes
            )
        }
        (true, Sense::Include) => {
            tr!(
                "Records that match the expression “{quoted}”{notes} are shown",
                quoted,
                notes
            )
        }
        (true, Sense::Exclude) => {
            tr!(
                "Records that match the expression “{quoted}”{notes} are hidden",
                quoted,
                notes
            )
        }
    };
    FilterChip {
        id,
        text: visible(&text),
        tooltip: visible(&tooltip),
        sense: term.sense,
        without: None,
    }
}
