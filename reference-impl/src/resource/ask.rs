//! The HTTP client that asks the issuer. What it reads is bounded in time and size, and redirects are not followed.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Client, RequestBuilder, Response, header};

use super::issuer::Unavailable;
use crate::claims::Members;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The largest answer that is read: 1 MiB.
const LARGEST: usize = 1024 * 1024;

/// The HTTP client.
#[derive(Debug, Clone)]
pub(super) struct Ask(Client);

impl Ask {
    /// Makes the client. The issuer stands on this machine, so neither a proxy nor a root certificate is of use.
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        let none = reqwest::redirect::Policy::none();
        let client = Client::builder().no_proxy().redirect(none).timeout(PATIENCE).tls_certs_only([]);
        client.build().map(Self)
    }

    /// Fetches a JSON object.
    pub(super) async fn get(&self, url: &str) -> Result<Members, Unavailable> {
        self.object(url, self.0.get(url)).await
    }

    /// Asks about a token, as a client that authenticates by HTTP Basic (RFC 6749 section 2.3.1).
    pub(super) async fn introspect(
        &self,
        url: &str,
        client_id: &str,
        client_secret: &str,
        token: &str,
    ) -> Result<Members, Unavailable> {
        let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let credentials = STANDARD.encode(format!("{}:{}", encode(client_id), encode(client_secret)));
        let request = self
            .0
            .post(url)
            .header(header::AUTHORIZATION, format!("Basic {credentials}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form_urlencoded::Serializer::new(String::new()).append_pair("token", token).finish());
        self.object(url, request).await
    }

    async fn object(&self, url: &str, request: RequestBuilder) -> Result<Members, Unavailable> {
        let failed = |why: String| Unavailable::Answer { url: url.to_owned(), why };
        let response = request.send().await.map_err(|error| failed(innermost(&error)))?;
        if response.status() != reqwest::StatusCode::OK {
            return Err(failed(format!("status {} instead of 200", response.status().as_u16())));
        }
        let body = read(response).await.map_err(failed)?;
        let text = String::from_utf8(body).map_err(|_| failed("the answer is no UTF-8".to_owned()))?;
        Members::read(&text).map_err(|_| failed("the answer is no JSON object".to_owned()))
    }
}

/// Reads a body up to the bound.
async fn read(mut response: Response) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| innermost(&error))? {
        if body.len() + chunk.len() > LARGEST {
            return Err("the answer is larger than 1 MiB".to_owned());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The innermost cause says what happened; what stands above it repeats the address.
fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
