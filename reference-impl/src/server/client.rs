//! A registered client.

use serde_json::{Map, Value, json};

use crate::words::words;

words! {
    /// How a client authenticates at the token endpoint (RFC 7591 section 2).
    pub(super) enum AuthMethod: "token endpoint authentication method" {
        /// Not at all: a public client.
        None = "none",
        /// With HTTP Basic.
        SecretBasic = "client_secret_basic",
        /// With the secret in the body.
        SecretPost = "client_secret_post",
    }
}

/// A registered client.
#[derive(Debug, Clone)]
pub(super) struct Client {
    /// Its id.
    pub(super) id: String,
    /// When it registered.
    pub(super) issued_at: u64,
    /// Its secret, unless it is public.
    pub(super) secret: Option<String>,
    /// How it authenticates.
    pub(super) auth: AuthMethod,
    /// Where answers may go.
    pub(super) redirect_uris: Vec<String>,
    /// What it calls itself.
    pub(super) name: Option<String>,
    /// What its software calls itself.
    pub(super) software_id: Option<String>,
    /// The grant types that it may use.
    pub(super) grant_types: Vec<String>,
    /// The response types that it may use.
    pub(super) response_types: Vec<String>,
    /// The scopes that it may have.
    pub(super) scope: Vec<String>,
    /// What the answer to the registration shows as its scope.
    pub(super) echoed: Option<Vec<String>>,
    /// What reads and deletes the registration (RFC 7592).
    pub(super) management_token: String,
}

impl Client {
    /// Whether the client may use a grant type.
    pub(super) fn may_use(&self, grant_type: &str) -> bool {
        self.grant_types.iter().any(|registered| registered == grant_type)
    }

    /// The client information response (RFC 7591 section 3.2.1, DCR-06), with what manages it where that is offered.
    pub(super) fn information(&self, management_uri: Option<String>, scope: Option<&[String]>) -> Value {
        let mut members = Map::new();
        let mut put = |name: &str, value: Value| members.insert(name.to_owned(), value);
        put("client_id", json!(self.id));
        put("client_id_issued_at", json!(self.issued_at));
        if let Some(secret) = &self.secret {
            put("client_secret", json!(secret));
            // RFC 7591 section 3.2.1: required beside a secret; 0 means that it does not expire.
            put("client_secret_expires_at", json!(0));
        }
        if let Some(uri) = management_uri {
            put("registration_access_token", json!(self.management_token));
            put("registration_client_uri", json!(uri));
        }
        put("redirect_uris", json!(self.redirect_uris));
        if let Some(name) = &self.name {
            put("client_name", json!(name));
        }
        if let Some(software_id) = &self.software_id {
            put("software_id", json!(software_id));
        }
        put("token_endpoint_auth_method", json!(self.auth.word()));
        put("grant_types", json!(self.grant_types));
        put("response_types", json!(self.response_types));
        if let Some(scope) = scope.filter(|scope| !scope.is_empty()) {
            put("scope", json!(scope.join(" ")));
        }
        Value::Object(members)
    }
}
