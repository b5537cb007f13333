//! A library that can be told how to deviate, runs against it, and the program itself.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc, LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use scopecheck::{
    findings::{FOLDER, Finding, FindingStore, Sighting, Start, read},
    library::{Adapter, Embedded, Hello, LibraryExercise},
    plan::{Instance, RowChoice, expand},
    run::{Drive, DriveOptions},
    system::Clock,
};
use scopecheck_reference::faults::FaultProfile;
use scopecheck_reports::CaseResult;
use scopecheck_scenarios::{
    catalog::Catalog,
    laws::{Broken, Reply},
};
use serde_json::Value;
use tempfile::TempDir;

/// The reference library, but for what is changed here. It counts its calls.
pub(crate) struct Deviating<F> {
    honest: Embedded,
    hello: Hello,
    calls: Arc<AtomicUsize>,
    change: F,
}

impl<F: Fn(&str, &str, Reply) -> Reply + Send + Sync> Deviating<F> {
    /// The reference library under this name, whose replies are changed: operation, input, reply.
    pub(crate) fn new(name: &str, change: F) -> Self {
        let honest = Embedded::new(FaultProfile::Standard, Vec::new()).unwrap();
        let hello = Hello { name: name.to_owned(), version: "1.0".to_owned(), ..honest.hello().clone() };
        Self { honest, hello, calls: Arc::default(), change }
    }

    /// How often it was called so far.
    pub(crate) fn calls(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.calls)
    }
}

impl<F: Fn(&str, &str, Reply) -> Reply + Send + Sync> Adapter for Deviating<F> {
    fn hello(&self) -> &Hello {
        &self.hello
    }

    fn call(&self, op: &str, input: &str) -> Reply {
        self.calls.fetch_add(1, Ordering::Relaxed);
        (self.change)(op, input, self.honest.call(op, input))
    }
}

/// A union that loses what follows the second scope.
pub(crate) fn forgetful(op: &str, _: &str, reply: Reply) -> Reply {
    match reply {
        Reply::Ok(mut answer) if op == "union" => {
            answer["scopes"].as_array_mut().unwrap().truncate(2);
            Reply::Ok(answer)
        }
        other => other,
    }
}

/// A library that keeps every law.
pub(crate) fn honest(_: &str, _: &str, reply: Reply) -> Reply {
    reply
}

/// How the subject of these tests is said to be started.
pub(crate) fn start() -> Start {
    Start::command(&["mine".to_owned()])
}

/// What a run would have told the store of this input of `union-exact`.
pub(crate) fn sighting(input: &Value) -> Sighting<'_> {
    static BROKEN: LazyLock<Broken> = LazyLock::new(|| Broken::new("the set [\"a\",\"A\"]", "[\"a\"]"));
    Sighting {
        law: "union-exact",
        input,
        broken: &BROKEN,
        calls: &[],
        fickle: false,
        library: "mine",
        version: "1.0\u{1b}[2J",
        language: None,
        seed: 7,
        cases: 256,
    }
}

/// Puts one law to a library, with the findings below this folder; the only result, and the warnings.
pub(crate) fn put(
    home: &Path,
    library: impl Adapter + 'static,
    law: &str,
    seed: u64,
) -> (CaseResult, String) {
    let catalog = Catalog::embedded().unwrap();
    let clock = Clock::default();
    let store = Arc::new(FindingStore::open(home, start(), clock));
    let subject = LibraryExercise {
        adapter: Arc::new(library),
        table: "default".to_owned(),
        catalog: &catalog,
        profiles: &[],
        clock,
        seed,
        cases: 200,
        limit: Duration::from_mins(1),
        findings: Some(Arc::clone(&store)),
    };
    let loaded = &catalog.cases[&format!("library/laws/{law}")];
    let plan: Vec<Instance<'_>> = expand(loaded, &RowChoice::default());
    let drive = Drive { subject: &subject, clock, options: DriveOptions::default(), stop: Arc::default() };
    let mut results = Vec::new();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(drive.work(&plan, &|instance| format!("rerun {}", instance.id), |result| {
        results.push(result);
        false
    }));
    let warnings: Vec<String> = store.warnings().iter().map(ToString::to_string).collect();
    (results.remove(0), warnings.join("\n").replace(&home.display().to_string(), "HOME"))
}

/// The verdict as one line.
pub(crate) fn told(result: &CaseResult) -> String {
    format!("{}: {}", result.grade, result.checks[0].message)
}

/// Every stored finding below this folder, by its file.
pub(crate) fn stored(home: &Path) -> Vec<(PathBuf, Finding)> {
    let folder = fs::read_dir(home.join(FOLDER)).into_iter().flatten();
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), read(&path).unwrap())).collect()
}

/// Replaces what the clock decides.
pub(crate) fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "TIME");
    settings.add_filter(r"(?m)^          in .*$", "          in TIME");
    settings
}

/// What the program said, and how it ended.
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Said {
    /// The exit code and both streams, with the folder of the test replaced.
    pub(crate) fn shown(&self, folder: &TempDir) -> String {
        let code = self.code.map_or("none".to_owned(), |code| code.to_string());
        let text = format!("exit {code}\n--- stdout\n{}--- stderr\n{}", self.stdout, self.stderr);
        text.replace(&folder.path().display().to_string(), "FOLDER")
    }
}

/// The program under a short name in this folder, so that no line breaks elsewhere because of where it was built.
pub(crate) fn link(folder: &Path) {
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_scopecheck"), folder.join("scopecheck")).unwrap();
}

/// Runs the program in this folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scopecheck"));
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null());
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SCOPECHECK_")) {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    Said {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
