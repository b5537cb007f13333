//! The algebra of the union (`contracts.md` UN-01, UN-02, UN-04).

use serde_json::{Value, json};

use super::{
    Call, Law, Reply,
    reply::{answer, boolean, demand, demand_list, demand_set, distinct, list, scopes, shown, strings},
};

/// A call that joins two lists.
fn union_of(first: &Value, second: &Value) -> Call {
    Call { op: "union", input: json!({ "first": first, "second": second }) }
}

/// The call that joins the two lists of an input.
fn both(input: &Value) -> Call {
    union_of(&input["first"], &input["second"])
}

/// Nothing is lost and nothing is made up (UN-04).
pub(super) const EXACT: Law = Law {
    name: "union-exact",
    sentence: "A union holds every element of both lists and no other",
    ops: &["union"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::two_lists,
    calls: |input, so_far| so_far.is_empty().then(|| both(input)),
    holds: |input, output| {
        let both = [strings(input, "first"), strings(input, "second")].concat();
        demand_set(&both, &scopes(answer(output, 0)?, "scopes")?)
    },
};

/// The first list as it stands, then what the second adds (UN-02, UN-04).
pub(super) const ORDER: Law = Law {
    name: "union-order",
    sentence: "A union begins with the first list and goes on with what the second adds, each in its own order",
    ops: &["union"],
    under: &[("order", "kept"), ("duplicates", "first")],
    #[cfg(feature = "generate")]
    input: super::generate::two_lists,
    calls: |input, so_far| so_far.is_empty().then(|| both(input)),
    holds: |input, output| {
        let both = [strings(input, "first"), strings(input, "second")].concat();
        demand_list(&distinct(&both), &scopes(answer(output, 0)?, "scopes")?)
    },
};

/// No element twice, wherever it was repeated (UN-02; M19).
pub(super) const NO_DUPLICATES: Law = Law {
    name: "union-no-duplicates",
    sentence: "A union holds no element twice, even where one list repeats it",
    ops: &["union"],
    under: &[("duplicates", "first")],
    #[cfg(feature = "generate")]
    input: super::generate::two_lists,
    calls: |input, so_far| so_far.is_empty().then(|| both(input)),
    holds: |_, output| {
        let union = scopes(answer(output, 0)?, "scopes")?;
        let once = distinct(&union);
        demand(once.len() == union.len(), || format!("no repetition, {}", list(&once)), || list(&union))
    },
};

/// `U(U(x, b), b) = U(x, b)` (UN-04).
pub(super) const IDEMPOTENT: Law = Law {
    name: "union-idempotent",
    sentence: "Joining the same list twice changes nothing",
    ops: &["union"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::two_lists,
    calls: |input, so_far| match so_far {
        [] => Some(both(input)),
        [Reply::Ok(once)] => Some(union_of(&once["scopes"], &input["second"])),
        _ => None,
    },
    holds: |_, output| {
        let once = scopes(answer(output, 0)?, "scopes")?;
        demand_set(&once, &scopes(answer(output, 1)?, "scopes")?)
    },
};

/// The order of the operands decides about the order of the result alone (UN-04).
pub(super) const COMMUTATIVE: Law = Law {
    name: "union-commutative",
    sentence: "Exchanging the two lists gives the same set",
    ops: &["union"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::two_lists,
    calls: |input, so_far| match so_far {
        [] => Some(both(input)),
        [_] => Some(union_of(&input["second"], &input["first"])),
        _ => None,
    },
    holds: |_, output| {
        let one = scopes(answer(output, 0)?, "scopes")?;
        demand_set(&one, &scopes(answer(output, 1)?, "scopes")?)
    },
};

/// `U(U(a, b), c) = U(a, U(b, c))` (UN-04).
pub(super) const ASSOCIATIVE: Law = Law {
    name: "union-associative",
    sentence: "Three lists give the same set whichever two are joined first",
    ops: &["union"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::three_lists,
    calls: |input, so_far| match so_far {
        [] => Some(both(input)),
        [Reply::Ok(left)] => Some(union_of(&left["scopes"], &input["third"])),
        [_, _] => Some(union_of(&input["second"], &input["third"])),
        [_, _, Reply::Ok(right)] => Some(union_of(&input["first"], &right["scopes"])),
        _ => None,
    },
    holds: |_, output| {
        let left = scopes(answer(output, 1)?, "scopes")?;
        answer(output, 2)?;
        demand_set(&left, &scopes(answer(output, 3)?, "scopes")?)
    },
};

/// `U(a, []) = a` and `U([], a) = a`.
pub(super) const NEUTRAL: Law = Law {
    name: "union-empty-is-neutral",
    sentence: "Joining the empty list, on either side, adds nothing and loses nothing",
    ops: &["union"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::one_list,
    calls: |input, so_far| match so_far {
        [] => Some(union_of(&input["scopes"], &json!([]))),
        [_] => Some(union_of(&json!([]), &input["scopes"])),
        _ => None,
    },
    holds: |input, output| {
        let alone = strings(input, "scopes");
        demand_set(&alone, &scopes(answer(output, 0)?, "scopes")?)?;
        demand_set(&alone, &scopes(answer(output, 1)?, "scopes")?)
    },
};

/// The same call gives the same answer, octet by octet: nothing is kept, and no order is random (M17, M20).
pub(super) const REPEATABLE: Law = Law {
    name: "union-repeatable",
    sentence: "The same union, asked again after another one, gives the same list in the same order",
    ops: &["union"],
    under: &[("order", "kept")],
    #[cfg(feature = "generate")]
    input: super::generate::three_lists,
    calls: |input, so_far| match so_far {
        [] | [_, _] => Some(both(input)),
        [_] => Some(union_of(&input["first"], &input["third"])),
        _ => None,
    },
    holds: |_, output| {
        let first = scopes(answer(output, 0)?, "scopes")?;
        answer(output, 1)?;
        demand_list(&first, &scopes(answer(output, 2)?, "scopes")?)
    },
};

/// What is joined covers what it was joined of.
pub(super) const COVERS_BOTH: Law = Law {
    name: "union-covers-both",
    sentence: "A union covers each of the lists that it was made of",
    ops: &["union", "covers"],
    under: &[],
    #[cfg(feature = "generate")]
    input: super::generate::two_lists,
    calls: |input, so_far| match so_far {
        [] => Some(both(input)),
        [Reply::Ok(union)] | [Reply::Ok(union), _] => {
            let required = if so_far.len() == 1 { &input["first"] } else { &input["second"] };
            Some(Call { op: "covers", input: json!({ "granted": union["scopes"], "required": required }) })
        }
        _ => None,
    },
    holds: |_, output| {
        let union = scopes(answer(output, 0)?, "scopes")?;
        for number in [1, 2] {
            let reply = answer(output, number)?;
            demand(
                boolean(reply, "covered")?,
                || format!("{} to cover both lists", list(&union)),
                || shown(reply),
            )?;
        }
        Ok(())
    },
};
