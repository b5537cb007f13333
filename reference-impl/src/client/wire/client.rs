//! Requests: no redirect is followed by itself, bodies are capped, every request has a time limit.

use std::sync::OnceLock;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder};
use url::{Host, Url};

use super::{HttpError, Reply};

/// The largest body that is read.
const CAP: usize = 1024 * 1024;

/// Which way a request goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Plain http on this machine. It has no use for certificates, and reading them would take its time.
    Plain,
    /// https on this machine, past the proxies that the environment names.
    Here,
    /// https to another machine.
    Elsewhere,
}

/// A client for each way, made when it is first used.
#[derive(Debug, Default)]
pub(in crate::client) struct Http {
    plain: OnceLock<Client>,
    here: OnceLock<Client>,
    elsewhere: OnceLock<Client>,
    limit: Duration,
}

impl Http {
    /// A client whose requests may take so long.
    pub(in crate::client) fn new(limit: Duration) -> Self {
        Self { limit, ..Self::default() }
    }

    /// Gets a document.
    pub(in crate::client) async fn get(
        &self,
        url: &str,
        headers: &[(&str, &str)],
    ) -> Result<Reply, HttpError> {
        self.send(self.request(Method::GET, url, headers)?, url).await
    }

    /// Posts a body.
    pub(in crate::client) async fn post(
        &self,
        url: &str,
        media_type: &str,
        body: String,
        headers: &[(&str, &str)],
    ) -> Result<Reply, HttpError> {
        let request = self.request(Method::POST, url, headers)?.header("content-type", media_type).body(body);
        self.send(request, url).await
    }

    fn request(
        &self,
        method: Method,
        url: &str,
        headers: &[(&str, &str)],
    ) -> Result<RequestBuilder, HttpError> {
        let parsed = callable(url)?;
        let way = way(&parsed);
        let cell = match way {
            Way::Plain => &self.plain,
            Way::Here => &self.here,
            Way::Elsewhere => &self.elsewhere,
        };
        let client = client(cell, way)?;
        let mut request = client.request(method, parsed);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Ok(request)
    }

    async fn send(&self, request: RequestBuilder, url: &str) -> Result<Reply, HttpError> {
        let timed_out = |_| HttpError::TimedOut { url: url.to_owned(), limit: self.limit };
        tokio::time::timeout(self.limit, read(request, url)).await.map_err(timed_out)?
    }
}

/// The whole answer, up to the cap.
async fn read(request: RequestBuilder, url: &str) -> Result<Reply, HttpError> {
    let broken = |error: reqwest::Error| HttpError::Connection { url: url.to_owned(), why: cause(&error) };
    let mut response = request.send().await.map_err(broken)?;
    let text = |(name, value): (&reqwest::header::HeaderName, &reqwest::header::HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    let headers = response.headers().iter().filter_map(text).collect();
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if body.len() + chunk.len() > CAP {
            return Err(HttpError::TooLarge { url: url.to_owned(), cap: CAP });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Reply { url: url.to_owned(), status, headers, body })
}

/// The innermost reason, which is the one that a person can use.
fn cause(error: &reqwest::Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

/// A URL that may be called: https, or plain http on this machine.
pub(super) fn callable(url: &str) -> Result<Url, HttpError> {
    let refused = |why: &str| HttpError::Url { url: url.to_owned(), why: why.to_owned() };
    let parsed = Url::parse(url).map_err(|error| refused(&error.to_string()))?;
    match parsed.scheme() {
        "https" => Ok(parsed),
        "http" if is_here(&parsed) => Ok(parsed),
        "http" => Err(HttpError::Unprotected(url.to_owned())),
        _ => Err(refused("its scheme is not http or https")),
    }
}

/// The way to a URL that may be called.
fn way(url: &Url) -> Way {
    match (url.scheme(), is_here(url)) {
        ("http", _) => Way::Plain,
        (_, true) => Way::Here,
        (_, false) => Way::Elsewhere,
    }
}

/// Whether a URL leads to the loopback interface.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        None => false,
    }
}

/// The client of a way.
fn client(cell: &OnceLock<Client>, way: Way) -> Result<&Client, HttpError> {
    if let Some(client) = cell.get() {
        return Ok(client);
    }
    let mut builder = Client::builder().redirect(Policy::none()).user_agent("scopecheck-reference");
    if way != Way::Elsewhere {
        builder = builder.no_proxy();
    }
    if way == Way::Plain {
        builder = builder.tls_certs_only([]);
    }
    let made = builder.build().map_err(|error| HttpError::NoClient(error.to_string()))?;
    Ok(cell.get_or_init(|| made))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_travel_protected_or_stay_on_this_machine() {
        for url in ["http://127.0.0.1:1/", "http://localhost/x", "http://[::1]:9/", "https://example.com/"] {
            assert!(callable(url).is_ok(), "{url}");
        }
        insta::assert_snapshot!(callable("http://example.com/mcp").unwrap_err(), @"`http://example.com/mcp` is plain http to another machine, where a token could be read on its way; use https");
        insta::assert_snapshot!(callable("ftp://127.0.0.1/").unwrap_err(), @"`ftp://127.0.0.1/` is no URL that can be called: its scheme is not http or https; write an absolute http or https URL");
        insta::assert_snapshot!(callable("mcp").unwrap_err(), @"`mcp` is no URL that can be called: relative URL without a base; write an absolute http or https URL");
    }
}
