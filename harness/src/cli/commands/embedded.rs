//! `scopecheck` without a command: every suite against the embedded reference implementation.

use std::{path::PathBuf, sync::Arc};

use scopecheck_reference::server::RunningServer;
use scopecheck_reports::Target;
use scopecheck_scenarios::catalog::Catalog;

use crate::{
    cli::{
        CliError, Shell,
        args::{GlobalArgs, RunArgs},
        runner::{
            Ground, Inputs, Section, Title, Whole, instances, listen, needed_tables, profiles, runtime, setup,
        },
    },
    expected::Expected,
    run::start_embedded,
    target::{Places, ServerTable, TargetRef, load_server},
};

/// The tables of the target `reference` that are run, one section each: the second runs only what the first cannot.
const TABLES: [&str; 2] = ["default", "toolhive"];

/// Runs the command.
pub(crate) fn run(args: &RunArgs, _global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    if let Some(target) = &args.target {
        return Err(CliError::usage(format!("`--target {}` needs to know the kind of subject", target.name))
            .help(format!("type `scopecheck server --target {}/{}`", target.name, target.table)));
    }
    let catalog = Catalog::embedded()?;
    let inputs = Inputs::settle(args)?;
    let further = profiles(args)?;
    super::select::select(
        &catalog,
        args.filter.as_ref(),
        Some(scopecheck_scenarios::model::Subject::Server),
    )?;
    runtime()?.block_on(test(args, shell, &catalog, &inputs, &further))
}

async fn test(
    args: &RunArgs,
    shell: &Shell,
    catalog: &Catalog,
    inputs: &Inputs,
    further: &[String],
) -> Result<u8, CliError> {
    let stop = listen();
    let expected = Expected::none();
    let target = Target {
        name: "reference".to_owned(),
        table: TABLES[0].to_owned(),
        kind: "server".to_owned(),
        address: "embedded".to_owned(),
    };
    let command = format!("scopecheck server --seed {}", inputs.seed);
    let profiles: Vec<String> = ["oauth2", "dcr", "toolhive"].map(str::to_owned).to_vec();
    let title = Title { target, profiles, config: "reference".to_owned(), command };
    let mut whole = Whole::begin(catalog, args, inputs, title, &expected, Arc::clone(&stop.asked))?;
    let mut selected = 0;
    for (number, name) in TABLES.into_iter().enumerate() {
        if whole.interrupted() {
            break;
        }
        let (server, mut ground) = ground(name, inputs, further).await?;
        let profiles = ground.profiles();
        let section =
            Section { filter: args.filter.as_ref(), profiles: &profiles, profile_cases_only: number > 0 };
        let plan = match instances(catalog, section) {
            Ok(plan) => plan,
            // The filter may mean the cases of the other section alone.
            Err(_) if number + 1 < TABLES.len() => Vec::new(),
            Err(error) => return Err(error),
        };
        selected += plan.len();
        if plan.is_empty() {
            continue;
        }
        let mut counters = Vec::new();
        for table in needed_tables(&plan) {
            let counter = start(&table).await?;
            ground.counter(setup(&embedded_table(&table)?, counter.issuer(), true, further)?, inputs).await?;
            counters.push(counter);
        }
        whole.section(&ground, section).await?;
        for server in counters.into_iter().chain([server]) {
            server.shutdown().await;
        }
    }
    if selected == 0 {
        return Err(CliError::nothing_selected(
            "no case of the embedded reference implementation is selected",
        )
        .help("`scopecheck list` shows every case"));
    }
    whole.end(next(), shell)
}

async fn ground(
    name: &str,
    inputs: &Inputs,
    further: &[String],
) -> Result<(RunningServer, Ground), CliError> {
    let server = start(name).await?;
    let table = embedded_table(name)?;
    let ground = Ground::prepare(setup(&table, server.issuer(), true, further)?, inputs).await?;
    Ok((server, ground))
}

async fn start(table: &str) -> Result<RunningServer, CliError> {
    start_embedded(table, &[]).await.map_err(|error| CliError::incomplete(error.to_string()))
}

/// The table as it is built into the program, whatever folders are near.
pub(crate) fn embedded_table(name: &str) -> Result<ServerTable, CliError> {
    let places = Places { config: None, targets: PathBuf::new() };
    Ok(load_server(&TargetRef { name: "reference".to_owned(), table: name.to_owned() }, &places)?)
}

fn next() -> Vec<String> {
    [
        "scopecheck server https://as.example.com        test your authorization server",
        "scopecheck serve                                the reference server, to try a client on it",
        "scopecheck list                                 every case",
    ]
    .map(str::to_owned)
    .to_vec()
}
