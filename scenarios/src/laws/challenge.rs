//! Reading and writing challenges (RFC 9110 sections 11.2 and 11.6.1, RFC 6750 section 3).

use serde_json::{Value, json};

use super::{
    Broken, Call, Law, Reply,
    reply::{answer, answer_or_refusal, demand, demand_set, scopes, shown, string, strings, text},
};

/// A call that reads a header.
fn challenge(header: &Value) -> Call {
    Call { op: "challenge", input: json!({ "header": header }) }
}

/// A call that writes one.
fn emit(input: &Value) -> Call {
    Call { op: "emit_challenge", input: json!({ "scopes": input["scopes"], "error": input["error"] }) }
}

/// The header names these scopes and this error.
fn demand_challenge(answer: &Value, wanted: &[&str], error: &Value) -> Result<(), Broken> {
    demand_set(wanted, &scopes(answer, "scopes")?)?;
    demand(answer["error"] == *error, || format!("the error {error}"), || shown(answer))
}

/// What is written is read again.
pub(super) const ROUND_TRIP: Law = Law {
    name: "challenge-round-trip",
    sentence: "A challenge that is written and read again names the same scopes and the same error",
    ops: &["emit_challenge", "challenge"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::challenge,
    calls: |input, so_far| match so_far {
        [] => Some(emit(input)),
        [Reply::Ok(written)] => Some(challenge(&written["header"])),
        _ => None,
    },
    holds: |input, output| {
        string(answer(output, 0)?, "header")?;
        demand_challenge(answer(output, 1)?, &strings(input, "scopes"), &input["error"])
    },
};

/// A header is one line of printable ASCII with its quotes closed (RFC 9110 section 5.5).
pub(super) const ONE_LINE: Law = Law {
    name: "challenge-one-line",
    sentence: "A challenge is written as one line of printable ASCII that begins with `Bearer`, every quote closed",
    ops: &["emit_challenge"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::hostile_challenge,
    calls: |input, so_far| so_far.is_empty().then(|| emit(input)),
    holds: |_, output| {
        let Some(answer) = answer_or_refusal(output, 0)? else { return Ok(()) };
        let header = string(answer, "header")?;
        let scheme = header.split(' ').next().unwrap_or_default();
        // A tab may stand in a quoted string (RFC 9110 section 5.6.4); what else is not printable may not.
        let printable = header.bytes().all(|byte| matches!(byte, b'\t' | 0x20..=0x7e));
        demand(
            printable && scheme.eq_ignore_ascii_case("Bearer") && quotes_are_closed(header),
            || "one line of printable ASCII that begins with `Bearer`, every quote closed".to_owned(),
            || shown(&json!(header)),
        )
    },
};

/// Whether every quoted string ends, a quoted pair counted as one (RFC 9110 section 5.6.4).
fn quotes_are_closed(header: &str) -> bool {
    let (mut inside, mut escaped) = (false, false);
    for byte in header.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            _ => {}
        }
    }
    !inside
}

/// Commas in quotes, token68 and the challenges of others are no matter of ours (RFC 9110 section 11.6.1).
pub(super) const AMONG_OTHERS: Law = Law {
    name: "challenge-among-others",
    sentence: "The Bearer challenge is found among other challenges, before and behind it, and read alone",
    ops: &["challenge"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::challenge_among_others,
    calls: |input, so_far| so_far.is_empty().then(|| challenge(&input["header"])),
    holds: |input, output| demand_challenge(answer(output, 0)?, &strings(input, "scopes"), &input["error"]),
};

/// Names of schemes and parameters have no case, parameters no order, and the white space around commas no meaning.
pub(super) const IN_ANY_GUISE: Law = Law {
    name: "challenge-in-any-guise",
    sentence: "Case of scheme and parameter names, order of parameters and space around them change nothing",
    ops: &["challenge"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::challenge_in_any_guise,
    calls: |input, so_far| so_far.is_empty().then(|| challenge(&input["header"])),
    holds: |input, output| demand_challenge(answer(output, 0)?, &strings(input, "scopes"), &input["error"]),
};

/// Whatever comes over the wire, no scope is made up (P2, P3).
pub(super) const HOSTILE: Law = Law {
    name: "challenge-hostile",
    sentence: "In whatever header is not refused, no scope is empty, holds a space or stands nowhere in it",
    ops: &["challenge"],
    under: &[("separators", "space")],
    #[cfg(feature = "generate")]
    input: super::generate::hostile_header,
    calls: |input, so_far| so_far.is_empty().then(|| challenge(&input["header"])),
    holds: |input, output| {
        let Some(answer) = answer_or_refusal(output, 0)? else { return Ok(()) };
        // A quoted pair stands for its second octet, so backslashes may be gone.
        let header = text(input, "header").replace('\\', "");
        let wrong = |scope: &&str| {
            scope.is_empty() || scope.contains(' ') || !header.contains(&scope.replace('\\', ""))
        };
        match scopes(answer, "scopes")?.into_iter().find(wrong) {
            None => Ok(()),
            Some(scope) => Err(Broken::new("scopes that stand in the header", shown(&json!(scope)))),
        }
    },
};
