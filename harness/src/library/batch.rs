//! Many inputs of one law at once: the calls that are due are made together, round by round.

use scopecheck_scenarios::laws::{Broken, Call, Law, Put, Reply, Trial};
use serde_json::Value;

use super::{Adapter, PlannedCall};

/// Puts a law to a library with each of these inputs; as many outcomes, in the same order.
pub(super) fn put_all(law: &Law, adapter: &dyn Adapter, inputs: &[Value]) -> Vec<Result<Put, Broken>> {
    let mut trials: Vec<Trial<'_>> = inputs.iter().map(|input| Trial::new(law, input)).collect();
    let mut ended: Vec<Option<Result<Put, Broken>>> = vec![None; inputs.len()];
    loop {
        let due: Vec<(usize, Call)> = trials
            .iter()
            .enumerate()
            .filter(|(number, _)| ended.get(*number).is_some_and(Option::is_none))
            .filter_map(|(number, trial)| Some((number, trial.next()?)))
            .collect();
        if due.is_empty() {
            break;
        }
        let calls: Vec<PlannedCall> = due
            .iter()
            .map(|(_, call)| PlannedCall { op: call.op.to_owned(), input: call.input.to_string() })
            .collect();
        // Whoever gives back too few replies has not answered the rest; without this, it would be asked for ever.
        let silent = || Reply::Silent { detail: "the adapter gave back fewer replies than calls".to_owned() };
        let replies = adapter.call_all(&calls).into_iter().chain(std::iter::repeat_with(silent));
        for ((number, call), reply) in due.iter().zip(replies) {
            if let (Some(trial), Some(end)) = (trials.get_mut(*number), ended.get_mut(*number)) {
                *end = trial.take(call, reply);
            }
        }
    }
    trials.iter().zip(ended).map(|(trial, end)| end.unwrap_or_else(|| trial.end())).collect()
}
