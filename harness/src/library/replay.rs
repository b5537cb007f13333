//! A stored finding put to a library once more, on request.

use scopecheck_scenarios::laws::{self, Broken, Call, Law, Put, Reply};

use super::{
    Adapter,
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

/// Puts a finding of this law to a library once more. Nothing is stored.
pub fn replay(law: &Law, finding: &Finding, adapter: &dyn Adapter) -> Replayed {
    let could_not = |why: String, help: &str| Replayed::CouldNotRun(NotRun { why, help: help.to_owned() });
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
    Replayed::Fixed { calls }
}
