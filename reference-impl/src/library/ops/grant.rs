//! `recorded` and `ensure_granted`: what a login brought.

use serde::Deserialize;
use serde_json::json;

use super::claims::claims_in;
use super::sets::missing_in;
use crate::claims::{Claims, Members, read_claims_of_cli_engine};
use crate::faults::Fault;
use crate::grant::{self, GrantRule, Provenance, Recorded, RecordedError, granted};
use crate::library::input::{Object, Text, read, texts};
use crate::library::instance::Library;
use crate::library::reply::{Answer, Refusal};
use crate::scope::union_scopes;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordedInput {
    requested: Vec<Text>,
    response: Object,
}

/// `recorded`: what a token response granted.
pub(in crate::library) fn recorded(library: &Library, input: &str) -> Answer {
    let RecordedInput { requested, response } = read(input)?;
    let (requested, response) = (texts(requested)?, response.members()?);
    if library.has(Fault::RecordedEchoIgnored) {
        return Ok(json!({ "scopes": requested }));
    }
    let scopes = if library.is_cli_engine() {
        grant::recorded_of_cli_engine(&requested, &response).map_err(refusal)?
    } else {
        grant::recorded(&requested, &response).map_err(refusal)?.scopes().to_vec()
    };
    if library.has(Fault::RecordedEmptyAsAll) && scopes.is_empty() {
        return Ok(json!({ "scopes": requested }));
    }
    Ok(json!({ "scopes": scopes }))
}

/// The refusal of a response.
fn refusal(error: RecordedError) -> Refusal {
    let kind = match &error {
        RecordedError::Type { .. } => "type",
        RecordedError::Malformed(_) => "malformed",
        RecordedError::Repeated { .. } => "repeated",
    };
    Refusal::new(kind, error)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EnsureInput {
    required: Vec<Text>,
    claims: Option<Object>,
    recorded: Vec<Text>,
}

/// `ensure_granted`: whether a login brought what is required.
///
/// The protocol has one word for "nothing was recorded" and "nothing was granted", the empty list; it is read as the
/// former, so that claims can speak for a record from before scopes were recorded (TOK-01).
pub(in crate::library) fn ensure_granted(library: &Library, input: &str) -> Answer {
    let EnsureInput { required, claims, recorded } = read(input)?;
    let (required, recorded) = (texts(required)?, texts(recorded)?);
    let claims = Object::members_of(claims.as_ref())?.map(|claims| stated(library, &claims));
    if library.has(Fault::EnsureOpaqueCovers) && claims.is_none() && recorded.is_empty() {
        return Ok(json!({ "granted": true, "missing": [] }));
    }
    let recorded = if recorded.is_empty() {
        Recorded::Unknown
    } else {
        Recorded::Known { scopes: recorded, provenance: Provenance::Echoed }
    };
    let claims = claims.as_ref().filter(|_| !library.has(Fault::EnsureIgnoresClaim));
    let joined = library.is_cli_engine() || library.has(Fault::EnsureMaskedByRequest);
    let rule = if joined { GrantRule::Joined } else { GrantRule::Claim };
    let missing = missing_in(library, &granted(claims, &recorded, rule).names(), &required);
    Ok(json!({ "granted": missing.is_empty(), "missing": missing }))
}

/// The claims as the profile reads them.
fn stated(library: &Library, claims: &Members) -> Claims {
    if library.is_cli_engine() {
        let scopes = union_scopes(&read_claims_of_cli_engine(claims), &[]);
        return Claims { scope: Some(scopes), ..Claims::default() };
    }
    claims_in(library, claims)
}
