//! A step in words.

use indexmap::IndexMap;
use scopecheck_scenarios::model::{
    Authorize, Exit, Raw, Records, Register, Settings, Step, Text, TokenRequest, Verb, Word,
};

use super::text::{as_client, for_scope, quoted, value};

/// What a step does, as a sentence without a full stop.
pub(super) fn describe(step: &Step) -> String {
    let mut action = step.verb().map_or("nothing".to_owned(), |verb| action(step, verb));
    action.push_str(&circumstances(step));
    match step.exit {
        Some(Exit::Success) => action.push_str(", which has to succeed"),
        Some(Exit::Failure) => action.push_str(", which has to fail"),
        Some(Exit::Any) | None => {}
    }
    if step.rows.is_empty() {
        return action;
    }
    format!("{action}; only in the rows {}", quoted(step.rows.iter().map(Word::as_str)))
}

fn action(step: &Step, verb: Verb<'_>) -> String {
    match verb {
        Verb::Discover(discover) => match discover.document.as_str() {
            "openid" => "fetch the metadata of OpenID Connect Discovery".to_owned(),
            "resource" => "fetch the metadata of the resource (RFC 9728)".to_owned(),
            _ => "fetch the metadata of RFC 8414".to_owned(),
        },
        Verb::Register(register) => registration(register),
        Verb::Update(update) => {
            format!("replace the registration of `{}`{}", update.client, for_scope(update.scope.as_ref()))
        }
        Verb::Read(client) => format!("read the registration of `{client}` back"),
        Verb::Delete(client) => format!("delete the registration of `{client}`"),
        Verb::Authorize(authorize) => authorization(authorize),
        Verb::Token(token) => token_request(token),
        Verb::Refresh(refresh) => {
            format!(
                "refresh with {}{}{}",
                value(&refresh.token),
                for_scope(refresh.scope.as_ref()),
                as_client(refresh.client.as_ref())
            )
        }
        Verb::Introspect(introspect) => format!("introspect {}", value(&introspect.token)),
        Verb::Revoke(revoke) => format!("revoke {}", value(&revoke.token)),
        Verb::Device(device) => {
            format!("send a device authorization request{}", for_scope(device.scope.as_ref()))
        }
        Verb::Exchange(exchange) => {
            format!("exchange {}{}", value(&exchange.subject_token), for_scope(exchange.scope.as_ref()))
        }
        Verb::Par(par) => format!("push an authorization request{}", for_scope(par.scope.as_ref())),
        Verb::Call(call) => match &call.token {
            Some(token) => format!("call operation {} with the token of `{token}`", call.operation),
            None => format!("call operation {} without a token", call.operation),
        },
        Verb::Raw(raw) => exact(raw),
        Verb::Use(flow) => {
            format!(
                "run the flow `{flow}`{}{}",
                for_scope(step.scope.as_ref()),
                as_client(step.client.as_ref())
            )
        }
        Verb::Start(settings) => start(settings),
        Verb::Log(records) => log(records),
        Verb::Invoke([operation]) => format!("run the client with the operation `{operation}`"),
        Verb::Invoke(operations) => format!(
            "run the client with the operations {}, called at once",
            quoted(operations.iter().map(Word::as_str))
        ),
        Verb::Login(scope) => format!("run the login command of the client{}", for_scope(Some(scope))),
        Verb::Run(command) => format!("run the command `{command}` of the client"),
    }
}

fn start(settings: &Settings) -> String {
    let told = |name: &str, text: Option<&Text>| text.map(|text| format!("{name} {}", value(text)));
    let told: Vec<String> = [
        told("the supported scopes", settings.supported.as_ref()),
        told("the baseline", settings.baseline.as_ref()),
    ]
    .into_iter()
    .flatten()
    .collect();
    format!(
        "start the server anew with {}",
        if told.is_empty() { "nothing changed".to_owned() } else { told.join(" and ") }
    )
}

fn log(records: &Records) -> String {
    let level = records.level.as_ref().map_or(String::new(), |level| format!(" of level {level}"));
    let mentions =
        records.mentions.as_ref().map_or(String::new(), |text| format!(" that mention {}", value(text)));
    format!("read the records{level} of its log{mentions}")
}

/// What is the matter with a run of a client.
fn circumstances(step: &Step) -> String {
    let stored = step.stored.as_ref().map_or_else(String::new, |how| {
        let how = value(how);
        format!(", after what it has stored was spoilt in the way {how}")
    });
    let saves = if step.saves == Some(false) { ", while no file can be written" } else { "" };
    let runs = step.at_once.map_or_else(String::new, |runs| format!(", {runs} times at once"));
    stored + saves + &runs
}

