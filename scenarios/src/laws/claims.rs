//! What the claims of a token grant (`contracts.md` CL-02, CL-03, P14; `requirements-notes.md` C6).

use serde_json::{Value, json};

use super::{
    Broken, Call, Law, Reply,
    reply::{
        answer, answer_or_refusal, backwards, demand, demand_set, list, scopes, shown, strings, text, without,
    },
};

/// A call that reads claims.
fn claims(claims: &Value) -> Call {
    Call { op: "claims", input: json!({ "claims": claims }) }
}

/// The call with the claims of an input.
fn given(input: &Value) -> Call {
    claims(&input["claims"])
}

/// Both replies give the same set, or both refuse.
pub(super) fn demand_same(output: &[Reply]) -> Result<(), Broken> {
    match (answer_or_refusal(output, 0)?, answer_or_refusal(output, 1)?) {
        (None, None) => Ok(()),
        (Some(first), Some(second)) => demand_set(&scopes(first, "scopes")?, &scopes(second, "scopes")?),
        (Some(first), None) => {
            Err(Broken::new(format!("the answer {} again", shown(first)), "a refusal".to_owned()))
        }
        (None, Some(second)) => Err(Broken::new("a refusal again", shown(second))),
    }
}

/// The pieces of every string that a `scope` or `scp` claim holds.
pub(super) fn pieces<'v>(claims: &'v Value, name: &str) -> Vec<&'v str> {
    let strings: Vec<&str> = match &claims[name] {
        Value::String(text) => vec![text],
        Value::Array(_) => strings(claims, name),
        _ => Vec::new(),
    };
    strings.into_iter().flat_map(|text| text.split(' ')).filter(|piece| !piece.is_empty()).collect()
}

/// The `scope` claim is a scope string like any other (RFC 8693 section 4.2).
pub(super) const LIKE_PARSE: Law = Law {
    name: "claims-like-parse",
    sentence: "The string of a `scope` claim is read like any scope string",
    ops: &["claims", "parse"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::grammatical_text,
    calls: |input, so_far| match so_far {
        [] => Some(Call { op: "parse", input: json!({ "text": input["text"] }) }),
        [_] => Some(claims(&json!({ "sub": "u", "scope": input["text"] }))),
        _ => None,
    },
    holds: |_, output| {
        answer(output, 0)?;
        answer(output, 1)?;
        demand_same(output)
    },
};

/// An array is refused, passed over, or read as the string would be; a reader may know `scp`, which is no standard claim, in one form only (C6).
pub(super) const ARRAY_LIKE_STRING: Law = Law {
    name: "claims-array-like-string",
    sentence: "A claim written as an array grants what it grants written as a string, or nothing",
    ops: &["claims"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::named_list,
    calls: |input, so_far| {
        let claim = |value: Value| {
            let mut object = json!({ "sub": "u" });
            object[text(input, "name")] = value;
            claims(&object)
        };
        match so_far {
            [] => Some(claim(json!(strings(input, "scopes").join(" ")))),
            [_] => Some(claim(input["scopes"].clone())),
            _ => None,
        }
    },
    holds: |input, output| {
        let as_string = scopes(answer(output, 0)?, "scopes")?;
        match answer_or_refusal(output, 1)? {
            None => Ok(()),
            Some(as_array) => {
                let as_array = scopes(as_array, "scopes")?;
                let only_as_array = text(input, "name") == "scp" && as_string.is_empty();
                if as_array.is_empty() || only_as_array { Ok(()) } else { demand_set(&as_string, &as_array) }
            }
        }
    },
};

/// Only `scope` and `scp` speak of scope; their neighbours say nothing (CL-01, P14). Whether `scopes` does is open, so it is left out.
pub(super) const OTHERS_IRRELEVANT: Law = Law {
    name: "claims-others-irrelevant",
    sentence: "Other claims, look-alike names and nested objects among them, change nothing",
    ops: &["claims"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::claims,
    calls: |input, so_far| match so_far {
        [] => Some(given(input)),
        [_] => {
            let mut more = json!({
                "Scope": "admin", "SCP": ["admin"], "roles": ["admin"], "permissions": ["admin"],
                "a": { "scope": "admin", "scp": ["admin"] }, "sub": "scope", "exp": 1, "aud": ["scp", "admin"],
            });
            let members = input["claims"].as_object().into_iter().flatten();
            members.for_each(|(name, value)| more[name] = value.clone());
            Some(claims(&more))
        }
        _ => None,
    },
    holds: |_, output| demand_same(output),
};

/// P14.
pub(super) const MEMBER_ORDER: Law = Law {
    name: "claims-member-order",
    sentence: "The order of the members of the claims changes nothing",
    ops: &["claims"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::claims,
    calls: |input, so_far| match so_far {
        [] => Some(given(input)),
        [_] => Some(claims(&backwards(&input["claims"]))),
        _ => None,
    },
    holds: |_, output| demand_same(output),
};

/// Nothing is granted that no claim names.
pub(super) const NEVER_MORE: Law = Law {
    name: "claims-never-more",
    sentence: "Claims grant no scope but the pieces between spaces of `scope` and `scp`",
    ops: &["claims"],
    under: &[("separators", "space")],
    #[cfg(feature = "generate")]
    input: super::generate::odd_claims,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |input, output| {
        let Some(answer) = answer_or_refusal(output, 0)? else { return Ok(()) };
        let claims = &input["claims"];
        let (read, mut named) = (scopes(answer, "scopes")?, pieces(claims, "scope"));
        named.extend(pieces(claims, "scp"));
        // An element with a space may be split or kept (`design.md` section 5.2).
        for name in ["scope", "scp"] {
            named.extend(
                strings(claims, name).into_iter().filter(|element| !element.trim_matches(' ').is_empty()),
            );
        }
        let made_up = without(&read, &named);
        demand(made_up.is_empty(), || format!("nothing but {}", list(&named)), || list(&read))
    },
};

/// Two claims that differ are never joined into a wider grant (C6).
pub(super) const NO_MERGE: Law = Law {
    name: "claims-no-merge",
    sentence: "Two claims that differ never grant more than one of them alone",
    ops: &["claims"],
    under: &[("claims", "first"), ("separators", "space")],
    #[cfg(feature = "generate")]
    input: super::generate::two_claims,
    calls: |input, so_far| so_far.is_empty().then(|| given(input)),
    holds: |input, output| {
        let Some(answer) = answer_or_refusal(output, 0)? else { return Ok(()) };
        let read = scopes(answer, "scopes")?;
        let [scope, scp] = ["scope", "scp"].map(|name| pieces(&input["claims"], name));
        demand(
            without(&read, &scope).is_empty() || without(&read, &scp).is_empty(),
            || format!("no more than {} or {}", list(&scope), list(&scp)),
            || list(&read),
        )
    },
};

/// What is no string and no list grants nothing (C6).
pub(super) const ODD_TYPES: Law = Law {
    name: "claims-odd-types",
    sentence: "A claim that is neither a string nor an array grants nothing",
    ops: &["claims"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::claims_of_odd_type,
    calls: |input, so_far| match so_far {
        [] => Some(given(input)),
        // The control: who refuses everything has shown nothing.
        [_] => Some(claims(&json!({ "scope": "a" }))),
        _ => None,
    },
    holds: |_, output| match answer_or_refusal(output, 0)? {
        None => Ok(()),
        Some(answer) => demand_set(&[], &scopes(answer, "scopes")?),
    },
};
