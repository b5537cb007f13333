//! What can be odd about the claims that state scopes.

use std::fmt;

use crate::scope::ScopeError;

/// A claim that states scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimName {
    /// `scope` (RFC 8693 section 4.2).
    Scope,
    /// `scp`, as several products write it (C6).
    Scp,
}

impl ClaimName {
    /// The name as it stands in a token.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Scp => "scp",
        }
    }
}

impl fmt::Display for ClaimName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

/// Something about the claims that a careful reader does not pass over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClaimProblem {
    /// `scope` and `scp` both state scopes, and not the same ones.
    #[error(
        "the claims `scope` ({}) and `scp` ({}) contradict each other; issue tokens with one of them",
        shown(.scope),
        shown(.scp)
    )]
    Conflict {
        /// What `scope` states.
        scope: Vec<String>,
        /// What `scp` states.
        scp: Vec<String>,
    },
    /// A claim that is neither a string nor an array.
    #[error("the claim `{claim}` is {found}; it must be a string of scopes separated by spaces")]
    Type {
        /// The claim.
        claim: ClaimName,
        /// What it is instead, with an article.
        found: &'static str,
    },
    /// An element of an array that is no string.
    #[error(
        "element {index} of the claim `{claim}` is {found}; every element must be a string with one scope"
    )]
    Element {
        /// The claim.
        claim: ClaimName,
        /// Which element, counted from 0.
        index: usize,
        /// What it is instead, with an article.
        found: &'static str,
    },
    /// A text that does not follow the grammar.
    #[error("the claim `{claim}` is malformed: {source}")]
    Malformed {
        /// The claim.
        claim: ClaimName,
        /// What is wrong, with its offset in the string (in the element, where the claim is an array).
        source: ScopeError,
    },
    /// A claim that stands in the token more than once.
    #[error("the claim `{claim}` stands in the token {count} times; every claim may stand there once")]
    Repeated {
        /// The claim.
        claim: ClaimName,
        /// How often.
        count: usize,
    },
}

impl ClaimProblem {
    /// The claim that it is about; a conflict is about both.
    pub const fn claim(&self) -> Option<ClaimName> {
        match self {
            Self::Conflict { .. } => None,
            Self::Type { claim, .. }
            | Self::Element { claim, .. }
            | Self::Malformed { claim, .. }
            | Self::Repeated { claim, .. } => Some(*claim),
        }
    }
}

/// The first few scopes of a list, each escaped, since a peer chose them.
fn shown(scopes: &[String]) -> String {
    const FEW: usize = 5;
    let few: Vec<String> = scopes.iter().take(FEW).map(|scope| format!("{scope:?}")).collect();
    let more = scopes.len().saturating_sub(FEW);
    if more == 0 { few.join(" ") } else { format!("{} and {more} more", few.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_says_what_it_is() {
        let list = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let problems = [
            ClaimProblem::Conflict { scope: list("a"), scp: list("b c d e f g h") },
            ClaimProblem::Type { claim: ClaimName::Scope, found: "a number" },
            ClaimProblem::Element { claim: ClaimName::Scp, index: 1, found: "null" },
            ClaimProblem::Malformed {
                claim: ClaimName::Scope,
                source: ScopeError::Byte { offset: 1, byte: 9 },
            },
            ClaimProblem::Repeated { claim: ClaimName::Scope, count: 2 },
        ];
        let about = problems.iter().map(ClaimProblem::claim).collect::<Vec<_>>();
        let (scope, scp) = (Some(ClaimName::Scope), Some(ClaimName::Scp));
        assert_eq!(about, [None, scope, scp, scope, scope]);
        insta::assert_snapshot!(problems.map(|problem| problem.to_string()).join("\n"));
    }
}
