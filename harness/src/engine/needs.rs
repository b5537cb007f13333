//! Which steps have their tokens weighed: introspected, so that what applies is known and not only what was said.

use std::collections::HashSet;

use scopecheck_scenarios::model::{Case, Check, Expect, IsRef, SetFunction, SetRef};

/// The steps whose effective scope some check asks for.
pub(super) fn weighed(case: &Case) -> HashSet<String> {
    let mut steps = HashSet::new();
    for check in &case.checks {
        collect(check, &mut steps);
    }
    steps
}

/// The steps whose refresh token a later step presents.
pub(super) fn refreshed(case: &Case) -> HashSet<String> {
    let tokens = case
        .steps
        .iter()
        .filter_map(|step| step.refresh.as_ref())
        .flat_map(|refresh| refresh.token.templates());
    tokens
        .filter_map(|text| text.strip_prefix('{')?.strip_suffix(".refresh_token}").map(str::to_owned))
        .collect()
}

fn collect(check: &Check, steps: &mut HashSet<String>) {
    let named = check.of.iter().chain(&check.contrast).chain(&check.control);
    steps.extend(named.map(|word| word.value.clone()));
    if let Some(expect) = &check.expect {
        expectation(expect, steps);
    }
}

fn expectation(expect: &Expect, steps: &mut HashSet<String>) {
    let lists = [
        &expect.exactly,
        &expect.same_set,
        &expect.contains,
        &expect.within,
        &expect.disjoint,
        &expect.one_of,
    ];
    let sets = lists.into_iter().flatten().flatten();
    let is = expect.is.iter().filter_map(|is| match is {
        IsRef::Set(set) => Some(set),
        IsRef::Step(_) => None,
    });
    for set in sets.chain(is) {
        weigh(set, steps);
    }
    steps.extend(expect.same_outcome.iter().flatten().map(|word| word.value.clone()));
    let paths = [&expect.absent, &expect.present, &expect.grammar].into_iter().flatten();
    for path in paths.chain(expect.json_type.iter().map(|spec| &spec.of)) {
        if let Some((step, rest)) = path.value.split_once('.')
            && rest.starts_with("introspection")
        {
            steps.insert(step.to_owned());
        }
    }
    if let Some(inner) = &expect.not {
        expectation(inner, steps);
    }
}

fn weigh(set: &SetRef, steps: &mut HashSet<String>) {
    for (function, step) in set.functions() {
        if matches!(function, SetFunction::Granted | SetFunction::Introspected | SetFunction::Claimed) {
            steps.insert(step.value.split('.').next().unwrap_or_default().to_owned());
        }
    }
}
