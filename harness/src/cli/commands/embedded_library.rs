//! The library part of an embedded run: the reference library, under each of its profiles.

use std::sync::Arc;

use scopecheck_reference::faults::FaultProfile;
use scopecheck_scenarios::model::Subject;

use super::embedded::Part;
use crate::{
    cli::{CliError, runner::Whole},
    library::{Adapter as _, Embedded, LibraryExercise, is_of_dialect},
};

/// The tables that are run: the name, the profile, and whether everything is put to it or only what the profile expects otherwise.
type Table = (&'static str, FaultProfile, bool);

/// The profiles of the library that expect something of their own.
const OTHERS: [(&str, FaultProfile); 2] =
    [("cli-engine", FaultProfile::CliEngine), ("toolhive", FaultProfile::Toolhive)];

/// Runs the cases of the subject `library`; says how many instances were selected.
pub(crate) async fn part(whole: &mut Whole<'_>, part: Part<'_>) -> Result<usize, CliError> {
    let mut selected = 0;
    for (name, profile, everything) in tables(part.further) {
        if whole.interrupted() {
            break;
        }
        let Some(library) = Embedded::new(profile, Vec::new()) else { continue };
        let mut plan = part.plan(Subject::Library, part.further, false);
        if !everything {
            plan.retain(|instance| {
                let case = &instance.loaded.case;
                case.vector.as_ref().is_some_and(|vector| vector.profiles.contains_key(name))
                    || is_of_dialect(case, &library.hello().semantics)
            });
        }
        if plan.is_empty() {
            continue;
        }
        selected += plan.len();
        let profiles = [name.to_owned()];
        let subject = LibraryExercise {
            adapter: Arc::new(library),
            table: name.to_owned(),
            catalog: part.catalog,
            profiles: &profiles,
            clock: whole.clock(),
            seed: part.inputs.seed,
            cases: part.cases,
            limit: part.inputs.case_limit(),
            findings: None,
        };
        if name != "default" {
            whole.typed(format!("{} --profile {name}", part.command(Subject::Library)));
        }
        whole.exercise(&subject, &plan).await?;
    }
    Ok(selected)
}

/// Without a profile of a library everything is put to the strict library, and to the others what they do otherwise. Profiles that were asked for
/// are put to everything, and nothing else is run.
fn tables(further: &[String]) -> Vec<Table> {
    let asked = OTHERS.iter().filter(|(name, _)| further.iter().any(|profile| profile == name));
    let asked: Vec<Table> = asked.map(|(name, profile)| (*name, *profile, true)).collect();
    if !asked.is_empty() {
        return asked;
    }
    let others = OTHERS.iter().map(|(name, profile)| (*name, *profile, false));
    std::iter::once(("default", FaultProfile::Standard, true)).chain(others).collect()
}
