//! Layout → steps, slots and columns.

use super::{
    Clock, Column, FirstBytes, FormatError, Layout, Part, Quick, Role, Slot, Start, Step, Strength,
    Template, TimeSource,
};
use crate::base::text::strip_ansi;
use crate::format::layout::{Align, Conversion, FieldSpec, Piece};
use crate::format::steps::{FieldStep, MAX_FIELDS, NumberUse, Pad, Reader, TextUse};
use crate::format::timestamp::{
    DatePattern, compile as compile_date, default_asctime, iso_asctime,
};

/// Attributes that are printed as numbers whatever the conversion.
const NUMBERS: [&str; 6] = [
    "lineno",
    "process",
    "thread",
    "levelno",
    "msecs",
    "relativeCreated",
];

/// Fields by which colouring formatters (colorlog, tornado) write escapes.
pub(super) fn is_color(name: &str) -> bool {
    const COLORS: [&str; 9] = [
        "black", "red", "green", "yellow", "blue", "purple", "cyan", "white", "magenta",
    ];
    let color = name.rsplit('_').next().unwrap_or(name);
    matches!(name, "reset" | "color" | "end_color" | "bold")
        || name.ends_with("log_color")
        || COLORS.contains(&color) && name.split('_').count() <= 3 && !name.contains("name")
}

/// Names under which other libraries' formatters print what `logging` calls otherwise; they count if the template has
/// no field of the proper name.
fn standard_name<'a>(layout: &Layout, name: &'a str) -> &'a str {
    let proper = match name {
        "msg" | "text" => "message",
        "level" | "levelprefix" | "level_name" | "severity" => "levelname",
        "logger" | "logger_name" => "name",
        "timestamp" | "time" => "asctime",
        _ => return name,
    };
    if layout.has(proper) { name } else { proper }
}

struct Builder<'a> {
    layout: &'a Layout,
    asctime: DatePattern,
    other_asctime: Option<DatePattern>,
    head: Vec<Step>,
    tail: Option<Vec<Step>>,
    slots: Vec<Slot>,
    columns: Vec<Column>,
    seen: Vec<&'a str>,
    colored_message: bool,
    /// Whether the piece before was a colour.
    after_color: bool,
    /// Whether the last step of the current part was `asctime`, or that and one literal.
    after_time: Option<usize>,
    created_resolution: Option<i64>,
}

pub(super) fn compile(
    layout: &Layout,
    datefmt: Option<&str>,
    msec_format: Option<&str>,
) -> Result<Template, FormatError> {
    let fields = layout.fields().count();
    if fields == 0 {
        return Err(FormatError::new(
            "the template has no field",
            "name at least one, such as %(message)s, {message} or $message",
        ));
    }
    if fields > MAX_FIELDS {
        return Err(FormatError::new(
            format!("the template has {fields} fields"),
            format!("at most {MAX_FIELDS} are possible"),
        ));
    }
    let own = layout.fields().find(|field| &*field.name == "asctime");
    let own = own.and_then(|field| field.date.as_ref());
    let (asctime, other_asctime) = match (own, datefmt) {
        (Some(own), _) => (compile_date(&own.pattern)?.in_offset(own.offset), None),
        (None, Some(datefmt)) => (compile_date(datefmt)?, None),
        (None, None) => (default_asctime(msec_format)?, Some(iso_asctime())),
    };
    let mut builder = Builder {
        layout,
        asctime,
        other_asctime,
        head: Vec::new(),
        tail: None,
        slots: Vec::new(),
        columns: Vec::new(),
        seen: Vec::new(),
        colored_message: false,
        after_color: false,
        after_time: None,
        created_resolution: None,
    };
    for piece in &layout.pieces {
        match piece {
            Piece::Literal(text) => builder.literal(text),
            Piece::Field(field) => builder.field(field),
            Piece::Blanks => builder.push(Step::Blanks),
        }
    }
    Ok(builder.finish())
}

impl<'a> Builder<'a> {
    fn push(&mut self, step: Step) {
        let part = self.tail.as_mut().unwrap_or(&mut self.head);
        if let (Some(Step::Literal(last)), Step::Literal(text)) = (part.last_mut(), &step) {
            *last = [&**last, &**text].concat().into();
        } else {
            part.push(step);
        }
    }

