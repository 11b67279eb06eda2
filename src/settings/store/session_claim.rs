//! Which of several windows the session belongs to: the one that was there first, and when that is gone, whichever of the
//! others saves next. So the window that is closed last is the one that comes back.

use super::Store;
use super::atomic::{self, Claim};

/// A window's claim to the session. The system gives it back when the program ends, however it ends.
#[derive(Debug)]
pub struct SessionClaim(Claim);

impl SessionClaim {
    /// Whether the session is this window's, to be restored and saved. Asks again if it was another's.
    pub fn is_ours(&mut self, store: &Store) -> bool {
        if let Claim::Taken = self.0 {
            *self = store.claim_session();
        }
        // Without locks, two windows that save one session are still better than none that does.
        !matches!(self.0, Claim::Taken)
    }
}

impl Store {
    /// Claims the session.
    #[must_use]
    pub fn claim_session(&self) -> SessionClaim {
        let path = self.lock_path("session.lock");
        SessionClaim(path.map_or(Claim::Unknown, |path| atomic::try_lock(&path)))
    }
}
