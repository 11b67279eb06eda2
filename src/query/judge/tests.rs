//! Fields of records, by what a person means with a name and a value.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use crate::base::id::Generation;
use crate::base::time::{Timestamp, Zone};
use crate::bytes::memory::MemoryBytes;
use crate::format::spec::{Format, FormatSpec};
use crate::index::{Assembler, scan_chunk};
use crate::query::compile::compile;
use crate::query::eval::eval_block;
use crate::query::lang::{Moments, bind, parse};

/// The lines of a log, counted from 0, whose records pass a query.
fn passing(format: &FormatSpec, log: &str, query: &str) -> Vec<u16> {
    let extractor = Format::compile(format).unwrap().extractor;
    let bytes = MemoryBytes::new(log.as_bytes().to_vec());
    let now = Timestamp(1_795_305_600_000_000_000);
    let mut assembler = Assembler::new(Generation(1), extractor.clock(), Zone::Utc, now);
    let end = log.len() as u64;
    while let Some(chunk) = assembler.next_chunk(end) {
        let draft = scan_chunk(&bytes, chunk, end, &extractor, &Zone::Utc, &mut Vec::new());
        assembler.push(draft.unwrap());
    }
    let snapshot = assembler.snapshot();
    let moments = Moments {
        zone: &Zone::Utc,
        now,
        end: None,
    };
    let spec = bind(&parse(query).unwrap(), &moments).unwrap();
    let predicate = compile(&spec, &snapshot).unwrap().reading_with(&extractor);
    let rows = eval_block(&predicate, &snapshot.blocks[0], &bytes, &mut Vec::new()).unwrap();
    rows.iter().map(|slot| slot.0).collect()
}

#[test]
fn fields_of_a_template_and_of_its_messages() {
    let format = FormatSpec::template(
        "%(asctime)s %(levelname)s %(threadName)s:%(lineno)d %(name)s - %(message)s",
    );
    let log = "\
2026-11-22 10:00:00,000 INFO MainThread:7 app - took duration=12ms, status=200
2026-11-22 10:00:01,000 ERROR Pool-1:120 app.db - duration=1.5s status: 500 {\"user\": \"anna b\"}
2026-11-22 10:00:02,000 AUDIT Pool-2:99 app - plain words, List<String>
";
    for (query, expected) in [
        ("thread:mainthread", &[0][..]),
        ("threadName=mainthread", &[]),
        ("thread:pool-*", &[1, 2]),
        ("thread:/^P/ -thread:*2", &[1]),
        ("line>99", &[1]),
        ("lineno>=99", &[1, 2]),
        ("lineno:7.0", &[0]),
        ("duration>0.5", &[1]),
        ("duration<20ms", &[0]),
        ("duration:*", &[0, 1]),
        ("-duration:*", &[2]),
        ("status:(200 OR 500)", &[0, 1]),
        ("status!=500", &[0, 2]),
        ("user:\"Anna B\"", &[1]),
        ("user=\"Anna B\"", &[]),
        ("msg:words message:plain", &[2]),
        ("message:info", &[]),
        ("levelname:audit", &[2]),
        ("asctime>\"2026-11-22 10:00:01\"", &[1, 2]),
        ("String>x", &[]),
        ("nothing:here OR level:audit", &[2]),
        ("pattern:\"plain words, List<String>\"", &[2]),
        ("pattern:\"took duration=5s, status=7\" pattern:*", &[0]),
        ("pattern:/^duration=<.> status/", &[1]),
        ("-pattern:*words*", &[0, 1]),
    ] {
        assert_eq!(passing(&format, log, query), expected, "{query}");
    }
}

#[test]
fn fields_of_records_that_describe_themselves() {
    let format = FormatSpec::Builtin {
        name: "json".to_owned(),
    };
    let log = r#"{"ts":"2026-11-22T10:00:00Z","level":"info","logger":"app","event":"hi there","ctx":{"user":{"id":7}},"dur":"12ms"}
{"ts":"2026-11-22T10:00:01Z","level":"error","logger":"app.db","event":"status=500","request_id":"7\u0066","dur":1.5}
"#;
    for (query, expected) in [
        ("ctx.user.id:7", &[0][..]),
        ("dur>100ms", &[1]),
        ("dur<=12ms", &[0]),
        ("request_id:7f", &[1]),
        ("-request_id:*", &[0]),
        ("event:there", &[0]),
        ("status:500", &[1]),
        ("REQUEST_ID:*", &[1]),
        ("ts:2026-11-22T10:00:01Z", &[1]),
    ] {
        assert_eq!(passing(&format, log, query), expected, "{query}");
    }
}

#[test]
fn patterns_and_exceptions() {
    let format = FormatSpec::template("%(asctime)s %(levelname)s %(message)s");
    let log = "\
2026-11-22 10:00:00,000 INFO Worker 3 started in 1.5s
2026-11-22 10:00:00,000 INFO worker 17 started in 20ms
2026-11-22 10:00:01,000 INFO user anna logged in
2026-11-22 10:00:01,000 INFO user bo logged in at 10:00
2026-11-22 10:00:02,000 ERROR no answer
Traceback (most recent call last):
  File \"/srv/shop/api.py\", line 3, in handle
    return get(1)
  File \"/srv/shop/db.py\", line 7, in get
    raise KeyError(1)
KeyError: 1

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File \"/srv/shop/api.py\", line 5, in handle
    raise shop.errors.Failed(2)
shop.errors.Failed: 2
2026-11-22 10:00:02,000 ERROR two
lines
";
    for (query, expected) in [
        ("pattern:\"worker <*> started in <*>\"", &[0, 1][..]),
        ("pattern=\"worker <*> started in <*>\"", &[1]),
        ("pattern:\"Worker 5 started in 3 s\"", &[]),
        ("pattern:\"worker 5 started in 3s\"", &[0, 1]),
        ("pattern:\"user <any> logged in\"", &[2]),
        ("pattern:\"user <any> logged in <...>\"", &[3]),
        ("pattern:\"user <...>\"", &[2, 3]),
        ("pattern:user*", &[2, 3]),
        ("pattern:\"no answer\"", &[4]),
        ("pattern:\"two\"", &[5]),
        ("exception:*", &[4]),
        ("exception:failed", &[4]),
        ("exception:keyerror", &[4]),
        ("exception=keyerror", &[]),
        ("exception:Error", &[]),
        ("exception:\"Failed in api.py:handle\"", &[4]),
        ("exception=\"shop.errors.Failed in api.py:handle\"", &[4]),
        ("exception:\"KeyError in db.py:get\"", &[]),
        ("exception:*Error", &[4]),
        ("level:error -exception:*", &[5]),
    ] {
        assert_eq!(passing(&format, log, query), expected, "{query}");
    }
    let format = FormatSpec::Builtin {
        name: "json".to_owned(),
    };
    let log = r#"{"ts":"2026-11-22T10:00:00Z","level":"error","event":"job 3 failed","exc_info":"Traceback (most recent call last):\n  File \"/srv/a.py\", line 1, in f\nValueError: x"}
{"ts":"2026-11-22T10:00:00Z","level":"error","event":"job 4 failed","exception":"ValueError"}
"#;
    for (query, expected) in [
        ("pattern:\"job <*> failed\"", &[0, 1][..]),
        ("exception:ValueError", &[0, 1]),
        ("exception:\"ValueError in a.py:f\"", &[0]),
    ] {
        assert_eq!(passing(&format, log, query), expected, "{query}");
    }
}
