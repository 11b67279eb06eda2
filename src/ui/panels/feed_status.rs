//! The part of the status bar that is about logs that are no plain files: unpacking, pipes, programs.

use crate::base::lang::{said, tr};
use crate::tr;
use egui::Color32;

use super::status_bar::{Job, Stop};
use crate::ui::action::Action;
use crate::ui::theme::Palette;
use crate::ui::widgets::number;

/// How far what is no plain file is collected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedModel {
    /// Where it comes from.
    pub kind: FeedKind,
    /// Bytes read there; of a compressed file, those of the file.
    pub read: u64,
    /// Bytes there are, where that is known.
    pub total: Option<u64>,
    /// Bytes collected.
    pub written: u64,
    /// What is happening, or how it ended.
    pub stage: FeedStage,
}

/// Where a log comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedKind {
    /// From inside a compressed file.
    Packed,
    /// From a pipe, standard input or a device.
    Pipe,
    /// From a program.
    Command,
}

/// What is happening, or how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedStage {
    /// It comes.
    Running,
    /// Nobody writes to the pipe at present.
    Idle,
    /// Everything is there.
    Complete,
    /// The user stopped it.
    Stopped,
    /// The program ended, in these words.
    Exited {
        /// `exited with 1`
        how: String,
        /// Whether all went well.
        good: bool,
    },
    /// The compressed file is damaged or cut off, for this reason.
    Damaged(String),
    /// It failed, for this reason.
    Failed(String),
}

impl FeedModel {
    /// Whether a compressed file is being unpacked.
    #[must_use]
    pub fn is_unpacking(&self) -> bool {
        self.kind == FeedKind::Packed && self.stage == FeedStage::Running
    }

    /// How much of it is read, 0 to 1.
    #[must_use]
    pub fn share(&self) -> Option<f32> {
        let total = self.total.filter(|total| *total > 0)?;
        Some((self.read as f64 / total as f64).clamp(0.0, 1.0) as f32)
    }

    /// What is said in place of the rows of a program that printed nothing, once it has ended: that, and how it ended.
    #[must_use]
    pub fn printed_nothing(&self) -> Option<(&'static str, String)> {
        if self.kind != FeedKind::Command {
            return None;
        }
        let nothing = tr("The command printed nothing");
        match &self.stage {
            FeedStage::Running | FeedStage::Idle => None,
            FeedStage::Complete => Some((nothing, String::new())),
            FeedStage::Stopped => Some((nothing, tr("Stopped").to_owned())),
            FeedStage::Exited { how, .. } => Some((nothing, sentence(&said(how)))),
            FeedStage::Damaged(reason) | FeedStage::Failed(reason) => Some((
                tr("The command could not be run"),
                said(reason).into_owned(),
            )),
        }
    }

    /// Whether it cannot be followed any further: nothing more will come, and it is no file that may be written anew.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.kind != FeedKind::Packed && self.has_ended()
    }

    /// Whether nothing more will come.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        !matches!(self.stage, FeedStage::Running | FeedStage::Idle)
    }
}

/// What the bar says of it; nothing where there is nothing to tell.
pub(super) fn job(model: &FeedModel, narrow: bool, p: &Palette) -> Option<Job> {
    let (words, color) = words(model, narrow, p)?;
    let share = model.share().filter(|_| model.is_unpacking());
    Some(Job {
        words,
        short: share.map(|_| far(model)),
        color,
        detail: detail(model),
        share: share.map(|share| (share, tr("Unpacking"))),
        stop: button(model),
    })
}

/// How far it is.
fn far(model: &FeedModel) -> String {
    match model.total {
        Some(total) => number::percent(model.read.min(total), total),
        None => number::bytes(model.read),
    }
}

