#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

use crate::base::time::{Zone, ZoneClock};
use crate::format::extractor::LevelWord;
use crate::format::spec::{Format, FormatSpec, Style};

/// 2026-11-22 10:00:01.518 UTC.
const TIME: i64 = 1_795_341_601_518_000_000;

/// A template, its language, a record, the level, logger and message that it shows, and its other fields.
struct Case(
    Style,
    &'static str,
    &'static str,
    (&'static str, &'static str, &'static str),
    &'static [(&'static str, &'static str)],
);

fn check(Case(style, template, record, (level, logger, message), fields): &Case, time: bool) {
    assert_eq!(Style::guess(template), *style, "{template}");
    let format = Format::compile(&FormatSpec::template(*template)).unwrap();
    let mut zone = ZoneClock::new(&Zone::Utc);
    let header = format.extractor.header(record.as_bytes(), &mut zone);
    let header = header.unwrap_or_else(|| panic!("{template} does not read {record}"));
    if time {
        assert_eq!(header.time, Some(TIME), "{template}");
    }
    let parsed = format.extractor.parse(record.as_bytes());
    let text = |value: Option<&std::borrow::Cow<'_, [u8]>>| {
        String::from_utf8(value.map(|v| v.to_vec()).unwrap_or_default()).unwrap()
    };
    assert_eq!(text(parsed.level.as_ref()), *level, "{template}");
    assert_eq!(level.is_empty(), header.level == LevelWord::None);
    assert_eq!(text(parsed.logger.as_ref()), *logger, "{template}");
    assert_eq!(text(Some(&parsed.message)), *message, "{template}");
    let shown: Vec<(String, String)> = parsed
        .fields
        .iter()
        .map(|field| (field.name.to_string(), text(Some(&field.value))))
        .collect();
    let shown: Vec<(&str, &str)> = shown.iter().map(|(n, v)| (&**n, &**v)).collect();
    assert_eq!(shown, *fields, "{template}");
}

