//! Which parts of a filter are about one column of the table, for the sign in its header and to clear them there.

use super::judge::column_of;
use super::lang::Expr;
use super::spec::{FilterSpec, LevelRule, LoggerRule};
use crate::base::time::TimeRange;
use crate::format::field::{Column, Role};

/// Whether a filter has parts that are about a column and nothing else.
#[must_use]
pub fn is_filtered(spec: &FilterSpec, column: &Column, columns: &[Column]) -> bool {
    let own = match column.role {
        Role::Level => spec.levels != LevelRule::default(),
        Role::Logger => spec.loggers != LoggerRule::default(),
        Role::Time => spec.time != TimeRange::default(),
        Role::Message | Role::Other => false,
    };
    own || spec.more.iter().any(|part| is_about(part, column, columns))
}

/// Removes the parts of a filter that are about a column and nothing else.
pub fn clear(spec: &mut FilterSpec, column: &Column, columns: &[Column]) {
    match column.role {
        Role::Level => spec.levels = LevelRule::default(),
        Role::Logger => spec.loggers = LoggerRule::default(),
        Role::Time => spec.time = TimeRange::default(),
        Role::Message | Role::Other => {}
    }
    spec.more.retain(|part| !is_about(part, column, columns));
}

/// Whether a part of a query asks for one column and nothing else.
fn is_about(part: &Expr, column: &Column, columns: &[Column]) -> bool {
    match part {
        Expr::All(parts) | Expr::Any(parts) => {
            !parts.is_empty() && parts.iter().all(|part| is_about(part, column, columns))
        }
        Expr::Not(inner) => is_about(inner, column, columns),
        Expr::Time(_) => column.role == Role::Time,
        Expr::Text(_) => false,
        Expr::Field(field) => match super::lang::keyword(&field.name) {
            Some("level") => column.role == Role::Level,
            Some("logger") => column.role == Role::Logger,
            Some("message") => column.role == Role::Message,
            Some("since" | "until") => column.role == Role::Time,
            Some(_) => false,
            None => column_of(&field.name, columns).is_some_and(|it| it.name == column.name),
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::base::time::{Timestamp, Zone};
    use crate::query::lang::{Moments, bind, parse, query_of};

    fn spec(query: &str) -> FilterSpec {
        let moments = Moments {
            zone: &Zone::Utc,
            now: Timestamp(0),
            end: None,
        };
        bind(&parse(query).unwrap(), &moments).unwrap()
    }

    #[test]
    fn parts_belong_to_the_column_that_they_are_about() {
        let columns = [
            Column::new("asctime", Role::Time),
            Column::new("levelname", Role::Level),
            Column::new("name", Role::Logger),
            Column::new("threadName", Role::Other),
            Column::new("lineno", Role::Other),
            Column::new("message", Role::Message),
        ];
        let rows: &[(&str, &[&str])] = &[
            ("", &[]),
            ("level>=warning", &["levelname"]),
            ("-level:debug", &["levelname"]),
            ("(level:error OR level:debug)", &["levelname"]),
            ("logger:app.db -logger:app.db.pool", &["name"]),
            ("logger:*db*", &["name"]),
            ("since:10:00", &["asctime"]),
            ("THREADNAME:Main", &["threadName"]),
            ("thread:Main lineno>5", &["threadName", "lineno"]),
            ("-thread:Main", &["threadName"]),
            ("(thread:Main OR lineno>5)", &[]),
            ("message:timeout", &["message"]),
            ("timeout", &[]),
            ("other:5", &[]),
        ];
        for (query, expected) in rows {
            let filter = spec(query);
            let found: Vec<&str> = columns
                .iter()
                .filter(|column| is_filtered(&filter, column, &columns))
                .map(|column| &*column.name)
                .collect();
            assert_eq!(found, *expected, "{query}");
        }
    }

    #[test]
    fn clearing_a_column_leaves_the_others() {
        let columns = [
            Column::new("levelname", Role::Level),
            Column::new("thread", Role::Other),
        ];
        let mut filter = spec("level>=error thread:A -thread:B timeout size>5");
        for column in &columns {
            clear(&mut filter, column, &columns);
            assert!(!is_filtered(&filter, column, &columns));
        }
        assert_eq!(query_of(&filter, &Zone::Utc), "timeout size>5");
    }
}
