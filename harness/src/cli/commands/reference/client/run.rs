//! What each command of the client does.

use std::{io::Write as _, sync::Arc};

use futures_util::future::join_all;
use scopecheck_reference::client::{OAuthProvider, Session, visit};
use scopecheck_reports::escape;
use url::Url;

use super::{
    context::{self, Context},
    settings, show,
};
use crate::cli::{
    CliError, Shell,
    args::{GlobalArgs, ReferenceClientArgs, ReferenceClientCommand},
};

/// What the client could not do: exit code 1.
const FAILED: u8 = 1;

/// Runs the command.
pub(in crate::cli::commands::reference) fn run(
    args: &ReferenceClientArgs,
    _global: &GlobalArgs,
    shell: &Shell,
) -> Result<u8, CliError> {
    let flags = &args.behaviour;
    let context = context::read(flags.context.as_deref().or(flags.mcp_context.as_deref()))?;
    let config = settings::config(flags, &context)?;
    let store = settings::store(flags, &context, &config);
    let provider = OAuthProvider::new(config, store).announcing(|text| {
        // Nobody is left to tell if this cannot be written.
        let _ = writeln!(std::io::stderr(), "{}", escape::block(text));
    });
    let client = Client { provider: Arc::new(provider), context, shell };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| {
        CliError::new(FAILED, format!("the system refuses what a client needs: {error}"))
            .help("check the limits of processes and open files (`ulimit -a`)")
    })?;
    let done = runtime.block_on(client.carry_out(args));
    client.tell_notes();
    done.map(|()| 0)
}

/// The client, with where it prints.
struct Client<'a> {
    provider: Arc<OAuthProvider>,
    context: Context,
    shell: &'a Shell,
}

impl Client<'_> {
    async fn carry_out(&self, args: &ReferenceClientArgs) -> Result<(), CliError> {
        match &args.command {
            None => self.visit(&self.url(args.url.as_ref())?).await,
            Some(ReferenceClientCommand::Login(login)) => {
                let scopes = settings::scopes("--scope", &login.scopes)?;
                self.log_in(&self.url(login.url.as_ref())?, &scopes, login.json).await
            }
            Some(ReferenceClientCommand::Call(call)) => {
                self.call(&self.url(call.url.as_ref())?, &call.operations).await
            }
            Some(ReferenceClientCommand::Status(status)) => {
                self.status(status.url.as_deref(), status.json).await
            }
            Some(ReferenceClientCommand::Logout(logout)) => self.log_out(logout.url.as_deref()).await,
        }
    }

    /// The resource: the one that was typed, else that of the context.
    fn url(&self, typed: Option<&String>) -> Result<String, CliError> {
        let url = typed.or(self.context.url.as_ref()).ok_or_else(|| {
            CliError::usage("the URL of the resource is missing")
                .help("write it as the last argument, such as http://127.0.0.1:8080")
        })?;
        let why = match Url::parse(url) {
            Ok(parsed) if matches!(parsed.scheme(), "http" | "https") => return Ok(url.clone()),
            Ok(_) => "its scheme is not http or https".to_owned(),
            Err(error) => error.to_string(),
        };
        Err(CliError::usage(format!("`{url}` is no URL that can be called: {why}"))
            .help("write an absolute http or https URL, such as http://127.0.0.1:8080"))
    }

    async fn log_in(&self, url: &str, scopes: &[String], json: bool) -> Result<(), CliError> {
        self.provider.log_in(url, scopes).await.map_err(|error| failed(&error))?;
        self.status(Some(url), json).await
    }

    /// Calls the operations at once, all in one session, and shows every answer. Of several that fail, the first is told last.
    async fn call(&self, url: &str, operations: &[String]) -> Result<(), CliError> {
        let session = Session::new(Arc::clone(&self.provider));
        let names = operations.iter().map(|operation| Some(operation.as_str()));
        let names: Vec<Option<&str>> = if operations.is_empty() { vec![None] } else { names.collect() };
        let replies = join_all(names.into_iter().map(|operation| session.call(url, operation))).await;
        self.tell_notes();
        let mut errors = Vec::new();
        for reply in replies {
            match reply {
                Ok(reply) => self.shell.print(&format!("{}\n", escape::block(reply.text().trim_end()))),
                Err(error) => errors.push(error),
            }
        }
        let mut errors = errors.into_iter();
        let Some(first) = errors.next() else { return Ok(()) };
        for error in errors {
            self.shell.note(&error.to_string());
        }
        Err(failed(&first))
    }

    async fn visit(&self, url: &str) -> Result<(), CliError> {
        let session = Session::new(Arc::clone(&self.provider));
        let visit = visit(&session, url).await.map_err(|error| failed(&error))?;
        self.tell_notes();
        let called = if visit.tools.is_empty() { "none".to_owned() } else { visit.tools.join(", ") };
        self.shell.print(&format!(
            "revision {}\ntools called: {}\n",
            escape::block(&visit.revision),
            escape::block(&called)
        ));
        Ok(())
    }

    async fn status(&self, url: Option<&str>, json: bool) -> Result<(), CliError> {
        let all = self.provider.status(url).await.map_err(|error| failed(&error))?;
        self.tell_notes();
        if json {
            self.shell.print(&show::json(&all));
            return Ok(());
        }
        if all.is_empty() {
            self.shell.print("no token is stored\n");
        }
        for status in &all {
            self.shell.print(&show::status(status));
        }
        Ok(())
    }

    async fn log_out(&self, url: Option<&str>) -> Result<(), CliError> {
        let forgotten = self.provider.log_out(url).await.map_err(|error| failed(&error))?;
        for resource in &forgotten {
            self.shell.print(&format!("logged out of {}\n", escape::block(resource)));
        }
        if forgotten.is_empty() {
            self.shell.print("no token was stored\n");
        }
        Ok(())
    }

    /// What happened on the way.
    fn tell_notes(&self) {
        for note in self.provider.take_notes() {
            if !self.shell.quiet() {
                self.shell.note(&note);
            }
        }
    }
}

/// The texts of the client say themselves what to do.
fn failed(error: &impl std::fmt::Display) -> CliError {
    CliError::new(FAILED, error.to_string())
}
