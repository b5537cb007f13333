//! The client part of an embedded run: the reference client, a process of this program for each run.

use scopecheck_scenarios::model::Subject;

use super::embedded::Part;
use crate::{
    cli::{
        CliError,
        runner::{Whole, setting},
    },
    client::{ClientExercise, reference_client},
};

/// Runs the cases of the subject `client`; says how many instances were selected.
pub(crate) async fn part(whole: &mut Whole<'_>, part: Part<'_>) -> Result<usize, CliError> {
    let program = setting()?.program;
    let mut setup = reference_client(&program, None)?;
    setup.limit = part.inputs.limits.client;
    setup.profiles.extend(part.further.iter().cloned());
    let plan = part.plan(Subject::Client, &setup.profiles, false);
    let subject = ClientExercise::new(&setup, part.catalog, whole.clock(), part.inputs.seed);
    whole.exercise(&subject, &plan).await?;
    Ok(plan.len())
}
