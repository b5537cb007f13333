//! What a request to the redirect URI says. Pure, for anybody on this machine can send one.

use std::collections::HashMap;

/// What a request to the redirect URI says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Callback {
    /// The `state` is missing or another: this is no answer to our request, so that waiting goes on.
    Foreign,
    /// A code (RFC 6749 section 4.1.2).
    Code {
        /// The code.
        code: String,
        /// The issuer, if it said who it is (RFC 9207).
        issuer: Option<String>,
    },
    /// An error (RFC 6749 section 4.1.2.1).
    Refused {
        /// `error`.
        error: String,
        /// `error_description`, as it came.
        description: Option<String>,
        /// The issuer, if it said who it is.
        issuer: Option<String>,
    },
    /// An answer to our request that cannot be used: what is wrong with it.
    Unusable(String),
}

/// Reads the query of a request to the redirect URI (SU-11).
///
/// A parameter may not be repeated (RFC 6749 section 3.1): a repeated `state` is nobody's, any other repetition of a
/// parameter that matters makes the answer unusable. Further parameters, `scope` among them, are ignored (AZ-08).
pub fn read_callback(query: &str, state: &str) -> Callback {
    let mut known: HashMap<&str, Vec<String>> = HashMap::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        for parameter in ["state", "code", "error", "error_description", "iss"] {
            if name == parameter {
                known.entry(parameter).or_default().push(value.clone().into_owned());
            }
        }
    }
    if known.get("state").is_none_or(|states| states.len() != 1 || !is_same(&states[0], state)) {
        return Callback::Foreign;
    }
    if let Some((name, _)) = known.iter().find(|(_, values)| values.len() > 1) {
        return Callback::Unusable(format!("it has several parameters `{name}`"));
    }
    let mut one = |name: &str| known.remove(name).and_then(|mut values| values.pop());
    let (code, error, issuer) = (one("code"), one("error"), one("iss"));
    match (code.filter(|code| !code.is_empty()), error) {
        (Some(code), None) => Callback::Code { code, issuer },
        (None, Some(error)) => Callback::Refused { error, description: one("error_description"), issuer },
        (Some(_), Some(_)) => Callback::Unusable("it has both a `code` and an `error`".to_owned()),
        (None, None) => Callback::Unusable("it has neither a `code` nor an `error`".to_owned()),
    }
}

/// Whether two texts are the same, in a time that does not tell where they differ.
fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Callback {
        read_callback(query, "s t")
    }

    #[test]
    fn a_code_is_read_and_a_scope_beside_it_ignored() {
        let code =
            |issuer: Option<&str>| Callback::Code { code: "c".into(), issuer: issuer.map(str::to_owned) };
        assert_eq!(read("code=c&state=s+t&scope=a+b"), code(None));
        assert_eq!(read("state=s%20t&iss=http%3A%2F%2Fas&code=c"), code(Some("http://as")));
    }

    #[test]
    fn an_error_is_read_with_its_description() {
        let refused = Callback::Refused {
            error: "invalid_scope".into(),
            description: Some("no 'x'\n".into()),
            issuer: None,
        };
        assert_eq!(read("error=invalid_scope&error_description=no+%27x%27%0A&state=s+t"), refused);
    }

    #[test]
    fn what_does_not_carry_our_state_is_not_for_us() {
        for query in [
            "",
            "code=c",
            "code=c&state=",
            "code=c&state=S+T",
            "error=x",
            "state=s+t&state=s+t&code=c",
            "%ff",
        ] {
            assert_eq!(read(query), Callback::Foreign, "{query}");
        }
    }

    #[test]
    fn what_carries_our_state_and_makes_no_sense_is_unusable() {
        for query in ["state=s+t", "state=s+t&code=", "state=s+t&code=a&code=b", "state=s+t&code=a&error=b"] {
            assert!(matches!(read(query), Callback::Unusable(_)), "{query}");
        }
    }

    #[test]
    fn ten_thousand_repetitions_are_read_once() {
        let query = "state=s+t&".to_owned() + &"code=c&".repeat(10_000);
        assert_eq!(read(&query), Callback::Unusable("it has several parameters `code`".into()));
    }
}
