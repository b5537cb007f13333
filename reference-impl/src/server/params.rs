//! The parameters of a request, from its query or its form.

use percent_encoding::percent_decode_str;

use super::app::App;
use super::errors::OAuthError;
use crate::faults::Fault;

/// Parameters that an endpoint knows and that may come once (RFC 6749 section 3.1). Others are ignored, and
/// `resource` may repeat (RFC 8707 section 2).
const SINGLE: [&str; 16] = [
    "client_id",
    "client_secret",
    "redirect_uri",
    "response_type",
    "response_mode",
    "state",
    "code_challenge",
    "code_challenge_method",
    "grant_type",
    "code",
    "code_verifier",
    "refresh_token",
    "token",
    "token_type_hint",
    "login_hint",
    "scope",
];

/// The parameters of a request, in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(super) struct Params {
    pairs: Vec<(String, String)>,
    first_wins: bool,
}

impl Params {
    /// Reads form-encoded text: `+` and `%20` are a space, and everything is decoded once.
    pub(super) fn read(app: &App, text: &[u8]) -> Self {
        let kept_plus;
        let text = if app.has(Fault::PlusNotDecoded) {
            kept_plus = String::from_utf8_lossy(text).replace('+', "%2B");
            kept_plus.as_bytes()
        } else {
            text
        };
        let pairs = form_urlencoded::parse(text).into_owned().collect();
        Self { pairs, first_wins: app.is_toolhive() }
    }

    /// These parameters, then the others.
    pub(super) fn and(mut self, others: Self) -> Self {
        self.pairs.extend(others.pairs);
        self
    }

    /// The value of a parameter that may come once. Of several the first is taken here; [`Self::check_single`]
    /// refuses them.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// The value of a parameter that is there and not empty: a valueless one counts as omitted.
    pub(super) fn given(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// All values of a parameter.
    pub(super) fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether a parameter comes more than once.
    pub(super) fn repeats(&self, name: &str) -> bool {
        self.all(name).nth(1).is_some()
    }

    /// Refuses a request in which a parameter comes more than once. Profile `toolhive` takes the first (AZ-01).
    /// `scope` is left to the reader of the scope.
    pub(super) fn check_single(&self) -> Result<(), OAuthError> {
        if self.first_wins {
            return Ok(());
        }
        match SINGLE.into_iter().filter(|name| *name != "scope").find(|name| self.repeats(name)) {
            Some(name) => Err(OAuthError::invalid_request(format!(
                "parameter '{name}' is given more than once; send it once"
            ))),
            None => Ok(()),
        }
    }

    /// Whether several `scope` parameters are taken as the first one (AZ-01).
    pub(super) fn first_scope_wins(&self) -> bool {
        self.first_wins
    }

    /// Refuses a parameter that stands both here and in the query of the same request.
    pub(super) fn check_not_in(&self, query: &Self) -> Result<(), OAuthError> {
        let twice = |name: &&str| self.get(name).is_some() && query.get(name).is_some();
        match SINGLE.into_iter().find(twice) {
            Some(name) => Err(OAuthError::invalid_request(format!(
                "parameter '{name}' is given in the query and in the body; send it in the body"
            ))),
            None => Ok(()),
        }
    }
}

/// A scope value as this server reads it out of a decoded parameter.
pub(super) fn scope_text(app: &App, value: &str) -> String {
    if app.has(Fault::DoublePercentDecoding) {
        return percent_decode_str(value).decode_utf8_lossy().into_owned();
    }
    value.to_owned()
}
