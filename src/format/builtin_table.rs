//! The rows of [`super::builtin`].

use super::builtin::{Builtin, Recipe};
use super::extractor::Clock;
use super::json::JsonShape;

const fn template(
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

const fn other(
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

pub(super) const TABLE: &[Builtin] = &[
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
    template(
        "basic",
        "Python logging.basicConfig",
        "%(levelname)s:%(name)s:%(message)s",
        None,
        "INFO:app.db:ready",
    ),
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
];
