//! The standard reading of the claims.

use serde_json::Value;

use super::members::Members;
use super::problem::{ClaimName, ClaimProblem};
use super::types::type_of;
use crate::scope::{ScopeError, ScopeSet, ScopeToken, common_scopes, missing_scopes, union_scopes};

/// What the claims of a token state about its scope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    /// What `scope` states, without duplicates; `None` where it is absent or null.
    pub scope: Option<Vec<String>>,
    /// What `scp` states, likewise.
    pub scp: Option<Vec<String>>,
    /// What is odd about them, in the order in which it was found. What is malformed is left out of the lists.
    pub problems: Vec<ClaimProblem>,
}

impl Claims {
    /// Whether the token says anything about its scope. One that says nothing neither gives nor takes.
    pub fn state_something(&self) -> bool {
        self.scope.is_some() || self.scp.is_some()
    }

    /// The scopes: `scope` where it holds any, else `scp`. The two are never merged (C6).
    pub fn scopes(&self) -> &[String] {
        match (self.scope.as_deref(), self.scp.as_deref()) {
            (Some(scope), _) if !scope.is_empty() => scope,
            (_, scp) => scp.unwrap_or_default(),
        }
    }

    /// The scopes that nothing in the claims speaks against: those of both, where both hold any.
    pub fn certain(&self) -> Vec<String> {
        match (self.scope.as_deref(), self.scp.as_deref()) {
            (Some(scope), Some(scp)) if !scope.is_empty() && !scp.is_empty() => common_scopes(scope, scp),
            _ => self.scopes().to_vec(),
        }
    }

    /// The scopes, or the first thing that is odd: the reading of whoever decides by them.
    pub fn strict(&self) -> Result<&[String], &ClaimProblem> {
        self.problems.first().map_or_else(|| Ok(self.scopes()), Err)
    }

    /// The contradiction between the two claims, if there is one.
    pub fn conflict(&self) -> Option<&ClaimProblem> {
        self.problems.iter().find(|problem| matches!(problem, ClaimProblem::Conflict { .. }))
    }
}

/// Reads `scope` and `scp`, each a string of scopes separated by spaces or an array with one scope an element.
///
/// An absent claim and one that is `null` state nothing; an empty string or array states that there is no scope.
pub fn read_claims(claims: &Members) -> Claims {
    let mut problems = Vec::new();
    let scope = read_claim(claims, ClaimName::Scope, &mut problems);
    let scp = read_claim(claims, ClaimName::Scp, &mut problems);
    if let (Some(scope), Some(scp)) = (&scope, &scp)
        && !scope.is_empty()
        && !scp.is_empty()
        && !same_set(scope, scp)
    {
        problems.push(ClaimProblem::Conflict { scope: scope.clone(), scp: scp.clone() });
    }
    Claims { scope, scp, problems }
}

/// Reads one of the two claims.
fn read_claim(claims: &Members, claim: ClaimName, problems: &mut Vec<ClaimProblem>) -> Option<Vec<String>> {
    let count = claims.count(claim.as_str());
    if count > 1 {
        problems.push(ClaimProblem::Repeated { claim, count });
    }
    match claims.get(claim.as_str())? {
        Value::Null => None,
        Value::String(text) => Some(read_text(claim, text, problems)),
        Value::Array(elements) => Some(read_elements(claim, elements, problems)),
        other => {
            problems.push(ClaimProblem::Type { claim, found: type_of(other) });
            Some(Vec::new())
        }
    }
}

/// Reads a string. Of a malformed one the words that follow the grammar are kept.
fn read_text(claim: ClaimName, text: &str, problems: &mut Vec<ClaimProblem>) -> Vec<String> {
    match ScopeSet::parse(text) {
        Ok(scopes) => scopes.into_strings(),
        Err(source) => {
            problems.push(ClaimProblem::Malformed { claim, source });
            let words: Vec<&str> =
                text.split(' ').filter(|word| word.parse::<ScopeToken>().is_ok()).collect();
            union_scopes(&words, &[])
        }
    }
}

