//! The filter in words: chips for its parts, counts per level, how many rows are shown.

use super::offers::{note, offers};
use crate::app::tab::Tab;
use crate::base::lang::tr;
use crate::base::level::{Gravity, LevelId};
use crate::base::text::name;
use crate::base::time::{TimeRange, Timestamp, Zone, ZoneClock, format_time};
use crate::query::lang::{Expr, print, query_of};
use crate::query::spec::{FilterSpec, LoggerTerm, Reach, Sense, TextTerm};
use crate::settings::filters::Filters;
use crate::tr;
use crate::ui::action::ChipId;
use crate::ui::panels::filter_bar::{FilterBarModel, FilterChip};
use crate::ui::panels::filters::{ByTime, FiltersModel};
use crate::ui::panels::levels::{LevelChip, LevelsModel};

/// The rows of filters above the table.
#[must_use]
pub fn filters(tab: Option<&Tab>, kept: &Filters) -> FiltersModel {
    tab.map_or_else(FiltersModel::default, |tab| FiltersModel {
        bar: bar(tab, kept),
        levels: levels(tab),
        labels: { tab.labels.iter() }
            .map(|label| (label.pattern.clone(), label.colour))
            .collect(),
        repeats: tab.manner.collapse.then(|| folded(tab)),
        by_time: tab.manner.by_time.then(|| by_time(tab)),
        around: tab.is_filtered().then_some(tab.manner.around),
    })
}

/// How far rows were looked through for repeats, 0 to 1.
fn folded(tab: &Tab) -> f32 {
    let view = tab.view.as_deref();
    match view.map(|view| (view.collapse, view.folding)) {
        Some((true, None)) => 1.0,
        Some((true, Some((done, total)))) => done as f32 / total.max(1) as f32,
        _ => 0.0,
    }
}

fn by_time(tab: &Tab) -> ByTime {
    let view = tab.view.as_deref().map(|view| &view.shown);
    match view.filter(|shown| shown.is_by_time()) {
        None => ByTime::Sorting,
        Some(shown) if shown.is_as_in_file() => ByTime::AsInFile,
        Some(_) => ByTime::Other,
    }
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
        query: query_of(&tab.filter.spec, &tab.zone()),
        paused: tab.filter.is_paused(),
        has_keys: tab.has_keys,
        problem: tab.filter.mistake().cloned(),
        note: note(tab),
        offers: offers(tab),
        recent: kept.recent.clone(),
        saved: saved
            .map(|it| (it.name.clone(), it.query.clone()))
            .collect(),
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
            hidden: below || rule.hides(&name),
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
    let word = |name: &String| match name.is_empty() {
        true => tr("no level").to_owned(),
        false => name.clone(),
    };
    let shown = spec.levels.shown.iter().map(|name| FilterChip {
        id: ChipId::ShownLevel(name.clone()),
        text: visible(&word(name)),
        tooltip: visible(&tr!(
            "Records of level {shown} are shown",
            shown = word(name)
        )),
        sense: Sense::Include,
        without: None,
    });
    let hidden = spec.levels.hidden.iter().map(|name| FilterChip {
        id: ChipId::HiddenLevel(name.clone()),
        text: visible(&word(name)),
        tooltip: visible(&tr!(
            "Records of level {shown} are hidden",
            shown = word(name)
        )),
        sense: Sense::Exclude,
        without: None,
    });
    at_least.chain(shown).chain(hidden).collect()
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
    let mut show = |time: Timestamp| {
        let shown = format_time(time, &mut clock);
        shown.strip_suffix(".000").unwrap_or(&shown).to_owned()
    };
    let text = match (range.since, range.until) {
        (None, None) => return None,
        (Some(since), None) => tr!("since {time}", time = show(since)),
        (None, Some(until)) => tr!("until {time}", time = show(until)),
        (Some(since), Some(until)) => {
            let (since, until) = (show(since), show(until));
            // A day that both have is said once.
            let day = |time: &str| time.split_once(' ').map(|(day, _)| day.to_owned());
            let until = match day(&since) == day(&until) {
                true => until.split_once(' ').map_or(&*until, |(_, time)| time),
                false => &until,
            };
            tr!("{since} to {until}", since, until)
        }
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
