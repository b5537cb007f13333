//! What a case says without saying it: its placeholders, and the capabilities that they need.

use crate::{
    model::{Authorize, Case, Check, Expect, IsRef, Row, SetRef, Step, Subject, Text, TokenRequest, Verb},
    template::{Placeholder, Template},
    vocabulary,
};

/// Whether this version runs the case: a law, a vector, a rule of the protocol, a point of the dialect, or steps whose verbs are all executed. Others are linted and listed, and prove nothing yet.
pub fn is_executed(case: &Case) -> bool {
    let executed = |word: &str| vocabulary::find_verb(word).is_some_and(|verb| verb.executed);
    if case.subject == Subject::Library {
        let named = [&case.law, &case.protocol, &case.dialect];
        return named.into_iter().any(Option::is_some) || case.vector.is_some();
    }
    case.steps.iter().flat_map(Step::verbs).all(|verb| executed(verb.word()))
}

/// Every placeholder of a case, rows, steps and checks; those that cannot be read are left to the lint.
pub fn placeholders_of(case: &Case) -> Vec<Placeholder> {
    let rows = case.rows.iter().flat_map(placeholders_of_row);
    let steps = case.steps.iter().flat_map(placeholders_of_step);
    let checks = case.checks.iter().flat_map(placeholders_of_check);
    rows.chain(steps).chain(checks).collect()
}

/// The placeholders of a row's values.
pub fn placeholders_of_row(row: &Row) -> Vec<Placeholder> {
    read(row.values.values())
}

/// The placeholders of a step.
pub fn placeholders_of_step(step: &Step) -> Vec<Placeholder> {
    read(texts_of_step(step).into_iter().map(|(_, text)| text))
}

/// The placeholders of a check.
pub fn placeholders_of_check(check: &Check) -> Vec<Placeholder> {
    check.expect.as_ref().map_or_else(Vec::new, |expect| read(texts_of_expect(expect)))
}

/// The capability that a placeholder brings with it, a word of [`crate::vocabulary::NEEDS`]: `{forbidden}` needs `scopes.forbidden`.
pub fn need_of(placeholder: &Placeholder) -> Option<&'static str> {
    match placeholder.path.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["forbidden"] => Some("scopes.forbidden"),
        ["default"] => Some("scopes.default"),
        ["grantable", "1"] => Some("scopes.two"),
        ["grantable", "2"] => Some("scopes.three"),
        _ => None,
    }
}

/// The capabilities that these placeholders bring with them, each once, sorted.
pub fn implied_needs<'a>(placeholders: impl IntoIterator<Item = &'a Placeholder>) -> Vec<&'static str> {
    let mut needs: Vec<&str> = placeholders.into_iter().filter_map(need_of).collect();
    needs.sort_unstable();
    needs.dedup();
    needs
}

fn read<'a>(texts: impl IntoIterator<Item = &'a Text>) -> Vec<Placeholder> {
    texts
        .into_iter()
        .flat_map(Text::templates)
        .filter_map(|text| Template::parse(text).ok())
        .flat_map(|template| template.placeholders().cloned().collect::<Vec<_>>())
        .collect()
}

