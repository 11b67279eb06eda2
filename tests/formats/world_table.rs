//! Lines of many programs' logs: detection alone must read the last record's time, level, logger and message.

use timberline::base::level::LevelTable;
use timberline::base::time::{Zone, ZoneClock};
use timberline::format::detect::detect;
use timberline::format::extractor::LevelWord;

/// 2026-11-22 10:00:01 UTC, whole seconds.
const SECOND: i64 = 1_795_341_601;

/// What is compared of the time.
#[derive(Clone, Copy, PartialEq)]
enum Shows {
    /// The second above.
    Time,
    /// The same without its date or year.
    Part,
    /// None at all.
    Nothing,
}
use Shows::{Nothing, Part, Time};

/// What it is, its lines, and of the last record: time, level, logger, message.
struct Row(
    &'static str,
    &'static str,
    Shows,
    &'static str,
    &'static str,
    &'static str,
);

/// JSON of the usual libraries.
#[rustfmt::skip]
const JSON: &[Row] = &[
    Row("python-json-logger", r#"{"asctime": "2026-11-22 10:00:01,518", "levelname": "INFO", "name": "app.db", "message": "ready", "taskName": null}"#, Time, "INFO", "app.db", "ready"),
    Row("structlog", r#"{"event": "ready", "level": "warning", "logger": "app.db", "timestamp": "2026-11-22T10:00:01.518Z", "user": 7}"#, Time, "WARNING", "app.db", "ready"),
    Row("loguru serialize", r#"{"text": "2026-11-22 10:00:01.518 | INFO     | app.db:connect:12 - ready\n", "record": {"elapsed": {"repr": "0:00:00.1", "seconds": 0.1}, "exception": null, "extra": {}, "file": {"name": "db.py", "path": "/app/db.py"}, "function": "connect", "level": {"icon": "i", "name": "INFO", "no": 20}, "line": 12, "message": "ready", "module": "db", "name": "app.db", "process": {"id": 7, "name": "MainProcess"}, "thread": {"id": 1, "name": "MainThread"}, "time": {"repr": "2026-11-22 10:00:01.518000+00:00", "timestamp": 1795341601.518}}}"#, Time, "INFO", "app.db", "ready"),
    Row("bunyan", r#"{"name":"shop","hostname":"h","pid":7,"level":40,"msg":"ready","time":"2026-11-22T10:00:01.518Z","v":0}"#, Time, "WARNING", "shop", "ready"),
    Row("pino", r#"{"level":30,"time":1795341601518,"pid":7,"hostname":"h","name":"shop","msg":"ready"}"#, Time, "INFO", "shop", "ready"),
    Row("zap", r#"{"level":"error","ts":1795341601.518,"logger":"shop.db","caller":"db/pool.go:12","msg":"ready","stacktrace":"main.main\n\t/app/main.go:7"}"#, Time, "ERROR", "shop.db", "ready"),
    Row("slog", r#"{"time":"2026-11-22T10:00:01.518Z","level":"WARN","msg":"ready","request":{"method":"GET","status":200}}"#, Time, "WARNING", "", "ready"),
    Row("serilog CLEF", r#"{"@t":"2026-11-22T10:00:01.5180000Z","@mt":"ready","@l":"Warning","SourceContext":"Shop.Program"}"#, Time, "WARNING", "Shop.Program", "ready"),
    Row("serilog CLEF at info", r#"{"@t":"2026-11-22T10:00:01.5180000Z","@m":"ready","SourceContext":"Shop.Program"}"#, Time, "INFO", "Shop.Program", "ready"),
    Row("Google Cloud", r#"{"insertId":"1x","jsonPayload":{"message":"ready","user":7},"logName":"projects/shop/logs/app","severity":"NOTICE","timestamp":"2026-11-22T10:00:01.518Z"}"#, Time, "NOTICE", "projects/shop/logs/app", "ready"),
    Row("ECS", r#"{"@timestamp":"2026-11-22T10:00:01.518Z","log.level":"error","message":"ready","ecs":{"version":"1.6.0"},"log":{"logger":"app.db","origin":{"function":"connect"}}}"#, Time, "ERROR", "app.db", "ready"),
    Row("GELF", r#"{"version":"1.1","host":"h","short_message":"ready","full_message":"ready\nmore","timestamp":1795341601.518,"level":4,"_logger":"app.db"}"#, Time, "WARNING", "app.db", "ready"),
    Row("logback JSON", r#"{"@timestamp":"2026-11-22T10:00:01.518+00:00","@version":"1","message":"ready","logger_name":"org.example.App","thread_name":"main","level":"WARN","level_value":30000}"#, Time, "WARNING", "org.example.App", "ready"),
    Row("log4j 2 JSON", r#"{"instant":{"epochSecond":1795341601,"nanoOfSecond":518000000},"thread":"main","level":"FATAL","loggerName":"org.example.App","message":"ready","endOfBatch":false}"#, Time, "CRITICAL", "org.example.App", "ready"),
    Row("zerolog", r#"{"level":"fatal","time":1795341601,"message":"ready"}"#, Time, "CRITICAL", "", "ready"),
    Row("logrus", r#"{"level":"trace","msg":"ready","time":"2026-11-22T10:00:01Z"}"#, Time, "TRACE", "", "ready"),
    Row("OpenTelemetry", r#"{"resourceLogs":[{"resource":{"attributes":[]},"scopeLogs":[{"scope":{"name":"app.db","version":"1"},"logRecords":[{"timeUnixNano":"1795341601518000000","severityNumber":13,"severityText":"WARN","body":{"stringValue":"ready"},"attributes":[],"traceId":"0af7","spanId":""}]}],"schemaUrl":""}]}"#, Time, "WARNING", "app.db", "ready"),
    Row("journal", r#"{"__REALTIME_TIMESTAMP":"1795341601518000","PRIORITY":"4","SYSLOG_IDENTIFIER":"app","MESSAGE":"ready","_PID":"7"}"#, Time, "WARNING", "app", "ready"),
    Row("Docker around JSON", r#"{"log":"{\"level\":\"error\",\"msg\":\"ready\",\"logger\":\"app.db\"}\n","stream":"stderr","time":"2026-11-22T10:00:01.518Z"}"#, Time, "ERROR", "app.db", "ready"),
    Row("Docker around Python", "{\"log\":\"INFO:app.db:ready\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-22T10:00:01.518Z\"}", Time, "INFO", "app.db", "ready"),
    Row("compose around JSON", "api-1  | {\"level\":\"error\",\"msg\":\"ready\",\"time\":\"2026-11-22T10:00:01Z\"}\ndb-1   | {\"level\":\"info\",\"msg\":\"ready\",\"time\":\"2026-11-22T10:00:01Z\"}", Time, "INFO", "", "ready"),
    Row("JSON with a prefix", "2026-11-22T10:00:01.518Z stdout F {\"level\":\"error\",\"msg\":\"ready\",\"logger\":\"a.b\"}", Time, "ERROR", "a.b", "ready"),
    Row("Elasticsearch hits", r#"{"_index":"app","_source":{"@timestamp":"2026-11-22T10:00:01Z","level":"error","logger":"a.b","message":"ready"}}"#, Time, "ERROR", "a.b", "ready"),
    Row("JSON in syslog", "Nov 22 10:00:00 web app[7]: {\"level\":\"info\",\"msg\":\"start\"}\nNov 22 10:00:01 web app[7]: {\"level\":\"error\",\"msg\":\"ready\"}", Part, "ERROR", "app", "ready"),
    Row("JSON as the message", "2026-11-22 10:00:00,518 INFO app.db {\"event\": \"start\", \"user\": 7}\n2026-11-22 10:00:01,518 ERROR app.db {\"event\": \"ready\"}", Time, "ERROR", "app.db", "{\"event\": \"ready\"}"),
    Row("JSON over lines", "{\n  \"time\": \"2026-11-22T10:00:01Z\",\n  \"level\": \"info\",\n  \"msg\": \"ready\",\n  \"user\": {\n    \"id\": 7\n  }\n}\n{\n  \"time\": \"2026-11-22T10:00:01Z\",\n  \"level\": \"error\",\n  \"msg\": \"ready\"\n}", Time, "ERROR", "", "ready"),
    Row("logfmt", "time=2026-11-22T10:00:01.518Z level=warn logger=app.db msg=\"ready\" user=7", Time, "WARNING", "app.db", "ready"),
    Row("slog text", "time=2026-11-22T10:00:00.518Z level=INFO msg=\"start up\" user=7\ntime=2026-11-22T10:00:01.518Z level=DEBUG+2 msg=ready source=main.go:7", Time, "DEBUG+2", "", "ready"),
];

/// Text of systems and servers.
#[rustfmt::skip]
const SYSTEMS: &[Row] = &[
    Row("RFC 3164", "Nov 22 10:00:00 web sshd[7]: start\nNov 22 10:00:01 web cron[9]: ready", Part, "", "cron", "ready"),
    Row("RFC 3164 with priority", "<86>Nov 22 10:00:00 web sshd[7]: start\n<35>Nov 22 10:00:01 web cron[9]: ready", Part, "ERROR", "cron", "ready"),
    Row("RFC 5424", "<165>1 2026-11-22T10:00:01.003Z web app 7 ID47 [x@1 a=\"b\"] ready", Time, "NOTICE", "app", "ready"),
    Row("macOS syslog", "Nov 22 10:00:00 mac kernel[0]: start\nNov 22 10:00:01 mac com.apple.xpc.launchd[1] (com.apple.quicklook[4]): ready", Part, "", "com.apple.xpc.launchd", "ready"),
    Row("nginx combined", "10.0.0.1 - - [22/Nov/2026:10:00:01 +0000] \"GET / HTTP/1.1\" 200 12 \"-\" \"curl/8\"", Time, "", "", "\"GET / HTTP/1.1\" 200 12 \"-\" \"curl/8\""),
    Row("nginx error", "2026/11/22 10:00:01 [warn] 7#7: *1 ready", Time, "WARNING", "", "ready"),
    Row("Apache error", "[Sun Nov 22 10:00:01.518123 2026] [core:error] [pid 7:tid 9] [client 10.0.0.1:1] ready", Time, "ERROR", "core", "ready"),
    Row("glog", "I1122 10:00:00.518000    7 server.cc:12] start\nW1122 10:00:01.518000    7 server.cc:12] ready", Part, "WARNING", "", "ready"),
    Row("klog", "I1122 10:00:00.518000       1 server.go:12] \"start\"\nE1122 10:00:01.518000       1 server.go:12] ready", Part, "ERROR", "", "ready"),
    Row("absl Python", "I1122 10:00:00.518000 140735 train.py:12] start\nF1122 10:00:01.518000 140735 train.py:12] ready", Part, "CRITICAL", "", "ready"),
    Row("env_logger", "[2026-11-22T10:00:00Z INFO  shop::db] start\n[2026-11-22T10:00:01Z WARN  shop] ready", Time, "WARNING", "shop", "ready"),
    Row("tracing", "2026-11-22T10:00:00.518123Z  INFO shop::db: start\n2026-11-22T10:00:01.518123Z ERROR shop: ready", Time, "ERROR", "shop", "ready"),
    Row("Go log", "2026/11/22 10:00:00 start\n2026/11/22 10:00:01 ready", Time, "", "", "ready"),
    Row("Go log with a file", "2026/11/22 10:00:00.518000 main.go:7: start\n2026/11/22 10:00:01.518000 db.go:12: ready", Time, "", "", "ready"),
    Row(".NET console", "info: Shop.Startup[0]\n      start\nfail: Shop.Program[14]\n      ready", Nothing, "ERROR", "Shop.Program", "ready"),
    Row("NLog", "2026-11-22 10:00:00.5180|INFO|Shop.Startup|start\n2026-11-22 10:00:01.5180|WARN|Shop.Program|ready", Time, "WARNING", "Shop.Program", "ready"),
    Row("Serilog", "2026-11-22 10:00:00.518 +00:00 [INF] start\n2026-11-22 10:00:01.518 +00:00 [FTL] ready", Time, "CRITICAL", "", "ready"),
    Row("Rails", "I, [2026-11-22T10:00:00.518123 #7]  INFO -- : Started GET \"/\"\nF, [2026-11-22T10:00:01.518123 #7] FATAL -- : ready", Time, "CRITICAL", "", "ready"),
    Row("PostgreSQL", "2026-11-22 10:00:00.518 UTC [7] LOG:  start\n2026-11-22 10:00:01.518 UTC [7] shop@shop FATAL:  ready", Time, "CRITICAL", "", "ready"),
    Row("PostgreSQL csvlog", "2026-11-22 10:00:01.518 UTC,\"shop\",\"shop\",7,\"[local]\",6921a1.7,1,\"idle\",2026-11-22 09:00:00 UTC,3/0,0,ERROR,42601,\"syntax \"\"x\"\"\nready\",,,,,,\"select,\n1\",,,\"psql\",\"client backend\",,0", Time, "ERROR", "", "syntax \"x\"\nready"),
    Row("CSV", "time,level,logger,message\n2026-11-22 10:00:00,INFO,app.db,start\n2026-11-22 10:00:01,WARNING,app.web,\"ready\"", Time, "WARNING", "app.web", "ready"),
    Row("Redis", "7:C 22 Nov 2026 10:00:00.518 # start\n7:M 22 Nov 2026 10:00:01.518 * ready", Time, "NOTICE", "", "ready"),
    Row("CRI", "2026-11-22T10:00:00.518Z stdout F start\n2026-11-22T10:00:01.518Z stderr F ready", Time, "", "", "ready"),
    Row("logcat", "11-22 10:00:00.518  1702  2395 D WindowManager: start\n11-22 10:00:01.518  1702  2395 E PowerManager: ready", Part, "ERROR", "PowerManager", "ready"),
    Row("logcat -v time", "11-22 10:00:00.518 D/WindowManager( 1702): start\n11-22 10:00:01.518 V/PowerManager( 1702): ready", Part, "VERBOSE", "PowerManager", "ready"),
    Row("dmesg", "[    0.000000] Linux version 6.8\n[    1.518000] ready", Nothing, "", "", "ready"),
    Row("dmesg -T", "[Sun Nov 22 10:00:00 2026] usb 1-1: start\n[Sun Nov 22 10:00:01 2026] usb: ready", Time, "", "usb", "ready"),
    Row("Lambda, Python", "START RequestId: 3d2c7a1e-0b0e-4e5f-9a55-0f0f0f0f0f0f Version: $LATEST\n[INFO]\t2026-11-22T10:00:00.518Z\t3d2c7a1e-0b0e-4e5f-9a55-0f0f0f0f0f0f\tstart\n[WARNING]\t2026-11-22T10:00:01.518Z\t3d2c7a1e-0b0e-4e5f-9a55-0f0f0f0f0f0f\tready", Time, "WARNING", "", "ready"),
    Row("Lambda, Node.js", "2026-11-22T10:00:00.518Z\t3d2c7a1e-0b0e-4e5f-9a55-0f0f0f0f0f0f\tINFO\tstart\n2026-11-22T10:00:01.518Z\t3d2c7a1e-0b0e-4e5f-9a55-0f0f0f0f0f0f\tERROR\tready", Time, "ERROR", "", "ready"),
    Row("Windows CBS", "2026-11-22 10:00:00, Info                  CBS    start\n2026-11-22 10:00:01, Error                 CSI    ready", Time, "ERROR", "CSI", "ready"),
    Row("Proxifier", "[11.22 10:00:00] chrome.exe - a.example:5070 start\n[11.22 10:00:00] chrome.exe - b.example:5070 start\n[11.22 10:00:00] git.exe - c.example:5070 start\n[11.22 10:00:01] curl.exe *64 - ready", Part, "", "curl.exe *64", "ready"),
    Row("HPC", "134681 node-246 unix.hw state_change.unavailable 1795341600 1 start\n350766 node-109 unix.hw state_change.unavailable 1795341601 1 ready", Time, "", "unix.hw", "ready"),
    Row("uWSGI", "[pid: 7|app: 0|req: 1/2] 10.0.0.1 () {40 vars in 800 bytes} [Sun Nov 22 10:00:01 2026] ready", Time, "", "", "ready"),
    Row("MySQL general", "2026-11-22T10:00:00.518000Z\t    7 Connect\troot@localhost on  using Socket\n2026-11-22T10:00:01.518000Z\t    7 Query\tready", Time, "", "", "ready"),
    Row("spdlog", "[2026-11-22 10:00:00.518] [shop] [info] start\n[2026-11-22 10:00:01.518] [shop] [warning] ready", Time, "WARNING", "shop", "ready"),
    Row("Monolog", "[2026-11-22T10:00:00.518123+00:00] app.INFO: start [] []\n[2026-11-22T10:00:01.518123+00:00] app.WARNING: ready {\"user\":7} []", Time, "WARNING", "app", "ready"),
    Row("access log with a failure", "10.0.0.1 - - [22/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 12\n10.0.0.1 - kim [22/Nov/2026:10:00:01 +0000] \"GET /a HTTP/1.1\" 503 0", Time, "ERROR", "", "\"GET /a HTTP/1.1\" 503 0"),
    Row("access log with what is not there", "10.0.0.1 - - [22/Nov/2026:10:00:01 +0000] \"GET /b HTTP/1.1\" 404 9", Time, "WARNING", "", "\"GET /b HTTP/1.1\" 404 9"),
    Row("AWS load balancer", "h2 2026-11-22T10:00:01.145057Z app/shop/50dc 10.0.1.2:48160 10.0.0.6:9000 0.000 0.002 0.000 502 - 5 257 \"GET https://shop.example:443/ HTTP/2.0\" \"curl/8\" - -", Time, "ERROR", "", "\"GET https://shop.example:443/ HTTP/2.0\" \"curl/8\" - -"),
    Row("classic AWS load balancer", "2026-11-22T10:00:01.145057Z shop 10.0.1.2:48160 - -1 -1 -1 504 0 0 0 \"GET http://shop.example:80/ HTTP/1.1\" \"curl/8\" - -", Time, "ERROR", "", "\"GET http://shop.example:80/ HTTP/1.1\" \"curl/8\" - -"),
    Row("S3", "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be shop [22/Nov/2026:10:00:01 +0000] 10.0.0.1 - 3E57 REST.GET.OBJECT a.css \"GET /a.css HTTP/1.1\" 403 AccessDenied 243 - 7 - \"-\" \"curl/8\" -", Time, "WARNING", "", "\"GET /a.css HTTP/1.1\" 403 AccessDenied 243 - 7 - \"-\" \"curl/8\" -"),
    Row("kernel in syslog", "Nov 22 10:00:00 web kernel: [    7.518000] usb 1-1: start\nNov 22 10:00:01 web kernel: [12345.518000] ready", Part, "", "kernel", "ready"),
    Row("syslog with priority and ISO time", "<14>2026-11-22T10:00:00.518000+00:00 web app[7]: start\n<11>2026-11-22T10:00:01.518000+00:00 web app[7]: ready", Time, "ERROR", "app", "ready"),
    Row("strace", "4021 10:00:00.518000 close(3)                = 0 <0.000011>\n4021 10:00:01.518000 openat(AT_FDCWD, \"/etc/x = 3\", O_RDONLY) = -1 ENOENT (No such file or directory) <0.000015>", Part, "ERROR", "", "AT_FDCWD, \"/etc/x = 3\", O_RDONLY"),
    Row("strace, resumed", "[pid  4021] 10:00:00.518000 read(3,  <unfinished ...>\n[pid  4021] 10:00:01.518000 <... read resumed>\"ab\", 4096) = 2", Part, "", "", "\"ab\", 4096"),
    Row("strace, signals", "10:00:00.518000 brk(NULL) = 0x55\n10:00:01.518000 --- SIGCHLD {si_signo=SIGCHLD} ---", Part, "", "", "SIGCHLD {si_signo=SIGCHLD}"),
    Row("strace -ttt", "1795341600.518000 futex(0x7f, FUTEX_WAIT, 2, NULL) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)\n1795341601.518000 openat(AT_FDCWD, \"a\", O_RDONLY) = 3</srv/a>", Time, "", "", "AT_FDCWD, \"a\", O_RDONLY"),
    Row("ESX 8", "2026-11-22T10:00:00Z In(14)[+] hostprofile[7]: start\n2026-11-22T10:00:01.518Z Er(163) Hostd[9]: [Originator@6876 sub=Vimsvc opID=ab-1 sid=5 user=kim:<no user>] ready", Time, "ERROR", "Hostd", "ready"),
    Row("ESX with a level of its own", "2026-11-22T10:00:00Z In(14) watchdog-vobd[7]: start\n2026-11-22T10:00:01.518Z In(14) settingsd[7]: debug [ConfigStore:c5f opId=ca-1] [Run] ready", Time, "INFO", "settingsd", "[Run] ready"),
    Row("vmkernel", "2026-11-22T10:00:00.518Z cpu7:35233)VMB: 65: start\n2026-11-22T10:00:01.518Z cpu0:2097 opID=8f)WARNING: Sched: 12: ready", Time, "WARNING", "", "Sched: 12: ready"),
    Row("vmkernel of ESX 8", "2026-11-22T10:00:00.518Z In(182) vmkernel: cpu1:2097152)VMB: 65: start\n2026-11-22T10:00:01.518Z Wa(180) vmkwarning: cpu0:2097 opID=8f)WARNING: Sched: 12: ready", Time, "WARNING", "vmkwarning", "Sched: 12: ready"),
    Row("VMware in Go", "2026-11-22T10:00:00.518Z debug wcp [auth/session.go:12] start\n2026-11-22T10:00:01.51Z error vlcm [logger/tee.go:7] [opID=vapi] ready", Time, "ERROR", "vlcm", "ready"),
    Row("SSSD with fractions", "(2026-11-22 10:00:00:518123): [be[x]] [start_it] (0x0400): start\n(2026-11-22 10:00:01:518123): [nss] [reconnect] (0x0020): ready", Time, "CRITICAL", "reconnect", "ready"),
    Row("logcat of the kernel", "11-22 10:00:00.518  1000  1702  2395 D WindowManager: start\n11-22 10:00:01.518  root   215   215 W [10:00:01.51][dhd]log_it: ready", Part, "WARNING", "", "[10:00:01.51][dhd]log_it: ready"),
    Row("CUPS pages", "office kim 400 [22/Nov/2026:10:00:00 +0000] 1 3 #a 10.0.0.1\noffice kim 401 [22/Nov/2026:10:00:01 +0000] total 0 - localhost a.pdf A4 one-sided", Time, "", "", "total 0 - localhost a.pdf A4 one-sided"),
    Row("OpenAM", "\"2026-11-22 10:00:00\"\tstart\tid=kim\t01\t10.0.0.1\tINFO\tdc=example\tid=kim\tCOT-21\tCOT.access\t\"Not Available\"\t10.0.0.2\t\n\"2026-11-22 10:00:01\"\t\"a \"\"b\"\"\"\t\"cn=x,ou=y\"\t02\t\"Not Available\"\tSEVERE\tdc=example\tid=kim\tSAML2-37\tSAML2.error\tkim\t10.0.0.2\t", Time, "SEVERE", "SAML2.error", "\"a \"\"b\"\"\""),
    Row("ESX", "2026-11-22T10:00:00.518Z In(14) hostd[7]: start\n2026-11-22T10:00:01.518Z Wa(12) vpxa[9]: ready", Time, "WARNING", "vpxa", "ready"),
    Row("SSSD", "(2026-11-22 10:00:00): [be[x.example]] [start_it] (0x0400): start\n(2026-11-22 10:00:01): [nss] [reconnect] (0x0020): ready", Time, "CRITICAL", "reconnect", "ready"),
];

/// Text of programs that people who run Python services meet.
#[rustfmt::skip]
const PROGRAMS: &[Row] = &[
    Row("pytest live log", "tests/test_db.py::test_a \n-------------------------------- live log call ---------------------------------\nINFO     app.db:db.py:12 start\nWARNING  app.web:web.py:7 ready", Nothing, "WARNING", "app.web", "ready"),
    Row("Airflow", "[2026-11-22T10:00:00.518+0000] {taskinstance.py:1157} INFO - start\n[2026-11-22T10:00:01.518+0000] {local.py:12} WARNING - ready", Time, "WARNING", "", "ready"),
    Row("vLLM", "INFO 11-22 10:00:00 [engine.py:12] start\nERROR 11-22 10:00:01 [core.py:7] ready", Part, "ERROR", "", "ready"),
    Row("vLLM with processes", "(APIServer pid=7) INFO 11-22 10:00:00 [api_server.py:12] start\n(EngineCore_0 pid=9) WARNING 11-22 10:00:01 [core.py:7] ready", Part, "WARNING", "", "ready"),
    Row("transformers", "[INFO|trainer.py:12] 2026-11-22 10:00:00,518 >> start\n[WARNING|modeling.py:7] 2026-11-22 10:00:01,518 >> ready", Time, "WARNING", "", "ready"),
    Row("Ray", "2026-11-22 10:00:00,518\tINFO worker.py:12 -- start\n2026-11-22 10:00:01,518\tERROR node.py:7 -- ready", Time, "ERROR", "", "ready"),
    Row("Spark", "26/11/22 10:00:00 INFO SparkContext: start\n26/11/22 10:00:01 WARN scheduler.DAGScheduler: ready", Time, "WARNING", "scheduler.DAGScheduler", "ready"),
    Row("Hadoop", "2026-11-22 10:00:00,518 INFO [main] org.apache.hadoop.mapred.MapTask: start\n2026-11-22 10:00:01,518 WARN [IPC Server handler 3 on 9000] org.apache.hadoop.ipc.Server: ready", Time, "WARNING", "org.apache.hadoop.ipc.Server", "ready"),
    Row("ZooKeeper", "2026-11-22 10:00:00,518 [myid:1] - INFO  [main:QuorumPeerConfig@101] - start\n2026-11-22 10:00:01,518 [myid:1] - WARN  [SendWorker:188978561024:QuorumCnxManager$SendWorker@679] - ready", Time, "WARNING", "QuorumCnxManager$SendWorker", "ready"),
    Row("ZooKeeper 3.4", "2026-11-22 10:00:00,518 - INFO  [main:QuorumPeerConfig@101] - start\n2026-11-22 10:00:01,518 - WARN  [QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@774] - ready", Time, "WARNING", "FastLeaderElection", "ready"),
    Row("Spring Boot 3", "2026-11-22T10:00:00.518Z  INFO 7 --- [shop] [           main] c.e.shop.App                             : start\n2026-11-22T10:00:01.518Z  WARN 7 --- [shop] [nio-8080-exec-1] c.e.shop.Web                             : ready", Time, "WARNING", "c.e.shop.Web", "ready"),
    Row("logback", "10:00:00.518 [main] DEBUG org.example.App - start\n10:00:01.518 [main] ERROR org.example.Db -- ready", Part, "ERROR", "org.example.Db", "ready"),
    Row("log4j", "2026-11-22 10:00:00,518 INFO  [main] org.example.App - start\n2026-11-22 10:00:01,518 ERROR [pool-1-thread-2] org.example.Db - ready", Time, "ERROR", "org.example.Db", "ready"),
    Row("Django runserver", "[22/Nov/2026 10:00:00] \"GET / HTTP/1.1\" 200 12\n[22/Nov/2026 10:00:01] \"GET /a HTTP/1.1\" 500 145", Time, "ERROR", "", "\"GET /a HTTP/1.1\" 500 145"),
    Row("Werkzeug", "127.0.0.1 - - [22/Nov/2026 10:00:00] \"GET / HTTP/1.1\" 200 -\n127.0.0.1 - - [22/Nov/2026 10:00:01] \"GET /a HTTP/1.1\" 404 -", Time, "WARNING", "", "\"GET /a HTTP/1.1\" 404 -"),
    Row("Keystone", "(keystone.common.wsgi): 2026-11-22 10:00:00,518 INFO start\n(sqlalchemy.pool.QueuePool): 2026-11-22 10:00:01,518 DEBUG ready", Time, "DEBUG", "sqlalchemy.pool.QueuePool", "ready"),
    Row("Zellij", "INFO   |zellij_client            | 2026-11-22 10:00:00.518 [main      ] [src/lib.rs:12]: start\nERROR  |???                      | 2026-11-22 10:00:01.518 [pty_writer] [/home/kim/os.rs:7]: ready", Time, "ERROR", "???", "ready"),
    Row("Nextflow", "Nov-22 10:00:00.518 [main] INFO  nextflow.Nextflow - start\nNov-22 10:00:01.518 [Task monitor] DEBUG n.processor.TaskProcessor - $> ready", Part, "DEBUG", "n.processor.TaskProcessor", "$> ready"),
    Row("lnav", "2026-11-22T10:00:00.518+00:00 I t0 main.cc:12 start\n2026-11-22T10:00:01.518+00:00 E t2 [op-7] src/db.cc:7 ready", Time, "ERROR", "", "ready"),
    Row("SnapLogic", "2026-11-22T10:00:00 DEBUG main_process.main PM - 1768839331504132 - - start\n2026-11-22T10:00:01 ERROR main_process.main REST - 1768839331504132.2 Leads admin ready", Time, "ERROR", "main_process.main", "ready"),
    Row("TCF", "TCF 00:00.518: Server-Properties: {\"Name\":\"x\"}\nTCF 00:00.600: channel server connected\nTCF 00:01.518: 0: ---> C 2 RunControl getChildren null <eom>", Nothing, "", "", "0: ---> C 2 RunControl getChildren null <eom>"),
    Row("two formats, a line each", "(keystone.common.wsgi): 2026-11-22 10:00:00,518 INFO start\n2026-11-22 10:00:01.518 7 WARNING neutron.wsgi [req-1 None] ready", Time, "WARNING", "neutron.wsgi", "ready"),
    Row("kubectl --prefix", "[pod/api-7/api] 2026-11-22 10:00:00,518 INFO app.db: start\n[pod/api-7/api] 2026-11-22 10:00:01,518 WARNING app.web: ready", Time, "WARNING", "app.web", "ready"),
    Row("compose", "api-1  | 2026-11-22 10:00:00,518 INFO app.db: start\nweb-1  | 2026-11-22 10:00:01,518 WARNING app.web: ready", Time, "WARNING", "app.web", "ready"),
    Row("CRI around Python", "2026-11-22T10:00:00.518Z stderr F 2026-11-22 10:00:00,518 INFO app.db: start\n2026-11-22T10:00:01.518Z stderr F 2026-11-22 10:00:01,518 WARNING app.web: ready", Time, "WARNING", "app.web", "ready"),
    Row("syslog around Python", "Nov 22 10:00:00 web app[7]: INFO:app.db:start\nNov 22 10:00:01 web app[7]: WARNING:app.web:ready", Part, "WARNING", "app.web", "ready"),
];

fn faults(rows: &[Row]) -> Vec<String> {
    let table = LevelTable::standard();
    let mut faults = Vec::new();
    for Row(what, lines, shows, level, logger, message) in rows {
        let sample = format!("{lines}\n");
        let found = detect(sample.as_bytes(), &Zone::Utc);
        let best = &found[0].format;
        let extractor = &best.extractor;
        let starts: Vec<usize> = line_starts(&sample)
            .filter(|at| {
                extractor.is_start(
                    sample[*at..]
                        .split_inclusive('\n')
                        .next()
                        .unwrap()
                        .as_bytes(),
                )
            })
            .collect();
        let Some(last) = starts.last() else {
            faults.push(format!("{what}: no record, by {}", best.name));
            continue;
        };
        let record = &sample.as_bytes()[*last..];
        let header = extractor.header(record, &mut ZoneClock::new(&Zone::Utc));
        let Some(header) = header else {
            faults.push(format!("{what}: no header, by {}", best.name));
            continue;
        };
        let seconds = header.time.map(|nanos| nanos.div_euclid(1_000_000_000));
        let time = match seconds {
            None => Nothing,
            Some(SECOND) => Time,
            Some(seconds) if seconds % 86_400 == SECOND % 86_400 => Part,
            Some(other) => {
                faults.push(format!("{what}: time {other}"));
                Nothing
            }
        };
        let word = match header.level {
            LevelWord::None => String::new(),
            LevelWord::Standard(id) => table.name(id).to_owned(),
            LevelWord::Custom(word) | LevelWord::Numbered(word, _) => {
                String::from_utf8_lossy(word).into_owned()
            }
        };
        let name = String::from_utf8_lossy(&header.logger.unwrap_or_default()).into_owned();
        let parsed = extractor.parse(record);
        let text = String::from_utf8_lossy(&parsed.message).into_owned();
        if time != *shows || word != *level || name != *logger || text != *message {
            faults.push(format!(
                "{what}: by {} time {seconds:?} level {word:?} logger {name:?} message {text:?}",
                best.name
            ));
        }
    }
    faults
}

fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    let after = text.match_indices('\n').map(|(at, _)| at + 1);
    std::iter::once(0)
        .chain(after)
        .filter(|at| *at < text.len())
}

#[test]
fn json_is_read() {
    let faults = faults(JSON);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn systems_are_read() {
    let faults = faults(SYSTEMS);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn programs_are_read() {
    let faults = faults(PROGRAMS);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
