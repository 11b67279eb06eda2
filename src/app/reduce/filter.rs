//! What is shown. Every change makes one new request; the old view stays until the new one is real.

use super::levels::Levels;
use crate::app::state::State;
use crate::app::tab::Tab;
use crate::base::level::LevelId;
use crate::base::problem::Problem;
use crate::base::time::{TimeRange, Zone};
use crate::engine::{FilterRequest, Phase, SourceState, shown_columns};
use crate::query::columns;
use crate::query::lang::{Moments, QueryError, bind, bind_moving, column_at, parse, query_of};
use crate::query::spec::{FilterSpec, LevelRule, LoggerRule, LoggerTerm, Reach, TextTerm};
use crate::settings::filters::SavedFilter;
use crate::ui::action::{ChipId, LoggerClick, SelectHow};

/// Changes the pinned filter of the shown tab and asks for the view.
fn change(state: &mut State, edit: impl FnOnce(&mut FilterSpec)) {
    let Some(tab) = state.tab_mut() else { return };
    pin_clickable(tab);
    tab.filter.go_on();
    edit(&mut tab.filter.spec);
    request(tab);
}

/// A click on a level that the box hides is to show it: what the box says becomes chips first.
pub(super) fn pin_clickable(tab: &mut Tab) {
    if tab.filter.draft_is_clickable() && tab.filter.keep_draft() {
        tab.filters.bar.clear();
    }
}

/// Asks the engine for what the tab's filter says now.
pub fn request(tab: &mut Tab) {
    // "Between" means other records under another filter, so only the focused one stays chosen.
    if let Some(focus) = tab.selection.focus() {
        tab.select(focus, SelectHow::Replace);
    }
    send(tab, false);
}

fn send(tab: &mut Tab, renews: bool) {
    tab.filter.ticket = tab.filter.ticket.next();
    let zone = tab.zone();
    let moments = moments(tab, &zone);
    let spec = tab.filter.settle(&moments).clone();
    let anchor = tab.anchor_record();
    tab.handle.set_filter(FilterRequest {
        ticket: tab.filter.ticket,
        spec,
        anchor,
        renews,
    });
}

/// Goes along with the end of a log that goes on, where the filter counts moments from there: in steps, one after the other,
/// and once for all that is there when the log is opened. The rows and what is chosen of them stay where they are.
pub fn go_along(tab: &mut Tab) {
    let is_read = { tab.source.as_ref() }
        .is_some_and(|source| !matches!(source.phase, Phase::Opening | Phase::Indexing(_)));
    let is_shown = { tab.view.as_ref() }.is_some_and(|view| view.ticket == tab.filter.ticket);
    let zone = tab.zone();
    if is_read && is_shown && tab.filter.is_behind(&moments(tab, &zone)) {
        send(tab, true);
    }
}

/// Everything around the record that is looked at, or what the filter leaves again; the place is kept.
pub fn toggle_context(state: &mut State) {
    let Some(tab) = state.tab_mut() else { return };
    if tab.filter.toggle_pause() {
        tab.follow = crate::app::tab::Follow::Free;
        request(tab);
    }
}

pub fn hide_level(state: &mut State, name: String, hidden: bool) {
    let source = state.tab().and_then(|tab| tab.source.clone());
    let Some(snapshot) = source.as_ref().map(|source| &source.snapshot) else {
        return;
    };
    let occurring: Vec<LevelId> = snapshot.stats.levels().map(|(level, _)| level).collect();
    let levels = Levels {
        table: &snapshot.levels,
        occurring: &occurring,
    };
    change(state, |spec| levels.hide(&mut spec.levels, name, hidden));
}

pub fn at_least(state: &mut State, name: Option<String>) {
    change(state, |spec| {
        spec.levels = LevelRule {
            at_least: name,
            ..LevelRule::default()
        }
    });
}

pub fn all_levels(state: &mut State) {
    change(state, |spec| spec.levels = LevelRule::default());
}

pub fn only_level(state: &mut State, name: String) {
    change(state, |spec| spec.levels = LevelRule::only(name));
}

pub fn logger(state: &mut State, name: String, how: LoggerClick) {
    let reach = if how == LoggerClick::Only {
        Reach::Only
    } else {
        Reach::Subtree
    };
    let term = LoggerTerm { name, reach };
    change(state, |spec| match how {
        LoggerClick::Add => toggle_include(&mut spec.loggers, term),
        LoggerClick::Solo | LoggerClick::Only => solo(&mut spec.loggers, term),
    });
}

