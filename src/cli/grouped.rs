//! `timberline stats --patterns` and `--exceptions`: records by what they have in common.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::load::{Log, unreadable};
use super::parallel::in_order;
use crate::base::id::BlockNo;
use crate::base::problem::Problem;
use crate::export::epoch_seconds;
use crate::index::snapshot::SourceSnapshot;
use crate::query::patterns::groups::{Groups, Summary};
use crate::query::patterns::survey::{GroupSurvey, Wanted};
use crate::query::rowset::RowSet;
use crate::query::survey::{Survey as _, look_through};

/// How groups are listed.
#[derive(Debug, Clone, Copy)]
pub struct Listing {
    /// Rare ones first.
    pub rare: bool,
    /// Most that are listed; 0 is all.
    pub top: usize,
}

/// The groups of a log's records.
pub struct Grouped {
    wanted: Wanted,
    groups: Groups,
    took: Duration,
}

impl Grouped {
    /// Looks at every record that passes, on all cores.
    ///
    /// # Errors
    /// Bytes that cannot be read.
    pub fn find(
        path: &Path,
        log: &Log,
        snapshot: &SourceSnapshot,
        rows: Option<&RowSet>,
        wanted: Wanted,
    ) -> Result<Self, Problem> {
        let started = Instant::now();
        let everything = RowSet::everything(snapshot);
        let rows = rows.unwrap_or(&everything);
        let survey = GroupSurvey::new(wanted, log.format.extractor.clone(), snapshot);
        let look = |at: usize, buffer: &mut Vec<u8>| {
            let mut found = survey.nothing();
            let block = snapshot.blocks.get(at).zip(rows.block(BlockNo(at as u32)));
            let step = block.map(|(block, rows)| {
                let source = (&*log.bytes, buffer);
                look_through(&survey, (block, rows), 0, source, &mut found, || false)
            });
            match step.and_then(|step| step.error) {
                Some(error) => Err(error),
                None => Ok(found),
            }
        };
        let mut all = survey.nothing();
        let mut failed = None;
        in_order(snapshot.blocks.len(), look, |found| match found {
            Ok(found) => {
                survey.merge(&mut all, found);
                ControlFlow::Continue(())
            }
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        });
        if let Some(error) = failed {
            return Err(unreadable(path, &error));
        }
        Ok(Self {
            wanted,
            groups: Groups::of(&all, wanted, snapshot),
            took: started.elapsed(),
        })
    }

    /// What the groups are called in JSON.
    pub fn name(&self) -> &'static str {
        match self.wanted {
            Wanted::Patterns => "patterns",
            Wanted::Exceptions => "exceptions",
        }
    }

    fn listed(&self, listing: Listing) -> impl Iterator<Item = &Summary> {
        let top = match listing.top {
            0 => usize::MAX,
            top => top,
        };
        let groups = self.groups.list.iter();
        let order: Box<dyn Iterator<Item = &Summary>> = match listing.rare {
            true => Box::new(groups.rev()),
            false => Box::new(groups),
        };
        order.take(top)
    }

    /// The groups as JSON.
    pub fn json(&self, listing: Listing) -> Value {
        let groups = self.listed(listing).map(|group| {
            json!({
                "text": &*group.title,
                "records": group.seen.records,
                "level": &*group.level,
                "logger": &*group.logger,
                "first": group.seen.times.map(|(first, _)| epoch_seconds(first)),
                "last": group.seen.times.map(|(_, last)| epoch_seconds(last)),
                "latest": group.latest.as_deref(),
                "filter": group.query,
            })
        });
        json!({
            "groups": self.groups.list.len(),
            "records": self.groups.records,
            "others": self.groups.others,
            "overlapping": self.groups.overlapping,
            "seconds": self.took.as_secs_f64(),
            "list": groups.collect::<Vec<_>>(),
        })
    }

    /// The groups as text.
    pub fn text(&self, out: &mut impl Write, listing: Listing) -> io::Result<()> {
        let Groups {
            list,
            records,
            others,
            overlapping,
        } = &self.groups;
        let (name, count, seconds) = (self.name(), list.len(), self.took.as_secs_f64());
        writeln!(
            out,
            "  {name} ({count} of {records} records, found in {seconds:.3} s)"
        )?;
        for group in self.listed(listing) {
            let level = &*group.level;
            writeln!(
                out,
                "    {:>12}  {level:<8} {}",
                group.seen.records, group.title
            )?;
        }
        let listed = self.listed(listing).count();
        if listed < list.len() {
            let left = list.len() - listed;
            writeln!(out, "    {left} more; --top 0 lists all")?;
        }
        if *others > 0 {
            writeln!(
                out,
                "    {others:>12}  records of patterns too many to keep"
            )?;
        }
        if *overlapping > 0 {
            writeln!(
                out,
                "    {overlapping:>12}  of these patterns also match records of others"
            )?;
        }
        Ok(())
    }
}
