//! `scopecheck server`: an authorization server under test.

use std::sync::Arc;

use scopecheck_reports::Target;
use scopecheck_scenarios::{catalog::Catalog, model::Subject};

use crate::{
    cli::{
        CliError, Shell,
        args::{GlobalArgs, ServerArgs},
        runner::{
            Ground, Inputs, Outputs, Section, Stop, Title, Whole, instances, listen, needed_tables, profiles,
            runtime, setting, setup, try_pins,
        },
    },
    expected::Expected,
    target::{RunningTarget, ServerTable, TargetRef, TargetStarter, load_server},
    typed::quoted,
};

/// Runs the command.
pub(crate) fn run(args: &ServerArgs, global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    if args.issuer.is_none() && args.run.target.is_none() {
        return super::embedded::run(&args.run, &[Subject::Server], global, shell);
    }
    let catalog = Catalog::embedded()?;
    let inputs = Inputs::settle(&args.run)?;
    let further = profiles(&args.run)?;
    // What selects nothing is told before anything is started.
    super::select::select(&catalog, args.run.filter.as_ref(), Some(Subject::Server))?;
    let table = table(args, &inputs)?;
    let expected = Inputs::expected(&args.run, table.expected_file())?;
    try_pins(&catalog, &table.full_name(), &table.pin)?;
    Outputs::try_places(&args.run)?;
    let trial = Trial {
        args,
        shell,
        catalog: &catalog,
        inputs: &inputs,
        table: &table,
        further: &further,
        expected: &expected,
    };
    runtime()?.block_on(async {
        let stop = listen();
        tokio::select! {
            biased;
            () = stop.at_once() => Ok(130),
            done = trial.run(&stop) => done,
        }
    })
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

/// The settled parts of one run.
struct Trial<'a> {
    args: &'a ServerArgs,
    shell: &'a Shell,
    catalog: &'a Catalog,
    inputs: &'a Inputs,
    table: &'a ServerTable,
    further: &'a [String],
    expected: &'a Expected,
}

impl Trial<'_> {
    /// Starts the target, runs, and stops on every way out what was started.
    async fn run(&self, stop: &Stop) -> Result<u8, CliError> {
        let mut running = vec![start(self.table, stop).await?];
        let code = self.run_against(&mut running, stop).await;
        for running in running {
            running.stop().await;
        }
        code
    }

    /// Runs against the target that is up; what else it starts is put into `running`.
    async fn run_against(&self, running: &mut Vec<RunningTarget>, stop: &Stop) -> Result<u8, CliError> {
        let started = self.table.start.is_some();
        let issuer = running.first().map(|main| main.issuer().to_owned()).unwrap_or_default();
        let mut told = setup(self.table, &issuer, started, self.further)?;
        told.starter = TargetStarter::of(self.table, &setting()?).map(|starter| Arc::new(starter) as Arc<_>);
        let mut ground = Ground::prepare(told, self.inputs).await?;
        let selected = ground.profiles();
        let section = Section {
            subject: Subject::Server,
            filter: self.args.run.filter.as_ref(),
            profiles: &selected,
            profile_cases_only: false,
        };
        let plan = instances(self.catalog, section)?;
        for name in needed_tables(&plan) {
            let reference = TargetRef { name: self.table.target.clone(), table: name };
            // Only a target that has the other table can be run against itself; without it the checks stand alone.
            let Ok(other) = load_server(&reference, &self.inputs.places) else { continue };
            if other.start.is_none() {
                continue;
            }
            let other_running = start(&other, stop).await?;
            let other_setup = setup(&other, other_running.issuer(), true, self.further)?;
            running.push(other_running);
            ground.counter(other_setup, self.inputs).await?;
        }
        let target = Target {
            name: self.table.target.clone(),
            table: self.table.table.clone(),
            kind: "server".to_owned(),
            address: if started { self.table.issuer.clone().unwrap_or_default() } else { issuer },
        };
        let command = command(self.args, self.inputs);
        let title =
            Title { target, profiles: selected.clone(), config: format!("{:?}", self.table), command };
        let mut whole = Whole::begin(
            self.catalog,
            &self.args.run,
            self.inputs,
            title,
            self.expected,
            Arc::clone(&stop.asked),
        )?;
        whole.section(&ground, section).await?;
        whole.end(next(self.args), self.shell)
    }
}

async fn start(table: &ServerTable, stop: &Stop) -> Result<RunningTarget, CliError> {
    let setting = setting()?;
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

fn next(args: &ServerArgs) -> Vec<String> {
    let mut next =
        vec!["scopecheck explain CASE            what a case is about, and the text behind it".to_owned()];
    if args.run.reports.is_empty() {
        next.push("... --report junit=junit.xml       for a CI".to_owned());
    }
    next
}
