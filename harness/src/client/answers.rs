//! From what the scripted world put down to what the judge looks at.

use std::{collections::HashSet, fmt::Write as _};

use indexmap::IndexMap;
use scopecheck_scenarios::model::Word;
use serde_json::{Map, Value};

use super::{
    process::{End, Ended},
    shown,
    world::{Kind, Logged},
};
use crate::{
    judge::{Answer, Answers, Event, Outcome, Scopes, StepState, told, told_of_failure},
    wire::{Recorder, Reply},
};

/// What is put down of a run beside its requests.
#[derive(Debug)]
pub(super) struct Run<'a> {
    /// The step.
    pub(super) step: &'a str,
    /// The verb of the step.
    pub(super) verb: &'static str,
    /// The operations that it calls; of a plain MCP client, those of the step.
    pub(super) operations: &'a [Word],
    /// How the run ended; `None` where it went on to a later step.
    pub(super) finish: Option<&'a Finish<'a>>,
}

/// The end of a run.
#[derive(Debug)]
pub(super) struct Finish<'a> {
    /// The command line.
    pub(super) command: &'a [String],
    /// What was the matter with this run, if anything was.
    pub(super) matter: &'a str,
    /// How it ended.
    pub(super) ended: &'a Ended,
    /// When it began, in milliseconds since the run began.
    pub(super) started_ms: u64,
    /// How long it took.
    pub(super) duration_ms: u64,
}

/// Puts a run into the record, its requests first, and gives what the judge may look at.
pub(super) fn put_down(run: &Run<'_>, log: Vec<Logged>, recorder: &mut Recorder) -> Answer {
    let from = recorder.len();
    name_redirects(&log, recorder);
    let mut events = Vec::new();
    let mut requests = Answers::new();
    let mut counts: IndexMap<&'static str, u64> = IndexMap::new();
    let mut fields = Map::new();
    let served = is_served(run.operations, &log);
    for logged in log {
        let exchange = recorder.len();
        let Logged { kind, request, reply, started_ms, facts, .. } = logged;
        events.extend(facts.events.iter().map(|name| Event {
            name,
            exchange: Some(exchange),
            detail: detail(name, reply.as_ref().ok().map(|reply| reply.status), facts.challenged.as_deref()),
        }));
        let status = reply.as_ref().ok().map(|reply| reply.status);
        let body = reply.as_ref().ok().and_then(Reply::json);
        recorder.record(run.step, &request, &reply, started_ms, 0);
        let Some(word) = kind.word() else { continue };
        *counts.entry(word).or_default() += 1;
        let mut parameters = facts.parameters;
        parameters.extend(status.map(|status| ("status".to_owned(), Value::from(status))));
        let mut inner = Map::new();
        inner.extend(facts.said.map(|said| ("scope".to_owned(), Value::String(said))));
        inner.extend(facts.challenged.map(|scope| ("challenged".to_owned(), Value::String(scope))));
        inner.extend(facts.registered.map(|scope| ("registered".to_owned(), Value::String(scope))));
        let elsewhere = facts.elsewhere.map(|scopes| Value::from(scopes.iter().collect::<Vec<_>>()));
        inner.extend(elsewhere.map(|scopes| ("supported-elsewhere".to_owned(), scopes)));
        let let_down = facts.events.contains(&"outage");
        let outcome = if let_down { Outcome::RefusedElsewhere } else { outcome(status, body.as_ref()) };
        let answer = Answer {
            requested: facts.requested,
            claimed: facts.claimed,
            effective: facts.granted.or_else(|| kind_grants(kind)),
            exchanges: exchange..exchange + 1,
            ..Answer::plain(word, outcome, Vec::new(), inner)
        };
        let state = StepState::Ran(Box::new(answer));
        requests.entry(format!("{word}.first")).or_insert_with(|| state.clone());
        requests.insert(format!("{word}.last"), state.clone());
        requests.insert(word.to_owned(), state);
        if let Value::Object(seen) = fields.entry(word).or_insert_with(|| Value::Object(Map::new())) {
            seen.entry("first").or_insert_with(|| Value::Object(parameters.clone()));
            seen.insert("last".to_owned(), Value::Object(parameters));
        }
    }
    let exchange = recorder.len();
    let (exit, accepted, note) = match run.finish {
        Some(finish) => {
            record(run.step, finish, recorder);
            let words = String::from_utf8_lossy(&finish.ended.stderr);
            let failed = matches!(finish.ended.end, End::Status(1..));
            let told = if failed { told_of_failure(&words) } else { told(&words) };
            fields.insert("told".to_owned(), told.into());
            fields.extend(shown::scopes(&finish.ended.stdout).map(|shown| ("shown".to_owned(), shown)));
            let success = finish.ended.end == End::Status(0);
            // Who calls an operation and is not served has not done it, whatever it says at its end.
            let idle = success && run.verb == "invoke" && !served;
            let note = if idle { Some("the operation was not done") } else { note(&finish.ended.end) };
            (finish.ended.end.word(), success && !idle, note)
        }
        None if served => ("success", true, None),
        // Of a login that somebody else has started, that a token was given is all that is known.
        None if run.verb == "login" && is_given(&fields) => ("success", true, None),
        None => ("failure", false, Some("the operation was not done, and the client went on")),
    };
    fields.insert("exit".to_owned(), Value::from(exit));
    if exit != "killed" || run.finish.is_some_and(|finish| matches!(finish.ended.end, End::Signal(_))) {
        let (exchange, detail) = match run.finish {
            Some(finish) => (exchange, finish.ended.end.sentence()),
            None => (exchange.saturating_sub(1), "the client went on to the next operation".to_owned()),
        };
        events.push(Event { name: "ended", exchange: Some(exchange), detail });
    }
    let outcome = if accepted { Outcome::Accepted } else { Outcome::RefusedElsewhere };
    Answer {
        note,
        events,
        requests,
        counts,
        exchanges: from..recorder.len(),
        ..Answer::plain(run.verb, outcome, Vec::new(), fields)
    }
}

