//! A library to ask.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::ops;
use super::profile::LibraryProfile;
use super::reply::Reply;
use crate::faults::Fault;

/// The operations of the protocol, in its order.
const OPERATIONS: [&str; 13] = [
    "parse",
    "serialize",
    "claims",
    "token",
    "union",
    "covers",
    "recorded",
    "plan_step_up",
    "ensure_granted",
    "expand_registration",
    "validate_baseline",
    "challenge",
    "emit_challenge",
];

/// Operations that only the tests of this implementation use.
const FURTHER: [&str; 8] =
    ["match", "record", "identity", "metadata", "resolver", "registration", "config", "cli"];

/// The reference library under a profile, with the faults that are switched on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Library {
    profile: LibraryProfile,
    faults: BTreeSet<Fault>,
}

impl Library {
    /// A library. Faults of other roles do nothing here.
    pub fn new(profile: LibraryProfile, faults: BTreeSet<Fault>) -> Self {
        Self { profile, faults }
    }

    /// The operations that it announces.
    pub const fn operations(&self) -> &'static [&'static str] {
        &OPERATIONS
    }

    /// The operations that it answers besides, for vectors of its own.
    pub const fn further_operations(&self) -> &'static [&'static str] {
        &FURTHER
    }

    /// The dialect that it declares: names and words of `design.md` section 5.2.
    pub fn semantics(&self) -> Value {
        let (separators, duplicates, malformed, plan, grant) = match self.profile {
            LibraryProfile::Standard => ("space", "first", "reject", "three", "claim"),
            LibraryProfile::CliEngine => ("whitespace", "keep", "keep", "two", "joined"),
            LibraryProfile::Toolhive => ("space", "first", "keep", "three", "claim"),
        };
        json!({
            "separators": separators,
            "duplicates": duplicates,
            "claims": "first",
            "malformed": malformed,
            "matching": "exact",
            "order": "kept",
            "plan": plan,
            "grant": grant,
        })
    }

    /// Answers an operation. `input` is the text of a JSON object, so that members that stand there twice are seen.
    pub fn answer(&self, op: &str, input: &str) -> Reply {
        let answer = match op {
            "parse" => ops::parse(self, input),
            "serialize" => ops::serialize(self, input),
            "claims" => ops::claims(self, input),
            "token" => ops::token(self, input),
            "union" => ops::union(self, input),
            "covers" => ops::covers(self, input),
            "recorded" => ops::recorded(self, input),
            "plan_step_up" => ops::plan_step_up(self, input),
            "ensure_granted" => ops::ensure_granted(self, input),
            "expand_registration" => ops::expand_registration(self, input),
            "validate_baseline" => ops::validate_baseline(self, input),
            "challenge" => ops::challenge(self, input),
            "emit_challenge" => ops::emit_challenge(self, input),
            "match" => ops::matches(self, input),
            "record" => ops::record(self, input),
            "identity" => ops::identity(self, input),
            "metadata" => ops::metadata(self, input),
            "resolver" => ops::resolver(self, input),
            "registration" => ops::registration(self, input),
            "config" => ops::config(self, input),
            "cli" => ops::command_line(self, input),
            other => {
                let reason =
                    format!("there is no operation {other:?}; use one of: {}", OPERATIONS.join(", "));
                return Reply::Unsupported { reason };
            }
        };
        answer.into()
    }

    /// Whose contracts it follows.
    pub const fn profile(&self) -> LibraryProfile {
        self.profile
    }

    /// Whether a fault is switched on.
    pub(crate) fn has(&self, fault: Fault) -> bool {
        self.faults.contains(&fault)
    }

    /// Whether it follows the command-line client.
    pub(super) fn is_cli_engine(&self) -> bool {
        self.profile == LibraryProfile::CliEngine
    }

    /// Whether it follows the authorization server of `contracts.md`.
    pub(super) fn is_toolhive(&self) -> bool {
        self.profile == LibraryProfile::Toolhive
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn said(profile: LibraryProfile, questions: &[(&str, &str)]) -> String {
        let library = Library::new(profile, BTreeSet::new());
        let answers = questions.iter().map(|(op, input)| {
            let (name, value) = library.answer(op, input).into_member();
            format!("{op} {input}\n    {name} {value}")
        });
        answers.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_operation_answers_in_its_shape() {
        let questions = [
            ("parse", r#"{"text":" b  a b"}"#),
            ("serialize", r#"{"scopes":["openid","read:all","openid"]}"#),
            ("claims", r#"{"claims":{"scp":["a","b"]}}"#),
            ("token", r#"{"token":"h.eyJzY29wZSI6ImEifQ.s"}"#),
            ("union", r#"{"first":["b","a"],"second":["a","c"]}"#),
            ("covers", r#"{"granted":["a"],"required":["b","a","b"]}"#),
            ("recorded", r#"{"requested":["a","b"],"response":{"scope":"a"}}"#),
            ("plan_step_up", r#"{"defaults":["d"],"granted":["a"],"required":["b"],"interactive":true}"#),
            ("plan_step_up", r#"{"defaults":["d"],"granted":["a"],"required":["b"],"interactive":false}"#),
            ("plan_step_up", r#"{"defaults":["d"],"granted":["a"],"required":[],"interactive":false}"#),
            ("ensure_granted", r#"{"required":["a","b"],"claims":{"scope":"a"},"recorded":["a","b"]}"#),
            ("ensure_granted", r#"{"required":["a"],"claims":null,"recorded":["a"]}"#),
            (
                "expand_registration",
                r#"{"requested":["openid"],"supported":[],"defaults":[],"baseline":["offline_access"]}"#,
            ),
            ("validate_baseline", r#"{"baseline":["a"],"supported":[]}"#),
            (
                "challenge",
                r#"{"header":"Basic realm=\"a, b\", bearer Scope=\"x \\y\", error=insufficient_scope"}"#,
            ),
            ("emit_challenge", r#"{"scopes":["a","b"],"error":"insufficient_scope"}"#),
            ("match", r#"{"strategy":"wildcard","held":"read.*","asked":"read.a"}"#),
            ("record", r#"{"text":"{\"access_token\":\"t\",\"expires_at\":100}","now":0}"#),
            ("identity", r#"{"claims":{"sub":"u","email":"e"}}"#),
            ("identity", r#"{"before":null,"after":{"sub":"u"}}"#),
            ("metadata", r#"{"steps":[{"set":["a"]},{"with":["b","c"]},{"key":"d"}]}"#),
            (
                "resolver",
                r#"{"declared":["a"],"calls":[{"extra":["b"],"fails":true},{"extra":[]},{"extra":[]}]}"#,
            ),
            ("registration", r#"{"body":{"scope":"a b"}}"#),
            ("config", r#"{"scopes_supported":["a"],"baseline_client_scopes":["a"],"gate":"provider"}"#),
            ("config", r#"{"admission":["a"]}"#),
            ("cli", r#"{"args":["-sa","--env","dev"]}"#),
            ("cli", r#"{"missing":["a","b;c"],"env":"dev"}"#),
        ];
        insta::assert_snapshot!(said(LibraryProfile::Standard, &questions));
    }

    #[test]
    fn every_refusal_says_why() {
        let questions = [
            ("parse", r#"{"text":"a\tb"}"#),
            ("parse", r#"{"text":{"hex":"61ff"}}"#),
            ("parse", r#"{"text":"\ud800"}"#),
            ("parse", r#"{"text":"a","more":1}"#),
            ("parse", r#"["a"]"#),
            ("serialize", r#"{"scopes":["a",""]}"#),
            ("claims", r#"{"claims":{"scope":"a","scp":["b"]}}"#),
            ("claims", r#"{"claims":{"scope":"a","scope":"b"}}"#),
            ("claims", r#"{"claims":{"scope":7,"scp":["x"]}}"#),
            ("claims", r#"{"claims":["a"]}"#),
            ("recorded", r#"{"requested":["a"],"response":{"scope":["a"]}}"#),
            ("expand_registration", r#"{"requested":["a"],"supported":[],"defaults":[],"baseline":[]}"#),
            ("challenge", r#"{"header":"Bearer scope=a, scope=b"}"#),
            ("emit_challenge", r#"{"scopes":["a\"b"],"error":null}"#),
            ("emit_challenge", r#"{"scopes":[],"error":"a\r\nb"}"#),
            ("match", r#"{"strategy":"regex","held":"a","asked":"a"}"#),
            ("record", r#"{"text":"{}"}"#),
            ("identity", r#"{"before":{"sub":"a"},"after":{"sub":"b"}}"#),
            ("metadata", r#"{"steps":[{"set":["a b"]}]}"#),
            ("metadata", r#"{"steps":[{"put":["a"]}]}"#),
            ("registration", r#"{"body":{"scope":["a"]}}"#),
            ("config", r#"{"baseline_client_scopes":["a"],"gate":"runtime"}"#),
            ("config", r#"{"admission":["a b"]}"#),
            ("cli", r#"{"args":["--scope"]}"#),
            ("cli", r#"{"args":["--scope","a b"]}"#),
            ("frobnicate", "{}"),
        ];
        insta::assert_snapshot!(said(LibraryProfile::Standard, &questions));
        let raw = [("config", r#"{"baseline_client_scopes":["openid"],"gate":"provider"}"#)];
        insta::assert_snapshot!(said(LibraryProfile::Toolhive, &raw), @r#"
        config {"baseline_client_scopes":["openid"],"gate":"provider"}
            rejected {"kind":"config","message":"failed to create OAuth2 config: baseline_client_scopes contains \"openid\" which is not in scopes_supported; add it there"}
        "#);
    }

    #[test]
    fn thirty_thousand_scopes_cost_no_more_than_their_share() {
        let scopes: Vec<String> = (0..30_000).map(|number| format!("scope-{number}")).collect();
        let (text, list) = (scopes.join(" "), json!(scopes));
        let questions = [
            ("parse", json!({ "text": text })),
            ("serialize", json!({ "scopes": list })),
            ("claims", json!({ "claims": { "scope": text, "scp": list } })),
            ("union", json!({ "first": list, "second": list })),
            ("covers", json!({ "granted": list, "required": list })),
            ("recorded", json!({ "requested": list, "response": { "scope": text } })),
            (
                "plan_step_up",
                json!({ "defaults": list, "granted": [], "required": list, "interactive": true }),
            ),
            ("ensure_granted", json!({ "required": list, "claims": { "scope": text }, "recorded": list })),
            (
                "expand_registration",
                json!({ "requested": list, "supported": list, "defaults": [], "baseline": list }),
            ),
            ("validate_baseline", json!({ "baseline": list, "supported": list })),
            ("challenge", json!({ "header": format!("Bearer scope=\"{text}\"") })),
            ("emit_challenge", json!({ "scopes": list, "error": null })),
        ];
        for profile in LibraryProfile::ALL {
            let library = Library::new(*profile, BTreeSet::new());
            for (op, input) in &questions {
                let input = input.to_string();
                let start = Instant::now();
                let reply = library.answer(op, &input);
                assert!(matches!(reply, Reply::Ok(_)), "{op} under {profile}");
                // Quadratic cost would take a minute and more, even where nothing else runs.
                assert!(start.elapsed() < Duration::from_secs(10), "{op} under {profile}");
            }
        }
    }
}