    fn literal(&mut self, text: &str) {
        self.after_color = false;
        let plain = strip_ansi(text.as_bytes());
        if plain.len() != text.len() && plain.is_empty() && self.tail.is_some() {
            self.colored_message = true;
        }
        let single = plain.len() <= 1;
        for (number, line) in plain.split(|b| *b == b'\n').enumerate() {
            if number > 0 {
                self.push(Step::Newline);
            }
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if !line.is_empty() {
                self.push(Step::Literal(line.into()));
            }
        }
        if !single {
            self.after_time = None;
        }
    }

    fn field(&mut self, field: &'a FieldSpec) {
        let name = standard_name(self.layout, &field.name);
        if is_color(&field.name) {
            self.colored_message |= self.tail.is_some() || self.head.is_empty();
            self.after_color = true;
            return;
        }
        let after_color = std::mem::take(&mut self.after_color);
        if name == "message" && self.tail.is_none() {
            if after_color {
                self.push(Step::Escapes);
            }
            self.tail = Some(Vec::new());
            self.after_time = None;
            return;
        }
        let after_time = self.after_time.take();
        let slot = self.slot(name, after_time);
        let reader = self.reader(name, field, slot);
        if name == "asctime" {
            self.after_time = Some(self.slots.len());
        }
        self.slots.push(slot);
        let step = FieldStep {
            reader,
            conversion: field.conversion,
            pad: Pad {
                width: field.width,
                precision: field.precision,
                fill: field.fill,
                align: field.align,
            },
            slot: self.slots.len() - 1,
        };
        self.push(Step::Field(self.as_level_prefix(step, &field.name)));
    }

    /// uvicorn's `levelprefix` is `INFO:` and as many spaces as make it nine characters.
    fn as_level_prefix(&self, mut step: FieldStep, name: &str) -> FieldStep {
        if name == "levelprefix" {
            step.reader = Reader::Text(TextUse::LevelPrefix);
            step.pad.width = 9;
            step.pad.align = Align::Left;
        }
        step
    }

    /// The slot of a field, with its column.
    fn slot(&mut self, name: &'a str, after_time: Option<usize>) -> Slot {
        if self.seen.contains(&name) {
            return Slot::Repeated;
        }
        self.seen.push(name);
        let whole_seconds = self.asctime.resolution() >= 1_000_000_000;
        let level_shown = self.layout.has("levelname")
            || self.layout.has("levelprefix")
            || self.layout.has("level");
        let slot = match name {
            "asctime" => Slot::Time,
            "created" if !self.layout.has("asctime") => Slot::Time,
            "levelname" => Slot::Level,
            "levelno" if !level_shown => Slot::Level,
            "name" => Slot::Logger,
            "msecs" if whole_seconds && after_time.is_some() => Slot::TimeFraction,
            _ => Slot::Other(self.columns.len()),
        };
        let role = match slot {
            Slot::Time => Role::Time,
            Slot::Level => Role::Level,
            Slot::Logger => Role::Logger,
            Slot::Other(_) => Role::Other,
            Slot::TimeFraction | Slot::Repeated => return slot,
        };
        self.columns.push(Column::new(name, role));
        slot
    }

    fn reader(&mut self, name: &str, field: &FieldSpec, slot: Slot) -> Reader {
        match name {
            "asctime" => Reader::Time(Box::new((self.asctime.clone(), self.other_asctime.clone()))),
            "created" => {
                let whole = field.conversion == Conversion::Integer;
                self.created_resolution = Some(if whole { 1_000_000_000 } else { 1000 });
                Reader::Number(NumberUse::Created)
            }
            "msecs" => Reader::Number(NumberUse::Msecs),
            "levelno" if slot == Slot::Level => Reader::Number(NumberUse::LevelNumber),
            "levelname" => Reader::Text(TextUse::Level),
            "name" => Reader::Text(TextUse::Logger),
            "threadName" => Reader::Text(TextUse::Thread),
            name if NUMBERS.contains(&name) && field.conversion != Conversion::Quoted => {
                Reader::Number(NumberUse::Plain)
            }
            _ => match field.conversion {
                Conversion::Text | Conversion::Quoted => Reader::Text(TextUse::Plain),
                _ => Reader::Number(NumberUse::Plain),
            },
        }
    }

