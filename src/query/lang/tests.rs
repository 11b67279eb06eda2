//! The language by examples, and what holds for every text.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use proptest::prelude::*;

use super::*;
use crate::base::time::{Timestamp, Zone};
use crate::query::spec::FilterSpec;

fn printed(query: &str) -> String {
    print(&parse(query).unwrap().expr, &Zone::Utc)
}

/// A tree in a form that shows its shape: `(& a b)`, `(| a b)`, `!a`, texts in `<>`.
fn shape(expr: &Expr) -> String {
    let list = |sign: &str, parts: &[Expr]| {
        let parts: Vec<String> = parts.iter().map(shape).collect();
        format!("({sign} {})", parts.join(" "))
    };
    match expr {
        Expr::All(parts) => list("&", parts),
        Expr::Any(parts) => list("|", parts),
        Expr::Not(inner) => format!("!{}", shape(inner)),
        Expr::Text(pattern) => {
            let mut kind = if pattern.regex { "/" } else { "" }.to_owned();
            kind.push_str(if pattern.case_sensitive { "c" } else { "" });
            kind.push_str(if pattern.whole_word { "w" } else { "" });
            format!("{kind}<{}>", pattern.text)
        }
        Expr::Field(Field { name, op, value }) => {
            let value = match value {
                Value::Text(text) => format!("<{text}>"),
                Value::Wild(text) => format!("*<{text}>"),
                Value::Regex(pattern) => shape(&Expr::Text(pattern.clone())),
            };
            format!("{name}{}{value}", op.sign())
        }
        Expr::Time(_) => "time".to_owned(),
    }
}

