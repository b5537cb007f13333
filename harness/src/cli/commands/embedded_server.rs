//! The server part of an embedded run: the reference authorization server, under each of its tables.

use std::path::PathBuf;

use scopecheck_reference::server::RunningServer;
use scopecheck_scenarios::model::Subject;

use super::embedded::Part;
use crate::{
    cli::{
        CliError,
        runner::{Ground, Section, Whole, needed_tables, setup},
    },
    run::{EmbeddedStarter, start_embedded},
    target::{Places, ServerTable, TargetRef, load_server},
};

/// The tables of the target `reference` that are run, one section each: the second runs only what the first cannot.
const TABLES: [&str; 2] = ["default", "toolhive"];

/// Runs the cases for authorization servers; says how many instances were selected.
pub(crate) async fn part(whole: &mut Whole<'_>, part: Part<'_>) -> Result<usize, CliError> {
    let mut selected = 0;
    for (number, name) in TABLES.into_iter().enumerate() {
        if whole.interrupted() {
            break;
        }
        let server = start(name).await?;
        let table = embedded_table(name)?;
        let mut told = setup(&table, server.issuer(), true, part.further)?;
        told.starter = EmbeddedStarter::of(name, &[]);
        let mut ground = Ground::prepare(told, part.inputs).await?;
        let profiles = ground.profiles();
        let plan = part.plan(Subject::Server, &profiles, number > 0);
        selected += plan.len();
        if plan.is_empty() {
            continue;
        }
        let mut counters = Vec::new();
        for table in needed_tables(&plan) {
            let counter = start(&table).await?;
            let told = setup(&embedded_table(&table)?, counter.issuer(), true, part.further)?;
            ground.counter(told, part.inputs).await?;
            counters.push(counter);
        }
        let section = Section {
            subject: Subject::Server,
            filter: part.args.filter.as_ref(),
            profiles: &profiles,
            profile_cases_only: number > 0,
        };
        whole.section(&ground, section).await?;
        for server in counters.into_iter().chain([server]) {
            server.shutdown().await;
        }
    }
    Ok(selected)
}

async fn start(table: &str) -> Result<RunningServer, CliError> {
    start_embedded(table, &[]).await.map_err(|error| CliError::incomplete(error.to_string()))
}

/// The table as it is built into the program, whatever folders are near.
pub(crate) fn embedded_table(name: &str) -> Result<ServerTable, CliError> {
    let places = Places { config: None, targets: PathBuf::new() };
    Ok(load_server(&TargetRef { name: "reference".to_owned(), table: name.to_owned() }, &places)?)
}
