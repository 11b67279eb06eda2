//! Stack traces in a message: which lines are frames, whose code they are in, and what was raised.
//!
//! Python's `traceback` (chained exceptions and exception groups too), Java, .NET, JavaScript, Go and Rust are told by
//! their lines alone. What is no trace stays text, and nothing is left out: every line has a kind.

mod calls;
mod listed;
mod python;

use std::ops::Range;

/// Longer messages are not looked through to their end.
const MOST_LINES: usize = 2_000;

/// What a line of a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Line {
    /// No part of a trace.
    #[default]
    Text,
    /// `Traceback (most recent call last):`, `goroutine 1 [running]:`.
    Heading,
    /// A frame, or the code that belongs to it; its place in [`Trace::frames`].
    Frame(usize),
    /// What was raised, with its message.
    Raised,
    /// How one exception led to the next, or what parts the exceptions of a group.
    Link,
}

/// Whose code a frame is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    /// That of the program, as far as can be told.
    Own,
    /// A library's, or that of the language.
    Library,
}

/// A call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The file, as the trace names it; empty if it names none.
    pub file: String,
    /// The line in it, from 1.
    pub line: Option<u32>,
    /// The function, with what the trace says it belongs to.
    pub function: String,
    /// Whose code it is in.
    pub owner: Owner,
    /// The library, as far as the file or the function tells.
    pub library: String,
}

/// What was raised once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// The lines that say what.
    pub lines: Range<usize>,
    /// The frame in which it was raised or came from, the innermost of the program's own if there is one.
    pub frame: Option<usize>,
}

/// The stack traces of a message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// What each line is; lines behind the last one are text.
    pub lines: Vec<Line>,
    /// The frames, in the order of the text.
    pub frames: Vec<Frame>,
    /// What was raised, in the order of the text.
    pub raised: Vec<Raised>,
}

impl Trace {
    /// Reads a message; `None` if there is no frame in it.
    #[must_use]
    pub fn read(message: &str) -> Option<Self> {
        let lines: Vec<&str> = message.lines().take(MOST_LINES).collect();
        let mut trace = Self {
            lines: vec![Line::Text; lines.len()],
            ..Self::default()
        };
        let mut at = 0;
        while at < lines.len() {
            let read = python::read(&lines, at, &mut trace)
                .or_else(|| listed::read(&lines, at, &mut trace))
                .or_else(|| calls::read(&lines, at, &mut trace));
            at = read.unwrap_or(at + 1).max(at + 1);
        }
        (!trace.frames.is_empty()).then_some(trace)
    }

    /// What a line is.
    #[must_use]
    pub fn line(&self, at: usize) -> Line {
        self.lines.get(at).copied().unwrap_or_default()
    }

    /// The frame that a line is of.
    #[must_use]
    pub fn frame_of(&self, at: usize) -> Option<&Frame> {
        match self.line(at) {
            Line::Frame(frame) => self.frames.get(frame),
            _ => None,
        }
    }

    /// What the reader wants to know first: the exception that came out, which is the last one in Python and the first one
    /// elsewhere.
    #[must_use]
    pub fn outcome(&self) -> Option<&Raised> {
        match self.is_python() {
            true => self.raised.last(),
            false => self.raised.first(),
        }
    }

    /// Whether the innermost frames stand last.
    #[must_use]
    pub fn is_python(&self) -> bool {
        self.lines.contains(&Line::Heading)
    }

    fn mark(&mut self, at: usize, line: Line) {
        if let Some(known) = self.lines.get_mut(at) {
            *known = line;
        }
    }

    /// Adds a frame and says where it stands.
    fn add(&mut self, frame: Frame) -> usize {
        self.frames.push(frame);
        self.frames.len() - 1
    }

    /// The innermost frame of the program's own; if there is none, the innermost.
    fn innermost(&self, frames: Range<usize>, innermost_last: bool) -> Option<usize> {
        let own = |at: &usize| {
            let frame = self.frames.get(*at);
            frame.is_some_and(|frame| frame.owner == Owner::Own)
        };
        match innermost_last {
            true => frames.clone().rev().find(own).or(frames.last()),
            false => frames.clone().find(own).or(frames.into_iter().next()),
        }
    }
}

/// The part of a path behind `folder/`, up to the next separator: what a package is called.
fn package<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    let (_, rest) = path.split_once(folder)?;
    let name = rest.trim_start_matches(['/', '\\']);
    name.split(['/', '\\'])
        .next()
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests;
