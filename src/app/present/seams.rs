//! What is said where a log went on in another file.

use crate::base::lang::tr;
use crate::engine::{Seam, TurnReason};
use crate::tr;
use crate::ui::table::model::SeamMark;
use crate::ui::widgets::number;

/// One mark for all seams between two rows.
pub(super) fn mark(seams: &[&Seam]) -> Option<SeamMark> {
    let last = seams.last()?;
    let gap = seams.iter().any(|seam| seam.gap);
    let title = match (gap, last.reason) {
        (true, _) => tr("Lines may be missing"),
        (false, TurnReason::Rotated) => tr("Rotated"),
        (false, TurnReason::Truncated) => tr("Truncated"),
        (false, TurnReason::Rewritten) => tr("Rewritten"),
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
        TurnReason::Rotated => tr("The log was rotated here"),
        TurnReason::Truncated => tr("The file was truncated here and is read from its start"),
        TurnReason::Rewritten => tr("The file was rewritten here and is read from its start"),
    }
    .to_owned();
    if !seam.read.is_empty() {
        let files = seam.read.join(", ");
        text += &format!("; {}", tr!("read on the way: {files}", files));
    }
    if seam.gone > 0 {
        let size = number::bytes(seam.gone);
        text += &format!("; {}", tr!("{size} above it are gone", size));
    }
    if seam.gap {
        text += "; ";
        text += tr("lines that were never seen may be missing");
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
