#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use super::*;
use crate::base::level::LevelId;
use crate::base::time::Zone;
use crate::format::detect::detect;
use crate::format::extractor::Extractor;

/// 2026-11-22 10:00:01 UTC.
const TIME: i64 = 1_795_341_601_000_000_000;

/// Where records start, by detection.
fn records(sample: &str) -> (Extractor, Vec<String>) {
    let best = detect(sample.as_bytes(), &Zone::Utc).remove(0);
    let extractor = (*best.format.extractor).clone();
    assert!(
        matches!(extractor, Extractor::Table(_)),
        "{}",
        best.format.name
    );
    let mut records: Vec<String> = Vec::new();
    let mut started = false;
    for line in sample.split_inclusive('\n') {
        if extractor.is_start(line.as_bytes()) {
            started = true;
            records.push(line.to_owned());
        } else if started {
            records.last_mut().unwrap().push_str(line);
        }
    }
    (extractor, records)
}

#[test]
fn quoted_cells_may_hold_anything() {
    let (extractor, records) = records(
        "timestamp,level,logger,message,user\n\
         2026-11-22 10:00:01,INFO,app.db,ready,7\n\
         2026-11-22 10:00:01,ERROR,app.db,\"it, \"\"broke\"\"\nTraceback, really,:\n2026 was, not, a, good, year\",8\n\
         2026-11-22 10:00:01,WARNING,\"app,web\",,\n",
    );
    assert_eq!(records.len(), 3);
    let wanted = [
        (LevelId::INFO, "app.db", "ready", "7"),
        (
            LevelId::ERROR,
            "app.db",
            "it, \"broke\"\nTraceback, really,:\n2026 was, not, a, good, year",
            "8",
        ),
        (LevelId::WARNING, "app,web", "", ""),
    ];
    for (record, (level, logger, message, user)) in records.iter().zip(wanted) {
        let header = extractor
            .header(record.as_bytes(), &mut ZoneClock::new(&Zone::Utc))
            .unwrap();
        assert_eq!(header.time, Some(TIME));
        assert_eq!(header.level, LevelWord::Standard(level));
        assert_eq!(header.logger.as_deref(), Some(logger.as_bytes()));
        let parsed = extractor.parse(record.as_bytes());
        assert_eq!(String::from_utf8_lossy(&parsed.message), message);
        assert_eq!(String::from_utf8_lossy(&parsed.fields[0].value), user);
    }
}

#[test]
fn other_delimiters_and_headers() {
    for (sample, level, message) in [
        (
            "time\tlevelno\tmsg\n2026-11-22T10:00:01Z\t30\ta, b\n2026-11-22T10:00:01Z\t30\tlast\n",
            LevelWord::Standard(LevelId::WARNING),
            "last",
        ),
        (
            "Time;Severity;Text\r\n2026-11-22 10:00:01;Error;a\r\n2026-11-22 10:00:01;Error;last\r\n",
            LevelWord::Standard(LevelId::ERROR),
            "last",
        ),
        // The message is the last column, and not quoted.
        (
            "time,level,message\n2026-11-22 10:00:01,INFO,a, b\n2026-11-22 10:00:01,INFO,c, d, e\n",
            LevelWord::Standard(LevelId::INFO),
            "c, d, e",
        ),
        (
            "#Software: IIS\n#Fields: date time s-ip cs-method cs-uri-stem sc-status\n2026-11-22 10:00:01 10.0.0.1 GET / 200\n2026-11-22 10:00:01 10.0.0.1 GET /x 404\n",
            LevelWord::None,
            "2026-11-22 10:00:01 10.0.0.1 GET /x 404",
        ),
    ] {
        let (extractor, records) = records(sample);
        assert_eq!(records.len(), 2, "{sample}");
        let last = records.last().unwrap().as_bytes();
        let header = extractor
            .header(last, &mut ZoneClock::new(&Zone::Utc))
            .unwrap();
        assert_eq!(header.time, Some(TIME), "{sample}");
        assert_eq!(header.level, level);
        assert_eq!(
            String::from_utf8_lossy(&extractor.parse(last).message),
            message
        );
    }
}

#[test]
fn what_is_no_table() {
    for text in [
        "time,level,message\n",
        "a, b, c\nd, e, f\n",
        "2026-11-22 10:00:01,518 INFO a,b,c\n2026-11-22 10:00:02,518 INFO a\n",
    ] {
        let lines: Vec<&[u8]> = text.split_inclusive('\n').map(str::as_bytes).collect();
        let best = detect(text.as_bytes(), &Zone::Utc).remove(0);
        assert!(
            lines.len() < 2 || !matches!(*best.format.extractor, Extractor::Table(_)),
            "{text}"
        );
    }
    for (header, column) in [("time", None), ("time,,message", Some(5))] {
        let error = TableFormat::compile(header, None).unwrap_err();
        assert_eq!(error.column, column, "{header}");
    }
}

#[test]
fn no_bytes_make_a_table_panic() {
    const SHARDS: &[&str] = &[
        "\"",
        "\"\"",
        ",",
        "\n",
        "2026-11-22 10:00:01",
        "INFO",
        "x",
        "#",
        "\r",
        "\t",
        "",
    ];
    let format = TableFormat::compile("time,level,message,\"a \"\"b\"\"\"", None).unwrap();
    let mut seed = 5_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % below
    };
    for _ in 0..50_000 {
        let mut record = String::new();
        for _ in 0..next(12) {
            record.push_str(SHARDS.get(next(SHARDS.len())).unwrap());
        }
        let record = record.as_bytes();
        let parsed = format.parse(record);
        assert_eq!(parsed.matched, format.is_start(record));
        let mut zone = ZoneClock::new(&Zone::Utc);
        assert_eq!(format.header(record, &mut zone).is_some(), parsed.matched);
    }
}
