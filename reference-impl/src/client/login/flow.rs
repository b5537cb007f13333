//! The whole of one login.

use std::time::Duration;

use tokio::time::timeout;
use url::Url;

use super::authorize::AuthorizationRequest;
use super::registration::register;
use super::{LoginError, Registration, RegistrationError, TokenAnswer, browser, fetch, redeem};
use crate::client::callback::{Answered, Callback, Listener};
use crate::client::config::{Browser, ClientConfig};
use crate::client::discovery::{ServerMetadata, Site};
use crate::client::pkce::Proof;
use crate::client::store::{TokenStore, lock};
use crate::client::wire::Http;
use crate::faults::Fault;

/// How long a client that redeems every callback waits for a second one.
const REPETITION: Duration = Duration::from_millis(100);

/// What a login needs to be made.
pub(in crate::client) struct Flow<'a> {
    /// How to speak.
    pub(in crate::client) http: &'a Http,
    /// How to behave.
    pub(in crate::client) config: &'a ClientConfig,
    /// Where registrations are kept.
    pub(in crate::client) store: &'a dyn TokenStore,
    /// Tells the person in front of the client where to go.
    pub(in crate::client) announce: &'a (dyn Fn(&str) + Send + Sync),
}

/// What a login brought.
pub(in crate::client) struct LoggedIn {
    /// The token response.
    pub(in crate::client) answer: TokenAnswer,
    /// The scopes that were requested.
    pub(in crate::client) requested: Vec<String>,
    /// As which client.
    pub(in crate::client) client: Registration,
}

