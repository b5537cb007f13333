//! Libraries that deviate in one point, and the program itself.

use std::{
    env,
    io::Write as _,
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use scopecheck::{
    library::{Adapter, Embedded, Hello, LibraryExercise, Semantics},
    plan::{Instance, RowChoice, expand},
    run::{Drive, DriveOptions},
    system::Clock,
};
use scopecheck_reference::faults::FaultProfile;
use scopecheck_reports::{CaseResult, Header, Results, SCHEMA_VERSION, Target, terminal};
use scopecheck_scenarios::{catalog::Catalog, laws::Reply, model::Subject};
use tempfile::TempDir;

/// The reference library, but for what is changed here.
pub(crate) struct Deviating<F> {
    honest: Embedded,
    hello: Hello,
    change: F,
}

impl<F: Fn(&str, &str, Reply) -> Reply + Send + Sync> Deviating<F> {
    /// The reference library that declares this dialect, and whose replies are changed: operation, input, reply.
    pub(crate) fn new(declared: &[(&str, &str)], change: F) -> Self {
        let honest = Embedded::new(FaultProfile::Standard, Vec::new()).unwrap();
        let semantics: Semantics = declared.iter().copied().collect();
        let hello = Hello { name: "deviating".to_owned(), semantics, ..honest.hello().clone() };
        Self { honest, hello, change }
    }

    /// The same, offering these operations only.
    pub(crate) fn offering(mut self, operations: &[&str]) -> Self {
        self.hello.operations = operations.iter().map(|op| (*op).to_owned()).collect();
        self
    }
}

impl<F: Fn(&str, &str, Reply) -> Reply + Send + Sync> Adapter for Deviating<F> {
    fn hello(&self) -> &Hello {
        &self.hello
    }

    fn call(&self, op: &str, input: &str) -> Reply {
        (self.change)(op, input, self.honest.call(op, input))
    }
}

/// A library that is put to cases several times.
pub(crate) struct Shared<A: ?Sized>(pub(crate) Arc<A>);

impl<A: Adapter + ?Sized> Adapter for Shared<A> {
    fn hello(&self) -> &Hello {
        self.0.hello()
    }

    fn call(&self, op: &str, input: &str) -> Reply {
        self.0.call(op, input)
    }
}

/// Puts the cases whose id begins so to a library.
pub(crate) fn put(library: impl Adapter + 'static, prefix: &str, limit: Duration) -> Vec<CaseResult> {
    let catalog = Catalog::embedded().unwrap();
    let clock = Clock::default();
    let subject = LibraryExercise {
        adapter: Arc::new(library),
        table: "default".to_owned(),
        catalog: &catalog,
        profiles: &[],
        clock,
        seed: 1,
        cases: 200,
        limit,
        findings: None,
    };
    let chosen = catalog
        .cases
        .values()
        .filter(|loaded| loaded.case.subject == Subject::Library && loaded.case.id.value.starts_with(prefix));
    let plan: Vec<Instance<'_>> = chosen.flat_map(|loaded| expand(loaded, &RowChoice::default())).collect();
    let drive = Drive { subject: &subject, clock, options: DriveOptions::default(), stop: Arc::default() };
    let mut results = Vec::new();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(drive.work(&plan, &|instance| format!("rerun {}", instance.id), |result| {
        results.push(result);
        false
    }));
    assert!(!results.is_empty(), "no case begins with `{prefix}`");
    results
}

/// How many of these ended in each grade: `fail 3, pass 7`.
pub(crate) fn tally(results: &[CaseResult]) -> String {
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for result in results {
        *counts.entry(result.grade.to_string()).or_default() += 1;
    }
    counts.iter().map(|(grade, count)| format!("{grade} {count}")).collect::<Vec<_>>().join(", ")
}

/// The report on these cases as a person sees it.
pub(crate) fn report(cases: Vec<CaseResult>) -> String {
    let header = Header {
        schema_version: SCHEMA_VERSION.to_owned(),
        suite: "scopecheck".to_owned(),
        suite_version: "VERSION".to_owned(),
        requirements: "SET".to_owned(),
        target: Target {
            name: "deviating".to_owned(),
            table: "default".to_owned(),
            kind: "library".to_owned(),
            address: "test".to_owned(),
        },
        seed: 1,
        config_hash: String::new(),
        profiles: Vec::new(),
        filter: None,
        flags: Vec::new(),
        started: "STARTED".to_owned(),
    };
    terminal::render(&Results { header, cases, footer: None }, &terminal::TerminalOptions::default())
}

/// What the program said, and how it ended.
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Said {
    /// The exit code and both streams.
    pub(crate) fn shown(&self) -> String {
        let code = self.code.map_or("none".to_owned(), |code| code.to_string());
        format!("exit {code}\n--- stdout\n{}--- stderr\n{}", self.stdout, self.stderr)
    }
}

/// Runs the program in a folder of its own, with this standard input.
pub(crate) fn run(arguments: &[&str], input: &[u8]) -> (Said, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (run_in(&folder, arguments, input), folder)
}

/// Runs the program in this folder, with this standard input.
pub(crate) fn run_in(folder: &TempDir, arguments: &[&str], input: &[u8]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scopecheck"));
    command.args(arguments).current_dir(folder.path()).env("NO_COLOR", "1");
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SCOPECHECK_")) {
        command.env_remove(name);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A program that does not read its input may end before it is written.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Said {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
