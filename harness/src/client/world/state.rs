//! What the scripted world knows, and the way of a request through it.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::Map;
use wiremock::{Request, ResponseTemplate};

use super::{
    answer::Out,
    callback::{Became, Callback},
    log::{Facts, Kind, Logged},
    mcp::MCP,
    metadata,
    registration::Client,
    resource::{PLAIN, of_call},
    rules::Rules,
    run::Ahead,
    servers::Server,
    verbatim::Targets,
};
use crate::{
    judge::Scopes,
    system::{Clock, Dice},
    wire::{Body, Request as Sent},
};

/// So many authorization requests in one run of a client are a loop without end; it is stopped there.
pub(super) const LOOP: usize = 12;
/// So many requests of any kind, too.
const FLOOD: usize = 400;

/// A code and what it stands for.
#[derive(Debug, Clone)]
pub(super) struct Code {
    /// The server that has issued it.
    pub(super) server: Server,
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    /// The PKCE challenge; empty where the client sent none.
    pub(super) challenge: String,
    /// What an ID token has to repeat (OpenID Connect Core section 3.1.2.1).
    pub(super) nonce: Option<String>,
    pub(super) requested: Option<Scopes>,
    pub(super) granted: Scopes,
}

/// A refresh token and what it stands for.
#[derive(Debug, Clone)]
pub(super) struct RefreshToken {
    /// The server that has issued it.
    pub(super) server: Server,
    pub(super) client_id: String,
    /// The original grant.
    pub(super) original: Scopes,
}

/// The state of one scripted world.
pub(super) struct State {
    pub(super) rules: Rules,
    pub(super) step: String,
    /// How many calls are made at once: of several clients, or of one.
    pub(super) at_once: usize,
    /// Whether one client runs, and no other beside it.
    pub(super) alone: bool,
    /// The steps that the same run of the client goes on to.
    pub(super) ahead: VecDeque<Ahead>,
    /// The tools that are listed to a client that speaks MCP, in order.
    pub(super) tools: Vec<String>,
    pub(super) origin: String,
    /// The path of the protected resource.
    pub(super) base: &'static str,
    /// The clients that have registered themselves, by their ids.
    pub(super) clients: HashMap<String, Client>,
    pub(super) codes: HashMap<String, Code>,
    /// How many codes were issued.
    pub(super) logins: usize,
    pub(super) tokens: HashMap<String, Scopes>,
    pub(super) refresh_tokens: HashMap<String, RefreshToken>,
    /// Callbacks that go out before the answer.
    pub(super) callbacks: Vec<Callback>,
    /// The steps in which a callback was sent to where nobody listens.
    pub(super) unheard: HashSet<String>,
    /// Whether the client waits for an answer that could not be sent.
    pub(super) lost: bool,
    pub(super) dice: Dice,
    pub(super) clock: Clock,
    pub(super) key: String,
    pub(super) log: Vec<Logged>,
    /// What requests ask for, as it was written.
    pub(super) targets: Targets,
}

impl State {
    /// A world at this origin, with its resource at this path, that nobody has asked anything.
    pub(super) fn new(origin: String, base: &'static str, mut dice: Dice, clock: Clock) -> Self {
        Self {
            rules: Rules::default(),
            step: String::new(),
            at_once: 1,
            alone: true,
            ahead: VecDeque::new(),
            tools: Vec::new(),
            origin,
            base,
            clients: HashMap::new(),
            codes: HashMap::new(),
            logins: 0,
            tokens: HashMap::new(),
            refresh_tokens: HashMap::new(),
            callbacks: Vec::new(),
            unheard: HashSet::new(),
            lost: false,
            key: dice.word(48),
            dice,
            clock,
            log: Vec::new(),
            targets: Targets::default(),
        }
    }

    /// Answers a request and puts both down.
    pub(super) fn answer(&mut self, request: &Request) -> ResponseTemplate {
        let started_ms = self.clock.elapsed_ms();
        let (kind, out) = self.route(request);
        let template = out.template();
        self.log.push(Logged {
            step: self.step.clone(),
            kind,
            request: sent(request, &self.origin, self.targets.written(&request.url)),
            reply: out.received(),
            started_ms,
            answered_ms: started_ms + out.takes_ms(),
            facts: out.facts,
        });
        template
    }

