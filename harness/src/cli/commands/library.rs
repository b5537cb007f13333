//! `scopecheck library`: a library under test.

use std::{num::NonZeroU32, path::Path, sync::Arc, time::Duration};

use scopecheck_reports::Target;
use scopecheck_scenarios::{
    catalog::Catalog,
    model::{Case, Subject},
    operations,
};

use crate::{
    adapter::{AdapterCommand, AdapterLimits, ProcessAdapter, StartError},
    cli::{
        CliError, Shell,
        args::{GlobalArgs, LibraryArgs},
        runner::{
            Inputs, Outputs, Section, Stop, Title, Whole, instances, listen, profiles, runtime, setting,
        },
    },
    expected::Expected,
    findings::{FindingStore, Start},
    library::{Adapter as _, LibraryExercise},
    plan::Instance,
    system::Clock,
    target::{LibraryTable, TargetRef, fill, install, load_library},
    typed::quoted,
};

/// How many inputs are generated for each law of a library in a process of its own.
const CASES: u32 = 256;

/// Runs the command.
pub(crate) fn run(args: &LibraryArgs, _global: &GlobalArgs, shell: &Shell) -> Result<u8, CliError> {
    if args.command.is_empty() && args.run.target.is_none() {
        return super::embedded::run_library(&args.run, args.cases, shell);
    }
    let catalog = Catalog::embedded()?;
    let inputs = Inputs::settle(&args.run)?;
    let further = profiles(&args.run)?;
    super::select::select(&catalog, args.run.filter.as_ref(), Some(Subject::Library))?;
    let table = table(args, &inputs)?;
    let expected = Inputs::expected(&args.run, table.expected_file())?;
    Outputs::try_places(&args.run)?;
    let mut of_table = table.profiles.clone();
    of_table.extend(further.into_iter().filter(|profile| !table.profiles.contains(profile)));
    let trial = Trial {
        args,
        shell,
        catalog: &catalog,
        inputs: &inputs,
        table: &table,
        profiles: of_table,
        expected: &expected,
    };
    let runtime = runtime()?;
    let code = runtime.block_on(async {
        let stop = listen();
        tokio::select! {
            biased;
            () = stop.at_once() => Ok(130),
            done = trial.run(&stop) => done,
        }
    });
    // A call that nobody waits for any more is not waited for here either.
    runtime.shutdown_background();
    code
}

/// The table that is meant: the target's, or one made of CMD.
fn table(args: &LibraryArgs, inputs: &Inputs) -> Result<LibraryTable, CliError> {
    match (&args.run.target, args.command.is_empty()) {
        (Some(target), true) => Ok(load_library(target, &inputs.places)?),
        (Some(TargetRef { name, .. }), false) => {
            Err(CliError::usage(format!("both the target `{name}` and a command are given"))
                .help("leave one of them out: a target table names its own command"))
        }
        (None, _) => Ok(LibraryTable {
            target: "adapter".to_owned(),
            table: "default".to_owned(),
            command: args.command.clone(),
            ..LibraryTable::default()
        }),
    }
}

/// The adapter that a table describes.
pub(crate) fn adapter_command(table: &LibraryTable) -> Result<AdapterCommand, CliError> {
    let program = setting()?.program.display().to_string();
    let filled = |word: &String| {
        // What was typed on the command line is taken as it is.
        if table.folder.is_none() && table.target == "adapter" {
            return Ok(word.clone());
        }
        fill(word, |name| (name == "scopecheck").then(|| program.as_str().into())).map_err(|_| {
            CliError::usage(format!("the command of `{}` has an unknown placeholder", table.full_name()))
                .help("only {scopecheck}, which is this program, is filled in; write {{ for a brace")
        })
    };
    Ok(AdapterCommand {
        command: table.command.iter().map(filled).collect::<Result<_, _>>()?,
        folder: table.folder.clone(),
        env: table.env.clone(),
    })
}

/// An adapter that cannot be talked to, as the end of a command.
pub(crate) fn not_started(error: &StartError) -> CliError {
    let lines = error.lines();
    let told = if lines.is_empty() {
        String::new()
    } else {
        format!("\nits last lines on standard error:\n  {}", lines.join("\n  "))
    };
    CliError::incomplete(format!("{error}{told}"))
        .help(format!("{}; `scopecheck adapter check -- CMD` looks at it closely", error.help()))
}

/// The settled parts of one run.
struct Trial<'a> {
    args: &'a LibraryArgs,
    shell: &'a Shell,
    catalog: &'a Catalog,
    inputs: &'a Inputs,
    table: &'a LibraryTable,
    profiles: Vec<String>,
    expected: &'a Expected,
}

