//! Any bytes in any format: where records start, what their headers say, and that chunks change nothing.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use timberline::format::builtin::builtins;
use timberline::format::extractor::Extractor;
use timberline::format::spec::{Format, FormatSpec};
use timberline_fuzz::checks;
use timberline_fuzz::random::Random;

/// The built-in ones, and one of each way to read.
static FORMATS: LazyLock<Vec<Arc<Extractor>>> = LazyLock::new(|| {
    let template = |text: &str| FormatSpec::template(text);
    let named = builtins().iter().map(|builtin| FormatSpec::Builtin {
        name: builtin.name.to_owned(),
    });
    let own = [
        template("%(asctime)s %(levelname)-8s [%(name)s] %(message)s"),
        template("%(asctime)s | %(levelname)s | %(name)s | %(message)s | %(threadName)s"),
        template("-----\n%(asctime)s %(levelname)s\n%(message)s"),
        template("%(levelname)s:%(name)s:%(message)s"),
        template("%(message)s"),
        template("{asctime} {levelname:<8} {name} {message}"),
        template("%d{HH:mm:ss,SSS} [%t] %-5level %logger{36} - %msg%n"),
        template("<green>{time}</green> | {level: <8} | {message}\n{exception}"),
        FormatSpec::Regex {
            pattern: r"^(?P<asctime>\S+ \S+) (?P<levelname>[A-Z]+) (?P<name>\S*) (?P<message>.*)$"
                .to_owned(),
        },
    ];
    let compiled = named.chain(own).map(|spec| Format::compile(&spec).unwrap());
    compiled.map(|format| format.extractor).collect()
});

fuzz_target!(|data: &[u8]| {
    let [format, chunk, text @ ..] = data else {
        return;
    };
    let Some(extractor) = FORMATS.get(usize::from(*format)) else {
        return;
    };
    checks::record(extractor, text);
    checks::text(&mut Random::scripted(&[*chunk]), extractor, text);
});
