//! What is told of fields: how many records have them, what their values are.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use std::sync::Arc;

use super::Origin;
use super::found::{Field, Found, MOST_FIELDS};
use super::numbers::quantile;
use super::values::{Counted, Kept, Values};
use crate::query::number::{Unit, measured};

/// So many of a field's values are told, those that occur most often.
pub const TOP: usize = 50;
/// So many bars a small histogram has at most.
pub const BARS: usize = 24;
/// A field is one of numbers if so many of a hundred of its values are.
const MOSTLY: u64 = 90;

/// The fields of some records.
#[derive(Debug, Clone, Default)]
pub struct FieldsSummary {
    /// Those that most records have first; those of the format before those of messages.
    pub fields: Vec<Arc<FieldSummary>>,
    /// Records that were looked at.
    pub records: u64,
    /// There were more fields than could be told apart.
    pub is_cut: bool,
}

/// One field.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldSummary {
    /// Its name.
    pub name: Arc<str>,
    /// Where it comes from.
    pub origin: Origin,
    /// Records that have it.
    pub records: u64,
    /// How often it has a value: more often than it has records where these name it several times.
    pub occurrences: u64,
    /// How many different values it has.
    pub distinct: Count,
    /// The values that occur most often, the first of them first.
    pub top: Vec<TopValue>,
    /// What the values are like, if nearly all of them are numbers.
    pub numbers: Option<NumbersSummary>,
}

/// A number, and how near the truth it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// It is that.
    Exactly(u64),
    /// It is an estimate: of different values within 5 %, in 19 cases of 20; of how often one occurs within one in 500
    /// of all values.
    About(u64),
}

impl Count {
    /// The number.
    #[must_use]
    pub fn number(self) -> u64 {
        match self {
            Self::Exactly(number) | Self::About(number) => number,
        }
    }
}

/// A value that occurs often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopValue {
    /// The value, or its beginning.
    pub text: Box<str>,
    /// How often.
    pub count: Count,
    /// There is more of it.
    pub is_cut: bool,
}

/// Numbers, those with a unit in seconds or bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct NumbersSummary {
    /// What they count.
    pub unit: Unit,
    /// How many there are.
    pub count: u64,
    /// The least, exact.
    pub least: f64,
    /// The median: exact of up to [`super::EXACT`] different values, of more within 1 %.
    pub median: f64,
    /// The number below which 95 of 100 lie; as exact.
    pub p95: f64,
    /// The most, exact.
    pub most: f64,
    /// How many lie where, in equal steps or, where numbers are of many sizes, in equal factors.
    pub bars: Vec<Bar>,
}

/// A bar of a histogram.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// From which number on.
    pub from: f64,
    /// Up to which, which is in the next bar, but for the last one's.
    pub to: f64,
    /// How many lie there; at a bar's ends within 1 % of the numbers' places.
    pub count: u64,
}

impl FieldsSummary {
    /// The same with the fields of an earlier one first, in its order: what somebody looks at stays where it is.
    #[must_use]
    pub fn in_order_of(&self, earlier: &Self) -> Self {
        let names = earlier.fields.iter().map(|field| &*field.name);
        let places: HashMap<&str, usize> = names.zip(0..).collect();
        let place = |field: &Arc<FieldSummary>| places.get(&*field.name).copied();
        let mut fields = self.fields.clone();
        fields.sort_by_key(|field| place(field).unwrap_or(usize::MAX));
        Self {
            fields,
            records: self.records,
            is_cut: self.is_cut,
        }
    }
}

impl Found {
    /// What is told of it.
    #[must_use]
    pub fn summary(&self) -> FieldsSummary {
        let mut fields: Vec<_> = { self.fields.iter() }
            .filter(|field| field.records > 0)
            .map(|field| Arc::new(summary(field)))
            .collect();
        fields.sort_by_key(|field| Reverse(field.records));
        let is_cut = self.is_cut || fields.len() > MOST_FIELDS;
        fields.truncate(MOST_FIELDS);
        fields.sort_by(|one, other| {
            let key = |field: &FieldSummary| (field.origin, Reverse(field.records));
            key(one)
                .cmp(&key(other))
                .then_with(|| one.name.cmp(&other.name))
        });
        FieldsSummary {
            fields,
            records: self.records,
            is_cut,
        }
    }
}

impl Found {
    /// The names of the fields, those of the format first, those that most records have before others.
    #[must_use]
    pub fn names(&self) -> Vec<Arc<str>> {
        let there = self.fields.iter().filter(|field| field.records > 0);
        let mut fields: Vec<&Field> = there.collect();
        fields.sort_by_key(|field| (field.origin, Reverse(field.records)));
        let name = |field: &Field| String::from_utf8_lossy(&field.name).into();
        fields.into_iter().map(name).collect()
    }

