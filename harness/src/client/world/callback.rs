//! Callbacks that the world sends itself, as the browser of a user does: those that nobody asked for, and answers that come in an unusual way.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::Arc,
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};
use url::{Host, Url};

use crate::client::browser::visit;

/// How long the client may take to accept one, and to answer it.
const LIMIT: Duration = Duration::from_secs(4);
/// How long an error may take that follows an answer which was not taken.
const LAST: Duration = Duration::from_secs(1);
/// How long a listener may be silent behind the beginning of its answer before that counts as whole.
const SILENCE: Duration = Duration::from_millis(300);
/// How long the header of an answer may be, and of how many fields.
const MOST: usize = 64 * 1024;
const FIELDS: usize = 100;
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
        let became = self.deliver().await;
        let missed = matches!(became, Became::Unanswered | Became::Answered(400..));
        if let Some(otherwise) = self.otherwise.as_ref().filter(|_| missed) {
            let plain = Self::plain(otherwise.clone(), self.event);
            drop(timeout(LAST, plain.deliver()).await);
        }
        became
    }

    /// The best that became of it, where it is sent several times.
    async fn deliver(&self) -> Became {
        let mut streams = Vec::new();
        for _ in 0..self.times {
            streams.extend(connected(&self.url).await);
        }
        if streams.is_empty() {
            return Became::NobodyListens;
        }
        // What is still under way at the end of the time ends with the set.
        let mut sent = JoinSet::new();
        for stream in streams {
            sent.spawn(visited(stream, self.url.clone(), self.pieces));
        }
        let mut best = Became::Unanswered;
        let all = async {
            while let Some(one) = sent.join_next().await {
                if let (Ok(Ok(status)), false) = (one, matches!(best, Became::Answered(..400))) {
                    best = Became::Answered(status);
                }
            }
        };
        drop(timeout(LIMIT, all).await);
        best
    }
}

/// A connection to the listener of a client, if there is one on this machine; `localhost` is either address.
async fn connected(url: &Url) -> Option<TcpStream> {
    if url.scheme() != "http" {
        return None;
    }
    let port = url.port_or_known_default()?;
    let (v4, v6) = (IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST));
    let addresses = match url.host()? {
        Host::Ipv4(address) if address.is_loopback() => vec![IpAddr::V4(address)],
        Host::Ipv6(address) if address.is_loopback() => vec![IpAddr::V6(address)],
        Host::Domain("localhost") => vec![v4, v6],
        _ => Vec::new(),
    };
    for address in addresses {
        if let Ok(Ok(stream)) = timeout(LIMIT, TcpStream::connect((address, port))).await {
            return Some(stream);
        }
    }
    None
}

/// A request in this many pieces, and what its answer redirects to, as a browser follows it; the status of the answer.
async fn visited(mut stream: TcpStream, url: Url, pieces: usize) -> io::Result<u16> {
    let (status, location) = ask(&mut stream, &request(&url), pieces).await?;
    let next = location.filter(|_| (300..400).contains(&status)).and_then(|place| url.join(&place).ok());
    if let Some(next) = next {
        drop(visit(next.as_str()).await);
    }
    Ok(status)
}

/// A request in this many pieces; the status and the `Location` of its answer, which is read to its end.
async fn ask(stream: &mut TcpStream, request: &str, pieces: usize) -> io::Result<(u16, Option<String>)> {
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
    let (mut head, mut octets) = (Vec::new(), vec![0; 16 * 1024]);
    let answer = loop {
        match stream.read(&mut octets).await? {
            0 => break None,
            read => head.extend_from_slice(&octets[..read]),
        }
        if let Some(answer) = answer(&head)? {
            break Some(answer);
        }
        if head.len() > MOST {
            break None;
        }
    };
    // A listener that is still writing when nobody reads any more is reset, which is nobody's fault but ours.
    while let Ok(Ok(1..)) = timeout(SILENCE, stream.read(&mut octets)).await {}
    answer.ok_or_else(|| io::Error::other("the header of the answer has no end"))
}

/// The status and the `Location` of an answer, once its header is there.
fn answer(head: &[u8]) -> io::Result<Option<(u16, Option<String>)>> {
    let mut fields = [httparse::EMPTY_HEADER; FIELDS];
    let mut answer = httparse::Response::new(&mut fields);
    if answer.parse(head).map_err(io::Error::other)?.is_partial() {
        return Ok(None);
    }
    let location = answer.headers.iter().find(|field| field.name.eq_ignore_ascii_case("location"));
    let location = location.map(|field| String::from_utf8_lossy(field.value).into_owned());
    Ok(answer.code.map(|status| (status, location)))
}

/// The request of a browser, in short.
fn request(url: &Url) -> String {
    let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
    format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n")
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
    async fn its_answer_is_read_to_the_end_and_followed_where_it_leads() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let client = tokio::spawn(async move {
            let mut asked = Vec::new();
            for answer in ["302 Found\r\nLocation: /done", "200 OK"] {
                let mut stream = listener.accept().await.unwrap().0;
                let mut request = [0; 512];
                let read = stream.read(&mut request).await.unwrap();
                asked.push(String::from_utf8_lossy(&request[..read]).into_owned());
                stream.write_all(format!("HTTP/1.1 {answer}\r\n\r\n").as_bytes()).await.unwrap();
                for _ in 0..4 {
                    sleep(Duration::from_millis(20)).await;
                    stream.write_all(&vec![b'x'; 100_000]).await.unwrap();
                }
            }
            asked
        });
        let url = Url::parse(&format!("http://localhost:{port}/cb?code=c&state=s")).unwrap();
        let became = Callback::plain(url, "callback_sent").send().await;
        assert_eq!(became, Became::Answered(302));
        let asked = client.await.unwrap();
        assert!(asked[0].contains(&format!("host: localhost:{port}\r\n")), "{asked:?}");
        assert!(asked[1].starts_with("GET /done "), "{asked:?}");
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
