//! The conversion words of log4j 1, log4j 2 and logback (with Spring Boot's additions).
//!
//! Sources: the manuals' pages on `PatternLayout` and Spring Boot's `ColorConverter` and relatives.

/// What a conversion word prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A date, with its pattern as the option.
    Date,
    /// A field of this name.
    Field(&'static str),
    /// A level.
    Level,
    /// The field that the option names; without an option a field of this name.
    Keyed(&'static str),
    /// A line end.
    LineEnd,
    /// A stack trace behind the record: part of the message.
    Exception,
    /// Colours what it holds.
    Color,
    /// Changes what it holds.
    Group,
    /// Leaves out what it holds if its values are empty.
    Optional,
    /// Spring Boot's name in brackets, left out if there is none: `%esb(){APPLICATION_NAME}`.
    Bracketed,
    /// Nothing at all.
    Nothing,
}

/// The words by what they print.
const WORDS: &[(&[&str], Word)] = &[
    (&["d", "date"], Word::Date),
    (&["p", "le", "level"], Word::Level),
    (&["c", "lo", "logger"], Word::Field("name")),
    (&["m", "msg", "message"], Word::Field("message")),
    (&["n"], Word::LineEnd),
    (
        &["t", "tn", "thread", "threadName"],
        Word::Field("threadName"),
    ),
    (&["T", "tid", "threadId"], Word::Field("thread")),
    (&["tp", "threadPriority"], Word::Field("threadPriority")),
    (&["C", "class"], Word::Field("class")),
    (&["M", "method"], Word::Field("funcName")),
    (&["L", "line"], Word::Field("lineno")),
    (&["F", "file"], Word::Field("filename")),
    (&["l", "location", "caller"], Word::Field("location")),
    (&["fqcn"], Word::Field("fqcn")),
    (&["r", "relative"], Word::Field("relativeCreated")),
    (&["micros", "ms"], Word::Field("micros")),
    (&["N", "nano"], Word::Field("nano")),
    (
        &["sn", "sequenceNumber", "lsn"],
        Word::Field("sequenceNumber"),
    ),
    (&["u", "uuid"], Word::Field("uuid")),
    (&["pid", "processId"], Word::Field("process")),
    (&["x", "NDC"], Word::Field("ndc")),
    (&["X", "mdc", "MDC"], Word::Keyed("mdc")),
    (&["K", "map", "MAP"], Word::Keyed("map")),
    (&["property", "env", "sys"], Word::Keyed("property")),
    (&["kvp"], Word::Field("kvp")),
    (&["cn", "contextName"], Word::Field("contextName")),
    (
        &["marker", "markerSimpleName", "replaceMarker"],
        Word::Field("marker"),
    ),
    (&["endOfBatch"], Word::Field("endOfBatch")),
    (&["esb"], Word::Bracketed),
    (&["applicationName"], Word::Field("applicationName")),
    (&["correlationId"], Word::Field("correlationId")),
    (
        &[
            "ex",
            "exception",
            "throwable",
            "xEx",
            "xException",
            "xThrowable",
            "rEx",
            "rException",
            "rThrowable",
            "rootException",
            "wEx",
            "wex",
        ],
        Word::Exception,
    ),
    (&["nopex", "nopexception"], Word::Nothing),
    (
        &[
            "highlight",
            "style",
            "clr",
            "black",
            "red",
            "green",
            "yellow",
            "blue",
            "magenta",
            "cyan",
            "white",
            "gray",
            "faint",
            "boldRed",
            "boldGreen",
            "boldYellow",
            "boldBlue",
            "boldMagenta",
            "boldCyan",
            "boldWhite",
        ],
        Word::Color,
    ),
    (
        &["replace", "enc", "encode", "maxLen", "maxLength"],
        Word::Group,
    ),
    (
        &["notEmpty", "varsNotEmpty", "variablesNotEmpty"],
        Word::Optional,
    ),
    (&["equals", "equalsIgnoreCase"], Word::Group),
];

/// The longest word that `run` begins with, and what it prints.
pub(super) fn longest(run: &str) -> Option<(&'static str, Word)> {
    let all = WORDS
        .iter()
        .flat_map(|(words, what)| words.iter().map(move |word| (*word, *what)));
    all.filter(|(word, _)| run.starts_with(word))
        .max_by_key(|(word, _)| word.len())
}

/// Whether the letters of a run are one word of these languages.
pub(super) fn is_word(run: &str) -> bool {
    longest(run).is_some_and(|(word, _)| word.len() == run.len())
}
