//! Reading and writing `scope` strings (RFC 6749 section 3.3; `contracts.md` P1, P3, P13, GR-04).

use serde_json::{Value, json};

use super::{
    Call, Law, Reply,
    reply::{
        answer, answer_or_refusal, demand, demand_list, demand_set, distinct, is_token, list, scopes, shown,
        string, strings, text, without,
    },
};

/// A call that reads a string.
fn parse(text: &Value) -> Call {
    Call { op: "parse", input: json!({ "text": text }) }
}

/// A call that writes a list.
fn serialize(scopes: &Value) -> Call {
    Call { op: "serialize", input: json!({ "scopes": scopes }) }
}

/// What stands between the spaces.
fn pieces(text: &str) -> Vec<&str> {
    text.split(' ').filter(|piece| !piece.is_empty()).collect()
}

/// P1: `parse` after `serialize` gives back a list of distinct tokens.
pub(super) const ROUND_TRIP: Law = Law {
    name: "parse-after-serialize",
    sentence: "Distinct scopes that are written and read again are the same scopes",
    ops: &["serialize", "parse"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::distinct_list,
    calls: |input, so_far| match so_far {
        [] => Some(serialize(&input["scopes"])),
        [Reply::Ok(written)] => Some(parse(&written["text"])),
        _ => None,
    },
    holds: |input, output| {
        let scopes_in = strings(input, "scopes");
        string(answer(output, 0)?, "text")?;
        demand_set(&scopes_in, &scopes(answer(output, 1)?, "scopes")?)
    },
};

/// One space between two scopes, and none at the ends (GR-04).
pub(super) const ONE_SPACE: Law = Law {
    name: "serialize-one-space",
    sentence: "Scopes are written in their order with one space between two of them",
    ops: &["serialize"],
    under: &[("order", "kept")],
    #[cfg(feature = "generate")]
    input: super::generate::distinct_list,
    calls: |input, so_far| so_far.is_empty().then(|| serialize(&input["scopes"])),
    holds: |input, output| {
        let wanted = strings(input, "scopes").join(" ");
        let written = string(answer(output, 0)?, "text")?;
        demand(written == wanted, || shown(&json!(wanted)), || shown(&json!(written)))
    },
};

/// Whatever the grammar allows is read, each token whole (RFC 6749 section 3.3).
pub(super) const ACCEPTS: Law = Law {
    name: "parse-accepts-the-grammar",
    sentence: "A string that follows the grammar is read into its scopes",
    ops: &["parse"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::grammatical_text,
    calls: |input, so_far| so_far.is_empty().then(|| parse(&input["text"])),
    holds: |input, output| demand_set(&pieces(text(input, "text")), &scopes(answer(output, 0)?, "scopes")?),
};

/// Each scope where it first stood, once.
pub(super) const ORDER: Law = Law {
    name: "parse-order",
    sentence: "Scopes are read in the order of their first occurrence, each once",
    ops: &["parse"],
    under: &[("order", "kept"), ("duplicates", "first")],
    #[cfg(feature = "generate")]
    input: super::generate::grammatical_text,
    calls: |input, so_far| so_far.is_empty().then(|| parse(&input["text"])),
    holds: |input, output| {
        let wanted = distinct(&pieces(text(input, "text")));
        demand_list(&wanted, &scopes(answer(output, 0)?, "scopes")?)
    },
};

/// P3: the space is the only separator, in any text that is not refused (RFC 6749 section 3.3).
pub(super) const SPACE_SEPARATES: Law = Law {
    name: "parse-space-separates",
    sentence: "In whatever text is not refused, scopes are the pieces between spaces, whole and never empty",
    ops: &["parse"],
    under: &[("separators", "space")],
    #[cfg(feature = "generate")]
    input: super::generate::hostile_text,
    calls: |input, so_far| so_far.is_empty().then(|| parse(&input["text"])),
    holds: |input, output| {
        let Some(answer) = answer_or_refusal(output, 0)? else { return Ok(()) };
        let (read, pieces) = (scopes(answer, "scopes")?, pieces(text(input, "text")));
        let made_up = without(&read, &pieces);
        demand(
            made_up.is_empty(),
            || format!("only pieces between spaces, {}", list(&pieces)),
            || list(&read),
        )?;
        let good: Vec<&str> = pieces.iter().copied().filter(|piece| is_token(piece)).collect();
        let lost = without(&good, &read);
        demand(lost.is_empty(), || format!("every scope of {}", list(&good)), || list(&read))
    },
};

/// What the grammar has no place for is refused (RFC 6749 section 3.3).
pub(super) const REFUSES: Law = Law {
    name: "parse-refuses-the-rest",
    sentence: "A string with an octet that no scope may hold is refused",
    ops: &["parse"],
    under: &[("separators", "space"), ("malformed", "reject")],
    #[cfg(feature = "generate")]
    input: super::generate::malformed_text,
    calls: |input, so_far| match so_far {
        [] => Some(parse(&input["text"])),
        // The control: who refuses everything has shown nothing.
        [_] => {
            let good = pieces(text(input, "text")).into_iter().filter(|piece| is_token(piece));
            Some(parse(&json!(good.chain(["a"]).collect::<Vec<_>>().join(" "))))
        }
        _ => None,
    },
    holds: |input, output| {
        if pieces(text(input, "text")).into_iter().all(is_token) {
            return Ok(());
        }
        match answer_or_refusal(output, 0)? {
            None => Ok(()),
            Some(answer) => demand(false, || "a refusal".to_owned(), || shown(answer)),
        }
    },
};

/// P13: more spaces than one are refused, or make no difference.
pub(super) const MORE_SPACES: Law = Law {
    name: "parse-more-spaces",
    sentence: "Further spaces between scopes or at the ends are refused or make no difference",
    ops: &["parse"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::grammatical_text,
    calls: |input, so_far| match so_far {
        [] => Some(parse(&input["text"])),
        [_] => Some(parse(&json!(format!("  {} ", text(input, "text").replace(' ', "   "))))),
        _ => None,
    },
    holds: |_, output| {
        let plain = scopes(answer(output, 0)?, "scopes")?;
        match answer_or_refusal(output, 1)? {
            None => Ok(()),
            Some(spaced) => demand_set(&plain, &scopes(spaced, "scopes")?),
        }
    },
};

/// What was read once is read the same ever after.
pub(super) const STABLE: Law = Law {
    name: "parse-stable",
    sentence: "What was read, written and read again is what was read first",
    ops: &["parse", "serialize"],
    under: &[("malformed", "reject")],
    #[cfg(feature = "generate")]
    input: super::generate::hostile_text,
    calls: |input, so_far| match so_far {
        [] => Some(parse(&input["text"])),
        [Reply::Ok(read)] if read["scopes"] != json!([]) => Some(serialize(&read["scopes"])),
        [Reply::Ok(_), Reply::Ok(written)] => Some(parse(&written["text"])),
        _ => None,
    },
    holds: |_, output| {
        let Some(first) = answer_or_refusal(output, 0)? else { return Ok(()) };
        let first = scopes(first, "scopes")?;
        if first.is_empty() {
            return Ok(());
        }
        string(answer(output, 1)?, "text")?;
        demand_set(&first, &scopes(answer(output, 2)?, "scopes")?)
    },
};
