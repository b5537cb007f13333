//! The record of a case: every exchange, redacted as it is put down.

use scopecheck_reports::Exchange;
use serde_json::Value;

use super::{
    curl::curl,
    http::{Reply, Request, WireError},
    redact::Labels,
};

/// Header fields of answers that say something about scope; the others (dates, servers) only differ from run to run.
const KEPT_HEADERS: &[&str] =
    &["content-type", "location", "cache-control", "pragma", "www-authenticate", "retry-after"];
/// The longest body that is kept in the record.
const KEPT_BODY: usize = 4096;

/// The step under which the registration of a client is put down that the case did not make itself.
pub const REGISTRATION: &str = "(registration)";

/// The record of one case.
#[derive(Debug, Default)]
pub struct Recorder {
    /// What must not be written as it is.
    pub labels: Labels,
    exchanges: Vec<Exchange>,
    curls: Vec<Option<String>>,
}

impl Recorder {
    /// A record that knows some values already.
    pub fn new(labels: Labels) -> Self {
        Self { labels, exchanges: Vec::new(), curls: Vec::new() }
    }

    /// How many exchanges were put down.
    pub fn len(&self) -> usize {
        self.exchanges.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.exchanges.is_empty()
    }

    /// Puts an exchange down.
    pub fn record(
        &mut self,
        step: &str,
        request: &Request,
        result: &Result<Reply, WireError>,
        started_ms: u64,
        duration_ms: u64,
    ) {
        self.learn_request(request);
        if let Ok(reply) = result {
            self.learn_reply(reply);
        }
        let request_headers =
            request.headers.iter().map(|(name, value)| (name.clone(), self.labels.hide(value))).collect();
        let request_body =
            request.body.as_ref().map(|body| self.labels.hide(&String::from_utf8_lossy(&body.octets)));
        let (status, response_headers, response_body, error) = match result {
            Ok(reply) => (Some(reply.status), self.headers(reply), self.body(reply), None),
            Err(error) => (None, Vec::new(), None, Some(self.labels.hide(&error.to_string()))),
        };
        self.curls.push(Some(curl(request, &self.labels)));
        self.exchanges.push(Exchange {
            step: step.to_owned(),
            method: request.method.to_owned(),
            url: self.labels.hide(&request.url),
            request_headers,
            request_body,
            status,
            response_headers,
            response_body,
            error,
            started_ms,
            duration_ms,
        });
    }

    /// Puts down a run of a program: its command line, what it printed, and how it ended.
    pub fn record_run(
        &mut self,
        step: &str,
        command: &str,
        output: &str,
        ended: &str,
        started_ms: u64,
        duration_ms: u64,
    ) {
        let output = cut(&self.labels.hide(output));
        self.curls.push(None);
        self.exchanges.push(Exchange {
            step: step.to_owned(),
            method: "RUN".to_owned(),
            url: self.labels.hide(command),
            request_headers: Vec::new(),
            request_body: None,
            status: None,
            response_headers: Vec::new(),
            response_body: (!output.is_empty()).then_some(output),
            error: Some(self.labels.hide(ended)),
            started_ms,
            duration_ms,
        });
    }

    /// Whether the exchange registered a client that the case rests on.
    pub fn is_registration(&self, index: usize) -> bool {
        self.exchanges.get(index).is_some_and(|exchange| exchange.step == REGISTRATION)
    }

    /// The command line that repeats an exchange, with secrets as shell variables; there is none for the run of a program.
    pub fn curl(&self, index: usize) -> Option<&str> {
        self.curls.get(index)?.as_deref()
    }

    /// The record.
    pub fn into_exchanges(self) -> Vec<Exchange> {
        self.exchanges
    }

    fn learn_request(&mut self, request: &Request) {
        for (name, value) in &request.headers {
            if name.eq_ignore_ascii_case("authorization") {
                match value.strip_prefix("Bearer ") {
                    Some(token) => self.labels.learn("token", token),
                    None => self.labels.learn_basic(value),
                }
            } else if name.eq_ignore_ascii_case("cookie") {
                for pair in value.split("; ") {
                    self.labels.learn("cookie", pair.split_once('=').map_or(pair, |(_, value)| value));
                }
            }
        }
        if let Some((_, query)) = request.url.split_once('?') {
            self.learn_form(query.as_bytes());
        }
        if let Some(body) = &request.body {
            if body.content_type.contains("form") {
                self.learn_form(&body.octets);
            } else if let Ok(value) = serde_json::from_slice(&body.octets) {
                self.learn_json(&value);
            }
        }
    }

    fn learn_reply(&mut self, reply: &Reply) {
        for cookie in reply.header_values("set-cookie") {
            let pair = cookie.split(';').next().unwrap_or_default();
            self.labels.learn("cookie", pair.split_once('=').map_or(pair, |(_, value)| value));
        }
        if let Some(origin) = reply.header("location").and_then(loopback) {
            self.labels.name_neighbour(&origin, "$UPSTREAM");
        }
        if let Some(location) = reply.header("location")
            && let Some((_, query)) = location.split_once(['?', '#'])
        {
            let query = query.replace('#', "&");
            self.learn_form(query.as_bytes());
        }
        if let Some(value) = reply.json() {
            self.learn_json(&value);
        } else if is_form(reply) {
            self.learn_form(&reply.body);
        }
    }

