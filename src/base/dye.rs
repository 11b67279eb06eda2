//! Colours that a user marks text with. What they look like is the theme's business; here they have names.

use serde::{Deserialize, Serialize};

use crate::base::lang::tr;

/// A colour for marking.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Dye {
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Yellow.
    #[default]
    Yellow,
    /// Green.
    Green,
    /// Teal.
    Teal,
    /// Blue.
    Blue,
    /// Violet.
    Violet,
    /// Pink.
    Pink,
    /// Grey.
    Grey,
}

impl Dye {
    /// Every one, in the order of the keys 1 to 9.
    pub const ALL: [Self; 9] = [
        Self::Red,
        Self::Orange,
        Self::Yellow,
        Self::Green,
        Self::Teal,
        Self::Blue,
        Self::Violet,
        Self::Pink,
        Self::Grey,
    ];

    /// The colour of a key from 1 to 9.
    #[must_use]
    pub fn of_key(key: u8) -> Option<Self> {
        Self::ALL.get(usize::from(key.checked_sub(1)?)).copied()
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Red => tr("Red"),
            Self::Orange => tr("Orange"),
            Self::Yellow => tr("Yellow"),
            Self::Green => tr("Green"),
            Self::Teal => tr("Teal"),
            Self::Blue => tr("Blue"),
            Self::Violet => tr("Violet"),
            Self::Pink => tr("Pink"),
            Self::Grey => tr("Grey"),
        }
    }
}
