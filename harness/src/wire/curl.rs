//! A request as a command line that a person can paste, secrets as shell variables.

use super::{http::Request, redact::Labels};

/// The command line. Labels become variables: `code#1` is `$CODE_1`, the subject's address is `$ISSUER`.
pub fn curl(request: &Request, labels: &Labels) -> String {
    let mut line = String::from("curl -si");
    if request.method != "GET" && !(request.method == "POST" && request.body.is_some()) {
        line.push_str(" -X ");
        line.push_str(request.method);
    }
    line.push(' ');
    line.push_str(&quote(&labels.hide(&request.url)));
    for (name, value) in &request.headers {
        line.push_str(" -H ");
        line.push_str(&quote(&format!("{name}: {}", labels.hide(value))));
    }
    if let Some(body) = &request.body {
        if body.content_type != "application/x-www-form-urlencoded" {
            line.push_str(" -H ");
            line.push_str(&quote(&format!("content-type: {}", body.content_type)));
        }
        line.push_str(" --data-raw ");
        line.push_str(&quote(&labels.hide(&String::from_utf8_lossy(&body.octets))));
    }
    line
}

/// Quotes a word for a shell; labels and `$ISSUER` stay open for expansion.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((variable, tail)) = variable(rest) {
            quoted.push_str(&variable);
            rest = tail;
            continue;
        }
        if matches!(c, '"' | '\\' | '`' | '$') {
            quoted.push('\\');
        }
        quoted.push(c);
        rest = &rest[c.len_utf8()..];
    }
    quoted.push('"');
    quoted
}

/// The words of labels that can stand in a request.
const WORDS: &[&str] = &[
    "token",
    "refresh_token",
    "id_token",
    "registration_token",
    "client_secret",
    "client_id",
    "client_uri",
    "assertion",
    "code",
    "verifier",
    "device_code",
    "state",
    "nonce",
    "password",
    "cookie",
    "basic",
    "jti",
    "sid",
    "login",
];

/// A label (`code#1`) or a name (`$ISSUER`) at the start of the text, as a variable.
fn variable(text: &str) -> Option<(String, &str)> {
    if let Some(tail) = text.strip_prefix("$ISSUER") {
        return Some(("$ISSUER".to_owned(), tail));
    }
    if let Some(tail) = text.strip_prefix("$UPSTREAM") {
        return Some(("$UPSTREAM".to_owned(), tail));
    }
    WORDS.iter().find_map(|word| {
        let tail = text.strip_prefix(word)?.strip_prefix('#')?;
        let digits = tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        (digits > 0)
            .then(|| (format!("${{{}_{}}}", word.to_ascii_uppercase(), &tail[..digits]), &tail[digits..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_variables_and_the_rest_is_quoted() {
        let mut labels = Labels::default();
        labels.learn("code", "s3cr3tcode");
        labels.name("http://127.0.0.1:1234", "$ISSUER");
        let request = Request::post(
            "http://127.0.0.1:1234/token",
            "application/x-www-form-urlencoded",
            "code=s3cr3tcode&scope=a%22`b`",
        );
        assert_eq!(
            curl(&request, &labels),
            r#"curl -si "$ISSUER/token" --data-raw "code=${CODE_1}&scope=a%22\`b\`""#
        );
    }
}
