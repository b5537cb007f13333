//! What a request asks for: the reading of the `scope` parameter.

use super::app::App;
use super::errors::OAuthError;
use super::params::{Params, scope_text};
use crate::faults::Fault;
use crate::scope::{ScopeToken, union_scopes};

/// What a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ask {
    /// No scope. A valueless `scope=` counts as this (RFC 6749 section 3.1), and so does one of spaces alone.
    Omitted,
    /// These scopes.
    Named {
        /// Without duplicates, in order.
        scopes: Vec<String>,
        /// As they were listed, duplicates and all.
        listed: Vec<String>,
    },
}

/// Reads the scope of a request. Several parameters make the request invalid.
pub(super) fn read_ask(app: &App, params: &Params) -> Result<Ask, OAuthError> {
    let Some(text) = scope_parameter(app, params)? else { return Ok(Ask::Omitted) };
    if text.is_empty() {
        if app.has(Fault::EmptyUnlikeOmitted) {
            return Err(OAuthError::invalid_request("parameter 'scope' has no value"));
        }
        if app.has(Fault::EmptyScopeServerError) {
            return Err(OAuthError::server_error("index out of range"));
        }
    }
    let listed = split(app, &text);
    let scopes = union_scopes(&listed, &[]);
    if scopes.len() < listed.len() && app.has(Fault::DuplicateScopeServerError) {
        return Err(OAuthError::server_error("duplicate key"));
    }
    Ok(if scopes.is_empty() { Ask::Omitted } else { Ask::Named { scopes, listed } })
}

/// The text of the one `scope` parameter, if there is one.
fn scope_parameter(app: &App, params: &Params) -> Result<Option<String>, OAuthError> {
    let mut values = params.all("scope").map(|value| scope_text(app, value));
    if params.repeats("scope") && !params.first_scope_wins() {
        if app.has(Fault::RepeatedScopeMerged) {
            return Ok(Some(values.collect::<Vec<_>>().join(" ")));
        }
        if app.has(Fault::RepeatedScopeLast) {
            return Ok(values.last());
        }
        return Err(OAuthError::invalid_request(
            "parameter 'scope' is given more than once; send one, its values separated by spaces",
        ));
    }
    Ok(values.next())
}

/// The listed scopes, duplicates and all. The space is the only separator; whether each follows the grammar is seen
/// where it is decided on.
fn split(app: &App, text: &str) -> Vec<String> {
    let owned = |word: &str| Some(word.to_owned()).filter(|word| !word.is_empty());
    if app.has(Fault::SeparatorAnyWhitespace) {
        return text.split_whitespace().filter_map(owned).collect();
    }
    if app.has(Fault::SeparatorComma) {
        return text.split([' ', ',']).filter_map(owned).collect();
    }
    text.split(' ').filter_map(owned).collect()
}

/// Refuses scopes outside the grammar of RFC 6749 section 3.3, whatever becomes of those that are merely unknown.
pub(super) fn check_grammar(scopes: &[String]) -> Result<(), OAuthError> {
    for scope in scopes {
        scope.parse::<ScopeToken>().map_err(|error| {
            OAuthError::invalid_scope(format!("The scope '{scope}' is malformed: {error}."))
        })?;
    }
    Ok(())
}
