//! Access tokens: made here, signed through jsonwebtoken with a key that lives as long as the server.

use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Map, Value, json};

use super::app::App;
use super::config::{ClaimForm, TokenFormat};
use super::errors::OAuthError;
use super::outside::{secret, seed};
use super::store::{AccessToken, Grant};
use crate::faults::Fault;

/// What stands before the 32 secret bytes of an Ed25519 key in PKCS #8 (RFC 8410 section 7).
const PKCS8_PREFIX: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// The key that signs access tokens, an Ed25519 key.
pub(super) struct SigningKey {
    key: EncodingKey,
    public: Value,
    id: String,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("SigningKey").field("id", &self.id).finish_non_exhaustive()
    }
}

impl SigningKey {
    /// Makes a new key.
    pub(super) fn generate() -> Result<Self, jsonwebtoken::errors::Error> {
        let key = EncodingKey::from_ed_der(&[&PKCS8_PREFIX[..], &seed()[..]].concat());
        let id = secret();
        let mut public = Jwk::from_encoding_key(&key, Algorithm::EdDSA)?;
        public.common.key_id = Some(id.clone());
        Ok(Self { key, public: serde_json::to_value(public)?, id })
    }

    /// The public half as a JWK set (RFC 7517 section 5).
    pub(super) fn key_set(&self) -> Value {
        json!({ "keys": [self.public] })
    }

    /// Signs claims.
    fn sign(&self, token_type: &str, claims: &Map<String, Value>) -> Result<String, OAuthError> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(token_type.to_owned());
        header.kid = Some(self.id.clone());
        jsonwebtoken::encode(&header, claims, &self.key)
            .map_err(|error| OAuthError::server_error(format!("the token could not be signed: {error}")))
    }
}

/// Writes an access token in the configured format.
pub(super) fn mint(app: &App, token: &AccessToken) -> Result<String, OAuthError> {
    match app.token_format() {
        TokenFormat::Opaque => Ok(secret()),
        TokenFormat::Jwt => {
            let (token_type, claim, value) = scope_claim(app, &token.grant);
            let mut claims = Map::new();
            let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
            put("iss", json!(app.issuer));
            put("sub", json!(token.grant.subject));
            put("aud", audience(app, &token.grant));
            put("client_id", json!(token.grant.client_id));
            put("iat", json!(token.issued_at));
            put("exp", json!(token.expires_at));
            put("jti", json!(secret()));
            put(claim, value);
            app.key.sign(token_type, &claims)
        }
    }
}

/// The type of the token, and the claim that carries its scope. Only a `scope` string makes an `at+jwt`, for the
/// profile of RFC 9068 knows no other form.
fn scope_claim(app: &App, grant: &Grant) -> (&'static str, &'static str, Value) {
    let scope = &grant.scope;
    if app.has(Fault::JwtScopeArray) {
        return ("at+jwt", "scope", json!(scope));
    }
    match app.claim_form() {
        ClaimForm::ScopeString => ("at+jwt", "scope", json!(scope.join(" "))),
        ClaimForm::ScpString => ("JWT", "scp", json!(scope.join(" "))),
        ClaimForm::ScpArray => ("JWT", "scp", json!(scope)),
        ClaimForm::ScopeArray => ("JWT", "scope", json!(scope)),
    }
}

/// Who the token is for: the named resources, else the server itself.
pub(super) fn audience(app: &App, grant: &Grant) -> Value {
    match grant.resources.as_slice() {
        [] => json!(app.issuer),
        [only] => json!(only),
        several => json!(several),
    }
}
