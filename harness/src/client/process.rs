//! One run of a client: a process group of its own, without input, ended with the run.

use std::{io, path::Path, process::Stdio, time::Duration};

use futures_util::future::join_all;
use indexmap::IndexMap;
use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _},
    process::{Child, Command},
    task::JoinHandle,
    time::{Instant, timeout},
};

use super::{browser::Watch, leftovers};
use crate::target::Watchdog;

/// How much of each stream is kept.
const KEPT: usize = 16 * 1024;
/// How long the streams may stay open after the process has ended: a child of the client's may hold them.
const LINGER: Duration = Duration::from_millis(300);
/// After so long without output, what stands at the end of it is whole.
const QUIET: Duration = Duration::from_millis(150);

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// By itself, with this status.
    Status(i32),
    /// By a signal that was not ours.
    Signal(i32),
    /// We ended it, and why.
    Killed(String),
}

impl End {
    /// The word of the vocabulary.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Status(0) => "success",
            Self::Status(_) => "failure",
            Self::Signal(_) | Self::Killed(_) => "killed",
        }
    }

    /// How bad an end it is.
    fn severity(&self) -> u8 {
        match self {
            Self::Status(0) => 0,
            Self::Status(_) => 1,
            Self::Signal(_) => 2,
            Self::Killed(_) => 3,
        }
    }

    /// How it ended, in a few words.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Status(status) => format!("exit status {status}"),
            Self::Signal(signal) => format!("ended by signal {signal}"),
            Self::Killed(why) => format!("stopped by scopecheck: {why}"),
        }
    }
}

/// A run that has ended.
#[derive(Debug)]
pub(super) struct Ended {
    /// How.
    pub(super) end: End,
    /// The first octets of standard output.
    pub(super) stdout: Vec<u8>,
    /// The first octets of standard error.
    pub(super) stderr: Vec<u8>,
}

/// How a command is run.
#[derive(Debug, Clone)]
pub(super) struct Start<'a> {
    /// The program and its arguments.
    pub(super) command: &'a [String],
    /// Where; `None` for the current folder.
    pub(super) folder: Option<&'a Path>,
    /// What is added to our own environment.
    pub(super) env: &'a IndexMap<String, String>,
    /// When it has taken too long.
    pub(super) deadline: Instant,
    /// What its output is searched for.
    pub(super) watch: Option<Watch>,
    /// Whether files can be written.
    pub(super) saves: bool,
    /// What stands in the environment of this run and of nothing else, by which processes are found that have left the group.
    pub(super) mark: Option<&'a str>,
}

/// Runs a command to its end, at most until the deadline or until `stop` says why it has to be stopped. On every way out, also when this is dropped,
/// the whole process group is killed, and what has left it.
pub(super) async fn run(start: Start<'_>, stop: impl Future<Output = String>) -> io::Result<Ended> {
    let Start { command, folder, env, deadline, watch, saves, mark } = start;
    let (program, arguments) = command.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let mut start = if saves { Command::new(program) } else { unsaving(program) };
    start.args(arguments).envs(env).process_group(0);
    start.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if let Some(folder) = folder {
        start.current_dir(folder);
    }
    let mut group = Group::of(start.spawn()?, mark)?;
    let stdout = group.child.stdout.take().map(|stream| tokio::spawn(keep(stream, watch.clone())));
    let stderr = group.child.stderr.take().map(|stream| tokio::spawn(keep(stream, watch)));
    let end = tokio::select! {
        status = group.child.wait() => {
            let status = status?;
            match (status.code(), std::os::unix::process::ExitStatusExt::signal(&status)) {
                (Some(code), _) => End::Status(code),
                (None, signal) => End::Signal(signal.unwrap_or_default()),
            }
        }
        why = stop => End::Killed(why),
        () = tokio::time::sleep_until(deadline) => End::Killed("the case took too long".to_owned()),
    };
    drop(group);
    Ok(Ended { end, stdout: kept(stdout).await, stderr: kept(stderr).await })
}

/// Runs a command so many times at once, each to its end. Together they have ended like the one that ended worst.
pub(super) async fn run_at_once<S: Future<Output = String>>(
    start: Start<'_>,
    runs: u32,
    stop: impl Fn() -> S,
) -> io::Result<Ended> {
    // What has left its group is ended once all have ended: the mark is that of all of them.
    let _marked = start.mark.map(Marked);
    let each = (0..runs).map(|_| run(Start { mark: None, ..start.clone() }, stop()));
    let mut all: Vec<Ended> = join_all(each).await.into_iter().collect::<io::Result<_>>()?;
    all.sort_by_key(|ended| ended.end.severity());
    let together = |stream: fn(&Ended) -> &[u8]| all.iter().flat_map(stream).copied().collect();
    let (stdout, stderr) = (together(|ended| &ended.stdout), together(|ended| &ended.stderr));
    let worst = all.pop().ok_or(io::ErrorKind::InvalidInput)?;
    Ok(Ended { end: worst.end, stdout, stderr })
}

/// Ends what holds this mark when it is dropped.
struct Marked<'a>(&'a str);

impl Drop for Marked<'_> {
    fn drop(&mut self) {
        leftovers::end(self.0);
    }
}

