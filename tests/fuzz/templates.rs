//! Formats as somebody might type them, and as nobody would.

use std::fmt::Write as _;

use timberline::format::builtin::builtins;
use timberline::format::envelope::Envelope;
use timberline::format::field::Role;
use timberline::format::spec::{FormatSpec, Style};

use super::random::Random;

const NAMES: &[&str] = &[
    "asctime",
    "created",
    "filename",
    "funcName",
    "levelname",
    "levelno",
    "lineno",
    "message",
    "module",
    "msecs",
    "name",
    "pathname",
    "process",
    "processName",
    "relativeCreated",
    "thread",
    "threadName",
    "taskName",
    "stack_info",
    "levelprefix",
    "log_color",
    "user",
    "한글",
];

const LITERALS: &[&str] = &[
    " ",
    " - ",
    ": ",
    "[",
    "] ",
    " | ",
    "\t",
    "\n",
    "\r\n",
    "-----\n",
    "%%",
    "{{",
    "}}",
    "$$",
    "\u{1b}[1m",
    "»",
    "\"",
    "",
    "(",
    ")",
    "<",
    ">",
    "=",
    ",",
    ".",
    "/",
    "\\",
    "-",
    "T",
    "Z",
    "\0",
    "%",
    "{",
    "}",
    "$",
];

const DATES: &[&str] = &[
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%f%z",
    "%d/%b/%Y:%H:%M:%S %z",
    "%a %b %e %H:%M:%S %Y",
    "%H:%M",
    "%j %s",
    "%I:%M:%S %p",
    "%x %X",
    "%c",
    "%y%m%d %l %k %Z",
    "%-d.%-m.%G %V %u",
    "%",
    "%E",
    "%Ey%Od",
    "%_5d%%",
    "",
    "%n%t%D%T%r%R%F",
];

/// Layouts of other loggers.
const LAYOUTS: &[&str] = &[
    "%d{yyyy-MM-dd HH:mm:ss,SSS} [%t] %-5level %logger{36} - %msg%n",
    "%date %.-1level ${app} %c{1} %replace(%msg){'a','b'}%nopex%n",
    "%highlight{%-5p} %C.%M:%L %X{user} %m%n%ex",
    "{time:YYYY-MM-DD HH:mm:ss.SSS} | {level: <8} | {name}:{function}:{line} - {message}",
    "<green>{time}</green> <level>{message}</level>\n{exception}",
    "${longdate}|${level:uppercase=true}|${logger}|${message:withexception=true}",
    "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] {Message:lj}{NewLine}{Exception}",
];

/// A format; half of them sound.
pub fn spec(random: &mut Random) -> FormatSpec {
    match random.below(14) {
        0 => FormatSpec::Builtin {
            name: builtins()[random.below(builtins().len())].name.to_owned(),
        },
        1 => FormatSpec::Regex {
            pattern: mutated(
                random,
                r"^(?P<asctime>\d+-\d+-\d+ [\d:,]+) (?P<levelname>[A-Z]+) (?P<name>\S*) (?P<message>.*)$",
            ),
        },
        3 => {
            let style = random.pick(&Style::ALL);
            let layout = random.pick(LAYOUTS);
            FormatSpec::Template {
                style,
                text: mutated(random, layout),
                datefmt: None,
                msec_format: None,
            }
        }
        2 => FormatSpec::Mixed {
            formats: vec![template(random), template(random)],
        },
        4 => FormatSpec::Within {
            envelope: random.pick(&Envelope::ALL),
            inner: Box::new(template(random)),
        },
        5 => adjusted(random),
        _ => template(random),
    }
}

/// A template with fields used otherwise; some are not even there.
fn adjusted(random: &mut Random) -> FormatSpec {
    let names = [
        "asctime",
        "levelname",
        "name",
        "message",
        "process",
        "req",
        "none",
    ];
    let roles = [
        Role::Time,
        Role::Level,
        Role::Logger,
        Role::Message,
        Role::Other,
    ];
    let count = random.below(4);
    let roles = (0..count).map(|_| (random.pick(&names).to_owned(), random.pick(&roles)));
    let roles = roles.collect();
    let format = Box::new(template(random));
    FormatSpec::Adjusted { format, roles }
}

