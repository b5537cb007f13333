//! `scopecheck client`: a client under test.

use std::{collections::BTreeSet, sync::Arc};

use clap::ValueEnum as _;
use scopecheck_reports::Target;
use scopecheck_scenarios::{catalog::Catalog, model::Subject};

use super::by_hand::{self, AtTheTerminal};
use crate::{
    cli::{
        CliError, Shell,
        args::{ClientArgs, GlobalArgs},
        runner::{
            Inputs, Outputs, Section, Stop, Title, Whole, instances, listen, profiles, runtime, setting,
            try_pins,
        },
    },
    client::{ClientExercise, ClientSetup},
    expected::Expected,
    plan::Instance,
    target::{ClientTable, TargetRef, install, load_client},
    typed::quoted,
};

/// Runs the command.
pub(crate) fn run(args: &ClientArgs, global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    if args.run.target.is_none() && args.command.is_empty() && args.serve.is_none() {
        if args.browser.is_some() || args.protocol.is_some() {
            return Err(CliError::usage("the reference client is run as its own table says").help(
                "`--browser` and `--protocol` belong to a client of yours: name it by `--target NAME` or behind `--`",
            ));
        }
        return super::embedded::run(&args.run, &[Subject::Client], global, shell);
    }
    // What is expected of a target may speak of its library, too.
    let alone = args.run.target.is_none() && args.run.expect.is_none();
    let catalog = if alone { Catalog::embedded_without_vectors() } else { Catalog::embedded() }?;
    let served = args.serve.as_deref().map(|id| by_hand::instance(&catalog, id)).transpose()?;
    if served.is_some() && !args.command.is_empty() {
        return Err(CliError::usage("both `--serve` and a command are given")
            .help("leave the command out: with `--serve` it is you who starts the client"));
    }
    let inputs = Inputs::settle(&args.run)?;
    let further = profiles(&args.run)?;
    super::select::select(&catalog, args.run.filter.as_ref(), Some(Subject::Client))?;
    let table = match (&args.run.target, args.command.is_empty()) {
        (Some(TargetRef { name, .. }), false) => {
            return Err(CliError::usage(format!("both the target `{name}` and a command are given"))
                .help("leave one of them out: a target table names its own command"));
        }
        (Some(target), true) => load_client(target, &inputs.places)?,
        (None, true) => ClientTable::by_hand(),
        (None, false) => ClientTable::plain(&args.command),
    };
    let mut setup = setup(&table, &further, args)?;
    setup.limit = inputs.limits.client;
    known_revision(&catalog, &setup.protocol)?;
    if let Some(program) = args.command.first() {
        which::which(program).map_err(|error| {
            CliError::usage(format!("`{}` cannot be run: {error}", program.escape_debug()))
                .help("write the command as you would type it in this folder, behind `--`")
        })?;
    }
    let expected = Inputs::expected(&args.run, table.expected_file())?;
    try_pins(&catalog, &table.full_name(), &table.pin)?;
    Outputs::try_places(&args.run)?;
    let trial = Trial {
        args,
        shell,
        catalog: &catalog,
        inputs: &inputs,
        table: &table,
        expected: &expected,
        served: served.as_ref(),
    };
    runtime()?.block_on(async {
        let stop = listen();
        if trial.served.is_some() {
            setup.hand = Some(Arc::new(AtTheTerminal::new(shell, Arc::clone(&stop.asked))));
        }
        tokio::select! {
            biased;
            () = stop.at_once() => Ok(130),
            done = trial.run(&setup, &stop) => done,
        }
    })
}

/// Refuses a revision of MCP that no requirement knows.
fn known_revision(catalog: &Catalog, revision: &str) -> Result<(), CliError> {
    let known: BTreeSet<&str> = catalog
        .requirements
        .values()
        .flat_map(|requirement| &requirement.revisions)
        .map(String::as_str)
        .collect();
    if known.contains(revision) {
        return Ok(());
    }
    let known: Vec<&str> = known.into_iter().collect();
    Err(CliError::usage(format!("`{revision}` is no revision of MCP that is known here"))
        .help(format!("write one of {}", known.join(", "))))
}

