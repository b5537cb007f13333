//! `scopecheck server`: an authorization server under test.

use std::sync::Arc;

use scopecheck_reports::Target;
use scopecheck_scenarios::catalog::Catalog;
use tokio::sync::Notify;

use crate::{
    cli::{
        CliError, Shell,
        args::{GlobalArgs, ServerArgs},
        runner::{
            Ground, Inputs, Outputs, Section, Title, Whole, instances, needed_tables, profiles, setup,
            try_pins,
        },
    },
    target::{RunningTarget, ServerTable, Setting, TargetRef, interrupted, load_server},
};

/// Runs the command.
pub(crate) fn run(args: &ServerArgs, global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    if args.issuer.is_none() && args.run.target.is_none() {
        return super::embedded::run(&args.run, global, shell);
    }
    let catalog = Catalog::embedded()?;
    let inputs = Inputs::settle(&args.run)?;
    let further = profiles(&args.run)?;
    // What selects nothing is told before anything is started.
    super::select::select(
        &catalog,
        args.run.filter.as_ref(),
        Some(scopecheck_scenarios::model::Subject::Server),
    )?;
    let table = table(args, &inputs)?;
    let expected = Inputs::expected(&args.run, &table)?;
    try_pins(&catalog, &table)?;
    Outputs::try_places(&args.run)?;
    let runtime = runtime()?;
    runtime.block_on(async {
        let stop = listen();
        tokio::select! {
            biased;
            () = early(&stop) => Ok(130),
            done = test(args, shell, &catalog, &inputs, &table, further, &expected, &stop) => done,
        }
    })
}

/// The runtime of a run.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, CliError> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| CliError::incomplete(format!("the runtime cannot be started: {error}")))
}

/// Told when the user wants to stop.
pub(crate) fn listen() -> Arc<Stop> {
    let stop = Arc::new(Stop { asked: Arc::new(Notify::new()), early: Notify::new() });
    let told = Arc::clone(&stop);
    tokio::spawn(async move {
        if interrupted().await.is_ok() {
            told.asked.notify_one();
            // What does not come to its end soon (an installation, a start, a clean-up) is dropped; its processes end with it.
            tokio::time::sleep(std::time::Duration::from_secs(5)).await;
            told.early.notify_one();
            // Nor may a subject that keeps us busy keep us alive. The watchdogs of targets end what was started.
            tokio::time::sleep(std::time::Duration::from_secs(5)).await;
            end_now();
        }
    });
    stop
}

#[expect(clippy::exit, reason = "the run was asked to end twice, and the thread that should do so is busy")]
fn end_now() {
    std::process::exit(130);
}

/// The wish to stop: first politely, then at once.
#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) asked: Arc<Notify>,
    early: Notify,
}

async fn early(stop: &Stop) {
    stop.early.notified().await;
}

fn table(args: &ServerArgs, inputs: &Inputs) -> Result<ServerTable, CliError> {
    let mut table = match &args.run.target {
        Some(target) => load_server(target, &inputs.places)?,
        None => ServerTable::bare(args.issuer.clone().unwrap_or_default()),
    };
    if let Some(issuer) = &args.issuer {
        // A server that runs already is not started: the table only says what is known of it.
        table.issuer = Some(issuer.clone());
        table.start = None;
        table.install = None;
    }
    Ok(table)
}

#[expect(clippy::too_many_arguments, reason = "the settled parts of one run")]
async fn test(
    args: &ServerArgs,
    shell: &Shell,
    catalog: &Catalog,
    inputs: &Inputs,
    table: &ServerTable,
    further: Vec<String>,
    expected: &crate::expected::Expected,
    stop: &Arc<Stop>,
) -> Result<u8, CliError> {
    let mut running = vec![start(table, stop).await?];
    let code = run_against(args, shell, catalog, inputs, table, further, expected, stop, &mut running).await;
    for running in running {
        running.stop().await;
    }
    code
}

/// Runs against a target that is up; what else it starts is put into `running`, for the caller to stop on every way out.
#[expect(clippy::too_many_arguments, reason = "the settled parts of one run")]
async fn run_against(
    args: &ServerArgs,
    shell: &Shell,
    catalog: &Catalog,
    inputs: &Inputs,
    table: &ServerTable,
    further: Vec<String>,
    expected: &crate::expected::Expected,
    stop: &Arc<Stop>,
    running: &mut Vec<RunningTarget>,
) -> Result<u8, CliError> {
    let started = table.start.is_some();
    let issuer = running.first().map(|main| main.issuer().to_owned()).unwrap_or_default();
    let mut ground = Ground::prepare(setup(table, &issuer, started, &further)?, inputs).await?;
    let selected = ground.profiles();
    let section =
        Section { filter: args.run.filter.as_ref(), profiles: &selected, profile_cases_only: false };
    let plan = instances(catalog, section)?;
    for name in needed_tables(&plan) {
        let reference = TargetRef { name: table.target.clone(), table: name };
        // Only a target that has the other table can be run against itself; without it the checks stand alone.
        let Ok(other) = load_server(&reference, &inputs.places) else { continue };
        if other.start.is_none() {
            continue;
        }
        let other_running = start(&other, stop).await?;
        let other_setup = setup(&other, other_running.issuer(), true, &further)?;
        running.push(other_running);
        ground.counter(other_setup, inputs).await?;
    }
    let target = Target {
        name: table.target.clone(),
        table: table.table.clone(),
        kind: "server".to_owned(),
        address: if started { table.issuer.clone().unwrap_or_default() } else { issuer },
    };
    let command = command(args, inputs);
    let title = Title { target, profiles: selected.clone(), config: format!("{table:?}"), command };
    let mut whole = Whole::begin(catalog, &args.run, inputs, title, expected, Arc::clone(&stop.asked))?;
    whole.section(&ground, section).await?;
    whole.end(next(args), shell)
}

async fn start(table: &ServerTable, stop: &Stop) -> Result<RunningTarget, CliError> {
    let setting = Setting::current()
        .map_err(|error| CliError::incomplete(format!("this program cannot be found: {error}")))?;
    tokio::select! {
        biased;
        () = stop.asked.notified() => Err(CliError::new(130, "interrupted before the run began")),
        started = RunningTarget::start(table, &setting) => started.map_err(|error| {
            if error.is_configuration() { CliError::usage(error.to_string()) } else { CliError::incomplete(error.to_string()) }
        }),
    }
}

/// How the run is typed again, for one case.
fn command(args: &ServerArgs, inputs: &Inputs) -> String {
    let mut words = vec!["scopecheck server".to_owned()];
    words.extend(args.issuer.as_ref().map(|issuer| quoted(issuer)));
    words.extend(args.run.target.as_ref().map(|target| format!("--target {}/{}", target.name, target.table)));
    words.extend(
        args.run.config.as_ref().map(|path| format!("--config {}", quoted(&path.display().to_string()))),
    );
    words.extend(args.run.profiles.iter().map(|profile| format!("--profile {profile}")));
    words.push(format!("--seed {}", inputs.seed));
    words.join(" ")
}

fn quoted(text: &str) -> String {
    let plain =
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-._~:/@%+=".contains(c));
    if plain { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

fn next(args: &ServerArgs) -> Vec<String> {
    let mut next =
        vec!["scopecheck explain CASE            what a case is about, and the text behind it".to_owned()];
    if args.run.reports.is_empty() {
        next.push("... --report junit=junit.xml       for a CI".to_owned());
    }
    next
}
