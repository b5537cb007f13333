//! One HTTP client for a run: redirects are never followed by themselves, bodies are capped, every request has a time limit.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use thiserror::Error;
use tokio::time::{Instant, sleep_until, timeout};

/// A request as it goes out.
#[derive(Debug, Clone)]
pub struct Request {
    /// `GET`, `POST`, `PUT`, `DELETE`.
    pub method: &'static str,
    /// The whole URL, query included, already encoded.
    pub url: String,
    /// Header fields in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Body>,
}

/// A body with its media type.
#[derive(Debug, Clone)]
pub struct Body {
    /// The media type.
    pub content_type: String,
    /// The octets.
    pub octets: Vec<u8>,
}

impl Request {
    /// A GET request.
    pub fn get(url: impl Into<String>) -> Self {
        Self { method: "GET", url: url.into(), headers: Vec::new(), body: None }
    }

    /// A POST request.
    pub fn post(url: impl Into<String>, content_type: &str, octets: impl Into<Vec<u8>>) -> Self {
        let body = Body { content_type: content_type.to_owned(), octets: octets.into() };
        Self { method: "POST", url: url.into(), headers: Vec::new(), body: Some(body) }
    }

    /// With one more header field.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

/// An answer as it came.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// Header fields in order; values that are no text are read leniently.
    pub headers: Vec<(String, String)>,
    /// The body, up to the cap.
    pub body: Vec<u8>,
    /// The body was longer than the cap.
    pub oversized: bool,
}

impl Reply {
    /// The first field of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Every field of that name.
    pub fn header_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as a JSON value, if it is one.
    pub fn json(&self) -> Option<serde_json::Value> {
        if self.oversized { None } else { serde_json::from_slice(&self.body).ok() }
    }

    /// Whether the body calls itself HTML.
    pub fn is_html(&self) -> bool {
        self.header("content-type").is_some_and(|value| value.to_ascii_lowercase().contains("html"))
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WireError {
    /// The URL cannot be used.
    #[error("`{url}` is not a URL that can be called: {why}")]
    Url {
        /// The URL.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// Nobody listens, or the connection broke.
    #[error("no answer: {0}")]
    Connection(String),
    /// The answer did not come, or did not end, in time.
    #[error("no complete answer within {}", human(*.0))]
    TimedOut(Duration),
    /// Too many requests to this endpoint timed out already.
    #[error("given up: {0} requests to this endpoint did not end in time")]
    GivenUp(u32),
}

fn human(duration: Duration) -> String {
    if duration.subsec_millis() == 0 {
        format!("{} s", duration.as_secs())
    } else {
        format!("{} ms", duration.as_millis())
    }
}

/// The limits of a request.
#[derive(Debug, Clone, Copy)]
pub struct WireLimits {
    /// From sending to the end of the body.
    pub request: Duration,
    /// The longest body that is read.
    pub body: usize,
    /// An endpoint is given up after so many requests that did not end in time.
    pub overruns: u32,
}

impl Default for WireLimits {
    fn default() -> Self {
        Self { request: Duration::from_secs(10), body: 1024 * 1024, overruns: 3 }
    }
}

/// At most so many requests a second.
#[derive(Debug)]
pub struct Pace {
    gap: Duration,
    next: tokio::sync::Mutex<Instant>,
}

impl Pace {
    /// A pace; `None` where there is no limit.
    pub fn per_second(rate: Option<f64>) -> Option<Self> {
        let rate = rate.filter(|rate| rate.is_finite() && *rate > 0.0)?;
        Some(Self { gap: Duration::from_secs_f64(1.0 / rate), next: tokio::sync::Mutex::new(Instant::now()) })
    }

    /// The same pace, for another server.
    fn again(&self) -> Self {
        Self { gap: self.gap, next: tokio::sync::Mutex::new(Instant::now()) }
    }

    async fn wait(&self) {
        let mut next = self.next.lock().await;
        let slot = (*next).max(Instant::now());
        *next = slot + self.gap;
        drop(next);
        sleep_until(slot).await;
    }
}

/// The client of a run.
#[derive(Debug)]
pub struct Wire {
    client: reqwest::Client,
    limits: WireLimits,
    pace: Option<Pace>,
    overruns: Mutex<HashMap<String, u32>>,
}

impl Wire {
    /// Makes the client; `loopback` leaves the root certificates alone, which costs more than a scenario.
    pub fn new(limits: WireLimits, pace: Option<Pace>, loopback: bool) -> Result<Self, WireError> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .http1_only()
            .user_agent(concat!("scopecheck/", env!("CARGO_PKG_VERSION")));
        if loopback {
            builder = builder.tls_certs_only([]);
        }
        let client = builder.build().map_err(|error| WireError::Connection(chain(&error)))?;
        Ok(Self { client, limits, pace, overruns: Mutex::new(HashMap::new()) })
    }

    /// A client for another server, with the same limits and none of the history.
    #[must_use]
    pub fn again(&self) -> Self {
        Self {
            client: self.client.clone(),
            limits: self.limits,
            pace: self.pace.as_ref().map(Pace::again),
            overruns: Mutex::new(HashMap::new()),
        }
    }

    /// Sends a request and reads the answer up to the cap.
    pub async fn send(&self, request: &Request) -> Result<Reply, WireError> {
        let endpoint = request.url.split(['?', '#']).next().unwrap_or_default().to_owned();
        let late = self
            .overruns
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&endpoint)
            .copied()
            .unwrap_or_default();
        if late >= self.limits.overruns {
            return Err(WireError::GivenUp(late));
        }
        if let Some(pace) = &self.pace {
            pace.wait().await;
        }
        if let Ok(result) = timeout(self.limits.request, self.exchange(request)).await {
            result
        } else {
            *self.overruns.lock().unwrap_or_else(PoisonError::into_inner).entry(endpoint).or_default() += 1;
            Err(WireError::TimedOut(self.limits.request))
        }
    }

    async fn exchange(&self, request: &Request) -> Result<Reply, WireError> {
        let bad = |why: String| WireError::Url { url: request.url.clone(), why };
        let url = reqwest::Url::parse(&request.url).map_err(|error| bad(error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(bad(format!("its scheme is `{}`, only http and https are called", url.scheme())));
        }
        let method =
            reqwest::Method::from_bytes(request.method.as_bytes()).map_err(|error| bad(error.to_string()))?;
        let mut builder = self.client.request(method, url);
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        if let Some(body) = &request.body {
            builder = builder.header("content-type", &body.content_type).body(body.octets.clone());
        }
        let mut response = builder.send().await.map_err(|error| WireError::Connection(chain(&error)))?;
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let mut reply =
            Reply { status: response.status().as_u16(), headers, body: Vec::new(), oversized: false };
        while let Some(chunk) =
            response.chunk().await.map_err(|error| WireError::Connection(chain(&error)))?
        {
            let room = self.limits.body.saturating_sub(reply.body.len());
            reply.body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                reply.oversized = true;
                break;
            }
        }
        Ok(reply)
    }
}

/// The innermost cause says what happened; what stands above it repeats the URL.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