/// How the client of a table is run, under these further profiles.
fn setup(table: &ClientTable, further: &[String], args: &ClientArgs) -> Result<ClientSetup, CliError> {
    if args.serve.is_none()
        && table.command.is_none()
        && table.commands.call.is_none()
        && table.commands.login.is_none()
    {
        return Err(CliError::usage(format!("the client `{}` names no command", table.full_name()))
            .help("add `command = [...]` for a plain MCP client, whose last argument will be the URL, or `commands = { login = [...], call = [...] }`; in them {url}, {state_dir}, {operation} and {scope} are filled in"));
    }
    if table.command.is_some() && (table.commands.call.is_some() || table.commands.login.is_some()) {
        return Err(CliError::usage(format!("the client `{}` has both `command` and `commands`", table.full_name()))
            .help("keep `command` for a plain MCP client, which is run once, or `commands` for one that is run for each step"));
    }
    let program = setting()?.program;
    let mut setup = ClientSetup::of(table, &program);
    setup.browser = args.browser.unwrap_or(setup.browser);
    if let Some(protocol) = &args.protocol {
        setup.protocol.clone_from(protocol);
    }
    for profile in further {
        if !setup.profiles.contains(profile) {
            setup.profiles.push(profile.clone());
        }
    }
    Ok(setup)
}

/// The settled parts of one run.
struct Trial<'a> {
    args: &'a ClientArgs,
    shell: &'a Shell,
    catalog: &'a Catalog,
    inputs: &'a Inputs,
    table: &'a ClientTable,
    expected: &'a Expected,
    /// The case that is put to a client which somebody starts by hand.
    served: Option<&'a Instance<'a>>,
}

impl Trial<'_> {
    async fn run(&self, setup: &ClientSetup, stop: &Stop) -> Result<u8, CliError> {
        let install_first = self.table.install.as_ref().zip(self.table.folder.as_ref());
        if let Some((command, folder)) = install_first.filter(|_| self.served.is_none()) {
            tokio::select! {
                biased;
                () = stop.asked.notified() => return Err(CliError::new(130, "interrupted before the run began")),
                installed = install(command, folder) => installed.map_err(|error| CliError::incomplete(error.to_string()))?,
            }
        }
        let filter = self.args.run.filter.as_ref();
        let section = Section {
            subject: Subject::Client,
            filter,
            profiles: &setup.profiles,
            profile_cases_only: false,
        };
        let plan = match self.served {
            Some(instance) => vec![instance.clone()],
            None => instances(self.catalog, section)?,
        };
        let target = Target {
            name: self.table.target.clone(),
            table: self.table.table.clone(),
            kind: Subject::Client.as_str().to_owned(),
            address: self.program(),
        };
        let title = Title {
            target,
            profiles: setup.profiles.clone(),
            config: format!("{:?}", self.table),
            command: self.command(),
        };
        let mut whole = Whole::begin(
            self.catalog,
            &self.args.run,
            self.inputs,
            title,
            self.expected,
            // Where a person starts the client, the wish to stop is the wish for the verdict.
            if self.served.is_some() { Arc::default() } else { Arc::clone(&stop.asked) },
        )?;
        if self.served.is_some() {
            whole.served();
        }
        let subject = ClientExercise::new(setup, self.catalog, whole.clock(), self.inputs.seed);
        whole.exercise(&subject, &plan).await?;
        whole.end(
            vec![
                "scopecheck explain CASE            what a case is about, and the text behind it".to_owned(),
            ],
            self.shell,
        )
    }

    /// The program that is run.
    fn program(&self) -> String {
        if self.served.is_some() {
            return "a client that is started by hand".to_owned();
        }
        if self.args.run.target.is_none() {
            return self.args.command.first().cloned().unwrap_or_default();
        }
        let commands = &self.table.commands;
        let first = self
            .table
            .command
            .iter()
            .chain(&commands.call)
            .chain(&commands.login)
            .find_map(|command| command.first());
        first.cloned().unwrap_or_default()
    }

    /// How the run is typed again, for one case.
    fn command(&self) -> String {
        let mut words = vec!["scopecheck client".to_owned()];
        words.extend(
            self.args.run.target.as_ref().map(|target| format!("--target {}/{}", target.name, target.table)),
        );
        words.extend(self.args.run.profiles.iter().map(|profile| format!("--profile {profile}")));
        words.push(format!("--seed {}", self.inputs.seed));
        words.extend(self.args.serve.iter().map(|case| format!("--serve {}", quoted(case))));
        words.extend(self.args.protocol.iter().map(|protocol| format!("--protocol {}", quoted(protocol))));
        let browser = self.args.browser.and_then(|browser| browser.to_possible_value());
        words.extend(browser.map(|word| format!("--browser {}", word.get_name())));
        if self.args.run.target.is_none() && self.served.is_none() {
            words.push("--".to_owned());
            words.extend(self.args.command.iter().map(|word| quoted(word)));
        }
        words.join(" ")
    }
}
