//! `--fault` of the parts of the reference implementation.

use std::collections::BTreeSet;

use scopecheck_reference::faults::{self, Fault, Role};
use scopecheck_scenarios::nearest::did_you_mean;

use crate::cli::CliError;

/// The faults of these names, all of which must be of the part that is run.
pub(super) fn of_role(names: &[String], role: Role) -> Result<BTreeSet<Fault>, CliError> {
    names.iter().map(|name| one(name, role)).collect()
}

fn one(name: &str, role: Role) -> Result<Fault, CliError> {
    let Some(info) = faults::find(name) else {
        let known = faults::all().iter().filter(|info| info.role == role).map(|info| info.name);
        let help = did_you_mean(name, known);
        return Err(CliError::usage(format!("there is no fault `{name}`"))
            .help(help.unwrap_or_else(|| "`scopecheck serve --list-faults` shows them all".to_owned())));
    };
    if info.role != role {
        return Err(CliError::usage(format!(
            "the fault `{name}` is one of the reference {}, not of the {role}",
            info.role
        ))
        .help(format!("`scopecheck explain {name}` says how it is tried")));
    }
    Ok(info.fault)
}
