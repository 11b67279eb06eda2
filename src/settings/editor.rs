//! With what files are opened that a log names, and where they are on this machine.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::base::lang::later;

/// Commands of editors that are known: what people call each, and the command.
pub const PRESETS: [(&str, &str); 9] = [
    ("VS Code", "code -g {file}:{line}:{column}"),
    ("PyCharm", "pycharm --line {line} {file}"),
    ("IntelliJ IDEA", "idea --line {line} {file}"),
    ("Sublime Text", "subl {file}:{line}:{column}"),
    ("Zed", "zed {file}:{line}:{column}"),
    ("Vim (GTK)", "gvim --remote-silent +{line} {file}"),
    ("Emacs", "emacsclient -n +{line}:{column} {file}"),
    ("Kate", "kate -l {line} -c {column} {file}"),
    ("gedit", "gedit +{line}:{column} {file}"),
];

/// With what files are opened.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Editor {
    /// A program and its arguments, with `{file}`, `{line}` and `{column}`; empty for none.
    pub command: String,
    /// Where files of other machines are here; the first that fits counts.
    pub mappings: Vec<Mapping>,
}

/// A folder of another machine, and where it is here.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping {
    /// How paths begin in the log.
    pub from: String,
    /// What they begin with here; `~` is the home folder.
    pub to: String,
}

impl Editor {
    /// The words of the command for a file, with the program first. The words are split before anything is put into them,
    /// so that a path stays within its word whatever is in it.
    ///
    /// # Errors
    /// What is wrong with the command, in a sentence.
    pub fn words(&self, file: &str, line: u32, column: u32) -> Result<Vec<String>, &'static str> {
        let words =
            shell_words::split(&self.command).map_err(|_| later("The quote is not closed"))?;
        if words.first().is_none_or(String::is_empty) {
            return Err(later("There is no program in it"));
        }
        if words.first().is_some_and(|program| program.contains('{')) {
            return Err(later("The program cannot be a part of the log"));
        }
        let (line, column) = (line.to_string(), column.to_string());
        let values = [("{file}", file), ("{line}", &line), ("{column}", &column)];
        let mut filled: Vec<String> = words.iter().map(|word| fill(word, &values)).collect();
        if !words.iter().any(|word| word.contains("{file}")) {
            filled.push(file.to_owned());
        }
        Ok(filled)
    }

    /// Where a file may be that a log names, the likeliest first: as mapped, as named, and for a relative path below the
    /// folder of the log and the folders around it.
    #[must_use]
    pub fn candidates(
        &self,
        named: &str,
        log_folder: Option<&Path>,
        home: Option<&Path>,
    ) -> Vec<PathBuf> {
        let mut found: Vec<PathBuf> = Vec::new();
        let mut add = |path: PathBuf| {
            if path.is_absolute() && !found.contains(&path) {
                found.push(path);
            }
        };
        for mapping in &self.mappings {
            if let Some(rest) = below(named, &mapping.from) {
                add(at_home(&mapping.to, home).join(rest));
            }
        }
        let path = at_home(named, home);
        if path.is_absolute() {
            add(path);
            return found;
        }
        let named = named.replace('\\', "/");
        let named = named.trim_start_matches("./");
        for mapping in &self.mappings {
            add(at_home(&mapping.to, home).join(named));
        }
        for folder in log_folder.into_iter().flat_map(Path::ancestors) {
            add(folder.join(named));
        }
        found
    }
}

/// The values put into one word, each place once and nothing in what was put in.
fn fill(word: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let found = values
            .iter()
            .find_map(|(name, value)| Some((from.strip_prefix(name)?, value)));
        match found {
            Some((behind, value)) => {
                out.push_str(value);
                rest = behind;
            }
            None => {
                out.push('{');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// What is behind a folder that a path begins with.
fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    let folder = folder.trim_end_matches(['/', '\\']);
    if folder.is_empty() {
        return None;
    }
    let rest = path.strip_prefix(folder)?.strip_prefix(['/', '\\'])?;
    Some(rest.trim_start_matches(['/', '\\']))
}

fn at_home(path: &str, home: Option<&Path>) -> PathBuf {
    match (
        path.strip_prefix('~')
            .filter(|rest| rest.is_empty() || rest.starts_with('/')),
        home,
    ) {
        (Some(rest), Some(home)) => home.join(rest.trim_start_matches('/')),
        _ => PathBuf::from(path),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
    use super::*;

    #[test]
    fn a_path_stays_one_word_whatever_is_in_it() {
        let words = |command: &str, file: &str| {
            let editor = Editor {
                command: command.to_owned(),
                ..Editor::default()
            };
            editor.words(file, 7, 2).map(|words| words.join("|"))
        };
        for (command, file, expected) in [
            ("code -g {file}:{line}", "/a/b.py", Ok("code|-g|/a/b.py:7")),
            (
                "'my editor' +{line}:{column}",
                "/a/b.py",
                Ok("my editor|+7:2|/a/b.py"),
            ),
            (
                "e {file}",
                "/a b; rm -rf \"$HOME\" `x` {line}",
                Ok("e|/a b; rm -rf \"$HOME\" `x` {line}"),
            ),
            ("e --at={line} {x} {file}", "/f", Ok("e|--at=7|{x}|/f")),
            ("e 'open", "/f", Err("The quote is not closed")),
            ("  ", "/f", Err("There is no program in it")),
            (
                "{file} x",
                "/f",
                Err("The program cannot be a part of the log"),
            ),
        ] {
            assert_eq!(
                words(command, file),
                expected.map(str::to_owned),
                "{command}"
            );
        }
        for (_, command) in PRESETS {
            assert!(words(command, "/f").unwrap().contains("/f"), "{command}");
        }
    }

    #[test]
    fn files_are_looked_for_where_they_may_be() {
        let editor = Editor {
            command: String::new(),
            mappings: vec![
                Mapping {
                    from: "/srv/app/".to_owned(),
                    to: "~/work/app".to_owned(),
                },
                Mapping {
                    from: String::new(),
                    to: "/x".to_owned(),
                },
            ],
        };
        let found = |named: &str| {
            let found = editor.candidates(
                named,
                Some(Path::new("/var/log")),
                Some(Path::new("/home/kim")),
            );
            let shown: Vec<String> = found
                .iter()
                .map(|path| path.display().to_string())
                .collect();
            shown.join(" ")
        };
        assert_eq!(
            found("/srv/app/db/x.py"),
            "/home/kim/work/app/db/x.py /srv/app/db/x.py"
        );
        assert_eq!(found("/srv/apple/x.py"), "/srv/apple/x.py");
        assert_eq!(found("~/x.py"), "/home/kim/x.py");
        assert_eq!(
            found("./src/x.py"),
            "/home/kim/work/app/src/x.py /x/src/x.py /var/log/src/x.py /var/src/x.py /src/x.py"
        );
        // What would be an option is a file of a folder.
        assert!(found("-x.py").split(' ').all(|path| path.starts_with('/')));
    }
}
