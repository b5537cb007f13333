//! An expectation in words.

use scopecheck_scenarios::model::{Expect, IsRef, SetFunction, SetRef, TextKind, Word};

use super::text::{quoted, value};

/// What has to hold, as a sentence without a full stop.
pub(super) fn describe(expect: &Expect) -> String {
    let said = [
        expect.exactly.as_deref().map(|sets| between(sets, "is", ", order and repetition included")),
        expect.same_set.as_deref().map(|sets| between(sets, "is the same set as", "")),
        expect.contains.as_deref().map(|sets| between(sets, "contains", "")),
        expect.within.as_deref().map(|sets| between(sets, "lies within", "")),
        expect.disjoint.as_deref().map(|sets| between(sets, "shares nothing with", "")),
        expect.one_of.as_deref().map(|sets| {
            let sets: Vec<String> = sets.iter().map(set).collect();
            format!("{} is one of: {}", is(expect.is.as_ref()), sets.join("; "))
        }),
        expect.not.as_deref().map(|inner| format!("it does not hold that {}", describe(inner))),
        expect.absent.as_ref().map(|field| format!("`{field}` is missing")),
        expect.present.as_ref().map(|field| format!("`{field}` is there")),
        expect.status.as_ref().map(|status| {
            let numbers: Vec<String> = status.0.iter().map(u16::to_string).collect();
            format!("{} is answered with status {}", is(expect.is.as_ref()), numbers.join(" or "))
        }),
        expect.same_text.as_ref().map(|texts| {
            let texts: Vec<String> = texts.iter().map(value).collect();
            format!("{} are equal, octet by octet", texts.join(" and "))
        }),
        expect
            .grammar
            .as_ref()
            .map(|field| if_there(field, "is a string that follows the grammar of RFC 6749 section 3.3")),
        expect.json_type.as_ref().map(|kind| if_there(&kind.of, &format!("has the JSON type {}", kind.is))),
        expect
            .error_text
            .as_ref()
            .map(|field| if_there(field, "keeps to the octets of RFC 6749 section 4.1.2.1")),
        expect.same_outcome.as_ref().map(|steps| {
            format!(
                "{} end in the same error code, or in the same granted set",
                quoted(steps.iter().map(Word::as_str))
            )
        }),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join(", and ")
}

fn between(sets: &[SetRef], relation: &str, more: &str) -> String {
    let mut sets = sets.iter().map(set);
    let first = sets.next().unwrap_or_default();
    let rest: Vec<String> = sets.collect();
    format!("{first} {relation} {}{more}", rest.join(" and "))
}

fn if_there(field: &Word, predicate: &str) -> String {
    format!("`{field}`, if it is there, {predicate}")
}

fn is(is: Option<&IsRef>) -> String {
    match is {
        Some(IsRef::Step(step)) => format!("`{step}`"),
        Some(IsRef::Set(inner)) => set(inner),
        None => "nothing".to_owned(),
    }
}

fn set(set: &SetRef) -> String {
    if let Some(scope) = &set.scope {
        let empty = matches!(&scope.kind, TextKind::One(text) if text.is_empty());
        return if empty { "the empty set".to_owned() } else { format!("the set {}", value(scope)) };
    }
    set.functions().first().map_or("the empty set".to_owned(), |(function, step)| match function {
        SetFunction::Requested => format!("what `{step}` asked for"),
        SetFunction::Response => format!("what the answer to `{step}` says"),
        SetFunction::Claimed => format!("what the token of `{step}` claims"),
        SetFunction::Introspected => format!("what introspection says of `{step}`"),
        SetFunction::Challenged => format!("what the challenge to `{step}` names"),
        SetFunction::Granted => format!("what `{step}` was granted"),
        SetFunction::Registered if step.as_str().contains(".authorize") => {
            format!("what the server that `{step}` went to has registered for this client")
        }
        SetFunction::Registered => format!("the scope that `{step}` was answered with"),
        SetFunction::Supported => format!("what `{step}` lists as supported"),
        SetFunction::SupportedElsewhere => {
            format!("what only other servers list than the one that `{step}` went to")
        }
        SetFunction::Shown => format!("what the client shows as granted in `{step}`"),
        SetFunction::Told => format!("what the client told in `{step}`"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An expectation per line, each in words.
    fn described(expectations: &[&str]) -> String {
        let described = expectations.iter().map(|text| describe(&toml::from_str(text).unwrap()));
        described.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_word_of_an_expectation_is_a_sentence() {
        insta::assert_snapshot!(described(&[
            "exactly = [{ registered = 'r' }, { scope = 'a b' }]",
            "same-set = [{ response = 'go' }, { introspected = 'go' }]",
            "contains = [{ supported = 'm' }, { scope = '{grantable.0}' }]",
            "within = [{ granted = 'go' }, { granted = 'login' }]",
            "disjoint = [{ claimed = 'go' }, { scope = '{forbidden}' }]",
            "one-of = [{ scope = 'a' }, { scope = '' }]\nis = { requested = 'two' }",
            "not = { same-set = [{ challenged = 'x' }, { scope = 'a' }] }",
            "same-set = [{ shown = 'two' }, { told = 'two' }]",
            "within = [{ supported-elsewhere = 'go.authorize.last' }, { registered = 'go.authorize.last' }]",
            "absent = 'go.scope'",
            "present = 'go.state'",
            "status = [400, 401]\nis = 'go'",
            "same-text = ['{go.state}', '{go.sent_state}']",
            "grammar = 'go.body.scope'",
            "json-type = { of = 'go.body.scope', is = 'string' }",
            "error-text = 'go.error_description'",
            "same-outcome = ['one', 'two']",
        ]));
    }
}
