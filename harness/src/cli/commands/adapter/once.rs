//! A conversation that is written in advance: all lines at once, then the end of standard input. What an adapter keeps in its buffers
//! comes out at the latest when it ends, so this tells one that does not flush from one that does not answer.

use std::{
    io::{Read, Write as _},
    os::unix::process::CommandExt as _,
    process::{Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

/// As much of standard output as is looked at, in octets.
const MOST: u64 = 1 << 20;

/// What came of it.
#[derive(Debug)]
pub(super) struct Once {
    /// What was written to standard output, as much of it as is looked at.
    pub(super) said: Vec<u8>,
    /// How it ended; `None` where it did not in time, and was killed.
    pub(super) status: Option<ExitStatus>,
}

impl Once {
    /// The beginning of the first line that is not blank.
    pub(super) fn first(&self) -> Option<String> {
        let texts = self.lines().map(|line| String::from_utf8_lossy(line).trim().to_owned());
        let mut said = texts.filter(|line| !line.is_empty());
        said.next().map(|line| line.chars().take(200).collect())
    }

    /// The lines on standard output.
    pub(super) fn lines(&self) -> impl Iterator<Item = &[u8]> {
        self.said.split(|octet| *octet == b'\n').filter(|line| !line.is_empty())
    }
}

/// Starts an adapter, writes this to it and ends its standard input; `None` where it cannot be started.
pub(super) fn once(command: &[String], input: String, limit: Duration) -> Option<Once> {
    let (program, arguments) = command.split_first()?;
    let mut start = Command::new(program);
    start.args(arguments).process_group(0);
    start.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = start.spawn().ok()?;
    let group = Pid::from_raw(i32::try_from(child.id()).ok()?);
    let (mut stdin, stdout) = (child.stdin.take()?, child.stdout.take()?);
    thread::spawn(move || {
        // One that does not read its input may be gone before it is written.
        let _ = stdin.write_all(input.as_bytes());
    });
    let (done, ended) = mpsc::channel();
    thread::spawn(move || {
        let mut said = Vec::new();
        let _ = stdout.take(MOST).read_to_end(&mut said);
        let _ = done.send(said);
    });
    // Its output ends when it does; a flood beyond what is looked at ends with the kill.
    let said = ended.recv_timeout(limit);
    let in_time = said.is_ok();
    if in_time {
        // The output may be closed a moment before the end.
        for _ in 0..100 {
            if !matches!(child.try_wait(), Ok(None)) {
                break;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
    let status = child.try_wait().ok().flatten();
    let _ = killpg(group, Signal::SIGKILL);
    let _ = child.wait();
    Some(Once {
        said: said.or_else(|_| ended.recv_timeout(Duration::from_secs(1))).unwrap_or_default(),
        status,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Once {
        let command = ["sh", "-c", script].map(str::to_owned);
        once(&command, "one\ntwo\n".to_owned(), Duration::from_millis(500)).unwrap()
    }

    #[test]
    fn all_that_is_said_is_kept_with_the_status() {
        let once = shell("cat; exit 3");
        assert_eq!(once.lines().collect::<Vec<_>>(), [b"one", b"two"]);
        assert_eq!(once.status.and_then(|status| status.code()), Some(3));
    }

    #[test]
    fn one_that_does_not_end_is_killed_and_has_no_status() {
        let once = shell("echo here; sleep 60");
        assert_eq!(once.status, None);
        assert_eq!(once.said, b"here\n");
    }

    #[test]
    fn a_flood_is_looked_at_in_part() {
        assert_eq!(shell("yes").said.len() as u64, MOST);
    }
}