/// Reads an array. An empty element is passed over like a doubled space; whatever else is no scope is left out.
fn read_elements(claim: ClaimName, elements: &[Value], problems: &mut Vec<ClaimProblem>) -> Vec<String> {
    let mut scopes = Vec::new();
    for (index, element) in elements.iter().enumerate() {
        match element {
            Value::String(text) => match text.parse::<ScopeToken>() {
                Ok(_) => scopes.push(text.as_str()),
                Err(ScopeError::Empty) => {}
                Err(source) => problems.push(ClaimProblem::Malformed { claim, source }),
            },
            other => problems.push(ClaimProblem::Element { claim, index, found: type_of(other) }),
        }
    }
    union_scopes(&scopes, &[])
}

/// Whether two lists hold the same scopes.
fn same_set(first: &[String], second: &[String]) -> bool {
    missing_scopes(first, second).is_empty() && missing_scopes(second, first).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Claims {
        read_claims(&Members::read(text).unwrap())
    }

    #[test]
    fn every_form_of_both_claims_is_read() {
        let table: &[(&str, &[&str])] = &[
            (r#"{"scope":"a b c"}"#, &["a", "b", "c"]),
            (r#"{"scope":" b  a b "}"#, &["b", "a"]),
            (r#"{"scp":["a","b"]}"#, &["a", "b"]),
            (r#"{"scp":"a b"}"#, &["a", "b"]),
            (r#"{"scope":["a","","b"]}"#, &["a", "b"]),
            (r#"{"scope":"","scp":["x"]}"#, &["x"]),
            (r#"{"scope":"   ","scp":"x"}"#, &["x"]),
            (r#"{"scope":[],"scp":["x"]}"#, &["x"]),
            (r#"{"scope":null,"scp":"x"}"#, &["x"]),
            (r#"{"scope":"b a","scp":["a","b","a"]}"#, &["b", "a"]),
            (r#"{"scope":"a,b"}"#, &["a,b"]),
            (r#"{"sub":"u","Scope":"x","a":{"scope":"x"}}"#, &[]),
        ];
        for (text, scopes) in table {
            assert_eq!(read(text).strict().unwrap(), *scopes, "{text}");
        }
    }

    #[test]
    fn what_is_odd_is_told_and_what_is_certain_is_kept() {
        let table: &[(&str, &[&str])] = &[
            (r#"{"scope":"a","scp":["b"]}"#, &[]),
            (r#"{"scope":"a b","scp":["b","c"]}"#, &["b"]),
            (r#"{"scope":7}"#, &[]),
            (r#"{"scope":{"a":1},"scp":"x y"}"#, &["x", "y"]),
            (r#"{"scp":["a",1,null,{"b":1},["c"],"d e"]}"#, &["a"]),
            (r#"{"scope":"a\tb c"}"#, &["c"]),
            (r#"{"scope":"a","scope":"a admin"}"#, &["a", "admin"]),
            (r#"{"scope":"é a"}"#, &["a"]),
        ];
        let mut told = Vec::new();
        for (text, certain) in table {
            let claims = read(text);
            assert_eq!(claims.certain(), *certain, "{text}");
            assert!(claims.strict().is_err(), "{text}");
            for problem in &claims.problems {
                told.push(format!("{text}: {problem}"));
            }
        }
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn an_empty_claim_says_something_and_an_absent_one_nothing() {
        assert!(read(r#"{"scope":""}"#).state_something());
        assert!(read(r#"{"scp":[]}"#).state_something());
        assert!(read(r#"{"scope":7}"#).state_something());
        assert!(!read(r#"{"scope":null}"#).state_something());
        assert!(!read("{}").state_something());
    }

    #[test]
    fn a_claim_that_holds_more_than_the_other_is_a_conflict_either_way() {
        for text in [r#"{"scope":"a b","scp":["a"]}"#, r#"{"scope":"a","scp":["a","b"]}"#] {
            assert!(read(text).conflict().is_some(), "{text}");
            assert_eq!(read(text).certain(), ["a"], "{text}");
        }
    }

    #[test]
    fn a_conflict_gives_both_sides() {
        let claims = read(r#"{"scope":"a","scp":["b"]}"#);
        assert_eq!(claims.scopes(), ["a"]);
        let Some(ClaimProblem::Conflict { scope, scp }) = claims.conflict() else { panic!("{claims:?}") };
        assert_eq!((scope.join(" "), scp.join(" ")), ("a".into(), "b".into()));
    }
}
