//! Rules to begin with.

use crate::base::dye::Dye;
use crate::base::lang::tr;
use crate::base::rule::{MarkKind, MarkOn, MarkRule};

fn rule(kind: MarkKind, pattern: &str, colour: Dye, marks: MarkOn) -> MarkRule {
    MarkRule {
        kind,
        pattern: pattern.to_owned(),
        colour,
        marks,
        ..MarkRule::default()
    }
}

fn regex(pattern: &str, colour: Dye) -> MarkRule {
    rule(MarkKind::Regex, pattern, colour, MarkOn::Match)
}

fn query(pattern: &str, colour: Dye, marks: MarkOn) -> MarkRule {
    rule(MarkKind::Query, pattern, colour, marks)
}

/// The examples by their names.
pub(super) fn all() -> [(&'static str, Vec<MarkRule>); 7] {
    [
        (
            tr("Errors in words"),
            vec![
                regex(r"\b(fatal|panic|error|exception|fail(ed|ure)?)\b", Dye::Red),
                regex(
                    r"\b(warn(ing)?|deprecated|retry(ing)?|timed? ?out)\b",
                    Dye::Orange,
                ),
            ],
        ),
        (
            tr("HTTP status"),
            vec![
                query("status>=500", Dye::Red, MarkOn::Row),
                query("status>=400", Dye::Orange, MarkOn::Edge),
                regex(r#"HTTP/[\d.]+" 5\d\d\b"#, Dye::Red),
                regex(r#"HTTP/[\d.]+" 4\d\d\b"#, Dye::Orange),
            ],
        ),
        (
            tr("Slow: durations over 1 s"),
            vec![
                query(
                    "duration>1s OR elapsed>1s OR took>1s",
                    Dye::Violet,
                    MarkOn::Edge,
                ),
                regex(
                    r"\b([1-9]\d{3,}(\.\d+)?\s?ms|[1-9]\d*(\.\d+)?\s?(s|sec|seconds))\b",
                    Dye::Violet,
                ),
            ],
        ),
        (
            tr("Tracebacks"),
            vec![rule(
                MarkKind::Text,
                "Traceback (most recent call last)",
                Dye::Pink,
                MarkOn::Edge,
            )],
        ),
        (
            tr("Training: loss and nan"),
            vec![
                rule(
                    MarkKind::Regex,
                    r"\b(nan|inf|overflow)\b",
                    Dye::Red,
                    MarkOn::Row,
                ),
                regex(r"\b(val(idation)?[_ ])?loss\b\W{0,3}[-+\d.e]+", Dye::Blue),
                regex(r"\b(epoch|step)\b\W{0,3}\d+(/\d+)?", Dye::Green),
            ],
        ),
        (
            tr("Start and stop"),
            vec![
                regex(r"\b(start(ed|ing|up)|listening|ready)\b", Dye::Green),
                regex(
                    r"\b(stopp(ed|ing)|shut(ting)? ?down|exit(ed|ing)?|killed)\b",
                    Dye::Grey,
                ),
            ],
        ),
        (
            tr("Security"),
            vec![regex(
                r"\b(denied|forbidden|unauthori[sz]ed|invalid (token|password)|login failed)\b",
                Dye::Orange,
            )],
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::{Timestamp, Zone};
    use crate::query::lang::Moments;
    use crate::query::marking::{Marking, check};

    #[test]
    fn examples_mark_what_they_are_for() {
        let moments = Moments {
            zone: &Zone::Utc,
            now: Timestamp(0),
            end: None,
        };
        let rules: Vec<MarkRule> = all().into_iter().flat_map(|(_, rules)| rules).collect();
        for rule in &rules {
            assert_eq!(check(rule, &moments), Ok(()), "{}", rule.pattern);
        }
        let marking = Marking::new(rules, &moments, 1);
        for (text, marked) in [
            ("connection failed: timed out", &["failed", "timed out"][..]),
            ("\"GET / HTTP/1.1\" 503 12", &["HTTP/1.1\" 503"]),
            ("took 1200ms, then 3.5 s, then 12ms", &["1200ms", "3.5 s"]),
            ("epoch 3/10 loss=0.25", &["epoch 3/10", "loss=0.25"]),
            ("terror and failing", &[]),
        ] {
            let found = marking.ranges(text);
            let found: Vec<_> = found
                .iter()
                .map(|(range, _)| &text[range.clone()])
                .collect();
            assert_eq!(found, marked, "{text}");
        }
    }
}