#[test]
fn pieces_and_their_places() {
    for (query, expected) in [
        ("", "(& )"),
        ("word", "<word>"),
        ("two words", "(& <two> <words>)"),
        ("\"two words\"", "<two words>"),
        (r#""a \"b\" \\ \n""#, r#"<a "b" \ \n>"#),
        (
            "\"Word\"c \"Word\"w \"Word\"wc",
            "(& c<Word> w<Word> cw<Word>)",
        ),
        ("\"a\"b", "(& <a> <b>)"),
        ("a OR b c", "(| <a> (& <b> <c>))"),
        ("(a OR b) c", "(& (| <a> <b>) <c>)"),
        ("a AND NOT b", "(& <a> !<b>)"),
        ("-a -\"b c\" -(d e)", "(& !<a> !<b c> !(& <d> <e>))"),
        ("a or b and not c", "(& <a> <or> <b> <and> <not> <c>)"),
        ("\"OR\"", "<OR>"),
        ("/a b/ /c/i /d/iw", "(& /c<a b> /<c> /w<d>)"),
        (r"/a\/b\d/", r"/c<a/b\d>"),
        ("level>=warning", "level>=<warning>"),
        (
            "logger:app.db logger=app",
            "(& logger:<app.db> logger=<app>)",
        ),
        ("logger:=app a==b", "(& logger=<app> a=<b>)"),
        ("a!=b", "!a=<b>"),
        (
            "thread:Main* path:\"a*b\"",
            "(& thread:*<Main*> path:<a*b>)",
        ),
        ("path=a*b field:*", "(& path=<a*b> field:*<*>)"),
        ("lineno>100 d<=1.5s", "(& lineno><100> d<=<1.5s>)"),
        (
            "since:-1h until:\"2026-11-22 10:00\"",
            "(& since:<-1h> until:<2026-11-22 10:00>)",
        ),
        (
            "level:(error OR warning)",
            "(| level:<error> level:<warning>)",
        ),
        ("x!=(a OR b)", "!(| x=<a> x=<b>)"),
        ("x:(a -b)", "(& x:<a> !x:<b>)"),
        ("\"request id\":7", "request id:<7>"),
        ("name:/^a/i", "name:/<^a>"),
        ("사용자:로그 오류", "(& 사용자:<로그> <오류>)"),
        // Everyday texts are not the language.
        ("http://host/path", "<http://host/path>"),
        ("ValueError: x", "(& <ValueError:> <x>)"),
        ("a->b x=>y", "(& <a->b> <x=>y>)"),
        ("std::vec", "<std::vec>"),
        ("f(x) ((y)", "(& <f(x)> <y>)x"),
        ("/api/users /var/log/x", "(& </api/users> </var/log/x>)"),
        ("--flag ->", "(& <--flag> <->>)"),
        ("10:00:01 [x]", "(& <10:00:01> <[x]>)"),
        ("abc= x", "(& <abc=> <x>)"),
        ("// /", "(& <//> </>)"),
        ("it's", "<it's>"),
        ("a*b *", "(& <a*b> <*>)"),
        ("status=500", "status=<500>"),
    ] {
        if expected.ends_with('x') {
            assert!(parse(query).is_err(), "{query}");
            continue;
        }
        let parsed = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        assert_eq!(shape(&parsed.expr), expected, "{query}");
    }
    let parsed = parse("오류 -level:error (a OR x:(b c))").unwrap();
    assert_eq!(parsed.places, [0..2, 4..15, 17..18, 25..26, 27..28]);
}

#[test]
fn errors_say_what_where_and_what_to_do() {
    for (query, at, part, unfinished) in [
        ("a \"b", 2..4, "quote is not closed", true),
        ("오류 (a", 3..4, "not closed", true),
        ("a )", 2..3, "No parenthesis is open", false),
        ("a OR", 4..4, "Something is missing", true),
        ("OR a", 0..2, "before AND or OR", false),
        ("a AND OR b", 6..8, "before AND or OR", false),
        ("()", 1..2, "before the parenthesis", false),
        ("NOT", 3..3, "Something is missing", true),
        ("x level>=", 2..9, "value is missing after level>=", true),
        ("level: error", 0..6, "value is missing after level:", false),
        ("/a(/", 2..3, "unclosed group", false),
        ("x:/a(/i", 4..5, "unclosed group", false),
        ("logger>x", 0..8, "cannot be compared", false),
        ("since>5", 0..7, "needs a moment", false),
        ("a>/x/", 0..5, "not an expression", false),
        ("x:a)*", 0..5, "may not hold", false),
        ("x:(a b:c)", 5..7, "within the values", false),
    ] {
        let error = parse(query).unwrap_err();
        assert!(error.message.contains(part), "{query}: {error}");
        assert_eq!(
            (error.at.clone(), error.unfinished),
            (at, unfinished),
            "{query}: {error}"
        );
        assert!(!error.hint.is_empty(), "{query}");
    }
    let deep = "(".repeat(200) + "a" + &")".repeat(200);
    assert!(parse(&deep).unwrap_err().message.contains("nested"));
    assert!(
        parse(&"a ".repeat(5000))
            .unwrap_err()
            .message
            .contains("long")
    );
}

/// Found by fuzzing: in another order, a slash behind it made an expression of it.
#[test]
fn a_path_with_a_star_is_no_expression_wherever_it_stands() {
    for query in [
        "path:/api/* b/",
        "a:/x* m:/re/w",
        r"a:\\/x*",
        r"a:\/x* /re/",
    ] {
        let parsed = parse(query).unwrap().expr;
        let printed = print(&parsed, &Zone::Utc);
        assert_eq!(parse(&printed).unwrap().expr, parsed, "{printed}");
        let Expr::All(mut parts) = parsed else {
            continue;
        };
        parts.reverse();
        let turned = Expr::All(parts);
        let printed = print(&turned, &Zone::Utc);
        assert_eq!(parse(&printed).unwrap().expr, turned, "{printed}");
    }
}

#[test]
fn printed_as_one_would_write_it() {
    for (query, expected) in [
        (
            "level>=warning   AND  logger:app",
            "level>=warning logger:app",
        ),
        ("NOT (a OR \"b c\")", "-(a OR \"b c\")"),
        ("NOT NOT a", "NOT -a"),
        ("x:(a OR b) c", "(x:a OR x:b) c"),
        ("((a))", "a"),
        ("10:00", "\"10:00\""),
        ("a!=b", "-a=b"),
        ("/a\\/b/i", "/a\\/b/i"),
        ("path:\"/a/\"", "path:\"/a/\""),
    ] {
        assert_eq!(printed(query), expected, "{query}");
    }
}

const NOON: Timestamp = Timestamp(1_795_348_800 * 1_000_000_000);

fn bound(query: &str) -> FilterSpec {
    let moments = Moments {
        zone: &Zone::Utc,
        now: NOON,
        end: None,
    };
    bind(&parse(query).unwrap(), &moments).unwrap_or_else(|error| panic!("{query}: {error}"))
}

#[test]
fn what_columns_answer_finds_its_place() {
    for (query, left, again) in [
        ("level>=warn timeout", 0, "level>=warning timeout"),
        ("-level:info -level:none", 0, "-level:none -level:info"),
        ("logger:a.b -logger:a.b.c", 0, "logger:a.b -logger:a.b.c"),
        ("logger:a OR logger=b", 0, "logger:a OR logger=b"),
        ("-logger:a logger:root", 0, "logger:root -logger:a"),
        (
            "since:-1h until:now",
            0,
            "since:\"2026-11-22 11:00:00\" until:\"2026-11-22 12:00:00\"",
        ),
        ("since:-1h since:-2h", 0, "since:\"2026-11-22 11:00:00\""),
        ("\"A b\"c -/x/ text:y", 0, "\"A b\"c -/x/ y"),
        ("level:error", 0, "level:error"),
        (
            "level:info OR level:error OR level:none",
            0,
            "level:none OR level:error OR level:info",
        ),
        // Without a place: they stay as they are.
        ("level:error level:info", 1, "level:error level:info"),
        ("level:error OR a", 1, "level:error OR a"),
        ("level>=info level>=error", 1, "level>=info level>=error"),
        ("logger:a logger:b", 1, "logger:a logger:b"),
        ("logger:a.b -logger:a", 1, "logger:a.b -logger:a"),
        ("a OR b", 1, "a OR b"),
        ("thread:x lineno>5 y", 2, "y thread:x lineno>5"),
        ("Level>=Error LOGGER:a", 0, "level>=error logger:a"),
    ] {
        let spec = bound(query);
        assert_eq!(spec.more.len(), left, "{query}: {spec:?}");
        let text = query_of(&spec, &Zone::Utc);
        assert_eq!(text, again, "{query}");
        assert_eq!(bound(&text), spec, "{query}");
    }
}

#[test]
fn moments_count_from_the_end_of_a_log_that_ended() {
    let day = 86_400 * 1_000_000_000;
    let since = |query: &str, end: i64| {
        let moments = Moments {
            zone: &Zone::Utc,
            now: NOON,
            end: Some(Timestamp(NOON.0 + end)),
        };
        let spec = bind(&parse(query).unwrap(), &moments).unwrap();
        (spec.time.since.unwrap().0 - NOON.0) / (3600 * 1_000_000_000)
    };
    assert_eq!(since("since:-1h", -2 * day), -49);
    assert_eq!(since("since:10:00", -2 * day), -50);
    assert_eq!(since("since:yesterday", -2 * day), -36);
    // A clock that is ahead does not hide what is newest.
    assert_eq!(since("since:-1h", day), -1);
    let moments = Moments {
        zone: &Zone::Utc,
        now: NOON,
        end: None,
    };
    let error = bind(&parse("a since:soon").unwrap(), &moments).unwrap_err();
    assert_eq!(error.at, 2..12);
    assert!(error.message.contains("soon"));
}

#[test]
fn what_counts_from_the_end_goes_along_with_it() {
    const SECOND: i64 = 1_000_000_000;
    let moments = |end: i64| Moments {
        zone: &Zone::Utc,
        now: NOON,
        end: Some(Timestamp(NOON.0 + end * SECOND)),
    };
    for (query, step) in [
        ("a since:-1h", Some(60)),
        ("since:-2d until:\"1h ago\"", Some(60)),
        ("(x OR since:-10m)", Some(10)),
        ("-since:-5s level:error", Some(1)),
        ("since:10:00", None),
        ("since:yesterday until:now", None),
        ("since:\"2026-11-22 10:00\" since", None),
        ("other:-1h", None),
    ] {
        let parsed = parse(query).unwrap();
        let spec = bind_moving(&parsed, &moments(-7200)).unwrap();
        assert_eq!(spec.step(), step.map(|step| step * SECOND), "{query}");
        for end in [-7200, -7100, 0] {
            let settled = spec.settled(&moments(end));
            let expected = match step {
                Some(_) => bind(&parsed, &moments(end)).unwrap(),
                None => spec.clone(),
            };
            assert_eq!(settled, expected, "{query} {end}");
        }
        // As text it is what was typed, and it is read as the same.
        let text = query_of(&spec, &Zone::Utc);
        let again = bind_moving(&parse(&text).unwrap(), &moments(-7200)).unwrap();
        assert_eq!(again, spec, "{text}");
        assert_eq!(
            text.contains("-1h") || text.contains("1h ago"),
            query.contains("1h"),
            "{text}"
        );
    }
    let mut spec = bind_moving(&parse("a since:-1h -until:-1m").unwrap(), &moments(0)).unwrap();
    spec.stand_still();
    assert_eq!(query_of(&spec, &Zone::Utc), "a -until:-1m");
    assert!(bind_moving(&parse("a since:soon").unwrap(), &moments(0)).is_err());
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z가-힣0-9_.:=<>()\"\\\\/* -]{0,8}",
        Just("AND".to_owned()),
        Just("level".to_owned()),
        any::<String>(),
    ]
}

