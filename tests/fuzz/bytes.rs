//! Bytes that look like records, nearly look like them, or look like nothing.

use timberline::format::spec::FormatSpec;

use super::random::Random;

const SHARDS: &[&[u8]] = &[
    b"2026-11-22 10:00:00,000",
    b"2026-11-22T10:00:00.123456+09:00",
    b"22/Nov/2026:10:00:00 +0000",
    b"Sun Nov 22 10:00:00 2026",
    b"10:00:00",
    b"23:59:61",
    b"2026-02-31 24:00:00,000",
    b"9999-12-31 23:59:59,999",
    b"0000-01-01 00:00:00,000",
    b"1795341600.518",
    b"99999999999999999999",
    b"-1",
    b"1e308",
    b"0x7f",
    b"12,345",
    b"None",
    b"INFO",
    b"WARNING",
    b"W",
    b"warn",
    b"AUDIT",
    b"Level 25",
    b"\xea\xb2\xbd\xea\xb3\xa0",
    b"root",
    b"app.db.pool",
    b"MainThread",
    b"Thread-1 (worker)",
    b"'quoted'",
    b"Traceback (most recent call last):",
    b"Stack (most recent call last):",
    b"  File \"x.py\", line 3, in f",
    b"ValueError: x",
    b"During handling of the above exception, another exception occurred:",
    b"{\"a\": 1}",
    b"key=value",
    b"{\"log\":\"INFO x\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-22T10:00:00Z\"}",
    b"2026-11-22T10:00:00Z stderr P ",
    b"[pod/api/web] ",
    b"api-1 | ",
    b"<34>Nov 22 10:00:00 host app[7]: ",
    b"__CURSOR=x\n__REALTIME_TIMESTAMP=1795341600518000\nMESSAGE=x\n",
    b"\x1b[31m",
    b"\x1b[",
    b"\x1b]8;;",
    b"\xec\xa3",
    b"\xff",
    b"\0",
    b"\xef\xbb\xbf",
    b" ",
    b" ",
    b"        ",
    b"\t",
    b"\n",
    b"\r\n",
    b"\0\n",
    b"[",
    b"]",
    b"(",
    b")",
    b": ",
    b" - ",
    b"\"",
];

/// What a format's own text offers for building records: its pieces between fields.
pub fn words(spec: &FormatSpec) -> Vec<Vec<u8>> {
    let text = spec.to_string();
    let mut words: Vec<Vec<u8>> = text
        .split(|c: char| c.is_alphanumeric() || "%{}$".contains(c))
        .filter(|word| !word.is_empty())
        .map(|word| word.trim_matches(|c| "()".contains(c)).as_bytes().to_vec())
        .collect();
    words.push(b" ".to_vec());
    words
}

/// A record: shards and the format's own pieces in turn, then perhaps some damage.
pub fn record(random: &mut Random, words: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for at in 0..random.below(16) {
        if at % 2 == 1 && !random.once_in(4) {
            // Mostly in the template's own order.
            let word = if random.once_in(3) {
                random.below(words.len())
            } else {
                at / 2 % words.len()
            };
            bytes.extend_from_slice(&words[word]);
        } else {
            bytes.extend_from_slice(random.pick(SHARDS));
        }
    }
    for _ in 0..random.pick(&[0, 0, 0, 1, 3]) {
        damage(random, &mut bytes);
    }
    bytes
}

fn damage(random: &mut Random, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        return;
    }
    let at = random.below(bytes.len());
    match random.below(5) {
        0 => drop(bytes.remove(at)),
        1 => bytes.insert(at, random.below(256) as u8),
        2 => bytes[at] = random.below(256) as u8,
        3 => bytes.truncate(at),
        _ => {
            let piece = bytes[at..].to_vec();
            bytes.extend_from_slice(&piece);
        }
    }
}

/// Some records as lines.
pub fn text(random: &mut Random, words: &[Vec<u8>]) -> Vec<u8> {
    let mut text = Vec::new();
    for _ in 0..random.below(12) {
        text.extend_from_slice(&record(random, words));
        text.extend_from_slice(random.pick(&[b"\n".as_slice(), b"\n", b"\r\n", b""]));
    }
    text
}

/// A query of pieces that mean something, or nearly.
pub fn query(random: &mut Random) -> Vec<u8> {
    const PIECES: &[&str] = &[
        "level",
        "logger",
        "since",
        "message",
        "text",
        "lineno",
        "x",
        "오류",
        "error",
        "app.db",
        "root",
        "none",
        ":",
        ":=",
        "=",
        "!=",
        ">=",
        "<",
        ">",
        "-",
        "NOT ",
        " AND ",
        " OR ",
        "(",
        ")",
        "\"",
        "\\",
        "/",
        "i",
        "c",
        "w",
        "*",
        "**",
        " ",
        " ",
        " ",
        "-1h",
        "10:00",
        "2026-11-22",
        "12ms",
        "500",
        "[",
        ".*",
        "\n",
        "\u{0}",
        "->",
        "://",
    ];
    let length = random.below(16);
    (0..length)
        .flat_map(|_| random.pick(PIECES).bytes())
        .collect()
}
