//! The listener of a scripted world.

use std::{
    io,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use scopecheck_scenarios::model::{Case, Step};
use tokio::sync::Notify;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use super::{
    Logged, callback,
    gate::{Gate, LIMIT},
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
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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
        let forged = state.forged.take();
        drop(state);
        if forged.is_some_and(|url| callback::reaches(&url)) {
            self.state().note("forged_callback");
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
        let targets = Targets::default();
        let gate =
            Gate::open(*server.address(), targets.clone(), Arc::clone(&too_much), Arc::clone(&flooded))
                .await?;
        let origin = format!("http://{}", gate.address);
        let state = State { targets, ..State::new(origin.clone(), base, dice, clock) };
        let shared = Shared { state: Arc::new(Mutex::new(state)), flooded, too_much };
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
        state.ahead = steps.iter().map(|step| Ahead::of(case, step)).collect();
        let runs = steps.iter().filter_map(|step| step.at_once).max().unwrap_or(1);
        state.runs = usize::try_from(runs).unwrap_or(1);
        state.tools = state.ahead.iter().filter_map(|ahead| ahead.operation.clone()).collect();
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

    /// What was put down since the last time.
    pub(in crate::client) fn take_log(&self) -> Vec<Logged> {
        std::mem::take(&mut self.shared.state().log)
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