    fn learn_form(&mut self, form: &[u8]) {
        for pair in form.split(|octet| *octet == b'&') {
            let Some((name, value)) = form_urlencoded::parse(pair).next() else { continue };
            if let Some(word) = Labels::word(&name) {
                self.labels.learn(word, &value);
                // Nobody has to encode as we do: `/` and `=` may stand in a query as they are.
                let written = String::from_utf8_lossy(pair);
                if let Some((_, written)) = written.split_once('=').filter(|(_, written)| *written != value) {
                    self.labels.learn_written(&value, written);
                }
            }
        }
    }

    /// Learns from a JSON value at every depth; its parser bounds the depth.
    fn learn_json(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.learn_json(item)),
            Value::Object(members) => {
                for (name, value) in members {
                    match (Labels::json_word(name), value.as_str()) {
                        (Some(word), Some(text)) => self.labels.learn(word, text),
                        (None, Some(text)) if name == "registration_client_uri" => {
                            self.labels.learn("client_uri", text);
                        }
                        _ => self.learn_json(value),
                    }
                }
            }
            _ => {}
        }
    }

    fn headers(&self, reply: &Reply) -> Vec<(String, String)> {
        reply
            .headers
            .iter()
            .filter(|(name, _)| KEPT_HEADERS.contains(&name.to_ascii_lowercase().as_str()))
            .map(|(name, value)| (name.clone(), self.labels.hide(value)))
            .collect()
    }

    fn body(&self, reply: &Reply) -> Option<String> {
        if reply.body.is_empty() {
            return None;
        }
        if reply.is_html() {
            // Pages hold one-time values of forms that nobody can name; their text says nothing about scope.
            return Some(format!("(a page of {} octets)", reply.body.len()));
        }
        let Some(value) = reply.json() else {
            if reply.oversized {
                return Some("(a body that is larger than the cap)".to_owned());
            }
            // A success that cannot be read may hold tokens that nobody can name.
            if (200..300).contains(&reply.status) && !is_form(reply) {
                return Some(format!("({} octets that are no JSON)", reply.body.len()));
            }
            return Some(cut(&self.labels.hide(&String::from_utf8_lossy(&reply.body))));
        };
        let mut text = self.labels.hide(&value.to_string());
        if let Some(note) =
            value.get("access_token").and_then(Value::as_str).and_then(|token| self.labels.jwt_note(token))
        {
            text.push_str("\n# access_token: ");
            text.push_str(&note);
        }
        Some(cut(&text))
    }
}

fn is_form(reply: &Reply) -> bool {
    reply
        .header("content-type")
        .is_some_and(|value| value.to_ascii_lowercase().contains("x-www-form-urlencoded"))
}

/// The origin of an address on this machine, whose port differs from run to run.
fn loopback(location: &str) -> Option<String> {
    let url = url::Url::parse(location).ok()?;
    matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"))
        .then(|| url.origin().ascii_serialization())
}

fn cut(text: &str) -> String {
    if text.len() <= KEPT_BODY {
        return text.to_owned();
    }
    let end = (0..=KEPT_BODY).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    format!("{} ... (cut)", &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Request;

    fn recorded(content_type: &str, body: &str) -> Exchange {
        let reply = Reply {
            status: 200,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body: body.as_bytes().to_vec(),
            oversized: false,
        };
        let mut recorder = Recorder::default();
        recorder.record("go", &Request::get("http://127.0.0.1/token"), &Ok(reply), 0, 0);
        recorder.into_exchanges().remove(0)
    }

    #[test]
    fn tokens_are_hidden_at_any_depth_and_in_any_form() {
        for (content_type, body) in [
            ("application/json", r#"{"authed_user":{"access_token":"canary-token"}}"#),
            ("application/json", r#"[{"refresh_token":"canary-token"}]"#),
            ("application/x-www-form-urlencoded", "access_token=canary-token&scope=a"),
            ("application/json", r#"{"access_token":"canary-token",}"#),
            ("text/plain", "canary-token"),
        ] {
            let exchange = recorded(content_type, body);
            assert!(!format!("{exchange:?}").contains("canary"), "{body}");
        }
    }

    #[test]
    fn ordinary_words_of_a_json_answer_are_left_alone() {
        let body = r#"{"code":"invalid_scope","error":"invalid_scope","state":"pending"}"#;
        assert_eq!(recorded("application/json", body).response_body.as_deref(), Some(body));
    }

    #[test]
    fn a_flood_of_secrets_is_not_shown_at_all() {
        let codes: Vec<String> = (0..40_000).map(|number| format!("code=canary{number:06}")).collect();
        let reply = Reply {
            status: 302,
            headers: vec![("location".to_owned(), format!("https://client.example/cb?{}", codes.join("&")))],
            body: Vec::new(),
            oversized: false,
        };
        let mut recorder = Recorder::default();
        recorder.record("go", &Request::get("http://127.0.0.1/authorize"), &Ok(reply), 0, 0);
        assert!(!format!("{:?}", recorder.into_exchanges()).contains("canary"));
    }
}
