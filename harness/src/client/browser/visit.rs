//! One visit: a GET, and the redirects that follow.

use std::time::Duration;

use reqwest::{Client, Url, redirect::Policy};

/// Most redirects that are followed.
const HOPS: usize = 10;
/// How long a visit may take.
const LIMIT: Duration = Duration::from_secs(10);

/// Fetches a URL of this machine as a browser would, and follows its redirects as long as they stay on this machine.
///
/// # Errors
///
/// What is no URL of this machine, and what could not be fetched, in a sentence.
pub async fn visit(url: &str) -> Result<(), String> {
    let url = Url::parse(url).map_err(|error| format!("`{}` is no URL: {error}", url.escape_debug()))?;
    if !is_here(&url) {
        return Err(format!("`{url}` is not on this machine, and nothing else is fetched"));
    }
    let stay = Policy::custom(|attempt| {
        if attempt.previous().len() > HOPS || !is_here(attempt.url()) {
            attempt.stop()
        } else {
            attempt.follow()
        }
    });
    let client = Client::builder().no_proxy().redirect(stay).timeout(LIMIT).build();
    let client = client.map_err(|error| format!("no request can be made: {error}"))?;
    let told = |error: reqwest::Error| format!("`{url}` could not be fetched: {error}");
    let mut reply = client.get(url.clone()).send().await.map_err(told)?;
    // The page is read to its end, for a server may stop as soon as nobody listens.
    while reply.chunk().await.map_err(told)?.is_some() {}
    Ok(())
}

/// Whether a URL leads to this machine.
fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    matches!(url.scheme(), "http" | "https") && matches!(host, "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
mod tests {
    use wiremock::{Mock, MockServer, ResponseTemplate, matchers::path};

    use super::*;

    #[tokio::test]
    async fn redirects_are_followed_on_this_machine_only() {
        let server = MockServer::start().await;
        let to = |place: &str| ResponseTemplate::new(302).insert_header("location", place);
        let back = format!("{}/callback?code=c", server.uri());
        Mock::given(path("/authorize")).respond_with(to(&back)).mount(&server).await;
        Mock::given(path("/callback"))
            .respond_with(to("http://192.0.2.1/done"))
            .expect(1)
            .mount(&server)
            .await;
        visit(&format!("{}/authorize", server.uri())).await.unwrap();
        for (elsewhere, why) in [
            ("http://192.0.2.1/", "is not on this machine"),
            ("file:///etc/passwd", "is not on this machine"),
            ("http://127.0.0.1.example/", "is not on this machine"),
            ("nothing", "is no URL"),
        ] {
            assert!(visit(elsewhere).await.unwrap_err().contains(why), "{elsewhere}");
        }
    }
}
