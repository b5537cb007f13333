//! The runtime of a run, and how it ends early.

use std::{sync::Arc, time::Duration};

use tokio::sync::Notify;

use crate::{cli::CliError, target::interrupted};

/// How long each stage of ending early may take.
const GRACE: Duration = Duration::from_secs(5);

/// The runtime of a run.
pub(in crate::cli) fn runtime() -> Result<tokio::runtime::Runtime, CliError> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| CliError::incomplete(format!("the runtime cannot be started: {error}")))
}

/// Told when the user wants to stop.
pub(in crate::cli) fn listen() -> Arc<Stop> {
    let stop = Arc::new(Stop { asked: Arc::new(Notify::new()), early: Notify::new() });
    let told = Arc::clone(&stop);
    tokio::spawn(async move {
        if interrupted().await.is_ok() {
            told.asked.notify_one();
            // What does not come to its end soon (an installation, a start, a clean-up) is dropped; its processes end with it.
            tokio::time::sleep(GRACE).await;
            told.early.notify_one();
            // Nor may a subject that keeps us busy keep us alive. The watchdogs of targets end what was started.
            tokio::time::sleep(GRACE).await;
            end_now();
        }
    });
    stop
}

#[expect(clippy::exit, reason = "the run was asked to end twice, and the thread that should do so is busy")]
fn end_now() {
    std::process::exit(130);
}

/// The wish to stop: first politely, then at once.
#[derive(Debug)]
pub(in crate::cli) struct Stop {
    pub(in crate::cli) asked: Arc<Notify>,
    early: Notify,
}

impl Stop {
    /// Comes back when the polite wish was not enough.
    pub(in crate::cli) async fn at_once(&self) {
        self.early.notified().await;
    }
}
