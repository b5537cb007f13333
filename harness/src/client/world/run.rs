//! Several steps in one run of a client: the run comes to a step when it calls the operation of that step for the first time.

use scopecheck_scenarios::model::{Case, Step};

use super::{rules::Rules, state::State};

/// A step that a run goes on to.
#[derive(Debug, Clone)]
pub(super) struct Ahead {
    step: String,
    rules: Rules,
    /// The operations that it calls.
    pub(super) operations: Vec<String>,
}

impl Ahead {
    /// A step with the rules that hold while it runs.
    pub(super) fn of(case: &Case, step: &Step) -> Self {
        let operations = step.operations().iter().map(|operation| operation.value.clone()).collect();
        Self { step: step.id.value.clone(), rules: Rules::during(case, step.id.as_str()), operations }
    }
}

impl State {
    /// Goes on to the step that stands so far ahead; what is passed over was never begun.
    pub(super) fn go_on(&mut self, steps: usize) {
        let mut passed = self.ahead.drain(..=steps.min(self.ahead.len().saturating_sub(1)));
        if let Some(next) = passed.next_back() {
            drop(passed);
            self.rules = next.rules;
            self.step = next.step;
        }
    }

    /// Goes on to the step of this operation, if it stands ahead.
    pub(super) fn come_to(&mut self, operation: &str) {
        let place =
            self.ahead.iter().position(|ahead| ahead.operations.iter().any(|known| known == operation));
        if let Some(place) = place {
            self.go_on(place);
        }
    }
}
