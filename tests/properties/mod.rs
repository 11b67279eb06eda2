//! Properties that hold for every log: the invariants of the index and of filters.

mod groups;
mod index;
mod language;
mod order;
mod patterns;
mod query;
mod texts;
