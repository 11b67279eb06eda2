//! Failures of files in the user's words. Every error of the lower layers becomes a `Problem` here and nowhere else.

use std::io;
use std::path::Path;

use super::choice::is_pattern;
use super::state::RestartReason;
use crate::base::origin::CommandLine;
use crate::base::problem::Problem;
use crate::base::text;
use crate::bytes::ReadError;
use crate::bytes::spool::Full;
use crate::bytes::stream::{Turn, TurnReason};
use crate::bytes::supply::Supply;
use crate::format::spec::{FormatError, FormatSpec};
use crate::index::snapshot::SourceSnapshot;

/// A file that cannot be opened. The words of the system are added where ours do not say the same.
pub(super) fn cannot_open(path: &Path, error: &io::Error) -> Problem {
    let in_words = |headline: &str, hint| Problem::error(headline).hint(hint).path(path);
    match error.kind() {
        io::ErrorKind::NotFound => in_words(
            "The file does not exist",
            "It is shown as soon as it appears",
        ),
        io::ErrorKind::PermissionDenied => in_words(
            "No permission to read the file",
            "Allow reading it (chmod +r) or run Timberline as a user who may",
        ),
        io::ErrorKind::IsADirectory => {
            in_words("This is a folder, not a log", "Choose a file inside it")
        }
        _ => in_words("The file cannot be opened", "It is tried again").detail(error.to_string()),
    }
}

/// Something that cannot be read like a file: a disk, a socket.
pub(super) fn not_regular(path: &Path) -> Problem {
    Problem::error("This is a disk or a socket, not a file")
        .hint("Write its content to a file and open that")
        .path(path)
}

/// A path that stands for several logs, and there is none.
pub(super) fn nothing_to_choose(path: &Path) -> Problem {
    let headline = match is_pattern(path) {
        true => "No file matches this pattern",
        false => "There is no log in this folder",
    };
    Problem::error(headline)
        .hint("It is looked for again")
        .path(path)
}

/// There is no spool to be had.
pub(super) fn no_spool(error: &io::Error) -> Problem {
    Problem::error("There is no room for this in the temporary folder")
        .hint("Free some space there, or have TMPDIR name another folder")
        .detail(error.to_string())
}

/// What is no plain file could not be collected to its end.
pub(super) fn not_all(supply: &Supply, written: u64, error: &io::Error) -> Problem {
    if let Supply::Command(command) = supply
        && written == 0
    {
        return not_run(command, error);
    }
    let name = supply.name();
    let full = Full::of(error);
    let headline = match (full, error.kind()) {
        (Some(full), _) => format!("Not all of the {name} log is kept: {full}"),
        (None, io::ErrorKind::StorageFull) => {
            format!("Not all of the {name} log is kept: the disk of the temporary folder is full")
        }
        _ => format!("Not all of the {name} log could be read"),
    };
    let disk_is_full = match full {
        Some(full) => matches!(full, Full::Disk(_)),
        None => error.kind() == io::ErrorKind::StorageFull,
    };
    let written = text::count(written);
    let hint = match disk_is_full {
        true => format!(
            "The {written} bytes before that are shown; free some space, or have TMPDIR name a folder on another disk"
        ),
        false => format!("The {written} bytes before that are shown"),
    };
    Problem::warning(headline)
        .hint(hint)
        .detail(error.to_string())
}

/// A program that did not start.
fn not_run(command: &CommandLine, error: &io::Error) -> Problem {
    let missing = error.kind() == io::ErrorKind::NotFound;
    let program = command.0.first().map_or("", String::as_str);
    let problem = match missing {
        true => Problem::error(format!("The program {program} was not found")),
        false => Problem::error("The command could not be run"),
    };
    let hint = match (command.needs_shell(), missing) {
        (true, _) => "No shell reads it: for pipes and variables run sh -c '...'",
        (false, true) => "Check how it is written, or give its whole path",
        (false, false) => "",
    };
    problem.hint(hint).detail(error.to_string())
}

