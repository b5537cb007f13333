//! The look at what a login brought (SU-06).

use super::coverage::covers;
use super::hint::display_list;
use crate::grant::Granted;

/// A server that granted less than is required.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the authorization server did not grant required scope(s): {}; ask its operator for them, or do without what \
     needs them",
    display_list(.missing)
)]
pub struct DeclineError {
    /// The scopes that are required and were not granted, in the order of the requirement.
    pub missing: Vec<String>,
}

/// Checks that what is held after a login covers what is required. It names what is missing, not what is required
/// (M52), and asks for nothing again.
pub fn ensure_granted(required: &[String], granted: &Granted) -> Result<(), DeclineError> {
    let missing = covers(&granted.names(), required).missing;
    if missing.is_empty() { Ok(()) } else { Err(DeclineError { missing }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::{Claims, Members, read_claims};
    use crate::grant::{GrantRule, Provenance, Recorded, granted};

    fn missing(claims: Option<&str>, recorded: Option<&[&str]>, rule: GrantRule) -> Vec<String> {
        let claims: Option<Claims> = claims.map(|text| read_claims(&Members::read(text).unwrap()));
        let recorded = recorded.map_or(Recorded::Unknown, |scopes| Recorded::Known {
            scopes: scopes.iter().map(ToString::to_string).collect(),
            provenance: Provenance::Assumed,
        });
        let granted = granted(claims.as_ref(), &recorded, rule);
        let required = ["a", "b"].map(str::to_owned);
        ensure_granted(&required, &granted).err().map(|error| error.missing).unwrap_or_default()
    }

    #[test]
    fn the_examples_of_su_06_hold() {
        for rule in [GrantRule::Claim, GrantRule::Joined] {
            assert_eq!(missing(Some(r#"{"scope":"a"}"#), None, rule), ["b"]);
            assert!(missing(Some(r#"{"scope":"a b"}"#), None, rule).is_empty());
            assert!(missing(None, Some(&["a", "b"]), rule).is_empty());
            assert_eq!(missing(None, Some(&["a"]), rule), ["b"]);
            assert_eq!(missing(None, None, rule), ["a", "b"]);
        }
        assert!(missing(Some(r#"{"scope":"a"}"#), Some(&["b"]), GrantRule::Joined).is_empty());
    }

    #[test]
    fn a_decline_in_the_claim_is_seen_whatever_was_requested() {
        let (claims, recorded) = (Some(r#"{"scope":"a"}"#), Some(&["a", "b"][..]));
        assert_eq!(missing(claims, recorded, GrantRule::Claim), ["b"]);
        assert!(missing(claims, recorded, GrantRule::Joined).is_empty());
    }

    #[test]
    fn the_message_names_what_is_missing() {
        let error = DeclineError { missing: vec!["b".into(), "\u{1b}[31mc".into()] };
        insta::assert_snapshot!(error, @r"the authorization server did not grant required scope(s): b, \u{1b}[31mc; ask its operator for them, or do without what needs them");
    }
}
