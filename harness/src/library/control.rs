//! The control of a refusal: the nearest input that has to be accepted. Who refuses everything has shown nothing.

use scopecheck_reports::Grade;
use scopecheck_scenarios::{
    catalog::Catalog,
    laws::{Call, Reply},
    model::{Flag, Vector},
};

use super::{
    Adapter, PlannedCall,
    show::{brief, shown},
    vector,
};

/// So many of the nearest inputs are tried: one of them may be what else is wrong with a library.
const TRIES: usize = 8;

/// How much of an input is looked at to tell how near it is, in characters.
const LOOKED_AT: usize = 256;

/// Makes the nearest call that has to be accepted; the reason where none of them is.
pub(super) fn control(
    catalog: &Catalog,
    adapter: &dyn Adapter,
    refused: &Call,
) -> Result<(PlannedCall, Reply), String> {
    let hello = adapter.hello();
    let vectors = catalog.cases.values().filter_map(|loaded| loaded.case.vector.as_ref());
    let wanted = beginning(&refused.input.to_string());
    let near = |vector: &Vector| strsim::normalized_levenshtein(&wanted, &beginning(vector.input.text()));
    let mut accepted: Vec<(f64, &Vector)> = vectors
        .filter(|vector| vector.op.as_str() == refused.op && has_an_answer(vector))
        .filter(|vector| vector::spared(vector, &[], hello).is_none())
        .map(|vector| (near(vector), vector))
        .collect();
    accepted.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let mut first = None;
    for (_, vector) in accepted.into_iter().take(TRIES) {
        let call = PlannedCall { op: vector.op.value.clone(), input: vector.input.text().to_owned() };
        let reply = adapter.call(&call.op, &call.input);
        let grade = vector::judge(vector, &[], &hello.semantics, &reply).grade;
        if matches!(grade, Grade::Pass | Grade::Warn) && matches!(reply, Reply::Ok(_)) {
            return Ok((call, reply));
        }
        first.get_or_insert_with(|| {
            format!("`{}` of {} gives {}", call.op, brief(&call.input), shown(&reply))
        });
    }
    let input = brief(&refused.input.to_string());
    Err(match first {
        Some(first) => format!(
            "`{}` of {input} is refused, and no input that has to be accepted is answered as it has to be: {first}",
            refused.op
        ),
        None => format!(
            "`{}` of {input} is refused, and no input is known that has to be accepted by a library of this dialect",
            refused.op
        ),
    })
}

/// Whether nothing but an answer is right.
fn has_an_answer(vector: &Vector) -> bool {
    let answered = vector.ok.is_some() || !vector.any_ok.is_empty();
    answered && !vector.rejected && !vector.is(Flag::Open) && !vector.is(Flag::Refusable)
}

fn beginning(text: &str) -> String {
    text.chars().take(LOOKED_AT).collect()
}
