//! The authorization request (RFC 6749 section 4.1.1, SU-11).

use url::Url;

use crate::client::ClientConfig;
use crate::client::wire::HttpError;
use crate::faults::Fault;

/// What an authorization request says.
#[derive(Debug)]
pub(super) struct AuthorizationRequest<'a> {
    pub(super) client_id: &'a str,
    pub(super) redirect_uri: &'a str,
    pub(super) scopes: &'a [String],
    pub(super) state: &'a str,
    pub(super) challenge: &'a str,
    pub(super) resource: &'a str,
}

impl AuthorizationRequest<'_> {
    /// The URL to open. What the endpoint has of a query stays, but for parameters that we set ourselves: none may be
    /// there twice (RFC 6749 section 3.1).
    pub(super) fn url(&self, endpoint: &str, config: &ClientConfig) -> Result<Url, HttpError> {
        let mut url = Url::parse(endpoint)
            .map_err(|error| HttpError::Url { url: endpoint.to_owned(), why: error.to_string() })?;
        let joined = self.scopes.join(if config.has(Fault::ClientCommaJoined) { "," } else { " " });
        let mut ours = vec![
            ("response_type", "code"),
            ("client_id", self.client_id),
            ("redirect_uri", self.redirect_uri),
        ];
        // The grammar has no empty scope: without one the parameter is left out (RFC 6749 section 3.3).
        if config.has(Fault::ClientRepeatsScope) {
            ours.extend(self.scopes.iter().map(|scope| ("scope", scope.as_str())));
        } else if !self.scopes.is_empty() || config.has(Fault::ClientEmptyScope) {
            ours.push(("scope", &joined));
        }
        ours.extend([
            ("state", self.state),
            ("code_challenge", self.challenge),
            ("code_challenge_method", "S256"),
        ]);
        if !config.has(Fault::ClientOmitsResource) {
            ours.push(("resource", self.resource));
        }
        // OpenID Connect Core section 11 ties offline access to an explicit consent.
        let asks_for = |name: &str| self.scopes.iter().any(|scope| scope == name);
        if asks_for("openid") && asks_for("offline_access") && !config.has(Fault::ClientOfflineUnasked) {
            ours.push(("prompt", "consent"));
        }
        let preset: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let kept =
            preset.iter().filter(|(name, _)| *name != "scope" && ours.iter().all(|(mine, _)| mine != name));
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(kept).extend_pairs(&ours);
        let query = query.finish();
        let plain = config.has(Fault::ClientPlusUnencoded).then(|| query.replace("%2B", "+"));
        url.set_query(Some(plain.as_deref().unwrap_or(&query)));
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(endpoint: &str, scopes: &[&str], fault: Option<Fault>) -> String {
        let scopes: Vec<String> = scopes.iter().map(ToString::to_string).collect();
        let request = AuthorizationRequest {
            client_id: "c",
            redirect_uri: "http://127.0.0.1:1/callback",
            scopes: &scopes,
            state: "s",
            challenge: "h",
            resource: "http://127.0.0.1:2",
        };
        let config = ClientConfig { faults: fault.into_iter().collect(), ..ClientConfig::default() };
        request.url(endpoint, &config).unwrap().to_string()
    }

    #[test]
    fn scopes_are_joined_by_one_space_and_encoded() {
        insta::assert_snapshot!(url("http://127.0.0.1:3/authorize", &["read:all", "a+b"], None), @"http://127.0.0.1:3/authorize?response_type=code&client_id=c&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcallback&scope=read%3Aall+a%2Bb&state=s&code_challenge=h&code_challenge_method=S256&resource=http%3A%2F%2F127.0.0.1%3A2");
    }

    #[test]
    fn without_a_scope_there_is_no_parameter() {
        assert!(!url("http://h/a", &[], None).contains("scope"));
        assert!(url("http://h/a", &[], Some(Fault::ClientEmptyScope)).contains("&scope=&"));
    }

    #[test]
    fn no_parameter_stands_there_twice() {
        let url = url("http://h/a?tenant=t&scope=admin&state=x", &["a"], None);
        assert!(url.starts_with("http://h/a?tenant=t&response_type=code&"), "{url}");
        assert_eq!((url.matches("scope=").count(), url.matches("state=").count()), (1, 1));
    }

    #[test]
    fn offline_access_of_an_openid_request_comes_with_consent() {
        assert!(url("http://h/a", &["openid", "offline_access"], None).ends_with("&prompt=consent"));
        assert!(!url("http://h/a", &["offline_access"], None).contains("prompt"));
    }
}
