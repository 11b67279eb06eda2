//! Where the bytes of a log come from, as the user named it.

use std::fmt;
use std::sync::Arc;

use super::lang::later;

/// Where the bytes of a log come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Origin {
    /// What is at the log's path: a file, what is inside a compressed one, or what comes through a named pipe.
    #[default]
    Path,
    /// The file at the log's path, behind all of its rotated files.
    Rotated,
    /// Some of what is inside the archive at the log's path.
    Part(Part),
    /// Standard input.
    Stdin,
    /// What a program prints.
    Command(CommandLine),
    /// A text that was pasted.
    Text(Pasted),
}

impl Origin {
    /// Whether it is at a path, where it can be opened again.
    #[must_use]
    pub fn has_path(&self) -> bool {
        matches!(self, Self::Path | Self::Rotated | Self::Part(_))
    }

    /// Whether a program prints it.
    #[must_use]
    pub fn is_command(&self) -> bool {
        matches!(self, Self::Command(_))
    }
}

/// What to read of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// Its files one behind another, in the archive's order.
    All,
    /// The file of this name; names are compared, never used as paths.
    One(String),
}

/// A program and its arguments, as they are given to the system: no shell reads them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CommandLine(pub Vec<String>);

/// What a shell would do something with wherever it stands; without it, words are words.
const SHELL: &[char] = &['|', '&', ';', '<', '>', '(', ')', '$', '`', '*', '?', '['];

impl CommandLine {
    /// What somebody typed: a program and its arguments, quoted as in a shell. What needs a shell (a pipe, a variable, a
    /// pattern) is given to `sh`, unless it is quoted.
    ///
    /// # Errors
    /// What is wrong with it, when a quote is not closed or nothing is there.
    pub fn typed(text: &str) -> Result<Self, &'static str> {
        let words = shell_words::split(text).map_err(|_| later("The quote is not closed"))?;
        if words.is_empty() {
            return Err(later("No command"));
        }
        if cfg!(unix) && is_for_shell(text) {
            return Ok(Self(vec![
                "sh".to_owned(),
                "-c".to_owned(),
                text.trim().to_owned(),
            ]));
        }
        Ok(Self(words))
    }

    /// Whether its program is written as only a shell would read it: with arguments, or with what a shell replaces.
    #[must_use]
    pub fn needs_shell(&self) -> bool {
        let program = self.0.first().map_or("", String::as_str);
        let replaced = program.contains(SHELL) || program.contains('=') || program.starts_with('~');
        replaced || program.contains(char::is_whitespace)
    }
}

/// Whether anything in a command is for a shell. In quotes and behind a backslash signs stand for themselves, but for a
/// variable in double quotes.
fn is_for_shell(text: &str) -> bool {
    let text = text.trim();
    let mut quote = None;
    let mut before = ' ';
    // A variable is set for the program.
    let mut leads = true;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let starts = before.is_whitespace();
        match (quote, c) {
            (None | Some('"'), '\\') => {
                chars.next();
            }
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, c) if SHELL.contains(&c) => return true,
            (None, '~' | '#') if starts => return true,
            (None, '=') if leads => return true,
            (None, c) if c.is_whitespace() => leads = false,
            (Some('"'), '$' | '`') => return true,
            _ => {}
        }
        before = c;
    }
    false
}

/// A text that was pasted. It may be long and private: it is not printed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Pasted(pub Arc<str>);

impl fmt::Debug for Pasted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl fmt::Display for CommandLine {
    /// As one would type it into a shell.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, word) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            if is_plain(word) {
                f.write_str(word)?;
            } else {
                write!(f, "'{}'", word.replace('\'', r"'\''"))?;
            }
        }
        Ok(())
    }
}

/// Whether a shell would take a word as it stands.
fn is_plain(word: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=@,+%".contains(c);
    !word.is_empty() && word.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_commands_are_split_as_a_shell_does() {
        let words = |text: &str| CommandLine::typed(text).map(|line| line.0);
        let owned = |words: &[&str]| Ok(words.iter().map(|word| (*word).to_owned()).collect());
        assert_eq!(
            words(" docker logs -f 'my web' "),
            owned(&["docker", "logs", "-f", "my web"])
        );
        let piped = "docker logs web | grep -v ping";
        assert_eq!(words(piped), owned(&["sh", "-c", piped]));
        let quoted = "sh -c 'cd /srv; ./run | tee $LOG'";
        assert_eq!(
            words(quoted),
            owned(&["sh", "-c", "cd /srv; ./run | tee $LOG"])
        );
        assert_eq!(words(r#"grep a\|b "x;y""#), owned(&["grep", "a|b", "x;y"]));
        for text in ["journalctl --since=-1h", "date +%H:%M", "cat app.log~"] {
            let split: Vec<&str> = text.split(' ').collect();
            assert_eq!(words(text), owned(&split), "{text}");
        }
        for text in [
            r#"tail "$LOG""#,
            "tail *.log",
            "sh -c 'a;b' > c",
            "A=1 b",
            "cat ~/a",
        ] {
            assert_eq!(words(text), owned(&["sh", "-c", text]), "{text}");
        }
        assert_eq!(words("tail -f 'a"), Err("The quote is not closed"));
        assert_eq!(words("  "), Err("No command"));
    }

    #[test]
    fn commands_read_as_they_are_typed() {
        for (words, text) in [
            (&["docker", "logs", "-f", "web"][..], "docker logs -f web"),
            (&["sh", "-c", "a | b"], "sh -c 'a | b'"),
            (&["echo", "", "it's"], r"echo '' 'it'\''s'"),
        ] {
            let words = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(CommandLine(words).to_string(), text);
        }
    }
}