/// Shows one term alone; when it is alone already, or is the whole tree, shows everything.
fn solo(rule: &mut LoggerRule, term: LoggerTerm) {
    let everything = term.name.is_empty() && term.reach == Reach::Subtree;
    let alone = rule.include.len() == 1 && rule.include.contains(&term) && rule.exclude.is_empty();
    *rule = LoggerRule::default();
    if !alone && !everything {
        rule.include.insert(term);
    }
}

fn toggle_include(rule: &mut LoggerRule, term: LoggerTerm) {
    rule.exclude.retain(|excluded| excluded.name != term.name);
    if !rule.include.remove(&term) {
        rule.include.insert(term);
    }
}

pub fn exclude_logger(state: &mut State, name: String, excluded: bool) {
    change(state, |spec| {
        let term = LoggerTerm {
            name,
            reach: Reach::Subtree,
        };
        if excluded {
            spec.loggers.include.remove(&term);
            spec.loggers.exclude.insert(term);
        } else {
            spec.loggers.exclude.remove(&term);
        }
    });
}

pub fn clear_loggers(state: &mut State) {
    change(state, |spec| spec.loggers = LoggerRule::default());
}

pub fn add_text(state: &mut State, term: TextTerm) {
    change(state, |spec| {
        if !spec.text.contains(&term) {
            spec.text.push(term);
        }
    });
}

pub fn draft(state: &mut State, term: Option<TextTerm>) {
    let Some(tab) = state.tab_mut() else { return };
    let zone = tab.zone();
    if set_draft(tab, term, &zone) {
        request(tab);
    }
}

fn set_draft(tab: &mut Tab, term: Option<TextTerm>, zone: &Zone) -> bool {
    let (source, words) = (tab.source.clone(), tab.fields.words.clone());
    let is_field = |name: &str| {
        let columns = source
            .as_ref()
            .map(|source| source.format.extractor.columns());
        let names = words.iter().flat_map(|words| &words.names);
        columns.is_some_and(|columns| column_at(name, columns).is_some())
            || names.into_iter().any(|known| **known == *name)
    };
    let moments = moments(tab, zone);
    tab.filter.set_draft(term, &moments, is_field)
}

/// Pins what is in the box, and remembers it.
pub fn keep_draft(state: &mut State) {
    let Some(tab) = state.tab_mut() else { return };
    let query = tab
        .filter
        .draft
        .as_ref()
        .map(|term| term.pattern.text.clone());
    if !tab.filter.keep_draft() {
        return;
    }
    tab.filter.go_on();
    tab.filters.bar.clear();
    request(tab);
    if let Some(query) = query {
        state.settings.filters.remember(&query);
        state.settings_changed();
    }
}

/// Narrows the filter to what passes a query, which the program made.
pub fn narrow(state: &mut State, query: &str) {
    if let Some(asked) = asked(state, query) {
        change(state, |spec| spec.narrow(&asked));
    }
}

/// What a query asks for that the program made.
pub(super) fn asked(state: &mut State, query: &str) -> Option<FilterSpec> {
    let tab = state.tab()?;
    let zone = tab.zone();
    let moments = moments(tab, &zone);
    match parse(query).and_then(|parsed| bind(&parsed, &moments)) {
        Ok(asked) => Some(asked),
        Err(error) => {
            state.tell(unusable(&error));
            None
        }
    }
}

/// Removes what the filter says about a column, in the box too.
pub fn clear_column(state: &mut State, key: &str) {
    let Some(tab) = state.tab_mut() else { return };
    let Some(source) = &tab.source else { return };
    let all = shown_columns(&source.format);
    let Some(column) = all.iter().find(|column| &*column.name == key) else {
        return;
    };
    if tab.filter.keep_draft() {
        tab.filters.bar.clear();
    }
    change(state, |spec| columns::clear(spec, column, &all));
}

/// Pins another filter in place of the one that is.
pub(super) fn replace(state: &mut State, by: FilterSpec) {
    change(state, |spec| *spec = by);
}

/// Shows what passes a query and nothing else; it stands in the box.
pub fn use_query(state: &mut State, query: String) {
    let Some(tab) = state.tab_mut() else { return };
    tab.filter.spec = FilterSpec::default();
    tab.filter.clear_draft();
    tab.filter.go_on();
    tab.filters.bar.put(query);
    let term = tab.filters.bar.term();
    let zone = tab.zone();
    set_draft(tab, term, &zone);
    request(tab);
}