/// Every value of a step that may hold placeholders, with the name of its key.
pub fn texts_of_step(step: &Step) -> Vec<(&str, &Text)> {
    let mut texts: Vec<(&str, &Text)> = step.scope.iter().map(|text| ("scope", text)).collect();
    texts.extend(step.stored.as_ref().map(|text| ("stored", text)));
    for verb in step.verbs() {
        match verb {
            Verb::Register(register) => {
                texts.extend(register.scope.as_ref().map(|text| ("scope", text)));
                texts.extend(register.members.as_ref().map(|text| ("members", text)));
            }
            Verb::Update(update) => texts.extend(update.scope.as_ref().map(|text| ("scope", text))),
            Verb::Authorize(Authorize { scope, state, redirect_uri, params, .. }) => {
                texts.extend(scope.as_ref().map(|text| ("scope", text)));
                texts.extend(state.as_ref().map(|text| ("state", text)));
                texts.extend(redirect_uri.as_ref().map(|text| ("redirect-uri", text)));
                texts.extend(params.iter().map(|(name, text)| (name.as_str(), text)));
            }
            Verb::Token(TokenRequest { code, scope, params, form, scp, flaw, .. }) => {
                texts.extend(code.as_ref().map(|text| ("code", text)));
                texts.extend(scope.as_ref().map(|text| ("scope", text)));
                texts.extend(form.as_ref().map(|text| ("form", text)));
                texts.extend(scp.as_ref().map(|text| ("scp", text)));
                texts.extend(flaw.as_ref().map(|text| ("flaw", text)));
                texts.extend(params.iter().map(|(name, text)| (name.as_str(), text)));
            }
            Verb::Refresh(refresh) => {
                texts.push(("token", &refresh.token));
                texts.extend(refresh.scope.as_ref().map(|text| ("scope", text)));
            }
            Verb::Introspect(introspect) => texts.push(("token", &introspect.token)),
            Verb::Revoke(revoke) => texts.push(("token", &revoke.token)),
            Verb::Device(device) => texts.extend(device.scope.as_ref().map(|text| ("scope", text))),
            Verb::Exchange(exchange) => {
                texts.push(("subject-token", &exchange.subject_token));
                texts.extend(exchange.scope.as_ref().map(|text| ("scope", text)));
            }
            Verb::Par(par) => texts.extend(par.scope.as_ref().map(|text| ("scope", text))),
            Verb::Raw(raw) => {
                texts.extend(raw.query.as_ref().map(|text| ("query", text)));
                texts.extend(raw.body.as_ref().map(|text| ("body", text)));
            }
            Verb::Start(settings) => {
                texts.extend(settings.supported.as_ref().map(|text| ("supported", text)));
                texts.extend(settings.baseline.as_ref().map(|text| ("baseline", text)));
            }
            Verb::Log(records) => texts.extend(records.mentions.as_ref().map(|text| ("mentions", text))),
            Verb::Login(scope) => texts.push(("login", scope)),
            Verb::Discover(_)
            | Verb::Read(_)
            | Verb::Delete(_)
            | Verb::Call(_)
            | Verb::Use(_)
            | Verb::Invoke(_)
            | Verb::Run(_) => {}
        }
    }
    texts
}

/// Every value of an expectation that may hold placeholders.
pub fn texts_of_expect(expect: &Expect) -> Vec<&Text> {
    let mut texts: Vec<&Text> =
        sets_of_expect(expect).into_iter().filter_map(|set| set.scope.as_ref()).collect();
    texts.extend(expect.same_text.iter().flatten());
    if let Some(inner) = &expect.not {
        texts.extend(texts_of_expect(inner));
    }
    texts
}

/// Every set of an expectation, but for those inside `not`.
pub fn sets_of_expect(expect: &Expect) -> Vec<&SetRef> {
    let lists = [
        &expect.exactly,
        &expect.same_set,
        &expect.contains,
        &expect.within,
        &expect.disjoint,
        &expect.one_of,
    ];
    let mut sets: Vec<&SetRef> = lists.into_iter().flatten().flatten().collect();
    if let Some(IsRef::Set(set)) = &expect.is {
        sets.push(set);
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_bring_their_needs() {
        let case: Case = toml::from_str(
            r#"
            id = "server/a/b"
            title = "T"
            subject = "server"
            impact = "leak"
            [[row]]
            id = "far"
            ask = "{forbidden}"
            [[step]]
            id = "go"
            use = "code-grant"
            scope = "{grantable.0} {grantable.1} {row.ask}"
            [[check]]
            id = "x"
            witness = "go.decided"
            expect = { not = { same-set = [{ scope = "{grantable.2}" }, { granted = "go" }] } }
            "#,
        )
        .unwrap();
        assert_eq!(
            implied_needs(&placeholders_of(&case)),
            ["scopes.forbidden", "scopes.three", "scopes.two"]
        );
        assert_eq!(implied_needs(&placeholders_of_step(&case.steps[0])), ["scopes.two"]);
        assert_eq!(implied_needs(&placeholders_of_row(&case.rows[0])), ["scopes.forbidden"]);
        assert_eq!(implied_needs(&placeholders_of_check(&case.checks[0])), ["scopes.three"]);
    }
}
