use super::*;

/// The sample of a text, and how many bytes were read for it.
fn sampled(text: &[u8]) -> (Vec<u8>, u64) {
    let mut bytes = 0;
    let sample = sample_of(text.len() as u64, |range| {
        bytes += range.end - range.start;
        let range = range.start as usize..range.end as usize;
        Ok::<_, ()>(text.get(range).unwrap_or_default().to_vec())
    });
    (sample.unwrap_or_default(), bytes)
}

fn record(len: usize) -> String {
    let padding = "x".repeat(len);
    format!(
        "{{\"timestamp\": \"2026-11-22T10:00:01Z\", \"level\": \"info\", \"message\": \"loaded\", \"body\": \"{padding}\"}}\n"
    )
}

#[test]
fn lines_that_are_longer_than_a_sample_tell_their_format_too() {
    for len in [100, 70_000, 900_000, 3_000_000] {
        let text = record(len).repeat(5);
        let (sample, bytes) = sampled(text.as_bytes());
        let best = detect(&sample, &Zone::Utc).into_iter().next();
        let is_json = |best: Candidate| matches!(&*best.format.extractor, Extractor::Json(_));
        assert!(best.is_some_and(is_json), "{len}");
        assert!(bytes <= SAMPLE_BYTES + (5 << 20), "{len}: {bytes}");
    }
}

#[test]
fn a_sample_of_short_lines_is_pieces_from_all_over() {
    let text = "a line\n".repeat(100_000);
    let (sample, bytes) = sampled(text.as_bytes());
    assert_eq!(bytes, SAMPLE_BYTES);
    assert!(
        sample
            .split_inclusive(|byte| *byte == b'\n')
            .all(|line| line == b"a line\n")
    );
}

#[test]
fn a_line_without_an_end_is_looked_through_so_far() {
    let text = "x".repeat(6 << 20);
    let (sample, bytes) = sampled(text.as_bytes());
    assert_eq!(sample.len() as u64, SAMPLE_BYTES / 3);
    assert!(bytes <= SAMPLE_BYTES + (5 << 20));
    let unfinished = "x".repeat(300_000);
    assert_eq!(sampled(unfinished.as_bytes()).0, unfinished.as_bytes());
}
