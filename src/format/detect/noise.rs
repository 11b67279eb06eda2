//! What is no text: a program, a picture, an archive of an unknown kind.
//!
//! Told by the control characters that no text has, several of them on one line: a log may have one or two kinds of its
//! own (FIX separates fields by `\x01`, some handlers end records with a NUL), colours are escape sequences, and what a
//! crash left in a log is few of its lines. Characters beyond ASCII tell nothing: any encoding of text has them.

/// A line with so many different control characters is noise.
const KINDS: u32 = 4;

/// Whether more than half of a sample are lines of noise, by their bytes.
pub(super) fn is_noise(sample: &[u8]) -> bool {
    let lines = sample.split(|byte| *byte == b'\n');
    let noise = lines.filter(|line| kinds(line) >= KINDS).map(<[u8]>::len);
    noise.sum::<usize>() * 2 > sample.len()
}

/// How many different control characters a line has that stand in no text.
fn kinds(line: &[u8]) -> u32 {
    let seen = { line.iter() }
        .filter(|byte| is_odd(**byte))
        .fold(0_u128, |seen, byte| seen | 1 << byte);
    seen.count_ones()
}

/// All control characters but NUL, which pads, and those that terminals know: bell, backspace, tabs, line and page ends,
/// shifts and escape.
fn is_odd(byte: u8) -> bool {
    matches!(byte, 1..=6 | 0x10..=0x1a | 0x1c..=0x1f | 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes without any order.
    fn random(count: usize) -> Vec<u8> {
        let mut state = 7_u64;
        let next = |_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) as u8
        };
        (0..count).map(next).collect()
    }

    #[test]
    fn noise_is_told_from_text() {
        let log = "2026-11-22 10:00:01 INFO app.db: ready\n".repeat(200);
        let with = |more: &[u8]| [log.as_bytes(), more].concat();
        let fix = "8=FIX.4.2\x019=65\x0135=A\x0149=A\x0156=B\x0110=062\x01\n".repeat(50);
        let coloured = "\x1b[32mINFO\x1b[0m \x1b]0;title\x07 done\x08\x0f\x0e\x0b\x0c\n".repeat(50);
        let ended = "INFO app.db: ready\0\n".repeat(50);
        let cp949 = b"2026-11-22 10:00:01 INFO \xc1\xd8\xba\xf1 \x81\x41\n".repeat(50);
        for (text, expected) in [
            (random(300_000), true),
            (random(2_000), true),
            (with(&random(20_000)), true),
            (with(&random(4_000)), false),
            (with(&[0; 20_000]), false),
            (with(b""), false),
            (fix.into_bytes(), false),
            (coloured.into_bytes(), false),
            (ended.into_bytes(), false),
            (cp949, false),
            ("서비스 준비 완료\n".repeat(50).into_bytes(), false),
            (Vec::new(), false),
        ] {
            let start = String::from_utf8_lossy(text.get(..30).unwrap_or(&text)).into_owned();
            assert_eq!(is_noise(&text), expected, "{} of {start:?}", text.len());
        }
    }
}
