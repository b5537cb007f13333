//! The thread that owns a conversation: it keeps the window full, the deadlines and the record, and starts the adapter once more where it has died.

use std::{
    collections::{HashMap, VecDeque},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender},
    time::{Duration, Instant},
};

use scopecheck_scenarios::laws::Reply;
use serde_json::{Value, json};

use super::{
    AdapterCommand, AdapterLimits, StartError,
    child::{Child, ended},
    flight::{Batches, Flights, Job},
    hello,
    kinds::Kind,
    lines::Line,
    record::{Record, brief, last_words},
    reply::{self, Said},
    requests::{ChildEvent, Event},
};
use crate::library::{Conduct, Hello};

/// After so many calls that were not answered in time, an operation is given up.
const OVERRUNS: u32 = 3;
/// After so many crashes, an operation is given up.
const CRASHES: u32 = 20;
/// After so many starts, the adapter is given up.
const RESTARTS: u32 = 200;
/// How long a process whose output is closed may take to end.
const ENDING: Duration = Duration::from_millis(500);

/// The conversation with an adapter.
pub(super) struct Pump {
    command: AdapterCommand,
    limits: AdapterLimits,
    events: Sender<Event>,
    inbox: Receiver<Event>,
    hello: Option<Hello>,
    child: Option<Child>,
    /// Which process this is, from 1.
    number: u32,
    seq: u64,
    /// The first `seq` of the process that runs.
    first: u64,
    queue: VecDeque<Job>,
    /// Calls that were in flight when the adapter died or hung: made once more, alone, to see which it was.
    suspects: VecDeque<Job>,
    /// Whether a suspect is in flight.
    alone: bool,
    /// What the suspects are suspected of, until one of them is found guilty.
    unexplained: Option<Kind>,
    /// Whether calls are made one at a time, for together they come to harm.
    narrow: bool,
    flights: Flights,
    batches: Batches,
    overruns: HashMap<String, u32>,
    crashes: HashMap<String, u32>,
    given_up: Option<String>,
    record: Record,
}

impl Pump {
    pub(super) fn new(
        command: AdapterCommand,
        limits: AdapterLimits,
        events: Sender<Event>,
        inbox: Receiver<Event>,
    ) -> Self {
        Self {
            command,
            limits,
            events,
            inbox,
            hello: None,
            child: None,
            number: 0,
            seq: 0,
            first: 1,
            queue: VecDeque::new(),
            suspects: VecDeque::new(),
            alone: false,
            unexplained: None,
            narrow: false,
            flights: Flights::default(),
            batches: Batches::default(),
            overruns: HashMap::new(),
            crashes: HashMap::new(),
            given_up: None,
            record: Record::default(),
        }
    }

    /// Starts the adapter for the first time.
    pub(super) fn begin(&mut self) -> Result<Hello, StartError> {
        let hello = self.start()?;
        self.hello = Some(hello.clone());
        Ok(hello)
    }