    fn time(&self) -> (TimeSource, Clock) {
        let asctime = self.seen.contains(&"asctime");
        let add_msecs = self.asctime.resolution() >= 1_000_000_000 && self.seen.contains(&"msecs");
        let resolution = if add_msecs {
            1_000_000
        } else {
            self.asctime.resolution()
        };
        match self.created_resolution {
            Some(created)
                if !asctime || self.asctime.clock() != Clock::Full || created <= resolution =>
            {
                (TimeSource::Created, Clock::Full)
            }
            _ if asctime && self.asctime.clock() != Clock::None => {
                (TimeSource::Asctime { add_msecs }, self.asctime.clock())
            }
            _ => (TimeSource::None, Clock::None),
        }
    }

    fn finish(mut self) -> Template {
        let (time, clock) = self.time();
        self.columns.push(Column::new("message", Role::Message));
        let head = part(self.head);
        let tail = self.tail.filter(|steps| !steps.is_empty()).map(part);
        let start = start(&head, tail.as_ref());
        // Behind a time, levels of the log's own are taken for what they are.
        let tail = tail.map(|tail| Part {
            strength: tail.strength.max(head.strength.min(Strength::Number)),
            ..tail
        });
        let vouched = tail.as_ref().and_then(|tail| vouched(&head, tail));
        let mut template = Template {
            vouched,
            first: FirstBytes::of(&head.steps),
            quick: None,
            columns: self.columns.into(),
            clock,
            head,
            tail,
            start,
            slots: self.slots.into(),
            time,
            colored_message: self.colored_message,
            ends_with_nul: false,
        };
        if start == Start::Head {
            template.quick = Quick::compile(&template);
        }
        template
    }
}

fn part(steps: Vec<Step>) -> Part {
    Part {
        strength: Strength::of(&steps),
        has_level: has_level(&steps),
        level_is_bracketed: level_is_bracketed(&steps),
        level_is_named: level_is_named(&steps),
        steps: steps.into(),
    }
}

/// The head with the strength of the tail, if that is the greater one.
fn vouched(head: &Part, tail: &Part) -> Option<Part> {
    let helps = tail.strength > head.strength && !head.steps.is_empty();
    helps.then(|| Part {
        strength: tail.strength,
        ..head.clone()
    })
}

fn is_text(step: &Step, wanted: TextUse) -> bool {
    matches!(step, Step::Field(field) if field.reader == Reader::Text(wanted))
}

/// Whether the level stands in brackets or the like.
fn level_is_bracketed(steps: &[Step]) -> bool {
    let level = steps.iter().position(|step| is_text(step, TextUse::Level));
    let before = level.and_then(|at| steps.get(at.checked_sub(1)?));
    let bracket = |b: &u8| b"[(<{|\"'=/".contains(b);
    matches!(before, Some(Step::Literal(text)) if text.last().is_some_and(bracket))
}

/// Whether the level is told from the text around it by nothing but blanks before it.
pub(super) fn level_is_bare(steps: &[Step]) -> bool {
    let Some(level) = steps.iter().position(|step| is_text(step, TextUse::Level)) else {
        return false;
    };
    match level.checked_sub(1).and_then(|at| steps.get(at)) {
        None => true,
        Some(Step::Literal(text)) => text.iter().all(u8::is_ascii_whitespace),
        Some(_) => false,
    }
}

/// Whether a logger's name stands in the same part as the level.
fn level_is_named(steps: &[Step]) -> bool {
    let has = |wanted| steps.iter().any(|step| is_text(step, wanted));
    has(TextUse::Level) && has(TextUse::Logger)
}

fn has_level(steps: &[Step]) -> bool {
    steps
        .iter()
        .any(|step| is_text(step, TextUse::Level) || is_text(step, TextUse::LevelPrefix))
}

/// How a record of these parts is known.
fn start(head: &Part, tail: Option<&Part>) -> Start {
    let proves = |part: &Part| part.strength > Strength::Words || part.has_level;
    let visible = |part: &Part| {
        part.steps.iter().any(|step| match step {
            Step::Literal(text) => !text.trim_ascii().is_empty(),
            Step::Field(_) => true,
            Step::Newline | Step::Blanks | Step::Escapes => false,
        })
    };
    if proves(head) {
        Start::Head
    } else if tail.is_some_and(proves) {
        Start::HeadAndTail
    } else if visible(head) {
        Start::Head
    } else {
        Start::AnyLine
    }
}
