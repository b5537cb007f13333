//! When a new authorization is needed, and with which scopes (`contracts.md` SU-03, P6, P13).

use serde_json::{Value, json};

use super::{
    Broken, Call, Law, Reply,
    reply::{
        answer, demand, demand_set, disguised, granted_after_all, list, scopes, shown, string, strings,
        without,
    },
};

/// A call that plans.
fn plan(defaults: &Value, granted: &Value, required: &Value, interactive: &Value) -> Call {
    Call {
        op: "plan_step_up",
        input: json!({
            "defaults": defaults, "granted": granted, "required": required, "interactive": interactive,
        }),
    }
}

/// The call of an input.
fn given(input: &Value) -> Call {
    plan(&input["defaults"], &input["granted"], &input["required"], &input["interactive"])
}

/// The outcome in the reply of that number.
fn outcome(output: &[Reply], number: usize) -> Result<&str, Broken> {
    string(answer(output, number)?, "plan")
}

/// What the input requires beyond what it grants.
fn missing(input: &Value) -> Vec<&str> {
    without(&strings(input, "required"), &strings(input, "granted"))
}

/// Nobody is sent to log in for what they have (SU-02, M59), and nobody without goes on.
pub(super) const COVERED: Law = Law {
    name: "plan-covered",
    sentence: "A plan says `covered` exactly where everything required is granted",
    ops: &["plan_step_up"],
    under: &[("matching", "exact")],
    #[cfg(feature = "generate")]
    input: super::generate::step_up,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |input, output| {
        let (covered, outcome) = (missing(input).is_empty(), outcome(output, 0)?);
        let wanted = if covered { "`covered`" } else { "another plan than `covered`" };
        demand((outcome == "covered") == covered, || wanted.to_owned(), || format!("`{outcome}`"))
    },
};

/// Whatever else a matcher takes for granted, it is no name that shares nothing with what is (SU-02, AZ-12).
pub(super) const UNRELATED: Law = Law {
    name: "plan-unrelated",
    sentence: "Under any matching, no plan says `covered` for a name that shares nothing with what is granted, until it is granted itself",
    ops: &["plan_step_up"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::unrelated,
    calls: |input, so_far| {
        let plan = |granted: &Value| plan(&json!([]), granted, &input["required"], &input["interactive"]);
        match so_far {
            [] => Some(plan(&input["granted"])),
            [_] => Some(plan(&granted_after_all(input))),
            _ => None,
        }
    },
    holds: |input, output| {
        let (before, after) = (outcome(output, 0)?, outcome(output, 1)?);
        let unrelated = || list(&missing(input));
        demand(
            before != "covered",
            || format!("another plan than `covered` for {}", unrelated()),
            || "`covered`".to_owned(),
        )?;
        demand(
            after == "covered",
            || "`covered` once all of it is granted".to_owned(),
            || format!("`{after}`"),
        )
    },
};

/// P6: the request holds the defaults, what was granted and what is required, and nothing else.
pub(super) const REQUEST: Law = Law {
    name: "plan-request",
    sentence: "The scopes to request are the defaults, what is granted and what is required, all and only",
    ops: &["plan_step_up"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::step_up,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |input, output| {
        outcome(output, 0)?;
        let answer = answer(output, 0)?;
        // The form with two outcomes has no list: its caller joins the three when the login really happens.
        if answer.get("request").is_none_or(Value::is_null) {
            return Ok(());
        }
        let three = ["defaults", "granted", "required"].map(|list| strings(input, list)).concat();
        demand_set(&three, &scopes(answer, "request")?)
    },
};

/// The form with three outcomes (SU-03, first form).
pub(super) const THREE_OUTCOMES: Law = Law {
    name: "plan-three-outcomes",
    sentence: "What is missing leads to a request where somebody can log in, else it is listed",
    ops: &["plan_step_up"],
    under: &[("plan", "three"), ("matching", "exact")],
    #[cfg(feature = "generate")]
    input: super::generate::step_up,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |input, output| {
        let missing = missing(input);
        if missing.is_empty() {
            return Ok(());
        }
        let plan = answer(output, 0)?;
        let wanted = if input["interactive"] == json!(true) { "reauthenticate" } else { "missing" };
        let outcome = outcome(output, 0)?;
        demand(outcome == wanted, || format!("`{wanted}`"), || format!("`{outcome}`"))?;
        match wanted {
            "missing" => demand_set(&missing, &scopes(plan, "missing")?),
            _ => scopes(plan, "request").map(|_| ()),
        }
    },
};

/// The form with two outcomes (SU-03, second form).
pub(super) const TWO_OUTCOMES: Law = Law {
    name: "plan-two-outcomes",
    sentence: "What is missing leads to a new authorization, whether or not somebody can log in",
    ops: &["plan_step_up"],
    under: &[("plan", "two"), ("matching", "exact")],
    #[cfg(feature = "generate")]
    input: super::generate::step_up,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |input, output| {
        let wanted = if missing(input).is_empty() { "covered" } else { "reauthenticate" };
        let outcome = outcome(output, 0)?;
        demand(outcome == wanted, || format!("`{wanted}`"), || format!("`{outcome}`"))
    },
};

/// P13.
pub(super) const AS_SETS: Law = Law {
    name: "plan-as-sets",
    sentence: "Reordering and repeating scopes changes no plan",
    ops: &["plan_step_up"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::step_up,
    calls: |input, so_far| match so_far {
        [] => Some(given(input)),
        [_] => {
            let [defaults, granted, required] =
                ["defaults", "granted", "required"].map(|list| disguised(&input[list]));
            Some(plan(&defaults, &granted, &required, &input["interactive"]))
        }
        _ => None,
    },
    holds: |_, output| {
        let (plain, other) = (outcome(output, 0)?, outcome(output, 1)?);
        demand(plain == other, || format!("`{plain}`"), || format!("`{other}`"))?;
        for member in ["request", "missing"] {
            let (plain, other) = (&answer(output, 0)?[member], &answer(output, 1)?[member]);
            if plain.is_array() || other.is_array() {
                let [plain, other] = [plain, other].map(|list| json!({ "list": list }));
                demand_set(&scopes(&plain, "list")?, &scopes(&other, "list")?)?;
            }
        }
        Ok(())
    },
};

/// A step-up that is granted in full is the last one.
pub(super) const SETTLES: Law = Law {
    name: "plan-settles",
    sentence: "Where all that was to be requested is granted, nothing further is needed",
    ops: &["plan_step_up"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::step_up,
    calls: |input, so_far| match so_far {
        [] => Some(given(input)),
        [Reply::Ok(first)] if first["request"].is_array() => {
            Some(plan(&input["defaults"], &first["request"], &input["required"], &input["interactive"]))
        }
        _ => None,
    },
    holds: |_, output| {
        outcome(output, 0)?;
        let first = answer(output, 0)?;
        if !first["request"].is_array() {
            return Ok(());
        }
        let outcome = outcome(output, 1)?;
        demand(
            outcome == "covered",
            || format!("`covered` after {}", shown(first)),
            || format!("`{outcome}`"),
        )
    },
};
