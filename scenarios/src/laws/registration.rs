//! What a client is registered with (`contracts.md` DCR-01 to DCR-05, UN-03, CFG-04, P7).
//!
//! P7 to P9 hold for the order of DCR-01 (validate first, then join the baseline), for refused unknown scopes and for exact matching.

use serde_json::{Value, json};

use super::{
    Call, Law, Reply,
    reply::{
        answer, answer_or_refusal, boolean, demand, demand_list, demand_set, disguised, distinct, list,
        same_set, scopes, shown, strings, without,
    },
};

/// A call that expands a registration.
fn expand(requested: &Value, input: &Value) -> Call {
    Call {
        op: "expand_registration",
        input: json!({
            "requested": requested, "supported": input["supported"], "defaults": input["defaults"],
            "baseline": input["baseline"],
        }),
    }
}

/// The call of an input.
fn given(input: &Value) -> Call {
    expand(&input["requested"], input)
}

/// What counts as requested: the defaults where nothing was.
fn effective(input: &Value) -> Vec<&str> {
    let requested = strings(input, "requested");
    if requested.is_empty() { strings(input, "defaults") } else { requested }
}

/// P7.
pub(super) const BOUNDS: Law = Law {
    name: "registration-bounds",
    sentence: "A client is registered with what it requested and the baseline, all and only",
    ops: &["expand_registration"],
    under: &[("matching", "exact")],
    #[cfg(feature = "generate")]
    input: super::generate::registration,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |input, output| {
        let wanted = [effective(input), strings(input, "baseline")].concat();
        demand_set(&wanted, &scopes(answer(output, 0)?, "registered")?)
    },
};

/// The order of the echo is that of the request (GR-02, UN-02, M16).
pub(super) const ORDER: Law = Law {
    name: "registration-order",
    sentence: "The requested scopes come first, in their order, then what the baseline adds",
    ops: &["expand_registration"],
    under: &[("order", "kept"), ("duplicates", "first")],
    #[cfg(feature = "generate")]
    input: super::generate::registration,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |input, output| {
        let wanted = [effective(input), strings(input, "baseline")].concat();
        demand_list(&distinct(&wanted), &scopes(answer(output, 0)?, "registered")?)
    },
};

/// One scope that is not supported stops the whole registration (DCR-03, M94, M95).
pub(super) const UNSUPPORTED: Law = Law {
    name: "registration-unsupported",
    sentence: "A request with a scope that is not supported is refused, whatever the baseline holds",
    ops: &["expand_registration"],
    under: &[("matching", "exact")],
    #[cfg(feature = "generate")]
    input: super::generate::unsupported_registration,
    calls: |input, so_far| match so_far {
        [] => Some(given(input)),
        // The control: who refuses everything has shown nothing.
        [_] => Some(expand(
            &input["supported"],
            &json!({ "supported": input["supported"], "defaults": [], "baseline": [] }),
        )),
        _ => None,
    },
    holds: |input, output| {
        let strangers = without(&strings(input, "requested"), &strings(input, "supported"));
        match (strangers.is_empty(), answer_or_refusal(output, 0)?) {
            (false, Some(answer)) => {
                demand(false, || format!("a refusal because of {}", list(&strangers)), || shown(answer))
            }
            _ => Ok(()),
        }
    },
};

/// UN-03: `expanded` tells whether the baseline added something, not whether lists look different (M22, M23).
pub(super) const EXPANDED: Law = Law {
    name: "registration-expanded",
    sentence: "A registration counts as expanded exactly where the baseline added a scope",
    ops: &["expand_registration"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::registration,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |input, output| {
        let answer = answer(output, 0)?;
        let expanded = !same_set(&effective(input), &scopes(answer, "registered")?);
        demand(
            boolean(answer, "expanded")? == expanded,
            || format!("`expanded` to be {expanded}"),
            || shown(answer),
        )
    },
};

/// Registering with the echo changes nothing more (UN-04).
pub(super) const SETTLES: Law = Law {
    name: "registration-settles",
    sentence: "A client that registers with the list that it was told gets the same list",
    ops: &["expand_registration"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::registration,
    calls: |input, so_far| match so_far {
        [] => Some(given(input)),
        [Reply::Ok(first)] => Some(expand(&first["registered"], input)),
        _ => None,
    },
    holds: |_, output| {
        let first = scopes(answer(output, 0)?, "registered")?;
        let again = answer(output, 1)?;
        demand_set(&first, &scopes(again, "registered")?)?;
        let expanded = boolean(again, "expanded")?;
        demand(!expanded, || "nothing to be added again".to_owned(), || shown(again))
    },
};

/// P13.
pub(super) const AS_SETS: Law = Law {
    name: "registration-as-sets",
    sentence: "Reordering and repeating requested or supported scopes changes neither the registered set nor whether it was expanded",
    ops: &["expand_registration"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::registration,
    calls: |input, so_far| match so_far {
        [] => Some(given(input)),
        [_] => {
            let mut other = input.clone();
            // The defaults are the server's own list, which nobody else repeats.
            for list in ["requested", "supported", "baseline"] {
                if other[list].is_array() {
                    other[list] = disguised(&input[list]);
                }
            }
            Some(given(&other))
        }
        _ => None,
    },
    holds: |_, output| {
        let (plain, other) = (answer(output, 0)?, answer(output, 1)?);
        demand_set(&scopes(plain, "registered")?, &scopes(other, "registered")?)?;
        demand(boolean(plain, "expanded")? == boolean(other, "expanded")?, || shown(plain), || shown(other))
    },
};

/// CFG-04: the first offender in the order of the baseline, and exactly where there is one.
pub(super) const FIRST_OFFENDER: Law = Law {
    name: "baseline-first-offender",
    sentence: "A baseline is valid exactly where it is supported; else its first offender is named",
    ops: &["validate_baseline"],
    under: &[("matching", "exact")],
    #[cfg(feature = "generate")]
    input: super::generate::baseline,
    calls: |input, so_far| so_far.is_empty().then(|| Call { op: "validate_baseline", input: input.clone() }),
    holds: |input, output| {
        let offender = without(&strings(input, "baseline"), &strings(input, "supported")).first().copied();
        let answer = answer(output, 0)?;
        demand(
            boolean(answer, "valid")? == offender.is_none() && answer["offending"].as_str() == offender,
            || shown(&json!({ "valid": offender.is_none(), "offending": offender })),
            || shown(answer),
        )
    },
};