fn regex_pattern() -> impl Strategy<Value = Pattern> {
    let text = prop::sample::select(vec!["a", "a/b", r"\d+", "x y", r"\\", "[가-힣]", r#"""#]);
    (text, any::<bool>(), any::<bool>()).prop_map(|(text, case_sensitive, whole_word)| Pattern {
        text: text.to_owned(),
        case_sensitive,
        whole_word,
        regex: true,
    })
}

fn leaf() -> impl Strategy<Value = Expr> {
    let text = (word(), any::<bool>(), any::<bool>()).prop_map(|(text, case, whole)| {
        Expr::Text(Pattern {
            text,
            case_sensitive: case,
            whole_word: whole,
            regex: false,
        })
    });
    let op = prop::sample::select(vec![
        Op::Is,
        Op::Equals,
        Op::Less,
        Op::AtMost,
        Op::More,
        Op::AtLeast,
    ]);
    let name = word().prop_filter("a name of its own", |name| {
        !name.is_empty() && keyword(name).is_none()
    });
    let name = name.boxed();
    let value = (name.clone(), op, word()).prop_map(|(name, op, value)| Field {
        name,
        op,
        value: Value::Text(value),
    });
    let wild = (name.clone(), "[a-z./]{0,3}\\*[a-z]{0,2}").prop_map(|(name, value)| Field {
        name,
        op: Op::Is,
        value: Value::Wild(value),
    });
    let wild = wild.prop_filter(
        "no address",
        |field| !matches!(&field.value, Value::Wild(text) if text.starts_with("//")),
    );
    let regex = (name, regex_pattern()).prop_map(|(name, pattern)| Field {
        name,
        op: Op::Is,
        value: Value::Regex(pattern),
    });
    prop_oneof![
        text,
        regex_pattern().prop_map(Expr::Text),
        prop_oneof![value, wild, regex].prop_map(Expr::Field),
    ]
}

fn tree() -> impl Strategy<Value = Expr> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::All),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::Any),
            inner.prop_map(|inner| Expr::Not(Box::new(inner))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// What a header's menu makes is read as it was meant.
    #[test]
    fn what_a_field_contains_reads_back(text in "[ -~가-힣]{1,20}", field in "(message|thread|request_id|a b)") {
        let parsed = parse(&contains(&field, &text)).unwrap().expr;
        let Expr::Field(Field { name, op: Op::Is, value }) = parsed else {
            panic!("{text:?} is {parsed:?}");
        };
        prop_assert_eq!(&name, &field);
        match value {
            Value::Wild(wild) => prop_assert_eq!(wild, format!("*{text}*")),
            Value::Text(plain) => prop_assert_eq!((&*name, plain), ("message", text)),
            Value::Regex(pattern) => {
                prop_assert!(!pattern.case_sensitive);
                prop_assert_eq!(pattern.text, regex_syntax::escape(&text));
            }
        }
    }

    #[test]
    fn every_tree_reads_back(tree in tree()) {
        let text = print(&tree, &Zone::Utc);
        let parsed = parse(&text);
        prop_assert_eq!(parsed.map(|parsed| parsed.expr), Ok(tree), "{}", text);
    }

    /// No text panics, errors lie within the text, and what is a query keeps its meaning when it is printed.
    #[test]
    fn every_text_is_a_query_or_an_error(
        text in prop_oneof![any::<String>(), "(level|x|오|AND|OR|NOT|[ :=<>()\"/*\\\\-]){0,14}"],
    ) {
        match parse(&text) {
            Ok(parsed) => {
                let again = print(&parsed.expr, &Zone::Utc);
                prop_assert_eq!(parse(&again).map(|again| again.expr), Ok(parsed.expr), "{}", again);
            }
            Err(error) => {
                let length = text.chars().count();
                prop_assert!(error.at.start <= error.at.end && error.at.end <= length, "{:?}", error);
                prop_assert!(!error.message.is_empty() && !error.hint.is_empty());
            }
        }
    }
}

#[test]
fn a_field_whose_value_is_still_to_come_is_no_text() {
    for (text, expected) in [
        ("thread:", Some((0..7, "A value is missing after thread:"))),
        (
            "오류 -thread>=",
            Some((4..12, "A value is missing after thread>=")),
        ),
        (
            "(a OR thread!=",
            Some((6..14, "A value is missing after thread!=")),
        ),
        ("ValueError:", None),
        ("thread:x", None),
        ("thread: ", None),
        ("\"thread:\"", None),
        ("\"a thread:", None),
        ("", None),
    ] {
        let begun = begun_field(text, |name| name == "thread");
        let found = begun.map(|begun| {
            assert!(begun.unfinished);
            (begun.at, begun.message)
        });
        let expected = expected.map(|(at, message)| (at, message.to_owned()));
        assert_eq!(found, expected, "{text}");
    }
}
