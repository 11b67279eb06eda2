#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

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
fn counts_in_reasons_are_grouped() {
    let text = "2026-11-22 10:00:01,518 - app.db - INFO - ready\n".repeat(1_907);
    let best = detect(text.as_bytes(), &Zone::Utc).into_iter().next();
    let reason = best.map(|best| best.reason).unwrap_or_default();
    assert!(
        reason.starts_with("matched 1,907 of 1,907 lines;"),
        "{reason}"
    );
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

/// What is made of a text: time (whether there is one), level, logger and message of each record.
fn read(text: &str) -> Vec<String> {
    let found = detect(text.as_bytes(), &Zone::Utc);
    let Some(best) = found.into_iter().next() else {
        return Vec::new();
    };
    let extractor = &*best.format.extractor;
    let mut records: Vec<String> = Vec::new();
    for line in text.split_inclusive('\n') {
        match records.last_mut() {
            Some(record) if !extractor.is_start(line.as_bytes()) => record.push_str(line),
            _ => records.push(line.to_owned()),
        }
    }
    let told = |record: &String| {
        let parsed = extractor.parse(record.as_bytes());
        let text =
            |value: Option<&[u8]>| String::from_utf8_lossy(value.unwrap_or(b"-")).into_owned();
        [
            (if parsed.time.is_some() { "T" } else { "-" }).to_owned(),
            text(parsed.level.as_deref()),
            text(parsed.logger.as_deref()),
            text(Some(&parsed.message)),
        ]
        .join("|")
    };
    records.iter().map(told).collect()
}

/// Texts and the records that must be made of them.
fn reads(table: &[(&str, &[&str])]) {
    for (text, expected) in table {
        assert_eq!(read(text), *expected, "{text}");
    }
}

#[test]
fn the_first_word_of_a_message_is_no_level() {
    reads(&[
        (
            "2026-11-22 10:00:01,518 Opening the store\n2026-11-22 10:00:02,518 Reading 3 files\n2026-11-22 10:00:03,518 Ready\n",
            &[
                "T|-|-|Opening the store",
                "T|-|-|Reading 3 files",
                "T|-|-|Ready",
            ],
        ),
        (
            "2026-11-22T10:00:01.518123456Z Booting shop\n2026-11-22T10:00:02.518123456Z GET /health 200\n",
            &["T|-|-|Booting shop", "T|-|-|GET /health 200"],
        ),
        (
            "2026-11-22 10:00:01,518 Opened\n2026-11-22 10:00:02,518 Wrote 3 rows, 4 late: full\n2026-11-22 10:00:03,518 closing it\n",
            &[
                "T|-|-|Opened",
                "T|-|-|Wrote 3 rows, 4 late: full",
                "T|-|-|closing it",
            ],
        ),
        // Words of a log's own that come again beside known ones, or in capitals, are levels.
        (
            "2026-11-22 10:00:01,518 INFO ready\n2026-11-22 10:00:02,518 Success paid\n2026-11-22 10:00:03,518 INFO done\n",
            &["T|INFO|-|ready", "T|Success|-|paid", "T|INFO|-|done"],
        ),
    ]);
}

#[test]
fn levels_in_small_letters_are_levels() {
    reads(&[
        (
            "info: open\nwarn: late\nerror: shut\nverbose: all of it\n",
            &[
                "-|info|-|open",
                "-|warn|-|late",
                "-|error|-|shut",
                "-|verbose|-|all of it",
            ],
        ),
        (
            "7 info it works\n8 silly looked up\n9 http fetch GET 200\n10 warn old lock\n",
            &[
                "-|info|-|it works",
                "-|silly|-|looked up",
                "-|http|-|fetch GET 200",
                "-|warn|-|old lock",
            ],
        ),
    ]);
}

#[test]
fn what_is_known_beats_what_few_lines_have_in_common() {
    reads(&[
        (
            "2026-11-22 10:00:01.518 UTC [7] LOG:  shop is open\n2026-11-22 10:00:02.518 UTC [8] LOG:  listening\n",
            &["T|LOG|-|shop is open", "T|LOG|-|listening"],
        ),
        (
            "2026-11-22 10:00:01,518 INFO delete * from orders\n",
            &["T|INFO|-|delete * from orders"],
        ),
        (
            "[2026-11-22 10:00:01 +0000] [12] [INFO] Serving on: http://10.0.0.2:90 (12)\n",
            &["T|INFO|-|Serving on: http://10.0.0.2:90 (12)"],
        ),
        (
            "[2026-11-22 10:00:01,518] INFO in shop: open\n[2026-11-22 10:00:02,518] ERROR in cart: empty\n",
            &["T|INFO|-|open", "T|ERROR|-|empty"],
        ),
        (
            "2026-11-22 10:00:01,518 INFO doors opened: 3\n2026-11-22 10:00:02,518 ERROR lost: key\n",
            &["T|INFO|-|doors opened: 3", "T|ERROR|-|lost: key"],
        ),
    ]);
}

#[test]
fn two_known_formats_beat_a_level_and_the_rest() {
    reads(&[
        (
            "INFO:     Started server process [9]\nINFO:shop.db:open\nINFO:     Application startup complete.\nWARNING:shop.web:late\nINFO:     10.0.0.2:90 - \"GET / HTTP/1.1\" 200 OK\nINFO:shop.db:shut\n",
            &[
                "-|INFO|-|Started server process [9]",
                "-|INFO|shop.db|open",
                "-|INFO|-|Application startup complete.",
                "-|WARNING|shop.web|late",
                "-|INFO|-|10.0.0.2:90 - \"GET / HTTP/1.1\" 200 OK",
                "-|INFO|shop.db|shut",
            ],
        ),
        (
            "INFO 11-22 10:00:01 [engine.py:12] ready\nINFO:     Started server process [9]\nWARNING 11-22 10:00:02 [pool.py:7] late\nINFO:     Waiting for application startup.\nINFO:     Application startup complete.\n",
            &[
                "T|INFO|-|ready",
                "-|INFO|-|Started server process [9]",
                "T|WARNING|-|late",
                "-|INFO|-|Waiting for application startup.",
                "-|INFO|-|Application startup complete.",
            ],
        ),
        // What one message is like is no second format.
        (
            "2026-11-22T10:00:01.518123Z Booting shop\n2026-11-22T10:00:02.518123Z Caught signal: hangup\n2026-11-22T10:00:03.518123Z Done\n",
            &[
                "T|-|-|Booting shop",
                "T|-|-|Caught signal: hangup",
                "T|-|-|Done",
            ],
        ),
    ]);
}

#[test]
fn an_object_in_a_message_makes_no_log_of_objects() {
    reads(&[
        (
            "Opening the store\nAnswer: {\"event\": \"sold\", \"n\": 3}\nNothing left\nClosing\n",
            &[
                "-|-|-|Opening the store",
                "-|-|-|Answer: {\"event\": \"sold\", \"n\": 3}",
                "-|-|-|Nothing left",
                "-|-|-|Closing",
            ],
        ),
        (
            "shop-1  | {\"event\": \"sold\"}\nshop-1  | {\"event\": \"shut\"}\n",
            &["-|-|-|sold", "-|-|-|shut"],
        ),
    ]);
}

#[test]
fn names_of_tomcat_and_hosts_before_requests() {
    reads(&[
        (
            "10:00:01.518 [main] INFO o.a.c.c.C.[Tomcat].[localhost].[/] - Starting the context\n10:00:02.518 [main] WARN org.shop.Main - late\n",
            &[
                "T|INFO|o.a.c.c.C.[Tomcat].[localhost].[/]|Starting the context",
                "T|WARN|org.shop.Main|late",
            ],
        ),
        (
            "shop.test:443 10.0.0.2 - - [22/Nov/2026:10:00:01 +0000] \"GET /a HTTP/1.1\" 404 7 \"-\" \"curl/8\"\n",
            &["T|WARNING|-|\"GET /a HTTP/1.1\" 404 7 \"-\" \"curl/8\""],
        ),
    ]);
}

#[test]
fn dates_as_examples_and_countries_write_them() {
    reads(&[
        (
            "2026-11-22:10:00:01,518 INFO     [shop.py:7] open\n2026-11-22:10:00:02,518 DEBUG    [cart.py:12] empty\n",
            &["T|INFO|-|open", "T|DEBUG|-|empty"],
        ),
        (
            "22-Nov-26 10:00:01 - shop is open\n22-Nov-26 10:00:02 - cart is empty\n",
            &["T|-|-|shop is open", "T|-|-|cart is empty"],
        ),
        (
            "[2026년 11월 22일 10:00:01] - INFO - 열림\n[2026년 11월 22일 10:00:02] - ERROR - 닫힘\n",
            &["T|INFO|-|열림", "T|ERROR|-|닫힘"],
        ),
    ]);
}

#[test]
fn korean_halves_of_the_day_and_dates_are_times() {
    reads(&[
        (
            "2026-11-22 오전 10:00:01 [INFO] app.db: 준비\n2026-11-22 오후 01:00:01 [ERROR] app.web: 끊김\n",
            &["T|INFO|app.db|준비", "T|ERROR|app.web|끊김"],
        ),
        (
            "2026. 11. 9. 오전 9:00:01 INFO 준비\n2026. 11. 22. 오후 3:04:05 ERROR 끊김\n",
            &["T|INFO|-|준비", "T|ERROR|-|끊김"],
        ),
        (
            "2026. 11. 22. 9:00:01 [INFO] 준비\n2026. 11. 22. 13:04:05 [ERROR] 끊김\n",
            &["T|INFO|-|준비", "T|ERROR|-|끊김"],
        ),
        (
            "2026-11-22 오전 10:00:01.123456 INFO 준비\n2026-11-22 오후 1:00:01.123456 ERROR 끊김\n",
            &["T|INFO|-|준비", "T|ERROR|-|끊김"],
        ),
        (
            "2026년 11월 22일 오후 3:04:05 | INFO | 준비\n2026년 11월 22일 오후 11:04:05 | WARN | 끊김\n",
            &["T|INFO|-|준비", "T|WARN|-|끊김"],
        ),
        (
            "[오전 9:00:01] 준비\n[오후 12:04:05] 끊김\n",
            &["T|-|-|준비", "T|-|-|끊김"],
        ),
    ]);
}

#[test]
fn requests_of_gin_have_their_fields_and_a_level_by_their_status() {
    reads(&[
        (
            "[GIN] 2026/11/22 - 10:00:01 | 200 |     1.2ms |       127.0.0.1 | GET      \"/api\"\n[GIN] 2026/11/22 - 10:00:02 | 404 |   13.542µs |             ::1 | POST     \"/x\"\n[GIN] 2026/11/22 - 10:00:03 | 500 |      1m2.5s |        10.0.0.7 | GET      \"/y?a=b\"\nError #01: gone\n",
            &[
                "T|-|-|GET      \"/api\"",
                "T|WARNING|-|POST     \"/x\"",
                "T|ERROR|-|GET      \"/y?a=b\"\nError #01: gone",
            ],
        ),
        // As old versions and terminals have it, with what Gin says of itself.
        (
            "[GIN-debug] [WARNING] Running in \"debug\" mode.\n - using env:\texport GIN_MODE=release\n[GIN-debug] GET    /ping --> main.ping (3 handlers)\n[GIN-debug] Listening and serving HTTP on :8080\n[GIN] 2026/11/22 - 10:00:01 |\x1b[97;42m 200 \x1b[0m|     1.2ms |       127.0.0.1 |\x1b[97;44m GET     \x1b[0m /api\n[GIN] 2026/11/22 - 10:00:02 |\x1b[97;41m 503 \x1b[0m|     1.2ms |       127.0.0.1 |\x1b[97;44m GET     \x1b[0m /api\n",
            &[
                "-|WARNING|-|Running in \"debug\" mode.\n - using env:\texport GIN_MODE=release",
                "-|debug|-|GET    /ping --> main.ping (3 handlers)",
                "-|debug|-|Listening and serving HTTP on :8080",
                "T|-|-|GET     \x1b[0m /api",
                "T|ERROR|-|GET     \x1b[0m /api",
            ],
        ),
    ]);
}

#[test]
fn elasticsearch_pads_levels_and_loggers_and_names_the_node_behind_them() {
    reads(&[
        (
            "[2026-11-22T10:00:01,518][INFO ][o.e.n.Node               ] [node-1] starting\n[2026-11-22T10:00:02,518][WARN ][o.e.m.j.JvmGcMonitorService] [node-1] [gc][12] overhead\njava.io.IOException: gone\n\tat a.B.c(B.java:1)\n",
            &[
                "T|INFO|o.e.n.Node|starting",
                "T|WARN|o.e.m.j.JvmGcMonitorService|[gc][12] overhead\njava.io.IOException: gone\n\tat a.B.c(B.java:1)",
            ],
        ),
        (
            "[2026-11-22T10:00:01,518][INFO ][o.e.i.IndicesService     ] [orders][0] moved\n[2026-11-22T10:00:02,518][ERROR][o.e.b.Bootstrap          ] gone\n",
            &[
                "T|INFO|o.e.i.IndicesService|[orders][0] moved",
                "T|ERROR|o.e.b.Bootstrap|gone",
            ],
        ),
        (
            "[2026-11-22T10:00:01,518][INFO ][logstash.runner          ] Starting Logstash\n[2026-11-22T10:00:02,518][WARN ][logstash.javapipeline    ][main] stopped\n",
            &[
                "T|INFO|logstash.runner|Starting Logstash",
                "T|WARN|logstash.javapipeline|stopped",
            ],
        ),
    ]);
}

#[test]
fn zap_names_logger_file_and_line_before_the_message() {
    let read_of = |line: &str| {
        let spec = FormatSpec::Builtin {
            name: "zap".to_owned(),
        };
        let format = Format::compile(&spec).unwrap();
        let parsed = format.extractor.parse(line.as_bytes());
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        let mut told = vec![text(parsed.logger.as_deref().unwrap_or(b"-"))];
        told.extend(parsed.fields.iter().map(|field| text(&field.value)));
        told.push(text(&parsed.message));
        told.join("|")
    };
    for (cells, expected) in [
        (
            "app/main.go:12\tready now\t{\"a\": 1}",
            "-|app/main.go|12|{\"a\": 1}|ready now",
        ),
        ("app/main.go:12\tready", "-|app/main.go|12|ready"),
        ("ready\t{\"a\": 1}", "-|{\"a\": 1}|ready"),
        ("ready", "-|ready"),
        (
            "ctl.run\tapp/main.go:12\tready\t{\"a\": 1}",
            "ctl.run|app/main.go|12|{\"a\": 1}|ready",
        ),
        (
            "ctl.run\tready now\t{\"a\": 1}",
            "ctl.run|{\"a\": 1}|ready now",
        ),
        (
            "main.go:12\ta cell\tanother\t{\"a\": 1}",
            "-|main.go|12|{\"a\": 1}|a cell\tanother",
        ),
    ] {
        let line = format!("2026-11-22T10:00:01.518Z\tinfo\t{cells}");
        assert_eq!(read_of(&line), expected);
    }
    reads(&[(
        "2026-11-22T10:00:01.518+0900\tINFO\tctl.run\tapp/main.go:12\tready\t{\"a\": 1}\n2026-11-22T10:00:02.518+0900\tERROR\tctl\tapp/main.go:20\tgone\t{\"a\": 2}\nmain.run\n\t/srv/main.go:20\n",
        &[
            "T|INFO|ctl.run|ready",
            "T|ERROR|ctl|gone\nmain.run\n\t/srv/main.go:20",
        ],
    )]);
}

#[test]
fn a_signature_behind_the_message_is_its_logger_or_its_file() {
    reads(&[
        (
            "[2026-11-22 10:00:01,518] INFO starting (kafka.server.KafkaServer)\n[2026-11-22 10:00:01,618] INFO KafkaConfig values: \n\tbroker.id = 0\n (kafka.server.KafkaConfig)\n[2026-11-22 10:00:02,518] WARN [id=0] slow (disk) (kafka.log.LogManager)\n[2026-11-22 10:00:03,518] INFO ready (kafka.server.KafkaServer)\n[2026-11-22 10:00:04,518] ERROR lost (kafka.server.KafkaServer)\njava.io.IOException: gone\n\tat a.B.c(B.java:1)\n[2026-11-22 10:00:05,518] INFO bye (kafka.server.KafkaServer)\n",
            &[
                "T|INFO|kafka.server.KafkaServer|starting",
                "T|INFO|kafka.server.KafkaConfig|KafkaConfig values: \n\tbroker.id = 0\n",
                "T|WARN|kafka.log.LogManager|[id=0] slow (disk)",
                "T|INFO|kafka.server.KafkaServer|ready",
                "T|ERROR|kafka.server.KafkaServer|lost\njava.io.IOException: gone\n\tat a.B.c(B.java:1)",
                "T|INFO|kafka.server.KafkaServer|bye",
            ],
        ),
        (
            "2026-11-22 10:00:01,518 - shop.db - INFO - ready (db.py:12)\n2026-11-22 10:00:02,518 - shop - ERROR - lost (a.b) (app.py:3)\n2026-11-22 10:00:03,518 - shop - INFO - bye (app.py:4)\n",
            &[
                "T|INFO|shop.db|ready",
                "T|ERROR|shop|lost (a.b)",
                "T|INFO|shop|bye",
            ],
        ),
        // One that is not signed would go on into the next.
        (
            "[2026-11-22 10:00:01,518] INFO opening the store (a.B)\n[2026-11-22 10:00:02,518] INFO read 3 files (a.B)\n[2026-11-22 10:00:03,518] INFO ready\n[2026-11-22 10:00:04,518] INFO asked by kim (a.C)\n[2026-11-22 10:00:05,518] INFO it closes (a.B)\n",
            &[
                "T|INFO|-|opening the store (a.B)",
                "T|INFO|-|read 3 files (a.B)",
                "T|INFO|-|ready",
                "T|INFO|-|asked by kim (a.C)",
                "T|INFO|-|it closes (a.B)",
            ],
        ),
        // Numbers and words are what a message says.
        (
            "2026-11-22 10:00:01,518 INFO took 1 s (late)\n2026-11-22 10:00:02,518 INFO took 2 s (late)\n2026-11-22 10:00:03,518 INFO took 3 s (late)\n",
            &[
                "T|INFO|-|took 1 s (late)",
                "T|INFO|-|took 2 s (late)",
                "T|INFO|-|took 3 s (late)",
            ],
        ),
    ]);
}

#[test]
fn two_lines_of_java_util_logging_are_one_record() {
    reads(&[
        (
            "Nov 22, 2026 9:00:01 AM com.example.Foo bar\nINFO: ready\nNov 22, 2026 12:00:02 PM com.example.Bar$Inner <init>\nSEVERE: lost\njava.lang.RuntimeException: gone\n\tat com.example.Foo.bar(Foo.java:1)\nNov 22, 2026 12:00:03 PM com.example.Foo bar\nFINE: two\nlines\n",
            &[
                "T|INFO|com.example.Foo|ready",
                "T|SEVERE|com.example.Bar$Inner|lost\njava.lang.RuntimeException: gone\n\tat com.example.Foo.bar(Foo.java:1)",
                "T|FINE|com.example.Foo|two\nlines",
            ],
        ),
        (
            "11월 22, 2026 9:00:01 오전 com.example.Foo bar\n정보: 준비\n11월 22, 2026 1:00:01 오후 com.example.Foo bar\n심각: 끊김\n",
            &["T|정보|com.example.Foo|준비", "T|심각|com.example.Foo|끊김"],
        ),
        // Without a method, and once only.
        (
            "2026-11-22 09:00:01 com.example.Foo\nINFO: ready\n",
            &["T|INFO|com.example.Foo|ready"],
        ),
        // A line of text below another one is no level.
        (
            "2026-11-22 09:00:01 com.example.Foo started\nUSAGE: none\n2026-11-22 09:00:02 com.example.Foo stopped\nUSAGE: none\n",
            &[
                "T|-|com.example.Foo|started\nUSAGE: none",
                "T|-|com.example.Foo|stopped\nUSAGE: none",
            ],
        ),
    ]);
}

#[test]
fn each_program_of_a_compose_log_is_read_by_its_own_format() {
    let lines = [
        "web-1    | 172.18.0.1 - - [22/Nov/2026:10:00:01 +0000] \"GET /x HTTP/1.1\" 500 12 \"-\" \"curl/8\"\n",
        "db-1     | 2026-11-22 10:00:01.518 UTC [7] ERROR:  gone\n",
        "api-1    | {\"time\":\"2026-11-22T10:00:01Z\",\"level\":\"warn\",\"msg\":\"late\"}\n",
        "worker-1 | 2026-11-22 10:00:01,518 - shop.jobs - ERROR - lost\n",
        "worker-1 | Traceback (most recent call last):\n",
        "worker-1 |   File \"x.py\", line 1\n",
        "worker-1 | ValueError: y\n",
        "worker-2 | 2026-11-22 10:00:01,518 - shop.jobs - INFO - ready\n",
    ];
    let expected = [
        "T|ERROR|-|\"GET /x HTTP/1.1\" 500 12 \"-\" \"curl/8\"",
        "T|ERROR|-|gone",
        "T|warn|-|late",
        "T|ERROR|shop.jobs|lost\nTraceback (most recent call last):\n  File \"x.py\", line 1\nValueError: y",
        "T|INFO|shop.jobs|ready",
    ];
    assert_eq!(read(&lines.concat().repeat(6)), expected.repeat(6));
    // One of the programs writes no more than text.
    let plain = "proxy-1  | listening\nproxy-1  | stopped by kim\n";
    let text = [lines[0], lines[1], lines[2], plain].concat();
    let expected = [&expected[..3], &["-|-|-|listening", "-|-|-|stopped by kim"]].concat();
    assert_eq!(read(&text.repeat(6)), expected.repeat(6));
    // One format is no mixture.
    let same = [lines[3], &lines[3].replace("worker-1", "web")].concat();
    let best = detect(same.repeat(9).as_bytes(), &Zone::Utc).remove(0);
    assert_eq!(
        best.format.name,
        "compose: Python: time - name - level - message"
    );
}

#[test]
fn records_of_rich_without_a_time_are_records() {
    reads(&[
        (
            "[11/22/26 10:00:01] INFO     ready                           app.py:12\n                    WARNING  slow                            db.py:120\n                             and late                                 \n                    ERROR    gone: a long text that leaves   app.py:3\n[11/22/26 10:00:02] DEBUG    bye                             app.py:12\n",
            &[
                "T|INFO|-|ready",
                "-|WARNING|-|slow\n                             and late                                 ",
                "-|ERROR|-|gone: a long text that leaves",
                "T|DEBUG|-|bye",
            ],
        ),
        (
            "[10:00:01] INFO     ready\n           WARNING  slow\n           INFO     late\n[10:00:02] CRITICAL gone\n",
            &[
                "T|INFO|-|ready",
                "-|WARNING|-|slow",
                "-|INFO|-|late",
                "T|CRITICAL|-|gone",
            ],
        ),
        // A level in another column is text.
        (
            "[10:00:01] INFO     ready\n    WARNING  slow\n    INFO     late\n[10:00:02] CRITICAL gone\n",
            &[
                "T|INFO|-|ready\n    WARNING  slow\n    INFO     late",
                "T|CRITICAL|-|gone",
            ],
        ),
    ]);
}
