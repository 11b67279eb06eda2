//! What the box offers for what is typed.

use crate::base::lang::tr;
use std::path::{PathBuf, is_separator};

use super::{PathBoxModel, Place};
use crate::base::text;
use crate::ui::action::TabId;
use crate::ui::dialogs::picker::{Right, Row};
use crate::ui::fuzzy::Fuzzy;
use crate::ui::widgets::typed_path::looks_like_path;

/// More are not offered: one types on instead of reading them.
const MOST: usize = 60;

/// A line below the box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// A log that is open.
    Tab(TabId),
    /// A file that was open before.
    Recent(PathBuf),
    /// A file beside the one that is shown.
    Beside(PathBuf),
    /// What a typed path could go on to; folders end with a separator.
    Found(String),
}

impl Line {
    /// What stands in the box when the line is taken over into it.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Tab(_) => None,
            Self::Recent(path) | Self::Beside(path) => Some(path.display().to_string()),
            Self::Found(path) => Some(path.clone()),
        }
    }

    /// Whether it is a folder, which is looked into instead of opened.
    pub fn is_folder(&self) -> bool {
        matches!(self, Self::Found(path) if path.ends_with(is_separator))
    }
}

/// The lines for a text as it is meant: what begins like a path, or what has the letters in its name.
pub(super) fn lines(model: &PathBoxModel, text: &str) -> Vec<(Line, Row)> {
    if looks_like_path(text) {
        let mut lines = completions(model, text);
        lines.extend(recent_with(model, text));
        return lines;
    }
    let mut found: Vec<(u32, Line, Row)> = Vec::new();
    let mut fuzzy = Fuzzy::paths(text);
    for (place, line, heading) in places(model) {
        // The name alone, or letters of its folder too.
        let by_name = fuzzy.find(&place.name);
        let score = match &by_name {
            Some(found) => found.score + NAME,
            None => {
                let whole = format!("{}/{}", place.folder, place.name);
                match fuzzy.find(&whole) {
                    Some(found) => found.score,
                    None => continue,
                }
            }
        };
        let marks = by_name.map(|found| found.marks).unwrap_or_default();
        let heading = if text.is_empty() { heading } else { "" };
        let row = Row {
            heading,
            ..row(place, marks)
        };
        found.push((score, line, row));
    }
    if !text.is_empty() {
        found.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    }
    let found = found.into_iter().map(|(_, line, row)| (line, row));
    let mut lines: Vec<_> = found.take(MOST).collect();
    if !text.is_empty() {
        lines.extend(completions(model, text));
    }
    lines
}

/// By how much a name that fits is better than a path that does.
const NAME: u32 = 100;

/// Everything that has a name: open logs, recent files, files beside the one that is shown. Nothing comes twice.
fn places(model: &PathBoxModel) -> impl Iterator<Item = (&Place, Line, &'static str)> {
    let open = |place: &Place| {
        let mut tabs = model.tabs.iter();
        tabs.any(|(_, tab)| tab.path == place.path)
    };
    let tabs = model
        .tabs
        .iter()
        .map(|(id, place)| (place, Line::Tab(*id), tr("Open logs")));
    let recent = model.recent.iter().filter(move |place| !open(place));
    let recent = recent.map(|place| (place, Line::Recent(place.path.clone()), tr("Recent")));
    let known = move |place: &&Place| {
        let mut recent = model.recent.iter();
        !open(place) && !recent.any(|other| other.path == place.path)
    };
    let beside = model.beside.iter().filter(known);
    let beside = beside.map(|place| {
        (
            place,
            Line::Beside(place.path.clone()),
            tr("Beside this log"),
        )
    });
    tabs.chain(recent).chain(beside)
}

fn row(place: &Place, marks: Vec<u32>) -> Row {
    let missing = if place.missing {
        tr("not there any more")
    } else {
        ""
    };
    let right = if place.missing { missing } else { &place.note };
    Row {
        title: text::name(&place.name).into_owned(),
        // Marks are those of the name as it is; one with hidden signs is shown in more chars than it has.
        marks: match text::name(&place.name) {
            std::borrow::Cow::Borrowed(_) => marks,
            std::borrow::Cow::Owned(_) => Vec::new(),
        },
        note: place.folder.clone(),
        right: match right {
            "" => Right::Nothing,
            text => Right::Text(text.to_owned()),
        },
        dimmed: false,
        heading: "",
    }
}

