//! The stage: one wiremock server that every script is played on, one after another.
//!
//! wiremock is a listener and nothing more here: one catch-all mock whose answers come from the player. Its own matching, its drop and its
//! scoped mocks have traps that scripts would step into.

use std::sync::{Arc, Mutex, PoisonError};

use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use super::{Play, Player};
use crate::engine::StepHook;

/// The stage.
pub struct Stage {
    server: MockServer,
    player: Arc<Mutex<Player>>,
}

impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stage").field("origin", &self.origin()).finish_non_exhaustive()
    }
}

struct Prompter(Arc<Mutex<Player>>);

impl Respond for Prompter {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).answer(request)
    }
}

impl Stage {
    /// Opens the stage on a loopback port.
    pub async fn open() -> Self {
        let server = MockServer::builder().disable_request_recording().start().await;
        let player = Arc::new(Mutex::new(Player { origin: server.uri(), ..Player::default() }));
        Mock::given(any()).respond_with(Prompter(Arc::clone(&player))).mount(&server).await;
        Self { server, player }
    }

    /// Where it listens.
    pub fn origin(&self) -> String {
        self.server.uri()
    }

    /// Puts another script on.
    pub fn put_on(&self, play: Play) {
        let mut player = self.player.lock().unwrap_or_else(PoisonError::into_inner);
        player.play = Some(play);
        player.step.clear();
    }

    /// Tells the player which step is being done.
    pub fn hook(&self) -> StepHook {
        let player = Arc::clone(&self.player);
        Arc::new(move |step: &str| {
            step.clone_into(&mut player.lock().unwrap_or_else(PoisonError::into_inner).step);
        })
    }

    /// Closes the stage. Its drop blocks, which a task must not do.
    pub async fn close(self) {
        // Nothing is lost where the thread pool is gone already: the process is ending.
        let _joined = tokio::task::spawn_blocking(move || drop(self.server)).await;
    }
}
