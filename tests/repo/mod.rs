//! Rules about the repository itself.

mod layers;
mod readme;
mod texts;
