//! What a resource server demands when it refuses a request.

use super::wire::Reply;
use crate::challenge::{BearerChallenge, read_bearer};
use crate::faults::Fault;

use super::ClientConfig;

/// What a refusal says about the token that would be good.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Demand {
    /// The scopes that the operation needs; empty if the challenge does not say.
    pub(super) scopes: Vec<String>,
    /// The error code, if there is one.
    pub(super) error: Option<String>,
    /// Where the metadata of the resource are, if it says so.
    pub(super) metadata: Option<String>,
}

impl Demand {
    /// Reads the first bearer challenge of a refusal, in whichever field it stands. A field that cannot be read is
    /// passed over: what it meant is open, and scopes are not guessed.
    pub(super) fn read(reply: &Reply, config: &ClientConfig) -> Self {
        let fields = || reply.headers_named("www-authenticate");
        if config.has(Fault::ClientScopeAnywhere) {
            let (text, bearer) = (fields().collect::<Vec<_>>().join(", "), Self::of(first(fields())));
            return Self { scopes: between(&text, "scope=\"", "\""), ..bearer };
        }
        if let Some(demand) = Self::misread(fields().next().unwrap_or_default(), config) {
            return demand;
        }
        let mut demand = Self::of(first(fields()));
        if config.has(Fault::ClientFirstChallengedOnly) {
            demand.scopes.truncate(1);
        }
        demand
    }

    /// What a reader makes of a field that searches its text for parameters, where a fault has such a one.
    fn misread(field: &str, config: &ClientConfig) -> Option<Self> {
        let exact = config.has(Fault::ClientChallengeNamesExact) && !field.starts_with("Bearer ");
        let quoted = config.has(Fault::ClientChallengeQuotedOnly) && !field.contains("scope=\"");
        if exact || quoted {
            return Some(Self { scopes: Vec::new(), ..Self::of(first([field].into_iter())) });
        }
        let kept = config.has(Fault::ClientEscapesKept) && field.contains('\\');
        let searched =
            || Self { scopes: between(field, "scope=\"", "\""), ..Self::of(first([field].into_iter())) };
        kept.then(searched)
    }

    /// Whether a wider token would help (RFC 6750 section 3.1). A 403 without this code is a plain no.
    pub(super) fn is_insufficient_scope(&self, config: &ClientConfig) -> bool {
        self.error.as_deref() == Some("insufficient_scope") || config.has(Fault::ClientStepsUpAnyway)
    }

    fn of(challenge: Option<BearerChallenge>) -> Self {
        let Some(challenge) = challenge else { return Self::default() };
        Self {
            scopes: challenge.scope.map(|scopes| scopes.into_strings()).unwrap_or_default(),
            error: challenge.error,
            metadata: challenge.resource_metadata,
        }
    }
}

/// The first bearer challenge of several fields.
fn first<'a>(mut fields: impl Iterator<Item = &'a str>) -> Option<BearerChallenge> {
    fields.find_map(|field| read_bearer(field).ok().flatten())
}

/// The words between the first two marks in a text.
fn between(text: &str, open: &str, close: &str) -> Vec<String> {
    let inner = text.split_once(open).and_then(|(_, rest)| rest.split_once(close)).map(|(inner, _)| inner);
    inner.unwrap_or_default().split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demand(fields: &[&str]) -> Demand {
        let headers =
            fields.iter().map(|field| ("WWW-Authenticate".to_owned(), (*field).to_owned())).collect();
        let reply = Reply { url: String::new(), status: 403, headers, body: Vec::new() };
        Demand::read(&reply, &ClientConfig::default())
    }

    #[test]
    fn only_the_bearer_challenge_counts_wherever_it_stands() {
        let evil = r#"Basic realm="x, scope=\"evil\"""#;
        let wanted = r#"bearer ERROR = "insufficient_scope", scope="re\ad b""#;
        for fields in [vec![evil, wanted], vec![&*format!("{evil}, {wanted}")]] {
            let demand = demand(&fields);
            assert_eq!(demand.scopes, ["read", "b"]);
            assert!(demand.is_insufficient_scope(&ClientConfig::default()));
        }
    }

    #[test]
    fn a_challenge_that_cannot_be_read_demands_nothing() {
        for field in [r#"Bearer scope="a"#, "Bearer scope=\"a\\\"b\"", r#"Bearer scope="a", scope="b""#, ""] {
            assert_eq!(demand(&[field]), Demand::default(), "{field}");
        }
    }
}