fn registration(register: &Register) -> String {
    let kind = register.client.as_ref().map_or("public", Word::as_str);
    let members = register
        .members
        .as_ref()
        .map_or(String::new(), |members| format!(", with the members {}", value(members)));
    match &register.scope {
        // A member spliced in is often the scope itself, in another form.
        None if register.members.is_some() => format!("register a {kind} client{members}"),
        scope => format!("register a {kind} client{}{members}", for_scope(scope.as_ref())),
    }
}

fn authorization(authorize: &Authorize) -> String {
    let with = |name: &str, given: Option<&Text>| {
        given.map_or(String::new(), |given| format!(", with the {name} {}", value(given)))
    };
    let encoding = match authorize.encoding.as_ref().map(Word::as_str) {
        Some("percent") => ", its spaces sent as `%20`".to_owned(),
        Some("full") => ", each octet of the scope percent-encoded".to_owned(),
        Some(other) => format!(", in the encoding `{other}`"),
        None => String::new(),
    };
    let parts = [
        "send an authorization request".to_owned(),
        for_scope(authorize.scope.as_ref()),
        as_client(authorize.client.as_ref()),
        with("state", authorize.state.as_ref()),
        with("redirect URI", authorize.redirect_uri.as_ref()),
        parameters(&authorize.params),
        encoding,
    ];
    let end = if authorize.follow == Some(false) { ", and look at the first answer only" } else { "" };
    parts.concat() + end
}

fn token_request(token: &TokenRequest) -> String {
    let mut text = match (token.grant.as_ref().map(Word::as_str), &token.code) {
        (Some("authorization_code"), Some(code)) => format!("redeem the code {}", value(code)),
        (Some(grant), _) => format!("ask for a token by `{grant}`"),
        (None, _) => "obtain a token".to_owned(),
    };
    // A code is redeemed without a scope as a rule, so only the exception is worth a word.
    if token.code.is_none() || token.scope.is_some() {
        text += &for_scope(token.scope.as_ref());
    }
    text + &as_client(token.client.as_ref()) + &parameters(&token.params) + &made(token)
}

/// What is odd about a token that the run makes itself.
fn made(token: &TokenRequest) -> String {
    let parts =
        [(", in the form ", &token.form), (", with `scp` = ", &token.scp), (", with the flaw ", &token.flaw)];
    let said = |(what, text): (&str, &Option<Text>)| {
        text.as_ref().map_or(String::new(), |text| format!("{what}{}", value(text)))
    };
    parts.map(said).concat()
}

fn exact(raw: &Raw) -> String {
    let query = raw.query.as_ref().map(|query| format!("the query {}", value(query)));
    let body = raw.body.as_ref().map(|body| format!("the body {}", value(body)));
    let parts: Vec<String> = query.into_iter().chain(body).collect();
    format!("send {} to the {} endpoint, octet by octet", parts.join(" and "), raw.endpoint)
}

fn parameters(params: &IndexMap<String, Text>) -> String {
    let each: Vec<String> =
        params.iter().map(|(name, text)| format!(", with `{name}` = {}", value(text))).collect();
    each.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A step per line, each in words.
    fn described(steps: &[&str]) -> String {
        let described =
            steps.iter().map(|text| describe(&toml::from_str(&format!("id = 'x'\n{text}")).unwrap()));
        described.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_verb_of_a_server_case_is_a_sentence() {
        insta::assert_snapshot!(described(&[
            "discover = { document = 'oauth' }",
            "discover = { document = 'openid' }",
            "register = { scope = 'a b' }",
            "register = { client = 'confidential' }",
            "register = { members = '{\"scope\": null}' }",
            "update = { client = 'r', scope = '' }",
            "read = 'r'",
            "delete = 'r'",
            "authorize = { scope = ['a', 'b'], client = 'unknown', encoding = 'full', follow = false }",
            "authorize = { scope = { hex = '61 09' }, state = 's', redirect-uri = 'http://e/', params = { scopes = 'b' } }",
            "token = { grant = 'authorization_code', code = '{a.code}' }",
            "token = { grant = 'authorization_code', code = '{a.code}', scope = 'b' }",
            "token = { grant = 'client_credentials' }",
            "token = { scope = 'a' }",
            "refresh = { token = '{l.refresh_token}' }\nrows = ['one', 'two']",
            "introspect = { token = '{l.access_token}' }",
            "revoke = { token = '{l.refresh_token}' }",
            "raw = { endpoint = 'authorization', query = 'scope=%' }",
            "use = 'code-grant'\nscope = 'a'\nclient = 'r'",
        ]));
    }

    #[test]
    fn every_run_of_a_client_is_a_sentence() {
        insta::assert_snapshot!(described(&[
            "invoke = 'read'\nexit = 'success'",
            "login = 'a b'\nat-once = 4\nexit = 'failure'",
            "run = 'status'\nstored = 'without-scopes'",
            "invoke = 'read'\nstored = '{row.how}'\nsaves = false",
            "invoke = ['read', 'write']\nexit = 'success'",
        ]));
    }
}
