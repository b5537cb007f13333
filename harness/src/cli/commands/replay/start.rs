//! Starting the subject of a finding.

use std::path::Path;

use scopecheck_reference::faults::FaultProfile;

use crate::{
    adapter::{AdapterCommand, AdapterLimits, ProcessAdapter},
    cli::{
        CliError,
        commands::library::{adapter_command, not_started},
        runner::runtime,
    },
    findings::Start,
    library::{Adapter, Embedded, NotRun},
    target::{Config, Places, TargetRef, install, load_library},
};

/// Starts a subject; `home` is the folder that relative ones count from.
pub(super) fn start(start: &Start, home: &Path) -> Result<Box<dyn Adapter>, NotRun> {
    match start {
        Start::Command { words, folder } => {
            if words.is_empty() {
                return Err(NotRun {
                    why: "the finding names no command that starts its subject".to_owned(),
                    help: "type the command: `scopecheck replay FINDING -- CMD`".to_owned(),
                });
            }
            let folder = home.join(folder);
            process(AdapterCommand { folder: Some(folder), ..AdapterCommand::new(words) }, limits(home)?)
        }
        Start::Target { name, table } => {
            let places = places(home)?;
            let reference = TargetRef { name: name.clone(), table: table.clone() };
            let table = load_library(&reference, &places).map_err(|error| not_run(&error.into()))?;
            if let (Some(command), Some(folder)) = (&table.install, &table.folder) {
                let installed =
                    runtime().map_err(|error| not_run(&error))?.block_on(install(command, folder));
                installed.map_err(|error| not_run(&CliError::incomplete(error.to_string())))?;
            }
            process(adapter_command(&table).map_err(|error| not_run(&error))?, limits(home)?)
        }
        Start::Embedded { profile } => {
            let known = [FaultProfile::Standard, FaultProfile::CliEngine, FaultProfile::Toolhive];
            let known = known.into_iter().find(|known| known.to_string() == *profile);
            match known.and_then(|profile| Embedded::new(profile, Vec::new())) {
                Some(library) => Ok(Box::new(library)),
                None => Err(NotRun {
                    why: format!("the reference library has no profile `{profile}`"),
                    help: "its profiles are standard, cli-engine and toolhive".to_owned(),
                }),
            }
        }
    }
}

fn process(command: AdapterCommand, limits: AdapterLimits) -> Result<Box<dyn Adapter>, NotRun> {
    match ProcessAdapter::start(command, limits) {
        Ok(adapter) => Ok(Box::new(adapter)),
        Err(error) => Err(not_run(&not_started(&error))),
    }
}

/// The limits of the configuration beside the findings, as a run there has them.
fn limits(home: &Path) -> Result<AdapterLimits, NotRun> {
    let limits = config(home)?.map(|config| config.limits).unwrap_or_default();
    Ok(AdapterLimits { hello: limits.hello, call: limits.call })
}

fn places(home: &Path) -> Result<Places, NotRun> {
    Ok(Places::near(home, config(home)?))
}

fn config(home: &Path) -> Result<Option<Config>, NotRun> {
    let path = home.join("scopecheck.toml");
    let config = path.is_file().then(|| Config::load(&path)).transpose();
    config.map_err(|error| not_run(&error.into()))
}

/// What ends another command is an answer here.
fn not_run(error: &CliError) -> NotRun {
    let text = error.to_string();
    match text.rsplit_once("\nhelp: ") {
        Some((why, help)) => NotRun { why: why.to_owned(), help: help.to_owned() },
        None => {
            NotRun { why: text, help: "type another command: `scopecheck replay FINDING -- CMD`".to_owned() }
        }
    }
}
