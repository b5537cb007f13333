//! Callbacks that the world sends itself, as the browser of a user does: those that nobody asked for, and answers that come in an unusual way.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::watch,
    time::{sleep, timeout},
};
use url::{Host, Url};

/// How long the client may take to accept one, and to answer it.
const LIMIT: Duration = Duration::from_secs(4);
/// How long it takes between two pieces: far longer than the way on this machine, so that they come one by one.
const PAUSE: Duration = Duration::from_millis(50);

/// A callback that is to be sent.
#[derive(Debug, Clone)]
pub(super) struct Callback {
    pub(super) url: Url,
    /// In how many pieces.
    pub(super) pieces: usize,
    /// How often, at the same time.
    pub(super) times: usize,
    /// What has happened then, as a word of the vocabulary.
    pub(super) event: &'static str,
    /// What goes there next where it was not taken: whether it is taken is what is judged then, so that no answer is one, too.
    pub(super) otherwise: Option<Url>,
}

/// What became of a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Became {
    /// Nobody listens there.
    NobodyListens,
    /// Somebody does, and gave no answer.
    Unanswered,
    /// It was answered with this status.
    Answered(u16),
}

impl Callback {
    /// A callback that is sent once and in one piece.
    pub(super) fn plain(url: Url, event: &'static str) -> Self {
        Self { url, pieces: 1, times: 1, event, otherwise: None }
    }

    /// Sends it, and what goes there otherwise.
    pub(super) async fn send(&self) -> Became {
        let became = self.deliver(&self.url).await;
        let taken = matches!(became, Became::Answered(200..=399));
        if let Some(otherwise) = self.otherwise.as_ref().filter(|_| !taken) {
            let plain = Self::plain(otherwise.clone(), self.event);
            plain.deliver(otherwise).await;
        }
        became
    }

    /// The best that became of it, where it is sent several times.
    async fn deliver(&self, url: &Url) -> Became {
        let Some(address) = address(url) else { return Became::NobodyListens };
        let mut streams = Vec::new();
        for _ in 0..self.times {
            let Ok(Ok(stream)) = timeout(LIMIT, TcpStream::connect(address)).await else { break };
            streams.push(stream);
        }
        if streams.is_empty() {
            return Became::NobodyListens;
        }
        let sent =
            streams.into_iter().map(|stream| tokio::spawn(ask(stream, request(url, address), self.pieces)));
        let mut best = Became::Unanswered;
        for one in sent.collect::<Vec<_>>() {
            if let Ok(Ok(Ok(status))) = timeout(LIMIT, one).await
                && !matches!(best, Became::Answered(200..=399))
            {
                best = Became::Answered(status);
            }
        }
        best
    }
}

/// A request in this many pieces; the status of its answer.
async fn ask(mut stream: TcpStream, request: String, pieces: usize) -> io::Result<u16> {
    stream.set_nodelay(true)?;
    // A whole request goes in one piece, as browsers send it: some listeners read once and take what has come for all of it.
    let size = request.len().div_ceil(pieces.max(1)).max(1);
    for (place, piece) in request.as_bytes().chunks(size).enumerate() {
        if place > 0 {
            sleep(PAUSE).await;
        }
        // Who has hung up meanwhile may have left an answer.
        if stream.write_all(piece).await.is_err() {
            break;
        }
    }
    let mut status = [0; 12];
    stream.read_exact(&mut status).await?;
    let status = status.strip_prefix(b"HTTP/").and_then(|status| std::str::from_utf8(status).ok());
    let status = status.and_then(|status| status.split(' ').nth(1)?.parse().ok());
    status.ok_or_else(|| io::Error::other("no HTTP"))
}

/// The request of a browser, in short.
fn request(url: &Url, address: SocketAddr) -> String {
    let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
    format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n")
}

/// Where it goes; nowhere but to this machine.
fn address(url: &Url) -> Option<SocketAddr> {
    let port = url.port()?;
    match url.host()? {
        Host::Ipv4(address) if address.is_loopback() => Some((address, port).into()),
        Host::Ipv6(address) if address.is_loopback() => Some((address, port).into()),
        Host::Domain("localhost") => Some(([127, 0, 0, 1], port).into()),
        _ => None,
    }
}

/// The callbacks that are under way in a world, for those who have to wait until there is none.
#[derive(Debug, Clone)]
pub(super) struct Callbacks(Arc<watch::Sender<usize>>);

impl Default for Callbacks {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }
}

impl Callbacks {
    /// One more is under way, until this is dropped.
    pub(super) fn begin(&self) -> UnderWay {
        self.0.send_modify(|count| *count += 1);
        UnderWay(self.clone())
    }

    /// Waits until none is under way.
    pub(super) async fn done(&self) {
        // The sender lives as long as this does.
        drop(self.0.subscribe().wait_for(|count| *count == 0).await);
    }
}

/// Callbacks that are under way.
#[derive(Debug)]
pub(super) struct UnderWay(Callbacks);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.0.send_modify(|count| *count = count.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    /// What a listener that reads once, and answers with this status, has read; and what became of the callback.
    async fn listened(callback: impl FnOnce(Url) -> Callback, status: &str) -> (String, Became) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/cb?code=c&state=s", listener.local_addr().unwrap());
        let answer = format!("HTTP/1.1 {status}\r\n\r\n");
        let client = tokio::spawn(async move {
            let mut stream = listener.accept().await.unwrap().0;
            let mut request = [0; 256];
            let read = stream.read(&mut request).await.unwrap();
            stream.write_all(answer.as_bytes()).await.unwrap();
            String::from_utf8_lossy(&request[..read]).into_owned()
        });
        let became = callback(Url::parse(&url).unwrap()).send().await;
        (client.await.unwrap(), became)
    }

    #[tokio::test]
    async fn it_reaches_who_listens_on_this_machine_and_nobody_else() {
        let plain = |url| Callback::plain(url, "forged_callback");
        let (request, became) = listened(plain, "400 Bad Request").await;
        assert!(request.starts_with("GET /cb?code=c&state=s HTTP/1.1\r\n") && request.ends_with("\r\n\r\n"));
        assert_eq!(became, Became::Answered(400));
        for nowhere in
            ["http://192.0.2.1:80/cb", "https://client.example/cb", "app:/cb", "http://127.0.0.1:1/"]
        {
            let became = plain(Url::parse(nowhere).unwrap()).send().await;
            assert_eq!(became, Became::NobodyListens, "{nowhere}");
        }
    }

    #[tokio::test]
    async fn it_comes_in_pieces_where_it_is_to() {
        let split = |url| Callback { pieces: 3, ..Callback::plain(url, "callback_sent") };
        let (request, became) = listened(split, "200 OK").await;
        assert!(request.starts_with("GET /cb?") && !request.ends_with("\r\n\r\n"), "{request}");
        assert_eq!(became, Became::Answered(200));
    }

    #[tokio::test]
    async fn whoever_waits_waits_for_all_that_are_under_way() {
        let callbacks = Callbacks::default();
        callbacks.done().await;
        let (one, two) = (callbacks.begin(), callbacks.begin());
        drop(one);
        assert!(timeout(Duration::from_millis(20), callbacks.done()).await.is_err());
        drop(two);
        callbacks.done().await;
    }
}
