//! The listener of a scripted world.

use std::{
    io,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use scopecheck_scenarios::model::{Case, Step};
use tokio::{runtime::Handle, sync::Notify};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use super::{
    Logged,
    callback::{Callback, Callbacks},
    gate::{Gate, LIMIT},
    overlap,
    rules::Rules,
    run::Ahead,
    state::State,
    verbatim::Targets,
};
use crate::system::{Clock, Dice};

/// A scripted world that listens.
pub(in crate::client) struct World {
    server: Option<MockServer>,
    _gate: Gate,
    origin: String,
    base: &'static str,
    shared: Shared,
}

/// What the listener and the run share.
#[derive(Clone)]
struct Shared {
    state: Arc<Mutex<State>>,
    flooded: Arc<Notify>,
    /// Whether a connection brought more than the gate lets in.
    too_much: Arc<AtomicBool>,
    /// The callbacks that are under way.
    callbacks: Callbacks,
    /// Where they are sent from: the listener has other things to do.
    runtime: Handle,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends callbacks that go out before the answer to the request at this place of the log; the gate holds that answer so long.
    fn send(&self, callbacks: Vec<Callback>, at: usize) {
        let (shared, under_way) = (self.clone(), self.callbacks.begin());
        self.runtime.spawn(async move {
            for callback in callbacks {
                let became = callback.send().await;
                shared.state().called(at, &callback, became);
            }
            if shared.state().lost {
                shared.flooded.notify_one();
            }
            drop(under_way);
        });
    }
}

impl Respond for Shared {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut state = self.state();
        if state.loops().is_some() {
            // The loop is stopped from outside; until then it gets nothing more.
            self.flooded.notify_one();
            return ResponseTemplate::new(503);
        }
        let answer = state.answer(request);
        let callbacks = std::mem::take(&mut state.callbacks);
        if !callbacks.is_empty() {
            self.send(callbacks, state.log.len().saturating_sub(1));
        }
        answer
    }
}

impl World {
    /// Opens a world on a loopback port, with its resource at this path.
    pub(in crate::client) async fn open(base: &'static str, dice: Dice, clock: Clock) -> io::Result<Self> {
        // A listener and no more: one mock that catches everything, whose answers come from the state.
        let server = MockServer::builder().disable_request_recording().start().await;
        let (flooded, too_much) = (Arc::new(Notify::new()), Arc::new(AtomicBool::new(false)));
        let (targets, callbacks) = (Targets::default(), Callbacks::default());
        let (heard, waited, told) = (targets.clone(), callbacks.clone(), Arc::clone(&flooded));
        let gate = Gate::open(*server.address(), heard, waited, Arc::clone(&too_much), told).await?;
        let origin = format!("http://{}", gate.address);
        let state = State { targets, ..State::new(origin.clone(), base, dice, clock) };
        let (state, runtime) = (Arc::new(Mutex::new(state)), Handle::current());
        let shared = Shared { state, flooded, too_much, callbacks, runtime };
        Mock::given(any()).respond_with(shared.clone()).mount(&server).await;
        Ok(Self { origin, base, server: Some(server), _gate: gate, shared })
    }

    /// The origin of the world.
    pub(in crate::client) fn origin(&self) -> String {
        self.origin.clone()
    }

    /// The URL of the protected resource.
    pub(in crate::client) fn url(&self) -> String {
        format!("{}{}", self.origin, self.base)
    }

    /// From now on, the rules of the first of these steps hold; those of the others once their operations are called.
    pub(in crate::client) fn enter(&self, case: &Case, steps: &[&Step]) {
        let mut state = self.shared.state();
        state.lost = false;
        state.ahead = steps.iter().map(|step| Ahead::of(case, step)).collect();
        let processes = steps.iter().filter_map(|step| step.at_once).max().unwrap_or(1);
        let calls = steps.iter().map(|step| step.operations().len()).max().unwrap_or(1);
        state.at_once = usize::try_from(processes).unwrap_or(1).saturating_mul(calls.max(1));
        state.alone = processes == 1;
        state.tools = state.ahead.iter().flat_map(|ahead| ahead.operations.clone()).collect();
        state.go_on(0);
    }

    /// The scopes that an operation takes while this step runs, with a space between two.
    pub(in crate::client) fn required(case: &Case, step: &Step, operation: &str) -> String {
        let rules = Rules::during(case, step.id.as_str());
        let required = rules.requires.get(operation);
        required.map_or_else(String::new, |scopes| scopes.iter().collect::<Vec<_>>().join(" "))
    }

    /// The step that the run has come to.
    pub(in crate::client) fn at(&self) -> String {
        self.shared.state().step.clone()
    }

    /// Waits until the client loops, and says how.
    pub(in crate::client) async fn looping(&self) -> String {
        loop {
            self.shared.flooded.notified().await;
            if self.shared.too_much.load(Ordering::Relaxed) {
                return format!("it sent more than {} MiB through one connection", LIMIT >> 20);
            }
            if let Some(why) = self.shared.state().loops() {
                return why;
            }
        }
    }

    /// Every token that was issued and not taken back.
    pub(in crate::client) fn issued(&self) -> Vec<String> {
        let state = self.shared.state();
        state.tokens.keys().chain(state.refresh_tokens.keys()).cloned().collect()
    }

    /// What was put down since the last time, once no callback is under way any more.
    pub(in crate::client) async fn take_log(&self) -> Vec<Logged> {
        self.shared.callbacks.done().await;
        let mut state = self.shared.state();
        let mut log = std::mem::take(&mut state.log);
        // Which of several processes a login belongs to cannot be seen.
        if state.alone {
            overlap::note(&mut log);
        }
        log
    }

    /// Whether a callback of this step went to where nobody listens.
    pub(in crate::client) fn unheard(&self, step: &str) -> bool {
        self.shared.state().unheard.contains(step)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // The drop of the listener blocks, which a task must not do.
        if let Some(server) = self.server.take() {
            std::thread::spawn(move || drop(server));
        }
    }
}
