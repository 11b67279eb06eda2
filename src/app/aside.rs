//! What stands at the left of the table, the logger tree or the fields, in a window that is too narrow for both.

/// Whether it has room, and whether it is shown without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Aside {
    /// In the last frame there was no room for it beside the table.
    narrow: bool,
    /// The user asked for it: it is shown, however little that leaves to the table, until it is closed.
    asked: bool,
}

impl Aside {
    /// The user asked for it. Where there is room it is as it always is.
    pub fn ask(&mut self) {
        self.asked = true;
    }

    /// It gives way to the table again, if it is shown without room. Whether it was.
    pub fn close(&mut self) -> bool {
        std::mem::take(&mut self.asked) && self.narrow
    }

    /// Takes what room there is in this frame. Whether it is shown, if it is wanted at all.
    pub fn settle(&mut self, has_room: bool) -> bool {
        self.narrow = !has_room;
        self.asked &= self.narrow;
        self.is_shown()
    }

    /// Whether it is shown, if it is wanted at all.
    #[must_use]
    pub fn is_shown(self) -> bool {
        self.asked || !self.narrow
    }
}

#[cfg(test)]
mod tests {
    use super::Aside;

    #[test]
    fn without_room_it_is_shown_while_the_user_wants_it() {
        let mut aside = Aside::default();
        assert!(aside.settle(true), "there is room");
        assert!(!aside.settle(false), "nobody asked");
        aside.ask();
        assert!(aside.settle(false));
        assert!(aside.close() && !aside.settle(false));
        aside.ask();
        assert!(aside.settle(true), "there is room again");
        assert!(!aside.close(), "nothing to give way to");
        assert!(!aside.settle(false), "what was asked before is forgotten");
    }
}
