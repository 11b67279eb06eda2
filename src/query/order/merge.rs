//! Sorting of rows by their moments: runs first, then merged two by two, so that it can be stopped soon at any time, and
//! costs little where long runs are in order.

/// Rows of a run, and rows that are merged between two looks at the token.
const RUN: usize = 1 << 16;

/// The rows `0..keys.len()` by their keys, those of the same key by their numbers; `None` once `stop` says so.
pub(super) fn sorted(keys: &[i64], mut stop: impl FnMut() -> bool) -> Option<Vec<u32>> {
    let len = u32::try_from(keys.len()).ok()?;
    let mut rows: Vec<u32> = (0..len).collect();
    for run in rows.chunks_mut(RUN) {
        if stop() {
            return None;
        }
        run.sort_by_key(|row| key(keys, *row));
    }
    let mut merged = vec![0; if rows.len() > RUN { rows.len() } else { 0 }];
    let mut width = RUN;
    while width < rows.len() {
        let pairs = rows.chunks(2 * width);
        for (pair, out) in pairs.zip(merged.chunks_mut(2 * width)) {
            let (left, right) = pair.split_at(width.min(pair.len()));
            merge(keys, (left, right), out, &mut stop)?;
        }
        std::mem::swap(&mut rows, &mut merged);
        width *= 2;
    }
    Some(rows)
}

/// Merges two sorted runs into `out`, which is as long as both; what is equal is taken from the left first.
fn merge(
    keys: &[i64],
    (mut left, mut right): (&[u32], &[u32]),
    mut out: &mut [u32],
    stop: &mut impl FnMut() -> bool,
) -> Option<()> {
    while let (Some(first), Some(last)) = (right.first(), left.last())
        && key(keys, *last) > key(keys, *first)
    {
        if stop() {
            return None;
        }
        let (now, rest) = out.split_at_mut_checked(RUN.min(out.len()))?;
        out = rest;
        for cell in now {
            let from_left = match (left.first(), right.first()) {
                (Some(one), Some(other)) => key(keys, *one) <= key(keys, *other),
                (one, _) => one.is_some(),
            };
            let side = if from_left { &mut left } else { &mut right };
            if let Some((first, rest)) = side.split_first() {
                *cell = *first;
                *side = rest;
            }
        }
    }
    let (from_left, from_right) = out.split_at_mut_checked(left.len())?;
    from_left.copy_from_slice(left);
    from_right.copy_from_slice(right);
    Some(())
}

fn key(keys: &[i64], row: u32) -> Option<i64> {
    keys.get(row as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_as_the_library_does() {
        let mixed = |row: usize| (row.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as i64 % 1_000;
        let kinds: [&dyn Fn(usize) -> i64; 4] = [
            &mixed,
            &|row| row as i64,
            &|row| -(row as i64 / 3),
            &|row| (row % (RUN + 7)) as i64,
        ];
        for len in [0, 1, 2, RUN, RUN + 1, 3 * RUN - 1, 5 * RUN + 100] {
            for kind in kinds {
                let keys: Vec<i64> = (0..len).map(kind).collect();
                let mut expected: Vec<u32> = (0..len as u32).collect();
                expected.sort_by_key(|row| key(&keys, *row));
                assert!(sorted(&keys, || false) == Some(expected), "{len}");
            }
        }
    }

    #[test]
    fn sorting_stops_when_told() {
        let keys: Vec<i64> = (0..4 * RUN as i64).rev().collect();
        for most in 0..8 {
            let mut asked = 0;
            let stop = || {
                asked += 1;
                asked > most
            };
            assert_eq!(sorted(&keys, stop), None, "{most}");
        }
    }
}
