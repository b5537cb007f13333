//! An issuer of our own: metadata and keys over HTTP, and tokens of any kind.

use std::fmt;

use jsonwebtoken::{Algorithm, EncodingKey, crypto, jwk::Jwk};
use serde_json::{Value, json};
use thiserror::Error;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use super::mint::encoded;
use crate::system::Dice;

/// What stands before the 32 secret octets of an Ed25519 key in PKCS #8 (RFC 8410 section 7).
const PKCS8_PREFIX: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
/// The name of the key.
const KEY_ID: &str = "scopecheck";

/// Why there is no issuer.
#[derive(Debug, Error)]
#[error("no key to sign tokens with can be made: {0}; report this")]
pub struct IssuerError(#[from] jsonwebtoken::errors::Error);

/// A running issuer. It ends when it is dropped.
pub struct Issuer {
    url: String,
    key: EncodingKey,
    stranger: EncodingKey,
    server: Option<MockServer>,
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer").field("url", &self.url).finish_non_exhaustive()
    }
}

/// The two documents of the issuer.
struct Documents {
    metadata: Value,
    keys: Value,
}

impl Respond for Documents {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        match request.url.path() {
            "/.well-known/oauth-authorization-server" | "/.well-known/openid-configuration" => {
                ResponseTemplate::new(200).set_body_json(&self.metadata)
            }
            "/keys" => ResponseTemplate::new(200).set_body_json(&self.keys),
            // What is not served is missing and nothing worse: clients then look elsewhere.
            _ => ResponseTemplate::new(404),
        }
    }
}

impl Issuer {
    /// Starts an issuer on a loopback port. Its keys come from the seed.
    pub async fn start(seed: u64) -> Result<Self, IssuerError> {
        let (key, stranger) = (key(seed, "issuer"), key(seed, "stranger"));
        let mut public = Jwk::from_encoding_key(&key, Algorithm::EdDSA)?;
        public.common.key_id = Some(KEY_ID.to_owned());
        let public = json!({ "keys": [public] });
        let server = MockServer::builder().disable_request_recording().start().await;
        let url = server.uri();
        let metadata = json!({
            "issuer": url,
            "jwks_uri": format!("{url}/keys"),
            "authorization_endpoint": format!("{url}/authorize"),
            "token_endpoint": format!("{url}/token"),
            "response_types_supported": ["code"],
        });
        Mock::given(any()).respond_with(Documents { metadata, keys: public }).mount(&server).await;
        Ok(Self { url, key, stranger, server: Some(server) })
    }

    /// The issuer identifier.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Signs claims, with the key that the issuer publishes or with another one of the same name.
    pub(super) fn sign(&self, kind: &str, claims: &Value, own_key: bool) -> Result<String, IssuerError> {
        let header = json!({ "alg": "EdDSA", "typ": kind, "kid": KEY_ID });
        let signed = format!("{}.{}", encoded(&header), encoded(claims));
        let key = if own_key { &self.key } else { &self.stranger };
        let signature = crypto::sign(signed.as_bytes(), key, Algorithm::EdDSA)?;
        Ok(format!("{signed}.{signature}"))
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        // The drop of the listener blocks, which a task must not do.
        if let Some(server) = self.server.take() {
            std::thread::spawn(move || drop(server));
        }
    }
}

fn key(seed: u64, name: &str) -> EncodingKey {
    let mut dice = Dice::new(seed, name);
    let secret: Vec<u8> = (0..4).flat_map(|_| dice.number().to_be_bytes()).collect();
    EncodingKey::from_ed_der(&[&PKCS8_PREFIX[..], &secret].concat())
}
