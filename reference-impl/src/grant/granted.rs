//! What a client holds, each scope with how it is known.

use std::collections::HashSet;

use super::recorded::{Provenance, Recorded};
use crate::claims::Claims;
use crate::scope::{missing_scopes, union_scopes};

/// How the claims of a token and what was recorded come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GrantRule {
    /// Claims that state something may only take away, never add (RFC 9068 section 6): a decline that shows in them is
    /// always seen. Where nothing was recorded they stand alone.
    #[default]
    Claim,
    /// The claims, then what was recorded beside them: profile `cli-engine` (CL-05). What was merely requested can hide
    /// a narrower claim (SU-07).
    Joined,
}

/// A scope that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantedScope {
    /// The scope.
    pub scope: String,
    /// How it is known; of several ways the strongest, in the order claimed, echoed, assumed.
    pub provenance: Provenance,
}

/// What is held, without duplicates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Granted {
    /// The scopes in order.
    pub scopes: Vec<GrantedScope>,
}

impl Granted {
    /// The scopes without how they are known.
    pub fn names(&self) -> Vec<String> {
        self.scopes.iter().map(|granted| granted.scope.clone()).collect()
    }

    /// How a scope is known, if it is held.
    pub fn provenance(&self, scope: &str) -> Option<Provenance> {
        self.scopes.iter().find(|granted| granted.scope == scope).map(|granted| granted.provenance)
    }
}

/// What a client holds by a token and by what was recorded when it was issued. `None` stands for an opaque token.
///
/// Under [`GrantRule::Claim`] only what the claims state beyond doubt counts ([`Claims::certain`]), so that a
/// contradiction and a claim of a strange type both narrow.
pub fn granted(claims: Option<&Claims>, recorded: &Recorded, rule: GrantRule) -> Granted {
    let stated = claims.filter(|claims| claims.state_something());
    let Some(stated) = stated else { return of_record(recorded) };
    match rule {
        GrantRule::Claim => {
            let claimed = stated.certain();
            match recorded {
                Recorded::Unknown => claimed_only(claimed),
                Recorded::Known { scopes, .. } => {
                    let held: HashSet<&str> = scopes.iter().map(String::as_str).collect();
                    claimed_only(claimed.into_iter().filter(|scope| held.contains(scope.as_str())).collect())
                }
            }
        }
        GrantRule::Joined => {
            let claimed = stated.scopes();
            let mut granted = claimed_only(union_scopes(claimed, &[]));
            let more = of_record(recorded).scopes;
            let new: HashSet<String> = missing_scopes(claimed, recorded.scopes()).into_iter().collect();
            granted.scopes.extend(more.into_iter().filter(|one| new.contains(&one.scope)));
            granted
        }
    }
}

/// The scopes of a token that nothing else is known of.
fn claimed_only(scopes: Vec<String>) -> Granted {
    let with = |scope| GrantedScope { scope, provenance: Provenance::Claimed };
    Granted { scopes: scopes.into_iter().map(with).collect() }
}

/// The scopes of a token that states none.
fn of_record(recorded: &Recorded) -> Granted {
    match recorded {
        Recorded::Unknown => Granted::default(),
        Recorded::Known { scopes, provenance } => {
            let with = |scope| GrantedScope { scope, provenance: *provenance };
            Granted { scopes: union_scopes(scopes, &[]).into_iter().map(with).collect() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::{Members, read_claims};

    fn held(claims: Option<&str>, recorded: Option<(&str, Provenance)>, rule: GrantRule) -> String {
        let claims = claims.map(|text| read_claims(&Members::read(text).unwrap()));
        let recorded = match recorded {
            None => Recorded::Unknown,
            Some((scopes, provenance)) => {
                Recorded::Known { scopes: scopes.split_whitespace().map(str::to_owned).collect(), provenance }
            }
        };
        let granted = granted(claims.as_ref(), &recorded, rule);
        let shown = granted.scopes.iter().map(|one| format!("{}:{}", one.scope, one.provenance));
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn claims_take_away_and_never_add() {
        let rule = GrantRule::Claim;
        let (echoed, assumed) = (Provenance::Echoed, Provenance::Assumed);
        for (claims, recorded, shown) in [
            (None, Some(("a b a", echoed)), "a:echoed b:echoed"),
            (None, Some(("a", assumed)), "a:assumed"),
            (None, None, ""),
            (Some(r#"{"scope":"a"}"#), Some(("a b", assumed)), "a:claimed"),
            (Some(r#"{"scope":"a b"}"#), Some(("a", echoed)), "a:claimed"),
            (Some(r#"{"scope":"a b"}"#), None, "a:claimed b:claimed"),
            (Some(r#"{"scope":"a b"}"#), Some(("", echoed)), ""),
            (Some(r#"{"sub":"u"}"#), Some(("a b", assumed)), "a:assumed b:assumed"),
            (Some(r#"{"scope":""}"#), Some(("a b", assumed)), ""),
            (Some(r#"{"scope":7}"#), Some(("a b", assumed)), ""),
            (Some(r#"{"scope":"a b","scp":["b","c"]}"#), Some(("a b c", echoed)), "b:claimed"),
        ] {
            assert_eq!(held(claims, recorded, rule), shown, "{claims:?} {recorded:?}");
        }
    }

    #[test]
    fn the_provenance_of_a_scope_is_found_by_its_name() {
        let with = |scope: &str, provenance| GrantedScope { scope: scope.to_owned(), provenance };
        let scopes = vec![with("a", Provenance::Claimed), with("b", Provenance::Assumed)];
        let granted = Granted { scopes };
        assert_eq!(granted.provenance("a"), Some(Provenance::Claimed));
        assert_eq!(granted.provenance("b"), Some(Provenance::Assumed));
        assert_eq!(granted.provenance("A"), None);
    }

    #[test]
    fn the_examples_of_cl_05_hold_where_both_are_joined() {
        let rule = GrantRule::Joined;
        let echoed = Provenance::Echoed;
        for (claims, recorded, shown) in [
            (None, Some(("a b", echoed)), "a:echoed b:echoed"),
            (Some(r#"{"scope":"a b"}"#), Some(("b c", echoed)), "a:claimed b:claimed c:echoed"),
            (Some("{}"), None, ""),
            (Some(r#"{"scope":"a"}"#), Some(("a b", echoed)), "a:claimed b:echoed"),
        ] {
            assert_eq!(held(claims, recorded, rule), shown, "{claims:?} {recorded:?}");
        }
    }
}
