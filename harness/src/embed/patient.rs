//! Calls of a library on a thread of its own: one that never comes back costs its time, and not the run.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

use scopecheck_scenarios::laws::Reply;

use super::guard::guarded;
use crate::{
    library::{Adapter, Conduct, Hello, PlannedCall},
    system::Clock,
};

/// After so many calls that were not answered in time an operation is given up (`design.md` section 3).
const MOST_LATE: u32 = 3;

/// A library that is called on a thread of its own, one call at a time, with a limit for each.
pub(super) struct Patient {
    adapter: Arc<dyn Adapter>,
    limit: Duration,
    clock: Clock,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The thread that calls; gone once one of its calls did not come back.
    worker: Option<Sender<Job>>,
    /// How many calls of an operation were late.
    late: BTreeMap<String, u32>,
}

/// Calls that are to be made in this order.
struct Job {
    calls: Vec<PlannedCall>,
    progress: Arc<Mutex<Progress>>,
    done: Sender<()>,
}

/// How far a job is.
#[derive(Default)]
struct Progress {
    replies: Vec<Reply>,
    /// When the call that is being made began, in milliseconds of the clock.
    began: u64,
}

impl Patient {
    /// Puts a limit on each call of a library.
    pub(super) fn new(adapter: Arc<dyn Adapter>, limit: Duration) -> Self {
        Self { adapter, limit, clock: Clock::default(), state: Mutex::default() }
    }

    /// Makes calls until one does not come back: the replies, and one for the call that was late.
    fn until_late(&self, state: &mut State, calls: Vec<PlannedCall>) -> Vec<Reply> {
        let wanted = calls.len();
        let ops: Vec<String> = calls.iter().map(|call| call.op.clone()).collect();
        let progress =
            Arc::new(Mutex::new(Progress { began: self.clock.elapsed_ms(), ..Progress::default() }));
        let (done, ended) = mpsc::channel();
        let job = Job { calls, progress: Arc::clone(&progress), done };
        if state.worker.is_none() {
            state.worker = self.start();
        }
        let sent = state.worker.as_ref().is_some_and(|worker| worker.send(job).is_ok());
        if !sent {
            state.worker = None;
            let detail = "no thread could be started for the call".to_owned();
            return vec![Reply::Silent { detail }; wanted];
        }
        let mut left = self.limit;
        loop {
            match ended.recv_timeout(left) {
                Ok(()) | Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let began = locked(&progress).began;
                    let taken = Duration::from_millis(self.clock.elapsed_ms().saturating_sub(began));
                    match self.limit.checked_sub(taken).filter(|left| !left.is_zero()) {
                        Some(rest) => left = rest,
                        None => break,
                    }
                }
            }
        }
        let mut replies = std::mem::take(&mut locked(&progress).replies);
        if let Some(op) = ops.get(replies.len()) {
            // The thread is left behind with its call. It ends when that comes back, if ever.
            state.worker = None;
            *state.late.entry(op.clone()).or_default() += 1;
            replies.push(Reply::Silent { detail: format!("no answer within {}", in_words(self.limit)) });
        }
        replies
    }

    fn start(&self) -> Option<Sender<Job>> {
        let (jobs, due) = mpsc::channel::<Job>();
        let (adapter, clock) = (Arc::clone(&self.adapter), self.clock);
        let work = move || {
            while let Ok(job) = due.recv() {
                for call in &job.calls {
                    locked(&job.progress).began = clock.elapsed_ms();
                    let reply = guarded(|| adapter.call(&call.op, &call.input))
                        .unwrap_or_else(|detail| Reply::Crashed { detail });
                    locked(&job.progress).replies.push(reply);
                }
                // Nobody waits any more where a call was late.
                let _ = job.done.send(());
            }
        };
        thread::Builder::new().name("library".to_owned()).spawn(work).ok().map(|_| jobs)
    }
}

impl Adapter for Patient {
    fn hello(&self) -> &Hello {
        self.adapter.hello()
    }

    fn call(&self, op: &str, input: &str) -> Reply {
        let call = PlannedCall { op: op.to_owned(), input: input.to_owned() };
        let mut replies = self.call_all(&[call]);
        replies.pop().unwrap_or_else(|| Reply::Silent { detail: "the call was not made".to_owned() })
    }

    fn call_all(&self, calls: &[PlannedCall]) -> Vec<Reply> {
        let mut state = locked(&self.state);
        let mut replies: Vec<Reply> = Vec::with_capacity(calls.len());
        while let Some(rest) = calls.get(replies.len()..).filter(|rest| !rest.is_empty()) {
            let given_up =
                |call: &PlannedCall| state.late.get(&call.op).is_some_and(|late| *late >= MOST_LATE);
            let due: Vec<PlannedCall> = rest.iter().take_while(|call| !given_up(call)).cloned().collect();
            if due.is_empty() {
                let detail =
                    format!("given up: {MOST_LATE} calls of the operation were not answered in time");
                replies.push(Reply::Silent { detail });
            } else {
                replies.extend(self.until_late(&mut state, due));
            }
        }
        replies
    }

    fn conduct(&self) -> Option<Conduct> {
        self.adapter.conduct()
    }
}

/// What a lock guards here is whole at any time, so a panic of another thread changes nothing.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn in_words(limit: Duration) -> String {
    if limit < Duration::from_secs(1) {
        format!("{} ms", limit.as_millis())
    } else {
        format!("{} s", limit.as_secs())
    }
}
