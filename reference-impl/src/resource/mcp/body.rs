//! The body of a request, which has an upper bound, and the page from which a request comes.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, header};
use url::{Host, Url};

/// The largest body that is read: 64 KiB.
const BODY_LIMIT: usize = 64 * 1024;

/// Reads a body; `None` if it is too large, or broke off.
pub(super) async fn read(body: Body) -> Option<Vec<u8>> {
    to_bytes(body, BODY_LIMIT).await.ok().map(|octets| octets.to_vec())
}

/// Whether the page that sends the request may do so: none is named, or one of this machine. Otherwise any page could
/// reach a server on the loopback interface through the browser of whoever looks at it.
pub(super) fn is_welcome(headers: &HeaderMap) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    origins.all(|origin| {
        let url = origin.to_str().ok().and_then(|origin| Url::parse(origin).ok());
        match url.as_ref().and_then(Url::host) {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_pages_of_this_machine_may_send_requests() {
        let of = |origin: &'static str| {
            is_welcome(&HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static(origin))]))
        };
        assert!(is_welcome(&HeaderMap::new()));
        assert!(of("http://localhost:3000") && of("http://127.0.0.1:1") && of("http://[::1]:1"));
        for foreign in
            ["https://evil.example", "null", "http://localhost.evil.example", "http://10.0.0.1", ""]
        {
            assert!(!of(foreign), "{foreign}");
        }
    }
}
