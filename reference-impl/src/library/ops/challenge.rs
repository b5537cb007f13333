//! `challenge` and `emit_challenge`: what a resource server says in `WWW-Authenticate`.

use serde::Deserialize;
use serde_json::json;

use crate::challenge::{BearerChallenge, BearerError, read_bearer, read_challenges};
use crate::faults::Fault;
use crate::library::input::{Text, read, scope_set, texts};
use crate::library::instance::Library;
use crate::library::reply::{Answer, Refusal};
use crate::scope::ScopeSet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChallengeInput {
    header: Text,
}

/// `challenge`: the scopes and the error of the challenge for a bearer token.
pub(in crate::library) fn challenge(library: &Library, input: &str) -> Answer {
    let header = read::<ChallengeInput>(input)?.header.utf8()?;
    let challenge = read_bearer(&misread(library, &header)).map_err(|error| {
        let kind = match &error {
            BearerError::Syntax(_) => "challenge",
            BearerError::Repeated { .. } => "repeated",
            BearerError::Scope(_) => "malformed",
        };
        Refusal::new(kind, error)
    })?;
    let challenge = challenge.unwrap_or_default();
    if library.has(Fault::ReadChallengePairRaw)
        && let Some(scopes) = raw_scopes(&header)
    {
        return Ok(json!({ "scopes": scopes, "error": challenge.error }));
    }
    let scopes = challenge.scope.map(ScopeSet::into_strings).unwrap_or_default();
    Ok(json!({ "scopes": scopes, "error": challenge.error }))
}

/// The header as a faulty reader takes it: what that reader overlooks is taken out before it is read.
fn misread(library: &Library, header: &str) -> String {
    if library.has(Fault::ReadChallengeCommaSplits) {
        // What stands before the comma gets a quote of its own, and what stands behind it loses its quote.
        let pieces = header.split(',').map(|piece| match piece.matches('"').count() {
            1 if piece.trim_end().ends_with('"') => piece.replace('"', ""),
            1 => format!("{piece}\""),
            _ => piece.to_owned(),
        });
        return pieces.collect::<Vec<_>>().join(",");
    }
    if library.has(Fault::ReadChallengeFirstOnly)
        && let Ok(challenges) = read_challenges(header)
        && let Some(second) = challenges.get(1)
    {
        return header.get(..second.scheme.span.start).unwrap_or_default().to_owned();
    }
    if library.has(Fault::ReadChallengeCaseSensitive)
        && let Ok(challenges) = read_challenges(header)
        && !challenges.iter().any(|challenge| challenge.scheme.text == "Bearer")
    {
        return String::new();
    }
    header.to_owned()
}

/// The scopes of a bearer challenge as they stand between the quotes, quoted pairs and all.
fn raw_scopes(header: &str) -> Option<Vec<String>> {
    let challenges = read_challenges(header).ok()?;
    let bearer = challenges.iter().find(|challenge| challenge.is("Bearer"))?;
    let written = header.get(bearer.parameter("scope")?.value.span.clone())?;
    Some(written.trim_matches('"').split(' ').map(str::to_owned).collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EmitInput {
    scopes: Vec<Text>,
    error: Option<Text>,
}

/// `emit_challenge`: the challenge that names scopes and an error.
pub(in crate::library) fn emit_challenge(library: &Library, input: &str) -> Answer {
    let EmitInput { scopes, error } = read(input)?;
    let (scopes, error) = (texts(scopes)?, error.map(Text::utf8).transpose()?);
    if library.has(Fault::EmitChallengeRaw) {
        let error = error.map(|error| format!("error=\"{error}\", ")).unwrap_or_default();
        return Ok(json!({ "header": format!("Bearer {error}scope=\"{}\"", scopes.join(" ")) }));
    }
    let scope = scope_set(&scopes)?;
    let challenge = BearerChallenge { scope: Some(scope), error, ..BearerChallenge::default() };
    Ok(json!({ "header": challenge.write().map_err(Refusal::malformed)? }))
}
