//! The fields that were found so far.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::Origin;
use super::values::Values;

/// So many different fields are told apart. Of more, those stay that most records have.
pub const MOST_FIELDS: usize = 256;

/// Names of fields by what is known of them.
#[derive(Debug, Clone, Default)]
pub struct Found {
    pub(super) fields: Vec<Field>,
    by_name: FxHashMap<Box<[u8]>, u32>,
    /// The fields of the record before, in their order: those of the next are mostly the same.
    order: Vec<u32>,
    /// Records that were looked at.
    pub(super) records: u64,
    /// Fields were left out.
    pub(super) is_cut: bool,
}

/// What is known of a field.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: Box<[u8]>,
    pub(super) origin: Origin,
    /// Records that have it.
    pub(super) records: u64,
    pub(super) values: Values,
    /// The number of the last record that has it, and whether it has it of its own.
    last: (u64, Origin),
}

/// The fields of one record on their way in.
pub(super) struct Record<'a> {
    found: &'a mut Found,
    /// Fields so far.
    at: usize,
}

impl Found {
    /// The next record.
    pub(super) fn record(&mut self) -> Record<'_> {
        self.records += 1;
        if self.fields.len() > 2 * MOST_FIELDS {
            self.keep_most();
        }
        Record { found: self, at: 0 }
    }

    fn number_of(&mut self, name: &[u8], origin: Origin) -> u32 {
        if let Some(number) = self.by_name.get(name) {
            return *number;
        }
        let number = self.fields.len() as u32;
        self.by_name.insert(name.into(), number);
        self.fields.push(Field {
            name: name.into(),
            origin,
            records: 0,
            values: Values::default(),
            last: (0, origin),
        });
        number
    }

    /// Forgets all but the fields that most records have.
    pub(super) fn keep_most(&mut self) {
        if self.fields.len() <= MOST_FIELDS {
            return;
        }
        self.is_cut = true;
        self.fields.sort_by_key(|field| Reverse(field.records));
        self.fields.truncate(MOST_FIELDS);
        self.order.clear();
        self.by_name = { self.fields.iter().zip(0..) }
            .map(|(field, number)| (field.name.clone(), number))
            .collect();
    }

    /// Nothing, ready for records with these fields.
    pub(super) fn seed(&self) -> Self {
        let field = |field: &Field| Field {
            name: field.name.clone(),
            origin: field.origin,
            records: 0,
            values: field.values.seed(),
            last: (0, field.origin),
        };
        Self {
            fields: self.fields.iter().map(field).collect(),
            by_name: self.by_name.clone(),
            ..Self::default()
        }
    }

    /// Adds the fields of other records.
    pub(super) fn merge(&mut self, other: Self) {
        if self.records == 0 {
            *self = other;
            return;
        }
        self.records += other.records;
        self.is_cut |= other.is_cut;
        for field in other.fields.into_iter().filter(|field| field.records > 0) {
            let number = self.number_of(&field.name, field.origin);
            let Some(known) = self.fields.get_mut(number as usize) else {
                continue;
            };
            known.origin = known.origin.min(field.origin);
            if known.records == 0 {
                known.values = field.values;
            } else {
                known.values.merge(&field.values);
            }
            known.records += field.records;
            // A number of one of the other records.
            known.last = (0, known.origin);
        }
        self.keep_most();
    }
}

impl Record<'_> {
    /// Adds a field of the record. What messages say of a field counts where the record itself has none of that name.
    pub(super) fn add(&mut self, origin: Origin, name: &[u8], value: &[u8]) {
        if value.is_empty() {
            return;
        }
        let found = &mut *self.found;
        let guess = found.order.get(self.at).copied();
        let guess = guess.filter(|number| {
            let field = found.fields.get(*number as usize);
            field.is_some_and(|field| *field.name == *name)
        });
        let number = match guess {
            Some(number) => number,
            None => {
                let number = found.number_of(name, origin);
                found.order.truncate(self.at);
                found.order.push(number);
                number
            }
        };
        self.at += 1;
        let record = found.records;
        let Some(field) = found.fields.get_mut(number as usize) else {
            return;
        };
        let has_already = field.last.0 == record;
        if has_already && origin == Origin::Message && field.last.1 == Origin::Record {
            return;
        }
        if !has_already {
            field.records += 1;
            field.origin = field.origin.min(origin);
            field.last = (record, origin);
        }
        field.values.add(value);
    }
}
