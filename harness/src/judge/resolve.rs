//! From the words of a case to recorded values: sets and fields of steps.

use scopecheck_scenarios::{
    model::{SetFunction, SetRef, Text, TextKind},
    template::Template,
    vocabulary::REQUESTS,
};
use serde_json::Value;

use super::{Answer, Answers, Missed, Scopes, StepState};
use crate::plan::{Bindings, Fields, Unbound};

/// Why a challenge gives no scope to go on with.
const NO_SCOPE_NAMED: &str = "the challenge names no scope";

/// Why there is no value to judge.
pub type Unavailable = Missed;

/// Everything that a verdict may look at.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The recorded answers.
    pub answers: &'a Answers,
    /// What the placeholders stand for.
    pub bindings: &'a Bindings,
}

impl<'a> Reading<'a> {
    /// The answer of a step.
    pub fn answer(&self, step: &str) -> Result<&'a Answer, Unavailable> {
        match self.answers.get(step) {
            Some(StepState::Ran(answer)) => Ok(answer),
            Some(StepState::Missed(missed)) => Err(missed.clone()),
            None => Err(Missed::blocked(format!("step `{step}` was not reached"))),
        }
    }

    /// The answer of a step, or of one request of a client's run: `two`, `two.authorize.last`. A request that was not sent judges nothing.
    pub fn request(&self, path: &str) -> Result<&'a Answer, Unavailable> {
        let Some((step, request)) = path.split_once('.') else { return self.answer(path) };
        let run = self.answer(step)?;
        match run.requests.get(request) {
            Some(StepState::Ran(answer)) => Ok(answer),
            Some(StepState::Missed(missed)) => Err(missed.clone()),
            None => Err(Missed::not_applicable(format!(
                "the client sent no `{}` request in step `{step}`",
                request.split('.').next().unwrap_or_default()
            ))),
        }
    }

    /// The value of `step.field.member`; `None` where the answer lacks it.
    pub fn value(&self, path: &str) -> Result<Option<&'a Value>, Unavailable> {
        let mut names = path.split('.');
        let answer = self.answer(names.next().unwrap_or_default())?;
        let names: Vec<&str> = names.collect();
        let landed = answer.field(&["landed"]).and_then(Value::as_str);
        let missing = match names.first() {
            Some(&"state") if landed != Some("redirect-uri") => "the request did not end at the redirect URI",
            Some(&("claims" | "header")) if !answer.fields.contains_key("claims") => {
                "the access token is not a JWT"
            }
            Some(kind)
                if names.len() > 1 && REQUESTS.contains(kind) && !answer.requests.contains_key(*kind) =>
            {
                "the client sent no such request"
            }
            Some(&"introspection") if !answer.fields.contains_key("introspection") => {
                "the token could not be introspected"
            }
            _ => return Ok(answer.field(&names)),
        };
        Err(Missed::not_applicable(missing))
    }

    /// Why an answer lacks a field: a server that accepted may leave out what it does not offer, and nothing is wrong with that.
    fn missing(&self, step: &str, answer: &Answer, field: &str) -> Unbound {
        let asked_offline =
            answer.requested.as_ref().is_some_and(|requested| requested.contains("offline_access"));
        let offers_offline = self.bindings.known.contains("offline_access");
        if answer.verb == "call" && field == "challenged" {
            return Unbound::NotApplicable(NO_SCOPE_NAMED.to_owned());
        }
        if !answer.outcome.is_accepted() {
            return Unbound::Blocked(format!(
                "step `{step}` ended as `{}` and gave no `{field}`",
                answer.outcome
            ));
        }
        let of_token = field.starts_with("claims.") || field.starts_with("header.");
        match field {
            _ if of_token && !answer.fields.contains_key("claims") => {
                Unbound::NotApplicable("the access token is not a JWT".to_owned())
            }
            _ if of_token => Unbound::NotApplicable(format!("the access token holds no `{field}`")),
            _ if field == "scope" || field.starts_with("body.") => {
                Unbound::NotApplicable(format!("the answer of the server holds no `{field}`"))
            }
            "refresh_token" if offers_offline && !asked_offline => Unbound::NotApplicable(
                "the server issues no refresh token without `offline_access`, which this case does not ask for".to_owned(),
            ),
            "refresh_token" => Unbound::Blocked(
                "no refresh token was issued, although the metadata lists the grant; if that is right, say so in the target table: `capabilities = { \"grant.refresh_token\" = false }`".to_owned(),
            ),
            _ => Unbound::Blocked(format!("step `{step}` was accepted and gave no `{field}`")),
        }
    }

    /// The text that a string of the case stands for; `None` where it names one field alone and the answer lacks it.
    pub fn text_if_any(&self, text: &Text) -> Result<Option<String>, Unavailable> {
        if let TextKind::One(one) = &text.kind
            && let Ok(template) = Template::parse(one)
            && let Some(only) = template.only_placeholder()
            && only.filter.is_none()
            && only.path.len() > 1
            && matches!(self.answers.get(&only.path[0]), Some(StepState::Ran(_)))
        {
            let value = self.value(&only.path.join("."))?;
            return Ok(value.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
        }
        self.text(text).map(Some)
    }

    /// The text that a string of the case stands for.
    pub fn text(&self, text: &Text) -> Result<String, Unavailable> {
        self.bindings.sent(Some(text), None, self).map(|sent| sent.text()).map_err(unbound)
    }
}

