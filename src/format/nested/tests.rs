//! Values as they are found, named, printed and given up on.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
use super::*;

/// The values as lines of `depth name value`.
fn outline(text: &str) -> Vec<String> {
    let nested = Nested::read(text).unwrap_or_default();
    let line = |node: &Node| {
        let name = node
            .name
            .clone()
            .map(|name| &text[name])
            .unwrap_or_default();
        let value = match &node.kind {
            Kind::Open {
                bracket, members, ..
            } => format!("{bracket}{members}"),
            Kind::Close(bracket) => bracket.to_string(),
            Kind::Text(text_) => format!("text {}", &text[text_.clone()]),
            Kind::Number(number) => format!("number {}", &text[number.clone()]),
            Kind::Word(word) => format!("word {}", &text[word.clone()]),
        };
        format!("{} {name} {value}", node.depth)
    };
    nested.nodes.iter().map(line).collect()
}

#[test]
fn values_are_found_as_they_are_written() {
    for (text, expected) in [
        (
            r#"{"a": "x, {y}", "b": [1, -2.5e3, null]}"#,
            vec![
                "0  {2",
                r#"1 a text "x, {y}""#,
                "1 b [3",
                "2  number 1",
                "2  number -2.5e3",
                "2  word null",
                "1  ]",
                "0  }",
            ],
        ),
        (
            r"saved payload={'id': 7, 'at': datetime.datetime(2026, 1, 2), 'who': <User 'a}'>, 't': (1,)} in 3 ms",
            vec![
                "0 payload {4",
                "1 id number 7",
                "1 at word datetime.datetime(2026, 1, 2)",
                "1 who word <User 'a}'>",
                "1 t (1",
                "2  number 1",
                "1  )",
                "0  }",
            ],
        ),
        (
            r#"a={"x":1} b={"y":"한글"}"#,
            vec![
                "0 a {1",
                "1 x number 1",
                "0  }",
                "0 b {1",
                r#"1 y text "한글""#,
                "0  }",
            ],
        ),
        (
            r"[{'a': b'\'q'}, {}]",
            vec![
                "0  [2",
                "1  {1",
                r"2 a text b'\'q'",
                "1  }",
                "1  {0",
                "1  }",
                "0  ]",
            ],
        ),
        (
            r#"[INFO] got {"ok": true}"#,
            vec!["0  {1", "1 ok word true", "0  }"],
        ),
        ("[INFO] [main] nothing {} here", vec![]),
        ("[1, 2, 3]", vec![]),
        (r#"{"cut": "off"#, vec![]),
        ("{a: 1}", vec!["0  {1", "1 a number 1", "0  }"]),
        ("fn main() { return; }", vec![]),
    ] {
        assert_eq!(outline(text), expected, "{text}");
    }
}

#[test]
fn every_object_knows_its_end() {
    let nested = Nested::read(r#"{"a": {"b": [{"c": 1}]}, "d": 2}"#).unwrap_or_default();
    let mut opens = 0;
    for node in &nested.nodes {
        if let Kind::Open { end, bracket, .. } = &node.kind {
            opens += 1;
            let close = nested.nodes.get(*end);
            let expected = if *bracket == '{' { '}' } else { ']' };
            assert_eq!(
                close.map(|it| (it.depth, &it.kind)),
                Some((node.depth, &Kind::Close(expected)))
            );
        }
    }
    assert_eq!(opens, 4);
}

#[test]
fn members_have_paths() {
    let raw = r#"{"http": {"status": 500, "tags": [{"k": 1}]}, "ok": true}"#;
    let objects = Objects::of(raw, "").unwrap();
    assert!(objects.is_record);
    let paths: Vec<_> = (0..objects.nested.nodes.len())
        .filter_map(|at| objects.path_of(at))
        .collect();
    assert_eq!(paths, ["http", "http.status", "http.tags", "ok"]);
}

#[test]
fn what_is_copied_is_the_same_value() {
    let raw = r#"{"a":{"b":[1,{"c":"x, y"}],"d":[]},"e":null}"#;
    let pretty = Objects::of(raw, "").unwrap().pretty();
    let lines: Vec<_> = pretty.lines().collect();
    assert_eq!(lines[..3], ["{", r#"  "a": {"#, r#"    "b": ["#]);
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(read(&pretty), read(raw));
    let two = Objects::of("", "a={'x': 1} b={'y': (2,)}")
        .unwrap()
        .pretty();
    assert_eq!(two, "a: {\n  'x': 1\n}\nb: {\n  'y': (\n    2\n  )\n}");
}

#[test]
fn no_text_takes_long() {
    for text in ["[", "{", "{\"a\":", "{'", "(<[", "[{\"a\":1},"] {
        let long = text.repeat(200_000);
        assert_eq!(Nested::read(&long).is_some(), text.contains("},"), "{text}");
    }
}

#[test]
fn strings_are_read_as_they_were() {
    for (text, expected) in [
        (r#""a\"b\nc\u00e9""#, "a\"b\ncé"),
        (r"'it\'s\tx'", "it's\tx"),
        (r"b'\xff'", r"\xff"),
        (r#"'say "x"'"#, r#"say "x""#),
        ("'", ""),
    ] {
        assert_eq!(unquoted(text), expected, "{text}");
    }
}
