//! One script being played: which answer is due for a request.

use scopecheck_scenarios::model::{Answer, Base, Script};
use serde_json::Value;
use wiremock::{Request, ResponseTemplate};

use super::fill::{Given, fill};
use crate::wire::{Pair, encode};

/// A script and its base, and where the play stands.
#[derive(Debug, Clone)]
pub struct Play {
    answers: Vec<Answer>,
    fallback: Vec<Answer>,
}

impl Play {
    /// A script on its base.
    pub fn new(script: &Script, base: &Base) -> Self {
        Self { answers: script.answers.clone(), fallback: base.answers.clone() }
    }
}

/// The state of the stage: what is played, at which step.
#[derive(Debug, Clone, Default)]
pub struct Player {
    pub(super) play: Option<Play>,
    pub(super) step: String,
    pub(super) origin: String,
    pub(super) codes: u32,
}

impl Player {
    /// The answer to a request: an answer for this very step, else one of the script for any step, else the base's.
    pub(super) fn answer(&mut self, request: &Request) -> ResponseTemplate {
        let Some(play) = self.play.clone() else { return ResponseTemplate::new(503) };
        let endpoint = endpoint(request.url.path());
        let parameters = parameters(request);
        let value = |name: &str| {
            parameters
                .iter()
                .find(|(field, _)| field == name)
                .map(|(_, value)| value.clone())
                .unwrap_or_default()
        };
        let grant = value("grant_type");
        let fits = |answer: &&Answer| {
            answer.endpoint.as_str() == endpoint
                && answer.grant.as_ref().is_none_or(|wanted| wanted.as_str() == grant)
        };
        let due = |answer: &&Answer| {
            answer.step.as_ref().is_some_and(|step| {
                self.step == step.as_str()
                    || self.step.strip_prefix(step.as_str()).is_some_and(|rest| rest.starts_with('.'))
            })
        };
        let answer = play
            .answers
            .iter()
            .filter(|answer| fits(answer))
            .find(due)
            .or_else(|| {
                play.answers.iter().filter(|answer| fits(answer)).find(|answer| answer.step.is_none())
            })
            .or_else(|| play.fallback.iter().find(fits));
        let Some(answer) = answer else { return ResponseTemplate::new(404) };
        self.codes += 1;
        let given = Given {
            code: format!("code-of-the-script-{}", self.codes),
            state: value("state"),
            client_id: Some(value("client_id"))
                .filter(|id| !id.is_empty())
                .unwrap_or_else(|| "client-of-the-script".to_owned()),
            origin: self.origin.clone(),
        };
        respond(answer, endpoint, &given, &value("redirect_uri"))
    }
}

fn respond(answer: &Answer, endpoint: &str, given: &Given, redirect_uri: &str) -> ResponseTemplate {
    let redirects = answer.redirect.is_some() || answer.location.is_some();
    let usual = match endpoint {
        _ if redirects => 302,
        "registration" => 201,
        _ => 200,
    };
    let mut response = ResponseTemplate::new(answer.status.unwrap_or(usual));
    if let Some(redirect) = &answer.redirect {
        let pairs: Vec<Pair> = redirect
            .iter()
            .map(|(name, value)| Pair::new(name.as_str(), fill(value, given).into_bytes()))
            .collect();
        let joint = if redirect_uri.contains('?') { '&' } else { '?' };
        response =
            response.insert_header("location", format!("{redirect_uri}{joint}{}", encode(&pairs)).as_str());
    }
    if let Some(location) = &answer.location {
        response = response.insert_header("location", fill(location, given).as_str());
    }
    if let Some(json) = &answer.json {
        let text = filled(&serde_json::to_value(json).unwrap_or(Value::Null), given).to_string();
        response = response.set_body_raw(text, "application/json");
    } else if let Some(body) = &answer.body {
        response = response.set_body_raw(fill(body, given), "text/html; charset=utf-8");
    }
    for (name, value) in &answer.headers {
        let pair =
            (http::HeaderName::try_from(name.as_str()), http::HeaderValue::try_from(fill(value, given)));
        if let (Ok(name), Ok(value)) = pair {
            response = response.insert_header(name, value);
        }
    }
    response
}

fn filled(value: &Value, given: &Given) -> Value {
    match value {
        Value::String(text) => Value::String(fill(text, given)),
        Value::Array(items) => Value::Array(items.iter().map(|item| filled(item, given)).collect()),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), filled(value, given))).collect())
        }
        other => other.clone(),
    }
}

/// The endpoint behind a path of the bases: `{origin}/authorize` and so on.
fn endpoint(path: &str) -> &'static str {
    match path {
        path if path.contains("/.well-known/oauth-authorization-server") => "metadata",
        path if path.contains("/.well-known/openid-configuration") => "openid",
        path if path.ends_with("/register") => "registration",
        path if path.contains("/client") => "client",
        path if path.contains("/upstream") => "upstream",
        path if path.ends_with("/authorize") => "authorization",
        path if path.ends_with("/token") => "token",
        path if path.ends_with("/introspect") => "introspection",
        path if path.ends_with("/revoke") => "revocation",
        _ => "(none)",
    }
}

fn parameters(request: &Request) -> Vec<(String, String)> {
    let query = request.url.query().unwrap_or_default().as_bytes();
    form_urlencoded::parse(query)
        .chain(form_urlencoded::parse(&request.body))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}
