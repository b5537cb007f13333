//! Calls on their way: queued, in flight, answered.

use std::{
    collections::{BTreeMap, HashMap},
    sync::mpsc::Sender,
    time::{Duration, Instant},
};

use scopecheck_scenarios::laws::Reply;

use crate::library::PlannedCall;

/// One call of a batch.
#[derive(Debug)]
pub(super) struct Job {
    /// The batch.
    batch: u64,
    /// Its place in the batch.
    place: usize,
    /// The call.
    pub(super) call: PlannedCall,
}

/// The batches whose replies are not complete.
#[derive(Debug, Default)]
pub(super) struct Batches {
    open: HashMap<u64, Batch>,
    last: u64,
}

#[derive(Debug)]
struct Batch {
    replies: Vec<Option<Reply>>,
    left: usize,
    to: Sender<Vec<Reply>>,
}

impl Batches {
    /// Opens a batch and gives its jobs. An empty one is answered at once.
    pub(super) fn open(&mut self, calls: Vec<PlannedCall>, to: Sender<Vec<Reply>>) -> Vec<Job> {
        if calls.is_empty() {
            let _ = to.send(Vec::new());
            return Vec::new();
        }
        self.last += 1;
        let batch = self.last;
        self.open.insert(batch, Batch { replies: vec![None; calls.len()], left: calls.len(), to });
        calls.into_iter().enumerate().map(|(place, call)| Job { batch, place, call }).collect()
    }

    /// Settles a job; the batch is sent back with its last one.
    pub(super) fn settle(&mut self, job: &Job, reply: Reply) {
        let Some(batch) = self.open.get_mut(&job.batch) else { return };
        if let Some(place @ None) = batch.replies.get_mut(job.place) {
            *place = Some(reply);
            batch.left -= 1;
        }
        if batch.left > 0 {
            return;
        }
        if let Some(batch) = self.open.remove(&job.batch) {
            // Whoever asked may have stopped waiting.
            let _ = batch.to.send(batch.replies.into_iter().flatten().collect());
        }
    }
}

/// A call that was written and not answered yet.
#[derive(Debug)]
pub(super) struct Flight {
    /// The job.
    pub(super) job: Job,
    sent: Instant,
    overtaken: Option<Instant>,
}

/// The calls in flight, by their `seq`.
#[derive(Debug, Default)]
pub(super) struct Flights {
    flying: BTreeMap<u64, Flight>,
    progress: Option<Instant>,
}

impl Flights {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.flying.len()
    }

    /// A call has been written.
    pub(super) fn sent(&mut self, seq: u64, job: Job) {
        self.flying.insert(seq, Flight { job, sent: Instant::now(), overtaken: None });
    }

    /// A call has been answered; `None` where it is not in flight.
    pub(super) fn answered(&mut self, seq: u64) -> Option<Job> {
        let flight = self.flying.remove(&seq)?;
        let now = Instant::now();
        self.progress = Some(now);
        for (_, earlier) in self.flying.range_mut(..seq) {
            earlier.overtaken.get_or_insert(now);
        }
        Some(flight.job)
    }

    /// The call that is overdue first, and when. A call waits for its turn as long as others are answered, for most adapters answer one after the other;
    /// one that has been overtaken has had its turn.
    pub(super) fn due(&self, limit: Duration) -> Option<(u64, Instant)> {
        let begins = |flight: &Flight| {
            flight.overtaken.unwrap_or_else(|| self.progress.map_or(flight.sent, |at| at.max(flight.sent)))
        };
        let due = self.flying.iter().map(|(seq, flight)| (*seq, begins(flight) + limit));
        due.min_by_key(|(seq, at)| (*at, *seq))
    }

    /// Takes everything back, the oldest first.
    pub(super) fn recall(&mut self) -> Vec<Job> {
        self.progress = None;
        std::mem::take(&mut self.flying).into_values().map(|flight| flight.job).collect()
    }
}
