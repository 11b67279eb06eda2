//! What the user has to be told, and what was told before.

use chrono::{DateTime, Local};

use crate::base::id::SourceId;
use crate::base::problem::Problem;
use crate::engine::Offer;
use crate::ui::action::{NoticeId, TabId};

/// How many past notices the list keeps.
const HISTORY: usize = 200;

/// One notice.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Its identity.
    pub id: NoticeId,
    /// What happened.
    pub problem: Problem,
    /// When.
    pub at: DateTime<Local>,
    /// Whether it is still in sight.
    pub showing: bool,
    /// How often the same was reported in a row.
    pub count: u32,
    /// The log of which it is told.
    pub of: Option<SourceId>,
    /// What can be done about it, and in which tab.
    pub offer: Option<(TabId, Offer)>,
}

/// All notices of this run, newest last.
#[derive(Debug, Default)]
pub struct Notices {
    list: Vec<Notice>,
    next: u64,
}

impl Notices {
    /// Tells the user; the same news again only counts up.
    pub fn add(&mut self, problem: Problem, of: Option<SourceId>, now: DateTime<Local>) {
        if let Some(last) = self.list.last_mut().filter(|last| last.problem == problem) {
            last.count += 1;
            last.at = now;
            last.showing = true;
            last.of = of;
            return;
        }
        if self.list.len() == HISTORY {
            self.list.remove(0);
        }
        self.list.push(Notice {
            id: NoticeId(self.next),
            problem,
            at: now,
            showing: true,
            count: 1,
            of,
            offer: None,
        });
        self.next += 1;
    }

    /// Tells the user of a log, and offers to do something about it in a tab.
    pub fn offer(
        &mut self,
        problem: Problem,
        of: SourceId,
        offer: (TabId, Offer),
        now: DateTime<Local>,
    ) {
        self.add(problem, Some(of), now);
        if let Some(last) = self.list.last_mut() {
            last.offer = Some(offer);
        }
    }

    /// What was told is so no longer, and goes out of sight.
    pub fn over(&mut self, problem: &Problem) {
        self.hide(|notice| notice.problem == *problem);
    }

    /// A log is read anew: what was told of it so far goes out of sight, but for what can be done about it.
    pub fn over_of(&mut self, source: SourceId) {
        self.hide(|notice| notice.of == Some(source) && notice.offer.is_none());
    }

    /// A log is closed: what was told of it matters no more, and is not counted either.
    pub fn forget(&mut self, source: SourceId) {
        self.list.retain(|notice| notice.of != Some(source));
    }

    /// Takes an offer, which is made once, and its notice out of sight.
    pub fn accept(&mut self, id: NoticeId) -> Option<(TabId, Offer)> {
        self.dismiss(id);
        let mut notices = self.list.iter_mut();
        notices.find(|notice| notice.id == id)?.offer.take()
    }

    /// A tab is closed: nothing can be done in it.
    pub fn withdraw(&mut self, tab: TabId) {
        for notice in &mut self.list {
            notice.offer.take_if(|(of, _)| *of == tab);
        }
    }

    /// Takes a notice out of sight; it stays in the list.
    pub fn dismiss(&mut self, id: NoticeId) {
        self.hide(|notice| notice.id == id);
    }

    fn hide(&mut self, which: impl Fn(&Notice) -> bool) {
        for notice in self.list.iter_mut().filter(|notice| which(notice)) {
            notice.showing = false;
        }
    }

    /// Takes every notice out of sight; `false` if there was none.
    pub fn dismiss_all(&mut self) -> bool {
        let showing = self.list.iter_mut().filter(|notice| notice.showing);
        showing.fold(false, |_, notice| {
            notice.showing = false;
            true
        })
    }

    /// All of them, oldest first.
    #[must_use]
    pub fn all(&self) -> &[Notice] {
        &self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytes::encoding::Encoding;

    fn showing(notices: &Notices) -> Vec<&str> {
        let showing = notices.all().iter().filter(|notice| notice.showing);
        showing.map(|notice| &*notice.problem.headline).collect()
    }

    #[test]
    fn the_same_news_again_counts_up() {
        let mut notices = Notices::default();
        for _ in 0..3 {
            notices.add(
                Problem::warning("cannot save the settings"),
                None,
                Local::now(),
            );
        }
        assert_eq!(notices.all().len(), 1);
        assert_eq!(notices.all().first().map(|n| n.count), Some(3));
        assert!(notices.dismiss_all());
        assert!(!notices.dismiss_all());
    }

    #[test]
    fn what_is_so_no_longer_goes() {
        let mut notices = Notices::default();
        let now = Local::now();
        let deleted = Problem::warning("deleted").path("a.log");
        notices.add(deleted.clone(), Some(SourceId(1)), now);
        notices.add(
            Problem::warning("deleted").path("b.log"),
            Some(SourceId(2)),
            now,
        );
        notices.add(Problem::warning("truncated"), Some(SourceId(1)), now);
        notices.add(Problem::warning("not saved"), None, now);
        let format = Offer::Encoding(Encoding::UTF_8);
        let offered = (TabId(3), format);
        notices.offer(Problem::info("better"), SourceId(1), offered, now);
        notices.over(&deleted);
        assert_eq!(
            showing(&notices),
            ["deleted", "truncated", "not saved", "better"]
        );
        notices.over_of(SourceId(1));
        assert_eq!(showing(&notices), ["deleted", "not saved", "better"]);
        assert_eq!(notices.all().len(), 5, "the list keeps them");
    }
}