impl Flow<'_> {
    /// Logs in with one authorization request (SU-10): for what is required, and for the rest of the request as far as
    /// the server registered it.
    pub(in crate::client) async fn log_in(
        &self,
        site: &Site,
        request: &[String],
        required: &[String],
    ) -> Result<LoggedIn, LoginError> {
        let (client, listener) = self.client(&site.server, request).await?;
        let server = site.asked(self.config);
        let requested = client.narrowed(request, required);
        let redirect_uri = listener.redirect_uri().to_owned();
        let proof = Proof::generate();
        let request = AuthorizationRequest {
            client_id: &client.client_id,
            redirect_uri: &redirect_uri,
            scopes: &requested,
            state: &proof.state,
            challenge: &proof.challenge(),
            resource: &site.resource,
        };
        let url = request.url(&server.authorization_endpoint, self.config)?;
        let (answered, heard) = self.answer(listener, &url, &redirect_uri, &proof.state).await?;
        let code = self.code(answered.callback, server)?;
        let named = requested.join(" ");
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", &*code),
            ("redirect_uri", &*redirect_uri),
            ("code_verifier", &*proof.verifier),
            ("resource", &*site.resource),
        ];
        if self.config.has(Fault::ClientExchangeNamesScope) {
            form.push(("scope", &*named));
        }
        let methods = server.auth_methods.as_deref();
        let redeem = || redeem(self.http, &server.token_endpoint, &client, methods, &form);
        let mut answer = match redeem().await {
            Err(_) if self.config.has(Fault::ClientTakesAnyAnswer) => TokenAnswer::undefined(),
            answer => answer?,
        };
        if self.config.has(Fault::ClientRedeemsTwice) {
            for _ in 1..heard {
                answer = redeem().await?;
            }
        }
        if let Some(scope) = answered.scope.filter(|_| self.config.has(Fault::ClientReadsCallbackScope)) {
            answer = answer.naming(&scope);
        }
        Ok(LoggedIn { answer, requested, client })
    }

    /// The client to log in as, and the listener behind its redirect URI: the configured one, the one that is kept if
    /// its port can be had and it was registered for these scopes, else a new one.
    async fn client(
        &self,
        server: &ServerMetadata,
        scopes: &[String],
    ) -> Result<(Registration, Listener), LoginError> {
        if let Some(client) = Registration::configured(self.config) {
            return Ok((client, Listener::bind(0).await.map_err(LoginError::Listener)?));
        }
        let key = Registration::key(&server.issuer).map_err(RegistrationError::Store)?;
        let text = self.store.read(&key).map_err(RegistrationError::Store)?;
        let kept = text.and_then(|text| Registration::decode(&text));
        if let Some(client) = kept.filter(|client| client.admits(scopes))
            && let Some(port) = client.redirect_uri.as_deref().and_then(port_of)
            && let Ok(listener) = Listener::bind(port).await
        {
            return Ok((client, listener));
        }
        let listener = Listener::bind(0).await.map_err(LoginError::Listener)?;
        let client = register(self.http, self.config, server, listener.redirect_uri(), scopes).await?;
        let mut entry = lock(self.store, &key).await.map_err(RegistrationError::Store)?;
        entry.replace(&client.encode()).map_err(RegistrationError::Store)?;
        Ok((client, listener))
    }

    /// Opens the authorization URL and waits for its answer, but not for ever.
    async fn answer(
        &self,
        listener: Listener,
        url: &Url,
        redirect_uri: &str,
        state: &str,
    ) -> Result<(Answered, usize), LoginError> {
        let mut waiting = listener.wait(state, &self.config.faults);
        let limit = self.config.login_timeout;
        let answer = async {
            match self.config.browser {
                Browser::Fetch => {
                    let followed = fetch::follow(self.http, url, redirect_uri).await;
                    // Who has called back already need not have done so by a redirect.
                    if let Some(answer) = waiting.now() {
                        return Ok(answer);
                    }
                    followed?;
                    return Err(LoginError::Unusable("it lost the `state` of the request".to_owned()));
                }
                Browser::Command => {
                    (self.announce)(&format!("continue in the browser, or open {url}"));
                    browser::start(url)?;
                }
                Browser::Print => (self.announce)(&format!("open {url}")),
            }
            waiting.answer().await.ok_or(LoginError::NoCode)
        };
        let answer = timeout(limit, answer).await;
        if self.config.has(Fault::ClientRedeemsTwice) {
            tokio::time::sleep(REPETITION).await;
        }
        let heard = waiting.heard();
        waiting.close().await;
        Ok((answer.map_err(|_| LoginError::TimedOut(limit))??, heard))
    }

    /// The code of an answer, once it is known whose answer it is. What the server says when it refuses is passed on.
    fn code(&self, callback: Callback, server: &ServerMetadata) -> Result<String, LoginError> {
        match callback {
            Callback::Code { code, issuer } => {
                check_issuer(issuer, server)?;
                Ok(code)
            }
            Callback::Refused { .. } if self.config.has(Fault::ClientErrorSwallowed) => {
                Err(LoginError::NoCode)
            }
            Callback::Refused { error, description, issuer } => {
                check_issuer(issuer, server)?;
                Err(LoginError::Refused { error, description })
            }
            Callback::Unusable(why) => Err(LoginError::Unusable(why)),
            Callback::Foreign => Err(LoginError::NoCode),
        }
    }
}

/// Whether an answer comes from the issuer that was asked (RFC 9207 section 2.4).
fn check_issuer(found: Option<String>, server: &ServerMetadata) -> Result<(), LoginError> {
    let expected = match &found {
        Some(found) => *found == server.issuer,
        None => !server.names_issuer,
    };
    if expected {
        return Ok(());
    }
    Err(LoginError::OtherIssuer { found: found.unwrap_or_default(), asked: server.issuer.clone() })
}

/// The port of a redirect URI.
fn port_of(redirect_uri: &str) -> Option<u16> {
    Url::parse(redirect_uri).ok()?.port()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_of_another_issuer_is_not_used() {
        let server = |names_issuer| ServerMetadata {
            issuer: "https://as.example".to_owned(),
            authorization_endpoint: String::new(),
            token_endpoint: String::new(),
            registration_endpoint: None,
            auth_methods: None,
            names_issuer,
            scopes: Vec::new(),
        };
        let check =
            |found: Option<&str>, names| check_issuer(found.map(str::to_owned), &server(names)).is_ok();
        assert!(check(Some("https://as.example"), true) && check(Some("https://as.example"), false));
        assert!(check(None, false) && !check(None, true));
        assert!(!check(Some("https://as.example/"), false) && !check(Some(""), true));
    }
}
