//! The listener behind the redirect URI: the loopback interface only, for the time of one flow.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};

use super::{Callback, read_callback};

/// The path of the redirect URI.
const PATH: &str = "/callback";

/// A bound port that serves nothing yet.
#[derive(Debug)]
pub(in crate::client) struct Listener {
    socket: TcpListener,
    redirect_uri: String,
}

/// What the handler shares with the one who waits.
struct Desk {
    /// The `state` of our request; `None` where any will do, which is a fault.
    state: Option<String>,
    answer: Mutex<Option<oneshot::Sender<Callback>>>,
}

impl Listener {
    /// Binds a port of the loopback interface; 0 lets the system choose.
    pub(in crate::client) async fn bind(port: u16) -> io::Result<Self> {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let redirect_uri = format!("http://{}{PATH}", socket.local_addr()?);
        Ok(Self { socket, redirect_uri })
    }

    /// The redirect URI that leads here.
    pub(in crate::client) fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// Serves until the answer to the request with this `state` has come, or with any where none is given. Dropping the waiting stops it.
    pub(in crate::client) fn wait(self, state: Option<&str>) -> Waiting {
        let (sender, receiver) = oneshot::channel();
        let desk = Arc::new(Desk { state: state.map(str::to_owned), answer: Mutex::new(Some(sender)) });
        let router = Router::new().route(PATH, any(answer)).fallback(elsewhere).with_state(desk);
        let (stop, mut stopped) = watch::channel(());
        let (gone, closed) = oneshot::channel();
        let door = Door { socket: self.socket, _gone: gone };
        tokio::spawn(async move {
            let stopped = async move { drop(stopped.changed().await) };
            drop(axum::serve(door, router).with_graceful_shutdown(stopped).await);
        });
        Waiting { receiver, stop, closed }
    }
}

/// A socket that tells when it is closed. The fields go away in this order.
struct Door {
    socket: TcpListener,
    _gone: oneshot::Sender<()>,
}

impl axum::serve::Listener for Door {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        axum::serve::Listener::accept(&mut self.socket).await
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }
}

/// An answer that is waited for.
pub(in crate::client) struct Waiting {
    receiver: oneshot::Receiver<Callback>,
    // The listener stops when this goes away; the page that tells so is still sent.
    stop: watch::Sender<()>,
    closed: oneshot::Receiver<()>,
}

impl Waiting {
    /// The answer, if it has come already.
    pub(in crate::client) fn now(&mut self) -> Option<Callback> {
        self.receiver.try_recv().ok()
    }

    /// Waits for the answer, however long it takes.
    pub(in crate::client) async fn answer(&mut self) -> Option<Callback> {
        (&mut self.receiver).await.ok()
    }

    /// Stops, and returns when the port is free: the next login of a kept registration needs that very port.
    pub(in crate::client) async fn close(self) {
        drop(self.stop);
        drop(self.closed.await);
    }
}

/// Takes the first answer to our request; whatever else comes is told so, and waiting goes on (SU-11).
async fn answer(State(desk): State<Arc<Desk>>, method: Method, RawQuery(query): RawQuery) -> Response {
    // A HEAD request, as some browsers send it ahead, must not use the code up.
    if method != Method::GET {
        return page(StatusCode::METHOD_NOT_ALLOWED, "This address takes GET requests only.");
    }
    let query = query.unwrap_or_default();
    let state = desk.state.clone().unwrap_or_else(|| state_of(&query));
    let callback = read_callback(&query, &state);
    if callback == Callback::Foreign {
        return page(
            StatusCode::BAD_REQUEST,
            "This is not the answer to the login that is under way. It is still waited for.",
        );
    }
    let page = match callback {
        Callback::Code { .. } => page(StatusCode::OK, "The login is done. You can close this window."),
        _ => page(StatusCode::BAD_REQUEST, "The login has failed. The program that began it says why."),
    };
    let sender = desk.answer.lock().unwrap_or_else(PoisonError::into_inner).take();
    // A second answer finds no sender, and one that nobody waits for any more is dropped.
    drop(sender.map(|sender| sender.send(callback)));
    page
}

/// The `state` of a callback, whatever it is.
fn state_of(query: &str) -> String {
    let named = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "state");
    named.map(|(_, state)| state.into_owned()).unwrap_or_default()
}

async fn elsewhere() -> Response {
    page(StatusCode::NOT_FOUND, "There is nothing here.")
}

/// A page of plain text, with nothing of the request in it.
fn page(status: StatusCode, text: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, format!("{text}\n")).into_response()
}
