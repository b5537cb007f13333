//! A stored finding put to a library once more, on request.

use scopecheck_scenarios::{
    catalog::Catalog,
    laws::{self, Broken, Call, Law, Put, Reply},
};

use super::{
    Adapter, Breach, PlannedCall,
    control::control,
    law::{self, once},
    stored::TRIES_OF_A_FICKLE_ONE,
};
use crate::findings::Finding;

/// What came of a finding that was put once more.
#[derive(Debug, Clone, PartialEq)]
pub enum Replayed {
    /// The input still breaks the law.
    StillFailing {
        /// What the law demands, and what was found.
        broken: Broken,
        /// The calls that were made, with their replies.
        calls: Vec<(Call, Reply)>,
        /// Whether the law held when the input was put once more.
        fickle: bool,
    },
    /// The input breaks the law no longer.
    Fixed {
        /// The calls that were made, with their replies.
        calls: Vec<(Call, Reply)>,
        /// For each operation that only refused: the nearest input that it had to accept, and did.
        controls: Vec<(PlannedCall, Reply)>,
    },
    /// Nothing was judged.
    CouldNotRun(NotRun),
}

/// Why nothing was judged, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRun {
    /// Why not; may name lines of the subject, so hostile.
    pub why: String,
    /// What to do next, one sentence.
    pub help: String,
}

/// What came of a finding, and how its subject kept to the protocol meanwhile.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    /// The word on the finding.
    pub outcome: Replayed,
    /// What the adapter broke of the protocol; `fixed` is not said beside any.
    pub breaches: Vec<Breach>,
}

/// Puts a finding of this law to a library once more, and ends the conversation. Nothing is stored.
pub fn replay(law: &Law, finding: &Finding, adapter: &dyn Adapter, catalog: &Catalog) -> Replay {
    let outcome = put_again(law, finding, adapter, catalog);
    let breaches = adapter.conduct().map(|conduct| conduct.breaches).unwrap_or_default();
    let outcome = match (outcome, breaches.as_slice()) {
        (Replayed::Fixed { .. }, [first, ..]) => could_not(
            format!("the law was kept and the protocol was not, so that no answer counts: {}", first.what),
            "mend what is listed under `breaches`; `scopecheck adapter check -- CMD` looks at it closely",
        ),
        (outcome, _) => outcome,
    };
    Replay { outcome, breaches }
}

fn could_not(why: String, help: &str) -> Replayed {
    Replayed::CouldNotRun(NotRun { why, help: help.to_owned() })
}

fn put_again(law: &Law, finding: &Finding, adapter: &dyn Adapter, catalog: &Catalog) -> Replayed {
    if let Some(why) = law::spared(law, adapter.hello()) {
        let help = "a finding is put to a library that announces the operations and the dialect of its law";
        return could_not(format!("the law is not put to this library: {why}"), help);
    }
    let tries = if finding.fickle { TRIES_OF_A_FICKLE_ONE } else { 1 };
    let mut calls = Vec::new();
    for _ in 0..tries {
        calls.clear();
        let outcome = laws::put(law, &finding.input, &mut |call| {
            let reply = adapter.call(call.op, &call.input.to_string());
            calls.push((call.clone(), reply.clone()));
            reply
        });
        match outcome {
            Ok(Put::Answered | Put::Rejected) => {}
            Ok(Put::Unsupported { reason }) => {
                let help = "an operation that is announced answers; `unsupported` is for what the library cannot do with this input";
                return could_not(format!("the library does not do this: {reason}"), help);
            }
            Ok(Put::Silent { detail }) => {
                let help = "look at the adapter with `scopecheck adapter check -- CMD`";
                return could_not(format!("a call was not answered: {detail}"), help);
            }
            Err(broken) => {
                let fickle = once(law, adapter, &finding.input).is_ok();
                return Replayed::StillFailing { broken, calls, fickle };
            }
        }
    }
    match refused_only(&calls).map(|call| control(catalog, adapter, call)).collect() {
        Ok(controls) => Replayed::Fixed { calls, controls },
        Err(why) => could_not(
            why,
            "a library that refuses everything keeps many laws; put to `scopecheck library`, it shows what else it refuses",
        ),
    }
}

/// The first call of each operation that was refused whenever it was called: whether it accepts anything is not seen from these calls.
fn refused_only(calls: &[(Call, Reply)]) -> impl Iterator<Item = &Call> {
    let refused = |reply: &Reply| matches!(reply, Reply::Rejected { .. });
    calls.iter().enumerate().filter_map(move |(number, (call, _))| {
        let first = calls.iter().position(|(other, _)| other.op == call.op) == Some(number);
        let all = calls.iter().filter(|(other, _)| other.op == call.op).all(|(_, reply)| refused(reply));
        (first && all).then_some(call)
    })
}
