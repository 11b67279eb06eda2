//! Formats that somebody might type, or nobody: compiled, and asked about a record.
#![no_main]

use libfuzzer_sys::fuzz_target;
use timberline::format::spec::{Format, FormatSpec, Style};
use timberline_fuzz::random::Random;
use timberline_fuzz::{bytes, checks, halves, templates, text};

fuzz_target!(|data: &[u8]| {
    let Some((how, rest)) = data.split_first() else {
        return;
    };
    let (spec, record) = if *how < 128 {
        let mut random = Random::scripted(rest);
        let spec = templates::spec(&mut random);
        let record = bytes::record(&mut random, &bytes::words(&spec));
        (spec, record)
    } else {
        typed(*how, rest)
    };
    match Format::compile(&spec) {
        Ok(format) => {
            checks::record(&format.extractor, &record);
            checks::stop(&format, &record);
        }
        Err(error) => checks::error(&spec, &error),
    }
});

/// A template, a date format, a format of milliseconds and a record, with a NUL between them.
fn typed(how: u8, rest: &[u8]) -> (FormatSpec, Vec<u8>) {
    let (template, rest) = halves(rest);
    let (datefmt, rest) = halves(rest);
    let (msec_format, record) = halves(rest);
    let given = |bytes: &[u8]| (!bytes.is_empty()).then(|| text(bytes));
    let spec = FormatSpec::Template {
        style: Style::ALL[usize::from(how) % Style::ALL.len()],
        text: text(template),
        datefmt: given(datefmt),
        msec_format: given(msec_format),
    };
    (spec, record.to_vec())
}
