//! Dynamic registration (RFC 7591), and what is kept of it.

use serde_json::{Map, Value, json};
use url::Url;

use super::RegistrationError;
use super::error::reply_error;
use crate::claims::Members;
use crate::client::ClientConfig;
use crate::client::discovery::ServerMetadata;
use crate::client::store::{Drawer, StoreError, StoreKey};
use crate::client::wire::{Http, Reply};
use crate::faults::Fault;
use crate::scope::{ScopeSet, missing_scopes, union_scopes};

/// A client as an authorization server knows it.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::client) struct Registration {
    /// `client_id`.
    pub(in crate::client) client_id: String,
    /// `client_secret`, if it has one.
    pub(in crate::client) client_secret: Option<String>,
    /// `token_endpoint_auth_method`, if it is known.
    pub(in crate::client) auth_method: Option<String>,
    /// The redirect URI, port included: not every server lets a client choose another one (RFC 8252 section 7.3).
    pub(in crate::client) redirect_uri: Option<String>,
    /// What was asked for, and what the server said it registered (RFC 7591 section 3.2.1); `None` if it did not say.
    requested: Vec<String>,
    registered: Option<Vec<String>>,
}

/// Without the secret.
impl std::fmt::Debug for Registration {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Registration")
            .field("client_id", &self.client_id)
            .field("redirect_uri", &self.redirect_uri)
            .field("registered", &self.registered)
            .finish_non_exhaustive()
    }
}

impl Registration {
    /// Under which key the registration at an issuer is kept.
    pub(in crate::client) fn key(issuer: &str) -> Result<StoreKey, StoreError> {
        let unusable = |_| StoreError::Key { part: issuer.to_owned(), why: "it is no URL" };
        StoreKey::of_url(Drawer::Clients, &Url::parse(issuer).map_err(unusable)?)
    }

    /// The client that the configuration names.
    pub(in crate::client) fn configured(config: &ClientConfig) -> Option<Self> {
        let client = config.client.as_ref()?;
        Some(Self {
            client_id: client.client_id.clone(),
            client_secret: client.client_secret.clone(),
            auth_method: None,
            redirect_uri: None,
            requested: Vec::new(),
            registered: None,
        })
    }

    /// Whether the server may be asked for these scopes: it registered them, did not say what it registered, or was
    /// asked for them and declined, so that asking again would bring nothing.
    pub(super) fn admits(&self, scopes: &[String]) -> bool {
        let Some(registered) = &self.registered else { return true };
        missing_scopes(&union_scopes(registered, &self.requested), scopes).is_empty()
    }

    /// What to ask for: what is required, and of the rest what the server registered, for its word outranks our wish
    /// (RFC 7591 section 3.2.1).
    pub(super) fn narrowed(&self, request: &[String], required: &[String]) -> Vec<String> {
        let Some(registered) = &self.registered else { return request.to_vec() };
        let allowed = union_scopes(registered, required);
        request
            .iter()
            .filter(|scope| missing_scopes(&allowed, &[scope.as_str().to_owned()]).is_empty())
            .cloned()
            .collect()
    }

    /// The text that is kept.
    pub(super) fn encode(&self) -> String {
        let mut members = Map::new();
        let mut put = |name: &str, value: Value| members.insert(name.to_owned(), value);
        put("client_id", json!(self.client_id));
        put("client_secret", json!(self.client_secret));
        put("token_endpoint_auth_method", json!(self.auth_method));
        put("redirect_uri", json!(self.redirect_uri));
        put("requested", json!(self.requested));
        put("registered", json!(self.registered));
        Value::Object(members).to_string()
    }

    /// Reads the text back; what is no such text is no registration, and a new one is made.
    pub(in crate::client) fn decode(text: &str) -> Option<Self> {
        let members = Members::read(text).ok()?;
        let string = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
        let strings = |name: &str| {
            let elements = members.get(name)?.as_array()?;
            Some(elements.iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>())
        };
        Some(Self {
            client_id: string("client_id")?,
            client_secret: string("client_secret"),
            auth_method: string("token_endpoint_auth_method"),
            redirect_uri: string("redirect_uri"),
            requested: strings("requested")?,
            registered: strings("registered"),
        })
    }
}

