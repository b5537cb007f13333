//! `plan_step_up`: what to do before a login.

use serde::Deserialize;
use serde_json::json;

use super::sets::{missing_in, union_in};
use crate::faults::Fault;
use crate::library::input::{Text, read, texts};
use crate::library::instance::Library;
use crate::library::reply::Answer;
use crate::step_up::{self, Outcomes, Plan};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanInput {
    defaults: Vec<Text>,
    granted: Vec<Text>,
    required: Vec<Text>,
    interactive: bool,
}

/// `plan_step_up`: covered, or what to ask for, or what is missing.
pub(in crate::library) fn plan_step_up(library: &Library, input: &str) -> Answer {
    let PlanInput { defaults, granted, required, interactive } = read(input)?;
    let (mut defaults, mut granted, required) = (texts(defaults)?, texts(granted)?, texts(required)?);
    let outcomes = if library.is_cli_engine() { Outcomes::Two } else { Outcomes::Three };
    let mut plan = step_up::plan_step_up(outcomes, &defaults, &granted, &required, interactive);
    if library.has(Fault::PlanAlthoughCovered) && plan == Plan::Covered && granted != required && interactive
    {
        plan = Plan::Reauthenticate { request: Vec::new() };
    }
    Ok(match plan {
        Plan::Covered => json!({ "plan": "covered" }),
        Plan::Missing { .. } => {
            json!({ "plan": "missing", "missing": missing_in(library, &granted, &required) })
        }
        Plan::Reauthenticate { .. } => {
            if library.has(Fault::PlanDropsDefaults) {
                defaults.clear();
            }
            if library.has(Fault::PlanDropsGranted) {
                granted.clear();
            }
            let request = union_in(library, &[&defaults, &granted, &required]);
            json!({ "plan": "reauthenticate", "request": request })
        }
    })
}
