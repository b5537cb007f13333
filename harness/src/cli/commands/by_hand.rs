//! `scopecheck client --serve CASE`: what is told to somebody who starts the client by hand, and how they say that it has ended.

use std::{
    fmt,
    io::{BufRead as _, stdin},
    pin::Pin,
    sync::Arc,
};

use scopecheck_scenarios::{
    catalog::Catalog,
    model::{Exit, Step, Subject, Verb},
    nearest::did_you_mean,
};
use tokio::sync::{Mutex, Notify, mpsc};

use crate::{
    cli::{CliError, Sheet, Shell},
    client::{Hand, Served},
    plan::{Instance, RowChoice, expand},
    typed::quoted,
};

/// The instance of a case that is named.
pub(super) fn instance<'c>(catalog: &'c Catalog, id: &str) -> Result<Instance<'c>, CliError> {
    let case = id.split('@').next().unwrap_or(id);
    let Some(loaded) = catalog.cases.get(case) else {
        let of_clients = catalog.cases.values().filter(|loaded| loaded.case.subject == Subject::Client);
        let near = did_you_mean(case, of_clients.map(|loaded| loaded.case.id.as_str()));
        return Err(CliError::usage(format!("there is no case `{id}`")).help(
            near.unwrap_or_else(|| "`scopecheck list 'area(client)'` shows the cases for clients".to_owned()),
        ));
    };
    if loaded.case.subject != Subject::Client {
        return Err(CliError::usage(format!(
            "the case `{id}` is for a {}, not for a client",
            loaded.case.subject.as_str()
        ))
        .help("`scopecheck list 'area(client)'` shows the cases for clients"));
    }
    let mut instances = expand(loaded, &RowChoice::default());
    let ids: Vec<String> = instances.iter().map(|instance| instance.id.clone()).collect();
    match ids.iter().position(|known| known == id) {
        Some(place) => Ok(instances.swap_remove(place)),
        None => Err(CliError::usage(format!("`{id}` is {} cases, one for each row", ids.len()))
            .help(format!("name one of them: {}", ids.join(", ")))),
    }
}

/// Somebody at a terminal. Enter says that a run has ended, Ctrl-C that none is to come; so it is where the input has ended.
pub(super) struct AtTheTerminal {
    shell: Shell,
    /// Told when the user wants to stop.
    asked: Arc<Notify>,
    lines: Mutex<mpsc::UnboundedReceiver<()>>,
}

impl fmt::Debug for AtTheTerminal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AtTheTerminal").finish_non_exhaustive()
    }
}

impl AtTheTerminal {
    /// Listens to standard input from now on.
    pub(super) fn new(shell: &Shell, asked: Arc<Notify>) -> Self {
        let (sender, lines) = mpsc::unbounded_channel();
        // A thread of its own: reading from a terminal cannot be given up.
        std::thread::spawn(move || {
            for line in stdin().lock().lines() {
                if line.is_err() || sender.send(()).is_err() {
                    break;
                }
            }
        });
        Self { shell: shell.clone(), asked, lines: Mutex::new(lines) }
    }
}

impl Hand for AtTheTerminal {
    fn announce(&self, served: &Served<'_>) {
        self.shell.print(&page(&self.shell, served));
    }

    fn run<'a>(&'a self, steps: &'a [&'a str]) -> Pin<Box<dyn Future<Output = bool> + Send + 'a>> {
        Box::pin(async move {
            self.shell.print(&format!("waiting for {}\n", named(steps)));
            let mut lines = self.lines.lock().await;
            tokio::select! {
                () = self.asked.notified() => false,
                line = lines.recv() => {
                    if line.is_none() {
                        self.shell.print("nothing can be typed here: Ctrl-C (SIGINT) asks for the verdict\n");
                        self.asked.notified().await;
                    }
                    line.is_some()
                }
            }
        })
    }
}

fn named(steps: &[&str]) -> String {
    let steps: Vec<String> = steps.iter().map(|step| format!("`{step}`")).collect();
    format!("{} {}", if steps.len() == 1 { "step" } else { "steps" }, steps.join(", "))
}

/// What is told when a world is up.
fn page(shell: &Shell, served: &Served<'_>) -> String {
    let Served { case, id, url, mcp } = served;
    let mut sheet = Sheet::new(shell);
    sheet.heading(0, id);
    sheet.prose(2, &case.title);
    sheet.gap();
    sheet.field(2, "url", url);
    let speaks = if *mcp {
        "MCP over HTTP; start the client once, so that it calls each tool that is listed"
    } else {
        "plain HTTP: an operation is `GET URL/NAME`; run the client once for each step, over one state directory"
    };
    sheet.field(2, "speaks", speaks);
    sheet.list(2, "steps", case.steps.iter().map(told));
    let end = if *mcp || case.steps.len() == 1 {
        "press Enter or Ctrl-C when the client has ended, for the verdict"
    } else {
        "press Enter when the run of a step has ended, Ctrl-C for the verdict on what was done so far"
    };
    sheet.field(2, "end", end);
    sheet.gap();
    sheet.finish()
}

/// What a step asks of the client.
fn told(step: &Step) -> String {
    let exit = match step.exit {
        Some(Exit::Success) => ", which should succeed",
        Some(Exit::Failure) => ", which should fail",
        _ => "",
    };
    match step.verb() {
        Some(Verb::Invoke(operations)) => {
            let names: Vec<String> = operations.iter().map(|operation| quoted(operation.as_str())).collect();
            format!("`{}`: call {}{exit}", step.id, names.join(" and "))
        }
        Some(Verb::Login(scope)) => {
            format!("`{}`: log in for {}{exit}", step.id, quoted(&scope.templates().join(" ")))
        }
        Some(Verb::Run(command)) => {
            format!("`{}`: run the command {}{exit}", step.id, quoted(command.as_str()))
        }
        _ => format!("`{}`", step.id),
    }
}