/// What it says; nothing where there is nothing to tell.
fn words(model: &FeedModel, narrow: bool, p: &Palette) -> Option<(String, Color32)> {
    let far = far(model);
    let read = number::bytes(model.written);
    Some(match (&model.stage, model.kind) {
        (FeedStage::Complete, FeedKind::Packed) => return None,
        (FeedStage::Running, FeedKind::Packed) if narrow => (tr!("Unpacking {far}", far), p.text),
        (FeedStage::Running, FeedKind::Packed) => {
            (tr!("Unpacking {far}  {read}", far, read), p.text)
        }
        (FeedStage::Running, FeedKind::Command) => (tr("Running").to_owned(), p.good),
        (FeedStage::Running, FeedKind::Pipe) => (tr("Reading the pipe").to_owned(), p.good),
        (FeedStage::Idle, _) => (tr("Waiting for a writer").to_owned(), p.weak),
        (FeedStage::Complete, _) => (tr("Ended").to_owned(), p.weak),
        (FeedStage::Stopped, FeedKind::Packed) => {
            (tr!("Stopped at {far}, {read} read", far, read), p.warn)
        }
        (FeedStage::Stopped, _) => (tr("Stopped").to_owned(), p.weak),
        (FeedStage::Exited { how, good }, _) => {
            (sentence(&said(how)), if *good { p.weak } else { p.bad })
        }
        (FeedStage::Damaged(_), _) => (tr!("Damaged at {far}, {read} read", far, read), p.bad),
        (FeedStage::Failed(_), _) if model.written == 0 => (tr("Failed").to_owned(), p.bad),
        (FeedStage::Failed(_), _) => (tr!("Stopped, {read} read", read), p.bad),
    })
}

fn button(model: &FeedModel) -> Option<Stop> {
    match (&model.stage, model.kind) {
        (FeedStage::Running, FeedKind::Packed) => Some(Stop {
            verb: tr("Cancel"),
            name: tr("Cancel unpacking"),
            tip: tr("Stop here; what is unpacked stays (Esc)"),
            action: Action::StopFeed,
        }),
        (FeedStage::Stopped, FeedKind::Packed) => Some(Stop {
            verb: tr("Unpack again"),
            name: tr("Unpack again"),
            tip: tr("Unpack the file from its start"),
            action: Action::Reload,
        }),
        (FeedStage::Running, FeedKind::Command) => Some(Stop {
            verb: tr("Stop"),
            name: tr("Stop the command"),
            tip: tr("End the program and all that it started"),
            action: Action::StopFeed,
        }),
        (_, FeedKind::Command) => Some(Stop {
            verb: tr("Restart"),
            name: tr("Restart the command"),
            tip: tr("Run the command again, in an empty view"),
            action: Action::RestartFeed,
        }),
        _ => None,
    }
}

fn detail(model: &FeedModel) -> String {
    let mut detail = match model.total {
        Some(total) => tr!(
            "{read} of {total} unpacked to {size}",
            read = number::bytes(model.read.min(total)),
            total = number::bytes(total),
            size = number::bytes(model.written)
        ),
        None => tr!("{size} collected", size = number::bytes(model.written)),
    };
    if let FeedStage::Damaged(reason) | FeedStage::Failed(reason) = &model.stage {
        detail.push('\n');
        detail.push_str(&said(reason));
    }
    detail
}

fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::palette_of;

    fn said(kind: FeedKind, stage: FeedStage) -> Option<String> {
        let model = FeedModel {
            kind,
            read: 430,
            total: (kind == FeedKind::Packed).then_some(1000),
            written: 2_000_000,
            stage,
        };
        words(&model, false, palette_of(true)).map(|(words, _)| words)
    }

    #[test]
    fn it_says_what_happens_and_how_it_ended() {
        use FeedKind::{Command, Packed, Pipe};
        let exited = |how: &str| FeedStage::Exited {
            how: how.to_owned(),
            good: false,
        };
        for (kind, stage, words) in [
            (Packed, FeedStage::Running, Some("Unpacking 43.0 %  2.0 MB")),
            (Packed, FeedStage::Complete, None),
            (
                Packed,
                FeedStage::Stopped,
                Some("Stopped at 43.0 %, 2.0 MB read"),
            ),
            (
                Packed,
                FeedStage::Damaged(String::new()),
                Some("Damaged at 43.0 %, 2.0 MB read"),
            ),
            (Pipe, FeedStage::Complete, Some("Ended")),
            (Pipe, FeedStage::Idle, Some("Waiting for a writer")),
            (Command, FeedStage::Running, Some("Running")),
            (Command, exited("exited with 1"), Some("Exited with 1")),
            (
                Command,
                exited("killed by signal 9"),
                Some("Killed by signal 9"),
            ),
        ] {
            assert_eq!(said(kind, stage).as_deref(), words);
        }
    }
}
