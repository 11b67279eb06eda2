//! Runs of letters and digits: which of them are words, which vary.

use super::{Class, Writer, class};

/// Words that have digits in them, in small letters, sorted.
const WORDS: [&[u8]; 62] = [
    b"amd64",
    b"arm64",
    b"b2b",
    b"b2c",
    b"base64",
    b"bf16",
    b"bfloat16",
    b"bzip2",
    b"cp949",
    b"crc32",
    b"ec2",
    b"e2e",
    b"float16",
    b"float32",
    b"float64",
    b"fp16",
    b"fp32",
    b"fp64",
    b"fp8",
    b"gpt2",
    b"gpt3",
    b"gpt4",
    b"h264",
    b"h265",
    b"http1",
    b"http2",
    b"http3",
    b"i18n",
    b"int16",
    b"int32",
    b"int64",
    b"int8",
    b"ipv4",
    b"ipv6",
    b"k8s",
    b"l10n",
    b"latin1",
    b"log4j",
    b"md5",
    b"mp3",
    b"mp4",
    b"n8n",
    b"oauth2",
    b"p2p",
    b"psycopg2",
    b"psycopg3",
    b"python2",
    b"python3",
    b"s3",
    b"sha1",
    b"sha256",
    b"sha512",
    b"tf2",
    b"uint16",
    b"uint32",
    b"uint64",
    b"uint8",
    b"utf16",
    b"utf8",
    b"v1",
    b"v2",
    b"x86",
];

/// Longest of [`WORDS`].
const LONGEST_WORD: usize = 8;

/// From so many hexadecimal digits on, letters and digits are a hash.
const LEAST_HASH: usize = 6;

/// Longest scheme of a URL.
const LONGEST_SCHEME: usize = 16;

impl Writer<'_> {
    /// A run of letters and digits.
    pub(super) fn segment(&mut self) {
        let run = self.rest();
        let letters = length(run, |kind| kind == Class::Letter);
        let next = run.get(letters).copied().map_or(Class::Blank, class);
        if next != Class::Digit {
            return self.word(letters);
        }
        let len = length(run, |kind| matches!(kind, Class::Letter | Class::Digit));
        let segment = run.get(..len).unwrap_or_default();
        let end = self.at + len;
        if !segment.is_ascii() {
            return self.digits_within(end);
        }
        if letters == 0 {
            return self.variable(end);
        }
        if self.is_scheme(len) {
            return self.url(len);
        }
        if is_known(segment) {
            self.at += len;
            return;
        }
        let is_hash = len >= LEAST_HASH && segment.iter().all(u8::is_ascii_hexdigit);
        let behind = segment.get(letters..).unwrap_or_default();
        let digits = length(behind, |kind| kind == Class::Digit);
        let is_numbered = digits == behind.len();
        // `conv2d`, `word2vec`
        let after = behind.get(digits..).unwrap_or_default();
        let is_word = letters >= 3 && digits == 1 && !after.iter().any(u8::is_ascii_digit);
        match () {
            () if is_hash => self.variable(end),
            () if is_numbered => {
                self.at += letters;
                self.variable(end);
            }
            () if is_word => self.at += len,
            () => self.variable(end),
        }
    }

    /// A run of letters alone.
    fn word(&mut self, len: usize) {
        if self.peek(len) == Some(b':') && len <= LONGEST_SCHEME && self.is_scheme(len) {
            return self.url(len);
        }
        if len == 3 && self.is_word_of_date(len) {
            return self.variable(self.at + len);
        }
        self.at += len;
    }

    fn is_scheme(&self, len: usize) -> bool {
        self.text.get(self.at + len..self.at + len + 3) == Some(b"://")
    }

    /// Digits among the letters of other scripts.
    fn digits_within(&mut self, end: usize) {
        while self.at < end {
            let rest = self.text.get(self.at..end).unwrap_or_default();
            let letters = length(rest, |kind| kind == Class::Letter);
            self.at += letters;
            let digits = length(rest.get(letters..).unwrap_or_default(), |kind| {
                kind == Class::Digit
            });
            if digits > 0 {
                self.variable(self.at + digits);
            }
        }
    }

    /// A URL: its scheme and host stay, as far as they do not vary.
    fn url(&mut self, scheme: usize) {
        self.at += scheme + 3;
        let rest = self.rest();
        let ends = |byte: &u8| class(*byte) == Class::Blank || b"/?#\"'`<>,;()[]{}|".contains(byte);
        let end = rest.iter().position(ends).unwrap_or(rest.len());
        // A name and password before the host.
        if let Some(user) = memchr::memrchr(b'@', rest.get(..end).unwrap_or_default()) {
            self.skip(user + 1);
            self.url_end = Some(self.at + end - user - 1);
        } else {
            self.url_end = Some(self.at + end);
        }
        self.begin_run();
    }
}

/// How many bytes at the beginning are of a kind.
#[inline]
fn length(bytes: &[u8], is: impl Fn(Class) -> bool) -> usize {
    bytes
        .iter()
        .position(|byte| !is(class(*byte)))
        .unwrap_or(bytes.len())
}

fn is_known(segment: &[u8]) -> bool {
    let mut small = [0; LONGEST_WORD];
    let Some(small) = small.get_mut(..segment.len()) else {
        return false;
    };
    small.copy_from_slice(segment);
    small.make_ascii_lowercase();
    WORDS.contains(&&*small)
}
