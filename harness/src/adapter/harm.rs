//! What comes of a process that dies or does not answer: the call that causes it is found, and the others are made once more.

use std::time::Duration;

use scopecheck_scenarios::laws::Reply;

use super::{
    child::ended,
    kinds::Kind,
    pump::Pump,
    record::{brief, last_words},
};

/// How long a process whose output is closed may take to end.
pub(super) const ENDING: Duration = Duration::from_millis(500);

impl Pump {
    /// The adapter closed its output: it has died.
    pub(super) fn died(&mut self) {
        let Some(mut child) = self.child.take() else { return };
        let how = ended(child.status_within(ENDING));
        let lines = child.last_lines();
        drop(child);
        let last = last_words(&lines);
        let mut jobs = self.flights.recall();
        match (jobs.pop(), jobs.is_empty()) {
            (None, _) => {
                let what = format!("the adapter ended while nothing was asked of it: {how}");
                self.record.breach(Kind::Left, "", what, last);
            }
            (Some(job), true) => {
                self.unexplained = None;
                let op = job.call.op.clone();
                *self.crashes.entry(op.clone()).or_default() += 1;
                let what = format!("the adapter died over `{op}` of {}: {how}", brief(&job.call.input));
                self.record.breach(Kind::Crash, &op, what, last);
                let word = lines.last().map(|line| format!("; last on standard error: {}", brief(line)));
                let detail = format!("{how}{}", word.unwrap_or_default());
                self.batches.settle(&job, Reply::Crashed { detail });
            }
            (Some(job), false) => {
                jobs.push(job);
                self.unexplained = Some(Kind::CrashTogether);
                self.suspects.extend(jobs);
            }
        }
    }

    /// A call is overdue: nothing more comes of this process.
    pub(super) fn overdue(&mut self) {
        let Some((late, _)) = self.flights.due(self.limits.call) else { return };
        self.child = None;
        let mut jobs = self.flights.recall();
        if jobs.len() > 1 {
            // All of them are asked once more, alone: the answers of the others may only have been stuck behind it.
            self.unexplained = Some(Kind::LostTogether);
            self.suspects.extend(jobs);
            return;
        }
        let Some(job) = jobs.pop() else { return };
        self.unexplained = None;
        let limit = self.limits.call.as_secs_f32();
        let op = job.call.op.clone();
        *self.overruns.entry(op.clone()).or_default() += 1;
        let what =
            format!("`{op}` of {} was not answered within {limit} s (call {late})", brief(&job.call.input));
        self.record.breach(Kind::Overrun, &op, what, "");
        self.batches.settle(&job, Reply::Silent { detail: format!("no answer within {limit} s") });
    }
}
