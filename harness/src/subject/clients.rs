//! Clients: their credentials, how they authenticate, and which of them are to be deleted at the end.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value};

use super::{Queue, Turn};
use crate::{
    judge::Missed,
    wire::{Encoding, Pair, Reply, Request, WireError, encode_value},
};

/// How a client authenticates at the token endpoint: what the server answered, never what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthMethod {
    /// By its id alone.
    None,
    /// `client_secret_basic`.
    Basic,
    /// `client_secret_post`.
    Post,
}

/// A client of the server under test.
#[derive(Clone)]
pub struct Client {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: Option<String>,
    /// How it authenticates.
    pub auth: AuthMethod,
    /// Where its authorization responses go.
    pub redirect_uri: String,
    /// Where its registration is managed, and with which token (RFC 7592).
    pub management: Option<(String, String)>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Its secrets are nobody's to see.
        f.debug_struct("Client").field("id", &self.id).field("auth", &self.auth).finish_non_exhaustive()
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent").field("started_ms", &self.started_ms).finish_non_exhaustive()
    }
}

impl Client {
    /// The client that an answer to a registration describes; `None` without a `client_id`.
    pub fn from_answer(answer: &Map<String, Value>, redirect_uri: &str) -> Option<Self> {
        let text = |name: &str| answer.get(name).and_then(Value::as_str).map(str::to_owned);
        let secret = text("client_secret").filter(|secret| !secret.is_empty());
        let auth = match (text("token_endpoint_auth_method").as_deref(), &secret) {
            (Some("none"), _) | (None, None) => AuthMethod::None,
            (Some("client_secret_post"), _) => AuthMethod::Post,
            _ => AuthMethod::Basic,
        };
        Some(Self {
            id: text("client_id")?,
            secret,
            auth,
            redirect_uri: redirect_uri.to_owned(),
            management: text("registration_client_uri").zip(text("registration_access_token")),
        })
    }

    /// Puts the client's authentication into a form request.
    pub fn authenticate(&self, pairs: &mut Vec<Pair>, request: Request) -> Request {
        match (self.auth, &self.secret) {
            (AuthMethod::Basic, Some(secret)) => {
                let part = |text: &str| encode_value(text.as_bytes(), Encoding::Plus);
                let pair = format!("{}:{}", part(&self.id), part(secret));
                request.header("authorization", format!("Basic {}", STANDARD.encode(pair)))
            }
            (AuthMethod::Post, Some(secret)) => {
                pairs.push(Pair::new("client_id", self.id.as_str()));
                pairs.push(Pair::new("client_secret", secret.as_str()));
                request
            }
            _ => {
                pairs.push(Pair::new("client_id", self.id.as_str()));
                request
            }
        }
    }
}

/// An exchange of a registration, as it was: the cases that rest on it put it into their records, redacted.
#[derive(Clone)]
pub struct Sent {
    /// The request.
    pub request: Request,
    /// The answer.
    pub result: Result<Reply, WireError>,
    /// When it was sent, in milliseconds since the run began.
    pub started_ms: u64,
    /// How long it took.
    pub duration_ms: u64,
}

/// A registration that a case did not make itself.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The client, or why there is none.
    pub client: Result<Arc<Client>, Missed>,
    /// The exchange; `None` where nothing was sent.
    pub sent: Option<Arc<Sent>>,
}

impl Registration {
    /// A client that was not registered by the run, or none.
    pub fn unsent(client: Result<Arc<Client>, Missed>) -> Self {
        Self { client, sent: None }
    }
}

/// The clients of a run: one for each variant, shared by the cases that do not ask for a fresh one, and all that were registered.
#[derive(Debug, Default)]
pub struct Clients {
    /// By variant; a registration that was refused is not tried again.
    pub(crate) shared: tokio::sync::Mutex<HashMap<String, Registration>>,
    queue: tokio::sync::Mutex<Queue>,
    registered: Mutex<Vec<Arc<Client>>>,
}

impl Clients {
    /// A turn at the registration endpoint.
    pub(crate) fn turn(&self) -> Turn<'_> {
        Turn::of(&self.queue)
    }

    /// Remembers a client that the run has registered.
    pub fn remember(&self, client: Arc<Client>) {
        self.registered.lock().unwrap_or_else(PoisonError::into_inner).push(client);
    }

    /// Forgets a client that a case has deleted.
    pub fn forget(&self, id: &str) {
        self.registered.lock().unwrap_or_else(PoisonError::into_inner).retain(|client| client.id != id);
    }

    /// Takes all clients that the run has registered and not deleted.
    pub fn take_registered(&self) -> Vec<Arc<Client>> {
        std::mem::take(&mut *self.registered.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(json: &str) -> Client {
        let Value::Object(members) = serde_json::from_str(json).unwrap() else { panic!("no object") };
        Client::from_answer(&members, "https://client.example/cb").unwrap()
    }

    #[test]
    fn the_returned_authentication_method_is_used() {
        assert_eq!(client(r#"{"client_id":"a"}"#).auth, AuthMethod::None);
        assert_eq!(client(r#"{"client_id":"a","client_secret":"s"}"#).auth, AuthMethod::Basic);
        let post = client(
            r#"{"client_id":"a","client_secret":"s","token_endpoint_auth_method":"client_secret_post"}"#,
        );
        let mut pairs = Vec::new();
        post.authenticate(&mut pairs, Request::get("x"));
        assert_eq!(pairs.len(), 2);
    }

    #[test]
    fn basic_credentials_are_form_encoded_first() {
        let basic = client(
            r#"{"client_id":"a:b","client_secret":"s s","token_endpoint_auth_method":"client_secret_basic"}"#,
        );
        let request = basic.authenticate(&mut Vec::new(), Request::get("x"));
        assert_eq!(request.headers[0].1, format!("Basic {}", STANDARD.encode("a%3Ab:s+s")));
    }
}