/// Whether what was asked for was done at last: the last call was answered with 200; of several operations at once, the last call of each.
fn is_served(operations: &[Word], log: &[Logged]) -> bool {
    let calls = || log.iter().rev().filter(|logged| logged.kind == Kind::Resource);
    let done = |call: &Logged| call.reply.as_ref().is_ok_and(|reply| reply.status == 200);
    if let [_, _, ..] = operations {
        let of = |logged: &Logged, name: &str| {
            logged.facts.parameters.get("operation").and_then(Value::as_str) == Some(name)
        };
        return operations.iter().all(|name| calls().find(|call| of(call, name.as_str())).is_some_and(done));
    }
    calls().next().is_some_and(done)
}

/// Whether the last token request was answered with a token.
pub(super) fn is_given(fields: &Map<String, Value>) -> bool {
    let status = fields.get("token").and_then(|token| token.pointer("/last/status"));
    status.and_then(Value::as_u64) == Some(200)
}

/// Puts the end of a run into the record.
fn record(step: &str, finish: &Finish<'_>, recorder: &mut Recorder) {
    let matter = if finish.matter.is_empty() { String::new() } else { format!("    # {}", finish.matter) };
    let (command, how) = (format!("{}{matter}", finish.command.join(" ")), finish.ended.end.sentence());
    recorder.record_run(step, &command, &output(finish.ended), &how, finish.started_ms, finish.duration_ms);
}

fn note(end: &End) -> Option<&'static str> {
    match end {
        End::Killed(_) => Some("the client was stopped"),
        End::Signal(_) => Some("the client crashed"),
        End::Status(0) => None,
        End::Status(_) => Some("the client ended with a failure"),
    }
}

/// A token request that was refused has granted nothing.
fn kind_grants(kind: Kind) -> Option<Scopes> {
    (kind == Kind::Token).then(Scopes::default)
}

fn outcome(status: Option<u16>, body: Option<&Value>) -> Outcome {
    let code = body.and_then(|body| body.get("error")).and_then(Value::as_str);
    match (status, code) {
        (Some(200..=399), _) => Outcome::Accepted,
        (_, Some(code)) => Outcome::Refused(code.to_owned()),
        _ => Outcome::RefusedElsewhere,
    }
}

fn detail(event: &str, status: Option<u16>, challenged: Option<&str>) -> String {
    let Some(status) = status else { return "the connection was closed without an answer".to_owned() };
    match (event, challenged) {
        ("challenge_sent" | "denied", Some(scope)) => format!("HTTP {status}, the challenge names `{scope}`"),
        ("challenge_sent", None) => format!("HTTP {status}, the challenge names no scope"),
        ("overlapping_login", _) => "an earlier login was still under way".to_owned(),
        ("outage", _) if status < 500 => "the connection was closed in the middle of the answer".to_owned(),
        _ => format!("HTTP {status}"),
    }
}

/// The clients' redirect URIs have ports of their own choice, which differ from run to run.
fn name_redirects(log: &[Logged], recorder: &mut Recorder) {
    let mut named = HashSet::new();
    for logged in log {
        let one = logged.facts.parameters.get("redirect_uri");
        let many = logged.facts.parameters.get("redirect_uris").and_then(Value::as_array);
        for uri in one.into_iter().chain(many.into_iter().flatten()).filter_map(Value::as_str) {
            let Ok(url) = url::Url::parse(uri) else { continue };
            let origin = url.origin().ascii_serialization();
            let loopback = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
            if loopback && named.insert(origin.clone()) {
                recorder.labels.name(&origin, "$CLIENT");
            }
        }
    }
}

/// What the client printed, for the record.
fn output(ended: &Ended) -> String {
    let mut text = String::new();
    for (name, octets) in [("stdout", &ended.stdout), ("stderr", &ended.stderr)] {
        if !octets.is_empty() {
            let _ = write!(text, "# {name}\n{}", String::from_utf8_lossy(octets));
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
    }
    text
}
