//! Timberline: a desktop log viewer that understands loggers. This page is its architecture.
//!
//! # From a file to the rows on screen
//!
//! ```text
//!  file, and after rotations others behind it: one bytes::Chain
//!   │  bytes::FileBytes: positioned reads, never a map; other encodings become UTF-8 here
//!   ▼
//!  chunks of 4 MiB ── index::scan_chunk: header → line end, or line → is_start? ──► ChunkDraft     in parallel, pure
//!   ▼
//!  index::Assembler, in file order: record numbers, names of levels and loggers, missing dates
//!   ▼
//!  index::SourceSnapshot of Blocks of up to 65 536 records ──────────► Mailbox ──┐
//!   │                                                                            │
//!   ▼  query::compile(FilterSpec) → Predicate; eval_block: sums, then columns,   ▼
//!   │  then bytes, then fields, only where records are left             app::drain, once a frame
//!   ▼                                                                            │
//!  query::RowSet + Tally = engine::ViewSnapshot ─────────────────────► Mailbox ──┤
//!                                                                                ▼
//!  rows on screen: bytes → Extractor::parse → RowText ◄── Wanted ──── app::present builds models,
//!   └────────────────────────────────────────────────► RowBatch ────► ui shows them and answers with Actions,
//!                                                                     app::reduce carries those out
//! ```
//!
//! A [`mod@format`] is a template in one of seven languages, a regular expression, a table or a built-in reader, perhaps inside
//! an envelope that a collector put around every line, compiled to one [`format::extractor::Extractor`].
//! It answers three questions: does a record start at this line, what does its header say (time, level, logger), and what
//! are its fields. The scan asks the first two for every line, the window the third for the rows on screen only.
//!
//! Some templates print something behind the message, or a header of several lines: there a line alone does not tell where
//! a record starts, and a [`format::framer::Framer`] goes through the lines of a chunk and of what is around it.
//!
//! Most headers can be read without knowing where their line ends ([`format::extractor::Extractor::header_ahead`]): then
//! the search for the line's end begins behind the header. A chunk passes through a window that fits into a core's cache.
//!
//! The index keeps columns and no text: where each record starts, its time, level and logger, packed in groups of 64 with
//! as many bits as a group needs: 4 to 8 bytes a record. Every block knows its sums (records per level and logger, first
//! and last time), so that most blocks are judged without looking into them, and a filter by level answers for 64 records
//! at once. Lines are found a strip ahead of their use, since a search line by line mispredicts at every line's end.
//!
//! The subcommands in [`cli`] walk the same path without the engine: scan on all cores, filter, print.
//!
//! What is no plain file (compressed, a pipe, standard input, a device, a program: [`bytes::supply::Supply`]) is poured into
//! a spool, a file in a private temporary folder, and that is read and followed like any log. What a path stands for is
//! found out on the log's own thread: a folder, a pattern or an archive is told to the window as a
//! [`engine::Choice`], which opens the newest log and offers the others.
//!
//! # Layers
//!
//! A layer may import the layers named beside it and may not do what its last column says; `tests/repo/layers.rs` reads
//! the source and checks both.
//!
//! | layer | what it is for | imports | has no |
//! |---|---|---|---|
//! | [`base`] | identifiers, levels, time, cancelling, hand-over, problems | – | files, threads, egui |
//! | [`bytes`] | positioned reads, encodings, telling files apart, unpacking, pipes, programs, spools | – | threads, egui |
//! | [`mod@format`] | from lines to records; templates, built-ins, detection; stack traces | base | files, threads, egui |
//! | [`index`] | scan, blocks of columns, snapshots | base, bytes, format | files, threads, egui |
//! | [`query`] | filters and their language, rows, find, counts, also over time, fields and numbers, patterns of messages, the logger tree | base, bytes, format, index | files, threads, egui |
//! | [`export`] | records as bytes, JSON lines, CSV; files whole or not at all | base, bytes, format, index, query | threads, egui |
//! | [`engine`] | opens, follows, filters and reads rows, on its threads | all of the above | egui |
//! | [`settings`] | settings and session as TOML | base, format | files outside `store`, threads, egui |
//! | [`ui`] | table, panels, dialogs, keys: model in, actions out | base, format, query, settings | files, threads, channels |
//! | [`cli`] | the subcommands | base, bytes, format, index, query, export, settings | egui |
//! | [`app`] | joins engine and ui: state, presenters, reducers | all but bytes, export and cli | reading of logs |
//!
//! `bytes` to `query` are plain functions over values, so most of the program is tested without a window, a thread or a
//! file. The engine gets a [`engine::Waker`] and never learns what is woken.
//!
//! # Threads, and who owns what
//!
//! | thread | owns | hands out |
//! |---|---|---|
//! | main | the window: `app`'s state, the row cache, everything in `ui` | requests, the rows it wants |
//! | `source-n`, one per log | the open file, the assembler, the file's fingerprint | `SourceState`, notices |
//! | `view-n`, one per view of a log | the run of its filter, rows per block, and what of them is shown | `ViewSnapshot` |
//! | `rows-n`, one per view | nothing between two requests | `RowBatch`, the record of the details pane, what is nearest to a moment |
//! | `ask-n`, one per view | nothing between two requests | answers to searches, copies, previews |
//! | `check-n`, one per view | nothing between two requests | how the whole file reads in a format that is being tried |
//! | `export-n`, one per view | the file that it writes | how far the export is |
//! | `timeline-n`, one per view | its counts over time | `TimelineState`, while it is asked for |
//! | `groups-n`, one per view | what the shown records have in common | `GroupsState`, while it is asked for |
//! | `find-n`, one per view | what Find's text was found in | `FindHits`, while it is asked for |
//! | `fields-n`, one per view | what it knows of the fields of the shown records | `FieldsState`, while it is asked for |
//! | `words-n`, one per view | what it knows of the fields of the whole log | `WordsState`, while the filter box wants it |
//! | `plot-n`, one per view | what it knows of a number over time | `PlotState`, while it is asked for |
//! | `feed-n`, for a log that is compressed, a pipe or a program's output | the spool that it fills | how far it is; the spool is followed like a file |
//! | `unpack-n`, for a rotated file that was compressed before it was read | the spool that it fills | what is inside |
//! | `save-n`, `clean` | a copy of a spool being made; spools that killed programs left | notices |
//! | `scan-i`, cores − 1, at most 8 | a buffer, and what drafts are built in | drafts and rows of blocks, in order of submission |
//! | `chores` | what others put aside | nothing: it frees memory |
//! | `editor` | the user's editor until it ends | why it could not be started |
//! | `announce` | a notification of the desktop until it is sent | why it was refused |
//! | `keeper`, `lookups`, `file-dialog`, `make-file` | files of the settings and formats; facts about paths; the desktop's dialog; a small file that is written | problems; answers |
//!
//! Every window is on the main thread. A log of its own window is painted by itself, whether the main window is or not:
//! between its turns the main window lends the state to the others (`app::lend`), and while one has its turn, what is shown
//! and open there stands in the state's place (`app::own_window`), so that actions mean what they mean in any window.
//!
//! What crosses threads is an `Arc` of something immutable, a request, or a flag. Pictures of state go through a
//! [`base::mailbox::Mailbox`], where the newest wins and nothing queues up. The main thread never waits: it takes what is
//! there, and a row that is not there yet is drawn as a placeholder. A panic in a worker is caught and told as a notice;
//! one in a frame shows a page that says so ([`ui::panels::broken`]). Both leave a report in the state folder.
//!
//! # Main types
//!
//! * [`base::id::RecordNo`] names a record within a [`base::id::Generation`] of a file; [`base::id::RowNo`] a position in
//!   one filtered view. A generation ends when the format changes or the user reloads; it outlasts rotations.
//! * [`bytes::transcode::Transcoded`]: a file of another encoding as UTF-8. Positions everywhere are those of the UTF-8;
//!   [`bytes::ByteSource::to_original`] leads back to the file's own bytes.
//! * [`bytes::ByteSource`]: bytes at positions. [`bytes::identity::Fingerprint`]: is this still the same file.
//! * [`bytes::stream::Stream`]: a log followed through rotations, truncations and replacements; its [`bytes::chain::Chain`]
//!   is what is indexed. [`bytes::disk::Disk`]: the file system, so that tests can make it fail, and simulate it.
//! * [`format::spec::FormatSpec`] is what the user chose, [`format::spec::Format`] the same compiled.
//! * [`settings::formats::SavedFormat`]: a format under the user's name, one TOML file; detection tries those too.
//! * [`index::SourceSnapshot`]: the index as far as it is known. [`query::rowset::RowSet`]: which records are shown,
//!   [`query::sequence::Sequence`]: in which order, that of the file or ([`query::order`]) that of time.
//! * [`query::spec::FilterSpec`]: a filter as plain data, the same for window, command line and tests; [`query::lang`] is
//!   its language, which is bound to it and printed from it. [`engine::RowManner`]: which of the rows are shown, and what
//!   around them.
//! * [`engine::SourceHandle`]: a view of an open log for the window; posts requests, takes results, never blocks. Views of
//!   one log ([`engine::Engine::open_view`]) share everything but filter, rows and searches.
//! * [`ui::action::Action`]: what panels and keys ask for. [`ui::table::TableModel`]: rows by number, which tests
//!   implement over 10⁸ synthetic ones.
//! * [`base::lang`]: the interface's texts stand in English where they are used, given to `tr`; `assets/lang` has the
//!   translations. What lower layers tell stays English and is translated where the window shows it.
//! * [`base::problem::Problem`]: a failure in the user's words, made where it is understood and shown in one place.
//!
//! # Invariants
//!
//! | | holds | tested in |
//! |---|---|---|
//! | I1 | snapshots never change; a newer one of the generation shares the older one's full blocks | `tests/properties/index.rs` |
//! | I2 | a record number keeps its meaning within a generation | `tests/properties/index.rs` |
//! | I3 | an index of parallel chunks is that of one pass, for chunks of any size | `tests/properties/index.rs` |
//! | I4 | an index of a file that grew in any steps is that of the whole | `tests/properties/index.rs`, `tests/follow` |
//! | I5 | every byte belongs to one record | `tests/properties/index.rs` |
//! | I6 | whether a record starts depends on that line alone and on padding before it ([`bytes::padding`]), or on what is within [`format::framer::REACH`] of it | `tests/properties/index.rs` |
//! | I7 | a filter of a growing file is that of the whole, in whatever order blocks are judged | `tests/properties/query.rs`, `language.rs`, `tests/pipeline.rs` |
//! | I8 | `nth(rank(r)) == r` and `rank(nth(i)) == i` | `tests/properties/query.rs`, `order.rs` |
//! | I9 | rows around those that pass, what repeats, and the order of time are those of the whole while a file grows | `query::context`, `engine::view_tests`, `tests/properties/order.rs` |
//! | I10 | answers to old requests or of an old generation change nothing | `tests/pipeline.rs` |
//! | I11 | once bytes are known to be gone, their rows are marked, never made of other bytes | `tests/follow/rotation.rs` |
//! | I12 | the scroll offset stays within its row; scrolling by a, then b, is scrolling by a + b, also where rows are of several heights | `ui::table::scroll` |
//! | I13 | `ui` does no IO, locks nothing, starts nothing | `tests/repo/layers.rs` |
//! | I14 | a mailbox hands out whole values, the newest last | `base::mailbox` |
//! | I15 | cancelling stops the work at once; closing joins every thread | `tests/pipeline.rs` |
//! | I16 | records and bytes beyond 32 bits count like any other; a record costs a few bytes of index | `tests/huge.rs` |
//! | I18 | no bytes make an extractor panic or name bytes outside the record | `tests/formats` |
//! | I19 | another format is another generation, and the view stays at the same place of the file | `tests/pipeline.rs` |
//! | I20 | no line, format or setting ends the program | `tests/formats`, `settings::store` |
//! | I21 | everything exported as text is the file byte for byte; a target is the old file or the new one | `tests/export` |
//! | I22 | what was said to be saved outlasts a kill, damage is noticed, two windows lose nothing of each other | `tests/state` |
//! | I23 | a line that is on disk is shown, once and whole, whatever happens to the log's files; a gap is told where lines may be missing | `tests/follow/simulated` |
//! | I24 | groups of records are the same in whatever order blocks are looked at, while there is room for all; the filter of a group leaves the group | `query::patterns`, `tests/properties/groups.rs` |

pub mod app;
pub mod base;
pub mod bytes;
pub mod cli;
pub mod engine;
pub mod export;
pub mod format;
pub mod index;
pub mod query;
pub mod settings;
pub mod ui;
