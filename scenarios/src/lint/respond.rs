//! The standing rules of a client case: each key at its endpoint, each operation and step known.

use super::place::Place;
use crate::{
    model::{Case, Respond, Step, Subject, Text, Word},
    vocabulary::{
        ARRIVALS, CALLBACKS, CHALLENGE_NAMES, CHALLENGE_SPELLINGS, ECHO_FORMS, Entry, FORGERIES, RESPONDERS,
        SERVERS, words,
    },
};

pub(super) fn lint(case: &Case, place: &mut Place<'_>) {
    for rule in &case.respond {
        if case.subject != Subject::Client {
            place.wrong(
                &rule.to.span,
                "only client cases have a scripted world",
                "remove `[[respond]]`; scripts of a server case stand in `<slug>.scripts.toml`",
            );
            continue;
        }
        if !place.unknown(&rule.to, "endpoint", RESPONDERS.iter().map(|(endpoint, _)| *endpoint)) {
            keys(rule, place);
        }
        for step in &rule.during {
            place.unknown(step, "step", case.steps.iter().map(|step| step.id.as_str()));
        }
        if let Some(claim) = &rule.claim {
            place.unknown(claim, "claim", ["scope", "scp"].into_iter());
        }
        let closed: [(&Option<Word>, &str, &'static [Entry]); 6] = [
            (&rule.answers, "way of an answer", ARRIVALS),
            (&rule.names, "content of a challenge", CHALLENGE_NAMES),
            (&rule.spelling, "spelling", CHALLENGE_SPELLINGS),
            (&rule.echo_as, "form of an echo", ECHO_FORMS),
            (&rule.forged_as, "forged callback", FORGERIES),
            (&rule.callback, "way of a callback", CALLBACKS),
        ];
        for (word, what, known) in closed {
            if let Some(word) = word {
                place.unknown(word, what, words(known));
            }
        }
        servers(case, rule, place);
        let texts = [
            &rule.drop,
            &rule.resource_scopes,
            &rule.server_scopes,
            &rule.second_server_scopes,
            &rule.registers,
            &rule.refuse_scope,
            &rule.forged_callback,
            &rule.callback_scope,
            &rule.beside,
            &rule.claims_more,
            &rule.id_token,
        ];
        for text in texts.into_iter().flatten() {
            literal(text, place);
        }
    }
    if let Some(scopes) = &case.default_scope {
        literal(scopes, place);
        if case.subject != Subject::Client {
            place.wrong(&scopes.span, "only clients have default scopes", "remove `default-scope`");
        }
    }
    if case.subject == Subject::Client {
        operations(case, place);
        for check in case.checks.iter().filter(|check| check.id.value == "exit-class") {
            place.wrong(
                &check.id.span,
                "every client case has a check `exit-class` already",
                "say in each step with `exit` how its run ends, and give this check another id",
            );
        }
    }
}

/// A key that another endpoint has would do nothing here.
fn keys(rule: &Respond, place: &mut Place<'_>) {
    let said = [
        ("answers", rule.answers.is_some()),
        ("requires", !rule.requires.is_empty()),
        ("forbids", !rule.forbids.is_empty()),
        ("never", !rule.never.is_empty()),
        ("names-scope", rule.names_scope.is_some()),
        ("names", rule.names.is_some()),
        ("error", rule.error.is_some()),
        ("spelling", rule.spelling.is_some()),
        ("before", rule.before.is_some()),
        ("foreign", rule.foreign.is_some()),
        ("resource-scopes", rule.resource_scopes.is_some()),
        ("server-scopes", rule.server_scopes.is_some()),
        ("servers", !rule.servers.is_empty()),
        ("second-server-scopes", rule.second_server_scopes.is_some()),
        ("registers", rule.registers.is_some()),
        ("refuse", rule.refuse.is_some()),
        ("refuse-scope", rule.refuse_scope.is_some()),
        ("forged-callback", rule.forged_callback.is_some()),
        ("forged-as", rule.forged_as.is_some()),
        ("callback", rule.callback.is_some()),
        ("callback-scope", rule.callback_scope.is_some()),
        ("drop", rule.drop.is_some()),
        ("one-at-a-time", rule.one_at_a_time.is_some()),
        ("echo", rule.echo.is_some()),
        ("echo-as", rule.echo_as.is_some()),
        ("refresh-token", rule.refresh_token.is_some()),
        ("refreshes", rule.refreshes.is_some()),
        ("expires-in", rule.expires_in.is_some()),
        ("beside", rule.beside.is_some()),
        ("user", rule.user.is_some()),
        ("claim", rule.claim.is_some()),
        ("claims-more", rule.claims_more.is_some()),
        ("id-token", rule.id_token.is_some()),
    ];
    let here = RESPONDERS.iter().find(|(endpoint, _)| *endpoint == rule.to.value);
    for (key, _) in said.into_iter().filter(|(_, said)| *said) {
        if here.is_some_and(|(_, keys)| keys.contains(&key)) {
            continue;
        }
        let owner = RESPONDERS.iter().find(|(_, keys)| keys.contains(&key)).map_or("", |(name, _)| *name);
        place.wrong(
            &place.key(&rule.to, key),
            format!("`{key}` is no key of the endpoint `{}`", rule.to),
            format!("it belongs to a rule with `to = \"{owner}\"`"),
        );
    }
}

/// The servers of a rule: each known and there once, and a list of the second only where some rule names it.
fn servers(case: &Case, rule: &Respond, place: &mut Place<'_>) {
    for (number, server) in rule.servers.iter().enumerate() {
        let known = !place.unknown(server, "server", words(SERVERS));
        if known && rule.servers[..number].contains(server) {
            place.wrong(&server.span, format!("the server `{server}` is there already"), "say it once");
        }
    }
    let named = || case.respond.iter().flat_map(|rule| &rule.servers).any(|server| server.value == "second");
    if let Some(scopes) = &rule.second_server_scopes
        && !named()
    {
        place.wrong(
            &scopes.span,
            "no rule names the second server, so that nobody sees its list",
            "write `servers = [\"first\", \"second\"]` into a rule for `metadata`",
        );
    }
}

/// The world is the same in every variant: its rules hold no placeholders.
fn literal(text: &Text, place: &mut Place<'_>) {
    if text.templates().len() != 1 || text.templates().iter().any(|text| text.contains('{')) {
        place.wrong(
            &text.span,
            "a rule of the scripted world says its scopes as they are",
            "write one string with a space between two scopes, and no placeholders",
        );
    }
}

/// An operation that no rule knows is answered with 404, which proves nothing.
fn operations(case: &Case, place: &mut Place<'_>) {
    let known = || {
        let required =
            case.respond.iter().flat_map(|rule| rule.required().into_iter().map(|(operation, _)| operation));
        let denied = case.respond.iter().flat_map(|rule| rule.forbids.iter().chain(&rule.never));
        required.chain(denied.map(Word::as_str))
    };
    for operation in case.steps.iter().flat_map(Step::operations) {
        let names: Vec<&str> = known().collect();
        place.unknown(operation, "operation", names.into_iter());
    }
}

#[cfg(test)]
mod tests {
    use crate::{lint::lint, load::from_texts};

    const CASE: &str = r#"id = "client/step-up/example"
title = "A client asks again"
subject = "client"
impact = "denial"

[[respond]]
to = "resource"
requires = { read = "a", write = "b" }

[[respond]]
to = "token"
during = ["one"]
drop = "b"
claim = "scope"

[[step]]
id = "one"
invoke = "write"
exit = "failure"

[[check]]
id = "asks"
requirement = "R"
witness = "one.challenge_sent"
expect = { present = "one.authorize.last.scope" }

[[check]]
id = "bounded"
requirement = "R"
witness = "one.challenge_sent"
outcomes = [{ count = "one.authorize", at-most = 3, grade = "pass" }, { else = "warn" }]
"#;

    const REQUIREMENT: &str = r#"[[requirement]]
id = "R"
source = "RFC 6749"
section = "6"
level = "SHOULD"
role = "client"
summary = "S."
testable = "black-box"
how = "H."
severity = "interop"
basis = "explicit"
standing = "checked"
"#;

    fn mistakes(from: &str, to: &str) -> String {
        assert!(CASE.contains(from), "{from}");
        let case = CASE.replacen(from, to, 1);
        let (catalog, errors) = from_texts(&[
            ("cases/client/step-up/example.toml", &case),
            ("requirements/rfc6749.toml", REQUIREMENT),
            ("contracts.toml", "contract = []\n"),
            ("ids.lock", "live = [\"client/step-up/example\"]\n"),
        ]);
        let all: Vec<String> = errors.iter().chain(&lint(&catalog)).map(ToString::to_string).collect();
        all.join("\n")
    }

    #[test]
    fn a_rule_and_what_names_its_requests_are_checked() {
        assert_eq!(mistakes("drop", "drop"), "");
        let changes = [
            ("to = \"token\"", "to = \"tokens\""),
            ("drop = \"b\"", "names-scope = false"),
            ("drop = \"b\"", "drop = \"{grantable.0}\""),
            ("claim = \"scope\"", "claim = \"scopes\""),
            ("during = [\"one\"]", "during = [\"on\"]"),
            (
                "to = \"token\"\nduring = [\"one\"]\ndrop = \"b\"\nclaim = \"scope\"",
                "to = \"metadata\"\nservers = [\"third\"]",
            ),
            (
                "to = \"token\"\nduring = [\"one\"]\ndrop = \"b\"\nclaim = \"scope\"",
                "to = \"metadata\"\nservers = [\"second\", \"second\"]",
            ),
            (
                "to = \"token\"\nduring = [\"one\"]\ndrop = \"b\"\nclaim = \"scope\"",
                "to = \"metadata\"\nsecond-server-scopes = \"x\"",
            ),
            (
                "expect = { present = \"one.authorize.last.scope\" }",
                "expect = { disjoint = [{ scope = \"a\" }, { supported = \"one.authorize.last\" }] }",
            ),
            ("invoke = \"write\"", "invoke = \"wirte\""),
            ("invoke = \"write\"", "login = \"{one.exit}\""),
            ("one.authorize.last.scope", "one.authorise.last.scope"),
            ("one.authorize.last.scope", "one.authorize.second.scope"),
            ("one.authorize.last.scope", "one.authorize.last.scope.first"),
            ("count = \"one.authorize\"", "count = \"one.authorise\""),
            ("id = \"asks\"", "id = \"exit-class\""),
            ("exit = \"failure\"", "stored = \"cut\""),
            ("exit = \"failure\"", "stored = \"burnt\""),
            ("exit = \"failure\"", "saves = true"),
            ("exit = \"failure\"", "at-once = 1"),
            ("invoke = \"write\"", "run = \"statsu\""),
            ("invoke = \"write\"", "invoke = [\"write\", \"raed\"]"),
            ("invoke = \"write\"", "invoke = []"),
            ("invoke = \"write\"", "invoke = [\"write\", \"write\"]"),
            ("invoke = \"write\"", "at-once = 2\ninvoke = [\"read\", \"write\"]"),
            ("count = \"one.authorize\"", "count = \"one.code_issued\""),
        ];
        let told: Vec<String> = changes
            .iter()
            .map(|(from, to)| {
                let told = mistakes(from, to);
                assert!(!told.is_empty(), "{to} is no mistake");
                told
            })
            .collect();
        insta::assert_snapshot!(told.join("\n\n"));
    }
}
