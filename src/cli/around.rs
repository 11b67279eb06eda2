//! The records around those that pass a filter, as they are printed: each once, in file order.

use std::ops::Range;

/// How far records were printed, and how far those behind the last one that passed are still to be.
#[derive(Debug)]
pub struct Around {
    records: u64,
    /// Records before this one are printed or passed over.
    next: u64,
    /// Up to here the last one that passed reaches.
    until: u64,
}

impl Around {
    /// So many records before and after each.
    pub fn new(records: u64) -> Self {
        Self {
            records,
            next: 0,
            until: 0,
        }
    }

    /// What is to be printed now that a record passes.
    pub fn reach(&mut self, record: u64) -> [Range<u64>; 2] {
        let behind = self.rest(record);
        let first = record.saturating_sub(self.records).max(self.next);
        self.next = record + 1;
        self.until = self.next.saturating_add(self.records);
        [behind, first..record + 1]
    }

    /// What is to be printed of the records before `end`, of which none passes any more.
    pub fn rest(&mut self, end: u64) -> Range<u64> {
        let first = self.next;
        self.next = self.next.max(self.until.min(end));
        first..self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is printed of records up to 20 in two steps.
    fn printed(passed: &[u64], records: u64, step: u64) -> Vec<u64> {
        let mut around = Around::new(records);
        let mut out: Vec<u64> = Vec::new();
        for part in [0..step, step..20] {
            for record in passed.iter().filter(|record| part.contains(record)) {
                out.extend(around.reach(*record).into_iter().flatten());
            }
            out.extend(around.rest(part.end));
        }
        out
    }

    #[test]
    fn each_record_is_printed_once_and_in_order() {
        for step in [0, 1, 5, 6, 7, 12, 20] {
            for records in [0, 1, 2, 7, 100] {
                for passed in [&[][..], &[0], &[5], &[5, 6, 9], &[0, 19], &[18, 19]] {
                    let near = |record: &u64| {
                        passed
                            .iter()
                            .any(|it: &u64| it.abs_diff(*record) <= records)
                    };
                    // What comes before a record that passes later was passed over by then.
                    let expected: Vec<u64> = (0..20).filter(near).collect();
                    assert_eq!(
                        printed(passed, records, step),
                        expected,
                        "{passed:?} {records} {step}"
                    );
                }
            }
        }
    }
}