/// Registers a public client for these scopes. The registration names what the login will ask for, so that the server
/// can tell at once what it will not grant.
pub(super) async fn register(
    http: &Http,
    config: &ClientConfig,
    server: &ServerMetadata,
    redirect_uri: &str,
    scopes: &[String],
) -> Result<Registration, RegistrationError> {
    let Some(endpoint) = &server.registration_endpoint else {
        return Err(RegistrationError::NoEndpoint(server.issuer.clone()));
    };
    let named = if config.has(Fault::ClientNarrowRegistration) {
        scopes.get(..1).unwrap_or_default()
    } else {
        scopes
    };
    let mut body = Map::new();
    let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
    put("client_name", json!("Scopecheck reference client"));
    put("redirect_uris", json!([redirect_uri]));
    put("grant_types", json!(["authorization_code", "refresh_token"]));
    put("response_types", json!(["code"]));
    put("token_endpoint_auth_method", json!("none"));
    put("application_type", json!("native"));
    if !named.is_empty() {
        // One string, never an array (RFC 7591 section 2).
        let array = config.has(Fault::ClientRegistersArray);
        put("scope", if array { json!(named) } else { json!(named.join(" ")) });
    }
    let body = Value::Object(body).to_string();
    let reply = http.post(endpoint, "application/json", body, &[("accept", "application/json")]).await?;
    if !reply.is_success() {
        return Err(RegistrationError::Refused { status: reply.status, said: reply_error(&reply) });
    }
    read(&reply, redirect_uri, named)
}

/// Reads the answer. What it says about scope is believed; what it does not say is not known.
fn read(reply: &Reply, redirect_uri: &str, requested: &[String]) -> Result<Registration, RegistrationError> {
    let object = reply.object().ok_or(RegistrationError::Unusable("it is no JSON object"))?;
    let string = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
    let client_id = string("client_id").filter(|id| !id.is_empty());
    let registered = match object.get("scope") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => {
            let scopes = ScopeSet::parse(text).map_err(|_| {
                RegistrationError::Unusable("its `scope` does not follow the grammar of RFC 6749")
            })?;
            Some(scopes.into_strings())
        }
        Some(_) => return Err(RegistrationError::Unusable("its `scope` is no string (RFC 7591 section 2)")),
    };
    Ok(Registration {
        client_id: client_id.ok_or(RegistrationError::Unusable("it has no `client_id`"))?,
        client_secret: string("client_secret"),
        auth_method: string("token_endpoint_auth_method"),
        redirect_uri: Some(redirect_uri.to_owned()),
        requested: requested.to_vec(),
        registered,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn registration(requested: &str, registered: Option<&str>) -> Registration {
        Registration {
            client_id: "c".to_owned(),
            client_secret: None,
            auth_method: Some("none".to_owned()),
            redirect_uri: Some("http://127.0.0.1:1/callback".to_owned()),
            requested: list(requested),
            registered: registered.map(list),
        }
    }

    #[test]
    fn the_word_of_the_server_outranks_the_wish_but_not_the_need() {
        let narrowed = registration("a b", Some("a"));
        assert_eq!(narrowed.narrowed(&list("a b c"), &list("c")), list("a c"));
        assert_eq!(registration("a b", None).narrowed(&list("a b c"), &[]), list("a b c"));
    }

    #[test]
    fn a_registration_is_made_anew_for_scopes_that_it_was_not_asked_for() {
        assert!(registration("a b", Some("a")).admits(&list("a b")));
        assert!(!registration("a b", Some("a")).admits(&list("c")));
        assert!(registration("a", None).admits(&list("c")));
    }

    #[test]
    fn what_is_kept_is_read_back() {
        for one in [registration("a", None), registration("", Some("")), registration("a b", Some("b"))] {
            assert_eq!(Registration::decode(&one.encode()), Some(one));
        }
        for text in ["", "{}", "[]", r#"{"client_id":1,"requested":[]}"#] {
            assert_eq!(Registration::decode(text), None, "{text}");
        }
    }
}
