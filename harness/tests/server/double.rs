//! A server that answers as a test says: a listener on the loopback interface, in a thread of its own.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use futures_util::stream;
use serde_json::Value;
use tokio::{net::TcpListener, runtime::Runtime};

/// A request as the server saw it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    /// Where the server itself is.
    pub(crate) origin: String,
}

impl Seen {
    /// Every value of a parameter, of the query and then of the form.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let form = if self.header("content-type").contains("form") { self.body.as_str() } else { "" };
        form_urlencoded::parse(self.query.as_bytes())
            .chain(form_urlencoded::parse(form.as_bytes()))
            .filter(|(field, _)| field == name)
            .map(|(_, value)| value.into_owned())
            .collect()
    }

    /// The first value of a parameter; empty where there is none.
    pub(crate) fn param(&self, name: &str) -> String {
        self.all(name).into_iter().next().unwrap_or_default()
    }

    /// A header field; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as JSON; null where it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Content,
    delay: Duration,
}

#[derive(Debug, Clone)]
enum Content {
    Text(String),
    /// As fast as it is read, without an end.
    Endless,
    /// An octet now and then, without an end.
    Trickle,
}

impl Answer {
    /// A status without a body.
    pub(crate) fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Content::Text(String::new()), delay: Duration::ZERO }
    }

    /// A JSON document.
    pub(crate) fn json(status: u16, document: &Value) -> Self {
        Self::text(status, "application/json", &document.to_string())
    }

    /// An error document.
    pub(crate) fn error(status: u16, code: &str) -> Self {
        Self::json(status, &serde_json::json!({ "error": code }))
    }

    /// A page.
    pub(crate) fn html(status: u16, page: &str) -> Self {
        Self::text(status, "text/html; charset=utf-8", page)
    }

    /// A redirect.
    pub(crate) fn redirect(to: &str) -> Self {
        Self::status(302).with("location", to)
    }

    /// A text of a media type.
    pub(crate) fn text(status: u16, media: &str, text: &str) -> Self {
        Self { body: Content::Text(text.to_owned()), ..Self::status(status) }.with("content-type", media)
    }

    /// A JSON document that has no end.
    pub(crate) fn endless() -> Self {
        Self { body: Content::Endless, ..Self::status(200) }.with("content-type", "application/json")
    }

    /// A JSON document that comes an octet at a time and has no end.
    pub(crate) fn trickle() -> Self {
        Self { body: Content::Trickle, ..Self::status(200) }.with("content-type", "application/json")
    }

    /// With one more header field.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Later.
    pub(crate) fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Its status.
    pub(crate) fn code(&self) -> u16 {
        self.status
    }

    /// Its body, if it has an end.
    pub(crate) fn body_text(&self) -> String {
        if let Content::Text(text) = &self.body { text.clone() } else { String::new() }
    }

    /// Where it sends on to.
    pub(crate) fn location(&self) -> Option<&str> {
        self.headers.iter().find(|(name, _)| name == "location").map(|(_, value)| value.as_str())
    }

    async fn into_response(self) -> Response {
        tokio::time::sleep(self.delay).await;
        let mut response = Response::builder().status(StatusCode::from_u16(self.status).unwrap());
        for (name, value) in self.headers {
            response = response.header(name, value.into_bytes());
        }
        let body = match self.body {
            Content::Text(text) => Body::from(text),
            Content::Endless => Body::from_stream(stream::repeat_with(|| {
                Ok::<_, std::convert::Infallible>(Bytes::from(vec![b' '; 64 * 1024]))
            })),
            Content::Trickle => Body::from_stream(stream::unfold((), |()| async {
                tokio::time::sleep(Duration::from_millis(20)).await;
                Some((Ok::<_, std::convert::Infallible>(Bytes::from_static(b" ")), ()))
            })),
        };
        response.body(body).unwrap()
    }
}

/// The server.
pub(crate) struct Double {
    /// Where it is.
    pub(crate) origin: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    runtime: Option<Runtime>,
}

impl Double {
    /// Starts a server that answers like this.
    pub(crate) fn start(answer: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let (log, here, answer) = (Arc::clone(&seen), origin.clone(), Arc::new(answer));
        let router = Router::new().fallback(move |request: Request| {
            let (log, here, answer) = (Arc::clone(&log), here.clone(), Arc::clone(&answer));
            async move {
                let (parts, body) = request.into_parts();
                let body = axum::body::to_bytes(body, 1 << 20).await.unwrap_or_default();
                let seen = Seen {
                    method: parts.method.to_string(),
                    path: parts.uri.path().to_owned(),
                    query: parts.uri.query().unwrap_or_default().to_owned(),
                    headers: parts.headers,
                    body: String::from_utf8_lossy(&body).into_owned(),
                    origin: here,
                };
                let reply = answer(&seen);
                log.lock().unwrap().push(seen);
                reply.into_response().await
            }
        });
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self { origin, seen, runtime: Some(runtime) }
    }

    /// Every request so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// How many requests of a method to a path there were.
    pub(crate) fn count(&self, method: &str, path: &str) -> usize {
        self.seen().iter().filter(|seen| seen.method == method && seen.path == path).count()
    }
}

impl Drop for Double {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
