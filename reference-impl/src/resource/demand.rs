//! What a request demands of its token, and whether the token has it (RFC 6749 section 7).
//!
//! Scopes are compared octet by octet. There is no hierarchy here: `admin` is not `read`.

use super::app::App;
use super::config::{Match, Operation};
use crate::faults::Fault;
use crate::scope::missing_scopes;

/// What a request demands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Demand<'a> {
    /// The operation that is called; `None` for what needs a good token and no scope, as the start of an MCP session.
    pub(super) operation: Option<&'a Operation>,
    /// The path of the resource, whose metadata the challenge names: empty, or that of the MCP endpoint.
    pub(super) resource: &'static str,
}

impl Demand<'_> {
    /// Whether these scopes are enough.
    pub(super) fn met(&self, app: &App, held: &[String]) -> bool {
        let Some(operation) = self.operation else { return true };
        if app.has(Fault::ToolScopeUnchecked) && !self.resource.is_empty() {
            return true;
        }
        let missing = missing(app, held, &operation.requires).len();
        match operation.matching {
            Match::All if app.has(Fault::AnyOfForAll) => missing < operation.requires.len(),
            Match::All => missing == 0,
            Match::Any => operation.requires.is_empty() || missing < operation.requires.len(),
        }
    }

    /// What a challenge names: everything that the operation needs, whatever the token holds already, so that a token
    /// of exactly this scope is enough. Where one of several scopes will do, the first is named.
    pub(super) fn named(&self, app: &App) -> Vec<String> {
        match self.operation {
            None => app.config.initial_scope.clone(),
            Some(Operation { requires, matching: Match::All, .. }) => requires.clone(),
            Some(Operation { requires, matching: Match::Any, .. }) => {
                requires.iter().take(1).cloned().collect()
            }
        }
    }

    /// The demand in words, for the description of an error.
    pub(super) fn described(&self) -> String {
        let Some(Operation { name, requires, matching }) = self.operation else {
            return "a good token is needed".to_owned();
        };
        let scopes = requires.join(" ");
        match matching {
            Match::All => format!("operation '{name}' needs the scope '{scopes}'"),
            Match::Any => format!("operation '{name}' needs one scope of '{scopes}'"),
        }
    }
}

/// The required scopes that are not held.
pub(super) fn missing(app: &App, held: &[String], required: &[String]) -> Vec<String> {
    let loose: fn(&str, &str) -> bool = if app.has(Fault::ResourceSubstringMatch) {
        |held, required| held.contains(required)
    } else if app.has(Fault::ResourcePrefixMatch) {
        |held, required| required.starts_with(held)
    } else if app.has(Fault::ResourceCaseInsensitive) {
        |held, required| held.eq_ignore_ascii_case(required)
    } else {
        return missing_scopes(held, required);
    };
    required.iter().filter(|scope| !held.iter().any(|held| loose(held, scope))).cloned().collect()
}
