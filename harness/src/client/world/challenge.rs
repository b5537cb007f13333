//! How the scripted world writes a challenge: the same content in each spelling that RFC 9110 section 11.2 allows.

/// A Bearer challenge in the making.
#[derive(Debug)]
pub(super) struct Challenge<'a> {
    spelling: &'a str,
    parameters: Vec<String>,
    scope: Option<String>,
}

impl<'a> Challenge<'a> {
    /// A challenge without parameters, in a spelling of the vocabulary; the empty word is the plainest.
    pub(super) fn new(spelling: &'a str) -> Self {
        Self { spelling, parameters: Vec::new(), scope: None }
    }

    /// One more parameter, quoted.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        let parameter = self.parameter(name, &format!("\"{}\"", quoted(value)));
        self.parameters.push(parameter);
    }

    /// The parameter `scope`.
    pub(super) fn scope(&mut self, scopes: &str) {
        let value = match self.spelling {
            "token" if !scopes.contains(' ') => scopes.to_owned(),
            "escaped" => {
                let escaped = scopes.chars().flat_map(|c| (c != ' ').then_some('\\').into_iter().chain([c]));
                format!("\"{}\"", escaped.collect::<String>())
            }
            "reversed" => {
                let reversed: Vec<&str> = scopes.split(' ').rev().collect();
                format!("\"{}\"", quoted(&reversed.join(" ")))
            }
            _ => format!("\"{}\"", quoted(scopes)),
        };
        let parameter = self.parameter("scope", &value);
        if self.spelling == "last" {
            self.scope = Some(parameter);
        } else {
            self.parameters.push(parameter);
        }
    }

    fn parameter(&self, name: &str, value: &str) -> String {
        match self.spelling {
            "spaced" => format!("{name} = {value}"),
            "upper" => format!("{}={value}", name.to_ascii_uppercase()),
            _ => format!("{name}={value}"),
        }
    }

    /// As it stands in the field.
    pub(super) fn written(self) -> String {
        let scheme = if self.spelling == "upper" { "BEARER" } else { "Bearer" };
        let parameters: Vec<String> = self.parameters.into_iter().chain(self.scope).collect();
        format!("{scheme} {}", parameters.join(", "))
    }
}

/// The inside of a quoted string (RFC 9110 section 5.6.4).
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_says_the_same() {
        let written = |spelling: &str, scopes: &str| {
            let mut challenge = Challenge::new(spelling);
            challenge.add("error", "e");
            challenge.scope(scopes);
            challenge.add("realm", "a\"b");
            challenge.written()
        };
        assert_eq!(written("", "a b"), r#"Bearer error="e", scope="a b", realm="a\"b""#);
        assert_eq!(written("token", "a"), r#"Bearer error="e", scope=a, realm="a\"b""#);
        assert_eq!(written("spaced", "a"), r#"Bearer error = "e", scope = "a", realm = "a\"b""#);
        assert_eq!(written("upper", "a"), r#"BEARER ERROR="e", SCOPE="a", REALM="a\"b""#);
        assert_eq!(written("escaped", "a bc"), r#"Bearer error="e", scope="\a \b\c", realm="a\"b""#);
        assert_eq!(written("reversed", "a b"), r#"Bearer error="e", scope="b a", realm="a\"b""#);
        assert_eq!(written("last", "a b"), r#"Bearer error="e", realm="a\"b", scope="a b""#);
    }
}
