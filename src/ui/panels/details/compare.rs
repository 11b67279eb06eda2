//! Two records side by side, field by field: what is the same is quiet, words that differ are marked.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::text::{LayoutJob, TextFormat};
use egui::{Label, RichText, ScrollArea, Ui, vec2};
use similar::{ChangeTag, TextDiffConfig};

use super::model::RecordDetails;
use crate::base::lang::tr;
use crate::base::text::{self, visible};
use crate::ui::table::delta;
use crate::ui::theme::{Palette, body, mono, palette, small, space};
use crate::ui::widgets::tool_button::ToolButton;
use crate::ui::widgets::{elide, number};

/// Bytes of a value that are compared and shown.
const LONGEST: usize = 16 << 10;

/// So long words are looked for that are the same, in all fields together; texts that have next to nothing in common take
/// forever otherwise.
const PATIENCE: Duration = Duration::from_millis(4);

/// Width of the names' column.
const NAMES: f32 = 120.0;

/// What two records have in common, and what not.
#[derive(Debug)]
pub(super) struct Comparison {
    records: [Arc<RecordDetails>; 2],
    rows: Vec<Row>,
    /// Fields that are the same are left out.
    differences_only: bool,
}

/// A field in both records.
#[derive(Debug)]
struct Row {
    name: String,
    sides: [Vec<Run>; 2],
    differs: bool,
}

/// A part of a value.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    text: String,
    differs: bool,
}

impl Comparison {
    /// Compares two records; the earlier one stands at the left.
    pub(super) fn new(one: &Arc<RecordDetails>, other: &Arc<RecordDetails>) -> Self {
        let (left, right) = match one.record <= other.record {
            true => (one, other),
            false => (other, one),
        };
        Self {
            rows: rows(left, right),
            records: [left.clone(), right.clone()],
            differences_only: false,
        }
    }

    /// Whether it is of these two records.
    pub(super) fn is_of(&self, one: &Arc<RecordDetails>, other: &Arc<RecordDetails>) -> bool {
        let has = |record| self.records.iter().any(|own| Arc::ptr_eq(own, record));
        has(one) && has(other)
    }

    /// A button that leaves out what is the same.
    pub(super) fn button(&mut self, ui: &mut Ui) {
        let button = ToolButton::text(tr("Differences only")).selected(self.differences_only);
        let tip = tr("Leave out the fields that are the same");
        if ui.add(button).on_hover_text(tip).clicked() {
            self.differences_only = !self.differences_only;
        }
    }

    /// The fields that differ as `name: left | right` lines.
    pub(super) fn as_text(&self) -> String {
        let mut out = String::new();
        let whole = |runs: &[Run]| runs.iter().map(|run| &*run.text).collect::<String>();
        for row in self.rows.iter().filter(|row| row.differs) {
            let [left, right] = &row.sides;
            out.push_str(&format!(
                "{}: {} | {}\n",
                row.name,
                whole(left),
                whole(right)
            ));
        }
        out
    }

    /// Shows the fields in the space that is left.
    pub(super) fn show(&self, ui: &mut Ui) {
        let p = palette(ui);
        ScrollArea::vertical()
            .min_scrolled_height(super::LEAST)
            .id_salt("compare")
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                let width = ((ui.available_width() - NAMES) / 2.0 - space::M).max(60.0);
                ui.horizontal_top(|ui| {
                    ui.allocate_space(vec2(NAMES, 1.0));
                    for (at, record) in self.records.iter().enumerate() {
                        cell(ui, width, |ui| {
                            let title = self.title(at, record);
                            let text = RichText::new(title).font(small()).color(p.weak);
                            ui.add(Label::new(text).truncate());
                        });
                    }
                });
                let shown = |row: &&Row| row.differs || !self.differences_only;
                for row in self.rows.iter().filter(shown) {
                    show_row(ui, row, width, p);
                }
                if self.rows.iter().all(|row| !row.differs) {
                    ui.label(RichText::new(tr("The two records say the same.")).color(p.weak));
                }
            });
    }

    /// What stands above a record's values; the second one tells how much later it is.
    fn title(&self, at: usize, record: &RecordDetails) -> String {
        let number = format!("#{}", number::count(record.record.0 + 1));
        let [left, right] = &self.records;
        let later = left.moment.zip(right.moment).filter(|_| at == 1);
        match later {
            Some((left, right)) => {
                format!("{number}  {}", delta(right.0.saturating_sub(left.0)))
            }
            None => number,
        }
    }
}

