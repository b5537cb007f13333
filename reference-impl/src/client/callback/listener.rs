//! The listener behind the redirect URI: the loopback interface only, for the time of one flow.

use std::collections::BTreeSet;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};

use super::{Callback, read_callback};
use crate::faults::Fault;

/// The path of the redirect URI.
const PATH: &str = "/callback";
/// So much of a request has a listener that reads once.
const ONE_READ: usize = 4096;

/// The answer to a request.
#[derive(Debug)]
pub(in crate::client) struct Answered {
    /// What it says.
    pub(in crate::client) callback: Callback,
    /// What it names as `scope`, which means nothing here.
    pub(in crate::client) scope: Option<String>,
}

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
    answer: Mutex<Option<oneshot::Sender<Answered>>>,
    /// How many answers have come.
    heard: AtomicUsize,
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

    /// Serves until the answer to the request with this `state` has come. Dropping the waiting stops it.
    pub(in crate::client) fn wait(self, state: &str, faults: &BTreeSet<Fault>) -> Waiting {
        let (sender, receiver) = oneshot::channel();
        let checked = !faults.contains(&Fault::ClientStateUnchecked);
        let desk = Arc::new(Desk {
            state: checked.then(|| state.to_owned()),
            answer: Mutex::new(Some(sender)),
            heard: AtomicUsize::new(0),
        });
        let router = Router::new().route(PATH, any(answer)).fallback(elsewhere).with_state(Arc::clone(&desk));
        let (stop, mut stopped) = watch::channel(());
        let (gone, closed) = oneshot::channel();
        let reads_once = faults.contains(&Fault::ClientReadsOnce);
        let door = Door { socket: self.socket, reads_once, _gone: gone };
        tokio::spawn(async move {
            let stopped = async move { drop(stopped.changed().await) };
            drop(axum::serve(door, router).with_graceful_shutdown(stopped).await);
        });
        Waiting { receiver, stop, closed, desk }
    }
}

/// A socket that tells when it is closed. The fields go away in this order.
struct Door {
    socket: TcpListener,
    /// Whether a request counts that has not come whole at once; it always does but for a fault.
    reads_once: bool,
    _gone: oneshot::Sender<()>,
}

impl axum::serve::Listener for Door {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        loop {
            let (mut stream, address) = axum::serve::Listener::accept(&mut self.socket).await;
            if !self.reads_once || comes_whole(&stream).await {
                return (stream, address);
            }
            drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").await);
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }
}

/// Whether one read would have brought all of a request.
async fn comes_whole(stream: &TcpStream) -> bool {
    let mut octets = vec![0; ONE_READ];
    let read = stream.peek(&mut octets).await.unwrap_or_default();
    octets[..read].ends_with(b"\r\n\r\n")
}

/// An answer that is waited for.
pub(in crate::client) struct Waiting {
    receiver: oneshot::Receiver<Answered>,
    // The listener stops when this goes away; the page that tells so is still sent.
    stop: watch::Sender<()>,
    closed: oneshot::Receiver<()>,
    desk: Arc<Desk>,
}

impl Waiting {
    /// The answer, if it has come already.
    pub(in crate::client) fn now(&mut self) -> Option<Answered> {
        self.receiver.try_recv().ok()
    }

    /// Waits for the answer, however long it takes.
    pub(in crate::client) async fn answer(&mut self) -> Option<Answered> {
        (&mut self.receiver).await.ok()
    }

    /// How often the answer has come so far.
    pub(in crate::client) fn heard(&self) -> usize {
        self.desk.heard.load(Ordering::Relaxed)
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
    let callback = match &desk.state {
        Some(state) => read_callback(&query, state),
        None => read_any(&query),
    };
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
    desk.heard.fetch_add(1, Ordering::Relaxed);
    let answered = Answered { callback, scope: named(&query, "scope") };
    let sender = desk.answer.lock().unwrap_or_else(PoisonError::into_inner).take();
    // A second answer finds no sender, and one that nobody waits for any more is dropped.
    drop(sender.map(|sender| sender.send(answered)));
    page
}

/// Reads a callback whatever its `state`, and without one.
fn read_any(query: &str) -> Callback {
    match named(query, "state") {
        Some(state) => read_callback(query, &state),
        None => read_callback(&format!("{query}&state="), ""),
    }
}

/// The value of a parameter of a callback.
fn named(query: &str, name: &str) -> Option<String> {
    let named = form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name);
    named.map(|(_, value)| value.into_owned())
}

async fn elsewhere() -> Response {
    page(StatusCode::NOT_FOUND, "There is nothing here.")
}

/// A page of plain text, with nothing of the request in it.
fn page(status: StatusCode, text: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, format!("{text}\n")).into_response()
}
