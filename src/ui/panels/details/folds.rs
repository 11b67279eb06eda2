//! The frames of libraries in a stack trace, folded to one line until the reader wants them, and what came out, first.

use std::ops::Range;

use egui::{Label, RichText, Ui};

use super::text::{Lines, Marks};
use crate::base::lang::tr;
use crate::base::level::Gravity;
use crate::base::text::name;
use crate::base::text::places::{FilePlace, Target, places};
use crate::format::trace::{Line, Owner, Trace};
use crate::tr;
use crate::ui::action::{Action, Actions};
use crate::ui::theme::{mono, palette, small};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::number;
use crate::ui::widgets::tool_button::ToolButton;

/// Fewer frames are not folded.
const LEAST: usize = 2;

/// Messages of fewer lines show what came out anyway.
const SHORT: usize = 8;

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// Lines that are shown.
    Lines(Range<usize>),
    /// Lines behind a line that says what they are.
    Fold(Fold),
}

/// Frames of libraries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fold {
    lines: Range<usize>,
    frames: usize,
    /// Which libraries, each once.
    libraries: String,
    open: bool,
}

/// A message in parts.
#[derive(Debug, Default)]
pub(super) struct Folds {
    blocks: Vec<Block>,
}

impl Folds {
    /// Everything foldable is folded, but for what has a match.
    pub(super) fn new(trace: Option<&Trace>, lines: &Lines, marks: &Marks) -> Self {
        let Some(trace) = trace else {
            return Self::default();
        };
        let is_foldable = |at: usize| {
            let frame = trace.frame_of(at);
            frame.is_some_and(|frame| frame.owner == Owner::Library)
        };
        let mut blocks = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let folds = is_foldable(at);
            let end = (at..lines.len())
                .find(|next| is_foldable(*next) != folds)
                .unwrap_or(lines.len());
            let fold = folds.then(|| fold(trace, at..end));
            let fold = fold.filter(|fold| fold.frames >= LEAST);
            match fold {
                Some(mut fold) => {
                    fold.open = fold.lines.clone().any(|line| lines.is_marked(line, marks));
                    blocks.push(Block::Fold(fold));
                }
                None => blocks.push(Block::Lines(at..end)),
            }
            at = end;
        }
        Self { blocks }
    }

    /// The parts; none if nothing can be folded.
    pub(super) fn blocks(&self) -> &[Block] {
        match self.has_folds() {
            true => &self.blocks,
            false => &[],
        }
    }

    pub(super) fn has_folds(&self) -> bool {
        self.folds().next().is_some()
    }

    /// Whether every frame is shown.
    fn is_open(&self) -> bool {
        self.folds().all(|fold| fold.open)
    }

    fn folds(&self) -> impl Iterator<Item = &Fold> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Fold(fold) => Some(fold),
            Block::Lines(_) => None,
        })
    }

    fn set_all(&mut self, open: bool) {
        for block in &mut self.blocks {
            if let Block::Fold(fold) = block {
                fold.open = open;
            }
        }
    }

    /// A button that shows or folds every frame.
    pub(super) fn button(&mut self, ui: &mut Ui) {
        if !self.has_folds() {
            return;
        }
        let open = self.is_open();
        let button = ToolButton::text(tr("All frames")).selected(open);
        let tip = tr("Show the frames of libraries too");
        if ui.add(button).on_hover_text(tip).clicked() {
            self.set_all(!open);
        }
    }

    /// Opens or folds a part.
    pub(super) fn toggle(&mut self, at: usize) {
        if let Some(Block::Fold(fold)) = self.blocks.get_mut(at) {
            fold.open = !fold.open;
        }
    }
}

fn fold(trace: &Trace, lines: Range<usize>) -> Fold {
    let mut libraries: Vec<&str> = Vec::new();
    let mut frames = Vec::new();
    for at in lines.clone() {
        let (Line::Frame(no), Some(frame)) = (trace.line(at), trace.frame_of(at)) else {
            continue;
        };
        if frames.last() != Some(&no) {
            frames.push(no);
        }
        if !libraries.contains(&&*frame.library) {
            libraries.push(&frame.library);
        }
    }
    Fold {
        lines,
        frames: frames.len(),
        libraries: libraries.join(", "),
        open: false,
    }
}

/// The line that stands for folded frames. Whether it was clicked.
pub(super) fn show(ui: &mut Ui, fold: &Fold) -> bool {
    let frames = number::counted(fold.frames as u64, "frame");
    let words = tr!(
        "{frames} in {libraries}",
        frames,
        libraries = name(&fold.libraries)
    );
    let icon = if fold.open {
        Icon::ChevronDown
    } else {
        Icon::ChevronRight
    };
    let color = palette(ui).weak;
    let button = ToolButton::icon(icon, &words)
        .with_text(&words)
        .color(color);
    let tip = match fold.open {
        true => tr("Click to fold these frames"),
        false => tr("Click to see these frames"),
    };
    ui.add(button).on_hover_text(tip).clicked()
}

impl Fold {
    /// Its lines, if they are shown.
    pub(super) fn shown(&self) -> Option<Range<usize>> {
        self.open.then(|| self.lines.clone())
    }
}

/// What came out of a long trace, and where: its last line first.
pub(super) fn outcome(ui: &mut Ui, trace: &Trace, message: &str, out: &mut Actions) {
    let Some(raised) = trace.outcome().filter(|_| trace.lines.len() > SHORT) else {
        return;
    };
    let line = message.lines().nth(raised.lines.start).unwrap_or_default();
    let words = name(line.trim_start_matches([' ', '|', '\t'])).into_owned();
    let look = palette(ui).severity(Gravity::Error);
    let text = RichText::new(&words).font(mono()).color(look.ink);
    ui.add(Label::new(text).truncate().selectable(true));
    let Some(frame) = raised.frame.and_then(|frame| trace.frames.get(frame)) else {
        return;
    };
    if frame.file.is_empty() {
        return;
    }
    let no = raised.frame.map(Line::Frame);
    let at = trace.lines.iter().position(|line| Some(*line) == no);
    let line = at
        .and_then(|at| message.lines().nth(at))
        .unwrap_or_default();
    let named = places(line).into_iter().map(|place| place.target);
    // The line may name more than the frame, as the folders of a Java file.
    let target = named.into_iter().next().unwrap_or_else(|| {
        Target::File(FilePlace {
            path: frame.file.clone(),
            line: frame.line,
            column: None,
        })
    });
    let place = match frame.line {
        Some(line) => format!("{}:{line}", frame.file),
        None => frame.file.clone(),
    };
    let shown = name(&place);
    let words = match frame.function.is_empty() {
        true => shown.clone().into_owned(),
        false => tr!(
            "{place} in {function}",
            place = shown,
            function = name(&frame.function)
        ),
    };
    let label = Label::new(RichText::new(words).font(small()).color(palette(ui).accent));
    let response = ui.add(label.truncate().sense(egui::Sense::click()));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &*shown));
    if response
        .on_hover_text(tr!(
            "{words}\nClick to open it in your editor",
            words = shown
        ))
        .clicked()
    {
        out.push(Action::OpenPlace(target));
    }
}