    /// The most frequent ones of the values of a field, named in any case, for which this holds.
    #[must_use]
    pub fn values_of(&self, name: &str, holds: impl Fn(&str) -> bool) -> Vec<TopValue> {
        let named = |field: &&Field| field.name.eq_ignore_ascii_case(name.as_bytes());
        let field = self.fields.iter().find(named);
        let fits = |value: &Kept<'_>| holds(&String::from_utf8_lossy(value.text));
        field.map_or_else(Vec::new, |field| top(&field.values, false, fits))
    }
}

/// The values that occur most often among those for which this holds.
fn top(values: &Values, numbers: bool, holds: impl Fn(&Kept<'_>) -> bool) -> Vec<TopValue> {
    let short = values.short();
    let often = values.kept().filter(|value| value.count > short);
    let mut top: Vec<_> = often.filter(|value| holds(value)).collect();
    let order = |one: &Kept<'_>, other: &Kept<'_>| {
        let count = other.count.cmp(&one.count);
        count.then_with(|| in_order(one.text, other.text, numbers))
    };
    if top.len() > TOP {
        top.select_nth_unstable_by(TOP, order);
        top.truncate(TOP);
    }
    top.sort_by(order);
    { top.into_iter() }
        .map(|value| TopValue {
            text: String::from_utf8_lossy(value.text).into(),
            count: match short {
                0 => Count::Exactly(value.count),
                _ => Count::About(value.count + short / 2),
            },
            is_cut: value.is_cut,
        })
        .collect()
}

fn summary(field: &Field) -> FieldSummary {
    let values = &field.values;
    let (distinct, exact) = values.distinct();
    let numbers = values.numbers();
    let count: u64 = numbers.numbers.iter().map(|(_, count)| count).sum();
    let mostly = count * 100 >= values.occurrences() * MOSTLY;
    FieldSummary {
        name: String::from_utf8_lossy(&field.name).into(),
        origin: field.origin,
        records: field.records,
        occurrences: values.occurrences(),
        distinct: match exact {
            true => Count::Exactly(distinct),
            false => Count::About(distinct),
        },
        top: top(values, mostly, |_| true),
        numbers: numbers_summary(&numbers).filter(|_| mostly),
    }
}

/// Values that occur equally often: numbers by size, others by text.
fn in_order(one: &[u8], other: &[u8], numbers: bool) -> Ordering {
    let both = || measured(one).zip(measured(other));
    let by_size = numbers.then(both).flatten();
    by_size.map_or_else(
        || one.cmp(other),
        |((one, _), (other, _))| one.total_cmp(&other),
    )
}

fn numbers_summary(counted: &Counted) -> Option<NumbersSummary> {
    let (least, most) = counted.ends?;
    let quantile =
        |part| quantile(counted.numbers.iter().copied(), part).map(|it| it.clamp(least, most));
    Some(NumbersSummary {
        unit: counted.unit,
        count: counted.numbers.iter().map(|(_, count)| count).sum(),
        least,
        median: quantile(0.5)?,
        p95: quantile(0.95)?,
        most,
        bars: bars(&counted.numbers, least, most),
    })
}

/// Numbers of more sizes than this are shown in equal factors.
const SIZES: f64 = 200.0;

/// The numbers between the least and the most in equal steps or factors.
fn bars(numbers: &[(f64, u64)], least: f64, most: f64) -> Vec<Bar> {
    let low = quantile(numbers.iter().copied(), 0.01).unwrap_or(least);
    let factors = low > 0.0 && most / low > SIZES;
    // Where a few are far from the rest, those that are not 0 begin the factors.
    let start = if factors { low } else { least };
    let edge = |bar: usize| {
        let part = bar as f64 / BARS as f64;
        match (bar, factors) {
            (0, _) => least,
            (BARS, _) => most,
            (_, true) => start * (most / start).powf(part),
            (_, false) => least + (most - least) * part,
        }
    };
    if least >= most {
        return vec![Bar {
            from: least,
            to: most,
            count: numbers.iter().map(|(_, count)| count).sum(),
        }];
    }
    let mut bars: Vec<Bar> = (0..BARS)
        .map(|bar| Bar {
            from: edge(bar),
            to: edge(bar + 1),
            count: 0,
        })
        .collect();
    for (number, count) in numbers {
        let number = number.clamp(least, most);
        let at = bars.partition_point(|bar| bar.from <= number);
        if let Some(bar) = bars.get_mut(at.saturating_sub(1)) {
            bar.count += count;
        }
    }
    bars
}