    /// Deals with everything that comes, until the end of the conversation.
    pub(super) fn run(&mut self) {
        loop {
            self.feed();
            let next = match self.flights.due(self.limits.call) {
                None => self.inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some((_, at)) => self.inbox.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            match next {
                Ok(Event::Calls(calls, to)) => self.queue.extend(self.batches.open(calls, to)),
                Ok(Event::Child(number, event)) if number == self.number => self.child_says(event),
                Ok(Event::Child(..)) => {}
                Ok(Event::Finish(to)) => {
                    let _ = to.send(self.finish());
                    return;
                }
                Ok(Event::Abort) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => self.overdue(),
            }
        }
    }

    /// Writes as many calls as the window takes.
    fn feed(&mut self) {
        let mut lines = Vec::new();
        while let Some(job) = self.next_job() {
            if let Some(why) = self.why_not(&job.call.op) {
                self.batches.settle(&job, Reply::Silent { detail: why });
                continue;
            }
            if self.child.is_none() && !self.restart() {
                self.queue.push_front(job);
                continue;
            }
            self.seq += 1;
            self.record.called();
            // White space between the members may hold line ends; inside of strings they are escaped.
            let input = job.call.input.replace(['\n', '\r'], " ");
            let op = Value::from(job.call.op.as_str());
            lines.extend_from_slice(
                format!("{{\"seq\":{},\"op\":{op},\"input\":{input}}}\n", self.seq).as_bytes(),
            );
            self.flights.sent(self.seq, job);
        }
        if let Some(child) = self.child.as_ref().filter(|_| !lines.is_empty()) {
            child.send(lines);
        }
    }

    /// The next call that may be made now.
    fn next_job(&mut self) -> Option<Job> {
        if self.flights.len() == 0 {
            self.alone = false;
        }
        if self.alone {
            return None;
        }
        if !self.suspects.is_empty() {
            self.alone = self.flights.len() == 0;
            return if self.alone { self.suspects.pop_front() } else { None };
        }
        if let Some(kind) = self.unexplained.take() {
            self.narrow = true;
            let what = match kind {
                Kind::CrashTogether => {
                    "the adapter ended with several calls in flight, and none of them alone makes it end"
                }
                _ => {
                    "several calls in flight were not all answered, and each of them is when it is made alone"
                }
            };
            self.record.breach(kind, "", what, "");
        }
        let announced = self.hello.as_ref().map_or(1, |hello| hello.max_in_flight.max(1));
        let window = if self.narrow { 1 } else { announced };
        if self.flights.len() < window { self.queue.pop_front() } else { None }
    }

    /// Why a call of this operation is not made any more.
    fn why_not(&self, op: &str) -> Option<String> {
        let over = |counts: &HashMap<String, u32>, most| counts.get(op).is_some_and(|count| *count >= most);
        if let Some(why) = &self.given_up {
            return Some(why.clone());
        }
        if over(&self.overruns, OVERRUNS) {
            return Some(format!("`{op}` is given up after {OVERRUNS} calls without an answer in time"));
        }
        over(&self.crashes, CRASHES).then(|| format!("`{op}` is given up after {CRASHES} crashes"))
    }

    fn child_says(&mut self, event: ChildEvent) {
        match event {
            ChildEvent::Lines(lines, _more) => {
                for line in lines {
                    self.line(&line);
                }
            }
            ChildEvent::Closed => self.died(),
        }
    }

    /// Takes a line in; gives the hello back, where it is one.
    fn line(&mut self, line: &Line) -> Option<Value> {
        let line = match line {
            Line::Whole(line) => line,
            Line::TooLong(octets) => {
                let what = format!("a line on standard output is longer than 16 MiB: {octets} octets");
                self.record.breach(Kind::TooLong, "", what, "");
                return None;
            }
        };
        let shown = || String::from_utf8_lossy(line);
        let (said, mark) = reply::read(line);
        if let Some(kind) = mark {
            self.record.breach(kind, "", "a line on standard output begins with a byte order mark", shown());
        }
        match said {
            Said::Nothing => {}
            Said::Hello(hello) => return Some(hello),
            Said::Wrong(kind, what) => self.record.breach(kind, "", what, shown()),
            Said::Reply(seq, reply, breach) => match self.flights.answered(seq) {
                Some(job) => {
                    self.record.replied();
                    if let (Some(kind), Reply::Garbled { detail }) = (breach, &reply) {
                        let what = format!("`{}` was answered with {detail}", job.call.op);
                        self.record.breach(kind, "", what, shown());
                    }
                    self.batches.settle(&job, reply);
                }
                None if (self.first..=self.seq).contains(&seq) => {
                    let what = format!("the call {seq} was answered more than once");
                    self.record.breach(Kind::Repeated, "", what, shown());
                }
                None => {
                    let what = format!("a reply has the `seq` {seq}, and no such call was made");
                    self.record.breach(Kind::Unasked, "", what, shown());
                }
            },
        }
        None
    }

    /// The adapter closed its output: it has died.
    fn died(&mut self) {
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
    fn overdue(&mut self) {
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

    /// Starts the adapter once more; where that fails, it is given up.
    fn restart(&mut self) -> bool {
        if self.number >= RESTARTS {
            self.given_up = Some(format!("the adapter is given up: it had to be started {RESTARTS} times"));
            return false;
        }
        self.record.restarted();
        match self.start() {
            Ok(hello) => {
                if self.hello.as_ref().is_some_and(|first| *first != hello) {
                    let what = "the adapter says something else of itself when it is started once more";
                    self.record.breach(Kind::OtherHello, "", what, format!("{hello:?}"));
                }
                true
            }
            Err(error) => {
                self.given_up = Some(format!("the adapter could not be started once more: {error}"));
                false
            }
        }
    }

    /// Starts a process and exchanges hellos.
    fn start(&mut self) -> Result<Hello, StartError> {
        let command = self.command.shown();
        self.number += 1;
        self.first = self.seq + 1;
        let child = Child::spawn(&self.command, self.number, self.events.clone())
            .map_err(|source| StartError::NotStarted { command: command.clone(), source })?;
        let suite = concat!("scopecheck ", env!("CARGO_PKG_VERSION"));
        child.send(format!("{}\n", json!({ "hello": { "protocol": 1, "suite": suite } })).into_bytes());
        self.child = Some(child);
        let until = Instant::now() + self.limits.hello;
        let mut other = None;
        loop {
            match self.inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Event::Calls(calls, to)) => self.queue.extend(self.batches.open(calls, to)),
                Ok(Event::Child(number, ChildEvent::Lines(lines, _more))) if number == self.number => {
                    let mut hello = None;
                    for line in lines {
                        other = other.or_else(|| first_words(&line));
                        let said = self.line(&line);
                        hello = hello.or_else(|| said.map(|said| (said, line)));
                    }
                    if let Some((said, line)) = hello {
                        return hello::read(&said, &mut self.record).map_err(|why| StartError::BadHello {
                            command,
                            said: first_words(&line).unwrap_or_default(),
                            why,
                            lines: self.last_lines(),
                        });
                    }
                }
                Ok(Event::Child(number, ChildEvent::Closed)) if number == self.number => {
                    let status = ended(self.child.as_mut().and_then(|child| child.status_within(ENDING)));
                    let lines = self.last_lines();
                    self.child = None;
                    return Err(StartError::Ended { command, status, lines });
                }
                Ok(Event::Child(..)) => {}
                Ok(Event::Finish(_) | Event::Abort) | Err(_) => {
                    let lines = self.last_lines();
                    self.child = None;
                    return Err(StartError::Silent { command, limit: self.limits.hello, said: other, lines });
                }
            }
        }
    }

    fn last_lines(&self) -> Vec<String> {
        self.child.as_ref().map(Child::last_lines).unwrap_or_default()
    }

    /// Says goodbye and waits for the end.
    fn finish(&mut self) -> Conduct {
        if let Some(mut child) = self.child.take() {
            child.send(b"{\"bye\":{}}\n".to_vec());
            let until = Instant::now() + self.limits.call;
            let mut open = true;
            while open {
                match self.inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
                    Ok(Event::Child(number, ChildEvent::Lines(lines, _more))) if number == self.number => {
                        for line in lines {
                            self.line(&line);
                        }
                    }
                    Ok(Event::Child(number, ChildEvent::Closed)) if number == self.number => open = false,
                    Ok(_) => {}
                    Err(_) => break,
                }
            }
            child.close();
            let status = child.status_within(until.saturating_duration_since(Instant::now()).max(ENDING));
            let last = last_words(&child.last_lines());
            match status {
                Some(status) if status.success() => {}
                Some(status) => {
                    let what = format!("after `bye` the adapter ended with {}", ended(Some(status)));
                    self.record.breach(Kind::Status, "", what, last);
                }
                None => {
                    let what = format!(
                        "the adapter was still there {} s after `bye`",
                        self.limits.call.as_secs_f32()
                    );
                    self.record.breach(Kind::Stays, "", what, last);
                }
            }
        }
        self.record.conduct().clone()
    }
}

/// What a line says, cut; nothing where it is blank.
fn first_words(line: &Line) -> Option<String> {
    match line {
        Line::Whole(line) => {
            let text = String::from_utf8_lossy(line);
            (!text.trim().is_empty()).then(|| brief(&text))
        }
        Line::TooLong(octets) => Some(format!("a line of {octets} octets")),
    }
}
