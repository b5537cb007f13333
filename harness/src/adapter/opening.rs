//! The beginning of a conversation: a process is started, and hellos are exchanged.

use std::time::Instant;

use serde_json::json;

use super::{
    StartError,
    child::{Child, ended},
    harm::ENDING,
    hello,
    kinds::Kind,
    lines::Line,
    pump::Pump,
    record::brief,
    requests::{ChildEvent, Event},
};
use crate::library::Hello;

/// After so many starts, the adapter is given up.
const RESTARTS: u32 = 500;

impl Pump {
    /// Starts the adapter once more; where that fails, it is given up.
    pub(super) fn restart(&mut self) -> bool {
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
    pub(super) fn start(&mut self) -> Result<Hello, StartError> {
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
                        match (said, &hello) {
                            (Some(said), None) => hello = Some((said, line)),
                            (Some(said), Some(_)) => {
                                let what = "the adapter says hello although it has done so";
                                self.record.breach(Kind::SecondHello, "", what, said.to_string());
                            }
                            (None, _) => {}
                        }
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
                ended @ (Ok(Event::Finish(_) | Event::Abort) | Err(_)) => {
                    self.ending = ended.ok();
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
