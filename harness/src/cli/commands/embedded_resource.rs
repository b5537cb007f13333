//! The resource part of an embedded run: the reference resource server, over plain HTTP and as an MCP server.

use scopecheck_scenarios::model::Subject;

use super::embedded::Part;
use crate::{
    cli::{CliError, runner::Whole},
    resource::{ResourceExercise, TABLES, start_resource},
    wire::Wire,
};

/// Runs the cases of the subject `resource`; says how many instances were selected. The second table runs only what the first cannot.
pub(crate) async fn part(whole: &mut Whole<'_>, part: Part<'_>) -> Result<usize, CliError> {
    let mut selected = 0;
    for (number, table) in TABLES.into_iter().enumerate() {
        if whole.interrupted() {
            break;
        }
        let wire = Wire::new(part.inputs.wire(), part.inputs.pace(), true)
            .map_err(|error| CliError::bug(error.to_string()))?;
        let mut subject = start_resource(table, &[], wire, part.inputs.seed)
            .await
            .map_err(|error| CliError::incomplete(error.to_string()))?;
        let further = part.further.iter().filter(|profile| !subject.world.setup.profiles.contains(profile));
        let further: Vec<String> = further.cloned().collect();
        subject.world.setup.profiles.extend(further);
        let plan = part.plan(Subject::Resource, &subject.world.setup.profiles, number > 0);
        selected += plan.len();
        if !plan.is_empty() {
            let exercise = ResourceExercise {
                world: &subject.world,
                catalog: part.catalog,
                clock: whole.clock(),
                limit: part.inputs.case_limit(),
            };
            whole.exercise(&exercise, &plan).await?;
        }
        subject.shutdown().await;
    }
    Ok(selected)
}
