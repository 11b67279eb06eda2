//! What the logs have to tell the user, and when that is over.

use std::sync::Arc;

use super::reduce::export;
use super::state::State;
use super::tab::{Place, Tab};
use crate::base::problem::Problem;
use crate::engine::{ExportState, Offer, RestartReason, SourceEvent};
use crate::ui::action::TabId;

/// One piece of news of a log.
#[derive(Debug)]
pub(super) enum News {
    /// How something ended that the user asked for.
    Result(Problem),
    /// How an export stands.
    Export(Arc<ExportState>),
    /// What happened to the log.
    Event(Problem),
    /// It could be read otherwise.
    Offer(Problem, Offer),
    /// What was told is so no longer.
    Over(Problem),
    /// Its records count anew: what was told of those before does not matter any more.
    Anew,
}

/// Takes what happened to the log of a tab.
pub(super) fn events(tab: &mut Tab) -> Vec<News> {
    let mut news = Vec::new();
    for event in tab.handle.take_events() {
        match event {
            SourceEvent::Notice(problem) => news.push(News::Event(problem)),
            SourceEvent::Over(problem) => news.push(News::Over(problem)),
            SourceEvent::Offer(problem, offer) => news.push(News::Offer(problem, offer)),
            SourceEvent::Restarted(restart) => {
                news.push(News::Anew);
                match restart.reason {
                    RestartReason::Reloaded | RestartReason::Reread => {}
                    RestartReason::Truncated => tab.return_to = Place::default(),
                }
            }
            SourceEvent::Turned(_) => {}
            SourceEvent::Choice(choice) => tab.choice = Some(choice),
        }
    }
    news
}

impl State {
    /// Tells the user what is new of the log of a tab, in the order in which it happened.
    pub(super) fn take_news(&mut self, tab: TabId, news: Vec<News>) {
        let Some(source) = self.tab_of(tab).map(|tab| tab.handle.id()) else {
            return;
        };
        let now = chrono::Local::now();
        for news in news {
            match news {
                News::Result(problem) => self.tell(problem),
                News::Export(now) => export::take(self, tab, &now),
                News::Event(problem) => {
                    self.keeper.note_problem(&problem);
                    self.notices.add(problem, Some(source), now);
                }
                News::Offer(problem, offer) => {
                    self.keeper.note_problem(&problem);
                    self.notices.offer(problem, source, (tab, offer), now);
                }
                News::Over(problem) => self.notices.over(&problem),
                News::Anew => self.notices.over_of(source),
            }
        }
    }
}
