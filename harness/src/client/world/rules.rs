//! The standing rules of a case, as they hold while one step runs.

use indexmap::IndexMap;
use scopecheck_scenarios::model::{Case, Respond, Text, Word};

use super::servers::Server;
use crate::judge::Scopes;

/// How the scripted world answers.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    /// How the answers of an endpoint arrive, by the words of the vocabulary.
    pub(super) answers: IndexMap<String, String>,
    /// Operation to required scope, in the order of the case.
    pub(super) requires: IndexMap<String, Scopes>,
    /// Operations that are denied without a challenge.
    pub(super) forbids: Vec<String>,
    /// Operations that no token is enough for.
    pub(super) never: Vec<String>,
    /// Whether challenges name a scope.
    pub(super) names_scope: bool,
    /// Which scopes a 403 names, by the word of the vocabulary.
    pub(super) names: String,
    /// Whether a 403 has an `error`.
    pub(super) error: bool,
    /// How a challenge is written, by the word of the vocabulary.
    pub(super) spelling: String,
    /// Another challenge that stands before ours.
    pub(super) before: Option<String>,
    /// Whether the document of the resource is about another one.
    pub(super) foreign: bool,
    /// `scopes_supported` of the resource.
    pub(super) resource_scopes: Option<Scopes>,
    /// `scopes_supported` of the server.
    pub(super) server_scopes: Option<Scopes>,
    /// The authorization servers that the resource names, in this order.
    pub(super) servers: Vec<Server>,
    /// `scopes_supported` of the second server.
    pub(super) second_server_scopes: Option<Scopes>,
    /// Whether there is a second server: the resource names it in some step.
    pub(super) second: bool,
    /// What is registered, whatever was asked for.
    pub(super) registers: Option<Scopes>,
    /// The error code with which every request to an endpoint is refused.
    pub(super) refuse: IndexMap<String, String>,
    /// Scopes that no authorization request may name.
    pub(super) refuse_scope: Scopes,
    /// What the code of a forged callback stands for, if one is sent.
    pub(super) forged_callback: Option<Scopes>,
    /// What it is like, by the word of the vocabulary.
    pub(super) forged_as: String,
    /// How the answer to an authorization request is sent, by the word of the vocabulary; empty where the client is redirected.
    pub(super) callback: String,
    /// What the answer names as `scope`, which has no such parameter.
    pub(super) callback_scope: Option<Scopes>,
    /// What is left out of every grant.
    pub(super) drop: Scopes,
    /// Whether a grant holds one of the scopes that were asked for, each time the next one.
    pub(super) one_at_a_time: bool,
    /// Whether a token response says what was granted.
    pub(super) echo: bool,
    /// How it says it, by the word of the vocabulary.
    pub(super) echo_as: String,
    /// Whether refresh tokens are issued.
    pub(super) refresh_token: bool,
    /// Whether they are good.
    pub(super) refreshes: bool,
    /// How long an access token is good, in seconds.
    pub(super) expires_in: u32,
    /// What members say that no standard defines.
    pub(super) beside: Option<Scopes>,
    /// Who the user is.
    pub(super) user: String,
    /// The claim of a JWT that tells the truth; `None` for opaque tokens.
    pub(super) claim: Option<String>,
    /// What this claim names beyond the grant.
    pub(super) claims_more: Scopes,
    /// What the claim `scope` of an ID token names; `None` where none is issued.
    pub(super) id_token: Option<Scopes>,
}

/// How long an access token is good if no rule says, in seconds.
const LIFETIME: u32 = 3600;

impl Default for Rules {
    fn default() -> Self {
        Self {
            answers: IndexMap::new(),
            requires: IndexMap::new(),
            forbids: Vec::new(),
            never: Vec::new(),
            names_scope: true,
            names: "required".to_owned(),
            error: true,
            spelling: String::new(),
            before: None,
            foreign: false,
            resource_scopes: None,
            server_scopes: None,
            servers: vec![Server::First],
            second_server_scopes: None,
            second: false,
            registers: None,
            refuse: IndexMap::new(),
            refuse_scope: Scopes::default(),
            forged_callback: None,
            forged_as: String::new(),
            callback: String::new(),
            callback_scope: None,
            drop: Scopes::default(),
            one_at_a_time: false,
            echo: true,
            echo_as: String::new(),
            refresh_token: true,
            refreshes: true,
            expires_in: LIFETIME,
            beside: None,
            user: "user".to_owned(),
            claim: None,
            claims_more: Scopes::default(),
            id_token: None,
        }
    }
}

