//! The rows of [`super::builtin`].

use super::builtin::{Builtin, Recipe};
use super::extractor::Clock;
use super::json::JsonShape;

pub(super) const fn template(
    name: &'static str,
    title: &'static str,
    text: &'static str,
    datefmt: Option<&'static str>,
    example: &'static str,
) -> Builtin {
    let recipe = Recipe::Template {
        text,
        datefmt,
        msec_format: None,
    };
    Builtin {
        name,
        title,
        example,
        recipe,
    }
}

pub(super) const fn regex(
    name: &'static str,
    title: &'static str,
    pattern: &'static str,
    example: &'static str,
) -> Builtin {
    other(name, title, Recipe::Regex(pattern), example)
}

pub(super) const fn other(
    name: &'static str,
    title: &'static str,
    recipe: Recipe,
    example: &'static str,
) -> Builtin {
    Builtin {
        name,
        title,
        example,
        recipe,
    }
}

const SECONDS: Option<&str> = Some("%Y-%m-%d %H:%M:%S");
const COMMON_LOG: Option<&str> = Some("%d/%b/%Y:%H:%M:%S %z");

pub(super) const TABLE: &[Builtin] = &[
    // Formats that describe themselves.
    other(
        "json",
        "JSON lines",
        Recipe::Json(JsonShape::Line),
        r#"{"time": "2026-11-22T10:00:01Z", "level": "info", "logger": "app.db", "msg": "ready"}"#,
    ),
    other(
        "json-pretty",
        "JSON objects over several lines",
        Recipe::Json(JsonShape::Pretty),
        "{\n  \"level\": \"info\",\n  \"msg\": \"ready\"\n}",
    ),
    other(
        "json-prefixed",
        "JSON lines behind other text (Docker, Kubernetes)",
        Recipe::Json(JsonShape::Prefixed),
        r#"api-1 | {"level": "info", "msg": "ready"}"#,
    ),
    other(
        "logfmt",
        "logfmt, key=value",
        Recipe::Logfmt,
        "time=2026-11-22T10:00:01Z level=info msg=\"ready\"",
    ),
    other(
        "journal-export",
        "systemd's journal, journalctl -o export",
        Recipe::Export,
        "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1795341601518000\nMESSAGE=ready\n",
    ),
    // Python's logging, as its documentation and its users spell it.
    template(
        "basic",
        "Python logging.basicConfig",
        "%(levelname)s:%(name)s:%(message)s",
        None,
        "INFO:app.db:ready",
    ),
    template(
        "name-level",
        "Python: time - name - level - message",
        "%(asctime)s - %(name)s - %(levelname)s - %(message)s",
        None,
        "2026-11-22 10:00:01,518 - app.db - INFO - ready",
    ),
    template(
        "level-name",
        "Python: time level name: message",
        "%(asctime)s %(levelname)s %(name)s: %(message)s",
        None,
        "2026-11-22 10:00:01,518 INFO app.db: ready",
    ),
    template(
        "level-name-bracket",
        "Python: time [level] name: message",
        "%(asctime)s [%(levelname)s] %(name)s: %(message)s",
        None,
        "2026-11-22 10:00:01,518 [INFO] app.db: ready",
    ),
    template(
        "level-process-line",
        "Python: time level [process:thread] name:line - message",
        "%(asctime)s %(levelname)-8s [%(process)d:%(threadName)s] %(name)s:%(lineno)d - %(message)s",
        None,
        "2026-11-22 10:00:01,518 INFO     [4021:MainThread] app.db:12 - ready",
    ),
    template(
        "level-bracket-line",
        "Python: time level [name] name:line - message",
        "%(asctime)s %(levelname)-8s [%(name)s] %(filename)s:%(lineno)d - %(message)s",
        None,
        "2026-11-22 10:00:01,518 INFO     [app.db] pool.py:12 - ready",
    ),
    template(
        "level-line",
        "Python: time level name:line - message",
        "%(asctime)s %(levelname)-8s %(name)s:%(lineno)d - %(message)s",
        None,
        "2026-11-22 10:00:01,518 INFO     app.db:12 - ready",
    ),
    template(
        "level-message",
        "Python: time level message",
        "%(asctime)s %(levelname)s %(message)s",
        None,
        "2026-11-22 10:00:01,518 INFO ready",
    ),
    template(
        "pipes",
        "Python: time | level | name | message",
        "%(asctime)s | %(levelname)s | %(name)s | %(message)s",
        None,
        "2026-11-22 10:00:01,518 | INFO | app.db | ready",
    ),
    template(
        "loguru",
        "loguru",
        "%(asctime)s.%(msecs)03d | %(levelname)-8s | %(name)s:%(funcName)s:%(lineno)d - %(message)s",
        SECONDS,
        "2026-11-22 10:00:01.518 | INFO     | app.db:connect:12 - ready",
    ),
    regex(
        "structlog",
        "structlog console",
        r"(?<asctime>\d{4}-\d\d-\d\d[T ]\d\d:\d\d[.\d]*(?::\d\d(?:\.\d+)?)?Z?) \[(?<levelname>[a-z]+) *\] (?<message>.*?)(?: +\[(?<name>[\w.]+)\] *(?<context>.*))?$",
        "2026-11-22T10:00:01.518Z [info     ] ready                          [app.db] n=1",
    ),
    regex(
        "uvicorn",
        "uvicorn",
        r"(?<levelname>TRACE|DEBUG|INFO|WARNING|ERROR|CRITICAL): +(?<message>.*)",
        "INFO:     Started server process [1]",
    ),
    template(
        "gunicorn",
        "gunicorn",
        "[%(asctime)s] [%(process)d] [%(levelname)s] %(message)s",
        Some("%Y-%m-%d %H:%M:%S %z"),
        "[2026-11-22 10:00:01 +0000] [7] [INFO] Listening at: http://0.0.0.0:8000",
    ),
    regex(
        "django-server",
        "Django runserver",
        r#"\[(?<asctime>\d\d/\w{3}/\d{4} \d\d:\d\d:\d\d)\] (?<message>(?:"(?<request>(?:[^"\\\n]|\\.)*)" (?<status>\d{3}) (?<size>\d+|-)?)?.*)"#,
        "[22/Nov/2026 10:00:01] \"GET / HTTP/1.1\" 200 12",
    ),
    template(
        "django-verbose",
        "Django verbose",
        "%(levelname)s %(asctime)s %(module)s %(process)d %(thread)d %(message)s",
        None,
        "INFO 2026-11-22 10:00:01,518 views 7 140735 ready",
    ),
    regex(
        "werkzeug",
        "werkzeug, Flask's development server",
        r#"(?<client>\S+) - - \[(?<asctime>\d\d/\w{3}/\d{4} \d\d:\d\d:\d\d)\] (?<message>(?:"(?<request>(?:[^"\\\n]|\\.)*)" (?<status>\d{3}) )?.*)"#,
        r#"127.0.0.1 - - [22/Nov/2026 10:00:01] "GET / HTTP/1.1" 200 -"#,
    ),
    template(
        "flask",
        "Flask",
        "[%(asctime)s] %(levelname)s in %(module)s: %(message)s",
        None,
        "[2026-11-22 10:00:01,518] INFO in app: ready",
    ),
    template(
        "tornado",
        "Tornado",
        "[%(levelname)1.1s %(asctime)s %(module)s:%(lineno)d] %(message)s",
        Some("%y%m%d %H:%M:%S"),
        "[I 261122 10:00:01 web:2344] 200 GET / (::1) 0.51ms",
    ),
    template(
        "celery",
        "Celery worker",
        "[%(asctime)s: %(levelname)s/%(processName)s] %(message)s",
        None,
        "[2026-11-22 10:00:01,518: INFO/MainProcess] ready",
    ),
    template(
        "pytest",
        "pytest captured and live log",
        "%(levelname)-8s %(name)s:%(filename)s:%(lineno)d %(message)s",
        None,
        "INFO     app.db:db.py:12 ready",
    ),
    regex(
        "airflow",
        "Apache Airflow task log",
        r"\[(?<asctime>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,]\d+(?:[+-]\d{4})?)\] \{(?<filename>[^:}]+):(?<lineno>\d+)\} (?<levelname>[A-Z]+) - (?<message>.*)",
        "[2026-11-22T10:00:01.518+0000] {taskinstance.py:1157} INFO - ready",
    ),
    template(
        "vllm",
        "vLLM",
        "%(levelname)s %(asctime)s [%(filename)s:%(lineno)d] %(message)s",
        Some("%m-%d %H:%M:%S"),
        "INFO 11-22 10:00:01 [engine.py:12] ready",
    ),
    template(
        "transformers",
        "Hugging Face transformers",
        "[%(levelname)s|%(filename)s:%(lineno)s] %(asctime)s >> %(message)s",
        None,
        "[INFO|trainer.py:12] 2026-11-22 10:00:01,518 >> ready",
    ),
    template(
        "ray",
        "Ray",
        "%(asctime)s\t%(levelname)s %(filename)s:%(lineno)s -- %(message)s",
        None,
        "2026-11-22 10:00:01,518\tINFO worker.py:12 -- ready",
    ),
    template(
        "odoo",
        "Odoo",
        "%(asctime)s %(process)s %(levelname)s %(dbname)s %(name)s: %(message)s",
        None,
        "2026-11-22 10:00:01,518 7 INFO shop odoo.modules.loading: ready",
    ),
    template(
        "openstack",
        "OpenStack (oslo.log)",
        "%(asctime)s.%(msecs)03d %(process)d %(levelname)s %(name)s [%(request_id)s] %(message)s",
        SECONDS,
        "2026-11-22 10:00:01.518 7 INFO nova.compute [req-1 - -] ready",
    ),
    regex(
        "openstack-file",
        "OpenStack with the file's name in front",
        r"(?<logfile>\S+\.log\S*) (?<asctime>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+) (?<process>\d+) (?<levelname>[A-Z]+) (?<name>\S+) \[(?<request_id>[^\]\n]*)\] (?<message>.*)",
        "nova-api.log.1 2026-11-22 10:00:01.518 7 INFO nova.api [req-1 - -] ready",
    ),
    regex(
        "home-assistant",
        "Home Assistant",
        r"(?<asctime>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) (?<levelname>[A-Z]+) \((?<threadName>[^\n]*?)\) \[(?<name>[^\]\n]+)\] (?<message>.*)",
        "2026-11-22 10:00:01.518 INFO (MainThread) [homeassistant.core] ready",
    ),
    regex(
        "twisted",
        "Twisted",
        r"(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}) \[(?<name>[^#\]\n]+)#(?<levelname>[a-z]+)\] (?<message>.*)",
        "2026-11-22T10:00:01+0000 [shop.proto#info] ready",
    ),
    // Systems.
    regex(
        "syslog",
        "syslog, RFC 3164",
        r"(?:<\d{1,3}>)?(?<time_no_year>\p{L}{3,5}\.? +\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)?) (?<host>[^\s:\[]+) (?:\[(?<rule>[^\]\n]+)\] |(?:(?<facility>\w+)\.(?<level>\w+) )?(?<name>[^\s:\[]+(?: [^\s:\[]+){0,2})(?:\[(?<process>\d+)\])?(?: \((?<address>[^)\n]+)\))?: (?:\[ *(?<uptime>\d+\.\d{6})\] )?)?(?<message>.*)",
        "Nov 22 10:00:01 host app[7]: ready",
    ),
    regex(
        "syslog-iso",
        "syslog with ISO time",
        r"(?:<(?<pri>\d{1,3})>)?(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)) (?<host>[^\s:\[]+) (?<name>[^\s:\[]+)(?:\[(?<process>\d+)\])?: (?:\[ *(?<uptime>\d+\.\d{6})\] )?(?<message>.*)",
        "2026-11-22T10:00:01.518000+09:00 host app[7]: ready",
    ),
    regex(
        "syslog-5424",
        "syslog, RFC 5424",
        r"<(?<pri>\d{1,3})>1 (?<asctime>\S+) (?<host>\S+) (?<name>\S+) (?<process>\S+) (?<msgid>\S+) (?<data>-|(?:\[[^\n]*?\])+)(?: (?<message>.*))?",
        "<165>1 2026-11-22T10:00:01.003Z host app 7 ID47 - ready",
    ),
    regex(
        "access",
        "Apache and nginx access log, common and combined",
        r#"(?:(?<vhost>[\w.-]+:\d+) )?(?<client>\S+) \S+ (?<user>\S+) \[(?<asctime>\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d(?: [+-]\d{4})?)\] (?<message>"(?<request>(?:[^"\\]|\\.)*)" (?<status>\d{3}|-) (?<size>\d+|-).*)"#,
        r#"127.0.0.1 - - [22/Nov/2026:10:00:01 +0000] "GET / HTTP/1.1" 200 12 "-" "curl/8""#,
    ),
    regex(
        "apache-error",
        "Apache error log",
        r"\[(?<asctime>\w{3} \w{3} +\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)? \d{4})\] \[(?:(?<name>[\w-]*):)?(?<levelname>\w+)\] (?:\[pid (?<process>\d+)(?::tid (?<thread>\d+))?\] )?(?:\[client (?<client>[^\]\n]+)\] )?(?<message>.*)",
        "[Sun Nov 22 10:00:01.518 2026] [core:error] [pid 7] [client 10.0.0.1:1] File does not exist",
    ),
    regex(
        "nginx-error",
        "nginx error log",
        r"(?<asctime>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d) \[(?<levelname>\w+)\] (?<process>\d+)#(?<thread>\d+): (?:\*(?<connection>\d+) )?(?<message>.*)",
        "2026/11/22 10:00:01 [error] 7#7: *1 open() failed",
    ),
    regex(
        "glog",
        "glog, klog, absl",
        r"(?<levelname>[DIWEF])(?<time_no_year>\d{4} \d\d:\d\d:\d\d\.\d+) +(?<thread>\d+) (?<filename>[^\s:]+):(?<lineno>\d+)\] (?<message>.*)",
        "I1122 10:00:01.518000    7 server.cc:12] ready",
    ),
    regex(
        "spring",
        "Spring Boot",
        r"(?<asctime>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,]\d{3}(?:Z|[+-]\d\d:?\d\d)?) +(?<levelname>[A-Z]+) (?<process>\d+) --- (?:\[[^\]\n]*\] )?\[ *(?<threadName>[^\]\n]*)\] (?<name>\S+) +: (?<message>.*)",
        "2026-11-22 10:00:01.518  INFO 7 --- [main] c.e.shop.App : ready",
    ),
    regex(
        "log4j",
        "log4j and logback: time level [thread] logger",
        r"(?<asctime>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?) +(?<levelname>[A-Z]{4,8}) +\[(?<threadName>[^\]\n]*)\] (?<name>[\w.$\[\]/-]+)(?: --?|:) (?<message>.*)",
        "2026-11-22 10:00:01,518 INFO  [main] org.example.App - ready",
    ),
    regex(
        "logback",
        "logback and log4j: time [thread] level logger",
        r"(?<asctime>(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?) +\[(?<threadName>[^\]\n]*)\] +(?<levelname>[A-Z]{4,8}) +(?<name>[\w.$\[\]/-]+)(?: --?|:) (?<message>.*)",
        "2026-11-22 10:00:01.518 [main] INFO org.example.App - ready",
    ),
    template(
        "spark",
        "Spark and Hadoop",
        "%(asctime)s %(levelname)s %(name)s: %(message)s",
        Some("%y/%m/%d %H:%M:%S"),
        "26/11/22 10:00:01 INFO spark.SecurityManager: ready",
    ),
    template(
        "hdfs",
        "HDFS",
        "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s",
        Some("%y%m%d %H%M%S"),
        "261122 100001 148 INFO dfs.DataNode: ready",
    ),
    regex(
        "zookeeper",
        "ZooKeeper",
        r"(?<asctime>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?:\[myid:(?<myid>[^\]\n]*)\] )?- (?<levelname>[A-Z]+) +\[(?<threadName>.+?):(?<name>[^\]\n:@]+)@(?<lineno>\d+)\] - (?<message>.*)",
        "2026-11-22 10:00:01,518 [myid:] - INFO  [main:QuorumPeer@12] - ready",
    ),
    regex(
        "bgl",
        "Blue Gene/L RAS",
        r"(?<label>\S+) (?<asctime>\d{10}) (?<date>\d{4}\.\d\d\.\d\d) (?<node>\S+) (?<stamp>\d{4}-\d\d-\d\d-\d\d\.\d\d\.\d\d\.\d+) (?<repeat>\S+) (?<type>\S+) (?<name>\S+) (?<levelname>\S+) ?(?<message>.*)",
        "- 1117838570 2005.06.03 R02 2005-06-03-15.42.50.675872 R02 RAS KERNEL INFO ready",
    ),
    regex(
        "thunderbird",
        "Thunderbird and other syslog collections",
        r"(?<label>\S+) (?<asctime>\d{10}) (?<date>\d{4}\.\d\d\.\d\d) (?<node>\S+) (?<stamp>\w{3} +\d+ \d\d:\d\d:\d\d) (?<location>\S+) (?:(?<name>[^\s:\[]+)(?:\[(?<process>\d+)\])?: )?(?<message>.*)",
        "- 1131566461 2005.11.09 dn228 Nov 9 12:01:01 dn228/dn228 crond[2916]: ready",
    ),
    regex(
        "postgres",
        "PostgreSQL",
        r"(?<asctime>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [A-Z]{2,5}) \[(?<process>\d+)\](?: (?<session>[^\s:]+))? (?<levelname>[A-Z]+\d?):  (?<message>.*)",
        "2026-11-22 10:00:01.518 UTC [7] LOG:  ready",
    ),
    regex(
        "mysql",
        "MySQL and MariaDB error log",
        r"(?<asctime>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?Z?) (?<thread>\d+) \[(?<levelname>\w+)\] (?:\[(?<code>[^\]\n]+)\] \[(?<name>[^\]\n]+)\] )?(?<message>.*)",
        "2026-11-22T10:00:01.518Z 0 [System] [MY-010116] [Server] ready",
    ),
    regex(
        "redis",
        "Redis",
        r"(?:(?<process>\d+):(?<role>[MCSX]|signal-handler)|\[(?<pid>\d+)\]) \(?(?<asctime>\d{10}|\d\d? \w{3} (?:\d{4} )?\d\d:\d\d:\d\d\.\d{3})\)? (?:(?<redis_level>[.*#-]) )?(?<message>.*)",
        "7:M 22 Nov 2026 10:00:01.518 * Ready to accept connections",
    ),
    regex(
        "logcat",
        "Android logcat",
        r"(?<time_no_year>\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6}) +(?:(?:(?<uid>\w+) +)?(?<process>\d+) +(?<thread>\d+) )?(?<levelname>[VDIWEFA])[ /](?:(?<name>[^\[\n][^\n]*?)? *(?:\( *(?<pid>\d+)\))?: )?(?<message>.*)",
        "11-22 10:00:01.518  1702  2395 D WindowManager: ready",
    ),
    regex(
        "healthapp",
        "time|component|pid|message",
        r"(?<asctime>\d{8}-\d{1,2}:\d{1,2}:\d{1,2}:\d{1,3})\|(?<name>[^|\n]+)\|(?<process>\d+)\|(?<message>.*)",
        "20261122-10:00:01:606|Step_LSC|30002312|ready",
    ),
    regex(
        "laravel",
        "Laravel, Monolog",
        r"\[(?<asctime>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d)?)\] (?<channel>[\w-]+)\.(?<levelname>[A-Z]+): (?<message>.*?)(?: (?<context>\{.*\}|\[\])(?: (?<extra>\{.*\}|\[\]))?)? *$",
        "[2026-11-22 10:00:01] local.ERROR: failed",
    ),
    regex(
        "cups",
        "CUPS",
        r"(?<levelname>[AXEWNIDd]) \[(?<asctime>\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] (?:(?<name>[A-Za-z]+): )?(?<message>.*)",
        "I [22/Nov/2026:10:00:01 -0400] ready",
    ),
    regex(
        "rust",
        "Rust env_logger",
        r"\[(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) (?<levelname>[A-Z]+) +(?<name>[\w:]+)\] (?<message>.*)",
        "[2026-11-22T10:00:01Z INFO  app::db] ready",
    ),
    regex(
        "tracing",
        "Rust tracing",
        r"(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) +(?<levelname>TRACE|DEBUG|INFO|WARN|ERROR) (?<name>[\w:]+): (?<message>.*)",
        "2026-11-22T10:00:01.518Z  INFO app::db: ready",
    ),
    regex(
        "vdsm",
        "VDSM",
        r"(?<threadName>[^:\s]+)::(?<levelname>[A-Z]+)::(?<asctime>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3})::(?<module>[^:\n]+)::(?<lineno>\d+)::(?<name>[^:\n]+)::\((?<funcName>[^)\n]*)\)(?<message>.*)",
        "MainThread::INFO::2026-11-22 10:00:01,518::vdsm::71::vds::(run) ready",
    ),
    regex(
        "zap",
        "zap console",
        r"(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))\t(?<levelname>[A-Za-z]+)\t(?:(?:(?<name>[\w./-]+)\t)??(?:(?<filename>[\w./@-]+\.\w+):(?<lineno>\d+)\t)?(?<message>[^\t\n]*|[^\t\n]*[^\w./\t\n-][^\n]*?)(?:\t(?<context>\{.*\}))?|(?<rest>.*))$",
        "2026-11-22T10:00:01.518Z\tinfo\tapp.go:12\tready",
    ),
    regex(
        "cri",
        "Kubernetes (CRI) around plain text",
        r"(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(?:Z|[+-]\d\d:\d\d)) (?<stream>stdout|stderr) (?<tag>[FP]) (?<message>.*)",
        "2026-11-22T10:00:01.518Z stdout F ready",
    ),
    template(
        "common",
        "Bracketed common log time",
        "[%(asctime)s] %(message)s",
        COMMON_LOG,
        "[22/Nov/2026:10:00:01 +0000] ready",
    ),
];

/// The built-in for what is no text: nothing but the detection of noise proposes it.
pub const NO_TEXT: &str = "lines";

/// What is left to formats that are not known.
pub(super) const LAST: &[Builtin] = &[
    other(
        "text-dated",
        "Text with a timestamp at the start of lines",
        Recipe::Plain(Clock::Full),
        "2026-11-22 10:00:01 ready",
    ),
    other(
        "text-yearless",
        "Text with month and day at the start of lines",
        Recipe::Plain(Clock::NoYear),
        "Nov 22 10:00:01 ready",
    ),
    other(
        "text-timed",
        "Text with the time of day at the start of lines",
        Recipe::Plain(Clock::TimeOfDay),
        "10:00:01 ready",
    ),
    other("plain", "Plain text", Recipe::Plain(Clock::None), "ready"),
    other(
        NO_TEXT,
        "Lines as they are, for what is no text",
        Recipe::Lines,
        "\u{7f}ELF",
    ),
];
