//! Outcomes: what became of a step, in one closed list of words.

use std::fmt;

use super::Scopes;

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A scope was decided: the class of the effective set, and whether the response tells the truth.
    Granted(Class, Said),
    /// Accepted, where no scope is decided.
    Accepted,
    /// Refused in the right place with this code.
    Refused(String),
    /// Refused, but not in a form that a client can read.
    RefusedElsewhere,
    /// Ended on a page that waits for a person.
    LoginRequired,
    /// HTTP 5xx.
    ServerError,
    /// An answer that cannot be read.
    Unreadable,
}

/// How the effective set stands to the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "explained in the vocabulary of outcomes")]
pub enum Class {
    Exact,
    Narrower,
    Wider,
    Other,
    None,
    Beyond,
}

/// What the response says about the effective set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// The truth, or nothing where nothing needs to be said.
    Truly,
    /// Nothing, although the effective set differs from the request.
    Unsaid,
    /// Another set than the effective one.
    Misstated,
}

/// What a token response holds in `scope`.
#[derive(Debug, Clone, Copy)]
pub enum Weighed<'a> {
    /// The member is missing.
    Absent,
    /// A string.
    Text(&'a str),
    /// Another JSON type.
    OtherType,
}

impl Outcome {
    /// Whether the subject accepted.
    pub fn is_accepted(&self) -> bool {
        matches!(self, Self::Granted(..) | Self::Accepted)
    }

    /// Whether a pattern of an outcome table matches: `exact`, `exact+unsaid`, `*+unsaid`, `refused:*`, `refused:invalid_scope`.
    pub fn matches(&self, pattern: &str) -> bool {
        let word = self.to_string();
        if let Some(suffix) = pattern.strip_prefix('*') {
            return suffix.is_empty() || (suffix.starts_with('+') && word.ends_with(suffix));
        }
        match pattern.strip_suffix('*') {
            Some(prefix) => word.starts_with(prefix),
            None => word == pattern,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Granted(class, said) => {
                f.write_str(match class {
                    Class::Exact => "exact",
                    Class::Narrower => "narrower",
                    Class::Wider => "wider",
                    Class::Other => "other",
                    Class::None => "none",
                    Class::Beyond => "beyond",
                })?;
                f.write_str(match said {
                    Said::Truly => "",
                    Said::Unsaid => "+unsaid",
                    Said::Misstated => "+misstated",
                })
            }
            Self::Accepted => f.write_str("accepted"),
            Self::Refused(code) => write!(f, "refused:{code}"),
            Self::RefusedElsewhere => f.write_str("refused-elsewhere"),
            Self::LoginRequired => f.write_str("login-required"),
            Self::ServerError => f.write_str("server-error"),
            Self::Unreadable => f.write_str("unreadable"),
        }
    }
}

/// Classifies a grant.
///
/// `reference` is what the effective set is compared with: the request, or the original grant where a refresh omits scope; `None` where
/// nothing was asked for and no default is documented. `ceiling` is what may not be left: the original grant of a refresh, else the request
/// and the documented default; `None` where it is unknown.
pub fn classify(
    reference: Option<&Scopes>,
    ceiling: Option<&Scopes>,
    effective: &Scopes,
    response: Weighed<'_>,
) -> Outcome {
    let class = if ceiling.is_some_and(|ceiling| !effective.within(ceiling)) {
        Class::Beyond
    } else if effective.is_empty() {
        Class::None
    } else {
        match reference {
            None => Class::Wider,
            Some(reference) if effective.same(reference) => Class::Exact,
            Some(reference) if effective.within(reference) => Class::Narrower,
            Some(reference) if reference.within(effective) => Class::Wider,
            Some(_) => Class::Other,
        }
    };
    let said = match response {
        Weighed::Absent if reference.is_some_and(|reference| effective.same(reference)) => Said::Truly,
        Weighed::Absent => Said::Unsaid,
        Weighed::Text(text) if Scopes::read(text).same(effective) => Said::Truly,
        Weighed::Text(_) | Weighed::OtherType => Said::Misstated,
    };
    Outcome::Granted(class, said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(
        reference: Option<&str>,
        ceiling: Option<&str>,
        effective: &str,
        response: Weighed<'_>,
    ) -> String {
        let read = |text: &str| Scopes::read(text);
        classify(reference.map(read).as_ref(), ceiling.map(read).as_ref(), &read(effective), response)
            .to_string()
    }

    #[test]
    fn a_grant_is_classed_against_the_request_and_the_ceiling() {
        let absent = Weighed::Absent;
        assert_eq!(class(Some("a b"), Some("a b"), "b a", absent), "exact");
        assert_eq!(class(Some("a b"), Some("a b"), "a", absent), "narrower+unsaid");
        assert_eq!(class(Some("a b"), Some("a b"), "a", Weighed::Text("a")), "narrower");
        assert_eq!(class(Some("a b"), Some("a b"), "a", Weighed::Text("a b")), "narrower+misstated");
        assert_eq!(class(Some("a"), Some("a b"), "a b", Weighed::Text("a b")), "wider");
        assert_eq!(class(Some("a"), Some("a"), "a b", Weighed::Text("a b")), "beyond");
        assert_eq!(class(Some("a"), None, "b", Weighed::OtherType), "other+misstated");
        assert_eq!(class(None, None, "a", absent), "wider+unsaid");
        assert_eq!(class(None, None, "", Weighed::Text("")), "none");
    }

    #[test]
    fn patterns_name_a_word_a_suffix_or_a_prefix() {
        let unsaid = Outcome::Granted(Class::Narrower, Said::Unsaid);
        assert!(unsaid.matches("*+unsaid") && unsaid.matches("narrower+unsaid") && unsaid.matches("*"));
        assert!(!unsaid.matches("narrower"));
        let refused = Outcome::Refused("invalid_scope".into());
        assert!(
            refused.matches("refused:*")
                && refused.matches("refused:invalid_scope")
                && !refused.matches("refused:x")
        );
        assert!(!Outcome::RefusedElsewhere.matches("refused:*"));
    }
}
