//! What is granted, and what the answer will say about it.
//!
//! The choices of this server: a scope that the client may not have makes the request fail (or is left out, with
//! `--unknown ignore`), an omitted scope means the documented default, and the answer always names what was granted.

use super::app::App;
use super::ask::{Ask, check_grammar};
use super::config::UnknownScopes;
use super::errors::OAuthError;
use super::matching::admitted;
use crate::faults::Fault;
use crate::scope::missing_scopes;

/// What the `scope` member of a token response will say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// What was granted.
    Granted,
    /// Nothing: the member is left out (only under a fault).
    Nothing,
    /// Something else (only under a fault).
    Other(Vec<String>),
}

/// What is granted, and what the answer will say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decision {
    /// The granted scopes.
    pub(super) granted: Vec<String>,
    /// What the answer will say.
    pub(super) said: Said,
}

impl Decision {
    /// A decision that the answer will tell as it is.
    pub(super) fn told(granted: Vec<String>) -> Self {
        Self { granted, said: Said::Granted }
    }
}

/// Decides on a request of a client that may have the `allowed` scopes (RFC 6749 section 3.3).
pub(super) fn decide(app: &App, allowed: &[String], ask: &Ask) -> Result<Decision, OAuthError> {
    let Ask::Named { scopes, listed } = ask else { return default_scope(app, allowed) };
    let checked = if app.has(Fault::FirstScopeOnlyChecked) { 1 } else { scopes.len() };
    let refused: Vec<String> =
        scopes.iter().take(checked).filter(|scope| !admitted(app, allowed, scope)).cloned().collect();
    let mut decision = if refused.is_empty() {
        Decision::told(scopes.clone())
    } else {
        with_refused(app, scopes, &refused)?
    };
    if app.has(Fault::OrderDependent) {
        decision.granted.truncate(1);
    }
    if app.has(Fault::LastScopeReplaces) {
        decision.granted.drain(..decision.granted.len().saturating_sub(1));
    }
    if app.has(Fault::DuplicatesEchoed) && refused.is_empty() {
        decision.said = Said::Other(listed.clone());
    }
    Ok(decision)
}

/// What becomes of a request some of whose scopes the client may not have.
fn with_refused(app: &App, scopes: &[String], refused: &[String]) -> Result<Decision, OAuthError> {
    let kept = missing_scopes(refused, scopes);
    if let Err(error) = check_grammar(refused) {
        if app.has(Fault::MalformedScopeAccepted) {
            return Ok(Decision::told(scopes.to_vec()));
        }
        return Err(error);
    }
    if app.has(Fault::UnknownScopeServerError) {
        return Err(OAuthError::server_error("no such scope"));
    }
    if app.has(Fault::UnknownGrantedUnsaid) {
        return Ok(Decision { granted: scopes.to_vec(), said: Said::Other(kept) });
    }
    if !kept.is_empty() {
        if app.has(Fault::ScopeMissingWhenNarrowed) {
            return Ok(Decision { granted: kept, said: Said::Nothing });
        }
        if app.policy.unknown == UnknownScopes::Ignore {
            return Ok(Decision::told(kept));
        }
    }
    let offender = refused.first().map_or("", String::as_str);
    Err(OAuthError::invalid_scope(format!(
        "The requested scope is invalid, unknown, or malformed: the client may not have '{offender}'; \
         register it or leave it out."
    )))
}

/// What a request without scope gets: the documented default, as far as the client may have it.
pub(super) fn default_scope(app: &App, allowed: &[String]) -> Result<Decision, OAuthError> {
    if app.has(Fault::OmittedInvalidRequest) {
        return Err(OAuthError::invalid_request("parameter 'scope' is missing"));
    }
    if app.has(Fault::OmittedScopeAll) {
        return Ok(Decision { granted: allowed.to_vec(), said: Said::Nothing });
    }
    if app.has(Fault::OmittedScopeVaries) {
        let turn = app.store().next_turn() % allowed.len().max(1);
        return Ok(Decision::told(allowed.iter().skip(turn).take(1).cloned().collect()));
    }
    let default = &app.policy.default_scope;
    let granted: Vec<String> = default.iter().filter(|scope| allowed.contains(scope)).cloned().collect();
    if granted.is_empty() {
        return Err(OAuthError::invalid_scope(format!(
            "No scope was requested, and the client may have none of the default ('{}'); request a scope.",
            default.join(" ")
        )));
    }
    Ok(Decision::told(granted))
}
