//! The window's end of a source. Nothing here waits.

use std::path::PathBuf;
use std::sync::Arc;

use super::arrange::RowManner;
use super::desk::{Command, Desk};
use super::request::{
    CheckRequest, CopyRequest, ExportRequest, FieldsRequest, FilterRequest, FormatChoice,
    GroupsRequest, HitsRequest, NearestRequest, PlotRequest, PreviewRequest, SeekRequest,
    TimelineRequest, Wanted, WordsRequest,
};
use super::state::{
    CheckResult, CopyResult, ExportState, FieldsState, FindHits, FullRecord, GroupsState,
    NearestResult, PlotState, PreviewResult, RowBatch, SeekResult, SourceEvent, SourceState,
    TimelineState, ViewSnapshot, WordsState,
};
use crate::base::id::{RecordNo, SourceId};
use crate::base::time::Zone;
use crate::bytes::encoding::Encoding;
use crate::query::marking::Marking;

/// A view of an open log. Dropping the last one of a log closes it.
#[derive(Debug)]
pub struct SourceHandle {
    desk: Arc<Desk>,
}

impl SourceHandle {
    pub(super) fn new(desk: Arc<Desk>) -> Self {
        Self { desk }
    }

    /// The desk of the source.
    pub(super) fn home(&self) -> Arc<Desk> {
        self.desk.home()
    }

    /// The identity of this source; views of one log share it.
    #[must_use]
    pub fn id(&self) -> SourceId {
        self.desk.id
    }

    /// Shows other records; cancels the evaluation of the filter before.
    pub fn set_filter(&self, request: FilterRequest) {
        self.desk.ask_filter(request);
    }

    /// Shows rows otherwise, with records around those that pass or without repeats.
    pub fn arrange(&self, manner: RowManner) {
        self.desk.ask_manner(manner);
    }

    /// Asks for rows; replaces what was asked for before and not answered yet.
    pub fn want_rows(&self, wanted: Wanted) {
        self.desk.ask_rows(wanted);
    }

    /// Rows that are asked for from now on are marked so.
    pub fn set_marking(&self, marking: Arc<Marking>) {
        self.desk.set_marking(marking);
    }

    /// Has rows from now on show these fields too, in cells behind those of the format's columns: those that records have
    /// beyond the columns, and those that messages name.
    pub fn show_more_columns(&self, fields: Arc<[Arc<str>]>) {
        self.desk.set_more_columns(fields);
    }

    /// Asks for a whole record of the present generation.
    pub fn want_record(&self, record: RecordNo) {
        self.desk.ask_record(record);
    }

    /// Asks for a whole record that is to be compared with the other one.
    pub fn want_beside(&self, record: RecordNo) {
        self.desk.ask_beside(record);
    }

    /// Asks for the shown record that is nearest to a moment.
    pub fn nearest(&self, request: NearestRequest) {
        self.desk.ask_nearest(request);
    }

    /// Asks for text for the clipboard.
    pub fn copy(&self, request: CopyRequest) {
        self.desk.ask_copy(request);
    }

    /// Writes records into a file; cancels the export before.
    pub fn export(&self, request: ExportRequest) {
        self.desk.ask_export(request);
    }

    /// Gives up a running export; nothing is left of it.
    pub fn cancel_export(&self) {
        self.desk.cancel_export();
    }

    /// Asks for the next record of a kind; cancels the search before.
    pub fn seek(&self, request: SeekRequest) {
        self.desk.ask_seek(request);
    }

    /// Gives up a running search; no result comes.
    pub fn cancel_seek(&self) {
        self.desk.cancel_seek();
    }

    /// Asks for the records over time from now on.
    pub fn want_timeline(&self, request: TimelineRequest) {
        self.desk.ask_timeline(request);
    }

    /// Asks for groups of the shown records, now and whenever they change.
    pub fn want_groups(&self, request: GroupsRequest) {
        self.desk.ask_groups(request);
    }

    /// Asks for every record that a text is in from now on.
    pub fn want_hits(&self, request: HitsRequest) {
        self.desk.ask_hits(request);
    }

    /// Asks for the fields of the shown records from now on, or no longer.
    pub fn want_fields(&self, request: FieldsRequest) {
        self.desk.ask_fields(request);
    }

    /// Asks what could be typed into the filter from now on, or no longer.
    pub fn want_words(&self, request: WordsRequest) {
        self.desk.ask_words(request);
    }

    /// Asks for a number over time from now on, or for none.
    pub fn want_plot(&self, request: PlotRequest) {
        self.desk.ask_plot(request);
    }

    /// Reads the log in another format.
    pub fn set_format(&self, choice: FormatChoice) {
        self.desk.command(Command::SetFormat(choice));
    }

    /// Reads times that name no zone in another zone.
    pub fn set_zone(&self, zone: Zone) {
        self.desk.command(Command::SetZone(zone));
    }

    /// Reads the bytes as other characters; `None` lets the content decide.
    pub fn set_encoding(&self, encoding: Option<Encoding>) {
        self.desk.command(Command::SetEncoding(encoding));
    }

