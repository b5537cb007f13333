//! The authorization URL, opened by the client itself: a plain GET whose redirects are followed.

use url::Url;

use super::LoginError;
use super::error::reply_error;
use crate::client::wire::Http;

/// Most redirects that are followed.
const HOPS: usize = 10;

/// Follows the redirects until one has been followed to the redirect URI.
pub(super) async fn follow(http: &Http, url: &Url, redirect_uri: &str) -> Result<(), LoginError> {
    let mut next = url.clone();
    for _ in 0..HOPS {
        let reply = http.get(next.as_str(), &[("accept", "text/html, application/json")]).await?;
        if is_redirect_uri(&next, redirect_uri) {
            return Ok(());
        }
        let location = reply.header("location").filter(|_| matches!(reply.status, 301..=303 | 307 | 308));
        let Some(location) = location else {
            return Err(LoginError::NotCalledBack { status: reply.status, said: reply_error(&reply) });
        };
        next = next
            .join(location)
            .map_err(|error| LoginError::Unusable(format!("its redirect is no URL: {error}")))?;
    }
    Err(LoginError::Unusable(format!("it redirects more than {HOPS} times")))
}

/// Whether a URL is the redirect URI, whatever its query.
fn is_redirect_uri(url: &Url, redirect_uri: &str) -> bool {
    url[..url::Position::AfterPath] == *redirect_uri
}
