//! A process group of ours: started together, ended together, whatever happens in between.

use std::{
    io,
    path::Path,
    process::{ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use indexmap::IndexMap;
use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _},
    process::{Child, Command},
    task::JoinHandle,
};

use super::{dead, tail::Tail, watchdog::Watchdog};

/// How long a group may take to end after it was asked to. Tests have children that never do.
const GRACE: Duration = if cfg!(test) { Duration::from_millis(500) } else { Duration::from_secs(3) };
/// The same for a group that is dropped: somebody has interrupted the run and waits for its report, and there may be several.
const SHORT_GRACE: Duration = Duration::from_millis(500);
/// How much of standard error is kept from its beginning on, in octets.
pub(super) const LOG: usize = 16 * 1024 * 1024;
/// How often it is looked at meanwhile.
const GLANCE: Duration = Duration::from_millis(10);

/// A process group that ends when this is dropped.
pub(super) struct Group {
    child: Child,
    id: Pid,
    tail: Arc<Mutex<Tail>>,
    log: Arc<Mutex<Vec<u8>>>,
    readers: Vec<JoinHandle<()>>,
    gone: bool,
    // Declared last, so that it is let go after the group has ended.
    _watchdog: Watchdog,
}

impl Group {
    /// Starts a command as the leader of a new group, with our environment and `env`.
    pub(super) fn spawn(
        command: &[String],
        env: &IndexMap<String, String>,
        folder: Option<&Path>,
    ) -> io::Result<Self> {
        let (program, arguments) = command.split_first().ok_or(io::ErrorKind::InvalidInput)?;
        let mut run = Command::new(program);
        run.args(arguments).envs(env).process_group(0);
        run.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some(folder) = folder {
            run.current_dir(folder);
        }
        let mut child = run.spawn()?;
        let id = child.id().and_then(|id| i32::try_from(id).ok()).ok_or(io::ErrorKind::NotFound)?;
        let watchdog = match Watchdog::over(id) {
            Ok(watchdog) => watchdog,
            Err(error) => {
                let _ = killpg(Pid::from_raw(id), Signal::SIGKILL);
                return Err(error);
            }
        };
        let tail = Arc::new(Mutex::new(Tail::default()));
        let mut readers = Vec::with_capacity(2);
        let log = Arc::new(Mutex::new(Vec::new()));
        readers
            .extend(child.stdout.take().map(|stream| tokio::spawn(follow(stream, Arc::clone(&tail), None))));
        let kept = Some(Arc::clone(&log));
        readers
            .extend(child.stderr.take().map(|stream| tokio::spawn(follow(stream, Arc::clone(&tail), kept))));
        Ok(Self { child, id: Pid::from_raw(id), tail, log, readers, gone: false, _watchdog: watchdog })
    }

    /// Waits until the leader has ended. May be dropped and called again.
    pub(super) async fn wait(&mut self) -> io::Result<ExitStatus> {
        self.child.wait().await
    }

    /// How the leader ended, if it has.
    pub(super) fn status(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// The last lines of what the group printed so far.
    pub(super) fn lines(&self) -> Vec<String> {
        self.tail.lock().unwrap_or_else(PoisonError::into_inner).lines()
    }

    /// What the group wrote to standard error so far, up to [`LOG`] octets.
    pub(super) fn log(&self) -> String {
        String::from_utf8_lossy(&self.log.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }

    /// The last lines of a group whose leader has ended, when they have all arrived or no more come soon.
    pub(super) async fn last_lines(&mut self) -> Vec<String> {
        let all = async {
            for reader in &mut self.readers {
                let _ = reader.await;
            }
        };
        // A child that outlives the leader may hold the streams open.
        let complete = tokio::time::timeout(Duration::from_millis(300), all).await.is_ok();
        if complete {
            self.readers.clear();
        }
        self.lines()
    }

    /// Ends the whole group: asks first, then insists.
    pub(super) async fn end(mut self) {
        self.ask();
        let deadline = Instant::now() + GRACE;
        while !self.is_gone() && Instant::now() < deadline {
            tokio::time::sleep(GLANCE).await;
        }
        self.insist();
    }

    fn ask(&mut self) {
        if !self.gone {
            let _ = killpg(self.id, Signal::SIGTERM);
        }
    }

    /// Whether nobody is left in the group.
    fn is_gone(&mut self) -> bool {
        // An ended leader stays in its group until it is waited for.
        let _ = self.child.try_wait();
        self.gone = self.gone || killpg(self.id, None).is_err() || dead::all_dead(self.id);
        self.gone
    }

    fn insist(&mut self) {
        if !self.is_gone() {
            let _ = killpg(self.id, Signal::SIGKILL);
            let deadline = Instant::now() + Duration::from_millis(500);
            while !self.is_gone() && Instant::now() < deadline {
                std::thread::sleep(GLANCE);
            }
            self.gone = true;
        }
        for reader in &self.readers {
            reader.abort();
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.ask();
        let deadline = Instant::now() + SHORT_GRACE;
        while !self.is_gone() && Instant::now() < deadline {
            std::thread::sleep(GLANCE);
        }
        self.insist();
    }
}

async fn follow(
    mut stream: impl AsyncRead + Unpin,
    tail: Arc<Mutex<Tail>>,
    log: Option<Arc<Mutex<Vec<u8>>>>,
) {
    let mut buffer = vec![0; 8 * 1024];
    while let Ok(read @ 1..) = stream.read(&mut buffer).await {
        tail.lock().unwrap_or_else(PoisonError::into_inner).push(&buffer[..read]);
        if let Some(log) = &log {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            let room = LOG.saturating_sub(log.len());
            log.extend_from_slice(&buffer[..read.min(room)]);
        }
    }
}
