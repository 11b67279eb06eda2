//! `timberline stats`: what is in a log or in the records that pass a filter, in numbers, and how long it took to find.

use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::Failure;
use super::args::StatsArgs;
use super::filter::{filter_spec, tell_unknown_level};
use super::grouped::{Grouped, Listing};
use super::load::{Log, Reading, unreadable};
use super::passed::{Counts, Passed, loggers};
use crate::base::text;
use crate::base::time::{ZoneClock, format_time};
use crate::export::epoch_seconds;
use crate::index::snapshot::SourceSnapshot;
use crate::query::patterns::survey::Wanted;
use crate::query::tree::LoggerNode;

/// Runs the subcommand.
pub fn run(args: &StatsArgs) -> Result<(), Failure> {
    let reading = Reading::from_args(&args.read)?;
    let spec = filter_spec(&args.filter, &reading.zone)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for path in &args.files {
        let started = Instant::now();
        let log = Log::open(path, &reading)?;
        let snapshot = log.index().map_err(|error| unreadable(path, &error))?;
        let took = started.elapsed();
        tell_unknown_level(&spec, path, &snapshot.levels);
        let passed = (!spec.is_everything())
            .then(|| Passed::find(path, &log, &snapshot, &spec))
            .transpose()?;
        let mut grouped = Vec::new();
        for wanted in wanted(args) {
            let rows = passed.as_ref().map(|passed| &passed.rows);
            grouped.push(Grouped::find(path, &log, &snapshot, rows, wanted)?);
        }
        let report = Report {
            path,
            log: &log,
            snapshot: &snapshot,
            took,
            passed,
            grouped,
            listing: Listing {
                rare: args.rare,
                top: args.top,
            },
        };
        if args.json {
            serde_json::to_writer(&mut out, &report.json()).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        } else {
            report.text(&mut out)?;
        }
    }
    out.flush()?;
    Ok(())
}

struct Report<'a> {
    path: &'a Path,
    log: &'a Log,
    snapshot: &'a SourceSnapshot,
    took: Duration,
    /// With a filter only.
    passed: Option<Passed>,
    /// What was asked for.
    grouped: Vec<Grouped>,
    listing: Listing,
}

/// What is to be grouped.
fn wanted(args: &StatsArgs) -> impl Iterator<Item = Wanted> {
    let patterns = args.patterns.then_some(Wanted::Patterns);
    patterns
        .into_iter()
        .chain(args.exceptions.then_some(Wanted::Exceptions))
}

impl Report<'_> {
    fn json(&self) -> Value {
        let stats = &self.snapshot.stats;
        let mut report = json!({
            "file": self.path.display().to_string(),
            "format": self.log.format.name,
            "encoding": self.log.encoding.to_string(),
            "records": stats.records,
            "lines": stats.lines,
            "bytes": stats.bytes,
            "unmatched": stats.unmatched,
            "first": stats.earliest.map(epoch_seconds),
            "last": stats.latest.map(epoch_seconds),
            "levels": self.levels().collect::<Map<_, _>>(),
            "loggers": self.loggers_json(),
            "seconds": self.took.as_secs_f64(),
            "mb_per_second": self.megabytes_per_second(),
            "index_bytes": self.snapshot.heap_bytes(),
            "index_bytes_per_record": self.index_bytes_per_record(),
        });
        if let (Some(passed), Some(report)) = (&self.passed, report.as_object_mut()) {
            let filter =
                json!({ "records": passed.tally.rows, "seconds": passed.took.as_secs_f64() });
            report.insert("filter".to_owned(), filter);
        }
        for grouped in &self.grouped {
            if let Some(report) = report.as_object_mut() {
                let groups = grouped.json(self.listing);
                report.insert(grouped.name().to_owned(), groups);
            }
        }
        report
    }

    /// Counts by level, graver ones last.
    fn levels(&self) -> impl Iterator<Item = (String, Value)> {
        let levels = &self.snapshot.levels;
        let counted = levels
            .ids_by_rank()
            .into_iter()
            .map(|id| match &self.passed {
                Some(passed) => (id, passed.tally.level(id)),
                None => (id, self.snapshot.stats.level(id)),
            });
        counted
            .filter(|(_, records)| *records > 0)
            .map(|(id, records)| {
                let name = levels.name(id);
                (
                    if name.is_empty() { "(none)" } else { name }.to_owned(),
                    json!(records),
                )
            })
    }

    fn loggers_json(&self) -> Vec<Value> {
        let entry = |(node, counts): &(LoggerNode, Counts)| {
            json!({
                "name": &*node.name,
                "records": counts.own,
                "with_children": counts.with_children,
                "errors": counts.errors,
            })
        };
        loggers(self.snapshot, self.passed.as_ref())
            .iter()
            .map(entry)
            .collect()
    }

    fn megabytes_per_second(&self) -> f64 {
        self.snapshot.stats.bytes as f64 / 1e6 / self.took.as_secs_f64().max(1e-9)
    }

    /// What start, level, logger and time of a record take. What a file costs once (names, sums of blocks) is only in
    /// the total: divided by a handful of records it would say nothing.
    fn index_bytes_per_record(&self) -> f64 {
        self.snapshot.column_bytes() as f64 / self.snapshot.stats.records.max(1) as f64
    }

    fn text(&self, out: &mut impl Write) -> io::Result<()> {
        let stats = &self.snapshot.stats;
        let matched = stats.records.saturating_sub(stats.unmatched);
        writeln!(out, "{}", text::path(self.path))?;
        writeln!(out, "  format    {}", self.log.format.name)?;
        writeln!(out, "  encoding  {}", self.log.encoding)?;
        writeln!(
            out,
            "  records   {} ({matched} match the format)",
            stats.records
        )?;
        writeln!(out, "  lines     {}", stats.lines)?;
        writeln!(out, "  bytes     {}", stats.bytes)?;
        if let (Some(first), Some(last)) = (stats.earliest, stats.latest) {
            let mut clock = ZoneClock::new(&self.log.zone);
            writeln!(out, "  from      {}", format_time(first, &mut clock))?;
            writeln!(out, "  to        {}", format_time(last, &mut clock))?;
        }
        let (seconds, speed) = (self.took.as_secs_f64(), self.megabytes_per_second());
        writeln!(out, "  took      {seconds:.3} s, {speed:.0} MB/s")?;
        if let Some(Passed { tally, took, .. }) = &self.passed {
            let seconds = took.as_secs_f64();
            let records = tally.rows;
            writeln!(
                out,
                "  filter    {records} records pass, found in {seconds:.3} s"
            )?;
        }
        writeln!(out, "  levels")?;
        for (name, records) in self.levels() {
            writeln!(out, "    {records:>12}  {name}")?;
        }
        writeln!(out, "  loggers (with those below them)")?;
        for (node, counts) in loggers(self.snapshot, self.passed.as_ref()) {
            let name = if node.name.is_empty() {
                "root"
            } else {
                &node.label
            };
            let indent = "  ".repeat(node.depth);
            let errors = if counts.errors > 0 {
                format!("  ({} errors)", counts.errors)
            } else {
                String::new()
            };
            writeln!(
                out,
                "    {:>12}  {indent}{name}{errors}",
                counts.with_children
            )?;
        }
        for grouped in &self.grouped {
            grouped.text(out, self.listing)?;
        }
        Ok(())
    }
}
