//! The scripted world of a client case, in words.

use scopecheck_scenarios::model::{Case, Respond, Text, Word};

use super::text::{joined, quoted, value};

/// What each rule makes of the world: the endpoint, and a sentence without a full stop.
pub(super) fn describe(case: &Case) -> Vec<(String, String)> {
    let asks = |scope: &Text| ("client".to_owned(), format!("asks for {} at every login", value(scope)));
    let rules = case.respond.iter().map(|rule| (rule.to.value.clone(), one(rule)));
    rules.chain(case.default_scope.as_ref().map(asks)).collect()
}

fn one(rule: &Respond) -> String {
    let mut said = Vec::new();
    said.extend(rule.answers.as_ref().map(|how| arrival(how.as_str()).to_owned()));
    let required = rule.required();
    if !required.is_empty() {
        let each: Vec<String> = required
            .into_iter()
            .map(|(operation, scope)| match scope {
                "" => format!("`{operation}` any token"),
                scope => format!("`{operation}` the scope `{scope}`"),
            })
            .collect();
        said.push(format!("requires for {}", joined(&each)));
    }
    if !rule.forbids.is_empty() {
        let operations = quoted(rule.forbids.iter().map(Word::as_str));
        said.push(format!("denies {operations} with 403 and no challenge"));
    }
    if !rule.never.is_empty() {
        let operations = quoted(rule.never.iter().map(Word::as_str));
        said.push(format!("denies {operations} with a challenge whatever the token holds"));
    }
    said.extend(rule.names.as_ref().map(|names| format!("names in a 403 what is {names}")));
    if rule.error == Some(false) {
        said.push("gives a 403 no error code".to_owned());
    }
    said.extend(rule.spelling.as_ref().map(|word| format!("writes its challenges in the way `{word}`")));
    if rule.names_scope == Some(false) {
        said.push("names no scope in its challenges".to_owned());
    }
    said.extend(rule.before.as_ref().map(|before| format!("puts `{before}` before its challenges")));
    if rule.foreign == Some(true) {
        said.push("serves a document that is about another resource".to_owned());
    }
    let listed =
        |text: &Option<Text>, what: &str| text.as_ref().map(|text| format!("{what} {}", value(text)));
    said.extend(listed(&rule.resource_scopes, "lists for the resource"));
    said.extend(listed(&rule.server_scopes, "lists for the server"));
    if !rule.servers.is_empty() {
        let named = rule.servers.iter().map(|server| format!("the {server} server"));
        said.push(format!("names {}", joined(&named.collect::<Vec<_>>())));
    }
    said.extend(listed(&rule.second_server_scopes, "lists for the second server"));
    said.extend(listed(&rule.registers, "registers, whatever is asked for,"));
    let refused = if rule.to.value == "token" { "code" } else { "request" };
    said.extend(rule.refuse.as_ref().map(|code| format!("refuses every {refused} with `{code}`")));
    said.extend(listed(&rule.refuse_scope, "refuses with `invalid_scope` whatever names"));
    let forged = match rule.forged_as.as_ref().map(Word::as_str) {
        Some("stateless") => "sends a callback without a `state` first, with a code for",
        Some("error") => "sends an error without a `state` first, instead of a code for",
        _ => "sends a callback of a foreign `state` first, with a code for",
    };
    said.extend(listed(&rule.forged_callback, forged));
    said.extend(rule.callback.as_ref().map(|how| callback(how.as_str()).to_owned()));
    said.extend(listed(&rule.callback_scope, "names in its answer the scope"));
    said.extend(listed(&rule.drop, "leaves out of every grant"));
    if rule.one_at_a_time == Some(true) {
        said.push("grants one scope at a time, each time another".to_owned());
    }
    said.extend(
        rule.echo.map(|echo| {
            if echo { "says what was granted" } else { "does not say what was granted" }.to_owned()
        }),
    );
    said.extend(rule.echo_as.as_ref().map(|form| format!("says it in the form `{form}`")));
    said.extend(
        rule.refresh_token.map(|issued| {
            if issued { "issues refresh tokens" } else { "issues no refresh token" }.to_owned()
        }),
    );
    said.extend(
        rule.refreshes
            .map(|good| if good { "honours refresh tokens" } else { "refuses refresh tokens" }.to_owned()),
    );
    said.extend(rule.expires_in.map(|seconds| format!("lets tokens expire after {seconds} s")));
    said.extend(listed(&rule.beside, "says in members that no standard defines"));
    said.extend(rule.user.as_ref().map(|user| format!("has the user `{user}` log in")));
    said.extend(rule.claim.as_ref().map(|claim| format!("tells the truth in the claim `{claim}` of a JWT")));
    said.extend(listed(&rule.claims_more, "claims there beyond the grant"));
    said.extend(listed(&rule.id_token, "adds an ID token that names the scope"));
    let while_steps = match rule.during.as_slice() {
        [] => String::new(),
        steps => format!("; only in {}", quoted(steps.iter().map(Word::as_str))),
    };
    format!("{}{while_steps}", joined(&said))
}

/// How the answer to an authorization request is sent.
fn callback(word: &str) -> &'static str {
    match word {
        "split" => "sends its answer to the redirect URI in three pieces",
        "long" => "sends its answer to the redirect URI with a code of 5,000 characters",
        _ => "sends its answer to the redirect URI twice",
    }
}

/// How the answers of an endpoint arrive.
fn arrival(word: &str) -> &'static str {
    match word {
        "slow" => "takes 300 ms for each answer",
        "unavailable" => "answers with 503 and does nothing",
        "cut" => "ends the connection in the middle of each answer",
        _ => "ends the connection without an answer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_a_rule_is_said() {
        let rules = [
            "to = 'resource'\nrequires = { read = 'a b', open = '' }\nforbids = ['locked']\nnames-scope = false\nbefore = 'Basic realm=\"x\"'",
            "to = 'metadata'\nresource-scopes = 'x y'\nserver-scopes = 'z'\nforeign = true",
            "to = 'metadata'\nservers = ['first', 'second']\nsecond-server-scopes = 'z'",
            "to = 'resource'\nnever = ['admin']\nnames = 'missing'\nerror = false\nspelling = 'upper'",
            "to = 'registration'\nregisters = 'a'",
            "to = 'authorization'\nrefuse = 'invalid_scope'\nrefuse-scope = 'b'\nforged-callback = 'z'",
            "to = 'authorization'\nforged-callback = 'z'\nforged-as = 'error'\ncallback = 'split'\ncallback-scope = 'a z'",
            "to = 'token'\nanswers = 'cut'\nrefuse = 'invalid_grant'",
            "to = 'token'\necho-as = 'array'\nrefresh-token = false\nrefreshes = false\nexpires-in = 5\nbeside = 'z'\nuser = 'bob'",
            "to = 'token'\nduring = ['one', 'two']\ndrop = 'a'\none-at-a-time = true\necho = false\nclaim = 'scp'",
            "to = 'token'\nclaim = 'scope'\nclaims-more = 'z'\nid-token = 'y z'",
        ];
        let said: Vec<String> = rules.iter().map(|rule| one(&toml::from_str(rule).unwrap())).collect();
        insta::assert_snapshot!(said.join("\n"));
    }
}
