//! What clicks in the list ask the filter for.

use crate::base::time::Zone;
use crate::query::fields::summary::{Bar, FieldSummary, NumbersSummary, TopValue};
use crate::query::lang::{Expr, Field, Op, Value, print};
use crate::query::number::typed;
use crate::query::plot::{PlotSpec, Split};
use crate::ui::action::Action;

/// Records whose field has this value, or the others.
pub(super) fn value(field: &FieldSummary, value: &TopValue, without: bool) -> Action {
    // Of a value that is cut, its beginning is known.
    let text = match value.is_cut {
        true => {
            let known = value.text.trim_end_matches(char::REPLACEMENT_CHARACTER);
            Value::Wild(format!("{known}*"))
        }
        false => Value::Text(value.text.to_string()),
    };
    narrow(is(field, Op::Is, text), without)
}

/// Records that have the field, or those that do not.
pub(super) fn exists(field: &FieldSummary, without: bool) -> Action {
    narrow(is(field, Op::Is, Value::Wild("*".to_owned())), without)
}

/// Records whose number lies in these bars, of which the first and the last are without end.
pub(super) fn bars(field: &FieldSummary, numbers: &NumbersSummary, bars: &[Bar]) -> Option<Action> {
    let (first, last) = bars.first().zip(bars.last())?;
    let compare = |op, number| is(field, op, Value::Text(typed(number, numbers.unit)));
    let from = (first.from > numbers.least).then(|| compare(Op::AtLeast, first.from));
    let to = (last.to < numbers.most).then(|| compare(Op::Less, last.to));
    match (from, to) {
        (Some(from), Some(to)) => Some(narrow(Expr::All(vec![from, to]), false)),
        (Some(one), None) | (None, Some(one)) => Some(narrow(one, false)),
        (None, None) => Some(exists(field, false)),
    }
}

/// Records whose number is at least this.
pub(super) fn at_least(field: &FieldSummary, numbers: &NumbersSummary, number: f64) -> Action {
    let value = Value::Text(typed(number, numbers.unit));
    narrow(is(field, Op::AtLeast, value), false)
}

/// Draws the numbers of the field over time, or no longer.
pub(super) fn plot(field: &FieldSummary, shown: bool) -> Action {
    let spec = PlotSpec {
        field: field.name.to_string(),
        split: Split::None,
    };
    Action::Plot((!shown).then_some(spec))
}

fn is(field: &FieldSummary, op: Op, value: Value) -> Expr {
    Expr::Field(Field {
        name: field.name.to_string(),
        op,
        value,
    })
}

fn narrow(expr: Expr, without: bool) -> Action {
    let expr = match without {
        true => Expr::Not(Box::new(expr)),
        false => expr,
    };
    Action::Narrow(print(&expr, &Zone::Utc))
}
