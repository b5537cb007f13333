//! A command-line application on cli-engine: the engine's own `auth login`, `auth status` and `auth logout`, and two commands: `call` declares
//! the scopes that its operation takes, `calls` calls several at once and asks for the scopes of each when it comes to it. The engine decides everything about scope; nothing is repeated, converted or read out of a refusal here.
//!
//! `PROGRAM STATE_DIR URL ARGUMENT...`: the arguments are those of the application.

use std::{env, process::ExitCode, sync::Arc};

use clap::{Arg, ArgAction, ArgMatches};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::{
    engine::{
        BuildInfo, Cli, CliConfig, CliCoreError, CommandContext, CommandResult, CommandSpec, Result,
        RuntimeCommandSpec, auth::pkce::PkceAuthProvider,
    },
    terminal,
};

/// The id of the application, which is also what its name in `argv` has to be.
const APP: &str = "scli";
/// The only environment; `auth login` and its neighbours are told by `--env`.
const ENVIRONMENT: &str = "test";
/// Where Scopecheck says what the application asks for at every login, as the member `default_scopes` of an object.
const CONTEXT: &str = "SCOPECHECK_CONTEXT";
/// Set where the release under test steps up only if somebody is there: standard input becomes a terminal.
const TERMINAL: &str = "SCLI_TERMINAL";

/// Runs the application. `settle` sets what the releases call by different names.
pub fn run(settle: fn(PkceAuthProvider) -> PkceAuthProvider) -> ExitCode {
    let arguments: Vec<String> = env::args().collect();
    let [_, state_dir, url, rest @ ..] = arguments.as_slice() else {
        eprintln!("usage: PROGRAM STATE_DIR URL ARGUMENT...");
        return ExitCode::from(2);
    };
    prepare(state_dir);
    let _terminal = env::var_os(TERMINAL).map(|_| terminal::on_stdin());
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let application = application(url, rest, settle);
    let line = std::iter::once(APP.to_owned()).chain(rest.iter().cloned());
    let (mut stdout, mut stderr) = (std::io::stdout(), std::io::stderr());
    runtime.block_on(application.execute_from(line, &mut stdout, &mut stderr)).unwrap_or(ExitCode::from(2))
}

/// What the engine looks for in its environment: where it keeps things, and that it keeps them in files.
fn prepare(state_dir: &str) {
    // SAFETY: nothing else runs yet.
    unsafe {
        env::set_var("HOME", state_dir);
        env::set_var("XDG_CONFIG_HOME", state_dir);
        env::set_var("SCLI_CREDENTIAL_STORE", "file");
        // A keychain of the person who runs this is left alone.
        env::set_var("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    }
}

fn application(url: &str, arguments: &[String], settle: fn(PkceAuthProvider) -> PkceAuthProvider) -> Cli {
    let origin = url.split('/').take(3).collect::<Vec<_>>().join("/");
    let context: Value =
        env::var(CONTEXT).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let defaults = context["default_scopes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let defaults: Vec<&str> = defaults.iter().filter_map(Value::as_str).collect();
    let provider = PkceAuthProvider::new(
        "main",
        format!("{origin}/authorize"),
        format!("{origin}/token"),
        "scli-client",
        &defaults,
    );
    let provider = settle(provider.with_app_id(APP));
    Cli::new(
        CliConfig::new(APP, "A small CLI on cli-engine", APP)
            .with_build(BuildInfo::new("0.0.0"))
            .with_default_auth_provider("main")
            .with_auth_provider(Arc::new(provider))
            .with_command(call(url, arguments))
            .with_command(calls(url)),
    )
}

/// `call --operation NAME --requires SCOPES`: an application knows what its commands take when it is built, so the flag is looked for before anything is parsed.
fn call(url: &str, arguments: &[String]) -> RuntimeCommandSpec {
    let flag = arguments.iter().position(|argument| argument == "--requires");
    let required = flag.and_then(|at| arguments.get(at + 1)).map_or("", String::as_str);
    let required: Vec<&str> = required.split(' ').filter(|scope| !scope.is_empty()).collect();
    let spec = CommandSpec::new("call", "Call an operation of the API")
        .with_system("api")
        .with_scopes(&required)
        .with_auth_metadata("fixed_env", ENVIRONMENT)
        .with_arg(Arg::new("operation").long("operation").value_name("NAME").required(true))
        .with_arg(Arg::new("requires").long("requires").value_name("SCOPES"));
    let url = url.to_owned();
    RuntimeCommandSpec::new_with_context(spec, move |context: CommandContext| {
        let url = url.clone();
        async move {
            let operation = context.args.get("operation").and_then(|name| name.as_str()).unwrap_or_default();
            let credential = context.credential().await?;
            answer(&format!("{url}/{operation}"), &credential.token).await
        }
    })
}

/// `calls --call NAME=SCOPES...`: a task for each operation, all of this one command. What a task needs is known only when it runs, so that it asks for
/// it then, as the engine's own documentation has it for a generic `api call`; nothing is resolved before.
fn calls(url: &str) -> RuntimeCommandSpec {
    let spec = CommandSpec::new("calls", "Call several operations of the API at once")
        .with_system("api")
        .auth_optional()
        .with_auth_metadata("fixed_env", ENVIRONMENT)
        .with_arg(
            Arg::new("call").long("call").value_name("NAME=SCOPES").required(true).action(ArgAction::Append),
        );
    let url = url.to_owned();
    RuntimeCommandSpec::new_with_context(spec, move |context: CommandContext| {
        let url = url.clone();
        async move {
            let mut tasks = JoinSet::new();
            for (operation, scopes) in told(&context.raw_matches) {
                let (context, url) = (context.clone(), format!("{url}/{operation}"));
                tasks.spawn(async move {
                    let credential = context.credential_with_scopes(&scopes).await?;
                    answer(&url, &credential.token).await
                });
            }
            let mut done = Ok(CommandResult::new(json!({ "done": true })));
            while let Some(task) = tasks.join_next().await {
                let outcome = task.map_err(|error| CliCoreError::message(error.to_string()))?;
                done = done.and(outcome);
            }
            done
        }
    })
}

/// The operations of `--call`, each with its scopes.
fn told(matches: &ArgMatches) -> Vec<(String, Vec<String>)> {
    let texts = matches.get_many::<String>("call").into_iter().flatten();
    let told = texts.filter_map(|text| text.split_once('='));
    told.map(|(name, scopes)| (name.to_owned(), scopes.split_whitespace().map(str::to_owned).collect()))
        .collect()
}

/// One request; what the resource refuses is an error.
async fn answer(url: &str, token: &str) -> Result<CommandResult> {
    let message = |error: reqwest::Error| CliCoreError::message(error.to_string());
    let client = reqwest::Client::builder().no_proxy().build().map_err(message)?;
    let answer = client.get(url).bearer_auth(token).send().await.map_err(message)?;
    match answer.status().as_u16() {
        200..=299 => Ok(CommandResult::new(json!({ "done": true }))),
        status => Err(CliCoreError::message(format!("the API answered with {status}"))),
    }
}
