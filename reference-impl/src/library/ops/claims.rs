//! `claims` and `token`: the scopes that a token states.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::claims::{
    ClaimName, ClaimProblem, Claims, Members, read_claims, read_claims_of_cli_engine, read_claims_of_toolhive,
};
use crate::faults::Fault;
use crate::library::input::{Object, Text, read};
use crate::library::instance::Library;
use crate::library::profile::LibraryProfile;
use crate::library::reply::{Answer, Refusal};
use crate::scope::union_scopes;
use crate::token::{Reading, Segments, read_token, read_token_of};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimsInput {
    claims: Object,
}

/// `claims`: the claims of a token as an object.
pub(in crate::library) fn claims(library: &Library, input: &str) -> Answer {
    let claims = read::<ClaimsInput>(input)?.claims.members()?;
    Ok(json!({ "scopes": scopes_of(library, &claims)? }))
}

/// The scopes of claims under the profile.
fn scopes_of(library: &Library, claims: &Members) -> Result<Vec<String>, Refusal> {
    match library.profile() {
        LibraryProfile::Standard => strict(&claims_in(library, claims)),
        LibraryProfile::CliEngine => Ok(read_claims_of_cli_engine(claims)),
        LibraryProfile::Toolhive => Ok(union_scopes(&read_claims_of_toolhive(claims), &[])),
    }
}

/// The claims as they are read, or misread under a fault.
pub(super) fn claims_in(library: &Library, claims: &Members) -> Claims {
    if library.has(Fault::ClaimsElementStringified) {
        return read_claims(&stringified(claims));
    }
    let mut read = read_claims(claims);
    let conflict = |problem: &ClaimProblem| matches!(problem, ClaimProblem::Conflict { .. });
    if library.has(Fault::ClaimsScpIgnored) {
        read.scp = None;
        read.problems.retain(|problem| !conflict(problem) && problem.claim() != Some(ClaimName::Scp));
    }
    if library.has(Fault::ClaimsBlankShadows) && read.scope.as_ref().is_some_and(Vec::is_empty) {
        read.scp = None;
    }
    if library.has(Fault::ClaimsConflictSilent) {
        read.problems.retain(|problem| !conflict(problem));
    }
    if library.has(Fault::ClaimsMerged) {
        read.problems.retain(|problem| !conflict(problem));
        if read.state_something() {
            let both = [read.scope.take().unwrap_or_default(), read.scp.take().unwrap_or_default()].concat();
            read.scope = Some(union_scopes(&both, &[]));
        }
    }
    read
}

/// The scopes, or the refusal of what is odd.
fn strict(claims: &Claims) -> Result<Vec<String>, Refusal> {
    claims.strict().map(<[String]>::to_vec).map_err(|problem| {
        let kind = match problem {
            ClaimProblem::Conflict { .. } => "conflict",
            ClaimProblem::Type { .. } | ClaimProblem::Element { .. } => "type",
            ClaimProblem::Repeated { .. } => "repeated",
            ClaimProblem::Malformed { .. } => "malformed",
        };
        Refusal::new(kind, problem)
    })
}

/// The claims with every element that is no string turned into one.
fn stringified(claims: &Members) -> Members {
    let element = |value: &Value| match value {
        Value::String(text) => json!(text),
        other => json!(other.to_string()),
    };
    let claim = |(name, value): (&str, &Value)| match value {
        Value::Array(elements) => (name.to_owned(), elements.iter().map(element).collect()),
        other => (name.to_owned(), other.clone()),
    };
    Members::from(claims.iter().map(claim).collect::<serde_json::Map<_, _>>())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenInput {
    token: Text,
}

/// `token`: a token, opaque or not.
pub(in crate::library) fn token(library: &Library, input: &str) -> Answer {
    let token = read::<TokenInput>(input)?.token.utf8()?;
    let reading = if library.has(Fault::TokenPaddingAccepted) {
        read_token(&token.replace('=', ""))
    } else if library.is_cli_engine() {
        read_token_of(&token, Segments::LastButOne)
    } else {
        read_token(&token)
    };
    let scopes = match reading {
        Reading::Opaque(_) => Vec::new(),
        Reading::Claims(claims) => scopes_of(library, &claims)?,
    };
    Ok(json!({ "scopes": scopes }))
}
