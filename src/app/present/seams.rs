//! What is said where a log went on in another file.

use crate::engine::{Seam, TurnReason};
use crate::ui::table::model::SeamMark;
use crate::ui::widgets::number;

/// One mark for all seams between two rows.
pub(super) fn mark(seams: &[&Seam]) -> Option<SeamMark> {
    let last = seams.last()?;
    let gap = seams.iter().any(|seam| seam.gap);
    let title = match (gap, last.reason) {
        (true, _) => "Lines may be missing",
        (false, TurnReason::Rotated) => "Rotated",
        (false, TurnReason::Truncated) => "Truncated",
        (false, TurnReason::Rewritten) => "Rewritten",
    };
    let stories: Vec<String> = seams.iter().map(|seam| story(seam)).collect();
    Some(SeamMark {
        title,
        story: stories.join("\n"),
        gap,
    })
}

fn story(seam: &Seam) -> String {
    let mut text = match seam.reason {
        TurnReason::Rotated => "The log was rotated here",
        TurnReason::Truncated => "The file was truncated here and is read from its start",
        TurnReason::Rewritten => "The file was rewritten here and is read from its start",
    }
    .to_owned();
    if !seam.read.is_empty() {
        text += &format!("; read on the way: {}", seam.read.join(", "));
    }
    if seam.gone > 0 {
        text += &format!("; {} above it are gone", number::bytes(seam.gone));
    }
    if seam.gap {
        text += "; lines that were never seen may be missing";
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;
    use crate::base::id::RecordNo;

    #[test]
    fn one_mark_says_everything() {
        let rotated = Seam {
            record: RecordNo(1),
            reason: TurnReason::Rotated,
            read: vec!["app.log.2".to_owned(), "app.log.1".to_owned()],
            gone: 0,
            gap: false,
        };
        let cut = Seam {
            record: RecordNo(1),
            reason: TurnReason::Truncated,
            read: Vec::new(),
            gone: 2048,
            gap: true,
        };
        assert_eq!(mark(&[]), None);
        let one = mark(&[&rotated]).unwrap();
        assert_eq!((one.title, one.gap), ("Rotated", false));
        assert!(one.story.ends_with("app.log.2, app.log.1"), "{one:?}");
        let both = mark(&[&cut, &rotated]).unwrap();
        assert_eq!((both.title, both.gap), ("Lines may be missing", true));
        assert_eq!(both.story.lines().count(), 2, "{both:?}");
    }
}
