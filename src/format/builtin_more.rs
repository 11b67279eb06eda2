//! More rows of [`super::builtin`]: systems, servers and other languages' loggers.

use super::builtin::{Builtin, Recipe};
use super::builtin_table::{other, regex, template};

/// What strace writes of a call: its arguments, what it returned, the error it ended with, how long it took.
/// Its manual page describes `<unfinished ...>` and `resumed>`.
macro_rules! strace_call {
    () => {
        r"(?:(?:<\.\.\. )?(?<syscall>\w+)(?:\(| resumed> ?)|(?:\+\+\+|---) )(?<message>.*?)(?: <unfinished \.\.\.>| \+\+\+| ---|\)? += (?<result>-?\w+|\?)(?: ?\([^\n]*\)|<[^\n]*>)??(?: (?<errno>E[A-Z0-9]+) \([^)\n]*\))?(?: <(?<duration>\d+\.\d+)>)?)?$"
    };
}

/// A cell of a table whose delimiters are tabs, quoted or not.
macro_rules! cell {
    () => {
        r#""(?:[^"\n]|"")*"|[^\t\n"]*"#
    };
}

pub(super) const MORE: &[Builtin] = &[
    // Go, .NET, Ruby, C++.
    regex(
        "go",
        "Go's log package",
        r"(?<asctime>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d{6})?) (?:(?<filename>[^\s:]+\.go):(?<lineno>\d+): )?(?:\[?(?<levelname>DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\]?:? )?(?<message>.*)",
        "2026/11/22 10:00:01 main.go:12: ready",
    ),
    regex(
        "gin",
        "Gin requests",
        r#"\[GIN\] (?<asctime>\d{4}/\d\d/\d\d - \d\d:\d\d:\d\d) \| *(?<status>\d{3}) \| *(?<duration>[^\s|]+) \| *(?<client>[^\s|]*) \| *(?<message>(?<method>[A-Z]+) +"?(?<path>[^"\n]*).*)"#,
        "[GIN] 2026/11/22 - 10:00:01 | 200 |     1.2ms |   127.0.0.1 | GET      \"/api\"",
    ),
    regex(
        "gin-debug",
        "Gin debug output",
        r"\[GIN-(?:debug\] \[)?(?<levelname>debug|WARNING|ERROR)\] (?<message>.*)",
        "[GIN-debug] GET    /api --> main.list (3 handlers)",
    ),
    regex(
        "dotnet",
        ".NET console logger",
        r"(?:(?<asctime>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?: ?Z| ?[+-]\d\d:\d\d)?) )?(?<dotnet_level>trce|dbug|info|warn|fail|crit): (?<name>[^\s\[]+)\[(?<event>-?\d+)\](?<message>.*)",
        "info: Shop.Startup[14] ready",
    ),
    template(
        "nlog",
        "NLog",
        "%(asctime)s|%(levelname)s|%(name)s|%(message)s",
        Some("%Y-%m-%d %H:%M:%S.%4f"),
        "2026-11-22 10:00:01.5180|INFO|Shop.Program|ready",
    ),
    regex(
        "serilog",
        "Serilog text",
        r"(?<asctime>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [+-]\d\d:\d\d) \[(?<levelname>VRB|DBG|INF|WRN|ERR|FTL|Verbose|Debug|Information|Warning|Error|Fatal)\] (?:\[(?<name>[\w.]+)\] )?(?<message>.*)",
        "2026-11-22 10:00:01.518 +00:00 [INF] ready",
    ),
    regex(
        "ruby",
        "Ruby's Logger, Rails",
        r"(?<letter>[DIWEFA]), \[(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+) #(?<process>\d+)\] +(?<levelname>[A-Z]+) -- (?<name>[^:\n]*): (?:\[(?<request_id>[0-9a-f-]{36})\] )?(?<message>.*)",
        "I, [2026-11-22T10:00:01.518123 #4021]  INFO -- app: ready",
    ),
    regex(
        "spdlog",
        "spdlog",
        r"\[(?<asctime>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})\](?: ?\[(?<thread>\d+)\])?(?: \[(?<name>[^\]\n]+)\])? ?\[(?<levelname>trace|debug|info|warning|error|critical)\](?:\[(?<component>[^\]\n]+)\])?(?: \[(?<filename>[^\]:\n]+):(?<lineno>\d+)\])? (?<message>.*)",
        "[2026-11-22 10:00:01.518] [shop] [info] ready",
    ),
    regex(
        "logback-time",
        "logback's own default: time of day [thread] level logger",
        r"(?<time_of_day>\d\d:\d\d:\d\d(?:[.,]\d+)?) +\[(?<threadName>[^\]\n]*)\] +(?<levelname>[A-Z]{4,8}) +(?<name>[\w.$\[\]/-]+)(?: --?|:) (?<message>.*)",
        "10:00:01.518 [main] INFO org.example.App -- ready",
    ),
    // Systems.
    regex(
        "syslog-pri",
        "syslog with priority, RFC 3164",
        r"<(?<pri>\d{1,3})>(?<time_no_year>\p{L}{3,5}\.? +\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)?) (?<host>[^\s:\[]+) (?:(?<name>[^\s:\[]+)(?:\[(?<process>\d+)\])?: )?(?<message>.*)",
        "<34>Nov 22 10:00:01 host app[7]: ready",
    ),
    regex(
        "dmesg-time",
        "dmesg -T",
        r"(?:(?<facility>[a-z]+) *:(?<levelname>[a-z]+) *: )?\[(?<asctime>\w{3} \w{3} +\d{1,2} \d\d:\d\d:\d\d \d{4})\] (?:(?<name>[^\s:]+(?: [0-9a-fA-F:.]+)?): )?(?<message>.*)",
        "[Sun Nov 22 10:00:01 2026] usb 1-1: ready",
    ),
    regex(
        "dmesg",
        "dmesg, seconds since boot",
        r"(?:<(?<pri>\d{1,3})>)?(?:(?<facility>[a-z]+) *:(?<severity>[a-z]+) *: )?\[ *(?<uptime>\d+\.\d{6})\] (?<message>.*)",
        "[    1.518000] usb 1-1: ready",
    ),
    regex(
        "logcat-brief",
        "Android logcat -v brief",
        r"(?<levelname>[VDIWEFA])/(?<name>[^\n(]*?) *\( *(?<process>\d+)\): (?<message>.*)",
        "D/WindowManager( 1702): ready",
    ),
    regex(
        "windows-cbs",
        "Windows servicing (CBS)",
        r"(?<asctime>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d), (?<levelname>[A-Z][a-z]+) +(?<name>[A-Za-z]+) +(?<message>.*)",
        "2026-11-22 10:00:01, Info                  CBS    ready",
    ),
    regex(
        "esx",
        "VMware ESX syslog",
        r"(?<asctime>\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?Z)?) (?<esx_level>[A-Z][a-z])\(\d+\)(?:\[\+\]|\+)? (?<name>[\w.-]+)(?:\[(?<process>\d+)\])?:? (?:(?<clock>\d\d:\d\d:\d\d\.\d+) )?(?:(?:(?<verbosity>trivia|verbose|debug|info|warning|error|panic) )?\[(?<origin>[^\s\]\n]+)(?: (?<context>\w+=[^\]\n]*))?\] | *cpu(?<cpu>\d+):(?<world>\d+)(?: opID=(?<opid>[^)\n]+))?\)(?:(?:WARNING|ALERT|(?<subsystem>[\w<>]+)): )?)?(?<message>.*)",
        "2026-11-22T10:00:01.518Z In(14) hostd[7]: [Originator@6876 sub=Libs] ready",
    ),
    regex(
        "vmkernel",
        "VMware vmkernel",
        r"(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) cpu(?<cpu>\d+):(?<world>\d+)(?: opID=(?<opid>[^)\n]+))?\)(?:(?:(?<levelname>ALERT|WARNING)|(?<name>[\w<>]+)): )?(?<message>.*)",
        "2026-11-22T10:00:01.518Z cpu7:35233)VMB: 65: ready",
    ),
    regex(
        "vmware-go",
        "VMware services written in Go",
        r"(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z) (?<levelname>[a-z]{4,8}) +(?<name>\w+) \[(?<filename>[\w./-]+\.go):(?<lineno>\d+)\] (?:\[opID=(?<opid>[^\]\n]+)\] )?(?<message>.*)",
        "2026-11-22T10:00:01.518Z info wcp [auth/session.go:12] [opID=vCLS] ready",
    ),
    regex(
        "sssd",
        "SSSD",
        r"\((?<asctime>\w{3} \w{3} +\d{1,2} \d\d:\d\d:\d\d(?:[:.]\d{6})? \d{4}|\d{4}-\d\d-\d\d +\d{1,2}:\d\d:\d\d(?:[:.]\d{6})?)\):? \[(?<service>[^\s\]]+\]*)\] \[(?<name>\w+)\] \((?<sssd_level>0x[0-9a-f]{4})\): (?<message>.*)",
        "(Sun Nov 22 10:00:01 2026) [sssd[be[x]]] [start_service] (0x0100): ready",
    ),
    regex(
        "dpkg",
        "dpkg",
        r"(?<asctime>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?:update-alternatives: )?(?<message>(?<action>startup|status|install|upgrade|remove|purge|configure|trigproc|conffile|run) .*)",
        "2026-11-22 10:00:01 status installed bash:amd64 5.2",
    ),
    regex(
        "strace",
        "strace -t",
        concat!(
            r"(?:\[pid +(?<pid>\d+)\] |(?<process>\d+) +)?(?<time_of_day>\d\d:\d\d:\d\d(?:\.\d{6})?) ",
            strace_call!()
        ),
        "10:00:01.518000 read(3, \"\", 4096) = 0 <0.000021>",
    ),
    regex(
        "strace-epoch",
        "strace -ttt",
        concat!(
            r"(?:\[pid +(?<pid>\d+)\] |(?<process>\d+) +)?(?<asctime>\d{10}\.\d{6}) ",
            strace_call!()
        ),
        "1795341601.518000 read(3, \"\", 4096) = 0 <0.000021>",
    ),
    regex(
        "tcf",
        "Eclipse TCF agent",
        r"TCF (?<stamp>\d\d:\d\d\.\d{3,6}): (?<message>(?:(?<channel_no>\w+): (?<direction>--->|<---) (?<type>\w) (?:(?<token>\w+) )?(?:(?<service>[A-Z]\w+) (?<command>\w+) )?)?.*)",
        "TCF 00:01.518: 0: ---> C 2 RunControl getChildren null <eom>",
    ),
    // Programs of users and of integration.
    template(
        "keystone",
        "OpenStack Keystone: (name): time level message",
        "(%(name)s): %(asctime)s %(levelname)s %(message)s",
        None,
        "(keystone.common.wsgi): 2026-11-22 10:00:01,518 INFO ready",
    ),
    template(
        "zellij",
        "Zellij",
        "%(levelname)-6s |%(name)-25s| %(asctime)s [%(threadName)-10s] [%(pathname)s:%(lineno)d]: %(message)s",
        Some("%Y-%m-%d %H:%M:%S.%3f"),
        "INFO   |zellij_client            | 2026-11-22 10:00:01.518 [main      ] [src/lib.rs:12]: ready",
    ),
    regex(
        "nextflow",
        "Nextflow",
        r"(?<time_no_year>\w{3}-\d\d \d\d:\d\d:\d\d\.\d{3}) \[(?<threadName>[^\]\n]+)\] (?<levelname>[A-Z]+) +(?<name>[\w.$]+) - (?<message>.*)",
        "Nov-22 10:00:01.518 [main] DEBUG nextflow.cli.Launcher - ready",
    ),
    regex(
        "lnav",
        "lnav's own log",
        r"(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}[+-]\d\d:\d\d) (?<levelname>[TDIWE]) (?<thread>\w+)(?: \[(?<opid>[^\]\n]+)\])? (?<filename>[\w./-]+):(?<lineno>\d+) (?<message>.*)",
        "2026-11-22T10:00:01.518+00:00 D t0 view.cc:12 ready",
    ),
    regex(
        "snaplogic",
        "SnapLogic server",
        r"(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?) (?<levelname>[A-Z]{4,8}) (?<name>[\w.]+) (?<facility>\w+) (?<msgid>\S+) (?<pipeline>-|\d{9,})(?:\.(?<part>\S+))? (?<resource>\S+) (?<invoker>\S+) (?<message>.*)",
        "2026-11-22T10:00:01 DEBUG main_process.main PM - 1768839331504132 - - ready",
    ),
    regex(
        "openam",
        "OpenAM",
        concat!(
            "\"(?<asctime>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)\"\t(?<message>",
            cell!(),
            ")\t(?<login>",
            cell!(),
            ")\t(?<context>",
            cell!(),
            ")\t(?<client>",
            cell!(),
            ")\t(?<levelname>[A-Z]+)\t(?<domain>",
            cell!(),
            ")\t(?<logged_by>",
            cell!(),
            ")\t(?<message_id>",
            cell!(),
            ")\t(?<name>",
            cell!(),
            ")\t(?<name_id>",
            cell!(),
            ")\t(?<host>",
            cell!(),
            ")"
        ),
        "\"2026-11-22 10:00:01\"\tready\tid=amadmin\t01\t10.0.0.1\tINFO\tdc=example\tid=amadmin\tCOT-22\tCOT.access\t\"Not Available\"\t10.0.0.2\t",
    ),
    // Servers.
    regex(
        "elasticsearch",
        "Elasticsearch, OpenSearch, Logstash",
        r"\[(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[,.]\d+(?:Z|[+-]\d\d:?\d\d)?)\] ?\[(?<levelname>[A-Z]+) *\] ?\[(?<name>[^\]\s]+) *\](?:\[(?<pipeline>[\w.-]+)\](?:\[\w+\])?)? ?(?:\[(?<node>[\w.-]+)\] )?(?<message>.*)",
        "[2026-11-22T10:00:01,518][INFO ][o.e.n.Node               ] [node-1] ready",
    ),
    regex(
        "alb",
        "AWS load balancer",
        r#"(?:(?<type>https?|h2|grpcs?|wss?) )?(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) (?<elb>\S+) (?<client>\S+) (?<backend>\S+) (?<request_time>-1|\d+\.\d+) (?<target_time>-1|\d+\.\d+) (?<response_time>-1|\d+\.\d+) (?<status>\d{3}|-) (?<target_status>\d{1,3}|-) (?<received>\d+) (?<sent>\d+) (?<message>"(?<request>[^"\n]*)".*)"#,
        "http 2026-11-22T10:00:01.518000Z app/shop/50dc6c 10.0.0.1:2817 10.0.0.2:80 0.000 0.001 0.000 200 200 34 366 \"GET http://shop.example:80/ HTTP/1.1\" \"curl/8\" - -",
    ),
    regex(
        "s3",
        "AWS S3 access log",
        r#"(?<owner>[0-9a-f]{64}|-) (?<bucket>\S+) \[(?<asctime>\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] (?<client>\S+) (?<requester>\S+) (?<request_id>\S+) (?<operation>[A-Z]+\.\S+) (?<key>\S+) (?<message>(?:"(?<request>[^"\n]*)"|-) (?<status>\d{3}|-) (?<error>\S+) (?<size>\d+|-) .*)"#,
        "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be shop [22/Nov/2026:10:00:01 +0000] 10.0.0.1 - 3E57427F3E REST.GET.OBJECT index \"GET /index HTTP/1.1\" 200 - 113 113 7 6 \"-\" \"curl/8\" -",
    ),
    regex(
        "cups-page",
        "CUPS page log",
        r"(?<printer>[\w.-]+) (?<user>[\w.-]+) (?<job>\d+) \[(?<asctime>\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] (?<message>(?<page>total|\d+) (?<copies>\d+) (?<billing>\S+) (?<client>\S+).*)",
        "office kim 401 [22/Nov/2026:10:00:01 +0100] 1 3 #marketing 10.0.0.1",
    ),
    regex(
        "haproxy",
        "HAProxy over syslog",
        r"(?<time_no_year>\w{3} +\d{1,2} \d\d:\d\d:\d\d) (?<host>\S+) (?<name>haproxy)\[(?<process>\d+)\]: (?<message>(?<client>[\d.:a-f]+) \[(?<accepted>[^\]\n]+)\] (?<frontend>\S+) (?<backend>\S+) (?<timers>[\d/+-]+) (?:(?<status>\d{3}) )?.*)",
        "Nov 22 10:00:01 lb haproxy[7]: 10.0.0.1:4021 [22/Nov/2026:10:00:01.518] http-in web/web1 0/0/1/2/3 200 12 - - ---- 1/1/0/0/0 0/0 \"GET / HTTP/1.1\"",
    ),
    regex(
        "uwsgi",
        "uWSGI",
        r"\[pid: (?<process>\d+)\|app: (?<app>-?\d+)\|req: (?<request>[\d/-]+)\] (?<client>\S+) \((?<user>[^)\n]*)\) \{[^}\n]*\} \[(?<asctime>\w{3} \w{3} +\d{1,2} \d\d:\d\d:\d\d \d{4})\] (?<message>.*)",
        "[pid: 7|app: 0|req: 1/2] 10.0.0.1 () {40 vars in 800 bytes} [Sun Nov 22 10:00:01 2026] GET / => generated 12 bytes in 3 msecs",
    ),
    regex(
        "postgres-rds",
        "PostgreSQL on RDS",
        r"(?<asctime>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [A-Z]{2,5}):(?<client>[^:\n]*):(?<session>[^:\n]*):\[(?<process>\d+)\]:(?<levelname>[A-Z]+\d?):  (?<message>.*)",
        "2026-11-22 10:00:01 UTC:10.0.0.1(4021):shop@shop:[7]:LOG:  ready",
    ),
    other(
        "postgres-csv",
        "PostgreSQL csvlog",
        Recipe::Table(
            "log_time,user_name,database_name,process_id,connection_from,session_id,session_line_num,command_tag,session_start_time,virtual_transaction_id,transaction_id,error_severity,sql_state_code,message,detail,hint,internal_query,internal_query_pos,context,query,query_pos,location,application_name,backend_type,leader_pid,query_id",
        ),
        "2026-11-22 10:00:01.518 UTC,\"shop\",\"shop\",7,\"[local]\",6921a1.7,1,\"idle\",2026-11-22 09:00:00 UTC,3/0,0,LOG,00000,\"ready\",,,,,,,,,\"psql\",\"client backend\",,0",
    ),
    regex(
        "mysql-general",
        "MySQL general query log",
        r"(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(?:Z|[+-]\d\d:\d\d))\t *(?<thread>\d+) (?<command>Connect|Query|Quit|Init DB|Prepare|Execute|Close stmt|Reset stmt|Change user|Statistics|Field List|Ping|Shutdown|Binlog Dump|Register Slave|Daemon|Refresh|Kill|Set option|Fetch|Long Data|Debug|Table Dump|Sleep|Create DB|Drop DB|Processlist|Connect Out|Time|Delayed insert|Error)(?:\t(?<message>.*))?",
        "2026-11-22T10:00:01.518000Z\t    7 Query\tselect 1",
    ),
    regex(
        "proxifier",
        "Proxifier",
        r"\[(?<time_no_year>\d\d\.\d\d \d\d:\d\d:\d\d)\] (?<name>\S+(?: \*\d+)?) - (?<message>.*)",
        "[11.22 10:00:01] curl.exe - proxy.example.org:5070 open through proxy",
    ),
    // Clusters.
    regex(
        "hpc",
        "HPC cluster events",
        r"(?<record>\d+) (?<node>\S+) (?<name>[\w.]+) (?<state>\S+) (?<asctime>\d{10}) (?<flag>\d+) (?<message>.*)",
        "134681 node-246 unix.hw state_change.unavailable 1795341601 1 ready",
    ),
    regex(
        "lambda",
        "AWS Lambda, Python",
        r"\[(?<levelname>[A-Z]+)\]\t(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\t(?<request_id>[0-9a-f-]{36})\t(?<message>.*)",
        "[INFO]\t2026-11-22T10:00:01.518Z\t3d2c7a1e-0b0e-4e5f-9a55-0f0f0f0f0f0f\tready",
    ),
    regex(
        "lambda-node",
        "AWS Lambda, Node.js",
        r"(?<asctime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\t(?<request_id>[0-9a-f-]{36}|undefined)\t(?<levelname>[A-Z]+)\t(?<message>.*)",
        "2026-11-22T10:00:01.518Z\t3d2c7a1e-0b0e-4e5f-9a55-0f0f0f0f0f0f\tINFO\tready",
    ),
    regex(
        "vllm-old",
        "vLLM, with its process or without brackets",
        r"(?:\((?<processName>[^)\n]+)\) )?(?<levelname>DEBUG|INFO|WARNING|ERROR|CRITICAL) (?<time_no_year>\d\d-\d\d \d\d:\d\d:\d\d) \[?(?<filename>[\w./-]+\.py):(?<lineno>\d+)\] (?<message>.*)",
        "(EngineCore pid=7) INFO 11-22 10:00:01 [core.py:12] ready",
    ),
    regex(
        "ray-worker",
        "Ray, lines of workers",
        r"\((?<actor>[^)\n]+?) pid=(?<process>\d+)(?:, ip=(?<ip>[^)\n]+))?\) (?<asctime>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3})\t(?<levelname>[A-Z]+) (?<filename>[\w./-]+):(?<lineno>\d+) -- (?<message>.*)",
        "(train pid=7, ip=10.0.0.1) 2026-11-22 10:00:01,518\tINFO train.py:12 -- ready",
    ),
];
