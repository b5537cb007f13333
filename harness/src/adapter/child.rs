//! The process of an adapter: a group of its own, and three threads that keep its streams moving.

use std::{
    io::{self, Read, Write},
    os::unix::process::{CommandExt as _, ExitStatusExt as _},
    process::{ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

use super::{
    AdapterCommand,
    lines::{LONGEST, Line, Splitter},
    requests::{ChildEvent, Event},
};
use crate::target::{Tail, Watchdog};

/// How much is read at once, in octets.
const CHUNK: usize = 64 * 1024;
/// How long the last words of a process that has ended may take to arrive.
const LINGER: Duration = Duration::from_millis(200);
/// How often a process that is about to end is looked at.
const GLANCE: Duration = Duration::from_millis(2);
/// Where more calls than this are in flight, replies are let gather before they are read: waking three threads for each costs more than the reply.
const MANY: usize = 16;
/// For so long.
const GATHER: Duration = Duration::from_micros(60);

/// A running adapter; its process group is killed when this is dropped.
pub(super) struct Child {
    process: std::process::Child,
    id: Pid,
    to: Option<Sender<Vec<u8>>>,
    in_flight: Arc<AtomicUsize>,
    errors: Arc<Mutex<Tail>>,
    errors_done: Arc<Mutex<bool>>,
    // Declared last, so that it is let go after the group has ended.
    _watchdog: Watchdog,
}

impl Child {
    /// Starts an adapter. What it writes to standard output arrives as events with this number.
    pub(super) fn spawn(command: &AdapterCommand, number: u32, events: Sender<Event>) -> io::Result<Self> {
        let (program, arguments) = command.command.split_first().ok_or(io::ErrorKind::InvalidInput)?;
        let mut start = Command::new(program);
        start.args(arguments).envs(&command.env).process_group(0);
        start.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some(folder) = &command.folder {
            start.current_dir(folder);
        }
        let mut process = start.spawn()?;
        let id = Pid::from_raw(i32::try_from(process.id()).map_err(|_| io::ErrorKind::NotFound)?);
        let streams = (process.stdin.take(), process.stdout.take(), process.stderr.take());
        let (Ok(watchdog), (Some(stdin), Some(stdout), Some(stderr))) =
            (Watchdog::over(id.as_raw()), streams)
        else {
            let _ = killpg(id, Signal::SIGKILL);
            let _ = process.wait();
            return Err(io::Error::other("its streams cannot be watched over"));
        };
        let (to, lines) = mpsc::channel::<Vec<u8>>();
        let errors = Arc::new(Mutex::new(Tail::default()));
        let errors_done = Arc::new(Mutex::new(false));
        thread::spawn(move || write(stdin, &lines));
        let in_flight = Arc::new(AtomicUsize::new(0));
        let waited_for = Arc::clone(&in_flight);
        thread::spawn(move || read(stdout, number, &events, &waited_for));
        let (tail, done) = (Arc::clone(&errors), Arc::clone(&errors_done));
        thread::spawn(move || follow(stderr, &tail, &done));
        Ok(Self { process, id, to: Some(to), in_flight, errors, errors_done, _watchdog: watchdog })
    }

    /// Writes lines, some time. That the process no longer reads is seen by its silence.
    pub(super) fn send(&self, lines: Vec<u8>) {
        if let Some(to) = &self.to {
            let _ = to.send(lines);
        }
    }

    /// Says how many calls are in flight.
    pub(super) fn waits_for(&self, calls: usize) {
        self.in_flight.store(calls, Ordering::Relaxed);
    }

    /// Ends standard input.
    pub(super) fn close(&mut self) {
        self.to = None;
    }

    /// How the process ended, if it has, or does within this time.
    pub(super) fn status_within(&mut self, limit: Duration) -> Option<ExitStatus> {
        let until = Instant::now() + limit;
        loop {
            if let Ok(Some(status)) = self.process.try_wait() {
                return Some(status);
            }
            if Instant::now() >= until {
                return None;
            }
            thread::sleep(GLANCE);
        }
    }

    /// The last lines on standard error. Where the process has ended, all of them have arrived or no more come soon.
    pub(super) fn last_lines(&self) -> Vec<String> {
        let until = Instant::now() + LINGER;
        while !*self.errors_done.lock().unwrap_or_else(PoisonError::into_inner) && Instant::now() < until {
            thread::sleep(GLANCE);
        }
        self.errors.lock().unwrap_or_else(PoisonError::into_inner).lines()
    }

    /// Kills the whole group.
    pub(super) fn kill(&mut self) {
        let _ = killpg(self.id, Signal::SIGKILL);
        let _ = self.process.wait();
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.kill();
    }
}

/// How a process ended, in words.
pub(super) fn ended(status: Option<ExitStatus>) -> String {
    match status.map(|status| (status.code(), status.signal())) {
        Some((Some(code), _)) => format!("exit status {code}"),
        Some((None, Some(signal))) => match Signal::try_from(signal) {
            Ok(known) => format!("ended by {known}"),
            Err(_) => format!("ended by signal {signal}"),
        },
        Some((None, None)) | None => "its standard output was closed".to_owned(),
    }
}

fn write(mut stdin: ChildStdin, lines: &mpsc::Receiver<Vec<u8>>) {
    while let Ok(next) = lines.recv() {
        if stdin.write_all(&next).and_then(|()| stdin.flush()).is_err() {
            return;
        }
    }
}

fn read(mut stdout: ChildStdout, number: u32, events: &Sender<Event>, in_flight: &AtomicUsize) {
    let mut splitter = Splitter::new(LONGEST);
    let mut buffer = vec![0; CHUNK];
    let mut before = None;
    loop {
        let (lines, open) = match stdout.read(&mut buffer) {
            Ok(read @ 1..) => (splitter.push(buffer.get(..read).unwrap_or_default()), true),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            _ => (splitter.rest().into_iter().collect(), false),
        };
        if !lines.is_empty() && !say(events, number, lines, &mut before) {
            return;
        }
        if open && in_flight.load(Ordering::Relaxed) > MANY {
            thread::sleep(GATHER);
        }
        if !open {
            let _ = events.send(Event::Child(number, ChildEvent::Closed));
            return;
        }
    }
}

/// Hands lines over once those before them have been dealt with, so that a flood of them is held back in the pipe and the next ones are read
/// meanwhile. `false` where nobody listens.
fn say(events: &Sender<Event>, number: u32, lines: Vec<Line>, before: &mut Option<Receiver<()>>) -> bool {
    let (more, wait) = mpsc::sync_channel(0);
    // Nothing is ever sent: the other end is dropped.
    if let Some(before) = before.replace(wait) {
        let _ = before.recv();
    }
    events.send(Event::Child(number, ChildEvent::Lines(lines, more))).is_ok()
}

fn follow(mut stderr: ChildStderr, tail: &Mutex<Tail>, done: &Mutex<bool>) {
    let mut buffer = vec![0; 8 * 1024];
    while let Ok(read @ 1..) = stderr.read(&mut buffer) {
        tail.lock().unwrap_or_else(PoisonError::into_inner).push(buffer.get(..read).unwrap_or_default());
    }
    *done.lock().unwrap_or_else(PoisonError::into_inner) = true;
}
