//! The scope of a token that holds good.
//!
//! All forms are read: `scope` and `scp`, a string or an array (C6). This server decides by them, so it fails closed:
//! claims that contradict each other, are of another type, stand there twice or hold what is no scope make the token
//! malformed; they are never joined, guessed or half read. A token without such a claim holds no scope at all.

use serde_json::Value;

use super::app::App;
use super::refusal::Refusal;
use crate::claims::{ClaimProblem, Members, read_claims};
use crate::faults::Fault;
use crate::scope::union_scopes;

/// The scopes that the claims (or the answer of an introspection) state.
pub(super) fn held(app: &App, claims: &Members) -> Result<Vec<String>, Refusal> {
    let read = read_claims(claims);
    if app.has(Fault::ResourceScpIgnored) {
        return Ok(read.scope.unwrap_or_default());
    }
    if app.has(Fault::ResourceScopeIgnored) {
        return Ok(read.scp.unwrap_or_default());
    }
    if app.has(Fault::ConflictingClaimsJoined) {
        return Ok(union_scopes(&read.scope.unwrap_or_default(), &read.scp.unwrap_or_default()));
    }
    if app.has(Fault::RolesReadAsScopes) {
        return Ok(union_scopes(read.scopes(), &strings(claims.get("roles"))));
    }
    match read.strict() {
        Ok(scopes) => Ok(scopes.to_vec()),
        Err(problem) => Err(Refusal::Invalid(said_of(problem).to_owned())),
    }
}

/// What is said of a problem; nothing of the token is quoted.
fn said_of(problem: &ClaimProblem) -> &'static str {
    match problem {
        ClaimProblem::Conflict { .. } => "the claims 'scope' and 'scp' of the token contradict each other",
        ClaimProblem::Repeated { .. } => "a scope claim stands in the token more than once",
        ClaimProblem::Type { .. } | ClaimProblem::Element { .. } => {
            "a scope claim of the token has a wrong type"
        }
        ClaimProblem::Malformed { .. } => "a scope claim of the token is malformed",
    }
}

/// The strings of an array.
fn strings(value: Option<&Value>) -> Vec<String> {
    let elements = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    elements.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}
