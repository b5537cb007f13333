//! A resource server that has been started.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::app::App;
use super::config::ResourceConfig;
use super::gate::{ConfigError, check};
use super::routes::routes;

/// Why the resource server did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The configuration cannot be meant so. Nothing has been bound.
    #[error(transparent)]
    Config(#[from] ConfigError),
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
    /// The HTTP client that asks the issuer for its keys could not be made.
    #[error("cannot make the HTTP client that asks the issuer: {0}; report this")]
    Client(#[from] reqwest::Error),
}

/// How long a shutdown waits for requests that are being answered.
const PATIENCE: Duration = Duration::from_secs(1);

/// A running resource server. Dropping it stops it: it takes no new connections and closes those that are idle.
#[derive(Debug)]
pub struct RunningResource {
    app: Arc<App>,
    // The server stops when this goes away.
    stop: Option<watch::Sender<()>>,
    task: Option<JoinHandle<()>>,
}

impl RunningResource {
    /// The address, `http://127.0.0.1:PORT`: the resource indicator of the plain operations (RFC 8707).
    pub fn url(&self) -> &str {
        &self.app.url
    }

    /// The address of the MCP endpoint, which is the resource indicator of its tools.
    pub fn mcp_url(&self) -> String {
        self.app.mcp_url()
    }

    /// Where the metadata of the plain operations stand (RFC 9728 section 3).
    pub fn metadata_url(&self) -> String {
        self.app.metadata_url("")
    }

    /// Stops the server and waits until its socket is closed; a request that takes its time is not waited for.
    pub async fn shutdown(mut self) {
        drop(self.stop.take());
        if let Some(mut task) = self.task.take()
            && timeout(PATIENCE, &mut task).await.is_err()
        {
            task.abort();
        }
    }
}

/// Starts the resource server. The configuration is checked before a socket is bound; the issuer is not asked for
/// anything before the first token comes, so that the two may be started in any order.
pub async fn start(config: ResourceConfig) -> Result<RunningResource, StartError> {
    check(&config)?;
    let port = config.port;
    let failed = |source| StartError::Bind { port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let app = Arc::new(App::new(config, format!("http://{address}"))?);
    let (stop, mut stopped) = watch::channel(());
    let router = routes(Arc::clone(&app));
    let task = tokio::spawn(async move {
        // Nothing is ever sent, so this ends with the error that the sender is gone.
        let stopped = async move { drop(stopped.changed().await) };
        // An error of one connection is that connection's; serving itself does not fail.
        drop(axum::serve(listener, router).with_graceful_shutdown(stopped).await);
    });
    Ok(RunningResource { app, stop: Some(stop), task: Some(task) })
}