    /// Puts down what became of a callback that went out before the answer to the request at this place of the log.
    pub(super) fn called(&mut self, at: usize, callback: &Callback, became: Became) {
        let Some(logged) = self.log.get_mut(at) else { return };
        match became {
            Became::NobodyListens => {
                self.lost |= callback.otherwise.is_some();
                self.unheard.insert(logged.step.clone());
            }
            Became::Unanswered if callback.otherwise.is_none() => {}
            Became::Unanswered | Became::Answered(_) => {
                logged.facts.events.push(callback.event);
            }
        }
    }

    fn route(&mut self, request: &Request) -> (Kind, Out) {
        let path = request.url.path();
        let get = request.method.as_str() == "GET";
        let post = request.method.as_str() == "POST";
        if get && path.strip_prefix(metadata::RESOURCE) == Some(self.base) {
            return (Kind::Metadata, self.at("metadata", &Map::new(), |world| world.resource_metadata()));
        }
        let Some((server, at)) = self.server_at(path) else { return self.resource(path, request) };
        let (kind, mut out) = match at {
            metadata::SERVER if get => {
                return (
                    Kind::Metadata,
                    self.at("metadata", &Map::new(), |world| world.server_metadata(server)),
                );
            }
            "/register" if post => (Kind::Register, self.register(server, &request.body)),
            "/authorize" if get => (Kind::Authorize, self.authorize(server, &request.url)),
            "/token" if post => (Kind::Token, self.token(server, &request.body)),
            _ => return self.resource(path, request),
        };
        out.facts.parameters.insert("server".to_owned(), server.word().into());
        out.facts.elsewhere = self.supported_elsewhere(server);
        (kind, out)
    }

    /// A request for the protected resource, by the wire that it speaks.
    fn resource(&mut self, path: &str, request: &Request) -> (Kind, Out) {
        let field = request.headers.get("authorization").and_then(|value| value.to_str().ok());
        match path.strip_prefix(self.base) {
            Some("") if self.base == MCP => self.message(request.method.as_str(), &request.body, field),
            Some(rest) if self.base == PLAIN && rest.starts_with('/') => {
                let parameters = of_call(&rest[1..], field);
                (Kind::Resource, self.at("resource", &parameters, |world| world.call(&rest[1..], field)))
            }
            // What is not served is not there: clients then look in the next place.
            _ => (Kind::Other, Out::empty(404).meaning(Facts::default())),
        }
    }

    /// What the user and the rules let a client have of what it asks for.
    pub(super) fn granted(&self, requested: Option<&Scopes>) -> Scopes {
        let asked = requested.cloned().unwrap_or_default();
        let kept = asked.minus(&self.rules.drop);
        let kept = kept.iter().map(String::as_str);
        if self.rules.one_at_a_time {
            let turn = self.logins.checked_rem(kept.len()).unwrap_or_default();
            return Scopes::collect(kept.skip(turn).take(1));
        }
        Scopes::collect(kept)
    }

    /// Why the run of this step has to be stopped, if it has to.
    pub(super) fn loops(&self) -> Option<String> {
        if self.lost {
            return Some("the answer to its authorization request could not be sent".to_owned());
        }
        let of_step = || self.log.iter().filter(|logged| logged.step == self.step);
        let logins = of_step().filter(|logged| logged.kind == Kind::Authorize).count();
        if logins >= LOOP.saturating_mul(self.at_once) {
            return Some(format!("it sent {logins} authorization requests and went on"));
        }
        let all = of_step().count();
        (all >= FLOOD.saturating_mul(self.at_once)).then(|| format!("it sent {all} requests and went on"))
    }
}

/// The request as the record keeps it, with its target as it was written where that is known.
fn sent(request: &Request, origin: &str, target: Option<String>) -> Sent {
    let method = match request.method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "DELETE" => "DELETE",
        "PUT" => "PUT",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        _ => "OTHER",
    };
    let read = || {
        let query = request.url.query().map_or_else(String::new, |query| format!("?{query}"));
        format!("{}{query}", request.url.path())
    };
    // Whoever takes us for a proxy writes the whole URL.
    let target = target.filter(|target| target.starts_with('/')).unwrap_or_else(read);
    let kept = ["authorization", "accept", "content-type"];
    let headers = kept.into_iter().filter_map(|name| {
        let value = request.headers.get(name)?;
        Some((name.to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
    });
    let content_type =
        request.headers.get("content-type").map(|value| String::from_utf8_lossy(value.as_bytes()));
    let body = (!request.body.is_empty()).then(|| Body {
        content_type: content_type.unwrap_or_default().into_owned(),
        octets: request.body.clone(),
    });
    Sent { method, url: format!("{origin}{target}"), headers: headers.collect(), body }
}