/// A command whose writes to files fail as on a full disk, for every user and whatever the rights: a limit of the system that pipes and sockets do
/// not know. It would end the process by a signal, which is ignored; what is ignored stays so in the program.
fn unsaving(program: &str) -> Command {
    let mut start = Command::new("/bin/sh");
    start.args(["-c", r#"trap '' XFSZ; ulimit -f 0 && exec "$@""#, "sh", program]);
    start
}

/// A process group that is killed when this is dropped.
struct Group<'a> {
    child: Child,
    id: Pid,
    mark: Option<&'a str>,
    // Declared last, so that it is let go after the group has ended.
    _watchdog: Watchdog,
}

impl<'a> Group<'a> {
    fn of(child: Child, mark: Option<&'a str>) -> io::Result<Self> {
        let id = child.id().and_then(|id| i32::try_from(id).ok()).ok_or(io::ErrorKind::NotFound)?;
        match Watchdog::over(id) {
            Ok(watchdog) => Ok(Self { child, id: Pid::from_raw(id), mark, _watchdog: watchdog }),
            Err(error) => {
                let _ = killpg(Pid::from_raw(id), Signal::SIGKILL);
                Err(error)
            }
        }
    }
}

impl Drop for Group<'_> {
    fn drop(&mut self) {
        // Nobody is left in most groups: the client has ended and had no children. Nothing of a client is worth a polite question.
        let _ = killpg(self.id, Signal::SIGKILL);
        let _ = self.child.try_wait();
        if let Some(mark) = self.mark {
            leftovers::end(mark);
        }
    }
}

/// Reads a stream to its end and keeps the first octets; what comes behind them is thrown away, so that the client is never held up.
async fn keep(mut stream: impl AsyncRead + Unpin, mut watch: Option<Watch>) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut buffer = vec![0; 8 * 1024];
    let mut told = |octets: &[u8], quiet| {
        if let Some(watch) = &mut watch {
            watch.take(octets, quiet);
        }
    };
    loop {
        let read = match timeout(QUIET, stream.read(&mut buffer)).await {
            Ok(Ok(read @ 1..)) => read,
            Ok(_) => break,
            Err(_) => {
                told(&[], true);
                continue;
            }
        };
        told(&buffer[..read], false);
        let room = KEPT.saturating_sub(kept.len()).min(read);
        kept.extend_from_slice(&buffer[..room]);
    }
    told(&[], true);
    kept
}

async fn kept(reader: Option<JoinHandle<Vec<u8>>>) -> Vec<u8> {
    let Some(mut reader) = reader else { return Vec::new() };
    if let Ok(Ok(octets)) = timeout(LINGER, &mut reader).await {
        return octets;
    }
    reader.abort();
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn started(script: &str, limit: Duration, saves: bool) -> Ended {
        let command = ["/bin/sh".to_owned(), "-c".to_owned(), script.to_owned()];
        let (env, deadline) = (IndexMap::new(), Instant::now() + limit);
        let start =
            Start { command: &command, folder: None, env: &env, deadline, watch: None, saves, mark: None };
        run(start, std::future::pending()).await.unwrap()
    }

    async fn sh(script: &str, limit: Duration) -> Ended {
        started(script, limit, true).await
    }

    #[tokio::test]
    async fn the_status_and_both_streams_are_kept() {
        let ended = sh("echo out; echo err >&2; exit 3", Duration::from_secs(5)).await;
        assert_eq!(ended.end, End::Status(3));
        assert_eq!((ended.stdout.as_slice(), ended.stderr.as_slice()), (&b"out\n"[..], &b"err\n"[..]));
    }

    #[tokio::test]
    async fn several_at_once_end_like_the_worst_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let first = folder.path().join("first").display().to_string();
        let script = format!("echo out; mkdir {first} && exit 3; sleep 0.2");
        let command = ["/bin/sh".to_owned(), "-c".to_owned(), script];
        let (env, deadline) =
            (IndexMap::from([("MARK".to_owned(), first.clone())]), Instant::now() + LINGER * 20);
        let start = Start {
            command: &command,
            folder: None,
            env: &env,
            deadline,
            watch: None,
            saves: true,
            mark: Some(&first),
        };
        let ended = run_at_once(start, 3, std::future::pending).await.unwrap();
        assert_eq!((ended.end, ended.stdout.as_slice()), (End::Status(3), &b"out\nout\nout\n"[..]));
    }

    #[tokio::test]
    async fn where_no_file_can_be_written_the_streams_still_can() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file").display().to_string();
        let script = format!("echo text >{path} || echo failed; echo err >&2; cat {path}");
        let ended = started(&script, Duration::from_secs(5), false).await;
        let stderr = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!((ended.end, ended.stdout.as_slice()), (End::Status(0), &b"failed\n"[..]), "{stderr}");
        assert!(stderr.contains("err\n"), "{stderr}");
    }

    #[tokio::test]
    async fn a_client_that_hangs_is_stopped_with_its_children() {
        let began = Instant::now();
        let ended = sh("sleep 60 & echo $!; wait", Duration::from_millis(300)).await;
        assert_eq!(ended.end.word(), "killed");
        assert!(began.elapsed() < Duration::from_secs(5));
        let child: i32 = String::from_utf8(ended.stdout).unwrap().trim().parse().unwrap();
        // Killed, or dead and not yet waited for by the first process; on a busy machine a signal takes a moment.
        let state = || std::fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
        let gone = || state().is_empty() || state().contains(") Z ");
        while !gone() && began.elapsed() < Duration::from_secs(5) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(gone(), "{}", state());
    }

    #[tokio::test]
    async fn a_signal_of_its_own_is_told_and_a_flood_of_output_is_cut() {
        assert_eq!(sh("kill -9 $$", Duration::from_secs(5)).await.end, End::Signal(9));
        let flood = sh("head -c 1000000 /dev/zero", Duration::from_secs(5)).await;
        assert_eq!((flood.end, flood.stdout.len()), (End::Status(0), KEPT));
    }
}
