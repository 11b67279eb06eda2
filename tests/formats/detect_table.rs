//! Small samples and what must be made of them.

use timberline::base::time::Zone;
use timberline::format::builtin::{Recipe, builtins};
use timberline::format::detect::detect;
use timberline::format::spec::{Format, FormatSpec};

/// The example of every built-in is read by that built-in.
#[test]
fn examples_match_their_format() {
    for builtin in builtins() {
        let spec = FormatSpec::Builtin {
            name: builtin.name.to_owned(),
        };
        let format = Format::compile(&spec).unwrap_or_else(|e| panic!("{}: {e}", builtin.name));
        assert!(
            format.extractor.is_start(builtin.example.as_bytes()),
            "{}",
            builtin.name
        );
        let parsed = format.extractor.parse(builtin.example.as_bytes());
        assert!(parsed.matched, "{}", builtin.name);
        let message = String::from_utf8_lossy(&parsed.message);
        if !matches!(builtin.recipe, Recipe::Json(_)) {
            assert!(!message.is_empty(), "{}", builtin.name);
        }
    }
}

/// Sample, a part of the best format's text, level and logger of the first record.
#[test]
fn samples_are_recognised() {
    let table: &[(&str, &str, &str, &str)] = &[
        (
            "INFO:app.db:ready\nERROR:root:bad\nTraceback (most recent call last):\n  File \"x\"\nValueError: y\n",
            "basic",
            "INFO",
            "app.db",
        ),
        (
            "{\"level\":30,\"time\":1745532517537,\"pid\":17,\"hostname\":\"h\",\"msg\":\"x\"}\n",
            "json",
            "INFO",
            "",
        ),
        (
            "ts=2026-11-22T10:00:01Z level=info logger=a.b msg=\"hello you\"\n",
            "logfmt",
            "info",
            "a.b",
        ),
        (
            "[오류] [2026/11/22 10:00:01] app.db: 실패\n[정보] [2026/11/22 10:00:02] app.web: 시작\n",
            "[%(levelname)s] [%(asctime)s] %(name)s: %(message)s",
            "오류",
            "app.db",
        ),
        (
            "\u{feff}2026-11-22 10:00:01,518 | INFO | app.db | a\r\n2026-11-22 10:00:02,518 | DEBUG | app.x | b\r\n",
            "pipes",
            "INFO",
            "app.db",
        ),
        (
            "  File \"x\", line 1\nValueError: y\n2026-11-22 10:00:01,518 - app.db - INFO - a\n2026-11-22 10:00:02,518 - app.db - INFO - b\n",
            "name-level",
            "INFO",
            "app.db",
        ),
        (
            "2026-01-05 09:00:00,004 DEBUG    [5310:MainThread] app.http.serializers:1424 - order released\n2026-01-05 09:00:00,019 INFO     [5310:Thread-2] app.orders.migrations:880 - budget finished\n",
            "level-process-line",
            "DEBUG",
            "app.http.serializers",
        ),
        ("just words\nand more words\n", "plain", "", ""),
        ("", "plain", "", ""),
    ];
    for (sample, name, level, logger) in table {
        let found = detect(sample.as_bytes(), &Zone::Utc);
        let best = found
            .first()
            .unwrap_or_else(|| panic!("nothing for {sample:?}"));
        assert_eq!(
            best.format.spec.to_string(),
            *name,
            "{sample:?}\n{:?}",
            found
                .iter()
                .map(|c| (&c.format.name, c.score))
                .collect::<Vec<_>>()
        );
        let text = sample.trim_start_matches('\u{feff}');
        let first = text
            .split_inclusive('\n')
            .find(|line| best.format.extractor.is_start(line.as_bytes()))
            .unwrap_or_default();
        let parsed = best.format.extractor.parse(first.as_bytes());
        assert_eq!(
            String::from_utf8_lossy(&parsed.level.unwrap_or_default()),
            *level,
            "{sample:?}"
        );
        assert_eq!(
            String::from_utf8_lossy(&parsed.logger.unwrap_or_default()),
            *logger,
            "{sample:?}"
        );
    }
}

#[test]
fn any_bytes_give_a_format() {
    let mut seed = 11_u64;
    for round in 0..200 {
        let bytes: Vec<u8> = (0..round * 7)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (seed >> 40) as u8
            })
            .collect();
        let found = detect(&bytes, &Zone::Utc);
        assert!(!found.is_empty());
        for candidate in found {
            let _ = candidate.format.extractor.parse(&bytes);
        }
    }
}
