//! The judge's own reader of `WWW-Authenticate` (RFC 9110 section 11.6.1, RFC 6750 section 3).
//!
//! It is strict where the grammar is, for that is what is judged: where a value leaves the grammar, reading ends, and the place is told.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// One challenge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Challenge {
    /// The scheme as it was written.
    pub scheme: String,
    /// Names in lower case, and what their values mean, in order; a name may stand there again.
    pub parameters: Vec<(String, String)>,
    /// Where the grammar was left.
    pub malformed: Option<Malformed>,
}

/// Where a challenge leaves the grammar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// In octets from the start of the field.
    pub offset: usize,
    /// The parameter whose value stands there or has just ended.
    pub parameter: Option<String>,
}

/// Reads the challenges of one field.
pub fn read_challenges(field: &str) -> Vec<Challenge> {
    let mut reader = Reader { octets: field.as_bytes(), at: 0, takes_parameters: false };
    let mut challenges: Vec<Challenge> = Vec::new();
    while !reader.at_end() {
        let Err(Broken(parameter)) = reader.element(&mut challenges) else { continue };
        let malformed = Some(Malformed { offset: reader.at, parameter });
        match challenges.last_mut() {
            Some(last) => last.malformed = malformed,
            None => challenges.push(Challenge { malformed, ..Challenge::default() }),
        }
        break;
    }
    challenges
}

/// The grammar was left, at the value of this parameter.
struct Broken(Option<String>);

/// What the judge may look at of an answer with these fields: the members that the vocabulary lists for `challenge`.
pub fn challenge_members(fields: &[&str]) -> Map<String, Value> {
    let mut members = Map::new();
    let mut put = |name: &str, text: Option<String>| {
        members.extend(text.map(|text| (name.to_owned(), Value::String(text))));
    };
    put("field", (!fields.is_empty()).then(|| fields.join(", ")));
    let challenges: Vec<Challenge> = fields.iter().flat_map(|field| read_challenges(field)).collect();
    let bearer = challenges.iter().find(|challenge| challenge.scheme.eq_ignore_ascii_case("bearer"));
    let broken = bearer.or(challenges.last()).and_then(|challenge| challenge.malformed.as_ref());
    if let Some(Malformed { offset, parameter }) = broken {
        let place = format!("at offset {offset}");
        let parameter = parameter.as_deref().unwrap_or_default();
        put("malformed_scope", (parameter == "scope").then(|| place.clone()));
        put("malformed_error", parameter.starts_with("error").then(|| place.clone()));
        put("malformed", Some(place));
    }
    let Some(bearer) = bearer else { return members };
    let names: Vec<&str> = bearer.parameters.iter().map(|(name, _)| name.as_str()).collect();
    put("bearer", (!names.is_empty()).then(|| names.join(" ")));
    for wanted in ["error", "error_description", "scope", "resource_metadata"] {
        let found = bearer.parameters.iter().find(|(name, _)| name == wanted);
        put(wanted, found.map(|(_, value)| value.clone()));
    }
    let mut seen = HashSet::new();
    let again: Vec<&str> = names.iter().filter(|name| !seen.insert(**name)).copied().collect();
    put("repeated_scope", again.contains(&"scope").then(|| again.join(" ")));
    put("repeated", (!again.is_empty()).then(|| again.join(" ")));
    members
}

struct Reader<'a> {
    octets: &'a [u8],
    at: usize,
    /// Whether the last challenge may have parameters: not without a space after its scheme, and not after a blob.
    takes_parameters: bool,
}

impl Reader<'_> {
    /// Whether nothing is left but commas and white space, which are passed over: elements of the list may be empty.
    fn at_end(&mut self) -> bool {
        self.skip(|octet| matches!(octet, b' ' | b'\t' | b','));
        self.at == self.octets.len()
    }

    /// Reads one element of the list: a parameter of the last challenge, or the beginning of another one.
    fn element(&mut self, challenges: &mut Vec<Challenge>) -> Result<(), Broken> {
        let name = self.token().ok_or(Broken(None))?;
        let after_name = self.at;
        self.skip(is_white);
        if self.here() == Some(b'=')
            && let Some(challenge) = challenges.last_mut()
        {
            return self.parameter(&name, challenge);
        }
        challenges.push(Challenge { scheme: name, ..Challenge::default() });
        // After white space there may be parameters, even beyond commas, or a single blob, as `Negotiate` has it, which says nothing that
        // is judged here.
        self.takes_parameters = self.at > after_name && !self.blob();
        if self.ends_here() {
            return Ok(());
        }
        let name = self.token().filter(|_| self.takes_parameters).ok_or(Broken(None))?;
        self.skip(is_white);
        match challenges.last_mut() {
            Some(challenge) if self.here() == Some(b'=') => self.parameter(&name, challenge),
            _ => Err(Broken(None)),
        }
    }

    /// Reads the value of a parameter, whose equals sign stands here.
    fn parameter(&mut self, name: &str, challenge: &mut Challenge) -> Result<(), Broken> {
        let name = name.to_ascii_lowercase();
        if !self.takes_parameters {
            return Err(Broken(Some(name)));
        }
        self.at += 1;
        let Some(value) = self.value() else { return Err(Broken(Some(name))) };
        challenge.parameters.push((name.clone(), value));
        if self.ends_here() { Ok(()) } else { Err(Broken(Some(name))) }
    }

    fn here(&self) -> Option<u8> {
        self.octets.get(self.at).copied()
    }

    fn skip(&mut self, kind: impl Fn(u8) -> bool) {
        while self.here().is_some_and(&kind) {
            self.at += 1;
        }
    }

    /// Whether a comma follows, or the end of the field, after white space.
    fn ends_here(&mut self) -> bool {
        self.skip(is_white);
        matches!(self.here(), None | Some(b','))
    }

    fn token(&mut self) -> Option<String> {
        let start = self.at;
        self.skip(is_token_octet);
        let token = &self.octets[start..self.at];
        (!token.is_empty()).then(|| String::from_utf8_lossy(token).into_owned())
    }

    /// A token or a quoted string, after white space.
    fn value(&mut self) -> Option<String> {
        self.skip(is_white);
        if self.here() != Some(b'"') {
            return self.token();
        }
        self.at += 1;
        let mut meant = Vec::new();
        loop {
            let octet = self.here()?;
            match octet {
                b'"' => break,
                b'\\' => {
                    self.at += 1;
                    meant.push(self.here().filter(|escaped| is_text(*escaped))?);
                }
                _ if is_text(octet) => meant.push(octet),
                _ => return None,
            }
            self.at += 1;
        }
        self.at += 1;
        Some(String::from_utf8_lossy(&meant).into_owned())
    }

    /// Passes over a `token68` that is alone in its element; tells whether there was one.
    fn blob(&mut self) -> bool {
        let start = self.at;
        self.skip(|octet| octet.is_ascii_alphanumeric() || b"-._~+/".contains(&octet));
        let some = self.at > start;
        self.skip(|octet| octet == b'=');
        let end = self.at;
        self.skip(is_white);
        let alone = some && matches!(self.here(), None | Some(b','));
        self.at = if alone { end } else { start };
        alone
    }
}