#[test]
fn pattern_layouts() {
    let usual = ("INFO", "org.example.App", "ready");
    let cases = [
        Case(
            Style::Log4j,
            "%d{yyyy-MM-dd HH:mm:ss,SSS} [%t] %-5level %logger{36} - %msg%n",
            "2026-11-22 10:00:01,518 [main] INFO  org.example.App - ready\n",
            usual,
            &[("threadName", "main")],
        ),
        // log4j 1's ISO8601 and its own words, several in a row.
        Case(
            Style::Log4j,
            "%d{ISO8601} %-5p [%t] %c{1}:%L - %m%n",
            "2026-11-22 10:00:01,518 INFO  [pool-1 worker] org.example.App:12 - ready\n",
            usual,
            &[("threadName", "pool-1 worker"), ("lineno", "12")],
        ),
        // A line number that is not known, and a message with a stack trace.
        Case(
            Style::Log4j,
            "%d %5p (%F:%L) %c - %m%n%xEx{full}",
            "2026-11-22T10:00:01.518  WARN (App.java:?) org.example.App - ready\njava.lang.Error: x\n\tat a.B.c(B.java:1)\n",
            (
                "WARN",
                "org.example.App",
                "ready\njava.lang.Error: x\n\tat a.B.c(B.java:1)",
            ),
            &[("filename", "App.java"), ("lineno", "?")],
        ),
        // Spring Boot's console pattern, as it stands in its documentation.
        Case(
            Style::Log4j,
            "%clr(%d{yyyy-MM-dd HH:mm:ss.SSS}){faint} %clr(${LOG_LEVEL_PATTERN:-%5p}) %clr(${PID:- }){magenta} %clr(---){faint} %clr([%15.15t]){faint} %clr(%-40.40logger{39}){cyan} %clr(:){faint} %m%n${LOG_EXCEPTION_CONVERSION_WORD:-%wEx}",
            "\u{1b}[2m2026-11-22 10:00:01.518\u{1b}[0;39m \u{1b}[32m INFO\u{1b}[0;39m \u{1b}[35m7\u{1b}[0;39m \u{1b}[2m---\u{1b}[0;39m \u{1b}[2m[           main]\u{1b}[0;39m \u{1b}[36morg.example.App                         \u{1b}[0;39m \u{1b}[2m:\u{1b}[0;39m ready\n",
            usual,
            &[("process", "7"), ("threadName", "main")],
        ),
        // Spring Boot 3's.
        Case(
            Style::Log4j,
            "%clr(%d{${LOG_DATEFORMAT_PATTERN:-yyyy-MM-dd'T'HH:mm:ss.SSSXXX}}){faint} %clr(${LOG_LEVEL_PATTERN:-%5p}) %clr(${PID:-}){magenta} %clr(--- %esb(){APPLICATION_NAME}%esb{APPLICATION_GROUP}[%15.15t] ${LOG_CORRELATION_PATTERN:-}){faint}%clr(%-40.40logger{39}){cyan} %clr(:){faint} %m%n${LOG_EXCEPTION_CONVERSION_WORD:-%wEx}",
            "2026-11-22T10:00:01.518Z  INFO 7 --- [shop] [           main] org.example.App                          : ready\n",
            usual,
            &[
                ("process", "7"),
                ("applicationName", "[shop] "),
                ("threadName", "main"),
            ],
        ),
        Case(
            Style::Log4j,
            "%d [%t] %notEmpty{[%X{id}] }%-5level %c - %msg%n",
            "2026-11-22 10:00:01,518 [main] INFO  org.example.App - ready\n",
            usual,
            &[("threadName", "main"), ("id", "")],
        ),
        // log4j 2 groups with a pattern as their option, time zone, date and time apart.
        Case(
            Style::Log4j,
            "%highlight{%d{yyyy-MM-dd} %d{HH:mm:ss.SSS} %-5level}{FATAL=white, ERROR=red} %style{%c{1.}}{cyan} %replace{%msg}{\\s}{ } %marker%n",
            "2026-11-22 10:00:01.518 INFO  org.example.App ready AUDIT\n",
            usual,
            &[("marker", "AUDIT")],
        ),
        Case(
            Style::Log4j,
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSS}{GMT+9} %p{length=1} %c [%X{traceId:-},%X{spanId:-}] %m%n",
            "2026-11-22T19:00:01.518 I org.example.App [7b,] ready\n",
            ("I", "org.example.App", "ready"),
            &[("traceId", "7b"), ("spanId", "")],
        ),
        Case(
            Style::Log4j,
            "%date{\"yyyy-MM-dd HH:mm:ss,SSS\", UTC} %-20([%thread]) %le %lo <%mdc> %rEx%msg%n",
            "2026-11-22 10:00:01,518 [main]               INFO org.example.App <a=1, b=2> ready\n",
            ("INFO", "org.example.App", "ready"),
            &[("threadName", "main"), ("mdc", "a=1, b=2")],
        ),
        Case(
            Style::Log4j,
            "%d{UNIX_MILLIS} 100%% \\(%p\\)\\t%pid %sn %c - %m%n",
            "1795341601518 100% (INFO)\t7 42 org.example.App - ready\n",
            usual,
            &[("process", "7"), ("sequenceNumber", "42")],
        ),
        Case(
            Style::Log4j,
            "%d{dd MMM yyyy HH:mm:ss,SSS} %c{2} %M:%line [%property{app}] %p - %m",
            "22 Nov 2026 10:00:01,518 org.example.App run:7 [shop] INFO - ready\n",
            usual,
            &[("funcName", "run"), ("lineno", "7"), ("app", "shop")],
        ),
    ];
    for case in &cases {
        check(case, true);
    }
}

#[test]
fn pattern_layouts_without_a_date() {
    check(
        &Case(
            Style::Log4j,
            "%-4r [%t] %-5p %c %x - %m%n",
            "46   [main] INFO  org.example.App  - ready\n",
            ("INFO", "org.example.App", "ready"),
            &[
                ("relativeCreated", "46"),
                ("threadName", "main"),
                ("ndc", ""),
            ],
        ),
        false,
    );
    check(
        &Case(
            Style::Log4j,
            "%d{ABSOLUTE} %-5p %c: %m%n",
            "10:00:01,518 ERROR org.example.App: it broke\n",
            ("ERROR", "org.example.App", "it broke"),
            &[],
        ),
        false,
    );
}

