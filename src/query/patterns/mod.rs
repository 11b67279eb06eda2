//! Messages by what they have in common: a log of millions of records is a page of templates with counts.
//!
//! The template of a message ([`template`]) is its first line with `<*>` for what varies. A [`table::Table`] counts records
//! under their templates; tables of blocks are joined in any order. What people see is [`table::Table::summary`], in which
//! templates that differ in words that take turns have become one.

pub mod counts;
pub mod fault;
mod group;
pub mod groups;
mod known;
mod learnt;
mod merge;
mod overlap;
pub mod seen;
pub mod survey;
pub mod table;
pub mod template;