fn rows(left: &RecordDetails, right: &RecordDetails) -> Vec<Row> {
    let deadline = Instant::now() + PATIENCE;
    let row = |name: &str, left: &str, right: &str| Row::new(name, left, right, deadline);
    let mut rows = vec![row(tr("Message"), &left.message, &right.message)];
    let value = |of: &RecordDetails, name: &str| {
        let found = of.fields.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    for (name, own) in &left.fields {
        rows.push(row(name, own, &value(right, name)));
    }
    let is_new = |name: &str| left.fields.iter().all(|(own, _)| own != name);
    for (name, own) in right.fields.iter().filter(|(name, _)| is_new(name)) {
        rows.push(row(name, "", own));
    }
    rows
}

impl Row {
    fn new(name: &str, left: &str, right: &str, deadline: Instant) -> Self {
        let mut sides = [Vec::new(), Vec::new()];
        let differs = left != right;
        let (left, right) = (cut(left), cut(right));
        let diff = TextDiffConfig::default()
            .deadline(deadline)
            .diff_words(left, right);
        let [old, new] = &mut sides;
        for change in diff.iter_all_changes() {
            match change.tag() {
                ChangeTag::Equal => {
                    add(old, change.value(), false);
                    add(new, change.value(), false);
                }
                ChangeTag::Delete => add(old, change.value(), true),
                ChangeTag::Insert => add(new, change.value(), true),
            }
        }
        Self {
            name: text::name(name).into_owned(),
            sides,
            differs,
        }
    }
}

/// Appends to the last part where that is of the same kind.
fn add(runs: &mut Vec<Run>, text: &str, differs: bool) {
    match runs.last_mut().filter(|run| run.differs == differs) {
        Some(run) => run.text.push_str(text),
        None => runs.push(Run {
            text: text.to_owned(),
            differs,
        }),
    }
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST))
        .unwrap_or(text)
}

fn show_row(ui: &mut Ui, row: &Row, width: f32, p: &Palette) {
    ui.horizontal_top(|ui| {
        let (rect, response) = ui.allocate_exact_size(vec2(NAMES, 18.0), egui::Sense::hover());
        let color = if row.differs { p.strong } else { p.weak };
        let (galley, cut) = elide::middle(ui.painter(), &row.name, &body(), color, NAMES);
        ui.painter().galley(rect.min, galley, color);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &*row.name));
        if cut {
            response.on_hover_text(&row.name);
        }
        for side in &row.sides {
            cell(ui, width, |ui| {
                ui.add(
                    Label::new(job(side, row.differs, p))
                        .wrap()
                        .selectable(true),
                );
            });
        }
    });
}

fn cell(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.set_width(width);
        content(ui);
    });
}

fn job(side: &[Run], row_differs: bool, p: &Palette) -> LayoutJob {
    let mut job = LayoutJob::default();
    let plain = if row_differs { p.text } else { p.weak };
    for run in side {
        let mut format = TextFormat::simple(mono(), plain);
        if run.differs {
            format.color = p.on_match;
            format.background = p.filter_match;
        }
        for (at, line) in run.text.split('\n').enumerate() {
            if at > 0 {
                job.append("\n", 0.0, format.clone());
            }
            let mut shown = String::new();
            visible(line, &mut shown, LONGEST);
            job.append(&shown, 0.0, format.clone());
        }
    }
    if job.is_empty() {
        job.append("\u{2013}", 0.0, TextFormat::simple(mono(), p.faint));
    }
    job
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, left: &str, right: &str) -> Row {
        Row::new(name, left, right, Instant::now() + PATIENCE)
    }

    fn runs(row: &Row) -> [Vec<(&str, bool)>; 2] {
        let [left, right] = &row.sides;
        [pairs(left), pairs(right)]
    }

    fn pairs(runs: &[Run]) -> Vec<(&str, bool)> {
        runs.iter().map(|run| (&*run.text, run.differs)).collect()
    }

    #[test]
    fn words_that_differ_are_told_and_nothing_is_lost() {
        let changed = row("message", "took 12 ms for 민수", "took 15 ms for 민수");
        assert_eq!(
            runs(&changed),
            [
                vec![("took ", false), ("12", true), (" ms for 민수", false)],
                vec![("took ", false), ("15", true), (" ms for 민수", false)],
            ]
        );
        assert!(changed.differs);
        assert!(!row("a", "same", "same").differs);
        assert_eq!(runs(&row("a", "", "new")), [vec![], vec![("new", true)]]);
    }

    #[test]
    fn fields_of_either_record_have_a_row() {
        let record = |fields: &[(&str, &str)]| RecordDetails {
            fields: fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            ..RecordDetails::default()
        };
        let rows = rows(
            &record(&[("a", "1"), ("b", "2")]),
            &record(&[("b", "3"), ("c", "4")]),
        );
        let told: Vec<_> = rows.iter().map(|row| (&*row.name, row.differs)).collect();
        assert_eq!(
            told,
            [("Message", false), ("a", true), ("b", true), ("c", true)]
        );
    }

    #[test]
    fn texts_that_have_nothing_in_common_take_no_time() {
        let text = |of: u32| {
            (0..5_000)
                .map(|n| format!("{} ", n * of % 9_973))
                .collect::<String>()
        };
        let (left, right) = (text(7), text(11));
        let row = row("message", &left, &right);
        for (side, whole) in row.sides.iter().zip([&left, &right]) {
            let joined: String = side.iter().map(|run| &*run.text).collect();
            assert_eq!(joined, cut(whole));
        }
    }
}