#[test]
fn dot_net_and_loguru() {
    let cases = [
        Case(
            Style::NLog,
            "${longdate}|${level:uppercase=true}|${logger}|${message:withexception=true}",
            "2026-11-22 10:00:01.5180|INFO|Shop.Program|ready\n",
            ("INFO", "Shop.Program", "ready"),
            &[],
        ),
        Case(
            Style::NLog,
            "${date:format=yyyy-MM-dd HH\\:mm\\:ss.fff} [${threadid}] ${pad:padding=-5:inner=${level}} ${logger} ${event-properties:item=Id} - ${message}${onexception:${newline}${exception}}",
            "2026-11-22 10:00:01.518 [7] Warn  Shop.Program 42 - ready\n",
            ("Warn", "Shop.Program", "ready"),
            &[("thread", "7"), ("Id", "42")],
        ),
        Case(
            Style::Serilog,
            "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] {SourceContext} ({ThreadId,3}) {Message:lj}{NewLine}{Exception}",
            "2026-11-22 19:00:01.518 +09:00 [WRN] Shop.Program (  7) ready\n",
            ("WRN", "Shop.Program", "ready"),
            &[("thread", "7")],
        ),
        Case(
            Style::Loguru,
            "<green>{time:YYYY-MM-DD HH:mm:ss.SSS}</green> | <level>{level: <8}</level> | <cyan>{name}</cyan>:<cyan>{function}</cyan>:<cyan>{line}</cyan> - <level>{message}</level>",
            "\u{1b}[32m2026-11-22 10:00:01.518\u{1b}[0m | \u{1b}[1mINFO    \u{1b}[0m | \u{1b}[36mapp.db\u{1b}[0m:\u{1b}[36mconnect\u{1b}[0m:\u{1b}[36m12\u{1b}[0m - \u{1b}[1mready\u{1b}[0m\n",
            ("INFO", "app.db", "ready"),
            &[("funcName", "connect"), ("lineno", "12")],
        ),
        Case(
            Style::Loguru,
            "{time:YYYY-MM-DD[T]HH:mm:ss.SSSSSS!UTC} {level.name} [{extra[request_id]}] {process.name} {thread.name} {file.name} {message}\n{exception}",
            "2026-11-22T10:00:01.518000 ERROR [r-1] MainProcess MainThread db.py it broke\n",
            ("ERROR", "", "it broke"),
            &[
                ("request_id", "r-1"),
                ("processName", "MainProcess"),
                ("threadName", "MainThread"),
                ("filename", "db.py"),
            ],
        ),
    ];
    for case in &cases {
        check(case, true);
    }
}

#[test]
fn styles_stay_apart() {
    for (text, style) in [
        ("%(asctime)s %(levelname)s %d", Style::Percent),
        ("{asctime} {levelname}: 100%", Style::Brace),
        ("${asctime} ${levelname} ${message}", Style::Dollar),
        ("$asctime $message", Style::Dollar),
        ("{time} {level} {message}", Style::Brace),
        ("%m%n", Style::Log4j),
        ("%-30(%d [%t]) %msg%n", Style::Log4j),
        ("plain text, 50% off", Style::Percent),
    ] {
        assert_eq!(Style::guess(text), style, "{text}");
        assert_eq!(style.name().parse::<Style>().unwrap(), style);
    }
}

#[test]
fn mistakes_have_a_column() {
    for (style, text, column) in [
        (Style::Log4j, "%d %foo %m", 3),
        (Style::Log4j, "%m %", 3),
        (Style::Log4j, "한글 %d{yyyy-QQ} %m", 11),
        (Style::Log4j, "%d{HH:mm:ss}{Europe/Berlin} %m", 3),
        (Style::Log4j, "%d{HH:mm %m", 2),
        (Style::Log4j, "%clr(%d %m", 4),
        (Style::Log4j, "%highlight{%d %foo}{x} %m", 14),
        (Style::Log4j, "%highlight %m", 0),
        (Style::Log4j, "${NAME} %m", 0),
        (Style::NLog, "${longdate} ${level", 12),
        (Style::NLog, "${date:format=yyyy-QQ} ${message}", 19),
        (Style::Serilog, "{Timestamp:HH:mm:bb} {Message}", 17),
        (Style::Serilog, "{Message} {", 10),
        (Style::Loguru, "{time:YYYY-QQ} {message}", 11),
        (Style::Loguru, "{time:HH:mm} {message!q}", 22),
    ] {
        let spec = FormatSpec::Template {
            style,
            text: text.to_owned(),
            datefmt: None,
            msec_format: None,
        };
        let error = Format::compile(&spec).unwrap_err();
        assert_eq!(error.column, Some(column), "{text}: {error}");
        assert!(!error.hint.is_empty());
    }
}
