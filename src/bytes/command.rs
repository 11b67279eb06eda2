//! What a program prints: standard output and standard error, line by line as they come.
//!
//! This is the only place of Timberline that starts programs (`tests/repo` checks it), and no shell reads the command.
//!
//! A program is ended with its whole group when its log is closed. If Timberline is killed, nobody is left to do that:
//! its pipes break, and what prints again ends by that. A supervisor between the two would be another process for each
//! log, and would change what the program's parent is.

use std::fmt;

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// By itself, with this exit code.
    Exited(i32),
    /// By a signal of this number.
    Killed(i32),
}

impl Ended {
    /// Whether the program says that all went well.
    #[must_use]
    pub fn is_good(self) -> bool {
        self == Self::Exited(0)
    }
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exited(code) => write!(f, "exited with {code}"),
            Self::Killed(signal) => write!(f, "killed by signal {signal}"),
        }
    }
}

#[cfg(unix)]
pub(super) use unix::run;

/// Programs are run where there are process groups to end them by.
#[cfg(not(unix))]
pub(super) fn run(
    _: &crate::base::origin::CommandLine,
    _: Group,
    _: &super::control::Control,
    _: &mut impl std::io::Write,
    _: impl FnMut(Ended),
) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// Which processes a program is among.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// A group of its own, which is ended with everything in it.
    Own,
    /// The terminal's foreground: Ctrl+C ends it too.
    Shared,
}

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io::{self, Write};
    use std::os::fd::OwnedFd;
    use std::os::unix::process::CommandExt as _;
    use std::process::{Child, Command, Stdio};
    use std::time::{Duration, Instant};

    use rustix::process::{Pid, Signal, WaitId, WaitIdOptions};

    use super::{Ended, Group};
    use crate::base::origin::CommandLine;
    use crate::bytes::control::Control;
    use crate::bytes::lines::Lines;
    use crate::bytes::live::{self, BUFFER};

    /// A program that was asked to end has so long before it is ended.
    const GRACE: Duration = Duration::from_millis(1_500);

    /// Runs a program and copies what it prints to `out`; `ended` is told once how it ended, while others that hold its
    /// output may go on printing. Once stopped, the program is ended.
    ///
    /// # Errors
    /// The program cannot be started, and what reading and writing say.
    pub fn run(
        line: &CommandLine,
        group: Group,
        control: &Control,
        out: &mut impl Write,
        mut ended: impl FnMut(Ended),
    ) -> io::Result<()> {
        let mut running = Running::start(line, group)?;
        running.collect(control, out, &mut ended)
    }

    /// A running program, ended at the latest when this is dropped. It is not waited for before that: as long as it is
    /// not, its number belongs to nobody else.
    struct Running {
        child: Child,
        group: Group,
        outputs: Vec<Output>,
        ended: bool,
        /// When it was asked to end.
        asked: Option<Instant>,
    }

    struct Output {
        file: File,
        lines: Lines,
    }

    impl Running {
        fn start(line: &CommandLine, group: Group) -> io::Result<Self> {
            let (program, arguments) = line
                .0
                .split_first()
                .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
            let mut command = Command::new(program);
            command
                .args(arguments)
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped());
            if group == Group::Own {
                command.process_group(0);
            }
            let mut child = command.spawn()?;
            let out = child.stdout.take().map(OwnedFd::from);
            let err = child.stderr.take().map(OwnedFd::from);
            let outputs = out.into_iter().chain(err).map(|pipe| Output {
                file: File::from(pipe),
                lines: Lines::default(),
            });
            Ok(Self {
                outputs: outputs.collect(),
                child,
                group,
                ended: false,
                asked: None,
            })
        }

        fn collect(
            &mut self,
            control: &Control,
            out: &mut impl Write,
            ended: &mut dyn FnMut(Ended),
        ) -> io::Result<()> {
            let mut buffer = vec![0; BUFFER];
            let mut broken = false;
            while !self.outputs.is_empty() {
                if control.stop.is_cancelled() && self.is_left() {
                    break;
                }
                let files: Vec<&File> = self.outputs.iter().map(|output| &output.file).collect();
                if live::wait(&files)? {
                    self.take(&mut buffer, &mut broken, control, out)?;
                }
                self.look(ended);
            }
            for output in &mut self.outputs {
                output.lines.finish(&mut broken, out)?;
            }
            // It may have closed its outputs and go on.
            while !self.ended {
                if control.stop.is_cancelled() && self.is_left() {
                    break;
                }
                crate::bytes::control::pause();
                self.look(ended);
            }
            Ok(())
        }

        /// Takes what has come, some of each output in turn.
        fn take(
            &mut self,
            buffer: &mut [u8],
            broken: &mut bool,
            control: &Control,
            out: &mut impl Write,
        ) -> io::Result<()> {
            let mut over = Vec::new();
            for (at, output) in self.outputs.iter_mut().enumerate() {
                if !live::is_ready(&output.file)? {
                    continue;
                }
                match live::read(&mut output.file, buffer)? {
                    Some(0) => {
                        output.lines.finish(broken, out)?;
                        over.push(at);
                    }
                    Some(taken) => {
                        control.count(taken);
                        let bytes = buffer.get(..taken).unwrap_or_default();
                        output.lines.push(bytes, broken, out)?;
                    }
                    None => {}
                }
            }
            for at in over.into_iter().rev() {
                self.outputs.remove(at);
            }
            Ok(())
        }

        /// Looks whether the program has ended.
        fn look(&mut self, ended: &mut dyn FnMut(Ended)) {
            if !self.ended
                && let Some(how) = self.how_it_ended()
            {
                self.ended = true;
                ended(how);
            }
        }

        /// Leaves the number of the process taken.
        fn how_it_ended(&self) -> Option<Ended> {
            let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
            let pid = Pid::from_child(&self.child);
            let status = rustix::process::waitid(WaitId::Pid(pid), options).ok()??;
            let code = status.exit_status().map(Ended::Exited);
            code.or_else(|| status.terminating_signal().map(Ended::Killed))
        }

        /// Asks the program to end, and ends it when it does not; whether it need not be listened to any more.
        fn is_left(&mut self) -> bool {
            let Some(asked) = self.asked else {
                self.signal(Signal::TERM);
                self.asked = Some(Instant::now());
                return false;
            };
            if self.ended {
                return true;
            }
            if asked.elapsed() > GRACE {
                self.signal(Signal::KILL);
            }
            asked.elapsed() > GRACE * 2
        }

        fn signal(&self, signal: Signal) {
            let pid = Pid::from_child(&self.child);
            // Fails where there is nobody left to end.
            match self.group {
                Group::Own => rustix::process::kill_process_group(pid, signal).ok(),
                Group::Shared => rustix::process::kill_process(pid, signal).ok(),
            };
        }
    }

    impl Drop for Running {
        fn drop(&mut self) {
            if self.asked.is_some() || !self.outputs.is_empty() || !self.ended {
                self.signal(Signal::KILL);
            }
            // It has ended or was killed.
            self.child.wait().ok();
        }
    }
}

#[cfg(all(test, unix))]
mod tests;
