//! An adapter in a process, as the suite sees it.

use std::{
    fmt,
    sync::{
        Mutex, PoisonError,
        mpsc::{self, Sender},
    },
    thread::{self, JoinHandle},
};

use scopecheck_scenarios::laws::Reply;

use super::{AdapterCommand, AdapterLimits, StartError, pump::Pump, requests::Event};
use crate::library::{Adapter, Conduct, Hello, PlannedCall};

/// An adapter in a process of its own. The process group ends with this.
pub struct ProcessAdapter {
    hello: Hello,
    /// Behind a lock, for a sender is not shared between threads.
    to: Mutex<Sender<Event>>,
    conduct: Mutex<Option<Conduct>>,
    thread: Option<JoinHandle<()>>,
}

impl fmt::Debug for ProcessAdapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProcessAdapter").field("hello", &self.hello).finish_non_exhaustive()
    }
}

impl ProcessAdapter {
    /// Starts an adapter and says hello. Blocks until it has answered.
    pub fn start(command: AdapterCommand, limits: AdapterLimits) -> Result<Self, StartError> {
        let (to, inbox) = mpsc::channel();
        let (ready, first) = mpsc::channel();
        let shown = command.shown();
        let events = to.clone();
        let thread = thread::spawn(move || {
            let mut pump = Pump::new(command, limits, events, inbox);
            match pump.begin() {
                Ok(hello) => {
                    if ready.send(Ok(hello)).is_ok() {
                        pump.run();
                    }
                }
                Err(error) => {
                    let _ = ready.send(Err(error));
                }
            }
        });
        let lost = || StartError::NotStarted {
            command: shown,
            source: std::io::Error::other("the driver ended, which is a mistake of scopecheck"),
        };
        let hello = first.recv().map_err(|_| lost())??;
        Ok(Self { hello, to: Mutex::new(to), conduct: Mutex::new(None), thread: Some(thread) })
    }

    fn tell(&self, event: Event) -> bool {
        self.to.lock().unwrap_or_else(PoisonError::into_inner).send(event).is_ok()
    }
}

impl Adapter for ProcessAdapter {
    fn hello(&self) -> &Hello {
        &self.hello
    }

    fn call(&self, op: &str, input: &str) -> Reply {
        let call = PlannedCall { op: op.to_owned(), input: input.to_owned() };
        self.call_all(&[call]).pop().unwrap_or_else(gone)
    }

    fn call_all(&self, calls: &[PlannedCall]) -> Vec<Reply> {
        let (back, replies) = mpsc::channel();
        let told = self.tell(Event::Calls(calls.to_vec(), back));
        let replies = if told { replies.recv().ok() } else { None };
        replies.unwrap_or_else(|| calls.iter().map(|_| gone()).collect())
    }

    fn conduct(&self) -> Option<Conduct> {
        let mut known = self.conduct.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_none() {
            let (back, conduct) = mpsc::channel();
            if self.tell(Event::Finish(back)) {
                *known = conduct.recv().ok();
            }
        }
        known.clone()
    }
}

impl Drop for ProcessAdapter {
    fn drop(&mut self) {
        self.tell(Event::Abort);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The reply of a conversation that has ended.
fn gone() -> Reply {
    Reply::Silent { detail: "the conversation with the adapter has ended".to_owned() }
}