fn is_white(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t')
}

fn is_token_octet(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&octet)
}

/// What may stand in a quoted string (RFC 9110 section 5.6.4).
fn is_text(octet: u8) -> bool {
    octet == b'\t' || (octet >= 0x20 && octet != 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(field: &str) -> String {
        read_challenges(field)
            .iter()
            .map(|challenge| {
                let parameters: Vec<String> =
                    challenge.parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
                let broken = challenge.malformed.as_ref().map_or(String::new(), |malformed| {
                    format!(" !{} {}", malformed.offset, malformed.parameter.as_deref().unwrap_or("-"))
                });
                format!("{}[{}]{broken}", challenge.scheme, parameters.join("|"))
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn the_grammar_is_read_with_its_commas_quotes_and_blobs() {
        assert_eq!(shown(""), "");
        assert_eq!(shown("Bearer"), "Bearer[]");
        assert_eq!(shown("bEARER scope=\"a b\", ERROR = x"), "bEARER[scope=a b|error=x]");
        assert_eq!(
            shown(", Basic realm=\"a, b=c\" ,, Bearer scope=\"x\""),
            "Basic[realm=a, b=c] Bearer[scope=x]"
        );
        assert_eq!(shown("Negotiate abc==, Bearer error=\"a\\\"b\\\\\""), "Negotiate[] Bearer[error=a\"b\\]");
        assert_eq!(shown("Negotiate, Bearer , scope=a"), "Negotiate[] Bearer[scope=a]");
        assert_eq!(shown("Bearer scope=a, scope=b"), "Bearer[scope=a|scope=b]");
    }

    #[test]
    fn where_the_grammar_is_left_is_told_with_the_parameter() {
        assert_eq!(shown("Bearer scope=a b, error=x"), "Bearer[scope=a] !15 scope");
        assert_eq!(shown("Bearer scope=files:read"), "Bearer[scope=files] !18 scope");
        assert_eq!(
            shown("Bearer error_description=\"a \"b\" c\", scope=x"),
            "Bearer[error_description=a ] !29 error_description"
        );
        assert_eq!(shown("Bearer scope=\"a"), "Bearer[] !15 scope");
        assert_eq!(shown("Bearer scope=\"a\u{1}\""), "Bearer[] !15 scope");
        assert_eq!(shown("=x"), "[] !0 -");
        assert_eq!(shown("Bearer \"x\""), "Bearer[] !7 -");
        assert_eq!(shown("scope=\"x\""), "scope[] !5 -");
    }

    #[test]
    fn a_scheme_takes_parameters_after_a_space_alone_and_a_comma_comes_before_another_scheme() {
        assert_eq!(shown("Bearer a b"), "Bearer[] !9 -");
        assert_eq!(shown("% 'R"), "%[] !4 -");
        assert_eq!(shown("Bearer \"a\", x=y"), "Bearer[] !7 -");
        assert_eq!(shown("Bearer, scope=a"), "Bearer[] !13 scope");
        assert_eq!(shown("Basic abc=, Realm=x"), "Basic[] !17 realm");
        assert_eq!(shown("Basic abc=, Bearer scope=a"), "Basic[] Bearer[scope=a]");
        assert_eq!(shown("Basic realm=x Bearer scope=a"), "Basic[realm=x] !14 realm");
    }

    #[test]
    fn the_first_bearer_challenge_is_the_one_that_counts() {
        let members = challenge_members(&["Basic realm=\"x\"", "Bearer Scope=\"a\", scope=\"b\", error=e"]);
        let of = |name: &str| members.get(name).and_then(Value::as_str).unwrap_or("-");
        assert_eq!(
            ["scope", "error", "repeated", "repeated_scope", "bearer", "malformed"].map(of),
            ["a", "e", "scope", "scope", "scope scope error", "-"]
        );
        assert!(challenge_members(&[]).is_empty());
        assert!(!challenge_members(&["Bearer"]).contains_key("bearer"));
    }

    #[test]
    fn a_hostile_field_is_read_in_linear_time() {
        let field = format!("Bearer {}", "a=\"\\\\\", ".repeat(20_000));
        assert_eq!(read_challenges(&field).first().map(|one| one.parameters.len()), Some(20_000));
    }
}
