//! When what is granted covers what is required (`contracts.md` SU-02, P4, P5, P13; RFC 6749 section 3.3).

use serde_json::{Value, json};

use super::{
    Broken, Call, Law, Reply,
    reply::{
        answer, boolean, demand, demand_set, disguised, distinct, granted_after_all, list, shown, strings,
        told_missing, without,
    },
};

/// A call that asks whether one list covers another.
fn covers(granted: &Value, required: &Value) -> Call {
    Call { op: "covers", input: json!({ "granted": granted, "required": required }) }
}

/// The call with the two lists of an input.
fn both(input: &Value) -> Call {
    covers(&input["granted"], &input["required"])
}

/// Whether the reply of that number says that it is covered.
fn covered(output: &[Reply], number: usize) -> Result<bool, Broken> {
    boolean(answer(output, number)?, "covered")
}

/// P5.
pub(super) const MISSING: Law = Law {
    name: "covers-missing",
    sentence: "Something is missing exactly where the answer is no",
    ops: &["covers"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::granted_and_required,
    calls: |input, so_far| so_far.is_empty().then(|| both(input)),
    holds: |_, output| {
        let answer = answer(output, 0)?;
        let covered = boolean(answer, "covered")?;
        let Some(missing) = told_missing(answer)? else { return Ok(()) };
        demand(
            covered == missing.is_empty(),
            || "`covered` exactly where `missing` is empty".to_owned(),
            || shown(answer),
        )
    },
};

/// Whole tokens, octet by octet (GR-01, SU-02; RFC 6749 section 3.3).
pub(super) const EXACT: Law = Law {
    name: "covers-exact",
    sentence: "What is missing is what is required and, octet by octet, not granted",
    ops: &["covers"],
    under: &[("matching", "exact")],
    #[cfg(feature = "generate")]
    input: super::generate::granted_and_required,
    calls: |input, so_far| so_far.is_empty().then(|| both(input)),
    holds: |input, output| {
        let lacking = without(&strings(input, "required"), &strings(input, "granted"));
        let answer = answer(output, 0)?;
        if let Some(missing) = told_missing(answer)? {
            demand_set(&distinct(&lacking), &missing)?;
        }
        demand(
            boolean(answer, "covered")? == lacking.is_empty(),
            || format!("`covered` to be {}", lacking.is_empty()),
            || shown(answer),
        )
    },
};

/// P4, first half.
pub(super) const MONOTONE: Law = Law {
    name: "covers-monotone",
    sentence: "What is covered stays covered when more is granted",
    ops: &["covers"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::granted_required_and_more,
    calls: |input, so_far| match so_far {
        [] => Some(both(input)),
        [_] => {
            let more = [strings(input, "granted"), strings(input, "more")].concat();
            Some(covers(&json!(more), &input["required"]))
        }
        _ => None,
    },
    holds: |_, output| {
        if let (Some(less), Some(more)) =
            (told_missing(answer(output, 0)?)?, told_missing(answer(output, 1)?)?)
        {
            let newly = without(&more, &less);
            demand(newly.is_empty(), || format!("no more missing than {}", list(&less)), || list(&more))?;
        }
        let (first, second) = (covered(output, 0)?, covered(output, 1)?);
        demand(!first || second, || "still covered with more granted".to_owned(), || "not covered".to_owned())
    },
};

/// P4, second half.
pub(super) const ANTITONE: Law = Law {
    name: "covers-antitone",
    sentence: "What is covered stays covered when less is required",
    ops: &["covers"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::granted_required_and_more,
    calls: |input, so_far| match so_far {
        [] => {
            let more = [strings(input, "required"), strings(input, "more")].concat();
            Some(covers(&input["granted"], &json!(more)))
        }
        [_] => Some(both(input)),
        _ => None,
    },
    holds: |_, output| {
        let (more, less) = (covered(output, 0)?, covered(output, 1)?);
        demand(!more || less, || "still covered with less required".to_owned(), || "not covered".to_owned())
    },
};

/// Everything covers itself, and nothing required is always covered (SU-02).
pub(super) const REFLEXIVE: Law = Law {
    name: "covers-reflexive",
    sentence: "A list covers itself, and any list covers the empty one",
    ops: &["covers"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::one_list,
    calls: |input, so_far| match so_far {
        [] => Some(covers(&input["scopes"], &input["scopes"])),
        [_] => Some(covers(&input["scopes"], &json!([]))),
        _ => None,
    },
    holds: |_, output| {
        let itself = covered(output, 0)?;
        demand(itself, || "a list to cover itself".to_owned(), || "not covered".to_owned())?;
        let nothing = covered(output, 1)?;
        demand(nothing, || "the empty list to be covered".to_owned(), || "not covered".to_owned())
    },
};

/// A hierarchy and a wildcard reach further than equality, never to a name that shares nothing with what is granted (SU-02, AZ-12).
pub(super) const UNRELATED: Law = Law {
    name: "covers-unrelated",
    sentence: "Under any matching, a name is missing that shares nothing with what is granted, until it is granted itself",
    ops: &["covers"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::unrelated,
    calls: |input, so_far| match so_far {
        [] => Some(both(input)),
        [_] => Some(covers(&granted_after_all(input), &input["required"])),
        _ => None,
    },
    holds: |input, output| {
        let unrelated = without(&strings(input, "required"), &strings(input, "granted"));
        if let Some(missing) = told_missing(answer(output, 0)?)? {
            demand_set(&unrelated, &missing)?;
        }
        let (refused, granted) = (covered(output, 0)?, covered(output, 1)?);
        demand(!refused, || format!("{} not to be covered", list(&unrelated)), || "covered".to_owned())?;
        demand(granted, || "covered once all of it is granted".to_owned(), || "not covered".to_owned())
    },
};

/// Two steps of covering are one.
pub(super) const TRANSITIVE: Law = Law {
    name: "covers-transitive",
    sentence: "What covers a list covers whatever that list covers",
    ops: &["covers"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::three_lists,
    calls: |input, so_far| match so_far {
        [] => Some(covers(&input["first"], &input["second"])),
        [_] => Some(covers(&input["second"], &input["third"])),
        [_, _] => Some(covers(&input["first"], &input["third"])),
        _ => None,
    },
    holds: |_, output| {
        let steps = covered(output, 0)? && covered(output, 1)?;
        let whole = covered(output, 2)?;
        demand(!steps || whole, || "covered, as both steps are".to_owned(), || "not covered".to_owned())
    },
};

/// P13: order and repetition decide nothing.
pub(super) const AS_SETS: Law = Law {
    name: "covers-as-sets",
    sentence: "Reordering and repeating scopes changes neither the decision nor what is missing",
    ops: &["covers"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::granted_and_required,
    calls: |input, so_far| match so_far {
        [] => Some(both(input)),
        [_] => Some(covers(&disguised(&input["granted"]), &disguised(&input["required"]))),
        _ => None,
    },
    holds: |_, output| {
        let (plain, other) = (answer(output, 0)?, answer(output, 1)?);
        if let (Some(plain), Some(other)) = (told_missing(plain)?, told_missing(other)?) {
            demand_set(&plain, &other)?;
        }
        demand(
            boolean(plain, "covered")? == boolean(other, "covered")?,
            || format!("the decision of {}", shown(plain)),
            || shown(other),
        )
    },
};
