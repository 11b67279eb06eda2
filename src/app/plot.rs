//! A number of a tab's records over time: which, what is known of it, and what is asked for.

use std::sync::Arc;

use crate::base::id::Ticket;
use crate::engine::{PlotRequest, PlotState, SourceHandle};
use crate::query::plot::{PlotSpec, Sheet, Split};
use crate::settings::session::{KeptPlot, KeptSplit};
use crate::ui::panels::timeline::plot::PlotPanel;

/// A tab's plot.
#[derive(Debug, Default)]
pub struct TabPlot {
    /// Which number is drawn, if any.
    pub spec: Option<PlotSpec>,
    /// Whether its sizes are drawn by factors; `None` where the numbers decide.
    pub by_factors: Option<bool>,
    /// What is known of it.
    pub state: Option<Arc<PlotState>>,
    /// The drawing's own state.
    pub panel: PlotPanel,
    asked: Option<PlotRequest>,
}

impl TabPlot {
    /// Asks for the number on this sheet; nothing if that was asked for already.
    pub fn want(&mut self, handle: &SourceHandle, sheet: Sheet) {
        self.ask(handle, self.spec.clone(), sheet);
    }

    /// Asks for nothing: nobody looks.
    pub fn rest(&mut self, handle: &SourceHandle) {
        let sheet = { self.asked.as_ref() }.map(|asked| asked.sheet.clone());
        if let Some(sheet) = sheet {
            self.ask(handle, None, sheet);
        }
    }

    /// Takes over what is known, unless it is of another number.
    pub fn take(&mut self, state: Arc<PlotState>) {
        let asked = { self.asked.as_ref() }.filter(|asked| asked.ticket == state.ticket);
        if asked.is_some_and(|asked| asked.spec == self.spec) {
            self.state = Some(state);
        }
    }

    /// Draws this number from now on.
    pub fn choose(&mut self, spec: Option<PlotSpec>) {
        self.state = None;
        self.spec = spec;
    }

    /// The number as the session has it.
    #[must_use]
    pub fn kept(&self) -> Option<KeptPlot> {
        let spec = self.spec.as_ref()?;
        Some(KeptPlot {
            field: spec.field.clone(),
            split: match &spec.split {
                Split::None => KeptSplit::None,
                Split::Level(_) => KeptSplit::Level,
                Split::Logger(_) => KeptSplit::Logger,
                Split::Field(name, _) => KeptSplit::Field(name.clone()),
            },
            names: spec.split.names().to_vec(),
            by_factors: self.by_factors,
        })
    }

    /// Draws what the session has.
    pub fn restore(&mut self, kept: &KeptPlot) {
        let names = kept.names.clone();
        self.choose(Some(PlotSpec {
            field: kept.field.clone(),
            split: match &kept.split {
                KeptSplit::None => Split::None,
                KeptSplit::Level => Split::Level(names),
                KeptSplit::Logger => Split::Logger(names),
                KeptSplit::Field(name) => Split::Field(name.clone(), names),
            },
        }));
        self.by_factors = kept.by_factors;
    }

    fn ask(&mut self, handle: &SourceHandle, spec: Option<PlotSpec>, sheet: Sheet) {
        let before = self.asked.as_ref();
        let ticket = before.map_or(Ticket::default(), |asked| asked.ticket);
        let mut request = PlotRequest {
            ticket,
            spec,
            sheet,
        };
        if before != Some(&request) {
            request.ticket = ticket.next();
            self.asked = Some(request.clone());
            handle.want_plot(request);
        }
    }
}