impl Rules {
    /// The rules of a case while this step runs: each later rule replaces what it states.
    pub(super) fn during(case: &Case, step: &str) -> Self {
        let mut rules = Self::default();
        for rule in &case.respond {
            if rule.during.is_empty() || rule.during.iter().any(|word| word.value == step) {
                rules.apply(rule);
            }
        }
        let mut named = case.respond.iter().flat_map(|rule| &rule.servers);
        rules.second = named.any(|server| Server::named(server) == Server::Second);
        rules
    }

    fn apply(&mut self, rule: &Respond) {
        let set = |text: &Option<Text>| text.as_ref().map(|text| Scopes::read(&text.templates().join(" ")));
        let answers = rule.answers.as_ref().map(|how| (rule.to.value.clone(), how.value.clone()));
        self.answers.extend(answers);
        if !rule.requires.is_empty() {
            let required = rule.required().into_iter();
            self.requires =
                required.map(|(operation, scope)| (operation.to_owned(), Scopes::read(scope))).collect();
        }
        if !rule.forbids.is_empty() {
            self.forbids = rule.forbids.iter().map(|word| word.value.clone()).collect();
        }
        if !rule.never.is_empty() {
            self.never = rule.never.iter().map(|word| word.value.clone()).collect();
        }
        let said = |word: &Option<Word>, before: &mut String| {
            word.as_ref().map_or_else(|| std::mem::take(before), |word| word.value.clone())
        };
        self.names = said(&rule.names, &mut self.names);
        self.error = rule.error.unwrap_or(self.error);
        self.spelling = said(&rule.spelling, &mut self.spelling);
        self.registers = set(&rule.registers).or(self.registers.take());
        self.refuse.extend(rule.refuse.as_ref().map(|code| (rule.to.value.clone(), code.value.clone())));
        self.refuse_scope = set(&rule.refuse_scope).unwrap_or_else(|| std::mem::take(&mut self.refuse_scope));
        self.forged_callback = set(&rule.forged_callback).or(self.forged_callback.take());
        self.forged_as = said(&rule.forged_as, &mut self.forged_as);
        self.callback = said(&rule.callback, &mut self.callback);
        self.callback_scope = set(&rule.callback_scope).or(self.callback_scope.take());
        self.echo_as = said(&rule.echo_as, &mut self.echo_as);
        self.refresh_token = rule.refresh_token.unwrap_or(self.refresh_token);
        self.refreshes = rule.refreshes.unwrap_or(self.refreshes);
        self.expires_in = rule.expires_in.unwrap_or(self.expires_in);
        self.beside = set(&rule.beside).or(self.beside.take());
        self.user = said(&rule.user, &mut self.user);
        self.names_scope = rule.names_scope.unwrap_or(self.names_scope);
        self.before = rule.before.clone().or(self.before.take());
        self.foreign = rule.foreign.unwrap_or(self.foreign);
        self.resource_scopes = set(&rule.resource_scopes).or(self.resource_scopes.take());
        self.server_scopes = set(&rule.server_scopes).or(self.server_scopes.take());
        if !rule.servers.is_empty() {
            self.servers = rule.servers.iter().map(Server::named).collect();
        }
        self.second_server_scopes = set(&rule.second_server_scopes).or(self.second_server_scopes.take());
        self.drop = set(&rule.drop).unwrap_or_else(|| std::mem::take(&mut self.drop));
        self.one_at_a_time = rule.one_at_a_time.unwrap_or(self.one_at_a_time);
        self.echo = rule.echo.unwrap_or(self.echo);
        self.claim = rule.claim.as_ref().map(|word| word.value.clone()).or(self.claim.take());
        self.claims_more = set(&rule.claims_more).unwrap_or_else(|| std::mem::take(&mut self.claims_more));
        self.id_token = set(&rule.id_token).or(self.id_token.take());
    }

    /// What a gate in front of all operations demands: the scope of the first.
    pub(super) fn entrance(&self) -> Scopes {
        self.requires.values().next().cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_rule_replaces_what_it_states_and_only_while_its_steps_run() {
        let case: Case = toml::from_str(
            r#"
            id = "client/a/b"
            title = "T"
            subject = "client"
            impact = "denial"
            [[respond]]
            to = "token"
            drop = "a b"
            echo = false
            [[respond]]
            to = "token"
            during = ["two"]
            drop = ""
            claim = "scp"
            "#,
        )
        .unwrap();
        let one = Rules::during(&case, "one");
        assert_eq!((one.drop.len(), one.echo, one.claim), (2, false, None));
        let two = Rules::during(&case, "two");
        assert_eq!((two.drop.len(), two.echo, two.claim.as_deref()), (0, false, Some("scp")));
    }
}
