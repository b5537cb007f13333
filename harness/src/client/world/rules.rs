//! The standing rules of a case, as they hold while one step runs.

use indexmap::IndexMap;
use scopecheck_scenarios::model::{Case, Respond, Text};

use crate::judge::Scopes;

/// How the scripted world answers.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    /// Operation to required scope, in the order of the case.
    pub(super) requires: IndexMap<String, Scopes>,
    /// Operations that are denied without a challenge.
    pub(super) forbids: Vec<String>,
    /// Whether challenges name a scope.
    pub(super) names_scope: bool,
    /// Another challenge that stands before ours.
    pub(super) before: Option<String>,
    /// Whether the document of the resource is about another one.
    pub(super) foreign: bool,
    /// `scopes_supported` of the resource.
    pub(super) resource_scopes: Option<Scopes>,
    /// `scopes_supported` of the server.
    pub(super) server_scopes: Option<Scopes>,
    /// What is left out of every grant.
    pub(super) drop: Scopes,
    /// Whether a token response says what was granted.
    pub(super) echo: bool,
    /// The claim of a JWT that tells the truth; `None` for opaque tokens.
    pub(super) claim: Option<String>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            requires: IndexMap::new(),
            forbids: Vec::new(),
            names_scope: true,
            before: None,
            foreign: false,
            resource_scopes: None,
            server_scopes: None,
            drop: Scopes::default(),
            echo: true,
            claim: None,
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
        rules
    }

    fn apply(&mut self, rule: &Respond) {
        let set = |text: &Option<Text>| text.as_ref().map(|text| Scopes::read(&text.templates().join(" ")));
        if !rule.requires.is_empty() {
            let required = rule.required().into_iter();
            self.requires =
                required.map(|(operation, scope)| (operation.to_owned(), Scopes::read(scope))).collect();
        }
        if !rule.forbids.is_empty() {
            self.forbids = rule.forbids.iter().map(|word| word.value.clone()).collect();
        }
        self.names_scope = rule.names_scope.unwrap_or(self.names_scope);
        self.before = rule.before.clone().or(self.before.take());
        self.foreign = rule.foreign.unwrap_or(self.foreign);
        self.resource_scopes = set(&rule.resource_scopes).or(self.resource_scopes.take());
        self.server_scopes = set(&rule.server_scopes).or(self.server_scopes.take());
        self.drop = set(&rule.drop).unwrap_or_else(|| std::mem::take(&mut self.drop));
        self.echo = rule.echo.unwrap_or(self.echo);
        self.claim = rule.claim.as_ref().map(|word| word.value.clone()).or(self.claim.take());
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