    /// Reads the same bytes once more, by the preferences as they are now.
    pub fn reread(&self) {
        self.desk.command(Command::Reread);
    }

    /// Reads the file anew from its start.
    pub fn reload(&self) {
        self.desk.command(Command::Reload);
    }

    /// Stops reading; what was read stays.
    pub fn cancel_indexing(&self) {
        self.desk.command(Command::CancelIndexing);
    }

    /// Goes on reading after [`Self::cancel_indexing`].
    pub fn resume_indexing(&self) {
        self.desk.command(Command::ResumeIndexing);
    }

    /// Stops the unpacking or collecting of what is no plain file, and ends the program; what is there stays.
    pub fn stop_feed(&self) {
        self.desk.command(Command::StopFeed);
    }

    /// Runs the program again, in an empty log.
    pub fn restart_feed(&self) {
        self.desk.command(Command::RestartFeed);
    }

    /// Copies what was unpacked or collected to a file, unless that is one of the `open` ones; a notice tells when that is
    /// done.
    pub fn save_copy(&self, to: PathBuf, open: Vec<PathBuf>) {
        self.desk.command(Command::SaveCopy(to, open));
    }

    /// Asks how the first lines read in another format.
    pub fn preview(&self, request: PreviewRequest) {
        self.desk.ask_preview(request);
    }

    /// Asks how the whole file reads in another format; cancels the question before.
    pub fn check(&self, request: CheckRequest) {
        self.desk.ask_check(request);
    }

    /// Gives up a running check; nothing more comes of it.
    pub fn cancel_check(&self) {
        self.desk.cancel_check();
    }

    /// The newest state, if there is one that was not taken yet.
    #[must_use]
    pub fn take_source(&self) -> Option<Arc<SourceState>> {
        self.desk.board.source.take()
    }

    /// The newest view, if there is one that was not taken yet.
    #[must_use]
    pub fn take_view(&self) -> Option<Arc<ViewSnapshot>> {
        self.desk.board.view.take()
    }

    /// Rows that were read since the last call.
    #[must_use]
    pub fn take_rows(&self) -> Vec<RowBatch> {
        self.desk.board.take_rows()
    }

    /// The record last asked for.
    #[must_use]
    pub fn take_record(&self) -> Option<Arc<FullRecord>> {
        self.desk.board.record.take()
    }

    /// The record last asked for to be compared.
    #[must_use]
    pub fn take_beside(&self) -> Option<Arc<FullRecord>> {
        self.desk.board.beside.take()
    }

    /// The answer to the newest search.
    #[must_use]
    pub fn take_seek(&self) -> Option<Arc<SeekResult>> {
        self.desk.board.seek.take()
    }

    /// The record nearest to the moment last asked for.
    #[must_use]
    pub fn take_nearest(&self) -> Option<Arc<NearestResult>> {
        self.desk.board.nearest.take()
    }

    /// The answer to the newest copy.
    #[must_use]
    pub fn take_copy(&self) -> Option<Arc<CopyResult>> {
        self.desk.board.copy.take()
    }

    /// The answer to the newest preview.
    #[must_use]
    pub fn take_preview(&self) -> Option<Arc<PreviewResult>> {
        self.desk.board.preview.take()
    }

    /// The answer to the newest check, as far as it is known.
    #[must_use]
    pub fn take_check(&self) -> Option<Arc<CheckResult>> {
        self.desk.board.check.take()
    }

    /// How the newest export stands.
    #[must_use]
    pub fn take_export(&self) -> Option<Arc<ExportState>> {
        self.desk.board.export.take()
    }

    /// The newest count of records over time.
    #[must_use]
    pub fn take_timeline(&self) -> Option<Arc<TimelineState>> {
        self.desk.board.timeline.take()
    }

    /// The newest groups, if they have not been taken yet.
    #[must_use]
    pub fn take_groups(&self) -> Option<Arc<GroupsState>> {
        self.desk.board.groups.take()
    }

    /// The records that Find's text is in, as far as they are known.
    #[must_use]
    pub fn take_hits(&self) -> Option<Arc<FindHits>> {
        self.desk.board.hits.take()
    }

    /// The newest count of fields.
    #[must_use]
    pub fn take_fields(&self) -> Option<Arc<FieldsState>> {
        self.desk.board.fields.take()
    }

    /// The newest of what could be typed into the filter.
    #[must_use]
    pub fn take_words(&self) -> Option<Arc<WordsState>> {
        self.desk.board.words.take()
    }

    /// The newest numbers over time.
    #[must_use]
    pub fn take_plot(&self) -> Option<Arc<PlotState>> {
        self.desk.board.plot.take()
    }

    /// What happened since the last call.
    #[must_use]
    pub fn take_events(&self) -> Vec<SourceEvent> {
        self.desk.board.take_events()
    }
}

impl Drop for SourceHandle {
    fn drop(&mut self) {
        self.desk.close();
    }
}
