//! Proving a case by its scripts: a conforming one leaves every check green, a deviating one turns exactly those red that it says.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use scopecheck_reports::Grade;
use scopecheck_scenarios::{
    catalog::{Catalog, LoadedCase},
    model::Script,
    vocabulary::CONFIGURATIONS,
};

use super::{Play, Stage};
use crate::{
    engine::{Run, run_instance},
    plan::{RowChoice, expand},
    subject::{Setup, World},
    system::Clock,
    wire::{Wire, WireLimits},
};

/// What a script proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// `case` and script.
    pub name: String,
    /// Checks that turned red, as the script says.
    pub red: BTreeSet<String>,
    /// Checks that passed.
    pub green: BTreeSet<String>,
    /// Where the script is wrong, a line each; empty where it holds.
    pub problems: Vec<String>,
}

/// Plays every script of a case.
pub async fn prove(catalog: &Catalog, loaded: &LoadedCase, stage: &Stage, seed: u64) -> Vec<Proof> {
    let mut proofs = Vec::with_capacity(loaded.scripts.len());
    for script in &loaded.scripts {
        proofs.push(play(catalog, loaded, script, stage, seed).await);
    }
    proofs
}

async fn play(catalog: &Catalog, loaded: &LoadedCase, script: &Script, stage: &Stage, seed: u64) -> Proof {
    let name = format!("{} / {}", loaded.case.id, script.id);
    let mut proof = Proof { name, red: BTreeSet::new(), green: BTreeSet::new(), problems: Vec::new() };
    let Some(base) = catalog.bases.get(script.base.as_str()) else {
        proof.problems.push(format!("there is no base `{}`", script.base));
        return proof;
    };
    stage.put_on(Play::new(script, base));
    let setup = Setup {
        name: "script".to_owned(),
        table: script.id.value.clone(),
        issuer: stage.origin(),
        address_is_ours: true,
        profiles: loaded.case.profiles.iter().map(|profile| profile.value.clone()).collect(),
        grantable: base.grantable.clone(),
        forbidden: base.forbidden.clone(),
        // A script is configured as its case needs it.
        capabilities: loaded
            .case
            .needs
            .iter()
            .filter(|need| CONFIGURATIONS.contains(&need.as_str()))
            .map(|need| (need.value.clone(), true))
            .collect(),
        ..Setup::default()
    };
    let world = match prepare(setup, seed).await {
        Ok(world) => world,
        Err(why) => {
            proof.problems.push(why);
            return proof;
        }
    };
    let choice = RowChoice { row: Some(row(loaded, script)), axes: axes(loaded, script) };
    let run = Run {
        world: &world,
        catalog,
        clock: Clock::default(),
        hook: Some(stage.hook()),
        limit: Duration::from_mins(1),
    };
    for instance in expand(loaded, &choice) {
        let result = run_instance(&run, &instance, String::new()).await;
        if result.checks.is_empty() {
            proof.problems.push(format!("nothing was checked: {}", result.reason.unwrap_or_default()));
        }
        for check in &result.checks {
            let breaks = script.breaks.iter().any(|slug| slug.value == check.slug);
            match check.grade {
                Grade::Fail | Grade::Warn if breaks => {
                    proof.red.insert(check.slug.clone());
                }
                Grade::Pass if !breaks => {
                    proof.green.insert(check.slug.clone());
                }
                Grade::Observed | Grade::NotApplicable if !breaks => {}
                Grade::Blocked if !breaks && !script.breaks.is_empty() => {}
                grade => {
                    let wanted = if breaks { "red" } else { "green" };
                    proof.problems.push(format!(
                        "`{}` should be {wanted} but is `{grade}`: {}",
                        check.slug, check.message
                    ));
                }
            }
        }
    }
    for slug in &script.breaks {
        if !proof.red.contains(slug.as_str()) && proof.problems.is_empty() {
            proof.problems.push(format!("`{slug}` was not reached"));
        }
    }
    proof
}

async fn prepare(setup: Setup, seed: u64) -> Result<World, String> {
    let wire = Wire::new(WireLimits::default(), None, true).map_err(|error| error.to_string())?;
    World::prepare(setup, wire, seed).await.map_err(|error| error.to_string())
}

fn row(loaded: &LoadedCase, script: &Script) -> String {
    let first = loaded.case.rows.first().map(|row| row.id.value.clone());
    script.row.as_ref().map(|row| row.value.clone()).or(first).unwrap_or_default()
}

fn axes(loaded: &LoadedCase, script: &Script) -> BTreeMap<String, String> {
    let first = |(axis, values): (&String, &Vec<scopecheck_scenarios::model::Word>)| {
        values.first().map(|value| (axis.clone(), value.value.clone()))
    };
    let mut axes: BTreeMap<String, String> = loaded.case.axes.iter().filter_map(first).collect();
    axes.extend(script.axes.iter().map(|(axis, value)| (axis.clone(), value.value.clone())));
    axes
}
