//! A server that has been started.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::app::App;
use super::config::ServerConfig;
use super::jwt::SigningKey;
use super::log::{Level, Record};
use super::routes::routes;
use super::start_gates;
use super::upstream;
use crate::faults::Fault;
use crate::registration::GateError;
use crate::scope::ScopeError;

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The baseline holds a scope that is not supported (CFG-05). Nothing has been bound.
    #[error(transparent)]
    Baseline(#[from] GateError),
    /// A configured scope is outside the grammar of RFC 6749 section 3.3. Nothing has been bound.
    #[error("{field} holds {scope:?}, which is no scope: {source}")]
    Scope {
        /// The list that holds it.
        field: &'static str,
        /// What is written there.
        scope: String,
        /// What is wrong with it.
        source: ScopeError,
    },
    /// The same in the words of a server with a fault.
    #[error("{0}")]
    InOtherWords(String),
    /// The port could not be had.
    #[error(
        "cannot listen on 127.0.0.1:{port}: {source}; choose another port, or 0 to let the system choose"
    )]
    Bind {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
    /// The key that signs access tokens could not be made.
    #[error("cannot make the key that signs access tokens: {0}; choose opaque tokens and report this")]
    Key(#[from] jsonwebtoken::errors::Error),
}

/// How long a shutdown waits for requests that are being answered.
const PATIENCE: Duration = Duration::from_secs(1);

/// A running server. Dropping it stops it: it takes no new connections and closes those that are idle.
#[derive(Debug)]
pub struct RunningServer {
    app: Arc<App>,
    // The server stops when this goes away.
    stop: Option<watch::Sender<()>>,
    tasks: Vec<JoinHandle<()>>,
}

impl RunningServer {
    /// The issuer, `http://127.0.0.1:PORT`.
    pub fn issuer(&self) -> &str {
        &self.app.issuer
    }

    /// The origin of the stub identity provider, if there is one.
    pub fn upstream_origin(&self) -> Option<&str> {
        self.app.upstream.as_deref()
    }

    /// How many clients are registered: a refused registration leaves none behind (DCR-01).
    pub fn registered_clients(&self) -> usize {
        self.app.store().clients.len()
    }

    /// The scopes that are stored for a client, which is what its echo must show (DCR-06).
    pub fn registered_scope(&self, client_id: &str) -> Option<Vec<String>> {
        self.app.store().clients.get(client_id).map(|client| client.scope.clone())
    }

    /// Replaces the scopes that are stored for a client, as an operator might between a request and its code
    /// (E2E-07). Tells whether there is such a client.
    pub fn replace_registered_scope(&self, client_id: &str, scope: Vec<String>) -> bool {
        let mut store = self.app.store();
        let client = store.clients.get_mut(client_id);
        client.map(|client| client.scope = scope).is_some()
    }

    /// Stops the server and waits until its sockets are closed; a request that takes its time is not waited for.
    pub async fn shutdown(mut self) {
        drop(self.stop.take());
        for mut task in std::mem::take(&mut self.tasks) {
            if timeout(PATIENCE, &mut task).await.is_err() {
                task.abort();
            }
        }
    }
}

/// Starts the server. The baseline is checked at all three gates before a key is made, a socket is bound or a record is
/// logged (CFG-05).
pub async fn start(config: ServerConfig) -> Result<RunningServer, StartError> {
    start_gates::check(&config)?;
    let key = SigningKey::generate()?;
    let (listener, issuer) = bind(config.port).await?;
    let upstream = if config.upstream { Some(bind(0).await?) } else { None };
    let (upstream_listener, upstream_origin) = upstream.unzip();
    let callback = format!("{issuer}/oauth/callback");
    let app = Arc::new(App::new(config, issuer, upstream_origin, key));
    let (stop, stopped) = watch::channel(());
    let mut tasks = vec![serve(listener, routes(Arc::clone(&app)), stopped.clone())];
    for _ in 0..announced(&app) {
        // When nothing can keep the server from starting any more (LOG-01).
        app.log(|| {
            Record::new(Level::Info, "a baseline is in effect: every client that registers gains it")
                .with("baseline", app.policy.baseline.clone())
        });
    }
    tasks.extend(upstream_listener.map(|listener| serve(listener, upstream::routes(callback), stopped)));
    Ok(RunningServer { app, stop: Some(stop), tasks })
}

/// How often a baseline in effect is told: once.
fn announced(app: &App) -> usize {
    match app.policy.baseline.is_empty() {
        _ if app.has(Fault::BaselineLoggedAlways) => 3,
        _ if app.has(Fault::BaselineUnlogged) => 0,
        none => usize::from(!none),
    }
}

/// Binds a port of the loopback interface, and tells the origin that it stands for.
async fn bind(port: u16) -> Result<(TcpListener, String), StartError> {
    let failed = |source| StartError::Bind { port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, format!("http://{address}")))
}

/// Serves until the sender of `stopped` goes away.
fn serve(listener: TcpListener, router: Router, mut stopped: watch::Receiver<()>) -> JoinHandle<()> {
    tokio::spawn(async move {
        // Nothing is ever sent, so this ends with the error that the sender is gone.
        let stopped = async move { drop(stopped.changed().await) };
        // An error of one connection is that connection's; serving itself does not fail.
        drop(axum::serve(listener, router).with_graceful_shutdown(stopped).await);
    })
}
