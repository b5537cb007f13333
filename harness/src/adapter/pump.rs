//! The thread that owns a conversation: it keeps the window full, the deadlines and the record, and starts the adapter once more where it has died.

use std::{
    collections::{HashMap, VecDeque},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender},
    time::Instant,
};

use scopecheck_scenarios::laws::Reply;
use serde_json::Value;

use super::{
    AdapterCommand, AdapterLimits, StartError,
    child::Child,
    flight::{Batches, Flights, Job},
    kinds::Kind,
    lines::Line,
    record::Record,
    reply::{self, Said},
    requests::{ChildEvent, Event},
};
use crate::library::Hello;

/// After so many calls that were not answered in time, an operation is given up.
const OVERRUNS: u32 = 3;
/// After so many crashes, an operation is given up.
const CRASHES: u32 = 64;

/// The conversation with an adapter.
pub(super) struct Pump {
    pub(super) command: AdapterCommand,
    pub(super) limits: AdapterLimits,
    pub(super) events: Sender<Event>,
    pub(super) inbox: Receiver<Event>,
    pub(super) hello: Option<Hello>,
    pub(super) child: Option<Child>,
    /// Which process this is, from 1.
    pub(super) number: u32,
    pub(super) seq: u64,
    /// The first `seq` of the process that runs.
    pub(super) first: u64,
    pub(super) queue: VecDeque<Job>,
    /// Calls that were in flight when the adapter died or hung: made once more, alone, to see which it was.
    pub(super) suspects: VecDeque<Job>,
    /// Whether a suspect is in flight.
    pub(super) alone: bool,
    /// What the suspects are suspected of, until one of them is found guilty.
    pub(super) unexplained: Option<Kind>,
    /// Whether calls are made one at a time, for together they come to harm.
    pub(super) narrow: bool,
    pub(super) flights: Flights,
    pub(super) batches: Batches,
    pub(super) overruns: HashMap<String, u32>,
    pub(super) crashes: HashMap<String, u32>,
    pub(super) given_up: Option<String>,
    /// What ends the conversation, where it came while a process was being started.
    pub(super) ending: Option<Event>,
    pub(super) record: Record,
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
            ending: None,
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
                _ if self.ending.is_some() => self.ending.take().ok_or(RecvTimeoutError::Timeout),
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

    /// Writes calls, and says how many are in flight.
    fn feed(&mut self) {
        self.refill();
        if let Some(child) = &self.child {
            child.waits_for(self.flights.len());
        }
    }

    /// Writes as many calls as the window takes.
    fn refill(&mut self) {
        let mut lines = Vec::new();
        // Half a window at a time: a refill for each reply would wake a thread and the adapter for each.
        if self.flights.len() > self.window() / 2 && !self.alone {
            return;
        }
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
            write_call(&mut lines, self.seq, &job);
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
        if self.flights.len() < self.window() { self.queue.pop_front() } else { None }
    }

    /// How many calls may be in flight.
    fn window(&self) -> usize {
        let announced = self.hello.as_ref().map_or(1, |hello| hello.max_in_flight.max(1));
        if self.narrow { 1 } else { announced }
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
                    self.line_of_a_call(&line);
                }
            }
            ChildEvent::Closed => self.died(),
        }
    }

    /// Takes a line in behind the hello, where another one is a breach.
    pub(super) fn line_of_a_call(&mut self, line: &Line) {
        if let Some(hello) = self.line(line) {
            let what = "the adapter says hello although it has done so";
            self.record.breach(Kind::SecondHello, "", what, hello.to_string());
        }
    }

    /// Takes a line in; gives the hello back, where it is one.
    pub(super) fn line(&mut self, line: &Line) -> Option<Value> {
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
}

/// Appends the line of a call.
fn write_call(lines: &mut Vec<u8>, seq: u64, job: &Job) {
    let op = Value::from(job.call.op.as_str());
    lines.extend_from_slice(format!("{{\"seq\":{seq},\"op\":{op},\"input\":").as_bytes());
    // White space between the members may hold line ends; inside of strings they are escaped.
    let input = job.call.input.bytes();
    lines.extend(input.map(|octet| if matches!(octet, b'\n' | b'\r') { b' ' } else { octet }));
    lines.extend_from_slice(b"}\n");
}