impl Trial<'_> {
    async fn run(&self, stop: &Stop) -> Result<u8, CliError> {
        if let (Some(command), Some(folder)) = (&self.table.install, &self.table.folder) {
            tokio::select! {
                biased;
                () = stop.asked.notified() => return Err(CliError::new(130, "interrupted before the run began")),
                installed = install(command, folder) => installed.map_err(|error| CliError::incomplete(error.to_string()))?,
            }
        }
        let plan = self.plan()?;
        let command = adapter_command(self.table)?;
        let address = command.shown();
        let limits = AdapterLimits { hello: self.inputs.limits.hello, call: self.inputs.limits.call };
        let starting = tokio::task::spawn_blocking(move || ProcessAdapter::start(command, limits));
        let started = tokio::select! {
            biased;
            () = stop.asked.notified() => return Err(CliError::new(130, "interrupted before the run began")),
            started = starting => started,
        };
        let adapter = started
            .map_err(|error| CliError::incomplete(format!("the adapter was not started: {error}")))?
            .map_err(|error| not_started(&error))?;
        let target = Target {
            name: self.name(&adapter.hello().name),
            table: self.table.table.clone(),
            kind: Subject::Library.as_str().to_owned(),
            address,
        };
        let title = Title {
            target,
            profiles: self.profiles.clone(),
            config: format!("{:?} {:?}", self.table, adapter.hello()),
            command: self.command(),
        };
        let mut whole = Whole::begin(
            self.catalog,
            &self.args.run,
            self.inputs,
            title,
            self.expected,
            Arc::clone(&stop.asked),
        )?;
        let findings = Arc::new(self.findings(whole.clock()));
        let subject = LibraryExercise {
            adapter: Arc::new(adapter),
            table: self.table.table.clone(),
            catalog: self.catalog,
            profiles: &self.profiles,
            clock: whole.clock(),
            seed: self.inputs.seed,
            cases: self.args.cases.map_or(CASES, NonZeroU32::get),
            // Each call has its own limit, and those of all instances go through one pipe.
            limit: self.inputs.limits.run.max(Duration::from_hours(1)),
            findings: Some(Arc::clone(&findings)),
        };
        let (last, first): (Vec<_>, Vec<_>) =
            plan.into_iter().partition(|instance| instance.loaded.case.protocol.is_some());
        // What is declared is read without a call, and the protocol is judged by calls.
        if !last.is_empty() && first.iter().all(|instance| instance.loaded.case.dialect.is_some()) {
            subject.converse().await;
        }
        whole.exercise(&subject, &first).await?;
        // What was seen of the conversation is judged when it is over.
        if !whole.interrupted() && !last.is_empty() {
            whole.exercise(&subject, &last).await?;
        }
        // A check that is green now is not shown without -v, and this is said only once.
        for name in findings.fixed().iter().filter(|_| !self.shell.quiet()) {
            self.shell.note(&format!("stored finding {name} no longer fails"));
        }
        for warning in findings.warnings() {
            self.shell.note(&format!("warning: {warning}"));
        }
        let mut next = vec![
            "scopecheck explain CASE            what a case is about, and the text behind it".to_owned(),
        ];
        // One is enough to learn the command by.
        next.extend(findings.broken().first().map(|name| format!("scopecheck replay {name}")));
        whole.end(next, self.shell)
    }

    /// The instances that can be put to an adapter: the operations that only the reference knows are left out.
    fn plan(&self) -> Result<Vec<Instance<'_>>, CliError> {
        let section = Section {
            subject: Subject::Library,
            filter: self.args.run.filter.as_ref(),
            profiles: &self.profiles,
            profile_cases_only: false,
        };
        let mut plan = instances(self.catalog, section)?;
        plan.retain(|instance| !is_of_reference(&instance.loaded.case));
        if plan.is_empty() {
            return Err(CliError::nothing_selected(
                "every case that matches is put to operations that only the reference library has",
            )
            .help("`scopecheck list 'area(library)'` shows every vector and law"));
        }
        Ok(plan)
    }

    /// The stored findings of this subject, below the current folder.
    fn findings(&self, clock: Clock) -> FindingStore {
        let start = match &self.args.run.target {
            Some(TargetRef { name, table }) => Start::Target { name: name.clone(), table: table.clone() },
            None => Start::command(&self.args.command),
        };
        FindingStore::open(Path::new(""), start, clock)
    }

    /// The name in the reports: the target's, or what the adapter says.
    fn name(&self, said: &str) -> String {
        if self.args.run.target.is_some() { self.table.target.clone() } else { said.to_owned() }
    }

    /// How the run is typed again, for one case.
    fn command(&self) -> String {
        let mut words = vec!["scopecheck library".to_owned()];
        words.extend(
            self.args.run.target.as_ref().map(|target| format!("--target {}/{}", target.name, target.table)),
        );
        words.extend(self.args.run.profiles.iter().map(|profile| format!("--profile {profile}")));
        words.extend(self.args.cases.map(|cases| format!("--cases {cases}")));
        words.push(format!("--seed {}", self.inputs.seed));
        if self.args.run.target.is_none() {
            words.push("--".to_owned());
            words.extend(self.args.command.iter().map(|word| quoted(word)));
        }
        words.join(" ")
    }
}

/// Whether a case is put to an operation that is no part of the protocol.
fn is_of_reference(case: &Case) -> bool {
    let vector = case.vector.as_ref();
    vector
        .and_then(|vector| operations::find(vector.op.as_str()))
        .is_some_and(|operation| operation.reference_only)
}
