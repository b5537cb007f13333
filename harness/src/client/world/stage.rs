//! The listener of a scripted world.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use scopecheck_scenarios::model::Case;
use tokio::sync::Notify;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use super::{Logged, resource::BASE, rules::Rules, state::State};
use crate::system::{Clock, Dice};

/// A scripted world that listens.
pub(in crate::client) struct World {
    server: Option<MockServer>,
    origin: String,
    shared: Shared,
}

/// What the listener and the run share.
#[derive(Clone)]
struct Shared {
    state: Arc<Mutex<State>>,
    flooded: Arc<Notify>,
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
        state.answer(request)
    }
}

impl World {
    /// Opens a world on a loopback port.
    pub(in crate::client) async fn open(dice: Dice, clock: Clock) -> Self {
        // A listener and no more: one mock that catches everything, whose answers come from the state.
        let server = MockServer::builder().disable_request_recording().start().await;
        let state = State::new(server.uri(), dice, clock);
        let shared = Shared { state: Arc::new(Mutex::new(state)), flooded: Arc::new(Notify::new()) };
        Mock::given(any()).respond_with(shared.clone()).mount(&server).await;
        Self { origin: server.uri(), server: Some(server), shared }
    }

    /// The origin of the world, which is its issuer.
    pub(in crate::client) fn origin(&self) -> String {
        self.origin.clone()
    }

    /// The URL of the protected resource.
    pub(in crate::client) fn url(&self) -> String {
        format!("{}{BASE}", self.origin)
    }

    /// From now on, the rules of this step hold.
    pub(in crate::client) fn enter(&self, case: &Case, step: &str) {
        let mut state = self.shared.state();
        state.rules = Rules::during(case, step);
        step.clone_into(&mut state.step);
    }

    /// Waits until the client loops, and says how.
    pub(in crate::client) async fn looping(&self) -> String {
        loop {
            self.shared.flooded.notified().await;
            if let Some(why) = self.shared.state().loops() {
                return why;
            }
        }
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
