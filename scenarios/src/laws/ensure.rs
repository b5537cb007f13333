//! Whether a login granted what was required (`contracts.md` SU-06, SU-07; RFC 9068 section 6).

use serde_json::{Value, json};

use super::{
    Broken, Call, Law, Reply,
    claims::pieces,
    reply::{
        answer, boolean, demand, demand_set, disguised, distinct, granted_after_all, list, scopes, shown,
        strings, told_missing, without,
    },
};

/// A call that judges a login.
fn ensure(required: &Value, claims: &Value, recorded: &Value) -> Call {
    Call {
        op: "ensure_granted",
        input: json!({ "required": required, "claims": claims, "recorded": recorded }),
    }
}

/// The call of an input.
fn given(input: &Value) -> Call {
    ensure(&input["required"], &input["claims"], &input["recorded"])
}

/// What the reply of that number calls missing.
fn missing(output: &[Reply], number: usize) -> Result<Vec<&str>, Broken> {
    scopes(answer(output, number)?, "missing")
}

/// P5 for logins.
pub(super) const MISSING: Law = Law {
    name: "ensure-missing",
    sentence: "Something is missing exactly where a login did not grant what is required",
    ops: &["ensure_granted"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::login,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |_, output| {
        let answer = answer(output, 0)?;
        demand(
            boolean(answer, "granted")? == scopes(answer, "missing")?.is_empty(),
            || "`granted` exactly where `missing` is empty".to_owned(),
            || shown(answer),
        )
    },
};

/// A readable claim may only take away (SU-07, fourth row): what it lacks is missing whatever was recorded.
pub(super) const CLAIM_DECIDES: Law = Law {
    name: "ensure-claim-decides",
    sentence: "What the claim of a token lacks is missing, whatever the response said",
    ops: &["ensure_granted"],
    under: &[("grant", "claim"), ("matching", "exact")],
    #[cfg(feature = "generate")]
    input: super::generate::login_with_claim,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |input, output| {
        let (required, claimed) = (strings(input, "required"), pieces(&input["claims"], "scope"));
        let missing = missing(output, 0)?;
        let hidden = without(&distinct(&without(&required, &claimed)), &missing);
        demand(hidden.is_empty(), || format!("{} among what is missing", list(&hidden)), || list(&missing))?;
        // Where claim and record agree that it was granted, it was.
        let recorded = strings(input, "recorded");
        let doubtful = [without(&required, &claimed), without(&required, &recorded)].concat();
        let wrongly = without(&missing, &doubtful);
        demand(wrongly.is_empty(), || format!("{} not to be missing", list(&wrongly)), || list(&missing))
    },
};

/// The other dialect: claim and record are joined (CL-05).
pub(super) const JOINED: Law = Law {
    name: "ensure-joined",
    sentence: "Where claim and record are joined, only what neither of them names is missing",
    ops: &["ensure_granted"],
    under: &[("grant", "joined"), ("matching", "exact")],
    #[cfg(feature = "generate")]
    input: super::generate::login_with_claim,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |input, output| {
        let named = [pieces(&input["claims"], "scope"), strings(input, "recorded")].concat();
        let missing = missing(output, 0)?;
        demand_set(&without(&strings(input, "required"), &named), &missing)
    },
};

/// Without readable claims only the record speaks (SU-06, M37, M38).
pub(super) const OPAQUE: Law = Law {
    name: "ensure-opaque-is-recorded",
    sentence: "Of an opaque token, what was recorded is granted and nothing else",
    ops: &["ensure_granted"],
    under: &[("matching", "exact")],
    #[cfg(feature = "generate")]
    input: super::generate::login_opaque,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |input, output| {
        let missing = missing(output, 0)?;
        demand_set(&without(&strings(input, "required"), &strings(input, "recorded")), &missing)
    },
};

/// Whatever else a matcher takes for granted, it is no name that shares nothing with what is (SU-06, AZ-12).
pub(super) const UNRELATED: Law = Law {
    name: "ensure-unrelated",
    sentence: "Under any matching, a login did not grant a name that shares nothing with what it granted, until that is granted itself",
    ops: &["ensure_granted"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::unrelated,
    calls: |input, so_far| match so_far {
        [] => Some(ensure(&input["required"], &claim_of(&input["granted"]), &input["granted"])),
        [_] => {
            let granted = granted_after_all(input);
            Some(ensure(&input["required"], &claim_of(&granted), &granted))
        }
        _ => None,
    },
    holds: |input, output| {
        let unrelated = without(&strings(input, "required"), &strings(input, "granted"));
        if let Some(missing) = told_missing(answer(output, 0)?)? {
            demand_set(&unrelated, &missing)?;
        }
        let granted = |number| boolean(answer(output, number)?, "granted");
        let (refused, granted) = (granted(0)?, granted(1)?);
        demand(!refused, || format!("{} not to be granted", list(&unrelated)), || "granted".to_owned())?;
        demand(granted, || "granted once all of it is".to_owned(), || "not granted".to_owned())
    },
};

/// The claims of a token that grants this; none of an opaque one where it grants nothing.
fn claim_of(granted: &Value) -> Value {
    let granted: Vec<&str> = granted.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if granted.is_empty() { Value::Null } else { json!({ "scope": granted.join(" ") }) }
}

/// P13.
pub(super) const AS_SETS: Law = Law {
    name: "ensure-as-sets",
    sentence: "Reordering and repeating scopes changes neither the judgement of a login nor what is missing",
    ops: &["ensure_granted"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::login,
    calls: |input, so_far| match so_far {
        [] => Some(given(input)),
        [_] => {
            let mut claims = input["claims"].clone();
            if let Some(scope) = claims.get("scope").and_then(Value::as_str) {
                let mut scopes: Vec<&str> = scope.split(' ').collect();
                scopes.reverse();
                claims["scope"] = json!(scopes.join(" "));
            }
            Some(ensure(&disguised(&input["required"]), &claims, &disguised(&input["recorded"])))
        }
        _ => None,
    },
    holds: |_, output| demand_set(&missing(output, 0)?, &missing(output, 1)?),
};