/// An unbound placeholder is a step or a value that is missing.
pub(crate) fn unbound(unbound: Unbound) -> Missed {
    match unbound {
        Unbound::Need(need) => Missed::not_applicable(format!("needs {need}")),
        Unbound::NotApplicable(why) => Missed::not_applicable(why),
        Unbound::Blocked(why) | Unbound::Wrong(why) => Missed::blocked(why),
    }
}

impl Fields for Reading<'_> {
    fn field(&self, path: &[String]) -> Result<String, Unbound> {
        let step = path.first().map(String::as_str).unwrap_or_default();
        let answer = self.answer(step).map_err(|missed| match missed.kind {
            super::MissedKind::NotApplicable => Unbound::NotApplicable(missed.why),
            super::MissedKind::Blocked => Unbound::Blocked(missed.why),
        })?;
        let names: Vec<&str> = path[1..].iter().map(String::as_str).collect();
        answer.text(&names).ok_or_else(|| self.missing(step, answer, &names.join(".")))
    }
}

/// What applies after a step: introspected, else claimed, else the response, else what was asked for; nothing after a refusal.
pub fn granted(answer: &Answer) -> Scopes {
    if answer.outcome.is_accepted() {
        answer.effective.clone().unwrap_or_default()
    } else {
        Scopes::default()
    }
}

/// The set that a case names.
pub fn read_set(set: &SetRef, reading: Reading<'_>) -> Result<Scopes, Unavailable> {
    if let Some(literal) = &set.scope {
        return reading.text(literal).map(|text| Scopes::read(&text));
    }
    let functions = set.functions();
    let Some((function, step)) = functions.first() else {
        return Err(Missed::blocked("the case names no set"));
    };
    let answer = reading.request(step.as_str())?;
    let refused = !answer.outcome.is_accepted();
    match function {
        SetFunction::Requested => Ok(answer.requested.clone().unwrap_or_default()),
        SetFunction::Granted => Ok(granted(answer)),
        // A client's authorization request: what is registered stands in no answer to it.
        SetFunction::Registered if answer.verb == "authorize" => match answer.fields.get("registered") {
            Some(Value::String(text)) => Ok(Scopes::read(text)),
            _ => Err(Missed::not_applicable(format!(
                "the client of `{step}` has an id of its own, or was registered without a scope"
            ))),
        },
        SetFunction::Response if refused => Ok(Scopes::default()),
        SetFunction::Response | SetFunction::Registered => match answer.fields.get("scope") {
            Some(Value::String(text)) => Ok(Scopes::read(text)),
            Some(_) => {
                Err(Missed::not_applicable(format!("the `scope` in the answer of `{step}` is no string")))
            }
            None if refused => Err(Missed::blocked(format!("`{step}` ended as `{}`", answer.outcome))),
            None => Err(Missed::not_applicable(format!("the answer of `{step}` holds no `scope`"))),
        },
        SetFunction::Claimed => answer.claimed.clone().ok_or_else(|| {
            Missed::not_applicable(format!("the access token of `{step}` is no JWT that claims a scope"))
        }),
        SetFunction::Introspected => answer.introspected.clone().ok_or_else(|| {
            Missed::not_applicable(format!("introspection tells no scope of the token of `{step}`"))
        }),
        SetFunction::Supported => match answer.field(&["body", "scopes_supported"]) {
            Some(Value::Array(items)) => Ok(Scopes::collect(items.iter().filter_map(Value::as_str))),
            _ => Err(Missed::not_applicable("the document has no list `scopes_supported`")),
        },
        SetFunction::SupportedElsewhere => match answer.fields.get("supported-elsewhere") {
            Some(Value::Array(items)) => Ok(Scopes::collect(items.iter().filter_map(Value::as_str))),
            _ => Err(Missed::not_applicable("the resource has only one authorization server")),
        },
        SetFunction::Told => match answer.fields.get("told") {
            // A client may fail without a word; a server that did not start may have met with something else.
            Some(Value::Array(words)) if words.is_empty() && answer.verb == "start" => Err(Missed::blocked(
                "the server ended without an error that can be read; a launcher begins the line of its error with `error`",
            )),
            Some(Value::Array(words)) => Ok(Scopes::collect(words.iter().filter_map(Value::as_str))),
            _ => Err(Missed::blocked(format!(
                "the client went on in `{step}`, so that what it told belongs to the whole run"
            ))),
        },
        SetFunction::Shown => match answer.fields.get("shown") {
            Some(Value::Array(items)) => Ok(Scopes::collect(items.iter().filter_map(Value::as_str))),
            _ => Err(Missed::not_applicable(format!(
                "the client shows no JSON with a member `scopes` in step `{step}`"
            ))),
        },
        SetFunction::Challenged => match answer.fields.get("challenged") {
            Some(Value::String(text)) => Ok(Scopes::read(text)),
            // A resource server need not name a scope (RFC 6750 section 3).
            _ if answer.verb == "call" => Err(Missed::not_applicable(NO_SCOPE_NAMED)),
            _ => Err(Missed::blocked(format!("no challenge in the answer to `{step}` names a scope"))),
        },
    }
}
