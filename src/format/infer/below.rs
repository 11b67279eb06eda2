//! Templates that put the message on a line of its own, indented below the rest.

use super::super::spec::FormatSpec;
use super::anchors::Group;
use super::columns::{Pad, Segment};
use super::emit;
use super::signs::name_like;

/// A template with a line break, if the line below each head is indented alike and the head is its line's only content.
pub fn spec<'a>(
    mut segments: Vec<Segment<'a>>,
    rests: Vec<&'a [u8]>,
    group: &Group<'_, 'a>,
) -> Option<FormatSpec> {
    let below = group.lines.iter().map(|line| line.indent_below);
    let indent = below.clone().filter(|indent| *indent > 0).min()?;
    let deep = below.filter(|below| *below >= indent).count();
    if group.lines.len() < 3 || deep * 10 < group.lines.len() * 8 {
        return None;
    }
    let words = rests.iter().filter(|rest| name_like(rest)).count();
    match segments.last() {
        Some(Segment::Literal(_)) if words * 10 >= rests.len() * 8 => {
            segments.push(Segment::Field {
                values: rests,
                pad: Pad::None,
            });
        }
        Some(_) if rests.iter().all(|rest| rest.is_empty()) => {}
        _ => return None,
    }
    segments.push(Segment::Literal(
        [b"\n".as_slice(), &vec![b' '; indent]].concat(),
    ));
    let moment = group.moment().filter(|_| group.timed);
    emit::spec(&segments, moment.as_ref(), "")
        .filter(|spec| matches!(spec, FormatSpec::Template { .. }))
}
