//! How far a log that is no plain file is collected.

use crate::app::tab::Tab;
use crate::engine::{self, FeedEnd, FeedState};
use crate::ui::panels::feed_status::{FeedKind, FeedModel, FeedStage};

/// `None` for a plain file.
#[must_use]
pub fn feed(tab: &Tab) -> Option<FeedModel> {
    let feed = tab.source.as_ref()?.feed.as_ref()?;
    Some(FeedModel {
        kind: match feed.kind {
            // All there from the first moment on.
            engine::FeedKind::Packed | engine::FeedKind::Rotated | engine::FeedKind::Text => {
                FeedKind::Packed
            }
            engine::FeedKind::Pipe | engine::FeedKind::Device | engine::FeedKind::Stdin => {
                FeedKind::Pipe
            }
            engine::FeedKind::Command => FeedKind::Command,
        },
        read: feed.read,
        total: feed.total,
        written: feed.written,
        stage: stage(feed),
    })
}

fn stage(feed: &FeedState) -> FeedStage {
    match &feed.end {
        None if feed.idle => FeedStage::Idle,
        None => FeedStage::Running,
        Some(FeedEnd::Complete) => FeedStage::Complete,
        Some(FeedEnd::Stopped) => FeedStage::Stopped,
        Some(FeedEnd::Exited(how)) => FeedStage::Exited {
            how: how.to_string(),
            good: how.is_good(),
        },
        Some(FeedEnd::Damaged(reason)) => FeedStage::Damaged(reason.clone()),
        Some(FeedEnd::Failed(reason)) => FeedStage::Failed(reason.clone()),
    }
}