/// A compressed file that is another now.
pub(super) fn packed_changed(path: &Path) -> Problem {
    Problem::info("The compressed file has changed since it was unpacked")
        .hint("F5 unpacks it again")
        .path(path)
}

/// A file that is not at its path any more.
pub(super) fn gone(path: &Path, error: &io::Error) -> Problem {
    if error.kind() == io::ErrorKind::NotFound {
        Problem::warning("The file was deleted or renamed")
            .hint("What was read stays; a new file of this name is shown as soon as it appears")
            .path(path)
    } else {
        Problem::warning("The file cannot be looked at")
            .hint("What was read stays; it is tried again")
            .detail(error.to_string())
            .path(path)
    }
}

/// A read that failed.
pub(super) fn unreadable(error: &ReadError) -> Problem {
    Problem::error("Reading the file failed")
        .hint("What was read stays; it is tried again")
        .detail(error.to_string())
}

/// A program, a picture or the like was opened as a log.
pub(super) fn no_text() -> Problem {
    Problem::warning("This does not look like text")
        .hint("Its lines are shown as they are; the status bar has other formats and encodings")
}

/// A format that does not compile.
pub(super) fn bad_format(spec: &FormatSpec, error: &FormatError) -> Problem {
    Problem::error(format!("The format `{spec}` cannot be used"))
        .hint(error.hint.clone())
        .detail(error.to_string())
}

/// What the user is told when a log goes on in another file.
pub(super) fn turned(turn: &Turn) -> Problem {
    let headline = match turn.reason {
        TurnReason::Rotated => "The file was rotated; the new one is read behind it",
        TurnReason::Truncated => "The file was truncated and is read from its start",
        TurnReason::Rewritten => "The file was rewritten and is read from its start",
    };
    let mut details = Vec::new();
    let names = turn.on_the_way.iter().filter_map(|path| path.file_name());
    let names: Vec<_> = names.map(|name| text::path(Path::new(name))).collect();
    if !names.is_empty() {
        let files = names.join(", ");
        details.push(format!("read on the way: {files}"));
    }
    if turn.gone > 0 {
        let bytes = text::count(turn.gone);
        details.push(format!(
            "{bytes} bytes that were shown are gone, their rows stay"
        ));
    }
    if turn.gap {
        details.push("lines that were never seen may be missing".to_owned());
    }
    let mut problem = match turn.gap {
        true => Problem::warning(headline),
        false => Problem::info(headline),
    };
    if turn.gone > 0 {
        problem = problem.hint("F5 reads the file without the rows that are gone");
    }
    match details.is_empty() {
        true => problem,
        false => problem.detail(details.join("; ")),
    }
}

/// What the user is told when records count anew without their doing.
pub(super) fn restarted(reason: RestartReason, ended: &SourceSnapshot) -> Option<Problem> {
    let headline = match reason {
        RestartReason::Truncated => "The file was truncated; only what is in it now is shown",
        RestartReason::Reloaded | RestartReason::Reread => return None,
    };
    let records = text::count(ended.len());
    let detail = format!("{records} records were shown before");
    Some(Problem::info(headline).detail(detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_is_advised_only_for_what_a_shell_would_read() {
        let told = |program: &str, kind: io::ErrorKind| {
            let command = CommandLine(vec![program.to_owned(), "--x".to_owned()]);
            let problem = not_all(&Supply::Command(command), 0, &io::Error::from(kind));
            (problem.headline, problem.hint)
        };
        let (missing, refused) = (io::ErrorKind::NotFound, io::ErrorKind::PermissionDenied);
        for (program, kind, headline, shell) in [
            (
                "nosuchcmd",
                missing,
                "The program nosuchcmd was not found",
                false,
            ),
            (
                "cat a.log",
                missing,
                "The program cat a.log was not found",
                true,
            ),
            (
                "a.log|sort",
                missing,
                "The program a.log|sort was not found",
                true,
            ),
            ("./locked", refused, "The command could not be run", false),
        ] {
            let (said, hint) = told(program, kind);
            assert_eq!(said, headline);
            assert_eq!(hint.contains("shell"), shell, "{program}: {hint}");
        }
    }
}