/// What the typed path could go on to, as far as that is known by now.
fn completions(model: &PathBoxModel, text: &str) -> Vec<(Line, Row)> {
    let found = model.completion.paths_for(text).map(|(path, note)| {
        let row = Row {
            title: text::name(path).into_owned(),
            right: match note {
                "" => Right::Nothing,
                note => Right::Text(note.to_owned()),
            },
            heading: tr("Files and folders"),
            ..Row::default()
        };
        (Line::Found(path.to_owned()), row)
    });
    found.collect()
}

/// Recent files whose paths contain every word of a text that is a path.
fn recent_with(model: &PathBoxModel, text: &str) -> Vec<(Line, Row)> {
    let text = text.to_lowercase();
    let fits = |place: &&Place| {
        let path = place.path.to_string_lossy().to_lowercase();
        text.split_whitespace().all(|word| path.contains(word))
    };
    let known = |place: &&Place| {
        let path = place.path.to_string_lossy();
        !model.completion.paths.iter().any(|found| *found == path)
    };
    let recent = model.recent.iter().filter(fits).filter(known);
    let recent = recent.map(|place| {
        let row = Row {
            heading: tr("Recent"),
            ..row(place, Vec::new())
        };
        (Line::Recent(place.path.clone()), row)
    });
    recent.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::typed_path::Completion;

    fn place(path: &str) -> Place {
        let path = PathBuf::from(path);
        let part = |part: Option<&std::ffi::OsStr>| {
            part.map(|part| part.to_string_lossy().into_owned())
                .unwrap_or_default()
        };
        Place {
            name: part(path.file_name()),
            folder: part(path.parent().map(std::path::Path::as_os_str)),
            path,
            ..Place::default()
        }
    }

    fn model() -> PathBoxModel {
        PathBoxModel {
            tabs: vec![(TabId(1), place("/srv/api/uvicorn.log"))],
            recent: vec![place("/srv/db/pool.log"), place("/srv/api/uvicorn.log")],
            beside: vec![place("/srv/api/uvicorn.log"), place("/srv/api/errors.log")],
            completion: Completion {
                of: "/va".to_owned(),
                paths: vec!["/var/".to_owned(), "/vault.log".to_owned()],
                ..Completion::default()
            },
            ..PathBoxModel::default()
        }
    }

    fn offered(text: &str) -> Vec<Line> {
        lines(&model(), text)
            .into_iter()
            .map(|(line, _)| line)
            .collect()
    }

    #[test]
    fn each_file_is_offered_once() {
        let expected = [
            Line::Tab(TabId(1)),
            Line::Recent("/srv/db/pool.log".into()),
            Line::Beside("/srv/api/errors.log".into()),
        ];
        assert_eq!(offered(""), expected);
    }

    #[test]
    fn letters_of_a_name_find_it_and_names_count_more_than_folders() {
        assert_eq!(offered("uvi")[0], Line::Tab(TabId(1)));
        assert_eq!(offered("err"), [Line::Beside("/srv/api/errors.log".into())]);
        assert_eq!(offered("log uvi")[0], Line::Tab(TabId(1)));
        assert_eq!(
            offered("db pool"),
            [Line::Recent("/srv/db/pool.log".into())]
        );
        assert!(offered("zzz").is_empty());
    }

    /// What was typed since only narrows the last answer, until it names another folder or takes letters away.
    #[test]
    fn an_answer_holds_for_more_letters_of_the_same_name() {
        let found = |text| {
            let lines = offered(text).into_iter();
            let text = lines.filter_map(|line| line.text());
            text.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(found("/va"), "/var/ /vault.log");
        assert_eq!(found("/var"), "/var/");
        assert_eq!(found("/vault.l"), "/vault.log");
        for unknown in ["/var/", "/v", "/vx", ""] {
            assert!(!found(unknown).contains("/va"), "{unknown}");
        }
    }

    #[test]
    fn an_answer_that_is_cut_off_holds_for_its_own_text_only() {
        let mut model = model();
        model.completion.more = true;
        assert_eq!(completions(&model, "/va").len(), 2);
        assert!(completions(&model, "/var").is_empty());
    }
}