/// Takes all parts of the filter into the box.
pub fn edit_as_text(state: &mut State) {
    let Some(tab) = state.tab() else { return };
    let query = as_text(tab);
    use_query(state, query);
}

/// The filter as a query.
pub fn as_text(tab: &Tab) -> String {
    query_of(&tab.filter.whole(), &tab.zone())
}

/// The filter as the session keeps it: a query, empty for everything.
pub(in crate::app) fn kept(tab: &Tab) -> String {
    match &tab.kept_filter {
        // Not taken back yet.
        Some(query) => query.clone(),
        None if tab.filter.whole().is_everything() => String::new(),
        None => as_text(tab),
    }
}

/// Takes the filter back that the log had when it was closed, as soon as it is known in which zone its times are meant;
/// what there is to tell where it was changed by hand and is no query.
pub(in crate::app) fn recall(tab: &mut Tab) -> Option<Problem> {
    let is_read = |source: &SourceState| source.snapshot.indexed_bytes > 0;
    let query = tab
        .kept_filter
        .take_if(|_| tab.source.as_deref().is_some_and(is_read))?;
    let zone = tab.zone();
    let read = parse(&query).and_then(|parsed| bind_moving(&parsed, &moments(tab, &zone)));
    match read {
        Ok(asked) => {
            tab.filter.spec.narrow(&asked);
            request(tab);
            None
        }
        Err(error) => Some(unusable(&error).path(&tab.path)),
    }
}

/// Keeps the filter under a name.
pub fn save(state: &mut State, name: String) {
    let Some(tab) = state.tab() else { return };
    let query = as_text(tab);
    state.settings.filters.save(name, query);
    state.settings_changed();
}

/// Asks for a file with saved filters.
pub fn import(state: &mut State) {
    state.importing_filters |= state.files.ask(None, state.waker());
}

/// Takes saved filters over, in place of others of their names; those that are no query are told.
pub fn take_saved(state: &mut State, filters: &[SavedFilter]) {
    for SavedFilter { name, query } in filters {
        match parse(query) {
            Ok(_) => state.settings.filters.save(name.clone(), query.clone()),
            Err(error) => state.tell(unusable(&error)),
        }
    }
    state.settings_changed();
}

/// Forgets a saved filter.
pub fn delete(state: &mut State, name: &str) {
    state.settings.filters.delete(name);
    state.settings_changed();
}

fn unusable(error: &QueryError) -> Problem {
    Problem::error("The query cannot be used")
        .hint(error.hint.clone())
        .detail(error.message.clone())
}

/// What moments of a query about a log are counted from.
pub fn moments<'a>(tab: &Tab, zone: &'a Zone) -> Moments<'a> {
    let source = tab.source.as_ref();
    Moments {
        zone,
        now: super::go::now(),
        end: source.and_then(|source| source.snapshot.stats.latest),
    }
}

pub fn remove_text(state: &mut State, index: usize) {
    change(state, |spec| {
        if index < spec.text.len() {
            spec.text.remove(index);
        }
    });
}

pub fn time(state: &mut State, range: TimeRange) {
    change(state, |spec| {
        spec.stand_still();
        spec.time = range;
    });
}

pub fn remove_chip(state: &mut State, chip: &ChipId) {
    if *chip == ChipId::DraftText {
        return clear_draft(state);
    }
    change(state, |spec| match chip {
        ChipId::AtLeast => spec.levels.at_least = None,
        ChipId::ShownLevel(name) => {
            spec.levels.shown.remove(name);
        }
        ChipId::HiddenLevel(name) => {
            spec.levels.hidden.remove(name);
        }
        ChipId::Logger(term) => {
            spec.loggers.include.remove(term);
        }
        ChipId::ExcludedLogger(term) => {
            spec.loggers.exclude.remove(term);
        }
        ChipId::Time => spec.time = TimeRange::default(),
        ChipId::Text(index) => {
            if *index < spec.text.len() {
                spec.text.remove(*index);
            }
        }
        ChipId::Part(index) => {
            if *index < spec.more.len() {
                spec.more.remove(*index);
            }
        }
        ChipId::DraftText => {}
    });
}

fn clear_draft(state: &mut State) {
    if let Some(tab) = state.tab_mut() {
        tab.clear_draft();
        request(tab);
    }
}

pub fn clear(state: &mut State) {
    if let Some(tab) = state.tab_mut() {
        tab.filter.go_on();
        tab.clear_draft();
        tab.filter.spec = FilterSpec::default();
        request(tab);
    }
}
