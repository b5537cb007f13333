//! An issuer of tokens of any kind: it signs whatever it is told to.

use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, crypto};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What stands before the 32 secret bytes of an Ed25519 key in PKCS #8.
const PKCS8_PREFIX: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// A key and its name.
pub(crate) struct Key {
    pub(crate) key: EncodingKey,
    pub(crate) id: String,
}

impl Key {
    pub(crate) fn of(seed: u8) -> Self {
        let key = EncodingKey::from_ed_der(&[&PKCS8_PREFIX[..], &[seed; 32][..]].concat());
        Self { key, id: format!("key-{seed}") }
    }

    fn public(&self) -> Value {
        let mut public = Jwk::from_encoding_key(&self.key, Algorithm::EdDSA).unwrap();
        public.common.key_id = Some(self.id.clone());
        serde_json::to_value(public).unwrap()
    }

    /// Signs the text of claims.
    pub(crate) fn sign(&self, kind: &str, claims: &str) -> String {
        let header = json!({ "alg": "EdDSA", "typ": kind, "kid": self.id });
        let signed = format!("{}.{}", encoded(&header.to_string()), encoded(claims));
        let signature = crypto::sign(signed.as_bytes(), &self.key, Algorithm::EdDSA).unwrap();
        format!("{signed}.{signature}")
    }
}

pub(crate) fn encoded(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

pub(crate) fn now() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "tokens carry the time at which they expire")]
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// A signature by a shared secret.
pub(crate) fn shared_secret(claims: &Value) -> String {
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &EncodingKey::from_secret(b"secret"))
        .unwrap()
}

/// What the issuer tells those who ask it.
#[derive(Default)]
struct Said {
    issuer: String,
    keys: Vec<Value>,
    introspection: Value,
}

/// A running issuer.
pub(crate) struct Issuer {
    pub(crate) url: String,
    pub(crate) key: Key,
    said: Arc<Mutex<Said>>,
}

impl Issuer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let key = Key::of(1);
        let said = Said { issuer: url.clone(), keys: vec![key.public()], introspection: Value::Null };
        let said = Arc::new(Mutex::new(said));
        let origin = url.clone();
        let metadata = move |State(said): State<Arc<Mutex<Said>>>| async move {
            Json(json!({
                "issuer": said.lock().unwrap().issuer,
                "jwks_uri": format!("{origin}/keys"),
                "introspection_endpoint": format!("{origin}/introspect"),
            }))
        };
        let keys = |State(said): State<Arc<Mutex<Said>>>| async move {
            Json(json!({ "keys": said.lock().unwrap().keys }))
        };
        let introspect = |State(said): State<Arc<Mutex<Said>>>| async move {
            Json(said.lock().unwrap().introspection.clone())
        };
        let router = Router::new()
            .route("/.well-known/oauth-authorization-server", get(metadata))
            .route("/keys", get(keys))
            .route("/introspect", post(introspect))
            .with_state(Arc::clone(&said));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, key, said }
    }

    /// Takes another name from now on.
    pub(crate) fn call_yourself(&self, name: &str) {
        name.clone_into(&mut self.said.lock().unwrap().issuer);
    }

    /// Publishes another key beside the first.
    pub(crate) fn publish(&self, key: &Key) {
        self.said.lock().unwrap().keys.push(key.public());
    }

    /// Says this of every token from now on.
    pub(crate) fn say(&self, introspection: Value) {
        self.said.lock().unwrap().introspection = introspection;
    }
}