fn template(random: &mut Random) -> FormatSpec {
    let style = if random.once_in(3) {
        random.pick(&Style::ALL)
    } else {
        random.pick(&[Style::Percent, Style::Percent, Style::Brace, Style::Dollar])
    };
    let mut text = String::new();
    for _ in 0..=random.below(9) {
        field(random, style, &mut text);
        text.push_str(random.pick(LITERALS));
    }
    if random.once_in(4) {
        text = mutated(random, &text);
    }
    let date = random.pick(DATES);
    FormatSpec::Template {
        style,
        text,
        datefmt: random.once_in(2).then(|| {
            if random.once_in(4) {
                mutated(random, date)
            } else {
                date.to_owned()
            }
        }),
        msec_format: random.once_in(8).then(|| {
            random
                .pick(&["%s,%03d", "%s.%06d", "%s", "", "%d", "x%sy%03dz", "%s%09d"])
                .to_owned()
        }),
    }
}

const LOG4J: &[&str] = &[
    "%d{ISO8601}",
    "%d{HH:mm:ss,SSS}{UTC}",
    "%d",
    "%-5level",
    "%5.5p",
    "%logger{36}",
    "%.-1c{1.}",
    "[%t]",
    "%X{id:-none}",
    "%highlight(%p)",
    "%clr(${LOG:%5p}){faint}",
    "%replace(%msg){'a','b'}",
    "%msg",
    "%m",
    "%L",
    "%n",
    "%ex",
    "%%",
];

const LOGURU: &[&str] = &[
    "{time:YYYY-MM-DD HH:mm:ss.SSS}",
    "{time:x!UTC}",
    "<green>{level: <8}</green>",
    "{name}:{function}:{line}",
    "{extra[id]}",
    "{message}",
    "{exception}",
];

const NLOG: &[&str] = &[
    "${longdate}",
    "${date:format=HH\\:mm\\:ss}",
    "${level:uppercase=true:padding=-5}",
    "${pad:padding=5:inner=${level}}",
    "${logger:shortName=true}",
    "${message}",
    "${exception:format=tostring}",
];

const SERILOG: &[&str] = &[
    "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz}",
    "{Timestamp:HH:mm:ss}",
    "{Level:u3}",
    "{Level,-11}",
    "{SourceContext}",
    "{Message:lj}",
    "{NewLine}{Exception}",
    "{Properties:j}",
];

fn field(random: &mut Random, style: Style, text: &mut String) {
    let name = random.pick(NAMES);
    let width = random.pick(&["", "", "", "1", "8", "25", "08", "300", "99999999999"]);
    let precision = random.pick(&["", "", "", ".0", ".3", ".30", "."]);
    let written = match style {
        Style::Percent => {
            let flag = random.pick(&["", "", "-", "0", "+", " ", "#", "-0"]);
            let letter = random.pick(&[
                "s", "s", "s", "d", "f", "r", "a", "x", "i", "e", "c", "ld", "y",
            ]);
            write!(text, "%({name}){flag}{width}{precision}{letter}")
        }
        Style::Brace => {
            let conversion = random.pick(&["", "", "", "!r", "!s", "!a", "!z"]);
            let align = random.pick(&["", "", "<", ">", "^", "=", ".<", "0>", "한^", "}<"]);
            let kind = random.pick(&["", "", "s", "d", "f", ",", "x", "%", "n", "q"]);
            let colon = random.pick(&["", ":"]);
            if colon.is_empty() {
                write!(text, "{{{name}{conversion}}}")
            } else {
                write!(
                    text,
                    "{{{name}{conversion}:{align}{width}{precision}{kind}}}"
                )
            }
        }
        Style::Dollar if random.once_in(2) => write!(text, "${{{name}}}"),
        Style::Dollar => write!(text, "${name}"),
        Style::Log4j => write!(text, "{}", random.pick(LOG4J)),
        Style::Loguru => write!(text, "{}", random.pick(LOGURU)),
        Style::NLog => write!(text, "{}", random.pick(NLOG)),
        Style::Serilog => write!(text, "{}", random.pick(SERILOG)),
        Style::Csv => write!(text, "{name}{}", random.pick(&[",", ";", "\t", "|"])),
    };
    written.unwrap();
}

/// The text with some characters taken out, doubled or replaced.
fn mutated(random: &mut Random, text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(3) {
        if chars.is_empty() {
            break;
        }
        let at = random.below(chars.len());
        match random.below(3) {
            0 => drop(chars.remove(at)),
            1 => chars.insert(at, chars[at]),
            _ => {
                chars[at] = random.pick(&[
                    '%', '{', '}', '(', ')', '$', ':', '!', '.', '9', '\n', '\u{0}', '한', '\\',
                    '*', '?',
                ]);
            }
        }
    }
    chars.into_iter().collect()
}
